/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hospital as an application function of AKMA (33.535 6.3); the test plays headset and AAnF. */
#include "models/crypto/kdf.h"
#include "models/nf/hospital.h"
#include "tests/unit/models/nf/twin_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { A_TID = 1, KAKMA = 2, OTHER = 3, LIFE_S = 600 };
static const struct hospital_config config = {.keep_alive_ns = SIM_NS_PER_S,
	.answer_ns = SIM_NS_PER_S / 2, .entry_timeout_ns = 2 * SIM_NS_PER_S, .entry_retries = 4,
	.akma = true};

static struct bench *open_hospital(void)
{
	struct bench *bench = bench_new();

	bench_open(bench, &nf_hospital, hospital_new(&bench->env, &config, 0, bench->anchors, NULL));
	return bench;
}

static void kaf_of(struct bench *bench, uint8_t secret, uint8_t kaf[32])
{
	uint8_t kakma[32];

	bench_secret(secret, kakma);
	crypto_kaf(bench->env.crypto, &crypto_suite_real, kakma, bench->anchors->hospital[0].af_id,
	           bench->anchors->hospital[0].n_af_id, kaf);
}

static struct msg *knock(struct bench *bench, uint8_t secret, uint8_t nonce)
{
	struct msg *msg = bench_message(bench, MSG_HOSPITAL_AKMA, 0);
	uint8_t kaf[32];

	kaf_of(bench, secret, kaf);
	bench_secret(A_TID, msg->dt.tid);
	memset(msg->dt.nonce, nonce, 16);
	struct dt_text text = dt_text_akma(0, msg->dt.tid, msg->dt.nonce);
	crypto_mac(bench->env.crypto, &crypto_suite_real, kaf, text.octets, text.n, msg->dt.mac);
	return msg;
}

/* What the AAnF says to the hospital's question. */
static struct msg *key_for(struct bench *bench, const struct msg *question)
{
	struct msg *answer = nf_answer(&bench->env, MSG_AANF_KEY_RSP, question);

	kaf_of(bench, KAKMA, answer->key.key);
	answer->key.expiry_ns = bench->env.sim->now_ns + LIFE_S * SIM_NS_PER_S;
	return answer;
}

static const struct msg *authenticated(struct bench *bench, uint8_t nonce)
{
	const struct msg *question = bench_ask(bench, knock(bench, KAKMA, nonce));

	assert_int_equal(question->type, MSG_AANF_KEY);
	assert_int_equal(question->key.af, 1);
	return bench_ask(bench, key_for(bench, question));
}

static const struct msg *hello(struct bench *bench, const uint8_t nonce[16])
{
	struct msg *msg = bench_message(bench, MSG_HOSPITAL_HELLO, 0);

	memcpy(msg->dt.nonce, nonce, 16);
	return bench_ask(bench, msg);
}

static void a_headset_that_proves_kaf_gets_the_hospitals_proof_and_may_say_hello(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg *answer = authenticated(bench, 9);
	uint8_t kaf[32], a_tid[32];

	kaf_of(bench, KAKMA, kaf);
	bench_secret(A_TID, a_tid);
	assert_int_equal(answer->type, MSG_HOSPITAL_AKMA_RSP);
	assert_int_equal(answer->cause, 0);
	struct dt_text text = dt_text_akma_answer(0, a_tid, answer->dt.nonce, answer->dt.nonce2);
	assert_true(crypto_mac_check(bench->env.crypto, &crypto_suite_real, kaf, text.octets, text.n,
	                             answer->dt.mac));
	answer = hello(bench, answer->dt.nonce2);
	assert_int_equal(answer->type, MSG_HOSPITAL_CHALLENGE);
	assert_int_equal(answer->cause, 0);
	bench_free(bench);
}

static void whoever_has_not_proven_kaf_gets_no_challenge(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const uint8_t nonce[16] = {9};

	assert_int_equal(hello(bench, nonce)->cause, DT_CAUSE_MAC_FAILURE);
	bench_free(bench);
}

static void a_mac_by_another_key_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg *question = bench_ask(bench, knock(bench, OTHER, 9));

	assert_int_equal(bench_ask(bench, key_for(bench, question))->cause, DT_CAUSE_MAC_FAILURE);
	bench_free(bench);
}

static void kaf_is_asked_for_once_in_its_lifetime_and_again_after_it(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();

	assert_int_equal(authenticated(bench, 9)->cause, 0);
	assert_int_equal(bench_ask(bench, knock(bench, KAKMA, 10))->type, MSG_HOSPITAL_AKMA_RSP);
	bench_run(bench, LIFE_S * SIM_NS_PER_S);
	assert_int_equal(bench_ask(bench, knock(bench, KAKMA, 11))->type, MSG_AANF_KEY);
	bench_free(bench);
}

static void what_the_aanf_refuses_the_hospital_refuses_with_its_cause(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg *question = bench_ask(bench, knock(bench, KAKMA, 9));
	struct msg *no = nf_answer(&bench->env, MSG_AANF_KEY_RSP, question);

	no->cause = DT_CAUSE_A_TID_UNKNOWN;
	assert_int_equal(bench_ask(bench, no)->cause, DT_CAUSE_A_TID_UNKNOWN);
	bench_free(bench);
}

static void a_crash_loses_keys_and_nonces(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg answer = *authenticated(bench, 9);

	nf_down(&bench->env, BENCH_SUBJECT);
	nf_up(&bench->env, BENCH_SUBJECT);
	assert_int_equal(hello(bench, answer.dt.nonce2)->cause, DT_CAUSE_MAC_FAILURE);
	assert_int_equal(bench_ask(bench, knock(bench, KAKMA, 10))->type, MSG_AANF_KEY);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_headset_that_proves_kaf_gets_the_hospitals_proof_and_may_say_hello),
		cmocka_unit_test(whoever_has_not_proven_kaf_gets_no_challenge),
		cmocka_unit_test(a_mac_by_another_key_is_refused),
		cmocka_unit_test(kaf_is_asked_for_once_in_its_lifetime_and_again_after_it),
		cmocka_unit_test(what_the_aanf_refuses_the_hospital_refuses_with_its_cause),
		cmocka_unit_test(a_crash_loses_keys_and_nonces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
