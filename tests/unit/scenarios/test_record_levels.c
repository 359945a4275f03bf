/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One replication at every record.level: the same run, of which more or less is written down. */
#include "tests/unit/scenarios/loading.inc"

#include "models/nf/nf.h"
#include "models/record/sketch.h"
#include "models/record/waits.h"
#include "scenarios/world.h"

#include <stdlib.h>

/* Roaming, an N3IWF, losses on the way, a crash that makes registrations fail, surgeons and twins;
 * more waits than a sketch keeps one by one. */
static const char scenario[] =
	"scenario: levels\nsurgeons: {Alex: {}, Bob: {}}\ncities: {Oslo: {cells: 4}, Bergen: {}}\n"
	"hospitals: {Riks: {city: Oslo}, St. Olavs hospital: {city: Bergen}}\nduration: 18h\n"
	"calibration: open5gs\ncrypto: {all: cost}\nlinks: {loss: 1 %}\nrecord: {every: 1}\n"
	"roaming: {background: 15 %}\naccess: {background: 15 %}\nprobes: {interval: 2min}\n"
	"load: {rate: 0.11/s, process: poisson, subscribers: 16000}\n"
	"attacks: {c: {kind: crash, nf: ausf, start: 9h, duration: 10min}}\n";

struct run {
	struct rec rec;
	struct rec_summary summary;
};
static struct run run[REC_N_level];

static int run_all(void **state)
{
	if (loading_set_up(state) != 0)
		return -1;
	struct loading *l = *state;
	loading_text(l, "levels.yaml", scenario);
	for (int level = 0; level < REC_N_level; level++) {
		char key[64];
		const char *set = key;
		const struct scn_options options = {.seed = 11, .replications = 1, .set = &set,
		                                    .n_set = 1};
		snprintf(key, sizeof key, "record.level=%s", rec_enum_texts("level")[level]);
		if (loading_load(l, "levels.yaml", &options) != SIM_OK) {
			fputs(l->messages, stderr);
			return -1;
		}
		rec_init(&run[level].rec);
		if (world_run(scn_variant(l->scn, 0), 0, &run[level].rec, &run[level].summary,
		              &l->err) != SIM_OK)
			return -1;
	}
	return 0;
}

static int free_all(void **state)
{
	for (int level = 0; level < REC_N_level; level++)
		rec_free(&run[level].rec);
	return loading_tear_down(state);
}

static const void *column(enum rec_level level, enum rec_table table, const char *name)
{
	return run[level].rec.table[table].column[rec_column_find(table, name)];
}
#define COLUMN(type, level, table, name) ((const type *)column(level, REC_T_##table, name))

static uint32_t n_rows(enum rec_level level, enum rec_table table)
{
	return run[level].rec.table[table].n;
}

static void counters_and_stations_are_the_same_at_every_level(void **state)
{
	static const enum rec_table tables[] = {REC_T_counter, REC_T_station};

	(void)state;
	for (int level = 1; level < REC_N_level; level++)
		for (int t = 0; t < 2; t++) {
			const struct rec_table_info *info = rec_table_info(tables[t]);
			assert_true(n_rows(0, tables[t]) > 0);
			assert_int_equal(n_rows((enum rec_level)level, tables[t]), n_rows(0, tables[t]));
			for (uint32_t c = 0; c < info->n_columns; c++)
				assert_memory_equal(run[level].rec.table[tables[t]].column[c],
				                    run[0].rec.table[tables[t]].column[c],
				                    n_rows(0, tables[t]) * info->column[c].width);
		}
}

static bool is_zero(const uint8_t digest[REC_DIGEST_OCTETS])
{
	static const uint8_t zero[REC_DIGEST_OCTETS];

	return memcmp(digest, zero, sizeof zero) == 0;
}

