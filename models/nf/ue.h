/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UE = headset (ME) and USIM: 5GMM registration (TS 24.501 5.5.1.2), SUCI, AKA with SQN window
 * (TS 33.102 C), timers of TS 24.501 table 10.2.1. What a UE is *for* (a phone's day, a probe, a surgeon)
 * is its user's business: drivers register themselves with ue_set_user() and are called back.
 */
#ifndef MODELS_NF_UE_H
#define MODELS_NF_UE_H

#include "models/nf/home.h"
#include "models/nf/nf.h"
#include "sim/core/param.h"
#include <stdint.h>

enum ue_identity { UE_IDENTITY_SUCI, UE_IDENTITY_GUTI };

struct ue_config {
	int64_t t3502_ns, t3510_ns, t3511_ns, t3519_ns, t3521_ns;
	int64_t attempts;          /* registration attempt counter at which T3502 starts     */
	uint8_t initial_identity;  /* enum ue_identity: what an initial registration carries */
	int64_t sqn_ahead;         /* steps by which USIMs are ahead of the home's database   */
};
extern const struct sim_section ue_section;

struct ues; /* all UEs of a replication, addressed by subscriber number */
struct radio;

struct ues *ues_new(struct nf_env *env, const struct ue_config *config, const struct home *home,
                    struct radio *radio);
/* All UEs become one program, a load generator: their work waits its turn at its event loop. */
void ues_share_loop(struct ues *ues, uint32_t station);
/* From the gNB: a message for the UE has come over the air; from the radio: access ended. */
void ue_receive(void *ues, uint32_t ue, struct msg *msg);
void ue_connected(void *ues, uint32_t ue, bool ok);

/* The driver of a UE. Callbacks may call ue_* functions. */
struct ue_user {
	void *context;
	/* The demand to be registered ended: met or given up (attempt counter). span: from its start. */
	void (*registered)(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
	                   const struct sim_span *span);
	void (*deregistered)(void *context, uint32_t ue); /* the connection is released */
	/* A message from a node beyond the gNB; span marked up to now. NULL: none expected. */
	void (*message)(void *context, uint32_t ue, const struct msg *msg);
};
void ue_set_user(struct ues *ues, uint32_t ue, const struct ue_user *user);

/* What a receiver on the air hears whenever a UE sends an identity. */
struct ue_listener {
	void *context;
	void (*heard)(void *context, uint32_t ue, const struct msg_identity *identity);
};
void ue_set_listener(struct ues *ues, const struct ue_listener *listener);

/* Puts the UE somewhere in the cell (named draw by `place`), which decides its radio conditions. */
void ue_place(struct ues *ues, uint32_t ue, uint32_t cell, uint32_t place);
uint32_t ue_cell(const struct ues *ues, uint32_t ue);

/* Starts a demand to be registered. false: not deregistered, or an attempt or T3502 is under way. */
bool ue_register(struct ues *ues, uint32_t ue);
void ue_deregister(struct ues *ues, uint32_t ue);
bool ue_is_registered(const struct ues *ues, uint32_t ue);

/* The next procedure number of this UE, for messages and draws. */
uint32_t ue_next_procedure(struct ues *ues, uint32_t ue);
/* The AKMA keys of the last authentication (TS 33.535); NULL before the first. 32 octets each. */
const uint8_t *ue_kakma(const struct ues *ues, uint32_t ue);
const uint8_t *ue_a_tid(const struct ues *ues, uint32_t ue);

/*
 * Sends a user-plane message to a node beyond the gNB (DTF, hospital) after `work` of the headset's
 * own; the span of the message is marked. Lost silently when the UE is not connected.
 */
void ue_send(struct ues *ues, uint32_t ue, uint16_t to, struct nf_demand work, struct msg *msg);

#endif
