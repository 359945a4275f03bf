/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim list nf|attacks|policies|adversaries|metrics|params */
#include "analysis/link/list.h"
#include "analysis/metric/list.h"
#include "cli/cli.h"
#include "cli/wrap.h"
#include "models/attack/attack.h"
#include "models/nf/nf.h"
#include "models/policy/policy.h"
#include "scenarios/load.h"
#include "scenarios/near.h"
#include "scenarios/value.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char HELP[] =
	"usage: dtsim list nf|attacks|policies|adversaries|metrics|params\n"
	"\n"
	"  nf            network functions and entities that are simulated, with their clauses\n"
	"  attacks       kinds of attacks and faults, and what theory says must come out\n"
	"  policies      pseudonym policies of the digital twin (dt.pseudonym)\n"
	"  adversaries   kinds of linking adversaries\n"
	"  metrics       what is measured: unit, definition, how it is estimated, source\n"
	"  params        every key of a scenario: default, what is allowed, source\n"
	"\n"
	"Example:\n"
	"  dtsim list params | grep -A 2 t35\n";

enum { INDENT = 4 };

/* "    source: TS 24.501 ...", wrapped below itself. */
static void put(const char *label, const char *text)
{
	int used = printf("%*s%s", INDENT, "", label);

	wrap_print(text, used, INDENT + 2, stdout);
}

static void put_entry(const char *name, const char *doc, const char *source, const char *oracle)
{
	puts(name);
	put("", doc);
	if (oracle)
		put("must come out: ", oracle);
	put("source: ", source);
}

static void list_nf(void)
{
#define NF(name) extern const struct nf_entry nf_##name;
#include "models/nf/nf_list.h"
#undef NF
	static const struct nf_entry *const entries[] = {
#define NF(name) &nf_##name,
#include "models/nf/nf_list.h"
#undef NF
	};

	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		put_entry(entries[i]->name, entries[i]->doc, entries[i]->source, NULL);
}

static void list_attacks(void)
{
	for (uint32_t i = 0; i < atk_n_entries; i++)
		put_entry(atk_entries[i]->name, atk_entries[i]->doc, atk_entries[i]->source,
		          atk_entries[i]->oracle);
}

static void list_policies(void)
{
	for (uint32_t i = 0; i < pol_n_entries; i++)
		put_entry(pol_entries[i]->name, pol_entries[i]->doc, pol_entries[i]->source, NULL);
}

static void list_adversaries(void)
{
	for (uint32_t i = 0; i < adv_n_entries; i++)
		put_entry(adv_entries[i]->name, adv_entries[i]->doc, adv_entries[i]->source,
		          adv_entries[i]->oracle);
}

/* What the entries do not say because it holds for many of them. */
static const char *const metric_notes[] = {
	"Each number stands for all replications of a variant and has an interval over them, cut "
	"to the range that the statistic can have. Undefined is null, never 0.",
	"n counts the samples behind a value, of differences (.added, .lost) the replications "
	"that were paired; failed the demands that never finished or were not met, of differences "
	"those of the variant itself.",
	"Beside a latency NAME there are NAME.radio, .transport, .queueing, .service, .crypto, "
	".timer: its parts; NAME.added: what the variant adds to its twin or to the first "
	"variant; and its stat ratio: the share of demands that never finished. Beside a success "
	"ratio NAME there is NAME.lost: what the attack takes from it, against the twin.",
	"source=finished: over demands that finished alone; source=probe: as probe subscribers "
	"see it; source=nf: from the state of a network function; of .added, the variant compared "
	"with.",
	"What a run did not record (record.level) has no number. At level metrics quantiles of more "
	"than 4096 waits of a kind are from a histogram, within 1/1024; means are exact.",
};

static const char *as_before(const struct met_family *family, size_t i, const char *text,
                             size_t offset)
{
	for (size_t k = 0; k < i; k++) {
		const char *const *other =
			(const void *)((const char *)&family->entries[k] + offset);

		if (strcmp(*other, text) == 0)
			return family->entries[k].name;
	}
	return NULL;
}

