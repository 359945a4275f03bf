/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: reading a file of known answers, and the comparison.
 * Leaves out: what is computed: vectors_*.c.
 * Sources: the format is vectors.h's.
 */
#include "models/crypto/vectors_internal.h"
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- inputs ---- */

__attribute__((format(printf, 2, 3)))
static void malformed(struct vec *v, const char *format, ...)
{
	char what[256];
	va_list arguments;

	if (v->malformed)
		return;
	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	v->malformed = true;
	sim_fail(v->err, SIM_E_INPUT, "%s: case `%s`: %s", v->path, v->name, what);
}

bool vec_has(const struct vec *v, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, " ");
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)n, names);
		if (!json_object_get(v->in, name))
			return false;
		names += n + strspn(names + n, " ");
	}
	return true;
}

const char *vec_text(struct vec *v, const char *name)
{
	json_t *value = json_object_get(v->in, name);

	if (value && !json_is_string(value))
		malformed(v, "in.%s is no text", name);
	if (json_string_length(value) > VEC_TEXT_MAX)
		malformed(v, "in.%s is longer than %d octets", name, VEC_TEXT_MAX);
	return json_is_string(value) && !v->malformed ? json_string_value(value) : "";
}

uint32_t vec_number(struct vec *v, const char *name)
{
	json_t *value = json_object_get(v->in, name);
	const char *text = json_string_value(value);
	char *end = NULL;
	unsigned long long number = 0;

	if (!value)
		return 0;
	if (text && isxdigit((unsigned char)*text))
		number = strtoull(text, &end, 16);
	else if (json_is_integer(value) && json_integer_value(value) >= 0)
		number = (unsigned long long)json_integer_value(value);
	else
		malformed(v, "in.%s is no number", name);
	if ((end && *end) || number > UINT32_MAX)
		malformed(v, "in.%s is no number of 32 bits", name);
	return (uint32_t)number;
}

static uint8_t digit(char hex)
{
	return (uint8_t)(isdigit((unsigned char)hex) ? hex - '0' : (hex | 0x20) - 'a' + 10);
}

