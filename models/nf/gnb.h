/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gNB: relays between the air and N2 or N3; keeps which AMF context belongs to which connection. */
#ifndef MODELS_NF_GNB_H
#define MODELS_NF_GNB_H

#include "models/nf/nf.h"
#include "models/radio/radio.h"

struct gnbs; /* all of them */
struct gnb {
	struct gnbs *all;
	uint16_t node;
	uint16_t cell;
};
struct gnbs *gnbs_new(struct nf_env *env, struct radio *radio);
/* Whom to tell that user data waits for an idle UE: it has the UE paged. None: such data is lost.
 *  */
void gnbs_on_data(struct gnbs *gnbs, void (*data_waits)(void *context, uint32_t ue), void *context);
/* From the radio: a UE's message has reached its gNB. */
void gnb_from_air(void *gnbs, uint32_t ue, struct msg *msg);
/* The instance of one node, for nf_attach(): the home network's, then the visited network's. */
struct gnb *gnb_instance(struct gnbs *gnbs, uint32_t i);
extern const struct nf_entry nf_gnb;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t gnbs_octets_each(void);

#endif
