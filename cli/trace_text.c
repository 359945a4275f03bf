/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a trace: columns by characters of UTF-8, the message's fields at the end. */
#include "cli/trace_show.h"
#include <inttypes.h>
#include <string.h>

enum { WIDTH_TIME = 21, WIDTH_UE = 14, WIDTH_PARTY = 23, WIDTH_POINT = 6 };

const char *trace_time(int64_t t_ns, char out[TRACE_TIME])
{
	int64_t s = t_ns / 1000000000;
	snprintf(out, TRACE_TIME, "%" PRId64 "d %02d:%02d:%02d.%09d", s / 86400, (int)(s / 3600 % 24),
	         (int)(s / 60 % 60), (int)(s % 60), (int)(t_ns % 1000000000));
	return out;
}

static void column(FILE *out, const char *text, int width)
{
	int n = 0;
	for (const char *c = text; *c; c++)
		n += ((unsigned char)*c & 0xc0) != 0x80;
	fprintf(out, "%s%*s", text, n < width ? width - n : 0, "");
}

static void line(FILE *out, const char *const cell[6])
{
	column(out, cell[0], WIDTH_TIME + 2);
	column(out, cell[1], WIDTH_UE);
	fputs(" ", out);
	column(out, cell[2], WIDTH_PARTY);
	fputs(" ", out);
	column(out, cell[3], WIDTH_PARTY);
	fputs(" ", out);
	column(out, cell[4], WIDTH_POINT);
	fputs(" ", out);
	fputs(cell[5], out);
}

void trace_text_head(FILE *out)
{
	line(out, (const char *const[6]){"TIME", "SUBSCRIBER", "FROM", "TO", "AT", "OCTETS  MESSAGE\n"});
}

void trace_text_row(FILE *out, const struct trace_row *row)
{
	char time[TRACE_TIME], octets[24];
	trace_time(row->t_ns, time);
	snprintf(octets, sizeof octets, "%6u  ", row->octets);
	line(out, (const char *const[6]){time, row->subscriber, row->from, row->to, row->point, octets});
	fprintf(out, "%s%s%s%s\n", row->what, *row->detail ? " (" : "", row->detail,
	        *row->detail ? ")" : "");
}
