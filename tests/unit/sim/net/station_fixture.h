/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stations to which jobs are submitted at given moments, and a log of how each job ended. */
#ifndef TESTS_UNIT_SIM_NET_STATION_FIXTURE_H
#define TESTS_UNIT_SIM_NET_STATION_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/net/net.h"
#include "sim/net/station.h"
#include <cmocka.h>
#include <string.h>

enum { KIND_SUBMIT = SIM_KIND_MODELS, KIND_DOWN, KIND_UP, KIND_WAKE, LOG_SIZE = 20000, NEVER = -1 };

struct ended {
	uint32_t station;
	enum sim_job_end how;
	struct sim_job job;
};

struct bed {
	struct sim *sim;
	struct sim_stations *stations;
	int n;
	struct ended ended[LOG_SIZE];
	uint32_t resubmit; /* a lost job is submitted here again; 0: nowhere */
};

static struct bed bed;

static inline void job_ended(void *context, uint32_t station, enum sim_job_end end,
                             const struct sim_job *job)
{
	struct bed *b = context;

	assert_true(b->n < LOG_SIZE);
	b->ended[b->n++] = (struct ended){station, end, *job};
	assert_int_equal(job->ended_ns, b->sim->now_ns);
	if (end == SIM_JOB_LOST && b->resubmit)
		sim_station_submit(b->stations, b->resubmit, 0, job->demand_ns, job->arg + 100);
}

/* to: station, detail: priority, arg: demand << 32 | number */
static inline void submit(void *context, const struct sim_event *event)
{
	struct bed *b = context;
	sim_station_submit(b->stations, event->to, (uint8_t)event->detail,
	                   (int64_t)(event->arg >> 32), event->arg & UINT32_MAX);
}

/* The same, but detail: what waking a worker takes. */
static inline void submit_waking(void *context, const struct sim_event *event)
{
	struct bed *b = context;
	sim_station_submit_waking(b->stations, event->to, 0, (int64_t)(event->arg >> 32), event->detail,
	                          event->arg & UINT32_MAX);
}

static inline void down(void *context, const struct sim_event *event)
{
	sim_station_down(((struct bed *)context)->stations, event->to);
}

static inline void up(void *context, const struct sim_event *event)
{
	sim_station_up(((struct bed *)context)->stations, event->to);
}

static inline void set_up(void)
{
	bed = (struct bed){.sim = sim_new(1, 0)};
	bed.stations = sim_stations_new(bed.sim, job_ended, &bed);
	sim_on(bed.sim, KIND_SUBMIT, submit, &bed);
	sim_on(bed.sim, KIND_WAKE, submit_waking, &bed);
	sim_on(bed.sim, KIND_DOWN, down, &bed);
	sim_on(bed.sim, KIND_UP, up, &bed);
}

static inline void tear_down(void)
{
	sim_free(bed.sim);
}

static inline uint32_t station(uint32_t host, uint32_t workers, int64_t capacity,
                               int64_t timeout_ns)
{
	struct sim_station_config config = {"s", host, workers, capacity, SIM_FIFO, timeout_ns};
	return sim_station(bed.stations, &config);
}

static inline void submit_at(int64_t t_ns, uint32_t to, uint16_t priority, uint32_t demand_ns,
                             uint32_t number)
{
	sim_after(bed.sim, t_ns, KIND_SUBMIT, priority, to, (uint64_t)demand_ns << 32 | number);
}

static inline void wake_at(int64_t t_ns, uint32_t to, uint16_t wake_ns, uint32_t demand_ns,
                           uint32_t number)
{
	sim_after(bed.sim, t_ns, KIND_WAKE, wake_ns, to, (uint64_t)demand_ns << 32 | number);
}

static inline void assert_end(int i, uint64_t number, enum sim_job_end how, int64_t started_ns,
                              int64_t ended_ns)
{
	assert_true(i < bed.n);
	assert_int_equal(bed.ended[i].job.arg, number);
	assert_int_equal(bed.ended[i].how, how);
	assert_int_equal(bed.ended[i].job.started_ns, started_ns);
	assert_int_equal(bed.ended[i].job.ended_ns, ended_ns);
}

#endif
