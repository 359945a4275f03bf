/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The IKEv2 codec: random messages come back as they were, in the clear and sealed; truncations and
 * flipped bits end in a message or a cause. Inputs lie in memory of their own exact size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ike_keys.h"
#include "models/msg/ike.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 3000, FLIP_ROUNDS = 60 };

static uint64_t state = 0x1ce;
static uint64_t draw(uint64_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717) % below;
}

static uint8_t drawn_octets[400];
static uint8_t keymat[CRYPTO_IKE_KEYMAT] = {1, 2, 3};
static struct ike_cipher cipher = {.suite = &crypto_suite_cost, .keymat = keymat, .iv = 7};

static struct ike_octets some(unsigned most)
{
	unsigned n = (unsigned)draw(most + 1);
	struct ike_octets o = {drawn_octets + draw(sizeof drawn_octets - n), (uint16_t)n};

	if (n == 0)
		o.at = NULL;
	return o;
}

static void proposal(struct ike_proposal *p)
{
	p->number = (uint8_t)draw(256);
	p->protocol = (uint8_t)draw(4);
	p->n_spi = (uint8_t)draw(9);
	for (unsigned i = 0; i < p->n_spi; i++)
		p->spi[i] = (uint8_t)draw(256);
	p->n = (uint8_t)draw(IKE_TRANSFORMS + 1);
	for (unsigned i = 0; i < p->n; i++) {
		p->transform[i].type = (uint8_t)draw(256);
		p->transform[i].id = (uint16_t)draw(65536);
		p->transform[i].key_bits = draw(2) ? (uint16_t)(1 + draw(65535)) : 0;
	}
}

static void selector(struct ike_selector *s)
{
	s->protocol = (uint8_t)draw(256);
	s->first_port = (uint16_t)draw(65536);
	s->last_port = (uint16_t)draw(65536);
	for (int i = 0; i < 4; i++) {
		s->first[i] = (uint8_t)draw(256);
		s->last[i] = (uint8_t)draw(256);
	}
}

static void lists(struct ike_message *m)
{
	m->n_proposals = m->present & IKE_BIT(SA) ? (uint8_t)(1 + draw(IKE_PROPOSALS)) : 0;
	for (unsigned i = 0; i < m->n_proposals; i++)
		proposal(&m->proposal[i]);
	m->n_notifies = m->present & IKE_BIT(NOTIFY) ? (uint8_t)(1 + draw(IKE_NOTIFIES)) : 0;
	for (unsigned i = 0; i < m->n_notifies; i++) {
		m->notify[i].protocol = (uint8_t)draw(4);
		m->notify[i].type = (uint16_t)draw(65536);
		m->notify[i].spi = some(8);
		m->notify[i].data = some(60);
	}
	m->n_attributes = m->present & IKE_BIT(CP) ? (uint8_t)draw(IKE_ATTRIBUTES + 1) : 0;
	for (unsigned i = 0; i < m->n_attributes; i++) {
		m->attribute[i].type = (uint16_t)draw(32768);
		m->attribute[i].value = some(20);
	}
}

static void values(struct ike_message *m)
{
	m->ke_group = (uint16_t)draw(65536);
	m->ke = some(64);
	m->nonce = some(64);
	m->idi = (struct ike_identity){(uint8_t)draw(256), some(40)};
	m->idr = (struct ike_identity){(uint8_t)draw(256), some(40)};
	m->cert_encoding = (uint8_t)draw(256);
	m->cert = some(300);
	m->certreq_encoding = (uint8_t)draw(256);
	m->certreq = some(40);
	m->auth_method = (uint8_t)draw(256);
	m->auth = some(80);
	m->eap = some(200);
	m->cp_type = (uint8_t)draw(5);
	selector(&m->tsi);
	selector(&m->tsr);
	m->delete_protocol = (uint8_t)draw(4);
	m->delete_spi_size = draw(2) ? 4 : 0;
	m->delete_spis = m->delete_spi_size ? (struct ike_octets){drawn_octets, (uint16_t)(4 * draw(5))}
	                                    : (struct ike_octets){0};
}

static void random_message(struct ike_message *m)
{
	memset(m, 0, sizeof *m);
	for (size_t i = 0; i < sizeof drawn_octets; i++)
		drawn_octets[i] = (uint8_t)draw(256);
	m->spi_i = draw(UINT64_MAX);
	m->spi_r = draw(UINT64_MAX);
	m->exchange = (uint8_t)(IKE_SA_INIT + draw(4));
	m->response = draw(2);
	m->from_initiator = draw(2);
	m->id = (uint32_t)draw(UINT32_MAX);
	m->encrypted = draw(2);
	m->present = (uint32_t)draw(1u << IKE_N_PAYLOADS);
	lists(m);
	values(m);
}

