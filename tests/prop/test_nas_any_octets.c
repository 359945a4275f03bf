/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever octets reach UE and AMF, in whatever state: nothing asserts, and when it is over the UE
 * can be switched off and on again and is served. */
#include "tests/unit/models/nf/mm_fixture.h"

static uint64_t dice_state;

/* xorshift64*: the test's own dice. */
static uint32_t dice(uint32_t n)
{
	dice_state ^= dice_state >> 12;
	dice_state ^= dice_state << 25;
	dice_state ^= dice_state >> 27;
	return (uint32_t)((dice_state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static struct msg kept[8]; /* messages heard, to be said again */

static void random_octets(struct msg *msg)
{
	msg->nas_octets = (uint16_t)(1 + dice(MSG_NAS_MAX - 1));
	for (uint16_t i = 0; i < msg->nas_octets; i++)
		msg->nas[i] = (uint8_t)dice(256);
	if (dice(4) > 0) { /* likely to be looked into */
		msg->nas[0] = NAS_EPD;
		msg->nas[1] = (uint8_t)dice(6);
		msg->nas[2] = (uint8_t)(0x40 + dice(0x30));
	}
}

static void replay(struct msg *msg)
{
	const struct msg *old = &kept[dice(8)];

	if (old->nas_octets == 0)
		return;
	memcpy(msg->nas, old->nas, old->nas_octets);
	msg->nas_octets = old->nas_octets;
}

static bool disturb(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	(void)up;
	if (msg->nas_octets == 0 || dice(100) >= core->met)
		return true;
	kept[dice(8)] = *msg;
	switch (dice(5)) {
	case 0:
		msg->nas[dice(msg->nas_octets)] ^= (uint8_t)(1u << dice(8));
		break;
	case 1:
		msg->nas_octets = (uint16_t)(1 + dice(msg->nas_octets));
		break;
	case 2:
		random_octets(msg);
		break;
	case 3:
		replay(msg);
		break;
	default:
		return false;
	}
	return true;
}

static void inject(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct msg *msg = nf_message_for(&core->env, MSG_STATUS_5GMM, 0, 0xfff00, &span);
	struct amf_ue *u = amf_find(mm_amf(core), (struct sim_handle){dice(3), 1 + dice(3)});
	uint32_t where = dice(3);

	random_octets(msg);
	if (dice(3) == 0)
		replay(msg);
	msg->octets = msg->nas_octets;
	msg->ran = radio_connection(core->radio, 0);
	if (where == 0) {
		ue_receive(core->ues, 0, msg);
		return;
	}
	if (where == 1 && u)
		msg->context = sim_pool_handle(u);
	nf_send(&core->env, core->env.node.gnb0, core->env.node.amf, msg);
}

static void wish(struct core *core)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct amf_ue *u = mm_context(core);

	switch (dice(8)) {
	case 0:
		ue_deregister(core->ues, 0);
		break;
	case 1:
		ue_send(core->ues, 0, core->env.node.amf, (struct nf_demand){0, 0},
		        nf_message_for(&core->env, MSG_KEEP_ALIVE, 0, ue_next_procedure(core->ues, 0),
		                       &span));
		break;
	case 2:
		if (u) {
			amf_reach(u, (uint8_t)(1u << dice(3)));
			amf_settle(u);
		}
		break;
	case 3:
		if (!ue_is_connected(core->ues, 0)) {
			mm_ue(core)->area[0] = dice(2);
			ue_place(core->ues, 0, 0, dice(100));
		}
		break;
	default:
		ue_register(core->ues, 0);
	}
}

/* Of an hour's trouble: steps between a millisecond and some minutes. */
static void trouble(struct core *core, uint32_t percent)
{
	core->met = percent;
	core->air = disturb;
	for (int i = 0; i < 120; i++) {
		static const int64_t step_ns[] = {SIM_NS_PER_MS, 5 * SIM_NS_PER_MS, 20 * SIM_NS_PER_MS,
			SIM_NS_PER_S, 7 * SIM_NS_PER_S, 40 * SIM_NS_PER_S, 400 * SIM_NS_PER_S};
		if (dice(2))
			wish(core);
		if (dice(3) == 0)
			inject(core);
		mm_wait(core, step_ns[dice(7)]);
	}
	core->air = NULL;
}

static void expect_service(struct core *core)
{
	int before;

	ue_deregister(core->ues, 0); /* switched off; five times T3521 at the most */
	mm_wait(core, 100 * MM_S);
	before = core->registered[0];
	assert_true(ue_register(core->ues, 0));
	mm_wait(core, 100 * MM_S);
	assert_true(core->registered[0] > before);
	assert_true(ue_is_registered(core->ues, 0));
	assert_non_null(mm_context(core));
	assert_int_equal(amf_msin_of_tmsi(mm_amf(core), mm_ue(core)->tmsi), HOME_MSIN_FIRST);
}

static void run(const struct crypto_suite *suite, enum net_authentication method, uint64_t seeds)
{
	for (uint64_t seed = 1; seed <= seeds; seed++) {
		struct core *core = core_new(suite, NET_SUCI_A);
		memset(kept, 0, sizeof kept);
		dice_state = seed * UINT64_C(0x9e3779b97f4a7c15);
		core->nf.network.authentication = (uint8_t)method;
		core->nf.ue.initial_identity = (uint8_t)dice(2);
		core->nf.amf.guti_reallocation = (uint8_t)dice(4);
		core->nf.amf.authentication = (uint8_t)dice(2);
		core_start(core);
		trouble(core, 1 + dice(60));
		expect_service(core);
		core_free(core);
	}
}

static void any_octets_under_5g_aka_are_survived_and_service_returns(void **state)
{
	(void)state;
	run(&crypto_suite_real, NET_5G_AKA, 150);
	run(&crypto_suite_cost, NET_5G_AKA, 150);
}

static void any_octets_under_eap_aka_prime_are_survived_and_service_returns(void **state)
{
	(void)state;
	run(&crypto_suite_real, NET_EAP_AKA_PRIME, 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_octets_under_5g_aka_are_survived_and_service_returns),
		cmocka_unit_test(any_octets_under_eap_aka_prime_are_survived_and_service_returns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
