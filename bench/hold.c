/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hold model at 10^3, 10^5 and 10^6 pending events. `hold`: the event list alone against each
 * of four schedulers of ns-3 alone; both move whole events (ours 32 octets, ns-3's 24 with a
 * pointer to the rest). `loop`: handlers that schedule themselves again, on our simulator with the
 * digest of its trace, and on ns-3's. Wanted: 3, 4 and 6 times the quickest scheduler, 15 million
 * holds a second at 10^5.
 */
#include "bench/bench.h"
#include "bench/hold.h"
#include "sim/core/sim.h"
#include "sim/core/status.h"
#include <math.h>
#include <stdlib.h>

#if WITH_NS3
enum { KIND = 1, BATCH = 2000 };
static const double SLICE_NS = 1e8, WARM_UP_NS = 2e9;

/* ---- our event list alone ---- */

struct bare {
	struct sim_evq queue;
	struct hold_delays delays;
	uint64_t sequence;
};

static void *make_bare(const struct hold_kind *kind, uint32_t n)
{
	struct bare *bare = malloc(sizeof *bare);

	(void)kind;
	SIM_ASSERT(bare);
	sim_evq_init(&bare->queue);
	hold_delays_init(&bare->delays);
	for (bare->sequence = 0; bare->sequence < n; bare->sequence++)
		sim_evq_push(&bare->queue, &(struct sim_event){
			.t_ns = hold_delay(&bare->delays), .order = bare->sequence, .kind = KIND});
	return bare;
}

static uint64_t run_bare(void *list, uint32_t holds)
{
	struct bare *bare = list;
	struct sim_event event;

	for (uint32_t i = 0; i < holds; i++) {
		sim_evq_pop(&bare->queue, &event);
		event.t_ns += hold_delay(&bare->delays);
		event.order = bare->sequence++;
		sim_evq_push(&bare->queue, &event);
	}
	return holds;
}

static void free_bare(void *list)
{
	sim_evq_free(&((struct bare *)list)->queue);
	free(list);
}

/* ---- our event loop ---- */

struct loop {
	struct sim *sim;
	struct hold_delays delays;
};

static void again(void *context, const struct sim_event *event)
{
	struct loop *loop = context;

	sim_after(loop->sim, hold_delay(&loop->delays), KIND, event->detail, event->to, event->arg);
}

static void *make_loop(const struct hold_kind *kind, uint32_t n)
{
	struct loop *loop = malloc(sizeof *loop);

	(void)kind;
	SIM_ASSERT(loop);
	loop->sim = sim_new(1, 0);
	sim_on(loop->sim, KIND, again, loop);
	hold_delays_init(&loop->delays);
	for (uint32_t i = 0; i < n; i++)
		sim_after(loop->sim, hold_delay(&loop->delays), KIND, 0, i, i);
	return loop;
}

static uint64_t run_loop(void *list, uint32_t holds)
{
	struct sim *sim = ((struct loop *)list)->sim;
	uint64_t before = sim->handled;

	/* Each of the pending events comes once a second. */
	sim_run_until(sim, sim->now_ns + INT64_C(1000000000) * holds / (int64_t)sim->queue.n);
	return sim->handled - before;
}

static void free_loop(void *list)
{
	sim_free(((struct loop *)list)->sim);
	free(list);
}

static const struct hold_kind our_list = {"our event list", make_bare, run_bare, free_bare};
static const struct hold_kind our_loop = {"our event loop", make_loop, run_loop, free_loop};

/* One list, kept from round to round: filling it takes longer than a round. */
struct contender {
	const struct hold_kind *kind;
	void *list;
	double ns, holds; /* of this round */
};

static void enter(struct contender *c, const struct hold_kind *kind, uint32_t n)
{
	*c = (struct contender){.kind = kind, .list = kind->make(kind, n)};
	double began = bench_cpu_ns();

	/* Until hardly an event is left that lay there from the beginning. */
	for (uint64_t done = 0; done < 3 * (uint64_t)n && bench_cpu_ns() - began < WARM_UP_NS;)
		done += kind->run(c->list, BATCH);
}

static void take_turn(struct contender *c, double slice_ns)
{
	double began = bench_cpu_ns(), now = began;

	for (; now - began < slice_ns; now = bench_cpu_ns())
		c->holds += (double)c->kind->run(c->list, BATCH);
	c->ns += now - began;
}

static double ns_per_hold(const struct contender *c)
{
	return c->ns / c->holds;
}

/* Ours before and after each of theirs. */
static void play_round(struct contender *ours, struct contender *theirs, int n)
{
	ours->ns = ours->holds = 0;
	take_turn(ours, SLICE_NS / n);
	for (int i = 0; i < n; i++) {
		theirs[i].ns = theirs[i].holds = 0;
		take_turn(&theirs[i], SLICE_NS);
		take_turn(ours, SLICE_NS / n);
	}
}

static double quickest(const struct contender *theirs, int n)
{
	double ns = ns_per_hold(&theirs[0]);

	for (int i = 1; i < n; i++)
		ns = fmin(ns, ns_per_hold(&theirs[i]));
	return ns;
}

/* Ours against n of theirs, and against the quickest of them in each round. */
static void compare(FILE *to, const char *name, const struct hold_kind *our_kind,
                    const struct hold_kind *their_kinds, int n, uint32_t pending)
{
	struct bench_result best = {.name = name, .unit = "M/s", .against = "the quickest of ns-3's"};
	struct bench_result each[HOLD_SCHEDULERS] = {0};
	struct contender ours, theirs[HOLD_SCHEDULERS];

	enter(&ours, our_kind, pending);
	for (int i = 0; i < n; i++) {
		enter(&theirs[i], &their_kinds[i], pending);
		each[i] = (struct bench_result){.name = name, .unit = "M/s",
			.against = their_kinds[i].name};
	}
	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		play_round(&ours, theirs, n);
		double ns = ns_per_hold(&ours);
		for (int i = 0; i < n; i++)
			bench_add(&each[i], 1e3 / ns, ns_per_hold(&theirs[i]) / ns);
		bench_add(&best, 1e3 / ns, quickest(theirs, n) / ns);
	}
	for (int i = 0; i < n; i++) {
		bench_report(to, &each[i]);
		theirs[i].kind->free(theirs[i].list);
	}
	if (n > 1)
		bench_report(to, &best);
	our_kind->free(ours.list);
}

static void compare_all(FILE *to)
{
	compare(to, "hold.1000", &our_list, hold_ns3_schedulers, HOLD_SCHEDULERS, 1000);
	compare(to, "hold.100000", &our_list, hold_ns3_schedulers, HOLD_SCHEDULERS, 100000);
	compare(to, "hold.1000000", &our_list, hold_ns3_schedulers, HOLD_SCHEDULERS, 1000000);
	compare(to, "loop.1000", &our_loop, &hold_ns3_loop, 1, 1000);
	compare(to, "loop.100000", &our_loop, &hold_ns3_loop, 1, 100000);
	compare(to, "loop.1000000", &our_loop, &hold_ns3_loop, 1, 1000000);
}
#endif

int main(int argc, char **argv)
{
	FILE *to = bench_open(argc, argv);

	puts("Holds, in million a second (wanted: ratios of 3, 4 and 6 to the quickest scheduler)");
#if WITH_NS3
	compare_all(to);
#else
	puts("skipped: built without ns-3");
#endif
	fclose(to);
	return 0;
}
