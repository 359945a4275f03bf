/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/cost.h"

#define ROW(symbol, name, text, origin, line)                                                      \
	{.key = name, .type = SIM_PAR_DURATION,                                                       \
	 .offset = offsetof(struct crypto_costs, ns) + CRYPTO_OP_##symbol * sizeof(int64_t),          \
	 .fallback = text, .min = 0, .max = 1, .source = origin, .doc = line},
static const struct sim_param rows[] = {CRYPTO_OPS(ROW)};
#undef ROW

const struct sim_section crypto_cost_section = {
	.prefix = "crypto_cost",
	.rows = rows,
	.n_rows = CRYPTO_N_OPS,
	.size = sizeof(struct crypto_costs),
	.doc = "simulated time of a cryptographic operation, the same in every mode",
};
