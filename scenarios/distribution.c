/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/distribution.h"

#include "scenarios/near.h"
#include "scenarios/value.h"
#include <string.h>

/* In the order of enum sim_dist_kind. */
static const char kinds[] =
	"deterministic|exponential|erlang|lognormal|uniform|hyperexponential|empirical";

static const char *const keys[] = {"distribution", "mean", "p50", "shape", "half_width", "scv",
	"values", "weights"};
enum key { DISTRIBUTION, MEAN, P50, SHAPE, HALF_WIDTH, SCV, VALUES, WEIGHTS, N_KEYS };
#define BIT(key) (1u << (key))

/* The keys of a kind beside `distribution`; a lognormal has one of its last two. */
static const unsigned keys_of[] = {
	[SIM_DIST_DETERMINISTIC] = BIT(MEAN), [SIM_DIST_EXPONENTIAL] = BIT(MEAN),
	[SIM_DIST_ERLANG] = BIT(MEAN) | BIT(SHAPE), [SIM_DIST_LOGNORMAL] = BIT(MEAN) | BIT(P50) | BIT(SCV),
	[SIM_DIST_UNIFORM] = BIT(MEAN) | BIT(HALF_WIDTH),
	[SIM_DIST_HYPEREXPONENTIAL] = BIT(MEAN) | BIT(SCV),
	[SIM_DIST_EMPIRICAL] = BIT(VALUES) | BIT(WEIGHTS),
};

/* The parts of one distribution on their way. */
struct parts {
	double number[N_KEYS];
	struct sim_values values, weights;
};

