/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: G/G/c/K stations with FIFO or priority queues, preemptive resume or not, impatience, and
 *   breakdowns of single workers, whose jobs go on afterwards, or of all, that lose everything; processor sharing of a host's cores among all its busy workers, or of
 *   each core among those that woke on it.
 * Leaves out: moving a running worker to a core that has become idle (Linux does
 *   not either while a core idles for less than sysctl_sched_migration_cost, 0.5 ms, at a time).
 */
#include "sim/net/station.h"
#include "sim/core/status.h"
#include "sim/net/net.h"
#include "sim/net/share.h"
#include <stdbool.h>
#include <string.h>

enum { FIRST_JOBS = 1024, PRIORITIES = 256, BITS = 64, FIRST_ROOM = 8 };

struct job {
	struct sim_job job;
	struct sim_handle self;
	struct job *next, *previous; /* in the list of those waiting or of those in service */
	struct sim_timer timeout;
	int64_t left_ns, since_ns; /* of its demand; it has been running since, without interruption */
	int64_t patience_ns;
	uint32_t station;
	uint32_t share; /* what it runs on */
	uint16_t runs;  /* times it was interrupted: an end that was meant for an earlier run is none */
	uint8_t lane;   /* its queue: the priority, or 0 */
};

struct job_list {
	struct job *first, *last;
};

struct station {
	struct sim_station_config config;
	int down;
	uint32_t busy, up; /* workers */
	uint32_t share; /* what a worker ran on last */
	uint64_t n_waiting;
	struct job_list serving;
	struct job_list *waiting;             /* one lane for FIFO, one per priority */
	uint64_t occupied[PRIORITIES / BITS]; /* lanes that are not empty */
	int64_t counted_ns;                   /* areas are complete up to here */
	struct sim_station_stats stats;
};

/* Its cores: one share of them all, or one of each. */
struct host {
	uint32_t first_share, n_shares;
};

struct sim_stations {
	struct sim *sim;
	sim_job_ended *ended;
	void *context;
	struct sim_pool *jobs;
	uint32_t n_stations, room_stations, n_hosts, room_hosts, n_shares, room_shares;
	struct station *station;
	struct host *host;
	struct sim_share *share;
};

static void list_append(struct job_list *list, struct job *job)
{
	job->next = NULL;
	job->previous = list->last;
	*(list->last ? &list->last->next : &list->first) = job;
	list->last = job;
}

static void list_prepend(struct job_list *list, struct job *job)
{
	job->previous = NULL;
	job->next = list->first;
	*(list->first ? &list->first->previous : &list->last) = job;
	list->first = job;
}

static void list_remove(struct job_list *list, struct job *job)
{
	*(job->previous ? &job->previous->next : &list->first) = job->next;
	*(job->next ? &job->next->previous : &list->last) = job->previous;
}

static void list_append_all(struct job_list *list, struct job_list *more)
{
	for (struct job *job = more->first, *next; job; job = next) {
		next = job->next;
		list_append(list, job);
	}
	*more = (struct job_list){0};
}

/* Brings the areas under the curves up to now; before every change of busy or n_waiting. */
static void count_areas(struct station *station, int64_t now_ns)
{
	int64_t dt_ns = now_ns - station->counted_ns;

	station->stats.length_area_ns += (int64_t)station->n_waiting * dt_ns;
	station->stats.busy_ns += (int64_t)station->busy * dt_ns;
	station->counted_ns = now_ns;
}

static void count_in(struct sim_stations *stations, struct station *station, const struct job *job)
{
	count_areas(station, stations->sim->now_ns);
	station->occupied[job->lane / BITS] |= UINT64_C(1) << (job->lane % BITS);
	if (++station->n_waiting > station->stats.longest)
		station->stats.longest = station->n_waiting;
}

static void enqueue(struct sim_stations *stations, struct station *station, struct job *job)
{
	count_in(stations, station, job);
	list_append(&station->waiting[job->lane], job);
	if (job->patience_ns >= 0)
		sim_timer_start(stations->sim, &job->timeout, job->patience_ns,
		                SIM_KIND_STATION_TIMEOUT, 0, job->station, sim_handle_pack(job->self));
}

static void dequeue(struct sim_stations *stations, struct station *station, struct job *job)
{
	struct job_list *lane = &station->waiting[job->lane];

	count_areas(station, stations->sim->now_ns);
	list_remove(lane, job);
	if (!lane->first)
		station->occupied[job->lane / BITS] &= ~(UINT64_C(1) << (job->lane % BITS));
	station->n_waiting--;
	sim_timer_stop(stations->sim, &job->timeout);
}

