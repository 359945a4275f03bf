/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a UE does when a registration is refused, and with messages that do not fit its state. */
#include "tests/unit/models/nf/mm_fixture.h"

#include "models/nf/gprs_timer.h"

/* ---- 5.5.1.2.5: causes ---- */

/* Under security, and the AMF still waits for the UDM. */
static struct amf_ue *half_registered(struct core *core)
{
	struct amf_ue *u;

	ue_register(core->ues, 0);
	while (core->env.sent_nas[MSG_SECURITY_MODE_COMPLETE] == 0)
		mm_wait(core, SIM_NS_PER_MS / 10);
	nf_down(&core->env, core->env.node.udm);
	mm_until_sent(core, MSG_UDM_UECM, 1);
	u = amf_find(mm_amf(core), (struct sim_handle){0, 1});
	assert_non_null(u);
	nf_up(&core->env, core->env.node.udm);
	return u;
}

/* The AMF refuses under the security that has just been set up. */
static struct core *refused(uint8_t cause)
{
	struct core *core = mm_started(&crypto_suite_cost);
	struct amf_ue *u = half_registered(core);

	amf_reject(u, MSG_REGISTRATION_REJECT, cause);
	amf_settle(u);
	mm_wait(core, MM_S);
	return core;
}

static void ts_24_501_5_5_1_2_5_every_cause_leads_where_its_row_says(void **state)
{
	static const struct {
		uint8_t cause, state;
		bool usim_invalid, told;
		int64_t retry_ns; /* an attempt within this after the reject; 0: not within a day */
	} row[] = {
		{3, UE_REG_LIMITED, true, true, 0},
		{6, UE_REG_LIMITED, true, true, 0},
		{7, UE_REG_LIMITED, true, true, 0},
		{11, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{12, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{13, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{15, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{27, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{31, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{73, UE_REG_LIMITED, false, true, 13 * 3600 * MM_S},
		{20, UE_REG_WAITING, false, false, 12 * MM_S}, /* T3511 */
		{21, UE_REG_WAITING, false, false, 12 * MM_S},
		{9, UE_REG_WAITING, false, false, 12 * MM_S},
		{22, UE_REG_WAITING, false, false, 12 * MM_S}, /* without T3346: abnormal */
		{72, UE_REG_WAITING, false, false, 12 * MM_S},
		{62, UE_REG_WAITING, false, true, 13 * 60 * MM_S}, /* T3502 */
		{95, UE_REG_WAITING, false, true, 13 * 60 * MM_S},
		{96, UE_REG_WAITING, false, true, 13 * 60 * MM_S},
		{97, UE_REG_WAITING, false, true, 13 * 60 * MM_S},
		{99, UE_REG_WAITING, false, true, 13 * 60 * MM_S},
		{111, UE_REG_WAITING, false, true, 13 * 60 * MM_S},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct core *core = refused(row[i].cause);
		const struct ue *ue = mm_ue(core);
		assert_int_equal(ue->at[UE_REGISTRATION], row[i].state);
		assert_int_equal(ue->usim_invalid, row[i].usim_invalid);
		assert_int_equal(core->given_up[0], row[i].told);
		assert_false(ue_is_connected(core->ues, 0)); /* the AMF has released it */
		mm_wait(core, row[i].retry_ns ? row[i].retry_ns : 86400 * MM_S);
		assert_int_equal(core->registered[0], row[i].retry_ns != 0);
		core_free(core);
	}
}

static void ts_24_501_5_5_1_2_7_a_retry_after_t3511_comes_neither_earlier_nor_later(void **state)
{
	struct core *core = refused(20);

	(void)state;
	mm_wait(core, 17 * MM_S / 2); /* T3511 began before the second that refused() waits */
	assert_int_equal(core->registered[0], 0);
	mm_wait(core, MM_S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->attempts[0], 2);
	core_free(core);
}

static void ts_24_501_5_5_1_2_5_another_area_serves_who_is_refused_in_one_but_not_by_the_network(
	void **state)
{
	struct core *core = refused(12);

	(void)state;
	ue_place(core->ues, 0, 0, 1); /* the same area */
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], 0);
	mm_ue(core)->forbidden = 77; /* it was refused elsewhere */
	ue_place(core->ues, 0, 0, 2);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
	core = refused(11);
	assert_int_equal(mm_ue(core)->forbidden, UE_WHOLE_NETWORK);
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], 0);
	core_free(core);
}

static uint16_t congestion(uint8_t *plain, int64_t t3346_ns)
{
	const struct nas_message reject = {.type = NAS_REGISTRATION_REJECT,
		.registration_reject = {.cause = MSG_CAUSE_CONGESTION,
			.t3346 = {true, gprs_timer2(t3346_ns)}}};

	return nas_encode(&reject, plain);
}

static void ts_24_501_5_5_1_2_5_congestion_with_t3346_waits_that_long(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];
	struct amf_ue *u;

	(void)state;
	u = half_registered(core);
	amf_send_nas(u, amf_message(u, MSG_REGISTRATION_REJECT), plain, congestion(plain, 120 * MM_S));
	amf_finish(u);
	amf_settle(u);
	mm_wait(core, 115 * MM_S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_WAITING);
	mm_wait(core, 10 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_5_1_2_5_congestion_in_clear_waits_fifteen_to_thirty_minutes(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_REGISTRATION_REJECT, plain, congestion(plain, 2 * MM_S));
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 14 * 60 * MM_S);
	assert_int_equal(core->registered[0], 0);
	mm_wait(core, 17 * 60 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_3_20_a_forged_cause_3_does_not_kill_the_usim(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_REGISTRATION_REJECT, plain,
	         nas_registration_reject(MSG_CAUSE_ILLEGAL_UE, plain));
	nf_up(&core->env, core->env.node.amf);
	assert_false(mm_ue(core)->usim_invalid);
	mm_wait(core, 61 * 60 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

/* ---- 4.4.4.2: what is let through ---- */

static void ts_24_501_4_4_4_2_nothing_in_clear_counts_once_the_exchange_is_secure(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];
	uint64_t discarded = mm_count(core, NF_COUNT_NAS_DISCARDED);

	(void)state;
	mm_to_ue(core, MSG_REGISTRATION_REJECT, plain,
	         nas_registration_reject(MSG_CAUSE_ILLEGAL_UE, plain));
	mm_to_ue(core, MSG_AUTHENTICATION_REJECT, plain, nas_authentication_reject(plain));
	mm_to_ue(core, MSG_IDENTITY_REQUEST, plain, nas_identity_request(plain));
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
	         mm_challenge(core, 3, 1, 50, 0x80, 0, plain));
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), discarded + 4);
	assert_true(ue_is_registered(core->ues, 0));
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_RESPONSE], 0);
	core_free(core);
}

