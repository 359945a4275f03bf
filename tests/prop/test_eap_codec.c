/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * decode(encode(m)) = m for random EAP packets of every kind; and every truncation and every
 * single-bit flip of them is a packet or a fault within bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/eap_layout.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_TRIPS = 1000, SPOILED = 20, POOL = 256 };

static uint8_t drawn_octets[POOL];
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
	state_of_draws = UINT64_C(0x2545f4914f6cdd1d);
	draw_octets(drawn_octets, sizeof drawn_octets);
	return 0;
}

static struct eap_octets draw_borrowed(uint32_t min, uint32_t max)
{
	uint32_t n = min + draw(max - min + 1);

	return (struct eap_octets){drawn_octets + draw(POOL - n), (uint16_t)n};
}

/* ---- one kind of packet each ---- */

static void draw_optional(struct eap_aka *m)
{
	m->permanent_id_req = draw(2);
	m->any_id_req = draw(2);
	m->fullauth_id_req = draw(2);
	m->result_ind = draw(2);
	m->has_checkcode = draw(2);
	if (m->has_checkcode && draw(2))
		m->checkcode = (struct eap_octets){drawn_octets, 32};
	m->has_bidding = draw(2);
	m->bidding = m->has_bidding ? (uint16_t)draw(65536) : 0;
	if (draw(2))
		m->identity = draw_borrowed(1, 60);
}

static void draw_mac(struct eap_aka *m)
{
	m->has_mac = true;
	draw_octets(m->mac, sizeof m->mac);
}

static void draw_kdfs(struct eap_aka *m)
{
	m->n_kdf = (uint8_t)(1 + draw(EAP_KDF_MAX));
	for (uint8_t i = 0; i < m->n_kdf; i++)
		m->kdf[i] = (uint16_t)draw(65536);
}

static void draw_challenge(struct eap_packet *packet)
{
	struct eap_aka *m = &packet->aka;

	draw_mac(m);
	if (packet->code == EAP_RESPONSE) {
		m->n_res = (uint8_t)(4 + draw(13));
		draw_octets(m->res, m->n_res);
		return;
	}
	m->has_rand = m->has_autn = true;
	draw_octets(m->rand, sizeof m->rand);
	draw_octets(m->autn, sizeof m->autn);
	draw_kdfs(m);
	m->kdf_input = draw_borrowed(1, 60);
}

static void draw_aka(struct eap_packet *packet)
{
	static const uint8_t subtypes[] = {EAP_AKA_CHALLENGE, EAP_AKA_AUTHENTICATION_REJECT,
		EAP_AKA_SYNCHRONIZATION_FAILURE, EAP_AKA_IDENTITY, EAP_AKA_NOTIFICATION,
		EAP_AKA_CLIENT_ERROR};
	struct eap_aka *m = &packet->aka;

	m->subtype = subtypes[draw(sizeof subtypes)];
	draw_optional(m);
	if (m->subtype == EAP_AKA_CHALLENGE)
		draw_challenge(packet);
	m->has_auts = m->subtype == EAP_AKA_SYNCHRONIZATION_FAILURE;
	if (m->has_auts)
		draw_octets(m->auts, sizeof m->auts);
	m->has_notification = m->subtype == EAP_AKA_NOTIFICATION;
	m->notification = m->has_notification ? (uint16_t)draw(65536) : 0;
	m->has_client_error = m->subtype == EAP_AKA_CLIENT_ERROR;
	m->client_error = m->has_client_error ? (uint16_t)draw(65536) : 0;
}

static void draw_5g(struct eap_packet *packet)
{
	static const uint8_t messages[] = {EAP_5G_START, EAP_5G_NAS, EAP_5G_STOP};
	struct eap_5g *m = &packet->five_g;

	m->message = messages[draw(sizeof messages)];
	if (m->message != EAP_5G_NAS)
		return;
	m->nas = draw_borrowed(0, 120);
	if (packet->code == EAP_REQUEST)
		return;
	m->has_guami = draw(2);
	if (m->has_guami)
		draw_octets(m->guami, sizeof m->guami);
	m->has_plmn = draw(2);
	if (m->has_plmn)
		m->plmn = (struct id_plmn){(uint16_t)draw(1000), (uint16_t)draw(100), 2};
	m->has_cause = draw(2);
	m->establishment_cause = m->has_cause ? (uint8_t)draw(256) : 0;
	if (draw(2))
		m->requested_nssai = draw_borrowed(1, 20);
}

