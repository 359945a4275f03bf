/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/roaming.h"

#define OFFSET(field) offsetof(struct roaming_config, field)
static const struct sim_param rows[] = {
	{.key = "surgeons", .type = SIM_PAR_BOOL, .offset = OFFSET(surgeons), .fallback = "false",
	 .source = "assumption: surgeons are at home",
	 .doc = "the surgeons are in the visited network"},
	{.key = "background", .type = SIM_PAR_NUMBER, .offset = OFFSET(background), .fallback = "0",
	 .min = 0, .max = 1, .source = "assumption: the others are at home",
	 .doc = "share of the other subscribers who are in the visited network"},
	{.key = "n32", .type = SIM_PAR_ENUM, .offset = OFFSET(n32), .fallback = "tls",
	 .choices = "tls|prins",
	 .source = "TS 33.501 13.1.2: TLS where no intermediary has to change messages",
	 .doc = "what protects messages between the SEPPs"},
	{.key = "agreement", .type = SIM_PAR_BOOL, .offset = OFFSET(agreement), .fallback = "true",
	 .source = "TS 33.501 6.1.2: the AUSF checks that the serving network is entitled",
	 .doc = "the home network lets the visited network serve its subscribers"},
	{.key = "mcc", .type = SIM_PAR_TEXT, .offset = OFFSET(mcc), .fallback = "001",
	 .source = "ITU-T E.212: 001 is for tests", .doc = "of the visited network, 3 digits"},
	{.key = "mnc", .type = SIM_PAR_TEXT, .offset = OFFSET(mnc), .fallback = "01",
	 .source = "ITU-T E.212: 001-01 is for tests",
	 .doc = "of the visited network, as many digits as at home"},
	{.key = "retry", .type = SIM_PAR_DURATION, .offset = OFFSET(retry_ns), .fallback = "10s",
	 .min = 0.1, .max = 3600, .source = "assumption: as long as a call on the SBI",
	 .doc = "a handshake of the SEPPs that is not answered begins again after this"},
	NF_STATION_ROWS(struct roaming_config),
};
const struct sim_section roaming_section = {
	.prefix = "roaming", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct roaming_config),
	.doc = "who is in the visited network; workers and queue are those of each SEPP",
};

bool roaming_is_used(const struct roaming_config *config)
{
	return config->surgeons || config->background > 0;
}
