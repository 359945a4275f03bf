/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hospital against surgeons and impostors that the test plays. */
#include "models/nf/hospital.h"
#include "tests/unit/models/nf/twin_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { NETWORK = 100, HOLDER = 1, THIEF = 2 };
static const struct hospital_config config = {.keep_alive_ns = SIM_NS_PER_S,
	.answer_ns = SIM_NS_PER_S / 2, .entry_timeout_ns = 2 * SIM_NS_PER_S, .entry_retries = 4};

static uint32_t session_five(const void *context, uint32_t ue)
{
	(void)context;
	(void)ue;
	return 5;
}
static struct witness witness;

static struct bench *open_hospital(void)
{
	struct bench *bench = bench_new();

	witness = (struct witness){.env = &bench->env, .session_of = session_five};
	bench_public(bench, NETWORK, bench->anchors->network_key);
	bench_open(bench, &nf_hospital,
	           hospital_new(&bench->env, &config, 0, bench->anchors, &witness));
	return bench;
}

static struct msg *hello(struct bench *bench)
{
	struct msg *msg = bench_message(bench, MSG_HOSPITAL_HELLO, 0);

	memset(msg->dt.nonce, 9, 16);
	return msg;
}

/* An assertion for the holder, sealed identity: MSIN 3. */
static struct msg_assertion assertion(struct bench *bench, uint16_t audience, int64_t not_after_ns)
{
	struct msg_assertion a = {.hospital = audience, .not_after_ns = not_after_ns,
		.sealed_n = CRYPTO_ECIES_EXTRA + DT_MSIN_OCTETS};
	uint8_t seed[32], msin[DT_MSIN_OCTETS];

	memset(a.pseudonym, 0x11, 16);
	memset(a.commitment, 0x22, 32);
	bench_public(bench, HOLDER, a.holder_key);
	bench_secret(60, seed);
	dt_msin_encode(3, msin);
	crypto_ecies_conceal(bench->env.crypto, &crypto_suite_real, CRYPTO_ECIES_A,
	                     bench->anchors->hospital[0].care_team, seed, msin, sizeof msin, a.sealed);
	struct dt_text text = dt_text_assertion(&a);
	bench_sign(bench, NETWORK, &text, a.signature);
	return a;
}

static struct msg_assertion good(struct bench *bench)
{
	return assertion(bench, 0, 3600 * SIM_NS_PER_S);
}

static struct msg *entry(struct bench *bench, const struct msg *challenge,
                         const struct msg_assertion *a, uint8_t signer)
{
	struct msg *msg = bench_message(bench, MSG_HOSPITAL_ENTRY, 0);
	struct dt_text text = dt_text_possession(0, challenge->dt.nonce, challenge->dt.nonce2, a);

	msg->dt.session = challenge->dt.session;
	msg->assertion = *a;
	bench_sign(bench, signer, &text, msg->dt.proof);
	return msg;
}

static uint8_t try_entry(struct bench *bench, const struct msg_assertion *a, uint8_t signer)
{
	const struct msg challenge = *bench_ask(bench, hello(bench));
	const struct msg *answer = bench_ask(bench, entry(bench, &challenge, a, signer));

	assert_int_equal(answer->type, MSG_HOSPITAL_ADMIT);
	return answer->cause;
}

static uint64_t enter(struct bench *bench)
{
	const struct msg challenge = *bench_ask(bench, hello(bench));
	struct msg_assertion a = good(bench);

	assert_int_equal(bench_ask(bench, entry(bench, &challenge, &a, HOLDER))->cause, 0);
	return challenge.dt.session;
}

static const struct msg *keep_alive(struct bench *bench, uint64_t session)
{
	struct msg *msg = bench_message(bench, MSG_KEEP_ALIVE, 0);

	msg->dt.session = session;
	msg->dt.count = 4;
	return bench_ask(bench, msg);
}

