/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/metric/list.h"
#include "analysis/stat/interval.h"
#include "tests/unit/analysis/metric/known_run.h"
#include "tests/unit/analysis/near.h"

static struct res_file *file;
static struct met_values values;
static char path[64];

static int open_known(void **state)
{
	(void)state;
	struct sim_err err;
	snprintf(path, sizeof path, "/tmp/dtsim-metrics-%d.h5", (int)getpid());
	known_run(path, "known", 0);
	file = res_open(path, &err);
	return file && met_compute(file, &values, &err) == SIM_OK ? 0 : -1;
}

static int close_known(void **state)
{
	(void)state;
	met_values_free(&values);
	res_close(file);
	return unlink(path);
}

static const struct met_value *get(const char *name, const char *stat, struct met_scope scope)
{
	const struct met_value *v = met_find(&values, name, &scope, stat);
	if (!v)
		fail_msg("no %s %s of %s", name, stat, scope.variant);
	return v;
}

static const struct met_scope base_waits = {.variant = "base", .class = "surgeon"};
static const struct met_scope flood_waits = {.variant = "flood", .class = "surgeon"};

static void latencies_are_over_all_demands_and_over_the_finished_ones_beside(void **state)
{
	(void)state;
	struct met_scope finished = flood_waits;
	finished.source = "finished";
	const struct met_value *all = get("surgery.ready_latency", "mean", flood_waits);
	assert_true(isinf(all->value) && isnan(all->ci_low));
	assert_true(all->n == 500 && all->failed == 5);
	assert_true(isinf(get("surgery.ready_latency", "max", flood_waits)->value));
	const struct met_value *done = get("surgery.ready_latency", "mean", finished);
	assert_true(done->n == 495 && done->failed == 0);
	assert_near(done->value, (9 * 26.0 + 23.5) / 10, 1e-9);
	assert_near(get("surgery.ready_latency", "max", finished)->value, 50.5, 1e-9);
	assert_near(get("surgery.ready_latency", "ratio", flood_waits)->value, 0.01, 1e-12);
}

static void a_quantile_that_each_replication_allows_is_their_mean(void **state)
{
	(void)state;
	const struct met_value *p90 = get("surgery.ready_latency", "p90", base_waits);
	assert_true(p90->value == 45 && p90->ci_low == 45 && p90->ci_high == 45);
}

static void a_quantile_from_too_few_samples_is_undefined(void **state)
{
	(void)state;
	/* 500 waits: p99 needs 368, p999 needs 3688. */
	assert_true(get("surgery.ready_latency", "p99", base_waits)->value == 50);
	assert_true(isnan(get("surgery.ready_latency", "p999", base_waits)->value));
}

static void parts_sum_to_the_whole(void **state)
{
	(void)state;
	static const char *const parts[] = {"radio", "transport", "queueing",
	                                    "service", "crypto", "timer"};
	double sum = 0;
	for (int i = 0; i < 6; i++) {
		char name[64];
		snprintf(name, sizeof name, "surgery.ready_latency.%s", parts[i]);
		sum += get(name, "mean", base_waits)->value;
	}
	assert_near(sum, get("surgery.ready_latency", "mean", base_waits)->value, 1e-9);
	assert_near(sum, 25.5, 1e-9);
}

static void what_the_attack_adds_is_paired_with_the_twin(void **state)
{
	(void)state;
	struct met_scope scope = flood_waits;
	scope.source = "base";
	const struct met_value *added = get("surgery.ready_latency.added", "mean", scope);
	assert_true(added->n == 10 && added->failed == 5);
	assert_near(added->value, (9 * 0.5 + (23.5 - 25.5)) / 10, 1e-9);
	assert_near(get("surgery.ready_latency.added", "p50", scope)->value,
	            (9 * 0.5 + (23.5 - 25)) / 10, 1e-9);
}

static void a_variant_without_a_twin_is_paired_with_the_first_one(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "other", .class = "surgeon", .source = "base"};
	static const char *const stats[] = {"mean", "p50"};
	for (int i = 0; i < 2; i++) {
		const struct met_value *added = get("surgery.ready_latency.added", stats[i], scope);
		assert_true(added->n == 10 && added->failed == 0);
		assert_near(added->value, 0.25, 1e-9);
		assert_near(added->ci_high - added->ci_low, 0, 1e-9);
	}
}

