/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * EAP-AKA' at the UE, request by request: the core's AUSF is down, and the test speaks to the headset as a
 * network that knows K would, or one that does not. Then the whole core, with failures.
 */
#include "tests/unit/models/nf/core_fixture.h"

#include "models/crypto/eap_aka.h"
#include "models/msg/eap.h"
#include "models/msg/nas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S SIM_NS_PER_S

struct peer {
	struct core *core;
	struct nf_tap tap;
	uint8_t octets[MSG_EAP_MAX]; /* the EAP message of the UE's last Authentication Response */
	uint16_t n;
	int answers, failures; /* Authentication Responses, Authentication Failures */
};

static void on_message(void *context, const struct msg *msg)
{
	(void)context;
	(void)msg;
}

static void on_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct peer *peer = context;
	struct nas_message nas;
	struct msg_fault fault;

	if (msg->to != peer->core->env.node.amf || !nas_decode(plain, n, &nas, &fault))
		return;
	peer->failures += nas.type == NAS_AUTHENTICATION_FAILURE;
	if (nas.type != NAS_AUTHENTICATION_RESPONSE)
		return;
	peer->answers++;
	peer->n = nas.authentication_response.eap.n;
	assert_true(peer->n > 0 && peer->n <= sizeof peer->octets);
	memcpy(peer->octets, nas.authentication_response.eap.at, peer->n);
}

/* A UE that has sent its Registration Request to a core without an AUSF. */
static struct peer *connected(void)
{
	struct peer *peer = calloc(1, sizeof *peer);

	peer->core = core_new(&crypto_suite_real, NET_SUCI_A);
	peer->tap = (struct nf_tap){peer, on_message, on_nas};
	peer->core->env.tap = &peer->tap;
	peer->core->nf.network.authentication = NET_EAP_AKA_PRIME;
	core_start(peer->core);
	nf_down(&peer->core->env, peer->core->env.node.ausf);
	ue_register(peer->core->ues, 0);
	core_run(peer->core, S);
	return peer;
}

static void done(struct peer *peer)
{
	core_free(peer->core);
	free(peer);
}

/* ---- a network ---- */

struct challenge {
	struct eap_packet packet;
	struct crypto_eap_keys keys;
	uint8_t res[8];
};

static struct challenge make(const struct peer *peer, uint8_t fill, uint64_t seq, bool separated)
{
	static const uint8_t name[] = "5G:mnc070.mcc999.3gppnetwork.org";
	const struct core *core = peer->core;
	struct home_card card = home_card(&core->env, 0);
	struct crypto_subscription who = home_subscription(&core->home, card.k, card.opc);
	const uint8_t amf[2] = {separated ? 0x80 : 0, 0};
	struct crypto_av_prime av;
	struct challenge c = {.packet = {.code = EAP_REQUEST, .identifier = fill,
		.type = EAP_AKA_PRIME, .aka = {.subtype = EAP_AKA_CHALLENGE, .has_rand = true,
			.has_autn = true, .has_mac = true, .n_kdf = 1, .kdf = {EAP_KDF_AKA_PRIME},
			.kdf_input = {name, sizeof name - 1}}}};
	uint8_t sqn[6];

	memset(c.packet.aka.rand, fill, sizeof c.packet.aka.rand);
	crypto_sqn_octets(seq << 5 | (seq & 31), sqn);
	crypto_av_prime_generate(core->env.crypto, &crypto_suite_real, &who, sqn, amf,
	                         c.packet.aka.rand, core->home.snn, &av);
	memcpy(c.packet.aka.autn, av.autn, sizeof av.autn);
	memcpy(c.res, av.xres, sizeof av.xres);
	crypto_eap_keys(core->env.crypto, &crypto_suite_real, av.ck_prime, av.ik_prime,
	                "999700000000001", &c.keys);
	return c;
}

static uint16_t sign(const struct peer *peer, const struct challenge *c, uint8_t *out)
{
	uint16_t n = eap_encode(&c->packet, out), at = eap_mac_at(out, n);
	uint8_t mac[16];

	if (at == 0)
		return n;
	assert_true(crypto_eap_mac(peer->core->env.crypto, &crypto_suite_real, c->keys.k_aut, out, n,
	                           at, mac));
	memcpy(out + at, mac, sizeof mac);
	return n;
}

