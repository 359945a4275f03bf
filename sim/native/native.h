/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The native engine: whole messages, store and forward at every hop. Each direction of a link is
 * a transmitter of a given rate behind a FIFO queue of bounded length (drop tail), then a fixed
 * delay. No packets, no TCP: the cost of a message is one event per hop.
 */
#ifndef SIM_NATIVE_NATIVE_H
#define SIM_NATIVE_NATIVE_H

#include "sim/core/sim.h"
#include "sim/net/engine.h"

extern const struct sim_engine_ops sim_native_ops;

/* It has no clock of its own: after open(), before anything else, it is given the simulator. */
void sim_native_bind(void *engine, struct sim *sim);
/* send() of its sim_native_ops, for whoever knows which engine it has. */
void sim_native_send(void *engine, uint32_t from, uint32_t to, uint32_t octets, uint64_t cookie);

#endif
