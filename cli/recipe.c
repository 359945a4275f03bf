/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Items one behind the other: a letter, the number of octets, the octets, a NUL. */
#include "cli/recipe.h"
#include "results/provenance.h"
#include "sim/core/memory.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ITEM_HEAD = 1 + sizeof(uint32_t) };

/* --- writing --------------------------------------------------------------------------------- */

struct making {
	unsigned char *octets; /* NULL: only counts */
	size_t n;
};

static void add(struct making *m, char letter, const char *text, size_t length)
{
	uint32_t n = (uint32_t)length;
	if (m->octets) {
		m->octets[m->n] = (unsigned char)letter;
		memcpy(m->octets + m->n + 1, &n, sizeof n);
		memcpy(m->octets + m->n + ITEM_HEAD, text, length);
		m->octets[m->n + ITEM_HEAD + length] = '\0';
	}
	m->n += ITEM_HEAD + length + 1;
}

static void add_text(struct making *m, char letter, const char *text)
{
	if (text)
		add(m, letter, text, strlen(text));
}

static void add_number(struct making *m, char letter, int64_t number)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, number);
	if (number >= 0)
		add_text(m, letter, text);
}

static void add_all(struct making *m, const struct run_options *o, const struct scn *scn)
{
	add_text(m, 'v', res_version());
	add_text(m, 'r', res_revision());
	add_text(m, 'p', o->scenario);
	add_text(m, 'w', o->force ? "" : NULL);
	add_text(m, 'e', o->load.engine);
	add_number(m, 'd', o->load.seed);
	add_number(m, 'n', o->load.replications);
	for (size_t i = 0; i < o->load.n_variant; i++)
		add_text(m, 'a', o->load.variant[i]);
	for (size_t i = 0; i < o->load.n_set; i++)
		add_text(m, 's', o->load.set[i]);
	for (uint32_t i = 0; i < scn_n_files(scn); i++)
		add(m, 'f', scn_text(scn, i)->text, scn_text(scn, i)->length);
}

void *recipe_make(const struct run_options *options, const struct scn *scn, size_t *n)
{
	struct making m = {.octets = NULL};
	add_all(&m, options, scn);
	m.octets = sim_memory_new("the recipe of a run", 1, m.n);
	m.n = 0;
	add_all(&m, options, scn);
	*n = m.n;
	return m.octets;
}

/* --- reading --------------------------------------------------------------------------------- */

struct reading {
	const char *version, *revision;
	uint32_t n_files;
	struct run_options *o;
};

/* Octets of the item at `at`, all of it; 0 when there is no whole one. */
static size_t item(const unsigned char *at, size_t left, uint32_t *length)
{
	if (left < ITEM_HEAD + 1)
		return 0;
	memcpy(length, at + 1, sizeof *length);
	size_t whole = ITEM_HEAD + (size_t)*length + 1;
	return whole <= left && at[whole - 1] == '\0' ? whole : 0;
}

static void take(struct reading *r, char letter, const char *text, uint32_t length)
{
	struct run_options *o = r->o;
	switch (letter) {
	case 'v': r->version = text; break;
	case 'r': r->revision = text; break;
	case 'p': o->scenario = text; break;
	case 'w': o->force = true; break;
	case 'e': o->load.engine = text; break;
	case 'd': o->load.seed = strtoll(text, NULL, 10); break;
	case 'n': o->load.replications = strtoll(text, NULL, 10); break;
	case 'a': o->variant[o->load.n_variant++] = text; break;
	case 's': o->set[o->load.n_set++] = text; break;
	case 'f':
		o->files[r->n_files++] = (struct scn_text){.name = "", .text = text, .length = length};
		break;
	default: break;
	}
}

static size_t count(const unsigned char *octets, size_t n)
{
	uint32_t length = 0;
	size_t items = 0;
	for (size_t at = 0, m; at < n; at += m, items++)
		if (!(m = item(octets + at, n - at, &length)))
			return 0;
	return items;
}

static void make_room(struct run_options *o, size_t n)
{
	free(o->set);
	free(o->variant);
	o->set = sim_memory_new("the recipe of a run", n, sizeof *o->set);
	o->variant = sim_memory_new("the recipe of a run", n, sizeof *o->variant);
	o->files = sim_memory_new("the recipe of a run", n, sizeof *o->files);
	o->load = (struct scn_options){.files = o->files, .set = o->set, .variant = o->variant,
	                               .seed = -1, .replications = -1};
}

enum sim_code recipe_read(const void *octets, size_t n, const char *from,
                          struct run_options *options, struct sim_err *err)
{
	const unsigned char *first = octets;
	struct reading r = {.version = "", .revision = "", .o = options};
	size_t items = count(first, n);
	uint32_t length = 0;
	if (items == 0)
		return sim_fail(err, SIM_E_USAGE, "cannot resume %s: it does not say what was run; the "
		                "run's own command continues it", from);
	make_room(options, items);
	for (size_t at = 0; at < n; at += ITEM_HEAD + (size_t)length + 1) {
		item(first + at, n - at, &length);
		take(&r, (char)first[at], (const char *)first + at + ITEM_HEAD, length);
	}
	options->load.n_files = r.n_files;
	if (strcmp(r.version, res_version()) != 0 || strcmp(r.revision, res_revision()) != 0)
		return sim_fail(err, SIM_E_USAGE,
		                "%s was begun by dtsim %s (%s), this is %s (%s): only the same one gives the "
		                "same octets",
		                from, r.version, r.revision, res_version(), res_revision());
	return SIM_OK;
}
