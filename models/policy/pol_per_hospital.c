/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/policy/policy.h"

static uint64_t scope(const struct pol_view *view)
{
	return (uint64_t)view->hospital + 1;
}

extern const struct pol_entry pol_per_hospital;
const struct pol_entry pol_per_hospital = {
	.name = "per_hospital",
	.doc = "one pseudonym for each hospital",
	.source = "pairwise pseudonyms: ISO/IEC 29191, OpenID Connect Core 8.1",
	.scope = scope,
};