static void a_variant_of_another_method_is_paired_with_the_first_one_under_its_own_method(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "other", .class = "background",
		.method = "eap-aka-prime", .source = "base"};
	const struct met_value *added = get("auth.latency.added", "mean", scope);
	assert_true(added->n == 10 && added->failed == 0);
	assert_near(added->value, 0.005, 1e-9);
}

static void the_first_variant_is_compared_with_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < values.n; i++)
		assert_false(strcmp(values.value[i].scope.variant, "base") == 0 &&
		             strstr(values.value[i].name, ".added"));
}

static void what_all_replications_meet_has_a_bound_and_not_certainty(void **state)
{
	(void)state;
	const struct met_value *met = get("registration.success_ratio", "ratio",
	                                  (struct met_scope){.variant = "base", .class = "background"});
	assert_true(met->value == 1 && met->ci_high == 1 && met->n == 2000 && met->failed == 0);
	assert_near(1 - met->ci_low, stat_zero_events_bound(2000, 0.95), 1e-12);
}

static void a_ratio_under_attack_counts_the_windows_of_the_attack_alone(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "flood", .class = "background", .attack = "flood"};
	const struct met_value *met = get("registration.success_ratio", "ratio", scope);
	assert_true(met->value == 0.5 && met->n == 500 && met->failed == 250);
	assert_true(get("registration.success_ratio.lost", "mean", scope)->value == 0.5);
}

static void a_window_that_an_attack_fills_in_part_is_not_counted(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "flood", .class = "background", .attack = "askew"};
	const struct met_value *met = get("registration.success_ratio", "ratio", scope);
	assert_true(met->value == 0.5 && met->n == 100 && met->failed == 50);
	const struct met_value *lost = get("registration.success_ratio.lost", "mean", scope);
	assert_true(lost->value == 0.5 && lost->n == 10 && lost->failed == 50);
}

static void an_attack_through_no_whole_window_leaves_its_ratio_undefined(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "flood", .class = "background", .attack = "blink"};
	const struct met_value *met = get("registration.success_ratio", "ratio", scope);
	assert_true(isnan(met->value) && isnan(met->ci_low) && met->n == 0);
	assert_true(isnan(get("registration.success_ratio.lost", "mean", scope)->value));
}

static void recovery_counts_from_the_end_of_the_attack_and_never_is_infinite(void **state)
{
	(void)state;
	struct met_scope scope = {.variant = "flood", .attack = "flood"};
	/*
	 * 0, 60, ..., 480 s and never, but the one of 240 s has a twin refused for one window more: the
	 * fifth of ten is the median.
	 */
	const struct met_value *median = get("recovery.time", "p50", scope);
	assert_true(median->value == 300 && median->failed == 1 && median->n == 10);
	assert_true(isinf(get("recovery.time", "mean", scope)->value));
	const struct met_value *never = get("recovery.time", "ratio", scope);
	assert_near(never->value, 0.1, 1e-12);
	assert_near(never->ci_high, 0.4450161, 1e-6); /* R: binom.test(1, 10) */
}

static void availability_leaves_open_probes_out(void **state)
{
	(void)state;
	const struct met_value *a = get("availability.time", "ratio",
	                                (struct met_scope){.variant = "flood"});
	assert_true(a->n == 400 && a->failed == 90);
	assert_near(a->value, 31 / 40.0, 1e-12);
	assert_near(get("availability.probe_interval", "mean",
	                (struct met_scope){.variant = "base"})->value,
	            30, 1e-9);
}

static void an_outage_takes_two_failed_probes_and_ends_with_a_success(void **state)
{
	(void)state;
	struct met_scope probe = {.variant = "flood", .source = "probe"};
	assert_true(get("outage.count", "mean", probe)->value == 1);
	assert_near(get("outage.duration", "mean", probe)->value, 240, 1e-9);
	assert_near(get("outage.mttr", "mean", probe)->value, 240, 1e-9);
	assert_near(get("outage.mtbf", "mean", probe)->value, 960, 1e-9);
	assert_near(get("outage.longest", "max", probe)->value, 240, 1e-9);
}

