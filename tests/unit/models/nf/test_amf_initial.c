/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first message of a connection: what cannot be read or acted on, and whom it speaks for. */
#include "tests/unit/models/nf/mm_fixture.h"

static struct nf_tap tap;
static struct mm_said said;

static struct core *listening(struct core *core)
{
	mm_listen(core, &tap, &said);
	return core;
}

static void say(struct core *core, enum msg_type type, const uint8_t *octets, uint16_t n)
{
	mm_to_amf(core, type, SIM_HANDLE_NONE, octets, n);
	mm_wait(core, SIM_NS_PER_MS / 2);
}

/* A Registration Request in UE 0's name, in clear. */
static struct nas_registration_request request_of(const struct core *core, uint8_t type)
{
	return (struct nas_registration_request){.ngksi = NAS_NGKSI_NONE, .type = type,
		.identity = ue_guti(mm_ue((struct core *)core), mm_ue((struct core *)core)->tmsi),
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};
}

static void ask(struct core *core, const struct nas_registration_request *request)
{
	uint8_t plain[MSG_NAS_MAX];

	say(core, MSG_REGISTRATION_REQUEST, plain, nas_registration_request(request, plain));
}

static const struct nas_identity imei = {.kind = NAS_IDENTITY_IMEI, .digits = "356938035643809"};

/* ---- what cannot be read ---- */

static const uint8_t cut_registration[] = {0x7e, 0x00, 0x41, 0x79, 0x00, 0x0d, 0x01};
static const uint8_t cut_service[] = {0x7e, 0x00, 0x4c, 0x00, 0x00, 0x07, 0xf4};
static const uint8_t cut_deregistration[] = {0x7e, 0x00, 0x45, 0x01, 0x00, 0x0b, 0xf2};

static void
ts_24_501_5_5_1_2_8_b_an_unreadable_registration_request_is_registration_reject_96(void **state)
{
	struct core *core = listening(mm_started(&crypto_suite_cost));

	(void)state;
	say(core, MSG_REGISTRATION_REQUEST, cut_registration, sizeof cut_registration);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 1);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 96);
	core_free(core);
}

static void ts_24_501_5_6_1_8_b_an_unreadable_service_request_is_service_reject_96(void **state)
{
	struct core *core = listening(mm_started(&crypto_suite_cost));

	(void)state;
	say(core, MSG_SERVICE_REQUEST, cut_service, sizeof cut_service);
	assert_int_equal(said.n[NAS_SERVICE_REJECT], 1);
	assert_int_equal(said.last[NAS_SERVICE_REJECT].service_reject.cause, 96);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 0);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REJECTS), 1);
	assert_int_equal(mm_count(core, NF_COUNT_REG_REJECTS), 0);
	core_free(core);
}

static void ts_24_501_7_5_1_an_unreadable_deregistration_request_is_status_96(void **state)
{
	struct core *core = listening(mm_started(&crypto_suite_cost));

	(void)state;
	say(core, MSG_DEREGISTRATION_REQUEST, cut_deregistration, sizeof cut_deregistration);
	assert_int_equal(said.n[NAS_STATUS], 1);
	assert_int_equal(said.last[NAS_STATUS].status, 96);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 0);
	assert_int_equal(said.n[NAS_DEREGISTRATION_ACCEPT], 0);
	core_free(core);
}

static void ts_24_501_7_4_an_unknown_type_is_status_97_and_a_stub_is_ignored(void **state)
{
	static const uint8_t unknown[] = {0x7e, 0x00, 0x7d}, cut[] = {0x7e, 0x00};
	struct core *core = listening(mm_started(&crypto_suite_cost));

	(void)state;
	say(core, MSG_STATUS_5GMM, unknown, sizeof unknown);
	assert_int_equal(said.n[NAS_STATUS], 1);
	assert_int_equal(said.last[NAS_STATUS].status, 97);
	say(core, MSG_STATUS_5GMM, cut, sizeof cut);
	assert_int_equal(said.n[NAS_STATUS], 1);
	core_free(core);
}

