/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The octet strings that the twin's parties hash, authenticate and sign (docs/DT_INTERFACE.md),
 * and the causes that they answer with. Pure encoding: each text begins with a label of its own,
 * so that no signature made for one purpose is valid for another. Numbers are big-endian.
 */
#ifndef MODELS_MSG_DT_H
#define MODELS_MSG_DT_H

#include "models/msg/msg.h"

enum { DT_TEXT_MAX = 288, DT_AF_ID_MAX = 64, DT_MSIN_OCTETS = 5 };

/*
 * Causes of the twin's interface; above those of 5GMM that are used (TS 24.501 9.11.3.2: to
 * 111).
 */
#define DT_CAUSES(CAUSE)                                                                           \
	CAUSE(NO_ANSWER, 128, "no answer after all repetitions")                                      \
	CAUSE(NOT_CONNECTED, 129, "the headset is not registered")                                    \
	CAUSE(A_TID_UNKNOWN, 130, "the AAnF does not know the A-KID")                                 \
	CAUSE(MAC_FAILURE, 131, "a MAC by KAF is wrong")                                              \
	CAUSE(SESSION_UNKNOWN, 132, "no such session")                                                \
	CAUSE(REPLAY, 133, "an older request of the session")                                         \
	CAUSE(TWIN_EXISTS, 134, "the subscriber has a twin already")                                  \
	CAUSE(MANIFEST_EXISTS, 135, "the manifest is registered already")                             \
	CAUSE(NO_TWIN, 136, "the subscriber has no twin")                                             \
	CAUSE(OWNER_PROOF, 137, "the owner key is not proven")                                        \
	CAUSE(UNKNOWN_AUDIENCE, 138, "no such hospital")                                              \
	CAUSE(AANF_TIMEOUT, 139, "the AAnF did not answer")                                           \
	CAUSE(LEDGER_TIMEOUT, 140, "the ledger did not confirm")                                      \
	CAUSE(STORE_TIMEOUT, 141, "the home database did not confirm")                                \
	CAUSE(LEDGER_SIGNATURE, 142, "the ledger's signature is wrong")                               \
	CAUSE(SIGNATURE, 143, "the home network's signature is wrong")                                \
	CAUSE(AUDIENCE, 144, "the assertion is for another hospital")                                 \
	CAUSE(EXPIRED, 145, "the assertion is not valid any more")                                    \
	CAUSE(REVOKED, 146, "the pseudonym is revoked")                                               \
	CAUSE(POSSESSION, 147, "the holder key is not proven")                                        \
	CAUSE(HOSPITAL_UNTRUSTED, 148, "the hospital's signature is wrong")                           \
	CAUSE(DTF_UNTRUSTED, 149, "the DTF's answer is not authentic")                                \
	CAUSE(TOKEN_TAKEN, 150, "the ledger has the token with another owner")
#define DT_CAUSE_VALUE(symbol, value, text) DT_CAUSE_##symbol = value,
enum dt_cause { DT_CAUSES(DT_CAUSE_VALUE) };
#undef DT_CAUSE_VALUE
const char *dt_cause_text(uint8_t cause); /* NULL: none of these */

struct dt_text {
	uint32_t n;
	uint8_t octets[DT_TEXT_MAX];
};

/* AF_ID of the DTF: FQDN and Ua* protocol identifier (TS 33.535 A.4). Returns its length. */
uint32_t dt_af_id(const char *mcc, const char *mnc, uint8_t out[DT_AF_ID_MAX]);
/* The same of a hospital, numbered from 0. */
uint32_t dt_hospital_af_id(const char *mcc, const char *mnc, uint16_t hospital,
                           uint8_t out[DT_AF_ID_MAX]);

/* DT1, by KAF: who opens a session; the DTF's proof; each request and answer of the session. */
struct dt_text dt_text_session(const uint8_t a_tid[32], const uint8_t nonce[16]);
struct dt_text dt_text_session_answer(const uint8_t a_tid[32], const uint8_t nonce[16],
                                      const uint8_t nonce2[16], uint64_t session);
struct dt_text dt_text_request(const struct msg *request, const uint8_t nonce2[16]);
struct dt_text dt_text_answer(const struct msg *answer, const uint8_t nonce2[16]);
/* Possession of the owner key, within the session of nonce2. */
struct dt_text dt_text_owner(const uint8_t nonce2[16], const uint8_t root[32],
                             const uint8_t owner_key[32]);

/* Inside the DTF: what is hashed or keyed to make the token, the pseudonym, the salt. */
struct dt_text dt_text_binding(const uint8_t salt[16], uint64_t msin, const uint8_t root[32]);
struct dt_text dt_text_pseudonym(uint64_t msin, const uint8_t holder_key[32]);
struct dt_text dt_text_salt(uint64_t msin, const uint8_t holder_key[32]);
struct dt_text dt_text_commitment(const uint8_t salt[32], const uint8_t root[32]);
struct dt_text dt_text_seal(uint64_t msin, const uint8_t token[32], const uint8_t root[32]);
/* What the home network signs for hospitals, and for the ledger. */
struct dt_text dt_text_assertion(const struct msg_assertion *assertion);
struct dt_text dt_text_mint(const uint8_t token[32], const uint8_t owner_key[32]);

/* The ledger: an entry, a block, the confirmation of an entry. */
struct dt_text dt_text_block(uint64_t number, const uint8_t previous[32],
                             const uint8_t entries[32]);
struct dt_text dt_text_final(const uint8_t token[32], uint64_t number, const uint8_t block[32]);

/* DT2 with AKMA, by KAF: who says hello; the hospital's proof. */
struct dt_text dt_text_akma(uint16_t hospital, const uint8_t a_tid[32], const uint8_t nonce[16]);
struct dt_text dt_text_akma_answer(uint16_t hospital, const uint8_t a_tid[32],
                                   const uint8_t nonce[16], const uint8_t nonce2[16]);
/* DT2: the hospital's challenge, the surgeon's proof, admission, the end. */
struct dt_text dt_text_challenge(uint16_t hospital, const uint8_t nonce[16],
                                 const uint8_t nonce2[16], uint64_t session);
struct dt_text dt_text_possession(uint16_t hospital, const uint8_t nonce[16],
                                  const uint8_t nonce2[16],
                                  const struct msg_assertion *assertion);
struct dt_text dt_text_admit(uint16_t hospital, const uint8_t nonce[16], const uint8_t nonce2[16],
                             const uint8_t pseudonym[16]);
struct dt_text dt_text_leave(uint16_t hospital, const uint8_t nonce[16], const uint8_t nonce2[16]);

/* The MSIN as ten BCD digits, first digit first: what is sealed to the care team. */
void dt_msin_encode(uint64_t msin, uint8_t out[DT_MSIN_OCTETS]);
bool dt_msin_decode(const uint8_t in[DT_MSIN_OCTETS], uint64_t *msin);

#endif
