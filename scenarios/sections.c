/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/sections.h"

#include "scenarios/load.h"
#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define ROW(config, key_, type_, field, ...)                                                       \
	{.key = key_, .type = type_, .offset = offsetof(struct config, field), __VA_ARGS__}
#define SECTION(name, prefix_, config, rows_, doc_)                                                \
	static const struct sim_section name = {.prefix = prefix_, .rows = rows_,                     \
		.n_rows = COUNT_OF(rows_), .size = sizeof(struct config), .doc = doc_}

/* ---- the run ---- */

#define RUN(key, type, field, ...) ROW(scn_run_config, key, type, field, __VA_ARGS__)
static const struct sim_param run_rows[] = {
	RUN("scenario", SIM_PAR_TEXT, scenario, .source = "the scenario names itself",
	    .doc = "short name, the key of its results"),
	RUN("title", SIM_PAR_TEXT, title, .fallback = "untitled", .max = 2 * SCN_NAME - 1,
	    .source = "the scenario names itself", .doc = "what reports call it"),
	RUN("schema", SIM_PAR_COUNT, schema, .fallback = "1", .min = 1, .max = 1,
	    .source = "this version of dtsim", .doc = "version of these keys"),
	RUN("seed", SIM_PAR_COUNT, seed, .fallback = "1", .min = 0, .max = 0x1p53,
	    .source = "any number will do: results hold for all of them",
	    .doc = "of every random stream; the same seed gives the same result"),
	RUN("replications", SIM_PAR_COUNT, replications, .fallback = "30", .min = 1, .max = 0xfffff,
	    .source = "Law, Simulation Modeling and Analysis, 9.4: intervals over replications",
	    .doc = "independent runs of each variant"),
	RUN("duration", SIM_PAR_DURATION, duration_ns, .fallback = "1d", .min = 1, .max = 31536000,
	    .source = "assumption: one day", .doc = "simulated time of each replication"),
	RUN("warmup", SIM_PAR_DURATION, warmup_ns, .fallback = "0s", .min = 0, .max = 31536000,
	    .source = "terminating runs: everything counts",
	    .doc = "of stations alone: what happens before this is not counted"),
	RUN("engine", SIM_PAR_ENUM, engine, .fallback = "native", .choices = "native|ns3",
	    .source = "assumption: links without packets suffice", .doc = "what carries messages: links alone, or ns-3's packets"),
	RUN("level", SIM_PAR_NUMBER, level, .fallback = "95 %", .min = 0.5, .max = 0.9999,
	    .source = "assumption: the customary level", .doc = "confidence level of intervals"),
	RUN("calibration", SIM_PAR_TEXT, calibration, .fallback = "ideal",
	    .source = "assumption: nothing but the protocol", .doc = "profile of service times: ideal, open5gs"),
};
SECTION(run_section, "", scn_run_config, run_rows, "the run as a whole");

/* ---- who operates when, and in time ---- */

#define OPERATIONS(key, type, field, ...) ROW(scn_operations_config, key, type, field, __VA_ARGS__)
static const struct sim_param operations_rows[] = {
	OPERATIONS("days", SIM_PAR_COUNT, days, .fallback = "1", .min = 0, .max = 365,
	           .source = "the scenario", .doc = "working days"),
	OPERATIONS("per_day", SIM_PAR_COUNT, per_day, .fallback = "4", .min = 0, .max = 96,
	           .source = "assumption: a full day", .doc = "operations on each of them"),
	OPERATIONS("first", SIM_PAR_DURATION, first_ns, .fallback = "8h", .min = 0, .max = 86399,
	           .source = "assumption: start of a working day", .doc = "time of day of the first"),
	OPERATIONS("spacing", SIM_PAR_DURATION, spacing_ns, .fallback = "2h 30min", .min = 1,
	           .max = 86400, .source = "assumption: four in a day",
	           .doc = "from one start to the next"),
	OPERATIONS("jitter", SIM_PAR_DURATION, jitter_ns, .fallback = "10min", .min = 0, .max = 86400,
	           .source = "assumption: nobody starts on the minute",
	           .doc = "each start is late by a uniform time up to this"),
	OPERATIONS("length", SIM_PAR_DURATION, length_ns, .fallback = "90min", .min = 1, .max = 86400,
	           .source = "assumption: a common operation", .doc = "of the surgery session"),
	OPERATIONS("enrol", SIM_PAR_DURATION, enrol_ns, .fallback = "6h 30min", .min = 0, .max = 86399,
	           .source = "assumption: before the first operation",
	           .doc = "time of day 1 at which the surgeons obtain their twins"),
	OPERATIONS("enrol_apart", SIM_PAR_DURATION, enrol_apart_ns, .fallback = "1min", .min = 0,
	           .max = 86400, .source = "assumption: one after the other",
	           .doc = "from the first surgeon's enrolment to the second's"),
	OPERATIONS("enrol_again", SIM_PAR_DURATION, enrol_again_ns, .fallback = "10min", .min = 1,
	           .max = 86400, .source = "assumption: patience of a surgeon",
	           .doc = "an enrolment that failed is tried again after this"),
};
SECTION(operations_section, "operations", scn_operations_config, operations_rows,
        "the surgeons' working days; a fair coin decides for each operation who of the two operates");

