/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MILENAGE (TS 35.206) with its example constants c1 … c5, r1 … r5. */
#ifndef MODELS_CRYPTO_MILENAGE_H
#define MODELS_CRYPTO_MILENAGE_H

#include "models/crypto/suite.h"

void crypto_milenage_opc(struct crypto *c, const uint8_t k[16], const uint8_t op[16],
                         uint8_t opc[16]);
void crypto_milenage_f1(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                        const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
                        uint8_t mac_a[8], uint8_t mac_s[8]);
void crypto_milenage_f2345(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                           const uint8_t rand[16], struct crypto_f2345 *out);
void crypto_milenage_f5_star(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                             const uint8_t rand[16], uint8_t ak_star[6]);

#endif
