/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/nas_writer.h"
#include "sim/core/status.h"
#include <string.h>

void nas_put(struct nas_writer *w, const void *octets, uint16_t n)
{
	SIM_ASSERT(w->n + n <= NAS_OCTETS_MAX);
	if (w->at && n)
		memcpy(w->at + w->n, octets, n);
	w->n = (uint16_t)(w->n + n);
}

void nas_v(struct nas_writer *w, uint8_t value)
{
	nas_put(w, &value, 1);
}

struct nas_writer nas_begin(uint8_t *out, enum nas_type type)
{
	struct nas_writer w = {out, 0};
	nas_v(&w, 0x7e); /* 5GS mobility management, TS 24.501 9.2 */
	nas_v(&w, NAS_PLAIN);
	nas_v(&w, (uint8_t)type);
	return w;
}

void nas_tv(struct nas_writer *w, uint8_t iei, uint8_t value)
{
	nas_v(w, iei);
	nas_v(w, value);
}

void nas_lv(struct nas_writer *w, const void *octets, uint16_t n)
{
	SIM_ASSERT(n <= 255);
	nas_v(w, (uint8_t)n);
	nas_put(w, octets, n);
}

void nas_lve(struct nas_writer *w, const void *octets, uint16_t n)
{
	nas_v(w, (uint8_t)(n >> 8));
	nas_v(w, (uint8_t)n);
	nas_put(w, octets, n);
}

void nas_tlv(struct nas_writer *w, uint8_t iei, const void *octets, uint16_t n)
{
	nas_v(w, iei);
	nas_lv(w, octets, n);
}

void nas_tlve(struct nas_writer *w, uint8_t iei, const void *octets, uint16_t n)
{
	nas_v(w, iei);
	nas_lve(w, octets, n);
}

void nas_optional(struct nas_writer *w, uint8_t iei, struct nas_octets octets)
{
	if (octets.n)
		nas_tlv(w, iei, octets.at, octets.n);
}

void nas_optional_e(struct nas_writer *w, uint8_t iei, struct nas_octets octets)
{
	if (octets.n)
		nas_tlve(w, iei, octets.at, octets.n);
}

void nas_optional_octet(struct nas_writer *w, uint8_t iei, struct nas_octet octet)
{
	if (octet.present)
		nas_tlv(w, iei, &octet.value, 1);
}

void nas_identity_lve(struct nas_writer *w, const struct nas_identity *identity)
{
	uint8_t octets[ID_SUCI_OCTETS_MAX];

	if (identity->kind == NAS_IDENTITY_SUCI) {
		nas_lve(w, octets, id_suci_encode(&identity->suci, octets));
	} else {
		id_guti_encode(identity->guti, octets);
		nas_lve(w, octets, ID_GUTI_OCTETS);
	}
}

void nas_guti_tlve(struct nas_writer *w, uint8_t iei, struct id_guti guti)
{
	uint8_t octets[ID_GUTI_OCTETS];
	id_guti_encode(guti, octets);
	nas_tlve(w, iei, octets, sizeof octets);
}