/* Sends EAP octets to the UE; true: it answered, and the answer is in *out. */
static bool ask(struct peer *peer, const uint8_t *octets, uint16_t n, struct eap_packet *out)
{
	struct nf_env *env = &peer->core->env;
	const struct sim_span span = sim_span_start(env->sim->now_ns);
	struct msg *msg = nf_message_for(env, MSG_AUTHENTICATION_REQUEST, 0,
	                                 peer->core->ues->ue[0].procedure, &span);
	const struct nas_authentication_request request = {.ngksi = 1, .eap = {octets, n}};
	struct msg_fault fault;
	int before = peer->answers;

	msg->nas_octets = nas_authentication_request(&request, msg->nas);
	ue_receive(peer->core->ues, 0, msg);
	core_run(peer->core, env->sim->now_ns + S / 100);
	if (peer->answers == before)
		return false;
	assert_true(eap_decode(peer->octets, peer->n, out, &fault));
	assert_int_equal(out->code, EAP_RESPONSE);
	return true;
}

static struct eap_packet answer_to(struct peer *peer, const struct challenge *c)
{
	uint8_t octets[MSG_EAP_MAX];
	struct eap_packet answer;

	assert_true(ask(peer, octets, sign(peer, c, octets), &answer));
	assert_int_equal(answer.identifier, c->packet.identifier);
	return answer;
}

static void expect_subtype(struct peer *peer, const struct challenge *c, uint8_t subtype)
{
	struct eap_packet answer = answer_to(peer, c);

	assert_int_equal(answer.type, EAP_AKA_PRIME);
	assert_int_equal(answer.aka.subtype, subtype);
	assert_false(answer.aka.has_mac);
	assert_int_equal(peer->core->ues->ue[0].fresh_ngksi, NAS_NGKSI_NONE);
}

static void expect_success(struct peer *peer, const struct challenge *c)
{
	struct eap_packet answer = answer_to(peer, c);

	assert_int_equal(answer.aka.subtype, EAP_AKA_CHALLENGE);
	assert_int_equal(answer.aka.n_res, sizeof c->res);
	assert_memory_equal(answer.aka.res, c->res, sizeof c->res);
	assert_true(crypto_eap_mac_check(peer->core->env.crypto, &crypto_suite_real, c->keys.k_aut,
	                                 peer->octets, peer->n, answer.aka.mac_at));
	assert_memory_equal(peer->core->ues->ue[0].run->kausf, c->keys.emsk, 32);
}

/* ---- challenges ---- */

static void s33501_6_1_3_1_a_right_challenge_is_answered_by_res_and_mac_and_leaves_kausf(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	expect_success(peer, &c);
	assert_int_equal(peer->core->ues->ue[0].sqn.highest >> 5, 7);
	done(peer);
}

static void rfc3748_4_1_the_same_request_again_gets_the_same_answer(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);
	uint8_t first[MSG_EAP_MAX];
	uint16_t n;

	(void)state;
	expect_success(peer, &c);
	n = peer->n;
	memcpy(first, peer->octets, n);
	expect_success(peer, &c); /* and no synch failure */
	assert_int_equal(peer->n, n);
	assert_memory_equal(peer->octets, first, n);
	done(peer);
}

static void rfc9048_3_2_another_kdf_first_is_answered_by_asking_for_the_known_one(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true), again = make(peer, 2, 8, true);
	struct eap_packet answer;

	(void)state;
	c.packet.aka.n_kdf = 2;
	c.packet.aka.kdf[0] = 2;
	c.packet.aka.kdf[1] = EAP_KDF_AKA_PRIME;
	answer = answer_to(peer, &c);
	assert_int_equal(answer.aka.subtype, EAP_AKA_CHALLENGE);
	assert_int_equal(answer.aka.n_kdf, 1);
	assert_int_equal(answer.aka.kdf[0], EAP_KDF_AKA_PRIME);
	assert_int_equal(answer.aka.n_res, 0);
	again.packet.aka.n_kdf = 3; /* the wish first, then what was offered */
	again.packet.aka.kdf[1] = 2;
	again.packet.aka.kdf[2] = EAP_KDF_AKA_PRIME;
	expect_success(peer, &again);
	done(peer);
}

