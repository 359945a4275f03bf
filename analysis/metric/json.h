/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `summary --json`: one object,
 *   schema, scenario, engine, seed, replications, protocol_digest, event_digest,
 *   metrics: [{name, scope, stat, unit, value, ci: [low, high], level, n, failed}]
 * with one metric to a line, so that baselines compare line by line. Undefined is null, infinite
 * "inf" ("-inf"); a digest that was not recorded is null. And the same as CSV, where undefined is
 * empty.
 */
#ifndef ANALYSIS_METRIC_JSON_H
#define ANALYSIS_METRIC_JSON_H

#include "analysis/metric/value.h"
#include "results/reader.h"
#include "sim/core/status.h"
#include <stdio.h>

enum { MET_JSON_SCHEMA = 1 };

enum sim_code met_json_write(const struct res_file *file, const struct met_values *values,
                             FILE *out, struct sim_err *err);
enum sim_code met_csv_write(const struct met_values *values, FILE *out, struct sim_err *err);

/* What a baseline says. Texts are its own; to be freed with met_baseline_free(). */
struct met_baseline {
	const char *scenario, *engine;
	uint64_t seed;
	uint32_t replications;
	struct met_values values;
	void *json;
};
enum sim_code met_baseline_read(const char *path, struct met_baseline *out, struct sim_err *err);
void met_baseline_free(struct met_baseline *baseline);

#endif
