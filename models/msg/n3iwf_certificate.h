/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The certificate by which an N3IWF authenticates itself (TS 33.501 7.2.1, profile of TS 33.310
 * 6.1.3b): X.509 v3, Ed25519 (RFC 8410), subject "n3iwf.5gc.mnc….mcc….pub.3gppnetwork.org" (TS
 * 23.003 28.3.2.2.5), issued by its operator. One of them differs from another in its network, key
 * and signature alone.
 */
#ifndef MODELS_MSG_N3IWF_CERTIFICATE_H
#define MODELS_MSG_N3IWF_CERTIFICATE_H

#include "models/id/plmn.h"
#include <stddef.h>

enum {
	N3IWF_CERTIFICATE_OCTETS = 400,
	N3IWF_CERTIFICATE_SIGNED_AT = 4, /* what the operator signs: so many octets from there on */
	N3IWF_CERTIFICATE_SIGNED_OCTETS = 322,
	N3IWF_FQDN_TEXT = 44
};

void n3iwf_certificate(struct id_plmn plmn, const uint8_t key[32], const uint8_t signature[64],
                       uint8_t out[N3IWF_CERTIFICATE_OCTETS]);
/* Any octets. false: not such a certificate. */
bool n3iwf_certificate_read(const uint8_t *in, size_t n, uint8_t key[32], uint8_t signature[64]);
void n3iwf_fqdn(struct id_plmn plmn, char out[N3IWF_FQDN_TEXT]);

#endif
