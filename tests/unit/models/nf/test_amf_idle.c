/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registered life: release, service, paging, configuration update, moving about, deregistration by
 * both. */
#include "tests/unit/models/nf/mm_fixture.h"

#include "models/radio/occasion.h"

/* Registered and idle, two minutes after the last word. */
static struct core *idle(const struct crypto_suite *suite)
{
	struct core *core = mm_registered(suite);

	mm_wait(core, 130 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	assert_true(ue_is_registered(core->ues, 0));
	return core;
}

static void page(struct core *core)
{
	amf_reach(mm_context(core), AMF_THEN_DELIVER);
}

/* ---- release ---- */

static void ts_38_413_8_3_2_an_inactive_connection_is_released_and_the_context_stays(void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	mm_wait(core, 115 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	mm_wait(core, 10 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	assert_false(mm_context(core)->connected);
	assert_int_equal(mm_count(core, NF_COUNT_RELEASES), 1);
	assert_int_equal(core->env.sent[MSG_CONTEXT_RELEASE_REQUEST], 1);
	assert_int_equal(core->env.sent[MSG_CONTEXT_RELEASE_COMMAND], 1);
	assert_int_equal(core->env.sent[MSG_CONTEXT_RELEASE_COMPLETE], 1);
	assert_int_equal(mm_count(core, NF_COUNT_STALE), 0);
	core_free(core);
}

static void an_amf_that_was_down_is_asked_for_the_release_again(void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	mm_wait(core, 150 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	nf_up(&core->env, core->env.node.amf); /* it knows nobody: TS 38.413 8.7.5 */
	mm_wait(core, 120 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

static void who_leaves_the_cell_loses_the_connection(void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state; /* there is no handover */
	ue_place(core->ues, 0, 0, 1);
	assert_false(ue_is_connected(core->ues, 0));
	assert_true(ue_is_registered(core->ues, 0));
	core_free(core);
}

static void a_connection_that_is_used_stays(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);

	(void)state;
	core->radio_config.inactivity_ns = -1;
	core_start(core);
	mm_register(core);
	mm_wait(core, 86400 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0); /* T3512 runs in idle mode */
	core_free(core);
}

/* ---- service ---- */

static struct msg *keep_alive(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);

	return nf_message_for(&core->env, MSG_KEEP_ALIVE, 0, ue_next_procedure(core->ues, 0), &span);
}

static void ts_24_501_5_6_1_an_idle_ue_that_has_data_asks_for_service_and_the_data_goes(
	void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state;
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	assert_int_equal(core->env.sent[MSG_KEEP_ALIVE], 0);
	mm_wait(core, MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REQUESTS), 1);
	assert_int_equal(core->env.sent[MSG_KEEP_ALIVE], 1);
	assert_true(ue_is_connected(core->ues, 0));
	assert_int_equal(mm_count(core, NF_COUNT_CONFIGURATION_UPDATES), 0); /* the UE's own wish */
	core_free(core);
}

static void page_for_data(void *context, uint32_t ue)
{
	struct core *core = context;

	(void)ue;
	core->met++;
	amf_reach(mm_context(core), AMF_THEN_DELIVER);
}

static uint32_t heard;

static void hear(void *context, uint32_t ue, const struct msg *msg)
{
	(void)context;
	(void)ue;
	heard += msg->type == MSG_KEEP_ALIVE_RSP;
}

/* From a node beyond the gNB, to the connection that the UE had when it asked. */
static void answer_ue(struct core *core, struct sim_handle ran)
{
	struct msg *msg = keep_alive(core);

	msg->type = MSG_KEEP_ALIVE_RSP;
	msg->ran = ran;
	nf_send(&core->env, core->env.node.amf, core->env.node.gnb0, msg);
}

static struct core *listening(void)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	const struct ue_user user = {.context = core, .registered = core_told,
		.deregistered = core_left, .message = hear};

	heard = 0;
	core->data_waits = page_for_data;
	core_start(core);
	ue_set_user(core->ues, 0, &user);
	mm_register(core);
	return core;
}

static void ts_23_502_4_2_3_3_data_for_an_idle_ue_waits_until_it_has_been_paged(void **state)
{
	struct core *core = listening();
	const struct sim_handle ran = radio_connection(core->radio, 0);

	(void)state;
	answer_ue(core, ran);
	mm_wait(core, MM_S);
	assert_int_equal(heard, 1);
	mm_wait(core, 130 * MM_S);
	answer_ue(core, ran);
	answer_ue(core, ran);
	mm_wait(core, 3 * MM_S);
	assert_int_equal(core->met, 2);
	assert_int_equal(mm_count(core, NF_COUNT_PAGINGS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REQUESTS), 1);
	assert_int_equal(heard, 3);
	answer_ue(core, ran); /* by the UE, not by its connection */
	mm_wait(core, MM_S);
	assert_int_equal(heard, 4);
	core_free(core);
}

static void data_of_an_earlier_registration_does_not_reach_a_later_one(void **state)
{
	struct core *core = listening();
	const struct sim_handle ran = radio_connection(core->radio, 0);

	(void)state;
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	mm_register(core);
	answer_ue(core, ran);
	mm_wait(core, MM_S);
	assert_int_equal(heard, 0);
	assert_int_equal(mm_count(core, NF_COUNT_STALE), 1);
	core_free(core);
}

static void ts_33_501_6_12_3_the_policy_may_change_the_guti_with_every_service(void **state)
{
	struct core *core = idle(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state;
	core->nf.amf.guti_reallocation = AMF_REALLOCATE_SERVICE;
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	mm_wait(core, MM_S);
	assert_int_not_equal(mm_ue(core)->tmsi, before);
	core_free(core);
}

static void ts_24_501_5_6_1_7_after_five_failures_no_request_before_t3525(void **state)
{
	struct core *core = idle(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	mm_wait(core, 80 * MM_S); /* five times T3517 */
	assert_int_equal(core->env.sent_nas[MSG_SERVICE_REQUEST], 5);
	assert_int_equal(mm_ue(core)->at[UE_SERVICE], UE_SRV_BLOCKED);
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	mm_wait(core, 30 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SERVICE_REQUEST], 5);
	mm_wait(core, 30 * MM_S);
	assert_int_equal(mm_ue(core)->at[UE_SERVICE], UE_SRV_NONE);
	core_free(core);
}

static void ts_24_501_5_6_1_5_cause_9_makes_the_ue_register_again(void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state;
	nf_down(&core->env, core->env.node.amf); /* restarted: it knows nobody */
	nf_up(&core->env, core->env.node.amf);
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REJECTS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	assert_true(ue_is_registered(core->ues, 0));
	core_free(core);
}

/* ---- paging ---- */

static void ts_24_501_5_6_2_a_paged_ue_answers_and_gets_a_new_guti_by_configuration_update(
	void **state)
{
	struct core *core = idle(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state; /* TS 33.501 6.12.3: shall */
	page(core);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REQUESTS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_CONFIGURATION_UPDATES), 1);
	assert_int_equal(core->env.sent_nas[MSG_CONFIGURATION_UPDATE_COMPLETE], 1);
	assert_int_not_equal(mm_ue(core)->tmsi, before);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), before), 0);
	assert_int_equal(mm_count(core, NF_COUNT_PAGING_FAILURES), 0);
	core_free(core);
}

