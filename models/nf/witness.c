/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/witness.h"

#include "models/crypto/sign.h"
#include "models/id/supi.h"
#include "models/nf/home.h"
#include "models/nf/index.h"
#include "models/record/truth.h"
#include <string.h>

static bool in_operation(const struct witness *w, uint32_t ue, uint32_t *session)
{
	if (!w->session_of)
		return false;
	*session = w->session_of(w->context, ue);
	return *session != UINT32_MAX;
}

static void tell_truth(const struct witness *w, enum rec_vantage vantage, uint32_t obs,
                       uint32_t session, uint32_t ue)
{
	rec_add_truth(w->env->rec, &(struct rec_truth){.vantage = (uint8_t)vantage, .obs = obs,
		.session = session, .subject = (uint16_t)ue, .msin = HOME_MSIN_FIRST + ue});
}

void witness_hospital(const struct witness *w, uint32_t ue, uint16_t hospital,
                      const struct msg_assertion *assertion, bool disclosed, uint64_t msin)
{
	uint32_t session, obs = w->env->rec->table[REC_T_obs_hospital].n;

	if (!in_operation(w, ue, &session))
		return;
	rec_add_obs_hospital(w->env->rec, &(struct rec_obs_hospital){.obs = obs,
		.hospital = hospital, .t_ns = w->env->sim->now_ns,
		.pseudonym = nf_index_key(assertion->pseudonym),
		.holder_key = nf_index_key(assertion->holder_key),
		.commitment = nf_index_key(assertion->commitment),
		.disclosed = disclosed ? (uint32_t)(msin - HOME_MSIN_FIRST) + 1 : 0});
	tell_truth(w, REC_VANTAGE_HOSPITAL, obs, session, ue);
}

static uint8_t kind_of(const struct msg_identity *identity)
{
	if (identity->suci.n == 0)
		return REC_ID_GUTI;
	return identity->suci.scheme == 0   ? REC_ID_SUCI_NULL
	       : identity->suci.scheme == 1 ? REC_ID_SUCI_A
	                                    : REC_ID_SUCI_B;
}

/* The null scheme's output is the MSIN in BCD (TS 33.501 C.2). */
static uint64_t clear_msin(const struct msg_suci *suci)
{
	struct id_supi supi = {.msin = 0};

	return id_msin_decode(suci->output, suci->n, &supi) ? supi.msin : 0;
}

static uint64_t digest_of(const struct witness *w, const struct msg_identity *identity)
{
	const struct msg_suci *suci = &identity->suci;
	uint8_t tmsi[4] = {(uint8_t)(identity->tmsi >> 24), (uint8_t)(identity->tmsi >> 16),
	                   (uint8_t)(identity->tmsi >> 8), (uint8_t)identity->tmsi};
	uint8_t digest[32];

	crypto_hash(w->env->crypto, w->env->suite_of_class[REC_CLASS_SURGEON],
	            suci->n ? suci->output : tmsi, suci->n ? suci->n : sizeof tmsi, digest);
	return nf_index_key(digest);
}

void witness_radio(const struct witness *w, uint32_t ue, uint16_t cell,
                   const struct msg_identity *identity)
{
	uint32_t session, obs = w->env->rec->table[REC_T_obs_radio].n;
	uint8_t kind = kind_of(identity);

	if (!in_operation(w, ue, &session))
		return;
	rec_add_obs_radio(w->env->rec, &(struct rec_obs_radio){.obs = obs, .cell = cell,
		.t_ns = w->env->sim->now_ns, .kind = kind, .identity = digest_of(w, identity),
		.clear_msin = kind == REC_ID_SUCI_NULL ? clear_msin(&identity->suci) : 0});
	tell_truth(w, REC_VANTAGE_RADIO, obs, session, ue);
}
