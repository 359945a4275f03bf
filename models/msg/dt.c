/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/dt.h"

#include "sim/core/status.h"
#include <stdio.h>
#include <string.h>

const char *dt_cause_text(uint8_t cause)
{
	switch (cause) {
#define CAUSE_TEXT(symbol, value, text)                                                            \
	case value:                                                                                   \
		return text;
		DT_CAUSES(CAUSE_TEXT)
#undef CAUSE_TEXT
	default:
		return NULL;
	}
}

/*
 * TS 33.220 Annex H: the Ua security protocol identifier of TLS is 01 00 01 and the cipher suite,
 * here TLS_AES_128_GCM_SHA256 (RFC 8446 B.4: 13 01).
 */
static uint32_t af_id(const char *name, const char *mcc, const char *mnc, uint8_t out[DT_AF_ID_MAX])
{
	static const uint8_t protocol[5] = {0x01, 0x00, 0x01, 0x13, 0x01};
	int n = snprintf((char *)out, DT_AF_ID_MAX, "%s.5gc.mnc%s%s.mcc%s.3gppnetwork.org", name,
	                 strlen(mnc) == 2 ? "0" : "", mnc, mcc);
	SIM_ASSERT(n > 0 && (size_t)n + sizeof protocol <= DT_AF_ID_MAX);
	memcpy(out + n, protocol, sizeof protocol);
	return (uint32_t)n + sizeof protocol;
}

uint32_t dt_af_id(const char *mcc, const char *mnc, uint8_t out[DT_AF_ID_MAX])
{
	return af_id("dtf", mcc, mnc, out);
}

uint32_t dt_hospital_af_id(const char *mcc, const char *mnc, uint16_t hospital,
                           uint8_t out[DT_AF_ID_MAX])
{
	char name[16];

	snprintf(name, sizeof name, "hospital%05u", hospital + 1u);
	return af_id(name, mcc, mnc, out);
}

static struct dt_text begin(const char *label)
{
	struct dt_text text = {.n = (uint32_t)strlen(label) + 1};
	memcpy(text.octets, label, text.n);
	return text;
}

static void put(struct dt_text *text, const void *octets, uint32_t n)
{
	SIM_ASSERT(text->n + n <= DT_TEXT_MAX);
	memcpy(text->octets + text->n, octets, n);
	text->n += n;
}

static void put_number(struct dt_text *text, uint64_t value, uint32_t octets)
{
	uint8_t out[8];
	for (uint32_t i = 0; i < octets; i++)
		out[i] = (uint8_t)(value >> 8 * (octets - 1 - i));
	put(text, out, octets);
}

/* ---- DT1 ---- */

struct dt_text dt_text_session(const uint8_t a_tid[32], const uint8_t nonce[16])
{
	struct dt_text text = begin("DT1 session");
	put(&text, a_tid, 32);
	put(&text, nonce, 16);
	return text;
}

struct dt_text dt_text_session_answer(const uint8_t a_tid[32], const uint8_t nonce[16],
                                      const uint8_t nonce2[16], uint64_t session)
{
	struct dt_text text = begin("DT1 session answer");
	put(&text, a_tid, 32);
	put(&text, nonce, 16);
	put(&text, nonce2, 16);
	put_number(&text, session, 8);
	return text;
}

/* A number of its own, which no other message changes. */
static uint64_t number_of(uint8_t type)
{
	switch (type) {
	case MSG_DTF_ENROL:
		return 1;
	case MSG_DTF_ENROL_RSP:
		return 2;
	case MSG_DTF_ASSERTION:
		return 3;
	case MSG_DTF_ASSERTION_RSP:
		return 4;
	case MSG_DTF_LEAVE:
		return 5;
	case MSG_DTF_LEAVE_RSP:
		return 6;
	default:
		return 0;
	}
}

struct dt_text dt_text_request(const struct msg *request, const uint8_t nonce2[16])
{
	struct dt_text text = begin("DT1 request");
	put_number(&text, number_of(request->type), 1);
	put(&text, nonce2, 16);
	put_number(&text, request->dt.count, 4);
	put(&text, request->dt.root, 32);
	put(&text, request->dt.key, 32);
	put_number(&text, request->dt.hospital, 2);
	return text;
}

struct dt_text dt_text_answer(const struct msg *answer, const uint8_t nonce2[16])
{
	struct dt_text text = begin("DT1 answer");
	put_number(&text, number_of(answer->type), 1);
	put_number(&text, answer->cause, 1);
	put(&text, nonce2, 16);
	put_number(&text, answer->dt.count, 4);
	put(&text, answer->dt.tid, 32);
	put(&text, answer->assertion.signature, 64);
	return text;
}

struct dt_text dt_text_owner(const uint8_t nonce2[16], const uint8_t root[32],
                             const uint8_t owner_key[32])
{
	struct dt_text text = begin("DT1 owner");
	put(&text, nonce2, 16);
	put(&text, root, 32);
	put(&text, owner_key, 32);
	return text;
}

/* ---- inside the home network ---- */

struct dt_text dt_text_binding(const uint8_t salt[16], uint64_t msin, const uint8_t root[32])
{
	struct dt_text text = begin("DT binding");
	put(&text, salt, 16);
	put_number(&text, msin, 8);
	put(&text, root, 32);
	return text;
}

