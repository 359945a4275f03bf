/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Aligned Packed Encoding Rules (ITU-T X.691, ALIGNED BASIC-PER), as much as NGAP needs of them.
 *
 * One coder for both directions: every function takes the value to write and returns the value
 * written or read, so a type is described once and is encoded and decoded by the same lines.
 * After the first failure nothing moves: reads return the lower bound, writes do nothing. The coder
 * allocates nothing and never leaves the octets that it was given.
 *
 * Leaves out: fragmented lengths (11.9.3.8: 16 K and more), real numbers, sets, unaligned PER.
 */
#ifndef MODELS_MSG_PER_H
#define MODELS_MSG_PER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PER_LENGTH_MAX = 16383 };

struct per {
	uint8_t *out;      /* encoding: here; NULL: decoding              */
	const uint8_t *in; /* decoding: from here                         */
	size_t bit, end;   /* position, and end of what may be used: bits */
	const char *what;  /* NULL, or why it failed                      */
	size_t at;         /* bit where it failed                         */
	uint8_t cause;     /* the protocol's own, of who called per_fail  */
};

struct per per_encoder(uint8_t *out, size_t room);
struct per per_decoder(const uint8_t *in, size_t n);
size_t per_octets_used(const struct per *c);
/* The first failure counts. what: constant text. */
void per_fail(struct per *c, uint8_t cause, const char *what);

void per_align(struct per *c);
uint64_t per_bits(struct per *c, uint64_t value, unsigned n); /* n <= 64 */
bool per_flag(struct per *c, bool value);
/* 11.5: constrained whole number, low <= value <= high. */
uint64_t per_whole(struct per *c, uint64_t value, uint64_t low, uint64_t high);
/* 13: with an extension marker when n_root values stand before it; beyond them: n_root + k. */
unsigned per_enumerated(struct per *c, unsigned value, unsigned n_root, bool extensible);
/* 11.9.3.5 to 8: length determinant without bounds, at most PER_LENGTH_MAX. */
size_t per_length(struct per *c, size_t n);
/* Size constraint low … high; extensible: a larger size, by the general length, is within reach. */
size_t per_size(struct per *c, size_t n, size_t low, size_t high, bool extensible);
/* 11.6: normally small length, from 1. */
size_t per_small_length(struct per *c, size_t n);
/* 17.5 to 17.7: n octets of a fixed size; above two octets they are aligned. */
void per_fixed_octets(struct per *c, uint8_t *octets, size_t n);
/* n octets, aligned, that stay where they are: *at points into what is decoded. */
void per_borrowed(struct per *c, const uint8_t **at, size_t n);

/* 11.2: what stands between is wrapped into octets with their length before them. */
struct per_open {
	size_t start; /* bit of the first octet of the contents       */
	size_t end;   /* decoding: where what was around it ends      */
	size_t next;  /* decoding: the first bit after the contents   */
};
struct per_open per_open_begin(struct per *c);
void per_open_end(struct per *c, struct per_open open);
/* Decoding only: steps over an open type. */
void per_open_skip(struct per *c);

#endif