static struct msg recorded;

static bool record_accept(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	if (!up && msg->type == MSG_REGISTRATION_ACCEPT)
		recorded = *msg;
	return true;
}

static void ts_24_501_4_4_3_2_a_replayed_message_is_discarded(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = record_accept;
	mm_register(core);
	mm_to_ue(core, MSG_REGISTRATION_ACCEPT, recorded.nas, recorded.nas_octets);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	assert_int_equal(core->env.sent_nas[MSG_REGISTRATION_COMPLETE], 1);
	core_free(core);
}

/* ---- 7: what nobody can act on ---- */

static void ts_24_501_7_4_an_unknown_type_is_status_97_and_a_status_is_not_answered(void **state)
{
	static const uint8_t unknown[] = {0x7e, 0x00, 0x7d};
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_STATUS_5GMM, unknown, sizeof unknown);
	assert_int_equal(mm_count(core, NF_COUNT_STATUS), 1);
	mm_to_ue(core, MSG_STATUS_5GMM, plain, nas_status(MSG_CAUSE_TYPE_UNKNOWN, plain));
	assert_int_equal(mm_count(core, NF_COUNT_STATUS), 1);
	core_free(core);
}

static void ts_24_501_7_5_1_a_missing_mandatory_field_is_status_96_and_a_stub_is_ignored(
	void **state)
{
	static const uint8_t no_rand[] = {0x7e, 0x00, 0x56, 0x00, 0x02, 0x00}; /* ABBA cut short */
	static const uint8_t cut[] = {0x7e, 0x00};
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, no_rand, sizeof no_rand);
	assert_int_equal(mm_count(core, NF_COUNT_STATUS), 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, cut, sizeof cut);
	assert_int_equal(mm_count(core, NF_COUNT_STATUS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 2);
	core_free(core);
}

static void ts_24_501_7_4_a_message_that_does_not_fit_the_state_is_status_98(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_DEREGISTRATION_ACCEPT, plain, nas_deregistration_accept(plain));
	assert_int_equal(mm_count(core, NF_COUNT_UNEXPECTED), 1);
	assert_int_equal(mm_count(core, NF_COUNT_STATUS), 1);
	core_free(core);
}

/* ---- 5.4.2: security mode ---- */

/* A man in the middle offers weaker algorithms in the UE's name: bidding down. */
static bool bid_down(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (up && msg->type == MSG_REGISTRATION_REQUEST && core->met++ == 0)
		msg->nas[msg->nas_octets - 4] = 0x80;
	return true;
}

