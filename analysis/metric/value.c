/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/value.h"
#include "sim/core/status.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY(key) {#key, offsetof(struct met_scope, key)},
static const struct {
	const char *name;
	size_t offset;
} keys[] = {MET_SCOPES(KEY)};
#undef KEY
enum { N_KEYS = sizeof keys / sizeof *keys };

static const char *text_at(const struct met_scope *scope, size_t key)
{
	return *(const char *const *)(const void *)((const char *)scope + keys[key].offset);
}

const char *met_value_scope(const struct met_value *value, const char *key)
{
	for (size_t k = 0; k < N_KEYS; k++)
		if (strcmp(keys[k].name, key) == 0)
			return text_at(&value->scope, k);
	return NULL;
}

char *met_scope_text(const struct met_value *value, char *out, size_t size)
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t k = 0; k < N_KEYS && used < size; k++) {
		const char *text = text_at(&value->scope, k);
		if (text)
			used += (size_t)snprintf(out + used, size - used, "%s%s=%s", used ? " " : "",
			                         keys[k].name, text);
	}
	return out;
}

static bool same_scope(const struct met_scope *a, const struct met_scope *b)
{
	for (size_t k = 0; k < N_KEYS; k++) {
		const char *x = text_at(a, k), *y = text_at(b, k);
		if ((!x != !y) || (x && strcmp(x, y) != 0))
			return false;
	}
	return true;
}

const struct met_value *met_find(const struct met_values *values, const char *name,
                                 const struct met_scope *scope, const char *stat)
{
	for (size_t i = 0; i < values->n; i++) {
		const struct met_value *v = &values->value[i];
		if (strcmp(v->name, name) == 0 && strcmp(v->stat, stat) == 0 &&
		    same_scope(&v->scope, scope))
			return v;
	}
	return NULL;
}

const char *met_intern(struct met_values *values, const char *text, size_t length)
{
	for (size_t i = 0; i < values->n_texts; i++)
		if (strlen(values->text[i]) == length && memcmp(values->text[i], text, length) == 0)
			return values->text[i];
	values->text = realloc(values->text, (values->n_texts + 1) * sizeof *values->text);
	SIM_ASSERT(values->text);
	char *copy = strndup(text, length);
	SIM_ASSERT(copy);
	return values->text[values->n_texts++] = copy;
}

void met_values_free(struct met_values *values)
{
	for (size_t i = 0; i < values->n_texts; i++)
		free(values->text[i]);
	free(values->text);
	free(values->value);
	*values = (struct met_values){0};
}
