/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/msg.h"

static const struct {
	const char *text, *point;
	uint32_t octets;
} table[MSG_N_TYPES] = {
	[MSG_NONE] = {"none", "", 0},
#define MESSAGE(symbol, point, text, octets) [MSG_##symbol] = {text, #point, octets},
#include "models/msg/msg_list.h"
#undef MESSAGE
};

const char *msg_text(enum msg_type type)
{
	return table[type].text;
}

const char *msg_point(enum msg_type type)
{
	return table[type].point;
}

uint32_t msg_fixed_octets(enum msg_type type)
{
	return table[type].octets;
}
