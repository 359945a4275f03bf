/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stations: servers with queues, standing on hosts whose cores their busy workers share equally
 * (processor sharing: with b busy workers on c cores each runs at min(1, c/b)), or core by core: a
 * worker that wakes takes an idle core, the one it had last before others, else joins those on its
 * last; it stays there until it sleeps, and those on a core share it equally.
 *
 *   queue capacity counts waiting customers, not those in service (a closed form's K is capacity +
 *   workers); a customer that finds it full is blocked; one that waits longer than the timeout leaves.
 *
 * A job that finds a worker asleep may have to wake it: that is demand too, which a job found
 * waiting in the queue when a worker becomes free does not have.
 *
 * Every finished job tells exactly how its time split: queueing (waiting, and the slow-down by shared
 * cores) and demand; so that elapsed = queueing + demand to the nanosecond.
 */
#ifndef SIM_NET_STATION_H
#define SIM_NET_STATION_H

#include "sim/core/sim.h"

/*
 * Priority: lower first, FIFO within. Preemptive: one that finds all workers busy interrupts, of those
 * in service with a higher number, the last begun of the highest; that one waits at the head of its
 * class, and goes on where it was (preemptive resume).
 */
enum sim_discipline { SIM_FIFO, SIM_PRIORITY, SIM_PREEMPTIVE };

struct sim_station_config {
	const char *name;
	uint32_t host;          /* SIM_HOST_UNLIMITED or from sim_host() */
	uint32_t workers;       /* >= 1                                   */
	int64_t queue_capacity; /* waiting customers; -1 infinite         */
	uint8_t discipline;     /* enum sim_discipline                    */
	int64_t timeout_ns;     /* longest wait; -1 none                  */
};
#define SIM_HOST_UNLIMITED UINT32_MAX

enum sim_job_end { SIM_JOB_DONE, SIM_JOB_BLOCKED, SIM_JOB_TIMED_OUT, SIM_JOB_LOST /* station down */ };

struct sim_job {
	uint64_t arg;       /* the submitter's, untouched */
	int64_t arrived_ns;
	int64_t started_ns; /* for the first time; -1: never served */
	int64_t ended_ns;
	int64_t demand_ns; /* with the waking, when it woke a worker */
};
typedef void sim_job_ended(void *context, uint32_t station, enum sim_job_end end,
                           const struct sim_job *job);

struct sim_stations;
struct sim_stations *sim_stations_new(struct sim *sim, sim_job_ended *ended, void *context);
uint32_t sim_host(struct sim_stations *stations, uint32_t cores);
/* The same, shared core by core. */
uint32_t sim_host_by_core(struct sim_stations *stations, uint32_t cores);
uint32_t sim_station(struct sim_stations *stations, const struct sim_station_config *config);

/* Blocked, timed-out and lost jobs end too: `ended` is called once for each submit, never inside it
 * except for SIM_JOB_BLOCKED and SIM_JOB_LOST (immediately). demand_ns >= 0. */
void sim_station_submit(struct sim_stations *stations, uint32_t station, uint8_t priority,
                        int64_t demand_ns, uint64_t arg);
/* The same; wake_ns >= 0 more when it finds a worker asleep. */
void sim_station_submit_waking(struct sim_stations *stations, uint32_t station, uint8_t priority,
                               int64_t demand_ns, int64_t wake_ns, uint64_t arg);

/* What one submits, in full. */
struct sim_job_request {
	int64_t demand_ns, wake_ns; /* both >= 0; wake_ns: more when it finds a worker asleep */
	int64_t patience_ns;        /* it leaves when it has not been served after this; -1 never */
	uint64_t arg;
	uint8_t priority;
};
void sim_station_submit_job(struct sim_stations *stations, uint32_t station,
                            const struct sim_job_request *request);

/*
 * So many of its workers are up, 0 … config.workers (all at first); the others do not serve. Jobs
 * whose workers go are interrupted as by a preemption, whatever the discipline. Those interrupted
 * do not count against the capacity when they are put back; an arrival is blocked as long as the
 * waiting ones are as many as the capacity or more.
 */
void sim_station_workers(struct sim_stations *stations, uint32_t station, uint32_t up);

/* Down: the queue and the jobs in service are lost, arrivals are lost. Up: serves again, empty. */
void sim_station_down(struct sim_stations *stations, uint32_t station);
void sim_station_up(struct sim_stations *stations, uint32_t station);

struct sim_station_stats {
	const char *name;
	uint64_t arrivals, served, blocked, timed_out, lost;
	int64_t wait_ns;        /* sum over served and timed-out customers               */
	int64_t busy_ns;        /* sum over workers of time occupied                     */
	int64_t cpu_ns;         /* sum of the demands served: time on a core             */
	int64_t length_area_ns; /* integral of the number waiting over time, up to now   */
	uint64_t longest;       /* most customers waiting at once                        */
};
struct sim_station_stats sim_station_stats(const struct sim_stations *stations, uint32_t station);
uint32_t sim_stations_count(const struct sim_stations *stations);

#endif