#define DEADLINE(key, field, def, lo, src, text)                                                   \
	ROW(scn_deadline_config, key, SIM_PAR_DURATION, field, .fallback = def, .min = lo,            \
	    .max = 86400, .source = src, .doc = text)
static const struct sim_param deadline_rows[] = {
	DEADLINE("registration", registration_ns, "30s", 1e-3, "assumption: two runs of T3510 (15 s)",
	         "a registration that takes longer has failed"),
	DEADLINE("entering", entering_ns, "10s", 1e-3, "assumption: what a surgeon waits at a door",
	         "entering a hospital in longer has failed"),
	DEADLINE("survival", survival_ns, "100ms", 0,
	         "assumption: between the survival times of TS 22.104 and human reaction",
	         "interruptions of a session that are shorter do not count"),
	DEADLINE("lost", lost_ns, "30s", 1e-3, "assumption: a local surgeon has taken over",
	         "an interruption that is longer ends the surgery"),
};
SECTION(deadline_section, "deadlines", scn_deadline_config, deadline_rows,
        "when a demand has failed");

static const struct sim_param background_rows[] = {
	ROW(scn_background_config, "count", SIM_PAR_COUNT, count, .fallback = "0", .min = 0, .max = 1e7,
	    .source = "the scenario", .doc = "other subscribers of the network"),
	ROW(scn_background_config, "registrations", SIM_PAR_QUANTITY, registrations_per_s,
	    .quantity = SIM_Q_RATE, .fallback = "1/d", .min = 0, .max = 1e3,
	    .source = "assumption: switched on in the morning", .doc = "of each of them, Poisson"),
	ROW(scn_background_config, "stay", SIM_PAR_DURATION, stay_ns, .fallback = "4h", .min = 1,
	    .max = 31536000, .source = "assumption: half a working day",
	    .doc = "registered for this long, then it deregisters"),
	ROW(scn_background_config, "moves", SIM_PAR_QUANTITY, moves_per_s, .quantity = SIM_Q_RATE,
	    .fallback = "0/s", .min = 0, .max = 1e3, .source = "assumption: everybody stays in its cell",
	    .doc = "of each of them, Poisson, to any other cell, when it is not connected"),
	ROW(scn_background_config, "calls", SIM_PAR_QUANTITY, calls_per_s, .quantity = SIM_Q_RATE,
	    .fallback = "0/s", .min = 0, .max = 1e3,
	    .source = "assumption: registrations are what matters",
	    .doc = "user data for each of them, Poisson: an idle one is paged"),
};
SECTION(background_section, "background", scn_background_config, background_rows,
        "other subscribers, who load the network");

