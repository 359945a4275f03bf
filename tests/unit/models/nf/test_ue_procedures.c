/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of docs/PROCEDURES.md at the UE: timers that run out, identities, refusals of updates and
 * services, procedures that overlap. */
#include "tests/unit/models/nf/mm_fixture.h"

#include "models/nf/gprs_timer.h"

static struct nf_tap tap;
static struct mm_said said;

static struct core *idle(const struct crypto_suite *suite)
{
	struct core *core = mm_registered(suite);

	mm_wait(core, 130 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	return core;
}

static struct msg *keep_alive(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);

	return nf_message_for(&core->env, MSG_KEEP_ALIVE, 0, ue_next_procedure(core->ues, 0), &span);
}

static void send_data(struct core *core)
{
	ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0}, keep_alive(core));
}

/* As the AMF would say it, under its keys. */
static void say_protected(struct core *core, const struct nas_message *nas)
{
	uint8_t plain[MSG_NAS_MAX], octets[MSG_NAS_MAX];
	const uint16_t n = security_protect(&core->env, 0, &mm_context(core)->security,
	                                    CRYPTO_DOWNLINK, NAS_CIPHERED, plain,
	                                    nas_encode(nas, plain), octets);

	mm_to_ue(core, MSG_STATUS_5GMM, octets, n);
}

static bool lose_service_requests(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return !up || msg->type != MSG_SERVICE_REQUEST;
}

/* The UE waits for the answer to a Service Request that is still on its way. */
static struct core *asking_for_service(void)
{
	struct core *core = idle(&crypto_suite_cost);

	core->air = lose_service_requests;
	send_data(core);
	while (mm_ue(core)->at[UE_SERVICE] != UE_SRV_REQUESTED)
		mm_wait(core, SIM_NS_PER_MS);
	return core;
}

/* ---- timers of a registration ---- */

static void ts_24_501_5_5_1_2_7_c_t3510_ends_the_attempt_and_its_connection(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_wait(core, 14 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	mm_wait(core, 2 * MM_S);
	assert_false(ue_is_connected(core->ues, 0));
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_WAITING);
	assert_int_equal(mm_ue(core)->attempt, 1);
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 10 * MM_S); /* T3511 */
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(core->attempts[0], 2);
	core_free(core);
}

static void
ts_24_501_5_5_1_2_4_the_networks_t3502_counts_and_a_deactivated_one_is_the_default(void **state)
{
	static const struct {
		struct nas_octet octet;
		int64_t expected_ns;
	} row[] = {
		{{true, 0x21}, 60 * SIM_NS_PER_S}, /* one minute */
		{{true, 0xe0}, 720 * SIM_NS_PER_S},
		{{false, 0}, 720 * SIM_NS_PER_S},
	};
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		say_protected(core, &(struct nas_message){.type = NAS_REGISTRATION_ACCEPT,
			.registration_accept = {.result = NAS_3GPP_ACCESS, .t3502 = row[i].octet}});
		assert_true(ue_t3502_ns(mm_ue(core)) == row[i].expected_ns);
	}
	core_free(core);
}

static void
ts_24_501_5_5_1_3_7_an_update_that_fails_five_times_waits_for_t3502_and_keeps_the_guti(void **state)
{
	struct core *core = idle(&crypto_suite_cost);
	uint32_t tmsi = mm_ue(core)->tmsi;

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	mm_ue(core)->area[0] = 77;
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 5 * 15 * MM_S + 4 * 10 * MM_S + MM_S);
	assert_int_equal(core->env.sent_nas[MSG_REGISTRATION_REQUEST], 1 + 5);
	assert_int_equal(mm_ue(core)->tmsi, tmsi);
	assert_true(ue_is_registered(core->ues, 0));
	mm_wait(core, 700 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_REGISTRATION_REQUEST], 1 + 5);
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 30 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_REGISTRATION_REQUEST], 1 + 6 + 1); /* cause 9, again */
	core_free(core);
}

/* ---- 5.5.1.3.5: refused updates ---- */