static struct eap_packet draw_packet(void)
{
	static const uint8_t types[] = {EAP_NONE, EAP_IDENTITY, EAP_NOTIFICATION, EAP_NAK, EAP_AKA,
		EAP_AKA_PRIME, EAP_AKA_PRIME, EAP_EXPANDED};
	struct eap_packet m;

	memset(&m, 0, sizeof m);
	m.type = types[draw(sizeof types)];
	m.code = (uint8_t)(m.type == EAP_NONE ? EAP_SUCCESS + draw(2) : EAP_REQUEST + draw(2));
	m.identifier = (uint8_t)draw(256);
	if (m.type == EAP_AKA || m.type == EAP_AKA_PRIME)
		draw_aka(&m);
	else if (m.type == EAP_EXPANDED)
		draw_5g(&m);
	else if (m.type != EAP_NONE)
		m.data = draw_borrowed(0, 60);
	return m;
}

/* ---- equality: borrowed octets by what they point to, all else by value ---- */

static void assert_same_octets(struct eap_octets *a, struct eap_octets *b)
{
	assert_int_equal(a->n, b->n);
	if (a->n)
		assert_memory_equal(a->at, b->at, a->n);
	*a = *b = (struct eap_octets){NULL, 0};
}

static void assert_same(struct eap_packet a, struct eap_packet b)
{
	assert_int_equal(a.type, b.type);
	if (a.type == EAP_AKA || a.type == EAP_AKA_PRIME) {
		assert_same_octets(&a.aka.kdf_input, &b.aka.kdf_input);
		assert_same_octets(&a.aka.identity, &b.aka.identity);
		assert_same_octets(&a.aka.checkcode, &b.aka.checkcode);
		a.aka.mac_at = b.aka.mac_at = 0;
	} else if (a.type == EAP_EXPANDED) {
		assert_same_octets(&a.five_g.nas, &b.five_g.nas);
		assert_same_octets(&a.five_g.requested_nssai, &b.five_g.requested_nssai);
	} else if (a.type != EAP_NONE) {
		assert_same_octets(&a.data, &b.data);
	}
	assert_memory_equal(&a, &b, sizeof a); /* both from zeroed memory */
}

/* ---- the properties ---- */

static void what_was_encoded_is_decoded_to_the_same_packet(void **state)
{
	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		const struct eap_packet m = draw_packet();
		uint8_t octets[EAP_OCTETS_MAX];
		uint16_t n = eap_encode(&m, octets);
		struct eap_packet back;
		struct msg_fault fault;

		assert_int_equal(eap_encode(&m, NULL), n);
		if (!eap_decode(octets, n, &back, &fault))
			fail_msg("type %u: cause %u at %u: %s", m.type, fault.cause, fault.offset, fault.what);
		assert_same(m, back);
	}
}

static void survive(const uint8_t *octets, size_t n)
{
	uint8_t *in = malloc(n ? n : 1), again[EAP_OCTETS_MAX];
	char text[512];
	struct eap_packet m, back;
	struct msg_fault fault = {0, UINT32_MAX, NULL};
	struct msg_printer p = msg_printer(text, sizeof text);

	assert_non_null(in);
	memcpy(in, octets, n);
	if (eap_decode(in, n, &m, &fault)) {
		assert_true(eap_decode(again, eap_encode(&m, again), &back, &fault));
		assert_same(m, back);
	} else {
		assert_true(fault.offset <= n);
		assert_non_null(fault.what);
	}
	eap_print(&p, in, n, &fault);
	p = msg_printer(text, sizeof text);
	eap_line(&p, in, n);
	assert_true(p.n > 0);
	free(in);
}

static void every_truncation_and_every_flipped_bit_is_a_packet_or_a_fault(void **state)
{
	(void)state;
	for (int i = 0; i < 8 * SPOILED; i++) {
		const struct eap_packet m = draw_packet();
		uint8_t octets[EAP_OCTETS_MAX];
		uint16_t n = eap_encode(&m, octets);

		for (uint16_t shorter = 0; shorter < n; shorter++)
			survive(octets, shorter);
		for (uint32_t bit = 0; bit < 8u * n; bit++) {
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
			survive(octets, n);
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_encoded_is_decoded_to_the_same_packet),
		cmocka_unit_test(every_truncation_and_every_flipped_bit_is_a_packet_or_a_fault),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
