/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_MM1_H
#define BENCH_MM1_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* M/M/1 at a load of 0.8 on ns-3's event loop. The mean sojourn, in service times. */
double mm1_ns3(uint32_t customers);

#ifdef __cplusplus
}
#endif
#endif
