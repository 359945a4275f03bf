/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests that load scenarios: files in a directory of their own, messages as one text. */
#ifndef TESTS_UNIT_SCENARIOS_LOADING_H
#define TESTS_UNIT_SCENARIOS_LOADING_H

#include "scenarios/load.h"

/* A good scenario of five lines; what a test is about stands in line 6 and below. */
#define SMALL                                                                                      \
	"scenario: small\n"                                                                           \
	"surgeons: {Alex: {}, Bob: {}}\n"                                                             \
	"cities: {Oslo: {cells: 2}, Bergen: {}}\n"                                                    \
	"hospitals: {Riks: {city: Oslo}, St. Olavs hospital: {city: Bergen}}\n"                       \
	"duration: 2d\n"

struct loading {
	char directory[64];
	char *messages; /* of the last load */
	struct scn *scn;
	struct sim_err err;
	enum sim_code code;
};

int loading_set_up(void **state);
int loading_tear_down(void **state);

/* Writes DIRECTORY/name. */
void loading_write(struct loading *l, const char *name, const char *text, size_t length);
void loading_text(struct loading *l, const char *name, const char *text);
/* Loads DIRECTORY/name. */
enum sim_code loading_load(struct loading *l, const char *name, const struct scn_options *options);
/* small.yaml with these lines behind SMALL, and one --set (or NULL). */
enum sim_code loading_small(struct loading *l, const char *lines, const char *set);
/* The parameter of a variant by its name; fails the test where there is none. */
const struct scn_parameter *loading_parameter(const struct loading *l, const char *variant,
                                              const char *key);
const struct scn_variant *loading_variant(const struct loading *l, const char *name);

#endif
