/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ranks.h"
#include "cli/mpi_port.h"
#include "sim/core/memory.h"
#include <stdlib.h>
#include <string.h>

enum tag {
	TAG_WANT = 1, /* to rank 0: a worker is free     */
	TAG_JOB,      /* from rank 0: its number         */
	TAG_NO_MORE,  /* from rank 0                     */
	TAG_BEGIN,    /* to rank 0: number of a job      */
	TAG_OCTETS,   /* to rank 0: a piece of a result  */
	TAG_END       /* to rank 0: why it failed, or "" */
};

enum { PIECE = 1 << 16 };

/* --- how this process was started ------------------------------------------------------------ */

static long number(const char *name)
{
	const char *text = getenv(name);
	return text ? strtol(text, NULL, 10) : 0;
}

/* As Open MPI, MPICH and those like it (Hydra, Slurm's PMI) and Slurm itself say it. */
static long processes_started(void)
{
	static const char *const names[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE",
	                                    "SLURM_STEP_NUM_TASKS"};
	long most = 1;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (number(names[i]) > most)
			most = number(names[i]);
	return most;
}

/* The first of them alone says what is wrong. */
static bool is_first(void)
{
	return number("OMPI_COMM_WORLD_RANK") == 0 && number("PMI_RANK") == 0 &&
	       number("MV2_COMM_WORLD_RANK") == 0 && number("SLURM_PROCID") == 0;
}

enum sim_code ranks_begin(struct ranks *ranks, struct sim_err *err)
{
	long started = processes_started();
	*ranks = (struct ranks){.rank = 0, .size = 1};
	if (started == 1)
		return SIM_OK;
	if (mpi_port_built())
		mpi_port_begin(&ranks->rank, &ranks->size);
	ranks->begun = mpi_port_built();
	if (ranks->size > 1) {
		ranks->wants = sim_memory_new("the ranks", (size_t)ranks->size, sizeof *ranks->wants);
		return SIM_OK;
	}
	if (!is_first())
		return sim_fail(err, SIM_E_USAGE, "%s", "");
	if (!mpi_port_built())
		return sim_fail(err, SIM_E_USAGE,
		                "started %ld times, and this dtsim is built without MPI: each would do the "
		                "whole run; build it with make WITH_MPI=1, or start it once and give -j",
		                started);
	return sim_fail(err, SIM_E_USAGE,
	                "started %ld times, but MPI sees one process only: each would do the whole run; "
	                "was it built with the MPI of this mpirun or srun?",
	                started);
}

/* --- the order ------------------------------------------------------------------------------- */

struct order_head {
	uint64_t recipe_octets; /* 0: there is no order */
	uint32_t at_once, zero;
	uint8_t identity[RES_DIGEST_OCTETS];
};

void ranks_tell(struct ranks *ranks, const struct ranks_order *order)
{
	struct order_head head = {.recipe_octets = 0};
	if (ranks->size == 1)
		return;
	if (order) {
		head.recipe_octets = order->recipe_octets;
		head.at_once = order->at_once;
		memcpy(head.identity, order->identity, sizeof head.identity);
	}
	mpi_port_broadcast(&head, sizeof head);
	ranks->told = order != NULL;
	if (order)
		mpi_port_broadcast(order->recipe, order->recipe_octets);
}

bool ranks_hear(struct ranks *ranks, struct ranks_order *order)
{
	struct order_head head;
	(void)ranks;
	mpi_port_broadcast(&head, sizeof head);
	if (head.recipe_octets == 0)
		return false;
	*order = (struct ranks_order){.recipe = sim_memory_new("the ranks", 1, head.recipe_octets),
	                              .recipe_octets = head.recipe_octets,
	                              .at_once = head.at_once};
	memcpy(order->identity, head.identity, sizeof order->identity);
	mpi_port_broadcast(order->recipe, order->recipe_octets);
	return true;
}

/* --- rank 0 ---------------------------------------------------------------------------------- */

static void hand_out(struct ranks *ranks, const struct pool_plan *plan)
{
	uint32_t job;
	for (int r = 1; r < ranks->size; r++) {
		if (!ranks->wants[r])
			continue;
		if (plan->next(plan->context, &job) != POOL_JOB)
			return;
		ranks->wants[r] = false;
		ranks->n_out++;
		mpi_port_send(r, TAG_JOB, &job, sizeof job);
	}
}

