/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the waits of devices between registration attempts: the standard's, and three that
 *             replace or stretch it.
 * Leaves out  devices that disregard T3346, and those that take the battery out.
 * Sources     TS 24.501 5.5.1.2.7; RFC 8085 3.1.1 (exponential back-off).
 */
#include "models/nf/ue_state.h"

#include <math.h>

enum { STEP_WAIT = 2 }; /* of NF_DRAW_BACK_OFF: 0 is T3247's, 1 is T3346's */

static const struct ue_retry *policy_of(const struct ue *ue)
{
	const struct ues *all = ue_all(ue);

	for (uint32_t i = 0; i < all->n_retry; i++)
		if (ue->number - all->retry[i].first < all->retry[i].n)
			return all->retry[i].retry;
	return NULL;
}

static double exponential_ns(const struct ue_retry *retry, uint8_t attempt, double u)
{
	double wait_ns = (double)retry->wait_ns * pow(retry->factor, attempt - 1.0);

	return fmin(wait_ns, (double)retry->longest_ns) * (1 - retry->jitter * u);
}

int64_t ue_retry_wait_ns(const struct ue *ue, int64_t standard_ns)
{
	const struct ue_retry *retry = policy_of(ue);
	struct sim_stream stream;

	if (!retry || retry->policy == UE_RETRY_STANDARD)
		return standard_ns;
	if (retry->policy == UE_RETRY_IMMEDIATE)
		return retry->wait_ns;
	stream = nf_stream(ue_all(ue)->env, NF_DRAW_BACK_OFF, ue->number, ue->procedure, STEP_WAIT);
	if (retry->policy == UE_RETRY_EXPONENTIAL)
		return (int64_t)exponential_ns(retry, ue->attempt, sim_stream_u01(&stream));
	return standard_ns + (int64_t)(sim_stream_u01(&stream) * (double)retry->window_ns);
}

void ue_set_retry(struct ues *ues, uint32_t first, uint32_t n, const struct ue_retry *retry)
{
	SIM_ASSERT(ues->n_retry < UE_RETRY_GROUPS);
	ues->retry[ues->n_retry++] = (struct ue_retry_group){first, n, retry};
}
