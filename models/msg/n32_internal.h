/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by n32.c (writing), n32_read.c and n32_octets.c. */
#ifndef MODELS_MSG_N32_INTERNAL_H
#define MODELS_MSG_N32_INTERNAL_H

#include "models/msg/n32.h"
#include "models/msg/sbi_internal.h"

enum crypto_n32_flow n32_flow(bool reverse, bool request);

/* Lengths of both blocks and of the reformatted message. */
struct n32_sizes {
	uint32_t clear, secret, outer;
};
/* N32fReformattedReqMsg or N32fReformattedRspMsg: its length, 0 when it does not fit. */
uint32_t n32_protect(struct n32_context *context, uint32_t stream, enum crypto_n32_flow flow,
                     bool request, const struct sbi_head *head, uint8_t *out, uint32_t room,
                     struct n32_sizes *sizes);

#endif
