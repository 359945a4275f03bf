/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a UE does with challenges that it cannot accept, and with those who make them. */
#include "tests/unit/models/nf/mm_fixture.h"

#include "models/msg/eap.h"

/* ---- TS 24.501 5.4.1.3.7 f: synch failure ---- */

static void ts_24_501_5_4_1_3_7_f_a_synch_failure_leads_to_one_resynchronisation_and_success(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core_card_is_ahead(core, mm_ue(core), 1000);
	mm_register(core);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_FAILURES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 2);
	assert_int_equal(mm_count(core, NF_COUNT_RESYNCHRONISATIONS), 1);
	assert_int_equal(core->attempts[0], 1);
	assert_false(mm_t3520_runs(core));
	core_free(core);
}

/* The card gets further ahead each time it has said where it stands. */
static bool ahead_again(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	if (up && msg->type == MSG_AUTHENTICATION_FAILURE)
		core_card_is_ahead(core, &core->ues->ue[ue], 100000 * ++core->met);
	return true;
}

static void ts_33_501_6_1_3_3_2_a_second_synch_failure_ends_in_authentication_reject(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core_card_is_ahead(core, mm_ue(core), 1000);
	core->air = ahead_again;
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_FAILURES), 2);
	assert_int_equal(mm_count(core, NF_COUNT_RESYNCHRONISATIONS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(core->given_up[0], 1);
	assert_int_equal(core->cause[0], MSG_CAUSE_ILLEGAL_UE);
	core_free(core);
}

/* ---- c: MAC failure ---- */

static bool flaw_first_challenge(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	if (!up && msg->type == MSG_AUTHENTICATION_REQUEST && core->met++ == 0)
		msg->nas[msg->nas_octets - 1] ^= 1; /* AUTN's MAC */
	return true;
}

static void ts_24_501_5_4_1_3_7_c_a_mac_failure_of_a_suci_ends_in_authentication_reject(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	core->air = flaw_first_challenge;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUTHENTICATION_FAILURE, 1);
	assert_true(mm_t3520_runs(core));
	assert_false(mm_guard_runs(core)); /* T3510 stopped */
	mm_wait(core, MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 0);
	assert_int_equal(core->given_up[0], 1);
	core_free(core);
}

static void ts_24_501_5_4_1_3_7_c_a_mac_failure_of_a_guti_leads_to_identification_and_success(
	void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state;
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	mm_register(core);
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	core->air = flaw_first_challenge;
	mm_register(core);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_FAILURES), 1);
	assert_int_equal(core->env.sent_nas[MSG_IDENTITY_REQUEST], 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 0);
	assert_int_equal(core->attempts[0], 1);
	core_free(core);
}

/* ---- d: a challenge that is none for 5G ---- */

static uint8_t failure_cause;

static void hear_failure(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct nas_message nas;
	struct msg_fault fault;

	(void)context;
	(void)msg;
	if (nas_decode(plain, n, &nas, &fault) && nas.type == NAS_AUTHENTICATION_FAILURE)
		failure_cause = nas.authentication_failure.cause;
}

static void hear_message(void *context, const struct msg *msg)
{
	(void)context;
	(void)msg;
}

static void ts_24_501_5_4_1_3_7_d_a_challenge_without_the_separation_bit_is_cause_26(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	const struct nf_tap tap = {NULL, hear_message, hear_failure};
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n;

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	n = mm_challenge(core, 0, 1, 5, 0x00, 0, plain);
	core->env.tap = &tap;
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, n);
	core->env.tap = NULL;
	assert_int_equal(failure_cause, MSG_CAUSE_NON_5G_UNACCEPTABLE);
	assert_int_equal(mm_ue(core)->at[UE_AUTHENTICATION], UE_AUTH_FAILED);
	core_free(core);
}

/* ---- e: ngKSI ---- */

static bool give_used_ngksi(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	if (!up && msg->type == MSG_AUTHENTICATION_REQUEST && core->met++ == 0)
		msg->nas[3] = core->ues->ue[ue].security.ngksi;
	return true;
}

