/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nodes and links, as the models see them: name nodes, join them, send messages; a message arrives at
 * the receiver's handler. Which engine carries it is decided when the network is opened.
 * Accounting: sent = delivered + dropped + in flight, at every moment.
 */
#ifndef SIM_NET_NET_H
#define SIM_NET_NET_H

#include "sim/core/sim.h"
#include "sim/core/status.h"
#include "sim/net/engine.h"
#include <stdbool.h>

struct sim_net;

struct sim_link {
	int64_t delay_ns;
	double rate_bps;
	uint32_t queue_packets;
	double loss_prob;
};

/* payload is whatever the sender gave, less than 2^63: usually a message's packed handle. */
typedef void sim_net_receive(void *context, uint32_t node, uint64_t payload);

struct sim_net *sim_net_new(struct sim *sim);
uint32_t sim_net_node(struct sim_net *net, const char *name);             /* returns its number */
void sim_net_link(struct sim_net *net, uint32_t a, uint32_t b, const struct sim_link *link);
void sim_net_on_receive(struct sim_net *net, sim_net_receive *receive, sim_net_receive *dropped,
                        void *context);

/*
 * Computes routes (fewest hops, lowest link number on a tie) and opens the engine. ops NULL: native.
 * Sending over a pair without a route is a bug of the caller: asserted in sim_net_send.
 */
enum sim_code sim_net_open(struct sim_net *net, const struct sim_engine_ops *ops,
                           struct sim_err *err);

/* from == to delivers at the present time (after the events already scheduled for it). */
void sim_net_send(struct sim_net *net, uint32_t from, uint32_t to, uint32_t octets,
                  uint64_t payload);

/* Does the engine carry octets? Then sim_net_send_octets() is worth its encoding. After opening. */
int sim_net_carries_octets(const struct sim_net *net);
/* The same with the octets themselves, lent for the call. */
void sim_net_send_octets(struct sim_net *net, uint32_t from, uint32_t to, const uint8_t *data,
                         uint32_t octets, uint64_t payload);
/* Told what came out at the other end of a message sent with octets, just before it is received.
 * false: it cannot be read, and counts as dropped. */
typedef bool sim_net_octets(void *context, uint32_t node, uint64_t payload, const uint8_t *data,
                            uint32_t octets);
void sim_net_on_octets(struct sim_net *net, sim_net_octets *octets);

/* Runs the simulation on the engine until until_ns (both engines end with the clock there). */
enum sim_code sim_net_run(struct sim_net *net, int64_t until_ns, struct sim_err *err);

struct sim_net_count {
	uint64_t sent, delivered, dropped, octets;
};
struct sim_net_count sim_net_counts(const struct sim_net *net);
uint64_t sim_net_in_flight(const struct sim_net *net);
void sim_net_close(struct sim_net *net); /* before sim_free */

/* Loads libdtsim-ns3.so: from DTSIM_ENGINE_DIR if set, beside the program, or the library directory. */
enum sim_code sim_engine_load(const char *name, const struct sim_engine_ops **ops,
                              struct sim_err *err);

/* Event kinds used by sim/net and sim/native; models use SIM_KIND_MODELS and above. */
enum {
	SIM_KIND_NATIVE_HOP = 1,
	SIM_KIND_NET_ARRIVE,
	SIM_KIND_STATION_DONE,
	SIM_KIND_STATION_TIMEOUT,
	SIM_KIND_HOST_DONE,
	SIM_KIND_MODELS = 16
};

#endif
