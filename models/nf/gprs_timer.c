/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/gprs_timer.h"

#include "sim/core/time.h"

enum { DEACTIVATED = 7, VALUES = 31 };

/* Seconds of one step by the three bits of the unit; 0: no unit of its own, read as one minute. */
static const int32_t unit2_s[8] = {2, 60, 360, 0, 0, 0, 0, -1};
static const int32_t unit3_s[8] = {600, 3600, 36000, 2, 30, 60, 1152000, -1};

static int64_t time_of(const int32_t *unit_s, uint8_t octet)
{
	int32_t unit = unit_s[octet >> 5];

	if (unit < 0)
		return -1;
	return (octet & VALUES) * (int64_t)(unit ? unit : 60) * SIM_NS_PER_S;
}

/* Of every unit the smallest value that is long enough; the best of them. */
static uint8_t octet_of(const int32_t *unit_s, int64_t ns)
{
	uint8_t best = DEACTIVATED << 5;

	if (ns < 0)
		return best;
	for (uint8_t unit = 0; unit < DEACTIVATED; unit++) {
		int64_t step = unit_s[unit] * SIM_NS_PER_S;
		int64_t value = step ? (ns + step - 1) / step : VALUES + 1;
		uint8_t octet = (uint8_t)(unit << 5 | value);
		if (value <= VALUES &&
		    (best >> 5 == DEACTIVATED || time_of(unit_s, octet) < time_of(unit_s, best)))
			best = octet;
	}
	return best;
}

int64_t gprs_timer2_ns(uint8_t octet)
{
	return time_of(unit2_s, octet);
}

int64_t gprs_timer3_ns(uint8_t octet)
{
	return time_of(unit3_s, octet);
}

uint8_t gprs_timer2(int64_t ns)
{
	return octet_of(unit2_s, ns);
}

uint8_t gprs_timer3(int64_t ns)
{
	return octet_of(unit3_s, ns);
}
