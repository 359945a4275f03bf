/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the service request procedure at the AMF (TS 24.501 5.6.1): a verified request is
 *             accepted under the context that both ends hold; in answer to a paging a new 5G-GUTI
 *             follows by configuration update (TS 33.501 6.12.3), then what the paging was for.
 * Leaves out  PDU sessions, rejects for their sake, authentication within the procedure.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

static bool reallocates(const struct amf_ue *u, bool paged)
{
	uint8_t policy = u->amf->config->guti_reallocation;

	return policy == AMF_REALLOCATE_SERVICE || (paged && policy == AMF_REALLOCATE_SPECIFIED);
}

static void send_accept(struct amf_ue *u)
{
	const struct nas_service_accept accept = {.t3448 = {false, 0}};
	struct msg *msg = amf_message(u, MSG_SERVICE_ACCEPT);
	uint8_t plain[MSG_NAS_MAX];

	msg->ngap = NGAP_CONTEXT_SETUP_REQUEST;
	amf_send_nas(u, msg, plain, nas_service_accept(&accept, plain));
}

static uint8_t request(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;
	const struct amf_input *input = arg;
	bool paged = u->at[AMF_PAGING] == AMF_PAGE_PAGED;

	(void)event;
	u->procedure = input->msg->procedure;
	u->run->span = input->msg->span;
	amf_count(u, NF_COUNT_SERVICE_REQUESTS);
	amf_abort_all(u); /* 5.6.1.8: what an earlier connection had begun ends with it */
	if (u->old_tmsi != 0 && input->nas->service_request.guti.tmsi == u->tmsi)
		amf_confirm_guti(u); /* the UE has the new one: the old is invalid */
	send_accept(u);
	u->then &= (uint8_t)~AMF_THEN_DELIVER;
	if (reallocates(u, paged))
		amf_feed(u, AMF_CONFIGURATION, AMF_CONF_E_REALLOCATE, NULL);
	else
		amf_do_what_waits(u);
	return AMF_SRV_READY;
}

static const char *const event_names[] = {[AMF_SRV_E_REQUEST] = "Service Request"};
static const struct sim_fsm_row rows[] = {
	{AMF_SRV_READY, "5GMM-REGISTERED", "TS 24.501 5.6.1.2, 5.6.1.4",
	 SIM_FSM_BIT(AMF_SRV_E_REQUEST), SIM_FSM_BIT(AMF_SRV_READY), request},
};
const struct sim_fsm amf_service = {
	.name = "service request at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_SRV_N_EVENTS, .unexpected = amf_unexpected,
};
