/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The people of a world, in the order of their subscriber numbers: surgeons, probes, then
 * populations: those of `background:` and `load:`, which are short for one, and of `populations:`.
 */
#include "models/nf/smf.h"
#include "scenarios/world_state.h"

#include <string.h>

/* Of crowds. Populations are numbered from BACKGROUND on, and that is part of the names of their
 * draws. */
enum { PROBES, BACKGROUND, LOAD, NAMED };

uint32_t world_n_probes(const struct scn_config *config)
{
	return config->probes.interval_ns > 0 ? (uint32_t)config->probes.count : 0;
}

uint32_t world_crowds(const struct scn_config *config, struct world_crowd crowd[WORLD_CROWDS])
{
	uint32_t n = NAMED + config->n_populations, first = config->n_surgeons;

	crowd[PROBES] = (struct world_crowd){"probe", 0, world_n_probes(config)};
	crowd[BACKGROUND] = (struct world_crowd){"background", 0, (uint32_t)config->background.count};
	crowd[LOAD] = (struct world_crowd){"load", 0, (uint32_t)config->load.subscribers};
	for (uint32_t i = 0; i < config->n_populations; i++)
		crowd[NAMED + i] = (struct world_crowd){config->population[i].name, 0,
			(uint32_t)config->population[i].count};
	for (uint32_t i = 0; i < n; i++) {
		crowd[i].first = first;
		first += crowd[i].n;
	}
	return n;
}

uint32_t world_n_ues(const struct scn_config *config)
{
	struct world_crowd crowd[WORLD_CROWDS];
	const struct world_crowd *last = &crowd[world_crowds(config, crowd) - 1];

	return last->first + last->n;
}

static struct population_config background(const struct scn_background_config *config)
{
	return (struct population_config){.name = "background", .count = config->count,
		.registrations_per_s = config->registrations_per_s, .stay_ns = config->stay_ns,
		.moves_per_s = config->moves_per_s, .calls_per_s = config->calls_per_s};
}

/* Who leaves comes again in turn. */
static struct population_config load(const struct scn_load_config *config)
{
	return (struct population_config){.name = "load", .count = config->subscribers,
		.arrivals = {.process = config->process, .rate_hz = config->rate_per_s, .count = -1},
		.repeat = config->stay_ns >= 0, .stay_ns = config->stay_ns};
}

static void call(void *smf, uint32_t ue)
{
	smf_data_waits(smf, ue);
}

static void add_populations(struct world *world)
{
	const struct scn_config *config = world->config;
	struct world_crowd crowd[WORLD_CROWDS];
	struct population_plan plan[WORLD_CROWDS];
	uint32_t n = world_crowds(config, crowd);

	world->background = background(&config->background);
	world->load = load(&config->load);
	for (uint32_t i = BACKGROUND; i < n; i++)
		plan[i] = (struct population_plan){.first = crowd[i].first,
			.config = i == BACKGROUND ? &world->background
			          : i == LOAD     ? &world->load
			                          : &config->population[i - NAMED],
			.n_cells = world->env.node.n_gnbs,
			.registration_deadline_ns = config->deadlines.registration_ns,
			.context = world->smf, .call = call};
	world->populations = populations_new(&world->env, world->ues, &plan[BACKGROUND],
	                                     n - BACKGROUND);
}

void world_add_people(struct world *world)
{
	const struct scn_config *config = world->config;
	const struct radio_user radio_user = {.context = world, .connected = world_connected,
		.at_gnb = world_at_gnb, .at_ue = world_at_ue};
	const struct ue_listener listener = {.context = world, .heard = world_heard};
	const struct probe_plan probes = {.first = config->n_surgeons, .n = world_n_probes(config),
		.interval_ns = config->probes.interval_ns, .n_cells = world->env.node.n_gnbs,
		.registration_deadline_ns = config->deadlines.registration_ns};

	radio_set_user(world->radio, &radio_user);
	gnbs_on_data(world->gnbs, call, world->smf);
	ue_set_listener(world->ues, &listener);
	world_schedule(world);
	world->surgeons = surgeons_new(&world->env, world->ues, world->anchors, &config->dt,
	                               &config->nf.hospital, &world->surgeon_plan,
	                               config->n_surgeons);
	world->probes = probes_new(&world->env, world->ues, &probes);
	add_populations(world);
}
