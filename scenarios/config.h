/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A loaded scenario: one struct scn_config per variant, every value effective (file, extends, profile,
 * variant, --set, default: in that order of strength from the weakest, the default). Plain data, owned by
 * the struct scn; world.c builds a replication from one of them.
 */
#ifndef SCENARIOS_CONFIG_H
#define SCENARIOS_CONFIG_H

#include "models/attack/attack.h"
#include "models/crypto/cost.h"
#include "models/crypto/suite.h"
#include "models/nf/population.h"
#include "models/nf/sections.h"
#include "models/policy/policy.h"
#include "models/queue/queue.h"
#include "models/radio/radio.h"
#include "models/record/adversary.h"
#include "sim/core/param.h"
#include <stdbool.h>

enum {
	SCN_MAX_CITIES = 64,
	SCN_MAX_HOSPITALS = 256,
	SCN_MAX_SURGEONS = 2, /* the two-surgeon game */
	SCN_MAX_ATTACKS = 16,
	SCN_MAX_POPULATIONS = 16,
	SCN_MAX_VARIANTS = 32,
	SCN_NAME = 64
};

struct scn_city {
	char name[SCN_NAME];
	int64_t cells;
};
struct scn_hospital {
	char name[SCN_NAME];
	char city[SCN_NAME]; /* names one of the cities: checked */
	uint16_t city_index;
};
struct scn_surgeon {
	char name[SCN_NAME];
};
struct scn_attack {
	char name[SCN_NAME];
	const struct atk_entry *entry; /* from atk_list.h, by `kind:` */
	void *config;                  /* entry->section.size octets, begins with struct atk_common */
};

enum scn_engine { SCN_ENGINE_NATIVE, SCN_ENGINE_NS3 };

/* Top-level keys that are plain values (section with the empty prefix). */
struct scn_run_config {
	char scenario[SCN_NAME];
	char title[SCN_NAME * 2];
	int64_t schema;       /* 1 */
	int64_t seed;
	int64_t replications;
	int64_t duration_ns;
	int64_t warmup_ns;    /* of stations alone: not counted before */
	uint8_t engine;       /* enum scn_engine */
	double level;         /* of confidence   */
	char calibration[SCN_NAME]; /* profile: ideal | open5gs */
};
/* operations: the working days of the surgeons. Who operates is an independent fair coin for each. */
struct scn_operations_config {
	int64_t days;
	int64_t per_day;
	int64_t first_ns;    /* time of day of the first          */
	int64_t spacing_ns;  /* between the starts                */
	int64_t jitter_ns;   /* uniform, added to each start      */
	int64_t length_ns;   /* of the surgery session            */
	int64_t enrol_ns;    /* time of day 1 at which the surgeons enrol their twins */
	int64_t enrol_apart_ns, enrol_again_ns;
};
struct scn_deadline_config {
	int64_t registration_ns;
	int64_t entering_ns;
	int64_t survival_ns; /* TS 22.104: interruptions shorter than this do not count */
	int64_t lost_ns;     /* an interruption longer than this ends the surgery       */
};
struct scn_background_config {
	int64_t count;
	double registrations_per_s; /* of each subscriber                           */
	int64_t stay_ns;            /* registered for this long, then deregisters   */
	double moves_per_s;         /* of each: to another cell, when it is idle    */
	double calls_per_s;         /* to each, while it is registered: user data   */
};
/* load: a population that registers in turn, whether or not the core keeps up: as a load generator. */
struct scn_load_config {
	double rate_per_s;   /* 0: no load                                           */
	uint8_t process;     /* enum sim_arrival_process: poisson or paced           */
	int64_t subscribers; /* each registers in turn                               */
	int64_t stay_ns;     /* then it deregisters and may register again; -1 never */
};
struct scn_probe_config {
	int64_t count;       /* subscribers of the probe class                      */
	int64_t interval_ns; /* mean time between probes, all of them together; -1 no probes */
};
struct scn_crypto_config {
	uint8_t surgeons, background, all; /* enum crypto_mode; all: SCN_CRYPTO_AS_GIVEN leaves them */
	int64_t pool;                      /* key pairs of the mode pooled */
};
enum { SCN_CRYPTO_AS_GIVEN = CRYPTO_N_MODES };
static inline uint8_t scn_crypto_mode(const struct scn_crypto_config *crypto, uint8_t of_class)
{
	return crypto->all == SCN_CRYPTO_AS_GIVEN ? of_class : crypto->all;
}
struct scn_record_config {
	int64_t window_ns;
	int64_t every; /* latency rows of every n-th background subscriber */
	bool ladder;
	uint8_t level; /* enum rec_level */
};
struct scn_host_config {
	int64_t core_cores; /* shared by AMF, AUSF, UDM, UDR, PCF, AAnF; -1 unlimited */
	uint8_t sharing;     /* enum scn_sharing */
	uint8_t ues;         /* enum scn_ues */
	double housekeeping; /* share of one core */
};
enum scn_sharing { SCN_SHARE_ALL_CORES, SCN_SHARE_BY_CORE };
enum scn_ues { SCN_UES_APART, SCN_UES_ON_CORE_HOST };
struct scn_link_config {
	int64_t n2_delay_ns, sbi_delay_ns, n3_delay_ns, dtf_delay_ns, n6_delay_ns, ledger_delay_ns,
		nwu_delay_ns, n32_delay_ns;
	double n2_rate_bps, sbi_rate_bps, n3_rate_bps, n6_rate_bps, ledger_rate_bps, nwu_rate_bps;
	int64_t queue_packets;
	double loss_prob; /* on n3, n6 and nwu */
};
/* access: who reaches the core over untrusted non-3GPP access. */
struct scn_access_config {
	uint8_t surgeons;       /* enum scn_access                                      */
	double background_prob; /* of each subscriber that is no surgeon, probes included */
};
enum scn_access { SCN_ACCESS_3GPP, SCN_ACCESS_NON_3GPP };

