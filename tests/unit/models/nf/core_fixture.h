/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small core for tests: one cell, some UEs, AMF to UDR on the native engine, every default as it stands in
 * the parameter rows, no service times. No scenario is needed. */
#ifndef TESTS_UNIT_MODELS_NF_CORE_FIXTURE_H
#define TESTS_UNIT_MODELS_NF_CORE_FIXTURE_H

#include "models/nf/gnb.h"
#include "models/nf/home.h"
#include "models/nf/sections.h"
#include "models/nf/ue_state.h"
#include "tests/unit/models/nf/stale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CORE_UES = 4 };

struct core {
	struct nf_env env;
	const struct sim_engine_ops *ops; /* NULL: native */
	struct nf_config nf;
	struct radio_config radio_config;
	struct crypto_costs costs;
	struct home home, other_home;
	struct radio *radio;
	struct gnbs *gnbs;
	struct ues *ues;
	struct rec rec;
	uint8_t class[CORE_UES + 1];
	int registered[CORE_UES], given_up[CORE_UES], left[CORE_UES];
	uint8_t attempts[CORE_UES], cause[CORE_UES];
	struct sim_span span[CORE_UES];
	/* What the air does to a message: false loses it. NULL: nothing. */
	bool (*air)(struct core *core, uint32_t ue, struct msg *msg, bool up);
	uint32_t met; /* for the test's own count */
	void (*data_waits)(void *core, uint32_t ue); /* of the gNBs; NULL: user data is lost */
};

static void core_default(const struct sim_param *row, char *base)
{
	const char *text = row->fallback, *why;
	double value = 0;
	void *at = base + row->offset;

	if (row->type == SIM_PAR_TEXT) {
		snprintf(at, 64, "%s", text);
	} else if (row->type == SIM_PAR_BOOL) {
		*(bool *)at = strcmp(text, "true") == 0;
	} else if (row->type == SIM_PAR_ENUM) {
		const char *found = strstr(row->choices, text);
		for (const char *p = row->choices; p < found; p++)
			*(uint8_t *)at = (uint8_t)(*(uint8_t *)at + (*p == '|'));
	} else if (row->type == SIM_PAR_COUNT || row->type == SIM_PAR_DURATION) {
		enum sim_quantity q = row->type == SIM_PAR_COUNT ? SIM_Q_COUNT : SIM_Q_DURATION;
		if (strcmp(text, "never") == 0 || strcmp(text, "infinite") == 0)
			value = -1;
		else if (sim_unit_parse(q, text, &value, &why) != 0)
			abort();
		*(int64_t *)at = (int64_t)value;
	} else if (row->type != SIM_PAR_DIST) { /* distributions stay zero: no service time */
		enum sim_quantity q = row->type == SIM_PAR_NUMBER ? SIM_Q_NUMBER : row->quantity;
		if (sim_unit_parse(q, text, &value, &why) != 0)
			abort();
		*(double *)at = value;
	}
}

static void core_defaults(const struct sim_section *section, void *config)
{
	memset(config, 0, section->size);
	for (size_t i = 0; i < section->n_rows; i++)
		core_default(&section->rows[i], config);
}

static void core_told(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                      const struct sim_span *span)
{
	struct core *core = context;

	core->cause[ue] = cause;
	(ok ? core->registered : core->given_up)[ue]++;
	core->attempts[ue] = attempts;
	core->span[ue] = *span;
}

static void core_left(void *context, uint32_t ue)
{
	((struct core *)context)->left[ue]++;
}

static void core_connected(void *context, uint32_t ue, bool ok)
{
	ue_connected(((struct core *)context)->ues, ue, ok);
}

static void core_at_gnb(void *context, uint32_t ue, struct msg *msg)
{
	struct core *core = context;

	if (core->air && !core->air(core, ue, msg, true))
		nf_release(&core->env, msg);
	else
		gnb_from_air(core->gnbs, ue, msg);
}

static void core_at_ue(void *context, uint32_t ue, struct msg *msg)
{
	struct core *core = context;

	if (core->air && !core->air(core, ue, msg, false))
		nf_release(&core->env, msg);
	else
		ue_receive(core->ues, ue, msg);
}

static uint32_t core_station(struct core *core, const char *name)
{
	const struct sim_station_config config = {.name = name, .host = SIM_HOST_UNLIMITED,
		.workers = 1, .queue_capacity = -1, .timeout_ns = -1};

	return sim_station(core->env.stations, &config);
}

/* Nodes: amf 0, ausf 1, udm 2, udr 3, pcf 4, aanf 5 (nobody there), gnb 6, n3iwf 7 and ap 8 (nobody
 * there, unless a test attaches them). */
static void core_network(struct core *core)
{
	static const char *const name[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "gnb", "n3iwf",
	                                   "ap"};
	static const uint32_t pair[][2] = {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {0, 4}, {4, 3}, {1, 5},
	                                   {0, 6},  {0, 7}, {7, 8}};
	const struct sim_link link = {.delay_ns = 1000, .rate_bps = 1e9, .queue_packets = 1000};

	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		sim_net_node(core->env.net, name[i]);
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
		sim_net_link(core->env.net, pair[i][0], pair[i][1], &link);
}

