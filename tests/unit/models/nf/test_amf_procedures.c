/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of docs/PROCEDURES.md at the AMF: timers that run out for the fifth time, answers that lead
 * nowhere, what the home network refuses, messages that no procedure waits for. */
#include "tests/unit/models/nf/mm_fixture.h"

static struct nf_tap tap;
static struct mm_said said;

static struct core *guti_first(void)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core->nf.ue.t3510_ns = 100 * MM_S;
	core_start(core);
	return core;
}

static uint8_t lost_type;

static bool lose(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return up || msg->type != lost_type;
}

static void take_guti(struct core *core, uint32_t tmsi)
{
	const struct id_guti guti = amf_guti(mm_amf(core), tmsi);

	ue_take_guti(mm_ue(core), true, &guti);
}

/* ---- the fifth expiry ---- */

static void ts_24_501_5_4_3_6_on_the_fifth_expiry_of_t3570_the_registration_is_aborted(void **state)
{
	struct core *core = guti_first();

	(void)state;
	take_guti(core, 4711); /* nobody here has given it */
	lost_type = MSG_IDENTITY_REQUEST;
	core->air = lose;
	ue_register(core->ues, 0);
	mm_wait(core, 29 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 5);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 4);
	assert_true(ue_is_connected(core->ues, 0));
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 5);
	assert_false(ue_is_connected(core->ues, 0));
	assert_null(amf_find(mm_amf(core), (struct sim_handle){0, 1}));
	core_free(core);
}

static void
ts_24_501_5_4_2_7_b_on_the_fifth_expiry_of_t3560_the_security_mode_is_aborted(void **state)
{
	struct core *core = guti_first();

	(void)state;
	lost_type = MSG_SECURITY_MODE_COMMAND;
	core->air = lose;
	ue_register(core->ues, 0);
	mm_wait(core, 29 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_COMMAND], 5);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_COMMAND], 5);
	assert_int_equal(core->registered[0], 0);
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

static void ts_24_501_5_4_2_7_b_of_a_registered_ue_the_old_context_stays(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t kamf[32];

	(void)state; /* the home network wanted another authentication */
	memcpy(kamf, mm_context(core)->security.kamf, sizeof kamf);
	lost_type = MSG_SECURITY_MODE_COMMAND;
	core->air = lose;
	amf_reach(mm_context(core), AMF_THEN_AUTHENTICATE);
	mm_wait(core, 32 * MM_S);
	assert_memory_equal(kamf, mm_context(core)->security.kamf, sizeof kamf);
	assert_true(ue_is_registered(core->ues, 0));
	core->air = NULL;
	amf_reach(mm_context(core), AMF_THEN_AUTHENTICATE);
	mm_wait(core, 3 * MM_S);
	assert_memory_not_equal(kamf, mm_context(core)->security.kamf, sizeof kamf);
	assert_memory_equal(mm_ue(core)->security.kamf, mm_context(core)->security.kamf, 32);
	core_free(core);
}

static void as_many_repetitions_are_made_as_the_table_and_the_scenario_say(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state;
	core->nf.amf.retransmissions = 1;
	core->nf.ue.t3510_ns = 100 * MM_S;
	core_start(core);
	lost_type = MSG_AUTHENTICATION_REQUEST;
	core->air = lose;
	ue_register(core->ues, 0);
	mm_wait(core, 13 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_REQUEST], 2);
	assert_false(ue_is_connected(core->ues, 0));
	assert_int_equal(AMF_REPETITIONS_t3513, 2);
	assert_int_equal(UE_TRIES_t3517, 5);
	assert_int_equal(UE_TRIES_t3521, 5);
	core_free(core);
}

/* ---- identification ---- */

static bool answer_without_identity(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	const struct nas_identity none = {.kind = NAS_IDENTITY_NONE};

	(void)core;
	(void)ue;
	if (up && msg->type == MSG_IDENTITY_RESPONSE)
		msg->nas_octets = nas_identity_response(&none, msg->nas);
	return true;
}

static void ts_24_501_5_4_3_4_a_response_without_a_suci_ends_in_registration_reject_9(void **state)
{
	struct core *core = guti_first();

	(void)state;
	take_guti(core, 4711);
	core->air = answer_without_identity;
	mm_listen(core, &tap, &said);
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 1);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 9);
	assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 0);
	core_free(core);
}

/* ---- what the home network refuses ---- */

static void
ts_33_501_6_1_2_a_network_that_may_not_serve_is_told_so_and_the_ue_is_rejected_with_73(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state; /* 403 SERVING_NETWORK_NOT_AUTHORIZED: TS 29.509 6.1.7.3 */
	mm_amf(core)->serving = (struct id_plmn){1, 1, 2};
	mm_listen(core, &tap, &said);
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 73);
	assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 0);
	core_free(core);
}

static bool spoil_suci(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (up && msg->type == MSG_REGISTRATION_REQUEST && core->met++ == 0)
		msg->nas[30] ^= 1; /* of the ephemeral key, or of what it conceals */
	return true;
}

