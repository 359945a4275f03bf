/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Building a world: nodes and links (one link per reference point), stations on hosts, functions, UEs and
 * their users. The order of numbers here is part of the digests.
 */
#include "scenarios/world_state.h"

#include "models/nf/aanf.h"
#include "models/nf/amf.h"
#include "models/nf/ausf.h"
#include "models/nf/dtf.h"
#include "models/nf/events.h"
#include "models/nf/hospital.h"
#include "models/nf/housekeeping.h"
#include "models/nf/ledger.h"
#include "models/nf/pcf.h"
#include "models/nf/smf.h"
#include "models/nf/scp.h"
#include "models/nf/sepp.h"
#include "models/nf/udm.h"
#include "models/nf/udr.h"

#include <stdio.h>
#include <string.h>

uint32_t world_n_cells(const struct scn_config *config)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < config->n_cities; i++)
		n += (uint32_t)config->city[i].cells;
	return n;
}

/* Behind the headset too. */
static void add_visited(struct nf_nodes *node)
{
	node->n = node->n > node->ue ? node->n : (uint16_t)(node->ue + 1);
	node->vamf = node->n;
	node->vpcf = (uint16_t)(node->n + 1);
	node->vupf = (uint16_t)(node->n + 2);
	node->vsepp = (uint16_t)(node->n + 3);
	node->hsepp = (uint16_t)(node->n + 4);
	node->vgnb0 = (uint16_t)(node->n + 5);
	node->n = (uint16_t)(node->vgnb0 + node->n_gnbs);
}

struct nf_nodes world_nodes(const struct scn_config *config)
{
	struct nf_nodes node = {.amf = 0, .ausf = 1, .udm = 2, .udr = 3, .pcf = 4, .aanf = 5,
		.dtf = 6, .ledger = 7, .upf = 8, .gnb0 = 9};

	node.n_gnbs = (uint16_t)world_n_cells(config);
	node.hospital0 = (uint16_t)(node.gnb0 + node.n_gnbs);
	node.n_hospitals = (uint16_t)config->n_hospitals;
	node.n = (uint16_t)(node.hospital0 + node.n_hospitals);
	node.ue = node.n;
	if (scn_uses_non_3gpp(config)) { /* behind the headset, whose number stays what it is */
		node.n3iwf = (uint16_t)(node.ue + 1);
		node.ap0 = (uint16_t)(node.ue + 2);
		node.n_aps = (uint16_t)config->n_cities;
		node.n = (uint16_t)(node.ap0 + node.n_aps);
	}
	if (roaming_is_used(&config->nf.roaming))
		add_visited(&node);
	return node;
}

/* ---- the network ---- */

static struct sim_link link_of(const struct scn_link_config *links, int64_t delay_ns,
                               double rate_bps, double loss_prob)
{
	return (struct sim_link){.delay_ns = delay_ns, .rate_bps = rate_bps,
		.queue_packets = (uint32_t)links->queue_packets, .loss_prob = loss_prob};
}

static void join_core(struct sim_net *net, const struct nf_nodes *n,
                      const struct scn_link_config *links)
{
	const struct sim_link sbi = link_of(links, links->sbi_delay_ns, links->sbi_rate_bps, 0);
	const struct sim_link chain = link_of(links, links->ledger_delay_ns, links->ledger_rate_bps,
	                                      0);
	const uint16_t pairs[][2] = {{n->amf, n->ausf}, {n->ausf, n->udm}, {n->amf, n->udm},
		{n->udm, n->udr}, {n->amf, n->pcf}, {n->pcf, n->udr}, {n->ausf, n->aanf},
		{n->aanf, n->dtf}, {n->dtf, n->udm}, {n->upf, n->amf}};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		sim_net_link(net, pairs[i][0], pairs[i][1], &sbi);
	sim_net_link(net, n->dtf, n->ledger, &chain);
}

/* with_nef: hospitals reach the AAnF (TS 33.535 6.3) by the way of the DTF's. */
static void join_access(struct sim_net *net, const struct nf_nodes *n,
                        const struct scn_link_config *links, bool with_nef)
{
	const struct sim_link n2 = link_of(links, links->n2_delay_ns, links->n2_rate_bps, 0);
	const struct sim_link n3 = link_of(links, links->n3_delay_ns, links->n3_rate_bps,
	                                   links->loss_prob);
	const struct sim_link n6 = link_of(links, links->n6_delay_ns, links->n6_rate_bps,
	                                   links->loss_prob);

	for (uint16_t i = 0; i < n->n_gnbs; i++) {
		sim_net_link(net, (uint16_t)(n->gnb0 + i), n->amf, &n2);
		sim_net_link(net, (uint16_t)(n->gnb0 + i), n->upf, &n3);
	}
	const struct sim_link dtf = link_of(links, links->dtf_delay_ns, links->n6_rate_bps,
	                                    links->loss_prob);
	sim_net_link(net, n->upf, n->dtf, &dtf);
	if (with_nef)
		sim_net_link(net, n->upf, n->aanf, &dtf);
	for (uint16_t i = 0; i < n->n_hospitals; i++)
		sim_net_link(net, n->upf, (uint16_t)(n->hospital0 + i), &n6);
}

