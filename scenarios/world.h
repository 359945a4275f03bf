/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only place where everything meets: builds the modelled world of one replication and runs it. */
#ifndef SCENARIOS_WORLD_H
#define SCENARIOS_WORLD_H

#include "models/record/record.h"
#include "scenarios/config.h"
#include "sim/core/status.h"

/* Runs one replication in this process; rec must be rec_init()ed and is the caller's. */
enum sim_code world_run(const struct scn_variant *variant, uint32_t replication, struct rec *rec,
                        struct rec_summary *summary, struct sim_err *err);

/* The names (hospitals, cells, nodes, stations, …) that the numbers in a record stand for. */
void world_names(const struct scn_config *config, struct rec_names *names);

#endif
