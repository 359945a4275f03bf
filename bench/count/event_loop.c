/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_loop SECONDS: 10^4 pending events, as many handled a second; for bench/check.sh. */
#include "bench/hold.h"
#include "sim/core/sim.h"
#include <stdlib.h>

enum { KIND = 1, PENDING = 10000 };

struct loop {
	struct sim *sim;
	struct hold_delays delays;
	struct sim_timer timer; /* started by every event and stopped by the next */
};

static void again(void *context, const struct sim_event *event)
{
	struct loop *loop = context;

	sim_timer_stop(loop->sim, &loop->timer);
	sim_timer_start(loop->sim, &loop->timer, INT64_C(6000000000), KIND, 0, event->to, 0);
	sim_after(loop->sim, hold_delay(&loop->delays), KIND, event->detail, event->to, event->arg);
}

int main(int argc, char **argv)
{
	struct loop loop = {.sim = sim_new(1, 0)};

	sim_on(loop.sim, KIND, again, &loop);
	hold_delays_init(&loop.delays);
	for (uint32_t i = 0; i < PENDING; i++)
		sim_after(loop.sim, hold_delay(&loop.delays), KIND, 0, i, i);
	sim_run_until(loop.sim, (argc > 1 ? strtol(argv[1], NULL, 10) : 1) * INT64_C(1000000000));
	sim_free(loop.sim);
	return 0;
}
