/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stations: queues, priorities, timeouts, waking, going down, statistics. */
#include "tests/unit/sim/net/station_fixture.h"

static void jobs_queue_in_order_for_the_workers(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 2, -1, NEVER);
	submit_at(0, s, 0, 100, 1);
	submit_at(10, s, 0, 20, 2);
	submit_at(15, s, 0, 50, 3); /* waits for 2: 30 … 80  */
	submit_at(20, s, 0, 0, 4);  /* waits for 3: 80 … 80  */
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 4);
	assert_end(0, 2, SIM_JOB_DONE, 10, 30);
	assert_end(1, 3, SIM_JOB_DONE, 30, 80);
	assert_end(2, 4, SIM_JOB_DONE, 80, 80);
	assert_end(3, 1, SIM_JOB_DONE, 0, 100);
	struct sim_station_stats stats = sim_station_stats(bed.stations, s);
	assert_int_equal(stats.arrivals, 4);
	assert_int_equal(stats.served, 4);
	assert_int_equal(stats.wait_ns, 15 + 60);
	assert_int_equal(stats.busy_ns, 170);
	assert_int_equal(stats.length_area_ns, 15 + 60);
	assert_int_equal(stats.longest, 2);
	assert_string_equal(stats.name, "s");
	tear_down();
}

static void a_job_that_finds_the_queue_full_is_blocked_at_once(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, 1, NEVER);
	submit_at(0, s, 0, 100, 1);
	submit_at(1, s, 0, 100, 2);
	submit_at(2, s, 0, 100, 3);
	submit_at(101, s, 0, 100, 4);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 3, SIM_JOB_BLOCKED, -1, 2);
	assert_end(1, 1, SIM_JOB_DONE, 0, 100);
	assert_end(2, 2, SIM_JOB_DONE, 100, 200);
	assert_end(3, 4, SIM_JOB_DONE, 200, 300);
	assert_int_equal(sim_station_stats(bed.stations, s).blocked, 1);
	tear_down();
}

static void without_a_queue_a_busy_worker_blocks(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, 0, NEVER);
	submit_at(0, s, 0, 10, 1);
	submit_at(5, s, 0, 10, 2);
	submit_at(10, s, 0, 10, 3); /* scheduled before the first ends at the same moment */
	submit_at(11, s, 0, 10, 4);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 2, SIM_JOB_BLOCKED, -1, 5);
	assert_end(1, 3, SIM_JOB_BLOCKED, -1, 10);
	assert_end(2, 1, SIM_JOB_DONE, 0, 10);
	assert_end(3, 4, SIM_JOB_DONE, 11, 21);
	tear_down();
}

static void lower_priorities_go_first_without_preemption(void **state)
{
	struct sim_station_config config = {"p", SIM_HOST_UNLIMITED, 1, -1, SIM_PRIORITY, NEVER};
	static const struct {
		uint8_t priority;
		uint32_t number;
	} waiting[] = {{200, 2}, {3, 3}, {64, 4}, {3, 5}, {0, 6}, {255, 7}, {63, 8}};
	static const uint32_t order[] = {1, 6, 3, 5, 8, 4, 2, 7};

	(void)state;
	set_up();
	uint32_t s = sim_station(bed.stations, &config);
	submit_at(0, s, 255, 100, 1);
	for (int i = 0; i < 7; i++)
		submit_at(1 + i, s, waiting[i].priority, 10, waiting[i].number);
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 8);
	for (int i = 0; i < 8; i++)
		assert_end(i, order[i], SIM_JOB_DONE, i ? 90 + 10 * i : 0, 100 + 10 * i);
	tear_down();
}

static void a_fifo_station_does_not_look_at_priorities(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, -1, NEVER);
	submit_at(0, s, 0, 10, 1);
	submit_at(1, s, 9, 10, 2);
	submit_at(2, s, 0, 10, 3);
	sim_run_until(bed.sim, 1000);
	assert_end(1, 2, SIM_JOB_DONE, 10, 20);
	assert_end(2, 3, SIM_JOB_DONE, 20, 30);
	tear_down();
}

