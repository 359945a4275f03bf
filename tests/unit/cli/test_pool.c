/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/pool.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS = 12, OCTETS = 200000 };

/* What the parent saw of each job. */
struct seen {
	uint32_t begun, ended, octets, wrong;
	bool failed;
	char reason[POOL_REASON_SIZE];
};

struct experiment {
	int (*job)(uint32_t job, int out);
	struct seen seen[JOBS];
	uint32_t current, n_given, n_ended, stop_after, late;
	bool open;
};

/* Jobs in their order; the next one comes `late` questions later. */
static enum pool_next next(void *context, uint32_t *job)
{
	struct experiment *e = context;
	if (e->n_given == JOBS)
		return POOL_NO_MORE;
	if (e->late && e->late-- % 3 != 0)
		return POOL_LATER;
	*job = e->n_given++;
	return POOL_JOB;
}

static int work(void *context, uint32_t job, int out)
{
	struct experiment *e = context;
	return e->job(job, out);
}

static void begin(void *context, uint32_t job)
{
	struct experiment *e = context;
	assert_false(e->open);
	e->open = true;
	e->current = job;
	e->seen[job].begun++;
}

static enum sim_code octets(void *context, uint32_t job, const void *data, size_t n,
                            struct sim_err *err)
{
	struct experiment *e = context;
	struct seen *seen = &e->seen[job];
	(void)err;
	assert_true(e->open && e->current == job);
	for (size_t i = 0; i < n; i++)
		seen->wrong += ((const uint8_t *)data)[i] != (uint8_t)job;
	seen->octets += (uint32_t)n;
	return SIM_OK;
}

static enum sim_code end(void *context, uint32_t job, const char *reason, struct sim_err *err)
{
	struct experiment *e = context;
	assert_true(e->open && e->current == job);
	e->open = false;
	e->seen[job].ended++;
	e->seen[job].failed = reason != NULL;
	snprintf(e->seen[job].reason, POOL_REASON_SIZE, "%s", reason ? reason : "");
	if (++e->n_ended == e->stop_after)
		return sim_fail(err, SIM_E_IO, "disk full");
	return SIM_OK;
}

static enum sim_code run(struct experiment *e, uint32_t at_once)
{
	struct sim_err err;
	struct pool_plan plan = {.next = next, .at_once = at_once, .context = e,
	                         .work = work, .begin = begin, .octets = octets, .end = end};
	return pool_run(&plan, &err);
}

static void write_octets(uint32_t job, int out, size_t n)
{
	uint8_t block[1000];
	memset(block, (int)job, sizeof block);
	for (; n > 0; n -= sizeof block)
		if (write(out, block, sizeof block) != (ssize_t)sizeof block)
			abort();
}

static void assert_finished(const struct seen *seen)
{
	assert_true(seen->begun == 1 && seen->ended == 1);
	assert_false(seen->failed);
	assert_int_equal(seen->octets, OCTETS);
	assert_int_equal(seen->wrong, 0);
}

/* --- honest jobs ----------------------------------------------------------------------------- */

static int honest(uint32_t job, int out)
{
	write_octets(job, out, OCTETS);
	return 0;
}

static void octets_of_two_jobs_never_mix(void **state)
{
	(void)state;
	const uint32_t at_once[] = {1, 2, 5, JOBS + 3};
	for (size_t i = 0; i < sizeof at_once / sizeof *at_once; i++) {
		struct experiment e = {.job = honest};
		assert_int_equal(run(&e, at_once[i]), SIM_OK);
		for (uint32_t job = 0; job < JOBS; job++)
			assert_finished(&e.seen[job]);
	}
}

static void jobs_may_come_later(void **state)
{
	(void)state;
	struct experiment e = {.job = honest, .late = 40};
	assert_int_equal(run(&e, 3), SIM_OK);
	for (uint32_t job = 0; job < JOBS; job++)
		assert_finished(&e.seen[job]);
}

/* --- jobs that fail -------------------------------------------------------------------------- */

static int unlucky(uint32_t job, int out)
{
	struct rlimit none = {0, 0};
	setrlimit(RLIMIT_CORE, &none);
	if (job == 8) /* half a result */
		write_octets(job, out, OCTETS / 2);
	signal(SIGSEGV, SIG_DFL); /* cmocka catches these */
	switch (job) {
	case 1: fprintf(stderr, "the first line\nns-3 says: no route\n"); abort();
	case 3: raise(SIGKILL); break;
	case 5: fprintf(stderr, "world: no room\n"); return 1;
	case 7: return 1;
	case 8: raise(SIGSEGV); break;
	case 9: exit(7);
	case 10: printf("on stdout"); return 1;
	default: return honest(job, out);
	}
	return 0;
}