/* The visited network, and what joins it to the home network: N32 and, for user data routed home, N9. */
static void join_visited(struct sim_net *net, const struct nf_nodes *n,
                         const struct scn_link_config *links)
{
	const struct sim_link sbi = link_of(links, links->sbi_delay_ns, links->sbi_rate_bps, 0);
	const struct sim_link n32 = link_of(links, links->n32_delay_ns, links->sbi_rate_bps, 0);
	const struct sim_link n9 = link_of(links, links->n32_delay_ns, links->n6_rate_bps,
	                                   links->loss_prob);
	const struct sim_link n2 = link_of(links, links->n2_delay_ns, links->n2_rate_bps, 0);
	const struct sim_link n3 = link_of(links, links->n3_delay_ns, links->n3_rate_bps,
	                                   links->loss_prob);
	const uint16_t pairs[][2] = {{n->vamf, n->vsepp}, {n->vamf, n->vpcf}, {n->hsepp, n->ausf},
		{n->hsepp, n->udm}};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		sim_net_link(net, pairs[i][0], pairs[i][1], &sbi);
	sim_net_link(net, n->vsepp, n->hsepp, &n32);
	sim_net_link(net, n->vupf, n->upf, &n9);
	for (uint16_t i = 0; i < n->n_gnbs; i++) {
		sim_net_link(net, (uint16_t)(n->vgnb0 + i), n->vamf, &n2);
		sim_net_link(net, (uint16_t)(n->vgnb0 + i), n->vupf, &n3);
	}
}

static void build_network(struct world *world)
{
	world_names(world->config, &world->names);
	for (uint16_t i = 0; i < world->env.node.n; i++)
		sim_net_node(world->env.net, world->names.text[REC_NAME_node][i]);
	join_core(world->env.net, &world->env.node, &world->config->links);
	join_access(world->env.net, &world->env.node, &world->config->links,
	            world->config->nf.hospital.akma);
	world_join_non_3gpp(world);
	if (world->env.node.vsepp != 0)
		join_visited(world->env.net, &world->env.node, &world->config->links);
}

/* ---- the functions ---- */

static uint32_t station(struct world *world, const char *name, uint32_t host,
                        const struct nf_station_config *given)
{
	const struct sim_station_config config = {.name = name, .host = host,
		.workers = (uint32_t)given->workers, .queue_capacity = given->queue,
		.discipline = given->discipline, .timeout_ns = given->queue_timeout_ns};

	return sim_station(world->env.stations, &config);
}

static uint32_t core_host(struct world *world)
{
	const struct scn_host_config *hosts = &world->config->hosts;
	uint32_t cores = hosts->core_cores > 0 ? (uint32_t)hosts->core_cores : 0;

	if (cores == 0)
		return SIM_HOST_UNLIMITED;
	return hosts->sharing == SCN_SHARE_BY_CORE ? sim_host_by_core(world->env.stations, cores)
	                                           : sim_host(world->env.stations, cores);
}

static void attach_core(struct world *world)
{
	const struct nf_config *nf = &world->config->nf;
	struct nf_env *env = &world->env;
	const struct nf_nodes *n = &env->node;
	uint32_t host = core_host(world);

	world->core_host = host;
	nf_attach(env, n->amf, &nf_amf, amf_new(env, &nf->amf, &world->home),
	          station(world, "amf", host, &nf->amf.station));
	nf_attach(env, n->ausf, &nf_ausf, ausf_new(env, &nf->ausf, &world->home),
	          station(world, "ausf", host, &nf->ausf.station));
	nf_attach(env, n->udm, &nf_udm, udm_new(env, &nf->udm, &world->home),
	          station(world, "udm", host, &nf->udm.station));
	nf_attach(env, n->udr, &nf_udr, udr_new(env, &nf->udr, &world->home),
	          station(world, "udr", host, &nf->udr.station));
	nf_attach(env, n->pcf, &nf_pcf, pcf_new(env, &nf->pcf),
	          station(world, "pcf", host, &nf->pcf.station));
	nf_attach(env, n->aanf, &nf_aanf, aanf_new(env, &nf->aanf, world->anchors),
	          station(world, "aanf", host, &nf->aanf.station));
}

