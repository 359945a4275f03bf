/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cryptographic modes behind one table of primitives.
 *
 *   crypto_suite_real       OpenSSL, and MILENAGE and TUAK of our own
 *   crypto_suite_memoised   real, but of the two ends that agree on an ECDH secret the second takes
 *                           what the first has computed: the same octets
 *   crypto_suite_pooled     real, but key pairs that should be used once come from a pool, in turn
 *                           (crypto_pool()), and secrets between the same keys are remembered
 *   crypto_suite_cost       a keyed stand-in (products folded, as wyhash does) of some
 *                           nanoseconds: the same lengths, the same success and failure, outputs
 *                           as unlinkable to an observer
 *
 * Everything above the primitives (kdf.h, aka.h, eap_aka.h, ecies.h, nia.h, prins.h, sign.h) is
 * the same code in all modes, so a wrong MAC, a synch failure or a SUCI that cannot be opened is
 * one in all. Both ends of an operation must use the same suite. Models call those headers, not
 * the primitives: they run the meter.
 *
 * What the stand-in leaves out: it resists no cryptanalysis (whoever knows a public key could
 * sign). Attackers in the model forge without keys, by guessing, and fail in every mode.
 */
#ifndef MODELS_CRYPTO_SUITE_H
#define MODELS_CRYPTO_SUITE_H

#include "models/crypto/crypto.h"
#include <stddef.h>

enum {
	CRYPTO_KEY = 32,       /* KAUSF, KSEAF, KAMF, KAKMA, KAF, private keys, SHA-256 */
	CRYPTO_KEY128 = 16,    /* K, OPc, CK, IK, RES*, NAS keys                        */
	CRYPTO_P256_POINT = 33, /* compressed: 02 or 03, x (SEC 1 2.3.3)                */
	CRYPTO_OPC_MAX = 32,   /* OPc 16, TOPc 32                                       */
	CRYPTO_SIGNATURE = 64
};

/* What f2, f3, f4, f5 give (TS 33.102 6.3.2), RES of 64 bits, CK and IK of 128. */
struct crypto_f2345 {
	uint8_t res[8], ck[16], ik[16], ak[6];
};

/* The AKA functions of TS 33.102 6.3 as an operator chose them, K of 128 bits. */
enum crypto_aka_set { CRYPTO_MILENAGE, CRYPTO_TUAK, CRYPTO_N_AKA };
struct crypto_aka {
	const char *name; /* "milenage" | "tuak" */
	uint8_t n_opc;    /* octets of OPc (16) or TOPc (32), and of OP or TOP */
	void (*opc)(struct crypto *c, const uint8_t k[16], const uint8_t *op, uint8_t *opc);
	/* f1 and f1*; mac_a or mac_s may be NULL */
	void (*f1)(struct crypto *c, const uint8_t k[16], const uint8_t *opc, const uint8_t rand[16],
	           const uint8_t sqn[6], const uint8_t amf[2], uint8_t mac_a[8], uint8_t mac_s[8]);
	void (*f2345)(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
	              const uint8_t rand[16], struct crypto_f2345 *out);
	void (*f5_star)(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
	                const uint8_t rand[16], uint8_t ak_star[6]);
};

struct crypto_suite {
	const char *name;     /* "real" | "memoised" | "pooled" | "cost" */
	const char *gives_up; /* a sentence for results: what is computed, and what is not */
	bool stands_in;       /* nothing here is worth a look at the clock */
	/* SHA-256, HMAC-SHA-256, AES-128-CMAC; AES-128-CTR in place, iv = first counter block */
	void (*hash)(struct crypto *c, const void *data, size_t n, uint8_t out[32]);
	void (*mac)(struct crypto *c, const void *key, size_t n_key, const void *data, size_t n,
	            uint8_t out[32]);
	void (*cmac)(struct crypto *c, const uint8_t key[16], const void *data, size_t n,
	             uint8_t out[16]);
	void (*ctr)(struct crypto *c, const uint8_t key[16], const uint8_t iv[16], uint8_t *data,
	            size_t n);
	/* AES-128-GCM in place (SP 800-38D); open() is false when the tag is wrong */
	void (*gcm_seal)(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
	                 const void *aad, size_t n_aad, uint8_t *data, size_t n, uint8_t tag[16]);
	bool (*gcm_open)(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
	                 const void *aad, size_t n_aad, uint8_t *data, size_t n,
	                 const uint8_t tag[16]);
	const struct crypto_aka *aka[CRYPTO_N_AKA];
	/* The private key of a pair that is used once, from 32 octets drawn for it; NULL: these */
	void (*ephemeral)(struct crypto *c, const uint8_t draw[32], uint8_t priv[32]);
	/* X25519 (RFC 7748); shared() is false for a public key of small order */
	void (*dh_public)(struct crypto *c, const uint8_t priv[32], uint8_t pub[32]);
	bool (*dh_shared)(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[32],
	                  uint8_t shared[32]);
	/*
	 * secp256r1 (SEC 2 2.4.2), compressed points. A private key is taken modulo the group's order;
	 * shared() is false for octets that are no point.
	 */
	void (*p256_public)(struct crypto *c, const uint8_t priv[32], uint8_t pub[33]);
	bool (*p256_shared)(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
	                    uint8_t shared[32]);
	/* ECDSA on it with SHA-256, R || S (RFC 7518 3.4); verify() is false when pub is no point */
	void (*es256_sign)(struct crypto *c, const uint8_t priv[32], const void *data, size_t n,
	                   uint8_t signature[64]);
	bool (*es256_verify)(struct crypto *c, const uint8_t pub[33], const void *data, size_t n,
	                     const uint8_t signature[64]);
	/* Ed25519 (RFC 8032) from 32-octet seeds */
	void (*sign_public)(struct crypto *c, const uint8_t seed[32], uint8_t pub[32]);
	void (*sign)(struct crypto *c, const uint8_t seed[32], const void *data, size_t n,
	             uint8_t signature[64]);
	bool (*verify)(struct crypto *c, const uint8_t pub[32], const void *data, size_t n,
	               const uint8_t signature[64]);
};

extern const struct crypto_suite crypto_suite_real, crypto_suite_memoised, crypto_suite_pooled,
	crypto_suite_cost;

/* In the order of the scenario's choices. */
enum crypto_mode { CRYPTO_REAL, CRYPTO_MEMOISED, CRYPTO_POOLED, CRYPTO_COST, CRYPTO_N_MODES };
extern const struct crypto_suite *const crypto_suites[CRYPTO_N_MODES];

#endif
