/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/trace.h"

#include "models/nf/home.h"
#include "scenarios/near.h"
#include "scenarios/world_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void trace_ue_name(const struct scn_config *config, uint32_t ue, char name[TRACE_NAME])
{
	const uint32_t n_ues = world_n_ues(config);
	struct world_crowd crowd[WORLD_CROWDS];
	uint32_t k = world_crowds(config, crowd) - 1;

	while (k > 0 && ue < crowd[k].first)
		k--;
	if (ue < config->n_surgeons)
		snprintf(name, TRACE_NAME, "%s", config->surgeon[ue].name);
	else if (ue >= n_ues)
		snprintf(name, TRACE_NAME, "attack %s",
		         ue - n_ues < config->n_attacks ? config->attack[ue - n_ues].name : "?");
	else
		snprintf(name, TRACE_NAME, "%s%u", crowd[k].name, ue - crowd[k].first + 1);
}

/* "probe3": its number among the subscribers, -1 when it is no such name. */
static int64_t in_crowd(const struct world_crowd *crowd, const char *text)
{
	const size_t length = strlen(crowd->name);
	char *end;

	if (strncasecmp(text, crowd->name, length) != 0 || text[length] < '1' || text[length] > '9')
		return -1;
	const unsigned long k = strtoul(text + length, &end, 10);
	return *end == '\0' && k <= crowd->n ? (int64_t)(crowd->first + k - 1) : -1;
}

static int64_t by_imsi(const struct scn_config *config, const char *text)
{
	const struct network_config *network = &config->nf.network;
	const size_t digits = home_msin_digits(strlen(network->mnc));
	char prefix[2 * sizeof network->mcc];
	char *end;

	if (strncasecmp(text, "imsi-", 5) == 0)
		text += 5;
	snprintf(prefix, sizeof prefix, "%s%s", network->mcc, network->mnc);
	if (strncmp(text, prefix, strlen(prefix)) != 0)
		return -1;
	text += strlen(prefix);
	if (strlen(text) != digits || strspn(text, "0123456789") != digits)
		return -1;
	const uint64_t msin = strtoull(text, &end, 10);
	return msin >= HOME_MSIN_FIRST && msin - HOME_MSIN_FIRST < world_n_ues(config)
	           ? (int64_t)(msin - HOME_MSIN_FIRST)
	           : -1;
}

static int64_t by_name(const struct scn_config *config, const char *text, struct scn_near *near)
{
	for (uint32_t i = 0; i < config->n_surgeons; i++) {
		if (strcasecmp(text, config->surgeon[i].name) == 0)
			return i;
		scn_near_try(near, config->surgeon[i].name);
	}
	for (uint32_t i = 0; i < config->n_attacks; i++)
		if (strncmp(text, "attack ", 7) == 0 && strcmp(text + 7, config->attack[i].name) == 0)
			return world_n_ues(config) + i;
	return -1;
}

/* "Alex, Bob, probe1 to probe50, background1 to background3000" */
static void print_allowed(const struct scn_config *config, const struct world_crowd *crowd,
                          uint32_t n, FILE *out)
{
	for (uint32_t i = 0; i < config->n_surgeons; i++)
		fprintf(out, "%s%s", i ? ", " : "", config->surgeon[i].name);
	for (uint32_t i = 0; i < n; i++)
		if (crowd[i].n > 0)
			fprintf(out, ", %s1 to %s%u", crowd[i].name, crowd[i].name, crowd[i].n);
	for (uint32_t i = 0; i < config->n_attacks; i++)
		fprintf(out, ", attack %s", config->attack[i].name);
	fputs(", or an IMSI", out);
}

enum sim_code trace_ue_find(const struct scn_config *config, const char *text, uint32_t *ue,
                            struct sim_err *err)
{
	struct scn_near near = {.wanted = text};
	struct world_crowd crowd[WORLD_CROWDS];
	const uint32_t n = world_crowds(config, crowd);
	char *allowed = NULL;
	size_t size = 0;

	int64_t found = by_name(config, text, &near);
	for (uint32_t i = 0; i < n && found < 0; i++)
		found = in_crowd(&crowd[i], text);
	if (found < 0)
		found = by_imsi(config, text);
	*ue = (uint32_t)found;
	if (found >= 0)
		return SIM_OK;
	FILE *out = open_memstream(&allowed, &size);
	SIM_ASSERT(out != NULL);
	print_allowed(config, crowd, n, out);
	fclose(out);
	const enum sim_code code = sim_fail(err, SIM_E_USAGE, "--ue %s: no such subscriber%s%s%s; "
	                                    "allowed: %s", text, near.best ? " (nearest: " : "",
	                                    near.best ? near.best : "", near.best ? ")" : "", allowed);
	free(allowed);
	return code;
}