struct dt_text dt_text_pseudonym(uint64_t msin, const uint8_t holder_key[32])
{
	struct dt_text text = begin("DT pseudonym");
	put_number(&text, msin, 8);
	put(&text, holder_key, 32);
	return text;
}

struct dt_text dt_text_salt(uint64_t msin, const uint8_t holder_key[32])
{
	struct dt_text text = begin("DT salt");
	put_number(&text, msin, 8);
	put(&text, holder_key, 32);
	return text;
}

struct dt_text dt_text_commitment(const uint8_t salt[32], const uint8_t root[32])
{
	struct dt_text text = begin("DT commitment");
	put(&text, salt, 32);
	put(&text, root, 32);
	return text;
}

struct dt_text dt_text_seal(uint64_t msin, const uint8_t token[32], const uint8_t root[32])
{
	struct dt_text text = begin("DT record");
	put_number(&text, msin, 8);
	put(&text, token, 32);
	put(&text, root, 32);
	return text;
}

struct dt_text dt_text_assertion(const struct msg_assertion *assertion)
{
	struct dt_text text = begin("DT assertion");
	SIM_ASSERT(assertion->sealed_n <= MSG_SCHEME_MAX);
	put(&text, assertion->pseudonym, 16);
	put(&text, assertion->holder_key, 32);
	put(&text, assertion->commitment, 32);
	put_number(&text, assertion->hospital, 2);
	put_number(&text, (uint64_t)assertion->not_after_ns, 8);
	put_number(&text, assertion->sealed_n, 1);
	put(&text, assertion->sealed, assertion->sealed_n);
	return text;
}

struct dt_text dt_text_mint(const uint8_t token[32], const uint8_t owner_key[32])
{
	struct dt_text text = begin("DT3 mint");
	put(&text, token, 32);
	put(&text, owner_key, 32);
	return text;
}

/* ---- the ledger ---- */

struct dt_text dt_text_block(uint64_t number, const uint8_t previous[32], const uint8_t entries[32])
{
	struct dt_text text = begin("DT3 block");
	put_number(&text, number, 8);
	put(&text, previous, 32);
	put(&text, entries, 32);
	return text;
}

struct dt_text dt_text_final(const uint8_t token[32], uint64_t number, const uint8_t block[32])
{
	struct dt_text text = begin("DT3 final");
	put(&text, token, 32);
	put_number(&text, number, 8);
	put(&text, block, 32);
	return text;
}

/* ---- DT2 ---- */

static struct dt_text transcript(const char *label, uint16_t hospital, const uint8_t nonce[16],
                                 const uint8_t nonce2[16])
{
	struct dt_text text = begin(label);
	put_number(&text, hospital, 2);
	put(&text, nonce, 16);
	put(&text, nonce2, 16);
	return text;
}

struct dt_text dt_text_akma(uint16_t hospital, const uint8_t a_tid[32], const uint8_t nonce[16])
{
	struct dt_text text = begin("DT2 AKMA");
	put_number(&text, hospital, 2);
	put(&text, a_tid, 32);
	put(&text, nonce, 16);
	return text;
}

struct dt_text dt_text_akma_answer(uint16_t hospital, const uint8_t a_tid[32],
                                   const uint8_t nonce[16], const uint8_t nonce2[16])
{
	struct dt_text text = begin("DT2 AKMA answer");
	put_number(&text, hospital, 2);
	put(&text, a_tid, 32);
	put(&text, nonce, 16);
	put(&text, nonce2, 16);
	return text;
}

struct dt_text dt_text_challenge(uint16_t hospital, const uint8_t nonce[16],
                                 const uint8_t nonce2[16], uint64_t session)
{
	struct dt_text text = transcript("DT2 challenge", hospital, nonce, nonce2);
	put_number(&text, session, 8);
	return text;
}

struct dt_text dt_text_possession(uint16_t hospital, const uint8_t nonce[16],
                                  const uint8_t nonce2[16], const struct msg_assertion *assertion)
{
	struct dt_text text = transcript("DT2 possession", hospital, nonce, nonce2);
	put(&text, assertion->signature, 64);
	return text;
}

struct dt_text dt_text_admit(uint16_t hospital, const uint8_t nonce[16], const uint8_t nonce2[16],
                             const uint8_t pseudonym[16])
{
	struct dt_text text = transcript("DT2 admit", hospital, nonce, nonce2);
	put(&text, pseudonym, 16);
	return text;
}

struct dt_text dt_text_leave(uint16_t hospital, const uint8_t nonce[16], const uint8_t nonce2[16])
{
	return transcript("DT2 leave", hospital, nonce, nonce2);
}

/* ---- sealed identity ---- */

void dt_msin_encode(uint64_t msin, uint8_t out[DT_MSIN_OCTETS])
{
	SIM_ASSERT(msin <= UINT64_C(9999999999)); /* ten digits at most: TS 23.003 2.2 */
	for (int i = DT_MSIN_OCTETS - 1; i >= 0; i--) {
		out[i] = (uint8_t)(msin % 10 | msin / 10 % 10 << 4);
		msin /= 100;
	}
}

bool dt_msin_decode(const uint8_t in[DT_MSIN_OCTETS], uint64_t *msin)
{
	*msin = 0;
	for (int i = 0; i < DT_MSIN_OCTETS; i++) {
		if ((in[i] >> 4) > 9 || (in[i] & 15) > 9)
			return false;
		*msin = *msin * 100 + (uint64_t)(in[i] >> 4) * 10 + (in[i] & 15);
	}
	return true;
}
