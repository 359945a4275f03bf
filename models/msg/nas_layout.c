/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/nas_layout.h"

const struct nas_field nas_fields_none[] = {NAS_END};

/* Those of which the cause is all: the body is that octet. */
const struct nas_field nas_fields_cause[] = {
	{.name = "5GMM cause", .clause = "9.11.3.2", .format = NAS_V, .kind = NAS_F_BITS, .width = 8,
	 .flag = NAS_NO_FLAG, .show = NAS_SHOW_CAUSE},
	NAS_END};

enum { FIRST = NAS_REGISTRATION_REQUEST, LAST = NAS_DL_TRANSPORT };

const struct nas_layout *nas_layout(uint8_t type)
{
	static const struct nas_layout layouts[LAST - FIRST + 1] = {
#define MESSAGE(symbol, table, text, clause) \
	[NAS_##symbol - FIRST] = {text, clause, nas_fields_##table},
		NAS_MESSAGES(MESSAGE)
#undef MESSAGE
	};

	if (type < FIRST || type > LAST || !layouts[type - FIRST].text)
		return NULL;
	return &layouts[type - FIRST];
}

const char *nas_text(uint8_t type)
{
	const struct nas_layout *layout = nas_layout(type);

	return layout ? layout->text : NULL;
}