static void refuse_update(struct core *core, uint8_t cause)
{
	const struct nas_message reject = {.type = NAS_REGISTRATION_REJECT,
		.registration_reject = {.cause = cause}};

	mm_ue(core)->area[0] = 77;
	core->nf.amf.authentication = AMF_AUTHENTICATE_REGISTRATION;
	ue_place(core->ues, 0, 0, 1);
	while (core->env.sent_nas[MSG_AUTHENTICATION_REQUEST] == 1)
		mm_wait(core, SIM_NS_PER_MS / 10);
	say_protected(core, &reject);
	amf_release(mm_context(core));
	mm_wait(core, MM_S);
	core->nf.amf.authentication = AMF_AUTHENTICATE_INITIAL;
}

static void ts_24_501_5_5_1_3_5_causes_13_15_and_31_leave_an_updating_ue_registered(void **state)
{
	static const uint8_t cause[] = {13, 15, 31};

	(void)state;
	for (size_t i = 0; i < sizeof cause; i++) {
		struct core *core = idle(&crypto_suite_real);
		refuse_update(core, cause[i]);
		assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_LIMITED);
		assert_true(ue_is_registered(core->ues, 0));
		assert_int_not_equal(mm_ue(core)->tmsi, 0);
		mm_ue(core)->forbidden = 77;  /* it was another area that refused it */
		ue_place(core->ues, 0, 0, 2); /* another place is tried by an update */
		mm_wait(core, 2 * MM_S);
		assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 2);
		assert_int_equal(mm_count(core, NF_COUNT_REG_REQUESTS), 1);
		assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_NONE);
		core_free(core);
	}
}

static void ts_24_501_5_5_1_3_5_causes_11_12_27_and_73_deregister_an_updating_ue(void **state)
{
	static const uint8_t cause[] = {11, 12, 27, 73};

	(void)state;
	for (size_t i = 0; i < sizeof cause; i++) {
		struct core *core = idle(&crypto_suite_real);
		refuse_update(core, cause[i]);
		assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_LIMITED);
		assert_false(ue_is_registered(core->ues, 0));
		assert_int_equal(mm_ue(core)->tmsi, 0);
		core_free(core);
	}
}

/* ---- 5.6.1.5: refused services ---- */

static void ts_24_501_5_6_1_5_every_cause_of_a_service_reject_leads_where_its_row_says(void **state)
{
	static const struct {
		uint8_t cause, state;
		bool registered, usim_invalid;
	} row[] = {
		{3, UE_REG_LIMITED, false, true},  {6, UE_REG_LIMITED, false, true},
		{7, UE_REG_LIMITED, false, true},  {11, UE_REG_LIMITED, false, false},
		{12, UE_REG_LIMITED, false, false}, {13, UE_REG_LIMITED, true, false},
		{15, UE_REG_LIMITED, true, false}, {27, UE_REG_LIMITED, false, false},
		{31, UE_REG_LIMITED, true, false}, {73, UE_REG_LIMITED, false, false},
		{22, UE_REG_NONE, true, false}, /* without T3346: abnormal, 5.6.1.7 */
		{28, UE_REG_NONE, true, false},    {96, UE_REG_NONE, true, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct core *core = asking_for_service();
		struct ue *ue = mm_ue(core);
		say_protected(core, &(struct nas_message){.type = NAS_SERVICE_REJECT,
			.service_reject = {.cause = row[i].cause}});
		assert_int_equal(ue->at[UE_SERVICE], UE_SRV_NONE);
		assert_int_equal(ue->at[UE_REGISTRATION], row[i].state);
		assert_int_equal(ue->registered, row[i].registered);
		assert_int_equal(ue->usim_invalid, row[i].usim_invalid);
		assert_int_equal(ue->n_pending, 0);
		core_free(core);
	}
}

static void
ts_24_501_5_6_1_5_congestion_with_t3346_blocks_services_but_no_answer_to_a_paging(void **state)
{
	struct core *core = asking_for_service();

	(void)state;
	say_protected(core, &(struct nas_message){.type = NAS_SERVICE_REJECT,
		.service_reject = {.cause = 22, .t3346 = {true, gprs_timer2(120 * MM_S)}}});
	mm_wait(core, 11 * MM_S); /* T3540 */
	assert_int_equal(mm_ue(core)->at[UE_SERVICE], UE_SRV_BLOCKED);
	send_data(core);
	mm_wait(core, 10 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SERVICE_REQUEST], 1);
	core->air = NULL;
	ue_feed(mm_ue(core), UE_SERVICE, UE_SRV_E_PAGED, NULL); /* 5.3.9 */
	mm_wait(core, MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SERVICE_REQUEST], 2);
	core_free(core);
}