struct scn_config {
	struct scn_run_config run;
	struct scn_operations_config operations;
	struct scn_deadline_config deadlines;
	struct scn_background_config background;
	struct scn_load_config load;
	struct scn_probe_config probes;
	struct scn_crypto_config crypto;
	struct scn_record_config record;
	struct scn_host_config hosts;
	struct scn_link_config links;
	struct scn_access_config access;
	struct nf_config nf;            /* models/nf/sections.h: network, ue, amf, ausf, …, service */
	struct radio_config radio;
	struct crypto_costs crypto_cost;
	struct pol_config dt;           /* pseudonym policy and commitment */
	uint32_t n_cities, n_hospitals, n_surgeons, n_attacks, n_adversaries, n_populations;
	struct scn_city city[SCN_MAX_CITIES];
	struct scn_hospital hospital[SCN_MAX_HOSPITALS];
	struct scn_surgeon surgeon[SCN_MAX_SURGEONS];
	struct scn_attack attack[SCN_MAX_ATTACKS];
	struct rec_adversary adversary[REC_MAX_ADVERSARIES];
	struct population_config population[SCN_MAX_POPULATIONS];
	struct queue_config queue;      /* stations alone, in place of all the above */
};

/* It has stations and customers, and neither people nor a network. */
static inline bool scn_is_queue(const struct scn_config *config)
{
	return config->queue.n_stations > 0;
}

/* Somebody is behind an N3IWF: it stands there, and access points with it. */
static inline bool scn_uses_non_3gpp(const struct scn_config *config)
{
	return config->access.surgeons == SCN_ACCESS_NON_3GPP || config->access.background_prob > 0;
}

struct scn_variant {
	char name[SCN_NAME];
	int32_t twin; /* index of the attack-free variant to compare with; -1 none */
	bool hidden;  /* made for `twin: auto`: not asked for by the user          */
	struct scn_config config;
};

/* One effective parameter of one variant, for explain and for the result file. */
struct scn_parameter {
	const char *key;    /* "amf.t3560", "attacks.flood.rate"                              */
	const char *value;  /* as scenario text, with unit                                    */
	const char *unit;   /* SI unit or ""                                                  */
	const char *set_at; /* "two-surgeons.yaml:12:9", "--set", "profile open5gs:3:4", "default" */
	const char *source; /* the default's source; of a profile's value: the profile's      */
	bool assumption;    /* the default, or the profile's value, is an assumption          */
	double si;          /* as a number: SI, but durations in ns; -1 endless; NaN of words */
};

struct scn_text {
	const char *name; /* as it was found: path, or "profile open5gs" */
	const char *text;
	size_t length;
};

struct scn; /* a loaded scenario */

#endif
