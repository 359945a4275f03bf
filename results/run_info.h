/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a result file says of its run, as plain data: the caller of the writer fills it, the reader
 * gives it back. Strings are UTF-8; the writer borrows them, the reader's struct res_file owns them.
 */
#ifndef RESULTS_RUN_INFO_H
#define RESULTS_RUN_INFO_H

#include "models/record/record.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* Of the HDF5 layout; grows when a reader of the old one would misread. 2: record.level, by which
	 * tables may be empty that a run could fill, and digests "". */
	RES_SCHEMA = 2,
	RES_OLDEST_SCHEMA = 1, /* that the reader takes: tables that it lacks are empty, columns 0 */
	RES_DIGEST_OCTETS = 32,
	RES_HEX_SIZE = 2 * RES_DIGEST_OCTETS + 1
};

struct res_variant {
	const char *name;
	int32_t twin; /* index of the attack-free variant to compare with; -1 none */
	bool hidden;  /* runs only as the twin of another one                      */
};

/* The scenario and everything it extends, verbatim. The first one is the scenario itself. */
struct res_text {
	const char *name;
	const char *text;
	size_t length;
};

/* One effective parameter of one variant. */
struct res_parameter {
	uint16_t variant;
	const char *key;         /* "amf.t3560"                                                */
	const char *value;       /* as scenario text, with unit: "15 s"                        */
	const char *unit;        /* SI unit or ""                                              */
	const char *source;      /* of the default                                             */
	const char *set_at;      /* "two-surgeons.yaml:12:9", "--set", …, "default"            */
	bool assumption;         /* the default is an assumption and was not overridden        */
	bool changed_by_variant; /* the variants of the run do not all have this value (made by
	                            the writer: what the caller puts here is not looked at)   */
};

struct res_run {
	const char *program, *version, *revision; /* res_provenance() has them */
	const char *scenario, *title;
	const char *engine;      /* "native", "ns3" */
	const char *crypto_mode; /* "surgeons real, background cost. Real: …. Cost: …." */
	uint64_t seed;
	uint32_t replications; /* of each variant */
	double level;          /* of confidence   */
	uint32_t n_variants;
	const struct res_variant *variants;
	uint32_t n_texts;
	const struct res_text *texts;
	uint32_t n_parameters; /* of all variants, variant by variant, in the order of the schema */
	const struct res_parameter *parameters;
	const struct rec_names *names;
	const void *recipe; /* what its journal keeps to continue it with; no part of the identity */
	size_t recipe_octets;
};

#define RES_IDENTITY "identity" /* the attribute of a result file that has it, in hexadecimal */

/*
 * SHA-256 over everything above that can change a number of the result. A journal belongs to the run
 * that has its identity.
 */
void res_run_identity(const struct res_run *run, uint8_t out[RES_DIGEST_OCTETS]);

/* Jobs are numbered variant by variant. */
static inline uint32_t res_n_jobs(const struct res_run *run)
{
	return run->n_variants * run->replications;
}

void res_hex(const uint8_t octets[RES_DIGEST_OCTETS], char out[RES_HEX_SIZE]);

#endif
