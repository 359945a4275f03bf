/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/rep_page.h"
#include "analysis/plot/files.h"
#include <stdlib.h>
#include <string.h>

/*
 * Dark on light, one column, tables that scroll by themselves on a narrow screen; on paper
 * everything is unfolded as the reader left it and no figure is cut.
 */
static const char STYLE[] =
	":root{--ink:#1a1a1a;--soft:#555;--line:#ddd;--paper:#fff;--wash:#f5f7f9;--blue:#00517f}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:60rem;padding:1.5rem;color:var(--ink);background:var(--paper);"
	"font:16px/1.55 'Helvetica Neue',Helvetica,Arial,'Nimbus Sans','Liberation Sans',sans-serif}\n"
	"h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 .3rem}\n"
	"h2{font-size:1.35rem;margin:2.6rem 0 .6rem;padding-top:.5rem;border-top:2px solid var(--ink)}\n"
	"h3{font-size:1.08rem;margin:1.8rem 0 .4rem}\n"
	"p{margin:.5rem 0 .9rem;max-width:46rem}\n"
	"a{color:var(--blue)}\n"
	".soft{color:var(--soft)}\n"
	".small{font-size:.85rem}\n"
	"nav{font-size:.92rem;margin:.6rem 0 1.2rem}nav a{margin-right:.8rem}\n"
	".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(15.5rem,1fr));gap:1rem;"
	"margin:1.2rem 0}\n"
	".card{background:var(--wash);border-left:4px solid var(--blue);padding:.8rem 1rem 1rem}\n"
	".card h3{margin:0;font-size:.95rem;font-weight:600;color:var(--soft)}\n"
	".card .big{font-size:1.85rem;font-weight:700;line-height:1.25;margin:.25rem 0 0}\n"
	".card .ci{color:var(--soft);font-size:.95rem;margin:0 0 .5rem}\n"
	".card p{font-size:.92rem;line-height:1.45;margin:.35rem 0 0}\n"
	"figure{margin:1.4rem 0 1.8rem;break-inside:avoid}\n"
	"figure svg{display:block;width:100%;height:auto;max-width:56rem;border:1px solid var(--line)}\n"
	"figure[id$=ladder] svg{width:min(96vw,76rem);max-width:none;"
	"margin-left:calc(50% - min(48vw,38rem))}\n"
	"figcaption{font-size:.92rem;color:var(--soft);margin-top:.45rem;max-width:46rem}\n"
	/* A shadow at the side where more of a wide table is. */
	".scroll{overflow-x:auto;scrollbar-width:thin;"
	"background:linear-gradient(to right,#fff 2rem,#fff0),linear-gradient(to left,#fff 2rem,#fff0) 100%,"
	"linear-gradient(to right,#0004,#0000),linear-gradient(to left,#0004,#0000) 100%;"
	"background-repeat:no-repeat;background-size:3rem 100%,3rem 100%,.8rem 100%,.8rem 100%;"
	"background-attachment:local,local,scroll,scroll}\n"
	"table{border-collapse:collapse;font-size:.88rem;margin:.5rem 0 1rem;"
	"font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;font-weight:600;padding:.3rem 0}\n"
	"th,td{padding:.28rem .7rem .28rem 0;border-bottom:1px solid var(--line);text-align:left;"
	"vertical-align:top}\n"
	"th{border-bottom:1.5px solid var(--ink);white-space:nowrap}\n"
	"td.n,th.n{text-align:right;white-space:nowrap}\n"
	"td.k{overflow-wrap:anywhere}\n"
	"code,pre{font-family:'DejaVu Sans Mono','Nimbus Mono PS',Menlo,Consolas,monospace;font-size:.82rem}\n"
	"pre{background:var(--wash);padding:.8rem;overflow-x:auto;white-space:pre;line-height:1.4}\n"
	"details{margin:.5rem 0}summary{cursor:pointer;padding:.25rem 0;font-weight:600}\n"
	".flag{background:#fdf1dc;padding:0 .35em;border-radius:2px;white-space:nowrap}\n"
	".bad{border-left:4px solid #d55e00;padding:.5rem 1rem;background:#fdf0e6}\n"
	"dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;font-size:.92rem}\n"
	"dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
	"@media(max-width:40rem){body{padding:1rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}"
	"figure,.scroll{overflow-x:auto}figure svg{min-width:38rem}"
	"figure[id$=ladder] svg{margin-left:0;min-width:62rem}"
	"figcaption,figure::before{position:sticky;left:0;max-width:calc(100vw - 2rem)}"
	"figure::before{content:'Wider than the screen: scroll it sideways.';display:block;"
	"font-size:.8rem;color:var(--soft)}}\n"
	"@media print{figure svg{width:80%}figure[id$=ladder]{break-inside:auto}"
	"figure[id$=ladder] svg{width:100%;margin-left:0}figure::before{display:none!important}"
	"body{max-width:none;padding:0;font-size:10pt}nav{display:none}.scroll{background:none}"
	"table{font-size:7.5pt}td.n,th{white-space:normal}"
	"a{color:inherit;text-decoration:none}h2,h3{break-after:avoid}tr{break-inside:avoid}"
	".card{border:1px solid var(--ink)}pre{white-space:pre-wrap}@page{margin:18mm 16mm}}\n";

