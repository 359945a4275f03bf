/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/policy/policy.h"

#define POLICY(name) extern const struct pol_entry pol_##name;
#include "models/policy/pol_list.h"
#undef POLICY

const struct pol_entry *const pol_entries[] = {
#define POLICY(name) &pol_##name,
#include "models/policy/pol_list.h"
#undef POLICY
};
const uint32_t pol_n_entries = sizeof pol_entries / sizeof *pol_entries;

#define POLICY(name) #name "|"
static const char choices[] =
#include "models/policy/pol_list.h"
    ;
#undef POLICY

static const struct sim_param rows[] = {
	{.key = "pseudonym", .type = SIM_PAR_ENUM, .offset = offsetof(struct pol_config, pseudonym),
	 .fallback = "per_session", .choices = choices,
	 .source = "assumption: the most private of the policies",
	 .doc = "which uses of the twin share one pseudonym and holder key"},
	{.key = "commitment", .type = SIM_PAR_ENUM, .offset = offsetof(struct pol_config, commitment),
	 .fallback = "salted", .choices = "static|salted",
	 .source = "assumption: a static root is a fingerprint, so it is salted with each pseudonym",
	 .doc = "manifest commitment shown to hospitals: the root itself, or freshly salted"},
	{.key = "assertion_lifetime", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct pol_config, assertion_lifetime_ns), .fallback = "12h", .min = 60,
	 .max = 31536000, .source = "assumption: one working day",
	 .doc = "validity of a pseudonymous assertion"},
};
const struct sim_section pol_section = {
	.prefix = "dt", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct pol_config), .doc = "the digital twin's pseudonyms and assertions",
};
