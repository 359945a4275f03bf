/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/manifest.h"

#include "models/crypto/sign.h"
#include "sim/core/status.h"
#include <string.h>

/* RFC 9162 2.1.1: 0x00 before a leaf, 0x01 before a pair, so that none can pass for the other. */
static void hash_leaf(struct crypto *c, const struct crypto_suite *suite, const uint8_t *part,
                      uint8_t out[32])
{
	uint8_t in[1 + MANIFEST_PART_OCTETS] = {0x00};

	memcpy(in + 1, part, MANIFEST_PART_OCTETS);
	crypto_hash(c, suite, in, sizeof in, out);
}

static void hash_pair(struct crypto *c, const struct crypto_suite *suite, const uint8_t left[32],
                      const uint8_t right[32], uint8_t out[32])
{
	uint8_t in[1 + 32 + 32] = {0x01};

	memcpy(in + 1, left, 32);
	memcpy(in + 33, right, 32);
	crypto_hash(c, suite, in, sizeof in, out);
}

/*
 * Level by level; a last one without a neighbour goes up as it is, which gives the same tree as the
 * RFC's split at the largest power of two.
 */
void manifest_root(struct crypto *c, const struct crypto_suite *suite,
                   const uint8_t part[][MANIFEST_PART_OCTETS], uint32_t n, uint8_t root[32])
{
	uint8_t node[MANIFEST_PARTS_MAX][32];

	SIM_ASSERT(n >= 1 && n <= MANIFEST_PARTS_MAX);
	for (uint32_t i = 0; i < n; i++)
		hash_leaf(c, suite, part[i], node[i]);
	for (; n > 1; n = (n + 1) / 2) {
		for (uint32_t i = 0; i + 1 < n; i += 2)
			hash_pair(c, suite, node[i], node[i + 1], node[i / 2]);
		if (n % 2)
			memmove(node[n / 2], node[n - 1], 32);
	}
	memcpy(root, node[0], 32);
}

uint32_t manifest_hashes(uint32_t n)
{
	return 2 * n - 1;
}
