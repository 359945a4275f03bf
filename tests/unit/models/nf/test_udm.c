/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The UDM between AUSF, AMF and UDR: identities, vectors, resynchronisation, registrations. The test plays
 * the UDR with a real one's answers where SQN matter. */
#include "tests/unit/models/nf/home_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S SIM_NS_PER_S
enum { MSIN = HOME_MSIN_FIRST };

static struct bench *udm_bench(enum net_suci scheme)
{
	return bench_new(&crypto_suite_real, scheme);
}

static void start(struct bench *bench)
{
	struct core *core = bench->core;

	bench_open(bench, &core->env.node.udm);
	bench_attach(bench, &nf_udm, udm_new(&core->env, &core->nf.udm, &core->home));
}

static struct msg *generate(struct bench *bench)
{
	struct msg *request = bench_message(bench, MSG_UDM_GENERATE);

	request->identity.tmsi_msin = MSIN;
	return request;
}

/* Answers the UDM's query as a UDR whose counter stands at sqn. */
static const struct msg *answer_keys(struct bench *bench, const struct msg *query, uint64_t sqn)
{
	struct msg *answer = nf_answer(&bench->core->env, MSG_UDR_AUTH_SUBSCRIPTION_RSP, query);
	struct home_card card = home_card(&bench->core->env, 0);

	assert_int_equal(query->type, MSG_UDR_AUTH_SUBSCRIPTION);
	answer->method = bench->core->home.method;
	answer->subscription.msin = query->subscription.msin;
	memcpy(answer->subscription.k, card.k, sizeof card.k);
	memcpy(answer->subscription.opc, card.opc, sizeof card.opc);
	answer->subscription.amf[0] = 0x80;
	crypto_sqn_octets(sqn, answer->subscription.sqn);
	return bench_ask(bench, answer);
}

static const struct msg *answer_stored(struct bench *bench, const struct msg *patch)
{
	assert_int_equal(patch->type, MSG_UDR_SQN);
	return bench_ask(bench, nf_answer(&bench->core->env, MSG_UDR_SQN_RSP, patch));
}

/* What the USIM of subscriber 0 makes of a vector: its SQN; 0 when the MAC is wrong. */
static uint64_t usim_reads(struct bench *bench, const struct msg *vector)
{
	struct home_card card = home_card(&bench->core->env, 0);
	struct crypto_subscription who = home_subscription(&bench->core->home, card.k, card.opc);
	struct crypto_usim_answer out;

	if (!crypto_usim_authenticate(bench->core->env.crypto, &crypto_suite_real, &who,
	                              vector->vector.rand, vector->vector.autn,
	                              bench->core->home.snn, &out))
		return 0;
	assert_memory_equal(out.res_star, vector->vector.xres_star, 16);
	assert_memory_equal(out.kausf, vector->vector.kausf, 32);
	return crypto_sqn(out.sqn);
}

static struct msg *synch_failure(struct bench *bench, const struct msg *vector, uint64_t sqn_ms)
{
	struct msg *request = generate(bench);
	struct home_card card = home_card(&bench->core->env, 0);
	struct crypto_subscription who = home_subscription(&bench->core->home, card.k, card.opc);
	uint8_t octets[6];

	crypto_sqn_octets(sqn_ms, octets);
	request->cause = MSG_CAUSE_SYNCH_FAILURE;
	memcpy(request->response.rand, vector->vector.rand, 16);
	crypto_auts_generate(bench->core->env.crypto, &crypto_suite_real, &who,
	                     vector->vector.rand, octets, request->response.auts);
	return request;
}

/* A vector whose SQN is `sqn`, kept by value. */
static struct msg first_vector(struct bench *bench, uint64_t sqn)
{
	const struct msg *vector = answer_keys(bench, bench_ask(bench, generate(bench)), sqn);

	assert_int_equal(vector->type, MSG_UDM_GENERATE_RSP);
	assert_int_equal(vector->cause, MSG_CAUSE_NONE);
	assert_int_equal(usim_reads(bench, vector), sqn);
	return *vector;
}

/* ---- identities ---- */

static uint8_t cause_for(struct bench *bench, const struct msg_suci *suci)
{
	struct msg *request = bench_message(bench, MSG_UDM_GENERATE);
	const struct msg *answer;

	request->identity.suci = *suci;
	answer = bench_ask(bench, request);
	return answer->type == MSG_UDR_AUTH_SUBSCRIPTION ? MSG_CAUSE_NONE : answer->cause;
}

