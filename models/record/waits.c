/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/record/waits.h"

#include "models/record/sketch.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdlib.h>

enum {
	PARTS = 6,
	KEYS = REC_N_latency_metric * REC_N_class * REC_N_method * REC_N_access * REC_N_roaming *
	       REC_N_outcome
};

struct wait {
	uint64_t n;
	int64_t begin_ns, first_ns, last_ns; /* the last two of finished waits */
	struct rec_sketch total;
	struct rec_sum part[PARTS];
};
struct rec_waits {
	struct wait *of[KEYS]; /* NULL: none yet */
};

static uint32_t key_of(const struct rec_latency *row)
{
	uint32_t key = row->metric;

	key = key * REC_N_class + row->class;
	key = key * REC_N_method + row->method;
	key = key * REC_N_access + row->access;
	key = key * REC_N_roaming + row->roaming;
	return key * REC_N_outcome + row->outcome;
}

static struct wait *find(struct rec *rec, const struct rec_latency *row)
{
	uint32_t key = key_of(row);

	SIM_ASSERT(key < KEYS);
	if (!rec->waits)
		rec->waits = sim_memory_new("sketches of latencies", 1, sizeof *rec->waits);
	struct wait **wait = &rec->waits->of[key];
	if (!*wait) {
		*wait = sim_memory_new("a sketch of latencies", 1, sizeof **wait);
		**wait = (struct wait){.begin_ns = row->start_ns, .first_ns = INT64_MAX, .last_ns = -1};
	}
	return *wait;
}

static void add_parts(struct wait *wait, const struct rec_latency *row)
{
	const int64_t part[PARTS] = {row->radio_ns, row->transport_ns, row->queueing_ns,
		row->service_ns, row->crypto_ns, row->timer_ns};

	for (int i = 0; i < PARTS; i++)
		rec_sum_add(&wait->part[i], (uint64_t)part[i]);
}

void rec_waits_add(struct rec *rec, const struct rec_latency *row)
{
	struct wait *wait = find(rec, row);
	int64_t end_ns = row->start_ns + row->total_ns;

	wait->n++;
	wait->begin_ns = row->start_ns < wait->begin_ns ? row->start_ns : wait->begin_ns;
	if (row->outcome != REC_OUTCOME_OK)
		return;
	wait->first_ns = end_ns < wait->first_ns ? end_ns : wait->first_ns;
	wait->last_ns = end_ns > wait->last_ns ? end_ns : wait->last_ns;
	rec_sketch_add(&wait->total, row->total_ns);
	add_parts(wait, row);
}

struct bucket_writer {
	struct rec *rec;
	uint32_t sketch;
};

static void write_bucket(void *context, int64_t ns, uint64_t count)
{
	const struct bucket_writer *to = context;

	rec_add_latency_bucket(to->rec, &(struct rec_latency_bucket){.sketch = to->sketch,
		.value_ns = ns, .count = count});
}

/* The key's digits, the last one first. */
static uint8_t digit(uint32_t *key, uint32_t base)
{
	uint8_t digit = (uint8_t)(*key % base);

	*key /= base;
	return digit;
}

#define SUM(name, of) .name##_high = (of).high, .name##_low = (of).low
static void write_wait(struct rec *rec, uint32_t sketch, uint32_t key, struct wait *wait)
{
	const struct rec_sketch *total = &wait->total;
	bool any = total->n > 0;
	struct bucket_writer to = {rec, sketch};
	struct rec_latency_sketch row = {.sketch = sketch, .exact = rec_sketch_is_exact(total),
		.count = wait->n, .begin_ns = wait->begin_ns, .first_ns = any ? wait->first_ns : -1,
		.last_ns = wait->last_ns, .min_ns = any ? total->min_ns : -1,
		.max_ns = any ? total->max_ns : -1, SUM(total, total->sum), SUM(squares, total->squares),
		SUM(radio, wait->part[0]), SUM(transport, wait->part[1]), SUM(queueing, wait->part[2]),
		SUM(service, wait->part[3]), SUM(crypto, wait->part[4]), SUM(timer, wait->part[5])};

	row.outcome = digit(&key, REC_N_outcome);
	row.roaming = digit(&key, REC_N_roaming);
	row.access = digit(&key, REC_N_access);
	row.method = digit(&key, REC_N_method);
	row.class = digit(&key, REC_N_class);
	row.metric = (uint8_t)key;
	rec_add_latency_sketch(rec, &row);
	rec_sketch_each(&wait->total, write_bucket, &to);
}
#undef SUM

void rec_waits_write(struct rec *rec)
{
	uint32_t sketch = 0;

	for (uint32_t key = 0; rec->waits && key < KEYS; key++)
		if (rec->waits->of[key])
			write_wait(rec, sketch++, key, rec->waits->of[key]);
}

size_t rec_waits_octets(const struct rec *rec)
{
	size_t octets = rec->waits ? sizeof *rec->waits : 0;

	for (uint32_t key = 0; rec->waits && key < KEYS; key++) {
		const struct wait *wait = rec->waits->of[key];
		octets += wait ? sizeof *wait - sizeof wait->total + rec_sketch_octets(&wait->total) : 0;
	}
	return octets;
}

void rec_waits_free(struct rec_waits *waits)
{
	for (uint32_t key = 0; waits && key < KEYS; key++) {
		if (waits->of[key])
			rec_sketch_free(&waits->of[key]->total);
		free(waits->of[key]);
	}
	free(waits);
}
