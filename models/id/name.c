/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/name.h"
#include "sim/core/status.h"
#include <stdio.h>
#include <string.h>

static void put_code(char *at, uint32_t code)
{
	at[0] = (char)('0' + code / 100 % 10);
	at[1] = (char)('0' + code / 10 % 10);
	at[2] = (char)('0' + code % 10);
}

/* By hand: two networks each write it twice in a registration, and snprintf() takes 1,600 steps. */
void id_snn_text(struct id_plmn serving, char out[ID_SNN_TEXT])
{
	static const char form[ID_SNN_TEXT] = "5G:mnc000.mcc000.3gppnetwork.org";

	SIM_ASSERT(serving.mnc < 1000 && serving.mcc < 1000);
	memcpy(out, form, sizeof form);
	put_code(out + 6, serving.mnc);
	put_code(out + 13, serving.mcc);
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