static void rfc9048_3_2_no_known_kdf_is_an_authentication_reject(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	c.packet.aka.kdf[0] = 2;
	expect_subtype(peer, &c, EAP_AKA_AUTHENTICATION_REJECT);
	done(peer);
}

static void rfc9048_3_1_another_network_name_is_an_authentication_reject(void **state)
{
	static const uint8_t other[] = "5G:mnc001.mcc001.3gppnetwork.org";
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	c.packet.aka.kdf_input = (struct eap_octets){other, sizeof other - 1};
	expect_subtype(peer, &c, EAP_AKA_AUTHENTICATION_REJECT);
	done(peer);
}

static void rfc4187_6_3_1_a_wrong_autn_is_an_authentication_reject(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	c.packet.aka.autn[15] ^= 1;
	expect_subtype(peer, &c, EAP_AKA_AUTHENTICATION_REJECT);
	assert_int_equal(peer->core->ues->ue[0].sqn.highest, 0);
	done(peer);
}

static void s33501_6_1_3_1_a_vector_that_is_not_separated_is_an_authentication_reject(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, false);

	(void)state;
	expect_subtype(peer, &c, EAP_AKA_AUTHENTICATION_REJECT);
	done(peer);
}

static void s33102_6_3_3_an_old_sqn_is_a_synchronization_failure_whose_auts_the_home_believes(
	void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);
	struct home_card card = home_card(&peer->core->env, 0);
	struct crypto_subscription who = home_subscription(&peer->core->home, card.k, card.opc);
	struct eap_packet answer;
	uint8_t sqn_ms[6];

	(void)state;
	core_card_is_ahead(peer->core, &peer->core->ues->ue[0], 1000);
	answer = answer_to(peer, &c);
	assert_int_equal(answer.aka.subtype, EAP_AKA_SYNCHRONIZATION_FAILURE);
	assert_true(answer.aka.has_auts);
	assert_true(crypto_auts_verify(peer->core->env.crypto, &crypto_suite_real, &who,
	                               c.packet.aka.rand, answer.aka.auts, sqn_ms));
	assert_int_equal(crypto_sqn(sqn_ms) >> 5, 1000);
	c = make(peer, 2, 1001, true);
	expect_success(peer, &c);
	done(peer);
}

static void rfc4187_6_3_1_a_wrong_at_mac_is_a_client_error(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	c.keys.k_aut[0] ^= 1;
	expect_subtype(peer, &c, EAP_AKA_CLIENT_ERROR);
	done(peer);
}

static void rfc4187_10_13_a_checkcode_of_identity_rounds_that_never_were_is_a_client_error(
	void **state)
{
	static const uint8_t code[32] = {1};
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);

	(void)state;
	c.packet.aka.has_checkcode = true;
	c.packet.aka.checkcode = (struct eap_octets){code, sizeof code};
	expect_subtype(peer, &c, EAP_AKA_CLIENT_ERROR);
	done(peer);
}

/* ---- other requests ---- */

static void rfc4187_8_1_an_unknown_attribute_that_may_not_be_skipped_is_a_client_error(void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true);
	uint8_t octets[MSG_EAP_MAX];
	uint16_t n = sign(peer, &c, octets);
	struct eap_packet answer;

	(void)state;
	memcpy(octets + n, (uint8_t[]){127, 1, 0, 0}, 4);
	octets[3] = (uint8_t)(n + 4);
	assert_true(ask(peer, octets, (uint16_t)(n + 4), &answer));
	assert_int_equal(answer.aka.subtype, EAP_AKA_CLIENT_ERROR);
	assert_int_equal(answer.aka.client_error, EAP_UNABLE_TO_PROCESS_PACKET);
	done(peer);
}

static void s33501_f_2_the_permanent_identity_is_not_told(void **state)
{
	struct peer *peer = connected();
	struct challenge c = {.packet = {.code = EAP_REQUEST, .identifier = 9, .type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_IDENTITY, .permanent_id_req = true}}};

	(void)state;
	expect_subtype(peer, &c, EAP_AKA_CLIENT_ERROR);
	done(peer);
}

