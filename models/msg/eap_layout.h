/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attributes of EAP-AKA in one table, from which eap_*.c encode, decode and print. */
#ifndef MODELS_MSG_EAP_LAYOUT_H
#define MODELS_MSG_EAP_LAYOUT_H

#include "models/msg/eap.h"
#include <stddef.h>

/* What stands behind type and length. */
enum eap_form {
	EAP_A_16,     /* two reserved octets, 16 octets                           */
	EAP_A_AUTS,   /* 14 octets                                                */
	EAP_A_RES,    /* length in bits, value, padding                           */
	EAP_A_OCTETS, /* length in octets, value, padding                         */
	EAP_A_CHECK,  /* two reserved octets, value (RFC 9048 3.5: 0 or 32)       */
	EAP_A_NUMBER, /* two octets                                               */
	EAP_A_KDF,    /* two octets, may stand more than once                     */
	EAP_A_EMPTY   /* two reserved octets                                      */
};
enum {
	EAP_HEADER = 4,
	EAP_AKA_HEADER = 8,
	EAP_5G_HEADER = 14, /* EAP header, expanded type, message id, spare */
	EAP_AT_MAC = 11,
	EAP_AT_SKIPPABLE = 128
};

/* A row: type, name, clause, form, offset of the value, offset of the bool (NO: none). */
struct eap_attribute {
	uint8_t type, form;
	uint16_t at, flag;
	const char *name, *clause;
};
enum { EAP_NO_FLAG = 0xffff, EAP_N_ATTRIBUTES = 16 };
extern const struct eap_attribute eap_attributes[EAP_N_ATTRIBUTES]; /* in the order of encoding */

/* AN-parameter types, TS 24.502 9.3.2.2.2.3 */
enum { EAP_AN_GUAMI = 1, EAP_AN_PLMN = 2, EAP_AN_NSSAI = 3, EAP_AN_CAUSE = 4 };

#endif
