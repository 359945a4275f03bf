/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages as octets, on an engine that carries them: encoded as they leave, and rebuilt from what came
 * out at the other end before their receiver sees them. Bookkeeping of the run (whose procedure, spans,
 * handles of waiting requesters) is on no wire and stays with the message.
 */
#ifndef MODELS_NF_OCTETS_H
#define MODELS_NF_OCTETS_H

#include "models/msg/wire.h"
#include "models/nf/nf.h"

/* After sim_net_open(). The messages of points without a codec go on as lengths alone. */
void nf_octets_start(struct nf_env *env, const struct wire_config *config);
void nf_octets_end(struct nf_env *env);
/* Sends it as octets. false: its point has no codec. */
bool nf_octets_send(struct nf_env *env, const struct msg *msg);

#endif
