/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SEPP (TS 33.501 13, TS 29.573): one of a pair. Messages of the SBI between the two networks pass
 * both: from the sender to its own network's SEPP, over N32-f, to the receiver; they keep their
 * sender and receiver.
 */
#ifndef MODELS_NF_SEPP_H
#define MODELS_NF_SEPP_H

#include "models/nf/roaming.h"

struct sepp;
/* At a node; the visited network's is the one that begins. */
struct sepp *sepp_new(struct nf_env *env, const struct roaming_config *config, uint16_t node,
                      uint16_t peer);
/* Before the run: the visited network's SEPP begins N32-c. */
void sepp_start(struct sepp *sepp);
bool sepp_is_ready(const struct sepp *sepp);
extern const struct nf_entry nf_sepp;

#endif
