/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/json.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

static json_t *number(double x)
{
	if (isnan(x))
		return json_null();
	if (isinf(x))
		return json_string(x > 0 ? "inf" : "-inf");
	return json_real(x + 0.0); /* no minus zero */
}

#define ADD_KEY(key)                                                                               \
	if (scope->key)                                                                               \
		json_object_set_new(object, #key, json_string(scope->key));
static json_t *scope_object(const struct met_scope *scope)
{
	json_t *object = json_object();
	MET_SCOPES(ADD_KEY)
	return object;
}
#undef ADD_KEY

static json_t *metric_object(const struct met_value *v)
{
	return json_pack("{s:s, s:o, s:s, s:s, s:o, s:[o, o], s:f, s:I, s:I}", "name", v->name, "scope",
	                 scope_object(&v->scope), "stat", v->stat, "unit", v->unit, "value",
	                 number(v->value), "ci", number(v->ci_low), number(v->ci_high), "level",
	                 v->level, "n", (json_int_t)v->n, "failed", (json_int_t)v->failed);
}

/* Prints and releases. -1 when it could not (out of memory, or not UTF-8). */
static int dump(json_t *value, size_t flags, FILE *out)
{
	int code = value ? json_dumpf(value, out, flags | JSON_ENCODE_ANY | JSON_PRESERVE_ORDER) : -1;
	json_decref(value);
	return code;
}

/* "" stands for what was not recorded. */
static json_t *digest(const char *hex)
{
	return *hex ? json_string(hex) : json_null();
}

static int head(const struct res_file *file, FILE *out)
{
	const struct res_run *run = res_run(file);
	json_t *object = json_pack(
		"{s:i, s:s, s:s, s:I, s:i, s:o, s:o}", "schema", MET_JSON_SCHEMA, "scenario", run->scenario,
		"engine", run->engine, "seed", (json_int_t)run->seed, "replications",
		(int)run->replications, "protocol_digest", digest(res_protocol_digest(file)),
		"event_digest", digest(res_event_digest(file)));
	/* Embedded: without its braces, which go around the metrics too. */
	return dump(object, JSON_EMBED, out);
}

enum sim_code met_json_write(const struct res_file *file, const struct met_values *values,
                             FILE *out, struct sim_err *err)
{
	fputc('{', out);
	int failed = head(file, out);
	fputs(", \"metrics\": [", out);
	for (size_t i = 0; i < values->n && !failed; i++) {
		fputs(i ? ",\n " : "\n ", out);
		failed = dump(metric_object(&values->value[i]), 0, out);
	}
	fputs("\n]}\n", out);
	if (fflush(out) != 0 || ferror(out))
		return sim_fail(err, SIM_E_IO, "writing the summary failed: %s", strerror(errno));
	if (failed)
		return sim_fail(err, SIM_E_INPUT, "%s: a name in it is not UTF-8", res_path(file));
	return SIM_OK;
}
