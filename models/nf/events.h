/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table message of record.level events: every message that a node sends to another, when it
 * left, when it arrived or whether it was lost. Rows stand in the order of sending.
 */
#ifndef MODELS_NF_EVENTS_H
#define MODELS_NF_EVENTS_H

#include "models/nf/nf.h"

/* After the record has its level; NULL at a lower one, and then nothing else may be called. */
struct nf_events *nf_events_new(const struct nf_env *env);
void nf_events_free(struct nf_events *events); /* NULL is harmless */

/* msg leaves msg->hop_from for msg->hop_to; it has arrived there; it was lost on the way. */
void nf_events_sent(struct nf_env *env, const struct msg *msg);
void nf_events_arrived(struct nf_env *env, const struct msg *msg);
void nf_events_lost(struct nf_env *env, const struct msg *msg);

#endif
