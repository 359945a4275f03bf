/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What loading a scenario carries along: the memory that lives as long as the scenario, the sources
 * (files, profiles, options of the command line) and the messages about them.
 */
#ifndef SCENARIOS_CONTEXT_H
#define SCENARIOS_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum scn_source_kind { SCN_SOURCE_FILE, SCN_SOURCE_PROFILE, SCN_SOURCE_OPTION };

struct scn_source {
	enum scn_source_kind kind;
	const char *shown; /* in messages: path as given, "profile open5gs", "--set amf.t3560=5s"     */
	const char *name;  /* in results: does not depend on the directory that dtsim was started in  */
	const char *text;
	size_t length;
	const char *origin; /* of a profile: where its values come from, unless a comment says more */
};

/* Where something stands in a source, from 1 on. Line 0: the source as a whole. */
struct scn_place {
	uint32_t source;
	uint32_t line, column;
};

struct scn_message {
	struct scn_place place;
	uint32_t order;
	const char *text;
};

struct scn_context {
	struct scn_block *memory;
	struct scn_source *sources;
	struct scn_message *messages;
	uint32_t n_sources, n_messages;
	const struct scn_text *files; /* instead of reading files: struct scn_options */
	uint32_t n_files;
};

/* Zeroed, freed with the context. Without memory there is nothing to load: exits with status 3. */
void *scn_alloc(struct scn_context *context, size_t size);
const char *scn_format(struct scn_context *context, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A copy with a NUL behind it. */
const char *scn_copy(struct scn_context *context, const char *text, size_t length);
void scn_context_free(struct scn_context *context);

/* The strings are not copied: they live in the context, or for ever. */
uint32_t scn_source_add(struct scn_context *context, const struct scn_source *source);

/* One more thing that is wrong: what was found, what is allowed. */
void scn_say(struct scn_context *context, struct scn_place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Sorted by source and position, each once, a line each. Returns how many. */
uint32_t scn_messages_print(struct scn_context *context, FILE *out);

/* "two-surgeons.yaml:12:9", "profile open5gs:3:4", "--set": for explain and the result. */
const char *scn_set_at(struct scn_context *context, struct scn_place place);

#endif
