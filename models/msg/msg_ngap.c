/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/msg_ngap.h"

enum { NWU_PORT = 4500, INDEX_BITS = 20, INDEX_MASK = (1 << INDEX_BITS) - 1 };

uint64_t msg_amf_ue_id(struct sim_handle context)
{
	uint64_t above = context.generation ? context.generation - 1 : 0;
	return (above & INDEX_MASK) << INDEX_BITS | (context.index & INDEX_MASK);
}

uint32_t msg_ran_ue_id(struct sim_handle ran)
{
	return (uint32_t)msg_amf_ue_id(ran);
}

struct sim_handle msg_handle_of_id(uint64_t id)
{
	return (struct sim_handle){(uint32_t)(id & INDEX_MASK), (uint32_t)(id >> INDEX_BITS) + 1};
}

enum ngap_procedure msg_ngap_default(enum msg_type type)
{
	switch (type) {
	case MSG_REGISTRATION_REQUEST:
	case MSG_SERVICE_REQUEST:
		return NGAP_INITIAL_UE_MESSAGE;
	case MSG_REGISTRATION_ACCEPT:
		return NGAP_CONTEXT_SETUP_REQUEST;
	case MSG_CONTEXT_SETUP_RESPONSE:
		return NGAP_CONTEXT_SETUP_RESPONSE;
	case MSG_CONTEXT_RELEASE_REQUEST:
		return NGAP_RELEASE_REQUEST;
	case MSG_CONTEXT_RELEASE_COMMAND:
		return NGAP_RELEASE_COMMAND;
	case MSG_CONTEXT_RELEASE_COMPLETE:
		return NGAP_RELEASE_COMPLETE;
	case MSG_PAGING:
		return NGAP_PAGING;
	case MSG_IDENTITY_RESPONSE:
	case MSG_AUTHENTICATION_RESPONSE:
	case MSG_AUTHENTICATION_FAILURE:
	case MSG_SECURITY_MODE_COMPLETE:
	case MSG_SECURITY_MODE_REJECT:
	case MSG_REGISTRATION_COMPLETE:
	case MSG_CONFIGURATION_UPDATE_COMPLETE:
	case MSG_DEREGISTRATION_REQUEST:
	case MSG_NETWORK_DEREGISTRATION_ACCEPT:
		return NGAP_UPLINK_NAS;
	case MSG_IDENTITY_REQUEST:
	case MSG_AUTHENTICATION_REQUEST:
	case MSG_AUTHENTICATION_REJECT:
	case MSG_AUTHENTICATION_RESULT:
	case MSG_SECURITY_MODE_COMMAND:
	case MSG_REGISTRATION_REJECT:
	case MSG_CONFIGURATION_UPDATE:
	case MSG_DEREGISTRATION_ACCEPT:
	case MSG_SERVICE_ACCEPT:
	case MSG_SERVICE_REJECT:
	case MSG_NETWORK_DEREGISTRATION_REQUEST:
	case MSG_STATUS_5GMM:
		return NGAP_DOWNLINK_NAS;
	default:
		return NGAP_NONE;
	}
}

enum ngap_procedure msg_ngap_procedure(const struct msg *msg)
{
	enum ngap_procedure given = (enum ngap_procedure)msg->ngap;
	return given != NGAP_NONE ? given : msg_ngap_default((enum msg_type)msg->type);
}

static uint64_t amf_ue_id_in(const struct msg *msg, enum ngap_procedure procedure)
{
	bool from_amf = procedure == NGAP_DOWNLINK_NAS || procedure == NGAP_CONTEXT_SETUP_REQUEST ||
	                procedure == NGAP_RELEASE_COMMAND;

	return msg_amf_ue_id(from_amf ? msg->asker : msg->context);
}

struct ngap_association msg_association(const struct msg *msg)
{
	enum ngap_procedure procedure = msg_ngap_procedure(msg);
	struct ngap_association a = {
		.access = msg->access, .ran_ue_id = msg_ran_ue_id(msg->ran),
		.amf_ue_id = amf_ue_id_in(msg, procedure),
		.nas = {msg->nas, msg->nas_octets},
		.cause = msg->ngap_cause,
		.establishment_cause =
			msg->access == NGAP_N3IWF ? NGAP_CAUSE_NOT_AVAILABLE : NGAP_MO_SIGNALLING,
		.address = {100, 64 | (uint8_t)(msg->ue >> 16 & 63), (uint8_t)(msg->ue >> 8), (uint8_t)msg->ue},
		.port = NWU_PORT};

	if (procedure == NGAP_PAGING) /* AMF set 1, pointer 0: the one AMF that there is */
		a.s_tmsi = (struct ngap_s_tmsi){.set = 1, .tmsi = msg->paging.tmsi};
	if (procedure == NGAP_CONTEXT_SETUP_REQUEST)
		a.key = msg->key.key;
	if (procedure == NGAP_INITIAL_UE_MESSAGE)
		a.has_s_tmsi = ngap_initial_s_tmsi(msg->nas, msg->nas_octets, &a.s_tmsi);
	return a;
}

/* By what a length depends on alone: to make a whole association would take as long again. */
uint32_t msg_n2_octets(const struct msg *msg)
{
	const enum ngap_procedure procedure = msg_ngap_procedure(msg);
	struct ngap_s_tmsi s_tmsi;
	struct ngap_association a;

	a.access = msg->access;
	a.ran_ue_id = msg_ran_ue_id(msg->ran);
	a.amf_ue_id = amf_ue_id_in(msg, procedure);
	a.nas.n = msg->nas_octets;
	a.cause = msg->ngap_cause;
	a.has_s_tmsi = procedure == NGAP_INITIAL_UE_MESSAGE &&
	               ngap_initial_s_tmsi(msg->nas, msg->nas_octets, &s_tmsi);
	return ngap_composed_octets(procedure, &a);
}
