/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What no single value shows of a scenario of stations alone. */
#include "scenarios/refs_queue.h"

#include "scenarios/near.h"
#include "scenarios/sections.h"
#include <string.h>

struct check {
	struct scn_context *context;
	const struct scn_node *tree;
	struct scn_config *config;
};

/* Where stations.NAME.KEY stands; what does not is at the nearest thing around it that does. */
static struct scn_place place_of(const struct check *check, const char *list, const char *name,
                                 const char *key)
{
	const struct scn_node *map = scn_node_child(check->tree, list);
	const struct scn_node *entry = scn_node_child(map, name), *found = scn_node_find(entry, key);
	char group[SCN_NAME];

	if (!found && strchr(key, '.')) {
		size_t length = strcspn(key, ".");

		memcpy(group, key, length);
		group[length] = '\0';
		found = scn_node_child(entry, group);
	}
	if (found)
		return found->kind == SCN_NODE_MAP ? found->key_place : found->place;
	if (entry || map)
		return entry ? entry->key_place : map->key_place;
	return (struct scn_place){check->tree->place.source, 0, 0};
}

#define SAY(check, list, name, key, format, ...)                                                   \
	scn_say((check)->context, place_of(check, list, name, key), "%s.%s.%s: " format, list, name,  \
	        key, __VA_ARGS__)

/* The index of a name in an array whose entries begin with their names; UINT16_MAX, said, if none. */
static uint16_t resolve(const struct check *check, const char *list, const char *name,
                        const char *key, const char *wanted, const char *of, const void *array,
                        uint32_t n, size_t size)
{
	struct scn_near near = {.wanted = wanted};

	for (uint32_t i = 0; i < n; i++) {
		const char *entry = (const char *)array + i * size;

		if (strcmp(entry, wanted) == 0)
			return (uint16_t)i;
		scn_near_try(&near, entry);
	}
	if (*wanted) /* one that is missing has been said */
		SAY(check, list, name, key, "`%s` is none of the %s%s%s%s", wanted, of,
		    near.best ? "; nearest: `" : "", near.best ? near.best : "", near.best ? "`" : "");
	return UINT16_MAX;
}

static uint16_t station_named(const struct check *check, const char *list, const char *name,
                              const char *key, const char *wanted)
{
	const struct queue_config *queue = &check->config->queue;

	return resolve(check, list, name, key, wanted, "stations", queue->station, queue->n_stations,
	               sizeof *queue->station);
}

static void check_breakdowns(const struct check *check, const struct queue_station *s)
{
	const struct queue_breakdowns *b = &s->breakdowns;

	if (b->repairmen == 0)
		SAY(check, "stations", s->name, "breakdowns.repairmen", "found `%d`; allowed: 1 or more", 0);
	if (sim_dist_is_never(&b->time_to_failure))
		return;
	if (!(b->repair.mean_ns > 0) || !(b->time_to_failure.mean_ns > 0))
		SAY(check, "stations", s->name, "breakdowns", "%s", "time_to_failure and repair need means "
		    "above 0 s");
	if (s->workers < 0)
		SAY(check, "stations", s->name, "workers", "%s", "infinitely many, but they break down; "
		    "allowed: a number");
	else if (b->needed > s->workers)
		SAY(check, "stations", s->name, "breakdowns.needed", "more than the workers, %lld",
		    (long long)s->workers);
	if (s->discipline == QUEUE_SHARING)
		SAY(check, "stations", s->name, "queue.discipline", "%s", "workers that share all customers "
		    "do not break down; allowed with breakdowns: fifo, priority, preemptive_resume");
}

