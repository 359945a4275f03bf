/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A SUCI as network access identifier (TS 23.003 28.7.3), for SUPIs of type IMSI and of type
 * network specific identifier:
 *
 *	type0.rid0.schid0.userid0000000001@nai.5gc.mnc070.mcc999.3gppnetwork.org
 *	type1.rid678.schid1.hnkey27.ecckey<hex>.cip<hex>.mac<hex>@example.com
 */
#ifndef MODELS_ID_NAI_H
#define MODELS_ID_NAI_H

#include "models/id/suci.h"
#include <stddef.h>

enum {
	ID_NAI_USER_MAX = 64,                       /* octets of a username: RFC 7542 has no limit */
	ID_NAI_OUTPUT_MAX = 33 + ID_NAI_USER_MAX + 8, /* profile B of such a one */
	ID_NAI_REALM_MAX = 253,                     /* RFC 7542 2.2 */
	ID_NAI_TEXT = 600                           /* more than any, with the final NUL */
};
enum id_supi_type { ID_SUPI_IMSI, ID_SUPI_NSI };

struct id_nai {
	uint8_t type;      /* enum id_supi_type */
	uint16_t routing_indicator;
	uint8_t routing_digits;
	uint8_t scheme;    /* enum id_scheme */
	uint8_t key_id;    /* home network public key identifier; not sent with the null scheme */
	uint8_t n;         /* of the scheme output */
	uint8_t output[ID_NAI_OUTPUT_MAX]; /* null scheme: the digits of the MSIN, or the username */
	char realm[ID_NAI_REALM_MAX + 1];
};

/* Returns the length of the text without its NUL. */
size_t id_nai_encode(const struct id_nai *nai, char out[ID_NAI_TEXT]);
/* Any text. false: it is no SUCI in this form. */
bool id_nai_decode(const char *text, size_t n, struct id_nai *nai);

/* Of type IMSI both ways. The realm pads the MNC to three digits: mnc_digits says how many it has. */
void id_nai_of_suci(const struct id_suci *suci, struct id_nai *nai);
bool id_nai_to_suci(const struct id_nai *nai, uint8_t mnc_digits, struct id_suci *suci);

#endif
