/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run of two variants with three replications each, and records whose every value is known. */
#ifndef TESTS_UNIT_RESULTS_SAMPLE_H
#define TESTS_UNIT_RESULTS_SAMPLE_H

#include "models/record/truth.h"
#include "results/journal.h"
#include "results/reader.h"
#include "results/writer.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAMPLE_VARIANTS = 2, SAMPLE_REPLICATIONS = 3, SAMPLE_JOBS = 6 };

static const struct res_variant sample_variants[] = {{"per_session", -1, false}, {"flood", 0, true}};
static const struct res_text sample_texts[] = {
	{"two.yaml", "scenario: two\nextends: base.yaml\n", 33}, {"base.yaml", "", 0}};
static const struct res_parameter sample_parameters[] = {
	{0, "amf.t3560", "6 s", "s", "TS 24.501 10.2", "default", false, false},
	{0, "dt.policy", "per_session", "", "assumption: x", "default", true, false},
	{1, "amf.t3560", "6 s", "s", "TS 24.501 10.2", "default", false, false},
	{1, "dt.policy", "static", "", "assumption: x", "two.yaml:3:4", false, false},
	{1, "attacks.flood.rate", "80/s", "/s", "", "two.yaml:9:4", false, false},
};

static inline struct res_run sample_run(struct rec_names *names)
{
	*names = (struct rec_names){0};
	rec_names_add(names, REC_NAME_hospital, "Charité");
	rec_names_add(names, REC_NAME_hospital, "La Paz");
	rec_names_add(names, REC_NAME_node, "amf");
	rec_names_add(names, REC_NAME_subject, "Alex");
	rec_names_add(names, REC_NAME_subject, "Bob");
	return (struct res_run){
		.program = "dtsim", .version = "0.1.0", .revision = "abc", .scenario = "two", .title = "",
		.engine = "native", .crypto_mode = "real", .seed = UINT64_MAX,
		.replications = SAMPLE_REPLICATIONS, .level = 0.95, .n_variants = SAMPLE_VARIANTS,
		.variants = sample_variants, .n_texts = 2, .texts = sample_texts, .n_parameters = 5,
		.parameters = sample_parameters, .names = names,
	};
}

/* Some 20,000 rows in every replication, so that chunks and replications do not coincide. */
static inline uint32_t sample_rows(uint32_t job)
{
	return 20000 + 7 * job;
}

static inline void sample_rec(uint32_t job, struct rec *rec, struct rec_summary *summary)
{
	rec_init(rec);
	for (uint32_t i = 0; i < sample_rows(job); i++)
		rec_add_latency(rec, &(struct rec_latency){.metric = (uint8_t)(i % REC_N_latency_metric),
		                                           .entity = i,
		                                           .start_ns = (int64_t)job * 1000000 + i,
		                                           .total_ns = i % 5 ? (int64_t)i : -1});
	for (uint32_t i = 0; i < job; i++) {
		rec_add_demand(rec, &(struct rec_demand){.window = i, .reg_demands = job});
		rec_add_truth(rec, &(struct rec_truth){.obs = i, .subject = (uint16_t)(i % 2)});
		rec_add_obs_hospital(rec, &(struct rec_obs_hospital){.obs = i, .hospital = (uint16_t)(i % 2),
		                                                     .t_ns = INT64_MAX - i,
		                                                     .pseudonym = UINT64_MAX - job});
	}
	*summary = (struct rec_summary){.variant = (uint16_t)(job / SAMPLE_REPLICATIONS),
	                                .replication = job % SAMPLE_REPLICATIONS,
	                                .events = 1000 + job,
	                                .cpu_ns = 5 * job};
	memset(summary->protocol_digest, (int)job, REC_DIGEST_OCTETS);
	memset(summary->event_digest, (int)(0xf0 + job), REC_DIGEST_OCTETS);
}

static inline enum sim_code sample_add(struct res_journal *journal, uint32_t job, struct sim_err *err)
{
	struct rec rec;
	struct rec_summary summary;
	sample_rec(job, &rec, &summary);
	enum sim_code code = res_journal_add(journal, &summary, &rec, err);
	rec_free(&rec);
	return code;
}

/* A directory for the files of one test program. */
static char sample_directory[64];

static inline int sample_setup(void **state)
{
	(void)state;
	strcpy(sample_directory, "/tmp/dtsim-test-XXXXXX");
	signal(SIGXFSZ, SIG_IGN);
	return mkdtemp(sample_directory) == NULL || chdir(sample_directory) != 0;
}

static inline int sample_teardown(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", sample_directory);
	return chdir("/") != 0 || system(command) != 0;
}

static inline struct res_journal *sample_open(const char *path, const struct res_run *run)
{
	struct res_journal *journal;
	struct sim_err err = {.code = SIM_OK};
	if (res_journal_open(path, run, &journal, &err) != SIM_OK)
		fail_msg("%s", err.text);
	return journal;
}

#endif
