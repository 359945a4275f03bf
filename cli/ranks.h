/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run on many machines: mpirun starts the program on every rank. Rank 0 reads the command line,
 * owns the journal and hands out jobs; every rank, rank 0 too, has a pool of workers (cli/pool.h). A
 * rank asks for a job when a worker is free, and sends what the worker hands over, piece by piece.
 *
 * A rank that dies takes the run along, as MPI wants it; the journal keeps what had ended.
 */
#ifndef CLI_RANKS_H
#define CLI_RANKS_H

#include "cli/pool.h"
#include "results/run_info.h"

struct ranks {
	int rank, size;
	bool begun; /* MPI is */
	/* rank 0 */
	bool told;       /* an order: the others are at work */
	bool *wants;     /* of each rank: it has asked for a job */
	uint32_t n_out;  /* jobs at other ranks */
	int from;        /* whose octets are being taken; 0: nobody's */
	uint32_t job;    /* what they are of */
	/* the others */
	bool asked;
};

/* What rank 0 tells the others. The recipe is the receiver's to free. */
struct ranks_order {
	void *recipe;
	size_t recipe_octets;
	uint32_t at_once; /* workers of each rank */
	uint8_t identity[RES_DIGEST_OCTETS];
};

/*
 * Looks in the environment whether a launcher of MPI (mpirun, srun) has started this process. With
 * MPI, several times: begins it. Without it, or when MPI does not see the others: SIM_E_USAGE, since all
 * would do the same and write the same file.
 */
enum sim_code ranks_begin(struct ranks *ranks, struct sim_err *err);

/* Rank 0: the order, or NULL for none: the others end. */
void ranks_tell(struct ranks *ranks, const struct ranks_order *order);
/* The others: false when there is none. */
bool ranks_hear(struct ranks *ranks, struct ranks_order *order);

/* Rank 0: what pool_plan.elsewhere does; jobs come from the plan and go to it. */
enum sim_code ranks_serve(struct ranks *ranks, const struct pool_plan *plan, bool *holds,
                          struct sim_err *err);

/* The others: a pool whose jobs come from rank 0, until there are no more. */
enum sim_code ranks_work(struct ranks *ranks, uint32_t at_once,
                         int (*work)(void *context, uint32_t job, int out), void *context,
                         struct sim_err *err);

/*
 * Ends MPI. Rank 0 says goodbye to ranks that have an order; after a failure in the middle of jobs, of any
 * rank, the whole run is aborted with this exit status instead (the journal is closed by then).
 */
void ranks_end(struct ranks *ranks);
void ranks_abort(const struct ranks *ranks, int status);

#endif