void rep_put_n(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		const unsigned char c = (unsigned char)text[i];
		switch (c) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '"': fputs("&quot;", out); break;
		case '\'': fputs("&#39;", out); break;
		default: fputc((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? ' ' : c, out);
		}
	}
}

void rep_put(FILE *out, const char *text)
{
	rep_put_n(out, text, strlen(text));
}

void rep_put_in(FILE *out, const char *tag, const char *text)
{
	fprintf(out, "<%s>", tag);
	rep_put(out, text);
	fprintf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void rep_page_head(struct rep_page *page, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n", page->out);
	/* Nothing is fetched: a reader of a confidential run can trust the page to keep it. */
	fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
	      " style-src 'unsafe-inline'\">\n", page->out);
	rep_put_in(page->out, "title", title);
	fprintf(page->out, "\n<style>\n%s</style>\n</head>\n<body>\n", STYLE);
}

void rep_page_foot(struct rep_page *page)
{
	fputs("</body>\n</html>\n", page->out);
}

void rep_no_memory(struct rep_page *page)
{
	if (!page->code)
		page->code = sim_fail(page->err, SIM_E_MEMORY, "out of memory while writing the report");
}

static enum sim_code save(struct rep_page *page, const struct plot_canvas *canvas, const char *name)
{
	char path[4096];
	if (snprintf(path, sizeof path - 4, "%s/charts/%s%s", page->dir, page->prefix, name) >=
	    (int)sizeof path - 4)
		return sim_fail(page->err, SIM_E_USAGE, "%s: the path is too long", page->dir);
	char *end = path + strlen(path);
	strcpy(end, ".svg");
	const enum sim_code code = plot_svg_save(canvas, path, page->err);
	if (code)
		return code;
	strcpy(end, ".png");
	return plot_png_save(canvas, path, page->err);
}

void rep_figure(struct rep_page *page, struct plot_canvas *canvas, const char *name,
                const char *caption)
{
	if (!canvas) {
		rep_no_memory(page);
		return;
	}
	char *svg = NULL;
	if (!page->code)
		page->code = save(page, canvas, name);
	if (!page->code)
		page->code = plot_svg_text(canvas, true, &svg, page->err);
	if (!page->code) {
		fprintf(page->out, "<figure id=\"%sfigure-%s\">\n%s", page->prefix, name, svg);
		rep_put_in(page->out, "figcaption", caption);
		fputs("\n</figure>\n", page->out);
	}
	free(svg);
	plot_canvas_free(canvas);
}
