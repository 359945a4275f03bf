/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a decoder says about octets that are no message. A decoder takes any octets and never
 * asserts on them: it returns a message, or this.
 */
#ifndef MODELS_MSG_FAULT_H
#define MODELS_MSG_FAULT_H

#include <stdbool.h>
#include <stdint.h>

struct msg_fault {
	uint8_t cause;    /* the protocol's own: 5GMM cause (0: to be ignored), NGAP cause, …   */
	uint32_t offset;  /* of the octet at which reading stopped, from the message's first one */
	const char *what; /* a constant text without a final stop: "5GS mobile identity: …"      */
};

/* Fills *fault and returns false, so that `return msg_refuse(...)` reads well. */
static inline bool msg_refuse(struct msg_fault *fault, uint8_t cause, uint32_t offset,
                              const char *what)
{
	*fault = (struct msg_fault){cause, offset, what};
	return false;
}

#endif
