/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A result file of which every number is known: ten replications of "base", of "flood", whose twin
 * is base, and of "other", as base but with waits a quarter of a second longer. A run lasts 20
 * windows of 60 s; the flood lasts from window 5 to window 9. Two attacks without any effect of
 * their own: "askew" lasts through window 5 and parts of windows 4 and 6, "blink" through no window
 * at all.
 */
#ifndef TESTS_UNIT_ANALYSIS_METRIC_KNOWN_RUN_H
#define TESTS_UNIT_ANALYSIS_METRIC_KNOWN_RUN_H

#include "analysis/metric/compute.h"
#include "models/record/truth.h"
#include "results/writer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KNOWN_REPLICATIONS = 10, KNOWN_WINDOWS = 20, KNOWN_WAITS = 50, MINUTE = 60 };
#define KNOWN_S INT64_C(1000000000)

/*
 * Waits of 1 s, 2 s ... 50 s, the first of replication 0 with a timer in it; in the flood the last
 * five of replication 0 never finish.
 */
static inline void known_waits(struct rec *rec, uint16_t variant, uint32_t r)
{
	static const int64_t longer[] = {0, KNOWN_S / 2, KNOWN_S / 4};
	for (int i = 0; i < KNOWN_WAITS; i++) {
		bool failed = variant == 1 && r == 0 && i >= 45;
		int64_t total = (i + 1) * KNOWN_S + longer[variant];
		int64_t timer = r == 0 && i == 0 ? total / 4 : 0;
		rec_add_latency(rec, &(struct rec_latency){
			.metric = REC_M_SURGERY_READY, .class = REC_CLASS_SURGEON,
			.outcome = failed ? REC_OUTCOME_FAILED : REC_OUTCOME_OK, .met = !failed,
			.total_ns = failed ? -1 : total, .radio_ns = failed ? 0 : total / 4,
			.timer_ns = failed ? 0 : timer,
			.service_ns = failed ? 0 : total - total / 4 - timer});
	}
	rec_add_latency(rec, &(struct rec_latency){.metric = REC_M_SURGERY_READY,
	                                           .class = REC_CLASS_SURGEON,
	                                           .outcome = REC_OUTCOME_CENSORED, .total_ns = -1});
}

/* Authentications of 10 ms to 59 ms; "other" has another method and takes 5 ms longer. */
static inline void known_authentications(struct rec *rec, uint16_t variant)
{
	for (int i = 0; i < KNOWN_WAITS; i++)
		rec_add_latency(rec, &(struct rec_latency){
			.metric = REC_M_AUTH, .class = REC_CLASS_BACKGROUND, .outcome = REC_OUTCOME_OK,
			.method = variant == 2 ? REC_METHOD_EAP_AKA_PRIME : REC_METHOD_5G_AKA, .met = 1,
			.total_ns = (10 + i + (variant == 2 ? 5 : 0)) * KNOWN_S / 1000,
			.service_ns = (10 + i + (variant == 2 ? 5 : 0)) * KNOWN_S / 1000});
}

/* A probe every 30 s; in the flood those from 300 s to 540 s fail, and one alone at 900 s. */
static inline void known_probes(struct rec *rec, bool flood)
{
	for (int64_t t = 0; t < KNOWN_WINDOWS * MINUTE; t += 30) {
		bool failed = flood && ((t >= 300 && t < 540) || t == 900);
		rec_add_latency(rec, &(struct rec_latency){
			.metric = REC_M_REGISTRATION, .class = REC_CLASS_PROBE, .method = REC_METHOD_5G_AKA,
			.outcome = failed ? REC_OUTCOME_FAILED : REC_OUTCOME_OK, .met = !failed,
			.start_ns = t * KNOWN_S, .total_ns = failed ? -1 : KNOWN_S});
	}
	rec_add_latency(rec, &(struct rec_latency){
		.metric = REC_M_REGISTRATION, .class = REC_CLASS_PROBE, .method = REC_METHOD_5G_AKA,
		.outcome = REC_OUTCOME_CENSORED, .start_ns = 1199 * KNOWN_S, .total_ns = -1});
}

/*
 * Ten demands a window, all met but in the flood: half of them while it lasts, and for as many
 * windows after it as the number of the replication; replication 9 never recovers. One demand a
 * window to enter a hospital, all met but in replication 4 of the flood, right after the others.
 */
static inline void known_demands(struct rec *rec, bool flood, uint32_t r)
{
	for (uint32_t w = 0; w < KNOWN_WINDOWS; w++) {
		bool ill = flood && w >= 5 && (w < 10 + r || r == 9);
		rec_add_demand(rec, &(struct rec_demand){.class = REC_CLASS_BACKGROUND, .window = w,
		                                         .reg_demands = 10, .reg_met = ill ? 5 : 10,
		                                         .attempts = 10, .attempts_ok = ill ? 5 : 10});
		rec_add_demand(rec, &(struct rec_demand){
			.class = REC_CLASS_SURGEON, .window = w, .dt_demands = 1,
			.dt_met = !(flood && r == 4 && w == 14)});
	}
}