static struct job *first_waiting(const struct station *station)
{
	if (station->n_waiting == 0)
		return NULL;
	for (uint32_t i = 0; i < PRIORITIES / BITS; i++)
		if (station->occupied[i])
			return station->waiting[i * BITS + (uint32_t)__builtin_ctzll(station->occupied[i])]
				.first;
	return NULL;
}

/* For a worker that wakes. */
static uint32_t pick_share(const struct sim_stations *stations, const struct station *station)
{
	const struct host *host;

	if (station->config.host == SIM_HOST_UNLIMITED || stations->share[station->share].busy == 0)
		return station->share;
	host = &stations->host[station->config.host];
	for (uint32_t i = host->first_share; i < host->first_share + host->n_shares; i++)
		if (stations->share[i].busy == 0)
			return i;
	return station->share;
}

static void start(struct sim_stations *stations, struct station *station, struct job *job,
                  uint32_t share)
{
	count_areas(station, stations->sim->now_ns);
	station->busy++;
	list_append(&station->serving, job);
	job->since_ns = stations->sim->now_ns;
	if (job->job.started_ns < 0)
		job->job.started_ns = job->since_ns;
	job->share = station->share = share;
	if (station->config.host == SIM_HOST_UNLIMITED)
		sim_after(stations->sim, job->left_ns, SIM_KIND_STATION_DONE, job->runs, job->station,
		          sim_handle_pack(job->self));
	else
		sim_share_add(&stations->share[share], stations->sim, sim_handle_pack(job->self),
		              job->left_ns);
}

/* It waits at the head of its class, with what is left of its demand. */
static void interrupt(struct sim_stations *stations, struct station *station, struct job *job)
{
	count_areas(station, stations->sim->now_ns);
	list_remove(&station->serving, job);
	station->busy--;
	job->runs++;
	if (station->config.host == SIM_HOST_UNLIMITED)
		job->left_ns -= stations->sim->now_ns - job->since_ns;
	else
		job->left_ns = sim_share_remove(&stations->share[job->share], stations->sim,
		                                sim_handle_pack(job->self));
	count_in(stations, station, job);
	list_prepend(&station->waiting[job->lane], job);
}

/* Of those in service the first to be interrupted: of the highest number, the last begun. */
static struct job *least_urgent(const struct station *station)
{
	struct job *least = station->serving.last;

	for (struct job *job = least; job; job = job->previous)
		if (job->lane > least->lane)
			least = job;
	return least;
}

/* The job is gone before its submitter hears of it. */
static void end(struct sim_stations *stations, struct job *job, enum sim_job_end how)
{
	struct sim_job ended = job->job;
	uint32_t station = job->station;

	ended.ended_ns = stations->sim->now_ns;
	sim_pool_give(stations->jobs, job->self);
	stations->ended(stations->context, station, how, &ended);
}

static void served(struct sim_stations *stations, struct job *job)
{
	struct station *station = &stations->station[job->station];
	struct job *next;

	count_areas(station, stations->sim->now_ns);
	list_remove(&station->serving, job);
	station->busy--;
	station->stats.served++;
	station->stats.cpu_ns += job->job.demand_ns;
	station->stats.wait_ns += job->job.started_ns - job->job.arrived_ns;
	next = first_waiting(station);
	if (next && station->busy < station->up) {
		dequeue(stations, station, next);
		start(stations, station, next, job->share);
	}
	end(stations, job, SIM_JOB_DONE);
}

static void on_done(void *context, const struct sim_event *event)
{
	struct sim_stations *stations = context;
	struct job *job = sim_pool_get(stations->jobs, sim_handle_unpack(event->arg));

	if (job && job->runs == event->detail) /* else: lost in an outage, or interrupted since */
		served(stations, job);
}

static void on_host_done(void *context, const struct sim_event *event)
{
	struct sim_stations *stations = context;
	struct sim_share *share = &stations->share[event->to];
	uint64_t task;

	/* One at a time: the submitter of the first may take down the station of the second. */
	while (sim_share_take_ended(share, stations->sim, &task))
		served(stations, sim_pool_get(stations->jobs, sim_handle_unpack(task)));
	sim_share_arm(share, stations->sim);
}

static void on_timeout(void *context, const struct sim_event *event)
{
	struct sim_stations *stations = context;
	struct job *job = sim_pool_get(stations->jobs, sim_handle_unpack(event->arg));
	SIM_ASSERT(job && job->job.started_ns < 0);
	struct station *station = &stations->station[job->station];

	dequeue(stations, station, job);
	station->stats.timed_out++;
	station->stats.wait_ns += stations->sim->now_ns - job->job.arrived_ns;
	end(stations, job, SIM_JOB_TIMED_OUT);
}

