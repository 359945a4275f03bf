/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/write_run.h"
#include "results/h5.h"
#include "sim/core/memory.h"
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *rows_of(size_t n, size_t size)
{
	return sim_memory_new("the result file", n, size);
}

static bool is_recorded(const uint8_t digest[REC_DIGEST_OCTETS])
{
	for (int i = 0; i < REC_DIGEST_OCTETS; i++)
		if (digest[i])
			return true;
	return false;
}

/* "" for a digest that was not recorded. */
static void hex_of(const uint8_t digest[REC_DIGEST_OCTETS], char out[RES_HEX_SIZE])
{
	if (is_recorded(digest))
		res_hex(digest, out);
	else
		out[0] = '\0';
}

static void combine(const struct rec_summary *summaries, uint32_t n, size_t offset,
                    char out[RES_HEX_SIZE])
{
	uint8_t digest[RES_DIGEST_OCTETS];
	bool any = false;
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	SIM_ASSERT(hash != NULL && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1);
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *one = (const uint8_t *)&summaries[i] + offset;
		any = any || is_recorded(one);
		SIM_ASSERT(EVP_DigestUpdate(hash, one, REC_DIGEST_OCTETS) == 1);
	}
	SIM_ASSERT(EVP_DigestFinal_ex(hash, digest, NULL) == 1);
	EVP_MD_CTX_free(hash);
	out[0] = '\0';
	if (any)
		res_hex(digest, out);
}

void res_digests_of(const struct rec_summary *summaries, uint32_t n, struct res_digests *digests)
{
	combine(summaries, n, offsetof(struct rec_summary, protocol_digest), digests->protocol);
	combine(summaries, n, offsetof(struct rec_summary, event_digest), digests->event);
	digests->n_failed = 0;
	for (uint32_t i = 0; i < n; i++)
		digests->n_failed += summaries[i].failed != 0;
}

/* --- attributes of the file ------------------------------------------------------------------ */

static int write_texts_of_run(hid_t file, const struct res_run *run,
                              const struct res_digests *digests)
{
	uint8_t identity[RES_DIGEST_OCTETS];
	char hex[RES_HEX_SIZE];
	res_run_identity(run, identity);
	res_hex(identity, hex);
	const struct {
		const char *name, *text;
	} attr[] = {
		{"program", run->program},           {"version", run->version},
		{"revision", run->revision},         {"scenario", run->scenario},
		{"title", run->title},               {"engine", run->engine},
		{"crypto_mode", run->crypto_mode},   {"protocol_digest", digests->protocol},
		{"event_digest", digests->event},    {RES_IDENTITY, hex},
	};
	for (size_t i = 0; i < sizeof attr / sizeof *attr; i++)
		if (res_h5_attr_text(file, attr[i].name, attr[i].text))
			return -1;
	return 0;
}

