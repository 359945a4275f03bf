/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      paging (TS 24.501 5.6.2; TS 23.502 4.2.3.3): through every gNB of the UE's
 *             registration area, repeated by T3513; the index of its occasions from the 5G-S-TMSI,
 *             or from the IMSI as LTE has it.
 * Leaves out  paging by stages (last cell first), eDRX, the RAN's own paging.
 * Sources     TS 24.501 5.6.2; TS 38.304 7.1 (5G-S-TMSI mod 1024); TS 36.304 7.1 (IMSI mod 1024).
 */
#include "models/nf/amf_state.h"

#include <stdlib.h>

enum { INDEXES = 1024 };

static uint16_t index_of(const struct amf_ue *u)
{
	char imsi[ID_SUPI_TEXT];

	if (u->amf->config->paging_occasion == AMF_OCCASION_NR)
		return (uint16_t)(u->tmsi % INDEXES);
	home_supi_text(u->amf->home, u->msin, imsi);
	return (uint16_t)(strtoull(imsi, NULL, 10) % INDEXES);
}

static void page_through(struct amf_ue *u, uint16_t gnb)
{
	struct nf_env *env = u->amf->env;
	struct msg *msg = amf_message(u, MSG_PAGING);

	msg->attempt = u->run->resent;
	msg->paging = (struct msg_paging){.tmsi = u->tmsi, .index = index_of(u),
		.tac = nf_tac(env, (uint32_t)(gnb - u->amf->gnb0))};
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(env, u->amf->node, gnb, msg);
}

static uint8_t page(struct amf_ue *u)
{
	const struct nf_nodes *node = &u->amf->env->node;
	uint32_t tac = nf_tac(u->amf->env, (uint32_t)(u->gnb - u->amf->gnb0));

	for (uint16_t i = 0; i < node->n_gnbs; i++)
		if (nf_tac(u->amf->env, i) == tac)
			page_through(u, (uint16_t)(u->amf->gnb0 + i));
	amf_start_timer(u, u->amf->config->t3513_ns, AMF_PAGING, AMF_PAGE_E_T3513);
	return AMF_PAGE_PAGED;
}

/* Nobody answers: what was wanted is not done; a deregistration is done without the UE. */
static uint8_t failed(struct amf_ue *u)
{
	amf_count(u, NF_COUNT_PAGING_FAILURES);
	if (u->then & AMF_THEN_DEREGISTER) {
		amf_purge(u);
		amf_finish(u);
	}
	u->then = 0;
	return AMF_PAGE_NONE;
}

static uint8_t begin(struct amf_ue *u)
{
	amf_count(u, NF_COUNT_PAGINGS);
	return u->missing ? failed(u) : page(u);
}

static uint8_t expired(struct amf_ue *u)
{
	return amf_repeats(u, AMF_REPETITIONS_t3513) ? page(u) : failed(u);
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;

	(void)arg;
	switch (event) {
	case AMF_PAGE_E_BEGIN:
		return u->at[AMF_PAGING] == AMF_PAGE_PAGED ? AMF_PAGE_PAGED : begin(u);
	case AMF_PAGE_E_T3513:
		return expired(u);
	default: /* AMF_PAGE_E_ABORT: answered among others */
		if (u->at[AMF_PAGING] == AMF_PAGE_PAGED)
			amf_stop_timer(u);
		return AMF_PAGE_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_PAGE_E_BEGIN] = "paging", [AMF_PAGE_E_T3513] = "T3513",
	[AMF_PAGE_E_ABORT] = "answer or end",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_PAGE_NONE, "no paging", "TS 24.501 5.6.2.1",
	 BIT(AMF_PAGE_E_BEGIN) | BIT(AMF_PAGE_E_ABORT),
	 BIT(AMF_PAGE_NONE) | BIT(AMF_PAGE_PAGED), in_any},
	{AMF_PAGE_PAGED, "T3513", "TS 24.501 5.6.2.2.1",
	 BIT(AMF_PAGE_E_BEGIN) | BIT(AMF_PAGE_E_T3513) |
	     BIT(AMF_PAGE_E_ABORT),
	 BIT(AMF_PAGE_NONE) | BIT(AMF_PAGE_PAGED), in_any},
};
#undef BIT
const struct sim_fsm amf_paging = {
	.name = "paging", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_PAGE_N_EVENTS, .unexpected = amf_unexpected,
};
