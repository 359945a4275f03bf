/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      5G-AKA at the AUSF: the 5G SE AV for the SEAF, the check of RES*, and what the home network
 *             learns of a wrong one.
 * Leaves out  nothing of TS 33.501 6.1.3.2.
 * Sources     TS 33.501 6.1.3.2, TS 29.509 5.2.2.2.2.
 */
#include "models/nf/ausf_state.h"

#include "models/crypto/kdf.h"

#include <string.h>

/* Steps 3 to 5: XRES* and KAUSF stay, HXRES* goes; KSEAF waits for the confirmation. */
void ausf_aka_challenge(struct ausf *ausf, struct ausf_context *c, const struct msg *answer)
{
	struct nf_env *env = ausf->env;
	const struct crypto_suite *suite = nf_suite(env, answer->ue);
	struct msg *reply = nf_answer(env, MSG_AUSF_AUTHENTICATE_RSP, &c->request);
	char snn[ID_SNN_TEXT];

	reply->span = answer->span;
	reply->context = c->self;
	reply->method = MSG_METHOD_5G_AKA;
	memcpy(c->xres_star, answer->vector.xres_star, sizeof c->xres_star);
	memcpy(c->kausf, answer->vector.kausf, sizeof c->kausf);
	id_snn_text(c->serving, snn);
	crypto_kseaf(env->crypto, suite, c->kausf, snn, c->kseaf);
	memcpy(reply->vector.rand, answer->vector.rand, 16);
	memcpy(reply->vector.autn, answer->vector.autn, 16);
	crypto_hres_star(env->crypto, suite, answer->vector.rand, c->xres_star,
	                 reply->vector.xres_star);
	ausf_note_challenge(ausf, c, answer->vector.rand);
	nf_reply(env, &c->request, reply);
}

static void refuse(struct ausf *ausf, const struct msg *request, uint8_t cause)
{
	struct msg *reply = nf_answer(ausf->env, MSG_AUSF_CONFIRM_RSP, request);

	reply->cause = cause;
	nf_reply(ausf->env, request, reply);
}

/*
 * Step 11, one confirmation at a time. A resource that is gone (404), or whose vector has expired with it, is
 * no fault of the UE's.
 */
void ausf_aka_confirm(struct ausf *ausf, const struct msg *request)
{
	struct ausf_context *c = ausf_find(ausf, request->context);

	if (!c || c->method != MSG_METHOD_5G_AKA || c->msin == 0 ||
	    c->awaited != MSG_NONE) {
		refuse(ausf, request, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
		return;
	}
	if (memcmp(c->xres_star, request->response.res_star, sizeof c->xres_star) != 0) {
		refuse(ausf, request, MSG_CAUSE_ILLEGAL_UE);
		ausf_report(ausf, c, request, false);
		ausf_give(ausf, c);
		return;
	}
	msg_copy(&c->request, request);
	ausf_keep(ausf, c);
	ausf_store_kausf(ausf, c);
	ausf_report(ausf, c, request, true);
}
