/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: serialisation at the link's rate, a FIFO queue per direction, propagation, independent
 *   loss.
 * Leaves out: packets, framing, congestion control; measured against TCP over ns-3 on a warm
 *   connection at 1 Gbit/s and 1 ms, that is up to 1.3 us per message of at most 1,400 octets, but
 *   2 ms for 6,000 octets (congestion window) and for a cold connection.
 *
 * The queue needs no events: a transmitter that knows when it will be idle knows when each accepted
 * message starts, and the messages waiting are those that have not started yet.
 */
#include "sim/native/native.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include "sim/net/net.h"
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	FIRST_PASSAGES = 256,
	FIRST_RING = 16,
	/* Purposes of models count up from 1; the top of the range is ours. */
	PURPOSE_LOSS = 4095,
	COUNTER_BITS = 40,
	BITS = 64
};
enum hop_detail { HOP_ARRIVES, HOP_LOST };

/* The last hop of a message is an event whose arg is its cookie; before, the event's arg is this bit
 * and the handle of its struct passage. */
#define ON_ITS_WAY (UINT64_C(1) << 63)

struct passage {
	uint64_t cookie;
	uint32_t to, octets;
};

/* One direction of a link. Small, because there are two for each cell and any may be next. */
struct transmitter {
	int64_t idle_ns; /* from here on nothing is being sent */
	uint32_t to;     /* the node at its other end          */
	uint32_t kind;   /* native->kind[]                     */
};

/* What most links have in common. */
struct kind {
	int64_t delay_ns;
	double rate_bps, loss_prob;
	uint32_t queue_packets; /* may wait */
};

/* Of a direction, when more than one message is on it, or when it loses some. */
struct backlog {
	int64_t *start_ns; /* ring: when each waiting message starts; some may have started */
	uint32_t first, waiting, ring_size; /* ring_size: a power of two */
	uint64_t sent;     /* counts draws of the loss stream */
};

/* From a node to any other. Most reach nearly all over one link: a gNB has two. */
struct ways {
	uint64_t others; /* bit i: perhaps another way to a node whose number is i modulo 64 */
	uint32_t usual;  /* the transmitter to all the rest, or NOWHERE                       */
	uint32_t last_to, last; /* asked for last, and its transmitter: a gNB asks for its AMF's */
	uint32_t *to;    /* by node: the transmitter, or NOWHERE; NULL: always the usual      */
};

struct native {
	struct sim *sim;
	struct sim_engine_host host;
	uint32_t n_nodes, n_transmitters, n_kinds;
	struct ways *ways;               /* by node */
	struct transmitter *transmitter; /* two per link: from a, from b */
	struct backlog *backlog;         /* by transmitter */
	struct kind *kind;
	struct sim_pool *passages;
};
#define NOWHERE UINT32_MAX

static int refuse(const struct sim_engine_topology *topology, char *error, size_t error_size)
{
	for (uint32_t i = 0; i < topology->n_links; i++) {
		const struct sim_engine_link *link = &topology->link[i];
		const char *what = NULL;
		if (!(link->rate_bps > 0) || isinf(link->rate_bps))
			what = "a rate that is not a positive number";
		else if (link->delay_ns < 0)
			what = "a negative delay";
		else if (link->queue_packets < 1)
			what = "a queue of no packets";
		else if (!(link->loss_prob >= 0 && link->loss_prob <= 1))
			what = "a loss probability outside 0 to 1";
		if (what) {
			snprintf(error, error_size, "the link %s - %s has %s",
			         topology->node_name[link->a], topology->node_name[link->b], what);
			return 1;
		}
	}
	return 0;
}

static uint32_t kind_of(struct native *native, const struct sim_engine_link *link)
{
	uint32_t i = 0;

	for (; i < native->n_kinds; i++) {
		const struct kind *k = &native->kind[i];
		if (k->delay_ns == link->delay_ns && k->rate_bps == link->rate_bps &&
		    k->loss_prob == link->loss_prob && k->queue_packets == link->queue_packets)
			return i;
	}
	native->kind = sim_memory_resize("the native engine", native->kind, i + 1,
	                                 sizeof *native->kind);
	native->kind[i] = (struct kind){link->delay_ns, link->rate_bps, link->loss_prob,
		link->queue_packets};
	return native->n_kinds++;
}

