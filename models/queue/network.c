/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way of a customer: arrival, station, perhaps the orbit, a route, and out. */
#include "models/queue/network.h"
#include "sim/core/status.h"

enum { FIRST_CUSTOMERS = 1024 };

struct customer {
	int64_t born_ns;
	uint32_t place;
	uint32_t attempts;  /* at this station   */
	uint32_t all;       /* at all stations   */
	uint32_t visits;    /* at its first one, still to come */
	uint16_t source;
};

static struct queue_tally *tally_of(struct queue_place *place, uint16_t source)
{
	return place->of ? &place->of[source] : NULL;
}

/* ---- coming ---- */

static void count_in(struct queue_tally *tally, int64_t now_ns)
{
	if (!tally)
		return;
	tally->arrivals++;
	queue_level_change(&tally->present, now_ns, 1);
}

static void come(struct queue_network *network, struct customer *customer, uint64_t handle)
{
	struct queue_place *place = &network->place[customer->place];
	struct queue_origin *origin = &network->origin[customer->source];
	const struct sim_dist *patience = &origin->config->patience;
	int64_t now_ns = network->sim->now_ns;

	customer->attempts++;
	customer->all++;
	count_in(&place->all, now_ns);
	count_in(tally_of(place, customer->source), now_ns);
	sim_station_submit_job(network->stations, place->station, &(struct sim_job_request){
		.demand_ns = sim_dist_draw(&place->config->service, &place->services),
		.patience_ns = sim_dist_is_never(patience) ? -1
		                                           : sim_dist_draw(patience, &origin->patience),
		.arg = handle,
		.priority = (uint8_t)origin->config->priority});
}

static void come_first(struct queue_network *network, uint16_t source)
{
	struct sim_handle handle;
	struct customer *customer = sim_pool_take(network->customers, &handle);
	const struct queue_source *config = network->origin[source].config;

	customer->born_ns = network->sim->now_ns;
	customer->place = config->to_index;
	customer->source = source;
	customer->visits = (uint32_t)config->visits - 1;
	come(network, customer, sim_handle_pack(handle));
}

static void await_arrival(struct queue_network *network, uint16_t source)
{
	int64_t next_ns = sim_arrival_next_ns(&network->origin[source].arrivals);

	if (next_ns != SIM_TIME_MAX)
		sim_after(network->sim, next_ns - network->sim->now_ns, QUEUE_KIND_ARRIVAL, 0, source, 0);
}

static void on_arrival(void *context, const struct sim_event *event)
{
	await_arrival(context, (uint16_t)event->to);
	come_first(context, (uint16_t)event->to);
}

static void on_retry(void *context, const struct sim_event *event)
{
	struct queue_network *network = context;
	struct customer *customer =
		sim_pool_get(network->customers, sim_handle_unpack(event->arg));

	SIM_ASSERT(customer);
	queue_level_change(&network->place[event->to].orbit, network->sim->now_ns, -1);
	come(network, customer, event->arg);
}

/* ---- going ---- */

static void count_leaving(struct queue_leaving *leaving, const struct customer *customer,
                          bool finished, int64_t now_ns)
{
	leaving->attempts += customer->all;
	if (finished)
		rec_sketch_add(&leaving->sojourn, now_ns - customer->born_ns);
	*(finished ? &leaving->finished : &leaving->failed) += 1;
}

static void leave(struct queue_network *network, struct customer *customer, uint64_t handle,
                  bool finished)
{
	int64_t now_ns = network->sim->now_ns;

	count_leaving(&network->leaving, customer, finished, now_ns);
	if (network->config->n_sources > 1)
		count_leaving(&network->origin[customer->source].leaving, customer, finished, now_ns);
	sim_pool_give(network->customers, sim_handle_unpack(handle));
}

/* Routes are few: those of a station are looked for among all. */
static const struct queue_route *pick_route(struct queue_network *network, struct customer *customer)
{
	const struct queue_config *config = network->config;
	double u;

	if (config->n_routes == 0)
		return NULL;
	u = sim_stream_u01(&network->place[customer->place].routes);
	for (uint32_t i = 0; i < config->n_routes; i++) {
		const struct queue_route *route = &config->route[i];

		if (route->from_index != customer->place)
			continue;
		u -= route->probability;
		if (u < 0)
			return route;
	}
	return NULL;
}

static void go_on(struct queue_network *network, struct customer *customer, uint64_t handle)
{
	const struct queue_route *route = NULL;

	customer->attempts = 0;
	if (customer->visits > 0) {
		customer->visits--;
		come(network, customer, handle);
	} else if ((route = pick_route(network, customer)) != NULL) {
		customer->place = route->to_index;
		come(network, customer, handle);
	} else {
		leave(network, customer, handle, true);
	}
}

