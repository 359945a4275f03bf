/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cryptography and NAS coding of a registration, both sides, without SBI encoding: from the
 * Registration Request to the Registration Complete by 5G-AKA with MILENAGE, NIA2 and NEA2. UE,
 * AMF, AUSF and UDM call what they call in a simulation; each message is encoded by its sender and
 * decoded by its receiver. As in a simulation, one context serves both ends and keeps what they
 * share while it stays the same: key schedules, padded keys, points that it has made.
 *
 * Held against: the sum of its primitives as `openssl speed` gives them in the same round, each
 * with one key and in a loop of its own, NAS coding counted as nothing. `openssl speed` times no
 * key pairs: one of X25519 counts as a shared secret, the same function of the base point; for one
 * of P-256, which is cheaper, OpenSSL's EVP_PKEY_generate() is timed here. Nor does it find y of a
 * compressed point (profile B): that counts as nothing.
 */
#include "bench/bench.h"
#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/id/supi.h"
#include "models/msg/nas.h"
#include "sim/core/status.h"
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <string.h>

enum { SUBSCRIBERS = 1000, MSIN_DIGITS = 10 };
static const char SNN[] = "5G:mnc070.mcc999.3gppnetwork.org";
static const struct id_plmn PLMN = {999, 70, 2};
static const uint8_t ABBA[2];

static struct crypto *c;
static const struct crypto_suite *const suite = &crypto_suite_real;

/* SplitMix64 (Steele et al., OOPSLA'14). */
static uint64_t seed = 1;
static uint64_t draw64(void)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}
static void draw(void *out, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t v = draw64();
		memcpy((uint8_t *)out + i, &v, n - i < 8 ? n - i : 8);
	}
}

/* ---- the two sides ---- */

static struct home {
	uint8_t priv[32], pub[CRYPTO_ECIES_PUBLIC_MAX];
} home[ID_SCHEME_B + 1]; /* by scheme */

static struct subscriber {
	uint8_t k[16], opc[16];
	uint64_t sqn;
	struct id_supi supi;
	char imsi[ID_SUPI_TEXT];
} subscribers[SUBSCRIBERS];

/* What an end holds of the security context. */
struct keys {
	uint8_t kausf[32], kamf[32], knas_enc[16], knas_int[16], kgnb[32];
};

struct registration {
	const struct subscriber *who; /* the UE's; the network finds it by the SUPI */
	enum id_scheme scheme;
	struct keys ue, network;
	uint8_t rand[16], xres_star[16], hxres_star[16], res_star[16], kseaf[32];
	const struct subscriber *found;
	uint8_t air[NAS_OCTETS_MAX], request[NAS_OCTETS_MAX]; /* the message now; the first one */
	uint16_t n, n_request;
};

static void derive(const uint8_t kseaf[32], const char *imsi, struct keys *keys)
{
	crypto_kamf(c, suite, kseaf, imsi, ABBA, keys->kamf);
	crypto_k_algorithm(c, suite, keys->kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2, keys->knas_enc);
	crypto_k_algorithm(c, suite, keys->kamf, CRYPTO_NAS_INT, CRYPTO_NIA2, keys->knas_int);
}

static void protect(struct registration *r, const struct keys *keys, uint32_t count,
                    enum crypto_direction direction, enum nas_security_type type,
                    const uint8_t *plain, uint16_t n)
{
	struct nas_security security = {.knas_int = keys->knas_int, .knas_enc = keys->knas_enc,
	                                .count = count, .direction = direction};

	r->n = nas_protect(c, suite, &security, type, plain, n, r->air);
}

/* What came over the air, behind a security header or plain, as message of that type. */
static void receive(const struct registration *r, const struct keys *keys, uint32_t count,
                    enum crypto_direction direction, uint8_t type, uint8_t *plain,
                    struct nas_message *m)
{
	struct nas_security security = {.knas_int = keys->knas_int, .knas_enc = keys->knas_enc,
	                                .count = count, .direction = direction};
	uint16_t n = nas_unprotect(c, suite, &security, r->air, r->n, plain);
	struct msg_fault fault;

	SIM_ASSERT(n > 0 && nas_decode(plain, n, m, &fault) && m->type == type);
}

