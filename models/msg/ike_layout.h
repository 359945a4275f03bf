/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of IKEv2 that its encoder and decoder share; for models/msg/ike*.c alone. */
#ifndef MODELS_MSG_IKE_LAYOUT_H
#define MODELS_MSG_IKE_LAYOUT_H

#include "models/msg/ike.h"

/* RFC 7296 3.2 */
enum {
	IKE_NEXT_NONE = 0,
	IKE_NEXT_FIRST = 33,
	IKE_NEXT_SK = 46,
	IKE_NEXT_LAST = 48,
	IKE_VERSION = 0x20,
	IKE_FLAG_INITIATOR = 0x08,
	IKE_FLAG_RESPONSE = 0x20,
	IKE_CRITICAL = 0x80,
	IKE_GENERIC = 4, /* octets of a generic payload header */
	IKE_IV = 8,
	IKE_KEY = 16,
	IKE_SALT = 4,
	IKE_TAG = 16,
	IKE_ATTRIBUTE_KEY_LENGTH = 14,
	IKE_TS_IPV4 = 7
};

/* Payload type of the wire for each of enum ike_payload. */
extern const uint8_t ike_wire_type[IKE_N_PAYLOADS];

#endif
