/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Untrusted non-3GPP access: TS 33.501 7.2.1 between a UE's IKEv2 and an N3IWF, and RFC 7296 when
 * things go wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/unit/models/nf/nwu_bench.h"
#include <cmocka.h>

static struct nwu_bench *registered(const struct crypto_suite *suite)
{
	struct nwu_bench *b = nwu_new(suite, NULL);

	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 5);
	return b;
}

static void a_registration_takes_six_round_trips_before_its_accept(void **state)
{
	static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct nwu_bench *b = registered(suites[i]);
		assert_int_equal(b->connected[0], 1);
		assert_int_equal(b->accepted[0], 1);
		assert_int_equal(b->round_trips_at_accept, 6); /* 1 IKE_SA_INIT, 5 IKE_AUTH */
		assert_int_equal(b->at_amf[MSG_CONTEXT_SETUP_RESPONSE], 1);
		assert_int_equal(b->at_amf[MSG_REGISTRATION_COMPLETE], 1);
		assert_int_equal(b->env.counter[NF_COUNT_IKE_RETRANSMISSIONS], 0);
		assert_int_equal(b->env.counter[NF_COUNT_UNEXPECTED], 0);
		nwu_free(b);
	}
}

static void the_messages_come_in_the_order_of_7_2_1(void **state)
{
	static const uint8_t type[] = {
		MSG_IKE_SA_INIT, MSG_IKE_SA_INIT_RSP, MSG_IKE_AUTH, MSG_IKE_AUTH_RSP, MSG_IKE_AUTH,
		MSG_IKE_AUTH_RSP, MSG_IKE_AUTH, MSG_IKE_AUTH_RSP, MSG_IKE_AUTH, MSG_IKE_AUTH_RSP,
		MSG_IKE_AUTH, MSG_IKE_AUTH_RSP, MSG_NWU_NAS, MSG_NWU_NAS};
	static const uint8_t part[] = {
		MSG_IKE_INIT, MSG_IKE_INIT, MSG_IKE_OPEN, MSG_IKE_OPEN, MSG_IKE_NAS, MSG_IKE_NAS,
		MSG_IKE_NAS, MSG_IKE_NAS, MSG_IKE_NAS, MSG_IKE_SUCCESS, MSG_IKE_FINAL, MSG_IKE_FINAL,
		MSG_IKE_NAS, MSG_IKE_NAS};
	struct nwu_bench *b = registered(&crypto_suite_cost);

	(void)state;
	assert_int_equal(b->n_log, sizeof type);
	assert_memory_equal(b->type, type, sizeof type);
	assert_memory_equal(b->part, part, sizeof part);
	nwu_free(b);
}

/* 7.2.1 step 4: nothing is told to an N3IWF that the operator has not certified. */
static void a_ue_gives_up_an_n3iwf_of_somebody_else(void **state)
{
	static const uint8_t other[32] = {1, 2, 3};
	struct nwu_bench *b = nwu_new(&crypto_suite_real, other);

	(void)state;
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 5);
	assert_int_equal(b->connected[0], 0);
	assert_int_equal(b->unconnected[0], 1);
	assert_int_equal(b->at_amf[MSG_REGISTRATION_REQUEST], 0);
	assert_int_equal(b->env.counter[NF_COUNT_IKE_FAILURES], 1);
	assert_int_equal(b->part[b->n_log - 2], MSG_IKE_ERROR); /* RFC 7296 2.21.2 */
	nwu_free(b);
}

/* 7.2.1 step 11: both ends need KN3IWF. */
static void a_ue_with_another_kn3iwf_gets_no_ipsec_sa(void **state)
{
	struct nwu_bench *b = nwu_new(&crypto_suite_real, NULL);

	(void)state;
	b->ue_has_other_key = true;
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 5);
	assert_int_equal(b->accepted[0], 0);
	assert_int_equal(b->released[0], 1);
	assert_int_equal(b->at_amf[MSG_CONTEXT_SETUP_RESPONSE], 1);
	assert_int_equal(b->ngap_at_amf, NGAP_CONTEXT_SETUP_FAILURE);
	assert_int_equal(b->cause_at_amf.group, NGAP_CAUSE_NAS);
	assert_int_equal(b->cause_at_amf.value, NGAP_NAS_AUTHENTICATION_FAILURE);
	nwu_free(b);
}

