/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One number of a result, with what it is about and how sure it is. Undefined is NaN. */
#ifndef ANALYSIS_METRIC_VALUE_H
#define ANALYSIS_METRIC_VALUE_H

#include "analysis/stat/interval.h"
#include "models/record/enums.h"
#include <stddef.h>
#include <stdint.h>

/* The keys of a scope, in the order of output; NULL where a metric is not split by it. */
#define MET_SCOPES(S)                                                                              \
	S(variant) S(class) S(procedure) S(method) S(access) S(roaming) S(adversary) S(attack) S(station) S(source)

#define MET_SCOPE_MEMBER(key) const char *key;
struct met_scope {
	MET_SCOPES(MET_SCOPE_MEMBER)
};
#undef MET_SCOPE_MEMBER

enum { MET_NAME_SIZE = 64 };

struct met_value {
	char name[MET_NAME_SIZE];
	struct met_scope scope; /* texts live as long as the result file */
	const char *stat;       /* mean sd variance min p50 p90 p95 p99 p999 max ratio count total value */
	const char *unit;       /* "s", "bit", "1/s"; "1": none                                 */
	double value, ci_low, ci_high;
	double level;
	uint64_t n;      /* samples behind the value                     */
	uint64_t failed; /* demands that never finished (or were not met) */
};

struct met_values {
	enum rec_level recorded; /* the least of all variants; samples of a baseline */
	size_t n, capacity;
	struct met_value *value;
	size_t n_texts;
	char **text; /* names that stand in no other place, owned here */
};

/* The text of one key of its scope; NULL when it is not split by it. */
const char *met_value_scope(const struct met_value *value, const char *key);
/* "variant=static class=surgeon"; returns out. */
char *met_scope_text(const struct met_value *value, char *out, size_t size);

/* The value with exactly this scope; NULL: none. */
const struct met_value *met_find(const struct met_values *values, const char *name,
                                 const struct met_scope *scope, const char *stat);

/* A copy of the text that lives as long as the values; the same for equal texts. */
const char *met_intern(struct met_values *values, const char *text, size_t length);

void met_values_free(struct met_values *values);

#endif
