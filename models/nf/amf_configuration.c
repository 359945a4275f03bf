/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the generic UE configuration update at the AMF (TS 24.501 5.4.4): names of the
 *             network without acknowledgement, a new 5G-GUTI under T3555 (TS 33.501 6.12.3).
 * Leaves out  new slices, service areas, and a registration asked for by an update.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

static uint8_t inform(struct amf_ue *u)
{
	const struct nas_configuration_update update = {.full_name = "Open5GS", .short_name = "Next",
		.time_zone = {true, 0}, .has_time = true, .daylight_saving = {true, 0}};
	uint8_t plain[MSG_NAS_MAX];

	amf_send_nas(u, amf_message(u, MSG_CONFIGURATION_UPDATE), plain,
	             nas_configuration_update(&update, plain));
	return u->at[AMF_CONFIGURATION];
}

static uint8_t send_command(struct amf_ue *u)
{
	const struct nas_configuration_update update = {.acknowledge = true, .has_guti = true,
		.guti = amf_guti(u->amf, u->tmsi)};
	struct msg *msg = amf_message(u, MSG_CONFIGURATION_UPDATE);
	uint8_t plain[MSG_NAS_MAX];

	msg->attempt = u->run->resent;
	amf_send_nas(u, msg, plain, nas_configuration_update(&update, plain));
	amf_start_timer(u, u->amf->config->t3555_ns, AMF_CONFIGURATION, AMF_CONF_E_T3555);
	return AMF_CONF_COMMANDED;
}

static uint8_t reallocate(struct amf_ue *u)
{
	amf_allocate_guti(u);
	amf_count(u, NF_COUNT_CONFIGURATION_UPDATES);
	return send_command(u);
}

static uint8_t over(struct amf_ue *u)
{
	u->at[AMF_CONFIGURATION] = AMF_CONF_NONE;
	amf_do_what_waits(u);
	return u->at[AMF_CONFIGURATION];
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;

	(void)arg;
	switch (event) {
	case AMF_CONF_E_INFORM:
		return inform(u);
	case AMF_CONF_E_REALLOCATE:
		return reallocate(u);
	case AMF_CONF_E_COMPLETE:
		amf_stop_timer(u);
		amf_confirm_guti(u);
		return over(u);
	case AMF_CONF_E_T3555: /* 5.4.4.6 a: aborted on the fifth; both 5G-GUTIs hold */
		return amf_repeats(u, AMF_REPETITIONS_t3555) ? send_command(u) : over(u);
	default: /* AMF_CONF_E_ABORT */
		return AMF_CONF_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_CONF_E_INFORM] = "names and time", [AMF_CONF_E_REALLOCATE] = "reallocation",
	[AMF_CONF_E_COMPLETE] = "Configuration Update Complete", [AMF_CONF_E_T3555] = "T3555",
	[AMF_CONF_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_CONF_NONE, "no acknowledged update", "TS 24.501 5.4.4.1, 5.4.4.2",
	 BIT(AMF_CONF_E_INFORM) | BIT(AMF_CONF_E_REALLOCATE) | BIT(AMF_CONF_E_ABORT),
	 BIT(AMF_CONF_NONE) | BIT(AMF_CONF_COMMANDED), in_any},
	{AMF_CONF_COMMANDED, "5GMM-COMMON-PROCEDURE-INITIATED, T3555", "TS 24.501 5.4.4.4, 5.4.4.6",
	 BIT(AMF_CONF_E_COMPLETE) | BIT(AMF_CONF_E_T3555) | BIT(AMF_CONF_E_ABORT) |
	     BIT(AMF_CONF_E_INFORM),
	 BIT(AMF_CONF_NONE) | BIT(AMF_CONF_COMMANDED), in_any},
};
#undef BIT
const struct sim_fsm amf_configuration = {
	.name = "configuration update at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_CONF_N_EVENTS, .unexpected = amf_unexpected,
};
