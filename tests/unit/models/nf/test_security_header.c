/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TS 24.501 9.3.1, 4.4.4: which message may come under which security header type. */
#include "tests/unit/models/nf/mm_fixture.h"

static struct nf_tap tap;
static struct mm_said said;

/* Protected by UE 0's keys as they are at the sender's end, under any type. */
static uint16_t protect(struct core *core, enum crypto_direction direction,
                        enum nas_security_type type, const uint8_t *plain, uint16_t n, uint8_t *out)
{
	struct security keys = mm_ue(core)->security;

	keys.ul = mm_context(core)->security.ul;
	return security_protect(&core->env, 0, &keys, direction, type, plain, n, out);
}

static void to_ue(struct core *core, uint8_t header, const uint8_t *plain, uint16_t n)
{
	uint8_t octets[MSG_NAS_MAX] = {NAS_EPD, header, 1, 2, 3, 4, 0};

	memcpy(octets + NAS_SECURITY_HEADER, plain, n);
	mm_to_ue(core, MSG_STATUS_5GMM, octets, (uint16_t)(n + NAS_SECURITY_HEADER));
}

static void
ts_24_501_9_3_1_a_new_context_header_around_anything_but_a_command_is_discarded(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];
	uint64_t discarded;

	(void)state; /* before the exchange is secure: a way around 4.4.4.2 else */
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	discarded = mm_count(core, NF_COUNT_NAS_DISCARDED);
	to_ue(core, NAS_INTEGRITY_NEW_CONTEXT, plain,
	      nas_registration_reject(MSG_CAUSE_ILLEGAL_UE, plain));
	to_ue(core, NAS_INTEGRITY_NEW_CONTEXT, plain, nas_identity_request(plain));
	to_ue(core, NAS_INTEGRITY_NEW_CONTEXT, plain,
	      mm_challenge(core, 0, 1, 5, 0x80, 0, plain));
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), discarded + 3);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_REQUESTED);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_RESPONSE], 0);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_RESPONSE], 0);
	core_free(core);
}

static void ts_24_501_9_3_1_a_ue_takes_no_message_under_the_header_of_a_complete(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX], octets[MSG_NAS_MAX];
	uint16_t n = nas_registration_reject(MSG_CAUSE_ILLEGAL_UE, plain);

	(void)state;
	n = protect(core, CRYPTO_DOWNLINK, NAS_CIPHERED_NEW_CONTEXT, plain, n, octets);
	mm_to_ue(core, MSG_REGISTRATION_REJECT, octets, n);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	assert_int_equal(mm_count(core, NF_COUNT_UNEXPECTED), 0);
	core_free(core);
}

static struct msg command;

static bool keep_command(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	if (!up && msg->type == MSG_SECURITY_MODE_COMMAND)
		command = *msg;
	return true;
}

static void ts_24_501_4_4_4_2_a_command_in_clear_is_discarded_and_not_rejected(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = keep_command;
	mm_register(core);
	mm_to_ue(core, MSG_SECURITY_MODE_COMMAND, command.nas + NAS_SECURITY_HEADER,
	         (uint16_t)(command.nas_octets - NAS_SECURITY_HEADER));
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_REJECT], 0);
	core_free(core);
}

static void
ts_24_501_4_4_3_2_a_replayed_command_is_rejected_with_cause_24_and_changes_nothing(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	struct security before;

	(void)state;
	core->air = keep_command;
	mm_register(core);
	before = mm_ue(core)->security;
	mm_listen(core, &tap, &said);
	mm_to_ue(core, MSG_SECURITY_MODE_COMMAND, command.nas, command.nas_octets);
	assert_int_equal(said.last[NAS_SECURITY_MODE_REJECT].security_mode_reject, 24);
	assert_int_equal(said.n[NAS_SECURITY_MODE_COMPLETE], 0);
	assert_memory_equal(mm_ue(core)->security.kamf, before.kamf, sizeof before.kamf);
	assert_int_equal(mm_ue(core)->security.dl, before.dl);
	mm_wait(core, MM_S);
	assert_true(ue_is_registered(core->ues, 0)); /* and the AMF, which asked for nothing, goes on */
	assert_non_null(mm_context(core));
	core_free(core);
}

