/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/pool.h"
#include "cli/worker.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16, NOBODY = -1 };
static const struct timespec moment = {.tv_nsec = 1000000};

struct pool {
	const struct pool_plan *plan;
	struct worker *worker; /* those running: n_running of them, in no order */
	uint32_t n_running;
	uint32_t job;         /* the next one to start, when there is one */
	enum pool_next next;
	int current;          /* the one whose octets are being taken */
	unsigned char piece[PIECE];
};

static volatile sig_atomic_t stopped_by;
static sigset_t usual; /* signals blocked outside of the pool */

static void on_signal(int number)
{
	stopped_by = number;
}

/* --- starting and ending workers ------------------------------------------------------------- */

/* A failed fork is no reason to give up while others run: one that ends makes room. */
static enum sim_code start(struct pool *pool, struct sim_err *err)
{
	struct worker *worker = &pool->worker[pool->n_running];
	if (worker_start(worker, pool->plan, pool->job, pool->worker, pool->n_running, &usual)) {
		if (pool->n_running > 0)
			return SIM_OK;
		return sim_fail(err, SIM_E_MEMORY, "cannot start a worker process: %s", strerror(errno));
	}
	pool->n_running++;
	pool->next = POOL_LATER;
	return SIM_OK;
}

static enum sim_code start_more(struct pool *pool, struct sim_err *err)
{
	const struct pool_plan *plan = pool->plan;
	uint32_t before;
	enum sim_code code = SIM_OK;
	do {
		before = pool->n_running;
		if (pool->next == POOL_LATER && pool->n_running < plan->at_once)
			pool->next = plan->next(plan->context, &pool->job);
		if (pool->next == POOL_JOB && pool->n_running < plan->at_once)
			code = start(pool, err);
	} while (code == SIM_OK && pool->n_running > before);
	return code;
}

static enum sim_code end_current(struct pool *pool, struct sim_err *err)
{
	char reason[POOL_REASON_SIZE];
	struct worker *worker = &pool->worker[pool->current];
	uint32_t job = worker->job;
	int failed = worker_end(worker, reason, sizeof reason);
	*worker = pool->worker[--pool->n_running];
	pool->current = NOBODY;
	return pool->plan->end(pool->plan->context, job, failed ? reason : NULL, err);
}

/* --- taking octets --------------------------------------------------------------------------- */

static enum sim_code take(struct pool *pool, struct sim_err *err)
{
	struct worker *worker = &pool->worker[pool->current];
	ssize_t n = read(worker->from, pool->piece, sizeof pool->piece);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return SIM_OK;
	if (n < 0)
		return sim_fail(err, SIM_E_IO, "cannot read from a worker: %s", strerror(errno));
	if (n == 0)
		return end_current(pool, err);
	return pool->plan->octets(pool->plan->context, worker->job, pool->piece, (size_t)n, err);
}

/* Waits for the current worker only, or for any when there is none. */
static int wait_for_octets(struct pool *pool, struct pollfd *polled)
{
	const struct timespec second = {.tv_sec = 1};
	bool hurry = pool->plan->elsewhere ||
	             (pool->next == POOL_LATER && pool->n_running < pool->plan->at_once);
	uint32_t first = pool->current == NOBODY ? 0 : (uint32_t)pool->current;
	uint32_t n = pool->current == NOBODY ? pool->n_running : 1;
	for (uint32_t i = 0; i < n; i++)
		polled[i] = (struct pollfd){.fd = pool->worker[first + i].from, .events = POLLIN};
	int ready = ppoll(polled, n, hurry ? &moment : &second, &usual);
	for (uint32_t i = 0; ready > 0 && i < n; i++)
		if (polled[i].revents)
			return (int)(first + i);
	return NOBODY;
}

static enum sim_code serve_worker(struct pool *pool, struct pollfd *polled, struct sim_err *err)
{
	int ready = wait_for_octets(pool, polled);
	if (stopped_by)
		return sim_fail(err, SIM_E_INTERRUPT, "stopped by signal %d", (int)stopped_by);
	if (ready == NOBODY)
		return SIM_OK;
	if (pool->current == NOBODY) {
		pool->current = ready;
		pool->plan->begin(pool->plan->context, pool->worker[ready].job);
	}
	return take(pool, err);
}

static enum sim_code serve(struct pool *pool, struct pollfd *polled, struct sim_err *err)
{
	const struct pool_plan *plan = pool->plan;
	bool holds = false;
	enum sim_code code = SIM_OK;
	if (plan->elsewhere && pool->current == NOBODY)
		code = plan->elsewhere(plan->context, &holds, err);
	if (code == SIM_OK)
		code = holds ? pool_pause(err) : serve_worker(pool, polled, err);
	if (plan->tick)
		plan->tick(plan->context);
	return code;
}

enum sim_code pool_pause(struct sim_err *err)
{
	ppoll(NULL, 0, &moment, &usual);
	return stopped_by ? sim_fail(err, SIM_E_INTERRUPT, "stopped by signal %d", (int)stopped_by)
	                  : SIM_OK;
}

/* --- the whole ------------------------------------------------------------------------------- */

static enum sim_code run(struct pool *pool, struct sim_err *err)
{
	struct pollfd *polled = sim_memory_new("the workers", pool->plan->at_once, sizeof *polled);
	enum sim_code code = start_more(pool, err);
	while (code == SIM_OK && (pool->n_running > 0 || pool->next != POOL_NO_MORE)) {
		code = serve(pool, polled, err);
		if (code == SIM_OK)
			code = start_more(pool, err);
	}
	while (pool->n_running > 0)
		worker_stop(&pool->worker[--pool->n_running]);
	free(polled);
	return code;
}

/* SIGINT, SIGTERM and (unless nohup says otherwise) SIGHUP are let in only while waiting, so that none
 * is missed and no write is torn. */
enum sim_code pool_run(const struct pool_plan *plan, struct sim_err *err)
{
	struct pool *pool = sim_memory_new("the workers", 1, sizeof *pool);
	struct sigaction old_int, old_term, old_hup, stop = {.sa_handler = on_signal};
	sigset_t all;
	SIM_ASSERT(plan->at_once > 0 && plan->at_once <= POOL_MAX_AT_ONCE);
	pool->plan = plan;
	pool->current = NOBODY;
	pool->next = POOL_LATER;
	pool->worker = sim_memory_new("the workers", plan->at_once, sizeof *pool->worker);
	stopped_by = 0;
	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &old_int);
	sigaction(SIGTERM, &stop, &old_term);
	sigaction(SIGHUP, NULL, &old_hup);
	if (old_hup.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &stop, NULL);
	sigemptyset(&all);
	sigaddset(&all, SIGINT);
	sigaddset(&all, SIGTERM);
	sigaddset(&all, SIGHUP);
	sigprocmask(SIG_BLOCK, &all, &usual);
	enum sim_code code = run(pool, err);
	sigprocmask(SIG_SETMASK, &usual, NULL);
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGTERM, &old_term, NULL);
	sigaction(SIGHUP, &old_hup, NULL);
	free(pool->worker);
	free(pool);
	return code;
}

uint32_t pool_processors(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
		return (uint32_t)CPU_COUNT(&set);
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > POOL_MAX_AT_ONCE ? POOL_MAX_AT_ONCE : (uint32_t)n;
}
