/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What connects radio, gNBs and UEs; and the note-takers of the vantage points: what a receiver on the air
 * and a hospital's platform saw goes to their tables, whom they saw to the ground truth beside.
 * Only sessions count: what is heard while a twin is enrolled belongs to no operation and is left out.
 */
#include "models/nf/hospital.h"
#include "scenarios/world_state.h"

#include <openssl/sha.h>
#include <string.h>

void world_connected(void *context, uint32_t ue, bool ok)
{
	ue_connected(((struct world *)context)->ues, ue, ok);
}

void world_at_gnb(void *context, uint32_t ue, struct msg *msg)
{
	gnb_from_air(((struct world *)context)->gnbs, ue, msg);
}

void world_at_ue(void *context, uint32_t ue, struct msg *msg)
{
	ue_receive(((struct world *)context)->ues, ue, msg);
}

static uint64_t first_eight(const uint8_t *octets)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | octets[i];
	return v;
}

static void note_truth(struct world *world, enum rec_vantage vantage, uint32_t obs, uint32_t ue)
{
	rec_add_truth(world->env.rec, &(struct rec_truth){.vantage = (uint8_t)vantage, .obs = obs,
		.session = surgeons_session(world->surgeons, ue), .subject = (uint16_t)ue,
		.msin = ue_msin(world->ues, ue)});
}

static bool in_session(const struct world *world, uint32_t ue)
{
	return world->env.class_of_ue[ue] == REC_CLASS_SURGEON &&
	       surgeons_session(world->surgeons, ue) != UINT32_MAX;
}

static uint64_t clear_msin(const struct msg_suci *suci)
{
	struct id_supi supi = {.msin = 0};

	if (suci->n == 0 || suci->scheme != ID_SCHEME_NULL)
		return 0;
	return id_msin_decode(suci->output, suci->n, &supi) ? supi.msin : 0;
}

void world_heard(void *context, uint32_t ue, const struct msg_identity *identity)
{
	struct world *world = context;
	const struct msg_suci *suci = &identity->suci;
	uint8_t digest[SHA256_DIGEST_LENGTH], tmsi[4];

	if (!in_session(world, ue))
		return;
	memcpy(tmsi, &identity->tmsi, sizeof tmsi);
	if (suci->n > 0)
		SHA256(suci->output, suci->n, digest);
	else
		SHA256(tmsi, sizeof tmsi, digest);
	note_truth(world, REC_VANTAGE_RADIO, world->n_heard, ue);
	rec_add_obs_radio(world->env.rec, &(struct rec_obs_radio){.obs = world->n_heard++,
		.cell = (uint16_t)ue_cell(world->ues, ue), .t_ns = world->env.sim->now_ns,
		.kind = suci->n == 0 ? REC_ID_GUTI
		        : suci->scheme == ID_SCHEME_NULL ? REC_ID_SUCI_NULL : REC_ID_SUCI_A,
		.identity = first_eight(digest), .clear_msin = clear_msin(suci)});
}

void world_seen(void *context, uint32_t ue, const struct hospital_seen *seen)
{
	struct world *world = context;
	const struct msg_assertion *assertion = seen->assertion;

	if (!in_session(world, ue))
		return;
	note_truth(world, REC_VANTAGE_HOSPITAL, world->n_seen, ue);
	rec_add_obs_hospital(world->env.rec, &(struct rec_obs_hospital){.obs = world->n_seen++,
		.hospital = seen->hospital, .t_ns = world->env.sim->now_ns,
		.pseudonym = first_eight(assertion->pseudonym),
		.holder_key = first_eight(assertion->holder_key),
		.commitment = first_eight(assertion->commitment),
		.disclosed = seen->disclosed ? (uint32_t)(seen->msin - HOME_MSIN_FIRST) + 1 : 0});
}
