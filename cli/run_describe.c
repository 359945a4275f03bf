/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/run_describe.h"
#include "results/provenance.h"
#include "scenarios/world.h"
#include <stdlib.h>
#include <string.h>

static void describe_crypto(const struct scn_crypto_config *crypto, char *out, size_t size)
{
	static const char *const mode[] = {"real", "cost"};
	uint8_t surgeons = crypto->surgeons, background = crypto->background;
	if (crypto->all != SCN_CRYPTO_AS_GIVEN)
		surgeons = background = crypto->all;
	SIM_ASSERT(surgeons < 2 && background < 2);
	if (surgeons == background)
		snprintf(out, size, "%s", mode[surgeons]);
	else
		snprintf(out, size, "surgeons %s, background %s", mode[surgeons], mode[background]);
}

static void describe_variants(const struct scn *scn, struct run_description *d)
{
	uint32_t n = scn_n_variants(scn);
	d->variants = calloc(n, sizeof *d->variants);
	SIM_ASSERT(d->variants != NULL);
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
	d->texts = calloc(n + 1, sizeof *d->texts);
	SIM_ASSERT(d->texts != NULL);
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
	d->parameters = calloc(total + 1, sizeof *d->parameters);
	SIM_ASSERT(d->parameters != NULL);
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
	describe_crypto(&config->crypto, d->crypto_mode, sizeof d->crypto_mode);
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
}
