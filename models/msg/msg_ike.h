/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A struct msg on NWu and its IKEv2 message (TS 24.502 7.3, TS 33.501 7.2.1). Everything goes by
 * UDP port 4500, which RFC 7296 2.23 permits from the first message on: IKE behind a non-ESP marker
 * of four zero octets, ESP as it is.
 */
#ifndef MODELS_MSG_MSG_IKE_H
#define MODELS_MSG_MSG_IKE_H

#include "models/crypto/ike_keys.h"
#include "models/msg/ike.h"
#include "models/msg/msg.h"
#include "models/msg/n3iwf_certificate.h"

enum { MSG_IKE_MARKER = 4, MSG_IKE_PORT = 4500, MSG_IKE_EAP_ROOM = 256, MSG_IKE_INIT_MAX = 256 };

/* What a composed message points to. */
struct msg_ike_room {
	uint8_t eap[MSG_IKE_EAP_ROOM];
	uint8_t certificate[N3IWF_CERTIFICATE_OCTETS];
	uint8_t hash[20], auth[72], esp_spi[4], port[2];
	char fqdn[N3IWF_FQDN_TEXT];
};
void msg_ike_compose(const struct msg *msg, struct id_plmn plmn, struct msg_ike_room *room,
                     struct ike_message *m);
/*
 * Back into the fields of msg, whose type says which exchange is expected. false: a message that
 * this part of TS 24.502 7.3 does not have, and the error to notify.
 */
bool msg_ike_take(const struct ike_message *m, struct msg *msg, struct msg_fault *fault);

/* Octets of IKE_SA_INIT, as AUTH covers them (RFC 7296 2.15). out: MSG_IKE_INIT_MAX. */
size_t msg_ike_init_octets(const struct msg *msg, struct id_plmn plmn, uint8_t *out);
/* Bodies of the identification payloads, as AUTH covers them. out: 4 + 16, 4 + N3IWF_FQDN_TEXT. */
size_t msg_ike_initiator_body(const struct msg_ike *open, uint8_t *out);
size_t msg_ike_responder_body(struct id_plmn plmn, uint8_t *out);

/* UDP payload on NWu. */
uint32_t msg_nwu_octets(const struct msg *msg, struct id_plmn plmn);
bool msg_is_nwu(enum msg_type type);
bool msg_ike_is_response(enum msg_type type);

#endif
