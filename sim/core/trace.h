/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SHA-256 over the events handled: (t_ns 64 bits, kind 16, detail 16, to 32), little-endian, each
 * event 16 octets. Payloads are left out: they hold handles, which may differ between equal runs.
 */
#ifndef SIM_CORE_TRACE_H
#define SIM_CORE_TRACE_H

#include <stdint.h>

struct sim_event;
struct sim_trace;

struct sim_trace *sim_trace_new(void);
void sim_trace_add(struct sim_trace *trace, const struct sim_event *event);
void sim_trace_end(struct sim_trace *trace, uint8_t out[32]); /* once; nothing can be added after */
void sim_trace_free(struct sim_trace *trace);

#endif
