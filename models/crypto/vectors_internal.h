/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One case of a file of known answers while it is computed: for vectors*.c. */
#ifndef MODELS_CRYPTO_VECTORS_INTERNAL_H
#define MODELS_CRYPTO_VECTORS_INTERNAL_H

#include "models/crypto/vectors.h"
#include "models/crypto/suite.h"
#include <jansson.h>

enum { VEC_OCTETS_MAX = 4096, VEC_ANSWERS_MAX = 128, VEC_POOL = 3 * VEC_OCTETS_MAX,
       VEC_TEXT_MAX = 200 };

struct vec {
	struct crypto *c;
	const struct crypto_suite *suite; /* the real one */
	const char *path, *name;
	json_t *in, *out;
	struct sim_err *err; /* set with `malformed` */
	bool malformed;
	char why[1024]; /* what is wrong with the answers; "" so far nothing */
	/* what was computed: names and octets in the pool */
	uint32_t n_answers;
	struct {
		const char *name;
		size_t at, n;
	} answer[VEC_ANSWERS_MAX];
	size_t used;
	uint8_t pool[VEC_POOL];
};

/*
 * Inputs. A malformed value is said in v->err and counts as absent: false, 0 or "". Whether a case
 * has all that a computation needs: vec_has() of each, separated by blanks.
 */
bool vec_has(const struct vec *v, const char *names);
const char *vec_text(struct vec *v, const char *name); /* VEC_TEXT_MAX octets at most */
uint32_t vec_number(struct vec *v, const char *name);
bool vec_octets(struct vec *v, const char *name, uint8_t *out, size_t n); /* exactly n */
size_t vec_string(struct vec *v, const char *name, uint8_t out[VEC_OCTETS_MAX]);
/* The number of octets of an output as the case gives it; `otherwise` when it has none such. */
uint8_t vec_length(const struct vec *v, const char *output, uint8_t otherwise);

void vec_answer(struct vec *v, const char *name, const void *octets, size_t n);
/* The answer of that name so far; NULL when there is none. */
const uint8_t *vec_find(const struct vec *v, const char *name, size_t *n);
/* The other end of a protocol came to something else than an answer: the case fails. */
void vec_disagree(struct vec *v, const char *what);

/* What the AKA functions give, computed or read. */
struct vec_aka {
	uint8_t k[32], opc[32], rand[16], sqn[6], amf[2];
	uint8_t ck[16], ik[16], ak[6], sqn_xor_ak[6], res[VEC_OCTETS_MAX];
	size_t n_res;
	bool keys;     /* ck, ik and sqn_xor_ak are known */
	bool response; /* rand and res are known too      */
};

void vec_aka(struct vec *v, struct vec_aka *x); /* vectors_aka.c */

/* Compute what follows from the inputs that are there. */
void vec_keys(struct vec *v);      /* AKA, the hierarchy, EAP-AKA': vectors_keys.c */
void vec_suci(struct vec *v);      /* ECIES: vectors_suci.c                        */
void vec_jose(struct vec *v);      /* HKDF, N32 keys, AES-GCM, ES256: vectors_jose.c */
void vec_symmetric(struct vec *v); /* CMAC, HMAC, NIA2, NEA2: vectors_symmetric.c  */

#endif
