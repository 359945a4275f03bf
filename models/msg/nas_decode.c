/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: reading any octets as a 5GMM message along its table of fields, and what clause 7 says of
 * those that are none.
 * Leaves out: network names in the GSM 7 bit alphabet (treated as absent); the checks that need the
 * state of a procedure (causes 98 and 101), which are for whoever receives.
 * Sources: TS 24.501 7, 9.1.1, 9.3.1; TS 24.007 11.2.4 (unknown fields), 11.2.5 (comprehension).
 */
#include "models/msg/nas_layout.h"
#include <string.h>

enum { PLAIN_HEADER = 3, CODING_BITS = 0x70, CODING_UCS2 = 0x10 };

struct reader {
	const uint8_t *in;
	uint16_t n, at;
	uint8_t *body;
	uint32_t seen; /* optional fields by their row */
	struct nas_trail *trail;
};

static void write_down(const struct reader *r, const struct nas_field *f, enum nas_found found,
                       uint16_t at, struct nas_octets value)
{
	struct nas_trail *trail = r->trail;

	if (trail->n == sizeof trail->step / sizeof *trail->step)
		return;
	trail->step[trail->n].field = f;
	trail->step[trail->n].found = (uint8_t)found;
	trail->step[trail->n].iei = r->in[at];
	trail->step[trail->n].at = at;
	trail->step[trail->n].value = (uint16_t)(value.at - r->in);
	trail->step[trail->n].octets = value.n;
	trail->n++;
}

/* Inline: a run keeps no trail. */
static inline void note(const struct reader *r, const struct nas_field *f, enum nas_found found,
                        uint16_t at, struct nas_octets value)
{
	if (r->trail)
		write_down(r, f, found, at, value);
}

/* ---- a value into its member ---- */

/* What is not ASCII becomes a question mark. */
static bool get_name(struct nas_octets v, char *name)
{
	uint16_t n = 0;

	if ((v.at[0] & CODING_BITS) != CODING_UCS2)
		return false;
	for (uint16_t i = 1; i + 1 < v.n && n < NAS_NAME_MAX; i = (uint16_t)(i + 2)) {
		bool ascii = v.at[i] == 0 && v.at[i + 1] >= ' ' && v.at[i + 1] <= '~';
		name[n++] = ascii ? (char)v.at[i + 1] : '?';
	}
	name[n] = 0;
	return true;
}

static bool get_guti(struct nas_octets v, uint8_t kind, struct id_guti *guti)
{
	struct nas_identity identity;

	if (!nas_identity_decode(v.at, v.n, &identity) || identity.kind != kind)
		return false;
	*guti = identity.guti;
	return true;
}

static bool get_flags(const struct nas_field *f, uint8_t value, uint8_t *body)
{
	for (uint8_t i = 0; i < f->width; i++)
		body[f->at + i] = value >> i & 1;
	return true;
}

/* true: the value is syntactically correct. */
static bool get_member(const struct nas_field *f, struct nas_octets v, uint8_t *body)
{
	void *member = body + f->at;

	switch ((enum nas_kind)f->kind) {
	case NAS_F_OCTET:
		*(struct nas_octet *)member = (struct nas_octet){true, v.at[0]};
		return true;
	case NAS_F_OCTETS:
		*(struct nas_octets *)member = (struct nas_octets){v.at, v.n < f->max ? v.n : f->max};
		return true;
	case NAS_F_FLAGS:
		return get_flags(f, v.at[0], body);
	case NAS_F_FIXED:
	case NAS_F_NO_EAP:
		memcpy(member, v.at, f->max);
		return true;
	case NAS_F_GUTI:
		return get_guti(v, NAS_IDENTITY_GUTI, member);
	case NAS_F_S_TMSI:
		return get_guti(v, NAS_IDENTITY_S_TMSI, member);
	case NAS_F_IDENTITY:
		return nas_identity_decode(v.at, v.n, member);
	case NAS_F_IMEISV:
		return nas_imeisv_decode(v.at, v.n, member);
	case NAS_F_NAME:
		return get_name(v, member);
	case NAS_F_BITS:
	case NAS_F_ACCESS:
		break;
	}
	return false;
}

