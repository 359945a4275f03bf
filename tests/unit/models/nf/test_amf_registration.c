/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registrations that overlap, updates, 5G-GUTIs, and who may speak for a context. */
#include "tests/unit/models/nf/mm_fixture.h"

static struct amf_ue *new_context(struct core *core)
{
	return amf_find(mm_amf(core), (struct sim_handle){0, 1});
}

/* What the UE has sent last: the test says it again. */
static struct msg last;

static bool keep_request(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	if (up && msg->type == MSG_REGISTRATION_REQUEST)
		last = *msg;
	return true;
}

/* ---- 5.5.1.2.8: requests that overlap ---- */

static struct core *waiting_for_vector(void)
{
	struct core *core = mm_started(&crypto_suite_cost);

	core->air = keep_request;
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUSF_AUTHENTICATE, 1);
	return core;
}

static void ts_24_501_5_5_1_2_8_e_the_same_request_again_is_ignored(void **state)
{
	struct core *core = waiting_for_vector();
	struct amf_ue *u = new_context(core);

	(void)state;
	mm_to_amf(core, MSG_REGISTRATION_REQUEST, sim_pool_handle(u), last.nas, last.nas_octets);
	mm_wait(core, SIM_NS_PER_MS);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 1);
	core_free(core);
}

static void ts_24_501_5_5_1_2_8_e_another_request_aborts_the_first_and_is_executed(void **state)
{
	struct core *core = waiting_for_vector();
	struct amf_ue *u = new_context(core);

	(void)state;
	last.nas[last.nas_octets - 1] ^= 1; /* a capability differs */
	mm_to_amf(core, MSG_REGISTRATION_REQUEST, sim_pool_handle(u), last.nas, last.nas_octets);
	mm_wait(core, SIM_NS_PER_MS);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	core_free(core);
}

static bool lose_completes(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return !up || msg->type != MSG_REGISTRATION_COMPLETE;
}

static void ts_24_501_5_5_1_2_8_c_without_a_complete_both_gutis_hold_after_the_fifth_expiry(
	void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	uint32_t first, second;

	(void)state;
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	mm_register(core);
	first = mm_ue(core)->tmsi;
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	core->air = lose_completes;
	mm_register(core);
	second = mm_ue(core)->tmsi;
	assert_int_not_equal(first, second);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), first), HOME_MSIN_FIRST);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), second), HOME_MSIN_FIRST);
	mm_wait(core, 31 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 4);
	assert_int_equal(mm_context(core)->at[AMF_REGISTRATION], AMF_REG_NONE);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), first), HOME_MSIN_FIRST);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), second), HOME_MSIN_FIRST);
	assert_true(ue_is_registered(core->ues, 0));
	core_free(core);
}

static void ts_24_501_5_5_1_2_4_with_the_complete_the_old_guti_is_gone(void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	uint32_t first;

	(void)state;
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	mm_register(core);
	first = mm_ue(core)->tmsi;
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	mm_register(core);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), first), 0);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), mm_ue(core)->tmsi), HOME_MSIN_FIRST);
	core_free(core);
}

static void ts_24_501_5_5_1_2_8_h_a_deregistration_before_the_complete_wins(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = lose_completes;
	mm_register(core);
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	assert_int_equal(core->left[0], 1);
	assert_null(mm_context(core));
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 0);
	core_free(core);
}

static void ts_24_501_5_5_1_2_8_b_an_unreadable_request_is_rejected_with_its_fault(void **state)
{
	static const uint8_t cut[] = {0x7e, 0x00, 0x41, 0x79, 0x00, 0x0d, 0x01};
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	mm_to_amf(core, MSG_REGISTRATION_REQUEST, SIM_HANDLE_NONE, cut, sizeof cut);
	mm_wait(core, SIM_NS_PER_MS);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REJECTS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 0);
	core_free(core);
}

/* ---- who speaks for a context ---- */

static void ts_24_501_4_4_4_3_a_request_in_clear_with_a_known_guti_leaves_the_context_alone(
	void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_registration_request request = {.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL,
		.identity = ue_guti(mm_ue(core), mm_ue(core)->tmsi),
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};
	struct amf_ue *before = mm_context(core);
	uint8_t plain[MSG_NAS_MAX];

	(void)state; /* 5.5.1.2.8 f: a new one beside it; the old is deleted when that proves genuine */
	mm_to_amf(core, MSG_REGISTRATION_REQUEST, SIM_HANDLE_NONE, plain,
	          nas_registration_request(&request, plain));
	mm_wait(core, 40 * MM_S);
	assert_ptr_equal(mm_context(core), before);
	assert_true(mm_context(core)->registered);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 2);
	core_free(core);
}

static void ts_24_501_5_6_1_5_a_forged_service_request_is_cause_9_and_leaves_the_context_alone(
	void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_service_request request = {.ngksi = 0,
		.guti = ue_guti(mm_ue(core), mm_ue(core)->tmsi).guti};
	struct amf_ue *before = mm_context(core);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	mm_to_amf(core, MSG_SERVICE_REQUEST, SIM_HANDLE_NONE, plain,
	          nas_service_request(&request, plain));
	mm_wait(core, MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REJECTS), 1);
	assert_ptr_equal(mm_context(core), before);
	core_free(core);
}

static void ts_24_501_4_4_4_3_a_forged_deregistration_is_discarded(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_deregistration_request request = {.ngksi = 0,
		.identity = ue_guti(mm_ue(core), mm_ue(core)->tmsi)};
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	mm_to_amf(core, MSG_DEREGISTRATION_REQUEST, SIM_HANDLE_NONE, plain,
	          nas_deregistration_request(&request, plain));
	mm_to_amf(core, MSG_DEREGISTRATION_REQUEST, sim_pool_handle(mm_context(core)), plain,
	          nas_deregistration_request(&request, plain));
	mm_wait(core, MM_S);
	assert_non_null(mm_context(core));
	assert_true(mm_context(core)->registered);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 2);
	core_free(core);
}

