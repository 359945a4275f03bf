/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/list.h"
#include <string.h>

#define METRIC(name) extern const struct met_family met_##name;
#include "analysis/metric/met_list.h"
#undef METRIC

#define METRIC(name) &met_##name,
const struct met_family *const met_families[] = {
#include "analysis/metric/met_list.h"
};
#undef METRIC
const uint32_t met_n_families = sizeof met_families / sizeof *met_families;

static bool begins(const char *name, const char *entry)
{
	size_t n = strlen(entry);
	return strncmp(name, entry, n) == 0 && (name[n] == '\0' || name[n] == '.');
}

/* The entry with the longest name that this one begins with. */
static const struct met_entry *find(const char *name, const struct met_family **family)
{
	const struct met_entry *best = NULL;
	for (uint32_t f = 0; f < met_n_families; f++)
		for (size_t i = 0; i < met_families[f]->n_entries; i++) {
			const struct met_entry *e = &met_families[f]->entries[i];
			if (!begins(name, e->name) || (best && strlen(e->name) <= strlen(best->name)))
				continue;
			best = e;
			*family = met_families[f];
		}
	return best;
}

const struct met_entry *met_entry_of(const char *name)
{
	const struct met_family *family;
	return find(name, &family);
}

enum rec_level met_level_of(const char *name)
{
	const struct met_family *family;
	return find(name, &family) ? family->needs : REC_LEVEL_NONE;
}