static void ts_24_501_5_4_1_3_7_e_a_ngksi_in_use_is_replaced_and_the_challenge_accepted(
	void **state)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	(void)state;
	core->nf.ue.initial_identity = UE_IDENTITY_GUTI;
	core_start(core);
	mm_register(core);
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	core->air = give_used_ngksi;
	mm_register(core);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_FAILURES), 1);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_REQUEST], 3);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2); /* the same challenge again */
	core_free(core);
}

/* ---- T3520, three in a row, g ---- */

static void ts_24_501_5_4_1_3_7_g_the_expiry_of_t3520_bars_the_cell_and_then_it_is_tried_again(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n;

	(void)state;
	nf_down(&core->env, core->env.node.amf); /* nobody answers the failure */
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	n = mm_challenge(core, 0, 1, 5, 0x80, 1, plain);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, n);
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 14 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 1);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_LIMITED);
	assert_false(ue_is_connected(core->ues, 0));
	mm_wait(core, 298 * MM_S); /* TS 38.304 5.3.1 */
	assert_int_equal(core->registered[0], 0);
	mm_wait(core, 4 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_4_1_3_7_three_failures_in_a_row_prove_the_network_not_genuine(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	for (uint8_t i = 0; i < 3; i++) {
		assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 0);
		mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
		         mm_challenge(core, 0, (uint8_t)(i + 1), 5, 0x80, 1, plain));
	}
	assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 1);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_FAILURE], 2);
	assert_false(ue_is_connected(core->ues, 0));
	core_free(core);
}

static void ts_24_501_5_4_1_3_7_failures_are_not_consecutive_when_one_was_accepted_between(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	static const uint8_t flaw[] = {1, 1, 0, 1, 1};
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	for (uint8_t i = 0; i < sizeof flaw; i++)
		mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
		         mm_challenge(core, 0, (uint8_t)(i + 1), 5u + i, 0x80, flaw[i], plain));
	assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 0);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_FAILURE], 4);
	core_free(core);
}

static void ts_24_501_5_4_1_3_7_c_t3510_runs_again_when_a_challenge_is_accepted(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
	         mm_challenge(core, 0, 1, 5, 0x80, 1, plain));
	assert_false(mm_guard_runs(core));
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
	         mm_challenge(core, 0, 2, 5, 0x80, 0, plain));
	assert_true(mm_guard_runs(core));
	assert_false(mm_t3520_runs(core));
	core_free(core);
}

/* ---- T3516 ---- */

static void ts_24_501_5_4_1_3_2_a_repeated_challenge_is_answered_from_memory_while_t3516_runs(
	void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX], first[16];
	uint16_t n;

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	core->nf.ue.t3510_ns = 100 * MM_S;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	n = mm_challenge(core, 0, 1, 5, 0x80, 0, plain);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, n);
	memcpy(first, mm_ue(core)->run->res_star, sizeof first);
	mm_wait(core, 29 * MM_S);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, n);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_RESPONSE], 2);
	assert_memory_equal(first, mm_ue(core)->run->res_star, sizeof first);
	mm_wait(core, 2 * MM_S); /* T3516 is over: the USIM sees its SQN again */
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, n);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_RESPONSE], 2);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_FAILURE], 1);
	core_free(core);
}

/* ---- Authentication Reject ---- */

static void ts_24_501_5_4_1_3_5_a_reject_in_clear_without_a_challenge_is_discarded(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REJECT, plain, nas_authentication_reject(plain));
	assert_int_equal(mm_count(core, NF_COUNT_NAS_DISCARDED), 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_3_20_a_reject_in_clear_holds_for_t3247_and_no_longer(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);
	uint8_t plain[MSG_NAS_MAX];

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
	         mm_challenge(core, 0, 1, 1, 0x80, 0, plain));
	mm_to_ue(core, MSG_AUTHENTICATION_REJECT, plain, nas_authentication_reject(plain));
	nf_up(&core->env, core->env.node.amf);
	assert_int_equal(core->given_up[0], 1);
	assert_false(mm_ue(core)->usim_invalid);
	mm_wait(core, 29 * 60 * MM_S);
	assert_int_equal(core->registered[0], 0);
	mm_wait(core, 32 * 60 * MM_S);
	assert_int_equal(core->registered[0], 1);
	core_free(core);
}