/* Octets of a hexadecimal text; 0 and malformed() when it is none. */
static size_t from_hex(struct vec *v, const char *side, const char *name, json_t *value,
                       uint8_t out[VEC_OCTETS_MAX])
{
	const char *hex = json_string_value(value);
	size_t digits = hex ? strspn(hex, "0123456789abcdefABCDEF") : 0;

	if (!hex || hex[digits])
		malformed(v, "%s.%s is not hexadecimal", side, name);
	else if (digits % 2)
		malformed(v, "%s.%s has an odd number of hexadecimal digits: %zu", side, name, digits);
	else if (digits / 2 > VEC_OCTETS_MAX)
		malformed(v, "%s.%s has more than %d octets", side, name, VEC_OCTETS_MAX);
	if (v->malformed)
		return 0;
	for (size_t i = 0; i < digits / 2; i++)
		out[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
	return digits / 2;
}

size_t vec_string(struct vec *v, const char *name, uint8_t out[VEC_OCTETS_MAX])
{
	json_t *value = json_object_get(v->in, name);
	return value ? from_hex(v, "in", name, value, out) : 0;
}

bool vec_octets(struct vec *v, const char *name, uint8_t *out, size_t n)
{
	uint8_t octets[VEC_OCTETS_MAX];

	if (!vec_has(v, name))
		return false;
	size_t found = vec_string(v, name, octets);
	if (found != n)
		malformed(v, "in.%s has %zu octets, not %zu", name, found, n);
	if (v->malformed)
		return false;
	memcpy(out, octets, n);
	return true;
}

uint8_t vec_length(const struct vec *v, const char *output, uint8_t otherwise)
{
	json_t *value = json_object_get(v->out, output);
	size_t digits = json_string_length(value);

	return value && digits / 2 <= UINT8_MAX ? (uint8_t)(digits / 2) : otherwise;
}

/* ---- answers ---- */

void vec_answer(struct vec *v, const char *name, const void *octets, size_t n)
{
	SIM_ASSERT(v->n_answers < VEC_ANSWERS_MAX && n <= VEC_POOL - v->used);
	v->answer[v->n_answers].name = name;
	v->answer[v->n_answers].at = v->used;
	v->answer[v->n_answers++].n = n;
	memcpy(v->pool + v->used, octets, n);
	v->used += n;
}

const uint8_t *vec_find(const struct vec *v, const char *name, size_t *n)
{
	for (uint32_t i = 0; i < v->n_answers; i++)
		if (strcmp(v->answer[i].name, name) == 0) {
			*n = v->answer[i].n;
			return v->pool + v->answer[i].at;
		}
	return NULL;
}

__attribute__((format(printf, 2, 3)))
static void wrong(struct vec *v, const char *format, ...)
{
	size_t n = strlen(v->why);
	va_list arguments;

	if (n && n + 2 < sizeof v->why) {
		memcpy(v->why + n, "; ", 3);
		n += 2;
	}
	va_start(arguments, format);
	vsnprintf(v->why + n, sizeof v->why - n, format, arguments);
	va_end(arguments);
}

void vec_disagree(struct vec *v, const char *what)
{
	wrong(v, "%s", what);
}

/* Bits behind length_bits are padding that the specifications leave open. */
static bool equal(const uint8_t *a, const uint8_t *b, size_t n, uint32_t length_bits)
{
	size_t whole = length_bits && length_bits / 8 < n ? length_bits / 8 : n;
	uint8_t mask = (uint8_t)(0xff00 >> length_bits % 8);

	return memcmp(a, b, whole) == 0 && (whole == n || ((a[whole] ^ b[whole]) & mask) == 0);
}

static void put_hex(char *text, const uint8_t *octets, size_t n)
{
	enum { SHOWN = 32 };

	for (size_t i = 0; i < n && i < SHOWN; i++)
		sprintf(text + 2 * i, "%02x", octets[i]);
	if (n > SHOWN)
		strcpy(text + 2 * SHOWN, "…");
}

static void compare(struct vec *v, const char *name, json_t *value)
{
	uint8_t expected[VEC_OCTETS_MAX];
	char ours[80] = "nothing", theirs[80] = "nothing";
	size_t n_expected = from_hex(v, "out", name, value, expected), n;
	const uint8_t *found = vec_find(v, name, &n);
	uint32_t bits = strcmp(name, "nea2_ciphertext") == 0 ? vec_number(v, "length_bits") : 0;

	if (v->malformed || (found && n == n_expected && equal(found, expected, n, bits)))
		return;
	if (!found) {
		wrong(v, "%s is not known, or its inputs are missing", name);
		return;
	}
	put_hex(ours, found, n);
	put_hex(theirs, expected, n_expected);
	wrong(v, "%s is %s, expected %s", name, ours, theirs);
}

/* ---- files ---- */

static void run_case(struct vec *v, json_t *one, const struct crypto_vector_report *report)
{
	const char *name = json_string_value(json_object_get(one, "name")), *output;
	json_t *value;

	v->n_answers = 0;
	v->used = 0;
	v->why[0] = 0;
	v->in = json_object_get(one, "in");
	v->out = json_object_get(one, "out");
	if (name)
		v->name = name;
	if (!name || !json_is_object(v->in) || !json_is_object(v->out))
		malformed(v, "a case has a text \"name\" and objects \"in\" and \"out\"");
	else
		vec_keys(v), vec_suci(v), vec_symmetric(v), vec_jose(v);
	if (json_object_size(v->out) == 0)
		wrong(v, "it has no outputs");
	json_object_foreach(v->out, output, value)
		compare(v, output, value);
	struct crypto_vector_case done = {v->name, (uint32_t)json_object_size(v->out), !v->why[0],
	                                  v->why};
	if (!v->malformed)
		report->done(report->to, &done);
}

static enum sim_code run_cases(struct vec *v, json_t *file,
                               const struct crypto_vector_report *report)
{
	json_t *cases = json_object_get(file, "cases"), *one;
	char number[32];
	size_t i;

	if (json_array_size(cases) == 0)
		return sim_fail(v->err, SIM_E_INPUT, "%s: found no \"cases\", an array of known answers",
		                v->path);
	json_array_foreach(cases, i, one) {
		snprintf(number, sizeof number, "number %zu", i + 1);
		v->name = number;
		run_case(v, one, report);
		if (v->malformed)
			return SIM_E_INPUT;
	}
	return SIM_OK;
}

static json_t *load(const char *path, struct sim_err *err)
{
	FILE *stream = fopen(path, "r");
	json_error_t error;

	if (!stream) {
		sim_fail(err, SIM_E_INPUT, "%s: %s", path, strerror(errno));
		return NULL;
	}
	json_t *file = json_loadf(stream, JSON_REJECT_DUPLICATES, &error);
	if (!file)
		sim_fail(err, SIM_E_INPUT, "%s:%d:%d: no JSON: %s", path, error.line, error.column,
		         error.text);
	fclose(stream);
	return file;
}

enum sim_code crypto_vectors_run(const char *path, const struct crypto_vector_report *report,
                                 struct sim_err *err)
{
	json_t *file = load(path, err);
	struct vec *v = calloc(1, sizeof *v);
	enum sim_code code = SIM_E_INPUT;

	if (!v)
		code = sim_fail(err, SIM_E_MEMORY, "out of memory");
	if (file && v) {
		*v = (struct vec){.c = crypto_new(), .suite = &crypto_suite_real, .path = path, .err = err};
		code = run_cases(v, file, report);
		crypto_free(v->c);
	}
	json_decref(file);
	free(v);
	return code;
}