static void turned_away(struct queue_network *network, struct customer *customer, uint64_t handle)
{
	struct queue_origin *origin = &network->origin[customer->source];
	const struct queue_source *config = origin->config;
	bool again = config->unlimited || config->attempts < 0 ||
	             customer->attempts < (uint64_t)config->attempts;

	if (sim_dist_is_never(&config->retry_delay) || !again) {
		leave(network, customer, handle, false);
		return;
	}
	queue_level_change(&network->place[customer->place].orbit, network->sim->now_ns, 1);
	sim_after(network->sim, sim_dist_draw(&config->retry_delay, &origin->retries),
	          QUEUE_KIND_RETRY, 0, customer->place, handle);
}

/* Wait: all the time not in service, so that it means the same for all disciplines. */
static void count_out(struct queue_tally *tally, enum sim_job_end how, const struct sim_job *job)
{
	int64_t sojourn_ns = job->ended_ns - job->arrived_ns;
	int64_t wait_ns = how == SIM_JOB_DONE ? sojourn_ns - job->demand_ns : sojourn_ns;

	if (!tally)
		return;
	queue_level_change(&tally->present, job->ended_ns, -1);
	if (how == SIM_JOB_BLOCKED) {
		tally->blocked++;
		return;
	}
	tally->waited += wait_ns > 0;
	rec_sketch_add(&tally->wait, wait_ns);
	if (how == SIM_JOB_DONE) {
		tally->served++;
		rec_sketch_add(&tally->sojourn, sojourn_ns);
	} else {
		tally->abandoned++;
	}
}

static void on_ended(void *context, uint32_t station, enum sim_job_end how,
                     const struct sim_job *job)
{
	struct queue_network *network = context;
	struct customer *customer = sim_pool_get(network->customers, sim_handle_unpack(job->arg));
	struct queue_place *place = &network->place[station];

	SIM_ASSERT(customer && how != SIM_JOB_LOST);
	count_out(&place->all, how, job);
	count_out(tally_of(place, customer->source), how, job);
	if (how == SIM_JOB_DONE)
		go_on(network, customer, job->arg);
	else
		turned_away(network, customer, job->arg);
}

/* ---- counting begins anew when the warm-up is over ---- */

static void on_warm(void *context, const struct sim_event *event)
{
	struct queue_network *network = context;
	const struct queue_config *config = network->config;
	int64_t now_ns = event->t_ns;

	network->warm_ns = now_ns;
	queue_leaving_restart(&network->leaving);
	for (uint32_t s = 0; s < config->n_sources; s++)
		queue_leaving_restart(&network->origin[s].leaving);
	for (uint32_t i = 0; i < config->n_stations; i++) {
		struct queue_place *place = &network->place[i];

		queue_tally_restart(&place->all, now_ns);
		for (uint32_t s = 0; place->of && s < config->n_sources; s++)
			queue_tally_restart(&place->of[s], now_ns);
		queue_level_restart(&place->orbit, now_ns);
		queue_level_restart(&place->machines.available, now_ns);
		place->at_warmup = sim_station_stats(network->stations, place->station);
	}
}

/* ---- building ---- */

/* Sharing processors: all that the station holds is in service, on as many cores as it has workers. */
static struct sim_station_config station_of(struct queue_network *network,
                                            const struct queue_station *s, const uint32_t *host)
{
	static const uint8_t discipline[] = {[QUEUE_FIFO] = SIM_FIFO, [QUEUE_PRIORITY] = SIM_PRIORITY,
		[QUEUE_PREEMPTIVE] = SIM_PREEMPTIVE, [QUEUE_SHARING] = SIM_FIFO};
	struct sim_station_config config = {.name = s->name, .workers = UINT32_MAX,
		.host = s->host_index == UINT16_MAX ? SIM_HOST_UNLIMITED : host[s->host_index],
		.queue_capacity = s->capacity, .discipline = discipline[s->discipline], .timeout_ns = -1};

	if (s->workers >= 0)
		config.workers = (uint32_t)s->workers;
	if (s->discipline == QUEUE_SHARING) {
		config.host = sim_host(network->stations, config.workers);
		config.queue_capacity = 0;
		config.workers = s->capacity < 0 ? UINT32_MAX : config.workers + (uint32_t)s->capacity;
	}
	return config;
}

static void build_stations(struct queue_network *network)
{
	const struct queue_config *config = network->config;
	struct sim *sim = network->sim;
	uint32_t host[QUEUE_MAX_HOSTS];

	for (uint32_t i = 0; i < config->n_hosts; i++)
		host[i] = sim_host(network->stations, (uint32_t)config->host[i].cores);
	network->place = sim_arena_alloc(sim->arena, config->n_stations * sizeof *network->place);
	for (uint32_t i = 0; i < config->n_stations; i++) {
		struct queue_place *place = &network->place[i];
		struct sim_station_config station = station_of(network, &config->station[i], host);

		place->config = &config->station[i];
		place->station = sim_station(network->stations, &station);
		place->services = sim_stream_of(sim, QUEUE_DRAW_SERVICE, i);
		place->routes = sim_stream_of(sim, QUEUE_DRAW_ROUTE, i);
		if (config->n_sources > 1)
			place->of = sim_arena_alloc(sim->arena, config->n_sources * sizeof *place->of);
		queue_machines_start(network, i);
	}
}

