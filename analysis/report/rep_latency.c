/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Distributions of the latencies, and what they are made of. */
#include "analysis/plot/charts.h"
#include "analysis/plot/scale.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_samples.h"
#include "analysis/report/rep_view.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CURVES = 16, CURVE_NAME = 400 };

static const struct {
	enum rec_latency_metric metric;
	const char *file, *title, *wait;
} WAITS[] = {
	{ REC_M_SURGERY_READY, "ecdf-surgery-ready", "A surgeon's wait until surgery can begin",
	  "from switching on the headset until the surgery session can begin" },
	{ REC_M_DT_AUTH, "ecdf-dt-auth", "A twin's wait until a hospital admits it",
	  "from asking for a session until the twin and the hospital have authenticated each other" },
	{ REC_M_REGISTRATION, "ecdf-registration", "A surgeon's registration with the network",
	  "from the first attempt until Registration Accept, random access, retries and timers included" },
	{ REC_M_AUTH, "ecdf-auth", "Authentication of a surgeon",
	  "from the SEAF's question to the AUSF until the SEAF knows the subscriber" },
	{ REC_M_DT_ENROL, "ecdf-dt-enrol", "Enrolment of a twin",
	  "from asking until the NFT is final and the record stored" },
};
enum { N_WAITS = sizeof WAITS / sizeof WAITS[0] };

struct curve {
	char name[CURVE_NAME];
	struct rep_latencies sample;
	double *share; /* of all demands, failures included */
	size_t style;
	char note[REP_TEXT]; /* what lies beyond the axis */
};
struct curves {
	size_t n;
	struct curve curve[MAX_CURVES];
};

static void free_curves(struct curves *curves)
{
	for (size_t i = 0; i < curves->n; i++) {
		rep_latencies_free(&curves->curve[i].sample);
		free(curves->curve[i].share);
	}
}

static bool same(const struct rep_latencies *a, const struct rep_latencies *b)
{
	return a->n == b->n && a->n_failed == b->n_failed && a->points == b->points &&
	       memcmp(a->s, b->s, a->points * sizeof *a->s) == 0 &&
	       memcmp(a->upto, b->upto, a->points * sizeof *a->upto) == 0;
}

/*
 * Common random numbers make whole distributions equal: they are drawn once, under all their
 * names.
 */
static bool merge(struct curves *curves, const struct rep_latencies *sample, const char *name)
{
	for (size_t i = 0; i < curves->n; i++) {
		struct curve *curve = &curves->curve[i];
		if (!same(&curve->sample, sample))
			continue;
		const size_t length = strlen(curve->name);
		snprintf(curve->name + length, CURVE_NAME - length, " = %s", name);
		return true;
	}
	return false;
}

/* Takes the sample. False when out of memory. */
static bool add_curve(struct curves *curves, struct rep_latencies *sample, const char *name,
                      size_t style)
{
	if (sample->n == 0 || curves->n == MAX_CURVES || merge(curves, sample, name)) {
		rep_latencies_free(sample);
		return true;
	}
	struct curve *curve = &curves->curve[curves->n++];
	*curve = (struct curve){ .sample = *sample, .style = style };
	snprintf(curve->name, sizeof curve->name, "%.60s", name);
	curve->share = malloc(sample->points * sizeof *curve->share);
	if (!curve->share)
		return false;
	const double all = (double)(sample->n + sample->n_failed);
	for (size_t i = 0; i < sample->points; i++)
		curve->share[i] = (double)sample->upto[i] / all;
	return true;
}

/* Milliseconds below a median of two seconds. */
static const char *choose_unit(struct curves *curves)
{
	const struct rep_latencies *first = &curves->curve[0].sample;
	const bool ms = rep_latency_at(first, first->n / 2) < 2;
	for (size_t i = 0; ms && i < curves->n; i++)
		for (size_t k = 0; k < curves->curve[i].sample.points; k++)
			curves->curve[i].sample.s[k] *= 1e3;
	return ms ? "ms" : "s";
}

static size_t points_up_to(const struct rep_latencies *sample, double limit)
{
	size_t points = sample->points;
	while (points > 0 && sample->s[points - 1] > limit)
		points--;
	return points;
}

/* How many waits the first points are. */
static uint64_t n_of(const struct rep_latencies *sample, size_t points)
{
	return points ? sample->upto[points - 1] : 0;
}

/*
 * Where the axis ends: at the 99.5 % quantile of the body of the slowest curve. A body is what took
 * at most BODY times the median: retries after timers of many seconds are no part of it, and would
 * squeeze it into a corner.
 */
static double body_end(const struct curves *curves)
{
	static const double BODY = 8;
	double end = 0;
	for (size_t i = 0; i < curves->n; i++) {
		const struct rep_latencies *sample = &curves->curve[i].sample;
		const double most = BODY * rep_latency_at(sample, sample->n / 2);
		const uint64_t n = n_of(sample, points_up_to(sample, most));
		end = fmax(end, rep_latency_at(sample, (uint64_t)(0.995 * (double)(n - 1) + 0.5)));
	}
	return end;
}

