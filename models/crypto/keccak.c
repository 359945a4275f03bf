/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: Keccak-f[1600], 24 rounds of theta, rho, pi, chi, iota.
 * Leaves out: sponges: TUAK uses the permutation itself.
 * Sources: FIPS 202 3.2, 3.3.
 */
#include "models/crypto/keccak.h"

static const uint64_t round_constant[24] = {
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
	0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
	0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
	0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
	0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/*
 * Along the cycle that pi makes of all lanes but (0, 0): where a lane goes, and its rotation. The
 * steps are written out, not looped over, because the permutation is twice as fast then.
 */
#define CYCLE(STEP)                                                                                \
	STEP(10, 1) STEP(7, 3) STEP(11, 6) STEP(17, 10) STEP(18, 15) STEP(3, 21) STEP(5, 28)          \
	STEP(16, 36) STEP(8, 45) STEP(21, 55) STEP(24, 2) STEP(4, 14) STEP(15, 27) STEP(23, 41)       \
	STEP(19, 56) STEP(13, 8) STEP(12, 25) STEP(2, 43) STEP(20, 62) STEP(14, 18) STEP(22, 39)      \
	STEP(9, 61) STEP(6, 20) STEP(1, 44)
#define FOR_FIVE(DO) DO(0, 1, 2, 4) DO(1, 2, 3, 0) DO(2, 3, 4, 1) DO(3, 4, 0, 2) DO(4, 0, 1, 3)

static inline uint64_t rotl(uint64_t v, unsigned n)
{
	return v << n | v >> (64 - n);
}

static inline void theta(uint64_t a[25])
{
	uint64_t column[5], d;

#define PARITY(x, next, after, last)                                                               \
	column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
	FOR_FIVE(PARITY)
#undef PARITY
#define MIX(x, next, after, last)                                                                  \
	d = column[last] ^ rotl(column[next], 1);                                                     \
	a[x] ^= d, a[x + 5] ^= d, a[x + 10] ^= d, a[x + 15] ^= d, a[x + 20] ^= d;
	FOR_FIVE(MIX)
#undef MIX
}

static inline void rho_pi(uint64_t a[25])
{
	uint64_t moving = a[1], displaced;

#define STEP(to, rotation)                                                                         \
	displaced = a[to];                                                                            \
	a[to] = rotl(moving, rotation);                                                               \
	moving = displaced;
	CYCLE(STEP)
#undef STEP
}

static inline void chi(uint64_t a[25])
{
	for (uint64_t *row = a; row < a + 25; row += 5) {
		uint64_t r[5] = {row[0], row[1], row[2], row[3], row[4]};
#define CHI(x, next, after, last) row[x] = r[x] ^ (~r[next] & r[after]);
		FOR_FIVE(CHI)
#undef CHI
	}
}

void crypto_keccak_f1600(uint64_t lane[25])
{
	for (int round = 0; round < 24; round++) {
		theta(lane);
		rho_pi(lane);
		chi(lane);
		lane[0] ^= round_constant[round];
	}
}
