/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Populations of a scenario: who comes when, once each, the same in every variant. */
#include "tests/unit/scenarios/loading.inc"

#include "models/record/record.h"
#include "scenarios/world.h"

#include <math.h>

/* Kolmogorov-Smirnov at 0.1 %, fixed seeds. */
#define KS(n) (1.95 / sqrt((double)(n)))

enum { WINDOWS = 4096 };

struct course {
	uint32_t offered[WINDOWS], completed[WINDOWS];
	uint32_t n_offered, n_tried, n_completed;
	uint8_t digest[REC_DIGEST_OCTETS];
};

static void take(const struct rec *rec, struct course *out)
{
	const struct rec_columns *t = &rec->table[REC_T_demand];
	const uint32_t *window = t->column[rec_column_find(REC_T_demand, "window")];
	const uint32_t *offered = t->column[rec_column_find(REC_T_demand, "offered")];
	const uint32_t *tried = t->column[rec_column_find(REC_T_demand, "tried")];
	const uint32_t *completed = t->column[rec_column_find(REC_T_demand, "completed")];

	for (uint32_t i = 0; i < t->n; i++) {
		assert_true(window[i] < WINDOWS);
		out->offered[window[i]] += offered[i];
		out->completed[window[i]] += completed[i];
		out->n_offered += offered[i];
		out->n_tried += tried[i];
		out->n_completed += completed[i];
	}
}

static void run(const struct scn_variant *variant, struct course *out)
{
	struct rec rec;
	struct rec_summary summary = {0};
	struct sim_err err;

	memset(out, 0, sizeof *out);
	rec_init(&rec);
	if (world_run(variant, 0, &rec, &summary, &err) != SIM_OK)
		fail_msg("%s", err.text);
	take(&rec, out);
	memcpy(out->digest, summary.event_digest, sizeof out->digest);
	rec_free(&rec);
}

/* A run without surgeons' days: what stands in `lines` is all that happens. */
#define QUIET                                                                                      \
	"operations: {days: 0}\nprobes: {interval: never}\nbackground: {count: 0}\n"                  \
	"crypto: {all: cost}\nradio: {wired: true}\n"                                                 \
	"record: {level: metrics, window: 100ms, ladder: false}\n"

static void load_quiet(struct loading *l, const char *lines, const char *set)
{
	char text[2048];

	snprintf(text, sizeof text, QUIET "%s", lines);
	if (loading_small(l, text, set) != SIM_OK)
		fail_msg("%s", l->messages);
}

static double beta_3_4(double x)
{
	return x <= 0 ? 0 : x >= 1 ? 1 : x * x * x * (20 - x * (45 - x * (36 - 10 * x)));
}

/* Largest distance of the offered demands from a law, at the ends of windows. */
static double distance(const struct course *c, double (*law)(double s))
{
	double far = 0;
	uint32_t so_far = 0;

	for (uint32_t w = 0; w < WINDOWS; w++) {
		so_far += c->offered[w];
		far = fmax(far, fabs((double)so_far / c->n_offered - law((w + 1) / 10.0)));
	}
	return far;
}

static double burst(double s)
{
	return beta_3_4((s - 5) / 20);
}

static void a_burst_has_every_member_once_and_the_law_of_tr_37_868(void **state)
{
	static struct course c;
	struct loading *l = *state;

	load_quiet(l, "populations: {phones: {count: 4000, arrivals: {process: beta, start: 5s, "
	              "window: 20s}}}\n", "duration=60s");
	run(loading_variant(l, "base"), &c);
	assert_int_equal(c.n_offered, 4000);
	assert_int_equal(c.n_tried, 4000);
	assert_int_equal(c.n_completed, 4000);
	assert_true(distance(&c, burst) < KS(4000));
}

static double uniform(double s)
{
	return fmin(1, s / 10);
}

