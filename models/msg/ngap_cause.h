/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Causes of NGAP in their five groups (TS 38.413 9.3.1.2), and why a UE connects (9.3.1.111). */
#ifndef MODELS_MSG_NGAP_CAUSE_H
#define MODELS_MSG_NGAP_CAUSE_H

#include <stdint.h>

enum ngap_cause_group {
	NGAP_CAUSE_RADIO,
	NGAP_CAUSE_TRANSPORT,
	NGAP_CAUSE_NAS,
	NGAP_CAUSE_PROTOCOL,
	NGAP_CAUSE_MISC,
	NGAP_CAUSE_GROUPS
};
struct ngap_cause {
	uint8_t group; /* enum ngap_cause_group                             */
	uint8_t value; /* NGAP_RADIO_…, NGAP_NAS_…, … of that group; unknown ones are kept */
};
/* NGAP_RADIO_USER_INACTIVITY, NGAP_NAS_NORMAL_RELEASE, NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR, … */
enum ngap_cause_value {
#define NGAP_CAUSE(group, symbol, value, text) NGAP_##group##_##symbol = (value),
#include "models/msg/ngap_cause_list.h"
#undef NGAP_CAUSE
};
enum ngap_establishment {
	NGAP_EMERGENCY,
	NGAP_HIGH_PRIORITY,
	NGAP_MT_ACCESS,
	NGAP_MO_SIGNALLING,
	NGAP_MO_DATA,
	NGAP_MO_VOICE,
	NGAP_MO_VIDEO,
	NGAP_MO_SMS,
	NGAP_MPS_PRIORITY,
	NGAP_MCS_PRIORITY,
	NGAP_CAUSE_NOT_AVAILABLE /* from an N3IWF */
};

const char *ngap_cause_group_text(uint8_t group);
/* "user-inactivity"; a value that is not listed: "unknown". */
const char *ngap_cause_text(struct ngap_cause cause);
const char *ngap_establishment_text(uint8_t cause);

#endif
