/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The AKA functions of the cost mode: stand-ins with the lengths of MILENAGE and TUAK. */
#ifndef MODELS_CRYPTO_AKA_COST_H
#define MODELS_CRYPTO_AKA_COST_H

#include "models/crypto/suite.h"

extern const struct crypto_aka crypto_milenage_cost, crypto_tuak_cost;

#endif
