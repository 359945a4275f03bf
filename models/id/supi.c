/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/supi.h"
#include "sim/core/status.h"
#include <string.h>

/* Writes value as exactly n digits. */
static void put_digits(char *out, uint64_t value, uint32_t n)
{
	for (uint32_t i = n; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
}

bool id_supi_parse(const char *digits, uint8_t mnc_digits, struct id_supi *supi)
{
	size_t n = strlen(digits), head = 3u + mnc_digits;
	char mcc[4], mnc[4] = "";

	if (mnc_digits < 2 || mnc_digits > 3 || n <= head || n > ID_SUPI_DIGITS_MAX)
		return false;
	memcpy(mcc, digits, 3);
	mcc[3] = 0;
	memcpy(mnc, digits + 3, mnc_digits);
	if (!id_plmn_parse(mcc, mnc, &supi->plmn))
		return false;
	supi->msin = 0;
	supi->msin_digits = (uint8_t)(n - head);
	for (size_t i = head; i < n; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return false;
		supi->msin = supi->msin * 10 + (uint64_t)(digits[i] - '0');
	}
	return true;
}

uint8_t id_supi_text(struct id_supi supi, char out[ID_SUPI_TEXT])
{
	uint32_t n = 3u + supi.plmn.mnc_digits + supi.msin_digits;

	SIM_ASSERT(n <= ID_SUPI_DIGITS_MAX);
	put_digits(out, supi.plmn.mcc, 3);
	put_digits(out + 3, supi.plmn.mnc, supi.plmn.mnc_digits);
	put_digits(out + 3 + supi.plmn.mnc_digits, supi.msin, supi.msin_digits);
	out[n] = 0;
	return (uint8_t)n;
}

uint8_t id_msin_encode(struct id_supi supi, uint8_t out[ID_MSIN_BCD_MAX])
{
	char digit[11] = "";

	SIM_ASSERT(supi.msin_digits >= 1 && supi.msin_digits <= 10);
	put_digits(digit, supi.msin, supi.msin_digits);
	for (uint32_t i = 0; i < supi.msin_digits; i += 2) {
		uint32_t high = i + 1 < supi.msin_digits ? (uint32_t)(digit[i + 1] - '0') : 0xf;
		out[i / 2] = (uint8_t)(high << 4 | (uint32_t)(digit[i] - '0'));
	}
	return (uint8_t)((supi.msin_digits + 1) / 2);
}

bool id_msin_decode(const uint8_t *in, uint8_t n, struct id_supi *supi)
{
	uint64_t msin = 0;
	uint8_t digits = 0;

	if (n < 1 || n > ID_MSIN_BCD_MAX)
		return false;
	for (uint32_t i = 0; i < 2u * n; i++) {
		uint8_t digit = i % 2 ? in[i / 2] >> 4 : in[i / 2] & 15;
		if (digit == 0xf && i == 2u * n - 1)
			break;
		if (digit > 9)
			return false;
		msin = msin * 10 + digit;
		digits++;
	}
	supi->msin = msin;
	supi->msin_digits = digits;
	return true;
}
