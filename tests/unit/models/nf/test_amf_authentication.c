/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the SEAF does when RES*, AUSF or UE fail it. */
#include "tests/unit/models/nf/mm_fixture.h"

static bool flaw_response(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (up && msg->type == MSG_AUTHENTICATION_RESPONSE && core->met++ == 0)
		msg->nas[msg->nas_octets - 1] ^= 1; /* RES* */
	return true;
}

static struct core *known_by_guti(void)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	mm_register(core);
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	return core;
}

static void ts_33_501_6_1_3_2_2_a_wrong_res_of_a_suci_is_rejected_and_the_ausf_knows(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = flaw_response;
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent[MSG_AUSF_CONFIRM], 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 0);
	assert_int_equal(core->given_up[0], 1);
	core_free(core);
}

static void ts_33_501_6_1_3_2_2_a_wrong_res_of_a_guti_leads_to_identification_and_another_try(
	void **state)
{
	struct core *core = known_by_guti();

	(void)state;
	core->air = flaw_response;
	mm_register(core);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 1);
	assert_int_equal(core->env.sent[MSG_AUSF_CONFIRM], 3);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 0);
	core_free(core);
}

static void ts_33_501_6_1_3_2_2_without_a_verdict_a_suci_is_rejected(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	ue_register(core->ues, 0);
	while (core->env.sent_nas[MSG_AUTHENTICATION_RESPONSE] == 0)
		mm_wait(core, SIM_NS_PER_MS / 10);
	nf_down(&core->env, core->env.node.ausf);
	mm_wait(core, 9 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_SBI_TIMEOUTS), 1);
	core_free(core);
}

static void ts_33_501_6_1_3_2_2_without_a_verdict_a_guti_is_identified(void **state)
{
	struct core *core = known_by_guti();

	(void)state;
	ue_register(core->ues, 0);
	while (core->env.sent_nas[MSG_AUTHENTICATION_RESPONSE] == 1)
		mm_wait(core, SIM_NS_PER_MS / 10);
	nf_down(&core->env, core->env.node.ausf);
	mm_wait(core, 5 * MM_S);
	nf_up(&core->env, core->env.node.ausf);
	mm_wait(core, 7 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 1);
	assert_int_equal(core->registered[0], 2);
	assert_int_equal(core->attempts[0], 1);
	core_free(core);
}

static void without_a_vector_the_registration_is_rejected_and_tried_again(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state; /* TS 24.501 5.5.1.2.7: cause 90 is none of 5.5.1.2.5's */
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	mm_wait(core, 11 * MM_S);
	nf_up(&core->env, core->env.node.ausf);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REJECTS), 1);
	mm_wait(core, 12 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static bool lose_requests(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return up || msg->type != MSG_AUTHENTICATION_REQUEST;
}

static void ts_33_501_6_1_3_2_0_an_unreachable_ue_has_failed_and_the_ausf_is_told(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state; /* TS 24.501 5.4.1.3.7 b: aborted on the fifth expiry of T3560 */
	core->nf.ue.t3510_ns = 100 * MM_S;
	core->air = lose_requests;
	ue_register(core->ues, 0);
	mm_wait(core, 29 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 4);
	assert_int_equal(core->env.sent[MSG_AUSF_CONFIRM], 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 4);
	assert_int_equal(core->env.sent[MSG_AUSF_CONFIRM], 1);
	assert_int_equal(core->env.sent[MSG_UDM_AUTH_EVENT], 1); /* a failure, in the UDM's books */
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

static bool lose_first_command(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	return up || msg->type != MSG_SECURITY_MODE_COMMAND || core->met++ > 0;
}

static void ts_24_501_5_4_2_7_a_lost_command_is_repeated_by_t3560_under_the_next_count(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = lose_first_command;
	ue_register(core->ues, 0);
	mm_wait(core, 8 * MM_S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->attempts[0], 1);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_COMMAND], 2);
	core_free(core);
}

static bool lose_first_complete(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	return !up || msg->type != MSG_SECURITY_MODE_COMPLETE || core->met++ > 0;
}

static void ts_24_501_5_4_2_7_a_lost_complete_is_said_again(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = lose_first_complete;
	ue_register(core->ues, 0);
	mm_wait(core, 8 * MM_S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_COMPLETE], 2);
	core_free(core);
}

/* ---- 6.1.5: the home network asks ---- */

static void reauthenticate(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct msg *notify = nf_message_for(&core->env, MSG_UDM_REAUTH_NOTIFY, 0, 1u << 30, &span);

	notify->subscription.msin = HOME_MSIN_FIRST;
	nf_send(&core->env, core->env.node.udm, core->env.node.amf, notify);
}

static void ts_33_501_6_1_5_a_connected_ue_is_authenticated_again_and_gets_new_keys(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t before[32];

	(void)state;
	memcpy(before, mm_ue(core)->security.kamf, sizeof before);
	reauthenticate(core);
	mm_wait(core, MM_S);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2);
	assert_memory_not_equal(before, mm_ue(core)->security.kamf, sizeof before);
	assert_memory_equal(mm_context(core)->security.kamf, mm_ue(core)->security.kamf, 32);
	assert_true(ue_is_registered(core->ues, 0));
	assert_int_equal(core->registered[0], 1); /* the user hears nothing of it */
	core_free(core);
}

static void ts_33_501_6_1_5_an_idle_ue_is_paged_first(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	mm_wait(core, 130 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	reauthenticate(core);
	mm_wait(core, 3 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_PAGINGS), 1);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2);
	assert_memory_equal(mm_context(core)->security.kamf, mm_ue(core)->security.kamf, 32);
	core_free(core);
}

static void a_failed_authentication_of_a_registered_ue_leaves_it_registered_when_nobody_answers(
	void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	nf_down(&core->env, core->env.node.ausf);
	reauthenticate(core);
	mm_wait(core, 12 * MM_S);
	nf_up(&core->env, core->env.node.ausf);
	assert_int_equal(mm_count(core, NF_COUNT_SBI_TIMEOUTS), 1);
	assert_true(ue_is_registered(core->ues, 0));
	assert_non_null(mm_context(core));
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_33_501_6_1_3_2_2_a_wrong_res_of_a_suci_is_rejected_and_the_ausf_knows),
		cmocka_unit_test(
			ts_33_501_6_1_3_2_2_a_wrong_res_of_a_guti_leads_to_identification_and_another_try),
		cmocka_unit_test(ts_33_501_6_1_3_2_2_without_a_verdict_a_suci_is_rejected),
		cmocka_unit_test(ts_33_501_6_1_3_2_2_without_a_verdict_a_guti_is_identified),
		cmocka_unit_test(without_a_vector_the_registration_is_rejected_and_tried_again),
		cmocka_unit_test(ts_33_501_6_1_3_2_0_an_unreachable_ue_has_failed_and_the_ausf_is_told),
		cmocka_unit_test(
			ts_24_501_5_4_2_7_a_lost_command_is_repeated_by_t3560_under_the_next_count),
		cmocka_unit_test(ts_24_501_5_4_2_7_a_lost_complete_is_said_again),
		cmocka_unit_test(ts_33_501_6_1_5_a_connected_ue_is_authenticated_again_and_gets_new_keys),
		cmocka_unit_test(ts_33_501_6_1_5_an_idle_ue_is_paged_first),
		cmocka_unit_test(
			a_failed_authentication_of_a_registered_ue_leaves_it_registered_when_nobody_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
