/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The EAP server of the AUSF, against a peer and a UDM that the test plays. */
#include "tests/unit/models/nf/home_bench.h"

#include "models/crypto/eap_aka.h"
#include "models/crypto/kdf.h"
#include "models/nf/ausf_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MSIN = HOME_MSIN_FIRST };

struct test {
	struct bench *bench;
	struct ausf *ausf;
	struct crypto_eap_keys keys; /* of the challenge that is out */
	uint8_t fill;
	struct sim_handle context;
};

static struct test start(void)
{
	struct test t = {.bench = bench_new(&crypto_suite_real, NET_SUCI_A)};
	struct core *core = t.bench->core;

	core->nf.network.authentication = NET_EAP_AKA_PRIME;
	bench_open(t.bench, &core->env.node.ausf);
	core->class[0] = REC_CLASS_SURGEON; /* whose KAUSF may be asked for */
	t.ausf = ausf_new(&core->env, &core->nf.ausf, &core->home);
	bench_attach(t.bench, &nf_ausf, t.ausf);
	return t;
}

/* The UDM's answer: everything of AV' is the octet `fill`. */
static const struct msg *vector_for(struct test *t, const struct msg *query, uint8_t fill)
{
	struct msg *vector = nf_answer(&t->bench->core->env, MSG_UDM_GENERATE_RSP, query);

	assert_int_equal(query->type, MSG_UDM_GENERATE);
	vector->method = MSG_METHOD_EAP_AKA_PRIME;
	memset(vector->vector.rand, fill, 16);
	memset(vector->vector.autn, fill, 16);
	memset(vector->vector.xres_star, fill, 8);
	vector->vector.xres_n = 8;
	memset(vector->vector.ck_prime, fill, 16);
	memset(vector->vector.ik_prime, fill, 16);
	vector->vector.msin = MSIN;
	t->fill = fill;
	crypto_eap_keys(t->bench->core->env.crypto, &crypto_suite_real, vector->vector.ck_prime,
	                vector->vector.ik_prime, "999700000000001", &t->keys);
	return bench_ask(t->bench, vector);
}

/* What stands in an answer of the AUSF; aborts the test when it is no packet. */
static struct eap_packet packet_in(const struct msg *answer)
{
	struct eap_packet packet;
	struct msg_fault fault;

	assert_int_equal(answer->method, MSG_METHOD_EAP_AKA_PRIME);
	assert_true(eap_decode(answer->eap.octets, answer->eap.n, &packet, &fault));
	return packet;
}

static struct eap_packet challenge(struct test *t)
{
	struct msg *request = bench_message(t->bench, MSG_AUSF_AUTHENTICATE);
	const struct msg *answer;

	request->identity.tmsi_msin = MSIN;
	answer = vector_for(t, bench_ask(t->bench, request), 5);
	assert_int_equal(answer->type, MSG_AUSF_AUTHENTICATE_RSP);
	assert_int_equal(answer->cause, MSG_CAUSE_NONE);
	t->context = answer->context;
	return packet_in(answer);
}

static struct msg *session(struct test *t, const struct eap_packet *packet)
{
	struct msg *request = bench_message(t->bench, MSG_AUSF_EAP);

	request->context = t->context;
	request->eap.n = eap_encode(packet, request->eap.octets);
	return request;
}

static void sign(struct test *t, struct msg *request)
{
	uint16_t at = eap_mac_at(request->eap.octets, request->eap.n);
	uint8_t mac[16];

	assert_true(crypto_eap_mac(t->bench->core->env.crypto, &crypto_suite_real, t->keys.k_aut,
	                           request->eap.octets, request->eap.n, at, mac));
	memcpy(request->eap.octets + at, mac, sizeof mac);
}

/* The right answer to a challenge; the caller may spoil it. */
static struct eap_packet right(const struct test *t, const struct eap_packet *out)
{
	struct eap_packet packet = {.code = EAP_RESPONSE, .identifier = out->identifier,
		.type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_CHALLENGE, .has_mac = true, .n_res = 8}};

	memset(packet.aka.res, t->fill, 8);
	return packet;
}

static const struct msg *respond(struct test *t, const struct eap_packet *packet)
{
	struct msg *request = session(t, packet);

	if (packet->aka.has_mac)
		sign(t, request);
	return bench_ask(t->bench, request);
}

