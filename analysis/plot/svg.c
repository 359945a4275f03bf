/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libplot's SVG is good but for its head: ids that clash when several stand in one page, a view
 * box of 1 x 1 with a rounded scale, Latin-1, and a title that says nothing. The head is ours, the
 * body its.
 */
#include "analysis/plot/files.h"
#include "analysis/plot/pen.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Also where it is bold: the weight stands beside it. */
static const char *const FONT_LIBPLOT[] = {"font-family=\"Helvetica,sans-serif\"",
                                           "font-family=\"Helvetica-Bold,Helvetica,sans-serif\""};
static const char FONT_OURS[] =
	"font-family=\"Helvetica,Arial,'Nimbus Sans','Liberation Sans',sans-serif\"";

static enum sim_code no_memory(struct sim_err *err)
{
	return sim_fail(err, SIM_E_MEMORY, "out of memory while drawing a chart");
}

/* The octets that libplot writes for the items, its head included; NULL when it refuses. */
static char *libplot_text(const struct plot_canvas *canvas)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);
	if (!stream)
		return NULL;
	void *plotter = plot_pen_open("svg", stream, canvas->width, canvas->height, 1);
	for (size_t i = 0; plotter && i < canvas->n; i++)
		plot_pen_draw(plotter, canvas, &canvas->item[i], false);
	if (plotter)
		plot_pen_close(plotter);
	if (fclose(stream) == 0 && plotter)
		return text;
	free(text);
	return NULL;
}

static void put_escaped(FILE *out, const char *utf8)
{
	for (; *utf8; utf8++)
		switch (*utf8) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		default: fputc(*utf8, out);
		}
}

static void put_head(FILE *out, const struct plot_canvas *canvas, bool inline_html)
{
	if (!inline_html)
		fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%g\" height=\"%g\""
	        " viewBox=\"0 0 %g %g\">\n<title>", canvas->width, canvas->height, canvas->width,
	        canvas->height);
	put_escaped(out, canvas->title);
	fputs("</title>\n<desc>", out);
	put_escaped(out, canvas->desc);
	fprintf(out, "</desc>\n<rect width=\"%g\" height=\"%g\" fill=\"#ffffff\"/>\n"
	        "<g transform=\"translate(0,%g) scale(1,-1)\" fill=\"none\" fill-rule=\"evenodd\""
	        " stroke-linejoin=\"round\">\n", canvas->width, canvas->height, canvas->height);
}

/* The length of libplot's name of the font, should it stand here. */
static size_t font_here(const char *s)
{
	for (size_t i = 0; i < sizeof FONT_LIBPLOT / sizeof *FONT_LIBPLOT; i++)
		if (strncmp(s, FONT_LIBPLOT[i], strlen(FONT_LIBPLOT[i])) == 0)
			return strlen(FONT_LIBPLOT[i]);
	return 0;
}

/* Latin-1 to UTF-8, the font by a longer list of names. */
static void put_body(FILE *out, const char *body)
{
	for (const char *s = body; *s;) {
		const size_t font = font_here(s);
		if (font) {
			fputs(FONT_OURS, out);
			s += font;
			continue;
		}
		const unsigned char c = (unsigned char)*s++;
		if (c < 0x80) {
			fputc(c, out);
		} else {
			fputc(0xc0 | c >> 6, out);
			fputc(0x80 | (c & 0x3f), out);
		}
	}
}

enum sim_code plot_svg_text(const struct plot_canvas *canvas, bool inline_html, char **svg,
                            struct sim_err *err)
{
	char *text = canvas->failed ? NULL : libplot_text(canvas);
	if (!text)
		return no_memory(err);
	const char *group = strstr(text, "<g id=\"content\"");
	const char *body = group ? strchr(group, '>') : NULL;
	size_t size = 0;
	*svg = NULL;
	FILE *out = body ? open_memstream(svg, &size) : NULL;
	if (!out) {
		free(text);
		return no_memory(err);
	}
	put_head(out, canvas, inline_html);
	put_body(out, body + 2); /* behind ">\n" */
	free(text);
	if (fclose(out) == 0)
		return SIM_OK;
	free(*svg);
	return no_memory(err);
}

enum sim_code plot_svg_save(const struct plot_canvas *canvas, const char *path, struct sim_err *err)
{
	char *svg;
	const enum sim_code code = plot_svg_text(canvas, false, &svg, err);
	if (code)
		return code;
	FILE *file = fopen(path, "wb");
	const int put = file ? fputs(svg, file) : EOF;
	const int closed = file ? fclose(file) : EOF;
	free(svg);
	if (put == EOF || closed == EOF)
		return sim_fail(err, SIM_E_IO, "%s: cannot write the chart: %s", path, strerror(errno));
	return SIM_OK;
}
