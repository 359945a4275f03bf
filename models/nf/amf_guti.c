/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      5G-GUTIs: 5G-TMSIs drawn at random (TS 33.501 6.12.3), or counted, or one for ever,
 *             for comparison; an old and a new one hold together until the UE has confirmed (TS
 *             24.501 5.5.1.2.8 c).
 * Leaves out  several AMF regions, sets and pointers: one AMF serves the network.
 * Sources     TS 33.501 6.12.3; TS 24.501 5.4.4.4, 5.5.1.2.4; TS 23.003 2.10.
 */
#include "models/nf/amf_state.h"

uint64_t amf_msin_of_tmsi(const struct amf *amf, uint32_t tmsi)
{
	uint32_t number;
	uint64_t msin;

	if (tmsi == 0)
		return 0;
	if (nf_numbers_get(&amf->by_tmsi, tmsi, &number))
		return home_msin(number);
	return nf_index_get(&amf->by_old_tmsi, tmsi, &msin) ? msin : 0;
}

uint64_t amf_tmsi_of(const void *amf, uint32_t number)
{
	return ((const struct amf *)amf)->tmsi_of[number];
}

static void replace(struct amf *amf, uint32_t number, uint32_t tmsi)
{
	uint32_t old = amf->tmsi_of[number];

	if (old != 0) {
		nf_numbers_remove(&amf->by_tmsi, number);
		if (old != tmsi)
			nf_index_put(&amf->by_old_tmsi, old, home_msin(number));
	}
	amf->tmsi_of[number] = tmsi;
	nf_numbers_put(&amf->by_tmsi, number);
}

struct id_guti amf_guti(const struct amf *amf, uint32_t tmsi)
{
	return (struct id_guti){.plmn = amf->plmn, .amf_region = 2, .amf_set = 1, .tmsi = tmsi};
}

bool amf_is_own_s_tmsi(const struct amf *amf, const struct id_guti *guti)
{
	const struct id_guti own = amf_guti(amf, guti->tmsi);

	return guti->amf_set == own.amf_set && guti->amf_pointer == own.amf_pointer;
}

bool amf_is_own_guti(const struct amf *amf, const struct id_guti *guti)
{
	const struct id_guti own = amf_guti(amf, guti->tmsi);

	return id_plmn_equal(guti->plmn, own.plmn) && guti->amf_region == own.amf_region &&
	       amf_is_own_s_tmsi(amf, guti);
}

static uint32_t candidate(struct amf_ue *u, struct sim_stream *stream)
{
	switch (u->amf->config->guti_allocation) {
	case AMF_ALLOCATE_INCREMENTING:
		return ++u->amf->last_tmsi;
	default:
		return sim_stream_u32(stream);
	}
}

void amf_allocate_guti(struct amf_ue *u)
{
	struct amf *amf = u->amf;
	bool is_static = amf->config->guti_allocation == AMF_ALLOCATE_STATIC;
	struct sim_stream stream = nf_stream(amf->env, NF_DRAW_TMSI, u->ue,
	                                     is_static ? 0 : u->procedure, 0);
	uint32_t tmsi;
	uint64_t owner;

	if (u->old_tmsi != 0) /* never confirmed, and replaced already */
		amf_confirm_guti(u);
	do {
		tmsi = candidate(u, &stream);
		owner = amf_msin_of_tmsi(amf, tmsi);
	} while (tmsi == 0 || (owner != 0 && !(is_static && owner == u->msin)));
	u->old_tmsi = amf->tmsi_of[u->msin - HOME_MSIN_FIRST];
	if (u->old_tmsi == tmsi)
		u->old_tmsi = 0;
	u->tmsi = tmsi;
	replace(amf, u->msin - HOME_MSIN_FIRST, tmsi);
}

void amf_confirm_guti(struct amf_ue *u)
{
	if (u->old_tmsi != 0)
		nf_index_remove(&u->amf->by_old_tmsi, u->old_tmsi);
	u->old_tmsi = 0;
}