static void the_challenge_is_fresh_and_signed_by_the_hospital(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg first = *bench_ask(bench, hello(bench));
	const struct msg second = *bench_ask(bench, hello(bench));
	struct dt_text text =
		dt_text_challenge(0, first.dt.nonce, first.dt.nonce2, first.dt.session);
	assert_memory_not_equal(first.dt.nonce2, second.dt.nonce2, 16);
	assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real,
	                          bench->anchors->hospital[0].identity, text.octets, text.n,
	                          first.dt.proof));
	bench_free(bench);
}

static void the_holder_of_a_valid_assertion_is_admitted_with_a_signature(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg challenge = *bench_ask(bench, hello(bench));
	struct msg_assertion a = good(bench);
	const struct msg *admit = bench_ask(bench, entry(bench, &challenge, &a, HOLDER));
	struct dt_text text =
		dt_text_admit(0, challenge.dt.nonce, challenge.dt.nonce2, a.pseudonym);
	assert_int_equal(admit->cause, 0);
	assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real,
	                          bench->anchors->hospital[0].identity, text.octets, text.n,
	                          admit->dt.proof));
	bench_free(bench);
}

/* Every octet that the home network signs, one at a time. */
static void a_tampered_assertion_is_never_accepted(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const size_t offset[] = {offsetof(struct msg_assertion, pseudonym),
	                         offsetof(struct msg_assertion, holder_key) + 31,
	                         offsetof(struct msg_assertion, commitment) + 7,
	                         offsetof(struct msg_assertion, not_after_ns),
	                         offsetof(struct msg_assertion, sealed) + 40,
	                         offsetof(struct msg_assertion, signature) + 63};
	for (size_t i = 0; i < sizeof offset / sizeof *offset; i++) {
		struct msg_assertion a = good(bench);
		((uint8_t *)&a)[offset[i]] ^= 1;
		assert_int_equal(try_entry(bench, &a, HOLDER), DT_CAUSE_SIGNATURE);
	}
	bench_free(bench);
}

static void an_impossible_length_of_the_seal_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = good(bench);
	a.sealed_n = 255;
	const struct msg challenge = *bench_ask(bench, hello(bench));
	struct msg *msg = bench_message(bench, MSG_HOSPITAL_ENTRY, 0);
	msg->dt.session = challenge.dt.session;
	msg->assertion = a;
	assert_int_equal(bench_ask(bench, msg)->cause, DT_CAUSE_SIGNATURE);
	bench_free(bench);
}

static void a_stolen_assertion_is_useless_without_the_holder_key(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = good(bench);
	assert_int_equal(try_entry(bench, &a, THIEF), DT_CAUSE_POSSESSION);
	assert_int_equal(bench->env.counter[NF_COUNT_ENTRIES_REFUSED], 1);
	bench_free(bench);
}

static void a_recorded_entry_cannot_be_replayed(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = good(bench);
	const struct msg old = *bench_ask(bench, hello(bench));
	struct msg *recorded = entry(bench, &old, &a, HOLDER);
	const struct msg fresh = *bench_ask(bench, hello(bench));
	recorded->dt.session = fresh.dt.session;
	assert_int_equal(bench_ask(bench, recorded)->cause, DT_CAUSE_POSSESSION);
	bench_free(bench);
}

static void an_assertion_for_another_hospital_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = assertion(bench, 1, 3600 * SIM_NS_PER_S);
	assert_int_equal(try_entry(bench, &a, HOLDER), DT_CAUSE_AUDIENCE);
	bench_free(bench);
}

static void an_assertion_is_refused_from_the_end_of_its_validity(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = assertion(bench, 0, SIM_NS_PER_S);
	assert_int_equal(try_entry(bench, &a, HOLDER), 0);
	bench_run(bench, SIM_NS_PER_S);
	assert_int_equal(try_entry(bench, &a, HOLDER), DT_CAUSE_EXPIRED);
	bench_free(bench);
}

static void an_entry_without_a_challenge_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = good(bench);
	const struct msg none = {.dt = {.session = 12345}};
	assert_int_equal(bench_ask(bench, entry(bench, &none, &a, HOLDER))->cause,
	                 DT_CAUSE_SESSION_UNKNOWN);
	bench_free(bench);
}

