/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only place where everything meets: builds the modelled world of one replication and runs it. */
#ifndef SCENARIOS_WORLD_H
#define SCENARIOS_WORLD_H

#include "models/record/record.h"
#include "scenarios/config.h"
#include "sim/core/status.h"

struct home;
struct nf_env;

/* Runs one replication in this process; rec must be rec_init()ed and is the caller's. */
enum sim_code world_run(const struct scn_variant *variant, uint32_t replication, struct rec *rec,
                        struct rec_summary *summary, struct sim_err *err);

/*
 * What is equal for all replications of a variant and costs time: the lengths of messages, measured by
 * their encoders, and what OpenSSL sets up at its first use. Made once, before workers are forked.
 */
struct world_warm *world_warm_new(const struct scn_variant *variant);
void world_warm_free(struct world_warm *warm); /* NULL is harmless */
/* world_run() with what was made for this variant. */
enum sim_code world_run_warm(const struct scn_variant *variant, const struct world_warm *warm,
                             uint32_t replication, struct rec *rec, struct rec_summary *summary,
                             struct sim_err *err);

/* Somebody who watches a run: told when the world stands, before its first event, and when it has run. */
struct world_watch {
	void *context;
	void (*begin)(void *context, struct nf_env *env, const struct home *home);
	void (*end)(void *context, struct nf_env *env);
};
/* The same; the run ends at until_ns, should that come first. */
enum sim_code world_run_watched(const struct scn_variant *variant, uint32_t replication,
                                int64_t until_ns, const struct world_watch *watch, struct rec *rec,
                                struct rec_summary *summary, struct sim_err *err);

/* The names (hospitals, cells, nodes, stations, …) that the numbers in a record stand for. */
void world_names(const struct scn_config *config, struct rec_names *names);

#endif
