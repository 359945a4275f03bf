/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/compare.h"
#include "analysis/metric/list.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double relative_rounding = 1e-9, rounding = 1e-12;

/* A value with the text that it is found by. */
struct keyed {
	char key[512];
	const struct met_value *value;
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

static struct keyed *keys_of(const struct met_values *values)
{
	struct keyed *k = met_alloc(values->n, sizeof *k);
	for (size_t i = 0; i < values->n; i++) {
		char scope[400];
		met_scope_text(&values->value[i], scope, sizeof scope);
		snprintf(k[i].key, sizeof k[i].key, "%s %s %s", values->value[i].name, scope,
		         values->value[i].stat);
		k[i].value = &values->value[i];
	}
	qsort(k, values->n, sizeof *k, by_key);
	return k;
}

static bool is_compared_stat(const char *stat)
{
	static const char *const stats[] = {"mean", "ratio", "p50", "p90", "p95"};
	for (size_t i = 0; i < sizeof stats / sizeof *stats; i++)
		if (strcmp(stats[i], stat) == 0)
			return true;
	return false;
}

static bool is_compared(const struct met_value *v)
{
	return is_compared_stat(v->stat) && isfinite(v->value) && isfinite(v->ci_low) &&
	       isfinite(v->ci_high);
}

/*
 * A number became infinite or undefined, or ceased to be: no test of means sees that. It counts when the
 * finite side rests on several samples in each replication, and the infinite side's interval holds nothing
 * finite: a rare event that one seed has and another has not (an outage's length) is no change.
 */
static bool has_turned(const struct met_value *finite, uint32_t replications,
                       const struct met_value *other)
{
	return is_compared(finite) && is_compared_stat(other->stat) && !isfinite(other->value) &&
	       !isfinite(other->ci_low) && finite->n >= 3 * (uint64_t)replications;
}

/* The same number as the one over all waits, because all finished. */
static bool is_repeated(const struct met_value *v, const struct met_values *values)
{
	struct met_scope all = v->scope;
	if (!all.source || strcmp(all.source, "finished") != 0)
		return false;
	all.source = NULL;
	const struct met_value *over_all = met_find(values, v->name, &all, v->stat);
	return over_all && over_all->failed == 0;
}

static struct stat_mean_of moments(const struct met_value *v, uint32_t replications)
{
	double df = replications - 1.0, half = fmax(v->ci_high - v->value, v->value - v->ci_low);
	return (struct stat_mean_of){v->value, half / stat_t_quantile(0.5 + v->level / 2, df), df};
}

static double p_of(const struct met_value *own, uint32_t own_replications,
                   const struct met_value *baseline, uint32_t baseline_replications)
{
	if (!own || !baseline || own_replications < 2 || baseline_replications < 2)
		return NAN;
	if (has_turned(own, own_replications, baseline) ||
	    has_turned(baseline, baseline_replications, own))
		return 0;
	if (!is_compared(own) || !is_compared(baseline))
		return NAN;
	/* The same constant, summed up over different numbers of samples, differs in its last bits. */
	double size = fmax(fabs(own->value), fabs(baseline->value));
	if (fabs(own->value - baseline->value) <= relative_rounding * size + rounding)
		return 1;
	return stat_welch(moments(own, own_replications), moments(baseline, baseline_replications));
}

/* Pairs up both sorted lists. */
static void pair_up(const struct keyed *a, size_t n_a, const struct keyed *b, size_t n_b,
                    struct met_comparison *out)
{
	size_t i = 0, k = 0;
	while (i < n_a || k < n_b) {
		int order = i == n_a ? 1 : k == n_b ? -1 : strcmp(a[i].key, b[k].key);
		struct met_difference *row = &out->row[out->n++];
		*row = (struct met_difference){.p = NAN, .adjusted = NAN, .place = out->n, .absence = -1};
		if (order <= 0)
			row->own = a[i++].value;
		if (order >= 0)
			row->baseline = b[k++].value;
	}
}

/*
 * How many standard errors apart is not known without spread: the larger relative change goes
 * first.
 */
static double change(const struct met_difference *d)
{
	double size = fmax(fabs(d->own->value), fabs(d->baseline->value));
	if (!isfinite(d->own->value) || !isfinite(d->baseline->value))
		return INFINITY;
	return size > 0 ? fabs(d->own->value - d->baseline->value) / size : 0;
}

static int worst_first(const void *a, const void *b)
{
	const struct met_difference *x = a, *y = b;
	bool x_missing = !x->own || !x->baseline, y_missing = !y->own || !y->baseline;
	if (x_missing != y_missing)
		return x_missing ? -1 : 1;
	if (x_missing || isnan(x->p) || isnan(y->p)) {
		if (isnan(x->p) != isnan(y->p))
			return isnan(x->p) ? 1 : -1;
	} else if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	else if (change(x) != change(y))
		return change(x) > change(y) ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static void judge(struct met_comparison *c, double family_level)
{
	double *p = met_alloc(c->n, sizeof *p), *adjusted = met_alloc(c->n, sizeof *adjusted);
	for (size_t i = 0; i < c->n; i++)
		p[i] = c->row[i].p;
	stat_holm(p, adjusted, c->n);
	for (size_t i = 0; i < c->n; i++) {
		struct met_difference *row = &c->row[i];
		bool missing = !row->own || !row->baseline;
		row->adjusted = adjusted[i];
		row->fails = missing || row->adjusted < family_level;
		c->missing += missing;
		c->compared += !isnan(row->p);
		c->significant += !missing && row->fails;
	}
	free(p);
	free(adjusted);
}

static bool has(const struct met_values *values, const char *key, const char *name)
{
	for (size_t i = 0; i < values->n; i++) {
		const char *text = met_value_scope(&values->value[i], key);
		if (text && strcmp(text, name) == 0)
			return true;
	}
	return false;
}

/* This absence of a side, made when it is the first. */
static int enter(struct met_comparison *c, const char *key, const char *name, bool own)
{
	for (size_t i = 0; i < c->n_absences; i++)
		if (strcmp(c->absence[i].key, key) == 0 && strcmp(c->absence[i].name, name) == 0 &&
		    c->absence[i].own == own)
			return (int)i;
	c->absence = realloc(c->absence, (c->n_absences + 1) * sizeof *c->absence);
	SIM_ASSERT(c->absence);
	c->absence[c->n_absences] = (struct met_absence){key, name, own, 0};
	return (int)c->n_absences++;
}

/* The absence that a missing number belongs to; -1: none. */
static int absence_of(struct met_comparison *c, const struct met_difference *row,
                      const struct met_values *other, const char *key)
{
	const char *name = met_value_scope(row->own ? row->own : row->baseline, key);
	return !name || has(other, key, name) ? -1 : enter(c, key, name, !row->own);
}

/* Of what the result did not record; parts of a run in time, for one, at level none. */
static int unrecorded(struct met_comparison *c, const struct met_difference *row,
                      enum rec_level recorded)
{
	if (row->own)
		return -1;
	enum rec_level of_part = row->baseline->scope.attack ? REC_LEVEL_METRICS : REC_LEVEL_NONE;
	if (recorded >= of_part && recorded >= met_level_of(row->baseline->name))
		return -1;
	return enter(c, "record.level", rec_enum_texts("level")[recorded], true);
}

static void find_absences(struct met_comparison *c, const struct met_values *own,
                          const struct met_values *baseline)
{
	for (size_t i = 0; i < c->n; i++) {
		struct met_difference *row = &c->row[i];
		const struct met_values *other = row->own ? baseline : own;
		if (row->own && row->baseline)
			continue;
		row->absence = unrecorded(c, row, own->recorded);
		if (row->absence < 0)
			row->absence = absence_of(c, row, other, "variant");
		if (row->absence < 0)
			row->absence = absence_of(c, row, other, "adversary");
		if (row->absence >= 0)
			c->absence[row->absence].numbers++;
	}
}

/* Both sides are there. */
static bool is_duplicate(const struct met_difference *row, const struct met_values *own,
                         const struct met_values *baseline)
{
	return is_repeated(row->own, own) && is_repeated(row->baseline, baseline);
}

enum sim_code met_same_units(const struct met_values *own, const char *path,
                             const struct met_values *baseline, const char *against,
                             struct sim_err *err)
{
	for (size_t i = 0; i < baseline->n; i++) {
		const struct met_value *b = &baseline->value[i];
		const struct met_value *a = met_find(own, b->name, &b->scope, b->stat);
		if (a && strcmp(a->unit, b->unit) != 0)
			return sim_fail(err, SIM_E_USAGE,
			                "%s: %s %s has unit \"%s\", in %s it has \"%s\": only the same unit "
			                "compares",
			                against, b->name, b->stat, b->unit, path, a->unit);
	}
	return SIM_OK;
}

void met_compare(const struct met_values *own, uint32_t own_replications,
                 const struct met_values *baseline, uint32_t baseline_replications,
                 double family_level, struct met_comparison *out)
{
	struct keyed *a = keys_of(own), *b = keys_of(baseline);
	*out = (struct met_comparison){.row = met_alloc(own->n + baseline->n, sizeof *out->row)};
	pair_up(a, own->n, b, baseline->n, out);
	for (size_t i = 0; i < out->n; i++) {
		struct met_difference *row = &out->row[i];
		row->p = p_of(row->own, own_replications, row->baseline, baseline_replications);
		if (!isnan(row->p) && is_duplicate(row, own, baseline))
			row->p = NAN;
	}
	find_absences(out, own, baseline);
	judge(out, family_level);
	qsort(out->row, out->n, sizeof *out->row, worst_first);
	free(a);
	free(b);
}

void met_comparison_free(struct met_comparison *comparison)
{
	free(comparison->row);
	free(comparison->absence);
	*comparison = (struct met_comparison){0};
}