static void attach_twin_side(struct world *world)
{
	const struct nf_config *nf = &world->config->nf;
	struct nf_env *env = &world->env;
	const struct nf_nodes *n = &env->node;

	nf_attach(env, n->dtf, &nf_dtf,
	          dtf_new(env, &nf->dtf, &world->config->dt, world->anchors),
	          station(world, "dtf", SIM_HOST_UNLIMITED, &nf->dtf.station));
	nf_attach(env, n->ledger, &nf_ledger, ledger_new(env, &nf->ledger, world->anchors),
	          station(world, "ledger", SIM_HOST_UNLIMITED, &nf->ledger.station));
	for (uint16_t i = 0; i < n->n_hospitals; i++) {
		nf_attach(env, (uint16_t)(n->hospital0 + i), &nf_hospital,
		          hospital_new(env, &nf->hospital, i, world->anchors,
		                       &world->witness),
		          station(world, world->config->hospital[i].name, SIM_HOST_UNLIMITED,
		                  &nf->hospital.station));
	}
}

static void attach_access(struct world *world)
{
	struct nf_env *env = &world->env;
	uint32_t n_cells = env->node.n_gnbs;

	world->smf = smf_new(env);
	nf_attach(env, env->node.upf, &nf_smf, world->smf, NF_NO_STATION);
	world->radio = radio_new(env, &world->config->radio, n_cells, env->n_ues);
	world->gnbs = gnbs_new(env, world->radio);
	world->ues = ues_new(env, &world->config->nf.ue, &world->home, world->radio);
	for (uint16_t i = 0; i < env->node.n_gnbs; i++)
		nf_attach(env, (uint16_t)(env->node.gnb0 + i), &nf_gnb, gnb_instance(world->gnbs, i),
		          NF_NO_STATION);
}

/* The visited network is as the home network; each SEPP has a host of its own. */
static void attach_visited(struct world *world)
{
	const struct nf_config *nf = &world->config->nf;
	struct nf_env *env = &world->env;
	const struct nf_nodes *n = &env->node;
	uint32_t host = core_host(world);
	struct sepp *visited = sepp_new(env, &nf->roaming, n->vsepp, n->hsepp);

	nf_attach(env, n->vamf, &nf_amf, amf_new_visited(env, &nf->amf, &world->home),
	          station(world, "visited amf", host, &nf->amf.station));
	nf_attach(env, n->vpcf, &nf_pcf, pcf_new_visited(env, &nf->pcf),
	          station(world, "visited pcf", host, &nf->pcf.station));
	nf_attach(env, n->vsepp, &nf_sepp, visited,
	          station(world, "visited sepp", SIM_HOST_UNLIMITED, &nf->roaming.station));
	nf_attach(env, n->hsepp, &nf_sepp, sepp_new(env, &nf->roaming, n->hsepp, n->vsepp),
	          station(world, "sepp", SIM_HOST_UNLIMITED, &nf->roaming.station));
	for (uint16_t i = 0; i < n->n_gnbs; i++)
		nf_attach(env, (uint16_t)(n->vgnb0 + i), &nf_gnb,
		          gnb_instance(world->gnbs, (uint32_t)n->n_gnbs + i), NF_NO_STATION);
	world->visited_sepp = visited;
}

/* What else runs on the core's host; after all other stations. */
static void attach_host(struct world *world)
{
	static const struct nf_station_config one_loop = {.workers = 1, .queue = -1,
		.discipline = SIM_FIFO, .queue_timeout_ns = -1};
	const struct scn_host_config *hosts = &world->config->hosts;

	if (world->config->nf.network.communication == NET_INDIRECT)
		nf_scp_start(&world->env, station(world, "scp", world->core_host, &one_loop));
	if (hosts->ues == SCN_UES_ON_CORE_HOST)
		ues_share_loop(world->ues, station(world, "ues", world->core_host, &one_loop));
	if (hosts->housekeeping > 0)
		housekeeping_start(&world->env,
		                   station(world, "housekeeping", world->core_host, &one_loop),
		                   hosts->housekeeping);
}

/* ---- the environment ---- */

static const struct crypto_suite *suite(const struct scn_config *config, uint8_t of_class)
{
	return crypto_suites[scn_crypto_mode(&config->crypto, of_class)];
}

static void make_pool(struct nf_env *env, int64_t n)
{
	struct sim_stream stream = nf_stream(env, NF_DRAW_POOL, 0, 0, 0);
	uint8_t seed[32];

	sim_stream_octets(&stream, seed, sizeof seed);
	crypto_pool(env->crypto, (uint32_t)n, seed);
}

