/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Putting octets one after another; for models/msg/nas_*.c alone. */
#ifndef MODELS_MSG_NAS_WRITER_H
#define MODELS_MSG_NAS_WRITER_H

#include "models/msg/nas.h"

/* at = NULL: counts only. */
struct nas_writer {
	uint8_t *at;
	uint16_t n;
};

void nas_put(struct nas_writer *w, const void *octets, uint16_t n);
void nas_v(struct nas_writer *w, uint8_t value);

/* The value part of a 5GS mobile identity (9.11.3.4): nas_identity.c. */
void nas_identity(struct nas_writer *w, const struct nas_identity *identity);
void nas_imeisv(struct nas_writer *w, const char *digits);

#endif
