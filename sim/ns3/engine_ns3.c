/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ns-3 engine: the port of sim/net/engine.h on ns3c.h.
 *
 * Models: point-to-point links with drop-tail queues and packet loss; IPv4 with static routes; one
 *   TCP connection for each ordered pair of nodes, opened when the pair first speaks and kept (as
 *   HTTP/2 between network functions does: TS 29.500, 5.2). Segments of 1400 octets, an initial
 *   window of 10 segments (RFC 6928), every segment acknowledged at once (a delayed ACK would add
 *   up to 200 ms of its own), least retransmission time-out 200 ms (Linux), NewReno.
 * Leaves out: framing. A queue beside each connection knows which octets end which message, since TCP
 *   delivers in order. Octets that the models give travel; a message without contents is zeros, one of
 *   no octets travels as one octet.
 * Lost: TCP repeats lost packets, so loss_prob shows as delay. Messages are dropped when their
 *   connection breaks (12 repetitions), cannot be opened (6), or no way leads there; the pair's
 *   next message opens a new one.
 */
#include "sim/net/engine.h"
#include "sim/ns3/engine_plan.h"
#include "sim/ns3/ns3c.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PORT = 4000, FIRST_PORT = 10000, PORTS = 65536 - FIRST_PORT };

static const struct ns3c_tcp TCP = {
	.segment_octets = 1400,
	.initial_cwnd_segments = 10,
	.send_buffer_octets = 4u << 20,
	.receive_buffer_octets = 4u << 20,
	.segments_per_ack = 1,
	.min_rto_ns = 200000000,
	.connect_retries = 6,
	.data_retries = 12,
	.without_timestamps = 1,
	.congestion = "ns3::TcpNewReno",
};

struct message {
	uint64_t cookie;
	uint32_t octets, taken, arrived; /* taken by the sender's TCP, come out at the receiver */
	uint8_t *out, *in;               /* contents at both ends; NULL: zeros                  */
};

enum conn_state { CONN_CLOSED, CONN_OPENING, CONN_OPEN };

/* The messages of one ordered pair of nodes: a ring, oldest at `head`. */
struct conn {
	struct engine *engine;
	uint32_t from, to;
	enum conn_state state;
	struct ns3c_socket sender, receiver; /* {0}: none */
	uint16_t port; /* of the sender: tells a late guest from the present one */
	int kick_pending;
	struct message *ring;
	uint32_t capacity; /* 0 or a power of two */
	uint32_t head, count;
	uint32_t sent; /* of the messages in the ring, from the oldest on, TCP has taken all octets */
};

/* What a node's listening socket knows of itself. */
struct host {
	struct engine *engine;
	uint32_t node;
	uint32_t opened; /* connections so far, for their ports */
};

struct engine {
	struct sim_engine_host model;
	struct ns3_plan plan;
	struct host *host;
	struct conn **conn; /* [from * n_nodes + to], made on first use */
	int64_t wanted_ns;  /* wake_at, or INT64_MAX */
	int64_t *armed_ns;  /* pending ns-3 events, latest first: see arm() */
	uint32_t n_armed, armed_capacity;
	int failed;
	char error[512];
};

__attribute__((format(printf, 2, 3)))
static void fail(struct engine *engine, const char *format, ...)
{
	va_list arguments;

	if (engine->failed)
		return;
	engine->failed = 1;
	va_start(arguments, format);
	vsnprintf(engine->error, sizeof engine->error, format, arguments);
	va_end(arguments);
	if (ns3c_in_run())
		ns3c_stop();
}

/* True when ns3c refused: keeps its sentence, and ends the run. */
static int refused(struct engine *engine, int code)
{
	if (code != NS3C_OK)
		fail(engine, "ns-3: %s", ns3c_error_text());
	return code != NS3C_OK;
}

/* --- Messages of a connection --------------------------------------------------------------- */

static int ring_grow(struct conn *conn)
{
	uint32_t capacity = conn->capacity ? 2 * conn->capacity : 16;
	struct message *ring = malloc(capacity * sizeof *ring);

	if (!ring)
		return -1;
	for (uint32_t i = 0; i < conn->count; i++)
		ring[i] = conn->ring[(conn->head + i) & (conn->capacity - 1)];
	free(conn->ring);
	conn->ring = ring;
	conn->capacity = capacity;
	conn->head = 0;
	return 0;
}

