/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      N32-f: a message of the SBI between two SEPPs, with TLS as it stands, with PRINS as a
 *             reformatted message: what is to be protected in the AAD of a JWE, subscriber
 *             identities and authentication material in its ciphertext (TS 33.501 13.2.3.2),
 *             modifications of an IPX verified when there are any. N32-c is rows of sbi.h.
 * Leaves out  what an IPX may change (its patches are verified, not applied), key refresh.
 * Sources     TS 33.501 13.2.4, TS 29.573 6.2.
 */
#ifndef MODELS_MSG_N32_H
#define MODELS_MSG_N32_H

#include "models/crypto/prins.h"
#include "models/msg/jose.h"
#include "models/msg/sbi.h"

enum {
	N32_OCTETS_MAX = 8192,
	N32_TLS_RECORD = 22, /* RFC 8446 5.2: header 5, content type 1, tag 16 */
	N32_CONTEXT_TEXT = 17
};

/* What both SEPPs know after N32-c. */
struct n32_context {
	bool prins;
	char id[N32_CONTEXT_TEXT]; /* n32fContextId: 16 hexadecimal digits */
	struct jose_keys jose;
	struct crypto_n32_keys keys;
	uint32_t seq[CRYPTO_N32_FLOWS]; /* of this end: encryptions so far */
	const uint8_t *ipx_public;      /* 33 octets: who may modify; NULL: nobody */
};
/* PRINS: master by the TLS exporter, 64 octets. TLS: jose and master may be NULL. */
void n32_init(struct n32_context *context, bool prins, const uint8_t id[8],
              const struct jose_keys *jose, const uint8_t master[64]);

/* reverse: the client is the SEPP that did not begin N32-c. Returns 0 when it does not fit. */
uint32_t n32_encode(struct n32_context *context, const struct sbi *sbi, struct http2_sender *sender,
                    uint32_t stream, bool reverse, const struct msg *msg, uint8_t *out,
                    uint32_t room);
/* As sbi_decode(). A JWE that is not authentic is a fault 403. */
bool n32_decode(struct n32_context *context, const struct sbi *sbi, const struct http2_message *in,
                bool reverse, enum msg_type request, struct msg *msg, struct msg_fault *fault);

/* Octets on a warm connection with the record of TLS around; looked up. */
struct n32_octets;
/* jose NULL: TLS. Borrows `plain`. */
struct n32_octets *n32_octets_new(struct sim_arena *arena, const struct sbi *sbi,
                                  const struct sbi_octets *plain, const struct jose_keys *jose);
uint32_t n32_octets(const struct n32_octets *octets, const struct msg *msg);

#endif