/* RFC 7296 2.1: whatever is lost, request or answer, the UE asks again and is answered again. */
static void a_lost_message_is_sent_again_and_acted_on_once(void **state)
{
	static const enum msg_type lost[] = {MSG_IKE_SA_INIT, MSG_IKE_SA_INIT_RSP, MSG_IKE_AUTH,
	                                     MSG_IKE_AUTH_RSP};

	(void)state;
	for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
		for (int n = 1; n <= 3; n += 2) {
			struct nwu_bench *b = nwu_new(&crypto_suite_cost, NULL);
			b->drop[lost[i]] = n;
			ue_ike_connect(b->ikes, 0, 1);
			nwu_run(b, 40);
			assert_int_equal(b->accepted[0], 1);
			assert_int_equal(b->round_trips_at_accept, 6);
			assert_int_equal(b->env.counter[NF_COUNT_IKE_RETRANSMISSIONS], n);
			assert_int_equal(b->at_amf[MSG_REGISTRATION_REQUEST], 1);
			nwu_free(b);
		}
}

static void a_ue_without_an_answer_gives_up_after_its_tries(void **state)
{
	struct nwu_bench *b = nwu_new(&crypto_suite_cost, NULL);

	(void)state;
	b->drop[MSG_IKE_SA_INIT] = 100;
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 61);
	assert_int_equal(b->unconnected[0], 0);
	nwu_run(b, 63); /* 2 + 4 + 8 + 16 + 32 s, and the association */
	assert_int_equal(b->unconnected[0], 1);
	assert_int_equal(100 - b->drop[MSG_IKE_SA_INIT], 5);
	nwu_free(b);
}

/* RFC 7296 1.4.1 from the network: deregistration ends with a Delete that the UE answers. */
static void a_release_by_the_amf_deletes_the_ike_sa(void **state)
{
	struct nwu_bench *b = registered(&crypto_suite_real);
	const struct sim_span span = sim_span_start(b->env.sim->now_ns);

	(void)state;
	nwu_ue_says(b, 0, MSG_DEREGISTRATION_REQUEST, &span);
	nwu_run(b, 6);
	assert_int_equal(b->released[0], 1);
	assert_int_equal(b->at_amf[MSG_CONTEXT_RELEASE_COMPLETE], 1);
	assert_int_equal(b->type[b->n_log - 2], MSG_IKE_INFORMATIONAL);
	assert_int_equal(b->part[b->n_log - 2], MSG_IKE_DELETE);
	assert_int_equal(b->type[b->n_log - 1], MSG_IKE_INFORMATIONAL_RSP);
	assert_int_equal(ue_ike_exchanges(b->ikes, 0), 0);
	nwu_free(b);
}

/* And from the UE: the N3IWF asks the AMF for release (TS 38.413 8.3.2). */
static void a_ue_that_leaves_tells_the_n3iwf_and_that_the_amf(void **state)
{
	struct nwu_bench *b = registered(&crypto_suite_real);

	(void)state;
	ue_ike_release(b->ikes, 0);
	nwu_run(b, 6);
	assert_int_equal(b->at_amf[MSG_CONTEXT_RELEASE_REQUEST], 1);
	assert_int_equal(b->at_amf[MSG_CONTEXT_RELEASE_COMPLETE], 1);
	assert_int_equal(b->sent[MSG_IKE_INFORMATIONAL], 1);
	assert_int_equal(b->part[b->n_log - 2], MSG_IKE_DELETE);
	nwu_free(b);
}

/* TS 24.502 7.3.3: EAP-5G Stop is answered by EAP-Failure. */
static void a_release_by_the_amf_within_eap_is_an_eap_failure(void **state)
{
	struct nwu_bench *b = nwu_new(&crypto_suite_cost, NULL);
	const struct sim_span span = sim_span_start(0);
	struct msg *msg;

	(void)state;
	ue_ike_connect(b->ikes, 0, 1);
	while (b->connected[0] == 0)
		nwu_run(b, b->env.sim->now_ns * 1e-9 + 0.01);
	nwu_run(b, b->env.sim->now_ns * 1e-9 + 0.015); /* the Registration Request is on its way */
	msg = nf_message_for(&b->env, MSG_CONTEXT_RELEASE_COMMAND, 0, 1, &span);
	msg->asker = b->amf_context;
	msg->ran = (struct sim_handle){0, 1};
	msg->octets = (uint16_t)msg_n2_octets(msg);
	msg->span = sim_span_start(b->env.sim->now_ns);
	nf_send(&b->env, NWU_AMF, NWU_N3IWF, msg);
	nwu_run(b, 5);
	assert_int_equal(b->released[0], 1);
	assert_int_equal(b->accepted[0], 0);
	nwu_free(b);
}

/* RFC 7296 2.4 */
static void a_silent_ue_is_asked_and_stays_while_it_answers(void **state)
{
	struct nwu_bench *b = registered(&crypto_suite_cost);

	(void)state;
	nwu_run(b, 300);
	assert_int_equal(b->sent[MSG_IKE_INFORMATIONAL_RSP], 4); /* once a minute, and the wait for it */
	assert_int_equal(b->at_amf[MSG_CONTEXT_RELEASE_REQUEST], 0);
	nwu_free(b);
}

