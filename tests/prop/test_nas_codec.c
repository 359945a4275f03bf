/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * decode(encode(m)) = m for random messages of every type, field by field along the tables of the
 * codec; and every truncation and every single-bit flip of them is a message or a fault within
 * bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/nas_layout.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_TRIPS = 400, SPOILED = 12, POOL = 256 };

static uint8_t pool[POOL]; /* what borrowed octets point into */

/* ---- random values: xorshift64, fixed seed ---- */

static uint64_t state_of_draws;

static uint32_t draw(uint32_t n)
{
	state_of_draws ^= state_of_draws << 13;
	state_of_draws ^= state_of_draws >> 7;
	state_of_draws ^= state_of_draws << 17;
	return (uint32_t)((state_of_draws >> 24) % n);
}

static void draw_octets(void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = (uint8_t)draw(256);
}

static int start(void **state)
{
	(void)state;
	state_of_draws = UINT64_C(0x9e3779b97f4a7c15);
	draw_octets(pool, sizeof pool);
	return 0;
}

static struct nas_octets draw_borrowed(uint32_t min, uint32_t max)
{
	uint32_t n = min + draw((max < 80 ? max : 80) - min + 1);

	return (struct nas_octets){pool + draw(POOL - n), (uint16_t)n};
}

static struct id_plmn draw_plmn(void)
{
	uint8_t digits = (uint8_t)(2 + draw(2));

	return (struct id_plmn){(uint16_t)draw(1000), (uint16_t)draw(digits == 2 ? 100 : 1000), digits};
}

static void draw_digits(char *out, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = (char)('0' + draw(10));
	out[n] = 0;
}

static struct id_suci draw_suci(void)
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

static struct id_guti draw_guti(void)
{
	return (struct id_guti){draw_plmn(), (uint8_t)draw(256), (uint16_t)draw(1024),
	                        (uint8_t)draw(64), draw(UINT32_MAX)};
}

static struct id_guti draw_s_tmsi(void)
{
	struct id_guti guti = draw_guti();

	return (struct id_guti){.amf_set = guti.amf_set, .amf_pointer = guti.amf_pointer,
	                        .tmsi = guti.tmsi};
}

static struct nas_identity draw_identity(void)
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

static void draw_name(char *name)
{
	uint32_t n = draw(NAS_NAME_MAX + 1);

	for (uint32_t i = 0; i < n; i++)
		name[i] = (char)(' ' + draw('~' - ' ' + 1));
	name[n] = 0;
}

static bool draw_presence(const struct nas_field *f, uint8_t *body)
{
	if (f->flag == NAS_NO_FLAG)
		return true;
	body[f->flag] = (uint8_t)draw(2);
	return body[f->flag];
}

static void draw_field(const struct nas_field *f, uint8_t *body)
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

static struct nas_message draw_message(uint8_t type)
{
	struct nas_message m;

	memset(&m, 0, sizeof m);
	m.type = type;
	for (const struct nas_field *f = nas_layout(type)->fields; f->name; f++)
		draw_field(f, (uint8_t *)&m.protected);
	return m;
}

/* ---- equality ---- */

static bool same_octets(const struct nas_octets *a, const struct nas_octets *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->at, b->at, a->n) == 0);
}

static bool same_guti(const struct id_guti *a, const struct id_guti *b)
{
	return id_plmn_equal(a->plmn, b->plmn) && a->amf_region == b->amf_region &&
	       a->amf_set == b->amf_set && a->amf_pointer == b->amf_pointer && a->tmsi == b->tmsi;
}

static bool same_suci(const struct id_suci *a, const struct id_suci *b)
{
	return id_plmn_equal(a->plmn, b->plmn) && a->routing_digits == b->routing_digits &&
	       a->routing_indicator == b->routing_indicator && a->scheme == b->scheme &&
	       a->key_id == b->key_id && a->n == b->n && memcmp(a->output, b->output, a->n) == 0;
}

static bool same_identity(const struct nas_identity *a, const struct nas_identity *b)
{
	if (a->kind != b->kind)
		return false;
	switch ((enum nas_identity_kind)a->kind) {
	case NAS_IDENTITY_SUCI:
		return same_suci(&a->suci, &b->suci);
	case NAS_IDENTITY_GUTI:
	case NAS_IDENTITY_S_TMSI:
		return same_guti(&a->guti, &b->guti);
	case NAS_IDENTITY_IMEI:
	case NAS_IDENTITY_IMEISV:
		return strcmp(a->digits, b->digits) == 0;
	case NAS_IDENTITY_MAC:
		return memcmp(a->eui.octets, b->eui.octets, 6) == 0 && a->eui.unusable == b->eui.unusable;
	case NAS_IDENTITY_EUI64:
		return memcmp(a->eui.octets, b->eui.octets, 8) == 0;
	case NAS_IDENTITY_SUCI_NAI:
		return a->nai.format == b->nai.format && same_octets(&a->nai.text, &b->nai.text);
	case NAS_IDENTITY_NONE:
		return true;
	}
	return false;
}

static bool has_eap(const struct nas_field *f, const uint8_t *body)
{
	return ((const struct nas_octets *)(const void *)(body + f->flag))->n > 0;
}

