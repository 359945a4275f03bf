/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/guti.h"

enum {
	SPARE_GUTI = 0xf2, /* 1111 and the type of identity */
	SPARE_S_TMSI = 0xf4,
	TYPE_BITS = 7 /* a receiver looks at no other */
};

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

static void get_s_tmsi(const uint8_t in[6], struct id_guti *guti)
{
	guti->amf_set = (uint16_t)(in[0] << 2 | in[1] >> 6);
	guti->amf_pointer = in[1] & 63;
	guti->tmsi = (uint32_t)in[2] << 24 | (uint32_t)in[3] << 16 | (uint32_t)in[4] << 8 | in[5];
}

bool id_guti_decode(const uint8_t in[ID_GUTI_OCTETS], struct id_guti *guti)
{
	if ((in[0] & TYPE_BITS) != (SPARE_GUTI & TYPE_BITS) || !id_plmn_decode(in + 1, &guti->plmn))
		return false;
	guti->amf_region = in[4];
	get_s_tmsi(in + 5, guti);
	return true;
}

void id_s_tmsi_encode(struct id_guti guti, uint8_t out[ID_S_TMSI_OCTETS])
{
	out[0] = SPARE_S_TMSI;
	put_s_tmsi(guti, out + 1);
}

bool id_s_tmsi_decode(const uint8_t in[ID_S_TMSI_OCTETS], struct id_guti *guti)
{
	*guti = (struct id_guti){.amf_region = 0};
	get_s_tmsi(in + 1, guti);
	return (in[0] & TYPE_BITS) == (SPARE_S_TMSI & TYPE_BITS);
}
