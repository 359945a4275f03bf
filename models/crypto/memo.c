/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the memory of the suites memoised and pooled: sets of WAYS entries, in which the entry
 * asked for longest ago makes room. Keys are uniform octets, so some of them choose the set.
 * Leaves out: an entry for a secret that does not exist (a peer's key that is no point or of small
 * order): it is found out each time, as in the real suite.
 * Sources: TS 33.501 C.3.2, C.3.3: who conceals and who reveals compute the same secret.
 */
#include "models/crypto/memo.h"
#include "models/crypto/crypto_internal.h"
#include "models/crypto/p256.h"
#include "models/crypto/sha256.h"
#include "models/crypto/x25519.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

enum { WAYS = 4, SETS_LEAST = 4096, KEY = 66, KEPT = 33 };

enum kind { EMPTY, X25519_PUBLIC, X25519_SHARED, P256_PUBLIC, P256_SHARED, DRAW };

/* key: a private key or a draw and zeros, or the lesser and the greater public key, zeros behind */
struct entry {
	uint64_t asked; /* when, by the memory's clock */
	uint8_t kind, key[KEY], kept[KEPT];
};

struct crypto_memo {
	uint32_t n_sets; /* a power of two */
	uint64_t clock, found; /* calls of find(); secrets found */
	struct entry *entry;
	uint32_t n_pool;
	uint64_t taken; /* keys of the pool */
	uint8_t seed[32];
};

struct curve {
	enum kind public, shared;
	size_t n_public;
	void (*make)(struct crypto *c, const uint8_t priv[32], uint8_t *pub);
	bool (*agree)(struct crypto *c, const uint8_t priv[32], const uint8_t *peer_pub,
	              uint8_t shared[32]);
};
static const struct curve x25519 = {X25519_PUBLIC, X25519_SHARED, 32, crypto_x25519_public,
                                    crypto_x25519_shared};
static const struct curve p256 = {P256_PUBLIC, P256_SHARED, 33, crypto_p256_public,
                                  crypto_p256_shared};

static void make_room(struct crypto_memo *memo, uint32_t n_sets)
{
	free(memo->entry);
	memo->n_sets = n_sets;
	/* Pages that no suite touches cost nothing. */
	memo->entry = calloc((size_t)n_sets * WAYS, sizeof *memo->entry);
	SIM_ASSERT(memo->entry);
}

struct crypto_memo *crypto_memo_new(void)
{
	struct crypto_memo *memo = calloc(1, sizeof *memo);

	SIM_ASSERT(memo);
	make_room(memo, SETS_LEAST);
	return memo;
}

void crypto_memo_free(struct crypto_memo *memo)
{
	free(memo->entry);
	free(memo);
}

/* The entry of that key; when there is none, one emptied for it, the one asked for longest ago. */
static struct entry *find(struct crypto_memo *memo, enum kind kind, const uint8_t key[KEY])
{
	uint32_t low, high;

	memcpy(&low, key + 4, 4);
	memcpy(&high, key + KEPT + 4, 4);
	struct entry *set = memo->entry + (size_t)((low ^ high) & (memo->n_sets - 1)) * WAYS;
	struct entry *oldest = set;
	for (struct entry *e = set; e < set + WAYS; e++) {
		if (e->kind == kind && memcmp(e->key, key, KEY) == 0) {
			e->asked = ++memo->clock;
			return e;
		}
		if (e->asked < oldest->asked)
			oldest = e;
	}
	*oldest = (struct entry){.asked = ++memo->clock, .kind = EMPTY};
	memcpy(oldest->key, key, KEY);
	return oldest;
}

static void forget(struct entry *e)
{
	e->kind = EMPTY;
	e->asked = 0;
}

static void public_of(struct crypto *c, const struct curve *curve, const uint8_t priv[32],
                      uint8_t *pub)
{
	uint8_t key[KEY] = {0};

	memcpy(key, priv, 32);
	struct entry *e = find(c->memo, curve->public, key);
	if (e->kind == EMPTY) {
		curve->make(c, priv, e->kept);
		e->kind = (uint8_t)curve->public;
	}
	memcpy(pub, e->kept, curve->n_public);
}

