/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PRINS: the body of an N32-f message, as it is; and as the two blocks within a JWE that is
 * authentic, so that what is behind the encryption is reached: the first two octets say where the
 * blocks part.
 */
#include "models/msg/n32.h"
#include "tests/fuzz/fuzz.h"
#include <stdlib.h>
#include <string.h>

static struct n32_context context;
static struct sbi sbi;

static void decode(const uint8_t *body, uint32_t n)
{
	static const enum msg_type requests[] = {MSG_NONE, MSG_AUSF_AUTHENTICATE, MSG_UDM_UECM};
	const struct http2_message in = {.stream = 1, .body = body, .n_body = n};
	struct msg msg;

	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
		struct msg_fault fault = {0};

		memset(&msg, 0, sizeof msg);
		if (!n32_decode(&context, &sbi, &in, false, requests[i], &msg, &fault))
			FUZZ_HOLDS(fault.what && fault.cause > 0);
	}
}

static void decode_authentic(const uint8_t *blocks, uint32_t n, uint32_t first,
                             enum crypto_n32_flow flow)
{
	uint8_t nonce[12];
	json_t *outer = json_object();
	char *text;

	crypto_n32_nonce(context.keys.iv_salt[flow], 0, nonce);
	json_object_set_new(outer, "reformattedData",
	                    jose_jwe_seal(&context.jose, context.keys.key[flow], nonce, blocks, first,
	                                  blocks + first, n - first));
	text = json_dumps(outer, JSON_COMPACT);
	decode((const uint8_t *)text, (uint32_t)strlen(text));
	free(text);
	json_decref(outer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t master[64] = {1}, id[8] = {0};

	if (!context.jose.crypto) {
		const struct jose_keys keys = {crypto_new(), &crypto_suite_real};

		sbi_init(&sbi, &(struct sbi_network){.plmn = {999, 70, 2}, .routing_digits = 4});
		n32_init(&context, true, id, &keys, master);
	}
	if (size < 2 || size > 6000)
		return 0;
	decode(data, (uint32_t)size);
	const uint32_t n = (uint32_t)size - 2, first = (data[0] | (uint32_t)data[1] << 8) % (n + 1);
	decode_authentic(data + 2, n, first, CRYPTO_N32_PARALLEL_REQUEST);
	decode_authentic(data + 2, n, first, CRYPTO_N32_PARALLEL_RESPONSE);
	return 0;
}