/* From the fastest to the body's end, to round numbers; logarithmic from a decade on. */
static struct plot_axis choose_axis(const struct curves *curves, const char *label)
{
	struct plot_scale scale;
	double least = INFINITY;
	for (size_t i = 0; i < curves->n; i++)
		least = fmin(least, curves->curve[i].sample.s[0]);
	const double end = body_end(curves);
	const bool log = least > 0 && end / least >= 10;
	plot_scale_set(&scale, log, least, end, true, 8);
	return (struct plot_axis){ .label = label, .log = log, .lo = scale.lo, .hi = scale.hi };
}

static void put_share(char *out, size_t size, uint64_t part, uint64_t all)
{
	const double percent = 100 * (double)part / (double)all;
	snprintf(out, size, percent < 0.095 ? "%.2f %%" : percent < 9.5 ? "%.1f %%" : "%.0f %%", percent);
}

/* "1.5 % later, 5.0 % never"; NULL when all of the curve is within the axis. */
static const char *note_beyond(struct curve *curve, uint64_t n_shown)
{
	const struct rep_latencies *sample = &curve->sample;
	const uint64_t later = sample->n - n_shown, all = sample->n + sample->n_failed;
	char later_text[16] = "", never[16] = "";
	if (later + sample->n_failed == 0)
		return NULL;
	put_share(later_text, sizeof later_text, later, all);
	put_share(never, sizeof never, sample->n_failed, all);
	if (later && sample->n_failed)
		snprintf(curve->note, REP_TEXT, "%s later, %s never", later_text, never);
	else
		snprintf(curve->note, REP_TEXT, "%s %s", later ? later_text : never,
		         later ? "later" : "never");
	return curve->note;
}

static bool all_exact(const struct curves *curves)
{
	for (size_t i = 0; i < curves->n; i++)
		if (!curves->curve[i].sample.exact)
			return false;
	return true;
}

static void draw_curves(struct rep_page *page, struct curves *curves, const char *file,
                        const char *title, const char *about)
{
	if (curves->n == 0)
		return;
	char caption[900];
	snprintf(caption, sizeof caption, "%s%s", about, all_exact(curves) ? "" : " From a histogram: "
	         "lengths have a relative error of at most 0.1 %.");
	struct plot_series series[MAX_CURVES];
	char label[32];
	snprintf(label, sizeof label, "latency (%s)", choose_unit(curves));
	const struct plot_axis x = choose_axis(curves, label);
	for (size_t i = 0; i < curves->n; i++) {
		struct curve *c = &curves->curve[i];
		const size_t points = points_up_to(&c->sample, x.hi), length = strlen(c->name);
		snprintf(c->name + length, CURVE_NAME - length, " (%" PRIu64 " of %" PRIu64 ")",
		         c->sample.n, c->sample.n + c->sample.n_failed);
		series[i] = (struct plot_series){ .name = c->name, .style = c->style, .kind = PLOT_STEPS,
		                                  .n = points, .x = c->sample.s, .y = c->share,
		                                  .end_note = note_beyond(c, n_of(&c->sample, points)) };
	}
	rep_figure(page, plot_xy(&(struct plot_xy){
		.title = title, .desc = caption, .x = x,
		.y = { .label = "share of those who asked", .lo = 0, .hi = 1 },
		.n_series = curves->n, .series = series }), file, caption);
}

static void read_failed(struct rep_page *page, const struct rep_view *view)
{
	const struct sim_err *err = res_error(view->file);
	if (err->code)
		page->code = sim_fail(page->err, err->code, "%s", err->text);
	else
		rep_no_memory(page);
}

static void ecdf_by_variant(struct rep_page *page, const struct rep_view *view, size_t wait)
{
	struct curves curves = { 0 };
	char caption[600];
	bool good = true;
	for (uint16_t v = 0; good && v < view->run->n_variants; v++) {
		struct rep_latencies sample;
		if (view->run->variants[v].hidden)
			continue;
		good = !rep_latencies(view->file, v, WAITS[wait].metric, REC_CLASS_SURGEON, &sample) &&
		       add_curve(&curves, &sample, view->run->variants[v].name, v);
	}
	snprintf(caption, sizeof caption, "%s: %s. Share of those who asked (in brackets: finished of "
	         "asked), over all %u replications, by variant; one that never finished counts as "
	         "infinitely long. The axis ends where the body of the slowest variant does; what lies "
	         "beyond stands at the right edge.", rec_enum_texts("latency_metric")[WAITS[wait].metric],
	         WAITS[wait].wait, (unsigned)view->run->replications);
	if (good)
		draw_curves(page, &curves, WAITS[wait].file, WAITS[wait].title, caption);
	else
		read_failed(page, view);
	free_curves(&curves);
}

