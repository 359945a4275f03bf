/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/distribution.h"

#include "scenarios/near.h"
#include "scenarios/value.h"
#include <string.h>

/* In the order of enum sim_dist_kind. */
static const char kinds[] = "deterministic|exponential|erlang|lognormal|uniform";

static const char *const keys[] = {"distribution", "mean", "p50", "shape", "half_width"};
enum key { DISTRIBUTION, MEAN, P50, SHAPE, HALF_WIDTH, N_KEYS };

/* The key beside `mean` that a kind needs. */
static const int second_key[] = {
	[SIM_DIST_DETERMINISTIC] = -1, [SIM_DIST_EXPONENTIAL] = -1, [SIM_DIST_ERLANG] = SHAPE,
	[SIM_DIST_LOGNORMAL] = P50, [SIM_DIST_UNIFORM] = HALF_WIDTH,
};

bool scn_is_distribution_key(const char *key)
{
	for (int i = 0; i < N_KEYS; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static int check_keys(struct scn_context *context, const char *what, const struct scn_node *node,
                      int kind)
{
	int wrong = 0;

	for (const struct scn_node *child = node->first; child; child = child->next) {
		int second = second_key[kind];
		struct scn_near near = {.wanted = child->key};
		bool known = !strcmp(child->key, keys[DISTRIBUTION]) || !strcmp(child->key, keys[MEAN]) ||
		             (second >= 0 && !strcmp(child->key, keys[second]));

		if (known)
			continue;
		scn_near_try(&near, keys[MEAN]);
		if (second >= 0)
			scn_near_try(&near, keys[second]);
		scn_say(context, child->key_place,
		        "%s: unknown key `%s`; this distribution has: distribution, mean%s%s%s%s%s", what,
		        child->key, second < 0 ? "" : ", ", second < 0 ? "" : keys[second],
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
                     const struct scn_node *node, enum key key, double *value)
{
	static const struct sim_param shape = {.type = SIM_PAR_COUNT, .min = 1, .max = 1000};
	const struct scn_node *child = part(context, what, node, key);

	if (!child)
		return -1;
	return scn_quantity_read(context, key == SHAPE ? &shape : row,
	                         scn_format(context, "%s.%s", what, keys[key]), child, value);
}

/* The second figure of a distribution must fit its mean. */
static int check_shape(struct scn_context *context, const char *what, const struct scn_node *node,
                       const struct sim_dist *dist)
{
	const struct scn_node *p50 = scn_node_child(node, keys[P50]);
	const struct scn_node *width = scn_node_child(node, keys[HALF_WIDTH]);

	if (dist->kind == SIM_DIST_LOGNORMAL &&
	    (dist->median_ns > dist->mean_ns || dist->median_ns <= 0)) {
		scn_say(context, p50->place,
		        "%s: p50 `%s` does not fit; the median of a lognormal is above 0 and at most its "
		        "mean, `%s`", what, p50->text, scn_node_child(node, keys[MEAN])->text);
		return -1;
	}
	if (dist->kind == SIM_DIST_UNIFORM && dist->half_width_ns > dist->mean_ns) {
		scn_say(context, width->place, "%s: half_width `%s` is more than the mean; allowed: 0 to `%s`",
		        what, width->text, scn_node_child(node, keys[MEAN])->text);
		return -1;
	}
	return 0;
}

static int read_mapping(struct scn_context *context, const struct sim_param *row,
                        const char *what, const struct scn_node *node, struct sim_dist *dist)
{
	const struct scn_node *name = part(context, what, node, DISTRIBUTION);
	int kind = name ? scn_choice_read(context, kinds, scn_format(context, "%s.%s", what,
	                                  keys[DISTRIBUTION]), name) : -1;
	double second = 0;

	if (kind < 0)
		return -1;
	*dist = (struct sim_dist){.kind = (uint8_t)kind};
	int wrong = check_keys(context, what, node, kind);

	wrong |= read_part(context, row, what, node, MEAN, &dist->mean_ns);
	if (second_key[kind] >= 0)
		wrong |= read_part(context, row, what, node, (enum key)second_key[kind], &second);
	if (wrong)
		return -1;
	dist->shape = kind == SIM_DIST_ERLANG ? (uint16_t)second : 0;
	dist->median_ns = kind == SIM_DIST_LOGNORMAL ? second : 0;
	dist->half_width_ns = kind == SIM_DIST_UNIFORM ? second : 0;
	return check_shape(context, what, node, dist);
}

int scn_distribution_read(struct scn_context *context, const struct sim_param *row,
                          const char *what, const struct scn_node *node, struct sim_dist *out)
{
	struct sim_dist dist = {.kind = SIM_DIST_DETERMINISTIC};
	int failed = node->kind == SCN_NODE_MAP
	                 ? read_mapping(context, row, what, node, &dist)
	                 : scn_quantity_read(context, row, what, node, &dist.mean_ns);

	if (!failed)
		*out = dist;
	return failed;
}

const char *scn_distribution_text(struct scn_context *context, const struct sim_dist *dist)
{
	char mean[96], second[96];
	double value = dist->kind == SIM_DIST_LOGNORMAL ? dist->median_ns : dist->half_width_ns;

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
	}
	return scn_copy(context, mean, strlen(mean));
}
