/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: AES-128 by OpenSSL's ciphers: GCM as it is; counter mode and CMAC on single blocks,
 * because to give a context a new initial vector costs OpenSSL 3 more than a NAS message does. A
 * key's schedule is kept while the key stays the same: both ends of a message use one.
 * Leaves out: nothing.
 * Sources: FIPS 197; SP 800-38A 6.2, 6.5; SP 800-38B 6; SP 800-38D.
 */
#include "models/crypto/aes.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <openssl/err.h>
#include <string.h>

static void new_cipher(struct crypto_cipher *cipher, const char *name)
{
	cipher->algorithm = EVP_CIPHER_fetch(NULL, name, NULL);
	cipher->ctx = EVP_CIPHER_CTX_new();
	SIM_ASSERT(cipher->algorithm && cipher->ctx);
	SIM_ASSERT(EVP_EncryptInit_ex2(cipher->ctx, cipher->algorithm, NULL, NULL, NULL) == 1);
}

static void free_cipher(struct crypto_cipher *cipher)
{
	EVP_CIPHER_CTX_free(cipher->ctx);
	EVP_CIPHER_free(cipher->algorithm);
}

void crypto_aes_new(struct crypto *c)
{
	new_cipher(&c->aes, "AES-128-ECB");
	new_cipher(&c->ctr, "AES-128-ECB");
	new_cipher(&c->cmac, "AES-128-ECB");
	new_cipher(&c->gcm, "AES-128-GCM");
}

void crypto_aes_free(struct crypto *c)
{
	free_cipher(&c->aes);
	free_cipher(&c->ctr);
	free_cipher(&c->cmac);
	free_cipher(&c->gcm);
}

/* true: the context had another key before. */
static bool use_key(struct crypto_cipher *cipher, const uint8_t key[16])
{
	if (cipher->keyed && memcmp(cipher->key, key, 16) == 0)
		return false;
	SIM_ASSERT(EVP_EncryptInit_ex2(cipher->ctx, NULL, key, NULL, NULL) == 1);
	memcpy(cipher->key, key, 16);
	cipher->keyed = true;
	return true;
}

/* Whole blocks come out at once, so there is nothing to finish. */
static void encrypt(struct crypto_cipher *cipher, const uint8_t *in, uint8_t *out, size_t blocks)
{
	int n = (int)(16 * blocks), done = 0;

	SIM_ASSERT(EVP_EncryptUpdate(cipher->ctx, out, &done, in, n) == 1 && done == n);
}

void crypto_aes(struct crypto *c, const uint8_t key[16], const uint8_t *in, uint8_t *out,
                uint32_t blocks)
{
	use_key(&c->aes, key);
	encrypt(&c->aes, in, out, blocks);
}

/* ---- counter mode ---- */

/* The counter is the whole block (SP 800-38A B.1). */
static void count(uint8_t block[16])
{
	for (int i = 15; i >= 0 && ++block[i] == 0; i--)
		;
}

void crypto_aes_ctr(struct crypto *c, const uint8_t key[16], const uint8_t iv[16], uint8_t *data,
                    size_t n)
{
	enum { AT_ONCE = 8 };
	uint8_t counter[16], stream[16 * AT_ONCE];

	use_key(&c->ctr, key);
	memcpy(counter, iv, 16);
	for (size_t at = 0, blocks; at < n; at += 16 * blocks) {
		blocks = n - at < sizeof stream ? (n - at + 15) / 16 : AT_ONCE;
		for (size_t i = 0; i < blocks; i++) {
			memcpy(stream + 16 * i, counter, 16);
			count(counter);
		}
		encrypt(&c->ctr, stream, stream, blocks);
		for (size_t i = 0; i < 16 * blocks && at + i < n; i++)
			data[at + i] ^= stream[i];
	}
}

/* ---- CMAC ---- */

/* Times x in the field of 2^128 elements (SP 800-38B 6.1). */
static void doubled(const uint8_t in[16], uint8_t out[16])
{
	uint8_t carry = in[0] >> 7 ? 0x87 : 0;

	for (int i = 0; i < 15; i++)
		out[i] = (uint8_t)(in[i] << 1 | in[i + 1] >> 7);
	out[15] = (uint8_t)(in[15] << 1 ^ carry);
}

/* K1 and K2 of the key that c->cmac has just been given. */
static void subkeys(struct crypto *c)
{
	static const uint8_t zero[16];
	uint8_t l[16];

	encrypt(&c->cmac, zero, l, 1);
	doubled(l, c->cmac_k1);
	doubled(c->cmac_k1, c->cmac_k2);
}

static void xor16(uint8_t to[16], const uint8_t from[16])
{
	for (int i = 0; i < 16; i++)
		to[i] ^= from[i];
}

void crypto_aes_cmac(struct crypto *c, const uint8_t key[16], const uint8_t *data, size_t n,
                     uint8_t mac[16])
{
	size_t before = n == 0 ? 0 : (n - 1) / 16 * 16, rest = n - before;
	uint8_t last[16] = {0}, chain[16] = {0};

	if (use_key(&c->cmac, key))
		subkeys(c);
	for (size_t at = 0; at < before; at += 16) {
		xor16(chain, data + at);
		encrypt(&c->cmac, chain, chain, 1);
	}
	memcpy(last, data + before, rest);
	if (rest < 16)
		last[rest] = 0x80;
	xor16(chain, last);
	xor16(chain, rest == 16 ? c->cmac_k1 : c->cmac_k2);
	encrypt(&c->cmac, chain, mac, 1);
}

/* ---- GCM ---- */

/* An empty text is passed over: to OpenSSL it would be the end. */
static void gcm_update(EVP_CIPHER_CTX *ctx, uint8_t *out, const void *in, size_t n)
{
	int done = 0;

	if (n > 0)
		SIM_ASSERT(EVP_CipherUpdate(ctx, out, &done, in, (int)n) == 1);
}

void crypto_aes_gcm_seal(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                         const void *aad, size_t n_aad, uint8_t *data, size_t n, uint8_t tag[16])
{
	uint8_t nothing[16];
	int done = 0;

	SIM_ASSERT(EVP_EncryptInit_ex2(c->gcm.ctx, NULL, key, iv, NULL) == 1);
	gcm_update(c->gcm.ctx, NULL, aad, n_aad);
	gcm_update(c->gcm.ctx, data, data, n);
	SIM_ASSERT(EVP_EncryptFinal_ex(c->gcm.ctx, nothing, &done) == 1);
	SIM_ASSERT(EVP_CIPHER_CTX_ctrl(c->gcm.ctx, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1);
}

bool crypto_aes_gcm_open(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                         const void *aad, size_t n_aad, uint8_t *data, size_t n,
                         const uint8_t tag[16])
{
	uint8_t expected[16], nothing[16];
	int done = 0;

	memcpy(expected, tag, 16);
	SIM_ASSERT(EVP_DecryptInit_ex2(c->gcm.ctx, NULL, key, iv, NULL) == 1);
	gcm_update(c->gcm.ctx, NULL, aad, n_aad);
	gcm_update(c->gcm.ctx, data, data, n);
	SIM_ASSERT(EVP_CIPHER_CTX_ctrl(c->gcm.ctx, EVP_CTRL_AEAD_SET_TAG, 16, expected) == 1);
	bool ok = EVP_DecryptFinal_ex(c->gcm.ctx, nothing, &done) == 1;
	if (!ok)
		ERR_clear_error();
	return ok;
}