static void s33501_6_12_2_a_suci_of_each_scheme_is_opened_and_with_another_key_identifier_refused(
	void **state)
{
	static const uint8_t seed[32] = {9, 8, 7};

	(void)state;
	for (int scheme = NET_SUCI_NULL; scheme <= NET_SUCI_B; scheme++) {
		struct bench *bench = udm_bench((enum net_suci)scheme);
		struct msg_suci suci;

		start(bench);
		home_conceal(&bench->core->home, &bench->core->env, 0, MSIN, seed, &suci);
		assert_int_equal(suci.scheme, scheme);
		assert_int_equal(cause_for(bench, &suci), MSG_CAUSE_NONE);
		assert_int_equal(bench_last(bench, MSG_UDR_AUTH_SUBSCRIPTION)->subscription.msin, MSIN);
		suci.key_id ^= 0x40;
		assert_int_equal(cause_for(bench, &suci), MSG_CAUSE_ILLEGAL_UE);
		suci.key_id ^= 0x40;
		suci.scheme = 3;
		assert_int_equal(cause_for(bench, &suci), MSG_CAUSE_ILLEGAL_UE);
		assert_int_equal(bench->core->env.counter[NF_COUNT_SUCI_REFUSED], 2);
		bench_free(bench);
	}
}

static void s33501_6_1_2_a_serving_network_that_is_no_partner_gets_no_vector(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg *request;

	(void)state;
	strcpy(bench->core->nf.network.partners, "001-01,262-03");
	start(bench);
	request = generate(bench);
	request->serving = (struct id_plmn){.mcc = 310, .mnc = 410, .mnc_digits = 3};
	assert_int_equal(bench_ask(bench, request)->cause, MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED);
	request = generate(bench);
	request->serving = (struct id_plmn){.mcc = 262, .mnc = 3, .mnc_digits = 2};
	assert_int_equal(bench_ask(bench, request)->type, MSG_UDR_AUTH_SUBSCRIPTION);
	bench_free(bench);
}

static void s33501_a_2_keys_are_bound_to_the_serving_network_that_asked(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg *request;
	uint8_t kausf[32];

	(void)state;
	strcpy(bench->core->nf.network.partners, "001-01");
	start(bench);
	memcpy(kausf, first_vector(bench, 33).vector.kausf, sizeof kausf);
	request = generate(bench);
	request->serving = (struct id_plmn){.mcc = 1, .mnc = 1, .mnc_digits = 2};
	const struct msg *vector = answer_keys(bench, bench_ask(bench, request), 66);
	assert_int_equal(vector->type, MSG_UDM_GENERATE_RSP);
	strcpy(bench->core->home.snn, "5G:mnc001.mcc001.3gppnetwork.org");
	assert_int_equal(usim_reads(bench, vector), 66);
	bench_free(bench);
}

/* ---- vectors ---- */

static void s33501_6_1_3_each_method_and_each_set_of_functions_gives_a_vector_that_the_usim_takes(
	void **state)
{
	(void)state;
	for (int k = 0; k < 4; k++) {
		struct bench *bench = udm_bench(NET_SUCI_A);
		struct home_card card;
		struct crypto_usim_prime_answer out;
		const struct msg *vector;

		bench->core->nf.network.aka_algorithm = (uint8_t)(k & 1);
		bench->core->nf.network.authentication = (uint8_t)(k >> 1);
		start(bench);
		vector = answer_keys(bench, bench_ask(bench, generate(bench)), 33);
		assert_int_equal(vector->method, k >> 1);
		if (k >> 1 == MSG_METHOD_5G_AKA) {
			assert_int_equal(usim_reads(bench, vector), 33);
			bench_free(bench);
			continue;
		}
		card = home_card(&bench->core->env, 0);
		struct crypto_subscription who = home_subscription(&bench->core->home, card.k, card.opc);
		assert_true(crypto_usim_authenticate_prime(
			bench->core->env.crypto, &crypto_suite_real, &who, vector->vector.rand,
			vector->vector.autn, bench->core->home.snn, &out));
		assert_int_equal(vector->vector.xres_n, sizeof out.res);
		assert_memory_equal(out.res, vector->vector.xres_star, sizeof out.res);
		assert_memory_equal(out.ck_prime, vector->vector.ck_prime, 16);
		assert_memory_equal(out.ik_prime, vector->vector.ik_prime, 16);
		bench_free(bench);
	}
}

