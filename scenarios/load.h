/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading a scenario: YAML 1.2 by libfyaml, checked against the parameter rows of every section.
 * All errors of a scenario come in one go, each `file:line:column: what was found, what is allowed`.
 */
#ifndef SCENARIOS_LOAD_H
#define SCENARIOS_LOAD_H

#include "scenarios/config.h"
#include "sim/core/status.h"
#include <stdio.h>

/* What the command line adds. Strings are borrowed. */
struct scn_options {
	/* NULL: files are read. Else their texts in the order in which they are met, the scenario first:
	 * as scn_text() gave them for [0, scn_n_files()). */
	const struct scn_text *files;
	uint32_t n_files;
	const char *const *set; /* "KEY=VALUE", n_set of them */
	size_t n_set;
	const char *const *variant; /* only these; none: all (a twin that is needed runs too) */
	size_t n_variant;
	const char *engine;     /* NULL: as the scenario says */
	int64_t seed;           /* -1: as the scenario says   */
	int64_t replications;   /* -1: as the scenario says   */
};

/* On failure writes every message to `messages` (a line each), returns SIM_E_INPUT or SIM_E_USAGE, and
 * *err holds one closing sentence ("two-surgeons.yaml: 3 errors"). */
enum sim_code scn_load(const char *path, const struct scn_options *options, FILE *messages,
                       struct scn **out, struct sim_err *err);
void scn_free(struct scn *scn);

uint32_t scn_n_variants(const struct scn *scn);
const struct scn_variant *scn_variant(const struct scn *scn, uint32_t i);
uint32_t scn_n_texts(const struct scn *scn); /* the file, what it extends, the profile */
const struct scn_text *scn_text(const struct scn *scn, uint32_t i);
uint32_t scn_n_files(const struct scn *scn); /* how many of the first ones are files */
/* Effective parameters of one variant, in the order of the schema. */
const struct scn_parameter *scn_parameters(const struct scn *scn, uint32_t variant, size_t *n);

/* Every section, in the order of the manual; sections of attacks and lists have prefixes such as
 * "attacks.<name>" with the kind in parentheses in their doc. NULL-terminated. */
const struct sim_section *const *scn_sections(void);

#endif
