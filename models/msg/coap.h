/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      CoAP over a reliable transport (RFC 8323) as the twin's interface uses it: requests by POST to a
 *             path, answers with a code, the payload CBOR (RFC 7252 12.3: content format 60).
 * Leaves out  other methods and options (a critical one is refused, RFC 7252 5.4.1), block transfer, observe;
 *             signalling but the first Capabilities and Settings Message of each end.
 * Sources     RFC 8323 3.2, 5.3; RFC 7252 3.1, 5.
 */
#ifndef MODELS_MSG_COAP_H
#define MODELS_MSG_COAP_H

#include "models/msg/fault.h"
#include <stddef.h>

enum { COAP_TOKEN_MAX = 8, COAP_PATH_MAX = 64, COAP_CBOR = 60 };

/* Codes: class and detail, "4.03" is 4 << 5 | 3. */
#define COAP_CODE(class, detail) ((class) << 5 | (detail))
enum coap_code {
	COAP_POST = COAP_CODE(0, 2),
	COAP_CHANGED = COAP_CODE(2, 4),
	COAP_BAD_REQUEST = COAP_CODE(4, 0),
	COAP_BAD_OPTION = COAP_CODE(4, 2),
	COAP_FORBIDDEN = COAP_CODE(4, 3),
	COAP_NOT_FOUND = COAP_CODE(4, 4),
	COAP_GATEWAY_TIMEOUT = COAP_CODE(5, 4),
	COAP_CSM = COAP_CODE(7, 1)
};

struct coap_message {
	uint8_t code; /* enum coap_code */
	uint8_t n_token;
	uint8_t token[COAP_TOKEN_MAX];
	char path[COAP_PATH_MAX]; /* "dtf/session"; "": none */
	const uint8_t *payload;   /* borrowed; format CBOR   */
	uint32_t n_payload;
};

/* Returns the length, 0 when there is no room. */
size_t coap_encode(const struct coap_message *m, uint8_t *out, size_t room);
/* One whole message. false: *fault, whose cause is the code that answers it. */
bool coap_decode(const uint8_t *in, size_t n, struct coap_message *m, struct msg_fault *fault);

#endif
