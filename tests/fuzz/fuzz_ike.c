/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any octets as IKEv2, in the clear and as the inside of an SK payload whose tag is right. */
#include "models/crypto/ike_keys.h"
#include "models/crypto/prins.h"
#include "models/msg/ike.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { MOST = 2048 };
static uint8_t out[2 * MOST + 256], plain[2 * MOST + 256], again[2 * MOST + 256];
static const uint8_t keymat[CRYPTO_IKE_KEYMAT], nonce[12];

static void check(const uint8_t *in, size_t n, const struct ike_cipher *cipher)
{
	char text[1024];
	struct msg_printer p = msg_printer(text, sizeof text);
	struct ike_message m, back;
	struct msg_fault fault;

	ike_print(&p, in, n, &fault);
	if (!ike_decode(in, n, cipher, plain, &m, &fault))
		return;
	size_t k = ike_encode(&m, cipher, out, sizeof out);
	FUZZ_HOLDS(k > 0 && k == ike_length(&m));
	FUZZ_HOLDS(ike_decode(out, k, cipher, again, &back, &fault));
	FUZZ_HOLDS(back.present == m.present);
}

/* The first octet says which payload comes first, the others are the payloads. */
static void check_sealed(const uint8_t *in, size_t n, const struct ike_cipher *cipher)
{
	enum { SK = 46, VERSION = 0x20, HEADERS = IKE_HEADER + 4 + 8 };
	static uint8_t sealed[MOST + 256];
	size_t length = HEADERS + n + 16; /* the pad length stands in for the first octet */

	memset(sealed, 0, HEADERS);
	sealed[16] = SK;
	sealed[17] = VERSION;
	sealed[18] = IKE_AUTH;
	sealed[26] = (uint8_t)(length >> 8);
	sealed[27] = (uint8_t)length;
	sealed[28] = in[0];
	sealed[30] = (uint8_t)((length - IKE_HEADER) >> 8);
	sealed[31] = (uint8_t)(length - IKE_HEADER);
	memcpy(sealed + HEADERS, in + 1, n - 1);
	sealed[HEADERS + n - 1] = 0;
	crypto_gcm_seal(cipher->crypto, cipher->suite, cipher->keymat, nonce, sealed, IKE_HEADER + 4,
	                sealed + HEADERS, n, sealed + HEADERS + n);
	check(sealed, length, cipher);
}

int LLVMFuzzerTestOneInput(const uint8_t *in, size_t n)
{
	static struct crypto *c;
	static struct ike_cipher cipher = {.suite = &crypto_suite_cost, .keymat = keymat};

	if (!c)
		cipher.crypto = c = crypto_new();
	if (n > MOST)
		return 0;
	check(in, n, &cipher);
	if (n > 0)
		check_sealed(in, n, &cipher);
	return 0;
}
