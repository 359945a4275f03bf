/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a UE's IKEv2: shared by ue_ike.c (the outside) and ue_ike_exchange.c (the exchanges). */
#ifndef MODELS_NF_UE_IKE_STATE_H
#define MODELS_NF_UE_IKE_STATE_H

#include "models/nf/nwu.h"
#include "models/nf/ue_ike.h"
#include "models/radio/wlan.h"
#include "sim/core/fsm.h"

enum {
	IKE_S_IDLE,
	IKE_S_ASSOCIATING,
	IKE_S_INIT,
	IKE_S_OPEN,
	IKE_S_EAP, /* NAS within EAP-5G */
	IKE_S_FINAL,
	IKE_S_SECURE /* the signalling IPsec SA stands */
};
enum {
	IKE_E_CONNECT,
	IKE_E_ASSOCIATED,
	IKE_E_RESPONSE,
	IKE_E_REQUEST, /* of the N3IWF */
	IKE_E_NAS_UP,
	IKE_E_NAS_DOWN,
	IKE_E_TIMEOUT,
	IKE_E_RELEASE,
	IKE_N_EVENTS
};

/* What the UE hears when an SA is over. */
enum ue_ike_ending { ENDS_SILENTLY, ENDS_UNCONNECTED, ENDS_RELEASED };

struct ue_ike {
	struct ue_ikes *all;
	struct sim_handle self;
	uint32_t depth; /* of events under way: it is freed when the outermost is over */
	bool finished;
	uint8_t ending; /* enum ue_ike_ending */
	struct sim_span span; /* since connect; then of what ended it */
	uint32_t number, procedure;
	uint8_t state, tries;
	bool waiting;        /* for the answer to `request` */
	uint8_t eap_identifier;
	uint32_t id;         /* Message ID of the latest request */
	uint32_t exchanges;
	struct nwu_sa sa;
	struct msg request;  /* to be sent again */
	struct sim_timer timer;
	int64_t work_ns;     /* of the step under way */
};
struct ue_ikes {
	struct nf_env *env;
	const struct ue_ike_config *config;
	struct id_plmn plmn;
	struct wlan *wlan;
	struct ue_ike_user user;
	struct sim_pool *pool;
	struct sim_handle *of; /* by UE; nothing: idle */
};
/* What an event brings: a message, and the work that the UE has done for it already. */
struct ue_ike_input {
	struct msg *msg;
	int64_t work_ns;
};

extern const struct sim_fsm ue_ike_fsm;
void ue_ike_feed(struct ue_ike *u, uint8_t event, const struct ue_ike_input *input);

#endif
