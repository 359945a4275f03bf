/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the SCP as a station that every message of the SBI waits at before it reaches its receiver.
 * Leaves out  its own connections and headers (3gpp-Sbi-Target-apiRoot), delegated discovery: it stands
 *             on the receiver's side of the link, adds no octets, and knows where everybody is.
 * Sources     TS 23.501 6.2.19, Annex E; service step: see the profile.
 */
#include "models/nf/scp.h"

#include "models/msg/wire.h"

void nf_scp_start(struct nf_env *env, uint32_t station)
{
	env->has_scp = true;
	env->scp_station = station;
}

bool nf_scp_is_on_the_way(const struct nf_env *env, const struct msg *msg)
{
	return env->has_scp && wire_carrier_of((enum msg_type)msg->type) == WIRE_SBI;
}

/* Each message that it passes on is a draw of its own. 12 bits: type < 256, attempt < 8 */
struct nf_demand nf_scp_demand(const struct nf_env *env, const struct msg *msg)
{
	uint32_t name = (uint32_t)msg->type << 3 | (msg->attempt & 7);

	return (struct nf_demand){nf_draw_service(env, msg, SVC_scp_forward, NF_DRAW_SCP, name), 0};
}
