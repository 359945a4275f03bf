/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What UEs that are not surgeons do: background subscribers register, stay and leave; probe
 * subscribers register at Poisson times of their own and leave at once, so that they see what a
 * request started now would see (PASTA). Background subscribers may also move about while idle,
 * and be called.
 */
#ifndef MODELS_NF_SUBSCRIBER_H
#define MODELS_NF_SUBSCRIBER_H

#include "models/nf/demand.h"
#include "models/nf/ue.h"

struct subscriber_plan {
	uint32_t first_background, n_background; /* subscriber numbers */
	uint32_t first_probe, n_probes;
	double registrations_per_s;   /* of each background subscriber             */
	int64_t stay_ns;
	int64_t probe_interval_ns;    /* mean, of all probes together; -1 none     */
	int64_t registration_deadline_ns;
	uint32_t n_cells;
	double moves_per_s, calls_per_s; /* of each background subscriber          */
	void *context;
	void (*call)(void *context, uint32_t ue); /* user data has come for it     */
};

struct subscribers;
struct subscribers *subscribers_new(struct nf_env *env, struct ues *ues, struct demand *demand,
                                    const struct subscriber_plan *plan);
void subscribers_start(struct subscribers *subscribers);
/* Rows for demands still open at the end of the run (censored). */
void subscribers_finish(struct subscribers *subscribers);

#endif
