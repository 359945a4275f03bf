/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading back what met_json_write() wrote, or somebody's editor since. */
#include "analysis/metric/json.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What met_json_write() makes of a double: a number, null or "inf"; else false. */
static bool read_number(const json_t *x, double *out)
{
	const char *text = json_string_value(x);
	*out = json_is_number(x) ? json_number_value(x) : NAN;
	if (text)
		*out = strcmp(text, "inf") == 0 ? INFINITY : strcmp(text, "-inf") == 0 ? -INFINITY : NAN;
	return json_is_number(x) || json_is_null(x) || (text && !isnan(*out));
}

static bool read_count(const json_t *x, uint64_t *out)
{
	const json_int_t value = json_integer_value(x);
	*out = (uint64_t)value;
	return json_is_integer(x) && value >= 0;
}

static bool read_interval(const json_t *ci, struct met_value *v)
{
	return json_is_array(ci) && json_array_size(ci) == 2 &&
	       read_number(json_array_get(ci, 0), &v->ci_low) &&
	       read_number(json_array_get(ci, 1), &v->ci_high) && !(v->ci_low > v->ci_high);
}

#define READ_KEY(key) v->scope.key = json_string_value(json_object_get(scope, #key));

/* NULL, or what is wrong with it. */
static const char *read_metric(json_t *object, struct met_value *v)
{
	const char *name;
	json_t *scope, *value, *ci, *n, *failed;
	if (json_unpack(object, "{s:s, s:o, s:s, s:s, s:o, s:o, s:F, s:o, s:o}", "name", &name, "scope",
	                &scope, "stat", &v->stat, "unit", &v->unit, "value", &value, "ci", &ci, "level",
	                &v->level, "n", &n, "failed", &failed) != 0 ||
	    strlen(name) >= sizeof v->name || !json_is_object(scope))
		return "it is not {name, scope, stat, unit, value, ci, level, n, failed}, as `dtsim summary "
		       "--json` writes it";
	snprintf(v->name, sizeof v->name, "%s", name);
	MET_SCOPES(READ_KEY)
	if (!read_number(value, &v->value))
		return "its value is not a number, null or \"inf\"";
	if (!read_interval(ci, v))
		return "its ci is not [low, high] with low <= high, each a number, null or \"inf\"";
	if (!(v->level > 0 && v->level < 1))
		return "its level is not a number between 0 and 1";
	if (!read_count(n, &v->n) || !read_count(failed, &v->failed))
		return "its n or failed is not an integer of 0 or more";
	return NULL;
}
#undef READ_KEY

static enum sim_code read_metrics(const char *path, json_t *metrics, struct met_values *out,
                                  struct sim_err *err)
{
	size_t n = json_array_size(metrics);
	out->value = calloc(n ? n : 1, sizeof *out->value);
	SIM_ASSERT(out->value);
	out->capacity = n;
	out->recorded = REC_LEVEL_SAMPLES; /* it does not say */
	for (; out->n < n; out->n++) {
		struct met_value *v = &out->value[out->n];
		const char *wrong = read_metric(json_array_get(metrics, out->n), v);
		if (wrong)
			return sim_fail(err, SIM_E_INPUT, "%s: metric number %zu%s%s: %s", path, out->n + 1,
			                *v->name ? ", " : "", v->name, wrong);
	}
	return SIM_OK;
}

enum sim_code met_baseline_read(const char *path, struct met_baseline *out, struct sim_err *err)
{
	json_error_t why;
	json_t *metrics;
	json_int_t seed = 0, schema, replications;
	*out = (struct met_baseline){0};
	FILE *in = fopen(path, "r");
	if (!in)
		return sim_fail(err, SIM_E_INPUT, "%s: %s", path, strerror(errno));
	json_t *json = json_loadf(in, JSON_REJECT_DUPLICATES, &why);
	fclose(in);
	if (!json)
		return sim_fail(err, SIM_E_INPUT, "%s:%d:%d: %s", path, why.line < 0 ? 0 : why.line,
		                why.column < 0 ? 0 : why.column, why.text);
	out->json = json;
	if (json_unpack_ex(json, &why, 0, "{s:I, s:s, s:s, s:I, s?I, s:o}", "schema", &schema,
	                   "scenario", &out->scenario, "engine", &out->engine, "replications",
	                   &replications, "seed", &seed, "metrics", &metrics) != 0 ||
	    !json_is_array(metrics) || replications < 1 || replications > UINT32_MAX)
		return sim_fail(err, SIM_E_INPUT,
		                "%s is not a baseline: `dtsim summary FILE.h5 --json` writes one", path);
	if (schema != MET_JSON_SCHEMA)
		return sim_fail(err, SIM_E_INPUT, "%s has schema %" JSON_INTEGER_FORMAT "; this dtsim reads %d",
		                path, schema, MET_JSON_SCHEMA);
	out->replications = (uint32_t)replications;
	out->seed = (uint64_t)seed;
	return read_metrics(path, metrics, &out->values, err);
}

void met_baseline_free(struct met_baseline *baseline)
{
	met_values_free(&baseline->values);
	json_decref(baseline->json);
	*baseline = (struct met_baseline){0};
}
