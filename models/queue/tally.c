/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/queue/tally.h"

#define NS_PER_US 1e3

void queue_level_change(struct queue_level *level, int64_t now_ns, int change)
{
	double area = (double)level->now * (double)(now_ns - level->since_ns);

	level->area += area;
	level->squares += area * (double)level->now;
	level->since_ns = now_ns;
	level->now += (uint64_t)(int64_t)change;
}

void queue_level_restart(struct queue_level *level, int64_t now_ns)
{
	level->area = level->squares = 0;
	level->since_ns = now_ns;
}

void queue_tally_free(struct queue_tally *tally)
{
	rec_sketch_free(&tally->wait);
	rec_sketch_free(&tally->sojourn);
}

void queue_tally_restart(struct queue_tally *tally, int64_t now_ns)
{
	struct queue_level present = tally->present;

	queue_tally_free(tally);
	queue_level_restart(&present, now_ns);
	*tally = (struct queue_tally){.present = present};
}

void queue_leaving_free(struct queue_leaving *leaving)
{
	rec_sketch_free(&leaving->sojourn);
}

void queue_leaving_restart(struct queue_leaving *leaving)
{
	queue_leaving_free(leaving);
	*leaving = (struct queue_leaving){0};
}

/* Of an integral over ns, rounded to us: a square of 10^4 customers over a year still fits. */
static int64_t us(double ns)
{
	return (int64_t)(ns / NS_PER_US + 0.5);
}

static int64_t quantile(struct rec_sketch *sketch, double p)
{
	return sketch->n ? rec_sketch_quantile(sketch, p) : -1;
}

static int64_t sum_us(const struct rec_sketch *sketch)
{
	return us(rec_sum_value(sketch->sum));
}

void queue_tally_write(struct queue_tally *tally, const struct queue_whole *whole, uint16_t station,
                       uint16_t source, int64_t measured_ns, struct rec *rec)
{
	static const struct queue_whole none;

	whole = whole ? whole : &none;
	rec_add_queue(rec, &(struct rec_queue){
		.station = station, .source = source, .measured_us = us((double)measured_ns),
		.arrivals = tally->arrivals, .served = tally->served, .blocked = tally->blocked,
		.abandoned = tally->abandoned, .waited = tally->waited,
		.wait_us = sum_us(&tally->wait),
		.wait_p50_ns = quantile(&tally->wait, 0.5), .wait_p95_ns = quantile(&tally->wait, 0.95),
		.wait_p99_ns = quantile(&tally->wait, 0.99),
		.wait_sd_ns = tally->wait.n > 1 ? (int64_t)(rec_sketch_sd(&tally->wait) + 0.5) : -1,
		.sojourn_us = sum_us(&tally->sojourn),
		.sojourn_p50_ns = quantile(&tally->sojourn, 0.5),
		.sojourn_p95_ns = quantile(&tally->sojourn, 0.95),
		.sojourn_p99_ns = quantile(&tally->sojourn, 0.99),
		.number_us = us(tally->present.area), .squares_us = us(tally->present.squares),
		.waiting_us = us(whole->waiting), .busy_us = us(whole->busy), .up_us = us(whole->up),
		.orbit_us = us(whole->orbit)});
}

void queue_leaving_write(struct queue_leaving *leaving, uint16_t source, int64_t measured_ns,
                         struct rec *rec)
{
	rec_add_customer(rec, &(struct rec_customer){
		.source = source, .measured_us = us((double)measured_ns), .finished = leaving->finished,
		.failed = leaving->failed, .attempts = leaving->attempts,
		.sojourn_us = sum_us(&leaving->sojourn),
		.sojourn_p50_ns = quantile(&leaving->sojourn, 0.5),
		.sojourn_p95_ns = quantile(&leaving->sojourn, 0.95),
		.sojourn_p99_ns = quantile(&leaving->sojourn, 0.99)});
}