static void ts_24_501_5_4_1_3_5_a_reject_with_integrity_makes_the_usim_invalid(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	amf_reject(mm_context(core), MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
	amf_settle(mm_context(core));
	mm_wait(core, MM_S);
	assert_true(mm_ue(core)->usim_invalid);
	assert_false(ue_is_registered(core->ues, 0));
	assert_int_equal(mm_ue(core)->tmsi, 0);
	assert_false(ue_register(core->ues, 0));
	mm_wait(core, 86400 * MM_S);
	assert_int_equal(core->registered[0], 1); /* never again … */
	ue_deregister(core->ues, 0);
	mm_register(core);                        /* … until it has been switched off */
	core_free(core);
}

/* ---- EAP-AKA' ---- */

static struct core *eap_core(void)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	core->nf.network.authentication = NET_EAP_AKA_PRIME;
	core_start(core);
	return core;
}

static void ts_33_501_6_1_3_1_eap_aka_prime_registers_with_eap_success_in_the_command(void **state)
{
	struct core *core = eap_core();

	(void)state;
	mm_register(core);
	assert_int_equal(core->attempts[0], 1);
	assert_int_equal(core->env.sent[MSG_AUSF_EAP], 1);
	assert_memory_equal(mm_ue(core)->security.kamf, mm_context(core)->security.kamf, 32);
	core_free(core);
}

static void rfc_9048_3_4_a_synch_failure_inside_eap_is_resynchronised_once(void **state)
{
	struct core *core = eap_core();

	(void)state;
	core_card_is_ahead(core, mm_ue(core), 1000);
	mm_register(core);
	assert_int_equal(core->env.sent[MSG_AUSF_EAP], 2);
	assert_int_equal(core->env.sent_nas[MSG_AUTHENTICATION_FAILURE], 0);
	core_free(core);
}

static bool ahead_again_eap(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	if (up && msg->type == MSG_AUTHENTICATION_RESPONSE)
		core_card_is_ahead(core, &core->ues->ue[ue], 100000 * ++core->met);
	return true;
}

static void a_second_synch_failure_inside_eap_ends_in_authentication_reject_with_eap_failure(
	void **state)
{
	struct core *core = eap_core();

	(void)state;
	core_card_is_ahead(core, mm_ue(core), 1000);
	core->air = ahead_again_eap;
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(core->given_up[0], 1);
	core_free(core);
}

static void ts_33_501_6_1_3_1_a_mac_failure_inside_eap_is_authentication_reject_on_both_sides(
	void **state)
{
	struct core *core = eap_core();

	(void)state;
	core_give_other_cards(core);
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->env.sent[MSG_AUSF_EAP], 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REJECTS), 1);
	assert_int_equal(core->given_up[0], 1);
	core_free(core);
}

/* What the UE answers to an EAP request of ours. */
struct heard {
	struct eap_packet packet;
	uint8_t octets[MSG_EAP_MAX];
	bool any;
};
static struct heard heard;

static void hear_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct nas_message nas;
	struct msg_fault fault;

	(void)context;
	if (msg->type != MSG_AUTHENTICATION_RESPONSE || !nas_decode(plain, n, &nas, &fault))
		return;
	memcpy(heard.octets, nas.authentication_response.eap.at, nas.authentication_response.eap.n);
	heard.any = eap_decode(heard.octets, nas.authentication_response.eap.n, &heard.packet, &fault);
}

static const struct eap_packet *answer_to(struct core *core, const struct eap_packet *request)
{
	const struct nf_tap tap = {NULL, hear_message, hear_nas};
	struct nas_authentication_request nas = {.ngksi = 0};
	uint8_t eap[MSG_EAP_MAX], plain[MSG_NAS_MAX];

	memset(&heard, 0, sizeof heard);
	nas.eap = (struct nas_octets){eap, eap_encode(request, eap)};
	core->env.tap = &tap;
	mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain, nas_authentication_request(&nas, plain));
	core->env.tap = NULL;
	assert_true(heard.any);
	return &heard.packet;
}

