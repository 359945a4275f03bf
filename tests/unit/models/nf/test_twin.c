/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The twin from enrolment to leaving, over the whole small world: what succeeds, what fails,
 * what is seen.
 */
#include "tests/unit/models/nf/twin_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { STATIC, PER_HOSPITAL, PER_SESSION };
#define HOUR (3600 * CLINIC_S)

static struct clinic *run(const struct crypto_suite *suite, uint8_t pseudonym, uint32_t operations)
{
	struct clinic *clinic = clinic_new(suite, operations);

	clinic->policy.pseudonym = pseudonym;
	clinic_start(clinic);
	core_run(clinic->core, (operations + 2) * HOUR);
	surgeons_finish(clinic->surgeons);
	return clinic;
}

static void both_surgeons_enrol_and_the_ledger_holds_two_tokens(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 0);
	assert_int_equal(clinic->core->env.counter[NF_COUNT_TWINS], 2);
	assert_int_equal(clinic_count(clinic, REC_M_DT_ENROL, REC_OUTCOME_OK), 2);
	assert_memory_not_equal(ledger_entry(clinic->ledger, 0)->token,
	                        ledger_entry(clinic->ledger, 1)->token, 32);
	clinic_free(clinic);
}

static void operations_are_completed_at_their_planned_end(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 4);
	assert_int_equal(clinic_rows(clinic, REC_T_session), 4);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(clinic_cell(clinic, REC_T_session, i, "completed"), 1);
		assert_int_equal(clinic_cell(clinic, REC_T_session, i, "interruptions"), 0);
		assert_int_equal(clinic_cell(clinic, REC_T_session, i, "end_ns") -
		                     clinic_cell(clinic, REC_T_session, i, "ready_ns"),
		                 600 * CLINIC_S);
	}
	assert_int_equal(clinic_count(clinic, REC_M_DT_AUTH, REC_OUTCOME_OK), 4);
	assert_int_equal(clinic_count(clinic, REC_M_SURGERY_READY, REC_OUTCOME_OK), 4);
	assert_int_equal(clinic->core->env.counter[NF_COUNT_UNEXPECTED], 0);
	assert_int_equal(clinic->core->env.counter[NF_COUNT_STALE], 0);
	clinic_free(clinic);
}

/* Every message that reaches a headset belongs to a chain of its own, as if somebody else had begun
 * it. */
static bool torn(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (!up)
		msg->span = sim_span_start(core->env.sim->now_ns);
	return true;
}

static void
waits_are_measured_from_their_beginning_whatever_chain_messages_belong_to(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 4);
	clinic->core->air = torn;
	clinic_start(clinic);
	core_run(clinic->core, 6 * HOUR);
	surgeons_finish(clinic->surgeons);
	assert_int_equal(clinic_count(clinic, REC_M_SURGERY_READY, REC_OUTCOME_OK), 4);
	assert_int_equal(clinic_count(clinic, REC_M_REGISTRATION, REC_OUTCOME_OK), 6);
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t row = clinic_latency(clinic, REC_M_SURGERY_READY, i);
		assert_int_equal(clinic_cell(clinic, REC_T_latency, row, "start_ns") +
		                     clinic_cell(clinic, REC_T_latency, row, "total_ns"),
		                 clinic_cell(clinic, REC_T_session, i, "ready_ns"));
	}
	clinic_free(clinic);
}

static void every_latency_is_the_sum_of_its_parts(void **state)
{
	static const char *const part[] = {"radio_ns",   "transport_ns", "queueing_ns",
	                                   "service_ns", "crypto_ns",    "timer_ns"};
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 4);
	for (uint32_t i = 0; i < clinic_rows(clinic, REC_T_latency); i++) {
		int64_t sum = 0;
		for (int p = 0; p < 6; p++)
			sum += clinic_cell(clinic, REC_T_latency, i, part[p]);
		assert_int_equal(sum, clinic_cell(clinic, REC_T_latency, i, "total_ns"));
	}
	clinic_free(clinic);
}