static void ts_29_509_6_1_7_3_an_unknown_user_is_rejected_with_3_and_may_come_back(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state; /* 404 USER_NOT_FOUND: no SUCI that opens. In clear, so for T3247 only */
	core->air = spoil_suci;
	mm_listen(core, &tap, &said);
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SUCI_REFUSED), 1);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 3);
	assert_false(mm_ue(core)->usim_invalid);
	mm_wait(core, 61 * 60 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_29_500_a_silent_udm_is_a_timeout_and_cause_90(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.udm);
	mm_listen(core, &tap, &said);
	ue_register(core->ues, 0);
	mm_wait(core, 11 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SBI_TIMEOUTS), 1);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 90);
	nf_up(&core->env, core->env.node.udm);
	mm_wait(core, 12 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

/* ---- 5.5.1.2.8 d: a request between Accept and Complete ---- */

static bool lose_completes(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return !up || msg->type != MSG_REGISTRATION_COMPLETE;
}

static void ask_again(struct core *core, uint32_t tmsi)
{
	const struct nas_message request = {.type = NAS_REGISTRATION_REQUEST,
		.registration_request = {.ngksi = 0, .type = NAS_INITIAL,
			.identity = ue_guti(mm_ue(core), tmsi),
			.security_capability = {nas_ue_capability, sizeof nas_ue_capability}}};
	uint8_t plain[MSG_NAS_MAX];

	ue_send_nas(mm_ue(core),
	            &(struct ue_output){.type = MSG_REGISTRATION_REQUEST, .step = SVC_N_STEPS,
	                                .security = NAS_CIPHERED},
	            plain, nas_encode(&request, plain));
	mm_wait(core, SIM_NS_PER_S / 2);
}

static void
ts_24_501_5_5_1_2_8_d_a_request_after_the_accept_is_executed_or_gets_the_accept_again(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint64_t accepts;
	uint32_t tmsi;

	(void)state;
	core->air = lose_completes;
	mm_register(core);
	tmsi = mm_ue(core)->tmsi;
	ask_again(core, tmsi); /* differs from the first: executed */
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 2);
	accepts = core->env.sent_nas[MSG_REGISTRATION_ACCEPT];
	assert_int_equal(accepts, 2);
	ask_again(core, tmsi); /* the same again, though under another COUNT */
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	assert_int_equal(core->env.sent_nas[MSG_REGISTRATION_ACCEPT], accepts + 1);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 0); /* not counted */
	core_free(core);
}

/* ---- messages that no procedure waits for ---- */

static void say(struct core *core, const struct nas_message *nas)
{
	uint8_t plain[MSG_NAS_MAX];

	ue_send_nas(mm_ue(core),
	            &(struct ue_output){.type = MSG_STATUS_5GMM, .step = SVC_N_STEPS,
	                                .security = NAS_CIPHERED},
	            plain, nas_encode(nas, plain));
	mm_wait(core, 100 * SIM_NS_PER_MS);
}

static void ts_24_501_7_4_what_no_procedure_waits_for_is_ignored(void **state)
{
	static const uint8_t type[] = {NAS_AUTHENTICATION_FAILURE, NAS_AUTHENTICATION_RESPONSE,
	                               NAS_IDENTITY_RESPONSE, NAS_SECURITY_MODE_REJECT,
	                               NAS_CONFIGURATION_UPDATE_COMPLETE,
	                               NAS_DEREGISTRATION_COMMAND_ACCEPT};
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state; /* an unsolicited synch failure among them: 33.501 6.1.3.3.2 */
	for (size_t i = 0; i < sizeof type; i++) {
		struct nas_message nas = {.type = type[i]};
		if (type[i] == NAS_AUTHENTICATION_FAILURE)
			nas.authentication_failure = (struct nas_authentication_failure){
				.cause = MSG_CAUSE_SYNCH_FAILURE, .has_auts = true};
		if (type[i] == NAS_IDENTITY_RESPONSE)
			nas.identity_response = mm_suci(core);
		say(core, &nas);
		assert_int_equal(mm_count(core, NF_COUNT_UNEXPECTED), i + 1);
	}
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 1);
	assert_int_equal(mm_count(core, NF_COUNT_RESYNCHRONISATIONS), 0);
	assert_true(ue_is_registered(core->ues, 0));
	assert_true(mm_context(core)->registered);
	core_free(core);
}

static void
ts_33_501_6_1_3_3_2_a_second_failure_while_the_home_network_is_asked_changes_nothing(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	const struct nas_message failure = {.type = NAS_AUTHENTICATION_FAILURE,
		.authentication_failure = {.cause = MSG_CAUSE_SYNCH_FAILURE, .has_auts = true}};
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	core_card_is_ahead(core, mm_ue(core), 1000);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUSF_AUTHENTICATE, 2);
	mm_to_amf(core, MSG_AUTHENTICATION_FAILURE, (struct sim_handle){0, 1}, plain,
	          nas_encode(&failure, plain));
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 0);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			ts_24_501_5_4_3_6_on_the_fifth_expiry_of_t3570_the_registration_is_aborted),
		cmocka_unit_test(
			ts_24_501_5_4_2_7_b_on_the_fifth_expiry_of_t3560_the_security_mode_is_aborted),
		cmocka_unit_test(ts_24_501_5_4_2_7_b_of_a_registered_ue_the_old_context_stays),
		cmocka_unit_test(as_many_repetitions_are_made_as_the_table_and_the_scenario_say),
		cmocka_unit_test(ts_24_501_5_4_3_4_a_response_without_a_suci_ends_in_registration_reject_9),
		cmocka_unit_test(
			ts_33_501_6_1_2_a_network_that_may_not_serve_is_told_so_and_the_ue_is_rejected_with_73),
		cmocka_unit_test(ts_29_509_6_1_7_3_an_unknown_user_is_rejected_with_3_and_may_come_back),
		cmocka_unit_test(ts_29_500_a_silent_udm_is_a_timeout_and_cause_90),
		cmocka_unit_test(
			ts_24_501_5_5_1_2_8_d_a_request_after_the_accept_is_executed_or_gets_the_accept_again),
		cmocka_unit_test(ts_24_501_7_4_what_no_procedure_waits_for_is_ignored),
		cmocka_unit_test(
			ts_33_501_6_1_3_3_2_a_second_failure_while_the_home_network_is_asked_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