struct sim_stations *sim_stations_new(struct sim *sim, sim_job_ended *ended, void *context)
{
	struct sim_stations *stations = sim_arena_alloc(sim->arena, sizeof *stations);

	SIM_ASSERT(ended);
	stations->sim = sim;
	stations->ended = ended;
	stations->context = context;
	stations->jobs = sim_pool_new(sim->arena, sizeof(struct job), FIRST_JOBS);
	sim_on(sim, SIM_KIND_STATION_DONE, on_done, stations);
	sim_on(sim, SIM_KIND_STATION_TIMEOUT, on_timeout, stations);
	sim_on(sim, SIM_KIND_HOST_DONE, on_host_done, stations);
	return stations;
}

static void *room_for_one(struct sim_arena *arena, void *array, uint32_t n, uint32_t *room,
                          size_t size)
{
	if (n < *room)
		return array;
	*room = *room ? 2 * *room : FIRST_ROOM;
	void *larger = sim_arena_alloc(arena, *room * size);
	return n ? memcpy(larger, array, n * size) : larger;
}

static void add_share(struct sim_stations *stations, uint32_t cores)
{
	uint32_t number = stations->n_shares;

	stations->share = room_for_one(stations->sim->arena, stations->share, number,
	                               &stations->room_shares, sizeof *stations->share);
	sim_share_init(&stations->share[number], stations->sim, number, cores);
	stations->n_shares++;
}

static uint32_t add_host(struct sim_stations *stations, uint32_t n_shares, uint32_t cores)
{
	uint32_t number = stations->n_hosts;

	SIM_ASSERT(n_shares >= 1);
	stations->host = room_for_one(stations->sim->arena, stations->host, number,
	                              &stations->room_hosts, sizeof *stations->host);
	stations->host[number] = (struct host){stations->n_shares, n_shares};
	stations->n_hosts++;
	for (uint32_t i = 0; i < n_shares; i++)
		add_share(stations, cores);
	return number;
}

uint32_t sim_host(struct sim_stations *stations, uint32_t cores)
{
	return add_host(stations, 1, cores);
}

uint32_t sim_host_by_core(struct sim_stations *stations, uint32_t cores)
{
	return add_host(stations, cores, 1);
}

static const char *copy_name(struct sim_arena *arena, const char *name)
{
	size_t size = strlen(name) + 1;
	return memcpy(sim_arena_alloc(arena, size), name, size);
}

uint32_t sim_station(struct sim_stations *stations, const struct sim_station_config *config)
{
	struct sim_arena *arena = stations->sim->arena;
	uint32_t number = stations->n_stations;
	uint32_t lanes = config->discipline == SIM_FIFO ? 1 : PRIORITIES;

	SIM_ASSERT(config->workers >= 1 && config->queue_capacity >= -1);
	SIM_ASSERT(config->discipline <= SIM_PREEMPTIVE);
	SIM_ASSERT(config->host == SIM_HOST_UNLIMITED || config->host < stations->n_hosts);
	stations->station = room_for_one(arena, stations->station, number, &stations->room_stations,
	                                 sizeof *stations->station);
	struct station *station = &stations->station[stations->n_stations++];
	*station = (struct station){.config = *config, .counted_ns = stations->sim->now_ns,
		.up = config->workers};
	if (config->host != SIM_HOST_UNLIMITED) {
		const struct host *host = &stations->host[config->host];
		station->share = host->first_share + number % host->n_shares; /* anyhow: spread */
	}
	station->config.name = station->stats.name = copy_name(arena, config->name);
	station->waiting = sim_arena_alloc(arena, lanes * sizeof *station->waiting);
	return number;
}

static int is_full(const struct station *station)
{
	int64_t capacity = station->config.queue_capacity;
	return capacity >= 0 && station->n_waiting >= (uint64_t)capacity;
}

void sim_station_submit(struct sim_stations *stations, uint32_t number, uint8_t priority,
                        int64_t demand_ns, uint64_t arg)
{
	sim_station_submit_waking(stations, number, priority, demand_ns, 0, arg);
}

void sim_station_submit_waking(struct sim_stations *stations, uint32_t number, uint8_t priority,
                               int64_t demand_ns, int64_t wake_ns, uint64_t arg)
{
	SIM_ASSERT(number < stations->n_stations);
	sim_station_submit_job(stations, number, &(struct sim_job_request){
		.demand_ns = demand_ns, .wake_ns = wake_ns, .arg = arg, .priority = priority,
		.patience_ns = stations->station[number].config.timeout_ns});
}

