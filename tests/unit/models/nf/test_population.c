/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Populations: who comes when, and the load generator that is one program, without air. */
#include "tests/unit/models/nf/core_fixture.h"

#include "models/nf/population.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define S  SIM_NS_PER_S
#define MS (SIM_NS_PER_S / 1000)

struct bench {
	struct core *core;
	struct population_config config;
	struct populations *populations;
	int calls;
};

static void called(void *context, uint32_t ue)
{
	(void)ue;
	((struct bench *)context)->calls++;
}

static void begin(struct bench *b)
{
	struct nf_env *env = &b->core->env;
	const struct population_plan plan = {.config = &b->config, .n_cells = 1,
		.registration_deadline_ns = 30 * S, .context = b, .call = called};

	b->config.count = CORE_UES;
	env->demand = demand_new(env->sim->arena, S);
	core_start(b->core);
	b->populations = populations_new(env, b->core->ues, &plan, 1);
	populations_start(b->populations);
}

/* As a load generator: members in turn, again and again if they leave. */
static void start(struct bench *b, double rate_per_s, int64_t stay_ns)
{
	b->config = (struct population_config){
		.arrivals = {.process = SIM_ARRIVAL_PACED, .rate_hz = rate_per_s, .count = -1},
		.repeat = stay_ns >= 0, .stay_ns = stay_ns};
	begin(b);
}

static uint64_t counted(const struct bench *b, enum nf_counter counter)
{
	return b->core->env.counter[counter];
}

static void who_never_leaves_registers_once(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	start(&b, 10, -1);
	core_run(b.core, 60 * S);
	assert_int_equal(counted(&b, NF_COUNT_REG_ACCEPTS), CORE_UES);
	assert_int_equal(counted(&b, NF_COUNT_TURNS_SKIPPED), 0);
	for (uint32_t i = 0; i < CORE_UES; i++)
		assert_true(ue_is_registered(b.core->ues, i));
	core_free(b.core);
}

/* Turns come every CORE_UES / 10 s; a stay of half that lets all of them register in each. */
static void who_leaves_in_time_registers_in_every_turn(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	start(&b, 10, CORE_UES * S / 20);
	core_run(b.core, 10 * S + 450 * MS);
	assert_int_equal(counted(&b, NF_COUNT_REG_ACCEPTS), 105);
	assert_int_equal(counted(&b, NF_COUNT_TURNS_SKIPPED), 0);
	core_free(b.core);
}

static void who_is_still_registered_when_its_turn_comes_is_passed_over_and_counted(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	start(&b, 10, 3600 * S);
	core_run(b.core, 10 * S + 450 * MS);
	assert_int_equal(counted(&b, NF_COUNT_REG_ACCEPTS), CORE_UES);
	assert_int_equal(counted(&b, NF_COUNT_TURNS_SKIPPED), 105 - CORE_UES);
	core_free(b.core);
}

static void without_a_rate_nothing_happens(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	start(&b, 0, -1);
	core_run(b.core, S);
	assert_int_equal(b.core->env.sim->handled, 0);
	core_free(b.core);
}

static void on_a_wire_no_part_of_a_registration_is_radio(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};
	const struct rec_columns *rows;

	(void)state;
	b.core->radio_config.wired = true;
	start(&b, 10, -1);
	core_run(b.core, 60 * S);
	rows = &b.core->rec.table[REC_T_latency];
	const int64_t *radio = rows->column[rec_column_find(REC_T_latency, "radio_ns")];
	assert_true(rows->n >= CORE_UES);
	for (uint32_t i = 0; i < rows->n; i++)
		assert_int_equal(radio[i], 0);
	assert_int_equal(counted(&b, NF_COUNT_RACH_ATTEMPTS), 0);
	core_free(b.core);
}

/* ---- the course in time ---- */

static uint64_t total(const struct bench *b, const char *column)
{
	const struct rec_columns *t = &b->core->rec.table[REC_T_demand];
	const uint32_t *value = t->column[rec_column_find(REC_T_demand, column)];
	uint64_t sum = 0;

	for (uint32_t i = 0; i < t->n; i++)
		sum += value[i];
	return sum;
}

static bool lose_everything(struct core *core, uint32_t ue, struct msg *msg, bool up)
{
	(void)ue;
	(void)msg;
	return core->env.sim->now_ns > core->met * S || !up;
}

