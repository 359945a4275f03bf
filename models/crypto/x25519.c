/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: X25519 by OpenSSL, with objects made once. A private key is loaded beside a public half
 * that nobody reads: without one OpenSSL would compute it, in more time than the same from the base
 * point by this function takes (38 and 32 us). Loading costs 2 us then; keys in use over and over
 * are remembered.
 * Leaves out: side channels.
 * Sources: RFC 7748 5, 6.1.
 */
#include "models/crypto/x25519.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 16 };
static const uint8_t base_point[32] = {9};

struct crypto_x25519 {
	EVP_PKEY_CTX *loader;
	EVP_PKEY *peer; /* its octets change with every secret */
	struct x25519_key {
		uint8_t octets[32];
		EVP_PKEY *key; /* NULL: empty */
		EVP_PKEY_CTX *derive;
	} key[KEYS];
};

struct crypto_x25519 *crypto_x25519_new(void)
{
	struct crypto_x25519 *x = calloc(1, sizeof *x);

	SIM_ASSERT(x);
	x->loader = EVP_PKEY_CTX_new_from_name(NULL, "X25519", NULL);
	x->peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, base_point, 32);
	SIM_ASSERT(x->loader && x->peer && EVP_PKEY_fromdata_init(x->loader) == 1);
	return x;
}

void crypto_x25519_free(struct crypto_x25519 *x)
{
	for (int i = 0; i < KEYS; i++) {
		EVP_PKEY_CTX_free(x->key[i].derive);
		EVP_PKEY_free(x->key[i].key);
	}
	EVP_PKEY_free(x->peer);
	EVP_PKEY_CTX_free(x->loader);
	free(x);
}

static void load(struct crypto_x25519 *x, struct x25519_key *slot, const uint8_t priv[32])
{
	uint8_t octets[32], unread[32];
	OSSL_PARAM pair[] = {
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PRIV_KEY, octets, 32),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, unread, 32),
		OSSL_PARAM_construct_end()};

	EVP_PKEY_CTX_free(slot->derive);
	EVP_PKEY_free(slot->key);
	slot->key = NULL;
	memcpy(octets, priv, 32);
	memcpy(unread, base_point, 32);
	SIM_ASSERT(EVP_PKEY_fromdata(x->loader, &slot->key, EVP_PKEY_KEYPAIR, pair) == 1);
	slot->derive = EVP_PKEY_CTX_new(slot->key, NULL);
	SIM_ASSERT(slot->derive && EVP_PKEY_derive_init(slot->derive) == 1);
	memcpy(slot->octets, priv, 32);
}

/* Direct-mapped: keys are uniform octets, so any of them chooses the slot. */
static EVP_PKEY_CTX *remembered(struct crypto_x25519 *x, const uint8_t priv[32])
{
	struct x25519_key *slot = &x->key[priv[7] % KEYS];

	if (!slot->key || memcmp(slot->octets, priv, 32) != 0)
		load(x, slot, priv);
	return slot->derive;
}

/* The peer's key is not validated: what is wrong with one shows in the secret. */
bool crypto_x25519_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[32],
                          uint8_t shared[32])
{
	struct crypto_x25519 *x = c->x25519;
	EVP_PKEY_CTX *derive = remembered(x, priv);
	size_t n = 32;

	SIM_ASSERT(EVP_PKEY_set1_encoded_public_key(x->peer, peer_pub, 32) == 1);
	SIM_ASSERT(EVP_PKEY_derive_set_peer_ex(derive, x->peer, 0) == 1);
	bool ok = EVP_PKEY_derive(derive, shared, &n) == 1;
	if (!ok)
		ERR_clear_error();
	return ok;
}

void crypto_x25519_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32])
{
	SIM_ASSERT(crypto_x25519_shared(c, priv, base_point, pub));
}