static int ring_push(struct conn *conn, uint64_t cookie, const void *data, uint32_t octets)
{
	struct message message = {.cookie = cookie, .octets = octets};

	if (conn->count == conn->capacity && ring_grow(conn))
		return -1;
	if (data) {
		message.out = malloc(octets);
		message.in = malloc(octets);
		if (!message.out || !message.in) {
			free(message.out);
			free(message.in);
			return -1;
		}
		memcpy(message.out, data, octets);
	}
	conn->ring[(conn->head + conn->count++) & (conn->capacity - 1)] = message;
	return 0;
}

/* The caller frees what it holds. */
static struct message ring_pop(struct conn *conn)
{
	struct message message = conn->ring[conn->head];

	conn->head = (conn->head + 1) & (conn->capacity - 1);
	conn->count--;
	conn->sent -= conn->sent > 0;
	return message;
}

static void message_free(const struct message *message)
{
	free(message->out);
	free(message->in);
}

/* Reports the messages that are in the ring now; the model may send new ones meanwhile. */
static void drop_all(struct conn *conn)
{
	const struct sim_engine_host *model = &conn->engine->model;

	for (uint32_t n = conn->count; n > 0; n--) {
		struct message message = ring_pop(conn);

		model->drop(model->context, ns3c_now_ns(), conn->from, message.cookie);
		message_free(&message);
	}
}

/* --- The life of a connection --------------------------------------------------------------- */

static void kick(struct conn *conn);

static void close_socket(struct ns3c_socket *socket)
{
	struct ns3c_socket closing = *socket;

	socket->id = 0;
	if (closing.id != 0)
		ns3c_close(closing);
}

static void give_up(struct conn *conn)
{
	close_socket(&conn->sender);
	close_socket(&conn->receiver);
	conn->state = CONN_OPENING; /* what the model sends meanwhile waits for the kick below */
	drop_all(conn);
	conn->state = CONN_CLOSED;
	if (conn->count > 0)
		kick(conn);
}

static void flush(struct conn *conn)
{
	while (conn->sent < conn->count) {
		struct message *next = &conn->ring[(conn->head + conn->sent) & (conn->capacity - 1)];
		uint32_t offered = next->octets - next->taken;
		uint32_t taken;

		if (refused(conn->engine, ns3c_send(conn->sender,
		                                    next->out ? next->out + next->taken : NULL,
		                                    offered, &taken)))
			return;
		next->taken += taken;
		if (taken < offered)
			return; /* on_writable goes on */
		conn->sent++;
		free(next->out);
		next->out = NULL;
	}
}

static void on_connected(void *context, struct ns3c_socket socket, int ok)
{
	struct conn *conn = context;

	(void)socket;
	if (!ok) {
		give_up(conn);
		return;
	}
	conn->state = CONN_OPEN;
	flush(conn);
}

static void on_writable(void *context, struct ns3c_socket socket)
{
	(void)socket;
	flush(context);
}

static void on_closed(void *context, struct ns3c_socket socket, int broken)
{
	(void)socket;
	(void)broken;
	give_up(context);
}

static void start_connection(struct conn *conn)
{
	struct engine *engine = conn->engine;
	const struct ns3c_socket_calls calls = {.context = conn,
	                                        .connected = on_connected,
	                                        .writable = on_writable,
	                                        .closed = on_closed};
	char peer[16];

	if (!ns3_plan_reaches(&engine->plan, conn->from, conn->to)) {
		give_up(conn);
		return;
	}
	conn->state = CONN_OPENING;
	conn->port = (uint16_t)(FIRST_PORT + engine->host[conn->from].opened++ % PORTS);
	if (refused(engine, ns3c_tcp_new(engine->plan.node[conn->from], &TCP, &conn->sender)) ||
	    refused(engine, ns3c_on(conn->sender, &calls)) ||
	    refused(engine, ns3c_bind(conn->sender, NULL, conn->port)))
		return;
	ns3_plan_address(&engine->plan, conn->to, peer);
	refused(engine, ns3c_connect(conn->sender, peer, PORT));
}

static void on_kick(void *context)
{
	struct conn *conn = context;

	conn->kick_pending = 0;
	if (conn->state == CONN_CLOSED)
		start_connection(conn);
	else if (conn->state == CONN_OPEN)
		flush(conn);
}

/* Gets a connection going from an event of its own: sockets speak only inside the run. */
static void kick(struct conn *conn)
{
	if (!conn->kick_pending)
		conn->kick_pending = !refused(conn->engine, ns3c_schedule(0, on_kick, conn, NULL));
}

