/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      a hospital as an application function of AKMA (TS 33.535 6.3): a headset shows its
 *             A-KID and proves KAF before it says hello; the hospital gets KAF from the AAnF
 *             through the NEF, with a lifetime and without the SUPI, and proves that it has it.
 * Leaves out  the NEF as a node: it is a link; a Ua* protocol of its own: two messages of DT2 stand
 *             for it.
 * Sources     TS 33.535 6.1 to 6.3, TS 29.535 5.2.2.
 *
 * What it costs in privacy: the A-KID is the same at every hospital until the next primary
 * authentication.
 */
#ifndef MODELS_NF_HOSPITAL_AKMA_H
#define MODELS_NF_HOSPITAL_AKMA_H

#include "models/nf/anchors.h"

struct hospital_akma;
struct hospital_akma *hospital_akma_new(struct nf_env *env, const struct nf_anchors *anchors,
                                        uint16_t number, int64_t timeout_ns);
/* A headset asks to be authenticated; the AAnF has answered; it has not. */
void hospital_akma_ask(struct hospital_akma *akma, const struct msg *msg);
void hospital_akma_told(struct hospital_akma *akma, const struct msg *msg);
void hospital_akma_timer(struct hospital_akma *akma);
/* Whether a hello's nonce is one that this hospital gave to an authenticated headset; a repeated
 * hello has the same, and whoever overhears it gains a challenge. */
bool hospital_akma_takes(const struct hospital_akma *akma, const uint8_t nonce[16]);
void hospital_akma_reset(struct hospital_akma *akma);

#endif
