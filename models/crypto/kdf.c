/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: TS 33.220 B.2 and the derivations that use it (TS 33.501 Annex A, TS 33.535 Annex A).
 * Leaves out: interworking with EPS, steering of roaming, UE parameters update: not simulated.
 * Sources: the clause stands beside each FC value.
 */
#include "models/crypto/kdf.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <string.h>

enum fc {
	FC_CK_IK_PRIME = 0x20,  /* TS 33.501 A.3  */
	FC_ALGORITHM = 0x69,    /* TS 33.501 A.8  */
	FC_KAUSF = 0x6a,        /* TS 33.501 A.2  */
	FC_RES_STAR = 0x6b,     /* TS 33.501 A.4  */
	FC_KSEAF = 0x6c,        /* TS 33.501 A.6  */
	FC_KAMF = 0x6d,         /* TS 33.501 A.7  */
	FC_KGNB = 0x6e,         /* TS 33.501 A.9  */
	FC_NH = 0x6f,           /* TS 33.501 A.10 */
	FC_KNG_RAN_STAR = 0x70, /* TS 33.501 A.11 */
	FC_KAMF_PRIME = 0x72,   /* TS 33.501 A.13 */
	FC_KAKMA = 0x80,        /* TS 33.535 A.2  */
	FC_A_TID = 0x81,        /* TS 33.535 A.3  */
	FC_KAF = 0x82           /* TS 33.535 A.4  */
};
enum { S_MAX = 256 + 1 + 4 * 2 };

void crypto_kdf(struct crypto *c, const struct crypto_suite *suite, const void *key, size_t n_key,
                uint8_t fc, const struct crypto_parameter *parameter, uint32_t n_parameters,
                uint8_t out[32])
{
	uint8_t s[S_MAX];
	size_t n = 0;

	crypto_enter(c, suite);
	s[n++] = fc;
	for (uint32_t i = 0; i < n_parameters; i++) {
		SIM_ASSERT(n + parameter[i].n + 2 <= sizeof s);
		memcpy(s + n, parameter[i].octets, parameter[i].n);
		n += parameter[i].n;
		s[n++] = (uint8_t)(parameter[i].n >> 8);
		s[n++] = (uint8_t)parameter[i].n;
	}
	suite->mac(c, key, n_key, s, n, out);
	crypto_leave(c);
}

static struct crypto_parameter octets(const void *at, size_t n)
{
	return (struct crypto_parameter){at, n};
}

static struct crypto_parameter text(const char *at)
{
	return (struct crypto_parameter){at, strlen(at)};
}

static void kdf1(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                 uint8_t fc, struct crypto_parameter p0, uint8_t out[32])
{
	crypto_kdf(c, suite, key, 32, fc, &p0, 1, out);
}

static void kdf2(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                 uint8_t fc, struct crypto_parameter p0, struct crypto_parameter p1,
                 uint8_t out[32])
{
	struct crypto_parameter p[2] = {p0, p1};
	crypto_kdf(c, suite, key, 32, fc, p, 2, out);
}

/* KEY = CK || IK */
static void ck_ik(const uint8_t ck[16], const uint8_t ik[16], uint8_t key[32])
{
	memcpy(key, ck, 16);
	memcpy(key + 16, ik, 16);
}

void crypto_kausf(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                  const uint8_t ik[16], const char *snn, const uint8_t sqn_xor_ak[6],
                  uint8_t kausf[32])
{
	uint8_t key[32];
	ck_ik(ck, ik, key);
	kdf2(c, suite, key, FC_KAUSF, text(snn), octets(sqn_xor_ak, 6), kausf);
}

void crypto_ck_ik_prime(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                        const uint8_t ik[16], const char *snn, const uint8_t sqn_xor_ak[6],
                        uint8_t ck_prime[16], uint8_t ik_prime[16])
{
	uint8_t key[32], out[32];
	ck_ik(ck, ik, key);
	kdf2(c, suite, key, FC_CK_IK_PRIME, text(snn), octets(sqn_xor_ak, 6), out);
	memcpy(ck_prime, out, 16);
	memcpy(ik_prime, out + 16, 16);
}

