/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/record/sketch.h"
#include "models/record/waits.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>

/* The i-th wait of a class: 1000 i ns, a tenth of it in the radio, the rest queueing. */
static struct rec_latency wait_of(enum rec_class class, enum rec_outcome outcome, int64_t i)
{
	struct rec_latency row = {.metric = REC_M_AUTH, .class = class, .outcome = (uint8_t)outcome,
		.start_ns = 5000 + i, .total_ns = -1};

	if (outcome != REC_OUTCOME_OK)
		return row;
	row.total_ns = 1000 * i;
	row.radio_ns = 100 * i;
	row.queueing_ns = 900 * i;
	return row;
}

static void add(struct rec *rec, enum rec_class class, enum rec_outcome outcome, int64_t i)
{
	struct rec_latency row = wait_of(class, outcome, i);

	rec_waits_add(rec, &row);
}

#define COLUMN(rec, of, type, name)                                                                \
	((const type *)(rec)->table[REC_T_##of].column[rec_column_find(REC_T_##of, name)])

static void each_key_has_a_row_with_the_sums_of_its_waits(void **state)
{
	struct rec rec;

	(void)state;
	rec_init(&rec);
	for (int64_t i = 1; i <= 100; i++) {
		add(&rec, REC_CLASS_BACKGROUND, REC_OUTCOME_OK, i);
		add(&rec, REC_CLASS_SURGEON, REC_OUTCOME_OK, 2 * i);
	}
	add(&rec, REC_CLASS_SURGEON, REC_OUTCOME_FAILED, 7);
	rec_waits_write(&rec);
	assert_int_equal(rec.table[REC_T_latency_sketch].n, 3);
	const uint64_t *count = COLUMN(&rec, latency_sketch, uint64_t, "count");
	const uint64_t *total = COLUMN(&rec, latency_sketch, uint64_t, "total_low");
	const uint64_t *radio = COLUMN(&rec, latency_sketch, uint64_t, "radio_low");
	const uint64_t *queueing = COLUMN(&rec, latency_sketch, uint64_t, "queueing_low");
	const int64_t *begin = COLUMN(&rec, latency_sketch, int64_t, "begin_ns");
	const int64_t *first = COLUMN(&rec, latency_sketch, int64_t, "first_ns");
	const int64_t *last = COLUMN(&rec, latency_sketch, int64_t, "last_ns");
	const uint8_t *outcome = COLUMN(&rec, latency_sketch, uint8_t, "outcome");
	const uint8_t *class = COLUMN(&rec, latency_sketch, uint8_t, "class");
	assert_int_equal(count[0], 100);
	assert_int_equal(total[0], 2 * 5050 * 1000);
	assert_true(class[0] == REC_CLASS_SURGEON && class[2] == REC_CLASS_BACKGROUND);
	assert_true(count[1] == 1 && outcome[1] == REC_OUTCOME_FAILED && total[1] == 0);
	assert_true(begin[1] == 5007 && first[1] == -1 && last[1] == -1);
	assert_int_equal(total[2], 5050 * 1000);
	assert_true(begin[2] == 5001 && first[2] == 6001 && last[2] == 105100);
	for (int i = 0; i < 3; i++)
		assert_int_equal(radio[i] + queueing[i], total[i]);
	rec_free(&rec);
}

static void the_buckets_of_a_sketch_count_all_of_its_finished_waits(void **state)
{
	struct rec rec;

	(void)state;
	rec_init(&rec);
	for (int64_t i = 0; i < 3 * REC_SKETCH_EXACT; i++)
		add(&rec, i % 3 ? REC_CLASS_SURGEON : REC_CLASS_PROBE, REC_OUTCOME_OK, i);
	rec_waits_write(&rec);
	const uint8_t *exact = COLUMN(&rec, latency_sketch, uint8_t, "exact");
	const uint64_t *count = COLUMN(&rec, latency_sketch, uint64_t, "count");
	const uint32_t *sketch = COLUMN(&rec, latency_bucket, uint32_t, "sketch");
	const uint64_t *in_bucket = COLUMN(&rec, latency_bucket, uint64_t, "count");
	uint64_t n[2] = {0, 0};
	for (uint32_t i = 0; i < rec.table[REC_T_latency_bucket].n; i++)
		n[sketch[i]] += in_bucket[i];
	assert_true(exact[0] == 0 && exact[1] == 1);
	assert_true(n[0] == count[0] && n[1] == count[1]);
	rec_free(&rec);
}

static void memory_does_not_grow_with_the_number_of_waits(void **state)
{
	struct rec rec;
	size_t octets;

	(void)state;
	rec_init(&rec);
	assert_int_equal(rec_waits_octets(&rec), 0);
	for (int64_t i = 0; i < 10000; i++)
		add(&rec, REC_CLASS_PROBE, REC_OUTCOME_OK, i);
	octets = rec_waits_octets(&rec);
	for (int64_t i = 0; i < 300000; i++)
		add(&rec, REC_CLASS_PROBE, REC_OUTCOME_OK, i % 10000);
	assert_int_equal(rec_waits_octets(&rec), octets);
	assert_int_equal(rec.table[REC_T_latency].n, 0);
	rec_free(&rec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_has_a_row_with_the_sums_of_its_waits),
		cmocka_unit_test(the_buckets_of_a_sketch_count_all_of_its_finished_waits),
		cmocka_unit_test(memory_does_not_grow_with_the_number_of_waits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
