/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/plot/letters.h"
#include "analysis/plot/pen.h"
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <plot.h>

static const char *const FONT_FILE[] = {
	[PLOT_REGULAR] = "/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf",
	[PLOT_BOLD] = "/usr/share/fonts/opentype/urw-base35/NimbusSans-Bold.otf",
};

/* Where a glyph's outline goes: origin and direction of the text, pixels per font unit. */
struct brush {
	plPlotter *plotter;
	double x, y, scale;
	bool upright, open;
	struct plot_point first, contour, last; /* of the glyph, of the contour, of all */
};

static struct plot_point place(const struct brush *brush, const FT_Vector *at)
{
	const double along = (double)at->x * brush->scale, up = (double)at->y * brush->scale;
	if (brush->upright)
		return (struct plot_point){ brush->x - up, brush->y + along };
	return (struct plot_point){ brush->x + along, brush->y + up };
}

static void go(struct brush *brush, struct plot_point to)
{
	brush->last = to;
	pl_fcont_r(brush->plotter, to.x, to.y);
}

/*
 * A glyph is one path: libplot leaks memory over paths of several parts. From the end of each
 * contour the path returns to where the glyph began; ways gone twice enclose nothing.
 */
static void close_contour(struct brush *brush)
{
	go(brush, brush->contour);
	go(brush, brush->first);
}

static int move_to(const FT_Vector *to, void *user)
{
	struct brush *brush = user;
	const struct plot_point start = place(brush, to);
	if (brush->open) {
		close_contour(brush);
		go(brush, start);
	} else {
		pl_fmove_r(brush->plotter, start.x, start.y);
		brush->first = brush->last = start;
	}
	brush->open = true;
	brush->contour = start;
	return 0;
}

static int line_to(const FT_Vector *to, void *user)
{
	struct brush *brush = user;
	go(brush, place(brush, to));
	return 0;
}

static int conic_to(const FT_Vector *control, const FT_Vector *to, void *user)
{
	struct brush *brush = user;
	const struct plot_point c = place(brush, control), end = place(brush, to);
	pl_fbezier2_r(brush->plotter, brush->last.x, brush->last.y, c.x, c.y, end.x, end.y);
	brush->last = end;
	return 0;
}

static int cubic_to(const FT_Vector *control1, const FT_Vector *control2, const FT_Vector *to,
                    void *user)
{
	struct brush *brush = user;
	const struct plot_point a = place(brush, control1), b = place(brush, control2);
	const struct plot_point end = place(brush, to);
	pl_fbezier3_r(brush->plotter, brush->last.x, brush->last.y, a.x, a.y, b.x, b.y, end.x, end.y);
	brush->last = end;
	return 0;
}

static void draw_glyph(struct brush *brush, FT_GlyphSlot glyph)
{
	static const FT_Outline_Funcs FUNCS = { move_to, line_to, conic_to, cubic_to, 0, 0 };
	brush->open = false;
	FT_Outline_Decompose(&glyph->outline, &FUNCS, brush);
	if (!brush->open)
		return;
	close_contour(brush);
	pl_endpath_r(brush->plotter);
}

static void draw_line(FT_Face face, plPlotter *plotter, const struct plot_canvas *canvas,
                      const struct plot_item *item)
{
	const struct plot_letter *letter = &item->letter;
	const double width = plot_pen_text_width(canvas->measure, letter, item->text);
	double along = -width * plot_text_before(letter->anchor);
	struct brush brush = { .plotter = plotter, .upright = letter->upright,
	                       .scale = letter->size / face->units_per_EM };
	pl_pentype_r(plotter, 0);
	pl_filltype_r(plotter, 1);
	pl_fillcolorname_r(plotter, letter->colour);
	for (const unsigned char *s = (const unsigned char *)item->text; *s; s++) {
		if (FT_Load_Char(face, *s, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING))
			continue;
		brush.x = item->point[0].x + (letter->upright ? 0 : along);
		brush.y = canvas->height - item->point[0].y + (letter->upright ? along : 0);
		draw_glyph(&brush, face->glyph);
		along += (double)face->glyph->advance.x * brush.scale;
	}
}

bool plot_letters_draw(void *plotter, const struct plot_canvas *canvas,
                       const struct plot_item *item)
{
	FT_Library library;
	if (FT_Init_FreeType(&library))
		return false;
	FT_Face face;
	const bool found = FT_New_Face(library, FONT_FILE[item->letter.font], 0, &face) == 0;
	if (found) {
		draw_line(face, plotter, canvas, item);
		FT_Done_Face(face);
	}
	FT_Done_FreeType(library);
	return found;
}
