/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/record/adversary.h"
#include "models/record/truth.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static void rows_come_back_column_by_column_beyond_every_growth(void **state)
{
	(void)state;
	struct rec rec;
	rec_init(&rec);
	for (uint32_t i = 0; i < 1000; i++)
		rec_add_truth(&rec, &(struct rec_truth){.vantage = (uint8_t)(i % 2), .obs = i,
		                                        .session = 7 * i, .subject = (uint16_t)(i % 3),
		                                        .msin = UINT64_MAX - i});
	const struct rec_columns *truth = &rec.table[REC_T_truth];
	const uint8_t *vantage = truth->column[rec_column_find(REC_T_truth, "vantage")];
	const uint32_t *session = truth->column[rec_column_find(REC_T_truth, "session")];
	const uint64_t *msin = truth->column[rec_column_find(REC_T_truth, "msin")];
	assert_int_equal(truth->n, 1000);
	for (uint32_t i = 0; i < 1000; i++)
		assert_true(vantage[i] == i % 2 && session[i] == 7 * i && msin[i] == UINT64_MAX - i);
	assert_int_equal(rec.table[REC_T_latency].n, 0);
	rec_free(&rec);
	assert_int_equal(truth->n, 0);
	assert_null(truth->column[0]);
}

static void a_row_is_kept_from_the_level_of_its_table_on(void **state)
{
	(void)state;
	for (int level = REC_LEVEL_NONE; level < REC_N_level; level++) {
		struct rec rec;
		rec_init(&rec);
		rec.level = (enum rec_level)level;
		rec_add_counter(&rec, &(struct rec_counter){.value = 1});
		rec_add_latency(&rec, &(struct rec_latency){.total_ns = 1});
		assert_int_equal(rec.table[REC_T_counter].n, 1);
		assert_int_equal(rec.table[REC_T_latency].n, level >= REC_LEVEL_SAMPLES);
		rec_free(&rec);
	}
}

static void every_table_is_found_by_name_and_has_a_definition(void **state)
{
	(void)state;
	for (int t = 0; t < REC_N_TABLES; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		assert_int_equal(rec_table_find(info->name), t);
		assert_true(strlen(info->doc) > 10);
		assert_in_range(info->n_columns, 1, REC_MAX_COLUMNS);
	}
	assert_int_equal(rec_table_find("latencies"), -1);
}

static const char *after(const char *prefix, const char *text)
{
	size_t n = strlen(prefix);
	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

static int is_name_list(const char *name)
{
	for (int l = 0; l < REC_N_NAME_LISTS; l++)
		if (strcmp(rec_name_list_name((enum rec_name_list)l), name) == 0)
			return 1;
	return 0;
}

/* A unit "enum x" or "name x" must name an enumeration or list that exists. */
static void every_column_has_a_width_a_definition_and_a_meaning(void **state)
{
	static const uint32_t width[] = {
		[REC_u8] = 1, [REC_u16] = 2, [REC_u32] = 4, [REC_u64] = 8, [REC_i64] = 8};
	(void)state;
	for (int t = 0; t < REC_N_TABLES; t++)
		for (uint32_t c = 0; c < rec_table_info((enum rec_table)t)->n_columns; c++) {
			const struct rec_column_info *column = &rec_table_info((enum rec_table)t)->column[c];
			const char *of_enum = after("enum ", column->unit), *of_name = after("name ", column->unit);
			assert_int_equal(rec_column_find((enum rec_table)t, column->name), c);
			assert_int_equal(column->width, width[column->type]);
			assert_true(strlen(column->doc) > 3);
			assert_true(!of_enum || rec_enum_texts(of_enum));
			assert_true(!of_name || is_name_list(of_name));
		}
}

static void enumerations_have_one_text_for_each_value(void **state)
{
	(void)state;
	const char *const *metric = rec_enum_texts("latency_metric");
	assert_non_null(metric);
	assert_string_equal(metric[REC_M_SURGERY_READY], "surgery.ready_latency");
	assert_null(metric[REC_N_latency_metric]);
	assert_string_equal(rec_enum_texts("identity")[REC_ID_SUCI_A], "SUCI profile A");
	assert_null(rec_enum_texts("colour"));
}

static void names_keep_their_numbers_and_their_own_copy(void **state)
{
	(void)state;
	struct rec_names names = {0};
	char text[] = "Charité";
	rec_names_add(&names, REC_NAME_hospital, text);
	text[0] = 'X';
	rec_names_add(&names, REC_NAME_hospital, "La Paz");
	assert_int_equal(names.n[REC_NAME_hospital], 2);
	assert_int_equal(names.n[REC_NAME_cell], 0);
	assert_string_equal(names.text[REC_NAME_hospital][0], "Charité");
	assert_string_equal(names.text[REC_NAME_hospital][1], "La Paz");
	rec_names_free(&names);
	assert_int_equal(names.n[REC_NAME_hospital], 0);
}

/* The order of the words of `kind` is that of enum rec_adversary_kind. */
static void kinds_of_adversaries_are_in_the_order_of_their_numbers(void **state)
{
	(void)state;
	static const char *const words[] = {[REC_ADVERSARY_RADIO] = "radio",
	                                    [REC_ADVERSARY_HOSPITALS] = "hospitals",
	                                    [REC_ADVERSARY_BLIND] = "blind"};
	const struct sim_param *kind = NULL;
	char expected[64];
	for (size_t i = 0; i < rec_adversary_section.n_rows; i++)
		if (strcmp(rec_adversary_section.rows[i].key, "kind") == 0)
			kind = &rec_adversary_section.rows[i];
	assert_non_null(kind);
	snprintf(expected, sizeof expected, "%s|%s|%s", words[0], words[1], words[2]);
	assert_string_equal(kind->choices, expected);
	assert_int_equal(kind->offset, offsetof(struct rec_adversary, kind));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back_column_by_column_beyond_every_growth),
		cmocka_unit_test(a_row_is_kept_from_the_level_of_its_table_on),
		cmocka_unit_test(every_table_is_found_by_name_and_has_a_definition),
		cmocka_unit_test(every_column_has_a_width_a_definition_and_a_meaning),
		cmocka_unit_test(enumerations_have_one_text_for_each_value),
		cmocka_unit_test(names_keep_their_numbers_and_their_own_copy),
		cmocka_unit_test(kinds_of_adversaries_are_in_the_order_of_their_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
