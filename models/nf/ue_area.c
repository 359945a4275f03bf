/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the registration area at the UE: TAI lists of types 0, 1 and 2 (TS 24.501 9.11.3.9),
 *             several partial lists in one; whether the UE stands in it (5.5.1.3.2 a).
 * Leaves out  areas of equivalent networks: a UE here stands in one network.
 * Sources     TS 24.501 5.5.1.3.2, 9.11.3.9; TS 23.501 5.3.2.3.
 */
#include "models/nf/ue_state.h"

static uint32_t tac_at(const uint8_t *at)
{
	return (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

uint32_t ue_area(const struct ue *ue, uint8_t i)
{
	return i == 0 ? ue->area[0] : ue->more->area[i - 1];
}

static uint32_t *area_of(struct ue *ue, uint8_t i)
{
	return i == 0 ? ue->area : &ue_more(ue)->area[i - 1];
}

/* An area of another network, equivalent or not, is none that a UE here can stand in. */
static void take_tai(struct ue *ue, const uint8_t *plmn, uint32_t tac)
{
	struct id_plmn network;

	if (ue->n_area < UE_AREA && id_plmn_decode(plmn, &network) &&
	    (ue->tmsi == 0 || id_plmn_equal(network, ue->guami.plmn)))
		*area_of(ue, ue->n_area++) = tac;
}

/* One partial list: TACs of one network (type 0), consecutive ones (type 1), whole TAIs (type
 * 2). */
static uint16_t take_partial_list(struct ue *ue, const uint8_t *at, uint16_t n)
{
	enum { TACS, CONSECUTIVE, TAIS, PLMN = 3, TAC = 3, TAI = 6 };
	const uint8_t type = at[0] >> 5 & 3;
	const uint16_t count = (at[0] & 31) < UE_AREA ? (uint16_t)((at[0] & 31) + 1) : UE_AREA;
	const uint16_t octets = (uint16_t)(1 + (type == TACS          ? PLMN + TAC * count
	                                        : type == CONSECUTIVE ? PLMN + TAC
	                                                              : TAI * count));

	if (type > TAIS || octets > n)
		return n; /* what follows cannot be told apart */
	for (uint16_t i = 0; i < count; i++) {
		const uint8_t *plmn = at + 1 + (type == TAIS ? TAI * i : 0);
		const uint8_t *tac = plmn + PLMN + (type == TACS ? TAC * i : 0);
		take_tai(ue, plmn, tac_at(tac) + (type == CONSECUTIVE ? i : 0));
	}
	return octets;
}

/* 9.11.3.9: partial lists one behind the other, 16 TAIs at the most. */
void ue_take_area(struct ue *ue, const struct nas_octets *tai_list)
{
	uint16_t at = 0;

	ue->n_area = 0;
	while (at < tai_list->n)
		at = (uint16_t)(at + take_partial_list(ue, tai_list->at + at,
		                                       (uint16_t)(tai_list->n - at)));
}

bool ue_in_area(const struct ue *ue)
{
	uint32_t tac = nf_tac(ue_all(ue)->env, radio_cell(ue_all(ue)->radio, ue->number));

	for (uint8_t i = 0; i < ue->n_area; i++)
		if (ue_area(ue, i) == tac)
			return true;
	return ue_access(ue)->non_3gpp; /* the N3IWF's area goes with the UE (TS 23.501 5.3.2.3) */
}