static void receive_plain(const struct registration *r, uint8_t type, struct nas_message *m)
{
	struct msg_fault fault;

	SIM_ASSERT(nas_decode(r->air, r->n, m, &fault) && m->type == type);
}

/* ---- Registration Request ---- */

static void ue_requests(struct registration *r)
{
	struct nas_registration_request m = {.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL,
		.identity = {.kind = NAS_IDENTITY_SUCI},
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};
	struct id_suci *suci = &m.identity.suci;
	uint8_t msin[ID_MSIN_BCD_MAX], ephemeral[32];
	uint8_t n = id_msin_encode(r->who->supi, msin);

	*suci = (struct id_suci){.plmn = PLMN, .routing_digits = 1, .scheme = (uint8_t)r->scheme,
	                         .key_id = r->scheme != ID_SCHEME_NULL, .n = n};
	if (r->scheme == ID_SCHEME_NULL) {
		memcpy(suci->output, msin, n);
	} else {
		enum crypto_ecies_profile profile = (enum crypto_ecies_profile)r->scheme;
		draw(ephemeral, sizeof ephemeral);
		SIM_ASSERT(crypto_ecies_conceal(c, suite, profile, home[r->scheme].pub, ephemeral, msin, n,
		                                suci->output));
		suci->n = (uint8_t)(n + crypto_ecies_extra(profile));
	}
	r->n = r->n_request = nas_registration_request(&m, r->air);
	memcpy(r->request, r->air, r->n);
}

/* SIDF: the subscriber behind a SUCI. */
static void home_reveals(struct registration *r, const struct id_suci *suci)
{
	enum crypto_ecies_profile profile = (enum crypto_ecies_profile)suci->scheme;
	struct id_supi supi = {.plmn = suci->plmn};
	uint8_t msin[ID_SUCI_OUTPUT_MAX], n = suci->n;

	if (suci->scheme == ID_SCHEME_NULL) {
		memcpy(msin, suci->output, n);
	} else {
		SIM_ASSERT(crypto_ecies_reveal(c, suite, profile, home[suci->scheme].priv, suci->output, n,
		                               msin));
		n = (uint8_t)(n - crypto_ecies_extra(profile));
	}
	SIM_ASSERT(id_msin_decode(msin, n, &supi) && supi.msin < SUBSCRIBERS);
	r->found = &subscribers[supi.msin];
}

/* ---- authentication ---- */

static void home_makes_vector(struct registration *r, uint8_t autn[16])
{
	static const uint8_t amf[2] = {0x80, 0};
	struct crypto_subscription card = {CRYPTO_MILENAGE, r->found->k, r->found->opc};
	struct crypto_av av;
	uint8_t sqn[6];

	crypto_sqn_octets(r->found->sqn + 32, sqn);
	draw(r->rand, sizeof r->rand);
	crypto_av_generate(c, suite, &card, sqn, amf, r->rand, SNN, &av);
	memcpy(autn, av.autn, 16);
	memcpy(r->xres_star, av.xres_star, 16);
	crypto_hres_star(c, suite, r->rand, av.xres_star, r->hxres_star);
	crypto_kseaf(c, suite, av.kausf, SNN, r->kseaf);
}

static void network_challenges(struct registration *r)
{
	struct nas_authentication_request challenge = {.ngksi = 0};
	struct nas_message m;

	receive_plain(r, NAS_REGISTRATION_REQUEST, &m);
	home_reveals(r, &m.registration_request.identity.suci);
	home_makes_vector(r, challenge.autn);
	memcpy(challenge.rand, r->rand, 16);
	r->n = nas_authentication_request(&challenge, r->air);
}

static void ue_answers(struct registration *r)
{
	struct crypto_subscription card = {CRYPTO_MILENAGE, r->who->k, r->who->opc};
	struct nas_authentication_response response = {.eap = {NULL, 0}};
	struct crypto_usim_answer answer;
	struct nas_message m;

	receive_plain(r, NAS_AUTHENTICATION_REQUEST, &m);
	SIM_ASSERT(crypto_usim_authenticate(c, suite, &card, m.authentication_request.rand,
	                                    m.authentication_request.autn, SNN, &answer));
	SIM_ASSERT(crypto_sqn(answer.sqn) > r->who->sqn);
	memcpy(r->ue.kausf, answer.kausf, 32);
	memcpy(response.res_star, answer.res_star, 16);
	r->n = nas_authentication_response(&response, r->air);
}