bool scn_is_distribution_key(const char *key)
{
	for (int i = 0; i < N_KEYS; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static int check_keys(struct scn_context *context, const char *what, const struct scn_node *node,
                      unsigned mask)
{
	const char *list = keys[DISTRIBUTION];
	int wrong = 0;

	mask |= BIT(DISTRIBUTION);
	for (int i = 1; i < N_KEYS; i++)
		if (mask & BIT(i))
			list = scn_format(context, "%s, %s", list, keys[i]);
	for (const struct scn_node *child = node->first; child; child = child->next) {
		struct scn_near near = {.wanted = child->key};
		bool known = false;

		for (int i = 0; i < N_KEYS; i++)
			if (mask & BIT(i)) {
				known |= strcmp(child->key, keys[i]) == 0;
				if (i != DISTRIBUTION)
					scn_near_try(&near, keys[i]);
			}
		if (known)
			continue;
		scn_say(context, child->key_place,
		        "%s: unknown key `%s`; this distribution has: %s%s%s%s", what, child->key, list,
		        near.best ? "; nearest: `" : "", near.best ? near.best : "",
		        near.best ? "`" : "");
		wrong++;
	}
	return wrong ? -1 : 0;
}

/* A key that must be there, with a text. */
static const struct scn_node *part(struct scn_context *context, const char *what,
                                   const struct scn_node *node, enum key key)
{
	const struct scn_node *child = scn_node_child(node, keys[key]);

	if (!child)
		scn_say(context, node->place, "%s: the distribution lacks the key `%s`", what, keys[key]);
	else if (child->kind != SCN_NODE_TEXT)
		scn_say(context, child->place, "%s.%s: no single value; allowed: a text or a number", what,
		        keys[key]);
	return child && child->kind == SCN_NODE_TEXT ? child : NULL;
}

static int read_part(struct scn_context *context, const struct sim_param *row, const char *what,
                     const struct scn_node *node, enum key key, struct parts *parts)
{
	const struct sim_param shape = {.type = SIM_PAR_COUNT, .min = 1, .max = 1000};
	const struct sim_param scv = {.type = SIM_PAR_NUMBER, .min = 0, .max = 1e6};
	const struct sim_param values = {.type = SIM_PAR_LIST, .quantity = SIM_Q_DURATION,
		.offset = offsetof(struct parts, values), .min = row->min < 0 ? 0 : row->min,
		.max = row->max};
	const struct sim_param weights = {.type = SIM_PAR_LIST, .quantity = SIM_Q_NUMBER,
		.offset = offsetof(struct parts, weights), .min = 0, .max = 1e12};
	const char *name = scn_format(context, "%s.%s", what, keys[key]);
	const struct scn_node *child;

	if (key == VALUES || key == WEIGHTS) {
		child = scn_node_child(node, keys[key]);
		return !child ? 0 : scn_value_read(context, key == VALUES ? &values : &weights, name, child,
		                                   parts);
	}
	child = part(context, what, node, key);
	if (!child)
		return -1;
	return scn_quantity_read(context, key == SHAPE ? &shape : key == SCV ? &scv : row, name, child,
	                         &parts->number[key]);
}

/* What a kind says by several keys must fit together. */
static int check_fit(struct scn_context *context, const char *what, const struct scn_node *node,
                     int kind, const struct parts *parts)
{
	const double *number = parts->number;
	const struct scn_node *part = scn_node_child(node, keys[P50]);

	if (kind == SIM_DIST_LOGNORMAL && part && (number[P50] > number[MEAN] || number[P50] <= 0)) {
		scn_say(context, part->place,
		        "%s: p50 `%s` does not fit; the median of a lognormal is above 0 and at most its "
		        "mean, `%s`", what, part->text, scn_node_child(node, keys[MEAN])->text);
		return -1;
	}
	part = scn_node_child(node, keys[HALF_WIDTH]);
	if (kind == SIM_DIST_UNIFORM && number[HALF_WIDTH] > number[MEAN]) {
		scn_say(context, part->place, "%s: half_width `%s` is more than the mean; allowed: 0 to `%s`",
		        what, part->text, scn_node_child(node, keys[MEAN])->text);
		return -1;
	}
	part = scn_node_child(node, keys[SCV]);
	if (kind == SIM_DIST_HYPEREXPONENTIAL && number[SCV] < 1) {
		scn_say(context, part->place, "%s.scv: found `%s`; allowed: 1 or more, of a hyperexponential",
		        what, part->text);
		return -1;
	}
	return 0;
}

static int check_lists(struct scn_context *context, const char *what, const struct scn_node *node,
                       const struct parts *parts)
{
	const struct scn_node *weights = scn_node_child(node, keys[WEIGHTS]);

	if (parts->values.n == 0)
		scn_say(context, node->place, "%s: an empirical distribution without values; allowed: a list "
		        "of one or more, as in `values: [1 ms, 3 ms]`", what);
	else if (parts->weights.n && parts->weights.n != parts->values.n)
		scn_say(context, weights->place, "%s.weights: found %u, but there are %u values; allowed: one "
		        "for each, or none", what, parts->weights.n, parts->values.n);
	else if (parts->weights.n && sim_values_sum(&parts->weights) <= 0)
		scn_say(context, weights->place, "%s.weights: all are 0; allowed: at least one above", what);
	else
		return 0;
	return -1;
}

static struct sim_dist compose(int kind, const struct parts *parts, bool by_scv)
{
	const double *number = parts->number;

	switch (kind) {
	case SIM_DIST_EMPIRICAL:
		return sim_dist_empirical(parts->values, parts->weights);
	case SIM_DIST_HYPEREXPONENTIAL:
		return sim_dist_hyperexponential(number[MEAN], number[SCV]);
	case SIM_DIST_LOGNORMAL:
		if (by_scv)
			return sim_dist_lognormal(number[MEAN], number[SCV]);
		break;
	default:
		break;
	}
	return (struct sim_dist){.kind = (uint8_t)kind, .mean_ns = number[MEAN],
		.shape = (uint16_t)number[SHAPE], .median_ns = number[P50],
		.half_width_ns = number[HALF_WIDTH]};
}

static int read_mapping(struct scn_context *context, const struct sim_param *row,
                        const char *what, const struct scn_node *node, struct sim_dist *dist)
{
	const struct scn_node *name = part(context, what, node, DISTRIBUTION);
	int kind = name ? scn_choice_read(context, kinds, scn_format(context, "%s.%s", what,
	                                  keys[DISTRIBUTION]), name) : -1;
	struct parts parts = {{0}, {0}, {0}};

	if (kind < 0)
		return -1;
	bool by_scv = kind == SIM_DIST_LOGNORMAL && scn_node_child(node, keys[SCV]);
	unsigned mask = keys_of[kind] & ~(kind == SIM_DIST_LOGNORMAL ? BIT(by_scv ? P50 : SCV) : 0);
	int wrong = check_keys(context, what, node, by_scv ? mask : keys_of[kind]);

	for (int key = 1; key < N_KEYS; key++)
		if (mask & BIT(key))
			wrong |= read_part(context, row, what, node, (enum key)key, &parts);
	if (wrong || check_fit(context, what, node, kind, &parts) ||
	    (kind == SIM_DIST_EMPIRICAL && check_lists(context, what, node, &parts)))
		return -1;
	*dist = compose(kind, &parts, by_scv);
	return 0;
}

int scn_distribution_read(struct scn_context *context, const struct sim_param *row,
                          const char *what, const struct scn_node *node, struct sim_dist *out)
{
	struct sim_dist dist = {.kind = SIM_DIST_DETERMINISTIC};

	if (row->min < 0 && node->kind == SCN_NODE_TEXT && strcmp(node->text, "never") == 0) {
		*out = (struct sim_dist){.kind = SIM_DIST_DETERMINISTIC, .mean_ns = -1};
		return 0;
	}
	int failed = node->kind == SCN_NODE_MAP
	                 ? read_mapping(context, row, what, node, &dist)
	                 : scn_quantity_read(context, row, what, node, &dist.mean_ns);

	if (!failed)
		*out = dist;
	return failed;
}

static const char *empirical_text(struct scn_context *context, const struct sim_dist *dist)
{
	static const struct sim_param values = {.type = SIM_PAR_LIST, .quantity = SIM_Q_DURATION};
	static const struct sim_param weights = {.type = SIM_PAR_LIST, .quantity = SIM_Q_NUMBER};

	return scn_format(context, "{distribution: empirical, values: %s, weights: %s}",
	                  scn_value_text(context, &values, &dist->values),
	                  scn_value_text(context, &weights, &dist->weights));
}

const char *scn_distribution_text(struct scn_context *context, const struct sim_dist *dist)
{
	char mean[96], second[96];
	double value = dist->kind == SIM_DIST_LOGNORMAL ? dist->median_ns : dist->half_width_ns;

	if (sim_dist_is_never(dist))
		return "never";
	sim_unit_format(SIM_Q_DURATION, dist->mean_ns, mean, sizeof mean);
	sim_unit_format(SIM_Q_DURATION, value, second, sizeof second);
	switch ((enum sim_dist_kind)dist->kind) {
	case SIM_DIST_DETERMINISTIC:
		break;
	case SIM_DIST_EXPONENTIAL:
		return scn_format(context, "{distribution: exponential, mean: %s}", mean);
	case SIM_DIST_ERLANG:
		return scn_format(context, "{distribution: erlang, shape: %u, mean: %s}",
		                  (unsigned)dist->shape, mean);
	case SIM_DIST_LOGNORMAL:
		return scn_format(context, "{distribution: lognormal, p50: %s, mean: %s}", second, mean);
	case SIM_DIST_UNIFORM:
		return scn_format(context, "{distribution: uniform, mean: %s, half_width: %s}", mean,
		                  second);
	case SIM_DIST_HYPEREXPONENTIAL:
		sim_unit_format(SIM_Q_NUMBER, dist->scv, second, sizeof second);
		return scn_format(context, "{distribution: hyperexponential, mean: %s, scv: %s}", mean,
		                  second);
	case SIM_DIST_EMPIRICAL:
		return empirical_text(context, dist);
	}
	return scn_copy(context, mean, strlen(mean));
}