static void ecdf_by_class(struct rep_page *page, const struct rep_view *view)
{
	struct curves curves = { 0 };
	bool good = true;
	for (int class = 0; good && class < REC_N_class; class++) {
		struct rep_latencies sample;
		good = !rep_latencies(view->file, view->base, REC_M_REGISTRATION, (enum rec_class)class,
		                      &sample) &&
		       add_curve(&curves, &sample, res_enum_text("class", (uint32_t)class), (size_t)class);
	}
	char caption[400];
	snprintf(caption, sizeof caption, "registration.latency of surgeons, probe and background "
	         "subscribers in the variant %s; in brackets: finished of asked. What lies beyond the axis "
	         "stands at the right edge.", view->run->variants[view->base].name);
	if (good)
		draw_curves(page, &curves, "ecdf-classes", "Registration by class of subscriber", caption);
	else
		read_failed(page, view);
	free_curves(&curves);
}

enum { MAX_BARS = 96 };
struct bars {
	size_t n, n_parts;
	struct plot_bar bar[MAX_BARS];
	double part[MAX_BARS][MET_WAIT_PARTS];
	char note[MAX_BARS][REP_TEXT];
};

static int add_bar(struct bars *bars, const struct rep_view *view, uint16_t variant,
                   enum rec_latency_metric metric)
{
	if (bars->n == MAX_BARS)
		return 0;
	double *part = bars->part[bars->n];
	struct rep_latencies waits;
	if (rep_latencies(view->file, variant, metric, REC_CLASS_SURGEON, &waits))
		return -1;
	memcpy(part, waits.mean_part_s, sizeof waits.mean_part_s);
	const bool none = waits.n == 0;
	rep_latencies_free(&waits);
	if (none)
		return 0;
	const char *name = view->run->variants[variant].name;
	double sum = 0;
	for (size_t i = 0; i < MET_WAIT_PARTS; i++)
		sum += part[i];
	const struct met_value *mean = rep_find(view, &(struct rep_query){
		.name = rec_enum_texts("latency_metric")[metric], .stat = "mean", .variant = name,
		.class = "surgeon", .source = "finished" });
	char *note = bars->note[bars->n];
	if (mean)
		rep_format_interval(note, mean->unit, mean->value, mean->ci_low, mean->ci_high);
	else
		rep_format_value(note, "s", sum);
	const struct met_value *all = rep_find(view, &(struct rep_query){
		.name = rec_enum_texts("latency_metric")[metric], .stat = "mean", .variant = name,
		.class = "surgeon" });
	const size_t length = strlen(note);
	if (all && all->failed > 0)
		snprintf(note + length, REP_TEXT - length, "; %llu failed",
		         (unsigned long long)all->failed);
	bars->bar[bars->n] = (struct plot_bar){ .label = name, .part = part,
	                                        .note = bars->note[bars->n] };
	bars->n++;
	return 0;
}

static void decomposition(struct rep_page *page, const struct rep_view *view)
{
	struct bars *bars = calloc(1, sizeof *bars);
	if (!bars) {
		rep_no_memory(page);
		return;
	}
	int bad = 0;
	for (size_t w = 0; !bad && w < N_WAITS && bars->n < MAX_BARS; w++) {
		const size_t heading = bars->n++;
		bars->bar[heading].label = rec_enum_texts("latency_metric")[WAITS[w].metric];
		for (uint16_t v = 0; !bad && v < view->run->n_variants; v++)
			if (!view->run->variants[v].hidden)
				bad = add_bar(bars, view, v, WAITS[w].metric);
		if (bars->n == heading + 1)
			bars->n--; /* nothing finished: no heading without bars */
	}
	if (bad)
		read_failed(page, view);
	else if (bars->n)
		rep_figure(page, plot_bars(&(struct plot_bars){
			.title = "Where a surgeon's waiting time goes", .x_label = "share of the mean latency (%)",
			.desc = "Mean parts of each latency by variant.", .shares = true,
			.note_label = "mean of finished", .n_parts = MET_WAIT_PARTS, .part_name = REP_PART_NAMES,
			.n_bars = bars->n, .bar = bars->bar }), "decomposition",
			"Parts of the mean latency along the chain of messages whose last one ended the wait; "
			"demands that finished. The parts of every sample sum to its whole, to the nanosecond.");
	free(bars);
}

void rep_section_latency(struct rep_page *page, const struct rep_view *view)
{
	fprintf(page->out, "<h2 id=\"%slatency\">How long it takes</h2>\n", page->prefix);
	if (!rep_is_recorded(page, view, REC_LEVEL_METRICS))
		return;
	for (size_t w = 0; !page->code && w < N_WAITS; w++)
		ecdf_by_variant(page, view, w);
	if (!page->code)
		ecdf_by_class(page, view);
	if (!page->code)
		decomposition(page, view);
}
