/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is counted of customers from the end of the warm-up on. Times in ns; integrals over time. */
#ifndef MODELS_QUEUE_TALLY_H
#define MODELS_QUEUE_TALLY_H

#include "models/record/record.h"
#include "models/record/sketch.h"

/* A number that changes in time, with the integrals of it and of its square. */
struct queue_level {
	uint64_t now;
	int64_t since_ns;
	double area, squares; /* ns, until since_ns */
};
void queue_level_change(struct queue_level *level, int64_t now_ns, int change);
/* Forgets the integrals; the number stays. */
void queue_level_restart(struct queue_level *level, int64_t now_ns);

/* Of customers at a station, all or those of one source. */
struct queue_tally {
	uint64_t arrivals, served, blocked, abandoned;
	uint64_t waited;               /* of those served or abandoned, who waited at all */
	struct rec_sketch wait;        /* of those served or abandoned                   */
	struct rec_sketch sojourn;     /* of those served                                */
	struct queue_level present;    /* waiting or in service                          */
};
void queue_tally_restart(struct queue_tally *tally, int64_t now_ns);
void queue_tally_free(struct queue_tally *tally);

/* Of customers that left the network, all or those of one source. */
struct queue_leaving {
	uint64_t finished, failed, attempts;
	struct rec_sketch sojourn; /* of those that finished, since they came first */
};
void queue_leaving_restart(struct queue_leaving *leaving);
void queue_leaving_free(struct queue_leaving *leaving);

/* What a row says of a station as a whole, beside its customers. */
struct queue_whole {
	double waiting, busy, up, orbit; /* integrals: waiting, occupied workers, available, orbit */
};
/* whole: NULL for one source. `source`: QUEUE_ALL, or its number. */
void queue_tally_write(struct queue_tally *tally, const struct queue_whole *whole, uint16_t station,
                       uint16_t source, int64_t measured_ns, struct rec *rec);
void queue_leaving_write(struct queue_leaving *leaving, uint16_t source, int64_t measured_ns,
                         struct rec *rec);

#endif
