/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/per.h"

#include <string.h>

struct per per_encoder(uint8_t *out, size_t room)
{
	return (struct per){.out = out, .end = 8 * room};
}

struct per per_decoder(const uint8_t *in, size_t n)
{
	return (struct per){.in = in, .end = 8 * n};
}

size_t per_octets_used(const struct per *c)
{
	return (c->bit + 7) / 8;
}

void per_fail(struct per *c, uint8_t cause, const char *what)
{
	if (c->what)
		return;
	c->what = what;
	c->cause = cause;
	c->at = c->bit;
}

/* Whether n bits more are there; if not it has failed. */
static bool take(struct per *c, size_t n)
{
	if (!c->what && n > c->end - c->bit)
		per_fail(c, 0, c->out ? "no room left" : "the octets end here");
	return !c->what;
}

void per_align(struct per *c)
{
	unsigned n = (8 - c->bit % 8) % 8;

	if (take(c, n)) /* a writer has cleared the rest of the octet: per_bits */
		c->bit += n;
}

static void write_bits(struct per *c, uint64_t value, unsigned n)
{
	while (n) {
		unsigned room = 8 - c->bit % 8, k = n < room ? n : room;
		uint8_t *octet = &c->out[c->bit / 8];
		uint8_t part = (uint8_t)(value >> (n - k) & ((1u << k) - 1));

		if (room == 8)
			*octet = 0;
		*octet = (uint8_t)(*octet | part << (room - k));
		c->bit += k;
		n -= k;
	}
}

static uint64_t read_bits(struct per *c, unsigned n)
{
	uint64_t value = 0;

	while (n) {
		unsigned left = 8 - c->bit % 8, k = n < left ? n : left;
		unsigned octet = c->in[c->bit / 8];

		value = value << k | (octet >> (left - k) & ((1u << k) - 1));
		c->bit += k;
		n -= k;
	}
	return value;
}

uint64_t per_bits(struct per *c, uint64_t value, unsigned n)
{
	if (c->out && n < 64 && value >> n)
		per_fail(c, 0, "a number out of its range");
	if (!take(c, n))
		return 0;
	if (!c->out)
		return read_bits(c, n);
	write_bits(c, value, n);
	return value;
}

bool per_flag(struct per *c, bool value)
{
	return per_bits(c, value, 1);
}

static unsigned width(uint64_t value) /* bits that it needs, at least 1 */
{
	unsigned n = 1;

	while (n < 64 && value >> n)
		n++;
	return n;
}

/* 11.5.7.4: a range above 64 K: the number of octets, then the octets. */
static uint64_t large(struct per *c, uint64_t value, uint64_t range)
{
	unsigned most = (width(range) + 7) / 8;
	unsigned n = (unsigned)per_whole(c, (width(value) + 7) / 8, 1, most);

	per_align(c);
	return per_bits(c, value, 8 * n);
}

uint64_t per_whole(struct per *c, uint64_t value, uint64_t low, uint64_t high)
{
	uint64_t range = high - low, offset = value - low;

	if (c->out && (value < low || value > high))
		per_fail(c, 0, "a number out of its range");
	if (range == 0)
		return low;
	if (range < 255) {
		offset = per_bits(c, offset, width(range));
	} else if (range < 65536) {
		per_align(c);
		offset = per_bits(c, offset, range == 255 ? 8 : 16);
	} else {
		offset = large(c, offset, range);
	}
	if (offset > range)
		per_fail(c, 0, "a number out of its range");
	return c->what ? low : low + offset;
}

/* 11.6: normally small non-negative whole number. */
static unsigned small(struct per *c, unsigned value)
{
	if (!per_flag(c, value > 63))
		return (unsigned)per_bits(c, value, 6);
	size_t n = per_length(c, value > 255 ? 2 : 1);
	if (n < 1 || n > 2)
		per_fail(c, 0, "an unreasonable enumeration value");
	return c->what ? 0 : (unsigned)per_bits(c, value, 8 * (unsigned)n);
}

unsigned per_enumerated(struct per *c, unsigned value, unsigned n_root, bool extensible)
{
	if (extensible && per_flag(c, value >= n_root))
		return n_root + small(c, value - n_root);
	return (unsigned)per_whole(c, value, 0, n_root - 1);
}

size_t per_length(struct per *c, size_t n)
{
	if (n > PER_LENGTH_MAX)
		per_fail(c, 0, "a length above 16 K");
	per_align(c);
	if (!per_flag(c, n > 127))
		return per_bits(c, n, 7);
	if (per_flag(c, false))
		per_fail(c, 0, "a fragmented length");
	return per_bits(c, n, 14);
}

size_t per_size(struct per *c, size_t n, size_t low, size_t high, bool extensible)
{
	if (extensible && per_flag(c, n > high))
		return per_length(c, n);
	return (size_t)per_whole(c, n, low, high);
}

size_t per_small_length(struct per *c, size_t n)
{
	if (!per_flag(c, n > 64))
		return 1 + per_bits(c, n - 1, 6);
	return per_length(c, n);
}

void per_fixed_octets(struct per *c, uint8_t *octets, size_t n)
{
	if (n > 2)
		per_align(c);
	for (size_t i = 0; i < n; i++)
		octets[i] = (uint8_t)per_bits(c, octets[i], 8);
}

void per_borrowed(struct per *c, const uint8_t **at, size_t n)
{
	per_align(c);
	if (!take(c, 8 * n))
		return;
	if (c->out && n)
		memcpy(c->out + c->bit / 8, *at, n);
	else if (!c->out)
		*at = c->in + c->bit / 8;
	c->bit += 8 * n;
}

struct per_open per_open_begin(struct per *c)
{
	struct per_open open = {.end = c->end};
	size_t n = per_length(c, 0); /* encoding: one octet kept for it */

	open.start = c->bit;
	if (c->out)
		return open;
	if (take(c, 8 * n))
		c->end = open.next = c->bit + 8 * n;
	return open;
}

static void write_length(struct per *c, struct per_open open)
{
	size_t n, start = open.start / 8;

	if (c->bit == open.start)
		per_bits(c, 0, 8); /* 11.2.1: at least one octet */
	n = per_octets_used(c) - start;
	if (n > 127 && !take(c, 8))
		return;
	if (n > 127)
		memmove(c->out + start + 1, c->out + start, n);
	c->bit = open.start - 8;
	per_length(c, n);
	c->bit += 8 * n;
}

void per_open_end(struct per *c, struct per_open open)
{
	if (c->what)
		return;
	if (c->out) {
		write_length(c, open);
		return;
	}
	per_align(c);
	if (open.next - c->bit >= 8 && !(c->bit == open.start && open.next - c->bit == 8))
		per_fail(c, 0, "octets left over");
	c->bit = open.next;
	c->end = open.end;
}

void per_open_skip(struct per *c)
{
	size_t n = per_length(c, 0);

	if (take(c, 8 * n))
		c->bit += 8 * n;
}
