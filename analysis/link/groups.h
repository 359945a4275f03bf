/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decisive evidence: observations that show the same identifier are one subject (union-find), and a
 * handed-over session gives its whole group a name. A group handed over under two names contradicts
 * itself (a collision, or an identifier shared by people): it gets no name.
 */
#ifndef ANALYSIS_LINK_GROUPS_H
#define ANALYSIS_LINK_GROUPS_H

#include "analysis/link/view.h"
#include <stdbool.h>

enum { ADV_NO_NAME = -1, ADV_CONTRADICTION = -2 };

/*
 * group: claims->group, each observation at first its own. Zero is no identifier and joins
 * nothing.
 */
void adv_groups_join_equal(uint32_t *group, const uint64_t *identifier, uint32_t n_obs);
void adv_groups_join(uint32_t *group, uint32_t a, uint32_t b);
uint32_t adv_group_of(uint32_t *group, uint32_t obs); /* its representative */
void adv_groups_settle(uint32_t *group, uint32_t n_obs); /* group[i] becomes the representative */

/* name[g], for representatives: the subject, ADV_NO_NAME or ADV_CONTRADICTION. */
void adv_groups_name(const struct adv_view *view, const uint32_t *group, int32_t *name);

/* The posterior of an observation becomes certain. */
void adv_certain(struct adv_claims *claims, uint32_t obs, uint32_t subject);

#endif
