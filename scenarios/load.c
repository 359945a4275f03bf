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

		if (source->kind != SCN_SOURCE_OPTION)
			scn->texts[scn->n_texts++] =
				(struct scn_text){source->name, source->text, source->length};
	}
}

static void load(struct scn *scn, const char *path, const struct scn_options *options)
{
	uint32_t n_sets = 0;
	const struct scn_node *file = scn_extend_read(&scn->context, path);
	struct scn_set *sets = scn_sets_read(&scn->context, options, &n_sets);

	if (!file)
		return;
	scn_variants_make(scn, file, sets, n_sets);
	scn_variants_pair(scn);
	scn_variants_select(scn, options);
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
	load(scn, path, options ? options : &none);
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
