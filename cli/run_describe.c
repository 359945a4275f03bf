/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/run_describe.h"
#include "results/provenance.h"
#include "scenarios/world.h"
#include "sim/core/memory.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Which modes, and for each a sentence that says what it gives up. */
static void describe_crypto(const struct scn_crypto_config *crypto, FILE *out)
{
	uint8_t surgeons = scn_crypto_mode(crypto, crypto->surgeons);
	uint8_t background = scn_crypto_mode(crypto, crypto->background);
	if (surgeons == background)
		fputs(crypto_suites[surgeons]->name, out);
	else
		fprintf(out, "surgeons %s, background %s", crypto_suites[surgeons]->name,
		        crypto_suites[background]->name);
	if (surgeons == CRYPTO_POOLED || background == CRYPTO_POOLED)
		fprintf(out, ", pool of %" PRId64, crypto->pool);
	putc('.', out);
	for (int mode = 0; mode < CRYPTO_N_MODES; mode++)
		if (mode == surgeons || mode == background)
			fprintf(out, " %s", crypto_suites[mode]->gives_up);
}

static bool same_crypto(const struct scn *scn)
{
	const struct scn_crypto_config *a = &scn_variant(scn, 0)->config.crypto;
	for (uint32_t v = 1; v < scn_n_variants(scn); v++) {
		const struct scn_crypto_config *b = &scn_variant(scn, v)->config.crypto;
		if (a->surgeons != b->surgeons || a->background != b->background || a->all != b->all ||
		    a->pool != b->pool)
			return false;
	}
	return true;
}

static void describe_modes(const struct scn *scn, struct run_description *d)
{
	size_t size;
	FILE *out = open_memstream(&d->crypto_mode, &size);
	SIM_ASSERT(out != NULL);
	uint32_t n = same_crypto(scn) ? 1 : scn_n_variants(scn);
	for (uint32_t v = 0; v < n; v++) {
		if (n > 1)
			fprintf(out, "%s%s: ", v > 0 ? " " : "", scn_variant(scn, v)->name);
		describe_crypto(&scn_variant(scn, v)->config.crypto, out);
	}
	SIM_ASSERT(fclose(out) == 0);
}

static void describe_variants(const struct scn *scn, struct run_description *d)
{
	uint32_t n = scn_n_variants(scn);
	d->variants = sim_memory_new("a run's description", n, sizeof *d->variants);
	for (uint32_t v = 0; v < n; v++) {
		const struct scn_variant *variant = scn_variant(scn, v);
		d->variants[v] = (struct res_variant){variant->name, variant->twin, variant->hidden};
	}
	d->run.n_variants = n;
	d->run.variants = d->variants;
}

static void describe_texts(const struct scn *scn, struct run_description *d)
{
	uint32_t n = scn_n_texts(scn);
	d->texts = sim_memory_new("a run's description", n + 1, sizeof *d->texts);
	for (uint32_t i = 0; i < n; i++) {
		const struct scn_text *text = scn_text(scn, i);
		d->texts[i] = (struct res_text){text->name, text->text, text->length};
	}
	d->run.n_texts = n;
	d->run.texts = d->texts;
}

static void describe_parameters(const struct scn *scn, struct run_description *d)
{
	size_t total = 0, n;
	for (uint32_t v = 0; v < scn_n_variants(scn); v++) {
		(void)scn_parameters(scn, v, &n);
		total += n;
	}
	d->parameters = sim_memory_new("a run's description", total + 1, sizeof *d->parameters);
	struct res_parameter *to = d->parameters;
	for (uint32_t v = 0; v < scn_n_variants(scn); v++) {
		const struct scn_parameter *from = scn_parameters(scn, v, &n);
		for (size_t i = 0; i < n; i++, to++)
			*to = (struct res_parameter){.variant = (uint16_t)v,
			                             .key = from[i].key,
			                             .value = from[i].value,
			                             .unit = from[i].unit ? from[i].unit : "",
			                             .source = from[i].source ? from[i].source : "",
			                             .set_at = from[i].set_at ? from[i].set_at : "",
			                             .assumption = from[i].assumption};
	}
	d->run.n_parameters = (uint32_t)total;
	d->run.parameters = d->parameters;
}

/* A result has one list of each kind: a variant may lengthen the list of another, not change it. */
static enum sim_code merge(struct rec_names *all, const struct rec_names *more, const char *variant,
                           struct sim_err *err)
{
	for (int l = 0; l < REC_N_NAME_LISTS; l++)
		for (uint32_t i = 0; i < more->n[l]; i++) {
			if (i >= all->n[l])
				rec_names_add(all, (enum rec_name_list)l, more->text[l][i]);
			else if (strcmp(all->text[l][i], more->text[l][i]) != 0)
				return sim_fail(err, SIM_E_INPUT,
				                "variant %s has %s %u named %s where another variant has %s; the "
				                "variants of one run share their names: make it a scenario of its own",
				                variant, rec_name_list_name((enum rec_name_list)l), i,
				                more->text[l][i], all->text[l][i]);
		}
	return SIM_OK;
}

static enum sim_code describe_names(const struct scn *scn, struct run_description *d,
                                    struct sim_err *err)
{
	enum sim_code code = SIM_OK;
	for (uint32_t v = 0; v < scn_n_variants(scn) && code == SIM_OK; v++) {
		struct rec_names names = {0};
		world_names(&scn_variant(scn, v)->config, &names);
		code = merge(&d->names, &names, scn_variant(scn, v)->name, err);
		rec_names_free(&names);
	}
	d->run.names = &d->names;
	return code;
}

enum sim_code run_describe(const struct scn *scn, struct run_description *d, struct sim_err *err)
{
	const struct scn_config *config = &scn_variant(scn, 0)->config;
	*d = (struct run_description){0};
	describe_modes(scn, d);
	d->run = (struct res_run){
		.program = RES_PROGRAM,
		.version = res_version(),
		.revision = res_revision(),
		.scenario = config->run.scenario,
		.title = config->run.title,
		.engine = config->run.engine == SCN_ENGINE_NS3 ? "ns3" : "native",
		.crypto_mode = d->crypto_mode,
		.seed = (uint64_t)config->run.seed,
		.replications = (uint32_t)config->run.replications,
		.level = config->run.level,
	};
	describe_variants(scn, d);
	describe_texts(scn, d);
	describe_parameters(scn, d);
	return describe_names(scn, d, err);
}

void run_description_free(struct run_description *d)
{
	rec_names_free(&d->names);
	free(d->variants);
	free(d->texts);
	free(d->parameters);
	free(d->crypto_mode);
}
