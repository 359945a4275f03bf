/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/report.h"
#include "analysis/report/rep_page.h"
#include "analysis/report/rep_view.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put_link(struct rep_page *page, const char *section, const char *text)
{
	fprintf(page->out, "<a href=\"#%s%s\">%s</a>\n", page->prefix, section, text);
}

static void navigation(struct rep_page *page, const struct rep_view *view)
{
	fputs("<nav>", page->out);
	if (res_is_of_stations(view->file)) {
		put_link(page, "stations", "Stations");
	} else {
		put_link(page, "latency", "Latency");
		put_link(page, "availability", "Availability");
		if (rep_has_goodput(view))
			put_link(page, "goodput", "Goodput");
		put_link(page, "linkability", "Linkability");
		put_link(page, "ladder", "Messages");
	}
	put_link(page, "metrics", "Metrics");
	put_link(page, "parameters", "Parameters");
	put_link(page, "provenance", "Provenance");
	fputs("</nav>\n", page->out);
}

static void sections(struct rep_page *page, const struct rep_view *view)
{
	rep_section_headline(page, view);
	navigation(page, view);
	if (res_is_of_stations(view->file)) {
		rep_section_queue(page, view);
	} else {
		rep_section_latency(page, view);
		rep_section_availability(page, view);
		rep_section_goodput(page, view);
		rep_section_stations(page, view);
		rep_section_link(page, view);
		rep_section_ladder(page, view);
	}
	rep_section_metrics(page, view);
	rep_section_parameters(page, view);
	rep_section_provenance(page, view);
}

static void whole_page(struct rep_page *page, const struct rep_view *view, size_t n)
{
	char title[200];
	const char *name = *view->run->title ? view->run->title : view->run->scenario;
	snprintf(title, sizeof title, "Comparison of %zu results: %.120s", n, name);
	rep_page_head(page, n > 1 ? title : name);
	if (n > 1)
		rep_section_comparison(page, view, n);
	for (size_t i = 0; i < n && !page->code; i++) {
		if (n > 1)
			snprintf(page->prefix, sizeof page->prefix, "%u-", (unsigned)(i + 1));
		sections(page, &view[i]);
	}
	rep_page_foot(page);
}

static enum sim_code make_dir(const char *path, struct sim_err *err)
{
	struct stat found;
	if (mkdir(path, 0777) == 0)
		return SIM_OK;
	const int why = errno;
	if (why == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return SIM_OK;
	if (why == EEXIST)
		return sim_fail(err, SIM_E_INPUT,
		                "%s: found a file; the report needs a directory, or a name to make one", path);
	return sim_fail(err, SIM_E_IO, "%s: cannot make the directory of the report: %s", path,
	                strerror(why));
}

/* A chart that some report of this program writes: its name behind "2-", its ending. */
static bool is_our_chart(const char *name)
{
	static const char *const STEMS[] = { "ecdf-", "decomposition.", "availability-", "goodput-",
		                                 "linkability.", "ladder.", "stations." };
	const char *end = strrchr(name, '.');
	const size_t digits = strspn(name, "0123456789");
	const char *stem = digits > 0 && name[digits] == '-' ? name + digits + 1 : name;
	if (!end || (strcmp(end, ".svg") != 0 && strcmp(end, ".png") != 0))
		return false;
	for (size_t i = 0; i < sizeof STEMS / sizeof STEMS[0]; i++)
		if (strncmp(stem, STEMS[i], strlen(STEMS[i])) == 0)
			return true;
	return false;
}

/* Charts of an earlier report in the same place would pass for this one's. */
static void remove_old_charts(const char *charts)
{
	DIR *dir = opendir(charts);
	if (!dir)
		return;
	for (const struct dirent *entry; (entry = readdir(dir));)
		if (is_our_chart(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

/* The page appears whole under its name, or not at all. */
static enum sim_code write_page(const struct rep_view *view, size_t n, const char *dir,
                                const char *path, const char *part, struct sim_err *err)
{
	struct rep_page page = { .dir = dir, .err = err, .out = fopen(part, "wb") };
	if (!page.out)
		return sim_fail(err, SIM_E_IO, "%s: cannot write the report: %s", part, strerror(errno));
	whole_page(&page, view, n);
	const int bad = ferror(page.out);
	const int closed = fclose(page.out);
	if (!page.code && (bad || closed || rename(part, path)))
		page.code = sim_fail(err, SIM_E_IO, "%s: cannot write the report: %s", path,
		                     strerror(errno));
	if (page.code)
		remove(part);
	return page.code;
}

static enum sim_code write_all(const struct rep_view *view, size_t n, const char *dir,
                               struct sim_err *err)
{
	char path[4096], part[4096 + 8];
	const int length = snprintf(path, sizeof path, "%s/charts", dir);
	if (length < 0 || length >= (int)sizeof path - 16)
		return sim_fail(err, SIM_E_USAGE,
		                "the path of the report has %d characters; allowed are %d",
		                length, (int)sizeof path - 16);
	enum sim_code code = make_dir(dir, err);
	if (!code)
		code = make_dir(path, err);
	if (code)
		return code;
	remove_old_charts(path);
	snprintf(path, sizeof path, "%s/index.html", dir);
	snprintf(part, sizeof part, "%s.part", path);
	return write_page(view, n, dir, path, part, err);
}

enum sim_code report_write(struct res_file *const *files, size_t n, const char *dir,
                           struct sim_err *err)
{
	struct rep_view *view = calloc(n ? n : 1, sizeof *view);
	if (!view || n == 0) {
		free(view);
		return n ? sim_fail(err, SIM_E_MEMORY, "out of memory while writing the report")
		         : sim_fail(err, SIM_E_USAGE, "a report needs at least one result file");
	}
	enum sim_code code = SIM_OK;
	size_t open = 0;
	while (!code && open < n) {
		code = rep_view_open(&view[open], files[open], err);
		open++;
	}
	if (!code)
		code = write_all(view, n, dir, err);
	for (size_t i = 0; i < open; i++)
		rep_view_close(&view[i]);
	free(view);
	return code;
}
