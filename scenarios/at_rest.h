/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a replication keeps for a background subscriber that is registered and at rest, in octets of
 * each room: what there is of it whether anything is under way or not. A procedure takes more from
 * pools and gives it back (ue_rest.c, amf_settle).
 */
#ifndef SCENARIOS_AT_REST_H
#define SCENARIOS_AT_REST_H

#include <stdint.h>

struct scn_room {
	const char *name;
	uint32_t octets;
};
enum {
	SCN_ROOMS = 9,
	SCN_UE_AT_REST_MAX = 176, /* the UE's own, and no more */
	SCN_AT_REST_MAX = 525     /* of all rooms              */
};

/* The first room is the UE's own. */
void scn_at_rest(struct scn_room room[SCN_ROOMS]);
uint32_t scn_at_rest_total(void);

#endif
