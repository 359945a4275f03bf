/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/msg.h"

static const struct {
	const char *text, *point;
	uint32_t octets;
} table[MSG_N_TYPES] = {
	[MSG_NONE] = {"none", "", 0},
#define MESSAGE(symbol, point, text, octets) [MSG_##symbol] = {text, #point, octets},
#include "models/msg/msg_list.h"
#undef MESSAGE
};

const char *msg_text(enum msg_type type)
{
	return table[type].text;
}

const char *msg_point(enum msg_type type)
{
	return table[type].point;
}

uint32_t msg_fixed_octets(enum msg_type type)
{
	return table[type].octets;
}

/* NGAP around NAS, in octets: measured, tests/unit/models/msg/data/n2_messages_suci_a.csv. */
uint32_t msg_ngap_octets(enum msg_type type, uint32_t nas_octets)
{
	switch (type) {
	case MSG_REGISTRATION_REQUEST: /* InitialUEMessage */
	case MSG_SERVICE_REQUEST:
		return nas_octets + 51;
	case MSG_REGISTRATION_ACCEPT: /* InitialContextSetupRequest */
		return nas_octets + 103;
	case MSG_CONTEXT_SETUP_RESPONSE:
		return 19;
	case MSG_CONTEXT_RELEASE_REQUEST: /* both identifiers, and a cause or the UE's location */
		return 23;
	case MSG_CONTEXT_RELEASE_COMMAND:
		return 20;
	case MSG_CONTEXT_RELEASE_COMPLETE:
		return 34;
	case MSG_PAGING: /* 5G-S-TMSI and one TAI */
		return 29;
	case MSG_IDENTITY_RESPONSE:
	case MSG_AUTHENTICATION_RESPONSE:
	case MSG_AUTHENTICATION_FAILURE:
	case MSG_SECURITY_MODE_COMPLETE:
	case MSG_REGISTRATION_COMPLETE:
	case MSG_SECURITY_MODE_REJECT:
	case MSG_CONFIGURATION_UPDATE_COMPLETE:
	case MSG_NETWORK_DEREGISTRATION_ACCEPT:
	case MSG_DEREGISTRATION_REQUEST: /* UplinkNASTransport: one octet of length more above 79 */
		return nas_octets + (nas_octets + 47 > 127 ? 48 : 47);
	default: /* DownlinkNASTransport */
		return nas_octets + 24;
	}
}
