/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: any 5GMM message from its struct, along its table of fields.
 * Leaves out: nothing; which fields there are is for the tables.
 * Sources: TS 24.501 9.1.1, 9.11.3; TS 24.007 11.2.1.1 (formats); TS 24.008 10.5.3.5a (names).
 */
#include "models/msg/nas_layout.h"

enum { CODING_UCS2 = 0x90 }; /* no country's initials, no spare bits */

static bool is_true(const uint8_t *body, uint16_t flag)
{
	return flag == NAS_NO_FLAG || body[flag];
}

static bool has_octets(const uint8_t *body, uint16_t at)
{
	return ((const struct nas_octets *)(const void *)(body + at))->n > 0;
}

static uint8_t flags(const struct nas_field *f, const uint8_t *body)
{
	uint8_t value = 0;

	for (uint8_t i = 0; i < f->width; i++)
		value = (uint8_t)(value | body[f->at + i] << i);
	return value;
}

static bool present(const struct nas_field *f, const uint8_t *body)
{
	const void *member = body + f->at;

	if (f->format <= NAS_LVE)
		return true;
	switch ((enum nas_kind)f->kind) {
	case NAS_F_OCTET:
		return ((const struct nas_octet *)member)->present;
	case NAS_F_OCTETS:
		return has_octets(body, f->at);
	case NAS_F_FLAGS:
		return flags(f, body) != 0;
	case NAS_F_IMEISV:
	case NAS_F_NAME:
		return *(const char *)member != 0;
	case NAS_F_NO_EAP:
		return !has_octets(body, f->flag);
	case NAS_F_FIXED:
	case NAS_F_GUTI:
		return is_true(body, f->flag);
	case NAS_F_BITS:
	case NAS_F_ACCESS:
	case NAS_F_S_TMSI:
	case NAS_F_IDENTITY:
		return true;
	}
	return false;
}

static void put_name(struct nas_writer *w, const char *name)
{
	nas_v(w, CODING_UCS2);
	for (; *name; name++) {
		nas_v(w, 0);
		nas_v(w, (uint8_t)*name);
	}
}

static void put_guti(struct nas_writer *w, const struct id_guti *guti, uint8_t kind)
{
	const struct nas_identity identity = {.kind = kind, .guti = *guti};

	nas_identity(w, &identity);
}

static void put_octets(struct nas_writer *w, const struct nas_octets *octets)
{
	nas_put(w, octets->at, octets->n);
}

static void put_value(struct nas_writer *w, const struct nas_field *f, const uint8_t *body)
{
	const void *member = body + f->at;

	switch ((enum nas_kind)f->kind) {
	case NAS_F_OCTET:
		nas_v(w, ((const struct nas_octet *)member)->value);
		break;
	case NAS_F_OCTETS:
		put_octets(w, member);
		break;
	case NAS_F_FIXED:
	case NAS_F_NO_EAP:
		nas_put(w, member, f->max);
		break;
	case NAS_F_GUTI:
		put_guti(w, member, NAS_IDENTITY_GUTI);
		break;
	case NAS_F_S_TMSI:
		put_guti(w, member, NAS_IDENTITY_S_TMSI);
		break;
	case NAS_F_IDENTITY:
		nas_identity(w, member);
		break;
	case NAS_F_IMEISV:
		nas_imeisv(w, member);
		break;
	case NAS_F_NAME:
		put_name(w, member);
		break;
	case NAS_F_BITS: /* formats of their own, below */
	case NAS_F_ACCESS:
	case NAS_F_FLAGS:
		break;
	}
}

static void put_half(struct nas_writer *w, const struct nas_field *f, const uint8_t *body)
{
	const struct nas_octet *octet = (const void *)(body + f->at);

	nas_v(w, f->iei | ((f->kind == NAS_F_FLAGS ? flags(f, body) : octet->value) & 15));
}

/* The length stands before the value and is known after it. */
static void put_with_length(struct nas_writer *w, const struct nas_field *f, const uint8_t *body,
                            uint16_t n_length)
{
	static const uint8_t zero[2];
	uint16_t at = w->n, n;

	nas_put(w, zero, n_length);
	put_value(w, f, body);
	n = (uint16_t)(w->n - at - n_length);
	SIM_ASSERT(n_length == 2 || n <= UINT8_MAX);
	for (uint16_t i = n_length; i-- > 0; n >>= 8)
		w->at[at + i] = (uint8_t)n;
}

static void put_field(struct nas_writer *w, const struct nas_field *f, const uint8_t *body)
{
	bool tagged = f->format == NAS_TV || f->format == NAS_TLV || f->format == NAS_TLVE;

	if (tagged)
		nas_v(w, f->iei);
	switch ((enum nas_format)f->format) {
	case NAS_V:
	case NAS_TV:
		put_value(w, f, body);
		break;
	case NAS_TV_HALF:
		put_half(w, f, body);
		break;
	case NAS_LV:
	case NAS_TLV:
		put_with_length(w, f, body, 1);
		break;
	case NAS_LVE:
	case NAS_TLVE:
		put_with_length(w, f, body, 2);
		break;
	}
}

static uint8_t bits(const struct nas_field *f, const uint8_t *body)
{
	uint8_t value = body[f->at];

	if (f->kind == NAS_F_ACCESS && value == 0)
		value = NAS_3GPP_ACCESS;
	return (uint8_t)((value & ((1 << f->width) - 1)) << f->shift);
}

uint16_t nas_encode_body(enum nas_type type, const void *body, uint8_t *out)
{
	const struct nas_layout *layout = nas_layout(type);
	uint8_t nowhere[NAS_OCTETS_MAX]; /* when only the length is wanted */
	struct nas_writer w = {out ? out : nowhere, 0};
	uint8_t octet = 0;

	SIM_ASSERT(layout);
	nas_v(&w, NAS_EPD);
	nas_v(&w, NAS_PLAIN);
	nas_v(&w, (uint8_t)type);
	for (const struct nas_field *f = layout->fields; f->name; f++) {
		if (f->kind != NAS_F_BITS && f->kind != NAS_F_ACCESS) {
			if (present(f, body))
				put_field(&w, f, body);
			continue;
		}
		octet |= bits(f, body);
		if (f->shift == 0) {
			nas_v(&w, octet);
			octet = 0;
		}
	}
	return w.n;
}

static uint16_t encode_protected(const struct nas_protected *m, uint8_t *out)
{
	uint8_t nowhere[NAS_OCTETS_MAX];
	struct nas_writer w = {out ? out : nowhere, 0};

	nas_v(&w, NAS_EPD);
	nas_v(&w, m->header.security);
	nas_put(&w, m->header.mac, sizeof m->header.mac);
	nas_v(&w, m->header.sequence);
	put_octets(&w, &m->message);
	return w.n;
}

uint16_t nas_encode(const struct nas_message *m, uint8_t *out)
{
	return m->type == NAS_PROTECTED ? encode_protected(&m->protected, out)
	                                : nas_encode_body((enum nas_type)m->type, &m->protected, out);
}