static const struct sim_param load_rows[] = {
	ROW(scn_load_config, "rate", SIM_PAR_QUANTITY, rate_per_s, .quantity = SIM_Q_RATE,
	    .fallback = "0/s", .min = 0, .max = 1e5, .source = "no load beside the background",
	    .doc = "registrations offered, of all together"),
	ROW(scn_load_config, "process", SIM_PAR_ENUM, process, .fallback = "poisson",
	    .choices = "poisson|paced", .source = "many independent subscribers: Palm's theorem",
	    .doc = "gaps between them: exponential, or all alike"),
	ROW(scn_load_config, "subscribers", SIM_PAR_COUNT, subscribers, .fallback = "0", .min = 0,
	    .max = 1e7, .source = "the scenario",
	    .doc = "who register, in turn; who never leave register once"),
	ROW(scn_load_config, "stay", SIM_PAR_DURATION, stay_ns, .fallback = "never", .min = -1,
	    .max = 31536000, .source = "the load generator of the measurements never deregisters",
	    .doc = "registered for this long, then it deregisters; never: it stays"),
};
SECTION(load_section, "load", scn_load_config, load_rows,
        "registrations offered at a rate, for validation");

static const struct sim_param probe_rows[] = {
	ROW(scn_probe_config, "count", SIM_PAR_COUNT, count, .fallback = "50", .min = 0, .max = 1e7,
	    .source = "assumption: more than can be trying at once, so that no probe is skipped",
	    .doc = "subscribers that only measure availability"),
	ROW(scn_probe_config, "interval", SIM_PAR_DURATION, interval_ns, .fallback = "2min", .min = -1,
	    .max = 86400, .source = "assumption: the resolution of outages",
	    .doc = "mean time between probes, all of them together, Poisson; never: none"),
};
SECTION(probe_section, "probes", scn_probe_config, probe_rows,
        "subscribers that measure availability at Poisson times");

/* ---- how it is computed and recorded ---- */

#define CRYPTO(key, field, choices_, def, text)                                                    \
	ROW(scn_crypto_config, key, SIM_PAR_ENUM, field, .fallback = def, .choices = choices_,        \
	    .source = "every mode has the same outcomes and the same simulated time", .doc = text)
#define MODES "real|memoised|pooled|cost"
static const struct sim_param crypto_rows[] = {
	CRYPTO("surgeons", surgeons, MODES, "real", "everything computed; an ECDH secret by one end "
	       "only; ephemeral keys from a pool; a stand-in of the same lengths and outcomes"),
	CRYPTO("background", background, MODES, "cost", "the same for everybody else"),
	CRYPTO("all", all, MODES "|as_given", "as_given", "one mode for all, over the two above"),
	ROW(scn_crypto_config, "pool", SIM_PAR_COUNT, pool, .fallback = "1024", .min = 1,
	    .max = CRYPTO_POOL_MAX,
	    .source = "assumption: keys that are made in less than 0.1 s a replication",
	    .doc = "ephemeral key pairs of the mode pooled, used in turn by all who conceal"),
};
SECTION(crypto_section, "crypto", scn_crypto_config, crypto_rows,
        "which cryptography is computed in fact");

static const struct sim_param record_rows[] = {
	ROW(scn_record_config, "level", SIM_PAR_ENUM, level,
	    .choices = "none|metrics|samples|events", .fallback = "samples",
	    .source = "what every analysis of the shipped scenarios reads",
	    .doc = "how much is recorded (docs/RESULTS.md): counters; with metrics sketches of latencies "
	           "and windows; with samples rows of waits and observations; with events every message"),
	ROW(scn_record_config, "window", SIM_PAR_DURATION, window_ns, .fallback = "60s", .min = 0.1,
	    .max = 86400, .source = "assumption: recovery to the minute",
	    .doc = "demands are counted in windows of this length"),
	ROW(scn_record_config, "every", SIM_PAR_COUNT, every, .fallback = "10", .min = 1, .max = 1e7,
	    .source = "assumption: a tenth gives the same quantiles",
	    .doc = "latencies of every n-th background subscriber"),
	ROW(scn_record_config, "ladder", SIM_PAR_BOOL, ladder, .fallback = "true",
	    .source = "one registration costs nothing", .doc = "the messages of one registration"),
};
SECTION(record_section, "record", scn_record_config, record_rows, "what a run writes down");

/* ---- what stands between the functions ---- */

