/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/crypto.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

static void new_digests(struct crypto *c)
{
	c->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	c->hash = EVP_MD_CTX_new();
	c->signer = EVP_MD_CTX_new();
	SIM_ASSERT(c->sha256 && c->hash && c->signer);
}

/* The digest and the cipher are named once; a later EVP_MAC_init() gives a key alone. */
static void new_macs(struct crypto *c)
{
	char sha256[] = "SHA256", cbc[] = "AES-128-CBC";
	OSSL_PARAM digest[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
		OSSL_PARAM_construct_end()};
	OSSL_PARAM cipher[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cbc, 0),
		OSSL_PARAM_construct_end()};

	c->hmac_algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
	c->cmac_algorithm = EVP_MAC_fetch(NULL, "CMAC", NULL);
	SIM_ASSERT(c->hmac_algorithm && c->cmac_algorithm);
	c->hmac = EVP_MAC_CTX_new(c->hmac_algorithm);
	c->cmac = EVP_MAC_CTX_new(c->cmac_algorithm);
	SIM_ASSERT(c->hmac && EVP_MAC_CTX_set_params(c->hmac, digest) == 1);
	SIM_ASSERT(c->cmac && EVP_MAC_CTX_set_params(c->cmac, cipher) == 1);
}

static void new_ciphers(struct crypto *c)
{
	c->aes_ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
	c->aes_ctr = EVP_CIPHER_fetch(NULL, "AES-128-CTR", NULL);
	c->aes_gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
	c->ecb = EVP_CIPHER_CTX_new();
	c->ctr = EVP_CIPHER_CTX_new();
	c->gcm = EVP_CIPHER_CTX_new();
	SIM_ASSERT(c->aes_ecb && c->aes_ctr && c->aes_gcm && c->ecb && c->ctr && c->gcm);
	SIM_ASSERT(EVP_EncryptInit_ex2(c->ecb, c->aes_ecb, NULL, NULL, NULL) == 1);
	SIM_ASSERT(EVP_EncryptInit_ex2(c->ctr, c->aes_ctr, NULL, NULL, NULL) == 1);
	SIM_ASSERT(EVP_EncryptInit_ex2(c->gcm, c->aes_gcm, NULL, NULL, NULL) == 1);
	EVP_CIPHER_CTX_set_padding(c->ecb, 0);
}

struct crypto *crypto_new(void)
{
	struct crypto *c = calloc(1, sizeof *c);
	SIM_ASSERT(c);
	new_digests(c);
	new_macs(c);
	new_ciphers(c);
	c->p256 = crypto_p256_new();
	return c;
}

void crypto_free(struct crypto *c)
{
	if (!c)
		return;
	for (uint32_t i = 0; i < CRYPTO_PKEYS; i++)
		EVP_PKEY_free(c->pkey[i].pkey);
	crypto_p256_free(c->p256);
	EVP_CIPHER_CTX_free(c->ecb);
	EVP_CIPHER_CTX_free(c->ctr);
	EVP_CIPHER_CTX_free(c->gcm);
	EVP_CIPHER_free(c->aes_gcm);
	EVP_CIPHER_free(c->aes_ecb);
	EVP_CIPHER_free(c->aes_ctr);
	EVP_MAC_CTX_free(c->hmac);
	EVP_MAC_CTX_free(c->cmac);
	EVP_MAC_free(c->hmac_algorithm);
	EVP_MAC_free(c->cmac_algorithm);
	EVP_MD_CTX_free(c->hash);
	EVP_MD_CTX_free(c->signer);
	EVP_MD_free(c->sha256);
	free(c);
}

void crypto_meter(struct crypto *c, bool on)
{
	SIM_ASSERT(c->depth == 0);
	c->metered = on;
}

int64_t crypto_spent_ns(const struct crypto *c)
{
	return c->spent_ns;
}

static EVP_PKEY *load(int type, bool private, const uint8_t octets[32])
{
	return private ? EVP_PKEY_new_raw_private_key(type, NULL, octets, 32)
	               : EVP_PKEY_new_raw_public_key(type, NULL, octets, 32);
}

/* Direct-mapped: keys are uniform octets, so any of them chooses the slot. */
EVP_PKEY *crypto_pkey(struct crypto *c, int type, bool private, const uint8_t octets[32])
{
	struct crypto_pkey *slot = &c->pkey[octets[7] % CRYPTO_PKEYS];

	if (slot->pkey && slot->type == type && slot->private == private &&
	    memcmp(slot->octets, octets, 32) == 0)
		return slot->pkey;
	EVP_PKEY_free(slot->pkey);
	slot->pkey = load(type, private, octets);
	slot->type = type;
	slot->private = private;
	memcpy(slot->octets, octets, 32);
	return slot->pkey;
}

void crypto_aes(struct crypto *c, const uint8_t key[16], const uint8_t *in, uint8_t *out,
                uint32_t blocks)
{
	int n = 0;

	if (!c->ecb_keyed || memcmp(c->ecb_key, key, 16) != 0) {
		SIM_ASSERT(EVP_EncryptInit_ex2(c->ecb, NULL, key, NULL, NULL) == 1);
		memcpy(c->ecb_key, key, 16);
		c->ecb_keyed = true;
	}
	SIM_ASSERT(EVP_EncryptUpdate(c->ecb, out, &n, in, (int)(16 * blocks)) == 1);
	SIM_ASSERT(n == (int)(16 * blocks));
}
