/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever is sent to a function of the home network, of whatever type, with whatever in it and for
 * whatever context: it asserts on nothing, and afterwards it still does its work.
 */
#include "models/nf/anchors.h"
#include "tests/unit/models/nf/home_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MESSAGES = 30000 };

static uint64_t seed = 1;

static uint32_t draw(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % below);
}

/* Contexts are small numbers, so that many are there. */
static struct sim_handle some_handle(void)
{
	return (struct sim_handle){draw(12), draw(6)};
}

static struct msg *any_message(struct bench *bench)
{
	struct msg *msg = bench_message(bench, (enum msg_type)(1 + draw(MSG_N_TYPES - 1)));
	uint8_t *octets = (uint8_t *)&msg->identity;
	size_t n = sizeof *msg - offsetof(struct msg, identity);

	for (size_t i = 0; i < n; i++)
		octets[i] = draw(3) ? (uint8_t)draw(256) : 0;
	msg->vector.akma = draw(2); /* the octet of a bool is 0 or 1 */
	msg->subscription.akma = draw(2);
	msg->subscription.success = draw(2);
	if (draw(2)) /* a subscriber who exists, wherever it stands */
		msg->subscription.msin = msg->key.msin = HOME_MSIN_FIRST + draw(CORE_UES);
	if (draw(2))
		msg->identity.suci.n = 0;
	if (draw(2))
		msg->identity.tmsi_msin = HOME_MSIN_FIRST + draw(CORE_UES);
	msg->eap.n %= MSG_EAP_MAX + 1;
	msg->asker = some_handle();
	msg->context = some_handle();
	msg->ue = draw(CORE_UES);
	msg->method = (uint8_t)draw(2); /* as every decoder says it */
	msg->cause = draw(3) ? MSG_CAUSE_NONE : (uint8_t)draw(256);
	if (draw(4) == 0)
		msg->cause = MSG_CAUSE_SYNCH_FAILURE;
	msg->serving.mnc_digits = draw(4) ? 0 : 2;
	msg->octets = 100;
	return msg;
}

static void bombard(struct bench *bench)
{
	struct core *core = bench->core;

	for (int i = 0; i < MESSAGES; i++) {
		bench->n_got = 0;
		nf_send(&core->env, BENCH_TEST, BENCH_SUBJECT, any_message(bench));
		core_run(core, core->env.sim->now_ns + (draw(50) ? 10000 : 30 * SIM_NS_PER_S));
	}
	bench->n_got = 0;
}

static struct bench *some_bench(enum net_authentication method)
{
	struct bench *bench = bench_new(&crypto_suite_cost, NET_SUCI_B);

	bench->core->nf.network.authentication = (uint8_t)method;
	bench->core->nf.udm.link_registration = true;
	bench->core->nf.udm.reauthentication_ns = 3600 * SIM_NS_PER_S;
	return bench;
}

static void an_ausf_survives_any_messages(void **state)
{
	(void)state;
	struct bench *bench = some_bench(NET_EAP_AKA_PRIME);
	struct core *core = bench->core;
	bench_open(bench, &core->env.node.ausf);
	bench_attach(bench, &nf_ausf, ausf_new(&core->env, &core->nf.ausf, &core->home));
	bombard(bench);
	assert_int_equal(bench_ask(bench, bench_message(bench, MSG_AUSF_AUTHENTICATE))->type,
	                 MSG_UDM_GENERATE);
	bench_free(bench);
}

static void a_udm_survives_any_messages(void **state)
{
	(void)state;
	for (int method = NET_5G_AKA; method <= NET_EAP_AKA_PRIME; method++) {
		struct bench *bench = some_bench((enum net_authentication)method);
		struct core *core = bench->core;
		struct msg *request;
		bench_open(bench, &core->env.node.udm);
		bench_attach(bench, &nf_udm, udm_new(&core->env, &core->nf.udm, &core->home));
		bombard(bench);
		request = bench_message(bench, MSG_UDM_GENERATE);
		request->identity.tmsi_msin = HOME_MSIN_FIRST;
		assert_int_equal(bench_ask(bench, request)->type, MSG_UDR_AUTH_SUBSCRIPTION);
		bench_free(bench);
	}
}

static void a_udr_survives_any_messages(void **state)
{
	(void)state;
	struct bench *bench = some_bench(NET_5G_AKA);
	struct core *core = bench->core;
	struct msg *request;
	bench_open(bench, &core->env.node.udr);
	bench_attach(bench, &nf_udr, udr_new(&core->env, &core->nf.udr, &core->home));
	bombard(bench);
	request = bench_message(bench, MSG_UDR_AUTH_SUBSCRIPTION);
	request->subscription.msin = HOME_MSIN_FIRST;
	assert_int_equal(bench_ask(bench, request)->subscription.msin, HOME_MSIN_FIRST);
	bench_free(bench);
}

static void an_aanf_survives_any_messages(void **state)
{
	(void)state;
	struct bench *bench = some_bench(NET_5G_AKA);
	struct core *core = bench->core;
	bench_open(bench, &core->env.node.aanf);
	core_defaults(&aanf_section, &core->nf.aanf);
	bench_attach(bench, &nf_aanf,
	             aanf_new(&core->env, &core->nf.aanf,
	                      nf_anchors_new(&core->env, &core->nf.network)));
	bombard(bench);
	assert_int_equal(bench_ask(bench, bench_message(bench, MSG_AANF_REGISTER))->type,
	                 MSG_AANF_REGISTER_RSP);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_ausf_survives_any_messages),
		cmocka_unit_test(a_udm_survives_any_messages),
		cmocka_unit_test(a_udr_survives_any_messages),
		cmocka_unit_test(an_aanf_survives_any_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
