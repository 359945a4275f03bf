/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A struct msg on N2: which NGAP message carries it, by which identities, and how long that is. */
#ifndef MODELS_MSG_MSG_NGAP_H
#define MODELS_MSG_MSG_NGAP_H

#include "models/msg/msg.h"
#include "models/msg/ngap_compose.h"

/*
 * The identities of an association are handles: the index in the low 20 bits, the generation, from
 * 1, above them, so the first ones are as short as a real node's. The RAN's (32 bits) begins again
 * after 4096 connections of a UE, the AMF's (40 bits) after a million contexts in one place.
 */
uint64_t msg_amf_ue_id(struct sim_handle context);
uint32_t msg_ran_ue_id(struct sim_handle ran);
struct sim_handle msg_handle_of_id(uint64_t id); /* either of them */

/* What carries a message of this type when nobody said otherwise; NGAP_NONE: not of N1 or N2. */
enum ngap_procedure msg_ngap_default(enum msg_type type);
/* From the fields that a message on N2 has: msg->ngap, or the default of its type. nas is lent. */
enum ngap_procedure msg_ngap_procedure(const struct msg *msg);
struct ngap_association msg_association(const struct msg *msg);
/* Octets on N2, before SCTP. */
uint32_t msg_n2_octets(const struct msg *msg);

#endif
