/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the models and an engine. What an engine reports becomes an event of our list at the
 * present time, so that arrivals are ordered with everything else, the same way on both engines.
 * While the engine owns the clock, it wakes us at the head of our list; it is asked again only
 * when the head moved.
 */
#include "sim/net/net.h"
#include "sim/native/native.h"
#include "sim/net/route.h"
#include "sim/core/memory.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_MESSAGES = 4096 };
enum arrive_detail { ARRIVED, DROPPED };

/* A message that an engine with a clock of its own carries; its handle is that engine's cookie. */
struct in_flight {
	uint64_t payload;
	struct octets *octets; /* what has come out of an engine that carries them */
};

/* Between an engine's report and its event: few at any time, in a list so that none is forgotten. */
struct octets {
	struct octets *next;
	uint32_t n;
	uint8_t data[];
};

struct sim_net {
	struct sim *sim;
	const struct sim_engine_ops *ops;
	void *engine;
	int64_t wake_ns; /* asked for; SIM_TIME_MAX: none */
	struct sim_pool *in_flight;
	struct sim_net_count count;
	sim_net_receive *receive, *dropped;
	sim_net_octets *on_octets;
	struct octets *kept;
	void *context;
	uint32_t n_nodes, n_links, room_nodes, room_links;
	char **node_name;
	struct sim_engine_link *link;
	int32_t *next_link;
};

static void forget(struct sim_net *net, struct octets *octets)
{
	struct octets **at = &net->kept;

	while (*at && *at != octets)
		at = &(*at)->next;
	if (octets)
		*at = octets->next;
	free(octets);
}

static void hand_over(struct sim_net *net, uint32_t node, uint64_t payload, int lost)
{
	if (lost)
		net->count.dropped++;
	else
		net->count.delivered++;
	if (lost ? net->dropped : net->receive)
		(lost ? net->dropped : net->receive)(net->context, node, payload);
}

static void hand_over_carried(struct sim_net *net, uint32_t node, uint64_t cookie, int lost)
{
	struct sim_handle handle = sim_handle_unpack(cookie);
	const struct in_flight *message = sim_pool_get(net->in_flight, handle);
	SIM_ASSERT(message && "an engine reports each message once");
	const struct in_flight arrived = *message;
	const uint64_t payload = arrived.payload;

	sim_pool_give(net->in_flight, handle);
	if (arrived.octets && net->on_octets &&
	    !net->on_octets(net->context, node, payload, arrived.octets->data, arrived.octets->n))
		lost = 1;
	forget(net, arrived.octets);
	hand_over(net, node, payload, lost);
}

static int is_native(const struct sim_net *net)
{
	return net->ops == &sim_native_ops;
}

static void arrive(void *context, const struct sim_event *event)
{
	struct sim_net *net = context;
	int lost = event->detail == DROPPED;

	if (is_native(net))
		hand_over(net, event->to, event->arg, lost);
	else
		hand_over_carried(net, event->to, event->arg, lost);
}

struct sim_net *sim_net_new(struct sim *sim)
{
	struct sim_net *net = sim_memory_new("a network", 1, sizeof *net);

	net->sim = sim;
	net->wake_ns = SIM_TIME_MAX;
	net->in_flight = sim_pool_new(sim->arena, sizeof(struct in_flight), FIRST_MESSAGES);
	sim_on(sim, SIM_KIND_NET_ARRIVE, arrive, net);
	return net;
}

static void *room_for_one(void *array, uint32_t n, uint32_t *room, size_t size)
{
	if (n < *room)
		return array;
	*room = *room ? 2 * *room : 16;
	return sim_memory_resize("a network", array, *room, size);
}

uint32_t sim_net_node(struct sim_net *net, const char *name)
{
	SIM_ASSERT(!net->engine);
	net->node_name =
		room_for_one(net->node_name, net->n_nodes, &net->room_nodes, sizeof *net->node_name);
	net->node_name[net->n_nodes] = strdup(name);
	SIM_ASSERT(net->node_name[net->n_nodes] && "memory for a network");
	return net->n_nodes++;
}

