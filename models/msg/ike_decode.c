/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/prins.h"
#include "models/msg/ike_layout.h"
#include <string.h>

/* Reads octets from at to end; the first failure counts, and after it nothing moves. */
struct reader {
	const uint8_t *in;
	size_t at, end;
	const char *what;
	uint8_t cause;
};

static void fail(struct reader *r, uint8_t cause, const char *what)
{
	if (r->what)
		return;
	r->what = what;
	r->cause = cause;
}

static bool take(struct reader *r, size_t n)
{
	if (!r->what && n > r->end - r->at)
		fail(r, IKE_INVALID_SYNTAX, "the octets end here");
	return !r->what;
}

static uint64_t number(struct reader *r, unsigned n)
{
	uint64_t value = 0;

	if (!take(r, n))
		return 0;
	for (unsigned i = 0; i < n; i++)
		value = value << 8 | r->in[r->at++];
	return value;
}

static struct ike_octets octets(struct reader *r, size_t n)
{
	struct ike_octets o = {0};

	if (!take(r, n))
		return o;
	o.at = r->in + r->at;
	o.n = (uint16_t)n;
	r->at += n;
	return o;
}

static struct ike_octets rest(struct reader *r)
{
	return octets(r, r->end - r->at);
}

static void copy(struct reader *r, uint8_t *out, size_t n)
{
	struct ike_octets o = octets(r, n);

	if (o.n)
		memcpy(out, o.at, o.n);
}

/* A part with its length in octets 2 and 3, counted from its first octet. Returns where it ends. */
static size_t part(struct reader *r, size_t header)
{
	size_t start = r->at, n;

	number(r, 2);
	n = (size_t)number(r, 2);
	if (n < header || n > r->end - start)
		fail(r, IKE_INVALID_SYNTAX, "a length that cannot be");
	return r->what ? r->at : start + n;
}

/* ---- security associations ---- */

static void attributes_of(struct reader *r, size_t end, struct ike_transform *t)
{
	while (r->at < end && !r->what) {
		uint64_t type = number(r, 2);
		uint64_t value = number(r, 2);
		if (type == (0x8000 | IKE_ATTRIBUTE_KEY_LENGTH))
			t->key_bits = (uint16_t)value;
		else if (!(type & 0x8000))
			octets(r, (size_t)value);
	}
	if (r->at > end)
		fail(r, IKE_INVALID_SYNTAX, "an attribute beyond its transform");
}

static void transform(struct reader *r, struct ike_proposal *p)
{
	struct ike_transform t = {0};
	size_t end = part(r, 8);

	t.type = (uint8_t)number(r, 1);
	number(r, 1);
	t.id = (uint16_t)number(r, 2);
	attributes_of(r, end, &t);
	if (p->n == IKE_TRANSFORMS)
		fail(r, IKE_NO_PROPOSAL_CHOSEN, "more transforms than there is room for");
	if (!r->what)
		p->transform[p->n++] = t;
}

static void proposal(struct reader *r, struct ike_message *m)
{
	struct ike_proposal p = {0};
	size_t end = part(r, 8), outer = r->end;
	unsigned n;

	p.number = (uint8_t)number(r, 1);
	p.protocol = (uint8_t)number(r, 1);
	p.n_spi = (uint8_t)number(r, 1);
	n = (unsigned)number(r, 1);
	if (p.n_spi > sizeof p.spi)
		fail(r, IKE_INVALID_SYNTAX, "a security parameter index of more than 8 octets");
	if (r->what)
		return;
	r->end = end;
	copy(r, p.spi, p.n_spi);
	for (unsigned i = 0; i < n && !r->what; i++)
		transform(r, &p);
	if (!r->what && r->at != end)
		fail(r, IKE_INVALID_SYNTAX, "octets left over in a proposal");
	r->end = outer;
	if (m->n_proposals == IKE_PROPOSALS)
		fail(r, IKE_NO_PROPOSAL_CHOSEN, "more proposals than there is room for");
	if (!r->what)
		m->proposal[m->n_proposals++] = p;
}

/* ---- the other payloads ---- */

static void identity(struct reader *r, struct ike_identity *identity)
{
	identity->type = (uint8_t)number(r, 1);
	number(r, 3);
	identity->data = rest(r);
}

