/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      security mode control at the UE (TS 24.501 5.4.2; TS 33.501 6.7.2): integrity under
 *             the keys of the command's ngKSI, the replayed security capabilities, Complete with
 *             the whole initial NAS message, Reject with cause 23 or 24; the secure exchange of NAS
 *             messages (4.4.2.5).
 * Leaves out  algorithms other than 128-NIA2 and 128-NEA2 (a command with others is rejected), the
 *             horizontal derivation of KAMF, mapped contexts of EPS.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/ue_state.h"

#include "models/crypto/kdf.h"
#include "models/msg/eap.h"

#include <string.h>

const char ue_imeisv[] = "4370816125816151";

/* KAMF of the partial context that an authentication has left (TS 33.501 6.2.2). */
static void derive(struct ue *ue, const struct nas_security_mode_command *command,
                   struct security *security)
{
	struct nf_env *env = ue_all(ue)->env;
	const struct crypto_suite *suite = nf_suite(env, ue->number);
	uint8_t kseaf[32];
	char supi[ID_SUPI_TEXT];

	home_supi_text(ue_all(ue)->home, home_msin(ue->number), supi);
	crypto_kseaf(env->crypto, suite, ue->run->kausf, home_snn_at(ue_all(ue)->home, env, ue->number),
	             kseaf);
	crypto_kamf(env->crypto, suite, kseaf, supi, command->has_abba ? command->abba : ue->run->abba,
	            security->kamf);
	security->ngksi = command->ngksi;
	security_begin(security);
}

static bool same_capabilities(const struct nas_octets *replayed)
{
	return replayed->n == sizeof nas_ue_capability &&
	       memcmp(replayed->at, nas_ue_capability, sizeof nas_ue_capability) == 0;
}

/* 5.4.2.3, 5.4.2.5: 0, or why the command is not accepted. *security: the context it takes into
 * use. */
static uint8_t check(struct ue *ue, const struct ue_input *input, struct security *security)
{
	const struct nas_security_mode_command *command = &input->nas->security_mode_command;
	uint8_t plain[MSG_NAS_MAX];

	*security = ue->security;
	if (command->ngksi == ue->fresh_ngksi)
		derive(ue, command, security);
	if (command->ngksi != security->ngksi || !security_valid(security) ||
	    security_open(ue_all(ue)->env, ue->number, security, CRYPTO_DOWNLINK, input->msg->nas,
	                  input->msg->nas_octets, plain) == 0)
		return MSG_CAUSE_SECURITY_MODE_REJECTED;
	if (command->eap.n > 0 && command->eap.at[0] != EAP_SUCCESS) /* 33.501 6.1.3.1 step 11 */
		return MSG_CAUSE_SECURITY_MODE_REJECTED;
	if (!same_capabilities(&command->security_capability))
		return MSG_CAUSE_CAPABILITIES_MISMATCH;
	if (command->integrity != CRYPTO_NIA2 || command->ciphering != CRYPTO_NEA2)
		return MSG_CAUSE_SECURITY_MODE_REJECTED;
	return MSG_CAUSE_NONE;
}

static void send_complete(struct ue *ue, const struct ue_input *input)
{
	const struct nas_security_mode_command *command = &input->nas->security_mode_command;
	struct nas_security_mode_complete complete = {.container = {NULL, 0}};
	struct ue_output output = {.type = MSG_SECURITY_MODE_COMPLETE, .step = SVC_ue_smc,
		.attempt = input->msg->attempt, .security = NAS_CIPHERED_NEW_CONTEXT,
		.crypto_ns = ue_cost(ue, CRYPTO_OP_KSEAF) + ue_cost(ue, CRYPTO_OP_KAMF) +
		             2 * (ue_cost(ue, CRYPTO_OP_NAS_KEY) + ue_cost(ue, CRYPTO_OP_NAS_MAC)) +
		             ue_cost(ue, CRYPTO_OP_NAS_CIPHER)};
	uint8_t plain[MSG_NAS_MAX], whole[MSG_NAS_MAX];

	if (command->imeisv_request)
		memcpy(complete.imeisv, ue_imeisv, sizeof complete.imeisv);
	if (command->additional.present && (command->additional.value & 2) &&
	    ue->at[UE_REGISTRATION] == UE_REG_REQUESTED)
		complete.container = (struct nas_octets){whole, ue_whole_request(ue, whole)};
	ue_trace(ue, NF_P_SECURITY_MODE, MSG_SECURITY_MODE_COMPLETE, 0, 0);
	ue_send_nas(ue, &output, plain, nas_security_mode_complete(&complete, plain));
}

/* 5.4.2.5: under the context that was in use before, if one was. */
static uint8_t reject(struct ue *ue, const struct ue_input *input, uint8_t cause)
{
	uint8_t plain[MSG_NAS_MAX];

	ue_trace(ue, NF_P_SECURITY_MODE, MSG_SECURITY_MODE_REJECT, 1, cause);
	ue_answer(ue, MSG_SECURITY_MODE_REJECT, input, SVC_N_STEPS, plain,
	          nas_security_mode_reject(cause, plain));
	return ue->at[UE_SECURITY_MODE];
}

static uint8_t command(struct ue *ue, const struct ue_input *input)
{
	struct security security;
	uint8_t cause = check(ue, input, &security);

	if (cause != MSG_CAUSE_NONE)
		return reject(ue, input, cause);
	ue->security = security;
	ue->fresh_ngksi = NAS_NGKSI_NONE;
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	send_complete(ue, input);
	return UE_SEC_SECURE;
}

/* ---- the table ---- */

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	if (event == UE_SEC_E_RELEASED)
		return UE_SEC_OPEN;
	return event == UE_SEC_E_ESTABLISHED ? UE_SEC_SECURE : command(self, arg);
}

static const char *const event_names[] = {
	[UE_SEC_E_COMMAND] = "Security Mode Command",
	[UE_SEC_E_ESTABLISHED] = "message under the current context",
	[UE_SEC_E_RELEASED] = "release of the connection",
};

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{UE_SEC_OPEN, "no secure exchange of NAS messages", "TS 24.501 4.4.2.5",
	 BIT(UE_SEC_E_COMMAND) | BIT(UE_SEC_E_ESTABLISHED) | BIT(UE_SEC_E_RELEASED),
	 BIT(UE_SEC_OPEN) | BIT(UE_SEC_SECURE), in_any},
	{UE_SEC_SECURE, "secure exchange of NAS messages", "TS 24.501 4.4.2.5, 5.4.2.3",
	 BIT(UE_SEC_E_COMMAND) | BIT(UE_SEC_E_ESTABLISHED) | BIT(UE_SEC_E_RELEASED),
	 BIT(UE_SEC_OPEN) | BIT(UE_SEC_SECURE), in_any},
};
#undef BIT

const struct sim_fsm ue_security_mode = {
	.name = "security mode control at the UE", .rows = rows,
	.n_rows = sizeof rows / sizeof *rows, .event_names = event_names,
	.n_events = UE_SEC_N_EVENTS, .unexpected = ue_unexpected,
};
