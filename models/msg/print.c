/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/print.h"
#include <stdarg.h>
#include <stdio.h>

enum { INDENT = 2 }; /* characters a step */

struct msg_printer msg_printer(char *at, size_t room)
{
	if (room)
		at[0] = 0;
	return (struct msg_printer){.at = at, .room = room};
}

static void print(struct msg_printer *p, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
static void print(struct msg_printer *p, const char *format, va_list arguments)
{
	size_t room = p->n < p->room ? p->room - p->n : 0;
	int n = vsnprintf(room ? p->at + p->n : NULL, room, format, arguments);

	p->n += n > 0 ? (size_t)n : 0;
}

void msg_print(struct msg_printer *p, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print(p, format, arguments);
	va_end(arguments);
}

void msg_print_hex(struct msg_printer *p, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		msg_print(p, "%02x", octets[i]);
}

void msg_print_offset(struct msg_printer *p, uint32_t offset)
{
	msg_print(p, "%04x  %*s", p->base + offset, (int)(INDENT * p->indent), "");
}

void msg_print_line(struct msg_printer *p, uint32_t offset, const char *format, ...)
{
	va_list arguments;

	msg_print_offset(p, offset);
	va_start(arguments, format);
	print(p, format, arguments);
	va_end(arguments);
	msg_print(p, "\n");
}

void msg_print_octets(struct msg_printer *p, uint32_t offset, const char *name,
                      const uint8_t *octets, size_t n)
{
	msg_print_offset(p, offset);
	msg_print(p, "%s: ", name);
	msg_print_hex(p, octets, n);
	msg_print(p, "\n");
}

struct msg_nesting msg_print_enter(struct msg_printer *p, uint32_t offset)
{
	const struct msg_nesting outer = {p->indent, p->base};

	p->indent++;
	p->base += offset;
	return outer;
}

void msg_print_leave(struct msg_printer *p, struct msg_nesting outer)
{
	p->indent = outer.indent;
	p->base = outer.base;
}