/* Into the oldest message: TCP keeps the order. Returns the octets that came, 0: no more. */
static uint32_t read_part(struct conn *conn, struct ns3c_socket socket)
{
	struct message *oldest = &conn->ring[conn->head];
	uint32_t octets;

	if (conn->count == 0 ||
	    refused(conn->engine, ns3c_recv(socket, oldest->in ? oldest->in + oldest->arrived : NULL,
	                                    oldest->octets - oldest->arrived, &octets, NULL)))
		return 0;
	oldest->arrived += octets;
	return octets;
}

static void on_readable(void *context, struct ns3c_socket socket)
{
	struct conn *conn = context;
	const struct sim_engine_host *model = &conn->engine->model;

	while (read_part(conn, socket) > 0) {
		struct message message;

		if (conn->ring[conn->head].arrived < conn->ring[conn->head].octets)
			continue;
		message = ring_pop(conn);
		model->deliver(model->context, ns3c_now_ns(), conn->to, message.cookie, message.in,
		               message.in ? message.octets : 0);
		message_free(&message);
	}
}

/* A connection has come to a node: the peer's address and port say which. */
static void on_accepted(void *context, struct ns3c_socket listener, struct ns3c_socket socket,
                        const struct ns3c_endpoint *peer)
{
	struct host *host = context;
	struct engine *engine = host->engine;
	uint32_t from = ns3_plan_node_at(&engine->plan, peer->address);
	struct conn *conn = from == UINT32_MAX
	                        ? NULL
	                        : engine->conn[(size_t)from * engine->plan.n_nodes + host->node];
	const struct ns3c_socket_calls calls = {.context = conn, .readable = on_readable};

	(void)listener;
	if (!conn) {
		fail(engine, "ns-3: a connection came from %s, which opened none", peer->address);
		return;
	}
	if (conn->sender.id == 0 || conn->port != peer->port) {
		ns3c_close(socket); /* its sender has given it up meanwhile */
		return;
	}
	conn->receiver = socket;
	refused(engine, ns3c_on(socket, &calls));
}

/* --- The clock ------------------------------------------------------------------------------ */

static void on_armed(void *context);

/*
 * Makes sure that an ns-3 event comes at wanted_ns or before. armed_ns is a stack of the pending
 * ones, the earliest on top: an event is never cancelled, but used again when its time comes, so
 * that a model that keeps changing its mind leaves no trail of dead events in ns-3's list.
 */
static void arm(struct engine *engine)
{
	int64_t now_ns = ns3c_now_ns();
	int64_t t_ns = engine->wanted_ns < now_ns ? now_ns : engine->wanted_ns;

	if (t_ns > NS3C_TIME_MAX ||
	    (engine->n_armed > 0 && engine->armed_ns[engine->n_armed - 1] <= t_ns))
		return;
	if (engine->n_armed == engine->armed_capacity) {
		uint32_t capacity = engine->armed_capacity ? 2 * engine->armed_capacity : 16;
		int64_t *armed_ns = realloc(engine->armed_ns, capacity * sizeof *armed_ns);

		if (!armed_ns) {
			fail(engine, "ns-3: out of memory");
			return;
		}
		engine->armed_ns = armed_ns;
		engine->armed_capacity = capacity;
	}
	if (!refused(engine, ns3c_schedule(t_ns - now_ns, on_armed, engine, NULL)))
		engine->armed_ns[engine->n_armed++] = t_ns;
}

static void on_armed(void *context)
{
	struct engine *engine = context;
	int64_t now_ns = ns3c_now_ns();

	engine->n_armed--;
	if (engine->wanted_ns <= now_ns) {
		engine->wanted_ns = INT64_MAX;
		engine->model.wake(engine->model.context, now_ns);
	}
	arm(engine);
}

static void engine_wake_at(void *context, int64_t t_ns)
{
	struct engine *engine = context;

	engine->wanted_ns = t_ns;
	arm(engine);
}

static int64_t engine_now(void *engine)
{
	(void)engine;
	return ns3c_now_ns();
}

static int engine_run(void *context, int64_t until_ns, char *error, size_t error_size)
{
	struct engine *engine = context;

	if (!engine->failed)
		refused(engine, ns3c_run_until(until_ns));
	if (!engine->failed)
		return 0;
	snprintf(error, error_size, "%s", engine->error);
	return -1;
}

/* --- Sending -------------------------------------------------------------------------------- */

static struct conn *conn_of(struct engine *engine, uint32_t from, uint32_t to)
{
	struct conn **slot = &engine->conn[(size_t)from * engine->plan.n_nodes + to];

	if (!*slot && (*slot = calloc(1, sizeof **slot))) {
		(*slot)->engine = engine;
		(*slot)->from = from;
		(*slot)->to = to;
	}
	return *slot;
}