static void a_repeated_entry_is_admitted_again_and_seen_once(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg challenge = *bench_ask(bench, hello(bench));
	struct msg_assertion a = good(bench);
	assert_int_equal(bench_ask(bench, entry(bench, &challenge, &a, HOLDER))->cause, 0);
	assert_int_equal(bench_ask(bench, entry(bench, &challenge, &a, HOLDER))->cause, 0);
	assert_int_equal(bench->rec.table[REC_T_obs_hospital].n, 1);
	assert_int_equal(bench->rec.table[REC_T_truth].n, 1);
	bench_free(bench);
}

static void a_refused_entry_is_not_seen(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	struct msg_assertion a = good(bench);
	try_entry(bench, &a, THIEF);
	assert_int_equal(bench->rec.table[REC_T_obs_hospital].n, 0);
	bench_free(bench);
}

static void a_keep_alive_is_answered_within_a_session_only(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	uint64_t session = enter(bench);
	assert_int_equal(keep_alive(bench, session)->cause, 0);
	assert_int_equal(keep_alive(bench, session)->dt.count, 4);
	assert_int_equal(keep_alive(bench, session + 1)->cause, DT_CAUSE_SESSION_UNKNOWN);
	bench_free(bench);
}

static void a_silent_visit_is_forgotten_and_a_living_one_is_not(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	uint64_t silent = enter(bench), living = enter(bench);
	for (int i = 0; i < 25; i++) { /* patience: ten keep-alives of a second */
		bench_run(bench, SIM_NS_PER_S);
		assert_int_equal(keep_alive(bench, living)->cause, 0);
		bench->n_got = 0;
	}
	assert_int_equal(keep_alive(bench, silent)->cause, DT_CAUSE_SESSION_UNKNOWN);
	bench_free(bench);
}

static void nobody_but_the_holder_ends_a_session(void **state)
{
	(void)state;
	struct bench *bench = open_hospital();
	const struct msg challenge = *bench_ask(bench, hello(bench));
	struct msg_assertion a = good(bench);
	bench_ask(bench, entry(bench, &challenge, &a, HOLDER));
	struct dt_text text = dt_text_leave(0, challenge.dt.nonce, challenge.dt.nonce2);
	const uint8_t signer[] = {THIEF, HOLDER};
	const uint8_t cause[] = {DT_CAUSE_POSSESSION, 0};
	const uint8_t alive[] = {0, DT_CAUSE_SESSION_UNKNOWN};
	for (int i = 0; i < 2; i++) {
		struct msg *leave = bench_message(bench, MSG_HOSPITAL_LEAVE, 0);
		leave->dt.session = challenge.dt.session;
		bench_sign(bench, signer[i], &text, leave->dt.proof);
		assert_int_equal(bench_ask(bench, leave)->cause, cause[i]);
		assert_int_equal(keep_alive(bench, challenge.dt.session)->cause, alive[i]);
	}
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_challenge_is_fresh_and_signed_by_the_hospital),
		cmocka_unit_test(the_holder_of_a_valid_assertion_is_admitted_with_a_signature),
		cmocka_unit_test(a_tampered_assertion_is_never_accepted),
		cmocka_unit_test(an_impossible_length_of_the_seal_is_refused),
		cmocka_unit_test(a_stolen_assertion_is_useless_without_the_holder_key),
		cmocka_unit_test(a_recorded_entry_cannot_be_replayed),
		cmocka_unit_test(an_assertion_for_another_hospital_is_refused),
		cmocka_unit_test(an_assertion_is_refused_from_the_end_of_its_validity),
		cmocka_unit_test(an_entry_without_a_challenge_is_refused),
		cmocka_unit_test(a_repeated_entry_is_admitted_again_and_seen_once),
		cmocka_unit_test(a_refused_entry_is_not_seen),
		cmocka_unit_test(a_keep_alive_is_answered_within_a_session_only),
		cmocka_unit_test(a_silent_visit_is_forgotten_and_a_living_one_is_not),
		cmocka_unit_test(nobody_but_the_holder_ends_a_session),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
