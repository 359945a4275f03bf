/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random NAS messages along the tables of the codec, repeatable: xorshift64 from a fixed seed. */
#ifndef TESTS_PROP_NAS_DRAW_H
#define TESTS_PROP_NAS_DRAW_H

#include "models/msg/nas_layout.h"
#include <string.h>

enum { POOL = 256 };

static uint8_t drawn_octets[POOL]; /* what borrowed octets point into */

/* ---- random values: xorshift64, fixed seed ---- */

static uint64_t state_of_draws;

static inline uint32_t draw(uint32_t n)
{
	state_of_draws ^= state_of_draws << 13;
	state_of_draws ^= state_of_draws >> 7;
	state_of_draws ^= state_of_draws << 17;
	return (uint32_t)((state_of_draws >> 24) % n);
}

static inline void draw_octets(void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = (uint8_t)draw(256);
}

static inline void start_draws(uint64_t seed)
{
	state_of_draws = seed;
	draw_octets(drawn_octets, sizeof drawn_octets);
}

static inline struct nas_octets draw_borrowed(uint32_t min, uint32_t max)
{
	uint32_t n = min + draw((max < 80 ? max : 80) - min + 1);

	return (struct nas_octets){drawn_octets + draw(POOL - n), (uint16_t)n};
}

static inline struct id_plmn draw_plmn(void)
{
	uint8_t digits = (uint8_t)(2 + draw(2));

	return (struct id_plmn){(uint16_t)draw(1000), (uint16_t)draw(digits == 2 ? 100 : 1000), digits};
}

static inline void draw_digits(char *out, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = (char)('0' + draw(10));
	out[n] = 0;
}

static inline struct id_suci draw_suci(void)
{
	static const uint16_t end[] = {10, 100, 1000, 10000};
	struct id_suci suci = {.plmn = draw_plmn(), .routing_digits = (uint8_t)(1 + draw(4))};

	suci.routing_indicator = (uint16_t)draw(end[suci.routing_digits - 1]);
	suci.scheme = (uint8_t)draw(3);
	suci.key_id = (uint8_t)draw(256);
	suci.n = (uint8_t)(1 + draw(ID_SUCI_OUTPUT_MAX));
	draw_octets(suci.output, suci.n);
	return suci;
}

static inline struct id_guti draw_guti(void)
{
	return (struct id_guti){draw_plmn(), (uint8_t)draw(256), (uint16_t)draw(1024),
	                        (uint8_t)draw(64), draw(UINT32_MAX)};
}

static inline struct id_guti draw_s_tmsi(void)
{
	struct id_guti guti = draw_guti();

	return (struct id_guti){.amf_set = guti.amf_set, .amf_pointer = guti.amf_pointer,
	                        .tmsi = guti.tmsi};
}

static inline struct nas_identity draw_identity(void)
{
	struct nas_identity identity = {.kind = (uint8_t)draw(NAS_IDENTITY_SUCI_NAI + 1)};

	switch ((enum nas_identity_kind)identity.kind) {
	case NAS_IDENTITY_SUCI:
		identity.suci = draw_suci();
		break;
	case NAS_IDENTITY_GUTI:
		identity.guti = draw_guti();
		break;
	case NAS_IDENTITY_S_TMSI:
		identity.guti = draw_s_tmsi();
		break;
	case NAS_IDENTITY_IMEI:
	case NAS_IDENTITY_IMEISV:
		draw_digits(identity.digits, identity.kind == NAS_IDENTITY_IMEI ? 15 : 16);
		break;
	case NAS_IDENTITY_MAC:
		draw_octets(identity.eui.octets, 6);
		identity.eui.unusable = draw(2);
		break;
	case NAS_IDENTITY_EUI64:
		draw_octets(identity.eui.octets, 8);
		break;
	case NAS_IDENTITY_SUCI_NAI:
		identity.nai.format = (uint8_t)(1 + draw(3));
		identity.nai.text = draw_borrowed(1, 80);
		break;
	case NAS_IDENTITY_NONE:
		break;
	}
	return identity;
}

static inline void draw_name(char *name)
{
	uint32_t n = draw(NAS_NAME_MAX + 1);

	for (uint32_t i = 0; i < n; i++)
		name[i] = (char)(' ' + draw('~' - ' ' + 1));
	name[n] = 0;
}

static inline bool draw_presence(const struct nas_field *f, uint8_t *body)
{
	if (f->flag == NAS_NO_FLAG)
		return true;
	body[f->flag] = (uint8_t)draw(2);
	return body[f->flag];
}

static inline void draw_field(const struct nas_field *f, uint8_t *body)
{
	void *member = body + f->at;
	bool optional = f->format > NAS_LVE;

	switch ((enum nas_kind)f->kind) {
	case NAS_F_BITS:
		body[f->at] = (uint8_t)draw(1u << f->width);
		break;
	case NAS_F_ACCESS:
		body[f->at] = (uint8_t)(1 + draw(3));
		break;
	case NAS_F_FLAGS:
		for (uint8_t i = 0; i < f->width; i++)
			body[f->at + i] = (uint8_t)draw(2);
		break;
	case NAS_F_OCTET:
		if (draw(2))
			*(struct nas_octet *)member =
				(struct nas_octet){true, (uint8_t)draw(f->format == NAS_TV_HALF ? 16 : 256)};
		break;
	case NAS_F_OCTETS:
		if (!optional || draw(2))
			*(struct nas_octets *)member = draw_borrowed(f->min, f->max);
		break;
	case NAS_F_FIXED:
		if (draw_presence(f, body))
			draw_octets(member, f->max);
		break;
	case NAS_F_NO_EAP:
		draw_octets(member, f->max);
		break;
	case NAS_F_GUTI:
		if (draw_presence(f, body))
			*(struct id_guti *)member = draw_guti();
		break;
	case NAS_F_S_TMSI:
		*(struct id_guti *)member = draw_s_tmsi();
		break;
	case NAS_F_IDENTITY:
		*(struct nas_identity *)member = draw_identity();
		break;
	case NAS_F_IMEISV:
		if (draw(2))
			draw_digits(member, NAS_IMEISV_DIGITS);
		break;
	case NAS_F_NAME:
		draw_name(member);
		break;
	}
}

static inline struct nas_message draw_message(uint8_t type)
{
	struct nas_message m;

	memset(&m, 0, sizeof m);
	m.type = type;
	for (const struct nas_field *f = nas_layout(type)->fields; f->name; f++)
		draw_field(f, (uint8_t *)&m.protected);
	return m;
}

#endif