static void two_vectors_of_one_procedure_have_different_rand(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg *request;
	struct msg first;

	(void)state; /* a UE takes the same RAND for a repeated request: TS 24.501 5.4.1.3.3 */
	start(bench);
	first = first_vector(bench, 33);
	request = generate(bench);
	request->procedure = --bench->procedure;
	const struct msg *second = answer_keys(bench, bench_ask(bench, request), 66);
	assert_int_equal(second->procedure, first.procedure);
	assert_memory_not_equal(second->vector.rand, first.vector.rand, 16);
	bench_free(bench);
}

/* ---- resynchronisation ---- */

static void s33102_6_3_5_a_good_auts_sets_sqn_he_to_sqn_ms_and_is_stored_before_the_answer(
	void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	uint64_t sqn_ms = 5000 * 32 + 7, next = 5001 * 32 + 8;
	struct msg vector;
	const struct msg *patch, *answer;

	(void)state;
	start(bench);
	vector = first_vector(bench, 33);
	patch = bench_ask(bench, synch_failure(bench, &vector, sqn_ms));
	assert_int_equal(patch->type, MSG_UDR_SQN); /* K is known: no other query */
	assert_int_equal(crypto_sqn(patch->subscription.sqn), next);
	answer = answer_stored(bench, patch);
	assert_int_equal(answer->type, MSG_UDM_GENERATE_RSP);
	assert_int_equal(usim_reads(bench, answer), next);
	assert_int_equal(bench->core->env.counter[NF_COUNT_RESYNCHRONISATIONS], 1);
	bench_free(bench);
}

static void s33102_6_3_5_a_wrong_mac_s_is_refused_and_nothing_is_stored(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg vector, *request;
	const struct msg *answer;

	(void)state;
	start(bench);
	vector = first_vector(bench, 33);
	request = synch_failure(bench, &vector, 5000 * 32);
	request->response.auts[13] ^= 1;
	answer = bench_ask(bench, request);
	assert_int_equal(answer->type, MSG_UDM_GENERATE_RSP);
	assert_int_equal(answer->cause, MSG_CAUSE_ILLEGAL_UE);
	assert_null(bench_last(bench, MSG_UDR_SQN));
	bench_free(bench);
}

static void s33102_6_3_5_when_the_usim_would_accept_the_next_sqn_the_counter_is_not_set_back(
	void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg vector;
	const struct msg *patch;

	(void)state;
	start(bench);
	vector = first_vector(bench, 100 * 32 + 4);
	patch = bench_ask(bench, synch_failure(bench, &vector, 90 * 32 + 26));
	assert_int_equal(crypto_sqn(patch->subscription.sqn), 101 * 32 + 5);
	bench_free(bench);
}

static void s33102_c_2_1_a_home_that_is_ahead_by_more_than_delta_is_set_back(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg vector;
	const struct msg *patch;

	(void)state;
	bench->core->nf.network.sqn_delta = 1000;
	start(bench);
	vector = first_vector(bench, 5000 * 32);
	patch = bench_ask(bench, synch_failure(bench, &vector, 10 * 32 + 10));
	assert_int_equal(crypto_sqn(patch->subscription.sqn), 11 * 32 + 11);
	bench_free(bench);
}

static void after_a_restart_resynchronisation_asks_for_the_keys_again(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	uint64_t sqn_ms = 5000 * 32 + 7;
	struct msg vector;
	const struct msg *query, *patch;

	(void)state;
	start(bench);
	vector = first_vector(bench, 33);
	nf_down(&bench->core->env, BENCH_SUBJECT);
	nf_up(&bench->core->env, BENCH_SUBJECT);
	query = bench_ask(bench, synch_failure(bench, &vector, sqn_ms));
	assert_int_equal(query->type, MSG_UDR_AUTH_SUBSCRIPTION);
	patch = answer_keys(bench, query, 66);
	assert_int_equal(patch->type, MSG_UDR_SQN);
	assert_int_equal(usim_reads(bench, answer_stored(bench, patch)), 5001 * 32 + 8);
	bench_free(bench);
}

/* ---- registrations ---- */

