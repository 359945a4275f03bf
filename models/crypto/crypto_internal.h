/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of struct crypto; for models/crypto alone. */
#ifndef MODELS_CRYPTO_CRYPTO_INTERNAL_H
#define MODELS_CRYPTO_CRYPTO_INTERNAL_H

#include "models/crypto/suite.h"
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <time.h>

enum { CRYPTO_PKEYS = 64 };

/*
 * An Ed25519 key. OpenSSL computes the public half whenever a private key is loaded, which costs as
 * much as a signature: keys in use over and over (network, DTF, hospitals) are remembered.
 */
struct crypto_pkey {
	bool private;
	uint8_t octets[32];
	EVP_PKEY *pkey; /* NULL: empty */
};

struct crypto_x25519; /* keys and what is reused: x25519.c */
struct crypto_p256;   /* the group and what is reused: p256.c */
struct crypto_memo;   /* of the suites memoised and pooled: memo.c */

/* A cipher fetched once, and the key whose schedule its context holds. */
struct crypto_cipher {
	EVP_CIPHER *algorithm;
	EVP_CIPHER_CTX *ctx;
	bool keyed;
	uint8_t key[16];
};

/* HMAC-SHA-256 after the first block of either hash, for a key filled up with zeros. */
struct crypto_hmac_state {
	bool keyed;
	uint8_t key[64];
	SHA256_CTX inner, outer;
};

struct crypto {
	struct crypto_hmac_state hmac;
	struct crypto_cipher aes, ctr, cmac, gcm;
	uint8_t cmac_k1[16], cmac_k2[16]; /* subkeys of cmac's key */
	EVP_MD_CTX *signer;
	struct crypto_pkey pkey[CRYPTO_PKEYS];
	struct crypto_x25519 *x25519;
	struct crypto_p256 *p256;
	struct crypto_memo *memo;
	bool metered;
	uint32_t depth;       /* of nested operations: the outermost one is timed, or not */
	uint32_t until_timed; /* operations without public keys until the next one timed  */
	uint32_t weight;      /* of the operation under way; 0: it is not timed           */
	int64_t entered_ns, spent_ns;
};

static inline int64_t crypto_host_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
/* A prime: procedures have a few dozen operations each, in the same order. */
enum { CRYPTO_SAMPLED = 61 };

static inline void crypto_time(struct crypto *c, uint32_t weight)
{
	c->weight = weight;
	c->entered_ns = crypto_host_ns();
}
/* Around every public operation; what a stand-in does is not worth a look at the clock. */
static inline void crypto_enter(struct crypto *c, const struct crypto_suite *suite)
{
	if (!c->metered || c->depth++ > 0 || suite->stands_in || --c->until_timed > 0)
		return;
	c->until_timed = CRYPTO_SAMPLED;
	crypto_time(c, CRYPTO_SAMPLED);
}
/* The same, when it works with a public key. */
static inline void crypto_enter_public(struct crypto *c, const struct crypto_suite *suite)
{
	if (c->metered && c->depth++ == 0 && !suite->stands_in)
		crypto_time(c, 1);
}
static inline void crypto_leave(struct crypto *c)
{
	if (!c->metered || --c->depth > 0 || c->weight == 0)
		return;
	c->spent_ns += (crypto_host_ns() - c->entered_ns) * c->weight;
	c->weight = 0;
}

/* The Ed25519 key as OpenSSL object, remembered in c; NULL when OpenSSL refuses it. */
EVP_PKEY *crypto_pkey(struct crypto *c, bool private, const uint8_t octets[32]);

struct crypto_x25519 *crypto_x25519_new(void);
void crypto_x25519_free(struct crypto_x25519 *x);
struct crypto_p256 *crypto_p256_new(void);
void crypto_p256_free(struct crypto_p256 *p);
struct crypto_memo *crypto_memo_new(void);
void crypto_memo_free(struct crypto_memo *memo);

void crypto_aes_new(struct crypto *c);
void crypto_aes_free(struct crypto *c);

#endif
