/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Putting octets one after another; for models/msg/nas_*.c alone. */
#ifndef MODELS_MSG_NAS_WRITER_H
#define MODELS_MSG_NAS_WRITER_H

#include "models/msg/nas.h"
#include "sim/core/status.h"
#include <string.h>

/* Inline: nine messages of a registration are put together octet by octet. */
struct nas_writer {
	uint8_t *at; /* NAS_OCTETS_MAX */
	uint16_t n;
};

static inline void nas_v(struct nas_writer *w, uint8_t value)
{
	SIM_ASSERT(w->n < NAS_OCTETS_MAX);
	w->at[w->n++] = value;
}

static inline void nas_put(struct nas_writer *w, const void *octets, uint16_t n)
{
	SIM_ASSERT(w->n + n <= NAS_OCTETS_MAX);
	if (n > 0)
		memcpy(w->at + w->n, octets, n);
	w->n = (uint16_t)(w->n + n);
}

/* The value part of a 5GS mobile identity (9.11.3.4): nas_identity.c. */
void nas_identity(struct nas_writer *w, const struct nas_identity *identity);
void nas_imeisv(struct nas_writer *w, const char *digits);

#endif
