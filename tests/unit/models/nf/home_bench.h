/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function of the home network on a bench: node 0 is the test, which stands for everybody else and
 * keeps what it receives; node 1 is the function; node 2 is another AMF, kept too. No service times. */
#ifndef TESTS_UNIT_MODELS_NF_HOME_BENCH_H
#define TESTS_UNIT_MODELS_NF_HOME_BENCH_H

#include "tests/unit/models/nf/core_fixture.h"

enum { BENCH_TEST, BENCH_SUBJECT, BENCH_OTHER_AMF, BENCH_NODES, BENCH_KEPT = 64 };

struct bench {
	struct core *core; /* for its defaults and its environment */
	uint32_t procedure;
	struct msg got[BENCH_KEPT];
	uint32_t n_got;
};

static void bench_keep(void *self, const struct msg *msg)
{
	struct bench *bench = self;

	if (bench->n_got == BENCH_KEPT)
		abort();
	bench->got[bench->n_got++] = *msg;
}
static const struct nf_entry bench_entry = {.name = "test", .handle = bench_keep};

/* The network's configuration may be changed between this and bench_open(). */
static struct bench *bench_new(const struct crypto_suite *suite, enum net_suci scheme)
{
	struct bench *bench = calloc(1, sizeof *bench);

	bench->core = core_new(suite, scheme);
	return bench;
}

/* Everybody is node 0 but the subject, whose number in the environment is `node`. */
static void bench_open(struct bench *bench, uint16_t *node)
{
	struct nf_env *env = &bench->core->env;

	env->node = (struct nf_nodes){.n = BENCH_NODES, .ue = BENCH_NODES};
	*node = BENCH_SUBJECT;
	home_init(&bench->core->home, env, &bench->core->nf.network);
	nf_attach(env, BENCH_TEST, &bench_entry, bench, NF_NO_STATION);
	nf_attach(env, BENCH_OTHER_AMF, &bench_entry, bench, NF_NO_STATION);
}

static void bench_attach(struct bench *bench, const struct nf_entry *entry, void *self)
{
	struct nf_env *env = &bench->core->env;
	const struct sim_link link = {.delay_ns = 1000, .rate_bps = 1e9, .queue_packets = 1000};
	struct sim_err err;

	sim_net_link(env->net, BENCH_SUBJECT, BENCH_OTHER_AMF, &link);
	nf_attach(env, BENCH_SUBJECT, entry, self, core_station(bench->core, "subject"));
	if (sim_net_open(env->net, NULL, &err) != SIM_OK)
		abort();
}

/* Each message belongs to a procedure of its own. */
static struct msg *bench_message(struct bench *bench, enum msg_type type)
{
	const struct sim_span span = sim_span_start(bench->core->env.sim->now_ns);

	return nf_message_for(&bench->core->env, type, 0, ++bench->procedure, &span);
}

/* Sends from a node and waits a millisecond. The last message received; NULL: none came. */
static const struct msg *bench_ask_from(struct bench *bench, uint16_t from, struct msg *msg)
{
	uint32_t before = bench->n_got;

	nf_send(&bench->core->env, from, BENCH_SUBJECT, msg);
	core_run(bench->core, bench->core->env.sim->now_ns + SIM_NS_PER_MS);
	return bench->n_got > before ? &bench->got[bench->n_got - 1] : NULL;
}

static const struct msg *bench_ask(struct bench *bench, struct msg *msg)
{
	return bench_ask_from(bench, BENCH_TEST, msg);
}

/* What was received last of a type; NULL: none. */
static inline const struct msg *bench_last(const struct bench *bench, enum msg_type type)
{
	for (uint32_t i = bench->n_got; i-- > 0;)
		if (bench->got[i].type == type)
			return &bench->got[i];
	return NULL;
}

static void bench_free(struct bench *bench)
{
	core_free(bench->core);
	free(bench);
}

#endif