static const uint8_t *classes(struct sim *sim, const struct scn_config *config)
{
	uint32_t n = world_n_ues(config) + config->n_attacks;
	uint8_t *class = sim_arena_alloc(sim->arena, n);

	for (uint32_t i = 0; i < n; i++)
		class[i] = i < config->n_surgeons ? REC_CLASS_SURGEON
		           : i < config->n_surgeons + world_n_probes(config) ? REC_CLASS_PROBE
		                                                       : REC_CLASS_BACKGROUND;
	return class;
}

static struct id_plmn visited_plmn(const struct roaming_config *roaming)
{
	struct id_plmn plmn;

	SIM_ASSERT(id_plmn_parse(roaming->mcc, roaming->mnc, &plmn));
	return plmn;
}

/* Who roams: the surgeons as given, of the others those whose draw is below the share. */
static bool *roamers(struct nf_env *env, const struct roaming_config *roaming)
{
	bool *roams = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *roams);

	for (uint32_t i = 0; i < env->n_ues; i++) {
		struct sim_stream stream = nf_stream(env, NF_DRAW_ROAMING, i, 0, 0);
		bool abroad = sim_stream_u01(&stream) < roaming->background;

		roams[i] = env->class_of_ue[i] == REC_CLASS_SURGEON ? roaming->surgeons : abroad;
	}
	return roams;
}

static void build_environment(struct world *world, uint32_t replication, struct rec *rec)
{
	const struct scn_config *config = world->config;
	struct nf_env *env = &world->env;

	env->sim = sim_new((uint64_t)config->run.seed, replication);
	env->net = sim_net_new(env->sim);
	env->crypto = crypto_new();
	make_pool(env, config->crypto.pool);
	env->rec = rec;
	rec->level = (enum rec_level)config->record.level;
	env->events = nf_events_new(env);
	if (rec_wants(rec, REC_LEVEL_SAMPLES))
		env->trace = nf_trace_new();
	if (!rec_wants(rec, REC_LEVEL_METRICS))
		sim_trace_off(env->sim);
	env->node = world_nodes(config);
	env->n_ues = world_n_ues(config);
	env->class_of_ue = classes(env->sim, config);
	env->suite_of_class[REC_CLASS_SURGEON] = suite(config, config->crypto.surgeons);
	env->suite_of_class[REC_CLASS_PROBE] = suite(config, config->crypto.background);
	env->suite_of_class[REC_CLASS_BACKGROUND] = suite(config, config->crypto.background);
	crypto_meter(env->crypto, true);
	env->service = &config->nf.service;
	env->cost = &config->crypto_cost;
	env->record_every = (uint32_t)config->record.every;
	env->ladder_ue = UINT32_MAX;
	world->witness = (struct witness){.env = env, .context = world,
		.session_of = world_session_of};
	if (env->node.vsepp != 0)
		env->roams = world->roams = roamers(env, &config->nf.roaming);
	env->prins = config->nf.roaming.n32 == ROAMING_PRINS;
	nf_init(env);
}

/* The N3IWF is the home network's: who comes through it is served at home. */
static void call_home(struct world *world)
{
	for (uint32_t i = 0; world->roams && world->env.non_3gpp && i < world->env.n_ues; i++)
		world->roams[i] = world->roams[i] && !world->env.non_3gpp[i];
}

enum sim_code world_build(struct world *world, const struct scn_config *config,
                          uint32_t replication, struct rec *rec, struct sim_err *err)
{
	const struct sim_engine_ops *ops = NULL;
	enum sim_code code = SIM_OK;

	world->config = config;
	build_environment(world, replication, rec);
	if (config->run.engine == SCN_ENGINE_NS3)
		code = sim_engine_load("ns3", &ops, err);
	if (code != SIM_OK)
		return code;
	build_network(world);
	world->env.demand = demand_new(world->env.sim->arena, rec_wants(rec, REC_LEVEL_METRICS)
	                                                      ? config->record.window_ns
	                                                      : SIM_TIME_MAX);
	home_init(&world->home, &world->env, &config->nf.network);
	if (world->env.node.vsepp != 0)
		home_roam(&world->home, visited_plmn(&config->nf.roaming), config->nf.roaming.agreement);
	world->anchors = nf_anchors_new(&world->env, &config->nf.network);
	attach_core(world);
	attach_twin_side(world);
	attach_access(world);
	attach_host(world);
	world_attach_non_3gpp(world);
	if (world->env.node.vsepp != 0)
		attach_visited(world);
	call_home(world);
	world_add_people(world);
	code = sim_net_open(world->env.net, ops, err);
	if (code == SIM_OK && sim_net_carries_octets(world->env.net)) {
		const struct wire_config wire = world_wire(&world->env, &world->home, &world->names);
		nf_octets_start(&world->env, &wire);
	}
	return code;
}
