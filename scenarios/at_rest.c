/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/at_rest.h"

#include "models/nf/amf.h"
#include "models/nf/ausf.h"
#include "models/nf/gnb.h"
#include "models/nf/smf.h"
#include "models/nf/udm.h"
#include "models/nf/udr.h"
#include "models/nf/ue.h"
#include "models/radio/radio.h"
#include "sim/core/alarm.h"

void scn_at_rest(struct scn_room room[SCN_ROOMS])
{
	const struct scn_room rooms[SCN_ROOMS] = {
		{"ue", ues_octets_each()},
		{"radio", radio_octets_each()},
		{"gnb", gnbs_octets_each()},
		{"amf", amf_octets_each()},
		{"ausf", ausf_octets_each()},
		{"udm", udm_octets_each()},
		{"udr", udr_octets_each()},
		{"smf", smf_octets_each()},
		{"lists", 2 * SIM_ALARM_LISTED + 1}, /* T3512, mobile reachable timer; class */
	};

	for (int i = 0; i < SCN_ROOMS; i++)
		room[i] = rooms[i];
}

uint32_t scn_at_rest_total(void)
{
	struct scn_room room[SCN_ROOMS];
	uint32_t total = 0;

	scn_at_rest(room);
	for (int i = 0; i < SCN_ROOMS; i++)
		total += room[i].octets;
	return total;
}