static void no_outage_at_all_is_a_bound_and_no_duration(void **state)
{
	(void)state;
	struct met_scope probe = {.variant = "base", .source = "probe"};
	const struct met_value *count = get("outage.count", "mean", probe);
	assert_true(count->value == 0 && count->ci_low == 0);
	assert_near(count->ci_high, -log(0.05) / 10, 1e-12);
	assert_true(isnan(get("outage.duration", "mean", probe)->value));
	const struct met_value *mtbf = get("outage.mtbf", "mean", probe);
	assert_true(isnan(mtbf->value) && isinf(mtbf->ci_high));
	assert_near(mtbf->ci_low, 12000 / -log(0.05), 1e-6);
}

static void outages_of_functions_stand_beside(void **state)
{
	(void)state;
	struct met_scope nf = {.variant = "flood", .source = "nf", .station = "ausf"};
	assert_near(get("outage.mttr", "mean", nf)->value, 100, 1e-9);
}

static void surgeries_count_when_they_end_as_planned(void **state)
{
	(void)state;
	struct met_scope flood = {.variant = "flood"};
	const struct met_value *done = get("surgery.completed_ratio", "ratio", flood);
	assert_true(done->value == 0.875 && done->n == 80 && done->failed == 10);
	assert_near(get("surgery.interruption", "mean", flood)->value, 1, 1e-12);
	assert_near(get("surgery.interruption", "count", flood)->value, 0.125, 1e-12);
	assert_near(get("surgery.longest_interruption", "max", flood)->value, 8, 1e-12);
}

static void static_pseudonyms_are_linked_and_the_blind_is_at_zero(void **state)
{
	(void)state;
	struct met_scope clinic = {.variant = "base", .adversary = "clinic"};
	const struct met_value *a = get("link.advantage", "mean", clinic);
	assert_true(a->value == 1 && a->ci_high == 1 && a->n == 60);
	assert_near(1 - a->ci_low, 2 * stat_zero_events_bound(60, 0.95), 1e-12);
	assert_true(get("link.coverage", "ratio", clinic)->value == 1);
	assert_true(get("link.identified_ratio", "ratio", clinic)->value == 1);
	struct met_scope nobody = {.variant = "base", .adversary = "nobody"};
	a = get("link.advantage", "mean", nobody);
	assert_true(a->value == 0 && a->ci_low == 0 && a->ci_high == 0);
	assert_true(isnan(get("link.precision", "ratio", nobody)->value));
}

static void no_interruption_at_all_has_a_finite_bound(void **state)
{
	(void)state;
	const struct met_value *count = get("surgery.interruption", "count",
	                                    (struct met_scope){.variant = "base"});
	assert_true(count->value == 0 && count->ci_low == 0 && count->n == 80);
	assert_near(count->ci_high, -log(0.05) / 80, 1e-12);
}

/* One for each replication, however many sessions it puts together. */
static void assignments_are_the_trials_of_top1(void **state)
{
	(void)state;
	const struct met_value *top1 = get("link.top1", "ratio",
	                                   (struct met_scope){.variant = "base", .adversary = "clinic"});
	assert_true(top1->value == 1 && top1->ci_high == 1 && top1->n == 10);
	assert_near(1 - top1->ci_low, stat_zero_events_bound(10, 0.95), 1e-12);
}

static void one_replication_has_no_interval(void **state)
{
	(void)state;
	struct met_values out = {0};
	for (uint32_t n = 1; n <= 2; n++)
		met_add(&(struct met_job){.name = "base", .n = n, .level = 0.95, .out = &out}, "link.top1",
		        "1", (struct met_scope){0}, "ratio", (struct stat_interval){1, 0.5, 1}, 60, 0);
	assert_true(out.value[0].value == 1);
	assert_true(isnan(out.value[0].ci_low) && isnan(out.value[0].ci_high));
	assert_true(out.value[1].ci_low == 0.5 && out.value[1].ci_high == 1);
	met_values_free(&out);
}

