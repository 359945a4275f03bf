/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing asserts on what a peer sent: an N3IWF and a UE that are given messages with any fields, in any
 * order and state, from each other's side and the AMF's, go on, and a proper registration follows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/unit/models/nf/nwu_bench.h"
#include <cmocka.h>

enum { ROUNDS = 300, MESSAGES = 30 };

static uint64_t state = 0x2b;
static uint32_t draw(uint32_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)((state * UINT64_C(2685821657736338717) >> 32) % below);
}

/* Fields of the SA in use or others, so that some messages get far. */
static void any_fields(const struct nwu_bench *b, struct msg *msg)
{
	static const uint8_t nas[] = {MSG_REGISTRATION_REQUEST, MSG_AUTHENTICATION_RESPONSE,
		MSG_SECURITY_MODE_COMPLETE, MSG_REGISTRATION_COMPLETE, MSG_DEREGISTRATION_REQUEST,
		MSG_STATUS_5GMM};

	msg->uplink = draw(4) > 0;
	msg->ike.spi_i = draw(4) ? b->seen.spi_i : draw(10);
	msg->ike.spi_r = draw(4) ? b->seen.spi_r : draw(10);
	msg->ike.id = draw(3) ? b->seen.id + draw(3) : draw(UINT32_MAX);
	msg->ike.part = (uint8_t)draw(MSG_IKE_ERROR + 3);
	msg->ike.inner = nas[draw(sizeof nas)];
	msg->ike.notify = (uint16_t)draw(40);
	msg->ike.eap_identifier = (uint8_t)draw(256);
	for (size_t i = 0; i < sizeof msg->ike.ke; i++)
		msg->ike.ke[i] = msg->ike.auth[i] = (uint8_t)draw(256);
	if (draw(8) == 0)
		memset(msg->ike.ke, 0, sizeof msg->ike.ke); /* a point of small order */
	msg->nas_octets = (uint16_t)draw(MSG_NAS_MAX + 1);
	for (uint16_t i = 0; i < msg->nas_octets; i++)
		msg->nas[i] = (uint8_t)draw(256);
}

static struct msg *message(struct nwu_bench *b, enum msg_type type)
{
	const struct sim_span span = sim_span_start(b->env.sim->now_ns);
	struct msg *msg = nf_message_for(&b->env, type, draw(NWU_UES), 1 + draw(3), &span);

	msg->ran = (struct sim_handle){draw(NWU_UES), 1 + draw(3)};
	msg->asker = b->amf_context;
	msg->octets = 100;
	return msg;
}

static void to_n3iwf(struct nwu_bench *b)
{
	struct msg *msg = message(b, (enum msg_type)(MSG_IKE_SA_INIT + draw(MSG_NWU_NAS - MSG_IKE_SA_INIT + 1)));

	any_fields(b, msg);
	nf_send(&b->env, NWU_AP, NWU_N3IWF, msg);
}

static void to_ue(struct nwu_bench *b)
{
	struct msg *msg = message(b, (enum msg_type)(MSG_IKE_SA_INIT + draw(MSG_NWU_NAS - MSG_IKE_SA_INIT + 1)));

	any_fields(b, msg);
	ue_ike_receive(b->ikes, 0, msg);
}

static void from_amf(struct nwu_bench *b)
{
	static const enum msg_type types[] = {MSG_AUTHENTICATION_REQUEST, MSG_REGISTRATION_ACCEPT,
		MSG_CONTEXT_RELEASE_COMMAND, MSG_REGISTRATION_REJECT, MSG_PAGING, MSG_CONFIGURATION_UPDATE};
	struct msg *msg = message(b, types[draw(sizeof types / sizeof *types)]);

	msg->nas_octets = (uint16_t)draw(MSG_NAS_MAX + 1);
	nf_send(&b->env, NWU_AMF, NWU_N3IWF, msg);
}

static void disturb(struct nwu_bench *b)
{
	for (int i = 0; i < MESSAGES; i++) {
		uint32_t what = draw(8);
		if (what < 4)
			to_n3iwf(b);
		else if (what < 6)
			to_ue(b);
		else
			from_amf(b);
		nwu_run(b, (double)b->env.sim->now_ns / 1e9 + 0.001 * (1 + draw(30)));
	}
}

static void any_messages_in_any_state_are_lived_through(void **unused)
{
	(void)unused;
	for (int round = 0; round < ROUNDS; round++) {
		struct nwu_bench *b = nwu_new(draw(2) ? &crypto_suite_real : &crypto_suite_cost, NULL);
		b->strange = true; /* lengths and octets are not those of composed messages */
		ue_ike_connect(b->ikes, 0, 1);
		nwu_run(b, 0.1 + 0.001 * draw(400));
		disturb(b);
		nwu_run(b, (double)b->env.sim->now_ns / 1e9 + 400);
		b->strange = false;
		memset(b->accepted, 0, sizeof b->accepted);
		ue_ike_connect(b->ikes, 0, 9);
		nwu_run(b, (double)b->env.sim->now_ns / 1e9 + 10);
		assert_int_equal(b->accepted[0], 1);
		nwu_free(b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_messages_in_any_state_are_lived_through),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
