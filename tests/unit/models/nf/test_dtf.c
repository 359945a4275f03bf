/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The DTF against peers that the test plays: AAnF, ledger, UDM and headsets, honest and not. */
#include "models/nf/dtf.h"
#include "tests/unit/models/nf/twin_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { LEDGER_KEY = 100 };
static const struct dtf_config config = {.sbi_timeout_ns = SIM_NS_PER_S,
	.ledger_timeout_ns = 5 * SIM_NS_PER_S};
static const struct pol_config policy = {.commitment = POL_COMMITMENT_SALTED,
	.assertion_lifetime_ns = 3600 * SIM_NS_PER_S};

/* A headset as the test plays it: subscriber n has MSIN n, A-TID and KAF of n. */
struct headset {
	struct bench *bench;
	uint8_t number, kaf[32], a_tid[32], nonce2[16];
	uint64_t session;
	uint32_t count;
};

static struct bench *open_dtf(void)
{
	struct bench *bench = bench_new();
	uint8_t care[32];

	bench->env.node.dtf = BENCH_SUBJECT;
	bench_public(bench, LEDGER_KEY, bench->anchors->ledger_key);
	bench_secret(50, care);
	for (int i = 0; i < 2; i++)
		crypto_ecies_public(bench->env.crypto, &crypto_suite_real, CRYPTO_ECIES_A, care,
		                    bench->anchors->hospital[i].care_team);
	bench_open(bench, &nf_dtf, dtf_new(&bench->env, &config, &policy, bench->anchors));
	return bench;
}

static void mac(struct headset *h, const struct dt_text *text, struct msg *msg)
{
	crypto_mac(h->bench->env.crypto, &crypto_suite_real, h->kaf, text->octets, text->n,
	           msg->dt.mac);
}

static struct msg *session_request(struct headset *h, uint8_t nonce)
{
	struct msg *msg = bench_message(h->bench, MSG_DTF_SESSION, 0);

	memcpy(msg->dt.tid, h->a_tid, 32);
	memset(msg->dt.nonce, nonce, 16);
	struct dt_text text = dt_text_session(msg->dt.tid, msg->dt.nonce);
	mac(h, &text, msg);
	return msg;
}

/* The AAnF's answer to the DTF's question. */
static const struct msg *give_kaf(struct headset *h, const struct msg *question)
{
	struct msg *answer = nf_answer(&h->bench->env, MSG_AANF_KEY_RSP, question);

	memcpy(answer->key.a_tid, h->a_tid, 32);
	memcpy(answer->key.key, h->kaf, 32);
	answer->key.msin = h->number;
	answer->key.expiry_ns = h->bench->env.sim->now_ns + 600 * SIM_NS_PER_S;
	return bench_ask(h->bench, answer);
}

static struct headset headset(struct bench *bench, uint8_t number)
{
	struct headset h = {.bench = bench, .number = number};

	bench_secret(number, h.a_tid);
	bench_secret((uint8_t)(number + 20), h.kaf);
	return h;
}

static struct headset in_session(struct bench *bench, uint8_t number)
{
	struct headset h = headset(bench, number);
	const struct msg *answer = give_kaf(&h, bench_ask(bench, session_request(&h, number)));

	assert_int_equal(answer->type, MSG_DTF_SESSION_RSP);
	assert_int_equal(answer->cause, 0);
	h.session = answer->dt.session;
	memcpy(h.nonce2, answer->dt.nonce2, 16);
	return h;
}

static struct msg *request(struct headset *h, enum msg_type type)
{
	struct msg *msg = bench_message(h->bench, type, 0);

	msg->dt.session = h->session;
	msg->dt.count = ++h->count;
	return msg;
}

static struct msg *authentic(struct headset *h, struct msg *msg)
{
	struct dt_text text = dt_text_request(msg, h->nonce2);

	mac(h, &text, msg);
	return msg;
}

static struct msg *enrolment(struct headset *h, uint8_t root)
{
	struct msg *msg = request(h, MSG_DTF_ENROL);

	bench_secret(root, msg->dt.root);
	bench_public(h->bench, h->number, msg->dt.key);
	struct dt_text text = dt_text_owner(h->nonce2, msg->dt.root, msg->dt.key);
	bench_sign(h->bench, h->number, &text, msg->dt.proof);
	return authentic(h, msg);
}

static const struct msg *confirm_mint(struct bench *bench, const struct msg *mint, uint8_t signer)
{
	struct msg *final = nf_answer(&bench->env, MSG_LEDGER_FINAL, mint);

	memcpy(final->dt.tid, mint->dt.tid, 32);
	final->dt.session = 1;
	struct dt_text text = dt_text_final(mint->dt.tid, 1, final->dt.root);
	bench_sign(bench, signer, &text, final->dt.proof);
	return bench_ask(bench, final);
}

