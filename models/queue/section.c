/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/queue/queue.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define ROW(config, key_, type_, field, ...)                                                       \
	{.key = key_, .type = type_, .offset = offsetof(struct config, field), __VA_ARGS__}
#define SECTION(name, prefix_, config, rows_, doc_)                                                \
	const struct sim_section name = {.prefix = prefix_, .rows = rows_,                            \
		.n_rows = COUNT_OF(rows_), .size = sizeof(struct config), .doc = doc_}
#define GIVEN .source = "the scenario"

#define HOST(key, type, field, ...) ROW(queue_host, key, type, field, __VA_ARGS__)
static const struct sim_param host_rows[] = {
	HOST("cores", SIM_PAR_COUNT, cores, .min = 1, .max = 4096, GIVEN,
	     .doc = "shared equally by the busy workers of the stations on it"),
};
SECTION(queue_host_section, "hosts", queue_host, host_rows, "computers that stations share");

#define STATION(key, type, field, ...) ROW(queue_station, key, type, field, __VA_ARGS__)
static const struct sim_param station_rows[] = {
	STATION("host", SIM_PAR_TEXT, host, .fallback = "none",
	        .source = "no sharing: stations do not slow one another down",
	        .doc = "one of the hosts; none: a core for each worker"),
	STATION("workers", SIM_PAR_COUNT, workers, .fallback = "1", .min = -1, .max = 1e6,
	        .source = "the simplest station", .doc = "how many customers are served at once"),
	STATION("service", SIM_PAR_DIST, service, .min = 0, .max = 31536000, GIVEN,
	        .doc = "time of a worker that a customer takes"),
	STATION("queue.capacity", SIM_PAR_COUNT, capacity, .fallback = "infinite", .min = -1, .max = 1e9,
	        .source = "the simplest station",
	        .doc = "customers that may wait; a closed form's K is this and the workers"),
	STATION("queue.discipline", SIM_PAR_ENUM, discipline, .fallback = "fifo",
	        .choices = "fifo|priority|preemptive_resume|processor_sharing",
	        .source = "the simplest station", .doc = "who is served next; within a priority, fifo"),
	STATION("breakdowns.time_to_failure", SIM_PAR_DIST, breakdowns.time_to_failure,
	        .fallback = "never", .min = -1, .max = 31536000, .source = "the simplest station",
	        .doc = "of each worker that is up, busy or idle"),
	STATION("breakdowns.repair", SIM_PAR_DIST, breakdowns.repair, .fallback = "0s", .min = 0,
	        .max = 31536000, GIVEN, .doc = "time of a repairman that a worker takes"),
	STATION("breakdowns.repairmen", SIM_PAR_COUNT, breakdowns.repairmen, .fallback = "infinite",
	        .min = -1, .max = 1e6, .source = "independent repair",
	        .doc = "who repair at once; at least 1"),
	STATION("breakdowns.needed", SIM_PAR_COUNT, breakdowns.needed, .fallback = "1", .min = 1,
	        .max = 1e6, .source = "one worker serves, if slowly",
	        .doc = "the station is available while so many workers are up"),
};
SECTION(queue_station_section, "stations", queue_station, station_rows,
        "servers with queues; a scenario with stations has neither surgeons nor a network");

#define SOURCE(key, type, field, ...) ROW(queue_source, key, type, field, __VA_ARGS__)
static const struct sim_param source_rows[] = {
	SOURCE("to", SIM_PAR_TEXT, to, GIVEN, .doc = "the station that its customers come to first"),
	SIM_ARRIVAL_ROWS(queue_source, arrivals),
	SOURCE("priority", SIM_PAR_COUNT, priority, .fallback = "0", .min = 0, .max = 255,
	       .source = "all alike", .doc = "lower first, at stations whose discipline looks at it"),
	SOURCE("visits", SIM_PAR_COUNT, visits, .fallback = "1", .min = 1, .max = 1e6,
	       .source = "the simplest customer",
	       .doc = "it is served so many times in a row there, queueing anew, before any route"),
	SOURCE("patience", SIM_PAR_DIST, patience, .fallback = "never", .min = -1, .max = 31536000,
	       .source = "the simplest customer",
	       .doc = "one that has waited longer without being served leaves the queue"),
	SOURCE("retry.delay", SIM_PAR_DIST, retry_delay, .fallback = "never", .min = -1,
	       .max = 31536000, .source = "one that is turned away is gone",
	       .doc = "one that found the queue full, or left it, comes again after this"),
	SOURCE("retry.attempts", SIM_PAR_COUNT, attempts, .fallback = "infinite", .min = -1, .max = 1e6,
	       .source = "theory's orbit", .doc = "in all at one station, the first included; at least 1"),
	SOURCE("retry.unlimited", SIM_PAR_BOOL, unlimited, .fallback = "false",
	       .source = "retry.attempts says it", .doc = "attempts without end"),
};
SECTION(queue_source_section, "sources", queue_source, source_rows, "where customers come from");

#define ROUTE(key, type, field, ...) ROW(queue_route, key, type, field, __VA_ARGS__)
static const struct sim_param route_rows[] = {
	ROUTE("from", SIM_PAR_TEXT, from, GIVEN, .doc = "a station"),
	ROUTE("to", SIM_PAR_TEXT, to, GIVEN, .doc = "a station"),
	ROUTE("probability", SIM_PAR_NUMBER, probability, .fallback = "1", .min = 0, .max = 1,
	      .source = "everybody goes there",
	      .doc = "that one who was served goes there; with what is left, customers leave"),
};
SECTION(queue_route_section, "routes", queue_route, route_rows,
        "where customers go after a station; entries of a sequence need no name");