/* ---- 5.4.3: identities ---- */

static void ask_identity(struct core *core, uint8_t kind, bool protected)
{
	const struct nas_message request = {.type = NAS_IDENTITY_REQUEST,
		.identity_request = {.kind = kind}};
	uint8_t plain[MSG_NAS_MAX];

	memset(&said, 0, sizeof said);
	if (protected)
		say_protected(core, &request);
	else
		mm_to_ue(core, MSG_IDENTITY_REQUEST, plain, nas_encode(&request, plain));
}

static void ts_24_501_5_4_3_3_a_protected_request_gets_the_identity_of_its_kind(void **state)
{
	static const uint8_t kind[] = {NAS_IDENTITY_SUCI, NAS_IDENTITY_GUTI, NAS_IDENTITY_IMEI,
	                               NAS_IDENTITY_S_TMSI, NAS_IDENTITY_IMEISV};
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_identity *told = &said.last[NAS_IDENTITY_RESPONSE].identity_response;

	(void)state;
	mm_listen(core, &tap, &said);
	for (size_t i = 0; i < sizeof kind; i++) {
		ask_identity(core, kind[i], true);
		assert_int_equal(said.n[NAS_IDENTITY_RESPONSE], 1);
		assert_int_equal(told->kind, kind[i]);
		if (kind[i] == NAS_IDENTITY_GUTI || kind[i] == NAS_IDENTITY_S_TMSI)
			assert_int_equal(told->guti.tmsi, mm_ue(core)->tmsi);
		if (kind[i] == NAS_IDENTITY_IMEI)
			assert_string_equal(told->digits, "437081612581610"); /* spare digit 0 */
		if (kind[i] == NAS_IDENTITY_IMEISV)
			assert_string_equal(told->digits, ue_imeisv);
	}
	ask_identity(core, NAS_IDENTITY_EUI64, true); /* a UE with an IMEI has none */
	assert_int_equal(told->kind, NAS_IDENTITY_NONE);
	core_free(core);
}

static void ts_24_501_4_4_4_2_in_clear_nothing_but_the_suci_is_told(void **state)
{
	struct core *core = mm_started(&crypto_suite_real);

	(void)state;
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_listen(core, &tap, &said);
	for (uint8_t kind = NAS_IDENTITY_GUTI; kind <= NAS_IDENTITY_EUI64; kind++) {
		ask_identity(core, kind, false);
		assert_int_equal(said.n[NAS_IDENTITY_RESPONSE], 0);
	}
	ask_identity(core, NAS_IDENTITY_SUCI, false);
	assert_int_equal(said.n[NAS_IDENTITY_RESPONSE], 1);
	core_free(core);
}

/* ---- procedures that overlap ---- */

static void flawed_challenges(struct core *core)
{
	uint8_t plain[MSG_NAS_MAX];

	for (uint8_t i = 0; i < 3; i++)
		mm_to_ue(core, MSG_AUTHENTICATION_REQUEST, plain,
		         mm_challenge(core, 3, (uint8_t)(i + 1), 5, 0x80, 1, plain));
}

static void ts_24_501_5_4_1_3_7_g_a_service_request_does_not_go_on_in_the_barred_cell(void **state)
{
	struct core *core = asking_for_service();

	(void)state;
	flawed_challenges(core);
	assert_int_equal(mm_count(core, NF_COUNT_NOT_GENUINE), 1);
	mm_wait(core, 290 * MM_S);
	assert_int_equal(core->env.sent_nas[MSG_SERVICE_REQUEST], 1);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_LIMITED);
	assert_true(ue_is_registered(core->ues, 0));
	mm_wait(core, 20 * MM_S);
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_NONE);
	core_free(core);
}