static const struct msg *confirm_record(struct bench *bench, const struct msg *record)
{
	return bench_ask(bench, nf_answer(&bench->env, MSG_UDM_TWIN_RSP, record));
}

static const struct msg *enrol(struct headset *h, uint8_t root)
{
	const struct msg *mint = bench_ask(h->bench, enrolment(h, root));

	assert_int_equal(mint->type, MSG_LEDGER_MINT);
	return confirm_record(h->bench, confirm_mint(h->bench, mint, LEDGER_KEY));
}

static const struct msg *ask_assertion(struct headset *h, uint8_t holder, uint16_t hospital)
{
	struct msg *msg = request(h, MSG_DTF_ASSERTION);

	bench_public(h->bench, holder, msg->dt.key);
	msg->dt.hospital = hospital;
	return bench_ask(h->bench, authentic(h, msg));
}

/* ---- sessions ---- */

static void the_dtf_proves_that_it_has_kaf_too(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = headset(bench, 1);
	const struct msg *answer = give_kaf(&h, bench_ask(bench, session_request(&h, 5)));
	struct dt_text text = dt_text_session_answer(h.a_tid, answer->dt.nonce, answer->dt.nonce2,
	                                             answer->dt.session);
	assert_int_equal(answer->dt.nonce[0], 5);
	assert_true(crypto_mac_check(bench->env.crypto, &crypto_suite_real, h.kaf, text.octets, text.n,
	                             answer->dt.mac));
	bench_free(bench);
}

static void a_headset_without_kaf_gets_no_session_and_no_proof(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset thief = headset(bench, 1), owner = headset(bench, 1);
	static const uint8_t none[32];
	thief.kaf[0] ^= 1;
	const struct msg *question = bench_ask(bench, session_request(&thief, 5));
	const struct msg *answer = give_kaf(&owner, question);
	assert_int_equal(answer->cause, DT_CAUSE_MAC_FAILURE);
	assert_int_equal(answer->dt.session, 0);
	assert_memory_equal(answer->dt.mac, none, 32);
	bench_free(bench);
}

static void kaf_is_fetched_once_while_it_lives(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	assert_int_equal(bench_ask(bench, session_request(&h, 9))->type, MSG_DTF_SESSION_RSP);
	bench_run(bench, 700 * SIM_NS_PER_S);
	assert_int_equal(bench_ask(bench, session_request(&h, 10))->type, MSG_AANF_KEY);
	bench_free(bench);
}

static void a_repeated_session_request_finds_the_session_it_opened(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	assert_int_equal(bench_ask(bench, session_request(&h, 1))->dt.session, h.session);
	assert_int_not_equal(bench_ask(bench, session_request(&h, 2))->dt.session, h.session);
	bench_free(bench);
}

static void an_aanf_that_knows_nothing_or_is_silent_is_told_apart(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = headset(bench, 1);
	const struct msg *question = bench_ask(bench, session_request(&h, 5));
	struct msg *no = nf_answer(&bench->env, MSG_AANF_KEY_RSP, question);
	no->cause = DT_CAUSE_A_TID_UNKNOWN;
	assert_int_equal(bench_ask(bench, no)->cause, DT_CAUSE_A_TID_UNKNOWN);
	bench_ask(bench, session_request(&h, 6));
	bench_run(bench, 2 * SIM_NS_PER_S);
	assert_int_equal(bench->got[bench->n_got - 1].cause, DT_CAUSE_AANF_TIMEOUT);
	bench_free(bench);
}

static void a_late_answer_finds_nothing(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = headset(bench, 1);
	const struct msg question = *bench_ask(bench, session_request(&h, 5));
	bench_run(bench, 2 * SIM_NS_PER_S);
	assert_null(give_kaf(&h, &question));
	assert_int_equal(bench->env.counter[NF_COUNT_STALE], 1);
	bench_free(bench);
}

static void a_request_is_refused_when_altered_older_or_without_session(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	struct msg *altered = enrolment(&h, 1);
	altered->dt.root[0] ^= 1;
	assert_int_equal(bench_ask(bench, altered)->cause, DT_CAUSE_MAC_FAILURE);
	enrol(&h, 1);
	h.count = 0;
	assert_int_equal(bench_ask(bench, enrolment(&h, 1))->cause, DT_CAUSE_REPLAY);
	h.session++;
	assert_int_equal(bench_ask(bench, enrolment(&h, 1))->cause, DT_CAUSE_SESSION_UNKNOWN);
	bench_free(bench);
}

