/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message sequence chart: one row per message, so that fast exchanges stay readable; the times
 * stand beside the rows. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 900, MESSAGE_ROW = 27, HEAD = 44, TIME_COLUMN = 66, PARTY_BOX = 36,
       PARTY_PAD = 7, ARROW = 7, NAME_SIZE = 80 };

static const struct plot_letter PARTY = { "#1a1a1a", 12, PLOT_BOLD, PLOT_CENTRE, false };
static const struct plot_letter MESSAGE = { "#1a1a1a", 11.5, PLOT_REGULAR, PLOT_CENTRE, false };

struct rungs {
	struct plot_canvas *canvas;
	const struct plot_ladder *chart;
	double first, step; /* where the parties stand */
};

static double party_x(const struct rungs *r, size_t party)
{
	return r->first + r->step * (double)party;
}

/* A name of several words on two lines, as even as its spaces allow. */
static void split_name(const char *name, char line[2][NAME_SIZE])
{
	const size_t length = strlen(name);
	size_t cut = length;
	for (size_t i = 0, best = length; i < length; i++) {
		const size_t longer = i > length - i - 1 ? i : length - i - 1;
		if (name[i] == ' ' && longer < best) {
			best = longer;
			cut = i;
		}
	}
	snprintf(line[0], NAME_SIZE, "%.*s", (int)cut, name);
	snprintf(line[1], NAME_SIZE, "%s", cut < length ? name + cut + 1 : "");
}

static double name_width(const struct rungs *r, size_t party)
{
	char line[2][NAME_SIZE];
	split_name(r->chart->party[party], line);
	return fmax(plot_text_width(r->canvas, &PARTY, line[0]),
	            plot_text_width(r->canvas, &PARTY, line[1]));
}

/* Neighbours' names never touch: the picture grows with them. */
static void place_parties(struct rungs *r)
{
	double widest = 0;
	for (size_t i = 0; i < r->chart->n_parties; i++)
		widest = fmax(widest, name_width(r, i));
	const double box = widest + 2 * PARTY_PAD, gaps = fmax(1, (double)r->chart->n_parties - 1);
	r->first = PLOT_MARGIN + TIME_COLUMN + box / 2;
	r->step = fmax(box + 8, (WIDTH - PLOT_MARGIN - box / 2 - r->first) / gaps);
	r->canvas->width = ceil(fmax(WIDTH, r->first + gaps * r->step + box / 2 + PLOT_MARGIN));
}

/* The names stand above and again below, where the chart is long. */
static void draw_parties(const struct rungs *r, double y)
{
	const struct plot_pen pen = { .fill = "#eef3f7", .stroke = "#5b7a90", .width = 1 };
	for (size_t i = 0; i < r->chart->n_parties; i++) {
		char line[2][NAME_SIZE];
		split_name(r->chart->party[i], line);
		const double x = party_x(r, i), half = name_width(r, i) / 2 + PARTY_PAD;
		plot_box(r->canvas, x - half, y, x + half, y + PARTY_BOX, &pen);
		plot_text(r->canvas, x, y + (*line[1] ? 15.5 : 22), &PARTY, line[0]);
		plot_text(r->canvas, x, y + 29.5, &PARTY, line[1]);
	}
}

static void draw_arrow(struct plot_canvas *canvas, double x0, double x1, double y)
{
	const struct plot_style *style = plot_style(0);
	const double back = x1 > x0 ? -ARROW : ARROW;
	plot_line(canvas, x0, y, x1 + back / 2, y,
	          &(struct plot_pen){ .stroke = style->colour, .width = 1.4 });
	const struct plot_point head[] = { { x1, y }, { x1 + back, y - 3.5 }, { x1 + back, y + 3.5 } };
	plot_area(canvas, head, 3, &(struct plot_pen){ .fill = style->colour });
}

static void draw_label(struct plot_canvas *canvas, const struct plot_message *message,
                       double middle, double y)
{
	char octets[32], text[160];
	snprintf(octets, sizeof octets, ", %u octets", (unsigned)message->octets);
	snprintf(text, sizeof text, "%s%s", message->label, message->octets ? octets : "");
	const double half = plot_text_width(canvas, &MESSAGE, text) / 2 + 2;
	const double left = PLOT_MARGIN + TIME_COLUMN, right = canvas->width - PLOT_MARGIN;
	middle = fmax(fmin(middle, right - half), left + half);
	plot_box(canvas, middle - half, y - 13, middle + half, y - 2,
	         &(struct plot_pen){ .fill = PLOT_WHITE });
	plot_text(canvas, middle, y - 4.5, &MESSAGE, text);
}

static void draw_message(const struct rungs *r, size_t i, double y)
{
	const struct plot_message *message = &r->chart->message[i];
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	const double x0 = party_x(r, message->from), x1 = party_x(r, message->to);
	char time[40];
	snprintf(time, sizeof time, "%.3f",
	         (double)(message->sent_ns - r->chart->origin_ns) / 1e6);
	plot_text(r->canvas, PLOT_MARGIN + TIME_COLUMN - 8, y + 4, &right, time);
	draw_label(r->canvas, message, (x0 + x1) / 2, y);
	if (message->from == message->to)
		plot_disc(r->canvas, x0, y, 3, &(struct plot_pen){ .fill = plot_style(0)->colour });
	else
		draw_arrow(r->canvas, x0, x1, y);
}

struct plot_canvas *plot_ladder(const struct plot_ladder *chart)
{
	const double top = PLOT_MARGIN + 32, rows = top + HEAD + 6;
	const double bottom = rows + MESSAGE_ROW * (double)chart->n_messages + 8;
	struct plot_canvas *canvas = plot_canvas_new(WIDTH, bottom + PARTY_BOX + PLOT_MARGIN,
	                                             chart->title, chart->desc);
	if (!canvas)
		return NULL;
	struct rungs r = { .canvas = canvas, .chart = chart };
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	place_parties(&r);
	plot_frame_title(canvas, chart->title);
	plot_text(canvas, PLOT_MARGIN + TIME_COLUMN - 8, top + 22, &right, "sent (ms)");
	for (size_t i = 0; i < chart->n_parties; i++)
		plot_line(canvas, party_x(&r, i), top + PARTY_BOX, party_x(&r, i), bottom,
		          &(struct plot_pen){ .stroke = "#b8c4cc", .width = 1 });
	draw_parties(&r, top);
	for (size_t i = 0; i < chart->n_messages; i++)
		draw_message(&r, i, rows + MESSAGE_ROW * (double)i + 18);
	draw_parties(&r, bottom);
	return canvas;
}
