/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The codecs behind models/msg/wire.h, one for each carrier: models/msg/wire_CARRIER.c. */
#ifndef MODELS_MSG_WIRE_CODECS_H
#define MODELS_MSG_WIRE_CODECS_H

#include "models/msg/wire.h"

extern const struct wire_codec wire_ngap;
extern const struct wire_codec wire_sbi;
extern const struct wire_codec wire_dt;

#endif