static void check_station(const struct check *check, struct queue_station *s)
{
	const struct queue_config *queue = &check->config->queue;

	s->host_index = UINT16_MAX;
	if (strcmp(s->host, "none") != 0)
		s->host_index = resolve(check, "stations", s->name, "host", s->host, "hosts", queue->host,
		                        queue->n_hosts, sizeof *queue->host);
	if (s->workers == 0)
		SAY(check, "stations", s->name, "workers", "found `%d`; allowed: 1 or more", 0);
	if (s->discipline == QUEUE_SHARING && (s->workers < 0 || s->workers > 4096))
		SAY(check, "stations", s->name, "workers", "%s", "they share all customers; allowed: 1 to 4096");
	if (s->discipline == QUEUE_SHARING && s->host_index != UINT16_MAX)
		SAY(check, "stations", s->name, "host", "%s", "workers that share all customers are processors "
		    "themselves; allowed: none");
	check_breakdowns(check, s);
}

static void check_source(const struct check *check, struct queue_source *s)
{
	const char *key, *fault = sim_arrival_fault(&s->arrivals, &key);

	s->to_index = station_named(check, "sources", s->name, "to", s->to);
	if (fault)
		SAY(check, "sources", s->name, scn_format(check->context, "arrivals.%s", key), "%s", fault);
	if (s->attempts == 0)
		SAY(check, "sources", s->name, "retry.attempts", "found `%d`; allowed: 1 or more", 0);
	if (s->unlimited && s->attempts >= 0)
		SAY(check, "sources", s->name, "retry.unlimited", "there are %lld attempts; allowed: one of "
		    "the two", (long long)s->attempts);
	if (s->retry_delay.mean_ns == 0)
		SAY(check, "sources", s->name, "retry.delay", "%s", "the mean is 0 s; allowed: more, or never");
}

static void check_routes(const struct check *check)
{
	struct queue_config *queue = &check->config->queue;
	double out[QUEUE_MAX_STATIONS] = {0};

	for (uint32_t i = 0; i < queue->n_routes; i++) {
		struct queue_route *r = &queue->route[i];

		r->from_index = station_named(check, "routes", r->name, "from", r->from);
		r->to_index = station_named(check, "routes", r->name, "to", r->to);
		if (r->from_index == UINT16_MAX)
			continue;
		out[r->from_index] += r->probability;
		if (out[r->from_index] > 1 + 1e-9)
			SAY(check, "routes", r->name, "probability", "all routes from `%s` so far add up to %g; "
			    "allowed: at most 1", r->from, out[r->from_index]);
	}
}

/* People and networks are other scenarios'; a profile, which is below each, may have their keys. */
static bool belongs(const struct check *check, const char *key)
{
	static const char *const own[] = {"record", "hosts", "stations", "sources", "routes"};

	(void)check;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(own[i], key) == 0)
			return true;
	return !scn_section_named(key) && !scn_list_named(key);
}

static void check_run(const struct check *check)
{
	const struct scn_run_config *run = &check->config->run;

	for (const struct scn_node *node = check->tree->first; node; node = node->next)
		if (!belongs(check, node->key) &&
		    check->context->sources[node->key_place.source].kind != SCN_SOURCE_PROFILE)
			scn_say(check->context, node->key_place, "`%s` in a scenario of stations alone; allowed: "
			        "record, hosts, stations, sources, routes", node->key);
	if (run->engine != SCN_ENGINE_NATIVE)
		scn_say(check->context, scn_node_child(check->tree, "engine")->place,
		        "engine: stations alone send no messages; allowed: native");
	if (run->warmup_ns >= run->duration_ns)
		scn_say(check->context, scn_node_child(check->tree, "warmup")->place,
		        "warmup: as long as the whole run; allowed: less than its duration");
}

void scn_queue_check(struct scn_context *context, const struct scn_node *tree,
                     struct scn_config *config)
{
	const struct check check = {context, tree, config};
	struct queue_config *queue = &config->queue;

	check_run(&check);
	for (uint32_t i = 0; i < queue->n_stations; i++)
		check_station(&check, &queue->station[i]);
	for (uint32_t i = 0; i < queue->n_sources; i++)
		check_source(&check, &queue->source[i]);
	check_routes(&check);
}
