/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Untrusted non-3GPP access in a world: an N3IWF, an access point in each city, and who
 * uses them. */
#include "scenarios/world_state.h"

#include "models/nf/n3iwf.h"
#include "models/nf/nwu.h"

void world_join_non_3gpp(struct world *world)
{
	const struct scn_link_config *links = &world->config->links;
	const struct nf_nodes *n = &world->env.node;
	struct sim_net *net = world->env.net;
	struct sim_link nwu = {.delay_ns = links->nwu_delay_ns, .rate_bps = links->nwu_rate_bps,
		.queue_packets = (uint32_t)links->queue_packets, .loss_prob = links->loss_prob};
	struct sim_link n2 = {.delay_ns = links->n2_delay_ns, .rate_bps = links->n2_rate_bps,
		.queue_packets = (uint32_t)links->queue_packets};
	struct sim_link n3 = {.delay_ns = links->n3_delay_ns, .rate_bps = links->n3_rate_bps,
		.queue_packets = (uint32_t)links->queue_packets, .loss_prob = links->loss_prob};

	if (n->n_aps == 0)
		return;
	sim_net_link(net, n->n3iwf, n->amf, &n2);
	sim_net_link(net, n->n3iwf, n->upf, &n3);
	for (uint16_t i = 0; i < n->n_aps; i++)
		sim_net_link(net, (uint16_t)(n->ap0 + i), n->n3iwf, &nwu);
}

/* ---- wires ---- */

static uint16_t ap_of(void *context, uint32_t ue)
{
	const struct world *world = context;

	return world->ap_of_cell[ue_cell(world->ues, ue)];
}

static void associated(void *context, uint32_t ue)
{
	ue_ike_associated(((struct world *)context)->ikes, ue);
}

static void at_ap(void *context, uint32_t ue, struct msg *msg)
{
	ap_from_air(((struct world *)context)->aps, ap_of(context, ue), msg);
}

static void on_air(void *context, uint32_t ue, struct msg *msg)
{
	ue_ike_receive(((struct world *)context)->ikes, ue, msg);
}

static bool key(void *context, uint32_t ue, uint8_t kn3iwf[32])
{
	return ue_n3iwf_key(((struct world *)context)->ues, ue, kn3iwf);
}

static void connected(void *context, uint32_t ue, bool ok, const struct sim_span *spent)
{
	ue_connected_after(((struct world *)context)->ues, ue, ok, spent);
}

static void connect(void *context, uint32_t ue, uint32_t procedure)
{
	ue_ike_connect(((struct world *)context)->ikes, ue, procedure);
}

static void release(void *context, uint32_t ue)
{
	ue_ike_release(((struct world *)context)->ikes, ue);
}

static void up(void *context, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	ue_ike_up(((struct world *)context)->ikes, ue, msg, work_ns);
}

/* ---- building ---- */

/* One access point serves all cells of a city. */
static void place_aps(struct world *world)
{
	const struct scn_config *config = world->config;
	uint32_t cell = 0;

	world->ap_of_cell = sim_arena_alloc(world->env.sim->arena,
	                                    world->env.node.n_gnbs * sizeof *world->ap_of_cell);
	for (uint32_t i = 0; i < config->n_cities; i++)
		for (int64_t k = 0; k < config->city[i].cells; k++)
			world->ap_of_cell[cell++] = (uint16_t)(world->env.node.ap0 + i);
}

/* A named draw for each, so that a larger share takes others in and nobody out. The N3IWF is the home
 * network's, and leads to its AMF: who is in the visited network uses NR. */
static bool uses_it(const struct world *world, uint32_t ue)
{
	const struct scn_access_config *access = &world->config->access;
	struct sim_stream stream = nf_stream(&world->env, NF_DRAW_NON_3GPP, ue, 0, 0);

	if (world->env.roams && world->env.roams[ue])
		return false;
	if (world->env.class_of_ue[ue] == REC_CLASS_SURGEON)
		return access->surgeons == SCN_ACCESS_NON_3GPP;
	return sim_stream_u01(&stream) < access->background_prob;
}

static void choose_users(struct world *world)
{
	struct nf_env *env = &world->env;

	world->untrusted = (struct ue_access){.self = world, .non_3gpp = true, .connect = connect,
		.release = release, .up = up};
	world->non_3gpp = sim_arena_alloc(env->sim->arena, env->n_ues);
	env->non_3gpp = world->non_3gpp;
	for (uint32_t ue = 0; ue < env->n_ues; ue++) {
		world->non_3gpp[ue] = uses_it(world, ue);
		if (world->non_3gpp[ue])
			ue_set_access(world->ues, ue, &world->untrusted);
	}
}

static void attach_n3iwf(struct world *world)
{
	const struct n3iwf_config *config = &world->config->nf.n3iwf;
	const struct sim_station_config station = {.name = "n3iwf", .host = SIM_HOST_UNLIMITED,
		.workers = (uint32_t)config->station.workers, .queue_capacity = config->station.queue,
		.discipline = config->station.discipline, .timeout_ns = config->station.queue_timeout_ns};
	uint8_t seed[32];

	nwu_operator_seed(&world->env, seed);
	nf_attach(&world->env, world->env.node.n3iwf, &nf_n3iwf,
	          n3iwf_new(&world->env, config, world->home.plmn, seed),
	          sim_station(world->env.stations, &station));
}

void world_attach_non_3gpp(struct world *world)
{
	struct nf_env *env = &world->env;
	const struct wlan_user air = {world, associated, at_ap, on_air, ap_of};
	const struct ue_ike_user user = {world, connected, world_at_ue, key};

	if (env->node.n_aps == 0)
		return;
	place_aps(world);
	world->wlan = wlan_new(env, &world->config->nf.wlan, env->n_ues);
	world->ikes = ue_ikes_new(env, &world->config->nf.ue_ike, world->home.plmn, world->wlan,
	                          env->n_ues);
	world->aps = aps_new(env, world->wlan);
	wlan_set_user(world->wlan, &air);
	ue_ikes_set_user(world->ikes, &user);
	attach_n3iwf(world);
	for (uint16_t i = 0; i < env->node.n_aps; i++)
		nf_attach(env, (uint16_t)(env->node.ap0 + i), &nf_ap, ap_instance(world->aps, i),
		          NF_NO_STATION);
	choose_users(world);
}
