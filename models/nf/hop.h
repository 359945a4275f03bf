/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way of a message between two networks (TS 29.573 4.2): over the SEPP of its sender's network
 * and that of its receiver's. Within one network, and for what is not of the SBI, there is one hop.
 */
#ifndef MODELS_NF_HOP_H
#define MODELS_NF_HOP_H

#include "models/nf/nf.h"

/* The node to which a message for msg->to goes from `at`: msg->to, or a SEPP. */
uint16_t hop_next(const struct nf_env *env, uint16_t at, const struct msg *msg);
/* Whether a message has come to a SEPP that is not its receiver. */
bool hop_is_passed(const struct nf_env *env, const struct msg *msg);

#endif
