/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running text for terminals: as wide as the terminal, a hundred columns elsewhere. */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include <stdio.h>

int wrap_width(FILE *out);

/*
 * Prints a line, what follows a break indented by so many spaces; `used` columns of the first are
 * taken already. Breaks stand at spaces alone; widths count characters of UTF-8, not octets.
 */
void wrap_print(const char *text, int used, int indent, FILE *out);

#endif
