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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_MESSAGES = 1024,
	FIRST_RING = 16,
	/* Purposes of models count up from 1; the top of the range is ours. */
	PURPOSE_LOSS = 4095,
	COUNTER_BITS = 40
};
enum hop_detail { HOP_ARRIVES, HOP_LOST };

struct message {
	uint64_t cookie;
	uint32_t to, octets;
};

/* One direction of a link. */
struct transmitter {
	int64_t idle_ns;   /* from here on nothing is being sent */
	int64_t *start_ns; /* ring: when each waiting message starts, in order */
	uint32_t first, waiting, ring_size; /* ring_size: a power of two */
	uint64_t sent;     /* counts draws of the loss stream */
};

struct native {
	struct sim *sim;
	struct sim_engine_host host;
	uint32_t n_nodes, n_links;
	struct sim_engine_link *link;
	int32_t *next_link;
	struct transmitter *transmitter; /* two per link: from a, from b */
	struct sim_pool *messages;
};

static void *copy(const void *from, size_t size)
{
	void *to = sim_memory_new("a network", 1, size);

	if (size)
		memcpy(to, from, size);
	return to;
}

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

static void *native_open(const struct sim_engine_topology *topology,
                         const struct sim_engine_host *host, uint64_t seed, uint32_t replication,
                         char *error, size_t error_size)
{
	(void)seed; /* both come with the simulator's own streams: sim_native_bind() */
	(void)replication;
	if (refuse(topology, error, error_size))
		return NULL;
	struct native *native = sim_memory_new("a network", 1, sizeof *native);
	size_t n = topology->n_nodes;
	native->host = *host;
	native->n_nodes = topology->n_nodes;
	native->n_links = topology->n_links;
	native->link = copy(topology->link, topology->n_links * sizeof *native->link);
	native->next_link = copy(topology->next_link, n * n * sizeof *native->next_link);
	native->transmitter = sim_memory_new("a network", 2 * (size_t)topology->n_links + 1,
	                                     sizeof *native->transmitter);
	return native;
}

static void ring_grow(struct transmitter *t)
{
	uint32_t size = t->ring_size ? 2 * t->ring_size : FIRST_RING;
	int64_t *ring = sim_memory_new("a link's queue", size, sizeof *ring);

	for (uint32_t i = 0; i < t->waiting; i++)
		ring[i] = t->start_ns[(t->first + i) & (t->ring_size - 1)];
	free(t->start_ns);
	t->start_ns = ring;
	t->ring_size = size;
	t->first = 0;
}

static void forget_started(struct transmitter *t, int64_t now_ns)
{
	while (t->waiting > 0 && t->start_ns[t->first] <= now_ns) {
		t->first = (t->first + 1) & (t->ring_size - 1);
		t->waiting--;
	}
}

/* When a message handed over now has left the transmitter; -1: the queue is full. */
static int64_t transmit(struct transmitter *t, const struct sim_engine_link *link, int64_t now_ns,
                        uint32_t octets)
{
	int64_t start_ns = now_ns;

	if (t->idle_ns > now_ns) {
		forget_started(t, now_ns);
		if (t->waiting >= link->queue_packets)
			return -1;
		if (t->waiting == t->ring_size)
			ring_grow(t);
		start_ns = t->idle_ns;
		t->start_ns[(t->first + t->waiting++) & (t->ring_size - 1)] = start_ns;
	} else {
		t->waiting = 0;
	}
	t->idle_ns = start_ns + llround(8e9 * octets / link->rate_bps);
	return t->idle_ns;
}

/* The n-th message of a direction is lost or not whatever else happens in the run. */
static int is_lost(const struct native *native, uint64_t direction, struct transmitter *t)
{
	double loss_prob = native->link[direction / 2].loss_prob;

	if (loss_prob <= 0)
		return 0;
	struct sim_stream stream =
		sim_stream_of(native->sim, PURPOSE_LOSS, direction << COUNTER_BITS | t->sent++);
	return sim_stream_u01(&stream) < loss_prob;
}

static void finish(struct native *native, struct sim_handle handle, uint32_t at, int delivered)
{
	const struct message *message = sim_pool_get(native->messages, handle);
	uint64_t cookie = message->cookie;

	sim_pool_give(native->messages, handle);
	if (delivered)
		native->host.deliver(native->host.context, native->sim->now_ns, at, cookie, NULL, 0);
	else
		native->host.drop(native->host.context, native->sim->now_ns, at, cookie);
}

static void forward(struct native *native, uint32_t at, struct sim_handle handle)
{
	const struct message *message = sim_pool_get(native->messages, handle);
	int32_t number = native->next_link[(size_t)at * native->n_nodes + message->to];
	SIM_ASSERT(number >= 0);
	const struct sim_engine_link *link = &native->link[number];
	uint64_t direction = 2 * (uint64_t)number + (at == link->b);
	struct transmitter *t = &native->transmitter[direction];
	int64_t now_ns = native->sim->now_ns;
	int64_t left_ns = transmit(t, link, now_ns, message->octets);

	if (left_ns < 0) {
		finish(native, handle, at, 0);
		return;
	}
	sim_after(native->sim, left_ns + link->delay_ns - now_ns, SIM_KIND_NATIVE_HOP,
	          is_lost(native, direction, t) ? HOP_LOST : HOP_ARRIVES,
	          at == link->a ? link->b : link->a, sim_handle_pack(handle));
}

static void hop(void *context, const struct sim_event *event)
{
	struct native *native = context;
	struct sim_handle handle = sim_handle_unpack(event->arg);
	const struct message *message = sim_pool_get(native->messages, handle);

	if (event->detail == HOP_LOST)
		finish(native, handle, event->to, 0);
	else if (event->to == message->to)
		finish(native, handle, event->to, 1);
	else
		forward(native, event->to, handle);
}

void sim_native_bind(void *engine, struct sim *sim)
{
	struct native *native = engine;

	native->sim = sim;
	native->messages = sim_pool_new(sim->arena, sizeof(struct message), FIRST_MESSAGES);
	sim_on(sim, SIM_KIND_NATIVE_HOP, hop, native);
}

static void native_send(void *engine, uint32_t from, uint32_t to, const void *data, uint32_t octets,
                        uint64_t cookie)
{
	struct native *native = engine;
	struct sim_handle handle;
	struct message *message = sim_pool_take(native->messages, &handle);

	(void)data; /* lengths alone travel here */
	SIM_ASSERT(from < native->n_nodes && to < native->n_nodes && from != to);
	*message = (struct message){cookie, to, octets};
	forward(native, from, handle);
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

	for (size_t i = 0; i < 2 * (size_t)native->n_links; i++)
		free(native->transmitter[i].start_ns);
	free(native->transmitter);
	free(native->next_link);
	free(native->link);
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