static struct eap_packet other(const struct eap_packet *out, uint8_t subtype)
{
	return (struct eap_packet){.code = EAP_RESPONSE, .identifier = out->identifier,
		.type = EAP_AKA_PRIME, .aka = {.subtype = subtype}};
}

/* EAP-Failure in answer, the UDM is told, nothing is kept. */
static void expect_failure(struct test *t, uint8_t identifier)
{
	const struct msg *answer = bench_last(t->bench, MSG_AUSF_EAP_RSP);
	const struct msg *event = bench_last(t->bench, MSG_UDM_AUTH_EVENT);
	struct eap_packet packet = packet_in(answer);

	assert_int_equal(packet.code, EAP_FAILURE);
	assert_int_equal(packet.identifier, identifier);
	assert_int_equal(answer->cause, MSG_CAUSE_ILLEGAL_UE);
	assert_non_null(event);
	assert_false(event->subscription.success);
	assert_null(ausf_kausf(t->ausf, MSIN));
	assert_int_equal(sim_pool_live(t->ausf->contexts), 0);
}

/* The server asks for an acknowledgement of general failure, and fails whatever comes. */
static void expect_notification_then_failure(struct test *t, const struct msg *answer)
{
	struct eap_packet out = packet_in(answer), ack;

	assert_int_equal(answer->cause, MSG_CAUSE_NONE);
	assert_int_equal(out.code, EAP_REQUEST);
	assert_int_equal(out.aka.subtype, EAP_AKA_NOTIFICATION);
	assert_int_equal(out.aka.notification, 16384);
	assert_false(out.aka.has_mac); /* P bit: RFC 4187 10.19 */
	ack = other(&out, EAP_AKA_NOTIFICATION);
	respond(t, &ack);
	expect_failure(t, out.identifier);
}

/* ---- success ---- */

static void rfc9048_3_2_the_challenge_carries_kdf_1_the_serving_network_name_and_a_right_mac(
	void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t);
	const struct msg *answer = bench_last(t.bench, MSG_AUSF_AUTHENTICATE_RSP);

	(void)state;
	assert_int_equal(out.code, EAP_REQUEST);
	assert_int_equal(out.type, EAP_AKA_PRIME);
	assert_int_equal(out.aka.subtype, EAP_AKA_CHALLENGE);
	assert_int_equal(out.aka.n_kdf, 1);
	assert_int_equal(out.aka.kdf[0], EAP_KDF_AKA_PRIME);
	assert_int_equal(out.aka.kdf_input.n, 32);
	assert_memory_equal(out.aka.kdf_input.at, "5G:mnc070.mcc999.3gppnetwork.org", 32);
	assert_true(crypto_eap_mac_check(t.bench->core->env.crypto, &crypto_suite_real, t.keys.k_aut,
	                                 answer->eap.octets, answer->eap.n, out.aka.mac_at));
	assert_int_equal(answer->eap.n, 108);
	bench_free(t.bench);
}

static void s33501_6_1_3_1_the_right_res_brings_eap_success_kseaf_and_the_first_half_of_emsk(
	void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out), done;
	const struct msg *event = respond(&t, &response), *answer;
	uint8_t kseaf[32];

	(void)state;
	assert_int_equal(event->type, MSG_UDM_AUTH_EVENT);
	assert_true(event->subscription.success);
	assert_int_equal(event->method, MSG_METHOD_EAP_AKA_PRIME);
	assert_null(ausf_kausf(t.ausf, MSIN)); /* 6.2.2.1: stored with EAP-Success */
	answer = bench_ask(t.bench, nf_answer(&t.bench->core->env, MSG_UDM_AUTH_EVENT_RSP, event));
	assert_int_equal(answer->type, MSG_AUSF_EAP_RSP);
	assert_int_equal(answer->cause, MSG_CAUSE_NONE);
	done = packet_in(answer);
	assert_int_equal(done.code, EAP_SUCCESS);
	assert_int_equal(done.identifier, out.identifier);
	crypto_kseaf(t.bench->core->env.crypto, &crypto_suite_real, t.keys.emsk,
	             t.bench->core->home.snn, kseaf);
	assert_memory_equal(answer->key.key, kseaf, 32);
	assert_int_equal(answer->key.msin, MSIN);
	assert_memory_equal(ausf_kausf(t.ausf, MSIN), t.keys.emsk, 32);
	assert_int_equal(sim_pool_live(t.ausf->contexts), 0);
	bench_free(t.bench);
}

