/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/crypto.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

struct crypto *crypto_new(void)
{
	struct crypto *c = calloc(1, sizeof *c);
	SIM_ASSERT(c);
	c->signer = EVP_MD_CTX_new();
	SIM_ASSERT(c->signer);
	crypto_aes_new(c);
	c->x25519 = crypto_x25519_new();
	c->p256 = crypto_p256_new();
	c->memo = crypto_memo_new();
	c->until_timed = CRYPTO_SAMPLED / 2;
	return c;
}

void crypto_free(struct crypto *c)
{
	if (!c)
		return;
	for (uint32_t i = 0; i < CRYPTO_PKEYS; i++)
		EVP_PKEY_free(c->pkey[i].pkey);
	crypto_x25519_free(c->x25519);
	crypto_p256_free(c->p256);
	crypto_memo_free(c->memo);
	crypto_aes_free(c);
	EVP_MD_CTX_free(c->signer);
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

static EVP_PKEY *load(bool private, const uint8_t octets[32])
{
	return private ? EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, octets, 32)
	               : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, octets, 32);
}

/* Direct-mapped: keys are uniform octets, so any of them chooses the slot. */
EVP_PKEY *crypto_pkey(struct crypto *c, bool private, const uint8_t octets[32])
{
	struct crypto_pkey *slot = &c->pkey[octets[7] % CRYPTO_PKEYS];

	if (slot->pkey && slot->private == private && memcmp(slot->octets, octets, 32) == 0)
		return slot->pkey;
	EVP_PKEY_free(slot->pkey);
	slot->pkey = load(private, octets);
	slot->private = private;
	memcpy(slot->octets, octets, 32);
	return slot->pkey;
}
