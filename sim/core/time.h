/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Simulated time: int64 nanoseconds since the start of the replication (292 years fit). */
#ifndef SIM_CORE_TIME_H
#define SIM_CORE_TIME_H

#include <stdint.h>

#define SIM_NS_PER_US INT64_C(1000)
#define SIM_NS_PER_MS INT64_C(1000000)
#define SIM_NS_PER_S  INT64_C(1000000000)
#define SIM_TIME_MAX  INT64_MAX

#endif