static inline void known_sessions(struct rec *rec, bool flood)
{
	for (uint32_t k = 0; k < 8; k++) {
		uint16_t who = k % 2;
		bool broken = flood && k == 0;
		rec_add_session(rec, &(struct rec_session){
			.session = k, .hospital = who, .planned_end_ns = 100 * KNOWN_S, .completed = !broken,
			.interruptions = broken, .interrupted_ns = broken ? 8 * KNOWN_S : 0,
			.longest_ns = broken ? 8 * KNOWN_S : 0});
		rec_add_obs_hospital(rec, &(struct rec_obs_hospital){
			.obs = k, .hospital = who, .t_ns = k * KNOWN_S, .pseudonym = 1u + who,
			.holder_key = 10u + who, .commitment = 100u + k, .disclosed = who + 1u});
		rec_add_truth(rec, &(struct rec_truth){.vantage = REC_VANTAGE_HOSPITAL, .obs = k,
		                                       .session = k, .subject = who, .msin = 7u + who});
	}
	if (flood)
		rec_add_outage(rec, &(struct rec_outage){.nf = 0, .down_ns = 300 * KNOWN_S,
		                                         .up_ns = 400 * KNOWN_S});
}

static const struct res_variant known_variants[] = {
	{"base", -1, false}, {"flood", 0, false}, {"other", -1, false}};
static const struct res_text known_texts[] = {{"known.yaml", "scenario: known\n", 16}};
#define KNOWN_ROW(variant, key, value) {variant, key, value, "", "test", "default", false, false}
#define KNOWN_COMMON(v)                                                                            \
	KNOWN_ROW(v, "duration", "20 min"), KNOWN_ROW(v, "record.window", "60 s"),                   \
		KNOWN_ROW(v, "adversaries.clinic.kind", "hospitals"),                                     \
		KNOWN_ROW(v, "adversaries.clinic.collude", "infinite"),                                   \
		KNOWN_ROW(v, "adversaries.nobody.kind", "blind")
static const struct res_parameter known_parameters[] = {
	KNOWN_COMMON(0), KNOWN_COMMON(1), KNOWN_ROW(1, "attacks.flood.start", "300 s"),
	KNOWN_ROW(1, "attacks.flood.duration", "5 min"),
	KNOWN_ROW(1, "attacks.askew.start", "290 s"), KNOWN_ROW(1, "attacks.askew.duration", "90 s"),
	KNOWN_ROW(1, "attacks.blink.start", "310 s"), KNOWN_ROW(1, "attacks.blink.duration", "50 s"),
	KNOWN_COMMON(2)};

/*
 * The file at path; `slower` is added to each wait of the surgeons, in ns. Aborts when it cannot.
 */
static inline void known_run(const char *path, const char *scenario, int64_t slower)
{
	struct rec_names names = {0};
	struct res_journal *journal;
	struct sim_err err;
	char part[256];
	rec_names_add(&names, REC_NAME_hospital, "north");
	rec_names_add(&names, REC_NAME_hospital, "south");
	rec_names_add(&names, REC_NAME_subject, "Alex");
	rec_names_add(&names, REC_NAME_subject, "Bob");
	rec_names_add(&names, REC_NAME_node, "ausf");
	struct res_run run = {
		.program = "dtsim", .version = "0", .revision = "test", .scenario = scenario,
		.title = "Known", .engine = "native", .crypto_mode = "none", .seed = 1,
		.replications = KNOWN_REPLICATIONS, .level = 0.95, .n_variants = 3,
		.variants = known_variants, .n_texts = 1, .texts = known_texts,
		.n_parameters = sizeof known_parameters / sizeof *known_parameters,
		.parameters = known_parameters, .names = &names};
	snprintf(part, sizeof part, "%s.part", path);
	unlink(part);
	enum sim_code code = res_journal_open(part, &run, &journal, &err);
	for (uint32_t job = 0; !code && job < res_n_jobs(&run); job++) {
		struct rec rec;
		uint16_t variant = (uint16_t)(job / KNOWN_REPLICATIONS);
		bool flood = variant == 1;
		uint32_t r = job % KNOWN_REPLICATIONS;
		struct rec_summary summary = {.variant = variant, .replication = r};
		rec_init(&rec);
		known_waits(&rec, variant, r);
		known_authentications(&rec, variant);
		int64_t *total = rec.table[REC_T_latency].column[rec_column_find(REC_T_latency,
		                                                                 "total_ns")];
		for (uint32_t i = 0; i < rec.table[REC_T_latency].n; i++)
			total[i] += total[i] >= 0 ? slower + (slower ? r : 0) : 0;
		known_probes(&rec, flood);
		known_demands(&rec, flood, r);
		known_sessions(&rec, flood);
		code = res_journal_add(journal, &summary, &rec, &err);
		rec_free(&rec);
	}
	if (!code)
		code = res_write(path, &run, journal, NULL, &err);
	SIM_ASSERT(!code);
	res_journal_close(journal);
	unlink(part);
	rec_names_free(&names);
}

#endif