static uint32_t way(const struct sim_engine_topology *topology, uint32_t from, uint32_t to)
{
	int32_t link = topology->next_link[(size_t)from * topology->n_nodes + to];

	return link < 0 ? NOWHERE : 2 * (uint32_t)link + (from == topology->link[link].b);
}

/* The usual way is that to the last node but itself: those at the end are the cells. */
static void find_ways(struct ways *ways, const struct sim_engine_topology *topology, uint32_t from)
{
	uint32_t n = topology->n_nodes;

	ways->usual = way(topology, from, from + 1 < n ? n - 1 : 0);
	for (uint32_t to = 0; to < n; to++)
		if (to != from && way(topology, from, to) != ways->usual)
			ways->others |= UINT64_C(1) << to % BITS;
	if (!ways->others)
		return;
	ways->last_to = ways->last = NOWHERE;
	ways->to = sim_memory_new("the native engine", n, sizeof *ways->to);
	for (uint32_t to = 0; to < n; to++)
		ways->to[to] = way(topology, from, to);
}

static void *native_open(const struct sim_engine_topology *topology,
                         const struct sim_engine_host *host, uint64_t seed, uint32_t replication,
                         char *error, size_t error_size)
{
	(void)seed; /* both come with the simulator's own streams: sim_native_bind() */
	(void)replication;
	if (refuse(topology, error, error_size))
		return NULL;
	struct native *native = sim_memory_new("the native engine", 1, sizeof *native);
	native->host = *host;
	native->n_nodes = topology->n_nodes;
	native->n_transmitters = 2 * topology->n_links;
	native->transmitter = sim_memory_new("the native engine", native->n_transmitters,
	                                     sizeof *native->transmitter);
	native->backlog = sim_memory_new("the native engine", native->n_transmitters,
	                                 sizeof *native->backlog);
	native->ways = sim_memory_new("the native engine", native->n_nodes, sizeof *native->ways);
	for (uint32_t i = 0; i < native->n_transmitters; i++) {
		const struct sim_engine_link *link = &topology->link[i / 2];
		native->transmitter[i].to = i % 2 ? link->a : link->b;
		native->transmitter[i].kind = kind_of(native, link);
	}
	for (uint32_t from = 0; from < native->n_nodes; from++)
		find_ways(&native->ways[from], topology, from);
	return native;
}

static void ring_grow(struct backlog *b)
{
	uint32_t size = b->ring_size ? 2 * b->ring_size : FIRST_RING;
	int64_t *ring = sim_memory_new("a link's queue", size, sizeof *ring);

	for (uint32_t i = 0; i < b->waiting; i++)
		ring[i] = b->start_ns[(b->first + i) & (b->ring_size - 1)];
	free(b->start_ns);
	b->start_ns = ring;
	b->ring_size = size;
	b->first = 0;
}

static void forget_started(struct backlog *b, int64_t now_ns)
{
	while (b->waiting > 0 && b->start_ns[b->first] <= now_ns) {
		b->first = (b->first + 1) & (b->ring_size - 1);
		b->waiting--;
	}
}

/* false: the queue is full. */
static bool queue_up(struct backlog *b, const struct kind *kind, int64_t now_ns, int64_t start_ns)
{
	forget_started(b, now_ns);
	if (b->waiting >= kind->queue_packets)
		return false;
	if (b->waiting == b->ring_size)
		ring_grow(b);
	b->start_ns[(b->first + b->waiting++) & (b->ring_size - 1)] = start_ns;
	return true;
}

/* As llround(), which is no instruction; not negative. */
static int64_t rounded(double ns)
{
	int64_t whole_ns = (int64_t)ns;

	return whole_ns + (ns - (double)whole_ns >= 0.5);
}

/* The n-th message of a direction is lost or not whatever else happens in the run. */
static bool is_lost(const struct native *native, uint64_t direction, double loss_prob)
{
	struct sim_stream stream = sim_stream_of(native->sim, PURPOSE_LOSS,
		direction << COUNTER_BITS | native->backlog[direction].sent++);

	return sim_stream_u01(&stream) < loss_prob;
}

static uint32_t find_way(struct ways *ways, uint32_t to)
{
	if (!(ways->others >> to % BITS & 1))
		return ways->usual;
	if (ways->last_to != to) {
		ways->last_to = to;
		ways->last = ways->to[to];
	}
	return ways->last;
}