static void notify(struct reader *r, struct ike_message *m)
{
	struct ike_notify n = {0};
	size_t spi;

	n.protocol = (uint8_t)number(r, 1);
	spi = (size_t)number(r, 1);
	n.type = (uint16_t)number(r, 2);
	n.spi = octets(r, spi);
	n.data = rest(r);
	if (!r->what && m->n_notifies < IKE_NOTIFIES) /* others say what nobody here asks for */
		m->notify[m->n_notifies++] = n;
}

static void selector(struct reader *r, struct ike_selector *s)
{
	if (number(r, 1) != 1)
		fail(r, IKE_INVALID_SYNTAX, "not one traffic selector");
	number(r, 3);
	if (number(r, 1) != IKE_TS_IPV4)
		fail(r, IKE_INVALID_SYNTAX, "a traffic selector other than IPv4");
	s->protocol = (uint8_t)number(r, 1);
	if (number(r, 2) != 16)
		fail(r, IKE_INVALID_SYNTAX, "a length that cannot be");
	s->first_port = (uint16_t)number(r, 2);
	s->last_port = (uint16_t)number(r, 2);
	copy(r, s->first, 4);
	copy(r, s->last, 4);
}

static void configuration(struct reader *r, struct ike_message *m)
{
	m->cp_type = (uint8_t)number(r, 1);
	number(r, 3);
	while (r->at < r->end && !r->what) {
		struct ike_attribute a = {.type = (uint16_t)(number(r, 2) & 0x7fff)};
		a.value = octets(r, (size_t)number(r, 2));
		if (!r->what && m->n_attributes < IKE_ATTRIBUTES)
			m->attribute[m->n_attributes++] = a;
	}
}

static void deletion(struct reader *r, struct ike_message *m)
{
	size_t n;

	m->delete_protocol = (uint8_t)number(r, 1);
	m->delete_spi_size = (uint8_t)number(r, 1);
	n = (size_t)number(r, 2) * m->delete_spi_size;
	m->delete_spis = octets(r, n);
}

static void body(struct reader *r, enum ike_payload payload, struct ike_message *m)
{
	switch (payload) {
	case IKE_SA:
		while (r->at < r->end && !r->what)
			proposal(r, m);
		break;
	case IKE_KE:
		m->ke_group = (uint16_t)number(r, 2);
		number(r, 2);
		m->ke = rest(r);
		break;
	case IKE_NONCE: m->nonce = rest(r); break;
	case IKE_IDI: identity(r, &m->idi); break;
	case IKE_IDR: identity(r, &m->idr); break;
	case IKE_CERT:
		m->cert_encoding = (uint8_t)number(r, 1);
		m->cert = rest(r);
		break;
	case IKE_CERTREQ:
		m->certreq_encoding = (uint8_t)number(r, 1);
		m->certreq = rest(r);
		break;
	case IKE_AUTHENTICATION:
		m->auth_method = (uint8_t)number(r, 1);
		number(r, 3);
		m->auth = rest(r);
		break;
	case IKE_EAP: m->eap = rest(r); break;
	case IKE_CP: configuration(r, m); break;
	case IKE_TSI: selector(r, &m->tsi); break;
	case IKE_TSR: selector(r, &m->tsr); break;
	case IKE_NOTIFY: notify(r, m); break;
	case IKE_DELETE: deletion(r, m); break;
	default: break;
	}
	if (!r->what && r->at != r->end)
		fail(r, IKE_INVALID_SYNTAX, "octets left over in a payload");
}

static int payload_of(unsigned type)
{
	for (int i = 0; i < IKE_N_PAYLOADS; i++)
		if (ike_wire_type[i] == type)
			return i;
	return -1;
}

/* 2.5: one that is unknown is skipped, unless it says that it must not be; any order will do. */
static void one_payload(struct reader *r, int payload, bool critical, size_t end,
                        struct ike_message *m)
{
	size_t outer = r->end;

	if (payload < 0) {
		if (critical)
			fail(r, IKE_UNSUPPORTED_CRITICAL_PAYLOAD, "a payload that must not be ignored");
		r->at = r->what ? r->at : end;
		return;
	}
	if (m->present >> payload & 1 && payload != IKE_NOTIFY)
		fail(r, IKE_INVALID_SYNTAX, "a payload twice");
	r->end = end;
	body(r, (enum ike_payload)payload, m);
	r->end = outer;
	m->present |= 1u << payload;
}

