/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UE and AMF against peers that send anything: octets spoiled on the air, messages of any type in
 * any state, plain or protected by keys that are good. Nobody asserts, and the core serves on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/prop/nas_draw.h"
#include "tests/unit/models/nf/core_fixture.h"
#include <cmocka.h>

enum { SEEDS = 16, HOSTILE_S = 4000, STEP_S = 5, HONEST_UE = CORE_UES - 1 };

static bool hostile;
static uint32_t spoiled;
static int64_t began_ns[CORE_UES]; /* of the demand that is open; -1 none of the test's */

/* ---- what becomes of a message ---- */

static uint16_t random_message(uint8_t *out)
{
	uint8_t room[NAS_OCTETS_MAX], type;
	uint16_t n;

	do
		type = (uint8_t)draw(NAS_DL_TRANSPORT + 1);
	while (!nas_layout(type));
	const struct nas_message m = draw_message(type);
	n = nas_encode(&m, room);
	if (n > MSG_NAS_MAX - NAS_SECURITY_HEADER)
		n = MSG_NAS_MAX - NAS_SECURITY_HEADER;
	memcpy(out, room, n);
	return n;
}

/* Under the UE's own keys: as a UE, or an AMF, that is genuine and mad would send it. */
static uint16_t protected_message(struct core *core, uint32_t number, bool uplink, uint8_t *out)
{
	struct ue *ue = &core->ues->ue[number];
	struct security keys = ue->security;
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n = random_message(plain);

	return security_protect(&core->env, number, uplink ? &ue->security : &keys,
	                        uplink ? CRYPTO_UPLINK : CRYPTO_DOWNLINK,
	                        (enum nas_security_type)(1 + draw(4)), plain, n, out);
}

/* Up to three bits. */
static void flip(struct msg *msg)
{
	for (uint32_t i = draw(3); i < 3; i++)
		msg->nas[draw(msg->nas_octets)] ^= (uint8_t)(1 << draw(8));
}

static void spoil(struct core *core, uint32_t ue, struct msg *msg, bool uplink)
{
	if (!hostile || ue == HONEST_UE || msg->nas_octets == 0 || draw(5) > 0)
		return;
	spoiled++;
	switch (draw(5)) {
	case 0:
		flip(msg);
		break;
	case 1:
		msg->nas_octets = (uint16_t)(1 + draw(msg->nas_octets));
		break;
	case 2:
		msg->nas_octets = random_message(msg->nas);
		break;
	case 3:
		msg->nas_octets = (uint16_t)(1 + draw(MSG_NAS_MAX));
		draw_octets(msg->nas, msg->nas_octets);
		break;
	default:
		msg->nas_octets = protected_message(core, ue, uplink, msg->nas);
		break;
	}
}

static void at_gnb(void *context, uint32_t ue, struct msg *msg)
{
	spoil(context, ue, msg, true);
	core_at_gnb(context, ue, msg);
}

static void at_ue(void *context, uint32_t ue, struct msg *msg)
{
	spoil(context, ue, msg, false);
	core_at_ue(context, ue, msg);
}

/* ---- a life among such peers ---- */

/* A user that switches off and on: what a reject has forbidden is forgotten with it. */
static void act(struct core *core, uint32_t ue)
{
	if (draw(3) == 0) {
		ue_deregister(core->ues, ue);
		began_ns[ue] = -1;
	}
	if (ue_register(core->ues, ue))
		began_ns[ue] = core->env.sim->now_ns;
}

/* Whatever messages came between: the demand's chain reaches from its beginning to now, as a surgeon's
 * record of it relies on. */
static void told(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                 const struct sim_span *span)
{
	struct core *core = context;

	core_told(core, ue, ok, cause, attempts, span);
	if (ok && began_ns[ue] >= 0) {
		assert_int_equal(sim_span_began(span), began_ns[ue]);
		assert_int_equal(span->since_ns, core->env.sim->now_ns);
	}
	began_ns[ue] = -1;
}

static struct core *begin(enum net_suci scheme, uint8_t method)
{
	static struct radio_user air;
	struct core *core = core_new(&crypto_suite_cost, scheme);

	core->nf.network.authentication = method;
	core_start(core);
	air = (struct radio_user){core, core_connected, at_gnb, at_ue};
	radio_set_user(core->radio, &air);
	for (uint32_t ue = 0; ue < CORE_UES; ue++) {
		began_ns[ue] = -1;
		ue_set_user(core->ues, ue, &(struct ue_user){.context = core, .registered = told,
		                                             .deregistered = core_left});
	}
	return core;
}

static void live(uint64_t seed)
{
	struct core *core = begin((enum net_suci)(seed % 2), (uint8_t)(seed / 2 % 2));

	start_draws(UINT64_C(0x9e3779b97f4a7c15) * (seed + 1));
	hostile = true;
	spoiled = 0;
	for (int64_t s = 0; s < HOSTILE_S; s += STEP_S) {
		for (uint32_t ue = 0; ue < HONEST_UE; ue++)
			act(core, ue);
		core_run(core, s * SIM_NS_PER_S);
	}
	assert_true(spoiled > 500); /* else the test shows nothing, as it does when nobody registers */
	assert_true(core->registered[0] > 20);
	hostile = false;
	assert_true(ue_register(core->ues, HONEST_UE));
	core_run(core, (HOSTILE_S + 5) * (int64_t)SIM_NS_PER_S);
	assert_true(ue_is_registered(core->ues, HONEST_UE));
	core_free(core);
}

static void ue_and_amf_survive_any_messages_and_serve_on(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < SEEDS; seed++)
		live(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ue_and_amf_survive_any_messages_and_serve_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
