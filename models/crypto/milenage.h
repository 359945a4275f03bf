/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MILENAGE (TS 35.206) with its example constants c1 … c5, r1 … r5. */
#ifndef MODELS_CRYPTO_MILENAGE_H
#define MODELS_CRYPTO_MILENAGE_H

#include "models/crypto/suite.h"

extern const struct crypto_aka crypto_milenage;

#endif
