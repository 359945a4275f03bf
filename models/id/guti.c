/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/guti.h"

enum { SPARE_GUTI = 0xf2, SPARE_S_TMSI = 0xf4 }; /* 1111 and the type of identity */

static void put_s_tmsi(struct id_guti guti, uint8_t out[6])
{
	out[0] = (uint8_t)(guti.amf_set >> 2);
	out[1] = (uint8_t)((guti.amf_set & 3) << 6 | (guti.amf_pointer & 63));
	for (int i = 0; i < 4; i++)
		out[2 + i] = (uint8_t)(guti.tmsi >> (24 - 8 * i));
}

void id_guti_encode(struct id_guti guti, uint8_t out[ID_GUTI_OCTETS])
{
	out[0] = SPARE_GUTI;
	id_plmn_encode(guti.plmn, out + 1);
	out[4] = guti.amf_region;
	put_s_tmsi(guti, out + 5);
}

bool id_guti_decode(const uint8_t in[ID_GUTI_OCTETS], struct id_guti *guti)
{
	if (in[0] != SPARE_GUTI || !id_plmn_decode(in + 1, &guti->plmn))
		return false;
	guti->amf_region = in[4];
	guti->amf_set = (uint16_t)(in[5] << 2 | in[6] >> 6);
	guti->amf_pointer = in[6] & 63;
	guti->tmsi = (uint32_t)in[7] << 24 | (uint32_t)in[8] << 16 | (uint32_t)in[9] << 8 | in[10];
	return true;
}

void id_s_tmsi_encode(struct id_guti guti, uint8_t out[ID_S_TMSI_OCTETS])
{
	out[0] = SPARE_S_TMSI;
	put_s_tmsi(guti, out + 1);
}