/* ---- enrolment ---- */

static void an_enrolment_mints_stores_and_answers_with_the_token(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	const struct msg *mint = bench_ask(bench, enrolment(&h, 1));
	struct dt_text text = dt_text_mint(mint->dt.tid, mint->dt.key);
	assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real, bench->anchors->network_key,
	                          text.octets, text.n, mint->dt.proof));
	const struct msg *record = confirm_mint(bench, mint, LEDGER_KEY);
	assert_int_equal(record->type, MSG_UDM_TWIN);
	assert_int_equal(record->dt.msin, 1);
	const struct msg *answer = confirm_record(bench, record);
	assert_int_equal(answer->type, MSG_DTF_ENROL_RSP);
	assert_int_equal(answer->cause, 0);
	assert_memory_equal(answer->dt.tid, mint->dt.tid, 32);
	bench_free(bench);
}

static void the_token_hides_manifest_and_subscriber_behind_a_salt(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	const struct msg mint = *bench_ask(bench, enrolment(&h, 1));
	const struct msg *record = confirm_mint(bench, &mint, LEDGER_KEY);
	struct dt_text text = dt_text_binding(record->dt.nonce, 1, record->dt.root);
	uint8_t token[32];
	crypto_hash(bench->env.crypto, &crypto_suite_real, text.octets, text.n, token);
	assert_memory_equal(token, mint.dt.tid, 32);
	static const uint8_t unsalted[16];
	assert_memory_not_equal(record->dt.nonce, unsalted, 16);
	bench_free(bench);
}

static void a_second_twin_of_a_subscriber_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	enrol(&h, 1);
	assert_int_equal(bench_ask(bench, enrolment(&h, 2))->cause, DT_CAUSE_TWIN_EXISTS);
	bench_free(bench);
}

static void a_manifest_is_registered_for_one_subscriber_only(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1), thief = in_session(bench, 2);
	enrol(&h, 1);
	assert_int_equal(bench_ask(bench, enrolment(&thief, 1))->cause, DT_CAUSE_MANIFEST_EXISTS);
	bench_free(bench);
}

static void an_owner_key_that_is_not_proven_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	struct msg *msg = enrolment(&h, 1);
	msg->dt.proof[5] ^= 1;
	assert_int_equal(bench_ask(bench, msg)->cause, DT_CAUSE_OWNER_PROOF);
	bench_free(bench);
}

static void a_repeated_enrolment_is_answered_once_and_mints_once(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	const struct msg mint = *bench_ask(bench, enrolment(&h, 1));
	assert_null(bench_ask(bench, enrolment(&h, 1)));
	const struct msg *answer =
		confirm_record(bench, confirm_mint(bench, &mint, LEDGER_KEY));
	assert_int_equal(answer->dt.count, 2); /* the latest request is the one answered */
	assert_int_equal(bench_ask(bench, enrolment(&h, 1))->cause, 0);
	assert_int_equal(bench->env.counter[NF_COUNT_TWINS], 1);
	bench_free(bench);
}

static void a_forged_confirmation_of_the_ledger_enrols_nobody(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	const struct msg *answer = confirm_mint(bench, bench_ask(bench, enrolment(&h, 1)), 7);
	assert_int_equal(answer->cause, DT_CAUSE_LEDGER_SIGNATURE);
	assert_int_equal(ask_assertion(&h, 3, 0)->cause, DT_CAUSE_NO_TWIN);
	enrol(&h, 1); /* and it stands in nobody's way */
	bench_free(bench);
}

static void a_silent_ledger_and_a_silent_database_fail_the_enrolment(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	bench_ask(bench, enrolment(&h, 1));
	bench_run(bench, 6 * SIM_NS_PER_S);
	assert_int_equal(bench->got[bench->n_got - 1].cause, DT_CAUSE_LEDGER_TIMEOUT);
	confirm_mint(bench, bench_ask(bench, enrolment(&h, 1)), LEDGER_KEY);
	bench_run(bench, 2 * SIM_NS_PER_S);
	assert_int_equal(bench->got[bench->n_got - 1].cause, DT_CAUSE_STORE_TIMEOUT);
	assert_int_equal(bench->env.counter[NF_COUNT_TWINS], 0);
	bench_free(bench);
}

/* ---- assertions ---- */