static void ts_24_501_5_5_1_2_8_b_so_it_is_on_a_connection_that_is_there_already(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	struct amf_ue *u;

	(void)state;
	nf_down(&core->env, core->env.node.ausf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUSF_AUTHENTICATE, 1);
	u = amf_find(mm_amf(core), (struct sim_handle){0, 1});
	listening(core);
	mm_to_amf(core, MSG_REGISTRATION_REQUEST, sim_pool_handle(u), cut_registration,
	          sizeof cut_registration);
	mm_to_amf(core, MSG_SERVICE_REQUEST, sim_pool_handle(u), cut_service, sizeof cut_service);
	mm_wait(core, SIM_NS_PER_MS / 2);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 96);
	assert_int_equal(said.last[NAS_SERVICE_REJECT].service_reject.cause, 96);
	assert_int_equal(u->at[AMF_AUTHENTICATION], AMF_AUTH_VECTOR); /* and nothing else changes */
	core_free(core);
}

/* ---- security capability ---- */

static void
ts_24_501_8_2_6_4_an_initial_request_without_security_capability_is_reject_96(void **state)
{
	struct core *core = listening(mm_started(&crypto_suite_cost));
	struct nas_registration_request request = request_of(core, NAS_INITIAL);

	(void)state;
	request.identity = imei;
	request.security_capability = (struct nas_octets){NULL, 0};
	ask(core, &request);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 1);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 96);
	assert_int_equal(said.n[NAS_IDENTITY_REQUEST], 0);
	request.security_capability = (struct nas_octets){nas_ue_capability, 4};
	ask(core, &request);
	assert_int_equal(said.n[NAS_IDENTITY_REQUEST], 1); /* with one it is heard */
	core_free(core);
}

static void ts_24_501_8_2_6_4_a_periodic_update_need_not_tell_the_capability_again(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	struct nas_registration_request request = request_of(core, NAS_PERIODIC_UPDATE);

	(void)state; /* in clear, of a UE that is registered here: 4.4.4.3 has it authenticated */
	request.security_capability = (struct nas_octets){NULL, 0};
	listening(core);
	ask(core, &request);
	assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 1);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 0);
	core_free(core);
}

/* ---- registration types ---- */

static void ts_24_501_9_11_3_7_an_unused_registration_type_is_an_initial_registration(void **state)
{
	static const uint8_t unused[] = {0, 5, 6, 7};

	(void)state;
	for (size_t i = 0; i < sizeof unused; i++) {
		struct core *core = listening(mm_started(&crypto_suite_cost));
		struct nas_registration_request request = request_of(core, unused[i]);
		request.identity.kind = NAS_IDENTITY_NONE;
		ask(core, &request);
		assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 1);
		assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
		assert_int_equal(said.n[NAS_IDENTITY_REQUEST], 1);
		core_free(core);
	}
}

static void ts_24_501_5_5_1_2_6_an_emergency_registration_is_refused_with_cause_5(void **state)
{
	struct core *core = listening(mm_started(&crypto_suite_cost));
	struct nas_registration_request request = request_of(core, NAS_EMERGENCY);

	(void)state;
	request.identity = imei;
	ask(core, &request);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 5);
	assert_int_equal(said.n[NAS_IDENTITY_REQUEST], 0);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
	core_free(core);
}

/* ---- whom a 5G-GUTI names ---- */

static void ts_23_003_2_10_a_guti_of_another_amf_names_nobody_here(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct id_guti own = ue_guti(mm_ue(core), mm_ue(core)->tmsi).guti;
	struct id_guti other[4] = {own, own, own, own};

	(void)state;
	other[0].plmn.mnc++;
	other[1].amf_region++;
	other[2].amf_set++;
	other[3].amf_pointer++;
	listening(core);
	for (int i = 0; i < 4; i++) {
		struct nas_registration_request request = request_of(core, NAS_MOBILITY_UPDATE);
		request.identity.guti = other[i];
		ask(core, &request);
		assert_int_equal(said.n[NAS_REGISTRATION_REJECT], i + 1);
		assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 9);
		assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 0);
	}
	core_free(core);
}

static void
ts_23_003_2_10_even_a_verified_message_does_not_speak_for_another_amfs_guti(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	struct amf_ue *before;

	(void)state;
	mm_wait(core, 130 * MM_S);
	before = mm_context(core);
	mm_ue(core)->guami.amf_set++;
	mm_ue(core)->area[0] = 77;
	listening(core);
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 9);
	assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 1); /* by SUCI, and all is well again */
	assert_true(ue_is_registered(core->ues, 0));
	assert_ptr_not_equal(mm_context(core), before);
	core_free(core);
}

