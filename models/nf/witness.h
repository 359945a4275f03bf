/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What observers see of the surgeons' operations, as rows of the record, with the ground truth in
 * a table of its own. Nothing in the model reads it back. Only what happens within an operation
 * counts: the games of the analysis are over sessions.
 */
#ifndef MODELS_NF_WITNESS_H
#define MODELS_NF_WITNESS_H

#include "models/nf/nf.h"

struct witness {
	struct nf_env *env;
	/* The operation a surgeon is in, or UINT32_MAX; who plans them fills it. */
	void *context;
	uint32_t (*session_of)(const void *context, uint32_t ue);
};

/* A platform admitted a twin. msin: what the care team opened, when disclosed. */
void witness_hospital(const struct witness *witness, uint32_t ue, uint16_t hospital,
                      const struct msg_assertion *assertion, bool disclosed, uint64_t msin);
/* A receiver in the cell heard an identity. */
void witness_radio(const struct witness *witness, uint32_t ue, uint16_t cell,
                   const struct msg_identity *identity);

#endif
