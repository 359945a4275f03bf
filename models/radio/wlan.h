/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The air of a WLAN between a UE and its access point, as untrusted non-3GPP access sees it: a
 * delay and a loss. What goes over it is IP; the access point is no part of the 5G system.
 */
#ifndef MODELS_RADIO_WLAN_H
#define MODELS_RADIO_WLAN_H

#include "sim/core/param.h"
#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

struct wlan_config {
	int64_t associate_ns;        /* scanning, association, its own key exchange, DHCP */
	int64_t delay_ns, jitter_ns; /* of a message: uniform in [delay, delay + jitter]  */
	double loss_prob;            /* after the WLAN's own retransmissions              */
};
extern const struct sim_section wlan_section;

struct wlan;
struct nf_env;
struct msg;

/* Who is told, from NF_KIND_WLAN events. Messages are the callee's. */
struct wlan_user {
	void *context;
	void (*associated)(void *context, uint32_t ue);
	void (*at_ap)(void *context, uint32_t ue, struct msg *msg);
	void (*at_ue)(void *context, uint32_t ue, struct msg *msg);
	uint16_t (*ap_of)(void *context, uint32_t ue); /* node, for the ladder */
};

struct wlan *wlan_new(struct nf_env *env, const struct wlan_config *config, uint32_t n_ues);
void wlan_set_user(struct wlan *wlan, const struct wlan_user *user);
/* user->associated() follows, unless released before. */
void wlan_associate(struct wlan *wlan, uint32_t ue, uint32_t procedure);
void wlan_release(struct wlan *wlan, uint32_t ue);
/* Within the present association (msg->ran, given by wlan_up); work_ns of the sender's passes
 * first. The message's span is marked up to now + work_ns by the caller, and RADIO on arrival. */
void wlan_up(struct wlan *wlan, uint32_t ue, struct msg *msg, int64_t work_ns);
void wlan_down(struct wlan *wlan, uint32_t ue, struct msg *msg);

#endif