static void
ts_24_501_5_3_7_a_periodic_update_that_came_due_in_a_barred_cell_is_made_up_for(void **state)
{
	struct core *core = asking_for_service();

	(void)state;
	mm_ue(core)->has_t3512 = true;
	mm_ue(core)->t3512_value = gprs_timer3(90 * MM_S); /* it runs out in the barred cell */
	flawed_challenges(core);
	mm_wait(core, 290 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
	mm_wait(core, 15 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_IMPLICIT_DEREGISTRATIONS), 0);
	core_free(core);
}

static void
ts_24_501_5_4_4_6_a_deregistration_during_a_configuration_update_goes_on_alone(void **state)
{
	struct core *core = idle(&crypto_suite_real);

	(void)state;
	amf_reach(mm_context(core), AMF_THEN_DELIVER);
	while (mm_count(core, NF_COUNT_CONFIGURATION_UPDATES) == 0)
		mm_wait(core, SIM_NS_PER_MS / 10);
	ue_deregister(core->ues, 0);
	mm_wait(core, 10 * MM_S);
	assert_int_equal(core->left[0], 1);
	assert_null(mm_context(core));
	assert_int_equal(mm_count(core, NF_COUNT_RETRANSMISSIONS), 0);
	core_free(core);
}

static bool lose_commands(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	return up || msg->type != MSG_CONFIGURATION_UPDATE;
}

static void
ts_24_501_5_6_1_8_a_service_request_during_a_configuration_update_is_accepted(void **state)
{
	struct core *core = idle(&crypto_suite_real);
	uint32_t before = mm_ue(core)->tmsi;

	(void)state; /* the connection breaks amid the update, and the UE comes back for its own data */
	core->air = lose_commands;
	amf_reach(mm_context(core), AMF_THEN_DELIVER);
	while (mm_count(core, NF_COUNT_CONFIGURATION_UPDATES) == 0)
		mm_wait(core, SIM_NS_PER_MS / 10);
	ue_disconnect(mm_ue(core));
	send_data(core);
	mm_wait(core, MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_SERVICE_REQUESTS), 2);
	assert_int_equal(core->env.sent[MSG_KEEP_ALIVE], 1);
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), before), HOME_MSIN_FIRST);
	assert_int_equal(mm_ue(core)->tmsi, before);
	assert_int_equal(mm_context(core)->at[AMF_CONFIGURATION], AMF_CONF_NONE);
	core_free(core);
}

static void
ts_24_501_5_5_2_2_6_a_deregistration_during_an_initial_registration_ends_it(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);

	(void)state;
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_AUTHENTICATION_REQUEST, 1);
	ue_deregister(core->ues, 0);
	assert_int_equal(core->left[0], 1);
	assert_false(ue_is_connected(core->ues, 0));
	mm_wait(core, 60 * MM_S);
	assert_int_equal(core->registered[0], 0);
	assert_null(amf_find(mm_amf(core), (struct sim_handle){0, 1}));
	mm_register(core);
	core_free(core);
}

static void a_user_hears_of_a_deregistration_that_is_one_already(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state; /* else a surgeon whom the network has deregistered would wait for ever */
	amf_reach(mm_context(core), AMF_THEN_DEREGISTER);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->left[0], 1);
	ue_deregister(core->ues, 0);
	assert_int_equal(core->left[0], 2);
	mm_register(core);
	core_free(core);
}

static void ts_24_501_5_4_4_3_a_registration_that_is_requested_follows_the_release(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	say_protected(core, &(struct nas_message){.type = NAS_CONFIGURATION_UPDATE_COMMAND,
		.configuration_update = {.acknowledge = true, .registration_requested = true}});
	assert_int_equal(core->env.sent_nas[MSG_CONFIGURATION_UPDATE_COMPLETE], 1);
	mm_wait(core, 9 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
	mm_wait(core, 3 * MM_S); /* T3540: this AMF does not know that it has asked */
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 1);
	assert_int_equal(mm_count(core, NF_COUNT_AUTH_REQUESTS), 1);
	assert_true(ue_is_registered(core->ues, 0));
	core_free(core);
}

static struct core *deregistered_with(struct nas_octet cause, struct nas_octet t3346)
{
	struct core *core = mm_registered(&crypto_suite_real);

