/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small result file with made-up rows: four variants, a flood and a crash, awkward names. Only for
 * tests of what reads result files.
 */
#ifndef TESTS_UNIT_ANALYSIS_REPORT_MADE_UP_RUN_H
#define TESTS_UNIT_ANALYSIS_REPORT_MADE_UP_RUN_H

#include "models/record/truth.h"
#include "results/writer.h"
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MADE_REPLICATIONS = 4, MADE_SESSIONS = 20, MADE_WINDOWS = 240, MADE_HOSPITALS = 5 };
enum { MADE_BASE, MADE_STATIC, MADE_FLOOD, MADE_CRASH, MADE_VARIANTS };

/* No adversary sees a session when it is set. */
static bool made_unseen;

/* Knuth's MMIX generator: enough for a picture. In (0, 1). */
static inline double made_uniform(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static inline int64_t made_ns(uint64_t *state, double median_ms, double spread)
{
	const double u = made_uniform(state);
	return (int64_t)(median_ms * 1e6 * exp(spread * log(u / (1 - u))));
}

/* Any of the attacks makes a quarter of the waits fail and the others longer. */
static inline void made_latency(struct rec *rec, uint64_t *state, bool hit, uint8_t metric,
                                uint8_t class, double median_ms)
{
	struct rec_latency row = { .metric = metric, .class = class, .method = REC_METHOD_5G_AKA,
	                           .attempts = 1 };
	const bool failed = hit && made_uniform(state) < 0.25;
	row.radio_ns = made_ns(state, 0.5 * median_ms, 0.2);
	row.transport_ns = made_ns(state, 0.05 * median_ms, 0.1);
	row.queueing_ns = made_ns(state, (hit ? 1 : 0.02) * median_ms, 0.3);
	row.service_ns = made_ns(state, 0.3 * median_ms, 0.1);
	row.crypto_ns = made_ns(state, 0.02 * median_ms, 0.1);
	row.timer_ns = hit ? made_ns(state, 2 * median_ms, 0.3) : 0;
	row.total_ns = failed ? -1
	                      : row.radio_ns + row.transport_ns + row.queueing_ns + row.service_ns +
	                        row.crypto_ns + row.timer_ns;
	row.outcome = failed ? REC_OUTCOME_FAILED : REC_OUTCOME_OK;
	row.met = !failed;
	rec_add_latency(rec, &row);
}

static inline void made_session(struct rec *rec, uint64_t *state, uint32_t variant, uint32_t session)
{
	const bool hit = variant >= MADE_FLOOD && session > 8 && session < 13;
	const uint16_t subject = made_uniform(state) < 0.5;
	const int64_t start = (int64_t)(session + 1) * 720 * 1000000000;
	static const double MEDIAN_MS[REC_N_latency_metric] = { 62, 24, 9, 4100, 31, 1210 };
	for (uint8_t metric = 0; metric < REC_N_latency_metric; metric++)
		if (metric != REC_M_DT_ENROL || session < 2)
			made_latency(rec, state, hit, metric, REC_CLASS_SURGEON, MEDIAN_MS[metric]);
	rec_add_session(rec, &(struct rec_session){
		.session = session, .hospital = (uint16_t)(session % MADE_HOSPITALS), .start_ns = start,
		.ready_ns = start + 1300000000, .planned_end_ns = start + 600000000000,
		.end_ns = start + 600000000000, .completed = !hit || session % 2 });
	if (made_unseen)
		return;
	rec_add_obs_hospital(rec, &(struct rec_obs_hospital){
		.obs = session, .hospital = (uint16_t)(session % MADE_HOSPITALS), .t_ns = start,
		.disclosed = subject + 1u, .pseudonym = variant == MADE_STATIC ? subject + 100u : 1000u + session,
		.holder_key = variant == MADE_STATIC ? subject + 200u : 2000u + session,
		.commitment = variant == MADE_STATIC ? subject + 300u : 3000u + session });
	rec_add_truth(rec, &(struct rec_truth){ .vantage = REC_VANTAGE_HOSPITAL, .obs = session,
	                                        .session = session, .subject = subject,
	                                        .msin = subject + 1u });
}

static inline void made_demands(struct rec *rec, uint64_t *state, uint32_t variant)
{
	for (uint32_t window = 0; window < MADE_WINDOWS; window++) {
		const bool hit = (variant == MADE_FLOOD && window >= 110 && window < 150) ||
		                 (variant == MADE_CRASH && window >= 120 && window < 126);
		struct rec_demand surgeon = { .class = REC_CLASS_SURGEON, .window = window };
		struct rec_demand row = { .class = REC_CLASS_BACKGROUND, .window = window };
		row.reg_demands = 40 + (uint32_t)(20 * made_uniform(state));
		row.reg_met = (uint32_t)(row.reg_demands * (hit ? 0.3 + 0.3 * made_uniform(state) : 1.0));
		row.attempts = row.reg_demands + 3;
		row.attempts_ok = row.reg_met;
		rec_add_demand(rec, &row);
		surgeon.reg_demands = surgeon.dt_demands = surgeon.attempts = window % 12 == 0;
		surgeon.reg_met = surgeon.dt_met = surgeon.attempts_ok = window % 12 == 0 && !hit;
		rec_add_demand(rec, &surgeon);
	}
}

static inline void made_ladder(struct rec *rec)
{
	static const struct rec_ladder ROWS[] = {
		{ 1000, 21000000, 0, 1, 0, 6 }, { 22000000, 23000000, 0, 2, 1, 91 },
		{ 23500000, 23600000, 2, 3, 2, 512 }, { 24500000, 24600000, 3, 4, 3, 301 },
		{ 25500000, 25600000, 4, 3, 4, 451 }, { 26000000, 27000000, 2, 0, 5, 42 },
	};
	for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
		rec_add_ladder(rec, &ROWS[i]);
}

static inline void made_replication(struct rec *rec, uint32_t variant, uint32_t replication)
{
	uint64_t state = 7 + replication; /* of all variants: common random numbers */
	rec_init(rec);
	for (uint32_t session = 0; session < MADE_SESSIONS; session++)
		made_session(rec, &state, variant, session);
	for (int i = 0; i < 200; i++)
		made_latency(rec, &state, variant >= MADE_FLOOD && i % 4 == 0, REC_M_REGISTRATION,
		             REC_CLASS_BACKGROUND, 60);
	made_demands(rec, &state, variant);
	if (replication == 0)
		made_ladder(rec);
}

static inline void made_names(struct rec_names *names)
{
	static const char *const NODES[] = { "UE", "gNB", "AMF", "AUSF", "UDM" };
	static const char *const MESSAGES[] = { "RRC Setup Request", "Registration Request",
		                                    "Nausf_UEAuthentication_Authenticate Request",
		                                    "Nudm_UEAuthentication_Get Request",
		                                    "Nudm_UEAuthentication_Get Response",
		                                    "Authentication Request" };
	memset(names, 0, sizeof *names);
	for (int i = 0; i < MADE_HOSPITALS; i++)
		rec_names_add(names, REC_NAME_hospital, i ? "a hospital" : "Saint <b>Mary</b> & Sons");
	for (size_t i = 0; i < 5; i++)
		rec_names_add(names, REC_NAME_node, NODES[i]);
	for (size_t i = 0; i < 6; i++)
		rec_names_add(names, REC_NAME_message, MESSAGES[i]);
	rec_names_add(names, REC_NAME_subject, "Alex");
	rec_names_add(names, REC_NAME_subject, "Bob");
}

static const struct res_variant MADE_VARIANT[MADE_VARIANTS] = {
	{ "per_session", -1, false }, { "static", -1, false }, { "flood", 0, false },
	{ "ausf_crash", 0, false } };
static const char MADE_TEXT[] = "# <script>alert(1)</script> & \"more\"\nscenario: made-up\n";
static const struct res_text MADE_TEXTS[] = { { "made-up.yaml", MADE_TEXT, sizeof MADE_TEXT - 1 } };
#define MADE_COMMON(v, policy)                                                                      \
	{ v, "record.window", "60 s", "s", "METRICS", "default", false, false },                       \
	{ v, "dt.pseudonym", policy, "", "the use case", "made-up.yaml:2:1", false, false },           \
	{ v, "adversaries.all hospitals.kind", "hospitals", "", "the use case", "default", false, false }, \
	{ v, "adversaries.told.kind", "hospitals", "", "the use case", "default", false, false },      \
	{ v, "adversaries.told.disclosure", "true", "", "the use case", "default", false, false },     \
	{ v, "adversaries.guesser.kind", "blind", "", "the use case", "default", false, false },       \
	{ v, "links.n2_delay", "1 ms", "s", "assumption: <metropolitan> distance", "default", true, false },
static const struct res_parameter MADE_PARAMETERS[] = {
	MADE_COMMON(0, "per_session") MADE_COMMON(1, "static") MADE_COMMON(2, "per_session")
	{ 2, "attacks.flood.start", "110 min", "s", "the use case", "made-up.yaml:9:3", false, false },
	{ 2, "attacks.flood.duration", "40 min", "s", "the use case", "made-up.yaml:9:9", false, false },
	MADE_COMMON(3, "per_session")
	{ 3, "attacks.ausf.start", "2 h", "s", "the use case", "made-up.yaml:11:3", false, false },
	{ 3, "attacks.ausf.duration", "6 min", "s", "the use case", "made-up.yaml:11:9", false, false },
};
#undef MADE_COMMON

/* 0, or -1 with the sentence in err. */
static inline int made_up_run(const char *path, struct sim_err *err)
{
	struct rec_names names;
	made_names(&names);
	const struct res_run run = {
		.program = "dtsim", .version = "0.0", .revision = "made up", .scenario = "made-up",
		.title = "Made up <for> tests & looks", .engine = "native", .crypto_mode = "none", .seed = 1,
		.replications = MADE_REPLICATIONS, .level = 0.95, .n_variants = MADE_VARIANTS,
		.variants = MADE_VARIANT, .n_texts = 1, .texts = MADE_TEXTS,
		.n_parameters = sizeof MADE_PARAMETERS / sizeof MADE_PARAMETERS[0],
		.parameters = MADE_PARAMETERS, .names = &names };
	char part[600];
	struct res_journal *journal;
	snprintf(part, sizeof part, "%s.part", path);
	unlink(part);
	enum sim_code code = res_journal_open(part, &run, &journal, err);
	for (uint32_t job = 0; !code && job < res_n_jobs(&run); job++) {
		struct rec rec;
		const struct rec_summary summary = { .variant = (uint16_t)(job / MADE_REPLICATIONS),
		                                     .replication = job % MADE_REPLICATIONS, .events = 10 };
		made_replication(&rec, summary.variant, summary.replication);
		code = res_journal_add(journal, &summary, &rec, err);
		rec_free(&rec);
	}
	if (!code)
		code = res_write(path, &run, journal, NULL, err);
	res_journal_close(journal);
	unlink(part);
	rec_names_free(&names);
	return code ? -1 : 0;
}

#endif
