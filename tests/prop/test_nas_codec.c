/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * decode(encode(m)) = m for random messages of every type, field by field along the tables of the
 * codec; and every truncation and every single-bit flip of them is a message or a fault within
 * bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/prop/nas_draw.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_TRIPS = 400, SPOILED = 12 };

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

static int start(void **state)
{
	(void)state;
	start_draws(UINT64_C(0x9e3779b97f4a7c15));
	return 0;
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