/* ---- 4.4.4.3: an update that cannot be verified ---- */

static void ts_24_501_4_4_4_3_an_update_that_fails_the_check_is_authenticated(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	mm_wait(core, 130 * MM_S);
	mm_context(core)->security.kamf[0] ^= 1; /* the two do not agree any more */
	mm_ue(core)->area[0] = 77;
	listening(core);
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(said.n[NAS_REGISTRATION_REJECT], 0);
	assert_int_equal(said.n[NAS_AUTHENTICATION_REQUEST], 1);
	assert_int_equal(
		said.last[NAS_SECURITY_MODE_COMMAND].security_mode_command.additional.value, 2);
	assert_int_equal(said.n[NAS_REGISTRATION_ACCEPT], 1);
	assert_true(ue_is_registered(core->ues, 0));
	assert_memory_equal(mm_context(core)->security.kamf, mm_ue(core)->security.kamf, 32);
	assert_int_equal(mm_ue(core)->area[0], 1);
	core_free(core);
}

static void ts_24_501_5_5_1_3_5_an_update_of_a_ue_that_was_deregistered_is_cause_10(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	mm_wait(core, 130 * MM_S);
	amf_finish(mm_context(core));
	amf_settle(amf_find(mm_amf(core), (struct sim_handle){0, 1}));
	mm_ue(core)->area[0] = 77;
	listening(core);
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(said.last[NAS_REGISTRATION_REJECT].registration_reject.cause, 10);
	assert_true(ue_is_registered(core->ues, 0));
	assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 2);
	core_free(core);
}

static void
ts_24_501_5_5_1_2_8_f_an_initial_request_of_a_registered_ue_replaces_its_context(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	uint8_t kamf[32];

	(void)state; /* the headset lost its battery: nobody deregistered */
	memcpy(kamf, mm_context(core)->security.kamf, sizeof kamf);
	mm_ue(core)->registered = false;
	ue_disconnect(mm_ue(core));
	mm_ue(core)->security.ngksi = NAS_NGKSI_NONE;
	mm_register(core);
	assert_memory_not_equal(kamf, mm_context(core)->security.kamf, sizeof kamf);
	assert_memory_equal(mm_ue(core)->security.kamf, mm_context(core)->security.kamf, 32);
	assert_null(amf_find(mm_amf(core), (struct sim_handle){0, 1})); /* the old one is deleted */
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			ts_24_501_5_5_1_2_8_b_an_unreadable_registration_request_is_registration_reject_96),
		cmocka_unit_test(ts_24_501_5_6_1_8_b_an_unreadable_service_request_is_service_reject_96),
		cmocka_unit_test(ts_24_501_7_5_1_an_unreadable_deregistration_request_is_status_96),
		cmocka_unit_test(ts_24_501_7_4_an_unknown_type_is_status_97_and_a_stub_is_ignored),
		cmocka_unit_test(ts_24_501_5_5_1_2_8_b_so_it_is_on_a_connection_that_is_there_already),
		cmocka_unit_test(
			ts_24_501_8_2_6_4_an_initial_request_without_security_capability_is_reject_96),
		cmocka_unit_test(ts_24_501_8_2_6_4_a_periodic_update_need_not_tell_the_capability_again),
		cmocka_unit_test(ts_24_501_9_11_3_7_an_unused_registration_type_is_an_initial_registration),
		cmocka_unit_test(ts_24_501_5_5_1_2_6_an_emergency_registration_is_refused_with_cause_5),
		cmocka_unit_test(ts_23_003_2_10_a_guti_of_another_amf_names_nobody_here),
		cmocka_unit_test(
			ts_23_003_2_10_even_a_verified_message_does_not_speak_for_another_amfs_guti),
		cmocka_unit_test(ts_24_501_4_4_4_3_an_update_that_fails_the_check_is_authenticated),
		cmocka_unit_test(ts_24_501_5_5_1_3_5_an_update_of_a_ue_that_was_deregistered_is_cause_10),
		cmocka_unit_test(
			ts_24_501_5_5_1_2_8_f_an_initial_request_of_a_registered_ue_replaces_its_context),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
