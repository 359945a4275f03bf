/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/msg.h"

#include <stddef.h>

static const struct {
	const char *text, *point;
} table[MSG_N_TYPES] = {
	[MSG_NONE] = {"none", ""},
#define MESSAGE(symbol, point, text, octets, member) [MSG_##symbol] = {text, #point},
#include "models/msg/msg_list.h"
#undef MESSAGE
};

#define END_OF(member) (offsetof(struct msg, member) + sizeof ((struct msg *)NULL)->member)
const struct msg_form msg_forms[MSG_N_TYPES] = {
	[MSG_NONE] = {0, offsetof(struct msg, identity)},
#define MESSAGE(symbol, point, text, octets, member) [MSG_##symbol] = {octets, END_OF(member)},
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
