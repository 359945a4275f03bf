/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Putting information elements one after another (TS 24.007 11.2.1.1); for models/msg/nas_*.c
 * alone.
 */
#ifndef MODELS_MSG_NAS_WRITER_H
#define MODELS_MSG_NAS_WRITER_H

#include "models/msg/nas.h"

/* 5GMM message types, TS 24.501 table 9.7.1. */
enum nas_type {
	NAS_REGISTRATION_REQUEST = 0x41,
	NAS_REGISTRATION_ACCEPT = 0x42,
	NAS_REGISTRATION_COMPLETE = 0x43,
	NAS_REGISTRATION_REJECT = 0x44,
	NAS_DEREGISTRATION_REQUEST = 0x45,
	NAS_DEREGISTRATION_ACCEPT = 0x46,
	NAS_SERVICE_REQUEST = 0x4c,
	NAS_CONFIGURATION_UPDATE_COMMAND = 0x54,
	NAS_CONFIGURATION_UPDATE_COMPLETE = 0x55,
	NAS_AUTHENTICATION_REQUEST = 0x56,
	NAS_AUTHENTICATION_RESPONSE = 0x57,
	NAS_AUTHENTICATION_REJECT = 0x58,
	NAS_AUTHENTICATION_FAILURE = 0x59,
	NAS_AUTHENTICATION_RESULT = 0x5a,
	NAS_IDENTITY_REQUEST = 0x5b,
	NAS_IDENTITY_RESPONSE = 0x5c,
	NAS_SECURITY_MODE_COMMAND = 0x5d,
	NAS_SECURITY_MODE_COMPLETE = 0x5e,
	NAS_SECURITY_MODE_REJECT = 0x5f
};

/* at = NULL: counts only. */
struct nas_writer {
	uint8_t *at;
	uint16_t n;
};

/* Extended protocol discriminator 5GMM, plain security header, message type. */
struct nas_writer nas_begin(uint8_t *out, enum nas_type type);
void nas_put(struct nas_writer *w, const void *octets, uint16_t n);
void nas_v(struct nas_writer *w, uint8_t value);
/* Formats of TS 24.007: T = identifier, L = one octet of length, LE = two. */
void nas_tv(struct nas_writer *w, uint8_t iei, uint8_t value);
void nas_lv(struct nas_writer *w, const void *octets, uint16_t n);
void nas_lve(struct nas_writer *w, const void *octets, uint16_t n);
void nas_tlv(struct nas_writer *w, uint8_t iei, const void *octets, uint16_t n);
void nas_tlve(struct nas_writer *w, uint8_t iei, const void *octets, uint16_t n);
/* Absent when n is 0, or when it is not present. */
void nas_optional(struct nas_writer *w, uint8_t iei, struct nas_octets octets);
void nas_optional_e(struct nas_writer *w, uint8_t iei, struct nas_octets octets);
void nas_optional_octet(struct nas_writer *w, uint8_t iei, struct nas_octet octet);

void nas_identity_lve(struct nas_writer *w, const struct nas_identity *identity);
void nas_guti_tlve(struct nas_writer *w, uint8_t iei, struct id_guti guti);

#endif