/* ---- updates ---- */

static void ts_24_501_5_3_7_a_periodic_update_comes_after_t3512_in_idle_mode(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state;
	mm_wait(core, 3600 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0); /* T3512 began with the release */
	mm_wait(core, 130 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 1);
	assert_int_not_equal(mm_ue(core)->tmsi, before); /* TS 33.501 6.12.3: should */
	assert_false(ue_is_connected(core->ues, 0));      /* no follow-on request */
	assert_int_equal(core->registered[0], 1);
	mm_wait(core, 4 * 3600 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 5);
	assert_int_equal(mm_count(core, NF_COUNT_IMPLICIT_DEREGISTRATIONS), 0);
	core_free(core);
}

static void update_after(struct core *core, enum amf_reallocation policy, bool expected)
{
	uint32_t before = mm_ue(core)->tmsi;

	core->nf.amf.guti_reallocation = (uint8_t)policy;
	mm_wait(core, 3600 * MM_S + 130 * MM_S);
	assert_int_equal(mm_ue(core)->tmsi != before, expected);
}

static void ts_33_501_6_12_3_the_policy_decides_whether_a_periodic_update_changes_the_guti(
	void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	update_after(core, AMF_REALLOCATE_NEVER, false);
	update_after(core, AMF_REALLOCATE_REGISTRATION, false);
	update_after(core, AMF_REALLOCATE_SPECIFIED, true);
	core_free(core);
}

static void ts_33_501_6_12_3_allocation_is_random_or_counted_or_for_ever(void **state)
{
	uint32_t tmsi[3][2];

	(void)state;
	for (int how = 0; how < 3; how++) {
		struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);
		core->nf.amf.guti_allocation = (uint8_t)how;
		core_start(core);
		for (int i = 0; i < 2; i++) {
			mm_register(core);
			tmsi[how][i] = mm_ue(core)->tmsi;
			ue_deregister(core->ues, 0);
			mm_wait(core, MM_S);
		}
		core_free(core);
	}
	assert_int_not_equal(tmsi[AMF_ALLOCATE_RANDOM][0] + 1, tmsi[AMF_ALLOCATE_RANDOM][1]);
	assert_int_equal(tmsi[AMF_ALLOCATE_INCREMENTING][0] + 1, tmsi[AMF_ALLOCATE_INCREMENTING][1]);
	assert_int_equal(tmsi[AMF_ALLOCATE_STATIC][0], tmsi[AMF_ALLOCATE_STATIC][1]);
}

static void ts_24_501_5_5_1_3_5_after_a_restart_of_the_amf_an_update_becomes_a_new_registration(
	void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state; /* cause 9: the 5G-GUTI is not known any more */
	mm_wait(core, 130 * MM_S);
	nf_down(&core->env, core->env.node.amf);
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 3600 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	assert_true(ue_is_registered(core->ues, 0));
	assert_non_null(mm_context(core));
	assert_int_equal(core->registered[0], 1); /* its user has not noticed */
	core_free(core);
}

static void an_amf_that_knows_no_connection_any_more_has_it_released(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];

	(void)state; /* TS 38.413 8.7.5; the UE is idle then, and comes back by service */
	nf_down(&core->env, core->env.node.amf);
	nf_up(&core->env, core->env.node.amf);
	ue_send_nas(mm_ue(core),
	            &(struct ue_output){.type = MSG_STATUS_5GMM, .step = SVC_N_STEPS,
	                                .security = NAS_CIPHERED},
	            plain, nas_status(111, plain));
	mm_wait(core, MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_24_501_5_5_1_2_8_e_the_same_request_again_is_ignored),
		cmocka_unit_test(ts_24_501_5_5_1_2_8_e_another_request_aborts_the_first_and_is_executed),
		cmocka_unit_test(
			ts_24_501_5_5_1_2_8_c_without_a_complete_both_gutis_hold_after_the_fifth_expiry),
		cmocka_unit_test(ts_24_501_5_5_1_2_4_with_the_complete_the_old_guti_is_gone),
		cmocka_unit_test(ts_24_501_5_5_1_2_8_h_a_deregistration_before_the_complete_wins),
		cmocka_unit_test(ts_24_501_5_5_1_2_8_b_an_unreadable_request_is_rejected_with_its_fault),
		cmocka_unit_test(
			ts_24_501_4_4_4_3_a_request_in_clear_with_a_known_guti_leaves_the_context_alone),
		cmocka_unit_test(
			ts_24_501_5_6_1_5_a_forged_service_request_is_cause_9_and_leaves_the_context_alone),
		cmocka_unit_test(ts_24_501_4_4_4_3_a_forged_deregistration_is_discarded),
		cmocka_unit_test(ts_24_501_5_3_7_a_periodic_update_comes_after_t3512_in_idle_mode),
		cmocka_unit_test(
			ts_33_501_6_12_3_the_policy_decides_whether_a_periodic_update_changes_the_guti),
		cmocka_unit_test(ts_33_501_6_12_3_allocation_is_random_or_counted_or_for_ever),
		cmocka_unit_test(
			ts_24_501_5_5_1_3_5_after_a_restart_of_the_amf_an_update_becomes_a_new_registration),
		cmocka_unit_test(an_amf_that_knows_no_connection_any_more_has_it_released),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
