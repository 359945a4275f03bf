/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dtsim run: options, scenario, journal, a pool of workers with one replication each, result file.
 * The order of the jobs goes replication by replication through the variants, so that the time left
 * can be told from those done; it leaves no trace in the result.
 */
#include "cli/run.h"
#include "analysis/metric/goodput.h"
#include "analysis/metric/summary.h"
#include "cli/output_path.h"
#include "cli/pool.h"
#include "cli/progress.h"
#include "cli/recipe.h"
#include "cli/ranks.h"
#include "cli/run_jobs.h"
#include "results/journal.h"
#include "results/meta.h"
#include "results/reader.h"
#include "results/writer.h"
#include "scenarios/at_rest.h"
#include "sim/core/memory.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
	struct run_options options;
	struct ranks ranks;
	struct run_jobs jobs;
	uint32_t *left, n_left, given; /* jobs that are not in the journal yet, and how many are given away */
	struct pool_plan plan;
	struct res_journal *journal;
	char *journal_path;
	struct res_recipe found; /* in the journal to resume */
	struct progress progress;
	struct res_meta meta;
	bool complete; /* every job has ended, here and at other ranks */
	char first_failure[POOL_REASON_SIZE + 128];
};

/* --- what the pool asks for ------------------------------------------------------------------ */

static int work(void *context, uint32_t job, int out)
{
	const struct run *run = context;
	return run_jobs_work(&run->jobs, job, out);
}

static enum pool_next next(void *context, uint32_t *job)
{
	struct run *run = context;
	if (run->given == run->n_left)
		return run->ranks.n_out ? POOL_LATER : POOL_NO_MORE;
	*job = run->left[run->given++];
	return POOL_JOB;
}

static enum sim_code elsewhere(void *context, bool *holds, struct sim_err *err)
{
	struct run *run = context;
	return ranks_serve(&run->ranks, &run->plan, holds, err);
}

static void begin(void *context, uint32_t job)
{
	struct run *run = context;
	(void)job;
	res_journal_begin(run->journal);
}

static enum sim_code octets(void *context, uint32_t job, const void *data, size_t n,
                            struct sim_err *err)
{
	struct run *run = context;
	(void)job;
	return res_journal_append(run->journal, data, n, err);
}

static enum sim_code record_failure(struct run *run, uint32_t job, const char *reason,
                                    struct sim_err *err)
{
	const struct res_run *res = &run->jobs.description.run;
	struct rec_summary summary = {.variant = (uint16_t)(job / res->replications),
	                              .replication = job % res->replications,
	                              .failed = 1};
	snprintf(summary.reason, sizeof summary.reason, "%s", reason);
	if (run->meta.failed++ == 0)
		snprintf(run->first_failure, sizeof run->first_failure, "variant %s, replication %u: %s",
		         res->variants[summary.variant].name, summary.replication, reason);
	progress_count(&run->progress, true);
	res_journal_rollback(run->journal);
	return res_journal_add(run->journal, &summary, NULL, err);
}

static enum sim_code end(void *context, uint32_t job, const char *reason, struct sim_err *err)
{
	struct run *run = context;
	if (reason)
		return record_failure(run, job, reason, err);
	enum sim_code code = res_journal_commit(run->journal, job, err);
	if (code == SIM_E_WORKER) {
		char why[POOL_REASON_SIZE];
		snprintf(why, sizeof why, "%.*s", POOL_REASON_SIZE - 1, err->text);
		return record_failure(run, job, why, err);
	}
	progress_count(&run->progress, false);
	return code;
}

static void tick(void *context)
{
	struct run *run = context;
	progress_tick(&run->progress);
}

/* --- the steps ------------------------------------------------------------------------------- */

/* What was run stands in the journal, unless the command line says it too. */
static enum sim_code look_up(struct run *run, struct sim_err *err)
{
	struct run_options *o = &run->options;
	if (!o->resume)
		return SIM_OK;
	enum sim_code code = res_journal_recipe(o->resume, &run->found, err);
	if (code != SIM_OK || o->scenario)
		return code;
	return recipe_read(run->found.octets, run->found.n, o->resume, o, err);
}

static enum sim_code open_journal(struct run *run, struct sim_err *err)
{
	const char *output = run->options.output;
	bool may = run->options.force || res_may_write(output, &run->jobs.description.run);
	if (!may && sim_memory_is_short())
		return sim_fail(err, SIM_E_MEMORY, "out of memory while looking at %s", output);
	if (!may)
		return sim_fail(err, SIM_E_USAGE,
		                "%s is the result of another run and is not overwritten: choose another "
		                "file with -o, or give --force",
		                output);
	SIM_ASSERT(asprintf(&run->journal_path, "%s.part", output) > 0);
	return res_journal_open(run->journal_path, &run->jobs.description.run, &run->journal, err);
}

static enum sim_code prepare(struct run *run, struct sim_err *err)
{
	enum sim_code code = output_path_check(run->options.output, err);
	if (code == SIM_OK)
		code = look_up(run, err);
	if (code == SIM_OK)
		code = run_jobs_load(&run->jobs, &run->options, err);
	if (code == SIM_OK)
		code = open_journal(run, err);
	return code;
}

