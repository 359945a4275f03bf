/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/world.h"

#include "scenarios/world_state.h"

#include <string.h>

static void finish(struct world *world, struct rec *rec, struct rec_summary *summary)
{
	surgeons_finish(world->surgeons);
	subscribers_finish(world->subscribers);
	demand_write(world->demand, rec);
	nf_finish(&world->env);
	nf_trace_digest(world->env.trace, summary->protocol_digest);
	sim_trace_digest(world->env.sim, summary->event_digest);
	summary->events = world->env.sim->handled;
	summary->crypto_cpu_ns = crypto_spent_ns(world->env.crypto);
}

static void tear_down(struct world *world)
{
	if (world->env.net)
		sim_net_close(world->env.net);
	if (world->env.trace)
		nf_trace_free(world->env.trace);
	crypto_free(world->env.crypto);
	sim_free(world->env.sim);
}

enum sim_code world_run(const struct scn_variant *variant, uint32_t replication, struct rec *rec,
                        struct rec_summary *summary, struct sim_err *err)
{
	struct world world;
	enum sim_code code;

	memset(&world, 0, sizeof world);
	sim_here.variant = variant->name;
	code = world_build(&world, &variant->config, replication, rec, err);
	if (code == SIM_OK) {
		surgeons_start(world.surgeons);
		subscribers_start(world.subscribers);
		world_start_attacks(&world);
		code = sim_net_run(world.env.net, variant->config.run.duration_ns, err);
	}
	if (code == SIM_OK)
		finish(&world, rec, summary);
	tear_down(&world);
	return code;
}
