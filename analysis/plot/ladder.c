/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message sequence chart: one row per message, so that fast exchanges stay readable; the times
 * stand beside the rows. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 900, MESSAGE_ROW = 27, NOTE_ROW = 12, PAUSE_ROW = 24, HEAD = 44, TIME_COLUMN = 66,
       POINT_COLUMN = 34, PARTY_BOX = 36, PARTY_PAD = 7, ARROW = 7, NAME_SIZE = 80 };

static const struct plot_letter PARTY = { "#1a1a1a", 12, PLOT_BOLD, PLOT_CENTRE, false };
static const struct plot_letter MESSAGE = { "#1a1a1a", 11.5, PLOT_REGULAR, PLOT_CENTRE, false };
static const struct plot_letter NOTE = { "#555555", 10, PLOT_REGULAR, PLOT_CENTRE, false };

struct rungs {
	struct plot_canvas *canvas;
	const struct plot_ladder *chart;
	double first, step; /* where the parties stand         */
	double left;        /* where the columns beside them end */
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
	r->first = r->left + box / 2;
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

static void draw_arrow(struct plot_canvas *canvas, double x0, double x1, double y,
                       const struct plot_style *style)
{
	const double back = x1 > x0 ? -ARROW : ARROW;
	plot_line(canvas, x0, y, x1 + back / 2, y,
	          &(struct plot_pen){ .stroke = style->colour, .width = 1.4 });
	const struct plot_point head[] = { { x1, y }, { x1 + back, y - 3.5 }, { x1 + back, y + 3.5 } };
	plot_area(canvas, head, 3, &(struct plot_pen){ .fill = style->colour });
}

/* A text in the middle of an arrow, moved where it would leave the picture. */
static void draw_text(const struct rungs *r, double middle, double y,
                      const struct plot_letter *letter, const char *text)
{
	const double half = plot_text_width(r->canvas, letter, text) / 2 + 2;
	middle = fmax(fmin(middle, r->canvas->width - PLOT_MARGIN - half), r->left + half);
	plot_box(r->canvas, middle - half, y - 8.5, middle + half, y + 2.5,
	         &(struct plot_pen){ .fill = PLOT_WHITE });
	plot_text(r->canvas, middle, y, letter, text);
}

static void draw_label(const struct rungs *r, const struct plot_message *message, double middle,
                       double y)
{
	char octets[32], text[160];
	snprintf(octets, sizeof octets, ", %u octets", (unsigned)message->octets);
	snprintf(text, sizeof text, "%s%s", message->label, message->octets ? octets : "");
	draw_text(r, middle, y - 4.5, &MESSAGE, text);
	if (message->note)
		draw_text(r, middle, y + 12, &NOTE, message->note);
}

static void draw_beside(const struct rungs *r, const struct plot_message *message, double y)
{
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	const struct plot_letter point = { plot_style(message->style)->colour, 11, PLOT_BOLD,
	                                   PLOT_LEFT, false };
	char time[40];
	snprintf(time, sizeof time, "%.3f", (double)(message->sent_ns - r->chart->origin_ns) / 1e6);
	plot_text(r->canvas, PLOT_MARGIN + TIME_COLUMN - 8, y + 4, &right, time);
	if (message->point)
		plot_text(r->canvas, PLOT_MARGIN + TIME_COLUMN, y + 4, &point, message->point);
}

static void draw_message(const struct rungs *r, size_t i, double y)
{
	const struct plot_message *message = &r->chart->message[i];
	const struct plot_style *style = plot_style(message->style);
	const double x0 = party_x(r, message->from), x1 = party_x(r, message->to);
	draw_beside(r, message, y);
	draw_label(r, message, (x0 + x1) / 2, y);
	if (message->from == message->to)
		plot_disc(r->canvas, x0, y, 3, &(struct plot_pen){ .fill = style->colour });
	else
		draw_arrow(r->canvas, x0, x1, y, style);
}

/* ---- from above to below ---- */

static bool pauses_before(const struct plot_ladder *chart, size_t i)
{
	return chart->pause_ns > 0 && i > 0 &&
	       chart->message[i].sent_ns - chart->message[i - 1].sent_ns >= chart->pause_ns;
}

static bool names_before(const struct plot_ladder *chart, size_t i)
{
	/* not so near the end that they would stand twice */
	return chart->names_every > 0 && i > 0 && i % chart->names_every == 0 &&
	       chart->n_messages - i > chart->names_every / 3;
}

static double row_height(const struct plot_ladder *chart, size_t i)
{
	return MESSAGE_ROW + (chart->message[i].note ? NOTE_ROW : 0);
}

static double rows_height(const struct plot_ladder *chart)
{
	double height = 8;
	for (size_t i = 0; i < chart->n_messages; i++)
		height += row_height(chart, i) + (pauses_before(chart, i) ? PAUSE_ROW : 0) +
		          (names_before(chart, i) ? PARTY_BOX + 14 : 0);
	return height;
}

static void draw_pause(const struct rungs *r, size_t i, double y)
{
	const struct plot_message *message = &r->chart->message[i];
	const double s = (double)(message->sent_ns - message[-1].sent_ns) / 1e9;
	const double x1 = r->canvas->width - PLOT_MARGIN, middle = (r->left + x1) / 2;
	const int64_t whole = (int64_t)s;
	char text[64];
	if (s < 120)
		snprintf(text, sizeof text, "%.3f s later", s);
	else
		snprintf(text, sizeof text, "%d h %02d min %02d s later", (int)(whole / 3600),
		         (int)(whole / 60 % 60), (int)(whole % 60));
	plot_line(r->canvas, PLOT_MARGIN, y + 13, x1, y + 13,
	          &(struct plot_pen){ .stroke = PLOT_AXIS, .width = 0.8, .dash = PLOT_DOTTED });
	draw_text(r, middle, y + 16.5, &NOTE, text);
}

static void draw_rows(const struct rungs *r, double y)
{
	const struct plot_ladder *chart = r->chart;
	for (size_t i = 0; i < chart->n_messages; i++) {
		if (pauses_before(chart, i)) {
			draw_pause(r, i, y);
			y += PAUSE_ROW;
		}
		if (names_before(chart, i)) {
			draw_parties(r, y + 6);
			y += PARTY_BOX + 14;
		}
		draw_message(r, i, y + 18);
		y += row_height(chart, i);
	}
}

static bool has_points(const struct plot_ladder *chart)
{
	for (size_t i = 0; i < chart->n_messages; i++)
		if (chart->message[i].point)
			return true;
	return false;
}

struct plot_canvas *plot_ladder(const struct plot_ladder *chart)
{
	const double top = PLOT_MARGIN + 32 + (chart->below_title ? 16 : 0), rows = top + HEAD + 6;
	const double bottom = rows + rows_height(chart);
	struct plot_canvas *canvas = plot_canvas_new(WIDTH, bottom + PARTY_BOX + PLOT_MARGIN,
	                                             chart->title, chart->desc);
	if (!canvas)
		return NULL;
	struct rungs r = { .canvas = canvas, .chart = chart,
	                   .left = PLOT_MARGIN + TIME_COLUMN + (has_points(chart) ? POINT_COLUMN : 0) };
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	place_parties(&r);
	plot_frame_title(canvas, chart->title);
	if (chart->below_title)
		plot_text(canvas, PLOT_MARGIN, top - 14, &PLOT_NOTE, chart->below_title);
	plot_text(canvas, PLOT_MARGIN + TIME_COLUMN - 8, top + 22, &right, "sent (ms)");
	for (size_t i = 0; i < chart->n_parties; i++)
		plot_line(canvas, party_x(&r, i), top + PARTY_BOX, party_x(&r, i), bottom,
		          &(struct plot_pen){ .stroke = "#b8c4cc", .width = 1 });
	draw_parties(&r, top);
	draw_rows(&r, rows);
	draw_parties(&r, bottom);
	return canvas;
}
