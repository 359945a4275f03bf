/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Access points of WLANs: IP between the air on one side and the N3IWF (or beyond it) on
 * the other. */
#ifndef MODELS_NF_AP_H
#define MODELS_NF_AP_H

#include "models/nf/nf.h"

struct aps;
struct ap {
	struct aps *all;
	uint16_t node;
};
struct wlan;
struct aps *aps_new(struct nf_env *env, struct wlan *wlan);
/* From the air: a UE's message has reached the access point at this node. */
void ap_from_air(struct aps *aps, uint16_t node, struct msg *msg);
/* The instance of one node, for nf_attach(). */
struct ap *ap_instance(struct aps *aps, uint32_t i);
extern const struct nf_entry nf_ap;

#endif
