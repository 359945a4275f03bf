/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every function of a network can crash, those of a visited network and the N3IWF too, and comes back. */
#include "tests/unit/scenarios/loading.inc"

#include "models/nf/nf.h"
#include "scenarios/world.h"

#define HOUR INT64_C(3600000000000)

static const char *const functions[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "dtf", "ledger",
	"n3iwf", "sepp", "visited amf", "visited pcf", "visited sepp", "St. Olavs hospital"};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

/* Probes at home, abroad and behind an N3IWF; one crash of a minute in the first of three hours. */
static void run_with_crash(struct loading *l, const char *of, struct rec *rec)
{
	const struct scn_options options = {.seed = -1, .replications = 1};
	struct rec_summary summary;
	char text[1200];

	snprintf(text, sizeof text,
	         "scenario: crashes\nsurgeons: {Alex: {}, Bob: {}}\ncities: {Oslo: {cells: 2}, Bergen: {}}\n"
	         "hospitals: {Riks: {city: Oslo}, St. Olavs hospital: {city: Bergen}}\nduration: 3h\n"
	         "operations: {days: 0}\nprobes: {count: 20, interval: 20s}\nradio: {bler: 0}\n"
	         "roaming: {background: 30 %%}\naccess: {background: 30 %%}\n"
	         "attacks: {c: {kind: crash, nf: %s, start: 30min, duration: 1min}}\n", of);
	loading_text(l, "crash.yaml", text);
	if (loading_load(l, "crash.yaml", &options) != SIM_OK)
		fail_msg("%s: %s", of, l->messages);
	rec_init(rec);
	assert_int_equal(world_run(scn_variant(l->scn, 0), 0, rec, &summary, &l->err), SIM_OK);
}

static const void *column(const struct rec *rec, enum rec_table table, const char *name)
{
	return rec->table[table].column[rec_column_find(table, name)];
}

static void assert_outage_of(const struct rec *rec, struct loading *l, const char *of)
{
	const struct scn_options options = {.seed = -1, .replications = -1};
	struct rec_names names = {.n = {0}};

	assert_int_equal(loading_load(l, "crash.yaml", &options), SIM_OK);
	world_names(&scn_variant(l->scn, 0)->config, &names);
	assert_int_equal(rec->table[REC_T_outage].n, 1);
	uint16_t nf = *(const uint16_t *)column(rec, REC_T_outage, "nf");
	assert_string_equal(names.text[REC_NAME_node][nf], of);
	rec_names_free(&names);
}

/* Of those that begin in the last two hours. */
static void assert_that_everybody_registers_again(const struct rec *rec, const char *of)
{
	const uint8_t *metric = column(rec, REC_T_latency, "metric");
	const uint8_t *outcome = column(rec, REC_T_latency, "outcome");
	const uint32_t *entity = column(rec, REC_T_latency, "entity");
	const int64_t *start = column(rec, REC_T_latency, "start_ns");
	uint32_t n = 0;

	for (uint32_t i = 0; i < rec->table[REC_T_latency].n; i++) {
		if (metric[i] != REC_M_REGISTRATION || start[i] < HOUR || outcome[i] == REC_OUTCOME_CENSORED)
			continue;
		n++;
		if (outcome[i] != REC_OUTCOME_OK)
			fail_msg("after a crash of %s: subscriber %u fails at %.0f s", of, entity[i],
			         (double)start[i] * 1e-9);
	}
	assert_true(n > 100);
}

static void after_a_crash_of_any_function_everybody_registers_again(void **state)
{
	for (int i = 0; i < N_FUNCTIONS; i++) {
		struct rec rec;
		run_with_crash(*state, functions[i], &rec);
		assert_outage_of(&rec, *state, functions[i]);
		assert_that_everybody_registers_again(&rec, functions[i]);
		rec_free(&rec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(after_a_crash_of_any_function_everybody_registers_again,
		                                loading_set_up, loading_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
