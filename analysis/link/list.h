/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The adversaries of adv_list.h, in its order; their kinds are those of enum rec_adversary_kind. */
#ifndef ANALYSIS_LINK_LIST_H
#define ANALYSIS_LINK_LIST_H

#include "analysis/link/view.h"

extern const struct adv_entry *const adv_entries[];
extern const uint32_t adv_n_entries;

const struct adv_entry *adv_find(const char *name); /* NULL: none */

#endif