static void list_what_is_left(struct run *run)
{
	const struct res_run *res = &run->jobs.description.run;
	run->left = sim_memory_new("the list of replications", res_n_jobs(res), sizeof *run->left);
	for (uint32_t r = 0; r < res->replications; r++)
		for (uint32_t v = 0; v < res->n_variants; v++)
			if (!res_journal_has(run->journal, v * res->replications + r))
				run->left[run->n_left++] = v * res->replications + r;
}

static void tell_ranks(struct run *run)
{
	const struct res_run *res = &run->jobs.description.run;
	struct ranks_order order = {.recipe = run->jobs.recipe, .recipe_octets = res->recipe_octets,
	                            .at_once = run->options.at_once};
	res_run_identity(res, order.identity);
	ranks_tell(&run->ranks, &order);
}

static void note_memory(struct res_meta *meta)
{
	static struct res_room room[SCN_ROOMS];
	struct scn_room at_rest[SCN_ROOMS];

	scn_at_rest(at_rest);
	for (int i = 0; i < SCN_ROOMS; i++)
		room[i] = (struct res_room){at_rest[i].name, at_rest[i].octets};
	meta->room = room;
	meta->n_rooms = SCN_ROOMS;
}

static enum sim_code simulate(struct run *run, struct sim_err *err)
{
	note_memory(&run->meta);
	uint32_t total = res_n_jobs(&run->jobs.description.run);
	run->meta.replications = total;
	run->meta.workers = run->options.at_once * (uint32_t)run->ranks.size;
	run->meta.continued = res_journal_kept(run->journal);
	if (run->meta.continued && !run->options.quiet)
		fprintf(stderr, "continuing: %u of %u replications are already in %s\n",
		        run->meta.continued, total, run->journal_path);
	list_what_is_left(run);
	tell_ranks(run);
	run_jobs_warm(&run->jobs);
	run->plan = (struct pool_plan){.context = run, .at_once = run->options.at_once, .next = next,
	                               .work = work, .begin = begin, .octets = octets, .end = end,
	                               .tick = tick,
	                               .elsewhere = run->ranks.size > 1 ? elsewhere : NULL};
	progress_start(&run->progress, total, run->meta.continued, run->options.quiet);
	enum sim_code code = pool_run(&run->plan, err);
	progress_clear(&run->progress);
	return code;
}

static enum sim_code sum_up(struct run *run, struct sim_err *err)
{
	struct rec_summary summary;
	for (uint32_t job = 0; job < run->meta.replications; job++) {
		enum sim_code code = res_journal_summary(run->journal, job, &summary, err);
		if (code != SIM_OK)
			return code;
		run->meta.core_s += (double)summary.wall_ns / 1e9;
		run->meta.cpu_s += (double)summary.cpu_ns / 1e9;
		run->meta.crypto_cpu_s += (double)summary.crypto_cpu_ns / 1e9;
		if (summary.peak_octets > run->meta.peak_octets)
			run->meta.peak_octets = summary.peak_octets;
	}
	return SIM_OK;
}

/* A Ctrl-C waits until the file, whose replications have all finished, is in its place. */
static enum sim_code build_file(struct run *run, struct sim_err *err)
{
	sigset_t all, usual;
	sigemptyset(&all);
	sigaddset(&all, SIGINT);
	sigaddset(&all, SIGTERM);
	sigaddset(&all, SIGHUP);
	sigprocmask(SIG_BLOCK, &all, &usual);
	const struct res_run *res = &run->jobs.description.run;
	enum sim_code code = res_write(run->options.output, res, run->journal, NULL, err);
	if (code == SIM_OK)
		code = sum_up(run, err);
	if (code == SIM_OK) {
		run->meta.ended = time(NULL);
		run->meta.wall_s += progress_now_s();
		code = res_meta_write(run->options.output, res, &run->meta, err);
	}
	if (code == SIM_OK && run->meta.failed == 0) /* else it can be resumed */
		unlink(run->journal_path);
	sigprocmask(SIG_SETMASK, &usual, NULL);
	return code;
}

/* What is kept, and how to go on. A journal without a finished replication is of no use. */
static enum sim_code say_kept(struct run *run, struct sim_err *err)
{
	uint32_t kept = res_journal_kept(run->journal), total = run->meta.replications;
	if (kept == 0) {
		unlink(run->journal_path);
		return sim_fail(err, err->code,
		                "interrupted before a replication had finished: nothing is kept");
	}
	return sim_fail(err, err->code,
	                "interrupted: %u of %u replications are kept; dtsim run --resume %s continues",
	                kept, total, run->journal_path);
}

/* What the result file must not know: how fast it was. */
static void show_speed(const struct run *run, struct res_file *file)
{
	const double completed = (double)met_completed(file), core_s = run->meta.core_s;
	if (!met_has_population(file, 0) || completed <= 0 || core_s <= 0)
		return;
	printf("\n%.0f registrations in %.1f s of a core: %.0f a wall second and core (%.0f a second of "
	       "CPU time); at most %.0f MB in a worker.\n", completed, core_s, completed / core_s,
	       completed / run->meta.cpu_s, (double)run->meta.peak_octets / 1e6);
}

