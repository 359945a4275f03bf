/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A day of phones that fall idle, move, are called and come back: nothing goes astray in it. */
#include "models/nf/nf.h"
#include "scenarios/load.h"
#include "scenarios/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SPECIFIED, NEVER, LTE_IMSI, N_VARIANTS };

static uint64_t counter[N_VARIANTS][NF_N_COUNTERS];

static void keep(void *context, struct nf_env *env)
{
	memcpy(context, env->counter, NF_N_COUNTERS * sizeof *env->counter);
}

static void nothing(void *context, struct nf_env *env, const struct home *home)
{
	(void)context;
	(void)env;
	(void)home;
}

/* Nothing is lost on the air: what a lost message leaves behind is no fault of a procedure. */
static int run_all(void **state)
{
	static const char *const set[] = {"radio.bler=0"};
	struct scn *scn;
	struct sim_err err;

	(void)state;
	if (scn_load("scenarios/registered-life.yaml",
	             &(struct scn_options){.set = set, .n_set = 1, .seed = -1,
	                                    .replications = 1}, stderr, &scn,
	             &err) != SIM_OK)
		return -1;
	for (uint32_t i = 0; i < N_VARIANTS; i++) {
		const struct world_watch watch = {counter[i], nothing, keep};
		struct rec rec;
		struct rec_summary summary;
		rec_init(&rec);
		if (world_run_watched(scn_variant(scn, i), 0, SIM_TIME_MAX, &watch, &rec, &summary,
		                      &err) != SIM_OK)
			return -1;
		rec_free(&rec);
	}
	scn_free(scn);
	return 0;
}

static void nothing_is_unexpected_stale_discarded_or_said_twice(void **state)
{
	static const enum nf_counter none[] = {NF_COUNT_UNEXPECTED, NF_COUNT_STALE,
		NF_COUNT_NAS_DISCARDED, NF_COUNT_STATUS, NF_COUNT_RETRANSMISSIONS,
		NF_COUNT_PAGING_FAILURES, NF_COUNT_SERVICE_REJECTS, NF_COUNT_AUTH_REJECTS,
		NF_COUNT_IMPLICIT_DEREGISTRATIONS, NF_COUNT_MESSAGES_DROPPED};

	(void)state;
	for (int v = 0; v < N_VARIANTS; v++)
		for (size_t i = 0; i < sizeof none / sizeof *none; i++)
			assert_int_equal(counter[v][none[i]], 0);
}

static void everything_that_registered_life_has_happens(void **state)
{
	static const enum nf_counter some[] = {NF_COUNT_UPDATES, NF_COUNT_SERVICE_REQUESTS,
		NF_COUNT_PAGINGS, NF_COUNT_RELEASES, NF_COUNT_DEREGISTRATIONS,
		NF_COUNT_REAUTHENTICATIONS};

	(void)state;
	for (int v = 0; v < N_VARIANTS; v++)
		for (size_t i = 0; i < sizeof some / sizeof *some; i++)
			assert_true(counter[v][some[i]] >= 100);
}

static void ts_33_501_6_12_3_each_answer_to_a_paging_brings_a_new_guti_unless_none_ever_does(
	void **state)
{
	(void)state;
	assert_int_equal(counter[SPECIFIED][NF_COUNT_CONFIGURATION_UPDATES],
	                 counter[SPECIFIED][NF_COUNT_PAGINGS]);
	assert_int_equal(counter[NEVER][NF_COUNT_CONFIGURATION_UPDATES], 0);
}

static void what_names_the_occasions_changes_no_procedure(void **state)
{
	(void)state;
	assert_int_equal(counter[SPECIFIED][NF_COUNT_PAGINGS], counter[LTE_IMSI][NF_COUNT_PAGINGS]);
	assert_int_equal(counter[SPECIFIED][NF_COUNT_UPDATES], counter[LTE_IMSI][NF_COUNT_UPDATES]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_unexpected_stale_discarded_or_said_twice),
		cmocka_unit_test(everything_that_registered_life_has_happens),
		cmocka_unit_test(
			ts_33_501_6_12_3_each_answer_to_a_paging_brings_a_new_guti_unless_none_ever_does),
		cmocka_unit_test(what_names_the_occasions_changes_no_procedure),
	};
	return cmocka_run_group_tests(tests, run_all, NULL);
}
