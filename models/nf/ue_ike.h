/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A UE's access to the 5G core over untrusted non-3GPP access (TS 24.502 7.3): it finds its N3IWF,
 * sets up an IKE SA in which EAP-5G carries NAS, then an IPsec SA that carries it from there on.
 */
#ifndef MODELS_NF_UE_IKE_H
#define MODELS_NF_UE_IKE_H

#include "models/id/plmn.h"
#include "models/nf/nf.h"
#include "sim/core/param.h"

struct ue_ike_config {
	int64_t timeout_ns; /* of a request, doubled each time (RFC 7296 2.1) */
	int64_t tries;
};
extern const struct sim_section ue_ike_section;

/* Who is told, and what the UE knows. */
struct ue_ike_user {
	void *context;
	/* EAP-5G has been started: NAS may go; or it has been given up. spent: on what since connect.
	 *  */
	void (*connected)(void *context, uint32_t ue, bool ok, const struct sim_span *spent);
	/* NAS, or MSG_CONTEXT_RELEASE_COMMAND when the SA is over. The message is the callee's. */
	void (*at_ue)(void *context, uint32_t ue, struct msg *msg);
	/* KN3IWF of the security context that NAS has set up (TS 33.501 A.9). false: there is none. */
	bool (*key)(void *context, uint32_t ue, uint8_t kn3iwf[32]);
};

struct ue_ikes; /* all UEs that use it */
struct wlan;

struct ue_ikes *ue_ikes_new(struct nf_env *env, const struct ue_ike_config *config,
                            struct id_plmn plmn, struct wlan *wlan, uint32_t n_ues);
void ue_ikes_set_user(struct ue_ikes *ikes, const struct ue_ike_user *user);

/* The same calls as a radio's: models/radio/radio.h. */
void ue_ike_connect(struct ue_ikes *ikes, uint32_t ue, uint32_t procedure);
void ue_ike_release(struct ue_ikes *ikes, uint32_t ue);
void ue_ike_up(struct ue_ikes *ikes, uint32_t ue, struct msg *msg, int64_t work_ns);

/* From the WLAN. */
void ue_ike_associated(void *ikes, uint32_t ue);
void ue_ike_receive(void *ikes, uint32_t ue, struct msg *msg);

/* Requests sent in the present SA, retransmissions apart: round trips with the N3IWF. */
uint32_t ue_ike_exchanges(const struct ue_ikes *ikes, uint32_t ue);

#endif
