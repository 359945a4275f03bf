/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function of the twin's side on a bench: node 0 is the test, which stands for everybody else
 * and keeps what it receives; node 1 is the function. No service times, no cost of cryptography. */
#ifndef TESTS_UNIT_MODELS_NF_TWIN_BENCH_H
#define TESTS_UNIT_MODELS_NF_TWIN_BENCH_H

#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/crypto/sign.h"
#include "models/nf/anchors.h"
#include "tests/unit/models/nf/stale.h"

#include <stdlib.h>
#include <string.h>

enum { BENCH_TEST, BENCH_SUBJECT, BENCH_UES = 4, BENCH_KEPT = 32 };

struct bench {
	struct nf_env env;
	struct svc_config service;
	struct crypto_costs costs;
	struct network_config network;
	struct nf_anchors *anchors;
	struct rec rec;
	uint8_t class[BENCH_UES];
	uint32_t procedure; /* of the messages sent: new for each */
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

static struct bench *bench_new(void)
{
	struct bench *bench = calloc(1, sizeof *bench);
	const struct sim_link link = {.delay_ns = 1000, .rate_bps = 1e9, .queue_packets = 1000};
	struct nf_env *env = &bench->env;

	strcpy(bench->network.mcc, "999");
	strcpy(bench->network.mnc, "70");
	rec_init(&bench->rec);
	env->sim = sim_new(3, 0);
	env->net = sim_net_new(env->sim);
	env->crypto = crypto_new();
	env->trace = nf_trace_new();
	env->rec = &bench->rec;
	/* whoever the subject asks is the test, and so are the hospitals' neighbours */
	env->node = (struct nf_nodes){.hospital0 = BENCH_SUBJECT, .n_hospitals = 2, .n = 2};
	env->n_ues = BENCH_UES;
	env->class_of_ue = bench->class; /* surgeons all of them */
	for (int i = 0; i < REC_N_class; i++)
		env->suite_of_class[i] = &crypto_suite_real;
	env->service = &bench->service;
	env->cost = &bench->costs;
	env->ladder_ue = UINT32_MAX;
	nf_init(env);
	stale_messages(env);
	nf_measure(env, &(struct sbi_network){.plmn = {999, 70, 2}, .routing_digits = 4});
	sim_net_node(env->net, "test");
	sim_net_node(env->net, "subject");
	sim_net_link(env->net, 0, 1, &link);
	nf_attach(env, BENCH_TEST, &bench_entry, bench, NF_NO_STATION);
	bench->anchors = nf_anchors_new(env, &bench->network);
	return bench;
}

static void bench_open(struct bench *bench, const struct nf_entry *entry, void *self)
{
	const struct sim_station_config config = {.name = "subject", .host = SIM_HOST_UNLIMITED,
		.workers = 1, .queue_capacity = -1, .timeout_ns = -1};
	struct sim_err err;

	nf_attach(&bench->env, BENCH_SUBJECT, entry, self, sim_station(bench->env.stations, &config));
	if (sim_net_open(bench->env.net, NULL, &err) != SIM_OK)
		abort();
}

static struct msg *bench_message(struct bench *bench, enum msg_type type, uint32_t ue)
{
	const struct sim_span span = sim_span_start(bench->env.sim->now_ns);

	return nf_message_for(&bench->env, type, ue, ++bench->procedure, &span);
}

static void bench_run(struct bench *bench, int64_t for_ns)
{
	struct sim_err err;

	if (sim_net_run(bench->env.net, bench->env.sim->now_ns + for_ns, &err) != SIM_OK)
		abort();
}

/* Sends, waits a millisecond, gives the last message received (NULL: none came). */
static const struct msg *bench_ask(struct bench *bench, struct msg *msg)
{
	uint32_t before = bench->n_got;

	nf_send(&bench->env, BENCH_TEST, BENCH_SUBJECT, msg);
	bench_run(bench, SIM_NS_PER_MS);
	return bench->n_got > before ? &bench->got[bench->n_got - 1] : NULL;
}

static void bench_free(struct bench *bench)
{
	sim_net_close(bench->env.net);
	nf_trace_free(bench->env.trace);
	crypto_free(bench->env.crypto);
	sim_free(bench->env.sim);
	rec_free(&bench->rec);
	free(bench);
}

/* Some secret: each n gives another. */
static inline void bench_secret(uint8_t n, uint8_t secret[32])
{
	memset(secret, n + 1, 32);
}

static inline void bench_sign(struct bench *bench, uint8_t secret_number,
                              const struct dt_text *text, uint8_t signature[64])
{
	uint8_t secret[32];

	bench_secret(secret_number, secret);
	crypto_sign(bench->env.crypto, &crypto_suite_real, secret, text->octets, text->n, signature);
}

static inline void bench_public(struct bench *bench, uint8_t secret_number, uint8_t key[32])
{
	uint8_t secret[32];

	bench_secret(secret_number, secret);
	crypto_sign_public(bench->env.crypto, &crypto_suite_real, secret, key);
}

#endif
