/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The AUSF between SEAF and UDM under 5G-AKA; what it keeps of an authentication. The test plays both. */
#include "tests/unit/models/nf/home_bench.h"

#include "models/crypto/kdf.h"
#include "models/nf/ausf_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S SIM_NS_PER_S
enum { MSIN = HOME_MSIN_FIRST };

struct test {
	struct bench *bench;
	struct ausf *ausf;
};

static struct test start(void)
{
	struct test t = {.bench = bench_new(&crypto_suite_real, NET_SUCI_A)};
	struct core *core = t.bench->core;

	strcpy(core->nf.network.partners, "001-01");
	bench_open(t.bench, &core->env.node.ausf);
	core->class[0] = REC_CLASS_SURGEON; /* whose KAUSF may be asked for */
	t.ausf = ausf_new(&core->env, &core->nf.ausf, &core->home);
	bench_attach(t.bench, &nf_ausf, t.ausf);
	return t;
}

static struct msg *authenticate(struct test t)
{
	struct msg *request = bench_message(t.bench, MSG_AUSF_AUTHENTICATE);

	request->identity.suci = (struct msg_suci){.scheme = ID_SCHEME_A, .key_id = 1, .n = 45};
	return request;
}

/* The UDM's answer: everything of the vector is the octet `fill`. */
static struct msg *vector_for(struct test t, const struct msg *query, uint8_t fill)
{
	struct msg *vector = nf_answer(&t.bench->core->env, MSG_UDM_GENERATE_RSP, query);

	memset(vector->vector.rand, fill, 16);
	memset(vector->vector.autn, fill, 16);
	memset(vector->vector.xres_star, fill, 16);
	memset(vector->vector.kausf, fill, 32);
	vector->vector.msin = MSIN;
	vector->vector.akma = true;
	return vector;
}

/* A challenge that is out, by value. */
static struct msg challenge(struct test t, uint8_t fill)
{
	const struct msg *query = bench_ask(t.bench, authenticate(t));
	const struct msg *answer;

	assert_int_equal(query->type, MSG_UDM_GENERATE);
	answer = bench_ask(t.bench, vector_for(t, query, fill));
	assert_int_equal(answer->type, MSG_AUSF_AUTHENTICATE_RSP);
	assert_int_equal(answer->cause, MSG_CAUSE_NONE);
	return *answer;
}

static const struct msg *confirm(struct test t, const struct msg *out, uint8_t fill)
{
	struct msg *request = bench_message(t.bench, MSG_AUSF_CONFIRM);

	request->context = out->context;
	memset(request->response.res_star, fill, 16);
	return bench_ask(t.bench, request);
}

/* Confirms with the right RES* and lets the UDM take note. */
static struct msg succeed(struct test t, const struct msg *out, uint8_t fill)
{
	const struct msg *event = confirm(t, out, fill);

	assert_int_equal(event->type, MSG_UDM_AUTH_EVENT);
	assert_true(event->subscription.success);
	bench_ask(t.bench, nf_answer(&t.bench->core->env, MSG_UDM_AUTH_EVENT_RSP, event));
	assert_int_equal(bench_last(t.bench, MSG_AANF_REGISTER)->key.msin, MSIN);
	return *bench_last(t.bench, MSG_AUSF_CONFIRM_RSP);
}

/* ---- 6.1.3.2 ---- */

static void s33501_6_1_3_2_the_seaf_gets_hxres_first_and_kseaf_and_supi_after_the_right_res(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5), done;
	uint8_t key[32] = {0}, hxres_star[16];

	(void)state;
	memset(key, 5, 16);
	crypto_hres_star(t.bench->core->env.crypto, &crypto_suite_real, out.vector.rand, key, hxres_star);
	assert_memory_equal(out.vector.xres_star, hxres_star, 16);
	memset(key, 0, sizeof key);
	assert_memory_equal(out.vector.kausf, key, 32); /* stays at home */
	assert_int_equal(out.vector.msin, 0);           /* nor is the SUPI told before */
	done = succeed(t, &out, 5);
	memset(key, 5, 32);
	crypto_kseaf(t.bench->core->env.crypto, &crypto_suite_real, key, t.bench->core->home.snn, key);
	assert_memory_equal(done.key.key, key, 32);
	assert_int_equal(done.key.msin, MSIN);
	bench_free(t.bench);
}

