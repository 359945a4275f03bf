/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An engine for tests that carries octets from anywhere to anywhere in a millisecond, and may change one
 * of them on the way. */
#ifndef TESTS_UNIT_MODELS_NF_OCTET_ENGINE_H
#define TESTS_UNIT_MODELS_NF_OCTET_ENGINE_H

#include "sim/core/time.h"
#include "sim/net/engine.h"

#include <stdlib.h>
#include <string.h>

enum { OCTET_ROOM = 4096, OCTET_NOBODY = -1 };

struct octet_message {
	int64_t t_ns;
	uint32_t to, n;
	uint64_t cookie;
	uint8_t *data;
};
static struct octet_engine {
	struct sim_engine_host host;
	int64_t now_ns, wake_ns;
	uint64_t head, tail;
	struct octet_message message[OCTET_ROOM];
	int64_t carried;              /* messages with octets so far                */
	int64_t change, change_octet; /* which of them is changed: OCTET_NOBODY: none */
} octet_engine;

static void *octet_open(const struct sim_engine_topology *topology,
                        const struct sim_engine_host *host, uint64_t seed, uint32_t replication,
                        char *error, size_t error_size)
{
	(void)topology, (void)seed, (void)replication, (void)error, (void)error_size;
	octet_engine.host = *host;
	octet_engine.now_ns = 0;
	octet_engine.wake_ns = SIM_TIME_MAX;
	octet_engine.head = octet_engine.tail = 0;
	octet_engine.carried = 0;
	return &octet_engine;
}

static void octet_wake_at(void *engine, int64_t t_ns)
{
	((struct octet_engine *)engine)->wake_ns = t_ns;
}

static void octet_send(void *engine, uint32_t from, uint32_t to, const void *data, uint32_t octets,
                       uint64_t cookie)
{
	struct octet_engine *e = engine;
	struct octet_message *m = &e->message[e->tail++ % OCTET_ROOM];

	(void)from;
	if (e->tail - e->head > OCTET_ROOM)
		abort();
	*m = (struct octet_message){.t_ns = e->now_ns + SIM_NS_PER_MS, .to = to, .n = octets,
		.cookie = cookie};
	if (!data)
		return;
	m->data = malloc(octets);
	memcpy(m->data, data, octets);
	if (e->carried++ == e->change && e->change_octet < octets)
		m->data[e->change_octet] ^= 1;
}

static int64_t octet_now(void *engine)
{
	return ((struct octet_engine *)engine)->now_ns;
}

static void octet_deliver(struct octet_engine *e)
{
	struct octet_message m = e->message[e->head++ % OCTET_ROOM];

	e->now_ns = m.t_ns;
	e->host.deliver(e->host.context, e->now_ns, m.to, m.cookie, m.data, m.data ? m.n : 0);
	free(m.data);
}

static int octet_run(void *engine, int64_t until_ns, char *error, size_t error_size)
{
	struct octet_engine *e = engine;

	(void)error, (void)error_size;
	for (;;) {
		int64_t message_ns =
			e->head < e->tail ? e->message[e->head % OCTET_ROOM].t_ns : SIM_TIME_MAX;
		if (message_ns > until_ns && e->wake_ns > until_ns)
			break;
		if (message_ns <= e->wake_ns) {
			octet_deliver(e);
		} else {
			e->now_ns = e->wake_ns;
			e->wake_ns = SIM_TIME_MAX;
			e->host.wake(e->host.context, e->now_ns);
		}
	}
	e->now_ns = until_ns;
	return 0;
}

static void octet_close(void *engine)
{
	struct octet_engine *e = engine;

	while (e->head < e->tail)
		free(e->message[e->head++ % OCTET_ROOM].data);
}

static const struct sim_engine_ops octet_ops = {
	SIM_ENGINE_ABI, "octets", 1, octet_open, octet_wake_at, octet_send, octet_now, octet_run,
	octet_close,
};

#endif
