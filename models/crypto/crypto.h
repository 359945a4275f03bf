/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cryptographic context of a replication: algorithms fetched from OpenSSL once, contexts that
 * are keyed again for each use, and a meter of the host's time. No globals; one thread.
 *
 * Every operation of models/crypto takes a struct crypto first. Operations that exist in both modes
 * (real, cost: models/crypto/suite.h) take the suite second.
 */
#ifndef MODELS_CRYPTO_CRYPTO_H
#define MODELS_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stdint.h>

struct crypto;

struct crypto *crypto_new(void); /* aborts when OpenSSL lacks an algorithm or memory is out */
void crypto_free(struct crypto *c);

/*
 * Host time spent in operations since crypto_new(), while the meter was on (it is off at first). It
 * differs from run to run: for the side file of a result, never for the result.
 */
void crypto_meter(struct crypto *c, bool on);
int64_t crypto_spent_ns(const struct crypto *c);

#endif