static void rfc4187_6_1_a_notification_before_authentication_is_acknowledged_without_mac(
	void **state)
{
	struct peer *peer = connected();
	struct challenge c = {.packet = {.code = EAP_REQUEST, .identifier = 9, .type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_NOTIFICATION, .has_notification = true,
			.notification = 16384}}};

	(void)state;
	expect_subtype(peer, &c, EAP_AKA_NOTIFICATION);
	done(peer);
}

static void rfc4187_6_1_a_notification_after_authentication_is_acknowledged_with_mac_if_it_has_one(
	void **state)
{
	struct peer *peer = connected();
	struct challenge c = make(peer, 1, 7, true), told = c;
	struct eap_packet answer;

	(void)state;
	expect_success(peer, &c);
	told.packet = (struct eap_packet){.code = EAP_REQUEST, .identifier = 2, .type = EAP_AKA_PRIME,
		.aka = {.subtype = EAP_AKA_NOTIFICATION, .has_notification = true, .has_mac = true}};
	answer = answer_to(peer, &told);
	assert_int_equal(answer.aka.subtype, EAP_AKA_NOTIFICATION);
	assert_true(crypto_eap_mac_check(peer->core->env.crypto, &crypto_suite_real, c.keys.k_aut,
	                                 peer->octets, peer->n, answer.aka.mac_at));
	told.packet.identifier = 3;
	told.keys.k_aut[0] ^= 1;
	assert_int_equal(answer_to(peer, &told).aka.subtype, EAP_AKA_CLIENT_ERROR);
	done(peer);
}

static void rfc3748_5_3_another_method_gets_a_nak_that_wishes_for_this_one(void **state)
{
	static const uint8_t tls[] = {EAP_REQUEST, 4, 0, 6, 13, 0};
	struct peer *peer = connected();
	struct eap_packet answer;

	(void)state;
	assert_true(ask(peer, tls, sizeof tls, &answer));
	assert_int_equal(answer.type, EAP_NAK);
	assert_int_equal(answer.identifier, 4);
	assert_int_equal(answer.data.n, 1);
	assert_int_equal(answer.data.at[0], EAP_AKA_PRIME);
	done(peer);
}

static void rfc3748_4_1_what_is_no_request_is_not_answered(void **state)
{
	static const uint8_t none[][6] = {{EAP_SUCCESS, 1, 0, 4}, {EAP_FAILURE, 1, 0, 4},
		{EAP_RESPONSE, 1, 0, 6, 50, 1}, {EAP_REQUEST, 1, 0, 60, 50, 1}, {7, 1, 0, 6, 50, 1}};
	struct peer *peer = connected();
	struct eap_packet answer;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(ask(peer, none[i], none[i][3] == 4 ? 4 : 6, &answer));
	done(peer);
}

static void ts24501_5_4_1_2_three_challenges_in_a_row_that_fail_make_the_network_not_genuine(
	void **state)
{
	struct peer *peer = connected();
	struct eap_packet answer;
	uint8_t octets[MSG_EAP_MAX];

	(void)state;
	for (uint8_t k = 1; k <= 3; k++) {
		struct challenge c = make(peer, k, 7, true);
		c.packet.aka.autn[15] ^= 1;
		assert_int_equal(ask(peer, octets, sign(peer, &c, octets), &answer), k < 3);
	}
	assert_int_equal(peer->core->env.counter[NF_COUNT_NOT_GENUINE], 1);
	done(peer);
}

/* ---- the whole core ---- */

static struct core *eap_core(const struct crypto_suite *suite, enum net_suci scheme)
{
	struct core *core = core_new(suite, scheme);

	core->nf.network.authentication = NET_EAP_AKA_PRIME;
	return core;
}