	say_protected(core, &(struct nas_message){.type = NAS_DEREGISTRATION_COMMAND,
		.deregistration_command = {.access = NAS_3GPP_ACCESS, .cause = cause, .t3346 = t3346}});
	assert_int_equal(core->env.sent_nas[MSG_NETWORK_DEREGISTRATION_ACCEPT], 1);
	assert_false(ue_is_registered(core->ues, 0));
	assert_int_equal(core->left[0], 1);
	return core;
}

static void
ts_24_501_5_5_2_3_4_b_without_a_cause_of_the_list_the_ue_comes_back_after_t3502(void **state)
{
	static const struct nas_octet cause[] = {{false, 0}, {true, 9}, {true, 22}, {true, 111}};

	(void)state;
	for (size_t i = 0; i < sizeof cause / sizeof *cause; i++) {
		struct core *core = deregistered_with(cause[i], (struct nas_octet){false, 0});
		assert_int_equal(mm_ue(core)->tmsi, 0);
		assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_WAITING);
		mm_wait(core, 715 * MM_S);
		assert_int_equal(core->registered[0], 1);
		mm_wait(core, 10 * MM_S);
		assert_int_equal(core->registered[0], 2);
		core_free(core);
	}
}

static void ts_24_501_5_5_2_3_2_congestion_with_t3346_waits_that_long(void **state)
{
	struct core *core = deregistered_with((struct nas_octet){true, 22},
	                                      (struct nas_octet){true, gprs_timer2(120 * MM_S)});

	(void)state;
	mm_wait(core, 115 * MM_S);
	assert_int_equal(core->registered[0], 1);
	mm_wait(core, 10 * MM_S);
	assert_int_equal(core->registered[0], 2);
	core_free(core);
}

static void ts_33_501_6_12_2_without_a_guti_a_deregistration_carries_the_suci(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	mm_ue(core)->tmsi = 0;
	mm_listen(core, &tap, &said);
	ue_deregister(core->ues, 0);
	mm_wait(core, MM_S);
	assert_int_equal(said.last[NAS_DEREGISTRATION_REQUEST].deregistration_request.identity.kind,
	                 NAS_IDENTITY_SUCI);
	assert_int_equal(core->left[0], 1);
	core_free(core);
}

static void
ts_24_501_5_4_1_2_4_5_a_ngksi_in_use_is_authentication_failure_71_under_eap_too(void **state)
{
	static const uint8_t eap[] = {1, 9, 0, 8, 50, 1, 0, 0}; /* AKA'-Challenge, not looked into */
	struct core *core = mm_registered(&crypto_suite_real);

	(void)state;
	mm_listen(core, &tap, &said);
	say_protected(core, &(struct nas_message){.type = NAS_AUTHENTICATION_REQUEST,
		.authentication_request = {.ngksi = mm_ue(core)->security.ngksi,
			.eap = {eap, sizeof eap}}});
	assert_int_equal(said.last[NAS_AUTHENTICATION_FAILURE].authentication_failure.cause, 71);
	assert_int_equal(said.n[NAS_AUTHENTICATION_RESPONSE], 0);
	assert_true(mm_t3520_runs(core));
	core_free(core);
}

static void ts_24_501_5_4_1_3_5_authentication_reject_stops_t3519(void **state)
{
	struct core *core = mm_registered(&crypto_suite_real);
	const struct nas_message reject = {.type = NAS_AUTHENTICATION_REJECT};

	(void)state;
	ask_identity(core, NAS_IDENTITY_SUCI, true);
	assert_true(mm_ue(core)->t3519_until_ns > core->env.sim->now_ns);
	say_protected(core, &reject);
	assert_true(mm_ue(core)->t3519_until_ns <= core->env.sim->now_ns);
	core_free(core);
}

static void a_message_between_two_attempts_does_not_break_the_chain_of_the_demand(void **state)
{
	struct core *core = mm_started(&crypto_suite_cost);
	uint8_t plain[MSG_NAS_MAX];

	(void)state; /* the records of those who wait for it are made of that chain */
	nf_down(&core->env, core->env.node.amf);
	ue_register(core->ues, 0);
	mm_until_sent(core, MSG_REGISTRATION_REQUEST, 1);
	mm_to_ue(core, MSG_REGISTRATION_REJECT, plain, nas_registration_reject(20, plain));
	assert_int_equal(mm_ue(core)->at[UE_REGISTRATION], UE_REG_WAITING);
	assert_true(ue_is_connected(core->ues, 0)); /* T3540 runs */
	mm_wait(core, MM_S);
	mm_to_ue(core, MSG_IDENTITY_REQUEST, plain, nas_identity_request(plain));
	nf_up(&core->env, core->env.node.amf);
	mm_wait(core, 12 * MM_S);
	assert_int_equal(core->registered[0], 1);
	assert_int_equal(sim_span_began(&core->span[0]), 0);
	core_free(core);
}

