/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/plmn.h"

/* Reads all of text as n digits. */
static bool digits(const char *text, uint32_t n_min, uint32_t n_max, uint16_t *value, uint8_t *n)
{
	uint32_t i = 0, v = 0;
	for (; text[i]; i++) {
		if (i == n_max || text[i] < '0' || text[i] > '9')
			return false;
		v = v * 10 + (uint32_t)(text[i] - '0');
	}
	*value = (uint16_t)v;
	*n = (uint8_t)i;
	return i >= n_min;
}

bool id_plmn_parse(const char *mcc, const char *mnc, struct id_plmn *plmn)
{
	uint8_t mcc_digits;
	return digits(mcc, 3, 3, &plmn->mcc, &mcc_digits) &&
	       digits(mnc, 2, 3, &plmn->mnc, &plmn->mnc_digits);
}

bool id_plmn_equal(struct id_plmn a, struct id_plmn b)
{
	return a.mcc == b.mcc && a.mnc == b.mnc && a.mnc_digits == b.mnc_digits;
}

void id_plmn_encode(struct id_plmn plmn, uint8_t out[ID_PLMN_OCTETS])
{
	uint32_t mnc = plmn.mnc_digits == 2 ? plmn.mnc * 10u : plmn.mnc;
	uint32_t last = plmn.mnc_digits == 2 ? 0xf : mnc % 10;

	out[0] = (uint8_t)(plmn.mcc / 10 % 10 << 4 | plmn.mcc / 100);
	out[1] = (uint8_t)(last << 4 | plmn.mcc % 10);
	out[2] = (uint8_t)(mnc / 10 % 10 << 4 | mnc / 100);
}

bool id_plmn_decode(const uint8_t in[ID_PLMN_OCTETS], struct id_plmn *plmn)
{
	uint8_t mcc[3] = {in[0] & 15, in[0] >> 4, in[1] & 15};
	uint8_t mnc[3] = {in[2] & 15, in[2] >> 4, in[1] >> 4};
	bool two = mnc[2] == 0xf;

	for (int i = 0; i < 3; i++)
		if (mcc[i] > 9 || (mnc[i] > 9 && !(i == 2 && two)))
			return false;
	plmn->mcc = (uint16_t)(mcc[0] * 100 + mcc[1] * 10 + mcc[2]);
	plmn->mnc = (uint16_t)(mnc[0] * 10 + mnc[1]);
	if (!two)
		plmn->mnc = (uint16_t)(plmn->mnc * 10 + mnc[2]);
	plmn->mnc_digits = two ? 2 : 3;
	return true;
}
