/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Identifiers that are texts: serving network name (TS 24.501 9.12.1), A-KID (TS 33.535 6.1). */
#ifndef MODELS_ID_NAME_H
#define MODELS_ID_NAME_H

#include "models/id/plmn.h"

enum {
	ID_SNN_TEXT = 33,  /* "5G:mnc070.mcc999.3gppnetwork.org" and NUL                     */
	ID_AKID_TEXT = 112 /* 4 digits, 64 hexadecimal digits, "@", the realm below, and NUL */
};

/* The MNC is padded to three digits (TS 23.003 28.7.2). */
void id_snn_text(struct id_plmn serving, char out[ID_SNN_TEXT]);

/*
 * username@realm, username = routing indicator || A-TID, realm = home network domain
 * "5gc.mnc070.mcc999.3gppnetwork.org". TS 33.535 leaves the A-TID's characters open; lower-case
 * hexadecimal here.
 */
void id_akid_text(struct id_plmn home, uint16_t routing_indicator, uint8_t routing_digits,
                  const uint8_t a_tid[32], char out[ID_AKID_TEXT]);

#endif
