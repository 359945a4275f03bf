/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/name.h"
#include "sim/core/status.h"
#include <stdio.h>

void id_snn_text(struct id_plmn serving, char out[ID_SNN_TEXT])
{
	int n = snprintf(out, ID_SNN_TEXT, "5G:mnc%03u.mcc%03u.3gppnetwork.org", serving.mnc,
	                 serving.mcc);
	SIM_ASSERT(n == ID_SNN_TEXT - 1);
}

void id_akid_text(struct id_plmn home, uint16_t routing_indicator, uint8_t routing_digits,
                  const uint8_t a_tid[32], char out[ID_AKID_TEXT])
{
	char hex[65];
	for (int i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", a_tid[i]);
	int n = snprintf(out, ID_AKID_TEXT, "%0*u%s@5gc.mnc%03u.mcc%03u.3gppnetwork.org",
	                 routing_digits, routing_indicator, hex, home.mnc, home.mcc);
	SIM_ASSERT(n > 0 && n < ID_AKID_TEXT);
}