static struct core *core_new(const struct crypto_suite *suite, enum net_suci scheme)
{
	struct core *core = calloc(1, sizeof *core);
	struct nf_env *env = &core->env;

	core_defaults(&network_section, &core->nf.network);
	core_defaults(&ue_section, &core->nf.ue);
	core_defaults(&amf_section, &core->nf.amf);
	core_defaults(&ausf_section, &core->nf.ausf);
	core_defaults(&udm_section, &core->nf.udm);
	core_defaults(&pcf_section, &core->nf.pcf);
	core_defaults(&svc_section, &core->nf.service);
	core_defaults(&radio_section, &core->radio_config);
	core_defaults(&crypto_cost_section, &core->costs);
	core->nf.network.suci = (uint8_t)scheme;
	core->radio_config.bler_prob = 0;
	memset(core->class, REC_CLASS_BACKGROUND, sizeof core->class);
	rec_init(&core->rec);
	env->sim = sim_new(7, 0);
	env->net = sim_net_new(env->sim);
	env->crypto = crypto_new();
	env->trace = nf_trace_new();
	env->rec = &core->rec;
	env->node = (struct nf_nodes){.amf = 0, .ausf = 1, .udm = 2, .udr = 3, .pcf = 4, .aanf = 5,
		.gnb0 = 6, .n_gnbs = 1, .n3iwf = 7, .ap0 = 8, .n_aps = 1, .n = 9, .ue = 9};
	env->n_ues = CORE_UES;
	env->class_of_ue = core->class;
	for (int i = 0; i < REC_N_class; i++)
		env->suite_of_class[i] = suite;
	env->service = &core->nf.service;
	env->cost = &core->costs;
	env->record_every = 1;
	env->ladder_ue = UINT32_MAX;
	nf_init(env);
	stale_messages(env);
	core_network(core);
	return core;
}

/* Makes the functions (the configuration may be changed between core_new and this). */
static inline void core_start(struct core *core)
{
	struct nf_env *env = &core->env;
	const struct radio_user air = {core, core_connected, core_at_gnb, core_at_ue};
	const struct ue_user user = {.context = core, .registered = core_told,
		.deregistered = core_left};
	struct sim_err err;

	home_init(&core->home, env, &core->nf.network);
	nf_attach(env, 0, &nf_amf, amf_new(env, &core->nf.amf, &core->home), core_station(core, "amf"));
	nf_attach(env, 1, &nf_ausf, ausf_new(env, &core->nf.ausf, &core->home),
	          core_station(core, "ausf"));
	nf_attach(env, 2, &nf_udm, udm_new(env, &core->nf.udm, &core->home),
	          core_station(core, "udm"));
	nf_attach(env, 3, &nf_udr, udr_new(env, &core->nf.udr, &core->home), core_station(core, "udr"));
	nf_attach(env, 4, &nf_pcf, pcf_new(env, &core->nf.pcf), core_station(core, "pcf"));
	core->radio = radio_new(env, &core->radio_config, 1, CORE_UES);
	core->gnbs = gnbs_new(env, core->radio);
	if (core->data_waits)
		gnbs_on_data(core->gnbs, core->data_waits, core);
	core->ues = ues_new(env, &core->nf.ue, &core->home, core->radio);
	nf_attach(env, 6, &nf_gnb, gnb_instance(core->gnbs, 0), NF_NO_STATION);
	radio_set_user(core->radio, &air);
	for (uint32_t i = 0; i < CORE_UES; i++) {
		ue_set_user(core->ues, i, &user);
		ue_place(core->ues, i, 0, 0);
	}
	if (sim_net_open(env->net, core->ops, &err) != SIM_OK)
		abort();
}

static void core_run(struct core *core, int64_t until_ns)
{
	struct sim_err err;

	if (sim_net_run(core->env.net, until_ns, &err) != SIM_OK)
		abort();
}

static void core_free(struct core *core)
{
	sim_net_close(core->env.net);
	nf_trace_free(core->env.trace);
	crypto_free(core->env.crypto);
	sim_free(core->env.sim);
	rec_free(&core->rec);
	free(core);
}

/* Cards that have accepted `steps` numbers. */
static inline void core_card_is_ahead(struct core *core, struct ue *ue, uint64_t steps)
{
	struct sqn_usim card;

	sqn_usim_ahead(&core->home.sqn, &card, steps);
	ue_set_sqn(ue, &card);
}

/* Cards whose algorithms are not those that the home network has for them: no MAC is right. */
static inline void core_give_other_cards(struct core *core)
{
	core->other_home = core->home;
	core->other_home.aka = CRYPTO_TUAK;
	core->ues->home = &core->other_home;
}

#endif