static void each_digest_is_the_same_from_its_level_on_and_absent_below(void **state)
{
	(void)state;
	for (int level = 0; level < REC_N_level; level++) {
		const struct rec_summary *summary = &run[level].summary;
		assert_int_equal(is_zero(summary->event_digest), level < REC_LEVEL_METRICS);
		assert_int_equal(is_zero(summary->protocol_digest), level < REC_LEVEL_SAMPLES);
		assert_int_equal(summary->events, run[0].summary.events);
		if (level > REC_LEVEL_METRICS)
			assert_memory_equal(summary->event_digest,
			                    run[REC_LEVEL_METRICS].summary.event_digest, REC_DIGEST_OCTETS);
	}
	assert_memory_equal(run[REC_LEVEL_SAMPLES].summary.protocol_digest,
	                    run[REC_LEVEL_EVENTS].summary.protocol_digest, REC_DIGEST_OCTETS);
}

static void a_table_has_rows_from_its_level_on(void **state)
{
	(void)state;
	for (int t = 0; t < REC_N_TABLES; t++)
		for (int level = 0; level < (int)rec_table_info((enum rec_table)t)->level; level++)
			assert_int_equal(n_rows((enum rec_level)level, (enum rec_table)t), 0);
	assert_true(n_rows(REC_LEVEL_SAMPLES, REC_T_latency) > 3 * REC_SKETCH_EXACT);
	assert_true(n_rows(REC_LEVEL_SAMPLES, REC_T_session) > 0);
	assert_true(n_rows(REC_LEVEL_SAMPLES, REC_T_obs_radio) > 0);
	assert_int_equal(n_rows(REC_LEVEL_SAMPLES, REC_T_latency_sketch), 0);
}

/* demands, met and attempts by class. */
static void add_up_demands(enum rec_level level, uint64_t sum[REC_N_class][6])
{
	static const char *const names[] = {"reg_demands", "reg_met", "attempts", "attempts_ok",
		"dt_demands", "dt_met"};
	const uint8_t *class = COLUMN(uint8_t, level, demand, "class");

	memset(sum, 0, REC_N_class * sizeof *sum);
	for (int k = 0; k < 6; k++) {
		const uint32_t *value = column(level, REC_T_demand, names[k]);
		for (uint32_t i = 0; i < n_rows(level, REC_T_demand); i++)
			sum[class[i]][k] += value[i];
	}
}

static void demands_of_the_whole_run_are_the_same_at_every_level_in_windows_or_not(void **state)
{
	uint64_t windows[REC_N_class][6], whole[REC_N_class][6];

	(void)state;
	add_up_demands(REC_LEVEL_NONE, whole);
	assert_int_equal(n_rows(REC_LEVEL_NONE, REC_T_demand), REC_N_class);
	for (int level = REC_LEVEL_METRICS; level < REC_N_level; level++) {
		add_up_demands((enum rec_level)level, windows);
		assert_memory_equal(windows, whole, sizeof whole);
		assert_true(n_rows((enum rec_level)level, REC_T_demand) > 100);
	}
}

/* The kind of each wait, by which sketches differ, as one number; of rows and of sketches. */
static uint32_t *kinds(enum rec_level level, enum rec_table table)
{
	static const char *const key[] = {"metric", "class", "method", "access", "roaming", "outcome"};
	uint32_t n = n_rows(level, table), *kind = calloc(n + 1, sizeof *kind);

	for (int k = 0; k < 6; k++) {
		const uint8_t *digit = column(level, table, key[k]);
		for (uint32_t i = 0; i < n; i++)
			kind[i] = 8 * kind[i] + digit[i];
	}
	return kind;
}

/* Sum over the rows of a kind of what was finished; how many rows there are. */
static uint64_t sum_of(const char *name, const uint32_t *kind, uint32_t of, uint64_t *n)
{
	const int64_t *value = column(REC_LEVEL_SAMPLES, REC_T_latency, name);
	const uint8_t *outcome = column(REC_LEVEL_SAMPLES, REC_T_latency, "outcome");
	uint64_t sum = 0;

	*n = 0;
	for (uint32_t i = 0; i < n_rows(REC_LEVEL_SAMPLES, REC_T_latency); i++)
		if (kind[i] == of) {
			sum += outcome[i] == REC_OUTCOME_OK ? (uint64_t)value[i] : 0;
			++*n;
		}
	return sum;
}

