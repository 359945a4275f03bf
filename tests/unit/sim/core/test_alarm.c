/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alarms against timers: the same life of many entities with either gives the same events. */
#include "sim/core/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ENTITIES = 500, STEPS = 20000, KIND_STEP = 1, KIND_RING = 2, DETAIL = 77 };
#define HOUR_NS (INT64_C(3600) * SIM_NS_PER_S)

struct bed {
	struct sim *sim;
	struct sim_stream stream;
	bool with_alarms;
	uint16_t group;
	struct sim_alarm alarm[ENTITIES];
	struct sim_timer timer[ENTITIES];
	uint32_t rings;
};

static struct sim_alarm *find(void *context, uint32_t id)
{
	return &((struct bed *)context)->alarm[id];
}

static void ring_event(void *context, uint32_t id, struct sim_event *event)
{
	(void)context;
	*event = (struct sim_event){.t_ns = event->t_ns, .order = event->order, .kind = KIND_RING,
		.detail = DETAIL, .to = id, .arg = 3 * (uint64_t)id};
}

static void stop(struct bed *bed, uint32_t id)
{
	if (bed->with_alarms)
		sim_alarm_stop(bed->sim, &bed->alarm[id]);
	else
		sim_timer_stop(bed->sim, &bed->timer[id]);
}

static void set(struct bed *bed, uint32_t id, int64_t delay_ns)
{
	stop(bed, id);
	if (bed->with_alarms)
		sim_alarm_set(bed->sim, bed->group, id, &bed->alarm[id], delay_ns);
	else
		sim_timer_start(bed->sim, &bed->timer[id], delay_ns, KIND_RING, DETAIL, id,
		                3 * (uint64_t)id);
}

/* Within the second, within the hour, beyond what the lists reach; on round times, so that many tie. */
static int64_t some_delay_ns(struct bed *bed)
{
	static const int64_t longest[] = {SIM_NS_PER_S, HOUR_NS, 10 * HOUR_NS};
	int64_t unit = longest[sim_stream_below(&bed->stream, 3)] / 50;

	return unit * (1 + (int64_t)sim_stream_below(&bed->stream, 50));
}

static void on_step(void *context, const struct sim_event *event)
{
	struct bed *bed = context;
	uint32_t id = sim_stream_below(&bed->stream, ENTITIES);

	if (sim_stream_below(&bed->stream, 4) == 0)
		stop(bed, id);
	else
		set(bed, id, some_delay_ns(bed));
	if (event->arg > 0)
		sim_after(bed->sim, SIM_NS_PER_S / 50 * (int64_t)sim_stream_below(&bed->stream, 60),
		          KIND_STEP, 0, 0, event->arg - 1);
}

static void on_ring(void *context, const struct sim_event *event)
{
	struct bed *bed = context;

	assert_int_equal(event->arg, 3 * (uint64_t)event->to);
	assert_false(sim_alarm_is_set(&bed->alarm[event->to]));
	bed->rings++;
	if (event->to % 3 == 0)
		set(bed, event->to, some_delay_ns(bed));
}

static void live(struct bed *bed, bool with_alarms, uint64_t seed, uint8_t digest[32])
{
	*bed = (struct bed){.sim = sim_new(seed, 0), .with_alarms = with_alarms};
	bed->stream = sim_stream_open(seed, 0, 1, 0);
	bed->group = sim_alarm_group(bed->sim, &(struct sim_alarm_kind){bed, find, ring_event});
	sim_on(bed->sim, KIND_STEP, on_step, bed);
	sim_on(bed->sim, KIND_RING, on_ring, bed);
	sim_after(bed->sim, SIM_NS_PER_S, KIND_STEP, 0, 0, STEPS);
	for (int64_t t = 0; t < 30; t++) /* beyond the last step, in pieces */
		sim_run_until(bed->sim, t * HOUR_NS / 2);
	assert_true(sim_next_ns(bed->sim) > 29 * HOUR_NS / 2);
	sim_trace_digest(bed->sim, digest);
	sim_free(bed->sim);
}

static void alarms_go_off_when_and_in_the_order_that_timers_would(void **state)
{
	static struct bed bed;

	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		uint8_t digest[2][32];
		uint32_t rings;
		live(&bed, false, seed, digest[0]);
		rings = bed.rings;
		live(&bed, true, seed, digest[1]);
		assert_true(rings > 3000);
		assert_int_equal(bed.rings, rings);
		assert_memory_equal(digest[0], digest[1], sizeof digest[0]);
	}
}

static void an_alarm_of_later_is_no_event_of_the_list(void **state)
{
	static struct bed bed;

	(void)state;
	bed = (struct bed){.sim = sim_new(1, 0), .with_alarms = true};
	bed.group = sim_alarm_group(bed.sim, &(struct sim_alarm_kind){&bed, find, ring_event});
	sim_on(bed.sim, KIND_RING, on_ring, &bed);
	for (uint32_t id = 0; id < ENTITIES; id++)
		set(&bed, id, HOUR_NS);
	assert_int_equal(bed.sim->queue.n, 0);
	sim_run_until(bed.sim, HOUR_NS - 10 * SIM_NS_PER_S);
	assert_int_equal(bed.sim->queue.n, 0);
	sim_run_until(bed.sim, HOUR_NS);
	assert_int_equal(bed.rings, ENTITIES);
	sim_free(bed.sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alarms_go_off_when_and_in_the_order_that_timers_would),
		cmocka_unit_test(an_alarm_of_later_is_no_event_of_the_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
