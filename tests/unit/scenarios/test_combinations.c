/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings that meet: whatever a network is made of, its subscribers register, and nothing goes astray. */
#include "tests/unit/scenarios/loading.inc"

#include "models/nf/nf.h"
#include "scenarios/world.h"

static uint64_t counter[NF_N_COUNTERS];

static void keep(void *context, struct nf_env *env)
{
	memcpy(context, env->counter, sizeof counter);
}

static void nothing(void *context, struct nf_env *env, const struct home *home)
{
	(void)context;
	(void)env;
	(void)home;
}

/* Two hours of probes in a network without chance on the air. */
static void run(struct loading *l, const char *more, struct rec *rec)
{
	const struct scn_options options = {.seed = -1, .replications = 1};
	const struct world_watch watch = {counter, nothing, keep};
	struct rec_summary summary;
	char text[1200];

	snprintf(text, sizeof text,
	         "scenario: combination\nsurgeons: {Alex: {}, Bob: {}}\nduration: 2h\n"
	         "cities: {Oslo: {cells: 2}, Bergen: {}}\nhospitals: {Riks: {city: Oslo}}\n"
	         "operations: {days: 0}\nprobes: {count: 20, interval: 30s}\nradio: {bler: 0}\n%s", more);
	loading_text(l, "combination.yaml", text);
	if (loading_load(l, "combination.yaml", &options) != SIM_OK)
		fail_msg("%s", l->messages);
	rec_init(rec);
	assert_int_equal(world_run_watched(scn_variant(l->scn, 0), 0, SIM_TIME_MAX, &watch, rec, &summary,
	                                   &l->err), SIM_OK);
}

static void assert_that_everybody_registers(const struct rec *rec, const char *of)
{
	const struct rec_columns *latency = &rec->table[REC_T_latency];
	const uint8_t *metric = latency->column[rec_column_find(REC_T_latency, "metric")];
	const uint8_t *outcome = latency->column[rec_column_find(REC_T_latency, "outcome")];
	uint32_t n = 0;

	for (uint32_t i = 0; i < latency->n; i++) {
		if (metric[i] == REC_M_REGISTRATION && outcome[i] == REC_OUTCOME_FAILED)
			fail_msg("%s: a registration fails", of);
		n += metric[i] == REC_M_REGISTRATION && outcome[i] == REC_OUTCOME_OK;
	}
	assert_true(n > 150);
}

static void ues_of_one_program_register_over_any_access(void **state)
{
	static const char *const settings[] = {
		"hosts: {core_cores: 2, ues: core}\n",
		"hosts: {core_cores: 2, ues: core}\naccess: {background: 1}\n",
		"hosts: {core_cores: 2, ues: core}\naccess: {background: 50 %}\nroaming: {background: 1}\n"};

	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		struct rec rec;
		run(*state, settings[i], &rec);
		assert_that_everybody_registers(&rec, settings[i]);
		assert_int_equal(counter[NF_COUNT_UNEXPECTED], 0);
		rec_free(&rec);
	}
}

static void an_mnc_has_two_digits_or_three(void **state)
{
	static const char *const settings[] = {
		"network: {mnc: \"123\"}\nroaming: {background: 50 %, mnc: \"001\"}\n",
		"network: {mnc: \"123\", suci: \"null\"}\naccess: {background: 50 %}\n",
		"network: {mnc: \"123\", authentication: eap_aka_prime}\ncrypto: {all: real}\n"};

	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		struct rec rec;
		run(*state, settings[i], &rec);
		assert_that_everybody_registers(&rec, settings[i]);
		assert_int_equal(counter[NF_COUNT_UNEXPECTED], 0);
		rec_free(&rec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ues_of_one_program_register_over_any_access, loading_set_up,
		                                loading_tear_down),
		cmocka_unit_test_setup_teardown(an_mnc_has_two_digits_or_three, loading_set_up,
		                                loading_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