/* ---- security mode ---- */

static void network_checks_and_commands(struct registration *r)
{
	struct nas_security_mode_command command = {.ciphering = CRYPTO_NEA2, .integrity = CRYPTO_NIA2,
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability},
		.imeisv_request = true, .additional = {true, 2}};
	uint8_t hres_star[16], plain[NAS_OCTETS_MAX];
	struct nas_message m;

	receive_plain(r, NAS_AUTHENTICATION_RESPONSE, &m);
	crypto_hres_star(c, suite, r->rand, m.authentication_response.res_star, hres_star);
	SIM_ASSERT(memcmp(hres_star, r->hxres_star, 16) == 0);
	SIM_ASSERT(memcmp(m.authentication_response.res_star, r->xres_star, 16) == 0);
	derive(r->kseaf, r->found->imsi, &r->network);
	uint16_t n = nas_security_mode_command(&command, plain);
	protect(r, &r->network, 0, CRYPTO_DOWNLINK, NAS_INTEGRITY_NEW_CONTEXT, plain, n);
}

static void ue_completes(struct registration *r)
{
	struct nas_security_mode_complete complete = {.imeisv = "4370816125816151",
		.container = {r->request, r->n_request}};
	uint8_t kseaf[32], plain[NAS_OCTETS_MAX];
	struct nas_message m;

	crypto_kseaf(c, suite, r->ue.kausf, SNN, kseaf);
	derive(kseaf, r->who->imsi, &r->ue);
	receive(r, &r->ue, 0, CRYPTO_DOWNLINK, NAS_SECURITY_MODE_COMMAND, plain, &m);
	SIM_ASSERT(memcmp(m.security_mode_command.security_capability.at, nas_ue_capability,
	                  sizeof nas_ue_capability) == 0);
	uint16_t n = nas_security_mode_complete(&complete, plain);
	protect(r, &r->ue, 0, CRYPTO_UPLINK, NAS_CIPHERED_NEW_CONTEXT, plain, n);
}

/* ---- Registration Accept, Complete ---- */

static void network_accepts(struct registration *r)
{
	static const uint8_t tai[7] = {0, 0x99, 0xf9, 0x07, 0, 0, 1}, nssai[2] = {1, 1};
	struct nas_registration_accept accept = {.result = 1, .has_guti = true,
		.guti = {.plmn = PLMN, .amf_region = 2, .amf_set = 1, .tmsi = (uint32_t)draw64()},
		.tai_list = {tai, sizeof tai}, .allowed_nssai = {nssai, sizeof nssai},
		.t3512 = {true, 0x5e}};
	uint8_t plain[NAS_OCTETS_MAX];
	struct nas_message m, inner;
	struct msg_fault fault;

	receive(r, &r->network, 0, CRYPTO_UPLINK, NAS_SECURITY_MODE_COMPLETE, plain, &m);
	SIM_ASSERT(nas_decode(m.security_mode_complete.container.at,
	                      m.security_mode_complete.container.n, &inner, &fault));
	SIM_ASSERT(inner.type == NAS_REGISTRATION_REQUEST);
	crypto_kgnb(c, suite, r->network.kamf, 0, CRYPTO_3GPP_ACCESS, r->network.kgnb);
	uint16_t n = nas_registration_accept(&accept, plain);
	protect(r, &r->network, 1, CRYPTO_DOWNLINK, NAS_CIPHERED, plain, n);
}

static void ue_takes_guti(struct registration *r)
{
	uint8_t plain[NAS_OCTETS_MAX];
	struct nas_message m;

	receive(r, &r->ue, 1, CRYPTO_DOWNLINK, NAS_REGISTRATION_ACCEPT, plain, &m);
	SIM_ASSERT(m.registration_accept.has_guti);
	crypto_kgnb(c, suite, r->ue.kamf, 0, CRYPTO_3GPP_ACCESS, r->ue.kgnb);
	SIM_ASSERT(memcmp(r->ue.kgnb, r->network.kgnb, 32) == 0);
	uint16_t n = nas_registration_complete(plain);
	protect(r, &r->ue, 1, CRYPTO_UPLINK, NAS_CIPHERED, plain, n);
}

