/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: a passive receiver near the surgeons' cells: the identity of each Registration Request
 * (TS 24.501 5.5.1.2.2: SUCI or 5G-GUTI in clear), cell, time. Equal identities are one subject;
 * an MSIN in clear (null scheme, TS 33.501 annex C.2) names the subscription; where neither
 * speaks, habits. Leaves out: radio fingerprints and signal strength, which no table records.
 */
#include "analysis/link/groups.h"
#include "analysis/link/habit.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

static void run(const struct adv_view *view, struct adv_claims *claims)
{
	int32_t *name = malloc(((size_t)view->n_obs + 1) * sizeof *name);
	SIM_ASSERT(name);
	adv_groups_join_equal(claims->group, view->identity, view->n_obs);
	adv_groups_join_equal(claims->group, view->clear_msin, view->n_obs);
	adv_groups_settle(claims->group, view->n_obs);
	adv_groups_name(view, claims->group, name);
	for (uint32_t i = 0; i < view->n_obs; i++)
		if (name[claims->group[i]] >= 0)
			adv_certain(claims, i, (uint32_t)name[claims->group[i]]);
	adv_habit_tilt(view, name, claims);
	memcpy(claims->msin, view->clear_msin, view->n_obs * sizeof *claims->msin);
	free(name);
}

const struct adv_entry adv_radio = {
	.name = "radio",
	.doc = "passive radio eavesdropper: SUCI, 5G-GUTI, cell, time; it is granted which registrations "
	       "are the surgeons': its observations are these alone",
	.source = "Basin et al., CCS 2018; TS 33.501 6.12; Hong et al., NDSS 2018",
	.oracle = "fresh SUCIs of profile A or B: the interval of link.advantage contains 0; null "
	          "scheme, static 5G-GUTI: 1",
	.vantage = REC_VANTAGE_RADIO,
	.run = run,
};