static void build_sources(struct queue_network *network)
{
	const struct queue_config *config = network->config;
	struct sim *sim = network->sim;

	network->origin = sim_arena_alloc(sim->arena, config->n_sources * sizeof *network->origin);
	for (uint32_t i = 0; i < config->n_sources; i++) {
		struct queue_origin *origin = &network->origin[i];

		origin->config = &config->source[i];
		origin->patience = sim_stream_of(sim, QUEUE_DRAW_PATIENCE, i);
		origin->retries = sim_stream_of(sim, QUEUE_DRAW_RETRY, i);
		sim_arrival_start(&origin->arrivals, &config->source[i].arrivals,
		                  sim_stream_of(sim, QUEUE_DRAW_ARRIVALS, i));
		await_arrival(network, (uint16_t)i);
	}
}

static void build(struct queue_network *network, const struct queue_plan *plan)
{
	struct sim *sim = network->sim;

	network->stations = sim_stations_new(sim, on_ended, network);
	network->customers = sim_pool_new(sim->arena, sizeof(struct customer), FIRST_CUSTOMERS);
	sim_on(sim, QUEUE_KIND_ARRIVAL, on_arrival, network);
	sim_on(sim, QUEUE_KIND_RETRY, on_retry, network);
	sim_on(sim, QUEUE_KIND_FAILURE, queue_on_failure, network);
	sim_on(sim, QUEUE_KIND_REPAIR, queue_on_repair, network);
	sim_on(sim, QUEUE_KIND_WARM, on_warm, network);
	if (plan->warmup_ns > 0)
		sim_after_priority(sim, plan->warmup_ns, 0, QUEUE_KIND_WARM, 0, 0, 0);
	build_stations(network);
	build_sources(network);
}

/* ---- the end ---- */

static void write_station(struct queue_network *network, uint32_t number, struct rec *rec)
{
	struct queue_place *place = &network->place[number];
	struct sim_station_stats stats = sim_station_stats(network->stations, place->station);
	int64_t now_ns = network->sim->now_ns, measured_ns = now_ns - network->warm_ns;
	struct queue_whole whole = {
		.waiting = (double)(stats.length_area_ns - place->at_warmup.length_area_ns),
		.busy = (double)(stats.busy_ns - place->at_warmup.busy_ns)};

	queue_level_change(&place->machines.available, now_ns, 0);
	queue_level_change(&place->orbit, now_ns, 0);
	queue_level_change(&place->all.present, now_ns, 0);
	whole.up = place->machines.available.area;
	whole.orbit = place->orbit.area;
	queue_tally_write(&place->all, &whole, (uint16_t)number, QUEUE_ALL, measured_ns, rec);
	queue_tally_free(&place->all);
	for (uint32_t s = 0; place->of && s < network->config->n_sources; s++) {
		queue_level_change(&place->of[s].present, now_ns, 0);
		queue_tally_write(&place->of[s], NULL, (uint16_t)number, (uint16_t)s, measured_ns, rec);
		queue_tally_free(&place->of[s]);
	}
}

static void write_sources(struct queue_network *network, struct rec *rec)
{
	int64_t measured_ns = network->sim->now_ns - network->warm_ns;

	queue_leaving_write(&network->leaving, QUEUE_ALL, measured_ns, rec);
	queue_leaving_free(&network->leaving);
	for (uint32_t s = 0; network->config->n_sources > 1 && s < network->config->n_sources; s++)
		queue_leaving_write(&network->origin[s].leaving, (uint16_t)s, measured_ns, rec);
	for (uint32_t s = 0; s < network->config->n_sources; s++)
		queue_leaving_free(&network->origin[s].leaving);
}

void queue_run(const struct queue_config *config, const struct queue_plan *plan, struct rec *rec,
               struct rec_summary *summary)
{
	struct queue_network network = {.config = config,
		.sim = sim_new(plan->seed, plan->replication)};

	if (!rec_wants(rec, REC_LEVEL_METRICS))
		sim_trace_off(network.sim);
	build(&network, plan);
	sim_run_until(network.sim, plan->duration_ns);
	for (uint32_t i = 0; i < config->n_stations; i++)
		write_station(&network, i, rec);
	write_sources(&network, rec);
	sim_trace_digest(network.sim, summary->event_digest);
	summary->events = network.sim->handled;
	sim_free(network.sim);
}
