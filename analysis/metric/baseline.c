/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading back what met_json_write() wrote, or somebody's editor since. */
#include "analysis/metric/json.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double number(const json_t *x)
{
	if (json_is_string(x))
		return strcmp(json_string_value(x), "inf") == 0    ? INFINITY
		       : strcmp(json_string_value(x), "-inf") == 0 ? -INFINITY
		                                                   : NAN;
	return json_is_number(x) ? json_number_value(x) : NAN;
}

#define READ_KEY(key) v->scope.key = json_string_value(json_object_get(scope, #key));

/* 0, or -1 when it is not a metric. */
static int read_metric(json_t *object, struct met_value *v)
{
	const char *name;
	json_t *scope, *value, *low, *high;
	json_int_t n, failed;
	if (json_unpack(object, "{s:s, s:o, s:s, s:s, s:o, s:[o, o], s:F, s:I, s:I}", "name", &name,
	                "scope", &scope, "stat", &v->stat, "unit", &v->unit, "value", &value, "ci",
	    &low,
	                &high, "level", &v->level, "n", &n, "failed", &failed) != 0 ||
	    strlen(name) >= sizeof v->name || !json_is_object(scope))
		return -1;
	snprintf(v->name, sizeof v->name, "%s", name);
	MET_SCOPES(READ_KEY)
	v->value = number(value);
	v->ci_low = number(low);
	v->ci_high = number(high);
	v->n = (uint64_t)n;
	v->failed = (uint64_t)failed;
	return 0;
}
#undef READ_KEY

static enum sim_code read_metrics(const char *path, json_t *metrics, struct met_values *out,
                                  struct sim_err *err)
{
	size_t n = json_array_size(metrics);
	out->value = calloc(n ? n : 1, sizeof *out->value);
	SIM_ASSERT(out->value);
	out->capacity = n;
	for (; out->n < n; out->n++)
		if (read_metric(json_array_get(metrics, out->n), &out->value[out->n]) != 0)
			return sim_fail(err, SIM_E_INPUT,
			                "%s: metric number %zu is not {name, scope, stat, unit, value, ci, "
			                "level, n, failed}, as `dtsim summary --json` writes it",
			                path, out->n + 1);
	return SIM_OK;
}

enum sim_code met_baseline_read(const char *path, struct met_baseline *out, struct sim_err *err)
{
	json_error_t why;
	json_t *metrics;
	json_int_t seed = 0;
	int schema, replications;
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
	if (json_unpack_ex(json, &why, 0, "{s:i, s:s, s:s, s:i, s?I, s:o}", "schema", &schema,
	                   "scenario", &out->scenario, "engine", &out->engine, "replications",
	                   &replications, "seed", &seed, "metrics", &metrics) != 0 ||
	    !json_is_array(metrics) || replications < 1)
		return sim_fail(err, SIM_E_INPUT,
		                "%s is not a baseline: `dtsim summary FILE.h5 --json` writes one", path);
	if (schema != MET_JSON_SCHEMA)
		return sim_fail(err, SIM_E_INPUT, "%s has schema %d; this dtsim reads %d", path, schema,
		                MET_JSON_SCHEMA);
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
