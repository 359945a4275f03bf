/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One program twice: a client sends datagrams over three hops (10 Gbit/s, 10 us) to a server that
 * reads them, one every 20 us.
 */
#ifndef BENCH_NS3C_H
#define BENCH_NS3C_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BRIDGE_NODES = 4, BRIDGE_OCTETS = 300, BRIDGE_PORT = 4000, BRIDGE_QUEUE = 100,
       BRIDGE_DELAY_NS = 10000, BRIDGE_GAP_NS = 20000 };
#define BRIDGE_RATE_BPS 10000000000.0

/* In C++ on ns-3 itself. How many octets arrived. */
uint64_t bridge_direct(uint32_t messages);

#ifdef __cplusplus
}
#endif
#endif
