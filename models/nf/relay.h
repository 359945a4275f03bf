/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that answers a request after asking another one: keeps the request until the answer comes, or
 * until its guard runs out (then the asker's own guard ends the matter). Shared by UDM and PCF.
 */
#ifndef MODELS_NF_RELAY_H
#define MODELS_NF_RELAY_H

#include "models/nf/guard.h"
#include "models/nf/nf.h"

struct relay_entry {
	struct msg request;
	struct sim_handle self;
	struct guard_wait wait;
	uint64_t msin, sqn; /* the owner's own */
	uint32_t epoch;
};
struct relay {
	struct nf_env *env;
	struct sim_pool *entries;
	struct guard guard;
	uint32_t epoch; /* counts restarts: entries of an older one are gone */
};

void relay_init(struct relay *relay, struct nf_env *env, uint16_t node, int64_t timeout_ns);
/* Keeps the request; the returned message is to be sent to the other function. */
struct msg *relay_ask(struct relay *relay, const struct msg *request, enum msg_type type);
/* The same, and tells which entry it is. */
struct msg *relay_ask_as(struct relay *relay, const struct msg *request, enum msg_type type,
                         struct relay_entry **entry);
/* The entry that an answer belongs to; NULL when it is gone. */
struct relay_entry *relay_find(struct relay *relay, const struct msg *answer);
/* The same when it was kept for such a request; other answers are counted. */
struct relay_entry *relay_find_of(struct relay *relay, const struct msg *answer,
                                  enum msg_type request);
/* The same without counting or forgetting anything. */
const struct relay_entry *relay_peek(const struct relay *relay, const struct msg *answer);
void relay_forget(struct relay *relay, const struct msg *answer);
/* The guard has run out: NF_KIND_TIMER. */
void relay_timer(struct relay *relay);
void relay_reset(struct relay *relay);

#endif
