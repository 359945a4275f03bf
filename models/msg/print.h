/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Printing decoded messages: one field per line, with the offset of its first octet in hexadecimal
 * and indented by nesting. One printer per protocol (nas_print(), eap_print(), …); a printer of an
 * outer protocol calls that of the inner one after msg_print_enter().
 *
 * The text goes into the caller's buffer, always ends with a NUL, and is cut when there is no room;
 * n says how long it would have been, so a caller with n >= room enlarges and prints again.
 *
 *	0004    5GS mobile identity (9.11.3.4): SUCI
 */
#ifndef MODELS_MSG_PRINT_H
#define MODELS_MSG_PRINT_H

#include <stddef.h>
#include <stdint.h>

struct msg_printer {
	char *at;
	size_t room; /* with the final NUL; may be 0                                    */
	size_t n;    /* characters that the text has, or would have                     */
	uint32_t indent;
	uint32_t base; /* offset of the present message's first octet in the outermost one */
};

struct msg_printer msg_printer(char *at, size_t room);

/* A piece of text where the printer stands. */
void msg_print(struct msg_printer *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void msg_print_hex(struct msg_printer *p, const uint8_t *octets, size_t n);
/* "base + offset, indent": begins a line. The caller ends it with msg_print(p, "\n"). */
void msg_print_offset(struct msg_printer *p, uint32_t offset);
/* A whole line: offset, indent, the text. */
void msg_print_line(struct msg_printer *p, uint32_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A whole line "name: octets in hexadecimal". */
void msg_print_octets(struct msg_printer *p, uint32_t offset, const char *name,
                      const uint8_t *octets, size_t n);

/*
 * A message within a message, whose first octet stands at offset of the present one: one step
 * further in. Returns what msg_print_leave() needs to come back.
 */
struct msg_nesting {
	uint32_t indent, base;
};
struct msg_nesting msg_print_enter(struct msg_printer *p, uint32_t offset);
void msg_print_leave(struct msg_printer *p, struct msg_nesting outer);

#endif