static void ts_24_501_5_4_4_3_who_leaves_before_the_release_makes_no_update_first(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_A);
	bool outermost;

	(void)state;
	core_start(core);
	ue_register(core->ues, 0);
	mm_wait(core, 2 * MM_S);
	assert_true(ue_is_connected(core->ues, 0));
	outermost = ue_wake(mm_ue(core));
	mm_ue(core)->update_wanted = true; /* a Configuration Update Command has asked for it */
	ue_await_release(mm_ue(core));
	ue_rest(mm_ue(core), outermost);
	ue_deregister(core->ues, 0);
	mm_wait(core, 5 * MM_S);
	assert_int_equal(core->left[0], 1);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_24_501_5_4_4_3_who_leaves_before_the_release_makes_no_update_first),
		cmocka_unit_test(ts_24_501_5_5_1_2_7_c_t3510_ends_the_attempt_and_its_connection),
		cmocka_unit_test(
			ts_24_501_5_5_1_2_4_the_networks_t3502_counts_and_a_deactivated_one_is_the_default),
		cmocka_unit_test(
			ts_24_501_5_5_1_3_7_an_update_that_fails_five_times_waits_for_t3502_and_keeps_the_guti),
		cmocka_unit_test(ts_24_501_5_5_1_3_5_causes_13_15_and_31_leave_an_updating_ue_registered),
		cmocka_unit_test(ts_24_501_5_5_1_3_5_causes_11_12_27_and_73_deregister_an_updating_ue),
		cmocka_unit_test(
			ts_24_501_5_6_1_5_every_cause_of_a_service_reject_leads_where_its_row_says),
		cmocka_unit_test(
			ts_24_501_5_6_1_5_congestion_with_t3346_blocks_services_but_no_answer_to_a_paging),
		cmocka_unit_test(ts_24_501_5_4_3_3_a_protected_request_gets_the_identity_of_its_kind),
		cmocka_unit_test(ts_24_501_4_4_4_2_in_clear_nothing_but_the_suci_is_told),
		cmocka_unit_test(ts_24_501_5_4_1_3_7_g_a_service_request_does_not_go_on_in_the_barred_cell),
		cmocka_unit_test(
			ts_24_501_5_3_7_a_periodic_update_that_came_due_in_a_barred_cell_is_made_up_for),
		cmocka_unit_test(
			ts_24_501_5_4_4_6_a_deregistration_during_a_configuration_update_goes_on_alone),
		cmocka_unit_test(
			ts_24_501_5_6_1_8_a_service_request_during_a_configuration_update_is_accepted),
		cmocka_unit_test(
			ts_24_501_5_5_2_2_6_a_deregistration_during_an_initial_registration_ends_it),
		cmocka_unit_test(a_user_hears_of_a_deregistration_that_is_one_already),
		cmocka_unit_test(ts_24_501_5_4_4_3_a_registration_that_is_requested_follows_the_release),
		cmocka_unit_test(
			ts_24_501_5_5_2_3_4_b_without_a_cause_of_the_list_the_ue_comes_back_after_t3502),
		cmocka_unit_test(ts_24_501_5_5_2_3_2_congestion_with_t3346_waits_that_long),
		cmocka_unit_test(ts_33_501_6_12_2_without_a_guti_a_deregistration_carries_the_suci),
		cmocka_unit_test(
			ts_24_501_5_4_1_2_4_5_a_ngksi_in_use_is_authentication_failure_71_under_eap_too),
		cmocka_unit_test(ts_24_501_5_4_1_3_5_authentication_reject_stops_t3519),
		cmocka_unit_test(a_message_between_two_attempts_does_not_break_the_chain_of_the_demand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