/* ---- failure ---- */

static void rfc4187_6_3_2_a_wrong_at_res_is_notified_and_then_fails(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);

	(void)state;
	response.aka.res[7] ^= 1;
	expect_notification_then_failure(&t, respond(&t, &response));
	bench_free(t.bench);
}

static void rfc4187_6_3_2_a_wrong_at_mac_is_notified_and_then_fails(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);
	struct msg *request = session(&t, &response);

	(void)state;
	sign(&t, request);
	request->eap.octets[request->eap.n - 1] ^= 1;
	expect_notification_then_failure(&t, bench_ask(t.bench, request));
	bench_free(t.bench);
}

static void rfc9048_3_2_a_response_that_asks_for_a_kdf_not_offered_fails(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);

	(void)state;
	response.aka.n_kdf = 1;
	response.aka.kdf[0] = 2;
	expect_notification_then_failure(&t, respond(&t, &response));
	bench_free(t.bench);
}

static void rfc4187_8_1_an_unknown_attribute_that_may_not_be_skipped_fails(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);
	struct msg *request = session(&t, &response);
	uint8_t *end = request->eap.octets + request->eap.n;

	(void)state;
	sign(&t, request);
	memcpy(end, (uint8_t[]){127, 1, 0, 0}, 4);
	request->eap.n = (uint16_t)(request->eap.n + 4);
	request->eap.octets[3] = (uint8_t)request->eap.n;
	expect_notification_then_failure(&t, bench_ask(t.bench, request));
	bench_free(t.bench);
}

static void rfc4187_6_3_3_authentication_reject_and_client_error_fail_at_once(void **state)
{
	(void)state;
	for (int k = 0; k < 2; k++) {
		struct test t = start();
		struct eap_packet out = challenge(&t);
		struct eap_packet response =
			other(&out, k ? EAP_AKA_CLIENT_ERROR : EAP_AKA_AUTHENTICATION_REJECT);

		response.aka.has_client_error = k;
		respond(&t, &response);
		expect_failure(&t, out.identifier);
		bench_free(t.bench);
	}
}

static void rfc3748_5_3_a_nak_fails_there_is_no_other_method(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t);
	static const uint8_t wanted = 13;
	const struct eap_packet nak = {.code = EAP_RESPONSE, .identifier = out.identifier,
		.type = EAP_NAK, .data = {&wanted, 1}};

	(void)state;
	bench_ask(t.bench, session(&t, &nak));
	expect_failure(&t, out.identifier);
	bench_free(t.bench);
}

/* ---- synchronisation ---- */

static struct eap_packet synch_failure(const struct eap_packet *out)
{
	struct eap_packet packet = other(out, EAP_AKA_SYNCHRONIZATION_FAILURE);

	packet.aka.has_auts = true;
	memset(packet.aka.auts, 0xaa, sizeof packet.aka.auts);
	return packet;
}

static void s33501_6_1_3_3_auts_in_the_session_brings_a_new_challenge_in_it_which_succeeds(
	void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), failure = synch_failure(&out), again, response;
	const struct msg *query = respond(&t, &failure), *answer;

	(void)state;
	assert_int_equal(query->cause, MSG_CAUSE_SYNCH_FAILURE);
	assert_int_equal(query->identity.tmsi_msin, MSIN);
	assert_int_equal(query->response.rand[0], 5);
	assert_int_equal(query->response.auts[13], 0xaa);
	answer = vector_for(&t, query, 6);
	assert_int_equal(answer->type, MSG_AUSF_EAP_RSP);
	again = packet_in(answer);
	assert_int_equal(again.aka.subtype, EAP_AKA_CHALLENGE);
	assert_int_not_equal(again.identifier, out.identifier);
	assert_int_equal(again.aka.rand[0], 6);
	response = right(&t, &again);
	assert_true(respond(&t, &response)->subscription.success);
	bench_free(t.bench);
}

static void a_second_synch_failure_of_a_session_ends_it(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), failure = synch_failure(&out);

	(void)state;
	out = packet_in(vector_for(&t, respond(&t, &failure), 6));
	failure = synch_failure(&out);
	expect_notification_then_failure(&t, respond(&t, &failure));
	bench_free(t.bench);
}

