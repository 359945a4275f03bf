/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small core with the twin's side beside it: AAnF, DTF, ledger, two hospitals, two surgeons. */
#ifndef TESTS_UNIT_MODELS_NF_TWIN_FIXTURE_H
#define TESTS_UNIT_MODELS_NF_TWIN_FIXTURE_H

#include "models/nf/demand.h"
#include "models/nf/surgeon.h"
#include "models/nf/witness.h"
#include "tests/unit/models/nf/core_fixture.h"

enum { CLINIC_NODES = 12, CLINIC_SURGEONS = 2, CLINIC_OPERATIONS = 8 };
#define CLINIC_S SIM_NS_PER_S

struct clinic {
	struct core *core;
	struct nf_anchors *anchors;
	struct pol_config policy;
	struct witness witness;
	struct surgeon_operation operation[CLINIC_OPERATIONS];
	struct surgeon_plan plan;
	struct ledger *ledger;
	struct surgeons *surgeons;
};

static uint32_t clinic_session_of(const void *context, uint32_t ue)
{
	return surgeons_session(((const struct clinic *)context)->surgeons, ue);
}

/* Behind the core's nodes: upf 7, dtf 8, ledger 9, hospitals 10 and 11. */
static void clinic_network(struct core *core)
{
	static const char *const name[] = {"upf", "dtf", "ledger", "h0", "h1"};
	static const uint32_t pair[][2] = {{5, 8}, {8, 2}, {8, 9}, {6, 7}, {7, 8}, {7, 10}, {7, 11}};
	const struct sim_link link = {.delay_ns = 1000, .rate_bps = 1e9, .queue_packets = 1000};
	struct nf_env *env = &core->env;

	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		sim_net_node(env->net, name[i]);
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
		sim_net_link(env->net, pair[i][0], pair[i][1], &link);
	env->node.upf = 7;
	env->node.dtf = 8;
	env->node.ledger = 9;
	env->node.hospital0 = 10;
	env->node.n_hospitals = 2;
	env->node.n = CLINIC_NODES;
	env->node.ue = CLINIC_NODES;
	env->instance = sim_arena_alloc(env->sim->arena, CLINIC_NODES * sizeof *env->instance);
}

/* Operations: surgeon k % 2 in hospital k / 2 % 2, one an hour from 01:00, ten minutes long. */
static struct clinic *clinic_new(const struct crypto_suite *suite, uint32_t n_operations)
{
	struct clinic *clinic = calloc(1, sizeof *clinic);
	struct core *core = clinic->core = core_new(suite, NET_SUCI_A);

	core_defaults(&aanf_section, &core->nf.aanf);
	core_defaults(&dtf_section, &core->nf.dtf);
	core_defaults(&ledger_section, &core->nf.ledger);
	core_defaults(&hospital_section, &core->nf.hospital);
	core_defaults(&pol_section, &clinic->policy);
	core->class[0] = core->class[1] = REC_CLASS_SURGEON;
	clinic_network(core);
	for (uint32_t k = 0; k < n_operations; k++)
		clinic->operation[k] = (struct surgeon_operation){
			.start_ns = (k + 1) * 3600 * CLINIC_S, .length_ns = 600 * CLINIC_S, .ue = k % 2,
			.hospital = (uint16_t)(k / 2 % 2)};
	clinic->plan = (struct surgeon_plan){.operation = clinic->operation,
		.n_operations = n_operations, .enrol_ns = 60 * CLINIC_S,
		.enrol_apart_ns = 60 * CLINIC_S, .enrol_again_ns = 600 * CLINIC_S,
		.registration_deadline_ns = 15 * CLINIC_S, .entering_deadline_ns = 10 * CLINIC_S,
		.survival_ns = CLINIC_S / 10, .lost_ns = 60 * CLINIC_S};
	return clinic;
}

static void clinic_start(struct clinic *clinic)
{
	struct core *core = clinic->core;
	struct nf_env *env = &core->env;

	clinic->anchors = nf_anchors_new(env, &core->nf.network);
	env->demand = demand_new(env->sim->arena, 3600 * CLINIC_S);
	clinic->witness = (struct witness){env, clinic, clinic_session_of};
	clinic->ledger = ledger_new(env, &core->nf.ledger, clinic->anchors);
	nf_attach(env, 5, &nf_aanf, aanf_new(env, &core->nf.aanf, clinic->anchors),
	          core_station(core, "aanf"));
	nf_attach(env, 8, &nf_dtf, dtf_new(env, &core->nf.dtf, &clinic->policy, clinic->anchors),
	          core_station(core, "dtf"));
	nf_attach(env, 9, &nf_ledger, clinic->ledger, core_station(core, "ledger"));
	for (uint16_t i = 0; i < 2; i++)
		nf_attach(env, (uint16_t)(10 + i), &nf_hospital,
		          hospital_new(env, &core->nf.hospital, i, clinic->anchors, &clinic->witness),
		          core_station(core, "hospital"));
	core_start(core);
	clinic->surgeons =
		surgeons_new(env, core->ues, clinic->anchors, &clinic->policy,
	                 &core->nf.hospital, &clinic->plan, CLINIC_SURGEONS);
	surgeons_start(clinic->surgeons);
}

static void clinic_free(struct clinic *clinic)
{
	core_free(clinic->core);
	free(clinic);
}

/* One cell of a recorded table. */
static int64_t clinic_cell(const struct clinic *clinic, enum rec_table table, uint32_t row,
                           const char *column)
{
	const struct rec_columns *columns = &clinic->core->rec.table[table];
	const struct rec_table_info *info = rec_table_info(table);
	int c = rec_column_find(table, column);

	if (c < 0 || row >= columns->n)
		abort();
	switch (info->column[c].type) {
	case REC_u8:
		return ((uint8_t *)columns->column[c])[row];
	case REC_u16:
		return ((uint16_t *)columns->column[c])[row];
	case REC_u32:
		return ((uint32_t *)columns->column[c])[row];
	default:
		return ((int64_t *)columns->column[c])[row];
	}
}

static uint32_t clinic_rows(const struct clinic *clinic, enum rec_table table)
{
	return clinic->core->rec.table[table].n;
}

/* The n-th latency row of a metric; aborts when there is none. */
static uint32_t clinic_latency(const struct clinic *clinic, enum rec_latency_metric metric,
                               uint32_t nth)
{
	for (uint32_t i = 0; i < clinic_rows(clinic, REC_T_latency); i++)
		if (clinic_cell(clinic, REC_T_latency, i, "metric") == metric && nth-- == 0)
			return i;
	abort();
}

static uint32_t clinic_count(const struct clinic *clinic, enum rec_latency_metric metric,
                             enum rec_outcome outcome)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < clinic_rows(clinic, REC_T_latency); i++)
		n += clinic_cell(clinic, REC_T_latency, i, "metric") == metric &&
		     clinic_cell(clinic, REC_T_latency, i, "outcome") == outcome;
	return n;
}

#endif