void crypto_res_star(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                     const uint8_t ik[16], const char *snn, const uint8_t rand[16],
                     const uint8_t *res, size_t n_res, uint8_t res_star[16])
{
	struct crypto_parameter p[3] = {text(snn), octets(rand, 16), octets(res, n_res)};
	uint8_t key[32], out[32];
	ck_ik(ck, ik, key);
	crypto_kdf(c, suite, key, 32, FC_RES_STAR, p, 3, out);
	memcpy(res_star, out + 16, 16);
}

void crypto_hres_star(struct crypto *c, const struct crypto_suite *suite, const uint8_t rand[16],
                      const uint8_t res_star[16], uint8_t hres_star[16])
{
	uint8_t in[32], out[32];
	crypto_enter(c, suite);
	memcpy(in, rand, 16);
	memcpy(in + 16, res_star, 16);
	suite->hash(c, in, sizeof in, out);
	memcpy(hres_star, out + 16, 16);
	crypto_leave(c);
}

void crypto_kseaf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *snn, uint8_t kseaf[32])
{
	kdf1(c, suite, kausf, FC_KSEAF, text(snn), kseaf);
}

void crypto_kamf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kseaf[32],
                 const char *supi, const uint8_t abba[2], uint8_t kamf[32])
{
	kdf2(c, suite, kseaf, FC_KAMF, text(supi), octets(abba, 2), kamf);
}

void crypto_k_algorithm(struct crypto *c, const struct crypto_suite *suite, const uint8_t from[32],
                        enum crypto_key_type type, uint8_t algorithm, uint8_t key[16])
{
	uint8_t distinguisher = (uint8_t)type, out[32];
	kdf2(c, suite, from, FC_ALGORITHM, octets(&distinguisher, 1), octets(&algorithm, 1), out);
	memcpy(key, out + 16, 16);
}

static void put32(uint32_t v, uint8_t out[4])
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(v >> (24 - 8 * i));
}

void crypto_kgnb(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
                 uint32_t ul_nas_count, enum crypto_access access, uint8_t kgnb[32])
{
	uint8_t count[4], distinguisher = (uint8_t)access;
	put32(ul_nas_count, count);
	kdf2(c, suite, kamf, FC_KGNB, octets(count, 4), octets(&distinguisher, 1), kgnb);
}

void crypto_nh(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
               const uint8_t sync_input[32], uint8_t nh[32])
{
	kdf1(c, suite, kamf, FC_NH, octets(sync_input, 32), nh);
}

/* The ARFCN has three octets whatever its value (A.11), unlike in LTE. */
void crypto_kng_ran_star(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t kgnb_or_nh[32], uint16_t target_pci, uint32_t arfcn_dl,
                         uint8_t key[32])
{
	uint8_t pci[2] = {(uint8_t)(target_pci >> 8), (uint8_t)target_pci}, arfcn[4];
	put32(arfcn_dl, arfcn);
	kdf2(c, suite, kgnb_or_nh, FC_KNG_RAN_STAR, octets(pci, 2), octets(arfcn + 1, 3), key);
}

void crypto_kamf_prime(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
                       uint8_t direction, uint32_t count, uint8_t kamf_prime[32])
{
	uint8_t count4[4];
	put32(count, count4);
	kdf2(c, suite, kamf, FC_KAMF_PRIME, octets(&direction, 1), octets(count4, 4), kamf_prime);
}

void crypto_kakma(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *supi, uint8_t kakma[32])
{
	kdf2(c, suite, kausf, FC_KAKMA, text("AKMA"), text(supi), kakma);
}

void crypto_a_tid(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *supi, uint8_t a_tid[32])
{
	kdf2(c, suite, kausf, FC_A_TID, text("A-TID"), text(supi), a_tid);
}

void crypto_kaf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kakma[32],
                const void *af_id, size_t n_af_id, uint8_t kaf[32])
{
	kdf1(c, suite, kakma, FC_KAF, octets(af_id, n_af_id), kaf);
}