static void run_registration(const struct subscriber *who, enum id_scheme scheme)
{
	struct registration r;
	uint8_t plain[NAS_OCTETS_MAX];
	struct nas_message m;

	r.who = who;
	r.scheme = scheme;
	ue_requests(&r);
	network_challenges(&r);
	ue_answers(&r);
	network_checks_and_commands(&r);
	ue_completes(&r);
	network_accepts(&r);
	ue_takes_guti(&r);
	receive(&r, &r.network, 1, CRYPTO_UPLINK, NAS_REGISTRATION_COMPLETE, plain, &m);
}

static void make_world(void)
{
	c = crypto_new();
	for (enum crypto_ecies_profile p = CRYPTO_ECIES_A; p <= CRYPTO_ECIES_B; p++) {
		draw(home[p].priv, 32);
		crypto_ecies_public(c, suite, p, home[p].priv, home[p].pub);
	}
	for (uint32_t i = 0; i < SUBSCRIBERS; i++) {
		struct subscriber *s = &subscribers[i];
		draw(s->k, 16);
		draw(s->opc, 16);
		s->sqn = draw64() % ((uint64_t)1 << 40);
		s->supi = (struct id_supi){.plmn = PLMN, .msin = i, .msin_digits = MSIN_DIGITS};
		id_supi_text(s->supi, s->imsi);
	}
}

/* What registrations have cost in this round. */
struct cost {
	double ns;
	uint32_t done;
};

/* A tenth of a second more. */
static void run_some(struct cost *cost, enum id_scheme scheme)
{
	double began = bench_cpu_ns();

	while (bench_cpu_ns() - began < 1e8) {
		for (uint32_t i = 0; i < 100; i++)
			run_registration(&subscribers[cost->done++ % SUBSCRIBERS], scheme);
	}
	cost->ns += bench_cpu_ns() - began;
}

/* ---- the primitives ---- */

/* ns of a key pair of P-256. */
static double key_pair(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	double began;
	uint32_t done = 0;

	SIM_ASSERT(ctx && EVP_PKEY_keygen_init(ctx) == 1);
	SIM_ASSERT(EVP_PKEY_CTX_set_group_name(ctx, "P-256") == 1);
	began = bench_cpu_ns();
	do {
		EVP_PKEY *key = NULL;
		SIM_ASSERT(EVP_PKEY_generate(ctx, &key) == 1);
		EVP_PKEY_free(key);
		done++;
	} while (bench_cpu_ns() - began < 2.5e8);
	EVP_PKEY_CTX_free(ctx);
	return (bench_cpu_ns() - began) / done;
}

/* How often a registration needs each; in_suci: how often more when the SUCI is concealed. */
static const struct primitive {
	const char *what, *speed;
	uint32_t octets, times, in_suci;
} primitives[] = {
	/* KAUSF, KSEAF, KAMF, KNASenc, KNASint, KgNB at both ends: 7 to 43 octets; SUCI: its MAC */
	{"HMAC-SHA-256 of a short text", "-hmac sha256", 43, 12, 2},
	{"HMAC-SHA-256 of 63 octets (RES*)", "-hmac sha256", 63, 2, 0},
	{"SHA-256 of 32 octets (HRES*)", "-evp sha256", 32, 2, 0},
	{"SHA-256 of 68 octets (X9.63)", "-evp sha256", 68, 0, 4},
	/* f1 two blocks, f2 to f5 four, one of which they share; at both ends */
	{"AES block (MILENAGE)", "-evp aes-128-ecb", 16, 10, 0},
	/*
	 * 8 octets and a sequence number before the message; sender and receiver. The Complete holds
	 * the Registration Request: with a SUCI it is 40 octets longer, which counts as nothing.
	 */
	{"CMAC of Security Mode Command", "-cmac aes-128-cbc", 23, 2, 0},
	{"CMAC of Security Mode Complete", "-cmac aes-128-cbc", 52, 2, 0},
	{"CMAC of Registration Accept", "-cmac aes-128-cbc", 44, 2, 0},
	{"CMAC of Registration Complete", "-cmac aes-128-cbc", 12, 2, 0},
	{"CTR of Security Mode Complete", "-evp aes-128-ctr", 43, 2, 0},
	{"CTR of Registration Accept", "-evp aes-128-ctr", 35, 2, 0},
	{"CTR of Registration Complete, SUCI", "-evp aes-128-ctr", 5, 2, 2},
};
enum { N_PRIMITIVES = sizeof primitives / sizeof *primitives };