static const struct sim_param host_rows[] = {
	ROW(scn_host_config, "core_cores", SIM_PAR_COUNT, core_cores, .fallback = "infinite", .min = -1,
	    .max = 4096, .source = "no sharing: functions do not slow one another down",
	    .doc = "shared by AMF, AUSF, UDM, UDR, PCF, AAnF; at least 1"),
	ROW(scn_host_config, "sharing", SIM_PAR_ENUM, sharing, .fallback = "pooled",
	    .choices = "pooled|by_core", .source = "processor sharing, as queueing theory has it",
	    .doc = "pooled: all busy functions share all cores; by_core: each stays on the core where it "
	           "woke"),
	ROW(scn_host_config, "ues", SIM_PAR_ENUM, ues, .fallback = "apart", .choices = "apart|core",
	    .source = "UEs are devices of their own",
	    .doc = "core: UEs and gNBs are one program, a load generator, on the host of the core"),
	ROW(scn_host_config, "housekeeping", SIM_PAR_NUMBER, housekeeping, .fallback = "0", .min = 0,
	    .max = 1, .source = "nothing but registrations takes time",
	    .doc = "share of one core that the core's processes take without any registration"),
};
SECTION(host_section, "hosts", scn_host_config, host_rows, "computers that functions share");

#define DELAY(key, field, def, src, text)                                                          \
	ROW(scn_link_config, key, SIM_PAR_DURATION, field, .fallback = def, .min = 0, .max = 10,      \
	    .source = src, .doc = text)
#define RATE(key, field, def, text)                                                                \
	ROW(scn_link_config, key, SIM_PAR_QUANTITY, field, .quantity = SIM_Q_BITRATE,                 \
	    .fallback = def, .min = 1e3, .max = 1e13, .source = "assumption: common equipment",       \
	    .doc = text)
static const struct sim_param link_rows[] = {
	DELAY("n2_delay", n2_delay_ns, "1 ms", "assumption: 200 km of fibre", "gNB to AMF, one way"),
	DELAY("sbi_delay", sbi_delay_ns, "50 us", "assumption: one data centre",
	      "between functions of the core, one way"),
	DELAY("n3_delay", n3_delay_ns, "1 ms", "assumption: 200 km of fibre", "gNB to UPF, one way"),
	DELAY("dtf_delay", dtf_delay_ns, "50 us", "assumption: the DTF stands in the operator's data centre",
	      "UPF to the DTF, one way"),
	DELAY("n6_delay", n6_delay_ns, "5 ms", "assumption: 1000 km of fibre",
	      "UPF to hospitals, one way"),
	DELAY("n32_delay", n32_delay_ns, "20 ms", "assumption: 4000 km of fibre",
	      "SEPP to SEPP, and UPF to UPF (N9), one way"),
	DELAY("ledger_delay", ledger_delay_ns, "5 ms", "assumption: 1000 km of fibre",
	      "DTF to the ledger, one way"),
	DELAY("nwu_delay", nwu_delay_ns, "10 ms", "assumption: a path through the Internet, 1000 km and routers",
	      "WLAN access point to N3IWF, one way"),
	RATE("nwu_rate", nwu_rate_bps, "100 Mbit/s", "WLAN access point to N3IWF"),
	RATE("n2_rate", n2_rate_bps, "10 Gbit/s", "gNB to AMF"),
	RATE("sbi_rate", sbi_rate_bps, "10 Gbit/s", "between functions of the core"),
	RATE("n3_rate", n3_rate_bps, "10 Gbit/s", "gNB to UPF"),
	RATE("n6_rate", n6_rate_bps, "1 Gbit/s", "UPF to hospitals and to the DTF"),
	RATE("ledger_rate", ledger_rate_bps, "1 Gbit/s", "DTF to the ledger"),
	ROW(scn_link_config, "queue", SIM_PAR_COUNT, queue_packets, .fallback = "1000", .min = 1,
	    .max = 1e6, .source = "Linux: txqueuelen 1000",
	    .doc = "messages that may wait at a link; more are dropped"),
	ROW(scn_link_config, "loss", SIM_PAR_NUMBER, loss_prob, .fallback = "0", .min = 0, .max = 1,
	    .source = "assumption: wired links lose nothing",
	    .doc = "probability that N3, N6 or NWu loses a message"),
};
SECTION(link_section, "links", scn_link_config, link_rows, "links between the functions");

