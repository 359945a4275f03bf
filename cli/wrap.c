/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/wrap.h"
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A terminal that is narrower than this, or does not know how wide it is, is not obeyed. */
enum { NARROWEST = 40, USUAL = 100 };

int wrap_width(FILE *out)
{
	struct winsize size;
	int fd = fileno(out); /* -1: a stream in memory */
	if (fd >= 0 && isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST)
		return size.ws_col;
	return USUAL;
}

static int columns(const char *text, size_t octets)
{
	int n = 0;
	for (size_t i = 0; i < octets; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

void wrap_print(const char *text, int used, int indent, FILE *out)
{
	int width = wrap_width(out);
	const char *space = "";
	while (*(text += strspn(text, " "))) {
		size_t octets = strcspn(text, " ");
		int word = columns(text, octets);
		if (*space && used + 1 + word > width) {
			fprintf(out, "\n%*s", indent, "");
			used = indent;
			space = "";
		}
		fprintf(out, "%s%.*s", space, (int)octets, text);
		used += (*space != '\0') + word;
		space = " ";
		text += octets;
	}
	fputc('\n', out);
}
