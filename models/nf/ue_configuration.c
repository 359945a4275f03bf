/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the generic UE configuration update at the UE (TS 24.501 5.4.4.3): a new 5G-GUTI and
 *             TAI list are taken, the command is acknowledged when it asks for that; registration
 *             when requested, once the connection has been released.
 * Leaves out  what a new NSSAI, names of the network and the time mean to the UE: nothing here uses
 *             them.
 * Sources     TS 24.501 5.4.4; TS 33.501 6.12.3.
 */
#include "models/nf/ue_state.h"

static uint8_t command(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct ue_input *input = arg;
	const struct nas_configuration_update *update = &input->nas->configuration_update;
	uint8_t plain[MSG_NAS_MAX];

	(void)event;
	if (!ue->registered) /* 5.4.4.1: for registered UEs; crossed a deregistration */
		return UE_CONF_READY;
	ue_take_guti(ue, update->has_guti, &update->guti);
	if (update->tai_list.n > 0)
		ue_take_area(ue, &update->tai_list);
	ue_trace(ue, NF_P_CONFIGURATION, MSG_CONFIGURATION_UPDATE, 0, 0);
	if (update->acknowledge) {
		ue_answer(ue, MSG_CONFIGURATION_UPDATE_COMPLETE, input, SVC_ue_accept, plain,
		          nas_configuration_update_complete(plain));
	}
	if (update->registration_requested) { /* without a connection, by an update of its own */
		ue->update_wanted = true;
		ue_await_release(ue);
	}
	return UE_CONF_READY;
}

static const char *const event_names[] = {[UE_CONF_E_COMMAND] = "Configuration Update Command"};
static const struct sim_fsm_row rows[] = {
	{UE_CONF_READY, "in every state of a connected UE", "TS 24.501 5.4.4.3",
	 SIM_FSM_BIT(UE_CONF_E_COMMAND), SIM_FSM_BIT(UE_CONF_READY), command},
};
const struct sim_fsm ue_configuration = {
	.name = "configuration update at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_CONF_N_EVENTS, .unexpected = ue_unexpected,
};
