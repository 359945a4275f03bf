/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/run_info.h"
#include "sim/core/status.h"
#include <openssl/evp.h>
#include <string.h>

/* Each item is hashed with its length before it, so that no two runs give the same octets. */
static void hash_octets(EVP_MD_CTX *hash, const void *data, uint64_t n)
{
	uint8_t length[8];
	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(n >> (8 * i));
	SIM_ASSERT(EVP_DigestUpdate(hash, length, sizeof length) == 1);
	SIM_ASSERT(EVP_DigestUpdate(hash, data, n) == 1);
}

static void hash_text(EVP_MD_CTX *hash, const char *text)
{
	hash_octets(hash, text, strlen(text));
}

static void hash_number(EVP_MD_CTX *hash, uint64_t number)
{
	hash_octets(hash, &number, sizeof number);
}

static void hash_head(EVP_MD_CTX *hash, const struct res_run *run)
{
	const char *texts[] = {run->program, run->version, run->revision,   run->scenario,
	                       run->title,   run->engine,  run->crypto_mode};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		hash_text(hash, texts[i]);
	hash_octets(hash, &run->level, sizeof run->level);
	hash_number(hash, RES_SCHEMA);
	hash_number(hash, run->seed);
	hash_number(hash, run->replications);
}

static void hash_variants(EVP_MD_CTX *hash, const struct res_run *run)
{
	hash_number(hash, run->n_variants);
	for (uint32_t i = 0; i < run->n_variants; i++) {
		hash_text(hash, run->variants[i].name);
		hash_number(hash, (uint64_t)run->variants[i].twin);
		hash_number(hash, run->variants[i].hidden);
	}
}

static void hash_inputs(EVP_MD_CTX *hash, const struct res_run *run)
{
	hash_number(hash, run->n_texts);
	for (uint32_t i = 0; i < run->n_texts; i++) {
		hash_text(hash, run->texts[i].name);
		hash_octets(hash, run->texts[i].text, run->texts[i].length);
	}
	hash_number(hash, run->n_parameters);
	for (uint32_t i = 0; i < run->n_parameters; i++) {
		hash_number(hash, run->parameters[i].variant);
		hash_text(hash, run->parameters[i].key);
		hash_text(hash, run->parameters[i].value);
		hash_text(hash, run->parameters[i].set_at);
	}
}

static void hash_names(EVP_MD_CTX *hash, const struct rec_names *names)
{
	for (int l = 0; l < REC_N_NAME_LISTS; l++) {
		hash_number(hash, names->n[l]);
		for (uint32_t i = 0; i < names->n[l]; i++)
			hash_text(hash, names->text[l][i]);
	}
}

/* Two builds of one revision may still differ in the tables while somebody works on them. */
static void hash_tables(EVP_MD_CTX *hash)
{
	for (int t = 0; t < REC_N_TABLES; t++) {
		const struct rec_table_info *table = rec_table_info((enum rec_table)t);
		hash_text(hash, table->name);
		for (uint32_t c = 0; c < table->n_columns; c++) {
			hash_text(hash, table->column[c].name);
			hash_number(hash, table->column[c].type);
		}
	}
}

void res_run_identity(const struct res_run *run, uint8_t out[RES_DIGEST_OCTETS])
{
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	SIM_ASSERT(hash != NULL && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1);
	hash_head(hash, run);
	hash_variants(hash, run);
	hash_inputs(hash, run);
	hash_names(hash, run->names);
	hash_tables(hash);
	SIM_ASSERT(EVP_DigestFinal_ex(hash, out, NULL) == 1);
	EVP_MD_CTX_free(hash);
}

void res_hex(const uint8_t octets[RES_DIGEST_OCTETS], char out[RES_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < RES_DIGEST_OCTETS; i++) {
		out[2 * i] = digits[octets[i] >> 4];
		out[2 * i + 1] = digits[octets[i] & 15];
	}
	out[RES_HEX_SIZE - 1] = '\0';
}
