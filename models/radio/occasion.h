/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paging occasions (TS 38.304 7.1, with PF_offset 0). LTE's (TS 36.304 7.1) follow the same two
 * formulas; only what the UE's index is made of differs: the 5G-S-TMSI in NR, the IMSI in LTE,
 * each modulo 1024.
 */
#ifndef MODELS_RADIO_OCCASION_H
#define MODELS_RADIO_OCCASION_H

#include <stdint.h>

enum { OCCASION_INDEXES = 1024 };

struct occasion_rule {
	uint16_t cycle;     /* T, radio frames of 10 ms: 32, 64, 128 or 256     */
	uint16_t frames;    /* N: paging frames in T; divides T                 */
	uint8_t occasions;  /* Ns: occasions in a paging frame: 1, 2 or 4       */
};
/* The first occasion of the index at or after from_ns; radio frame 0 begins at time 0. The
 * occasions of a frame are spread evenly over it. */
int64_t occasion_next_ns(const struct occasion_rule *rule, uint16_t index, int64_t from_ns);

#endif
