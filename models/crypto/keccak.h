/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The permutation Keccak-f[1600] (FIPS 202 3.3), which OpenSSL has only inside its hashes. */
#ifndef MODELS_CRYPTO_KECCAK_H
#define MODELS_CRYPTO_KECCAK_H

#include <stdint.h>

/* Lane (x, y) of the state is lane[x + 5 y]; octets of a lane from its low end (FIPS 202 B.1). */
void crypto_keccak_f1600(uint64_t lane[25]);

#endif
