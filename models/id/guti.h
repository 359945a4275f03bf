/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 5G-GUTI and 5G-S-TMSI (TS 23.003 2.10; coding TS 24.501 9.11.3.4). */
#ifndef MODELS_ID_GUTI_H
#define MODELS_ID_GUTI_H

#include "models/id/plmn.h"

enum { ID_GUTI_OCTETS = 11, ID_S_TMSI_OCTETS = 7 };

struct id_guti {
	struct id_plmn plmn;
	uint8_t amf_region;
	uint16_t amf_set;    /* 10 bits */
	uint8_t amf_pointer; /* 6 bits  */
	uint32_t tmsi;       /* 5G-TMSI */
};

void id_guti_encode(struct id_guti guti, uint8_t out[ID_GUTI_OCTETS]);
bool id_guti_decode(const uint8_t in[ID_GUTI_OCTETS], struct id_guti *guti);
void id_s_tmsi_encode(struct id_guti guti, uint8_t out[ID_S_TMSI_OCTETS]);
/* Sets what a 5G-S-TMSI has: AMF set, AMF pointer, 5G-TMSI; the rest becomes 0. */
bool id_s_tmsi_decode(const uint8_t in[ID_S_TMSI_OCTETS], struct id_guti *guti);

#endif
