/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cryptographic context of a replication: algorithms fetched from OpenSSL once, contexts that
 * are keyed again for each use, and a meter of the host's time. No globals; one thread.
 *
 * Every operation of models/crypto takes a struct crypto first. Operations that exist in every mode
 * (models/crypto/suite.h) take the suite second.
 */
#ifndef MODELS_CRYPTO_CRYPTO_H
#define MODELS_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stdint.h>

struct crypto;

struct crypto *crypto_new(void); /* aborts when OpenSSL lacks an algorithm or memory is out */
void crypto_free(struct crypto *c);

/*
 * The pool of the suite pooled: n key pairs, 1 to CRYPTO_POOL_MAX, that follow from 32 octets of a
 * named stream. Before the first operation of that suite.
 */
enum { CRYPTO_POOL_MAX = 65536 };
void crypto_pool(struct crypto *c, uint32_t n, const uint8_t seed[32]);
/* How many times a key pair of the pool was used again. */
uint64_t crypto_pool_repeats(const struct crypto *c);
/* How many shared secrets were remembered instead of computed (memoised, pooled). */
uint64_t crypto_remembered(const struct crypto *c);

/*
 * Host time spent in operations since crypto_new(), while the meter was on (it is off at first).
 * Each operation with a public key is timed, of the others one in CRYPTO_SAMPLED, whose time counts
 * for all of these, and none of a stand-in: to look at the clock takes longer. It differs from run
 * to run: for the side file of a result, never for the result.
 */
void crypto_meter(struct crypto *c, bool on);
int64_t crypto_spent_ns(const struct crypto *c);

#endif