static enum sim_code show_summary(const struct run *run, struct sim_err *err)
{
	struct res_file *file = res_open(run->options.output, err);
	if (!file)
		return err->code;
	enum sim_code code = summary_print(file, stdout);
	if (code == SIM_OK)
		show_speed(run, file);
	res_close(file);
	if (code != SIM_OK) /* it has said why */
		return sim_fail(err, code, "%s is written, but its summary failed", run->options.output);
	printf("\nWritten: %s\n", run->options.output);
	return SIM_OK;
}

static enum sim_code finish(struct run *run, struct sim_err *err)
{
	if (res_journal_kept(run->journal) == 0) {
		unlink(run->journal_path);
		return sim_fail(err, SIM_E_WORKER,
		                "every replication failed, nothing is written; the first: %s",
		                run->first_failure);
	}
	enum sim_code code = build_file(run, err);
	if (code == SIM_OK && !run->options.quiet)
		code = show_summary(run, err);
	if (code == SIM_OK && run->meta.failed)
		code = sim_fail(err, SIM_E_WORKER,
		                "%u of %u replications failed and are marked so in %s; dtsim run --resume %s "
		                "tries them again; the first: %s",
		                run->meta.failed, run->meta.replications, run->options.output,
		                run->journal_path, run->first_failure);
	return code;
}

static enum sim_code run_all(struct run *run, struct sim_err *err)
{
	run->meta = (struct res_meta){.begun = time(NULL), .workers = run->options.at_once,
	                              .wall_s = -progress_now_s()};
	enum sim_code code = prepare(run, err);
	if (code != SIM_OK)
		return code;
	code = simulate(run, err);
	run->complete = code == SIM_OK;
	if (code == SIM_E_INTERRUPT)
		return say_kept(run, err);
	if (code != SIM_OK) {
		if (res_journal_kept(run->journal) == 0)
			unlink(run->journal_path);
		return code;
	}
	return finish(run, err);
}

static void release(struct run *run)
{
	res_journal_close(run->journal);
	run_jobs_free(&run->jobs);
	free(run->journal_path);
	free(run->left);
	res_recipe_free(&run->found);
	run_options_free(&run->options);
}

static enum sim_code first_rank(struct run *run, int argc, char **argv, struct sim_err *err)
{
	enum sim_code code = run_options_parse(argc, argv, &run->options, err);
	if (run->ranks.size > 1 && !run->options.at_once_given)
		run->options.at_once = 1; /* who starts many ranks has one for each core */
	if (code == SIM_OK && run->options.help)
		run_options_help(stdout);
	else if (code == SIM_OK)
		code = run_all(run, err);
	return code;
}

/* The same run, made from what the first rank says: no file is read and none is written. */
static enum sim_code other_rank(struct run *run, struct sim_err *err)
{
	struct ranks_order order;
	uint8_t identity[RES_DIGEST_OCTETS];
	if (!ranks_hear(&run->ranks, &order))
		return SIM_OK;
	run->found = (struct res_recipe){.octets = order.recipe, .n = order.recipe_octets};
	enum sim_code code = recipe_read(order.recipe, order.recipe_octets, "the first rank", &run->options,
	                                 err);
	if (code == SIM_OK)
		code = run_jobs_load(&run->jobs, &run->options, err);
	if (code != SIM_OK)
		return code;
	res_run_identity(&run->jobs.description.run, identity);
	if (memcmp(identity, order.identity, sizeof identity) != 0)
		return sim_fail(err, SIM_E_USAGE, "rank %d understands the scenario otherwise than the first "
		                "one: they are different builds of dtsim", run->ranks.rank);
	run_jobs_warm(&run->jobs);
	return ranks_work(&run->ranks, order.at_once, work, run, err);
}

/* What others have not been told of, or what has gone wrong while they work, ends them too. */
static void end_ranks(struct run *run, enum sim_code code)
{
	bool orderly = code == SIM_OK || run->complete || (run->ranks.rank == 0 && !run->ranks.told);
	if (!orderly)
		ranks_abort(&run->ranks, sim_exit_status(code));
	if (run->ranks.rank == 0 && !run->ranks.told)
		ranks_tell(&run->ranks, NULL);
	ranks_end(&run->ranks);
}

int cli_run(int argc, char **argv)
{
	struct run run = {0};
	struct sim_err err = {.code = SIM_OK};
	enum sim_code code = ranks_begin(&run.ranks, &err);
	if (code == SIM_OK)
		code = run.ranks.rank == 0 ? first_rank(&run, argc, argv, &err) : other_rank(&run, &err);
	bool silent = run.ranks.rank > 0 && code == SIM_E_INTERRUPT; /* the first one speaks for all */
	if (code != SIM_OK && !silent && err.text[0])
		fprintf(stderr, "dtsim run: %s\n", err.text);
	release(&run);
	end_ranks(&run, code);
	return sim_exit_status(code);
}
