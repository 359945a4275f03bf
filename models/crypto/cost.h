/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operation costs in *simulated* time, the same in every mode. Section `crypto_cost` of the
 * scenario; used where a service time does not already contain its cryptography.
 */
#ifndef MODELS_CRYPTO_COST_H
#define MODELS_CRYPTO_COST_H

#include "sim/core/param.h"
#include <stdint.h>

#define CRYPTO_OPEN5GS "Open5GS 2.7.7, measured on one core of a Zen 4 server"
#define CRYPTO_OPENSSL "OpenSSL 3.0, measured on one core of a Zen 4 server"
#define CRYPTO_OWN "dtsim's own, measured on one core of a Zen 4 server"

/* OP(symbol, key, default, source, doc) */
#define CRYPTO_OPS(OP)                                                                             \
	OP(MILENAGE, "milenage", "626 ns", CRYPTO_OPEN5GS, "f1 to f5 of MILENAGE, AUTN or its check") \
	OP(TUAK, "tuak", "1560 ns", CRYPTO_OWN ": two times Keccak-f[1600]",                          \
	   "f1 to f5 of TUAK, AUTN or its check")                                                     \
	OP(AUTS, "auts", "626 ns", "assumption: as much as a MILENAGE vector",                        \
	   "AUTS made or checked: f1*, f5*")                                                          \
	OP(RES_STAR, "res_star", "1705 ns", CRYPTO_OPEN5GS, "RES* or XRES*")                          \
	OP(HRES_STAR, "hres_star", "309 ns", CRYPTO_OPEN5GS, "HRES* or HXRES*")                       \
	OP(KAUSF, "kausf", "1336 ns", CRYPTO_OPEN5GS, "KAUSF")                                        \
	OP(KSEAF, "kseaf", "1351 ns", CRYPTO_OPEN5GS, "KSEAF")                                        \
	OP(KAMF, "kamf", "1564 ns", CRYPTO_OPEN5GS, "KAMF")                                           \
	OP(NAS_KEY, "nas_key", "1404 ns", CRYPTO_OPEN5GS, "one NAS algorithm key")                    \
	OP(KGNB, "kgnb", "1351 ns", "assumption: as much as KSEAF, one KDF", "KgNB")                  \
	OP(KAKMA, "kakma", "1351 ns", "assumption: as much as KSEAF, one KDF", "KAKMA or A-TID")      \
	OP(KAF, "kaf", "1351 ns", "assumption: as much as KSEAF, one KDF", "KAF")                     \
	OP(SUCI_CONCEAL, "suci_conceal", "76.1 us",                                                   \
	   CRYPTO_OPENSSL ": key pair 38.2 us, X25519 37.9 us",                                       \
	   "ECIES profile A, concealing")                                                             \
	OP(SUCI_REVEAL, "suci_reveal", "176 us",                                                      \
	   CRYPTO_OPEN5GS ": curve25519_donna 174.6 us, X9.63 KDF 1.4 us",                            \
	   "ECIES profile A, revealing")                                                              \
	OP(SUCI_CONCEAL_B, "suci_conceal_b", "59.1 us",                                               \
	   CRYPTO_OPENSSL ": key pair 11.5 us, P-256 ECDH 47.6 us", "ECIES profile B, concealing")    \
	OP(SUCI_REVEAL_B, "suci_reveal_b", "328 us",                                                  \
	   CRYPTO_OPEN5GS ": P-256 ECDH of a compressed key 326.7 us, X9.63 KDF 1.4 us",              \
	   "ECIES profile B, revealing")                                                              \
	OP(CK_IK_PRIME, "ck_ik_prime", "1336 ns", "assumption: as much as KAUSF, one KDF",            \
	   "CK' and IK' of EAP-AKA'")                                                                 \
	OP(EAP_KEYS, "eap_keys", "9457 ns", "assumption: seven HMAC of 1351 ns, the cost of KSEAF",   \
	   "MK of EAP-AKA': K_encr, K_aut, K_re, MSK, EMSK")                                          \
	OP(EAP_MAC, "eap_mac", "421 ns", CRYPTO_OPENSSL ": HMAC-SHA-256 of 108 octets",               \
	   "AT_MAC of one EAP packet, made or checked")                                               \
	OP(NAS_MAC, "nas_mac", "500 ns", "assumption: a keyed AES-CMAC of a short message",           \
	   "128-NIA2 of one NAS message")                                                             \
	OP(NAS_CIPHER, "nas_cipher", "400 ns", "assumption: a keyed AES-CTR of a short message",      \
	   "128-NEA2 of one NAS message")                                                             \
	OP(DH_KEY, "dh_key", "38200 ns", CRYPTO_OPENSSL, "X25519 key pair")                           \
	OP(DH, "dh", "37900 ns", CRYPTO_OPENSSL, "X25519 shared secret")                              \
	OP(IKE_KEYS, "ike_keys", "2499 ns",                                                           \
	   "assumption: seven HMAC-SHA-256 of 357 ns, " CRYPTO_OPENSSL,                               \
	   "SKEYSEED and the keys of an IKE SA, or of a child SA")                                    \
	OP(PRINS_KEYS, "prins_keys", "3000 ns",                                                       \
	   "assumption: eight HMAC-SHA-256 of 357 ns, " CRYPTO_OPENSSL,                               \
	   "the eight keys and IV salts of an N32-f context (PRINS)")                                 \
	OP(AEAD, "aead", "1 us", "assumption: AES-128-GCM of a message of some hundred octets",       \
	   "sealing or opening one N32-f message")                                                    \
	OP(ES256_SIGN, "es256_sign", "23 us", CRYPTO_OPENSSL ": ecdsap256", "ES256 signature")        \
	OP(ES256_VERIFY, "es256_verify", "63.1 us", CRYPTO_OPENSSL ": ecdsap256",                     \
	   "ES256 verification")                                                                      \
	OP(HASH, "hash", "309 ns", CRYPTO_OPEN5GS ": SHA-256 of HXRES*", "SHA-256 of a short text")   \
	OP(MAC, "mac", "357 ns", CRYPTO_OPENSSL, "HMAC-SHA-256 of a short text")                      \
	OP(SIGN_KEY, "sign_key", "38200 ns",                                                          \
	   "assumption: as much as an X25519 key pair, " CRYPTO_OPENSSL,                              \
	   "Ed25519 public key from a seed")                                                          \
	OP(SIGN, "sign", "39100 ns", CRYPTO_OPENSSL, "Ed25519 signature")                             \
	OP(VERIFY, "verify", "104000 ns", CRYPTO_OPENSSL, "Ed25519 verification")

#define CRYPTO_OP_NUMBER(symbol, key, fallback, source, doc) CRYPTO_OP_##symbol,
enum crypto_op { CRYPTO_OPS(CRYPTO_OP_NUMBER) CRYPTO_N_OPS };
#undef CRYPTO_OP_NUMBER

struct crypto_costs {
	int64_t ns[CRYPTO_N_OPS];
};
extern const struct sim_section crypto_cost_section;

#endif
