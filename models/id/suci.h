/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A SUCI of SUPI format IMSI and its coding as 5GS mobile identity (TS 24.501 9.11.3.4; TS 23.003
 * 2.2B). Home network and routing indicator are never concealed (TS 33.501 6.12.2).
 */
#ifndef MODELS_ID_SUCI_H
#define MODELS_ID_SUCI_H

#include "models/id/plmn.h"

enum {
	ID_SUCI_OUTPUT_MAX = 48, /* profile B of a 10-digit MSIN: 33 + 5 + 8 */
	ID_SUCI_HEAD = 8,        /* type, PLMN, routing indicator, scheme, key identifier */
	ID_SUCI_OCTETS_MAX = ID_SUCI_HEAD + ID_SUCI_OUTPUT_MAX
};

/* Protection scheme identifiers, TS 33.501 C.1. */
enum id_scheme { ID_SCHEME_NULL, ID_SCHEME_A, ID_SCHEME_B };

struct id_suci {
	struct id_plmn plmn;
	uint16_t routing_indicator; /* 0 … 9999                                       */
	uint8_t routing_digits;     /* 1 … 4                                          */
	uint8_t scheme;             /* enum id_scheme                                 */
	uint8_t key_id;             /* home network public key identifier, 0 for null */
	uint8_t n;                  /* octets of the scheme output                    */
	uint8_t output[ID_SUCI_OUTPUT_MAX]; /* null scheme: the MSIN as BCD           */
};

/* The value part of the mobile identity. Returns its length: 13 null, 53 A, 54 B for 10 digits. */
uint8_t id_suci_encode(const struct id_suci *suci, uint8_t out[ID_SUCI_OCTETS_MAX]);
bool id_suci_decode(const uint8_t *in, uint32_t n, struct id_suci *suci);

#endif