static void every_ue_registers_in_both_modes_schemes_and_sets_with_the_same_trace(void **state)
{
	static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};

	(void)state;
	for (int aka = NET_MILENAGE; aka <= NET_TUAK; aka++)
		for (int scheme = NET_SUCI_NULL; scheme <= NET_SUCI_B; scheme++) {
			uint8_t digest[2][REC_DIGEST_OCTETS];
			for (int i = 0; i < 2; i++) {
				struct core *core = eap_core(suites[i], (enum net_suci)scheme);
				core->nf.network.aka_algorithm = (uint8_t)aka;
				core_start(core);
				for (uint32_t k = 0; k < CORE_UES; k++)
					ue_register(core->ues, k);
				core_run(core, 5 * S);
				for (uint32_t k = 0; k < CORE_UES; k++)
					assert_int_equal(core->registered[k], 1);
				assert_int_equal(core->env.counter[NF_COUNT_UNEXPECTED], 0);
				nf_trace_digest(core->env.trace, digest[i]);
				core_free(core);
			}
			assert_memory_equal(digest[0], digest[1], sizeof digest[0]);
		}
}

static void a_card_with_other_algorithms_is_rejected_by_eap_failure_in_authentication_reject(void **state)
{
	struct core *core = eap_core(&crypto_suite_real, NET_SUCI_A);

	(void)state;
	core_start(core);
	core_give_other_cards(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_REJECTS], 1);
	assert_int_equal(core->env.sent[MSG_UDM_AUTH_EVENT], 1); /* the UDM hears of the failure */
	core_free(core);
}

/* Whatever the home gives, this USIM is ahead of it by more than it can jump. */
static void a_second_synch_failure_ends_in_authentication_reject(void **state)
{
	struct core *core = eap_core(&crypto_suite_real, NET_SUCI_A);
	struct sqn_usim card = {.highest = (uint64_t)1000 << 5};

	(void)state;
	core_start(core);
	core->home.sqn.delta = 1;
	for (int i = 0; i < SQN_ARRAY_MAX; i++)
		card.seq[i] = 5000; /* no index takes what AUTS asks for */
	ue_set_sqn(&core->ues->ue[0], &card);
	ue_register(core->ues, 0);
	core_run(core, 5 * S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(core->env.counter[NF_COUNT_RESYNCHRONISATIONS], 1);
	assert_int_equal(core->env.counter[NF_COUNT_AUTH_REJECTS], 1);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			s33501_6_1_3_1_a_right_challenge_is_answered_by_res_and_mac_and_leaves_kausf),
		cmocka_unit_test(rfc3748_4_1_the_same_request_again_gets_the_same_answer),
		cmocka_unit_test(rfc9048_3_2_another_kdf_first_is_answered_by_asking_for_the_known_one),
		cmocka_unit_test(rfc9048_3_2_no_known_kdf_is_an_authentication_reject),
		cmocka_unit_test(rfc9048_3_1_another_network_name_is_an_authentication_reject),
		cmocka_unit_test(rfc4187_6_3_1_a_wrong_autn_is_an_authentication_reject),
		cmocka_unit_test(s33501_6_1_3_1_a_vector_that_is_not_separated_is_an_authentication_reject),
		cmocka_unit_test(
			s33102_6_3_3_an_old_sqn_is_a_synchronization_failure_whose_auts_the_home_believes),
		cmocka_unit_test(rfc4187_6_3_1_a_wrong_at_mac_is_a_client_error),
		cmocka_unit_test(
			rfc4187_10_13_a_checkcode_of_identity_rounds_that_never_were_is_a_client_error),
		cmocka_unit_test(
			rfc4187_8_1_an_unknown_attribute_that_may_not_be_skipped_is_a_client_error),
		cmocka_unit_test(s33501_f_2_the_permanent_identity_is_not_told),
		cmocka_unit_test(
			rfc4187_6_1_a_notification_before_authentication_is_acknowledged_without_mac),
		cmocka_unit_test(
			rfc4187_6_1_a_notification_after_authentication_is_acknowledged_with_mac_if_it_has_one),
		cmocka_unit_test(rfc3748_5_3_another_method_gets_a_nak_that_wishes_for_this_one),
		cmocka_unit_test(rfc3748_4_1_what_is_no_request_is_not_answered),
		cmocka_unit_test(
			ts24501_5_4_1_2_three_challenges_in_a_row_that_fail_make_the_network_not_genuine),
		cmocka_unit_test(every_ue_registers_in_both_modes_schemes_and_sets_with_the_same_trace),
		cmocka_unit_test(a_card_with_other_algorithms_is_rejected_by_eap_failure_in_authentication_reject),
		cmocka_unit_test(a_second_synch_failure_ends_in_authentication_reject),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
