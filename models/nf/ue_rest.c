/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      nothing: what a UE keeps while it is registered or switched off and nothing is under
 *             way, and what it has beside that while something is.
 * Leaves out  nothing that could be seen from outside.
 * Sources     none.
 */
#include "models/nf/ue_state.h"

bool ue_wake(struct ue *ue)
{
	struct sim_handle handle;

	if (ue->awake)
		return false;
	ue->awake = true;
	if (!ue->run) {
		ue->run = sim_pool_take(ue_all(ue)->runs, &handle);
		ue->run->self = handle;
		ue->run->span = sim_span_start(ue_all(ue)->env->sim->now_ns);
	}
	return true;
}

/* What comes next begins a chain of its own, even if a timer is waited for before. */
static bool has_no_chain(const struct ue *ue)
{
	const uint8_t at = ue->at[UE_REGISTRATION];

	return !ue->demanded && (at == UE_REG_NONE || at == UE_REG_LIMITED ||
	                         (at == UE_REG_WAITING && ue->attempt >= ue_all(ue)->config->attempts));
}

static bool is_at_rest(const struct ue *ue)
{
	const struct sim *sim = ue_all(ue)->env->sim;

	return has_no_chain(ue) && ue->at[UE_DEREGISTRATION] == UE_DEREG_NONE &&
	       ue->at[UE_SERVICE] == UE_SRV_NONE && ue->at[UE_AUTHENTICATION] == UE_AUTH_IDLE &&
	       ue->fresh_ngksi == NAS_NGKSI_NONE && ue->link != UE_CONNECTING && !ue->guarded &&
	       ue->n_pending == 0 && !sim_timer_running(sim, &ue->run->guard) &&
	       !sim_timer_running(sim, &ue->run->t3520);
}

void ue_rest(struct ue *ue, bool outermost)
{
	if (!outermost)
		return;
	ue->awake = false;
	if (!is_at_rest(ue))
		return;
	sim_pool_give(ue_all(ue)->runs, ue->run->self);
	ue->run = NULL;
}

struct ue_more *ue_more(struct ue *ue)
{
	if (!ue->more)
		ue->more = sim_arena_alloc(ue_all(ue)->env->sim->arena, sizeof *ue->more);
	return ue->more;
}

/* ---- the USIM's sequence numbers ---- */

void ue_set_sqn(struct ue *ue, const struct sqn_usim *sqn)
{
	if (sqn_narrow(&ue_all(ue)->home->sqn, sqn, &ue->sqn))
		return;
	ue->sqn = (struct sqn_recent){.highest = sqn->highest};
	ue_more(ue)->sqn = *sqn;
}

bool ue_accept_sqn(struct ue *ue, uint64_t sqn)
{
	const struct sqn_rule *rule = &ue_all(ue)->home->sqn;
	struct sqn_usim card;

	if (ue->sqn.recent)
		sqn_widen(rule, &ue->sqn, &card);
	else
		card = ue->more->sqn;
	if (!sqn_accept(rule, &card, sqn))
		return false;
	ue_set_sqn(ue, &card);
	return true;
}

uint32_t ues_octets_each(void)
{
	return sizeof(struct ue);
}
