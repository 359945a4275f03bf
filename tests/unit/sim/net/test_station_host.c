/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hosts: cores that stations share. */
#include "tests/unit/sim/net/station_fixture.h"

static void two_jobs_on_one_core_run_at_half_speed(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(sim_host(bed.stations, 1), 2, -1, NEVER);
	submit_at(0, s, 0, 100, 1);
	submit_at(0, s, 0, 100, 2);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 1, SIM_JOB_DONE, 0, 200);
	assert_end(1, 2, SIM_JOB_DONE, 0, 200);
	tear_down();
}

/*
 * One core, 1: demand 100 from 0; 2: demand 30 from 20; 3: demand 10 from 40. Until 20 the first
 * has had 20. 20 to 40: halves, so 1 has 30, 2 has 10. From 40 thirds: 3 needs 30, ends at 70: 1
 * has 40, 2 has 20. Halves: 2 needs 20, ends at 90: 1 has 50. Alone: 50, ends at 140.
 */
static void a_shared_core_is_shared_equally_at_every_moment(void **state)
{
	(void)state;
	set_up();
	uint32_t host = sim_host(bed.stations, 1);
	uint32_t a = station(host, 1, -1, NEVER), b = station(host, 2, -1, NEVER);
	submit_at(0, a, 0, 100, 1);
	submit_at(20, b, 0, 30, 2);
	submit_at(40, b, 0, 10, 3);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 3, SIM_JOB_DONE, 40, 70);
	assert_end(1, 2, SIM_JOB_DONE, 20, 90);
	assert_end(2, 1, SIM_JOB_DONE, 0, 140);
	assert_int_equal(bed.ended[2].station, a);
	tear_down();
}

/* Three workers, two cores: rate 2/3. Three jobs of 20 take 30, the fourth then 20 alone. */
static void three_workers_on_two_cores_run_at_two_thirds(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(sim_host(bed.stations, 2), 3, -1, NEVER);
	for (uint32_t i = 1; i <= 4; i++)
		submit_at(0, s, 0, 20, i);
	sim_run_until(bed.sim, 1000);
	for (int i = 0; i < 3; i++)
		assert_end(i, (uint64_t)i + 1, SIM_JOB_DONE, 0, 30);
	assert_end(3, 4, SIM_JOB_DONE, 30, 50);
	tear_down();
}

static void as_many_cores_as_workers_take_exactly_the_demand(void **state)
{
	struct sim_stream stream = sim_stream_open(4, 0, 1, 0);

	(void)state;
	set_up();
	uint32_t s = station(sim_host(bed.stations, 3), 3, -1, NEVER);
	for (uint32_t i = 0; i < 5000; i++)
		submit_at(sim_stream_below(&stream, 5000000), s, 0, 1 + sim_stream_below(&stream, 3000), i);
	sim_run_until(bed.sim, 100000000);
	assert_int_equal(bed.n, 5000);
	for (int i = 0; i < bed.n; i++)
		assert_int_equal(bed.ended[i].job.ended_ns - bed.ended[i].job.started_ns,
		                 bed.ended[i].job.demand_ns);
	tear_down();
}

/* However the number of busy workers changes: work is conserved, no job is early. */
static void a_crowded_host_loses_no_work_to_rounding(void **state)
{
	struct sim_stream stream = sim_stream_open(5, 0, 1, 0);
	int64_t work_ns = 0, last_ns = 0;

	(void)state;
	set_up();
	uint32_t host = sim_host(bed.stations, 1);
	uint32_t a = station(host, 7, -1, NEVER), b = station(host, 6, -1, NEVER);
	for (uint32_t i = 0; i < 10000; i++) {
		uint32_t demand_ns = sim_stream_below(&stream, 100000);
		work_ns += demand_ns;
		submit_at(sim_stream_below(&stream, 1000), i % 2 ? a : b, 0, demand_ns, i);
	}
	submit_at(0, a, 0, 5000, 77777); /* busy from the start */
	work_ns += 5000;
	sim_run_until(bed.sim, 10 * work_ns);
	assert_int_equal(bed.n, 10001);
	for (int i = 0; i < bed.n; i++) {
		assert_true(bed.ended[i].job.ended_ns - bed.ended[i].job.started_ns >=
		            bed.ended[i].job.demand_ns);
		last_ns = bed.ended[i].job.ended_ns;
	}
	/* One core, never idle. A completion waits for a whole nanosecond: less than one each. */
	assert_in_range(last_ns, work_ns, work_ns + 10001);
	tear_down();
}