static void s33501_6_1_3_2_a_wrong_res_fails_tells_the_udm_and_stores_no_kausf(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);

	(void)state;
	confirm(t, &out, 6);
	assert_int_equal(bench_last(t.bench, MSG_AUSF_CONFIRM_RSP)->cause, MSG_CAUSE_ILLEGAL_UE);
	const struct msg *event = bench_last(t.bench, MSG_UDM_AUTH_EVENT);
	assert_false(event->subscription.success);
	assert_int_equal(event->subscription.msin, MSIN);
	assert_null(bench_ask(t.bench, nf_answer(&t.bench->core->env, MSG_UDM_AUTH_EVENT_RSP, event)));
	assert_null(ausf_kausf(t.ausf, MSIN));
	/* the resource is gone with it: the right RES* comes too late */
	assert_int_equal(confirm(t, &out, 5)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	bench_free(t.bench);
}

static void s33501_6_1_3_2_a_vector_expires_with_its_resource(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);

	(void)state;
	core_run(t.bench->core, t.bench->core->env.sim->now_ns + 121 * S);
	assert_int_equal(confirm(t, &out, 5)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	assert_null(ausf_kausf(t.ausf, MSIN));
	bench_free(t.bench);
}

static void s33501_6_1_2_a_serving_network_that_is_no_partner_is_refused_before_the_udm_is_asked(
	void **state)
{
	struct test t = start();
	struct msg *request = authenticate(t);
	const struct msg *query;

	(void)state;
	request->serving = (struct id_plmn){.mcc = 310, .mnc = 410, .mnc_digits = 3};
	assert_int_equal(bench_ask(t.bench, request)->cause, MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED);
	request = authenticate(t);
	request->serving = (struct id_plmn){.mcc = 1, .mnc = 1, .mnc_digits = 2};
	query = bench_ask(t.bench, request);
	assert_int_equal(query->type, MSG_UDM_GENERATE);
	assert_int_equal(query->serving.mcc, 1);
	bench_free(t.bench);
}

static void what_the_udm_refuses_the_seaf_is_refused_with_the_same_cause(void **state)
{
	struct test t = start();
	struct msg *refusal;

	(void)state;
	refusal = vector_for(t, bench_ask(t.bench, authenticate(t)), 0);
	refusal->cause = MSG_CAUSE_ILLEGAL_UE;
	assert_int_equal(bench_ask(t.bench, refusal)->cause, MSG_CAUSE_ILLEGAL_UE);
	assert_int_equal(sim_pool_live(t.ausf->contexts), 0);
	bench_free(t.bench);
}

/* ---- several at once ---- */

static void of_several_authentications_of_one_supi_each_is_confirmed_and_the_latest_kausf_stays(
	void **state)
{
	struct test t = start();
	struct msg first = challenge(t, 5), second = challenge(t, 6);

	(void)state;
	succeed(t, &second, 6);
	assert_int_equal(ausf_kausf(t.ausf, MSIN)[0], 6);
	succeed(t, &first, 5);
	assert_int_equal(ausf_kausf(t.ausf, MSIN)[0], 5);
	assert_int_equal(sim_pool_live(t.ausf->contexts), 0);
	bench_free(t.bench);
}

/* ---- 6.1.3.3 ---- */

static const struct msg *resynchronise(struct test t, uint8_t rand_fill)
{
	struct msg *request = authenticate(t);

	request->cause = MSG_CAUSE_SYNCH_FAILURE;
	memset(request->response.rand, rand_fill, 16);
	memset(request->response.auts, 0xaa, 14);
	return bench_ask(t.bench, request);
}