static void a_job_that_dies_costs_itself_alone_and_says_why(void **state)
{
	(void)state;
	static const struct {
		uint32_t job;
		const char *reason;
	} expected[] = {
		{1, "killed by signal 6 (Aborted): the first line ns-3 says: no route"},
		{3, "killed by signal 9, perhaps for want of memory"},
		{5, "world: no room"},
		{7, "ended with status 1 without saying why"},
		{8, "killed by signal 11 (Segmentation fault)"},
		{9, "ended with status 7 without saying why"},
		{10, "on stdout"},
	};
	struct experiment e = {.job = unlucky};
	assert_int_equal(run(&e, 3), SIM_OK);
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		assert_true(e.seen[expected[i].job].failed);
		assert_string_equal(e.seen[expected[i].job].reason, expected[i].reason);
	}
	const uint32_t lucky[] = {0, 2, 4, 6, 11};
	for (size_t i = 0; i < sizeof lucky / sizeof *lucky; i++)
		assert_finished(&e.seen[lucky[i]]);
}

static int talkative(uint32_t job, int out)
{
	(void)out;
	for (int i = 0; i < 5000; i++)
		fprintf(stderr, "é\tline %d\033[1m\n", i);
	fprintf(stderr, "the last word of %u\n", job);
	return 1;
}

static void a_long_complaint_is_cut_to_its_end_on_one_clean_line(void **state)
{
	(void)state;
	struct experiment e = {.job = talkative};
	assert_int_equal(run(&e, 2), SIM_OK);
	for (uint32_t job = 0; job < JOBS; job++) {
		char last[40];
		const char *reason = e.seen[job].reason;
		size_t n = strlen(reason);
		snprintf(last, sizeof last, "the last word of %u", job);
		assert_true(e.seen[job].failed && n > strlen(last));
		assert_string_equal(reason + n - strlen(last), last);
		for (size_t i = 0; i < n; i++)
			assert_true((uint8_t)reason[i] >= ' ');
		assert_int_not_equal((uint8_t)reason[0] & 0xc0, 0x80);
	}
}

/* --- stopping -------------------------------------------------------------------------------- */

static int asleep(uint32_t job, int out)
{
	if (job < 2)
		return honest(job, out);
	sleep(600);
	return 0;
}

static enum sim_code end_and_interrupt(void *context, uint32_t job, const char *reason,
                                       struct sim_err *err)
{
	enum sim_code code = end(context, job, reason, err);
	if (((struct experiment *)context)->n_ended == 2)
		raise(SIGINT);
	return code;
}

static void assert_no_children_left(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void an_interrupt_stops_the_workers_and_keeps_what_ended(void **state)
{
	(void)state;
	struct sim_err err;
	struct experiment e = {.job = asleep};
	struct pool_plan plan = {.next = next, .at_once = 4, .context = &e, .work = work,
	                         .begin = begin, .octets = octets, .end = end_and_interrupt};
	assert_int_equal(pool_run(&plan, &err), SIM_E_INTERRUPT);
	assert_int_equal(e.n_ended, 2);
	assert_finished(&e.seen[0]);
	assert_finished(&e.seen[1]);
	assert_no_children_left();
	struct sigaction now;
	assert_int_equal(sigaction(SIGINT, NULL, &now), 0);
	assert_true(now.sa_handler == SIG_DFL);
}

static void an_error_of_the_parent_stops_the_workers(void **state)
{
	(void)state;
	struct experiment e = {.job = asleep, .stop_after = 1};
	assert_int_equal(run(&e, 4), SIM_E_IO);
	assert_int_equal(e.n_ended, 1);
	assert_no_children_left();
}

static int interrupted(uint32_t job, int out)
{
	raise(SIGINT); /* as Ctrl-C does to the whole group */
	return honest(job, out);
}

static void a_ctrl_c_that_reaches_a_worker_does_not_fail_its_job(void **state)
{
	(void)state;
	struct experiment e = {.job = interrupted};
	assert_int_equal(run(&e, 3), SIM_OK);
	for (uint32_t job = 0; job < JOBS; job++)
		assert_finished(&e.seen[job]);
}

static void no_file_descriptor_is_left_open(void **state)
{
	(void)state;
	int before = open("/dev/null", O_RDONLY);
	struct experiment e = {.job = unlucky};
	assert_int_equal(run(&e, 5), SIM_OK);
	int after = open("/dev/null", O_RDONLY);
	assert_int_equal(after, before + 1);
	close(before);
	close(after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(octets_of_two_jobs_never_mix),
		cmocka_unit_test(jobs_may_come_later),
		cmocka_unit_test(a_job_that_dies_costs_itself_alone_and_says_why),
		cmocka_unit_test(a_long_complaint_is_cut_to_its_end_on_one_clean_line),
		cmocka_unit_test(an_interrupt_stops_the_workers_and_keeps_what_ended),
		cmocka_unit_test(an_error_of_the_parent_stops_the_workers),
		cmocka_unit_test(a_ctrl_c_that_reaches_a_worker_does_not_fail_its_job),
		cmocka_unit_test(no_file_descriptor_is_left_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