static void a_host_is_as_fast_as_no_host_when_cores_abound(void **state)
{
	struct sim_stream stream = sim_stream_open(6, 0, 1, 0);
	static struct ended unlimited[2000];

	(void)state;
	for (int shared = 0; shared < 2; shared++) {
		struct sim_stream s = stream;
		set_up();
		uint32_t at = station(shared ? sim_host(bed.stations, 8) : SIM_HOST_UNLIMITED, 2, 5, 900);
		for (uint32_t i = 0; i < 2000; i++)
			submit_at(sim_stream_below(&s, 700000), at, 0, sim_stream_below(&s, 1000), i);
		sim_run_until(bed.sim, 1000000);
		assert_int_equal(bed.n, 2000);
		if (!shared)
			memcpy(unlimited, bed.ended, sizeof unlimited);
		for (int i = 0; i < 2000; i++) {
			assert_int_equal(bed.ended[i].how, unlimited[i].how);
			assert_int_equal(bed.ended[i].job.arg, unlimited[i].job.arg);
			assert_int_equal(bed.ended[i].job.ended_ns, unlimited[i].job.ended_ns);
		}
		tear_down();
	}
}

/*
 * Stations a and c begin on core 0, b on core 1. a and b run alone; c joins a at 20, since no core
 * is idle, and stays there when b has ended at 50 and core 1 is idle: both end at 180. Together on two
 * cores, they would have ended at 100 and 120.
 */
static void a_worker_stays_on_the_core_that_it_woke_on(void **state)
{
	(void)state;
	set_up();
	uint32_t host = sim_host_by_core(bed.stations, 2);
	uint32_t a = station(host, 1, -1, NEVER), b = station(host, 1, -1, NEVER);
	uint32_t c = station(host, 1, -1, NEVER);
	submit_at(0, a, 0, 100, 1);
	submit_at(0, b, 0, 50, 2);
	submit_at(20, c, 0, 80, 3);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 2, SIM_JOB_DONE, 0, 50);
	assert_end(1, 1, SIM_JOB_DONE, 0, 180);
	assert_end(2, 3, SIM_JOB_DONE, 20, 180);
	tear_down();
}

/* At 60 the core of c, 0, is taken by a again, and 1 is idle. */
static void a_worker_that_wakes_takes_an_idle_core(void **state)
{
	(void)state;
	set_up();
	uint32_t host = sim_host_by_core(bed.stations, 2);
	uint32_t a = station(host, 1, -1, NEVER), b = station(host, 1, -1, NEVER);
	uint32_t c = station(host, 1, -1, NEVER);
	submit_at(0, c, 0, 10, 1);
	submit_at(20, b, 0, 10, 2);
	submit_at(50, a, 0, 100, 3);
	submit_at(60, c, 0, 100, 4);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 1, SIM_JOB_DONE, 0, 10);
	assert_end(1, 2, SIM_JOB_DONE, 20, 30);
	assert_end(2, 3, SIM_JOB_DONE, 50, 150);
	assert_end(3, 4, SIM_JOB_DONE, 60, 160);
	tear_down();
}

static void one_core_by_itself_is_shared_as_a_host_of_one_core(void **state)
{
	struct sim_stream stream = sim_stream_open(8, 0, 1, 0);
	static struct ended pooled[2000];

	(void)state;
	for (int by_core = 0; by_core < 2; by_core++) {
		struct sim_stream s = stream;
		set_up();
		uint32_t host = by_core ? sim_host_by_core(bed.stations, 1) : sim_host(bed.stations, 1);
		uint32_t a = station(host, 2, -1, NEVER), b = station(host, 1, -1, NEVER);
		for (uint32_t i = 0; i < 2000; i++)
			submit_at(sim_stream_below(&s, 1500000), i % 2 ? a : b, 0,
			          sim_stream_below(&s, 1000), i);
		sim_run_until(bed.sim, 100000000);
		assert_int_equal(bed.n, 2000);
		if (!by_core)
			memcpy(pooled, bed.ended, sizeof pooled);
		assert_memory_equal(pooled, bed.ended, sizeof pooled);
		tear_down();
	}
}

/* 1 (at a) shares the core with 2 (at b) until a goes down at 40: 2 has had 20, 80 to go. */
static void a_station_that_goes_down_leaves_its_core_to_the_others(void **state)
{
	(void)state;
	set_up();
	uint32_t host = sim_host(bed.stations, 1);
	uint32_t a = station(host, 1, -1, NEVER), b = station(host, 1, -1, NEVER);
	submit_at(0, a, 0, 100, 1);
	submit_at(0, b, 0, 100, 2);
	sim_after(bed.sim, 40, KIND_DOWN, 0, a, 0);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 1, SIM_JOB_LOST, 0, 40);
	assert_end(1, 2, SIM_JOB_DONE, 0, 120);
	tear_down();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_jobs_on_one_core_run_at_half_speed),
		cmocka_unit_test(a_shared_core_is_shared_equally_at_every_moment),
		cmocka_unit_test(three_workers_on_two_cores_run_at_two_thirds),
		cmocka_unit_test(as_many_cores_as_workers_take_exactly_the_demand),
		cmocka_unit_test(a_crowded_host_loses_no_work_to_rounding),
		cmocka_unit_test(a_host_is_as_fast_as_no_host_when_cores_abound),
		cmocka_unit_test(a_worker_stays_on_the_core_that_it_woke_on),
		cmocka_unit_test(a_worker_that_wakes_takes_an_idle_core),
		cmocka_unit_test(one_core_by_itself_is_shared_as_a_host_of_one_core),
		cmocka_unit_test(a_station_that_goes_down_leaves_its_core_to_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
