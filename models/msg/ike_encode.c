/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/ike_keys.h"
#include "models/crypto/prins.h"
#include "models/msg/ike_layout.h"
#include "sim/core/status.h"
#include <string.h>

const uint8_t ike_wire_type[IKE_N_PAYLOADS] = {
	[IKE_SA] = 33,      [IKE_KE] = 34,       [IKE_NONCE] = 40,  [IKE_IDI] = 35,
	[IKE_IDR] = 36,     [IKE_CERT] = 37,     [IKE_CERTREQ] = 38, [IKE_AUTHENTICATION] = 39,
	[IKE_EAP] = 48,     [IKE_CP] = 47,       [IKE_TSI] = 44,    [IKE_TSR] = 45,
	[IKE_NOTIFY] = 41,  [IKE_DELETE] = 42};

/* at = NULL: counts only. */
struct writer {
	uint8_t *at;
	size_t n, room;
	size_t next; /* where the type of the next payload goes */
};

static void put(struct writer *w, const void *octets, size_t n)
{
	if (w->at && w->n + n <= w->room && n)
		memcpy(w->at + w->n, octets, n);
	w->n += n;
}

static void put_number(struct writer *w, uint64_t value, unsigned n)
{
	uint8_t octets[8];

	for (unsigned i = 0; i < n; i++)
		octets[i] = (uint8_t)(value >> 8 * (n - 1 - i));
	put(w, octets, n);
}

static void poke(struct writer *w, size_t at, uint64_t value, unsigned n)
{
	for (unsigned i = 0; w->at && at + n <= w->room && i < n; i++)
		w->at[at + i] = (uint8_t)(value >> 8 * (n - 1 - i));
}

/* A payload's generic header; its length follows in end(). */
static size_t begin(struct writer *w, uint8_t type)
{
	size_t start = w->n;

	poke(w, w->next, type, 1);
	w->next = start;
	put_number(w, 0, IKE_GENERIC);
	return start;
}

static void end(struct writer *w, size_t start)
{
	poke(w, start + 2, w->n - start, 2);
}

static void put_transform(struct writer *w, const struct ike_transform *t, bool last)
{
	put_number(w, last ? 0 : 3, 1);
	put_number(w, 0, 1);
	put_number(w, t->key_bits ? 12 : 8, 2);
	put_number(w, t->type, 1);
	put_number(w, 0, 1);
	put_number(w, t->id, 2);
	if (t->key_bits) {
		put_number(w, 0x8000 | IKE_ATTRIBUTE_KEY_LENGTH, 2);
		put_number(w, t->key_bits, 2);
	}
}

static void put_proposal(struct writer *w, const struct ike_proposal *p, bool last)
{
	size_t start = w->n;

	put_number(w, last ? 0 : 2, 1);
	put_number(w, 0, 3);
	put_number(w, p->number, 1);
	put_number(w, p->protocol, 1);
	put_number(w, p->n_spi, 1);
	put_number(w, p->n, 1);
	put(w, p->spi, p->n_spi);
	for (unsigned i = 0; i < p->n; i++)
		put_transform(w, &p->transform[i], i + 1 == p->n);
	poke(w, start + 2, w->n - start, 2);
}

/* A number of so many octets, zeros behind it, then data. */
static void put_typed(struct writer *w, uint64_t value, unsigned n, unsigned zeros,
                      struct ike_octets data)
{
	put_number(w, value, n);
	put_number(w, 0, zeros);
	put(w, data.at, data.n);
}

static void put_selector(struct writer *w, const struct ike_selector *s)
{
	put_number(w, 1, 1); /* one selector */
	put_number(w, 0, 3);
	put_number(w, IKE_TS_IPV4, 1);
	put_number(w, s->protocol, 1);
	put_number(w, 16, 2);
	put_number(w, s->first_port, 2);
	put_number(w, s->last_port, 2);
	put(w, s->first, 4);
	put(w, s->last, 4);
}

static void put_configuration(struct writer *w, const struct ike_message *m)
{
	put_number(w, m->cp_type, 1);
	put_number(w, 0, 3);
	for (unsigned i = 0; i < m->n_attributes; i++) {
		put_number(w, m->attribute[i].type, 2);
		put_number(w, m->attribute[i].value.n, 2);
		put(w, m->attribute[i].value.at, m->attribute[i].value.n);
	}
}

static void put_delete(struct writer *w, const struct ike_message *m)
{
	put_number(w, m->delete_protocol, 1);
	put_number(w, m->delete_spi_size, 1);
	put_number(w, m->delete_spi_size ? m->delete_spis.n / m->delete_spi_size : 0, 2);
	put(w, m->delete_spis.at, m->delete_spis.n);
}