/* What the tables of docs/DT_INTERFACE.md add up to for a first entry under a fresh assertion. */
static void entering_costs_the_cryptography_of_the_table(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 1);
	const int64_t *ns = clinic->core->costs.ns;
	uint32_t row = clinic_latency(clinic, REC_M_DT_AUTH, 0);
	/* headset: session asked, its answer; assertion asked, its answer. DTF: session checked,
	 * answered; assertion: request, pseudonym, salt, answer */
	int64_t macs = 4 + 2 + 4;
	int64_t expected = ns[CRYPTO_OP_KAF] * 2 + ns[CRYPTO_OP_MAC] * macs +
	                   ns[CRYPTO_OP_SIGN_KEY] + ns[CRYPTO_OP_SIGN] * 4 +
	                   ns[CRYPTO_OP_VERIFY] * 5 + ns[CRYPTO_OP_HASH] * 2 +
	                   ns[CRYPTO_OP_SUCI_CONCEAL];
	assert_int_equal(clinic_cell(clinic, REC_T_latency, row, "crypto_ns"), expected);
	clinic_free(clinic);
}

static void enrolment_waits_for_finality_on_the_grid_of_blocks(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 0);
	uint32_t row = clinic_latency(clinic, REC_M_DT_ENROL, 0);
	int64_t waited = clinic_cell(clinic, REC_T_latency, row, "timer_ns");
	/* finality 2 at an interval of 2 s: the rest of an interval, and one more */
	assert_in_range(waited, 2 * CLINIC_S, 4 * CLINIC_S);
	clinic_free(clinic);
}

static uint32_t distinct(const struct clinic *clinic, const char *column)
{
	uint32_t n = 0, rows = clinic_rows(clinic, REC_T_obs_hospital);

	for (uint32_t i = 0; i < rows; i++) {
		bool seen = false;
		for (uint32_t j = 0; j < i; j++)
			seen |= clinic_cell(clinic, REC_T_obs_hospital, i, column) ==
			        clinic_cell(clinic, REC_T_obs_hospital, j, column);
		n += !seen;
	}
	return n;
}

static void check_distinct(uint8_t policy, uint32_t expected)
{
	struct clinic *clinic = run(&crypto_suite_real, policy, 8);

	assert_int_equal(clinic_rows(clinic, REC_T_obs_hospital), 8);
	assert_int_equal(distinct(clinic, "pseudonym"), expected);
	assert_int_equal(distinct(clinic, "holder_key"), expected);
	assert_int_equal(distinct(clinic, "commitment"), expected);
	clinic_free(clinic);
}

static void a_static_twin_shows_one_pseudonym_everywhere(void **state)
{
	(void)state;
	check_distinct(STATIC, 2);
}

static void a_twin_per_hospital_shows_one_pseudonym_to_each(void **state)
{
	(void)state;
	check_distinct(PER_HOSPITAL, 4);
}

static void a_twin_per_session_never_shows_a_pseudonym_again(void **state)
{
	(void)state;
	check_distinct(PER_SESSION, 8);
}

static void a_static_commitment_is_a_fingerprint_under_fresh_pseudonyms(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 4);
	clinic->policy.commitment = POL_COMMITMENT_STATIC;
	clinic_start(clinic);
	core_run(clinic->core, 6 * HOUR);
	assert_int_equal(distinct(clinic, "pseudonym"), 4);
	assert_int_equal(distinct(clinic, "commitment"), 2);
	clinic_free(clinic);
}

static void the_care_team_learns_who_operates_and_the_truth_agrees(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, PER_SESSION, 4);
	uint32_t told = 0;
	for (uint32_t i = 0; i < clinic_rows(clinic, REC_T_truth); i++) {
		if (clinic_cell(clinic, REC_T_truth, i, "vantage") != REC_VANTAGE_HOSPITAL)
			continue;
		uint32_t obs = (uint32_t)clinic_cell(clinic, REC_T_truth, i, "obs");
		int64_t subject = clinic_cell(clinic, REC_T_truth, i, "subject");
		assert_int_equal(clinic_cell(clinic, REC_T_obs_hospital, obs, "disclosed"), subject + 1);
		assert_int_equal(clinic_cell(clinic, REC_T_truth, i, "session") % 2, subject);
		told++;
	}
	assert_int_equal(told, 4);
	clinic_free(clinic);
}

/* Eight entries under four assertions: the second visit of a surgeon to a hospital needs no DTF. */
static void a_valid_assertion_is_used_again(void **state)
{
	(void)state;
	struct clinic *clinic = run(&crypto_suite_real, STATIC, 8);
	assert_int_equal(clinic->core->env.counter[NF_COUNT_ASSERTIONS], 4);
	assert_int_equal(clinic_count(clinic, REC_M_DT_AUTH, REC_OUTCOME_OK), 8);
	clinic_free(clinic);
}