/* The second of the two ends that asks finds the entry, which stays there or not. */
static bool shared_of(struct crypto *c, const struct curve *curve, const uint8_t priv[32],
                      const uint8_t *peer_pub, bool stays, uint8_t shared[32])
{
	uint8_t own[KEPT], key[KEY] = {0};

	public_of(c, curve, priv, own);
	bool own_first = memcmp(own, peer_pub, curve->n_public) < 0;
	memcpy(key, own_first ? own : peer_pub, curve->n_public);
	memcpy(key + KEPT, own_first ? peer_pub : own, curve->n_public);
	struct entry *e = find(c->memo, curve->shared, key);
	bool found = e->kind != EMPTY;
	if (!found && !curve->agree(c, priv, peer_pub, e->kept)) {
		forget(e);
		return false;
	}
	e->kind = (uint8_t)curve->shared;
	memcpy(shared, e->kept, 32);
	c->memo->found += found;
	if (found && !stays)
		forget(e);
	return true;
}

void crypto_memo_x25519_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32])
{
	public_of(c, &x25519, priv, pub);
}

void crypto_memo_p256_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[33])
{
	public_of(c, &p256, priv, pub);
}

bool crypto_memo_x25519_shared(struct crypto *c, const uint8_t priv[32],
                               const uint8_t peer_pub[32], uint8_t shared[32])
{
	return shared_of(c, &x25519, priv, peer_pub, false, shared);
}

bool crypto_memo_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                             uint8_t shared[32])
{
	return shared_of(c, &p256, priv, peer_pub, false, shared);
}

bool crypto_pool_x25519_shared(struct crypto *c, const uint8_t priv[32],
                               const uint8_t peer_pub[32], uint8_t shared[32])
{
	return shared_of(c, &x25519, priv, peer_pub, true, shared);
}

bool crypto_pool_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                             uint8_t shared[32])
{
	return shared_of(c, &p256, priv, peer_pub, true, shared);
}

uint64_t crypto_remembered(const struct crypto *c)
{
	return c->memo->found;
}

/* ---- the pool ---- */

/* Public keys, and secrets with as many as seven recipients, fill the memory by half. */
void crypto_pool(struct crypto *c, uint32_t n, const uint8_t seed[32])
{
	struct crypto_memo *memo = c->memo;
	uint32_t n_sets = SETS_LEAST;

	SIM_ASSERT(n > 0 && n <= CRYPTO_POOL_MAX && memo->taken == 0);
	while (n_sets < 4 * n)
		n_sets *= 2;
	make_room(memo, n_sets);
	memo->n_pool = n;
	memcpy(memo->seed, seed, 32);
}

uint64_t crypto_pool_repeats(const struct crypto *c)
{
	const struct crypto_memo *memo = c->memo;

	return memo->taken > memo->n_pool ? memo->taken - memo->n_pool : 0;
}

static void take_next(struct crypto_memo *memo, uint8_t priv[32])
{
	uint32_t number = (uint32_t)(memo->taken++ % memo->n_pool);
	uint8_t in[36];

	memcpy(in, memo->seed, 32);
	for (int i = 0; i < 4; i++)
		in[32 + i] = (uint8_t)(number >> (24 - 8 * i));
	crypto_sha256(in, sizeof in, priv);
}

/* Who makes a SUCI again from its draw (T3519 runs: TS 24.501 5.5.1.2.2) gets its key again. */
void crypto_pool_ephemeral(struct crypto *c, const uint8_t draw[32], uint8_t priv[32])
{
	uint8_t key[KEY] = {0};

	SIM_ASSERT(c->memo->n_pool > 0);
	memcpy(key, draw, 32);
	struct entry *e = find(c->memo, DRAW, key);
	if (e->kind == EMPTY) {
		take_next(c->memo, e->kept);
		e->kind = DRAW;
	}
	memcpy(priv, e->kept, 32);
}