static void an_assertion_is_signed_and_sealed_to_the_care_team(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	uint8_t care[32], opened[MSG_SCHEME_MAX];
	uint64_t msin;
	enrol(&h, 1);
	const struct msg_assertion *a = &ask_assertion(&h, 3, 1)->assertion;
	struct dt_text text = dt_text_assertion(a);
	assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real, bench->anchors->network_key,
	                          text.octets, text.n, a->signature));
	bench_secret(50, care);
	assert_true(crypto_ecies_reveal(bench->env.crypto, &crypto_suite_real, CRYPTO_ECIES_A,
	                                care, a->sealed, a->sealed_n, opened));
	assert_true(dt_msin_decode(opened, &msin));
	assert_int_equal(msin, 1);
	assert_int_equal(a->hospital, 1);
	bench_free(bench);
}

static void one_holder_key_has_one_pseudonym_and_another_key_another(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	enrol(&h, 1);
	const struct msg_assertion a = ask_assertion(&h, 3, 0)->assertion;
	const struct msg_assertion b = ask_assertion(&h, 3, 1)->assertion;
	const struct msg_assertion c = ask_assertion(&h, 4, 0)->assertion;
	assert_memory_equal(a.pseudonym, b.pseudonym, 16);
	assert_memory_equal(a.commitment, b.commitment, 32);
	assert_memory_not_equal(a.sealed, b.sealed, 32);
	assert_memory_not_equal(a.pseudonym, c.pseudonym, 16);
	assert_memory_not_equal(a.commitment, c.commitment, 32);
	bench_free(bench);
}

static void an_assertion_for_nobody_or_nowhere_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	assert_int_equal(ask_assertion(&h, 3, 0)->cause, DT_CAUSE_NO_TWIN);
	enrol(&h, 1);
	assert_int_equal(ask_assertion(&h, 3, 2)->cause, DT_CAUSE_UNKNOWN_AUDIENCE);
	bench_free(bench);
}

/* ---- leaving, crash ---- */

static void leaving_stores_the_sealed_twin(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1);
	enrol(&h, 1);
	const struct msg *record = bench_ask(bench, authentic(&h, request(&h, MSG_DTF_LEAVE)));
	assert_int_equal(record->type, MSG_UDM_TWIN);
	const struct msg *answer = confirm_record(bench, record);
	assert_int_equal(answer->type, MSG_DTF_LEAVE_RSP);
	assert_int_equal(answer->cause, 0);
	bench_free(bench);
}

static void a_crash_loses_sessions_but_not_stored_twins(void **state)
{
	(void)state;
	struct bench *bench = open_dtf();
	struct headset h = in_session(bench, 1), late = in_session(bench, 2);
	enrol(&h, 1);
	bench_ask(bench, enrolment(&late, 2));
	nf_down(&bench->env, BENCH_SUBJECT);
	nf_up(&bench->env, BENCH_SUBJECT);
	assert_int_equal(ask_assertion(&h, 3, 0)->cause, DT_CAUSE_SESSION_UNKNOWN);
	h = in_session(bench, 1);
	assert_int_equal(ask_assertion(&h, 3, 0)->cause, 0);
	late = in_session(bench, 2);
	assert_int_equal(ask_assertion(&late, 3, 0)->cause, DT_CAUSE_NO_TWIN);
	enrol(&late, 2);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dtf_proves_that_it_has_kaf_too),
		cmocka_unit_test(a_headset_without_kaf_gets_no_session_and_no_proof),
		cmocka_unit_test(kaf_is_fetched_once_while_it_lives),
		cmocka_unit_test(a_repeated_session_request_finds_the_session_it_opened),
		cmocka_unit_test(an_aanf_that_knows_nothing_or_is_silent_is_told_apart),
		cmocka_unit_test(a_late_answer_finds_nothing),
		cmocka_unit_test(a_request_is_refused_when_altered_older_or_without_session),
		cmocka_unit_test(an_enrolment_mints_stores_and_answers_with_the_token),
		cmocka_unit_test(the_token_hides_manifest_and_subscriber_behind_a_salt),
		cmocka_unit_test(a_second_twin_of_a_subscriber_is_refused),
		cmocka_unit_test(a_manifest_is_registered_for_one_subscriber_only),
		cmocka_unit_test(an_owner_key_that_is_not_proven_is_refused),
		cmocka_unit_test(a_repeated_enrolment_is_answered_once_and_mints_once),
		cmocka_unit_test(a_forged_confirmation_of_the_ledger_enrols_nobody),
		cmocka_unit_test(a_silent_ledger_and_a_silent_database_fail_the_enrolment),
		cmocka_unit_test(an_assertion_is_signed_and_sealed_to_the_care_team),
		cmocka_unit_test(one_holder_key_has_one_pseudonym_and_another_key_another),
		cmocka_unit_test(an_assertion_for_nobody_or_nowhere_is_refused),
		cmocka_unit_test(leaving_stores_the_sealed_twin),
		cmocka_unit_test(a_crash_loses_sessions_but_not_stored_twins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
