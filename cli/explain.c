/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim explain SCENARIO [--assumptions] */
#include "cli/cli.h"
#include "cli/scenario_options.h"
#include "cli/table.h"
#include <string.h>

static const char HELP[] =
	"usage: dtsim explain SCENARIO [--assumptions] [--variant NAME]... [--set KEY=VALUE]...\n"
	"\n"
	"Prints every effective parameter of a scenario: its value with its unit, its SI unit, where it\n"
	"was set, and the source of the value (of a default or a profile) or of the default it replaces.\n"
	"A `*` marks an assumption: a value that neither a standard nor a measurement gives. What the\n"
	"other variants have different is listed below.\n"
	"\n"
	"      --assumptions         only the assumptions\n" SCENARIO_OPTIONS_HELP
	"\n"
	"Examples:\n"
	"  dtsim explain scenarios/two-surgeons.yaml\n"
	"  dtsim explain scenarios/two-surgeons.yaml --assumptions\n"
	"  dtsim explain scenarios/two-surgeons.yaml | grep t3510\n";

static void add(struct table *table, const struct scn_parameter *p)
{
	const char *const cell[TABLE_COLUMNS] = {p->assumption ? "*" : "", p->key,   p->value,
	                                         *p->unit ? p->unit : "-", p->set_at, p->source};

	table_add(table, cell);
}

/* "amf.t3560" and "amf.t3550" stand together. */
static bool same_section(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");
	bool top_a = !a[n], top_b = !strchr(b, '.');

	return top_a || top_b ? top_a && top_b : strncmp(a, b, n + 1) == 0;
}

static void print_first(const struct scn *scn, bool assumptions)
{
	static const char *const head[TABLE_COLUMNS] = {" ", "KEY", "VALUE", "UNIT", "SET AT", "SOURCE (of the default or the profile)"};
	struct table table = {NULL, 0};
	const char *last = NULL;
	size_t n;
	const struct scn_parameter *p = scn_parameters(scn, 0, &n);

	table_add(&table, head);
	for (size_t i = 0; i < n; i++) {
		if (assumptions && !p[i].assumption)
			continue;
		if (!last || !same_section(last, p[i].key))
			table_line(&table, "");
		last = p[i].key;
		add(&table, &p[i]);
	}
	table_print(&table, stdout);
}

static const struct scn_parameter *find(const struct scn *scn, uint32_t variant, const char *key)
{
	size_t n;
	const struct scn_parameter *p = scn_parameters(scn, variant, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(p[i].key, key) == 0)
			return &p[i];
	return NULL;
}

static void print_heading(const struct scn *scn, uint32_t variant)
{
	const struct scn_variant *v = scn_variant(scn, variant), *first = scn_variant(scn, 0);

	printf("\nVariant %s%s", v->name, v->hidden ? " (runs only as the twin of another one)" : "");
	if (v->twin >= 0)
		printf(", compared with its twin %s", scn_variant(scn, (uint32_t)v->twin)->name);
	printf(": different from %s in\n", first->name);
}

static void print_differences(const struct scn *scn, uint32_t variant)
{
	struct table table = {NULL, 0};
	size_t n;
	const struct scn_parameter *p = scn_parameters(scn, variant, &n);

	for (size_t i = 0; i < n; i++) {
		const struct scn_parameter *other = find(scn, 0, p[i].key);

		if (!other || strcmp(other->value, p[i].value) != 0)
			add(&table, &p[i]);
	}
	p = scn_parameters(scn, 0, &n);
	for (size_t i = 0; i < n; i++) {
		const char *const cell[TABLE_COLUMNS] = {"", p[i].key, "(has none)", NULL};

		if (!find(scn, variant, p[i].key))
			table_add(&table, cell);
	}
	if (table.n == 0)
		table_line(&table, "   nothing");
	print_heading(scn, variant);
	table_print(&table, stdout);
}

static void explain(const struct scn *scn, bool assumptions)
{
	const struct scn_variant *first = scn_variant(scn, 0);

	printf("%s: %s\n", first->config.run.scenario, first->config.run.title);
	printf("Variant %s%s (* marks an assumption)\n\n", first->name,
	       assumptions ? ", its assumptions only" : "");
	print_first(scn, assumptions);
	for (uint32_t i = 1; i < scn_n_variants(scn); i++)
		print_differences(scn, i);
}

static void show(const struct scenario_options *options, const struct scn *scn)
{
	explain(scn, options->assumptions);
}

int cli_explain(int argc, char **argv)
{
	return scenario_command(argc, argv, HELP, show);
}