static inline bool get_value(const struct nas_field *f, struct nas_octets v, uint8_t *body)
{
	if (v.n < f->min || !get_member(f, v, body))
		return false;
	if (f->flag != NAS_NO_FLAG && f->kind != NAS_F_NO_EAP)
		body[f->flag] = true;
	return true;
}

/* ---- mandatory fields ---- */

static inline uint16_t length_octets(uint8_t format)
{
	if (format == NAS_LV || format == NAS_TLV)
		return 1;
	return format == NAS_LVE || format == NAS_TLVE ? 2 : 0;
}

/* The value behind a length field at r->at; false when the message ends before it does. */
static inline bool take(const struct reader *r, uint16_t at, uint16_t n_length, uint16_t fixed,
                 struct nas_octets *v)
{
	uint16_t n = fixed;

	if (at + n_length > r->n)
		return false;
	if (n_length == 1)
		n = r->in[at];
	else if (n_length == 2)
		n = (uint16_t)(r->in[at] << 8 | r->in[at + 1]);
	*v = (struct nas_octets){r->in + at + n_length, n};
	return n <= r->n - at - n_length;
}

static bool get_bits(struct reader *r, const struct nas_field *f, struct msg_fault *fault)
{
	if (r->at == r->n)
		return msg_refuse(fault, NAS_INVALID_MANDATORY, r->at, f->name);
	r->body[f->at] = (uint8_t)(r->in[r->at] >> f->shift & ((1 << f->width) - 1));
	if (f->kind == NAS_F_ACCESS && r->body[f->at] == 0) /* reserved */
		return msg_refuse(fault, NAS_INVALID_MANDATORY, r->at, f->name);
	note(r, f, NAS_FOUND, r->at, (struct nas_octets){r->in + r->at, 1});
	r->at = (uint16_t)(r->at + (f->shift == 0));
	return true;
}

static bool get_mandatory(struct reader *r, const struct nas_field *f, struct msg_fault *fault)
{
	struct nas_octets v;

	if (f->kind == NAS_F_BITS || f->kind == NAS_F_ACCESS)
		return get_bits(r, f, fault);
	if (!take(r, r->at, length_octets(f->format), f->max, &v) || !get_value(f, v, r->body))
		return msg_refuse(fault, NAS_INVALID_MANDATORY, r->at, f->name);
	note(r, f, NAS_FOUND, r->at, v);
	r->at = (uint16_t)(v.at - r->in + v.n);
	return true;
}

/* ---- optional fields ---- */

static bool has_identifier(const struct nas_field *f, uint8_t t)
{
	return f->iei == (f->format == NAS_TV_HALF ? t & 0xf0 : t);
}

/* In a message as it should be the field is at `next` or soon behind it. */
static const struct nas_field *find(const struct nas_field *optional, const struct nas_field *next,
                                    uint8_t t)
{
	for (const struct nas_field *f = next; f->name; f++)
		if (has_identifier(f, t))
			return f;
	for (const struct nas_field *f = optional; f < next; f++)
		if (has_identifier(f, t))
			return f;
	return NULL;
}

/* TS 24.007 11.2.4: how long a field is of which only the identifier is known. */
static uint8_t unknown_format(uint8_t t)
{
	return t & 0x80 ? NAS_TV_HALF : (t & 0xf0) == 0x70 ? NAS_TLVE : NAS_TLV;
}

/*
 * The field at r->at. *next is the first row that may still come (7.6.2, 7.6.3). Returns where the
 * next field begins; 0 when the message ends within this one.
 */
static inline uint16_t get_optional(struct reader *r, const struct nas_field *optional,
                             const struct nas_field *f, const struct nas_field **next)
{
	uint8_t t = r->in[r->at], half = t & 15;
	uint8_t format = f ? f->format : unknown_format(t);
	uint16_t at = r->at, length = length_octets(format);
	struct nas_octets v = {r->in + at, 1};
	enum nas_found found = NAS_FOUND;

	if (format != NAS_TV_HALF && !take(r, (uint16_t)(at + 1), length, f ? f->max : 0, &v))
		return 0;
	if (!f)
		found = NAS_UNKNOWN;
	else if (f < *next)
		found = NAS_REPEATED;
	else if (!get_value(f, format == NAS_TV_HALF ? (struct nas_octets){&half, 1} : v, r->body))
		found = NAS_INCORRECT;
	else
		*next = f + 1;
	if (found == NAS_FOUND)
		r->seen |= 1u << (f - optional);
	note(r, f, found, at, v);
	return format == NAS_TV_HALF ? (uint16_t)(at + 1) : (uint16_t)(v.at - r->in + v.n);
}