static const struct sim_param access_rows[] = {
	ROW(scn_access_config, "surgeons", SIM_PAR_ENUM, surgeons, .fallback = "3gpp",
	    .choices = "3gpp|non_3gpp", .source = "TS 23.501 4.2.8: either access leads to the same core",
	    .doc = "how the surgeons' headsets reach the core: NR, or a WLAN and an N3IWF"),
	ROW(scn_access_config, "background", SIM_PAR_NUMBER, background_prob, .fallback = "0", .min = 0,
	    .max = 1, .source = "the scenario",
	    .doc = "probability that another subscriber at home, probes included, uses a WLAN and an N3IWF"),
};
SECTION(access_section, "access", scn_access_config, access_rows,
        "who uses untrusted non-3GPP access");

/* ---- lists ---- */

static const struct sim_section surgeon_section = {
	.prefix = "surgeons", .size = sizeof(struct scn_surgeon), .doc = "the two surgeons, by name",
};

static const struct sim_param city_rows[] = {
	ROW(scn_city, "cells", SIM_PAR_COUNT, cells, .fallback = "1", .min = 1, .max = 1024,
	    .source = "assumption: one cell covers the hospitals", .doc = "gNBs of the city, a cell each"),
};
SECTION(city_section, "cities", scn_city, city_rows, "where cells and hospitals are");

static const struct sim_param hospital_rows[] = {
	ROW(scn_hospital, "city", SIM_PAR_TEXT, city, .source = "the scenario",
	    .doc = "one of the cities"),
};
SECTION(platform_section, "hospitals", scn_hospital, hospital_rows,
        "the hospitals whose platforms the surgeons enter");

static const struct sim_param attack_rows[] = {
	{.key = "kind", .type = SIM_PAR_TEXT, .source = "the scenario chooses it",
	 .doc = "which attack: `dtsim list attacks`; its other keys follow from that"},
};
SECTION(attack_section, "attacks", scn_attack, attack_rows, "attacks and faults");

/* ---- the tables ---- */

#define AT(member) offsetof(struct scn_config, member)
static const struct scn_section sections[] = {
	{&run_section, AT(run)},
	{&network_section, AT(nf.network)},
	{&operations_section, AT(operations)},
	{&deadline_section, AT(deadlines)},
	{&background_section, AT(background)},
	{&probe_section, AT(probes)},
	{&pol_section, AT(dt)},
	{&crypto_section, AT(crypto)},
	{&record_section, AT(record)},
	{&host_section, AT(hosts)},
	{&link_section, AT(links)},
	{&access_section, AT(access)},
	{&radio_section, AT(radio)},
	{&wlan_section, AT(nf.wlan)},
	{&ue_section, AT(nf.ue)},
	{&amf_section, AT(nf.amf)},
	{&ausf_section, AT(nf.ausf)},
	{&udm_section, AT(nf.udm)},
	{&udr_section, AT(nf.udr)},
	{&pcf_section, AT(nf.pcf)},
	{&aanf_section, AT(nf.aanf)},
	{&dtf_section, AT(nf.dtf)},
	{&ledger_section, AT(nf.ledger)},
	{&hospital_section, AT(nf.hospital)},
	{&svc_section, AT(nf.service)},
	{&load_section, AT(load)},
	{&ue_ike_section, AT(nf.ue_ike)},
	{&n3iwf_section, AT(nf.n3iwf)},
	{&roaming_section, AT(nf.roaming)},
	{&crypto_cost_section, AT(crypto_cost)},
};

#define LIST(section_, array, n, max_, ...)                                                        \
	{.section = &section_, .offset = AT(array), .count_offset = AT(n),                            \
	 .size = sizeof(((struct scn_config *)0)->array[0]), .max = max_, __VA_ARGS__}
