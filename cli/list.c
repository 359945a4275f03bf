/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim list nf|attacks|policies|adversaries|metrics|params */
#include "analysis/link/list.h"
#include "analysis/metric/list.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "models/attack/attack.h"
#include "models/nf/nf.h"
#include "models/policy/policy.h"
#include "scenarios/load.h"
#include "scenarios/near.h"
#include "scenarios/value.h"
#include <string.h>

static const char HELP[] =
	"usage: dtsim list nf|attacks|policies|adversaries|metrics|params\n"
	"\n"
	"  nf            network functions and entities that are simulated, with their clauses\n"
	"  attacks       kinds of attacks and faults, and what theory says must come out\n"
	"  policies      pseudonym policies of the digital twin (dt.pseudonym)\n"
	"  adversaries   kinds of linking adversaries\n"
	"  metrics       what is measured: unit, definition, source\n"
	"  params        every key of a scenario: default, what is allowed, source\n"
	"\n"
	"Example:\n"
	"  dtsim list params | grep t35\n";

static void add(struct table *table, const char *a, const char *b, const char *c, const char *d,
                const char *e)
{
	const char *const cell[TABLE_COLUMNS] = {a, b, c, d, e, NULL};

	table_add(table, cell);
}

static void list_nf(void)
{
	struct table table = {NULL, 0};
#define NF(name) extern const struct nf_entry nf_##name;
#include "models/nf/nf_list.h"
#undef NF
	static const struct nf_entry *const entries[] = {
#define NF(name) &nf_##name,
#include "models/nf/nf_list.h"
#undef NF
	};

	add(&table, "NAME", "WHAT", "SOURCE", NULL, NULL);
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		add(&table, entries[i]->name, entries[i]->doc, entries[i]->source, NULL, NULL);
	table_print(&table, stdout);
}

static void list_attacks(void)
{
	struct table table = {NULL, 0};

	add(&table, "KIND", "WHAT", "SOURCE", "MUST COME OUT", NULL);
	for (uint32_t i = 0; i < atk_n_entries; i++)
		add(&table, atk_entries[i]->name, atk_entries[i]->doc, atk_entries[i]->source,
		    atk_entries[i]->oracle, NULL);
	table_print(&table, stdout);
}

static void list_policies(void)
{
	struct table table = {NULL, 0};

	add(&table, "NAME", "WHAT", "SOURCE", NULL, NULL);
	for (uint32_t i = 0; i < pol_n_entries; i++)
		add(&table, pol_entries[i]->name, pol_entries[i]->doc, pol_entries[i]->source, NULL, NULL);
	table_print(&table, stdout);
}

static void list_adversaries(void)
{
	struct table table = {NULL, 0};

	add(&table, "KIND", "WHAT", "SOURCE", "MUST COME OUT", NULL);
	for (uint32_t i = 0; i < adv_n_entries; i++)
		add(&table, adv_entries[i]->name, adv_entries[i]->doc, adv_entries[i]->source,
		    adv_entries[i]->oracle, NULL);
	table_print(&table, stdout);
}

static void list_metrics(void)
{
	struct table table = {NULL, 0};

	add(&table, "NAME", "UNIT", "BETTER", "DEFINITION", "SOURCE");
	for (uint32_t f = 0; f < met_n_families; f++)
		for (size_t i = 0; i < met_families[f]->n_entries; i++) {
			const struct met_entry *entry = &met_families[f]->entries[i];
			static const char *const better[] = {"lower", "higher", "-"};

			add(&table, entry->name, *entry->unit ? entry->unit : "-", better[entry->better],
			    entry->definition, entry->source);
		}
	table_print(&table, stdout);
}

static void add_section(struct table *table, struct scn_context *context,
                        const struct sim_section *section)
{
	table_line(table, "");
	table_line(table, scn_format(context, "%s%s%s", section->prefix, *section->prefix ? ": " : "",
	                             section->doc));
	for (size_t i = 0; i < section->n_rows; i++) {
		const struct sim_param *row = &section->rows[i];
		const char *key = scn_format(context, "  %s%s%s", section->prefix,
		                             *section->prefix ? "." : "", row->key);

		if (strcmp(row->key, "name") != 0)
			add(table, key, row->fallback ? row->fallback : "(must be given)",
			    scn_value_allowed(context, row), row->doc, row->source);
	}
}

static void list_params(void)
{
	struct table table = {NULL, 0};
	struct scn_context context = {0};

	add(&table, "  KEY", "DEFAULT", "ALLOWED", "WHAT", "SOURCE OF THE DEFAULT");
	for (const struct sim_section *const *section = scn_sections(); *section; section++)
		add_section(&table, &context, *section);
	table_print(&table, stdout);
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
