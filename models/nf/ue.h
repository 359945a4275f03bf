/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UE = headset (ME) and USIM: 5GMM (TS 24.501 5.1.3), SUCI, AKA with SQN window (TS 33.102 C).
 * One file per procedure: ue_registration.c, ue_authentication.c, ue_eap_aka.c, ue_identity.c,
 * ue_security_mode.c, ue_configuration.c, ue_deregistration.c, ue_service.c. What a UE is *for*
 * (a phone's day, a probe, a surgeon) is its user's business: drivers register themselves with
 * ue_set_user() and are called back.
 */
#ifndef MODELS_NF_UE_H
#define MODELS_NF_UE_H

#include "models/nf/home.h"
#include "models/nf/nf.h"
#include "models/nf/ue_retry.h"
#include "sim/core/param.h"
#include <stdint.h>

enum ue_identity { UE_IDENTITY_SUCI, UE_IDENTITY_GUTI };

/*
 * The timers of a UE: TIMER(name, default, longest in seconds, tries, "clause", "what it
 * guards"). tries: how often the procedure is begun before it is given up; 0: the timer repeats
 * nothing. T3512 and T3346 are the network's, by its messages; these are the values without.
 */
#define UE_TIMERS(TIMER)                                                                           \
	TIMER(t3502, "12min", 86400, 0, "TS 24.501 table 10.2.1, 5.5.1.2.7",                          \
	      "wait after the last registration attempt has failed")                                  \
	TIMER(t3510, "15s", 600, 0, "TS 24.501 table 10.2.1, 5.5.1.2.2",                              \
	      "a registration attempt is given up after this")                                        \
	TIMER(t3511, "10s", 600, 0, "TS 24.501 table 10.2.1, 5.5.1.2.7",                              \
	      "wait between registration attempts")                                                   \
	TIMER(t3512, "54min", 1116000, 0, "TS 24.501 table 10.2.1, 5.3.7",                            \
	      "time in 5GMM-IDLE to the next periodic registration update")                           \
	TIMER(t3516, "30s", 600, 0, "TS 24.501 table 10.2.1; UERANSIM 3.3.0",                         \
	      "RAND and RES* are kept for a repeated Authentication Request")                         \
	TIMER(t3517, "15s", 600, 5, "TS 24.501 table 10.2.1, 5.6.1.7",                                \
	      "a Service Request is given up after this")                                             \
	TIMER(t3519, "60s", 3600, 0, "TS 24.501 table 10.2.1; UERANSIM 3.3.0",                        \
	      "a fresh SUCI may be sent again for this long")                                         \
	TIMER(t3520, "15s", 600, 0, "TS 24.501 table 10.2.1, 5.4.1.3.7",                              \
	      "wait for another Authentication Request after a failure")                              \
	TIMER(t3521, "15s", 600, 5, "TS 24.501 table 10.2.1, 5.5.2.2.6; UERANSIM 3.3.0",              \
	      "wait for a Deregistration Accept")                                                     \
	TIMER(t3525, "60s", 3600, 0, "TS 24.501 table 10.2.1, 5.6.1.7; UERANSIM 3.3.0",               \
	      "no Service Request after five that failed")                                            \
	TIMER(t3540, "10s", 600, 0, "TS 24.501 table 10.2.1, 5.3.1.3; UERANSIM 3.3.0",                \
	      "wait for the network to release the connection")                                       \
	TIMER(t3346, "15min", 86400, 0, "TS 24.501 5.5.1.2.5: 15 to 30 min in clear",              \
	      "no attempt in a congested network, when it does not say how long")                     \
	TIMER(t3247, "30min", 86400, 0, "TS 24.501 5.3.20.2: 30 to 60 min",                           \
	      "a reject without integrity protection counts this long and up to twice")               \
	TIMER(bar_time, "300s", 86400, 0, "TS 38.304 5.3.1",                                          \
	      "a cell whose network failed the authentication check is barred for this")              \
	TIMER(forbidden_time, "12h", 86400, 0, "TS 24.501 5.3.13: 12 to 24 h",                        \
	      "forbidden tracking areas and networks are forgotten after this")

struct ue_config {
#define UE_TIMER_FIELD(name, value, longest, tries, clause, doc) int64_t name##_ns;
	UE_TIMERS(UE_TIMER_FIELD)
#undef UE_TIMER_FIELD
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
/* Of an access that knows on what the time since connect went: spent ends now. */
void ue_connected_after(void *ues, uint32_t ue, bool ok, const struct sim_span *spent);

/*
 * How a UE reaches the network; its own procedures do not know which of them it is. The calls
 * are those of models/radio/radio.h, and what is given to them is answered by ue_connected() and
 * ue_receive().
 */
struct ue_access {
	void *self;
	bool non_3gpp; /* the connection whose NAS COUNTs are its own (TS 33.501 6.4.2.2) */
	void (*connect)(void *self, uint32_t ue, uint32_t procedure);
	void (*release)(void *self, uint32_t ue);
	void (*up)(void *self, uint32_t ue, struct msg *msg, int64_t work_ns);
};
/* The radio, unless this is called; before the UE's first procedure. Lent for ever. */
void ue_set_access(struct ues *ues, uint32_t ue, const struct ue_access *access);
/* KN3IWF by the last uplink NAS message (TS 33.501 A.9); false: no security context. */
bool ue_n3iwf_key(const struct ues *ues, uint32_t ue, uint8_t kn3iwf[32]);

/* The driver of a UE. Callbacks may call ue_* functions. */
struct ue_user {
	void *context;
	/* The demand to be registered ended: met or given up (attempt counter). span: from its
	 * start. */
	void (*registered)(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
	                   const struct sim_span *span);
	/* No longer registered and disconnected: as asked for, or the network ended it. */
	void (*deregistered)(void *context, uint32_t ue);
	/* A message from a node beyond the gNB; span marked up to now. NULL: none expected. */
	void (*message)(void *context, uint32_t ue, const struct msg *msg);
};
void ue_set_user(struct ues *ues, uint32_t ue, const struct ue_user *user);

/* How the devices of the n UEs from `first` on go about attempts that failed; as the standard says,
 * unless this is called. Lent for ever; at most UE_RETRY_GROUPS calls. */
void ue_set_retry(struct ues *ues, uint32_t first, uint32_t n, const struct ue_retry *retry);

/* What a receiver on the air hears whenever a UE sends an identity. */
struct ue_listener {
	void *context;
	void (*heard)(void *context, uint32_t ue, const struct msg_identity *identity);
};
void ue_set_listener(struct ues *ues, const struct ue_listener *listener);

/*
 * Puts the UE somewhere in the cell (named draw by `place`), which decides its radio conditions. A
 * connection is lost by it: there is no handover. A registered UE updates when the tracking area is
 * a new one (TS 24.501 5.5.1.3).
 */
void ue_place(struct ues *ues, uint32_t ue, uint32_t cell, uint32_t place);
uint32_t ue_cell(const struct ues *ues, uint32_t ue);

/* Starts a demand to be registered. false: not deregistered, or an attempt or T3502 is under
 * way. */
bool ue_register(struct ues *ues, uint32_t ue);
void ue_deregister(struct ues *ues, uint32_t ue);
bool ue_is_registered(const struct ues *ues, uint32_t ue);
bool ue_is_connected(const struct ues *ues, uint32_t ue); /* 5GMM-CONNECTED */

/*
 * For users: what became of a demand, as registered() hears it, is counted and has its row; and the
 * rows of demands of the n UEs from `first` on that are open at the end of the run (censored).
 */
void ue_record_demand(struct ues *ues, uint32_t ue, int64_t deadline_ns, bool ok, uint8_t cause,
                      uint8_t attempts, const struct sim_span *span);
void ue_censor_demands(struct ues *ues, uint32_t first, uint32_t n);

/* The next procedure number of this UE, for messages and draws. */
uint32_t ue_next_procedure(struct ues *ues, uint32_t ue);
/* The AKMA keys of the last authentication (TS 33.535); NULL before the first. 32 octets each. */
const uint8_t *ue_kakma(const struct ues *ues, uint32_t ue);
const uint8_t *ue_a_tid(const struct ues *ues, uint32_t ue);

/*
 * Sends a user-plane message to a node beyond the gNB (DTF, hospital) after `work` of the headset's
 * own; the span of the message is marked. An idle UE asks for service first and the message waits;
 * lost silently when the UE is not registered or too many wait.
 */
void ue_send(struct ues *ues, uint32_t ue, uint16_t to, struct nf_demand work, struct msg *msg);

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t ues_octets_each(void);

#endif
