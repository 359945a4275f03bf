/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/aanf.h"
#include "tests/unit/models/nf/twin_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct aanf_config config = {.kaf_lifetime_ns = 5 * SIM_NS_PER_S};

static struct bench *open_aanf(void)
{
	struct bench *bench = bench_new();

	bench_open(bench, &nf_aanf, aanf_new(&bench->env, &config, bench->anchors));
	return bench;
}

static void register_anchor(struct bench *bench, uint64_t msin, uint8_t tid, uint8_t kakma)
{
	struct msg *msg = bench_message(bench, MSG_AANF_REGISTER, 0);

	msg->key.msin = msin;
	bench_secret(tid, msg->key.a_tid);
	bench_secret(kakma, msg->key.key);
	assert_int_equal(bench_ask(bench, msg)->type, MSG_AANF_REGISTER_RSP);
}

static const struct msg *get(struct bench *bench, uint8_t tid)
{
	struct msg *msg = bench_message(bench, MSG_AANF_KEY, 0);

	bench_secret(tid, msg->key.a_tid);
	return bench_ask(bench, msg);
}

static void kaf_is_the_one_that_the_headset_derives(void **state)
{
	(void)state;
	struct bench *bench = open_aanf();
	uint8_t kakma[32], kaf[32];
	register_anchor(bench, 17, 1, 2);
	const struct msg *answer = get(bench, 1);
	bench_secret(2, kakma);
	crypto_kaf(bench->env.crypto, &crypto_suite_real, kakma, bench->anchors->af_id,
	           bench->anchors->n_af_id, kaf);
	assert_int_equal(answer->cause, 0);
	assert_memory_equal(answer->key.key, kaf, sizeof kaf);
	assert_int_equal(answer->key.msin, 17);
	assert_in_range(answer->key.expiry_ns - config.kaf_lifetime_ns,
	                bench->env.sim->now_ns - SIM_NS_PER_MS, bench->env.sim->now_ns);
	bench_free(bench);
}

static void a_removed_context_gives_no_key_and_a_second_removal_finds_none(void **state)
{
	(void)state; /* TS 29.535: the AUSF has no KAUSF any more */
	struct bench *bench = open_aanf();
	register_anchor(bench, 17, 1, 2);
	register_anchor(bench, 18, 3, 4);
	for (int k = 0; k < 2; k++) {
		struct msg *msg = bench_message(bench, MSG_AANF_REMOVE, 0);
		msg->key.msin = 17;
		assert_int_equal(bench_ask(bench, msg)->cause, k ? MSG_CAUSE_UE_IDENTITY_UNKNOWN : 0);
	}
	assert_int_equal(get(bench, 1)->cause, DT_CAUSE_A_TID_UNKNOWN);
	assert_int_equal(get(bench, 3)->cause, 0);
	register_anchor(bench, 17, 5, 6);
	assert_int_equal(get(bench, 5)->cause, 0);
	bench_free(bench);
}

/* TS 33.535 6.3: outside the operator's domain, by its own AF_ID and without the SUPI. */
static void a_hospital_gets_a_key_of_its_own_and_no_supi(void **state)
{
	(void)state;
	struct bench *bench = open_aanf();
	const struct nf_hospital_keys *af = &bench->anchors->hospital[1];
	uint8_t kakma[32], kaf[32];
	struct msg *msg;

	register_anchor(bench, 17, 1, 2);
	bench_secret(2, kakma);
	crypto_kaf(bench->env.crypto, &crypto_suite_real, kakma, af->af_id, af->n_af_id, kaf);
	msg = bench_message(bench, MSG_AANF_KEY, 0);
	bench_secret(1, msg->key.a_tid);
	msg->key.af = 2;
	const struct msg *answer = bench_ask(bench, msg);
	assert_int_equal(answer->cause, 0);
	assert_memory_equal(answer->key.key, kaf, sizeof kaf);
	assert_int_equal(answer->key.msin, 0);
	msg = bench_message(bench, MSG_AANF_KEY, 0);
	bench_secret(1, msg->key.a_tid);
	msg->key.af = 3; /* there are two */
	assert_int_equal(bench_ask(bench, msg)->cause, DT_CAUSE_UNKNOWN_AUDIENCE);
	bench_free(bench);
}

static void an_unknown_a_tid_is_refused_with_its_cause(void **state)
{
	(void)state;
	struct bench *bench = open_aanf();
	register_anchor(bench, 17, 1, 2);
	assert_int_equal(get(bench, 9)->cause, DT_CAUSE_A_TID_UNKNOWN);
	bench_free(bench);
}

static void a_new_anchor_replaces_the_subscribers_older_one(void **state)
{
	(void)state;
	struct bench *bench = open_aanf();
	register_anchor(bench, 17, 1, 2);
	register_anchor(bench, 18, 5, 6);
	register_anchor(bench, 17, 3, 4);
	assert_int_equal(get(bench, 1)->cause, DT_CAUSE_A_TID_UNKNOWN);
	assert_int_equal(get(bench, 3)->cause, 0);
	assert_int_equal(get(bench, 5)->key.msin, 18);
	bench_free(bench);
}

static void a_crash_loses_the_anchors(void **state)
{
	(void)state;
	struct bench *bench = open_aanf();
	register_anchor(bench, 17, 1, 2);
	nf_down(&bench->env, BENCH_SUBJECT);
	nf_up(&bench->env, BENCH_SUBJECT);
	assert_int_equal(get(bench, 1)->cause, DT_CAUSE_A_TID_UNKNOWN);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kaf_is_the_one_that_the_headset_derives),
		cmocka_unit_test(a_removed_context_gives_no_key_and_a_second_removal_finds_none),
		cmocka_unit_test(a_hospital_gets_a_key_of_its_own_and_no_supi),
		cmocka_unit_test(an_unknown_a_tid_is_refused_with_its_cause),
		cmocka_unit_test(a_new_anchor_replaces_the_subscribers_older_one),
		cmocka_unit_test(a_crash_loses_the_anchors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