static void ts_24_501_5_6_2_2_1_a_paging_that_nobody_answers_is_repeated_and_given_up(void **state)
{
	struct core *core = idle(&crypto_suite_cost);

	(void)state;
	mm_ue(core)->registered = false; /* switched off without a word */
	page(core);
	mm_wait(core, 10 * MM_S);
	assert_int_equal(core->env.sent[MSG_PAGING], 3);
	assert_int_equal(mm_count(core, NF_COUNT_PAGING_FAILURES), 1);
	assert_int_equal(mm_context(core)->at[AMF_PAGING], AMF_PAGE_NONE);
	core_free(core);
}

static bool lose_configuration(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return !up || msg->type != MSG_CONFIGURATION_UPDATE_COMPLETE;
}

static void ts_24_501_5_4_4_6_without_a_complete_t3555_repeats_and_both_gutis_hold(void **state)
{
	struct core *core = idle(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state;
	core->air = lose_configuration;
	page(core);
	mm_wait(core, 35 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_CONFIGURATION_UPDATE_COMPLETE], 5);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), before), HOME_MSIN_FIRST);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), mm_ue(core)->tmsi), HOME_MSIN_FIRST);
	assert_int_equal(mm_context(core)->at[AMF_CONFIGURATION], AMF_CONF_NONE);
	core->air = NULL;
	mm_wait(core, 130 * MM_S);
	page(core); /* by the new one; its use tells which of the two it is */
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REQUESTS), 2);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), before), 0);
	core_free(core);
}

/* When the UE hears a paging that leaves the AMF now. */
static int64_t heard_after_ns(enum amf_occasion occasion)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);
	int64_t from_ns;

	core->nf.amf.paging_occasion = (uint8_t)occasion;
	core_start(core);
	mm_register(core);
	mm_wait(core, 130 * MM_S);
	from_ns = core->env.sim->now_ns;
	page(core);
	while (mm_ue(core)->at[UE_SERVICE] == UE_SRV_NONE)
		mm_wait(core, SIM_NS_PER_MS);
	from_ns = core->env.sim->now_ns - from_ns;
	core_free(core);
	return from_ns;
}

