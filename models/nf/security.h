/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 5G NAS security context (TS 24.501 4.4.2, TS 33.501 6.3): the keys of one KAMF and the NAS
 * COUNTs of one access. UE and AMF hold one each. A message goes out under the next COUNT; one
 * that comes in is taken at the least COUNT that its sequence number can stand for and that is
 * no replay (4.4.3.1, 4.4.3.2).
 */
#ifndef MODELS_NF_SECURITY_H
#define MODELS_NF_SECURITY_H

#include "models/msg/nas.h"
#include "models/nf/nf.h"

struct security {
	uint8_t kamf[32]; /* the NAS keys are derived from it when they are needed              */
	uint32_t ul, dl; /* COUNT to be sent next, at the other end the least that is no replay */
	bool non_3gpp;   /* of the connection over non-3GPP access: 33.501 6.4.2.2          */
	uint8_t ngksi;   /* NAS_NGKSI_NONE: there is no context */
};

/* A context of security->kamf is taken into use: COUNTs begin at 0. */
static inline void security_begin(struct security *security)
{
	security->ul = security->dl = 0;
}
static inline bool security_valid(const struct security *security)
{
	return security->ngksi != NAS_NGKSI_NONE;
}

/* Protects and counts; ue chooses the suite. out: n + NAS_SECURITY_HEADER octets. Returns that. */
uint16_t security_protect(struct nf_env *env, uint32_t ue, struct security *security,
                          enum crypto_direction direction, enum nas_security_type type,
                          const uint8_t *plain, uint16_t n, uint8_t *out);
/* Returns the plain length in out (room for n), 0: not by this context, or a replay; nothing is
 * counted. */
uint16_t security_open(struct nf_env *env, uint32_t ue, struct security *security,
                       enum crypto_direction direction, const uint8_t *in, uint16_t n,
                       uint8_t *out);
/* Ciphers or deciphers a NAS message container in place, under the COUNT of the message around it
 * (4.4.6): `sending` says whether that is still to be sent or the one just opened. */
void security_cipher(struct nf_env *env, uint32_t ue, const struct security *security, bool sending,
                     uint8_t *octets, uint16_t n);

#endif
