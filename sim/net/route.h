/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static routes: fewest hops, lowest link number on a tie. */
#ifndef SIM_NET_ROUTE_H
#define SIM_NET_ROUTE_H

#include "sim/net/engine.h"

/* Fills next_link[from * n_nodes + to]: the first link on the way, or -1 (also for from == to). */
void sim_route(uint32_t n_nodes, const struct sim_engine_link *link, uint32_t n_links,
               int32_t *next_link);

#endif
