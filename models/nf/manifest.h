/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A twin's manifest: the root of a Merkle tree over the parts of the representation (mesh,
 * textures, rig, voice, …), so that one part can be shown without the others. Tree and hashing of
 * RFC 9162 2.1.1.
 */
#ifndef MODELS_NF_MANIFEST_H
#define MODELS_NF_MANIFEST_H

#include "models/crypto/suite.h"

enum { MANIFEST_PARTS_MAX = 16, MANIFEST_PART_OCTETS = 64 };

/* n: 1 … MANIFEST_PARTS_MAX. A part stands for its content by a digest of that length. */
void manifest_root(struct crypto *c, const struct crypto_suite *suite,
                   const uint8_t part[][MANIFEST_PART_OCTETS], uint32_t n, uint8_t root[32]);
/* Hash operations that the root of n parts takes. */
uint32_t manifest_hashes(uint32_t n);

#endif
