/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/sign.h"
#include "models/nf/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void hash(struct crypto *c, const uint8_t *in, size_t n, uint8_t out[32])
{
	crypto_hash(c, &crypto_suite_real, in, n, out);
}

static void leaf(struct crypto *c, const uint8_t *part, uint8_t out[32])
{
	uint8_t in[65] = {0};

	memcpy(in + 1, part, 64);
	hash(c, in, sizeof in, out);
}

static void pair(struct crypto *c, const uint8_t *left, const uint8_t *right, uint8_t out[32])
{
	uint8_t in[65] = {1};

	memcpy(in + 1, left, 32);
	memcpy(in + 33, right, 32);
	hash(c, in, sizeof in, out);
}

/* RFC 9162 2.1.1 written out for five leaves: k = 4, so H(H(H(0,1), H(2,3)), 4). */
static void the_root_is_that_of_rfc_9162(void **state)
{
	struct crypto *c = crypto_new();
	uint8_t part[5][MANIFEST_PART_OCTETS], l[5][32], a[32], b[32], root[32];

	(void)state;
	for (uint8_t i = 0; i < 5; i++) {
		memset(part[i], i, sizeof part[i]);
		leaf(c, part[i], l[i]);
	}
	pair(c, l[0], l[1], a);
	pair(c, l[2], l[3], b);
	pair(c, a, b, a);
	pair(c, a, l[4], a);
	manifest_root(c, &crypto_suite_real, (const uint8_t(*)[MANIFEST_PART_OCTETS])part, 5, root);
	assert_memory_equal(root, a, 32);
	manifest_root(c, &crypto_suite_real, (const uint8_t(*)[MANIFEST_PART_OCTETS])part, 1, root);
	assert_memory_equal(root, l[0], 32);
	crypto_free(c);
}

static void a_change_of_any_part_changes_the_root(void **state)
{
	struct crypto *c = crypto_new();
	uint8_t part[7][MANIFEST_PART_OCTETS] = {{0}}, before[32], after[32];

	(void)state;
	manifest_root(c, &crypto_suite_real, (const uint8_t(*)[MANIFEST_PART_OCTETS])part, 7, before);
	for (int i = 0; i < 7; i++) {
		part[i][63] ^= 1;
		manifest_root(c, &crypto_suite_real, (const uint8_t(*)[MANIFEST_PART_OCTETS])part, 7,
		              after);
		assert_memory_not_equal(before, after, 32);
		part[i][63] ^= 1;
	}
	crypto_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_root_is_that_of_rfc_9162),
		cmocka_unit_test(a_change_of_any_part_changes_the_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