static const struct msg *register_amf(struct bench *bench, uint16_t amf)
{
	struct msg *request = bench_message(bench, MSG_UDM_UECM);
	const struct msg *query;

	request->subscription.msin = MSIN;
	query = bench_ask_from(bench, amf, request);
	if (query->type != MSG_UDR_UECM)
		return query;
	bench_ask(bench, nf_answer(&bench->core->env, MSG_UDR_UECM_RSP, query));
	return bench_last(bench, MSG_UDM_UECM_RSP);
}

static void s23502_4_2_2_2_2_a_new_amf_replaces_the_old_one_which_is_told(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	const struct msg *notify;

	(void)state;
	start(bench);
	assert_int_equal(register_amf(bench, BENCH_TEST)->cause, MSG_CAUSE_NONE);
	register_amf(bench, BENCH_TEST);
	assert_null(bench_last(bench, MSG_UDM_DEREGISTER_NOTIFY)); /* the same one again */
	register_amf(bench, BENCH_OTHER_AMF);
	notify = bench_last(bench, MSG_UDM_DEREGISTER_NOTIFY);
	assert_non_null(notify);
	assert_int_equal(notify->to, BENCH_TEST);
	assert_int_equal(notify->subscription.msin, MSIN);
	assert_int_equal(notify->subscription.reason, MSG_REASON_INITIAL_REGISTRATION);
	bench_free(bench);
}

static const struct msg *answer_status(struct bench *bench, const struct msg *query, bool success,
                                       int64_t time_ns)
{
	struct msg *answer = nf_answer(&bench->core->env, MSG_UDR_AUTH_STATUS_GET_RSP, query);

	assert_int_equal(query->type, MSG_UDR_AUTH_STATUS_GET);
	answer->subscription.success = success;
	answer->subscription.time_ns = time_ns;
	return bench_ask(bench, answer);
}

static void s33501_6_1_4_2_an_amf_is_registered_only_soon_after_a_good_authentication_by_its_network(
	void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	int64_t now;

	(void)state;
	bench->core->nf.udm.link_registration = true;
	start(bench);
	core_run(bench->core, 1000 * S);
	now = bench->core->env.sim->now_ns;
	assert_int_equal(answer_status(bench, register_amf(bench, 0), true, now - 59 * S)->type,
	                 MSG_UDR_UECM);
	assert_int_equal(answer_status(bench, register_amf(bench, 0), true, now - 61 * S)->cause,
	                 MSG_CAUSE_ROAMING_NOT_ALLOWED);
	assert_int_equal(answer_status(bench, register_amf(bench, 0), false, now)->cause,
	                 MSG_CAUSE_ROAMING_NOT_ALLOWED);
	assert_int_equal(answer_status(bench, register_amf(bench, 0), true, -1)->cause,
	                 MSG_CAUSE_ROAMING_NOT_ALLOWED);
	assert_int_equal(bench->core->env.counter[NF_COUNT_REGISTRATIONS_UNLINKED], 3);
	const struct msg *query = register_amf(bench, 0);
	struct msg *elsewhere = nf_answer(&bench->core->env, MSG_UDR_AUTH_STATUS_GET_RSP, query);
	elsewhere->subscription.success = true;
	elsewhere->subscription.time_ns = bench->core->env.sim->now_ns;
	elsewhere->serving = (struct id_plmn){.mcc = 1, .mnc = 1, .mnc_digits = 2};
	assert_int_equal(bench_ask(bench, elsewhere)->cause, MSG_CAUSE_ROAMING_NOT_ALLOWED);
	bench_free(bench);
}

static void report(struct bench *bench, uint16_t ausf, bool success)
{
	struct msg *event = bench_message(bench, MSG_UDM_AUTH_EVENT);
	const struct msg *put;

	event->subscription.msin = MSIN;
	event->subscription.success = success;
	put = bench_ask_from(bench, ausf, event);
	assert_int_equal(put->type, MSG_UDR_AUTH_STATUS);
	assert_int_equal(put->subscription.success, success);
	bench_ask(bench, nf_answer(&bench->core->env, MSG_UDR_AUTH_STATUS_RSP, put));
	assert_non_null(bench_last(bench, MSG_UDM_AUTH_EVENT_RSP));
}

