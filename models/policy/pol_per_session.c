/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/policy/policy.h"

static uint64_t scope(const struct pol_view *view)
{
	return (uint64_t)view->session + 1;
}

extern const struct pol_entry pol_per_session;
const struct pol_entry pol_per_session = {
	.name = "per_session",
	.doc = "a fresh pseudonym, holder key and salt for each session",
	.source = "one-time credentials: Chaum, CACM 28(10), 1985",
	.scope = scope,
};