/* Encoded, which says all that a message says. */
static void assert_same(const struct ike_message *a, const struct ike_message *b)
{
	static uint8_t x[IKE_OCTETS_MAX], y[IKE_OCTETS_MAX];
	size_t n = ike_encode(a, &cipher, x, sizeof x);

	assert_true(n > 0);
	assert_int_equal(ike_encode(b, &cipher, y, sizeof y), n);
	assert_memory_equal(x, y, n);
	assert_int_equal(a->present, b->present);
	assert_int_equal(a->encrypted, b->encrypted);
}

static bool decode(const uint8_t *octets, size_t n, uint8_t **in, uint8_t **plain,
                   struct ike_message *m)
{
	struct msg_fault fault = {0};
	bool good;

	*in = malloc(n + !n);
	*plain = malloc(n + !n);
	assert_non_null(*in);
	assert_non_null(*plain);
	memcpy(*in, octets, n);
	good = ike_decode(*in, n, &cipher, *plain, m, &fault);
	assert_true(good || (fault.what && fault.offset <= n && fault.cause != 0));
	return good;
}

static void a_message_comes_back_as_it_was(void **unused)
{
	(void)unused;
	for (int round = 0; round < ROUNDS; round++) {
		struct ike_message m, back;
		static uint8_t out[IKE_OCTETS_MAX];
		uint8_t *in, *plain;
		random_message(&m);
		size_t n = ike_encode(&m, &cipher, out, sizeof out);
		assert_int_equal(n, ike_length(&m));
		assert_true(decode(out, n, &in, &plain, &back));
		assert_same(&m, &back);
		free(in);
		free(plain);
	}
}

static void a_message_is_not_written_beyond_its_room(void **unused)
{
	(void)unused;
	for (int round = 0; round < FLIP_ROUNDS; round++) {
		struct ike_message m;
		random_message(&m);
		size_t n = ike_length(&m);
		for (size_t room = 0; room < n; room++) {
			uint8_t *out = malloc(room + !room);
			assert_non_null(out);
			assert_int_equal(ike_encode(&m, &cipher, out, room), 0);
			free(out);
		}
	}
}

static void every_truncation_and_every_flipped_bit_ends_in_a_message_or_a_cause(void **unused)
{
	(void)unused;
	for (int round = 0; round < FLIP_ROUNDS; round++) {
		struct ike_message m, back;
		static uint8_t out[IKE_OCTETS_MAX];
		uint8_t *in, *plain;
		random_message(&m);
		size_t n = ike_encode(&m, &cipher, out, sizeof out);
		for (size_t k = 0; k < n; k++) {
			assert_false(decode(out, k, &in, &plain, &back));
			free(in);
			free(plain);
		}
		for (size_t bit = 0; bit < 8 * n; bit++) {
			out[bit / 8] ^= (uint8_t)(1 << bit % 8);
			bool good = decode(out, n, &in, &plain, &back);
			if (m.encrypted) /* all of it is authenticated; a later version is refused before */
				assert_true(!good || !back.encrypted);
			free(in);
			free(plain);
			out[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

static void a_payload_that_is_unknown_is_skipped_unless_it_is_critical(void **unused)
{
	uint8_t in[] = {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 200, 0x20, IKE_SA_INIT, 8, 0, 0, 0,
	                0, 0, 0, 0, 40, 40, 0, 0, 6, 1, 2, 0, 0, 0, 6, 3, 4};
	struct ike_message m;
	struct msg_fault fault;
	uint8_t plain[sizeof in];

	(void)unused;
	assert_true(ike_decode(in, sizeof in, NULL, plain, &m, &fault));
	assert_int_equal(m.present, IKE_BIT(NONCE));
	assert_int_equal(m.nonce.n, 2);
	in[29] = 0x80;
	assert_false(ike_decode(in, sizeof in, NULL, plain, &m, &fault));
	assert_int_equal(fault.cause, IKE_UNSUPPORTED_CRITICAL_PAYLOAD);
}

static int make(void **unused)
{
	(void)unused;
	cipher.crypto = crypto_new();
	return 0;
}
static int unmake(void **unused)
{
	(void)unused;
	crypto_free(cipher.crypto);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_comes_back_as_it_was),
		cmocka_unit_test(a_message_is_not_written_beyond_its_room),
		cmocka_unit_test(every_truncation_and_every_flipped_bit_ends_in_a_message_or_a_cause),
		cmocka_unit_test(a_payload_that_is_unknown_is_skipped_unless_it_is_critical),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
