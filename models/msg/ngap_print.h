/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NGAP messages for people to read: field by field, or in one line. */
#ifndef MODELS_MSG_NGAP_PRINT_H
#define MODELS_MSG_NGAP_PRINT_H

#include "models/msg/ngap.h"
#include "models/msg/print.h"

/*
 * Every element, a line each with the offset of its contents; a NAS PDU is printed within its own.
 * false: what could be read of it, and *fault.
 */
bool ngap_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault);
/* In one line without a line feed: "UplinkNASTransport (AMF UE 1, RAN UE 1, NAS of 21 octets)". */
void ngap_line(struct msg_printer *p, const uint8_t *in, size_t n);

#endif