static struct job *new_job(struct sim_stations *stations, uint32_t number,
                           const struct sim_job_request *request)
{
	struct sim_handle self;
	struct job *job = sim_pool_take_as_is(stations->jobs, &self);

	/* One by one: the compiler clears a whole structure by an instruction that takes as long as
	 * the rest of this function. What is not here is written before it is read. */
	job->job = (struct sim_job){.arg = request->arg, .arrived_ns = stations->sim->now_ns,
		.started_ns = -1, .ended_ns = -1, .demand_ns = request->demand_ns};
	job->self = self;
	job->timeout.handle = SIM_HANDLE_NONE;
	job->left_ns = request->demand_ns;
	job->patience_ns = request->patience_ns;
	job->station = number;
	job->runs = 0;
	job->lane = stations->station[number].config.discipline == SIM_FIFO ? 0 : request->priority;
	return job;
}

static bool preempts(const struct station *station, const struct job *job)
{
	return station->config.discipline == SIM_PREEMPTIVE && station->busy > 0 &&
	       least_urgent(station)->lane > job->lane;
}

void sim_station_submit_job(struct sim_stations *stations, uint32_t number,
                            const struct sim_job_request *request)
{
	SIM_ASSERT(number < stations->n_stations && request->demand_ns >= 0 && request->wake_ns >= 0);
	struct station *station = &stations->station[number];
	struct job *job = new_job(stations, number, request);

	station->stats.arrivals++;
	if (station->down) {
		station->stats.lost++;
		end(stations, job, SIM_JOB_LOST);
	} else if (station->busy < station->up) {
		job->job.demand_ns += request->wake_ns;
		job->left_ns += request->wake_ns;
		start(stations, station, job, pick_share(stations, station));
	} else if (is_full(station)) {
		station->stats.blocked++;
		end(stations, job, SIM_JOB_BLOCKED);
	} else if (preempts(station, job)) {
		struct job *other = least_urgent(station);
		uint32_t share = other->share;

		interrupt(stations, station, other);
		start(stations, station, job, share);
	} else {
		enqueue(stations, station, job);
	}
}

void sim_station_workers(struct sim_stations *stations, uint32_t number, uint32_t up)
{
	SIM_ASSERT(number < stations->n_stations);
	struct station *station = &stations->station[number];
	struct job *next;

	SIM_ASSERT(up <= station->config.workers);
	station->up = up;
	while (station->busy > up)
		interrupt(stations, station, least_urgent(station));
	while (!station->down && station->busy < up && (next = first_waiting(station))) {
		dequeue(stations, station, next);
		start(stations, station, next, pick_share(stations, station));
	}
}

static void take_off_host(struct sim_stations *stations, struct station *station)
{
	if (station->config.host == SIM_HOST_UNLIMITED)
		return;
	for (struct job *job = station->serving.first; job; job = job->next)
		sim_share_remove(&stations->share[job->share], stations->sim,
		                 sim_handle_pack(job->self));
}

/* Everybody at the station, those in service first, then in the order they would be served. */
static struct job_list empty(struct sim_stations *stations, struct station *station)
{
	struct job_list all = {0};
	struct job *job;

	take_off_host(stations, station);
	list_append_all(&all, &station->serving);
	station->busy = 0;
	while ((job = first_waiting(station))) {
		dequeue(stations, station, job);
		list_append(&all, job);
	}
	return all;
}

void sim_station_down(struct sim_stations *stations, uint32_t number)
{
	SIM_ASSERT(number < stations->n_stations);
	struct station *station = &stations->station[number];

	if (station->down)
		return;
	count_areas(station, stations->sim->now_ns);
	station->down = 1;
	struct job_list all = empty(stations, station);
	for (struct job *job = all.first, *next; job; job = next) {
		next = job->next;
		station->stats.lost++;
		end(stations, job, SIM_JOB_LOST);
	}
}

void sim_station_up(struct sim_stations *stations, uint32_t number)
{
	SIM_ASSERT(number < stations->n_stations);
	stations->station[number].down = 0;
}

struct sim_station_stats sim_station_stats(const struct sim_stations *stations, uint32_t number)
{
	SIM_ASSERT(number < stations->n_stations);
	struct station station = stations->station[number];

	count_areas(&station, stations->sim->now_ns);
	return station.stats;
}

uint32_t sim_stations_count(const struct sim_stations *stations)
{
	return stations->n_stations;
}