static void put_body(struct writer *w, enum ike_payload payload, const struct ike_message *m)
{
	switch (payload) {
	case IKE_SA:
		for (unsigned i = 0; i < m->n_proposals; i++)
			put_proposal(w, &m->proposal[i], i + 1 == m->n_proposals);
		break;
	case IKE_KE: put_typed(w, m->ke_group, 2, 2, m->ke); break;
	case IKE_NONCE: put(w, m->nonce.at, m->nonce.n); break;
	case IKE_IDI: put_typed(w, m->idi.type, 1, 3, m->idi.data); break;
	case IKE_IDR: put_typed(w, m->idr.type, 1, 3, m->idr.data); break;
	case IKE_CERT: put_typed(w, m->cert_encoding, 1, 0, m->cert); break;
	case IKE_CERTREQ: put_typed(w, m->certreq_encoding, 1, 0, m->certreq); break;
	case IKE_AUTHENTICATION: put_typed(w, m->auth_method, 1, 3, m->auth); break;
	case IKE_EAP: put(w, m->eap.at, m->eap.n); break;
	case IKE_CP: put_configuration(w, m); break;
	case IKE_TSI: put_selector(w, &m->tsi); break;
	case IKE_TSR: put_selector(w, &m->tsr); break;
	case IKE_DELETE: put_delete(w, m); break;
	default: break;
	}
}

static void put_notifies(struct writer *w, const struct ike_message *m)
{
	for (unsigned i = 0; i < m->n_notifies; i++) {
		const struct ike_notify *n = &m->notify[i];
		size_t start = begin(w, ike_wire_type[IKE_NOTIFY]);
		put_number(w, n->protocol, 1);
		put_number(w, n->spi.n, 1);
		put_number(w, n->type, 2);
		put(w, n->spi.at, n->spi.n);
		put(w, n->data.at, n->data.n);
		end(w, start);
	}
}

static void put_payloads(struct writer *w, const struct ike_message *m)
{
	for (int payload = 0; payload < IKE_N_PAYLOADS; payload++) {
		if (!(m->present >> payload & 1))
			continue;
		if (payload == IKE_NOTIFY) {
			put_notifies(w, m);
			continue;
		}
		size_t start = begin(w, ike_wire_type[payload]);
		put_body(w, (enum ike_payload)payload, m);
		end(w, start);
	}
}

static void put_header(struct writer *w, const struct ike_message *m)
{
	put_number(w, m->spi_i, 8);
	put_number(w, m->spi_r, 8);
	w->next = w->n;
	put_number(w, IKE_NEXT_NONE, 1);
	put_number(w, IKE_VERSION, 1);
	put_number(w, m->exchange, 1);
	put_number(w, (m->from_initiator ? IKE_FLAG_INITIATOR : 0) |
	                  (m->response ? IKE_FLAG_RESPONSE : 0), 1);
	put_number(w, m->id, 4);
	put_number(w, 0, 4);
}

static size_t payload_octets(const struct ike_message *m)
{
	struct writer w = {0};

	put_payloads(&w, m);
	return w.n;
}

size_t ike_length(const struct ike_message *m)
{
	return IKE_HEADER + payload_octets(m) + (m->encrypted ? IKE_SK_EXTRA : 0);
}

/* The payloads stand at sk + header + IV; behind them room for the pad length and the tag. */
static void seal(uint8_t *message, size_t sk, size_t n, const struct ike_cipher *cipher)
{
	uint8_t *iv = message + sk + IKE_GENERIC, *text = iv + IKE_IV, nonce[IKE_SALT + IKE_IV];

	memcpy(nonce, cipher->keymat + IKE_KEY, IKE_SALT);
	memcpy(nonce + IKE_SALT, iv, IKE_IV);
	crypto_gcm_seal(cipher->crypto, cipher->suite, cipher->keymat, nonce, message,
	                sk + IKE_GENERIC, text, n, text + n);
}

static void put_sealed(struct writer *w, const struct ike_message *m,
                       const struct ike_cipher *cipher)
{
	size_t sk = begin(w, IKE_NEXT_SK), text;

	put_number(w, cipher->iv, IKE_IV);
	text = w->n;
	put_payloads(w, m); /* the first one's type goes into SK's own header: w->next is there */
	put_number(w, 0, 1);
	text = w->n - text;
	put_number(w, 0, 8);
	put_number(w, 0, 8);
	end(w, sk);
	poke(w, IKE_HEADER - 4, w->n, 4);
	if (w->n <= w->room)
		seal(w->at, sk, text, cipher);
}

size_t ike_encode(const struct ike_message *m, const struct ike_cipher *cipher, uint8_t *out,
                  size_t room)
{
	struct writer w = {.at = out, .room = room};

	SIM_ASSERT(cipher || !m->encrypted);
	put_header(&w, m);
	if (m->encrypted) {
		put_sealed(&w, m, cipher);
	} else {
		put_payloads(&w, m);
		poke(&w, IKE_HEADER - 4, w.n, 4);
	}
	return w.n <= room ? w.n : 0;
}

size_t ike_identity_body(const struct ike_identity *identity, uint8_t *out)
{
	struct writer w = {.at = out, .room = SIZE_MAX};

	put_typed(&w, identity->type, 1, 3, identity->data);
	return w.n;
}

/* RFC 4303 2.4: padding to four octets, pad length and next header before the tag. */
uint32_t ike_esp_datagram_octets(uint32_t n)
{
	return IKE_ESP_HEADER + (n + 2 + 3) / 4 * 4 + IKE_ESP_TAG;
}

uint32_t ike_esp_octets(uint32_t nas_octets)
{
	return ike_esp_datagram_octets(IKE_ESP_INNER + 2 + nas_octets);
}
