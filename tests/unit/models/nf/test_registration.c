/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registration between headset and database: what succeeds, what fails and with which cause. */
#include "tests/unit/models/nf/core_fixture.h"

#include "models/nf/amf_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S SIM_NS_PER_S

static void register_all(struct core *core, int64_t until_ns)
{
	core_start(core);
	for (uint32_t i = 0; i < CORE_UES; i++)
		ue_register(core->ues, i);
	core_run(core, until_ns);
}

static void expect_all_registered(const struct crypto_suite *suite, enum net_suci scheme)
{
	struct core *core = core_new(suite, scheme);

	register_all(core, 5 * S);
	for (uint32_t i = 0; i < CORE_UES; i++) {
		assert_int_equal(core->registered[i], 1);
		assert_int_equal(core->attempts[i], 1);
		assert_true(ue_is_registered(core->ues, i));
	}
	assert_int_equal(core->env.counter[NF_COUNT_REG_ACCEPTS], CORE_UES);
	assert_int_equal(core->env.counter[NF_COUNT_UNEXPECTED], 0);
	core_free(core);
}

static void every_ue_registers_at_the_first_attempt_in_both_modes_and_schemes(void **state)
{
	(void)state;
	expect_all_registered(&crypto_suite_real, NET_SUCI_A);
	expect_all_registered(&crypto_suite_real, NET_SUCI_NULL);
	expect_all_registered(&crypto_suite_cost, NET_SUCI_A);
	expect_all_registered(&crypto_suite_cost, NET_SUCI_NULL);
}

static void both_modes_have_the_same_protocol_trace(void **state)
{
	uint8_t digest[2][REC_DIGEST_OCTETS];
	const struct crypto_suite *suite[2] = {&crypto_suite_real, &crypto_suite_cost};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct core *core = core_new(suite[i], NET_SUCI_A);
		register_all(core, 5 * S);
		nf_trace_digest(core->env.trace, digest[i]);
		core_free(core);
	}
	assert_memory_equal(digest[0], digest[1], sizeof digest[0]);
}

static void the_parts_of_every_latency_sum_to_the_whole(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);
	const struct rec_columns *table;
	int64_t *column[8];

	(void)state;
	register_all(core, 5 * S);
	table = &core->rec.table[REC_T_latency];
	assert_true(table->n >= 2 * CORE_UES); /* time at the AMF, authentication */
	for (int i = 0; i < 7; i++)
		column[i] = table->column[rec_column_find(REC_T_latency, "total_ns") + i];
	for (uint32_t r = 0; r < table->n; r++) {
		int64_t sum = 0;
		for (int i = 1; i < 7; i++)
			sum += column[i][r];
		assert_int_equal(sum, column[0][r]);
	}
	for (uint32_t i = 0; i < CORE_UES; i++)
		assert_true(sim_span_total(&core->span[i]) > 0);
	core_free(core);
}

static void a_stale_sqn_is_resynchronised_once_and_then_succeeds(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state; /* TS 33.501 6.1.3.3.2 */
	core_start(core);
	core_card_is_ahead(core, &core->ues->ue[0], 1000);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_FAILURES], 1);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_REQUESTS], 2);
	assert_int_equal(core->ues->ue[0].sqn.highest >> 5, 1001);
	core_free(core);
}

static void a_card_with_other_algorithms_is_rejected_for_a_mac_failure(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state; /* TS 24.501 5.4.1.3.7 c: cause 20, then Authentication Reject */
	core_start(core);
	core_give_other_cards(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_FAILURES], 1);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_REJECTS], 1);
	core_free(core);
}

