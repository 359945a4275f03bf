/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A running simulation asks nobody for memory and formats nothing: this program has its own malloc()
 * and snprintf(), which count, and looks at them at two moments of simulated time. Objects lie in pools,
 * which grow by blocks as long as more subscribers are registered than ever before.
 */
#include "models/nf/nf.h"
#include "scenarios/load.h"
#include "scenarios/world.h"
#include "tests/unit/scenarios/sanitized.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t allocations, formats;

#if !SANITIZED
/* glibc's own, under the names that it keeps for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	allocations++;
	return __libc_realloc(old, size);
}
#endif

int snprintf(char *out, size_t size, const char *format, ...)
{
	va_list arguments;

	formats++;
	va_start(arguments, format);
	int n = vsnprintf(out, size, format, arguments);
	va_end(arguments);
	return n;
}

enum { KIND_LOOK = SIM_KINDS - 1, LOOKS = 2 };

struct looks {
	struct nf_env *env;
	int n;
	uint64_t allocations[LOOKS], formats[LOOKS], events[LOOKS], registrations[LOOKS];
};

static void look(void *context, const struct sim_event *event)
{
	struct looks *looks = context;

	(void)event;
	looks->allocations[looks->n] = allocations;
	looks->formats[looks->n] = formats;
	looks->events[looks->n] = looks->env->sim->handled;
	looks->registrations[looks->n] = looks->env->counter[NF_COUNT_REG_ACCEPTS];
	looks->n++;
}

static void begin(void *context, struct nf_env *env, const struct home *home)
{
	struct looks *looks = context;

	(void)home;
	looks->env = env;
	sim_on(env->sim, KIND_LOOK, look, looks);
	sim_after(env->sim, INT64_C(1000000000), KIND_LOOK, 0, 0, 0);
	sim_after(env->sim, INT64_C(3000000000), KIND_LOOK, 0, 0, 0);
}

static void end(void *context, struct nf_env *env)
{
	(void)context;
	(void)env;
}

static void run(struct looks *looks)
{
	const struct world_watch watch = {looks, begin, end};
	struct rec_summary summary;
	struct sim_err err;
	struct scn *scn;
	struct rec rec;

	rec_init(&rec);
	assert_int_equal(scn_load("scenarios/reregister-1m.yaml",
	                          &(struct scn_options){.seed = -1, .replications = 1},
	                          stderr, &scn, &err), SIM_OK);
	assert_int_equal(world_run_watched(scn_variant(scn, 0), 0, INT64_C(3100000000), &watch, &rec,
	                                   &summary, &err), SIM_OK);
	rec_free(&rec);
	scn_free(scn);
}

static void ten_thousand_registrations_format_nothing_and_take_memory_by_the_block(void **state)
{
	struct looks looks = {0};

	(void)state;
	run(&looks);
	assert_int_equal(looks.n, LOOKS);
	assert_true(looks.registrations[1] - looks.registrations[0] > 9000);
	assert_true(looks.events[1] - looks.events[0] > 500000);
	assert_int_equal(looks.formats[1], looks.formats[0]);
	assert_true(looks.allocations[1] - looks.allocations[0] < 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_registrations_format_nothing_and_take_memory_by_the_block),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
