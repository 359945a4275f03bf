/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the N1 NAS signalling connection at the UE (TS 24.501 5.3.1): set up for the
 *             procedure that needs it, released by the network, or by the UE when T3540 runs out;
 *             user data that waits for service; what begins in 5GMM-IDLE (T3512).
 * Leaves out  suspended connections (RRC_INACTIVE), handover, re-establishment.
 * Sources     TS 24.501 5.3.1, 5.3.7; TS 38.331 5.3.3, 5.3.8.
 */
#include "models/nf/ue_state.h"

#include "models/nf/gprs_timer.h"

void ue_connect(struct ue *ue)
{
	const bool update_wanted = ue->update_wanted;

	if (ue->link == UE_CONNECTED) { /* T3540 ran: a new connection for new signalling */
		ue->update_wanted = false;  /* an update waits for the end of what is beginning */
		ue_disconnect(ue);
	}
	ue->update_wanted = update_wanted;
	ue->link = UE_CONNECTING;
	ue->connection++;
	ue_access(ue)->connect(ue_access(ue)->self, ue->number, ue->procedure);
}

static void tell_connected(struct ue *ue, bool ok)
{
	if (ue->at[UE_DEREGISTRATION] == UE_DEREG_CONNECTING)
		ue_feed(ue, UE_DEREGISTRATION, ok ? UE_DEREG_E_CONNECTED : UE_DEREG_E_NOT_CONNECTED,
		        NULL);
	else if (ue->at[UE_REGISTRATION] == UE_REG_CONNECTING)
		ue_feed(ue, UE_REGISTRATION, ok ? UE_REG_E_CONNECTED : UE_REG_E_NOT_CONNECTED, NULL);
	else if (ue->at[UE_SERVICE] == UE_SRV_CONNECTING)
		ue_feed(ue, UE_SERVICE, ok ? UE_SRV_E_CONNECTED : UE_SRV_E_NOT_CONNECTED, NULL);
}

void ue_connected(void *ues, uint32_t number, bool ok)
{
	struct ue *ue = &((struct ues *)ues)->ue[number];
	const bool outermost = ue_wake(ue);

	ue->link = ok ? UE_CONNECTED : UE_IDLE;
	sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_RADIO);
	if (ok)
		sim_alarm_stop(ue_all(ue)->env->sim, &ue->t3512); /* 5.3.7: runs in 5GMM-IDLE */
	tell_connected(ue, ok);
	ue_rest(ue, outermost);
}

void ue_connected_after(void *ues, uint32_t number, bool ok, const struct sim_span *spent)
{
	struct ue *ue = &((struct ues *)ues)->ue[number];
	const bool outermost = ue_wake(ue);
	struct sim_span *span = &ue->run->span;

	for (int part = 0; part < SIM_PARTS; part++)
		span->part_ns[part] += spent->part_ns[part];
	span->since_ns += sim_span_total(spent);
	ue_connected(ues, number, ok);
	ue_rest(ue, outermost);
}

int64_t ue_t3512_ns(const struct ue *ue)
{
	return ue->has_t3512 ? gprs_timer3_ns(ue->t3512_value) : ue_all(ue)->config->t3512_ns;
}

void ue_begin_periodic_timer(struct ue *ue)
{
	const struct ues *all = ue_all(ue);
	const int64_t t3512_ns = ue_t3512_ns(ue);

	if (ue->registered && ue->link == UE_IDLE && t3512_ns >= 0)
		sim_alarm_set(all->env->sim, all->t3512, ue->number, &ue->t3512, t3512_ns);
}

/* Order matters: the procedures that the release ends decide what comes next. */
static void disconnect(struct ue *ue)
{
	ue_access(ue)->release(ue_access(ue)->self, ue->number);
	ue->link = UE_IDLE;
	if (ue->leaving)
		ue_stop_timer(ue, &ue->run->guard);
	ue->leaving = false;
	ue_feed(ue, UE_SECURITY_MODE, UE_SEC_E_RELEASED, NULL);
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	ue_begin_periodic_timer(ue);
	if (ue->at[UE_DEREGISTRATION] != UE_DEREG_NONE)
		ue_feed(ue, UE_DEREGISTRATION, UE_DEREG_E_RELEASED, NULL);
	if (ue->at[UE_REGISTRATION] == UE_REG_REQUESTED)
		ue_feed(ue, UE_REGISTRATION, UE_REG_E_RELEASED, NULL);
	if (ue->at[UE_SERVICE] == UE_SRV_REQUESTED)
		ue_feed(ue, UE_SERVICE, UE_SRV_E_RELEASED, NULL);
	if (ue->update_wanted && ue_mm(ue) == UE_REGISTERED && ue->link == UE_IDLE)
		ue_begin_registration(ue, NAS_MOBILITY_UPDATE); /* 5.4.4.3 */
	ue->update_wanted = false;
}

void ue_disconnect(struct ue *ue)
{
	if (ue->link == UE_IDLE)
		return;
	const bool outermost = ue_wake(ue);
	disconnect(ue);
	ue_rest(ue, outermost);
}

void ue_await_release(struct ue *ue)
{
	if (ue->link != UE_CONNECTED)
		return;
	ue->leaving = true;
	ue_start_timer(ue, &ue->run->guard, ue_all(ue)->config->t3540_ns, UE_N_MACHINES, 0);
}

bool ue_may_send(const struct ue *ue)
{
	return ue->link == UE_CONNECTED && !ue->leaving;
}

/* ---- user data ---- */

static void put_on_air(struct ue *ue, struct msg *msg, int64_t work_ns)
{
	ue_access(ue)->up(ue_access(ue)->self, ue->number, msg, work_ns);
}

static bool may_send_data(const struct ue *ue)
{
	return ue_may_send(ue) && ue->at[UE_SERVICE] != UE_SRV_REQUESTED;
}

void ue_send(struct ues *ues, uint32_t number, uint16_t to, struct nf_demand work, struct msg *msg)
{
	struct ue *ue = &ues->ue[number];
	const bool outermost = ue_wake(ue);

	msg->to = to;
	msg->span.part_ns[SIM_PART_SERVICE] += work.service_ns;
	msg->span.part_ns[SIM_PART_CRYPTO] += work.crypto_ns;
	msg->span.since_ns += work.service_ns + work.crypto_ns;
	if (may_send_data(ue)) {
		put_on_air(ue, msg, work.service_ns + work.crypto_ns);
	} else if (ue->registered && ue->n_pending < UE_PENDING) {
		ue->run->pending[ue->n_pending++] = msg->self;
		ue_feed(ue, UE_SERVICE, UE_SRV_E_SEND, NULL);
	} else {
		nf_release(ues->env, msg);
	}
	ue_rest(ue, outermost);
}

/* The wait is the radio's: access, Service Request, Accept. */
void ue_flush(struct ue *ue)
{
	struct nf_env *env = ue_all(ue)->env;

	for (uint8_t i = 0; i < ue->n_pending; i++) {
		struct msg *msg = sim_pool_get(env->messages, ue->run->pending[i]);
		int64_t work_ns = msg->span.since_ns - env->sim->now_ns;
		if (work_ns < 0)
			sim_span_mark(&msg->span, env->sim->now_ns, SIM_PART_RADIO);
		put_on_air(ue, msg, work_ns > 0 ? work_ns : 0);
	}
	ue->n_pending = 0;
}

void ue_discard(struct ue *ue)
{
	struct nf_env *env = ue_all(ue)->env;

	for (uint8_t i = 0; i < ue->n_pending; i++)
		nf_release(env, sim_pool_get(env->messages, ue->run->pending[i]));
	ue->n_pending = 0;
}
