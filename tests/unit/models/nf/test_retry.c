/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attempts that fail: what devices make of the waits, and what a congested network says. */
#include "tests/unit/models/nf/core_fixture.h"

#include "models/nf/population.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S SIM_NS_PER_S

enum { MOST = 64 };

/* In which tenths of a second somebody has begun an attempt. */
static uint32_t attempts(struct core *core, uint32_t at[MOST])
{
	const struct rec_columns *t = &core->rec.table[REC_T_demand];
	uint32_t n = 0;

	demand_write(core->env.demand, &core->rec);
	const uint32_t *window = t->column[rec_column_find(REC_T_demand, "window")];
	const uint32_t *tried = t->column[rec_column_find(REC_T_demand, "tried")];
	for (uint32_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < tried[i] && n < MOST; k++)
			at[n++] = window[i];
	return n;
}

static bool lose(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)core;
	(void)ue;
	(void)msg;
	return up;
}

/* Nothing comes down to the n UEs that ask at the start. */
static uint32_t deaf(const struct ue_retry *retry, uint32_t n, int64_t until_ns, uint32_t at[MOST])
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_NULL);
	uint32_t n_attempts;

	core->radio_config.wired = true;
	core->air = lose;
	core->env.demand = demand_new(core->env.sim->arena, S / 10);
	core_start(core);
	ue_set_retry(core->ues, 0, CORE_UES, retry);
	for (uint32_t i = 0; i < n; i++)
		ue_register(core->ues, i);
	core_run(core, until_ns);
	n_attempts = attempts(core, at);
	core_free(core);
	return n_attempts;
}

static void ts_24_501_5_5_1_2_7_the_standard_waits_for_t3511_and_after_five_for_t3502(void **state)
{
	const struct ue_retry standard = {.policy = UE_RETRY_STANDARD};
	uint32_t at[MOST];

	(void)state;
	assert_int_equal(deaf(&standard, 1, 850 * S, at), 6);
	for (uint32_t k = 0; k < 5; k++) /* T3510 and T3511 */
		assert_int_equal(at[k], k * 250);
	assert_int_equal(at[5], 4 * 250 + 150 + 7200);
}

static void an_immediate_device_goes_on_after_its_wait_for_ever(void **state)
{
	const struct ue_retry immediate = {.policy = UE_RETRY_IMMEDIATE, .wait_ns = S};
	uint32_t at[MOST];

	(void)state;
	assert_int_equal(deaf(&immediate, 1, 319 * S, at), 20);
	for (uint32_t k = 0; k < 20; k++)
		assert_int_equal(at[k], k * 160);
}

static void an_exponential_device_doubles_its_wait_up_to_the_longest(void **state)
{
	const struct ue_retry exponential = {.policy = UE_RETRY_EXPONENTIAL, .wait_ns = 2 * S,
		.factor = 2, .longest_ns = 10 * S};
	const uint32_t waits[] = {20, 40, 80, 100, 100, 20, 40}; /* after the fifth a new demand */
	uint32_t at[MOST], then = 0;

	(void)state;
	assert_int_equal(deaf(&exponential, 1, 200 * S, at), 10);
	for (uint32_t k = 0; k < 7; k++) {
		assert_int_equal(at[k], then);
		then += 150 + waits[k];
	}
}

static void jitter_takes_off_up_to_its_share_of_a_wait(void **state)
{
	const struct ue_retry exponential = {.policy = UE_RETRY_EXPONENTIAL, .wait_ns = 100 * S,
		.factor = 2, .longest_ns = 100 * S, .jitter = 0.25};
	uint32_t at[MOST];

	(void)state;
	assert_int_equal(deaf(&exponential, CORE_UES, 116 * S, at), 2 * CORE_UES);
	for (uint32_t i = CORE_UES; i < 2 * CORE_UES; i++)
		assert_in_range(at[i], 150 + 750, 150 + 1000);
	assert_true(at[2 * CORE_UES - 1] > at[CORE_UES]);
}

static void a_random_window_comes_on_top_of_t3511_and_differs_between_devices(void **state)
{
	const struct ue_retry window = {.policy = UE_RETRY_RANDOM_WINDOW, .window_ns = 60 * S};
	uint32_t at[MOST];

	(void)state;
	assert_true(deaf(&window, CORE_UES, 86 * S, at) >= 2 * CORE_UES);
	assert_in_range(at[CORE_UES], 250, 850);
	assert_true(at[CORE_UES + 1] > at[CORE_UES]);
	assert_true(at[CORE_UES + 2] > at[CORE_UES + 1]);
}

/* ---- the network's word ---- */

static void ts_24_501_5_3_9_more_than_are_admitted_are_refused_and_wait_for_t3346(void **state)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_NULL);

	(void)state;
	core->nf.amf.admitted_hz = 1;
	core->nf.ue.t3346_ns = 60 * S;
	core_start(core);
	for (uint32_t i = 0; i < CORE_UES; i++)
		ue_register(core->ues, i);
	core_run(core, 5 * S);
	/* one at once, and a burst of a second's */
	assert_int_equal(core->env.counter[NF_COUNT_REG_ACCEPTS], 2);
	assert_int_equal(core->env.counter[NF_COUNT_REG_REJECTS], CORE_UES - 2);
	assert_int_equal(core->env.sent[MSG_AUSF_AUTHENTICATE], 2); /* the others cost the core nothing */
	core_run(core, 59 * S); /* in clear: between T3346 and twice that */
	assert_int_equal(core->env.counter[NF_COUNT_REG_REQUESTS], CORE_UES);
	core_run(core, 130 * S);
	assert_int_equal(core->env.counter[NF_COUNT_REG_ACCEPTS], CORE_UES);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_24_501_5_5_1_2_7_the_standard_waits_for_t3511_and_after_five_for_t3502),
		cmocka_unit_test(an_immediate_device_goes_on_after_its_wait_for_ever),
		cmocka_unit_test(an_exponential_device_doubles_its_wait_up_to_the_longest),
		cmocka_unit_test(jitter_takes_off_up_to_its_share_of_a_wait),
		cmocka_unit_test(a_random_window_comes_on_top_of_t3511_and_differs_between_devices),
		cmocka_unit_test(
			ts_24_501_5_3_9_more_than_are_admitted_are_refused_and_wait_for_t3346),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
