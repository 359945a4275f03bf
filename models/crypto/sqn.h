/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sequence numbers of AKA at both ends (TS 33.102 Annex C): SQN = SEQ || IND, 48 bits. The home network
 * gives each vector the next SEQ and the next IND in turn; a USIM remembers for each IND the SEQ that it
 * accepted last, so that vectors used out of order are still fresh.
 */
#ifndef MODELS_CRYPTO_SQN_H
#define MODELS_CRYPTO_SQN_H

#include <stdbool.h>
#include <stdint.h>

enum { SQN_BITS = 48, SQN_IND_BITS_MAX = 5, SQN_ARRAY_MAX = 1 << SQN_IND_BITS_MAX };

/* What an operator decides when it makes cards; the home network follows the same rule. */
struct sqn_rule {
	uint8_t ind_bits;   /* of SQN that are IND, 0 … SQN_IND_BITS_MAX            */
	uint64_t delta;     /* largest jump of SEQ, at least 1 (C.2.1)              */
	uint64_t age_limit; /* L of C.2.3, in steps of SEQ; 0: no limit             */
};

/* The AuC's next: SEQ + 1, IND + 1 modulo 2^ind_bits (C.1.1.2, C.1.2). At the largest SEQ it stays. */
uint64_t sqn_next(const struct sqn_rule *rule, uint64_t sqn);
/* Whether a USIM whose highest is sqn_ms would accept sqn whatever its IND (6.3.5 step 3). */
bool sqn_in_range(const struct sqn_rule *rule, uint64_t sqn, uint64_t sqn_ms);

/* All zero: a new card. */
struct sqn_usim {
	uint64_t highest;            /* SQN_MS: accepted anywhere, SEQ || IND    */
	uint64_t seq[SQN_ARRAY_MAX]; /* SEQ_MS(i)                                */
};
/* A card that has accepted `steps` numbers of an AuC that began at 0. */
void sqn_usim_ahead(const struct sqn_rule *rule, struct sqn_usim *usim, uint64_t steps);
/* true: fresh, and remembered. false: synch failure; AUTS carries usim->highest (C.2.1 to C.2.3). */
bool sqn_accept(const struct sqn_rule *rule, struct sqn_usim *usim, uint64_t sqn);

/*
 * The same in 16 octets, of a card that has missed few numbers of an AuC that counts SEQ and IND
 * together: bit j of `recent` says that SEQ_MS of its IND is SEQ_MS - j. Bit 0 is always set.
 */
struct sqn_recent {
	uint64_t highest; /* as above */
	uint64_t recent;
};
/* false, and nothing is written: it cannot be said so. */
bool sqn_narrow(const struct sqn_rule *rule, const struct sqn_usim *usim,
                struct sqn_recent *narrow);
void sqn_widen(const struct sqn_rule *rule, const struct sqn_recent *narrow,
               struct sqn_usim *usim);

#endif