static void ts_33_501_f_2_a_request_for_the_permanent_identity_is_a_client_error(void **state)
{
	struct core *core = eap_core();
	const struct eap_packet request = {.code = EAP_REQUEST, .identifier = 9,
		.type = EAP_AKA_PRIME, .aka = {.subtype = EAP_AKA_IDENTITY, .permanent_id_req = true}};
	const struct eap_packet *answer;

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	answer = answer_to(core, &request);
	assert_int_equal(answer->identifier, 9);
	assert_int_equal(answer->aka.subtype, EAP_AKA_CLIENT_ERROR);
	core_free(core);
}

static void rfc_9048_3_1_another_networks_name_is_authentication_reject(void **state)
{
	static const uint8_t name[] = "5G:mnc001.mcc001.3gppnetwork.org";
	struct core *core = eap_core();
	struct eap_packet request = {.code = EAP_REQUEST, .identifier = 7, .type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_CHALLENGE, .has_rand = true, .has_autn = true,
			.has_mac = true, .n_kdf = 1, .kdf = {EAP_KDF_AKA_PRIME},
			.kdf_input = {name, sizeof name - 1}}};

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	assert_int_equal(answer_to(core, &request)->aka.subtype, EAP_AKA_AUTHENTICATION_REJECT);
	assert_true(mm_t3520_runs(core));
	core_free(core);
}

static void rfc_9048_3_2_another_key_derivation_function_first_is_asked_to_be_replaced(void **state)
{
	struct core *core = eap_core();
	struct eap_packet request = {.code = EAP_REQUEST, .identifier = 7, .type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_CHALLENGE, .has_rand = true, .has_autn = true,
			.has_mac = true, .n_kdf = 2, .kdf = {2, EAP_KDF_AKA_PRIME},
			.kdf_input = {(const uint8_t *)core->home.snn, 32}}};
	const struct eap_packet *answer;

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	answer = answer_to(core, &request);
	assert_int_equal(answer->aka.n_kdf, 1);
	assert_int_equal(answer->aka.kdf[0], EAP_KDF_AKA_PRIME);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_f_a_synch_failure_leads_to_one_resynchronisation_and_success),
		cmocka_unit_test(ts_33_501_6_1_3_3_2_a_second_synch_failure_ends_in_authentication_reject),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_c_a_mac_failure_of_a_suci_ends_in_authentication_reject),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_c_a_mac_failure_of_a_guti_leads_to_identification_and_success),
		cmocka_unit_test(ts_24_501_5_4_1_3_7_d_a_challenge_without_the_separation_bit_is_cause_26),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_e_a_ngksi_in_use_is_replaced_and_the_challenge_accepted),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_g_the_expiry_of_t3520_bars_the_cell_and_then_it_is_tried_again),
		cmocka_unit_test(ts_24_501_5_4_1_3_7_three_failures_in_a_row_prove_the_network_not_genuine),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_7_failures_are_not_consecutive_when_one_was_accepted_between),
		cmocka_unit_test(ts_24_501_5_4_1_3_7_c_t3510_runs_again_when_a_challenge_is_accepted),
		cmocka_unit_test(
			ts_24_501_5_4_1_3_2_a_repeated_challenge_is_answered_from_memory_while_t3516_runs),
		cmocka_unit_test(ts_24_501_5_4_1_3_5_a_reject_in_clear_without_a_challenge_is_discarded),
		cmocka_unit_test(ts_24_501_5_3_20_a_reject_in_clear_holds_for_t3247_and_no_longer),
		cmocka_unit_test(ts_24_501_5_4_1_3_5_a_reject_with_integrity_makes_the_usim_invalid),
		cmocka_unit_test(ts_33_501_6_1_3_1_eap_aka_prime_registers_with_eap_success_in_the_command),
		cmocka_unit_test(rfc_9048_3_4_a_synch_failure_inside_eap_is_resynchronised_once),
		cmocka_unit_test(
			a_second_synch_failure_inside_eap_ends_in_authentication_reject_with_eap_failure),
		cmocka_unit_test(
			ts_33_501_6_1_3_1_a_mac_failure_inside_eap_is_authentication_reject_on_both_sides),
		cmocka_unit_test(ts_33_501_f_2_a_request_for_the_permanent_identity_is_a_client_error),
		cmocka_unit_test(rfc_9048_3_1_another_networks_name_is_authentication_reject),
		cmocka_unit_test(
			rfc_9048_3_2_another_key_derivation_function_first_is_asked_to_be_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