struct round {
	double each[N_PRIMITIVES];
	double pair[ID_SCHEME_B + 1], shared[ID_SCHEME_B + 1]; /* ns; nothing for null */
	struct cost cost[ID_SCHEME_B + 1];
};

/* Ours and theirs take turns, so that a slow second of the machine meets both. */
static void measure(struct round *r)
{
	enum { TURNS = 2 };

	memset(r, 0, sizeof *r);
	for (int i = 0; i < TURNS; i++) {
		run_some(&r->cost[ID_SCHEME_A], ID_SCHEME_A);
		r->shared[ID_SCHEME_A] += bench_openssl_speed("ecdhx25519", 0) / TURNS;
		run_some(&r->cost[ID_SCHEME_A], ID_SCHEME_A);
		run_some(&r->cost[ID_SCHEME_B], ID_SCHEME_B);
		r->shared[ID_SCHEME_B] += bench_openssl_speed("ecdhp256", 0) / TURNS;
		r->pair[ID_SCHEME_B] += key_pair() / TURNS;
		run_some(&r->cost[ID_SCHEME_B], ID_SCHEME_B);
	}
	r->pair[ID_SCHEME_A] = r->shared[ID_SCHEME_A];
	for (uint32_t i = 0; i < N_PRIMITIVES; i++) {
		run_some(&r->cost[ID_SCHEME_NULL], ID_SCHEME_NULL);
		r->each[i] = bench_openssl_speed(primitives[i].speed, primitives[i].octets);
	}
}

static double ours_us(const struct round *r, int scheme)
{
	return r->cost[scheme].ns / r->cost[scheme].done / 1e3;
}

static double bound_us(const struct round *r, int scheme)
{
	double ns = r->pair[scheme] + 2 * r->shared[scheme];

	for (uint32_t i = 0; i < N_PRIMITIVES; i++) {
		ns += r->each[i] * primitives[i].times;
		if (scheme != ID_SCHEME_NULL)
			ns += r->each[i] * primitives[i].in_suci;
	}
	return ns / 1e3;
}

static void print_primitives(const struct round *r)
{
	printf("The primitives in the last round, ns each by `openssl speed`, and how often:\n");
	for (uint32_t i = 0; i < N_PRIMITIVES; i++)
		printf("  %-36s %9.1f  %2u, %u more in a SUCI\n", primitives[i].what, r->each[i],
		       primitives[i].times, primitives[i].in_suci);
	for (int scheme = ID_SCHEME_A; scheme <= ID_SCHEME_B; scheme++)
		printf("  profile %c: key pair %.1f, shared secret %.1f twice\n",
		       scheme == ID_SCHEME_A ? 'A' : 'B', r->pair[scheme], r->shared[scheme]);
}

int main(int argc, char **argv)
{
	static struct bench_result result[] = {
		{.name = "registration.suci_null"}, {.name = "registration.suci_a"},
		{.name = "registration.suci_b"}};
	FILE *to = bench_open(argc, argv);
	struct round r;

	make_world();
	for (uint32_t i = 0; i < bench_rounds(3); i++) {
		measure(&r);
		for (int scheme = ID_SCHEME_NULL; scheme <= ID_SCHEME_B; scheme++)
			bench_add(&result[scheme], ours_us(&r, scheme),
			          bound_us(&r, scheme) / ours_us(&r, scheme));
	}
	puts("Cryptography and NAS coding of a registration, both sides (wanted: a ratio of 0.85)");
	for (int scheme = ID_SCHEME_NULL; scheme <= ID_SCHEME_B; scheme++) {
		result[scheme].unit = "us";
		result[scheme].against = "the sum of its primitives by openssl speed";
		bench_report(to, &result[scheme]);
	}
	print_primitives(&r);
	crypto_free(c);
	fclose(to);
	return 0;
}
