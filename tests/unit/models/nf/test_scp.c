/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indirect communication: what passes through the SCP, and what that costs. */
#include "tests/unit/models/nf/core_fixture.h"

#include "models/msg/wire.h"
#include "models/nf/scp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S  SIM_NS_PER_S
#define MS (SIM_NS_PER_S / 1000)

/* UE 0 alone, on a wire; each message takes the SCP 1 ms. */
static struct core *register_one(bool indirect, uint32_t *scp)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_NULL);

	core->radio_config.wired = true;
	core->nf.service.step[SVC_scp_forward] = (struct sim_dist){.kind = SIM_DIST_DETERMINISTIC,
		.mean_ns = MS};
	core_start(core);
	*scp = core_station(core, "scp");
	if (indirect)
		nf_scp_start(&core->env, *scp);
	ue_register(core->ues, 0);
	core_run(core, S);
	assert_int_equal(core->registered[0], 1);
	return core;
}

static uint64_t sbi_messages(const struct core *core)
{
	uint64_t n = 0;

	for (int type = 0; type < MSG_N_TYPES; type++)
		if (core->env.sent[type] > 0 && wire_carrier(wire_point((enum msg_type)type)) == WIRE_SBI)
			n += core->env.sent[type];
	return n;
}

static void every_message_of_the_sbi_passes_through_it_and_no_other(void **state)
{
	uint32_t scp;
	struct core *core = register_one(true, &scp);

	(void)state;
	assert_true(sbi_messages(core) >= 32); /* 16 calls */
	assert_int_equal(sim_station_stats(core->env.stations, scp).served, sbi_messages(core));
	core_free(core);
}

static void with_direct_communication_nothing_passes_through_it(void **state)
{
	uint32_t scp;
	struct core *core = register_one(false, &scp);

	(void)state;
	assert_int_equal(sim_station_stats(core->env.stations, scp).arrivals, 0);
	core_free(core);
}

/* 16 calls, one after another, before the Accept: 32 ms of service more, and nothing else. */
static void each_call_takes_two_passes_longer(void **state)
{
	uint32_t scp;
	struct core *direct = register_one(false, &scp), *indirect = register_one(true, &scp);
	struct sim_span a = direct->span[0], b = indirect->span[0];

	(void)state;
	assert_int_equal(b.part_ns[SIM_PART_SERVICE] - a.part_ns[SIM_PART_SERVICE], 32 * MS);
	assert_int_equal(sim_span_total(&b) - sim_span_total(&a), 32 * MS);
	core_free(direct);
	core_free(indirect);
}

static void the_protocol_is_the_same(void **state)
{
	uint8_t digest[2][REC_DIGEST_OCTETS];

	(void)state;
	for (int indirect = 0; indirect < 2; indirect++) {
		uint32_t scp;
		struct core *core = register_one(indirect, &scp);
		nf_trace_digest(core->env.trace, digest[indirect]);
		core_free(core);
	}
	assert_memory_equal(digest[0], digest[1], REC_DIGEST_OCTETS);
}

/* The AMF's request is in the SCP when the AUSF goes down. */
static void what_it_passes_to_a_function_that_is_down_is_lost(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_NULL);

	(void)state;
	core->radio_config.wired = true;
	core->nf.service.step[SVC_scp_forward] = (struct sim_dist){.kind = SIM_DIST_DETERMINISTIC,
		.mean_ns = MS};
	core_start(core);
	nf_scp_start(&core->env, core_station(core, "scp"));
	ue_register(core->ues, 0);
	core_run(core, MS / 2); /* the first request is on its way to the AUSF */
	nf_down(&core->env, core->env.node.ausf);
	core_run(core, S);
	assert_int_equal(core->registered[0], 0);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 1);
	assert_int_equal(core->env.sent[MSG_UDM_GENERATE], 0);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_of_the_sbi_passes_through_it_and_no_other),
		cmocka_unit_test(with_direct_communication_nothing_passes_through_it),
		cmocka_unit_test(each_call_takes_two_passes_longer),
		cmocka_unit_test(the_protocol_is_the_same),
		cmocka_unit_test(what_it_passes_to_a_function_that_is_down_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
