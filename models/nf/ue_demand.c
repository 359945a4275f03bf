/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Models: what a demand to be registered leaves in the record, whoever's it was. */
#include "models/nf/ue_state.h"

void ue_count(const struct ue *ue, void (*what)(struct demand *, enum rec_class, int64_t))
{
	const struct nf_env *env = ue_all(ue)->env;

	what(env->demand, (enum rec_class)env->class_of_ue[ue->number], env->sim->now_ns);
}

void ue_record_demand(struct ues *ues, uint32_t ue, int64_t deadline_ns, bool ok, uint8_t cause,
                      uint8_t attempts, const struct sim_span *span)
{
	struct nf_env *env = ues->env;
	/* not when it was asked for: after T3502 the UE begins again by itself: a demand too */
	int64_t start_ns = sim_span_began(span);
	bool met = ok && sim_span_total(span) <= deadline_ns;

	nf_record_latency(env, REC_M_REGISTRATION, ue, start_ns, span,
	                  ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, met, cause, attempts);
	demand_registration(env->demand, (enum rec_class)env->class_of_ue[ue], start_ns, met, attempts,
	                    ok);
	if (met && !ues->ue[ue].anew)
		ue_count(&ues->ue[ue], demand_in_time);
}

void ue_censor_demands(struct ues *ues, uint32_t first, uint32_t n)
{
	for (uint32_t i = first; i < first + n; i++)
		if (ues->ue[i].demanded)
			nf_record_latency(ues->env, REC_M_REGISTRATION, i, sim_span_began(&ues->ue[i].run->span),
			                  NULL, REC_OUTCOME_CENSORED, false, 0, 1);
}