void sim_net_link(struct sim_net *net, uint32_t a, uint32_t b, const struct sim_link *link)
{
	SIM_ASSERT(!net->engine);
	SIM_ASSERT(a < net->n_nodes && b < net->n_nodes && a != b);
	net->link = room_for_one(net->link, net->n_links, &net->room_links, sizeof *net->link);
	net->link[net->n_links++] = (struct sim_engine_link){
		.a = a,
		.b = b,
		.delay_ns = link->delay_ns,
		.rate_bps = link->rate_bps,
		.queue_packets = link->queue_packets,
		.loss_prob = link->loss_prob,
	};
}

void sim_net_on_receive(struct sim_net *net, sim_net_receive *receive, sim_net_receive *dropped,
                        void *context)
{
	net->receive = receive;
	net->dropped = dropped;
	net->context = context;
}

void sim_net_on_octets(struct sim_net *net, sim_net_octets *octets)
{
	net->on_octets = octets;
}

int sim_net_carries_octets(const struct sim_net *net)
{
	return net->ops && net->ops->carries_octets;
}

static void ask_to_wake(struct sim_net *net)
{
	int64_t next_ns = sim_next_ns(net->sim);

	if (next_ns == net->wake_ns || next_ns == SIM_TIME_MAX)
		return;
	net->wake_ns = next_ns;
	net->ops->wake_at(net->engine, next_ns);
}

static void wake(void *context, int64_t now_ns)
{
	struct sim_net *net = context;

	net->wake_ns = SIM_TIME_MAX;
	sim_run_until(net->sim, now_ns);
	ask_to_wake(net);
}

/* The engine's clock may be ahead of ours by now; no event of ours lies between. */
static void catch_up(struct sim *sim, int64_t now_ns)
{
	SIM_ASSERT(now_ns >= sim->now_ns && sim_next_ns(sim) >= now_ns);
	sim->now_ns = now_ns;
}

static void report(struct sim_net *net, int64_t now_ns, enum arrive_detail detail, uint32_t node,
                   uint64_t cookie)
{
	catch_up(net->sim, now_ns);
	sim_after(net->sim, 0, SIM_KIND_NET_ARRIVE, (uint16_t)detail, node, cookie);
	ask_to_wake(net);
}

/* The engine only lends the octets; the message is received by an event of our own. */
static void keep(struct sim_net *net, uint64_t cookie, const void *data, uint32_t n)
{
	struct in_flight *message = sim_pool_get(net->in_flight, sim_handle_unpack(cookie));
	struct octets *octets = sim_memory_new("a message", 1, sizeof *octets + n);

	SIM_ASSERT(message && !message->octets && "an engine reports each message once");
	*octets = (struct octets){.next = net->kept, .n = n};
	memcpy(octets->data, data, n);
	message->octets = net->kept = octets;
}

static void deliver(void *context, int64_t now_ns, uint32_t to, uint64_t cookie, const void *data,
                    uint32_t octets)
{
	if (data)
		keep(context, cookie, data, octets);
	report(context, now_ns, ARRIVED, to, cookie);
}

static void drop(void *context, int64_t now_ns, uint32_t at, uint64_t cookie)
{
	report(context, now_ns, DROPPED, at, cookie);
}

static void deliver_native(void *context, int64_t now_ns, uint32_t to, uint64_t payload,
                           const void *data, uint32_t octets)
{
	(void)now_ns;
	(void)data;
	(void)octets;
	hand_over(context, to, payload, 0);
}

/* Perhaps from inside sim_net_send(), where the sender must not be called back. */
static void drop_native(void *context, int64_t now_ns, uint32_t at, uint64_t payload)
{
	(void)now_ns;
	sim_after(((struct sim_net *)context)->sim, 0, SIM_KIND_NET_ARRIVE, DROPPED, at, payload);
}

static void *open_engine(struct sim_net *net, char *error, size_t error_size)
{
	struct sim_engine_host host = {net, wake, is_native(net) ? deliver_native : deliver,
		is_native(net) ? drop_native : drop};
	struct sim_engine_topology topology = {
		.n_nodes = net->n_nodes,
		.node_name = (const char *const *)net->node_name,
		.n_links = net->n_links,
		.link = net->link,
		.next_link = net->next_link,
	};
	return net->ops->open(&topology, &host, net->sim->seed, net->sim->replication, error,
	                      error_size);
}

