/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a world: shared by world.c (runs it), world_build.c (makes it) and world_names.c. */
#ifndef SCENARIOS_WORLD_STATE_H
#define SCENARIOS_WORLD_STATE_H

#include "models/nf/anchors.h"
#include "models/nf/ap.h"
#include "models/nf/demand.h"
#include "models/nf/gnb.h"
#include "models/nf/home.h"
#include "models/nf/octets.h"
#include "models/nf/population.h"
#include "models/nf/probe.h"
#include "models/nf/surgeon.h"
#include "models/nf/ue_ike.h"
#include "models/nf/witness.h"
#include "models/radio/wlan.h"
#include "scenarios/config.h"
#include "scenarios/world.h"

struct world {
	const struct scn_config *config;
	struct rec_names names;
	struct nf_env env;
	struct home home;
	struct nf_anchors *anchors;
	struct radio *radio;
	struct gnbs *gnbs;
	bool *roams;               /* who is abroad: env.roams */
	struct sepp *visited_sepp; /* NULL: nobody roams */
	struct ues *ues;
	struct wlan *wlan;     /* this and the next four: NULL when nobody uses non-3GPP access */
	struct ue_ikes *ikes;
	struct aps *aps;
	uint16_t *ap_of_cell;  /* node */
	uint8_t *non_3gpp;     /* by subscriber */
	struct ue_access untrusted;
	struct surgeons *surgeons;
	struct probes *probes;
	struct population_config load, background; /* as populations */
	struct populations *populations;
	struct smf *smf;
	uint32_t core_host; /* SIM_HOST_UNLIMITED: no sharing */
	struct surgeon_plan surgeon_plan;
	struct atk_port port[SCN_MAX_ATTACKS];
	struct witness witness;
};

/* Numbers of the nodes: the same for every replication of a configuration. */
struct nf_nodes world_nodes(const struct scn_config *config);
uint32_t world_n_cells(const struct scn_config *config);
uint32_t world_n_ues(const struct scn_config *config);

/* Subscribers that are not surgeons, in the order of their numbers. */
struct world_crowd {
	const char *name;
	uint32_t first, n;
};
enum { WORLD_CROWDS = 3 + SCN_MAX_POPULATIONS };
/* probe, background, load, and the populations. Returns how many. */
uint32_t world_crowds(const struct scn_config *config, struct world_crowd crowd[WORLD_CROWDS]);
uint32_t world_n_probes(const struct scn_config *config);

/* What octets say of the network; the names are lent. */
struct wire_config world_wire(const struct nf_env *env, const struct home *home,
                              const struct rec_names *names);

/* Makes everything up to an opened network; the engine follows config->run.engine. */
enum sim_code world_build(struct world *world, const struct scn_config *config,
                          uint32_t replication, struct rec *rec, struct sim_err *err);
/* world_wires.c: what connects radio, gNBs and UEs, and what tells the witness of the air. */
void world_connected(void *world, uint32_t ue, bool ok);
void world_at_gnb(void *world, uint32_t ue, struct msg *msg);
void world_at_ue(void *world, uint32_t ue, struct msg *msg);
void world_heard(void *world, uint32_t ue, const struct msg_identity *identity);
uint32_t world_session_of(const void *world, uint32_t ue);
/* world_access.c: who uses untrusted non-3GPP access, and what stands there. */
void world_join_non_3gpp(struct world *world);
void world_attach_non_3gpp(struct world *world);
/* world_people.c: surgeons, probes, populations, and what is wanted of them. */
void world_add_people(struct world *world);
/* world_schedule.c: who operates when, where, at which hospital. */
void world_schedule(struct world *world);
/* world_attack.c: the port of the attacks; starts them. */
void world_start_attacks(struct world *world);

#endif