static void a_silent_ue_that_does_not_answer_is_given_up(void **state)
{
	struct nwu_bench *b = registered(&crypto_suite_cost);

	(void)state;
	b->drop[MSG_IKE_INFORMATIONAL] = 100;
	nwu_run(b, 60 + 62 + 10);
	assert_int_equal(b->at_amf[MSG_CONTEXT_RELEASE_REQUEST], 1);
	assert_int_equal(100 - b->drop[MSG_IKE_INFORMATIONAL], 5);
	nwu_free(b);
}

static void an_n3iwf_that_crashed_knows_nobody(void **state)
{
	struct nwu_bench *b = registered(&crypto_suite_cost);
	const struct sim_span span = sim_span_start(b->env.sim->now_ns);

	(void)state;
	nf_down(&b->env, NWU_N3IWF);
	nf_up(&b->env, NWU_N3IWF);
	nwu_ue_says(b, 0, MSG_DEREGISTRATION_REQUEST, &span);
	nwu_run(b, 6);
	assert_int_equal(b->at_amf[MSG_DEREGISTRATION_REQUEST], 0);
	assert_int_equal(b->env.counter[NF_COUNT_STALE], 1);
	ue_ike_connect(b->ikes, 0, 2); /* and takes the UE in again */
	nwu_run(b, 12);
	assert_int_equal(b->accepted[0], 2);
	nwu_free(b);
}

/* Request, answer, repetition, refusal, liveness, end: each as its octets say. */
static void every_message_on_nwu_is_what_its_octets_say_and_as_long(void **state)
{
	struct nwu_bench *b = nwu_new(&crypto_suite_real, NULL);
	static const uint8_t other[32] = {9};

	(void)state;
	b->drop[MSG_IKE_AUTH_RSP] = 2;
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 100);
	ue_ike_release(b->ikes, 0);
	nwu_run(b, 101);
	assert_true(b->n_log > 20);
	assert_int_equal(b->wrong_octets, 0);
	nwu_free(b);
	b = nwu_new(&crypto_suite_real, other);
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 5);
	assert_int_equal(b->wrong_octets, 0);
	nwu_free(b);
}

/* docs/NWU.md, with NAS of 42 octets. */
static void every_message_is_as_long_as_documented(void **state)
{
	enum { NAS = 42 };
	static const uint16_t octets[] = {158, 158, 206, 615, NAS + 91, NAS + 81, NAS + 83, NAS + 81,
		NAS + 83, 69, 101, 223, 32 + NAS + 44 + 2, 32 + NAS + 44 + 2, 61, 61, 69, 61};
	struct nwu_bench *b = registered(&crypto_suite_cost);

	(void)state;
	nwu_run(b, 70);
	ue_ike_release(b->ikes, 0);
	nwu_run(b, 71);
	assert_int_equal(b->n_log, sizeof octets / sizeof *octets);
	for (int i = 0; i < b->n_log; i++)
		assert_int_equal(b->octets[i], octets[i]);
	nwu_free(b);
}

static void the_same_seed_gives_the_same_octets_in_both_modes(void **state)
{
	struct nwu_bench *a = registered(&crypto_suite_real), *b = registered(&crypto_suite_cost);

	(void)state;
	assert_int_equal(a->n_log, b->n_log);
	assert_memory_equal(a->octets, b->octets, sizeof a->octets);
	assert_int_equal(a->env.sim->now_ns, b->env.sim->now_ns);
	nwu_free(a);
	nwu_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_registration_takes_six_round_trips_before_its_accept),
		cmocka_unit_test(the_messages_come_in_the_order_of_7_2_1),
		cmocka_unit_test(a_ue_gives_up_an_n3iwf_of_somebody_else),
		cmocka_unit_test(a_ue_with_another_kn3iwf_gets_no_ipsec_sa),
		cmocka_unit_test(a_lost_message_is_sent_again_and_acted_on_once),
		cmocka_unit_test(a_ue_without_an_answer_gives_up_after_its_tries),
		cmocka_unit_test(a_release_by_the_amf_deletes_the_ike_sa),
		cmocka_unit_test(a_ue_that_leaves_tells_the_n3iwf_and_that_the_amf),
		cmocka_unit_test(a_release_by_the_amf_within_eap_is_an_eap_failure),
		cmocka_unit_test(a_silent_ue_is_asked_and_stays_while_it_answers),
		cmocka_unit_test(a_silent_ue_that_does_not_answer_is_given_up),
		cmocka_unit_test(an_n3iwf_that_crashed_knows_nobody),
		cmocka_unit_test(every_message_on_nwu_is_what_its_octets_say_and_as_long),
		cmocka_unit_test(every_message_is_as_long_as_documented),
		cmocka_unit_test(the_same_seed_gives_the_same_octets_in_both_modes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