enum sim_code sim_net_open(struct sim_net *net, const struct sim_engine_ops *ops,
                           struct sim_err *err)
{
	char error[512] = "no reason given";

	SIM_ASSERT(!net->engine && net->n_nodes > 0);
	net->ops = ops ? ops : &sim_native_ops;
	if (net->ops->abi != SIM_ENGINE_ABI)
		return sim_fail(err, SIM_E_ENGINE,
		                "the %s engine has interface version %d; %d is needed: install the "
		                "engine that came with this dtsim",
		                net->ops->name, net->ops->abi, SIM_ENGINE_ABI);
	size_t n = net->n_nodes;
	net->next_link = sim_memory_resize("a network's routes", net->next_link, n * n,
	                                   sizeof *net->next_link);
	sim_route(net->n_nodes, net->link, net->n_links, net->next_link);
	net->engine = open_engine(net, error, sizeof error);
	if (!net->engine)
		return sim_fail(err, SIM_E_ENGINE, "the %s engine refused the network: %s",
		                net->ops->name, error);
	if (is_native(net))
		sim_native_bind(net->engine, net->sim);
	return SIM_OK;
}

static uint64_t put_in_flight(struct sim_net *net, uint64_t payload)
{
	struct sim_handle handle;
	struct in_flight *message = sim_pool_take_as_is(net->in_flight, &handle);

	*message = (struct in_flight){.payload = payload};
	return sim_handle_pack(handle);
}

void sim_net_send_octets(struct sim_net *net, uint32_t from, uint32_t to, const uint8_t *data,
                         uint32_t octets, uint64_t payload)
{
	uint64_t cookie = is_native(net) ? payload : put_in_flight(net, payload);

	SIM_ASSERT(net->engine && from < net->n_nodes && to < net->n_nodes);
	SIM_ASSERT(is_native(net) || from == to ||
	           net->next_link[(size_t)from * net->n_nodes + to] >= 0);
	net->count.sent++;
	net->count.octets += octets;
	if (from == to && data && !is_native(net))
		keep(net, cookie, data, octets);
	if (from == to)
		sim_after(net->sim, 0, SIM_KIND_NET_ARRIVE, ARRIVED, to, cookie);
	else
		net->ops->send(net->engine, from, to, data, octets, cookie);
}

void sim_net_send(struct sim_net *net, uint32_t from, uint32_t to, uint32_t octets,
                  uint64_t payload)
{
	if (!is_native(net) || from == to) {
		sim_net_send_octets(net, from, to, NULL, octets, payload);
		return;
	}
	net->count.sent++;
	net->count.octets += octets;
	sim_native_send(net->engine, from, to, octets, payload);
}

enum sim_code sim_net_run(struct sim_net *net, int64_t until_ns, struct sim_err *err)
{
	char error[512] = "no reason given";

	SIM_ASSERT(net->engine && until_ns >= net->sim->now_ns);
	ask_to_wake(net);
	if (net->ops->run(net->engine, until_ns, error, sizeof error) != 0)
		return sim_fail(err, SIM_E_ENGINE, "the %s engine failed at %.9f s: %s",
		                net->ops->name, (double)net->sim->now_ns / 1e9, error);
	sim_run_until(net->sim, until_ns); /* an engine may stop before our last event of until_ns */
	return SIM_OK;
}

struct sim_net_count sim_net_counts(const struct sim_net *net)
{
	return net->count;
}

uint64_t sim_net_in_flight(const struct sim_net *net)
{
	return net->count.sent - net->count.delivered - net->count.dropped;
}

void sim_net_close(struct sim_net *net)
{
	if (!net)
		return;
	if (net->engine)
		net->ops->close(net->engine);
	for (uint32_t i = 0; i < net->n_nodes; i++)
		free(net->node_name[i]);
	while (net->kept)
		forget(net, net->kept);
	free(net->node_name);
	free(net->link);
	free(net->next_link);
	free(net);
}