static void without_an_ausf_five_attempts_are_made_and_then_t3502_waits(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);
	/* attempt: SBI timeout 10 s, reject; then T3511 10 s; five of them, four waits */
	int64_t gives_up = 5 * 10 * S + 4 * 10 * S;

	(void)state; /* TS 24.501 5.5.1.2.7 */
	core_start(core);
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	core_run(core, gives_up - S);
	assert_int_equal(core->given_up[0], 0);
	core_run(core, gives_up + S);
	assert_int_equal(core->given_up[0], 1);
	assert_int_equal(core->attempts[0], 5);
	nf_up(&core->env, core->env.node.ausf);
	core_run(core, gives_up + 11 * 60 * S);
	assert_int_equal(core->registered[0], 0);
	assert_false(ue_register(core->ues, 0)); /* T3502 runs: the wish is not a second demand */
	core_run(core, gives_up + 13 * 60 * S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void a_fresh_suci_is_used_again_only_while_t3519_runs(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	struct nas_identity first, again;

	(void)state; /* TS 24.501 5.5.1.2.2 */
	core_start(core);
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	core_run(core, 15 * S);
	first = ue_suci(&core->ues->ue[0]);
	core_run(core, 35 * S); /* second attempt */
	again = ue_suci(&core->ues->ue[0]);
	assert_memory_equal(first.suci.output, again.suci.output, first.suci.n);
	core_run(core, 85 * S); /* after 60 s */
	again = ue_suci(&core->ues->ue[0]);
	assert_memory_not_equal(first.suci.output, again.suci.output, first.suci.n);
	core_free(core);
}

static void a_lost_response_is_asked_for_again_by_t3560(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state; /* TS 24.501 5.4.1.3.7 b */
	core_start(core);
	core->nf.service.step[SVC_ue_auth] = (struct sim_dist){.kind = SIM_DIST_DETERMINISTIC,
		.mean_ns = 7e9}; /* a card that takes 7 s: T3560 runs out once, both answers arrive */
	ue_register(core->ues, 0);
	core_run(core, 14 * S);
	assert_int_equal(core->env.counter[NF_COUNT_RETRANSMISSIONS], 1);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void a_deregistered_ue_is_forgotten_and_can_come_back(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state;
	core_start(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	ue_deregister(core->ues, 0);
	core_run(core, 10 * S);
	assert_int_equal(core->left[0], 1);
	assert_false(ue_is_registered(core->ues, 0));
	ue_register(core->ues, 0);
	core_run(core, 15 * S);
	assert_int_equal(core->registered[0], 2);
	core_free(core);
}

static void a_known_guti_spares_the_suci_and_an_unknown_one_is_asked_for_it(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state; /* TS 24.501 5.5.1.2.2, 5.4.3 */
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	ue_deregister(core->ues, 0);
	core_run(core, 10 * S);
	const uint32_t made = core->ues->ue[0].suci_procedure;
	ue_register(core->ues, 0);
	core_run(core, 15 * S);
	assert_int_equal(core->registered[0], 2);
	assert_int_equal(core->ues->ue[0].suci_procedure, made); /* none was made */
	ue_deregister(core->ues, 0);
	core_run(core, 20 * S);
	core->ues->ue[0].tmsi ^= 1;
	ue_register(core->ues, 0);
	core_run(core, 25 * S);
	assert_int_equal(core->registered[0], 3);
	assert_int_not_equal(core->ues->ue[0].suci_procedure, made);
	core_free(core);
}

/* data/n2_messages_suci_a.csv: octets of NAS and NGAP of one registration with SUCI A, as measured. */
static void the_messages_of_a_registration_are_as_long_as_the_measured_ones(void **state)
{
	static const uint32_t nas[] = {65, 42, 21, 21, 100, 46, 10, 51};
	static const uint32_t ngap[] = {116, 66, 68, 45, 148, 149, 19, 57, 75};
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	const struct rec_columns *ladder;
	uint32_t n_nas = 0, n_ngap = 0;

	(void)state;
	core->env.ladder_ue = 0;
	core_start(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	ladder = &core->rec.table[REC_T_ladder];
	for (uint32_t i = 0; i < ladder->n; i++) {
		uint16_t from = ((uint16_t *)ladder->column[2])[i], to = ((uint16_t *)ladder->column[3])[i];
		uint32_t octets = ((uint32_t *)ladder->column[5])[i];
		bool air = from == core->env.node.ue || to == core->env.node.ue;
		bool n2 = (from == 0 && to == core->env.node.gnb0) || (to == 0 && from == core->env.node.gnb0);
		if (air)
			assert_int_equal(octets, nas[n_nas++]);
		if (n2)
			assert_int_equal(octets, ngap[n_ngap++]);
	}
	assert_int_equal(n_nas, sizeof nas / sizeof *nas);
	assert_int_equal(n_ngap, sizeof ngap / sizeof *ngap);
	core_free(core);
}

static void an_answer_to_an_earlier_attempt_does_not_reach_a_later_one(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state; /* each reject (cause 90) comes 1.5 s after its own connection was released */
	core->nf.ue.t3510_ns = S;
	core->nf.ue.t3511_ns = S;
	core->nf.amf.sbi_timeout_ns = 5 * S / 2;
	core_start(core);
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	core_run(core, 30 * S);
	assert_int_equal(core->given_up[0], 1);
	assert_int_equal(core->cause[0], 0);
	assert_true(core->env.counter[NF_COUNT_REG_REJECTS] >= 4);
	core_free(core);
}

static void a_lost_identity_request_is_repeated_by_t3570(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state; /* TS 24.501 5.4.3.6 */
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	core->ues->ue[0].tmsi = 77; /* unknown to the AMF */
	ue_register(core->ues, 0);
	while (core->env.counter[NF_COUNT_REG_REQUESTS] == 0)
		core_run(core, core->env.sim->now_ns + SIM_NS_PER_MS / 10);
	radio_release(core->radio, 0); /* the air fails while the request is on its way */
	core_run(core, 31 * S);
	assert_int_equal(core->env.counter[NF_COUNT_RETRANSMISSIONS], 4);
	core_free(core);
}

static void a_function_is_up_when_every_cause_of_its_crash_is_over(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state;
	core_start(core);
	nf_down(&core->env, core->env.node.ausf);
	core_run(core, S);
	nf_down(&core->env, core->env.node.ausf);
	core_run(core, 2 * S);
	nf_up(&core->env, core->env.node.ausf);
	assert_int_equal(core->rec.table[REC_T_outage].n, 0);
	core_run(core, 3 * S);
	nf_up(&core->env, core->env.node.ausf);
	assert_int_equal(core->rec.table[REC_T_outage].n, 1);
	core_free(core);
}

static void every_state_table_has_no_hole(void **state)
{
	const struct sim_fsm *const tables[] = {&ue_registration, &ue_authentication,
		&ue_identity_procedure, &ue_security_mode, &ue_configuration, &ue_deregistration,
		&ue_service, &amf_registration, &amf_identity, &amf_authentication, &amf_security_mode,
		&amf_configuration, &amf_deregistration, &amf_service, &amf_paging};
	struct sim_err err;

	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_int_equal(sim_fsm_check(tables[i], &err), SIM_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_ue_registers_at_the_first_attempt_in_both_modes_and_schemes),
		cmocka_unit_test(both_modes_have_the_same_protocol_trace),
		cmocka_unit_test(the_parts_of_every_latency_sum_to_the_whole),
		cmocka_unit_test(a_stale_sqn_is_resynchronised_once_and_then_succeeds),
		cmocka_unit_test(a_card_with_other_algorithms_is_rejected_for_a_mac_failure),
		cmocka_unit_test(without_an_ausf_five_attempts_are_made_and_then_t3502_waits),
		cmocka_unit_test(a_fresh_suci_is_used_again_only_while_t3519_runs),
		cmocka_unit_test(a_lost_response_is_asked_for_again_by_t3560),
		cmocka_unit_test(a_deregistered_ue_is_forgotten_and_can_come_back),
		cmocka_unit_test(a_known_guti_spares_the_suci_and_an_unknown_one_is_asked_for_it),
		cmocka_unit_test(the_messages_of_a_registration_are_as_long_as_the_measured_ones),
		cmocka_unit_test(an_answer_to_an_earlier_attempt_does_not_reach_a_later_one),
		cmocka_unit_test(a_lost_identity_request_is_repeated_by_t3570),
		cmocka_unit_test(a_function_is_up_when_every_cause_of_its_crash_is_over),
		cmocka_unit_test(every_state_table_has_no_hole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