static void s33501_6_1_4_1_an_ausf_that_another_one_has_followed_is_told_to_clear_kausf(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);

	(void)state;
	start(bench);
	report(bench, BENCH_TEST, true);
	report(bench, BENCH_TEST, true);
	report(bench, BENCH_OTHER_AMF, false); /* a failure brings no KAUSF */
	assert_null(bench_last(bench, MSG_AUSF_DEREGISTER));
	report(bench, BENCH_OTHER_AMF, true);
	assert_int_equal(bench_last(bench, MSG_AUSF_DEREGISTER)->to, BENCH_TEST);
	assert_int_equal(bench_last(bench, MSG_AUSF_DEREGISTER)->subscription.msin, MSIN);
	bench_free(bench);
}

static void s29503_an_amf_that_has_been_replaced_cannot_deregister_the_subscriber(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);

	(void)state;
	start(bench);
	register_amf(bench, BENCH_OTHER_AMF);
	for (uint16_t amf = BENCH_TEST; amf <= BENCH_OTHER_AMF; amf += BENCH_OTHER_AMF) {
		struct msg *request = bench_message(bench, MSG_UDM_UECM_DEREGISTER);
		struct msg *trigger = bench_message(bench, MSG_UDM_AUTH_TRIGGER);
		const struct msg *patch;

		request->subscription.msin = trigger->subscription.msin = MSIN;
		patch = bench_ask_from(bench, amf, request);
		assert_int_equal(patch->type, MSG_UDR_UECM_PATCH);
		bench_ask(bench, nf_answer(&bench->core->env, MSG_UDR_UECM_PATCH_RSP, patch));
		assert_non_null(bench_last(bench, MSG_UDM_UECM_DEREGISTER_RSP));
		bench_ask(bench, trigger); /* whether somebody serves the subscriber still */
		assert_int_equal(bench_last(bench, MSG_UDM_AUTH_TRIGGER_RSP)->cause,
		                 amf == BENCH_TEST ? MSG_CAUSE_NONE : MSG_CAUSE_UE_IDENTITY_UNKNOWN);
	}
	bench_free(bench);
}

static void s33501_6_1_5_the_home_network_has_a_registered_subscriber_authenticated_again(
	void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct core *core = bench->core;
	uint64_t *asked = &core->env.counter[NF_COUNT_REAUTHENTICATIONS];

	(void)state;
	core->nf.udm.reauthentication_ns = 3600 * S;
	start(bench);
	core_run(core, 7200 * S);
	assert_int_equal(*asked, 0); /* nobody is registered */
	register_amf(bench, BENCH_OTHER_AMF);
	core_run(core, (7200 + 1800) * S);
	report(bench, BENCH_TEST, true); /* another authentication meanwhile */
	core_run(core, (7200 + 3600 + 1799) * S);
	assert_int_equal(*asked, 0);
	core_run(core, (7200 + 3600 + 1801) * S);
	assert_int_equal(*asked, 1);
	assert_int_equal(bench_last(bench, MSG_UDM_REAUTH_NOTIFY)->to, BENCH_OTHER_AMF);
	assert_int_equal(bench_last(bench, MSG_UDM_REAUTH_NOTIFY)->subscription.msin, MSIN);
	bench_free(bench);
}

static void s33501_6_1_5_2_no_other_authentication_is_asked_for_while_one_is_under_way(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct core *core = bench->core;
	uint64_t *asked = &core->env.counter[NF_COUNT_REAUTHENTICATIONS];

	(void)state;
	core->nf.udm.reauthentication_ns = 3600 * S;
	start(bench);
	register_amf(bench, BENCH_OTHER_AMF);
	core_run(core, 3590 * S);
	first_vector(bench, 33); /* and the UE does not answer */
	core_run(core, 3610 * S);
	assert_int_equal(*asked, 0);
	core_run(core, 7210 * S);
	assert_int_equal(*asked, 1);
	bench_free(bench);
}

static void s33501_6_1_5_2_an_amf_that_refuses_is_asked_again_after_the_interval(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct core *core = bench->core;
	uint64_t *asked = &core->env.counter[NF_COUNT_REAUTHENTICATIONS];

	(void)state;
	core->nf.udm.reauthentication_ns = 3600 * S;
	start(bench);
	register_amf(bench, BENCH_OTHER_AMF);
	core_run(core, 3601 * S);
	assert_int_equal(*asked, 1);
	for (int k = 0; k < 2; k++) {
		struct msg *answer = nf_answer(&core->env, MSG_UDM_REAUTH_NOTIFY_RSP,
		                               bench_last(bench, MSG_UDM_REAUTH_NOTIFY));
		answer->cause = k ? MSG_CAUSE_NONE : MSG_CAUSE_CONGESTION;
		bench_ask(bench, answer);
		core_run(core, core->env.sim->now_ns + 3 * 3600 * S);
		assert_int_equal(*asked, 2);
	}
	bench_free(bench);
}

