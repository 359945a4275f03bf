/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Populations: groups of like subscribers, of class background in the results. The members come
 * (arrivals: each registers in turn), want to be registered again and again, stay, move about while
 * idle, are called, and try again after a failure as their devices do.
 *
 * A member at rest costs nothing here: what all of them do at Poisson times is one Poisson process
 * of all together, dealt to members drawn uniformly, and the arrivals come in order, so that one
 * event is pending for each activity of a population, whatever its size.
 */
#ifndef MODELS_NF_POPULATION_H
#define MODELS_NF_POPULATION_H

#include "models/nf/ue.h"
#include "sim/core/arrival.h"

struct population_config {
	char name[64];
	int64_t count;
	struct sim_arrival_config arrivals; /* of all together; its count: no more than so many     */
	bool repeat;                        /* when all have come, they come in turn again          */
	double registrations_per_s;         /* of each: it wants to be registered, when it is not   */
	int64_t stay_ns;                    /* registered for this long, then deregisters; -1 stays */
	double moves_per_s;                 /* of each: to another cell, when it is idle            */
	double calls_per_s;                 /* to each, while it is registered: user data           */
	struct ue_retry retry;
};
extern const struct sim_section population_section;

/* Somebody comes by the arrival process. */
bool population_has_arrivals(const struct population_config *config);

struct population_plan {
	const struct population_config *config; /* lent */
	uint32_t first; /* subscriber numbers: config->count from here */
	uint32_t n_cells;
	int64_t registration_deadline_ns;
	void *context;
	void (*call)(void *context, uint32_t ue); /* user data has come for it     */
};

struct populations;
/* The number of a population names its draws. */
struct populations *populations_new(struct nf_env *env, struct ues *ues,
                                    const struct population_plan *plan, uint32_t n);
void populations_start(struct populations *populations);
/* Rows for demands still open at the end of the run (censored). */
void populations_finish(struct populations *populations);

#endif
