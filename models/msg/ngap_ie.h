/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How each information element of NGAP is coded, in both directions; for
 * models/msg/ngap*.c alone. */
#ifndef MODELS_MSG_NGAP_IE_H
#define MODELS_MSG_NGAP_IE_H

#include "models/msg/ngap.h"
#include "models/msg/per.h"

/*
 * Codes the contents of an element's open type. Decoding returns false when it is an alternative
 * that this decoder does not know: then the element counts as not comprehended. Failures are in c.
 */
bool ngap_ie_code(struct per *c, enum ngap_ie ie, struct ngap_message *m);
/* Steps over the additions that a later version put behind the elements of a sequence. */
void ngap_skip_additions(struct per *c);

#endif