static void an_expired_assertion_is_replaced(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 8);
	clinic->policy.pseudonym = STATIC;
	clinic->policy.assertion_lifetime_ns = HOUR;
	clinic_start(clinic);
	core_run(clinic->core, 10 * HOUR);
	assert_int_equal(clinic->core->env.counter[NF_COUNT_ASSERTIONS], 8);
	assert_int_equal(clinic_count(clinic, REC_M_DT_AUTH, REC_OUTCOME_OK), 8);
	clinic_free(clinic);
}

static void both_suites_give_the_same_protocol_and_the_same_times(void **state)
{
	(void)state;
	uint8_t digest[2][REC_DIGEST_OCTETS];
	int64_t total[2];
	for (int i = 0; i < 2; i++) {
		struct clinic *clinic =
			run(i ? &crypto_suite_cost : &crypto_suite_real, PER_SESSION, 4);
		nf_trace_digest(clinic->core->env.trace, digest[i]);
		total[i] = clinic_cell(clinic, REC_T_latency,
		                       clinic_latency(clinic, REC_M_SURGERY_READY, 3), "total_ns");
		clinic_free(clinic);
	}
	assert_memory_equal(digest[0], digest[1], REC_DIGEST_OCTETS);
	assert_int_equal(total[0], total[1]);
}

/*
 * Down for 20 s within the first operation: the session survives, with its interruption on
 * record.
 */
static void a_short_silence_of_the_hospital_is_an_interruption(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 1);
	clinic->core->nf.hospital.station.queue = -1;
	clinic_start(clinic);
	core_run(clinic->core, HOUR + 100 * CLINIC_S);
	clinic->core->env.instance[10].down = true; /* silent, but nothing lost: a broken link */
	core_run(clinic->core, HOUR + 120 * CLINIC_S);
	clinic->core->env.instance[10].down = false;
	core_run(clinic->core, 3 * HOUR);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "completed"), 1);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "interruptions"), 1);
	assert_in_range(clinic_cell(clinic, REC_T_session, 0, "longest_ns"), 14 * CLINIC_S,
	                21 * CLINIC_S);
	clinic_free(clinic);
}

static void a_crashed_hospital_ends_the_operation_after_the_patience_of_the_plan(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 2);
	clinic_start(clinic);
	core_run(clinic->core, HOUR + 100 * CLINIC_S);
	nf_down(&clinic->core->env, 10);
	core_run(clinic->core, HOUR + 110 * CLINIC_S);
	nf_up(&clinic->core->env, 10);
	core_run(clinic->core, 4 * HOUR);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "completed"), 0);
	assert_in_range(clinic_cell(clinic, REC_T_session, 0, "longest_ns"), 60 * CLINIC_S,
	                61 * CLINIC_S);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 1, "completed"), 1);
	clinic_free(clinic);
}

static void a_dtf_that_restarts_still_knows_the_twins(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 2);
	clinic_start(clinic);
	core_run(clinic->core, HOUR / 2);
	nf_down(&clinic->core->env, 8);
	nf_up(&clinic->core->env, 8);
	core_run(clinic->core, 4 * HOUR);
	assert_int_equal(clinic_count(clinic, REC_M_DT_AUTH, REC_OUTCOME_OK), 2);
	clinic_free(clinic);
}

static void without_a_dtf_the_operation_is_lost_and_the_surgeon_goes_home(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 1);
	clinic_start(clinic);
	core_run(clinic->core, HOUR / 2);
	nf_down(&clinic->core->env, 8);
	core_run(clinic->core, 3 * HOUR);
	surgeons_finish(clinic->surgeons);
	uint32_t row = clinic_latency(clinic, REC_M_DT_AUTH, 0);
	assert_int_equal(clinic_cell(clinic, REC_T_latency, row, "outcome"), REC_OUTCOME_FAILED);
	assert_int_equal(clinic_cell(clinic, REC_T_latency, row, "total_ns"), -1);
	assert_int_equal(clinic_cell(clinic, REC_T_latency, row, "cause"), DT_CAUSE_NO_ANSWER);
	assert_int_equal(clinic_count(clinic, REC_M_SURGERY_READY, REC_OUTCOME_FAILED), 1);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "ready_ns"), -1);
	assert_false(ue_is_registered(clinic->core->ues, 0));
	clinic_free(clinic);
}

