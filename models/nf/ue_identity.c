/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the identification procedure at the UE (TS 24.501 5.4.3): the SUCI in clear or
 *             protected, the IMEISV and the 5G-GUTI only when the request was protected; a SUCI is
 *             fresh, or the last one while T3519 runs (5.5.1.2.2).
 * Leaves out  NAI formats of the SUPI, the MAC address and EUI-64 of equipment without IMEI.
 * Sources     TS 24.501 5.4.3; TS 33.501 6.12.2, 6.12.4, C.
 */
#include "models/nf/ue_state.h"

#include <string.h>

/* Drawn by the procedure that first sent it: a UE that was at rest meanwhile makes it again. */
static int64_t conceal(const struct ue *ue)
{
	struct nf_env *env = ue_all(ue)->env;
	struct sim_stream stream =
		nf_stream(env, NF_DRAW_EPHEMERAL, ue->number, ue->suci_procedure, 0);
	uint8_t seed[32];

	sim_stream_octets(&stream, seed, sizeof seed);
	ue->run->has_suci = true;
	return home_conceal(ue_all(ue)->home, env, ue->number, home_msin(ue->number), seed,
	                    &ue->run->suci);
}

static const struct msg_suci *last_suci(const struct ue *ue)
{
	if (!ue->run->has_suci)
		conceal(ue);
	return &ue->run->suci;
}

int64_t ue_make_suci(struct ue *ue)
{
	const struct nf_env *env = ue_all(ue)->env;

	if (env->sim->now_ns < ue->t3519_until_ns)
		return 0;
	ue->t3519_until_ns = env->sim->now_ns + ue_all(ue)->config->t3519_ns;
	ue->suci_procedure = ue->procedure;
	return conceal(ue);
}

struct nas_identity ue_suci(const struct ue *ue)
{
	return (struct nas_identity){.kind = NAS_IDENTITY_SUCI,
		.suci = home_suci(ue_all(ue)->home, last_suci(ue))};
}

struct nas_identity ue_guti(const struct ue *ue, uint32_t tmsi)
{
	const struct ue_guami *guami = &ue->guami;

	return (struct nas_identity){.kind = NAS_IDENTITY_GUTI,
		.guti = {.plmn = guami->plmn, .amf_region = guami->amf_region,
		         .amf_set = guami->amf_set, .amf_pointer = guami->amf_pointer, .tmsi = tmsi}};
}

void ue_note_heard(struct ue *ue, uint32_t tmsi)
{
	const struct ue_listener *listener = &ue_all(ue)->listener;
	struct msg_identity identity = {.tmsi = tmsi};

	if (!listener->heard)
		return;
	if (tmsi == 0)
		identity.suci = *last_suci(ue);
	listener->heard(listener->context, ue->number, &identity);
}

/* 5.4.3.3: of what the UE has; what it has not is no identity. An IMEI is sent with a spare last
 * digit, 0 (TS 23.003 6.2.1); TAC and serial number are those of the IMEISV (6.2.2). */
static struct nas_identity identity_of(const struct ue *ue, uint8_t kind)
{
	enum { TAC_AND_SNR = 14 };
	struct nas_identity identity = {.kind = NAS_IDENTITY_NONE};

	if (kind == NAS_IDENTITY_SUCI) {
		identity = ue_suci(ue);
	} else if ((kind == NAS_IDENTITY_GUTI || kind == NAS_IDENTITY_S_TMSI) && ue->tmsi != 0) {
		identity = ue_guti(ue, ue->tmsi);
		identity.kind = kind;
	} else if (kind == NAS_IDENTITY_IMEI || kind == NAS_IDENTITY_IMEISV) {
		identity.kind = kind;
		memcpy(identity.digits, ue_imeisv, sizeof identity.digits);
		if (kind == NAS_IDENTITY_IMEI)
			memcpy(identity.digits + TAC_AND_SNR, "0", 2);
	}
	return identity;
}

static uint8_t respond(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct ue_input *input = arg;
	const uint8_t kind = input->nas->identity_request.kind;
	struct nas_identity identity;
	struct ue_output output = {.type = MSG_IDENTITY_RESPONSE, .step = SVC_N_STEPS,
		.attempt = input->msg->attempt, .security = ue_is_secure(ue) ? NAS_CIPHERED : NAS_PLAIN};
	uint8_t plain[MSG_NAS_MAX];

	(void)event;
	if (kind != NAS_IDENTITY_SUCI && !input->integrity) { /* 4.4.4.2 */
		ue_all(ue)->env->counter[NF_COUNT_NAS_DISCARDED]++;
		return UE_ID_READY;
	}
	if (kind == NAS_IDENTITY_SUCI)
		output.crypto_ns = ue_make_suci(ue);
	if (kind == NAS_IDENTITY_SUCI && output.security == NAS_PLAIN)
		ue_note_heard(ue, 0);
	identity = identity_of(ue, kind);
	if (output.security != NAS_PLAIN)
		output.crypto_ns += ue_cost(ue, CRYPTO_OP_NAS_MAC) + ue_cost(ue, CRYPTO_OP_NAS_CIPHER);
	ue_trace(ue, NF_P_IDENTITY, MSG_IDENTITY_RESPONSE, 0, 0);
	ue_send_nas(ue, &output, plain, nas_identity_response(&identity, plain));
	return UE_ID_READY;
}

static const char *const event_names[] = {[UE_ID_E_REQUEST] = "Identity Request"};
static const struct sim_fsm_row rows[] = {
	{UE_ID_READY, "in every state of a connected UE", "TS 24.501 5.4.3.3",
	 SIM_FSM_BIT(UE_ID_E_REQUEST), SIM_FSM_BIT(UE_ID_READY), respond},
};
const struct sim_fsm ue_identity_procedure = {
	.name = "identification at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_ID_N_EVENTS, .unexpected = ue_unexpected,
};
