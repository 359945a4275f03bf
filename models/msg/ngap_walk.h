/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decoding with somebody told of each element; for models/msg/ngap*.c alone. */
#ifndef MODELS_MSG_NGAP_WALK_H
#define MODELS_MSG_NGAP_WALK_H

#include "models/msg/ngap_ie.h"

/* ie has just been decoded into m; its contents begin at this octet. */
typedef void ngap_visit(void *context, enum ngap_ie ie, size_t offset,
                        const struct ngap_message *m);
bool ngap_walk(const uint8_t *in, size_t n, struct ngap_message *m, struct msg_fault *fault,
               ngap_visit *visit, void *context);

#endif