static bool same_field(const struct nas_field *f, const uint8_t *a, const uint8_t *b)
{
	const void *x = a + f->at, *y = b + f->at;

	switch ((enum nas_kind)f->kind) {
	case NAS_F_BITS:
	case NAS_F_ACCESS:
		return a[f->at] == b[f->at];
	case NAS_F_FLAGS:
		return memcmp(x, y, f->width) == 0;
	case NAS_F_OCTET:
		return memcmp(x, y, sizeof(struct nas_octet)) == 0;
	case NAS_F_OCTETS:
		return same_octets(x, y);
	case NAS_F_FIXED:
		return (f->flag == NAS_NO_FLAG || a[f->flag] == b[f->flag]) && memcmp(x, y, f->max) == 0;
	case NAS_F_NO_EAP:
		return has_eap(f, a) || memcmp(x, y, f->max) == 0;
	case NAS_F_GUTI:
		return a[f->flag] == b[f->flag] && same_guti(x, y);
	case NAS_F_S_TMSI:
		return same_guti(x, y);
	case NAS_F_IDENTITY:
		return same_identity(x, y);
	case NAS_F_IMEISV:
	case NAS_F_NAME:
		return strcmp(x, y) == 0;
	}
	return false;
}

static void assert_same(const struct nas_message *a, const struct nas_message *b)
{
	assert_int_equal(a->type, b->type);
	if (a->type == NAS_PROTECTED) {
		assert_memory_equal(a->protected.header.mac, b->protected.header.mac, 4);
		assert_true(same_octets(&a->protected.message, &b->protected.message));
		return;
	}
	for (const struct nas_field *f = nas_layout(a->type)->fields; f->name; f++)
		if (!same_field(f, (const uint8_t *)&a->protected, (const uint8_t *)&b->protected))
			fail_msg("%s: %s differs", nas_text(a->type), f->name);
}

/* ---- the properties ---- */

static void each_type(void (*check)(uint8_t type))
{
	uint32_t types = 0;

	for (unsigned type = 0; type < 256; type++)
		if (nas_layout((uint8_t)type)) {
			check((uint8_t)type);
			types++;
		}
	assert_int_equal(types, 28);
}

static void round_trip(uint8_t type)
{
	for (int i = 0; i < ROUND_TRIPS; i++) {
		const struct nas_message m = draw_message(type);
		uint8_t octets[NAS_OCTETS_MAX];
		uint16_t n = nas_encode(&m, octets);
		struct nas_message back;
		struct msg_fault fault;

		assert_int_equal(nas_encode(&m, NULL), n);
		if (!nas_decode(octets, n, &back, &fault))
			fail_msg("%s: cause %u at %u: %s", nas_text(type), fault.cause, fault.offset, fault.what);
		assert_same(&m, &back);
	}
}

static void what_was_encoded_is_decoded_to_the_same_message(void **state)
{
	(void)state;
	each_type(round_trip);
}

/* In memory of its own, so that a sanitizer sees the octet behind the last one. */
static void survive(const uint8_t *octets, size_t n)
{
	uint8_t *in = malloc(n ? n : 1), again[NAS_OCTETS_MAX];
	char text[512];
	struct nas_message m, back;
	struct msg_fault fault = {0, UINT32_MAX, NULL};
	struct msg_printer p = msg_printer(text, sizeof text);

	assert_non_null(in);
	memcpy(in, octets, n);
	if (nas_decode(in, n, &m, &fault)) {
		assert_true(nas_decode(again, nas_encode(&m, again), &back, &fault));
		assert_same(&m, &back);
	} else {
		assert_true(fault.offset <= n);
		assert_non_null(fault.what);
	}
	nas_print(&p, in, n, &fault);
	p = msg_printer(text, sizeof text);
	nas_line(&p, in, n);
	assert_true(p.n > 0);
	free(in);
}

static void spoil(uint8_t type)
{
	for (int i = 0; i < SPOILED; i++) {
		const struct nas_message m = draw_message(type);
		uint8_t octets[NAS_OCTETS_MAX];
		uint16_t n = nas_encode(&m, octets);

		for (uint16_t shorter = 0; shorter < n; shorter++)
			survive(octets, shorter);
		for (uint32_t bit = 0; bit < 8u * n; bit++) {
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
			survive(octets, n);
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

static void every_truncation_and_every_flipped_bit_is_a_message_or_a_fault(void **state)
{
	(void)state;
	each_type(spoil);
}

static void random_octets_are_a_message_or_a_fault(void **state)
{
	(void)state;
	uint8_t octets[200];

	for (int i = 0; i < 20000; i++) {
		uint32_t n = draw(sizeof octets + 1);

		draw_octets(octets, n);
		octets[0] = NAS_EPD;
		octets[1] = 0;
		octets[2] = (uint8_t)(NAS_REGISTRATION_REQUEST + draw(NAS_DL_TRANSPORT));
		survive(octets, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_encoded_is_decoded_to_the_same_message),
		cmocka_unit_test(every_truncation_and_every_flipped_bit_is_a_message_or_a_fault),
		cmocka_unit_test(random_octets_are_a_message_or_a_fault),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