/* A text that an entry of the same family has too is said there. */
static void put_once(const char *label, const struct met_family *family, size_t i,
                     const char *text, size_t offset)
{
	char as[160];
	const char *before = as_before(family, i, text, offset);

	snprintf(as, sizeof as, "as %s", before ? before : "");
	put(label, before ? as : text);
}

static void put_metric(const struct met_family *family, size_t i)
{
	static const char *const better[] = {", lower is better", ", higher is better", ""};
	const struct met_entry *entry = &family->entries[i];

	printf("\n%s  [%s%s]\n", entry->name, strcmp(entry->unit, "1") ? entry->unit : "no unit",
	       better[entry->better]);
	put("", entry->definition);
	if (family->needs != REC_LEVEL_NONE)
		put("recorded: from record.level ", rec_enum_texts("level")[family->needs]);
	put_once("scope: ", family, i, entry->scope, offsetof(struct met_entry, scope));
	put_once("estimator: ", family, i, entry->estimator, offsetof(struct met_entry, estimator));
	put("source: ", entry->source);
}

static void list_metrics(void)
{
	for (size_t i = 0; i < sizeof metric_notes / sizeof *metric_notes; i++)
		wrap_print(metric_notes[i], 0, 0, stdout);
	for (uint32_t f = 0; f < met_n_families; f++)
		for (size_t i = 0; i < met_families[f]->n_entries; i++)
			put_metric(met_families[f], i);
}

static void put_section(struct scn_context *context, const struct sim_section *section)
{
	printf("\n%s%s", section->prefix, *section->prefix ? ": " : "");
	wrap_print(section->doc, (int)strlen(section->prefix) + 2, INDENT, stdout);
	for (size_t i = 0; i < section->n_rows; i++) {
		const struct sim_param *row = &section->rows[i];
		int used;

		if (strcmp(row->key, "name") == 0)
			continue;
		used = printf("  %s%s%s %s%s  ", section->prefix, *section->prefix ? "." : "", row->key,
		              row->fallback ? "= " : "", row->fallback ? row->fallback : "(must be given)");
		wrap_print(scn_format(context, "[%s]", scn_value_allowed(context, row)), used, INDENT + 2,
		           stdout);
		put("", row->doc);
		put("source of the default: ", row->source);
	}
}

static void list_params(void)
{
	struct scn_context context = {0};

	puts("KEY = DEFAULT  [what is allowed]");
	for (const struct sim_section *const *section = scn_sections(); *section; section++)
		put_section(&context, *section);
	scn_context_free(&context);
}

static const struct {
	const char *name;
	void (*print)(void);
} lists[] = {
	{"nf", list_nf},
	{"attacks", list_attacks},
	{"policies", list_policies},
	{"adversaries", list_adversaries},
	{"metrics", list_metrics},
	{"params", list_params},
};

int cli_list(int argc, char **argv)
{
	struct scn_near near = {.wanted = argc == 2 ? argv[1] : ""};

	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
		return fputs(HELP, stdout) < 0;
	for (size_t i = 0; argc == 2 && i < sizeof lists / sizeof *lists; i++) {
		if (strcmp(lists[i].name, argv[1]) == 0) {
			lists[i].print();
			return 0;
		}
		scn_near_try(&near, lists[i].name);
	}
	if (argc == 2)
		fprintf(stderr, "dtsim list: unknown list `%s`; allowed: nf, attacks, policies, adversaries, "
		        "metrics, params%s%s%s\n", argv[1], near.best ? "; nearest: `" : "",
		        near.best ? near.best : "", near.best ? "`" : "");
	else
		fputs("usage: dtsim list nf|attacks|policies|adversaries|metrics|params\n", stderr);
	return sim_exit_status(SIM_E_USAGE);
}