static void s33501_14_2_6_a_trigger_for_a_subscriber_whom_nobody_serves_is_refused(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);
	struct msg *trigger;

	(void)state;
	start(bench);
	trigger = bench_message(bench, MSG_UDM_AUTH_TRIGGER);
	trigger->subscription.msin = MSIN;
	assert_int_equal(bench_ask(bench, trigger)->cause, MSG_CAUSE_UE_IDENTITY_UNKNOWN);
	register_amf(bench, BENCH_OTHER_AMF);
	trigger = bench_message(bench, MSG_UDM_AUTH_TRIGGER);
	trigger->subscription.msin = MSIN;
	bench_ask(bench, trigger);
	assert_int_equal(bench_last(bench, MSG_UDM_AUTH_TRIGGER_RSP)->cause, MSG_CAUSE_NONE);
	assert_int_equal(bench_last(bench, MSG_UDM_REAUTH_NOTIFY)->to, BENCH_OTHER_AMF);
	bench_free(bench);
}

static void a_message_that_no_udm_expects_is_counted_and_nothing_else(void **state)
{
	struct bench *bench = udm_bench(NET_SUCI_A);

	(void)state;
	start(bench);
	assert_null(bench_ask(bench, bench_message(bench, MSG_AUSF_CONFIRM)));
	assert_int_equal(bench->core->env.counter[NF_COUNT_UNEXPECTED], 1);
	assert_null(bench_ask(bench, bench_message(bench, MSG_UDR_AUTH_SUBSCRIPTION_RSP)));
	assert_null(bench_ask(bench, bench_message(bench, MSG_UDR_SQN_RSP)));
	assert_null(bench_ask(bench, bench_message(bench, MSG_UDR_AUTH_STATUS_GET_RSP)));
	assert_int_equal(bench->core->env.counter[NF_COUNT_STALE], 3);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			s33501_6_12_2_a_suci_of_each_scheme_is_opened_and_with_another_key_identifier_refused),
		cmocka_unit_test(s33501_6_1_2_a_serving_network_that_is_no_partner_gets_no_vector),
		cmocka_unit_test(s33501_a_2_keys_are_bound_to_the_serving_network_that_asked),
		cmocka_unit_test(
			s33501_6_1_3_each_method_and_each_set_of_functions_gives_a_vector_that_the_usim_takes),
		cmocka_unit_test(two_vectors_of_one_procedure_have_different_rand),
		cmocka_unit_test(
			s33102_6_3_5_a_good_auts_sets_sqn_he_to_sqn_ms_and_is_stored_before_the_answer),
		cmocka_unit_test(s33102_6_3_5_a_wrong_mac_s_is_refused_and_nothing_is_stored),
		cmocka_unit_test(
			s33102_6_3_5_when_the_usim_would_accept_the_next_sqn_the_counter_is_not_set_back),
		cmocka_unit_test(s33102_c_2_1_a_home_that_is_ahead_by_more_than_delta_is_set_back),
		cmocka_unit_test(after_a_restart_resynchronisation_asks_for_the_keys_again),
		cmocka_unit_test(s23502_4_2_2_2_2_a_new_amf_replaces_the_old_one_which_is_told),
		cmocka_unit_test(
			s33501_6_1_4_2_an_amf_is_registered_only_soon_after_a_good_authentication_by_its_network),
		cmocka_unit_test(
			s33501_6_1_4_1_an_ausf_that_another_one_has_followed_is_told_to_clear_kausf),
		cmocka_unit_test(s29503_an_amf_that_has_been_replaced_cannot_deregister_the_subscriber),
		cmocka_unit_test(
			s33501_6_1_5_the_home_network_has_a_registered_subscriber_authenticated_again),
		cmocka_unit_test(
			s33501_6_1_5_2_no_other_authentication_is_asked_for_while_one_is_under_way),
		cmocka_unit_test(s33501_6_1_5_2_an_amf_that_refuses_is_asked_again_after_the_interval),
		cmocka_unit_test(s33501_14_2_6_a_trigger_for_a_subscriber_whom_nobody_serves_is_refused),
		cmocka_unit_test(a_message_that_no_udm_expects_is_counted_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