static void s33501_6_1_3_3_a_synch_failure_goes_to_the_udm_with_rand_auts_and_the_supi(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5), again;
	const struct msg *query = resynchronise(t, 5);

	(void)state;
	assert_int_equal(query->type, MSG_UDM_GENERATE);
	assert_int_equal(query->cause, MSG_CAUSE_SYNCH_FAILURE);
	assert_int_equal(query->identity.suci.n, 0); /* no SUCI is opened twice */
	assert_int_equal(query->identity.tmsi_msin, MSIN);
	assert_memory_equal(query->response.rand, out.vector.rand, 16);
	assert_int_equal(query->response.auts[13], 0xaa);
	again = *bench_ask(t.bench, vector_for(t, query, 7));
	assert_int_equal(confirm(t, &out, 5)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	assert_int_equal(succeed(t, &again, 7).cause, MSG_CAUSE_NONE);
	bench_free(t.bench);
}

static void a_synch_failure_to_a_challenge_that_is_not_out_is_asked_by_its_suci(void **state)
{
	struct test t = start();
	const struct msg *query;

	(void)state; /* so it is after a restart of the AUSF: the UDM judges AUTS anyway */
	challenge(t, 5);
	query = resynchronise(t, 9);
	assert_int_equal(query->identity.suci.n, 45);
	nf_down(&t.bench->core->env, BENCH_SUBJECT);
	nf_up(&t.bench->core->env, BENCH_SUBJECT);
	query = resynchronise(t, 5);
	assert_int_equal(query->identity.suci.n, 45);
	bench_free(t.bench);
}

/* ---- KAUSF ---- */

static void s33501_6_2_2_1_kausf_is_stored_as_soon_as_res_is_right(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);

	(void)state; /* whether or not the UDM has taken note yet */
	confirm(t, &out, 5);
	assert_int_equal(ausf_kausf(t.ausf, MSIN)[0], 5);
	bench_free(t.bench);
}

static void s33501_14_1_2_2_deregistration_deletes_kausf_and_a_second_one_finds_none(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);

	(void)state;
	succeed(t, &out, 5);
	assert_non_null(ausf_kausf(t.ausf, MSIN));
	for (int k = 0; k < 2; k++) {
		struct msg *request = bench_message(t.bench, MSG_AUSF_DEREGISTER);
		request->subscription.msin = MSIN;
		assert_int_equal(bench_ask(t.bench, request)->cause,
		                 k ? MSG_CAUSE_UE_IDENTITY_UNKNOWN : MSG_CAUSE_NONE);
		assert_null(ausf_kausf(t.ausf, MSIN));
	}
	bench_free(t.bench);
}

static void s29509_a_removed_result_leaves_no_kausf_and_the_udm_forgets_the_event(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);
	struct msg *request;
	const struct msg *forget, *answer;

	(void)state;
	succeed(t, &out, 5);
	request = bench_message(t.bench, MSG_AUSF_REMOVE);
	request->context = out.context;
	bench_ask(t.bench, request);
	forget = bench_last(t.bench, MSG_UDM_AUTH_REMOVE);
	assert_non_null(forget);
	assert_int_equal(bench_last(t.bench, MSG_AANF_REMOVE)->key.msin, MSIN);
	assert_int_equal(forget->subscription.msin, MSIN);
	assert_null(ausf_kausf(t.ausf, MSIN));
	answer = bench_ask(t.bench, nf_answer(&t.bench->core->env, MSG_UDM_AUTH_REMOVE_RSP, forget));
	assert_int_equal(answer->type, MSG_AUSF_REMOVE_RSP);
	assert_int_equal(answer->cause, MSG_CAUSE_NONE);
	request = bench_message(t.bench, MSG_AUSF_REMOVE);
	request->context = out.context;
	assert_int_equal(bench_ask(t.bench, request)->cause, MSG_CAUSE_UE_IDENTITY_UNKNOWN);
	bench_free(t.bench);
}

