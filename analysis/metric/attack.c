/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/attack.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *met_named(const struct met_job *job, const char *prefix, const char *suffix, uint32_t i)
{
	uint32_t n;
	size_t before = strlen(prefix), after = strlen(suffix);
	const struct res_parameter *p = res_parameters(job->file, job->variant, &n);
	for (uint32_t k = 0; k < n; k++) {
		size_t length = strlen(p[k].key);
		if (length <= before + after + 2 || strncmp(p[k].key, prefix, before) != 0 ||
		    p[k].key[before] != '.' || p[k].key[length - after - 1] != '.' ||
		    strcmp(p[k].key + length - after, suffix) != 0)
			continue;
		if (i-- == 0)
			return met_intern(job->out, p[k].key + before + 1, length - before - after - 2);
	}
	return NULL;
}

double met_named_si(const struct met_job *job, const char *prefix, const char *name,
                    const char *key,
                    enum sim_quantity quantity, double otherwise)
{
	char whole[192];
	snprintf(whole, sizeof whole, "%s.%s.%s", prefix, name, key);
	return res_parameter_si(job->file, job->variant, whole, quantity, otherwise);
}

uint32_t met_attacks(const struct met_job *job, struct met_attack out[MET_MAX_ATTACKS])
{
	uint32_t n = 0;
	const char *name;
	for (uint32_t i = 0; n < MET_MAX_ATTACKS; i++) {
		if (!(name = met_named(job, "attacks", "start", i)))
			break;
		double start = met_named_si(job, "attacks", name, "start", SIM_Q_DURATION, NAN);
		double lasts = met_named_si(job, "attacks", name, "duration", SIM_Q_DURATION, NAN);
		if (lasts < 0)
			lasts = INFINITY; /* "never" */
		if (start >= 0 && lasts > 0)
			out[n++] = (struct met_attack){name, start, start + lasts};
	}
	return n;
}

double met_duration_ns(const struct met_job *job)
{
	return res_parameter_si(job->file, job->variant, "duration", SIM_Q_DURATION, NAN);
}

double met_window_ns(const struct met_job *job)
{
	double ns = res_parameter_si(job->file, job->variant, "record.window", SIM_Q_DURATION, 60e9);
	return ns > 0 ? ns : 60e9;
}
