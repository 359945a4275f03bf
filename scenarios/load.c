/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files, options, variants, twins, and only then: was all of it good? */
#include "scenarios/load.h"

#include "scenarios/extend.h"
#include "scenarios/scenario.h"
#include <stdlib.h>

static void list_texts(struct scn *scn)
{
	struct scn_context *context = &scn->context;

	scn->texts = scn_alloc(context, context->n_sources * sizeof *scn->texts);
	for (uint32_t i = 0; i < context->n_sources; i++) {
		const struct scn_source *source = &context->sources[i];

		scn->n_files += source->kind == SCN_SOURCE_FILE;
		if (source->kind != SCN_SOURCE_OPTION)
			scn->texts[scn->n_texts++] =
				(struct scn_text){source->name, source->text, source->length};
	}
}

/* A key that only variants have which were not chosen: allowed, but it does nothing. */
static void warn_of_idle_sets(struct scn *scn, const struct scn_set *sets, uint32_t n_sets,
                              FILE *messages)
{
	for (uint32_t i = 0; i < n_sets; i++) {
		bool fits = false;

		for (uint32_t v = 0; v < scn->n_made && !fits; v++)
			fits = scn_set_fits(&scn->context, &sets[i], scn->made[v]->tree);
		if (!fits)
			fprintf(messages, "warning: --set %s: none of the chosen variants has this key; "
			        "nothing is changed\n", sets[i].key);
	}
}

static void load(struct scn *scn, const char *path, const struct scn_options *options,
                 FILE *messages)
{
	uint32_t n_sets = 0;
	scn->context.files = options->files;
	scn->context.n_files = options->n_files;
	const struct scn_node *file = scn_extend_read(&scn->context, path);
	struct scn_set *sets = scn_sets_read(&scn->context, options, &n_sets);

	if (!file)
		return;
	scn_variants_make(scn, file, sets, n_sets);
	scn_variants_pair(scn);
	scn_variants_select(scn, options);
	if (scn->context.n_messages == 0)
		warn_of_idle_sets(scn, sets, n_sets, messages);
	list_texts(scn);
}

enum sim_code scn_load(const char *path, const struct scn_options *options, FILE *messages,
                       struct scn **out, struct sim_err *err)
{
	static const struct scn_options none = {.seed = -1, .replications = -1};
	struct scn *scn = calloc(1, sizeof *scn);

	*out = NULL;
	if (!scn)
		return sim_fail(err, SIM_E_MEMORY, "%s: out of memory", path);
	load(scn, path, options ? options : &none, messages);
	if (scn->context.n_messages) {
		uint32_t n = scn_messages_print(&scn->context, messages);

		scn_free(scn);
		return sim_fail(err, SIM_E_INPUT, "%s: %u error%s", path, n, n == 1 ? "" : "s");
	}
	*out = scn;
	return SIM_OK;
}

void scn_free(struct scn *scn)
{
	if (!scn)
		return;
	scn_context_free(&scn->context);
	free(scn);
}

uint32_t scn_n_variants(const struct scn *scn)
{
	return scn->n_made;
}

const struct scn_variant *scn_variant(const struct scn *scn, uint32_t i)
{
	return &scn->made[i]->variant;
}

uint32_t scn_n_files(const struct scn *scn)
{
	return scn->n_files;
}

uint32_t scn_n_texts(const struct scn *scn)
{
	return scn->n_texts;
}

const struct scn_text *scn_text(const struct scn *scn, uint32_t i)
{
	return &scn->texts[i];
}

const struct scn_parameter *scn_parameters(const struct scn *scn, uint32_t variant, size_t *n)
{
	*n = scn->made[variant]->n_parameters;
	return scn->made[variant]->parameters;
}
