/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: generic UE configuration update: a new 5G-GUTI, names of the network, time.
 * Leaves out: the other forty optional fields: a registration does not need them.
 * Sources: TS 24.501 8.2.19, 8.2.20, 9.11.3.35 (network name), TS 24.008 10.5.3.5a, 10.5.3.12.
 */
#include "models/msg/nas_writer.h"
#include "sim/core/status.h"
#include <string.h>

/* Coding scheme UCS2, no spare bits (0x90), two octets a character. */
static void put_name(struct nas_writer *w, uint8_t iei, const char *name)
{
	uint8_t octets[1 + 2 * NAS_NAME_MAX];
	size_t n = strlen(name);

	SIM_ASSERT(n <= NAS_NAME_MAX);
	octets[0] = 0x90;
	for (size_t i = 0; i < n; i++) {
		octets[1 + 2 * i] = 0;
		octets[2 + 2 * i] = (uint8_t)name[i];
	}
	nas_tlv(w, iei, octets, (uint16_t)(1 + 2 * n));
}

uint16_t nas_configuration_update(const struct nas_configuration_update *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_CONFIGURATION_UPDATE_COMMAND);

	if (m->acknowledge)
		nas_v(&w, 0xd1);
	if (m->has_guti)
		nas_guti_tlve(&w, 0x77, m->guti);
	if (m->full_name[0])
		put_name(&w, 0x43, m->full_name);
	if (m->short_name[0])
		put_name(&w, 0x45, m->short_name);
	if (m->time_zone.present)
		nas_tv(&w, 0x46, m->time_zone.value);
	if (m->has_time) {
		nas_v(&w, 0x47);
		nas_put(&w, m->time, sizeof m->time);
	}
	nas_optional_octet(&w, 0x49, m->daylight_saving);
	return w.n;
}

uint16_t nas_configuration_update_complete(uint8_t *out)
{
	return nas_begin(out, NAS_CONFIGURATION_UPDATE_COMPLETE).n;
}
