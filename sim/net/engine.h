/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine port: what carries octets between nodes and owns the clock's progress. Two engines stand
 * behind it: `native` (sim/native) and `ns3` (sim/ns3/engine_ns3.c in a shared object loaded at run
 * time). Models never see it; they talk to sim/net/net.h.
 *
 *  1. Nodes are 0 … n_nodes-1; links are full duplex; next_hop gives static shortest-path routes.
 *  2. send() hands `octets` octets over at the present time; when the last octet has arrived at `to`
 *     the engine calls host->deliver() with the same cookie, exactly once; a lost message is reported
 *     by host->drop() exactly once. Between one pair of nodes delivery is in order (TCP does so).
 *     data, lent for the call, are the octets themselves; NULL: their contents do not matter. An engine
 *     that carries octets delivers those that came out at the other end, lent for the call; one that
 *     does not (carries_octets 0), and any engine for a message without data, delivers NULL.
 *  3. wake_at(t) asks for one call host->wake(now >= t); a later wake_at replaces the earlier one.
 *  4. run() returns when the clock has reached until_ns; it may be called again with a later time.
 *  5. An engine never calls back after close(). Every failure is a sentence in error, never an abort
 *     that the engine can foresee.
 */
#ifndef SIM_NET_ENGINE_H
#define SIM_NET_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#define SIM_ENGINE_ABI 2

struct sim_engine_link {
	uint32_t a, b;
	int64_t delay_ns;       /* propagation, each way         */
	double rate_bps;        /* > 0                           */
	uint32_t queue_packets; /* per direction, >= 1           */
	double loss_prob;       /* per message (ns3: per packet) */
};

struct sim_engine_topology {
	uint32_t n_nodes;
	const char *const *node_name;
	uint32_t n_links;
	const struct sim_engine_link *link;
	/* next_link[from * n_nodes + to]: index of the first link on the way, or -1 */
	const int32_t *next_link;
};

struct sim_engine_host {
	void *context;
	void (*wake)(void *context, int64_t now_ns);
	void (*deliver)(void *context, int64_t now_ns, uint32_t to, uint64_t cookie, const void *data,
	                uint32_t octets);
	void (*drop)(void *context, int64_t now_ns, uint32_t at, uint64_t cookie);
};

struct sim_engine_ops {
	int abi; /* SIM_ENGINE_ABI */
	const char *name;
	int carries_octets;
	void *(*open)(const struct sim_engine_topology *topology, const struct sim_engine_host *host,
	              uint64_t seed, uint32_t replication, char *error, size_t error_size);
	void (*wake_at)(void *engine, int64_t t_ns);
	void (*send)(void *engine, uint32_t from, uint32_t to, const void *data, uint32_t octets,
	             uint64_t cookie);
	int64_t (*now)(void *engine);
	int (*run)(void *engine, int64_t until_ns, char *error, size_t error_size); /* 0, or -1 */
	void (*close)(void *engine);
};

/* The one symbol of a loadable engine: `const struct sim_engine_ops *dtsim_engine(void)`. */
typedef const struct sim_engine_ops *sim_engine_entry(void);
#define SIM_ENGINE_SYMBOL "dtsim_engine"

#endif
