/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the processes of a core take of its host without any registration: timers, heartbeats, the
 * functions that no registration meets. Short jobs at a station of the host.
 */
#ifndef MODELS_NF_HOUSEKEEPING_H
#define MODELS_NF_HOUSEKEEPING_H

#include "models/nf/nf.h"

/* share: of one core, 0 … 1. */
void housekeeping_start(struct nf_env *env, uint32_t station, double share);

#endif
