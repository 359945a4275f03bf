/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A PLMN: mobile country code and mobile network code of 2 or 3 digits (TS 23.003 2.2). */
#ifndef MODELS_ID_PLMN_H
#define MODELS_ID_PLMN_H

#include <stdbool.h>
#include <stdint.h>

enum { ID_PLMN_OCTETS = 3 };

struct id_plmn {
	uint16_t mcc;       /* 0 … 999                                               */
	uint16_t mnc;       /* 0 … 99 or 0 … 999                                     */
	uint8_t mnc_digits; /* 2 or 3: "01" and "001" are different networks         */
};

/* From digits as texts, "999" and "70". false: not 3 digits, or not 2 or 3. */
bool id_plmn_parse(const char *mcc, const char *mnc, struct id_plmn *plmn);
bool id_plmn_equal(struct id_plmn a, struct id_plmn b);

/*
 * TS 24.501 figure 9.11.3.4.1: nibbles MCC2 MCC1 | MNC3 MCC3 | MNC2 MNC1, MNC3 = 0xf for 2 digits.
 */
void id_plmn_encode(struct id_plmn plmn, uint8_t out[ID_PLMN_OCTETS]);
bool id_plmn_decode(const uint8_t in[ID_PLMN_OCTETS], struct id_plmn *plmn); /* false: not digits */

#endif
