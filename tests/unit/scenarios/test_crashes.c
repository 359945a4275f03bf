/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every function of a network can crash, those of a visited network and the N3IWF too, and comes back. */
#include "tests/unit/scenarios/loading.inc"

#include "models/nf/nf.h"
#include "models/nf/sepp.h"
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

/* ---- the handshake of SEPPs ---- */

struct pair {
	bool both_begin;
	bool home_ready, visited_ready;
	uint64_t handshakes;
};

static void begin_both(void *context, struct nf_env *env, const struct home *home)
{
	const struct pair *of = context;

	(void)home;
	if (of->both_begin)
		sepp_start(env->instance[env->node.hsepp].self);
}

static void look_at_both(void *context, struct nf_env *env)
{
	struct pair *of = context;

	of->home_ready = sepp_is_ready(env->instance[env->node.hsepp].self);
	of->visited_ready = sepp_is_ready(env->instance[env->node.vsepp].self);
	of->handshakes = env->counter[NF_COUNT_N32_HANDSHAKES];
}

/* The first minute, in which nobody comes. */
static void run_handshake(struct loading *l, const char *more, struct pair *of)
{
	const struct scn_options options = {.seed = -1, .replications = 1};
	const struct world_watch watch = {of, begin_both, look_at_both};
	struct rec_summary summary;
	struct rec rec;
	char text[600];

	snprintf(text, sizeof text, SMALL "operations: {days: 0}\nprobes: {interval: never}\n%s", more);
	loading_text(l, "small.yaml", text);
	assert_int_equal(loading_load(l, "small.yaml", &options), SIM_OK);
	rec_init(&rec);
	assert_int_equal(world_run_watched(scn_variant(l->scn, 0), 0, INT64_C(60000000000), &watch, &rec,
	                                   &summary, &l->err), SIM_OK);
	rec_free(&rec);
}

static void a_sepp_waits_for_each_answer_by_itself(void **state)
{
	static const char *const settings[] = {
		"roaming: {surgeons: true, retry: 2500ms}\nlinks: {n32_delay: 1s}\n",
		"roaming: {surgeons: true, retry: 2500ms, n32: prins}\nlinks: {n32_delay: 1s}\n"};

	for (int i = 0; i < 2; i++) {
		struct pair of = {.both_begin = false};
		run_handshake(*state, settings[i], &of);
		assert_true(of.home_ready && of.visited_ready);
		assert_int_equal(of.handshakes, 1);
	}
}

static void sepps_that_begin_at_once_agree(void **state)
{
	static const char *const settings[] = {"roaming: {surgeons: true}\n",
		"roaming: {surgeons: true, n32: prins}\n"};

	for (int i = 0; i < 2; i++) {
		struct pair of = {.both_begin = true};
		run_handshake(*state, settings[i], &of);
		assert_true(of.home_ready && of.visited_ready);
		assert_int_equal(of.handshakes, 2);
	}
}

static void a_retry_of_sepps_is_longer_than_their_round_trip(void **state)
{
	struct loading *l = *state;

	assert_int_equal(loading_small(l, "roaming: {surgeons: true, retry: 2s}\nlinks: {n32_delay: 1s}\n",
	                               NULL), SIM_E_INPUT);
	assert_string_equal(l->messages,
	                    "small.yaml:6:34: roaming.retry: found 2 s, but an answer takes longer at "
	                    "links.n32_delay 1 s; allowed: more than 2 s\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(after_a_crash_of_any_function_everybody_registers_again,
		                                loading_set_up, loading_tear_down),
		cmocka_unit_test_setup_teardown(a_sepp_waits_for_each_answer_by_itself, loading_set_up,
		                                loading_tear_down),
		cmocka_unit_test_setup_teardown(sepps_that_begin_at_once_agree, loading_set_up,
		                                loading_tear_down),
		cmocka_unit_test_setup_teardown(a_retry_of_sepps_is_longer_than_their_round_trip,
		                                loading_set_up, loading_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
