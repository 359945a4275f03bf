/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/link/view.h"

/* Claims come undecided: an adversary without information leaves them so. */
static void run(const struct adv_view *view, struct adv_claims *claims)
{
	(void)view;
	(void)claims;
}

const struct adv_entry adv_blind = {
	.name = "blind",
	.doc = "ignores its input; shows where chance is",
	.source = "the zero of the scale: an adversary without information must come out at chance",
	.oracle = "link.advantage is 0 exactly",
	.vantage = REC_VANTAGE_HOSPITAL,
	.run = run,
};
