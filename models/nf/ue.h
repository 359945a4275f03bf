/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UE = headset (ME) and USIM: 5GMM timers (TS 24.501 table 10.2.1), SQN window (TS 33.102 C). */
#ifndef MODELS_NF_UE_H
#define MODELS_NF_UE_H

#include "sim/core/param.h"
#include <stdint.h>

enum ue_identity { UE_IDENTITY_SUCI, UE_IDENTITY_GUTI };

struct ue_config {
	int64_t t3502_ns, t3510_ns, t3511_ns, t3519_ns, t3520_ns;
	int64_t attempts;          /* registration attempt counter at which T3502 starts */
	uint8_t initial_identity;  /* enum ue_identity: what an initial registration carries */
	int64_t sqn_delta;         /* TS 33.102 C.2.1                                         */
};
extern const struct sim_section ue_section;

#endif