static void an_auts_that_the_udm_refuses_ends_the_session(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), failure = synch_failure(&out);
	const struct msg *query = respond(&t, &failure);
	struct msg *refusal = nf_answer(&t.bench->core->env, MSG_UDM_GENERATE_RSP, query);

	(void)state;
	refusal->cause = MSG_CAUSE_ILLEGAL_UE;
	expect_notification_then_failure(&t, bench_ask(t.bench, refusal));
	bench_free(t.bench);
}

/* ---- what is not expected ---- */

static void rfc3748_4_1_a_response_with_another_identifier_changes_nothing(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);

	(void)state;
	response.identifier++;
	assert_int_equal(respond(&t, &response)->cause, MSG_CAUSE_PROTOCOL_ERROR);
	response.identifier--;
	response.code = EAP_REQUEST;
	assert_int_equal(respond(&t, &response)->cause, MSG_CAUSE_PROTOCOL_ERROR);
	assert_int_equal(t.bench->core->env.counter[NF_COUNT_UNEXPECTED], 2);
	response.code = EAP_RESPONSE;
	assert_true(respond(&t, &response)->subscription.success);
	bench_free(t.bench);
}

static void octets_that_are_no_eap_packet_change_nothing(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);

	(void)state;
	for (uint16_t n = 0; n < 4; n++) {
		struct msg *request = session(&t, &response);
		request->eap.n = n;
		assert_int_equal(bench_ask(t.bench, request)->cause, MSG_CAUSE_PROTOCOL_ERROR);
	}
	assert_true(respond(&t, &response)->subscription.success);
	bench_free(t.bench);
}

static void a_second_response_while_the_udm_is_asked_changes_nothing(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);
	const struct msg *event = respond(&t, &response);

	(void)state;
	assert_int_equal(respond(&t, &response)->cause, MSG_CAUSE_PROTOCOL_ERROR);
	bench_ask(t.bench, nf_answer(&t.bench->core->env, MSG_UDM_AUTH_EVENT_RSP, event));
	assert_int_equal(packet_in(bench_last(t.bench, MSG_AUSF_EAP_RSP)).code, EAP_SUCCESS);
	bench_free(t.bench);
}

static void a_session_of_an_unknown_resource_or_of_the_other_method_is_refused(void **state)
{
	struct test t = start();
	struct eap_packet out = challenge(&t), response = right(&t, &out);
	struct msg *confirm = bench_message(t.bench, MSG_AUSF_CONFIRM);

	(void)state;
	confirm->context = t.context;
	assert_int_equal(bench_ask(t.bench, confirm)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	t.context.generation++;
	assert_int_equal(respond(&t, &response)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	bench_free(t.bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			rfc9048_3_2_the_challenge_carries_kdf_1_the_serving_network_name_and_a_right_mac),
		cmocka_unit_test(
			s33501_6_1_3_1_the_right_res_brings_eap_success_kseaf_and_the_first_half_of_emsk),
		cmocka_unit_test(rfc4187_6_3_2_a_wrong_at_res_is_notified_and_then_fails),
		cmocka_unit_test(rfc4187_6_3_2_a_wrong_at_mac_is_notified_and_then_fails),
		cmocka_unit_test(rfc9048_3_2_a_response_that_asks_for_a_kdf_not_offered_fails),
		cmocka_unit_test(rfc4187_8_1_an_unknown_attribute_that_may_not_be_skipped_fails),
		cmocka_unit_test(rfc4187_6_3_3_authentication_reject_and_client_error_fail_at_once),
		cmocka_unit_test(rfc3748_5_3_a_nak_fails_there_is_no_other_method),
		cmocka_unit_test(
			s33501_6_1_3_3_auts_in_the_session_brings_a_new_challenge_in_it_which_succeeds),
		cmocka_unit_test(a_second_synch_failure_of_a_session_ends_it),
		cmocka_unit_test(an_auts_that_the_udm_refuses_ends_the_session),
		cmocka_unit_test(rfc3748_4_1_a_response_with_another_identifier_changes_nothing),
		cmocka_unit_test(octets_that_are_no_eap_packet_change_nothing),
		cmocka_unit_test(a_second_response_while_the_udm_is_asked_changes_nothing),
		cmocka_unit_test(a_session_of_an_unknown_resource_or_of_the_other_method_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
