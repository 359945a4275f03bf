/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/context.h"

#include "sim/core/status.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct scn_block {
	struct scn_block *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char octets[];
};

static void *must(void *memory)
{
	if (!memory) {
		fputs("dtsim: out of memory while loading the scenario\n", stderr);
		exit(sim_exit_status(SIM_E_MEMORY));
	}
	return memory;
}

void *scn_alloc(struct scn_context *context, size_t size)
{
	enum { BLOCK = 65536, ALIGN = _Alignof(max_align_t) };
	size_t rounded = (size + ALIGN - 1) / ALIGN * ALIGN;
	struct scn_block *block = context->memory;

	if (!block || block->size - block->used < rounded) {
		size_t room = rounded > BLOCK ? rounded : BLOCK;

		block = must(calloc(1, sizeof *block + room));
		block->size = room;
		block->next = context->memory;
		context->memory = block;
	}
	block->used += rounded;
	return block->octets + block->used - rounded;
}

const char *scn_copy(struct scn_context *context, const char *text, size_t length)
{
	char *copy = scn_alloc(context, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

static const char *format_list(struct scn_context *context, const char *format, va_list list)
{
	char *text = NULL;
	int length = vasprintf(&text, format, list);
	const char *copy = scn_copy(context, must(length < 0 ? NULL : text), (size_t)length);

	free(text);
	return copy;
}

const char *scn_format(struct scn_context *context, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	const char *text = format_list(context, format, list);
	va_end(list);
	return text;
}

void scn_context_free(struct scn_context *context)
{
	for (struct scn_block *block = context->memory, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(context->sources);
	free(context->messages);
	memset(context, 0, sizeof *context);
}

/* Room for one more in an array that grows by doubling from 16. */
static void *grown(void *array, uint32_t n, size_t size)
{
	if (n < 16 ? n != 0 : (n & (n - 1)) != 0)
		return array;
	return must(reallocarray(array, n < 16 ? 16 : 2 * (size_t)n, size));
}

uint32_t scn_source_add(struct scn_context *context, const struct scn_source *source)
{
	context->sources = grown(context->sources, context->n_sources, sizeof *source);
	context->sources[context->n_sources] = *source;
	return context->n_sources++;
}

void scn_say(struct scn_context *context, struct scn_place place, const char *format, ...)
{
	struct scn_message message = {.place = place, .order = context->n_messages};
	va_list list;

	va_start(list, format);
	message.text = format_list(context, format, list);
	va_end(list);
	context->messages = grown(context->messages, context->n_messages, sizeof message);
	context->messages[context->n_messages++] = message;
}

static int compare_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct scn_place *a, const struct scn_place *b)
{
	int order = compare_u32(a->source, b->source);

	order = order ? order : compare_u32(a->line, b->line);
	return order ? order : compare_u32(a->column, b->column);
}

static int compare_messages(const void *left, const void *right)
{
	const struct scn_message *a = left, *b = right;
	int order = compare_places(&a->place, &b->place);

	order = order ? order : strcmp(a->text, b->text);
	return order ? order : compare_u32(a->order, b->order);
}

static void print_message(const struct scn_context *context, const struct scn_message *message,
                          FILE *out)
{
	const struct scn_source *source = &context->sources[message->place.source];

	if (message->place.line && source->kind != SCN_SOURCE_OPTION)
		fprintf(out, "%s:%u:%u: %s\n", source->shown, message->place.line,
		        message->place.column, message->text);
	else
		fprintf(out, "%s: %s\n", source->shown, message->text);
}

uint32_t scn_messages_print(struct scn_context *context, FILE *out)
{
	struct scn_message *row = context->messages;
	uint32_t n = 0;

	if (context->n_messages)
		qsort(row, context->n_messages, sizeof *row, compare_messages);
	for (uint32_t i = 0; i < context->n_messages; i++) {
		/* Variants share what they do not override: the same mistake is said once. */
		if (i && compare_places(&row[i].place, &row[i - 1].place) == 0 &&
		    strcmp(row[i].text, row[i - 1].text) == 0)
			continue;
		print_message(context, &row[i], out);
		n++;
	}
	return n;
}

const char *scn_set_at(struct scn_context *context, struct scn_place place)
{
	const struct scn_source *source = &context->sources[place.source];

	if (source->kind == SCN_SOURCE_OPTION)
		return source->name;
	return scn_format(context, "%s:%u:%u", source->name, place.line, place.column);
}