static void ts_24_501_5_4_2_5_replayed_capabilities_that_differ_are_rejected_with_cause_23(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = bid_down;
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_REJECT], 1);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_COMPLETE], 0);
	assert_int_equal(core->registered[0], 0);
	mm_wait(core, 12 * MM_S); /* T3511, and nobody in the middle any more */
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static bool flaw_command(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (!up && msg->type == MSG_SECURITY_MODE_COMMAND && core->met++ == 0)
		msg->nas[2] ^= 1; /* its MAC */
	return true;
}

static void ts_24_501_5_4_2_5_a_command_with_a_wrong_mac_is_rejected_with_cause_24(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = flaw_command;
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SECURITY_MODE_REJECT], 1);
	mm_wait(core, 12 * MM_S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->attempts[0], 2);
	core_free(core);
}

/* ---- 5.5.1.2.7: the network disappears ---- */

static void ts_24_501_5_5_1_2_7_e_a_release_before_the_accept_is_a_failed_attempt(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUSF_AUTHENTICATE, 1);
	ue_disconnect(mm_ue(core));
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_WAITING);
	assert_int_equal(mm_ue(core)->attempt, 1);
	nf_up(&core->env, core->env.node.ausf);
	mm_wait(core, 12 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_3_1_3_without_a_release_t3540_ends_the_connection(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_REGISTRATION_REJECT, plain,
	         nas_registration_reject(MSG_CAUSE_ILLEGAL_UE, plain));
	mm_wait(core, 9 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	mm_wait(core, 2 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

/* ---- GPRS timers ---- */

static void a_time_is_coded_by_the_shortest_that_is_long_enough(void **state)
{
	(void)state; /* TS 24.008 10.5.7.4, 10.5.7.4a */
	assert_int_equal(gprs_timer3_ns(0x92), 540 * MM_S); /* Open5GS's T3512 */
	assert_int_equal(gprs_timer3(540 * MM_S), 0x92);
	assert_int_equal(gprs_timer3_ns(gprs_timer3(3600 * MM_S)), 3600 * MM_S);
	assert_int_equal(gprs_timer3_ns(gprs_timer3(54 * 60 * MM_S)), 3600 * MM_S);
	assert_int_equal(gprs_timer2_ns(gprs_timer2(720 * MM_S)), 720 * MM_S);
	assert_int_equal(gprs_timer2_ns(0xe0), -1);
	assert_int_equal(gprs_timer3(-1), 0xe0);
	for (int octet = 0; octet < 256; octet++) {
		int64_t ns = gprs_timer2_ns((uint8_t)octet);
		assert_true(gprs_timer2_ns(gprs_timer2(ns)) == ns);
		ns = gprs_timer3_ns((uint8_t)octet);
		assert_true(gprs_timer3_ns(gprs_timer3(ns)) == ns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_24_501_5_5_1_2_5_every_cause_leads_where_its_row_says),
		cmocka_unit_test(ts_24_501_5_5_1_2_7_a_retry_after_t3511_comes_neither_earlier_nor_later),
		cmocka_unit_test(
			ts_24_501_5_5_1_2_5_another_area_serves_who_is_refused_in_one_but_not_by_the_network),
		cmocka_unit_test(ts_24_501_5_5_1_2_5_congestion_with_t3346_waits_that_long),
		cmocka_unit_test(ts_24_501_5_5_1_2_5_congestion_in_clear_waits_fifteen_to_thirty_minutes),
		cmocka_unit_test(ts_24_501_5_3_20_a_forged_cause_3_does_not_kill_the_usim),
		cmocka_unit_test(ts_24_501_4_4_4_2_nothing_in_clear_counts_once_the_exchange_is_secure),
		cmocka_unit_test(ts_24_501_4_4_3_2_a_replayed_message_is_discarded),
		cmocka_unit_test(ts_24_501_7_4_an_unknown_type_is_status_97_and_a_status_is_not_answered),
		cmocka_unit_test(
			ts_24_501_7_5_1_a_missing_mandatory_field_is_status_96_and_a_stub_is_ignored),
		cmocka_unit_test(ts_24_501_7_4_a_message_that_does_not_fit_the_state_is_status_98),
		cmocka_unit_test(
			ts_24_501_5_4_2_5_replayed_capabilities_that_differ_are_rejected_with_cause_23),
		cmocka_unit_test(ts_24_501_5_4_2_5_a_command_with_a_wrong_mac_is_rejected_with_cause_24),
		cmocka_unit_test(ts_24_501_5_5_1_2_7_e_a_release_before_the_accept_is_a_failed_attempt),
		cmocka_unit_test(ts_24_501_5_3_1_3_without_a_release_t3540_ends_the_connection),
		cmocka_unit_test(a_time_is_coded_by_the_shortest_that_is_long_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