static void s33501_6_1_3_2_2_an_authentication_that_is_removed_before_its_end_has_failed(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);
	struct msg *request = bench_message(t.bench, MSG_AUSF_REMOVE);

	(void)state; /* the SEAF could not reach the UE */
	request->context = out.context;
	bench_ask(t.bench, request);
	assert_int_equal(bench_last(t.bench, MSG_AUSF_REMOVE_RSP)->cause, MSG_CAUSE_NONE);
	assert_false(bench_last(t.bench, MSG_UDM_AUTH_EVENT)->subscription.success);
	assert_int_equal(sim_pool_live(t.ausf->contexts), 0);
	assert_int_equal(confirm(t, &out, 5)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	bench_free(t.bench);
}

static void a_crash_loses_kausf_and_every_challenge(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5), open = challenge(t, 6);

	(void)state;
	succeed(t, &out, 5);
	nf_down(&t.bench->core->env, BENCH_SUBJECT);
	nf_up(&t.bench->core->env, BENCH_SUBJECT);
	assert_null(ausf_kausf(t.ausf, MSIN));
	assert_int_equal(confirm(t, &open, 6)->cause, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
	bench_free(t.bench);
}

static void an_answer_that_no_resource_waits_for_changes_nothing(void **state)
{
	struct test t = start();
	struct msg out = challenge(t, 5);
	struct msg *late = bench_message(t.bench, MSG_UDM_GENERATE_RSP);

	(void)state;
	late->asker = out.context;
	assert_null(bench_ask(t.bench, late));
	late = bench_message(t.bench, MSG_UDM_AUTH_EVENT_RSP);
	late->asker = out.context;
	assert_null(bench_ask(t.bench, late)); /* no KSEAF without RES* */
	assert_int_equal(t.bench->core->env.counter[NF_COUNT_UNEXPECTED], 2);
	assert_int_equal(succeed(t, &out, 5).cause, MSG_CAUSE_NONE);
	bench_free(t.bench);
}

static void a_message_that_no_ausf_expects_is_counted_and_nothing_else(void **state)
{
	struct test t = start();

	(void)state;
	assert_null(bench_ask(t.bench, bench_message(t.bench, MSG_UDM_UECM)));
	assert_int_equal(t.bench->core->env.counter[NF_COUNT_UNEXPECTED], 1);
	assert_null(bench_ask(t.bench, bench_message(t.bench, MSG_UDM_GENERATE_RSP)));
	assert_null(bench_ask(t.bench, bench_message(t.bench, MSG_UDM_AUTH_REMOVE_RSP)));
	assert_int_equal(t.bench->core->env.counter[NF_COUNT_STALE], 2);
	bench_free(t.bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			s33501_6_1_3_2_the_seaf_gets_hxres_first_and_kseaf_and_supi_after_the_right_res),
		cmocka_unit_test(s33501_6_1_3_2_a_wrong_res_fails_tells_the_udm_and_stores_no_kausf),
		cmocka_unit_test(s33501_6_1_3_2_a_vector_expires_with_its_resource),
		cmocka_unit_test(
			s33501_6_1_2_a_serving_network_that_is_no_partner_is_refused_before_the_udm_is_asked),
		cmocka_unit_test(what_the_udm_refuses_the_seaf_is_refused_with_the_same_cause),
		cmocka_unit_test(
			of_several_authentications_of_one_supi_each_is_confirmed_and_the_latest_kausf_stays),
		cmocka_unit_test(
			s33501_6_1_3_3_a_synch_failure_goes_to_the_udm_with_rand_auts_and_the_supi),
		cmocka_unit_test(a_synch_failure_to_a_challenge_that_is_not_out_is_asked_by_its_suci),
		cmocka_unit_test(s33501_6_2_2_1_kausf_is_stored_as_soon_as_res_is_right),
		cmocka_unit_test(s33501_14_1_2_2_deregistration_deletes_kausf_and_a_second_one_finds_none),
		cmocka_unit_test(s29509_a_removed_result_leaves_no_kausf_and_the_udm_forgets_the_event),
		cmocka_unit_test(
			s33501_6_1_3_2_2_an_authentication_that_is_removed_before_its_end_has_failed),
		cmocka_unit_test(a_crash_loses_kausf_and_every_challenge),
		cmocka_unit_test(an_answer_that_no_resource_waits_for_changes_nothing),
		cmocka_unit_test(a_message_that_no_ausf_expects_is_counted_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