static void an_enrolment_that_failed_is_tried_again(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 0);
	clinic_start(clinic);
	nf_down(&clinic->core->env, 9);
	core_run(clinic->core, 5 * 60 * CLINIC_S);
	nf_up(&clinic->core->env, 9);
	core_run(clinic->core, HOUR);
	assert_true(clinic_count(clinic, REC_M_DT_ENROL, REC_OUTCOME_FAILED) >= 1);
	assert_int_equal(clinic_count(clinic, REC_M_DT_ENROL, REC_OUTCOME_OK), 2);
	clinic_free(clinic);
}

static void a_demand_that_the_end_of_the_run_cuts_is_censored(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 1);
	clinic_start(clinic);
	core_run(clinic->core, HOUR / 2);
	nf_down(&clinic->core->env, 8);
	core_run(clinic->core, HOUR + 5 * CLINIC_S);
	surgeons_finish(clinic->surgeons);
	assert_int_equal(clinic_count(clinic, REC_M_DT_AUTH, REC_OUTCOME_CENSORED), 1);
	assert_int_equal(clinic_count(clinic, REC_M_SURGERY_READY, REC_OUTCOME_CENSORED), 1);
	assert_int_equal(clinic_rows(clinic, REC_T_session), 0);
	demand_write(clinic->core->env.demand, &clinic->core->rec);
	for (uint32_t i = 0; i < clinic_rows(clinic, REC_T_demand); i++)
		assert_int_equal(clinic_cell(clinic, REC_T_demand, i, "dt_demands"), 0);
	clinic_free(clinic);
}

static void an_operation_before_the_last_is_over_is_lost(void **state)
{
	(void)state;
	struct clinic *clinic = clinic_new(&crypto_suite_real, 2);
	clinic->operation[1] = clinic->operation[0];
	clinic->operation[1].start_ns += 300 * CLINIC_S;
	clinic_start(clinic);
	core_run(clinic->core, 3 * HOUR);
	assert_int_equal(clinic_rows(clinic, REC_T_session), 2);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "session"), 1);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 0, "ready_ns"), -1);
	assert_int_equal(clinic_cell(clinic, REC_T_session, 1, "completed"), 1);
	clinic_free(clinic);
}

extern const struct sim_fsm dtf_fsm, hospital_fsm, twin_fsm, surgeon_fsm;
static void the_machines_have_no_hole(void **state)
{
	const struct sim_fsm *const fsm[] = {&dtf_fsm, &hospital_fsm, &twin_fsm, &surgeon_fsm};
	struct sim_err err;

	(void)state;
	for (size_t i = 0; i < sizeof fsm / sizeof *fsm; i++)
		if (sim_fsm_check(fsm[i], &err) != SIM_OK)
			fail_msg("%s", err.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_surgeons_enrol_and_the_ledger_holds_two_tokens),
		cmocka_unit_test(operations_are_completed_at_their_planned_end),
		cmocka_unit_test(waits_are_measured_from_their_beginning_whatever_chain_messages_belong_to),
		cmocka_unit_test(every_latency_is_the_sum_of_its_parts),
		cmocka_unit_test(entering_costs_the_cryptography_of_the_table),
		cmocka_unit_test(enrolment_waits_for_finality_on_the_grid_of_blocks),
		cmocka_unit_test(a_static_twin_shows_one_pseudonym_everywhere),
		cmocka_unit_test(a_twin_per_hospital_shows_one_pseudonym_to_each),
		cmocka_unit_test(a_twin_per_session_never_shows_a_pseudonym_again),
		cmocka_unit_test(a_static_commitment_is_a_fingerprint_under_fresh_pseudonyms),
		cmocka_unit_test(the_care_team_learns_who_operates_and_the_truth_agrees),
		cmocka_unit_test(a_valid_assertion_is_used_again),
		cmocka_unit_test(an_expired_assertion_is_replaced),
		cmocka_unit_test(both_suites_give_the_same_protocol_and_the_same_times),
		cmocka_unit_test(a_short_silence_of_the_hospital_is_an_interruption),
		cmocka_unit_test(a_crashed_hospital_ends_the_operation_after_the_patience_of_the_plan),
		cmocka_unit_test(a_dtf_that_restarts_still_knows_the_twins),
		cmocka_unit_test(without_a_dtf_the_operation_is_lost_and_the_surgeon_goes_home),
		cmocka_unit_test(an_enrolment_that_failed_is_tried_again),
		cmocka_unit_test(a_demand_that_the_end_of_the_run_cuts_is_censored),
		cmocka_unit_test(an_operation_before_the_last_is_over_is_lost),
		cmocka_unit_test(the_machines_have_no_hole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
