/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libplot's texts are Latin-1; ours are UTF-8. It reads a backslash as the start of an escape
 * sequence and has none for the backslash itself, so a slash stands for it.
 */
#include "analysis/plot/canvas.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	uint32_t code;
	const char *text;
} RELATIVES[] = {
	{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" },
	{ 0x2018, "'" }, { 0x2019, "'" }, { 0x201c, "\"" }, { 0x201d, "\"" }, { 0x2026, "..." },
	{ 0x2192, "->" }, { 0x2212, "-" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x03bc, "\xb5" },
	{ 0x2009, " " }, { 0x202f, " " }, { 0x221e, "inf" },
};

/* The next code point and how many octets it takes; a broken sequence gives '?' for one octet. */
static size_t next_code(const unsigned char *s, uint32_t *code)
{
	const size_t n = s[0] < 0x80 ? 1 : (s[0] & 0xe0) == 0xc0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3
	               : (s[0] & 0xf8) == 0xf0 ? 4 : 0;
	*code = '?';
	if (n < 2) {
		*code = n ? s[0] : '?';
		return 1;
	}
	uint32_t c = s[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (s[i] & 0x3f);
	}
	*code = c;
	return n;
}

static const char *relative_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof RELATIVES / sizeof RELATIVES[0]; i++)
		if (RELATIVES[i].code == code)
			return RELATIVES[i].text;
	return "?";
}

char *plot_latin1(const char *utf8)
{
	char *out = malloc(3 * strlen(utf8) + 1);
	if (!out)
		return NULL;
	size_t n = 0;
	for (const unsigned char *s = (const unsigned char *)utf8; *s;) {
		uint32_t code;
		s += next_code(s, &code);
		if (code == '\\') {
			out[n++] = '/';
		} else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			out[n++] = ' ';
		} else if (code < 0x100) {
			out[n++] = (char)code;
		} else {
			const char *text = relative_of(code);
			memcpy(out + n, text, strlen(text));
			n += strlen(text);
		}
	}
	out[n] = '\0';
	return out;
}