static void ts_38_304_7_1_the_occasion_is_the_s_tmsis_in_nr_and_the_imsis_in_lte(void **state)
{
	(void)state;
	assert_int_not_equal(heard_after_ns(AMF_OCCASION_NR) / 10000000,
	                     heard_after_ns(AMF_OCCASION_LTE_IMSI) / 10000000);
}

static void ts_38_304_7_1_occasions_follow_the_two_formulas(void **state)
{
	const struct occasion_rule one_t = {128, 128, 1}, quarter = {128, 32, 2};
	const int64_t frame = 10 * SIM_NS_PER_MS;

	(void)state;
	/* N = T: SFN mod 128 = UE_ID mod 128 */
	assert_int_equal(occasion_next_ns(&one_t, 130, 0), 2 * frame);
	assert_int_equal(occasion_next_ns(&one_t, 2, 2 * frame + 1), 130 * frame);
	/* N = T/4: SFN mod 128 = 4 (UE_ID mod 32); i_s = floor(UE_ID / 32) mod 2 */
	assert_int_equal(occasion_next_ns(&quarter, 3, 0), 12 * frame);
	assert_int_equal(occasion_next_ns(&quarter, 35, 0), 12 * frame + frame / 2);
	for (uint16_t index = 0; index < OCCASION_INDEXES; index++) {
		int64_t at = occasion_next_ns(&quarter, index, 7 * frame);
		assert_true(at >= 7 * frame && at < (7 + 128) * frame);
		assert_int_equal(occasion_next_ns(&quarter, index, at), at);
	}
}

/* ---- moving about ---- */

static void ts_24_501_5_5_1_3_an_idle_ue_in_a_new_tracking_area_updates_and_gets_a_new_guti(
	void **state)
{
	struct core *core = idle(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state;
	mm_ue(core)->area[0] = 77; /* it was registered elsewhere */
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 1); /* known and verified */
	assert_int_not_equal(mm_ue(core)->tmsi, before);
	assert_int_equal(mm_ue(core)->area[0], 1);
	assert_false(ue_is_connected(core->ues, 0));
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void the_policy_may_authenticate_every_registration(void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state; /* TS 33.501 6.1.2 */
	core->nf.amf.authentication = AMF_AUTHENTICATE_REGISTRATION;
	mm_ue(core)->area[0] = 77;
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 2);
	assert_memory_equal(mm_context(core)->security.kamf, mm_ue(core)->security.kamf, 32);
	assert_int_equal(mm_ue(core)->area[0], 1);
	core_free(core);
}

/* ---- deregistration ---- */

static void an_idle_ue_connects_to_deregister(void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state; /* TS 24.501 5.5.2.2.2 */
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	assert_int_equal(core->left[0], 1);
	assert_int_equal(mm_count(core, NF_COUNT_DEREGISTRATIONS), 1);
	assert_null(mm_context(core));
	assert_int_equal(core->env.sent[MSG_UDM_UECM_DEREGISTER_RSP], 1); /* TS 23.502 4.5.3 */
	assert_int_equal(core->env.sent[MSG_UDM_UNSUBSCRIBE_RSP], 1);
	assert_int_equal(core->env.sent[MSG_PCF_POLICY_DELETE_RSP], 1);
	assert_int_equal(mm_count(core, NF_COUNT_UNEXPECTED) + mm_count(core, NF_COUNT_STALE), 0);
	core_free(core);
}

static void ts_24_501_5_5_2_2_6_a_request_without_an_answer_is_sent_five_times(void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_deregister(core->ues, 0);
	mm_wait(core, 74 * MM_S);
	assert_int_equal(core->left[0], 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->left[0], 1);
	assert_int_equal(core->env.sent_nas[MSG_DEREGISTRATION_REQUEST], 5);
	core_free(core);
}

static void ts_24_501_5_5_2_3_the_network_deregisters_and_the_ue_comes_back_when_it_must(
	void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state;
	mm_context(core)->reregister = true;
	amf_reach(mm_context(core), AMF_THEN_DEREGISTER);
	mm_wait(core, 4 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_NETWORK_DEREGISTRATIONS), 1);
	assert_int_equal(core->env.sent_nas[MSG_NETWORK_DEREGISTRATION_ACCEPT], 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	assert_true(ue_is_registered(core->ues, 0));
	assert_int_equal(core->left[0], 0);
	core_free(core);
}

static void withdraw(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct msg *notify = nf_message_for(&core->env, MSG_UDM_DEREGISTER_NOTIFY, 0, 1u << 30, &span);

	notify->subscription.msin = HOME_MSIN_FIRST;
	notify->subscription.reason = MSG_REASON_SUBSCRIPTION_WITHDRAWN;
	nf_send(&core->env, core->env.node.udm, core->env.node.amf, notify);
}