static enum sim_code take(struct ranks *ranks, const struct pool_plan *plan, int from, int tag,
                          size_t n, struct sim_err *err)
{
	static char piece[PIECE + 1];
	SIM_ASSERT(n <= PIECE);
	mpi_port_receive(from, tag, piece, n);
	piece[n] = '\0';
	switch (tag) {
	case TAG_WANT: ranks->wants[from] = true; return SIM_OK;
	case TAG_BEGIN:
		ranks->from = from;
		memcpy(&ranks->job, piece, sizeof ranks->job);
		plan->begin(plan->context, ranks->job);
		return SIM_OK;
	case TAG_OCTETS: return plan->octets(plan->context, ranks->job, piece, n, err);
	default:
		ranks->from = 0;
		ranks->n_out--;
		return plan->end(plan->context, ranks->job, n ? piece : NULL, err);
	}
}

enum sim_code ranks_serve(struct ranks *ranks, const struct pool_plan *plan, bool *holds,
                          struct sim_err *err)
{
	int from, tag;
	size_t n;
	enum sim_code code = SIM_OK;
	do {
		from = ranks->from ? ranks->from : MPI_PORT_ANY;
		if (!mpi_port_probe(&from, &tag, &n))
			break;
		code = take(ranks, plan, from, tag, n, err);
	} while (code == SIM_OK);
	if (code == SIM_OK)
		hand_out(ranks, plan);
	*holds = ranks->from != 0;
	return code;
}

/* A rank that has no worker left asks once more: then it is listening. */
static void say_goodbye(struct ranks *ranks)
{
	for (int r = 1; r < ranks->size; r++) {
		if (!ranks->wants[r])
			mpi_port_receive(r, TAG_WANT, NULL, 0);
		mpi_port_send(r, TAG_NO_MORE, NULL, 0);
	}
}

/* --- the others ------------------------------------------------------------------------------ */

struct rank_work {
	struct ranks *ranks;
	int (*work)(void *context, uint32_t job, int out);
	void *context;
};

static int work(void *context, uint32_t job, int out)
{
	struct rank_work *w = context;
	return w->work(w->context, job, out);
}

static enum pool_next next(void *context, uint32_t *job)
{
	struct ranks *ranks = ((struct rank_work *)context)->ranks;
	int from = 0, tag;
	size_t n;
	if (!ranks->asked)
		mpi_port_send(0, TAG_WANT, NULL, 0);
	ranks->asked = true;
	if (!mpi_port_probe(&from, &tag, &n))
		return POOL_LATER;
	mpi_port_receive(0, tag, job, n);
	ranks->asked = false;
	return tag == TAG_JOB ? POOL_JOB : POOL_NO_MORE;
}

static void begin(void *context, uint32_t job)
{
	(void)context;
	mpi_port_send(0, TAG_BEGIN, &job, sizeof job);
}

static enum sim_code octets(void *context, uint32_t job, const void *data, size_t n,
                            struct sim_err *err)
{
	(void)context, (void)job, (void)err;
	mpi_port_send(0, TAG_OCTETS, data, n);
	return SIM_OK;
}

static enum sim_code end(void *context, uint32_t job, const char *reason, struct sim_err *err)
{
	(void)context, (void)job, (void)err;
	mpi_port_send(0, TAG_END, reason, reason ? strlen(reason) : 0);
	return SIM_OK;
}

enum sim_code ranks_work(struct ranks *ranks, uint32_t at_once,
                         int (*of)(void *context, uint32_t job, int out), void *context,
                         struct sim_err *err)
{
	struct rank_work w = {.ranks = ranks, .work = of, .context = context};
	struct pool_plan plan = {.at_once = at_once, .context = &w, .next = next, .work = work,
	                         .begin = begin, .octets = octets, .end = end};
	return pool_run(&plan, err);
}

/* --- ending ---------------------------------------------------------------------------------- */

void ranks_end(struct ranks *ranks)
{
	if (!ranks->begun)
		return;
	if (ranks->rank == 0 && ranks->told)
		say_goodbye(ranks);
	mpi_port_end();
	free(ranks->wants);
}

void ranks_abort(const struct ranks *ranks, int status)
{
	if (ranks->size > 1)
		mpi_port_abort(status);
}
