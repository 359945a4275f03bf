/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/record/adversary.h"

#define AT(member) offsetof(struct rec_adversary, member)

static const struct sim_param rows[] = {
	{.key = "name", .type = SIM_PAR_TEXT, .offset = AT(name), .fallback = NULL,
	 .source = "the scenario names it", .doc = "how reports call the adversary"},
	{.key = "kind", .type = SIM_PAR_ENUM, .offset = AT(kind), .fallback = NULL,
	 .choices = "radio|hospitals|blind", .source = "the scenario chooses it",
	 .doc = "what it observes: the air, the platforms of colluding hospitals, or nothing"},
	{.key = "collude", .type = SIM_PAR_COUNT, .offset = AT(collude), .fallback = "infinite",
	 .min = -1, .max = 65535,
	 .source = "assumption: the worst case, every hospital's operator colludes",
	 .doc = "hospitals: how many operators collude, drawn by replication; infinite: all"},
	{.key = "disclosure", .type = SIM_PAR_BOOL, .offset = AT(disclosure), .fallback = "false",
	 .source = "TR 22.856 pseudo-CR, conditional privacy: only the care team may learn who operates",
	 .doc = "hospitals: sees also what is disclosed to the care team"},
	{.key = "known_sessions", .type = SIM_PAR_COUNT, .offset = AT(known_sessions),
	 .fallback = "1", .min = 0, .max = 10000,
	 .source = "assumption: one session of each surgeon is known from a published programme",
	 .doc = "sessions of each surgeon that it is handed together with the name"},
};

const struct sim_section rec_adversary_section = {
	.prefix = "adversaries",
	.rows = rows,
	.n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct rec_adversary),
	.doc = "an adversary that tries to link sessions to surgeons",
};