static void ts_24_501_5_5_2_3_2_a_withdrawn_subscription_ends_in_an_invalid_usim(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	withdraw(core);
	mm_wait(core, 2 * MM_S);
	assert_null(mm_context(core));
	assert_int_equal(core->left[0], 1);
	assert_true(mm_ue(core)->usim_invalid);
	core_free(core);
}

static void ts_24_501_5_5_2_3_5_two_deregistrations_that_cross_end_in_one(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	ue_deregister(core->ues, 0);
	mm_context(core)->reregister = true;
	amf_reach(mm_context(core), AMF_THEN_DEREGISTER);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->left[0], 1);
	assert_null(mm_context(core));
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 1); /* it wants to leave */
	core_free(core);
}

static bool lose_all(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	(void)msg;
	(void)up;
	return false;
}

static void ts_24_501_5_5_2_3_5_without_an_accept_t3522_runs_out_five_times(void **state)
{
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	core->air = lose_all;
	amf_reach(mm_context(core), AMF_THEN_DEREGISTER);
	mm_wait(core, 29 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 4);
	assert_non_null(mm_context(core));
	mm_wait(core, 2 * MM_S);
	assert_null(mm_context(core));
	core_free(core);
}

static void ts_24_501_5_3_7_who_is_not_heard_of_is_not_paged_and_then_deregistered(void **state)
{
	struct core *core = idle(&crypto_suite_cost);

	(void)state;
	sim_alarm_stop(core->env.sim, &mm_ue(core)->t3512); /* out of coverage */
	mm_wait(core, 3600 * MM_S + 240 * MM_S);
	assert_true(mm_context(core)->missing);
	page(core);
	assert_int_equal(core->env.sent[MSG_PAGING], 0);
	assert_int_equal(mm_count(core, NF_COUNT_PAGING_FAILURES), 1);
	mm_wait(core, 3600 * MM_S + 240 * MM_S);
	assert_null(mm_context(core));
	assert_int_equal(mm_count(core, NF_COUNT_IMPLICIT_DEREGISTRATIONS), 1);
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
	mm_wait(core, 3 * MM_S); /* Service Reject, cause 9: back again */
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_38_413_8_3_2_an_inactive_connection_is_released_and_the_context_stays),
		cmocka_unit_test(a_connection_that_is_used_stays),
		cmocka_unit_test(an_amf_that_was_down_is_asked_for_the_release_again),
		cmocka_unit_test(who_leaves_the_cell_loses_the_connection),
		cmocka_unit_test(
			ts_24_501_5_6_1_an_idle_ue_that_has_data_asks_for_service_and_the_data_goes),
		cmocka_unit_test(ts_23_502_4_2_3_3_data_for_an_idle_ue_waits_until_it_has_been_paged),
		cmocka_unit_test(data_of_an_earlier_registration_does_not_reach_a_later_one),
		cmocka_unit_test(ts_33_501_6_12_3_the_policy_may_change_the_guti_with_every_service),
		cmocka_unit_test(ts_24_501_5_6_1_7_after_five_failures_no_request_before_t3525),
		cmocka_unit_test(ts_24_501_5_6_1_5_cause_9_makes_the_ue_register_again),
		cmocka_unit_test(
			ts_24_501_5_6_2_a_paged_ue_answers_and_gets_a_new_guti_by_configuration_update),
		cmocka_unit_test(ts_24_501_5_6_2_2_1_a_paging_that_nobody_answers_is_repeated_and_given_up),
		cmocka_unit_test(ts_24_501_5_4_4_6_without_a_complete_t3555_repeats_and_both_gutis_hold),
		cmocka_unit_test(ts_38_304_7_1_the_occasion_is_the_s_tmsis_in_nr_and_the_imsis_in_lte),
		cmocka_unit_test(ts_38_304_7_1_occasions_follow_the_two_formulas),
		cmocka_unit_test(
			ts_24_501_5_5_1_3_an_idle_ue_in_a_new_tracking_area_updates_and_gets_a_new_guti),
		cmocka_unit_test(the_policy_may_authenticate_every_registration),
		cmocka_unit_test(an_idle_ue_connects_to_deregister),
		cmocka_unit_test(ts_24_501_5_5_2_2_6_a_request_without_an_answer_is_sent_five_times),
		cmocka_unit_test(
			ts_24_501_5_5_2_3_the_network_deregisters_and_the_ue_comes_back_when_it_must),
		cmocka_unit_test(ts_24_501_5_5_2_3_2_a_withdrawn_subscription_ends_in_an_invalid_usim),
		cmocka_unit_test(ts_24_501_5_5_2_3_5_two_deregistrations_that_cross_end_in_one),
		cmocka_unit_test(ts_24_501_5_5_2_3_5_without_an_accept_t3522_runs_out_five_times),
		cmocka_unit_test(ts_24_501_5_3_7_who_is_not_heard_of_is_not_paged_and_then_deregistered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
