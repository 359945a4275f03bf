/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message sequence chart: one row per message, so that fast exchanges stay readable; the times
 * stand beside the rows. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 900, MESSAGE_ROW = 27, HEAD = 30, TIME_COLUMN = 76, PARTY_BOX = 22, ARROW = 7 };

static const struct plot_letter MESSAGE = { "#1a1a1a", 11, PLOT_REGULAR, PLOT_CENTRE, false };

static double party_x(const struct plot_ladder *chart, size_t party)
{
	const double first = PLOT_MARGIN + TIME_COLUMN + 40, last = WIDTH - PLOT_MARGIN - 40;
	if (chart->n_parties < 2)
		return first;
	return first + (last - first) * (double)party / (double)(chart->n_parties - 1);
}

/* The names stand above and again below, where the chart is long. */
static void draw_parties(struct plot_canvas *canvas, const struct plot_ladder *chart, double y)
{
	struct plot_letter letter = plot_anchored(&PLOT_LABEL, PLOT_CENTRE);
	letter.font = PLOT_BOLD;
	letter.size = 12;
	const struct plot_pen pen = { .fill = "#eef3f7", .stroke = "#5b7a90", .width = 1 };
	for (size_t i = 0; i < chart->n_parties; i++) {
		const double x = party_x(chart, i);
		const double half = plot_text_width(canvas, &letter, chart->party[i]) / 2 + 7;
		plot_box(canvas, x - half, y, x + half, y + PARTY_BOX, &pen);
		plot_text(canvas, x, y + 15.5, &letter, chart->party[i]);
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
	const double left = PLOT_MARGIN + TIME_COLUMN, right = WIDTH - PLOT_MARGIN;
	middle = fmax(fmin(middle, right - half), left + half);
	plot_box(canvas, middle - half, y - 13, middle + half, y - 2,
	         &(struct plot_pen){ .fill = PLOT_WHITE });
	plot_text(canvas, middle, y - 4.5, &MESSAGE, text);
}

static void draw_message(struct plot_canvas *canvas, const struct plot_ladder *chart, size_t i,
                         double y)
{
	const struct plot_message *message = &chart->message[i];
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	const double x0 = party_x(chart, message->from), x1 = party_x(chart, message->to);
	char time[40];
	snprintf(time, sizeof time, "%.3f",
	         (double)(message->sent_ns - chart->message[0].sent_ns) / 1e6);
	plot_text(canvas, PLOT_MARGIN + TIME_COLUMN - 8, y + 4, &right, time);
	draw_label(canvas, message, (x0 + x1) / 2, y);
	if (message->from == message->to)
		plot_disc(canvas, x0, y, 3, &(struct plot_pen){ .fill = plot_style(0)->colour });
	else
		draw_arrow(canvas, x0, x1, y);
}

struct plot_canvas *plot_ladder(const struct plot_ladder *chart)
{
	const double top = PLOT_MARGIN + 32, rows = top + HEAD + 6;
	const double bottom = rows + MESSAGE_ROW * (double)chart->n_messages + 8;
	struct plot_canvas *canvas = plot_canvas_new(WIDTH, bottom + PARTY_BOX + PLOT_MARGIN,
	                                             chart->title, chart->desc);
	if (!canvas)
		return NULL;
	const struct plot_letter right = plot_anchored(&PLOT_NOTE, PLOT_RIGHT);
	plot_frame_title(canvas, chart->title);
	plot_text(canvas, PLOT_MARGIN + TIME_COLUMN - 8, top + 15.5, &right, "sent (ms)");
	for (size_t i = 0; i < chart->n_parties; i++)
		plot_line(canvas, party_x(chart, i), top + PARTY_BOX, party_x(chart, i), bottom,
		          &(struct plot_pen){ .stroke = "#b8c4cc", .width = 1 });
	draw_parties(canvas, chart, top);
	for (size_t i = 0; i < chart->n_messages; i++)
		draw_message(canvas, chart, i, rows + MESSAGE_ROW * (double)i + 18);
	draw_parties(canvas, chart, bottom);
	return canvas;
}
