/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stations: jobs that are interrupted, by more urgent ones or by workers that go, and go on later. */
#include "tests/unit/sim/net/station_fixture.h"

enum { KIND_WORKERS = KIND_WAKE + 1, KIND_PATIENT };

/* to: station, arg: how many are up */
static void workers(void *context, const struct sim_event *event)
{
	sim_station_workers(((struct bed *)context)->stations, event->to, (uint32_t)event->arg);
}

/* As KIND_SUBMIT, but detail: the patience. */
static void submit_patient(void *context, const struct sim_event *event)
{
	sim_station_submit_job(((struct bed *)context)->stations, event->to, &(struct sim_job_request){
		.demand_ns = (int64_t)(event->arg >> 32), .arg = event->arg & UINT32_MAX,
		.patience_ns = event->detail});
}

static uint32_t begin(uint8_t discipline, uint32_t n_workers, int64_t capacity, uint32_t cores)
{
	struct sim_station_config config = {"s", SIM_HOST_UNLIMITED, n_workers, capacity, discipline,
	                                    NEVER};

	set_up();
	sim_on(bed.sim, KIND_WORKERS, workers, &bed);
	sim_on(bed.sim, KIND_PATIENT, submit_patient, &bed);
	if (cores)
		config.host = sim_host(bed.stations, cores);
	return sim_station(bed.stations, &config);
}

static void workers_at(int64_t t_ns, uint32_t station, uint32_t n)
{
	sim_after(bed.sim, t_ns, KIND_WORKERS, 0, station, n);
}

static void check_preemption(uint32_t cores)
{
	uint32_t s = begin(SIM_PREEMPTIVE, 1, -1, cores);

	submit_at(0, s, 2, 100, 1);
	submit_at(10, s, 1, 20, 2);  /* interrupts 1, of which 90 are left */
	submit_at(15, s, 0, 30, 3);  /* interrupts 2, of which 15 are left */
	submit_at(20, s, 1, 5, 4);   /* behind 2, which was begun before   */
	submit_at(25, s, 2, 10, 5);  /* behind 1 */
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 5);
	assert_end(0, 3, SIM_JOB_DONE, 15, 45);
	assert_end(1, 2, SIM_JOB_DONE, 10, 60);
	assert_end(2, 4, SIM_JOB_DONE, 60, 65);
	assert_end(3, 1, SIM_JOB_DONE, 0, 155);
	assert_end(4, 5, SIM_JOB_DONE, 155, 165);
	assert_int_equal(sim_station_stats(bed.stations, s).busy_ns, 165);
	tear_down();
}

static void a_more_urgent_job_interrupts_and_the_other_goes_on_where_it_was(void **state)
{
	(void)state;
	check_preemption(0);
	check_preemption(1);
}

static void equals_do_not_interrupt_one_another(void **state)
{
	uint32_t s = begin(SIM_PREEMPTIVE, 1, -1, 0);

	(void)state;
	submit_at(0, s, 1, 100, 1);
	submit_at(10, s, 1, 20, 2);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 1, SIM_JOB_DONE, 0, 100);
	tear_down();
}

static void of_several_in_service_the_last_of_the_least_urgent_is_interrupted(void **state)
{
	uint32_t s = begin(SIM_PREEMPTIVE, 3, -1, 0);

	(void)state;
	submit_at(0, s, 5, 100, 1);
	submit_at(1, s, 7, 100, 2);
	submit_at(2, s, 7, 100, 3);
	submit_at(10, s, 6, 10, 4); /* in the place of 3, of which 92 are left */
	sim_run_until(bed.sim, 1000);
	assert_end(0, 4, SIM_JOB_DONE, 10, 20);
	assert_end(1, 1, SIM_JOB_DONE, 0, 100);
	assert_end(2, 2, SIM_JOB_DONE, 1, 101);
	assert_end(3, 3, SIM_JOB_DONE, 2, 112);
	tear_down();
}

static void a_full_queue_blocks_the_urgent_as_well(void **state)
{
	uint32_t s = begin(SIM_PREEMPTIVE, 1, 0, 0);

	(void)state;
	submit_at(0, s, 5, 100, 1);
	submit_at(1, s, 0, 10, 2);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 2, SIM_JOB_BLOCKED, -1, 1);
	assert_end(1, 1, SIM_JOB_DONE, 0, 100);
	tear_down();
}

static void check_failure(uint32_t cores)
{
	uint32_t s = begin(SIM_FIFO, 2, -1, cores);

	submit_at(0, s, 0, 100, 1);
	submit_at(5, s, 0, 100, 2);
	submit_at(6, s, 0, 10, 3);
	workers_at(20, s, 1); /* 2 is interrupted, 85 left, and waits before 3 */
	workers_at(30, s, 0); /* 1 too, 70 left, before 2 */
	workers_at(50, s, 1);
	workers_at(60, s, 2);
	sim_run_until(bed.sim, 1000);
	assert_int_equal(bed.n, 3);
	assert_end(0, 1, SIM_JOB_DONE, 0, 120);
	assert_end(1, 3, SIM_JOB_DONE, 120, 130);
	assert_end(2, 2, SIM_JOB_DONE, 5, 145);
	assert_int_equal(sim_station_stats(bed.stations, s).busy_ns, 210);
	tear_down();
}

static void jobs_of_workers_that_go_are_finished_by_those_that_come(void **state)
{
	(void)state;
	check_failure(0);
	check_failure(2);
}

static void without_workers_arrivals_wait_or_find_the_queue_full(void **state)
{
	uint32_t s = begin(SIM_FIFO, 1, 1, 0);

	(void)state;
	workers_at(0, s, 0);
	submit_at(1, s, 0, 10, 1);
	submit_at(2, s, 0, 10, 2);
	workers_at(5, s, 1);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 2, SIM_JOB_BLOCKED, -1, 2);
	assert_end(1, 1, SIM_JOB_DONE, 5, 15);
	tear_down();
}

static void patience_is_each_job_s_own_and_ends_with_the_first_service(void **state)
{
	uint32_t s = begin(SIM_FIFO, 1, -1, 0);

	(void)state;
	sim_after(bed.sim, 0, KIND_PATIENT, 5, s, UINT64_C(100) << 32 | 1);
	sim_after(bed.sim, 1, KIND_PATIENT, 30, s, UINT64_C(10) << 32 | 2); /* leaves at 31 */
	sim_after(bed.sim, 2, KIND_PATIENT, 20, s, UINT64_C(10) << 32 | 3); /* leaves at 22 */
	workers_at(10, s, 0); /* 1 waits longer than 5, but has been served */
	workers_at(40, s, 1);
	sim_run_until(bed.sim, 1000);
	assert_end(0, 3, SIM_JOB_TIMED_OUT, -1, 22);
	assert_end(1, 2, SIM_JOB_TIMED_OUT, -1, 31);
	assert_end(2, 1, SIM_JOB_DONE, 0, 130);
	tear_down();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_more_urgent_job_interrupts_and_the_other_goes_on_where_it_was),
		cmocka_unit_test(equals_do_not_interrupt_one_another),
		cmocka_unit_test(of_several_in_service_the_last_of_the_least_urgent_is_interrupted),
		cmocka_unit_test(a_full_queue_blocks_the_urgent_as_well),
		cmocka_unit_test(jobs_of_workers_that_go_are_finished_by_those_that_come),
		cmocka_unit_test(without_workers_arrivals_wait_or_find_the_queue_full),
		cmocka_unit_test(patience_is_each_job_s_own_and_ends_with_the_first_service),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
