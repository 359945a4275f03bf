/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ngap_cause.h"

#include <stddef.h>

static const struct {
	uint8_t group, value;
	const char *text;
} causes[] = {
#define NGAP_CAUSE(group, symbol, value, text) {NGAP_CAUSE_##group, value, text},
#include "models/msg/ngap_cause_list.h"
#undef NGAP_CAUSE
};

const char *ngap_cause_group_text(uint8_t group)
{
	static const char *const texts[NGAP_CAUSE_GROUPS] = {"radio network", "transport", "NAS",
	                                                     "protocol", "miscellaneous"};
	return group < NGAP_CAUSE_GROUPS ? texts[group] : "unknown";
}

const char *ngap_cause_text(struct ngap_cause cause)
{
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
		if (causes[i].group == cause.group && causes[i].value == cause.value)
			return causes[i].text;
	return "unknown";
}

const char *ngap_establishment_text(uint8_t cause)
{
	static const char *const texts[] = {
		"emergency", "highPriorityAccess", "mt-Access", "mo-Signalling", "mo-Data",
		"mo-VoiceCall", "mo-VideoCall", "mo-SMS", "mps-PriorityAccess", "mcs-PriorityAccess",
		"notAvailable"};
	return cause < sizeof texts / sizeof *texts ? texts[cause] : "unknown";
}