static bool get_optionals(struct reader *r, const struct nas_field *optional,
                          struct msg_fault *fault)
{
	const struct nas_field *next = optional;

	while (r->at < r->n) {
		const struct nas_field *f = find(optional, next, r->in[r->at]);
		uint16_t end;

		if (!f && !(r->in[r->at] & 0xf0))
			return msg_refuse(fault, NAS_INVALID_MANDATORY, r->at,
			                  "an unknown field that demands comprehension");
		end = get_optional(r, optional, f, &next);
		if (end == 0) { /* syntactically incorrect, and so is what follows: 7.7.1 */
			note(r, f, NAS_INCORRECT, r->at,
			     (struct nas_octets){r->in + r->at, (uint16_t)(r->n - r->at)});
			return true;
		}
		r->at = end;
	}
	return true;
}

/*
 * 7.7.2: RAND and AUTN, or RES*, stand where there is no EAP message, and only there. They are the
 * first optional fields of their messages.
 */
static bool conditions_hold(const struct reader *r, const struct nas_field *optional,
                            struct msg_fault *fault)
{
	for (const struct nas_field *f = optional; f->kind == NAS_F_NO_EAP; f++) {
		bool eap = ((const struct nas_octets *)(const void *)(r->body + f->flag))->n > 0;

		if (eap == (r->seen >> (f - optional) & 1))
			return msg_refuse(fault, NAS_CONDITIONAL_IE, r->n, f->name);
	}
	return true;
}

/* ---- the message ---- */

bool nas_header(const uint8_t *in, size_t n, struct nas_header *header, struct msg_fault *fault)
{
	if (n < PLAIN_HEADER)
		return msg_refuse(fault, NAS_IGNORE, (uint32_t)n, "too short for a message type");
	if (in[0] != NAS_EPD)
		return msg_refuse(fault, NAS_IGNORE, 0, "not of 5GS mobility management");
	*header = (struct nas_header){.security = in[1] & 15};
	if (header->security > NAS_CIPHERED_NEW_CONTEXT)
		return msg_refuse(fault, NAS_IGNORE, 1, "a reserved security header type");
	if (header->security == NAS_PLAIN)
		return true;
	if (n <= NAS_SECURITY_HEADER)
		return msg_refuse(fault, NAS_IGNORE, (uint32_t)n, "too short for a protected message");
	memcpy(header->mac, in + 2, sizeof header->mac);
	header->sequence = in[6];
	return true;
}

static bool decode_fields(struct reader *r, const struct nas_field *f, struct msg_fault *fault)
{
	for (; f->name && f->format <= NAS_LVE; f++)
		if (!get_mandatory(r, f, fault))
			return false;
	return get_optionals(r, f, fault) && conditions_hold(r, f, fault);
}

bool nas_decode_trail(const uint8_t *in, size_t n, struct nas_message *m, struct nas_trail *trail,
                      struct msg_fault *fault)
{
	const struct nas_layout *layout;
	struct nas_header header;

	memset(m, 0, sizeof *m);
	if (!nas_header(in, n, &header, fault))
		return false;
	if (n > NAS_OCTETS_MAX)
		return msg_refuse(fault, NAS_PROTOCOL_ERROR, NAS_OCTETS_MAX, "too long");
	if (header.security != NAS_PLAIN) {
		m->protected.header = header;
		m->protected.message = (struct nas_octets){in + NAS_SECURITY_HEADER,
		                                           (uint16_t)(n - NAS_SECURITY_HEADER)};
		return true;
	}
	m->type = in[PLAIN_HEADER - 1];
	layout = nas_layout(m->type);
	if (!layout)
		return msg_refuse(fault, NAS_TYPE_UNKNOWN, PLAIN_HEADER - 1, "an unknown message type");
	struct reader r = {in, (uint16_t)n, PLAIN_HEADER, (uint8_t *)&m->protected, 0, trail};
	return decode_fields(&r, layout->fields, fault);
}

bool nas_decode(const uint8_t *in, size_t n, struct nas_message *m, struct msg_fault *fault)
{
	return nas_decode_trail(in, n, m, NULL, fault);
}