static void a_job_leaves_when_it_has_waited_for_the_timeout(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, -1, 50);
	submit_at(0, s, 0, 100, 1);
	submit_at(10, s, 0, 10, 2); /* leaves at 60 */
	submit_at(70, s, 0, 200, 3); /* served 100 … 300: service may last longer than the timeout */
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 3);
	assert_end(0, 2, SIM_JOB_TIMED_OUT, -1, 60);
	assert_end(1, 1, SIM_JOB_DONE, 0, 100);
	assert_end(2, 3, SIM_JOB_DONE, 100, 300);
	struct sim_station_stats stats = sim_station_stats(bed.stations, s);
	assert_int_equal(stats.timed_out, 1);
	assert_int_equal(stats.wait_ns, 50 + 30);
	tear_down();
}

static void when_a_station_goes_down_everybody_is_lost(uint32_t host)
{
	uint32_t s = station(host, 1, -1, 500);
	submit_at(0, s, 0, 100, 1);
	submit_at(10, s, 0, 100, 2);
	submit_at(20, s, 0, 100, 3);
	sim_after(bed.sim, 30, KIND_DOWN, 0, s, 0);
	sim_after(bed.sim, 31, KIND_DOWN, 0, s, 0); /* down is down */
	submit_at(40, s, 0, 100, 4);
	sim_after(bed.sim, 50, KIND_UP, 0, s, 0);
	submit_at(60, s, 0, 100, 5);
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 5);
	assert_end(0, 1, SIM_JOB_LOST, 0, 30);
	assert_end(1, 2, SIM_JOB_LOST, -1, 30);
	assert_end(2, 3, SIM_JOB_LOST, -1, 30);
	assert_end(3, 4, SIM_JOB_LOST, -1, 40);
	assert_end(4, 5, SIM_JOB_DONE, 60, 160);
	struct sim_station_stats stats = sim_station_stats(bed.stations, s);
	assert_int_equal(stats.lost, 4);
	assert_int_equal(stats.served, 1);
	assert_int_equal(stats.busy_ns, 130);
	assert_int_equal(stats.length_area_ns, 10 + 2 * 10);
}

/* 1 wakes the worker: 0 … 107. 2 and 3 wait for it and do not. 4 comes when it sleeps again. */
static void only_a_job_that_finds_a_worker_asleep_wakes_it(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, -1, NEVER);
	wake_at(0, s, 7, 100, 1);
	wake_at(50, s, 7, 20, 2);
	wake_at(60, s, 7, 30, 3);
	wake_at(200, s, 7, 10, 4);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 1, SIM_JOB_DONE, 0, 107);
	assert_end(1, 2, SIM_JOB_DONE, 107, 127);
	assert_end(2, 3, SIM_JOB_DONE, 127, 157);
	assert_end(3, 4, SIM_JOB_DONE, 200, 217);
	assert_int_equal(bed.ended[0].job.demand_ns, 107);
	assert_int_equal(bed.ended[1].job.demand_ns, 20);
	assert_int_equal(sim_station_stats(bed.stations, s).cpu_ns, 174);
	tear_down();
}

/* Of two workers the second sleeps while the first is busy: 2 wakes it, 3 waits. */
static void a_job_wakes_the_worker_that_still_sleeps(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 2, -1, NEVER);
	wake_at(0, s, 5, 100, 1);
	wake_at(10, s, 5, 20, 2);
	wake_at(20, s, 5, 30, 3);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 2, SIM_JOB_DONE, 10, 35);
	assert_end(1, 3, SIM_JOB_DONE, 35, 65);
	assert_end(2, 1, SIM_JOB_DONE, 0, 105);
	tear_down();
}

static void a_station_that_goes_down_loses_everybody_and_comes_up_empty(void **state)
{
	(void)state;
	set_up();
	when_a_station_goes_down_everybody_is_lost(SIM_HOST_UNLIMITED);
	tear_down();
	set_up();
	when_a_station_goes_down_everybody_is_lost(sim_host(bed.stations, 1));
	tear_down();
}