static void ts_33_501_6_1_3_1_a_forged_command_with_eap_failure_does_not_take_the_keys(void **state)
{
	static const uint8_t failure[] = {4, 1, 0, 4};
	struct core *core = mm_started(&crypto_suite_real);
	const struct nas_security_mode_command forged = {.ciphering = CRYPTO_NEA2,
		.integrity = CRYPTO_NIA2, .security_capability = {nas_ue_capability, 4},
		.eap = {failure, sizeof failure}};
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
	         mm_challenge(core, 2, 1, 5, 0x80, 0, plain));
	assert_int_equal(mm_ue(core)->fresh_ngksi, 2);
	to_ue(core, NAS_INTEGRITY_NEW_CONTEXT, plain, nas_security_mode_command(&forged, plain));
	assert_int_equal(mm_ue(core)->fresh_ngksi, 2);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_REJECT], 1);
	core_free(core);
}

/* ---- at the AMF ---- */

static void reauthenticate(struct core *core)
{
	amf_reach(mm_context(core), AMF_THEN_AUTHENTICATE);
	while (mm_context(core)->at[AMF_SECURITY_MODE] != AMF_SEC_COMMANDED)
		mm_wait(core, SIM_NS_PER_MS / 100);
}

static void ts_24_501_5_4_2_3_a_complete_under_the_old_context_completes_nothing(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_security_mode_complete complete = {.container = {NULL, 0}};
	uint8_t plain[MSG_NAS_MAX], octets[MSG_NAS_MAX];
	uint16_t n;

	(void)state;
	reauthenticate(core);
	nf_down(&core->env, core->env.node.gnb0); /* the UE does not hear of it */
	n = protect(core, CRYPTO_UPLINK, NAS_CIPHERED, plain,
	            nas_security_mode_complete(&complete, plain), octets);
	mm_to_amf(core, MSG_SECURITY_MODE_COMPLETE, sim_pool_handle(mm_context(core)), octets, n);
	mm_wait(core, SIM_NS_PER_MS);
	assert_int_equal(mm_context(core)->at[AMF_SECURITY_MODE], AMF_SEC_COMMANDED);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	core_free(core);
}

static void ts_24_501_9_3_1_nothing_but_a_complete_takes_a_new_context_into_use(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	struct security fresh;
	uint8_t plain[MSG_NAS_MAX], octets[MSG_NAS_MAX], before[32];
	uint16_t n;

	(void)state;
	memcpy(before, mm_context(core)->security.kamf, sizeof before);
	reauthenticate(core);
	nf_down(&core->env, core->env.node.gnb0);
	fresh = mm_context(core)->run->fresh;
	n = security_protect(&core->env, 0, &fresh, CRYPTO_UPLINK, NAS_CIPHERED_NEW_CONTEXT, plain,
	                     nas_status(111, plain), octets);
	mm_to_amf(core, MSG_STATUS_5GMM, sim_pool_handle(mm_context(core)), octets, n);
	mm_wait(core, SIM_NS_PER_MS);
	assert_memory_equal(mm_context(core)->security.kamf, before, sizeof before);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	core_free(core);
}

static void ts_24_501_4_4_4_2_rejects_in_clear_with_causes_76_and_78_are_discarded(void **state)
{
	static const uint8_t cause[] = {76, 78, 81, 82};
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	for (size_t i = 0; i < sizeof cause; i++)
		mm_to_ue(core, MSG_REGISTRATION_REJECT, plain, nas_registration_reject(cause[i], plain));
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), sizeof cause);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_REQUESTED);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			ts_24_501_9_3_1_a_new_context_header_around_anything_but_a_command_is_discarded),
		cmocka_unit_test(ts_24_501_9_3_1_a_ue_takes_no_message_under_the_header_of_a_complete),
		cmocka_unit_test(ts_24_501_4_4_4_2_a_command_in_clear_is_discarded_and_not_rejected),
		cmocka_unit_test(
			ts_24_501_4_4_3_2_a_replayed_command_is_rejected_with_cause_24_and_changes_nothing),
		cmocka_unit_test(
			ts_33_501_6_1_3_1_a_forged_command_with_eap_failure_does_not_take_the_keys),
		cmocka_unit_test(ts_24_501_5_4_2_3_a_complete_under_the_old_context_completes_nothing),
		cmocka_unit_test(ts_24_501_9_3_1_nothing_but_a_complete_takes_a_new_context_into_use),
		cmocka_unit_test(ts_24_501_4_4_4_2_rejects_in_clear_with_causes_76_and_78_are_discarded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