static void what_is_offered_tried_and_completed_is_counted_when_it_happens(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};
	const struct rec_columns *t = &b.core->rec.table[REC_T_demand];

	(void)state;
	b.core->air = lose_everything; /* in the first 20 s */
	b.core->met = 20;
	start(&b, 10, -1);
	core_run(b.core, 100 * S);
	demand_write(b.core->env.demand, &b.core->rec);
	const uint32_t *offered = t->column[rec_column_find(REC_T_demand, "offered")];
	assert_int_equal(offered[0], CORE_UES); /* at 0, 0.1, 0.2 and 0.3 s */
	assert_int_equal(total(&b, "offered"), CORE_UES);
	assert_int_equal(total(&b, "tried"), 2 * CORE_UES); /* again after T3510 and T3511 */
	assert_int_equal(total(&b, "completed"), CORE_UES);
	assert_int_equal(total(&b, "attempts"), total(&b, "tried"));
	const uint32_t *completed = t->column[rec_column_find(REC_T_demand, "completed")];
	assert_int_equal(completed[0], 0);
	core_free(b.core);
}

/* ---- what members want ---- */

static void rates_are_each_member_s_whatever_their_number(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	b.config = (struct population_config){.registrations_per_s = 0.1, .stay_ns = -1,
		.calls_per_s = 1};
	begin(&b);
	core_run(b.core, 1000 * S);
	assert_int_equal(counted(&b, NF_COUNT_REG_ACCEPTS), CORE_UES); /* who is there wants nothing */
	/* 4 members, 1/s, 1000 s less the 10 s or so before they register: 4 standard deviations */
	assert_in_range(b.calls, 3960 - 4 * 63, 3960 + 4 * 63);
	core_free(b.core);
}

static void everybody_comes_once_in_a_burst(void **state)
{
	struct bench b = {.core = core_new(&crypto_suite_cost, NET_SUCI_NULL)};

	(void)state;
	b.config = (struct population_config){.stay_ns = -1,
		.arrivals = {.process = SIM_ARRIVAL_BETA, .window_ns = 10 * S, .start_ns = 5 * S,
		             .count = -1}};
	begin(&b);
	core_run(b.core, 5 * S);
	assert_int_equal(b.core->env.sim->handled, 0);
	core_run(b.core, 20 * S);
	assert_int_equal(counted(&b, NF_COUNT_REG_REQUESTS), CORE_UES);
	assert_int_equal(counted(&b, NF_COUNT_TURNS_SKIPPED), 0);
	for (uint32_t i = 0; i < CORE_UES; i++)
		assert_true(ue_is_registered(b.core->ues, i));
	core_free(b.core);
}

/* ---- a load generator ---- */

/* The answer to the challenge takes 10 ms; the second UE asks in the same moment. */
static int64_t second_ue_s_wait(bool one_loop)
{
	struct core *core = core_new(&crypto_suite_cost, NET_SUCI_NULL);
	int64_t queueing_ns;

	core->radio_config.wired = true;
	core->nf.service.includes_cryptography = true;
	core->nf.service.step[SVC_ue_auth] = (struct sim_dist){.kind = SIM_DIST_DETERMINISTIC,
		.mean_ns = 10 * MS};
	core_start(core);
	if (one_loop)
		ues_share_loop(core->ues, core_station(core, "ues"));
	ue_register(core->ues, 0);
	ue_register(core->ues, 1);
	core_run(core, S);
	assert_int_equal(core->registered[0] + core->registered[1], 2);
	queueing_ns = core->span[1].part_ns[SIM_PART_QUEUEING];
	assert_int_equal(core->span[1].part_ns[SIM_PART_SERVICE] / MS, 9); /* less the cryptography */
	core_free(core);
	return queueing_ns;
}

static void ues_that_share_a_loop_wait_for_one_another(void **state)
{
	(void)state;
	assert_true(second_ue_s_wait(false) < MS);
	assert_in_range(second_ue_s_wait(true), 9 * MS, 10 * MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_never_leaves_registers_once),
		cmocka_unit_test(who_leaves_in_time_registers_in_every_turn),
		cmocka_unit_test(who_is_still_registered_when_its_turn_comes_is_passed_over_and_counted),
		cmocka_unit_test(without_a_rate_nothing_happens),
		cmocka_unit_test(on_a_wire_no_part_of_a_registration_is_radio),
		cmocka_unit_test(what_is_offered_tried_and_completed_is_counted_when_it_happens),
		cmocka_unit_test(rates_are_each_member_s_whatever_their_number),
		cmocka_unit_test(everybody_comes_once_in_a_burst),
		cmocka_unit_test(ues_that_share_a_loop_wait_for_one_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
