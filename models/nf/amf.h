/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * AMF with SEAF: 5GMM (TS 24.501), primary authentication (TS 33.501 6.1), NAS security,
 * 5G-GUTIs, paging. One file per procedure: amf_registration.c, amf_identity.c,
 * amf_authentication.c, amf_security_mode.c, amf_configuration.c, amf_deregistration.c,
 * amf_service.c, amf_paging.c.
 */
#ifndef MODELS_NF_AMF_H
#define MODELS_NF_AMF_H

#include "models/nf/home.h"
#include "models/nf/station_config.h"

/*
 * The timers of an AMF: TIMER(name, default, longest in seconds, repetitions, "clause", "what it
 * guards"). repetitions: of the NAS message on expiry before the procedure is aborted;
 * AMF_AS_CONFIGURED: amf.retransmissions.
 */
enum { AMF_AS_CONFIGURED = -1 };
#define AMF_TIMERS(TIMER)                                                                          \
	TIMER(t3513, "2s", 600, 2, "TS 24.501 table 10.2.2: network dependent; Open5GS 2.7.7",        \
	      "wait for the answer to a Paging")                                                      \
	TIMER(t3522, "6s", 600, AMF_AS_CONFIGURED, "TS 24.501 table 10.2.2, 5.5.2.3.5",               \
	      "wait for Deregistration Accept")                                                       \
	TIMER(t3550, "6s", 600, AMF_AS_CONFIGURED, "TS 24.501 table 10.2.2, 5.5.1.2.8",               \
	      "wait for Registration Complete")                                                       \
	TIMER(t3555, "6s", 600, AMF_AS_CONFIGURED, "TS 24.501 table 10.2.2, 5.4.4.6",                 \
	      "wait for Configuration Update Complete")                                               \
	TIMER(t3560, "6s", 600, AMF_AS_CONFIGURED, "TS 24.501 table 10.2.2, 5.4.1.3.7, 5.4.2.7",      \
	      "wait for Authentication Response or Security Mode Complete")                           \
	TIMER(t3570, "6s", 600, AMF_AS_CONFIGURED, "TS 24.501 table 10.2.2, 5.4.3.6",                 \
	      "wait for Identity Response")                                                           \
	TIMER(t3512, "1h", 1116000, 0,                                                                \
	      "assumption: of the times a UE can be told, the next to the 54 min of table 10.2.1",    \
	      "given to UEs: time in 5GMM-IDLE to the next periodic registration update")             \
	TIMER(mobile_reachable, "4min", 86400, 0, "TS 24.501 5.3.7",                                  \
	      "beyond T3512: a UE not heard of for so long is not reachable")                         \
	TIMER(implicit_deregistration, "4min", 86400, 0, "TS 24.501 5.3.7",                           \
	      "beyond T3512, from then on: it is deregistered")

/* When a registered UE gets a new 5G-GUTI; each includes the ones before it. */
enum amf_reallocation {
	AMF_REALLOCATE_NEVER,        /* only one who has none                       */
	AMF_REALLOCATE_REGISTRATION, /* initial and mobility: "shall"               */
	AMF_REALLOCATE_SPECIFIED,    /* periodic ("should"), paged service ("shall") */
	AMF_REALLOCATE_SERVICE       /* every Service Request                       */
};
enum amf_allocation { AMF_ALLOCATE_RANDOM, AMF_ALLOCATE_INCREMENTING, AMF_ALLOCATE_STATIC };
/* When a UE whose context is known and verified is authenticated again. */
enum amf_reauthentication { AMF_AUTHENTICATE_INITIAL, AMF_AUTHENTICATE_REGISTRATION };
enum amf_occasion { AMF_OCCASION_NR, AMF_OCCASION_LTE_IMSI };

struct amf_config {
	struct nf_station_config station;
#define AMF_TIMER_FIELD(name, value, longest, repetitions, clause, doc) int64_t name##_ns;
	AMF_TIMERS(AMF_TIMER_FIELD)
#undef AMF_TIMER_FIELD
	int64_t retransmissions;    /* of each NAS message, before the procedure is aborted */
	int64_t sbi_timeout_ns;     /* no answer from another function          */
	uint8_t guti_reallocation;  /* enum amf_reallocation     */
	uint8_t guti_allocation;    /* enum amf_allocation       */
	uint8_t authentication;     /* enum amf_reauthentication */
	uint8_t paging_occasion;    /* enum amf_occasion         */
	double admitted_hz;         /* initial registrations looked into; the rest: #22. 0: all */
	int64_t t3346_ns;           /* given to who is refused so  */
	bool purge;                 /* the UDM and the PCF hear of a deregistration */
};
extern const struct sim_section amf_section;

struct amf;
struct amf *amf_new(struct nf_env *env, const struct amf_config *config, const struct home *home);
/* The visited network's. */
struct amf *amf_new_visited(struct nf_env *env, const struct amf_config *config,
                            const struct home *home);
extern const struct nf_entry nf_amf;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t amf_octets_each(void);

#endif
