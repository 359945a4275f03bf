/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GPRS timer 2 and 3 as TS 24.501 9.11.2.4 and 9.11.2.5 take them from TS 24.008 10.5.7.4,
 * 10.5.7.4a. */
#ifndef MODELS_NF_GPRS_TIMER_H
#define MODELS_NF_GPRS_TIMER_H

#include <stdint.h>

/* The time that an octet stands for; -1: deactivated. */
int64_t gprs_timer2_ns(uint8_t octet);
int64_t gprs_timer3_ns(uint8_t octet);
/* The octet of the shortest codable time that is not shorter than ns; -1: deactivated. */
uint8_t gprs_timer2(int64_t ns);
uint8_t gprs_timer3(int64_t ns);

#endif