static void engine_send(void *context, uint32_t from, uint32_t to, const void *data,
                        uint32_t octets, uint64_t cookie)
{
	struct engine *engine = context;
	struct conn *conn;

	if (from >= engine->plan.n_nodes || to >= engine->plan.n_nodes || from == to) {
		fail(engine, "ns-3: no message goes from node %" PRIu32 " to %" PRIu32, from, to);
		return;
	}
	conn = conn_of(engine, from, to);
	if (!conn || ring_push(conn, cookie, octets ? data : NULL, octets ? octets : 1)) {
		fail(engine, "ns-3: out of memory");
		return;
	}
	if (conn->state == CONN_OPEN && ns3c_in_run())
		flush(conn);
	else if (conn->state != CONN_OPENING)
		kick(conn);
}

/* --- Opening and closing -------------------------------------------------------------------- */

/* splitmix64's output function (Steele, Lea, Flood 2014): near seeds give far ones. */
static uint64_t mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* ns-3's seed has 32 bits, its run number 51: the seed's spare bits go above the replication. */
static int create(uint64_t seed, uint32_t replication)
{
	uint64_t mixed = mix(seed);

	return ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE,
	                   (uint32_t)(1 + (mixed >> 19) % NS3C_SEED_MAX),
	                   (mixed & 0x7ffff) << 32 | replication);
}

static int listen_everywhere(struct engine *engine)
{
	for (uint32_t n = 0; n < engine->plan.n_nodes; n++) {
		struct host *host = &engine->host[n];
		const struct ns3c_socket_calls calls = {.context = host, .accepted = on_accepted};
		struct ns3c_socket socket;

		host->engine = engine;
		host->node = n;
		if (refused(engine, ns3c_tcp_new(engine->plan.node[n], &TCP, &socket)) ||
		    refused(engine, ns3c_on(socket, &calls)) ||
		    refused(engine, ns3c_bind(socket, NULL, PORT)) ||
		    refused(engine, ns3c_listen(socket)))
			return -1;
	}
	return 0;
}

static void conn_free(struct conn *conn)
{
	if (!conn)
		return;
	while (conn->count > 0) {
		struct message message = ring_pop(conn);

		message_free(&message);
	}
	free(conn->ring);
	free(conn);
}

static void engine_free(struct engine *engine)
{
	size_t pairs = (size_t)engine->plan.n_nodes * engine->plan.n_nodes;

	for (size_t i = 0; engine->conn && i < pairs; i++)
		conn_free(engine->conn[i]);
	free(engine->conn);
	free(engine->host);
	free(engine->armed_ns);
	ns3_plan_free(&engine->plan);
	free(engine);
}

static void engine_close(void *engine)
{
	ns3c_destroy();
	engine_free(engine);
}

static int set_up(struct engine *engine, const struct sim_engine_topology *topology)
{
	size_t n = topology->n_nodes;

	if (ns3_plan_build(&engine->plan, topology, engine->error, sizeof engine->error))
		return -1;
	engine->host = calloc(n + 1, sizeof *engine->host);
	engine->conn = calloc(n * n + 1, sizeof *engine->conn);
	if (!engine->host || !engine->conn) {
		fail(engine, "ns-3: out of memory");
		return -1;
	}
	return listen_everywhere(engine);
}

static void *engine_open(const struct sim_engine_topology *topology,
                         const struct sim_engine_host *host, uint64_t seed, uint32_t replication,
                         char *error, size_t error_size)
{
	struct engine *engine = calloc(1, sizeof *engine);

	if (!engine) {
		snprintf(error, error_size, "ns-3: out of memory");
		return NULL;
	}
	engine->model = *host;
	engine->wanted_ns = INT64_MAX;
	if (refused(engine, create(seed, replication))) {
		snprintf(error, error_size, "%s", engine->error);
		engine_free(engine);
		return NULL;
	}
	if (set_up(engine, topology)) {
		snprintf(error, error_size, "%s", engine->error);
		engine_close(engine);
		return NULL;
	}
	return engine;
}

static const struct sim_engine_ops OPS = {
	.abi = SIM_ENGINE_ABI,
	.name = "ns3",
	.carries_octets = 1,
	.open = engine_open,
	.wake_at = engine_wake_at,
	.send = engine_send,
	.now = engine_now,
	.run = engine_run,
	.close = engine_close,
};

const struct sim_engine_ops *dtsim_engine(void);
const struct sim_engine_ops *dtsim_engine(void)
{
	return &OPS;
}