static const struct scn_list lists[] = {
	LIST(surgeon_section, surgeon, n_surgeons, SCN_MAX_SURGEONS, .attacks = false),
	LIST(city_section, city, n_cities, SCN_MAX_CITIES, .attacks = false),
	LIST(platform_section, hospital, n_hospitals, SCN_MAX_HOSPITALS, .attacks = false),
	LIST(rec_adversary_section, adversary, n_adversaries, REC_MAX_ADVERSARIES, .attacks = false),
	LIST(population_section, population, n_populations, SCN_MAX_POPULATIONS, .attacks = false),
	LIST(queue_host_section, queue.host, queue.n_hosts, QUEUE_MAX_HOSTS, .attacks = false),
	LIST(queue_station_section, queue.station, queue.n_stations, QUEUE_MAX_STATIONS,
	     .attacks = false),
	LIST(queue_source_section, queue.source, queue.n_sources, QUEUE_MAX_SOURCES, .attacks = false),
	LIST(queue_route_section, queue.route, queue.n_routes, QUEUE_MAX_ROUTES, .numbered = true),
	LIST(attack_section, attack, n_attacks, SCN_MAX_ATTACKS, .attacks = true),
};

const struct scn_section *scn_section_table(uint32_t *n)
{
	*n = COUNT_OF(sections);
	return sections;
}

const struct scn_list *scn_list_table(uint32_t *n)
{
	*n = COUNT_OF(lists);
	return lists;
}

const struct sim_param *scn_row(const struct sim_section *section, const char *key)
{
	for (size_t i = 0; i < section->n_rows; i++)
		if (strcmp(section->rows[i].key, key) == 0 && !scn_row_is_name(&section->rows[i]))
			return &section->rows[i];
	return NULL;
}

const struct scn_section *scn_section_named(const char *prefix)
{
	for (size_t i = 0; i < COUNT_OF(sections); i++)
		if (strcmp(sections[i].section->prefix, prefix) == 0)
			return &sections[i];
	return NULL;
}

const struct scn_list *scn_list_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (strcmp(lists[i].section->prefix, name) == 0)
			return &lists[i];
	return NULL;
}

const struct atk_entry *scn_attack_named(const char *kind)
{
	for (uint32_t i = 0; i < atk_n_entries; i++)
		if (strcmp(atk_entries[i]->name, kind) == 0)
			return atk_entries[i];
	return NULL;
}

bool scn_row_is_name(const struct sim_param *row)
{
	return strcmp(row->key, "name") == 0;
}

/* ---- for the manual ---- */

enum { MAX_KINDS = 32, N_PLAIN = COUNT_OF(sections) + COUNT_OF(lists) };

/* Lists and kinds of attacks get the prefixes that their keys have in explain. */
static void describe(struct sim_section *out, const struct sim_section *section, char *prefix,
                     char *doc, size_t size, const char *kind)
{
	*out = *section;
	snprintf(prefix, size, "%s.<name>", section->prefix);
	snprintf(doc, size, "%s%s%s%s", kind ? "(" : "", kind ? kind : "", kind ? ") " : "",
	         section->doc);
	out->prefix = prefix;
	out->doc = doc;
}

const struct sim_section *const *scn_sections(void)
{
	static const struct sim_section *all[N_PLAIN + MAX_KINDS + 1];
	static struct sim_section made[COUNT_OF(lists) + MAX_KINDS];
	static char prefix[COUNT_OF(lists) + MAX_KINDS][256], doc[COUNT_OF(lists) + MAX_KINDS][256];
	size_t n = 0, m = 0;

	for (size_t i = 0; i < COUNT_OF(sections); i++)
		all[n++] = sections[i].section;
	for (size_t i = 0; i < COUNT_OF(lists); i++, m++) {
		describe(&made[m], lists[i].section, prefix[m], doc[m], sizeof doc[m], NULL);
		all[n++] = &made[m];
	}
	for (uint32_t i = 0; i < atk_n_entries && i < MAX_KINDS; i++, m++) {
		describe(&made[m], atk_entries[i]->section, prefix[m], doc[m], sizeof doc[m],
		         atk_entries[i]->name);
		all[n++] = &made[m];
	}
	all[n] = NULL;
	return all;
}
