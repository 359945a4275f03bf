/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/cost.h"
#include <cmocka.h>
#include <string.h>

static void every_operation_has_one_row_of_its_own(void **state)
{
	(void)state;
	assert_int_equal(crypto_cost_section.n_rows, CRYPTO_N_OPS);
	assert_int_equal(crypto_cost_section.size, CRYPTO_N_OPS * sizeof(int64_t));
	for (size_t i = 0; i < CRYPTO_N_OPS; i++) {
		const struct sim_param *row = &crypto_cost_section.rows[i];
		assert_int_equal(row->offset, i * sizeof(int64_t));
		assert_int_equal(row->type, SIM_PAR_DURATION);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(row->key, crypto_cost_section.rows[j].key);
	}
}

static void every_default_says_where_it_comes_from(void **state)
{
	(void)state;
	for (size_t i = 0; i < CRYPTO_N_OPS; i++) {
		const char *source = crypto_cost_section.rows[i].source;
		assert_true(strstr(source, "Open5GS") || strstr(source, "OpenSSL") ||
		            strstr(source, "dtsim's own") || strstr(source, "assumption"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_operation_has_one_row_of_its_own),
		cmocka_unit_test(every_default_says_where_it_comes_from),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
