/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/link/list.h"
#include <string.h>

#define ADVERSARY(name) extern const struct adv_entry adv_##name;
#include "analysis/link/adv_list.h"
#undef ADVERSARY

#define ADVERSARY(name) &adv_##name,
const struct adv_entry *const adv_entries[] = {
#include "analysis/link/adv_list.h"
};
#undef ADVERSARY
const uint32_t adv_n_entries = sizeof adv_entries / sizeof *adv_entries;

const struct adv_entry *adv_find(const char *name)
{
	for (uint32_t i = 0; i < adv_n_entries; i++)
		if (strcmp(adv_entries[i]->name, name) == 0)
			return adv_entries[i];
	return NULL;
}