static void a_lost_job_may_be_submitted_elsewhere_at_once(void **state)
{
	(void)state;
	set_up();
	uint32_t a = station(SIM_HOST_UNLIMITED, 2, -1, NEVER);
	uint32_t b = station(SIM_HOST_UNLIMITED, 1, -1, NEVER);
	bed.resubmit = b;
	submit_at(0, a, 0, 100, 1);
	submit_at(0, a, 0, 100, 2);
	sim_after(bed.sim, 50, KIND_DOWN, 0, a, 0);
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 4);
	assert_end(2, 101, SIM_JOB_DONE, 50, 150);
	assert_end(3, 102, SIM_JOB_DONE, 150, 250);
	tear_down();
}

static void statistics_count_the_present_up_to_now(void **state)
{
	(void)state;
	set_up();
	uint32_t s = station(SIM_HOST_UNLIMITED, 1, -1, NEVER);
	submit_at(0, s, 0, 100, 1);
	submit_at(10, s, 0, 100, 2);
	sim_run_until(bed.sim, 50);
	assert_int_equal(sim_station_stats(bed.stations, s).busy_ns, 50);
	assert_int_equal(sim_station_stats(bed.stations, s).length_area_ns, 40);
	assert_int_equal(sim_station_stats(bed.stations, s).served, 0);
	assert_int_equal(sim_stations_count(bed.stations), 1);
	tear_down();
}

/* Everything at once, at random: each job ends exactly once, the books balance, twice the same. */
static void random_run(uint8_t digest[SIM_DIGEST_OCTETS])
{
	struct sim_stream stream = sim_stream_open(8, 0, 1, 0);
	struct sim_station_config priority = {"p", 0, 2, 4, SIM_PRIORITY, 3000};
	static uint8_t seen[10000];

	set_up();
	memset(seen, 0, sizeof seen);
	uint32_t host = sim_host(bed.stations, 2);
	priority.host = host;
	station(host, 3, -1, 2000);
	sim_station(bed.stations, &priority);
	station(SIM_HOST_UNLIMITED, 1, 3, NEVER);
	for (uint32_t i = 0; i < 10000; i++)
		submit_at(sim_stream_below(&stream, 2000000), sim_stream_below(&stream, 3),
		          (uint16_t)sim_stream_below(&stream, 256), sim_stream_below(&stream, 1000), i);
	for (int i = 0; i < 50; i++)
		sim_after(bed.sim, sim_stream_below(&stream, 2000000), i % 2 ? KIND_DOWN : KIND_UP, 0,
		          sim_stream_below(&stream, 3), 0);
	sim_run_until(bed.sim, 10000000);
	assert_int_equal(bed.n, 10000);
	for (int i = 0; i < bed.n; i++)
		assert_int_equal(seen[bed.ended[i].job.arg]++, 0);
	for (uint32_t s = 0; s < 3; s++) {
		struct sim_station_stats t = sim_station_stats(bed.stations, s);
		assert_int_equal(t.arrivals, t.served + t.blocked + t.timed_out + t.lost);
		assert_true(t.served > 0 && t.lost > 0);
	}
	sim_trace_digest(bed.sim, digest);
	tear_down();
}

static void every_job_ends_once_and_the_same_way_twice(void **state)
{
	uint8_t digest[SIM_DIGEST_OCTETS], again[SIM_DIGEST_OCTETS];

	(void)state;
	random_run(digest);
	random_run(again);
	assert_memory_equal(digest, again, sizeof digest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_queue_in_order_for_the_workers),
		cmocka_unit_test(a_job_that_finds_the_queue_full_is_blocked_at_once),
		cmocka_unit_test(without_a_queue_a_busy_worker_blocks),
		cmocka_unit_test(lower_priorities_go_first_without_preemption),
		cmocka_unit_test(a_fifo_station_does_not_look_at_priorities),
		cmocka_unit_test(a_job_leaves_when_it_has_waited_for_the_timeout),
		cmocka_unit_test(only_a_job_that_finds_a_worker_asleep_wakes_it),
		cmocka_unit_test(a_job_wakes_the_worker_that_still_sleeps),
		cmocka_unit_test(a_station_that_goes_down_loses_everybody_and_comes_up_empty),
		cmocka_unit_test(a_lost_job_may_be_submitted_elsewhere_at_once),
		cmocka_unit_test(statistics_count_the_present_up_to_now),
		cmocka_unit_test(every_job_ends_once_and_the_same_way_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
