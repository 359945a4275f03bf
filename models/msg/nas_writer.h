/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Putting information elements one after another (TS 24.007 11.2.1.1); for models/msg/nas_*.c
 * alone.
 */
#ifndef MODELS_MSG_NAS_WRITER_H
#define MODELS_MSG_NAS_WRITER_H

#include "models/msg/nas.h"

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
