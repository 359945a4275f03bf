/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names that the numbers in a record stand for; in the order in which world_build.c makes things. */
#include "scenarios/world_state.h"

#include <stdio.h>

static void name_visited(struct rec_names *names)
{
	static const char *const visited[] = {"visited amf", "visited pcf", "visited upf",
		"visited sepp", "sepp"};

	for (size_t i = 0; i < sizeof visited / sizeof *visited; i++)
		rec_names_add(names, REC_NAME_node, visited[i]);
	for (uint32_t i = 0; i < names->n[REC_NAME_cell]; i++) {
		char text[SCN_NAME + 40];
		snprintf(text, sizeof text, "visited gnb %s", names->text[REC_NAME_cell][i]);
		rec_names_add(names, REC_NAME_node, text);
	}
}

static void name_nodes(const struct scn_config *config, struct rec_names *names)
{
	static const char *const core[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "dtf",
		"ledger", "upf"};

	for (size_t i = 0; i < sizeof core / sizeof *core; i++)
		rec_names_add(names, REC_NAME_node, core[i]);
	for (uint32_t i = 0; i < names->n[REC_NAME_cell]; i++) {
		char text[SCN_NAME + 40];
		snprintf(text, sizeof text, "gnb %s", names->text[REC_NAME_cell][i]);
		rec_names_add(names, REC_NAME_node, text);
	}
	for (uint32_t i = 0; i < config->n_hospitals; i++)
		rec_names_add(names, REC_NAME_node, config->hospital[i].name);
	rec_names_add(names, REC_NAME_node, "headset"); /* no node: for the ladder */
	if (scn_uses_non_3gpp(config))
		rec_names_add(names, REC_NAME_node, "n3iwf");
	for (uint32_t i = 0; scn_uses_non_3gpp(config) && i < config->n_cities; i++) {
		char text[SCN_NAME + 8];
		snprintf(text, sizeof text, "ap %s", config->city[i].name);
		rec_names_add(names, REC_NAME_node, text);
	}
	if (roaming_is_used(&config->nf.roaming))
		name_visited(names);
}

static void name_cells(const struct scn_config *config, struct rec_names *names)
{
	for (uint32_t i = 0; i < config->n_cities; i++)
		for (int64_t k = 1; k <= config->city[i].cells; k++) {
			char text[SCN_NAME + 24];
			snprintf(text, sizeof text, "%s %lld", config->city[i].name, (long long)k);
			rec_names_add(names, REC_NAME_cell, text);
		}
}

static void name_visited_stations(struct rec_names *names)
{
	static const char *const visited[] = {"visited amf", "visited pcf", "visited sepp", "sepp"};

	for (size_t i = 0; i < sizeof visited / sizeof *visited; i++)
		rec_names_add(names, REC_NAME_station, visited[i]);
}

static void name_stations(const struct scn_config *config, struct rec_names *names)
{
	static const char *const core[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "dtf",
		"ledger"};

	for (size_t i = 0; i < sizeof core / sizeof *core; i++)
		rec_names_add(names, REC_NAME_station, core[i]);
	for (uint32_t i = 0; i < config->n_hospitals; i++)
		rec_names_add(names, REC_NAME_station, config->hospital[i].name);
	if (config->nf.network.communication == NET_INDIRECT)
		rec_names_add(names, REC_NAME_station, "scp");
	if (config->hosts.ues == SCN_UES_ON_CORE_HOST)
		rec_names_add(names, REC_NAME_station, "ues");
	if (config->hosts.housekeeping > 0)
		rec_names_add(names, REC_NAME_station, "housekeeping");
	if (scn_uses_non_3gpp(config))
		rec_names_add(names, REC_NAME_station, "n3iwf");
	if (roaming_is_used(&config->nf.roaming))
		name_visited_stations(names);
}

static void name_constants(struct rec_names *names)
{
	static const char *const counters[] = {
#define COUNTER(symbol, text) text,
		NF_COUNTERS(COUNTER)
#undef COUNTER
	};

	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		rec_names_add(names, REC_NAME_counter, counters[i]);
	for (int i = 0; i < MSG_N_TYPES; i++)
		rec_names_add(names, REC_NAME_message, msg_text((enum msg_type)i));
}

static void name_queue(const struct queue_config *queue, struct rec_names *names)
{
	for (uint32_t i = 0; i < queue->n_stations; i++)
		rec_names_add(names, REC_NAME_station, queue->station[i].name);
	for (uint32_t i = 0; i < queue->n_sources; i++)
		rec_names_add(names, REC_NAME_source, queue->source[i].name);
}

void world_names(const struct scn_config *config, struct rec_names *names)
{
	if (scn_is_queue(config)) {
		name_queue(&config->queue, names);
		return;
	}
	for (uint32_t i = 0; i < config->n_hospitals; i++)
		rec_names_add(names, REC_NAME_hospital, config->hospital[i].name);
	for (uint32_t i = 0; i < config->n_surgeons; i++)
		rec_names_add(names, REC_NAME_subject, config->surgeon[i].name);
	name_cells(config, names);
	name_nodes(config, names);
	name_stations(config, names);
	name_constants(names);
}