static void payloads(struct reader *r, unsigned type, struct ike_message *m)
{
	while (type != IKE_NEXT_NONE && !r->what) {
		size_t start = r->at, end = part(r, IKE_GENERIC);
		unsigned next = r->what ? 0 : r->in[start];
		bool critical = !r->what && r->in[start + 1] & IKE_CRITICAL;
		if (!r->what)
			one_payload(r, payload_of(type), critical, end, m);
		type = next;
	}
	if (!r->what && r->at != r->end)
		fail(r, IKE_INVALID_SYNTAX, "octets behind the last payload");
}

/* ---- the SK payload ---- */

/* Into plain: the payloads without padding. Their length in *n. */
static void unseal(struct reader *r, const struct ike_cipher *cipher, uint8_t *plain, size_t *n)
{
	size_t text = r->at + IKE_GENERIC + IKE_IV, n_text;
	uint8_t padding, nonce[IKE_SALT + IKE_IV];

	if (r->end < text + 1 + IKE_TAG) {
		fail(r, IKE_INVALID_SYNTAX, "an encrypted payload that is too short");
		return;
	}
	n_text = r->end - text - IKE_TAG;
	memcpy(nonce, cipher->keymat + IKE_KEY, IKE_SALT);
	memcpy(nonce + IKE_SALT, r->in + text - IKE_IV, IKE_IV);
	memcpy(plain, r->in + text, n_text);
	if (!crypto_gcm_open(cipher->crypto, cipher->suite, cipher->keymat, nonce, r->in,
	                     r->at + IKE_GENERIC, plain, n_text, r->in + text + n_text)) {
		fail(r, IKE_INVALID_SYNTAX, "a wrong integrity check value");
		return;
	}
	padding = plain[n_text - 1];
	if (padding + 1u > n_text)
		fail(r, IKE_INVALID_SYNTAX, "more padding than there are octets");
	*n = r->what ? 0 : n_text - 1 - padding;
}

static void encrypted(struct reader *r, const struct ike_cipher *cipher, uint8_t *plain,
                      struct ike_message *m)
{
	size_t sk = r->at, end = part(r, IKE_GENERIC), n = 0;

	if (!r->what && end != r->end)
		fail(r, IKE_INVALID_SYNTAX, "octets behind the encrypted payload");
	m->encrypted = true;
	if (r->what || !cipher)
		return;
	r->at = sk;
	unseal(r, cipher, plain, &n);
	if (r->what)
		return;
	unsigned first = r->in[sk];
	*r = (struct reader){.in = plain, .end = n};
	payloads(r, first, m);
}

/* ---- the header ---- */

static unsigned header(struct reader *r, struct ike_message *m)
{
	unsigned next, version, flags;

	m->spi_i = number(r, 8);
	m->spi_r = number(r, 8);
	next = (unsigned)number(r, 1);
	version = (unsigned)number(r, 1);
	m->exchange = (uint8_t)number(r, 1);
	flags = (unsigned)number(r, 1);
	m->from_initiator = flags & IKE_FLAG_INITIATOR;
	m->response = flags & IKE_FLAG_RESPONSE;
	m->id = (uint32_t)number(r, 4);
	if (!r->what && version >> 4 > IKE_VERSION >> 4)
		fail(r, IKE_INVALID_MAJOR_VERSION, "a later major version");
	if (number(r, 4) != r->end)
		fail(r, IKE_INVALID_SYNTAX, "a length that is not the datagram's");
	return next;
}

bool ike_decode(const uint8_t *in, size_t n, const struct ike_cipher *cipher, uint8_t *plain,
                struct ike_message *m, struct msg_fault *fault)
{
	struct reader r = {.in = in, .end = n};
	unsigned next;

	memset(m, 0, sizeof *m);
	next = header(&r, m);
	if (next == IKE_NEXT_SK && !r.what)
		encrypted(&r, cipher, plain, m);
	else
		payloads(&r, next, m);
	return !r.what || msg_refuse(fault, r.cause, (uint32_t)r.at, r.what);
}