static bool is_difference(const struct met_value *v)
{
	return strstr(v->name, ".added") || strstr(v->name, ".lost");
}

static void no_interval_leaves_the_range_of_its_statistic(void **state)
{
	(void)state;
	for (size_t i = 0; i < values.n; i++) {
		const struct met_value *v = &values.value[i];
		bool ratio = strcmp(v->stat, "ratio") == 0, game = strcmp(v->name, "link.advantage") == 0;
		if (is_difference(v) || isnan(v->ci_low))
			continue;
		if (v->ci_low < (game ? -1 : 0) || v->ci_high > (ratio || game ? 1 : INFINITY))
			fail_msg("%s %s [%g, %g]", v->name, v->stat, v->ci_low, v->ci_high);
	}
	/* Nonzero in one replication of ten: Student's interval would reach below 0. */
	const struct met_value *timer = get("surgery.ready_latency.timer", "mean", base_waits);
	assert_true(timer->value > 0 && timer->ci_low == 0 && timer->ci_high > timer->value);
}

static void every_value_has_an_entry_and_every_entry_says_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < values.n; i++)
		assert_non_null(met_entry_of(values.value[i].name));
	for (uint32_t f = 0; f < met_n_families; f++)
		for (size_t i = 0; i < met_families[f]->n_entries; i++) {
			const struct met_entry *e = &met_families[f]->entries[i];
			assert_true(e->name && e->unit && e->definition && e->source && e->scope &&
			            e->estimator);
		}
}

static void no_two_values_have_the_same_name_scope_and_statistic(void **state)
{
	(void)state;
	for (size_t i = 0; i < values.n; i++)
		assert_ptr_equal(met_find(&values, values.value[i].name, &values.value[i].scope,
		                          values.value[i].stat), &values.value[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(latencies_are_over_all_demands_and_over_the_finished_ones_beside),
		cmocka_unit_test(a_quantile_that_each_replication_allows_is_their_mean),
		cmocka_unit_test(a_quantile_from_too_few_samples_is_undefined),
		cmocka_unit_test(parts_sum_to_the_whole),
		cmocka_unit_test(what_the_attack_adds_is_paired_with_the_twin),
		cmocka_unit_test(a_variant_without_a_twin_is_paired_with_the_first_one),
		cmocka_unit_test(
			a_variant_of_another_method_is_paired_with_the_first_one_under_its_own_method),
		cmocka_unit_test(the_first_variant_is_compared_with_nothing),
		cmocka_unit_test(what_all_replications_meet_has_a_bound_and_not_certainty),
		cmocka_unit_test(a_ratio_under_attack_counts_the_windows_of_the_attack_alone),
		cmocka_unit_test(a_window_that_an_attack_fills_in_part_is_not_counted),
		cmocka_unit_test(an_attack_through_no_whole_window_leaves_its_ratio_undefined),
		cmocka_unit_test(recovery_counts_from_the_end_of_the_attack_and_never_is_infinite),
		cmocka_unit_test(availability_leaves_open_probes_out),
		cmocka_unit_test(an_outage_takes_two_failed_probes_and_ends_with_a_success),
		cmocka_unit_test(no_outage_at_all_is_a_bound_and_no_duration),
		cmocka_unit_test(outages_of_functions_stand_beside),
		cmocka_unit_test(surgeries_count_when_they_end_as_planned),
		cmocka_unit_test(static_pseudonyms_are_linked_and_the_blind_is_at_zero),
		cmocka_unit_test(no_interruption_at_all_has_a_finite_bound),
		cmocka_unit_test(assignments_are_the_trials_of_top1),
		cmocka_unit_test(one_replication_has_no_interval),
		cmocka_unit_test(no_interval_leaves_the_range_of_its_statistic),
		cmocka_unit_test(every_value_has_an_entry_and_every_entry_says_all),
		cmocka_unit_test(no_two_values_have_the_same_name_scope_and_statistic),
	};
	return cmocka_run_group_tests(tests, open_known, close_known);
}