static int write_numbers_of_run(hid_t file, const struct res_run *run,
                                const struct res_digests *digests)
{
	uint32_t schema = RES_SCHEMA;
	uint8_t complete = digests->n_failed == 0;
	return res_h5_attr_number(file, "schema", H5T_STD_U32LE, H5T_NATIVE_UINT32, &schema) ||
	       res_h5_attr_number(file, "seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, &run->seed) ||
	       res_h5_attr_number(file, "replications", H5T_STD_U32LE, H5T_NATIVE_UINT32,
	                          &run->replications) ||
	       res_h5_attr_number(file, "level", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &run->level) ||
	       res_h5_attr_number(file, "complete", H5T_STD_U8LE, H5T_NATIVE_UINT8, &complete) ? -1 : 0;
}

static int write_variants(hid_t file, const struct res_run *run)
{
	const char **name = rows_of(run->n_variants, sizeof *name);
	int32_t *twin = rows_of(run->n_variants, sizeof *twin);
	uint8_t *hidden = rows_of(run->n_variants, sizeof *hidden);
	for (uint32_t i = 0; i < run->n_variants; i++) {
		name[i] = run->variants[i].name;
		twin[i] = run->variants[i].twin;
		hidden[i] = run->variants[i].hidden;
	}
	int result =
		res_h5_attr_texts(file, "variants", name, run->n_variants) ||
		res_h5_attr_numbers(file, "twins", H5T_STD_I32LE, H5T_NATIVE_INT32, twin, run->n_variants) ||
		res_h5_attr_numbers(file, "hidden", H5T_STD_U8LE, H5T_NATIVE_UINT8, hidden,
		                    run->n_variants);
	free(name);
	free(twin);
	free(hidden);
	return result ? -1 : 0;
}

/* --- texts and names ------------------------------------------------------------------------- */

static int write_scenario(hid_t file, const struct res_run *run)
{
	hid_t group = res_h5_group(file, "scenario",
	                           "the scenario and everything it extends, verbatim; attribute name says "
	                           "where each was found");
	if (group < 0)
		return -1;
	for (uint32_t i = 0; i < run->n_texts; i++) {
		char number[16];
		snprintf(number, sizeof number, "%02u", i);
		if (res_h5_long_text(group, number, run->texts[i].text, run->texts[i].length,
		                     run->texts[i].name))
			return -1;
	}
	return H5Gclose(group) < 0 ? -1 : 0;
}

static int write_names(hid_t file, const struct rec_names *names)
{
	hid_t group = res_h5_group(file, "names", "what the numbers of \"name …\" columns stand for");
	if (group < 0)
		return -1;
	for (int l = 0; l < REC_N_NAME_LISTS; l++) {
		const char *list = rec_name_list_name((enum rec_name_list)l);
		if (res_h5_texts(group, list, (const char *const *)names->text[l], names->n[l],
		                 "the name of each number, from 0"))
			return -1;
	}
	return H5Gclose(group) < 0 ? -1 : 0;
}

/* --- parameters ------------------------------------------------------------------------------ */

/* Whether the variants do not all have this value: a key that only some have differs too. */
static bool differs(const struct res_run *run, const struct res_parameter *parameter)
{
	uint32_t same = 0;
	for (uint32_t i = 0; i < run->n_parameters; i++)
		same += strcmp(run->parameters[i].key, parameter->key) == 0 &&
		        strcmp(run->parameters[i].value, parameter->value) == 0;
	return same != run->n_variants;
}

static int write_parameter_texts(hid_t group, const struct res_run *run)
{
	static const struct {
		const char *name, *definition;
		size_t offset;
	} column[] = {
		{"key", "the key of the scenario", offsetof(struct res_parameter, key)},
		{"value", "its effective value as scenario text", offsetof(struct res_parameter, value)},
		{"unit", "SI unit", offsetof(struct res_parameter, unit)},
		{"source", "where the default comes from", offsetof(struct res_parameter, source)},
		{"set_at", "where the value was set", offsetof(struct res_parameter, set_at)},
	};
	const char **text = rows_of(run->n_parameters + 1, sizeof *text);
	int result = 0;
	for (size_t c = 0; c < sizeof column / sizeof *column && result == 0; c++) {
		for (uint32_t i = 0; i < run->n_parameters; i++)
			text[i] = *(const char *const *)((const char *)&run->parameters[i] + column[c].offset);
		result = res_h5_texts(group, column[c].name, text, run->n_parameters, column[c].definition);
	}
	free(text);
	return result;
}

static int write_parameter_flags(hid_t group, const struct res_run *run)
{
	uint32_t n = run->n_parameters;
	uint16_t *variant = rows_of(n + 1, sizeof *variant);
	uint8_t *assumption = rows_of(n + 1, 1), *changed = rows_of(n + 1, 1);
	for (uint32_t i = 0; i < n; i++) {
		variant[i] = run->parameters[i].variant;
		assumption[i] = run->parameters[i].assumption;
		changed[i] = differs(run, &run->parameters[i]);
	}
	int result = res_h5_numbers(group, "variant", REC_u16, variant, n, "", "number of the variant") ||
	             res_h5_numbers(group, "assumption", REC_u8, assumption, n, "",
	                            "1 when the default is an assumption and was not overridden") ||
	             res_h5_numbers(group, "changed_by_variant", REC_u8, changed, n, "",
	                            "1 when the variants do not all have this value");
	free(variant);
	free(assumption);
	free(changed);
	return result ? -1 : 0;
}

static int write_parameters(hid_t file, const struct res_run *run)
{
	hid_t group = res_h5_group(file, "parameters", "effective parameters of every variant");
	if (group < 0 || write_parameter_texts(group, run) || write_parameter_flags(group, run))
		return -1;
	return H5Gclose(group) < 0 ? -1 : 0;
}

int res_write_run(hid_t file, const struct res_run *run, const struct res_digests *digests)
{
	return write_texts_of_run(file, run, digests) || write_numbers_of_run(file, run, digests) ||
	       write_variants(file, run) || write_scenario(file, run) ||
	       write_names(file, run->names) || write_parameters(file, run) ? -1 : 0;
}

/* --- replications ---------------------------------------------------------------------------- */

struct replication_columns {
	uint16_t *variant;
	uint32_t *replication;
	uint8_t *failed;
	uint64_t *events;
	const char **reason, **protocol, **event;
	char (*hex)[RES_HEX_SIZE];
};

static void fill(struct replication_columns *c, const struct rec_summary *summaries, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		c->variant[i] = summaries[i].variant;
		c->replication[i] = summaries[i].replication;
		c->failed[i] = summaries[i].failed;
		c->events[i] = summaries[i].events;
		c->reason[i] = summaries[i].reason;
		hex_of(summaries[i].protocol_digest, c->hex[2 * i]);
		hex_of(summaries[i].event_digest, c->hex[2 * i + 1]);
		c->protocol[i] = c->hex[2 * i];
		c->event[i] = c->hex[2 * i + 1];
	}
}

