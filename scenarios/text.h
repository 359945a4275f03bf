/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a scenario's text: a regular file of at most 256 KiB of printable UTF-8 without tabs. */
#ifndef SCENARIOS_TEXT_H
#define SCENARIOS_TEXT_H

#include "scenarios/context.h"

enum { SCN_MAX_OCTETS = 256 * 1024 };

/*
 * Reads `path` into the source, whose shown and name are given. What is wrong with it is said, at
 * `from` (a file cannot be read: where it was asked for) or in the source itself. Returns -1 then.
 */
int scn_text_read(struct scn_context *context, uint32_t source, const char *path,
                  struct scn_place from);
/* The checks alone: for a text that is there already. */
int scn_text_check(struct scn_context *context, uint32_t source);

/* Octets of the printable character at `text`; 0 where there is none: not UTF-8, or control. */
size_t scn_printable(const char *text, size_t length);

#endif
