/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: generation that is not time-based, the array mechanism, protection against wrap-around, the
 * age limit (TS 33.102 C.1.1.2, C.1.2, C.2).
 * Leaves out: sequence numbers made from a clock (C.1.1.3), IND by domain or kind of node (C.3.4).
 * Sources: TS 33.102 Annex C, 6.3.5.
 */
#include "models/crypto/sqn.h"

static uint64_t ind_mask(const struct sqn_rule *rule)
{
	return ((uint64_t)1 << rule->ind_bits) - 1;
}

static uint64_t seq_of(const struct sqn_rule *rule, uint64_t sqn)
{
	return sqn >> rule->ind_bits;
}

static uint64_t join(const struct sqn_rule *rule, uint64_t seq, uint64_t ind)
{
	return seq << rule->ind_bits | (ind & ind_mask(rule));
}

uint64_t sqn_next(const struct sqn_rule *rule, uint64_t sqn)
{
	uint64_t largest = ((uint64_t)1 << (SQN_BITS - rule->ind_bits)) - 1;
	uint64_t seq = seq_of(rule, sqn);

	return seq >= largest ? sqn : join(rule, seq + 1, sqn + 1);
}

bool sqn_in_range(const struct sqn_rule *rule, uint64_t sqn, uint64_t sqn_ms)
{
	uint64_t seq = seq_of(rule, sqn), seq_ms = seq_of(rule, sqn_ms);

	return seq > seq_ms && seq - seq_ms <= rule->delta;
}

/* SEQ and IND grew together: SEQ_MS(i) is the largest SEQ that is i modulo the array's size. */
void sqn_usim_ahead(const struct sqn_rule *rule, struct sqn_usim *usim, uint64_t steps)
{
	uint64_t mask = ind_mask(rule);

	*usim = (struct sqn_usim){.highest = join(rule, steps, steps)};
	for (uint64_t i = 0; i <= mask; i++) {
		uint64_t back = (steps - i) & mask;
		usim->seq[i] = steps >= back ? steps - back : 0;
	}
}

bool sqn_accept(const struct sqn_rule *rule, struct sqn_usim *usim, uint64_t sqn)
{
	uint64_t seq = seq_of(rule, sqn), highest = seq_of(rule, usim->highest);
	uint64_t *last = &usim->seq[sqn & ind_mask(rule)];

	if (seq > highest && seq - highest > rule->delta)
		return false;
	if (rule->age_limit > 0 && highest > seq && highest - seq >= rule->age_limit)
		return false;
	if (seq <= *last)
		return false;
	*last = seq;
	if (seq > highest)
		usim->highest = sqn;
	return true;
}

bool sqn_narrow(const struct sqn_rule *rule, const struct sqn_usim *usim,
                struct sqn_recent *narrow)
{
	uint64_t mask = ind_mask(rule), highest = seq_of(rule, usim->highest), recent = 1;

	if (usim->highest != join(rule, highest, highest) || usim->seq[highest & mask] != highest)
		return false;
	for (uint64_t i = 0; i <= mask; i++) {
		uint64_t seq = usim->seq[i];
		if (seq == 0)
			continue;
		if ((seq & mask) != i || seq > highest || highest - seq >= 64)
			return false;
		recent |= UINT64_C(1) << (highest - seq);
	}
	*narrow = (struct sqn_recent){usim->highest, recent};
	return true;
}

void sqn_widen(const struct sqn_rule *rule, const struct sqn_recent *narrow, struct sqn_usim *usim)
{
	uint64_t mask = ind_mask(rule), highest = seq_of(rule, narrow->highest);

	*usim = (struct sqn_usim){.highest = narrow->highest};
	for (uint64_t bits = narrow->recent; bits; bits &= bits - 1) {
		uint64_t seq = highest - (uint64_t)__builtin_ctzll(bits);
		usim->seq[seq & mask] = seq;
	}
}
