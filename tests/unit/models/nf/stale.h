/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For fixtures, after nf_init(): messages come out of memory in which every bit is set. They are
 * cleared as far as their types have members (models/msg/msg_list.h), so who reads further finds
 * nonsense.
 */
#ifndef TESTS_NF_STALE_H
#define TESTS_NF_STALE_H

#include "models/nf/nf.h"

static inline void stale_messages(struct nf_env *env)
{
	enum { N = 256 };
	struct sim_handle handle[N];

	for (int i = 0; i < N; i++)
		memset(sim_pool_take_as_is(env->messages, &handle[i]), 0xff, sizeof(struct msg));
	for (int i = 0; i < N; i++)
		sim_pool_give(env->messages, handle[i]);
}

#endif
