/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/world.h"

#include "models/nf/events.h"
#include "models/nf/sepp.h"
#include "scenarios/world_state.h"
#include "sim/core/memory.h"
#include "sim/core/pool.h"

#include <stdlib.h>
#include <string.h>

static void finish(struct world *world, struct rec *rec, struct rec_summary *summary)
{
	surgeons_finish(world->surgeons);
	probes_finish(world->probes);
	populations_finish(world->populations);
	demand_write(world->env.demand, rec);
	nf_finish(&world->env);
	if (world->env.trace)
		nf_trace_digest(world->env.trace, summary->protocol_digest);
	sim_trace_digest(world->env.sim, summary->event_digest);
	summary->events = world->env.sim->handled;
	summary->crypto_cpu_ns = crypto_spent_ns(world->env.crypto);
}

static void tear_down(struct world *world)
{
	nf_octets_end(&world->env);
	nf_events_free(world->env.events);
	if (world->env.net)
		sim_net_close(world->env.net);
	if (world->env.trace)
		nf_trace_free(world->env.trace);
	rec_names_free(&world->names);
	crypto_free(world->env.crypto);
	sim_free(world->env.sim);
}

static void run_queue(const struct scn_config *config, uint32_t replication, struct rec *rec,
                      struct rec_summary *summary)
{
	rec->level = (enum rec_level)config->record.level;
	queue_run(&config->queue,
	          &(struct queue_plan){(uint64_t)config->run.seed, replication, config->run.duration_ns,
	                               config->run.warmup_ns}, rec, summary);
}

/* --- what replications share ----------------------------------------------------------------- */

struct world_warm {
	struct sim_arena *arena;
	const struct sbi_octets *lengths;
};

struct world_warm *world_warm_new(const struct scn_variant *variant)
{
	struct world_warm *warm = sim_memory_new("what replications share", 1, sizeof *warm);
	struct sbi sbi;

	if (scn_is_queue(&variant->config))
		return warm;
	const struct sbi_network network = home_network(&variant->config.nf.network);

	sbi_init(&sbi, &network);
	warm->arena = sim_arena_new();
	warm->lengths = sbi_octets_new(warm->arena, &sbi);
	crypto_free(crypto_new());
	return warm;
}

void world_warm_free(struct world_warm *warm)
{
	if (warm && warm->arena)
		sim_arena_free(warm->arena);
	free(warm);
}

/* --- a run ----------------------------------------------------------------------------------- */

struct way { /* how it is run */
	const struct world_warm *warm;
	const struct world_watch *watch;
	int64_t until_ns;
};

static enum sim_code run(const struct scn_variant *variant, const struct way *way,
                         uint32_t replication, struct rec *rec, struct rec_summary *summary,
                         struct sim_err *err)
{
	const int64_t duration_ns = variant->config.run.duration_ns;
	const struct world_watch *watch = way->watch;
	struct world world;
	enum sim_code code;

	sim_here.variant = variant->name;
	if (scn_is_queue(&variant->config) && watch)
		return sim_fail(err, SIM_E_INPUT, "a scenario of stations alone sends no messages: there is "
		                "nothing to trace");
	if (scn_is_queue(&variant->config)) {
		run_queue(&variant->config, replication, rec, summary);
		return SIM_OK;
	}
	memset(&world, 0, sizeof world);
	world.env.lengths = way->warm ? way->warm->lengths : NULL;
	code = world_build(&world, &variant->config, replication, rec, err);
	if (code == SIM_OK) {
		if (watch)
			watch->begin(watch->context, &world.env, &world.home);
		if (world.visited_sepp)
			sepp_start(world.visited_sepp);
		surgeons_start(world.surgeons);
		probes_start(world.probes);
		populations_start(world.populations);
		world_start_attacks(&world);
		code = sim_net_run(world.env.net, way->until_ns < duration_ns ? way->until_ns : duration_ns, err);
	}
	if (code == SIM_OK) {
		finish(&world, rec, summary);
		if (watch)
			watch->end(watch->context, &world.env);
	}
	tear_down(&world);
	return code;
}

enum sim_code world_run_watched(const struct scn_variant *variant, uint32_t replication,
                                int64_t until_ns, const struct world_watch *watch, struct rec *rec,
                                struct rec_summary *summary, struct sim_err *err)
{
	return run(variant, &(struct way){.watch = watch, .until_ns = until_ns}, replication, rec,
	           summary, err);
}

enum sim_code world_run_warm(const struct scn_variant *variant, const struct world_warm *warm,
                             uint32_t replication, struct rec *rec, struct rec_summary *summary,
                             struct sim_err *err)
{
	return run(variant, &(struct way){.warm = warm, .until_ns = SIM_TIME_MAX}, replication, rec,
	           summary, err);
}

enum sim_code world_run(const struct scn_variant *variant, uint32_t replication, struct rec *rec,
                        struct rec_summary *summary, struct sim_err *err)
{
	return world_run_warm(variant, NULL, replication, rec, summary, err);
}
