/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The station of a network function: keys that all of them share. */
#ifndef MODELS_NF_STATION_CONFIG_H
#define MODELS_NF_STATION_CONFIG_H

#include "sim/core/param.h"
#include <stdint.h>

struct nf_station_config {
	int64_t workers;
	int64_t queue; /* waiting jobs; -1 infinite */
	uint8_t discipline; /* enum sim_discipline */
	int64_t queue_timeout_ns; /* -1 never */
};

/* The four rows of a function whose config struct has the member `station`; a data list, not code. */
#define NF_STATION_ROWS(config)                                                                    \
	{.key = "workers", .type = SIM_PAR_COUNT,                                                     \
	 .offset = offsetof(config, station.workers), .fallback = "1", .min = 1, .max = 1024,         \
	 .source = "Open5GS 2.7.7: each function is one event loop",                                  \
	 .doc = "jobs served at once"},                                                               \
	{.key = "queue", .type = SIM_PAR_COUNT, .offset = offsetof(config, station.queue),            \
	 .fallback = "1024", .min = -1, .max = 1e7,                                                   \
	 .source = "assumption: as many as Open5GS's default of 1024 UEs",                            \
	 .doc = "jobs that may wait; more are blocked"},                                              \
	{.key = "discipline", .type = SIM_PAR_ENUM, .offset = offsetof(config, station.discipline),   \
	 .fallback = "fifo", .choices = "fifo|priority",                                              \
	 .source = "Open5GS 2.7.7: one queue in order of arrival",                                    \
	 .doc = "order of service; priority: surgeons first"},                                        \
	{.key = "queue_timeout", .type = SIM_PAR_DURATION,                                            \
	 .offset = offsetof(config, station.queue_timeout_ns), .fallback = "never", .min = -1,        \
	 .max = 86400, .source = "Open5GS 2.7.7: nothing is shed",                                    \
	 .doc = "a job that waits longer leaves unserved"}

#endif