static void a_sketch_has_the_count_and_the_sums_of_its_rows_to_the_nanosecond(void **state)
{
	static const char *const sums[][2] = {{"total_ns", "total_low"}, {"radio_ns", "radio_low"},
		{"transport_ns", "transport_low"}, {"queueing_ns", "queueing_low"},
		{"service_ns", "service_low"}, {"crypto_ns", "crypto_low"}, {"timer_ns", "timer_low"}};
	uint32_t *of_row = kinds(REC_LEVEL_SAMPLES, REC_T_latency);
	uint32_t *of_sketch = kinds(REC_LEVEL_METRICS, REC_T_latency_sketch);
	uint64_t in_sketches = 0, n;

	(void)state;
	for (uint32_t s = 0; s < n_rows(REC_LEVEL_METRICS, REC_T_latency_sketch); s++) {
		uint64_t sum[7], parts = 0;
		for (int k = 0; k < 7; k++) {
			const uint64_t *low = column(REC_LEVEL_METRICS, REC_T_latency_sketch, sums[k][1]);
			sum[k] = sum_of(sums[k][0], of_row, of_sketch[s], &n);
			assert_int_equal(low[s], sum[k]);
			parts += k > 0 ? sum[k] : 0;
		}
		assert_int_equal(parts, sum[0]);
		assert_int_equal(COLUMN(uint64_t, REC_LEVEL_METRICS, latency_sketch, "count")[s], n);
		in_sketches += n;
	}
	assert_int_equal(in_sketches, n_rows(REC_LEVEL_SAMPLES, REC_T_latency));
	free(of_row);
	free(of_sketch);
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Waits of a kind, sorted. */
static int64_t *sorted_rows(const uint32_t *kind, uint32_t of, uint32_t *n)
{
	const int64_t *total = COLUMN(int64_t, REC_LEVEL_SAMPLES, latency, "total_ns");
	int64_t *value = calloc(n_rows(REC_LEVEL_SAMPLES, REC_T_latency), sizeof *value);

	*n = 0;
	for (uint32_t i = 0; i < n_rows(REC_LEVEL_SAMPLES, REC_T_latency); i++)
		if (kind[i] == of)
			value[(*n)++] = total[i];
	qsort(value, *n, sizeof *value, ascending);
	return value;
}

static void the_buckets_of_a_sketch_are_its_rows_within_the_stated_error(void **state)
{
	const uint32_t *sketch = COLUMN(uint32_t, REC_LEVEL_METRICS, latency_bucket, "sketch");
	const int64_t *bucket_ns = COLUMN(int64_t, REC_LEVEL_METRICS, latency_bucket, "value_ns");
	const uint64_t *count = COLUMN(uint64_t, REC_LEVEL_METRICS, latency_bucket, "count");
	const uint8_t *exact = COLUMN(uint8_t, REC_LEVEL_METRICS, latency_sketch, "exact");
	uint32_t *of_row = kinds(REC_LEVEL_SAMPLES, REC_T_latency);
	uint32_t *of_sketch = kinds(REC_LEVEL_METRICS, REC_T_latency_sketch);
	uint32_t histograms = 0, b = 0;

	(void)state;
	for (uint32_t s = 0; s < n_rows(REC_LEVEL_METRICS, REC_T_latency_sketch); s++) {
		uint32_t n, at = 0;
		if (COLUMN(uint8_t, REC_LEVEL_METRICS, latency_sketch, "outcome")[s] != REC_OUTCOME_OK)
			continue;
		int64_t *value = sorted_rows(of_row, of_sketch[s], &n);
		histograms += !exact[s];
		for (; b < n_rows(REC_LEVEL_METRICS, REC_T_latency_bucket) && sketch[b] == s; b++)
			for (uint64_t k = 0; k < count[b]; k++, at++) {
				int64_t off = llabs(bucket_ns[b] - value[at]);
				assert_true(off <= (exact[s] ? 0 : value[at] / REC_SKETCH_ONE_IN));
			}
		assert_int_equal(at, n);
		free(value);
	}
	assert_int_equal(b, n_rows(REC_LEVEL_METRICS, REC_T_latency_bucket));
	assert_true(histograms > 0);
	free(of_row);
	free(of_sketch);
}

static void the_table_of_messages_has_as_many_of_each_fate_as_the_counters(void **state)
{
	const uint64_t *counter = COLUMN(uint64_t, REC_LEVEL_EVENTS, counter, "value");
	const uint8_t *fate = COLUMN(uint8_t, REC_LEVEL_EVENTS, message, "fate");
	const uint32_t *octets = COLUMN(uint32_t, REC_LEVEL_EVENTS, message, "octets");
	const int64_t *sent = COLUMN(int64_t, REC_LEVEL_EVENTS, message, "sent_ns");
	const int64_t *arrived = COLUMN(int64_t, REC_LEVEL_EVENTS, message, "arrived_ns");
	uint64_t n[REC_N_fate] = {0}, sum = 0;

	(void)state;
	for (uint32_t i = 0; i < n_rows(REC_LEVEL_EVENTS, REC_T_message); i++) {
		assert_true(fate[i] == REC_FATE_DELIVERED ? arrived[i] >= sent[i] : arrived[i] == -1);
		assert_true(i == 0 || sent[i] >= sent[i - 1]);
		n[fate[i]]++;
		sum += octets[i];
	}
	assert_int_equal(n_rows(REC_LEVEL_EVENTS, REC_T_message), counter[NF_COUNT_MESSAGES_SENT]);
	assert_int_equal(n[REC_FATE_DELIVERED], counter[NF_COUNT_MESSAGES_DELIVERED]);
	assert_int_equal(n[REC_FATE_LOST], counter[NF_COUNT_MESSAGES_DROPPED]);
	assert_int_equal(n[REC_FATE_IN_FLIGHT], counter[NF_COUNT_MESSAGES_IN_FLIGHT]);
	assert_int_equal(sum, counter[NF_COUNT_OCTETS_SENT]);
	assert_true(n[REC_FATE_LOST] > 100);
}

/* Of each sketch, at most what its octaves or its values take: nothing for the number of waits. */
static void what_a_run_keeps_of_its_waits_does_not_grow_with_them(void **state)
{
	uint32_t n = n_rows(REC_LEVEL_METRICS, REC_T_latency_sketch);
	const int64_t *min = COLUMN(int64_t, REC_LEVEL_METRICS, latency_sketch, "min_ns");
	const int64_t *max = COLUMN(int64_t, REC_LEVEL_METRICS, latency_sketch, "max_ns");
	const uint64_t *count = COLUMN(uint64_t, REC_LEVEL_METRICS, latency_sketch, "count");
	const uint8_t *exact = COLUMN(uint8_t, REC_LEVEL_METRICS, latency_sketch, "exact");
	size_t most = 8192; /* the index of all of them */

	(void)state;
	for (uint32_t s = 0; s < n; s++) {
		most += 1024;
		if (exact[s])
			most += 2 * 8 * count[s] + 16 * 8;
		else
			for (int64_t octave = min[s] / 2; octave < max[s]; octave *= 2)
				most += 8 << REC_SKETCH_BITS;
	}
	assert_true(rec_waits_octets(&run[REC_LEVEL_METRICS].rec) <= most);
	assert_int_equal(rec_waits_octets(&run[REC_LEVEL_SAMPLES].rec), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_and_stations_are_the_same_at_every_level),
		cmocka_unit_test(each_digest_is_the_same_from_its_level_on_and_absent_below),
		cmocka_unit_test(a_table_has_rows_from_its_level_on),
		cmocka_unit_test(demands_of_the_whole_run_are_the_same_at_every_level_in_windows_or_not),
		cmocka_unit_test(a_sketch_has_the_count_and_the_sums_of_its_rows_to_the_nanosecond),
		cmocka_unit_test(the_buckets_of_a_sketch_are_its_rows_within_the_stated_error),
		cmocka_unit_test(the_table_of_messages_has_as_many_of_each_fate_as_the_counters),
		cmocka_unit_test(what_a_run_keeps_of_its_waits_does_not_grow_with_them),
	};
	return cmocka_run_group_tests(tests, run_all, free_all);
}