/* Given their number, Poisson arrivals are uniform. */
static void poisson_arrivals_end_with_the_last_member(void **state)
{
	static struct course c;
	struct loading *l = *state;

	load_quiet(l, "populations: {phones: {count: 2000, arrivals: {rate: 1000/s}}}\n",
	           "duration=60s");
	run(loading_variant(l, "base"), &c);
	assert_int_equal(c.n_offered, 2000);
	for (uint32_t w = 30; w < WINDOWS; w++) /* 2 s, and 20 standard deviations */
		assert_int_equal(c.offered[w], 0);
	load_quiet(l, "populations: {phones: {count: 9999, arrivals: {rate: 200/s}}}\n",
	           "duration=10s");
	run(loading_variant(l, "base"), &c);
	assert_in_range(c.n_offered, 2000 - 4 * 45, 2000 + 4 * 45);
	assert_true(distance(&c, uniform) < KS(c.n_offered));
}

static void variants_share_the_arrivals_whatever_devices_and_queues_do(void **state)
{
	static struct course standard, other;
	struct loading *l = *state;

	load_quiet(l,
	           "populations: {phones: {count: 1000, arrivals: {process: beta, window: 10s}}}\n"
	           "service: {amf_registration_request: 20ms}\n"
	           "variants: {standard: {}, other: {amf: {queue: 2}, populations: {phones: {retry: "
	           "{policy: immediate}}}}}\n", "duration=120s");
	run(loading_variant(l, "standard"), &standard);
	run(loading_variant(l, "other"), &other);
	assert_memory_equal(standard.offered, other.offered, sizeof standard.offered);
	assert_true(other.n_tried > standard.n_tried);
	assert_memory_not_equal(standard.digest, other.digest, sizeof standard.digest);
}

/* Another population's members draw for themselves. */
static void one_population_s_arrivals_do_not_depend_on_another(void **state)
{
	static struct course alone, both, second;
	struct loading *l = *state;
	const char *first = "populations: {a: {count: 500, arrivals: {process: beta, window: 10s}}}\n";

	load_quiet(l, first, "duration=60s");
	run(loading_variant(l, "base"), &alone);
	load_quiet(l, "populations: {a: {count: 500, arrivals: {process: beta, window: 10s}}, "
	              "b: {count: 300, arrivals: {process: paced, rate: 100/s, start: 30s}}}\n",
	           "duration=60s");
	run(loading_variant(l, "base"), &both);
	assert_int_equal(both.n_offered, 800);
	assert_memory_equal(alone.offered, both.offered, 290 * sizeof *alone.offered);
	for (uint32_t w = 300; w < 330; w++)
		assert_int_equal(both.offered[w], 10);
	run(loading_variant(l, "base"), &second); /* again: the same octets */
	assert_memory_equal(both.digest, second.digest, sizeof both.digest);
}

static void members_that_stay_for_a_while_come_again_by_their_rate(void **state)
{
	static struct course c;
	struct loading *l = *state;

	/* 100 members, away 50 s on average and there for 10 s: 100 in 60 s in the long run */
	load_quiet(l, "populations: {phones: {count: 100, registrations: 0.02/s, stay: 10s}}\n",
	           "duration=360s");
	run(loading_variant(l, "base"), &c);
	assert_in_range(c.n_offered, 600 - 4 * 25, 600 + 4 * 25);
	assert_int_equal(c.n_tried, c.n_offered);
}

static void says_what_arrivals_lack(void **state)
{
	struct loading *l = *state;

	assert_int_not_equal(loading_small(l, "populations: {phones: {count: 9}}\n", NULL), SIM_OK);
	assert_non_null(strstr(l->messages, "populations.phones.arrivals.rate: this process needs a "
	                                    "rate above 0/s"));
	assert_int_not_equal(loading_small(l, "populations: {phones: {arrivals: {rate: 1/s}}}\n", NULL),
	                     SIM_OK);
	assert_non_null(strstr(l->messages, "populations.phones lacks the key `count`"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, loading_set_up, loading_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_burst_has_every_member_once_and_the_law_of_tr_37_868),
		TEST(poisson_arrivals_end_with_the_last_member),
		TEST(variants_share_the_arrivals_whatever_devices_and_queues_do),
		TEST(one_population_s_arrivals_do_not_depend_on_another),
		TEST(members_that_stay_for_a_while_come_again_by_their_rate),
		TEST(says_what_arrivals_lack),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