static uint64_t put_on_its_way(struct native *native, uint32_t to, uint32_t octets, uint64_t cookie)
{
	struct sim_handle handle;
	struct passage *passage = sim_pool_take_as_is(native->passages, &handle);

	*passage = (struct passage){cookie, to, octets};
	return ON_ITS_WAY | sim_handle_pack(handle);
}

static void send(struct native *native, uint32_t at, uint32_t to, uint32_t octets, uint64_t cookie)
{
	uint32_t number = find_way(&native->ways[at], to);
	SIM_ASSERT(number != NOWHERE);
	struct transmitter *t = &native->transmitter[number];
	const struct kind *kind = &native->kind[t->kind];
	int64_t now_ns = native->sim->now_ns, start_ns = now_ns;
	enum hop_detail detail = HOP_ARRIVES;

	if (t->idle_ns > now_ns) {
		start_ns = t->idle_ns;
		if (!queue_up(&native->backlog[number], kind, now_ns, start_ns)) {
			native->host.drop(native->host.context, now_ns, at, cookie);
			return;
		}
	}
	t->idle_ns = start_ns + rounded(8e9 * octets / kind->rate_bps);
	if (kind->loss_prob > 0 && is_lost(native, number, kind->loss_prob))
		detail = HOP_LOST;
	else if (t->to != to)
		cookie = put_on_its_way(native, to, octets, cookie);
	sim_after(native->sim, t->idle_ns + kind->delay_ns - now_ns, SIM_KIND_NATIVE_HOP,
	          (uint16_t)detail, t->to, cookie);
}

static void go_on(struct native *native, uint32_t at, struct sim_handle handle)
{
	const struct passage passage = *(struct passage *)sim_pool_get(native->passages, handle);

	sim_pool_give(native->passages, handle);
	send(native, at, passage.to, passage.octets, passage.cookie);
}

static void hop(void *context, const struct sim_event *event)
{
	struct native *native = context;

	if (event->detail == HOP_LOST)
		native->host.drop(native->host.context, event->t_ns, event->to, event->arg);
	else if (event->arg & ON_ITS_WAY)
		go_on(native, event->to, sim_handle_unpack(event->arg & ~ON_ITS_WAY));
	else
		native->host.deliver(native->host.context, event->t_ns, event->to, event->arg, NULL, 0);
}

void sim_native_bind(void *engine, struct sim *sim)
{
	struct native *native = engine;

	native->sim = sim;
	native->passages = sim_pool_new(sim->arena, sizeof(struct passage), FIRST_PASSAGES);
	sim_on(sim, SIM_KIND_NATIVE_HOP, hop, native);
}

void sim_native_send(void *engine, uint32_t from, uint32_t to, uint32_t octets, uint64_t cookie)
{
	struct native *native = engine;

	SIM_ASSERT(from < native->n_nodes && to < native->n_nodes && from != to);
	SIM_ASSERT(!(cookie & ON_ITS_WAY));
	send(native, from, to, octets, cookie);
}

static void native_send(void *engine, uint32_t from, uint32_t to, const void *data, uint32_t octets,
                        uint64_t cookie)
{
	(void)data; /* lengths alone travel here */
	sim_native_send(engine, from, to, octets, cookie);
}

/* The simulator's own list is the engine's: it needs nobody to wake it. */
static void native_wake_at(void *engine, int64_t t_ns)
{
	(void)engine;
	(void)t_ns;
}

static int64_t native_now(void *engine)
{
	return ((struct native *)engine)->sim->now_ns;
}

static int native_run(void *engine, int64_t until_ns, char *error, size_t error_size)
{
	(void)error;
	(void)error_size;
	sim_run_until(((struct native *)engine)->sim, until_ns);
	return 0;
}

static void native_close(void *engine)
{
	struct native *native = engine;

	for (uint32_t i = 0; i < native->n_transmitters; i++)
		free(native->backlog[i].start_ns);
	for (uint32_t i = 0; i < native->n_nodes; i++)
		free(native->ways[i].to);
	free(native->transmitter);
	free(native->backlog);
	free(native->kind);
	free(native->ways);
	free(native);
}

const struct sim_engine_ops sim_native_ops = {
	.abi = SIM_ENGINE_ABI,
	.name = "native",
	.open = native_open,
	.wake_at = native_wake_at,
	.send = native_send,
	.now = native_now,
	.run = native_run,
	.close = native_close,
};