static int write_columns(hid_t group, const struct replication_columns *c, uint32_t n)
{
	return res_h5_numbers(group, "variant", REC_u16, c->variant, n, "", "number of the variant") ||
	       res_h5_numbers(group, "replication", REC_u32, c->replication, n, "",
	                      "number of the replication within the variant") ||
	       res_h5_numbers(group, "failed", REC_u8, c->failed, n, "",
	                      "1 when it failed: it has no rows") ||
	       res_h5_numbers(group, "events", REC_u64, c->events, n, "", "events handled") ||
	       res_h5_texts(group, "reason", c->reason, n, "why it failed") ||
	       res_h5_texts(group, "protocol_digest", c->protocol, n,
	                    "SHA-256 over each entity's own sequence of steps, without times") ||
	       res_h5_texts(group, "event_digest", c->event, n,
	                    "SHA-256 over the full trace of events, with times") ? -1 : 0;
}

int res_write_replications(hid_t file, const struct rec_summary *summaries, uint32_t n)
{
	struct replication_columns c = {
		.variant = rows_of(n, sizeof *c.variant), .replication = rows_of(n, sizeof *c.replication),
		.failed = rows_of(n, sizeof *c.failed),   .events = rows_of(n, sizeof *c.events),
		.reason = rows_of(n, sizeof *c.reason),   .protocol = rows_of(n, sizeof *c.protocol),
		.event = rows_of(n, sizeof *c.event),     .hex = rows_of(n, 2 * sizeof *c.hex)};
	fill(&c, summaries, n);
	hid_t group = res_h5_group(file, "replications", "one row per replication");
	int failed = group < 0 || write_columns(group, &c, n) || H5Gclose(group) < 0;
	void *blocks[] = {c.variant, c.replication, c.failed, c.events,
	                  c.reason,  c.protocol,    c.event,  c.hex};
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		free(blocks[i]);
	return failed ? -1 : 0;
}
