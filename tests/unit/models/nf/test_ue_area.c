/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TS 24.501 9.11.3.9: TAI lists as an AMF may send them. */
#include "tests/unit/models/nf/mm_fixture.h"

/* 999-70, the network of the fixture, and 001-01. */
#define HERE  0x99, 0xf9, 0x07
#define OTHER 0x00, 0xf1, 0x10

/* Of which nothing but the area matters here. */
static struct ue_more more;
static struct ue ue;

static void take(const uint8_t *octets, uint16_t n)
{
	const struct id_guti guti = {.plmn = {999, 70, 2}, .tmsi = 1};

	ue = (struct ue){.more = &more};
	ue_take_guti(&ue, true, &guti);
	ue_take_area(&ue, &(struct nas_octets){octets, n});
}

static void expect(uint8_t n, const uint32_t *tac)
{
	assert_int_equal(ue.n_area, n);
	for (uint8_t i = 0; i < n; i++)
		assert_int_equal(ue_area(&ue, i), tac[i]);
}

static void ts_24_501_9_11_3_9_type_0_lists_tacs_of_one_network(void **state)
{
	static const uint8_t list[] = {0x02, HERE, 0, 0, 7, 0, 1, 0, 0xff, 0xff, 0xfe};

	(void)state;
	take(list, sizeof list);
	expect(3, (const uint32_t[]){7, 256, 0xfffffe});
}

static void ts_24_501_9_11_3_9_type_1_is_a_run_of_consecutive_tacs(void **state)
{
	static const uint8_t list[] = {0x23, HERE, 0, 0, 0xfe};

	(void)state;
	take(list, sizeof list);
	expect(4, (const uint32_t[]){0xfe, 0xff, 0x100, 0x101});
}

static void ts_24_501_9_11_3_9_type_2_lists_whole_tais_as_open5gs_does(void **state)
{
	static const uint8_t open5gs[] = {0x40, HERE, 0, 0, 1};
	static const uint8_t mixed[] = {0x42, HERE, 0, 0, 1, OTHER, 0, 0, 2, HERE, 0, 0, 3};

	(void)state;
	take(open5gs, sizeof open5gs);
	expect(1, (const uint32_t[]){1});
	take(mixed, sizeof mixed); /* another network's area is none of this UE's */
	expect(2, (const uint32_t[]){1, 3});
}

static void ts_24_501_9_11_3_9_partial_lists_follow_one_another(void **state)
{
	static const uint8_t list[] = {0x01, HERE, 0, 0, 1, 0, 0, 2, 0x21, HERE, 0, 0, 9,
	                               0x40, HERE, 0, 0, 5};

	(void)state;
	take(list, sizeof list);
	expect(5, (const uint32_t[]){1, 2, 9, 10, 5});
}

static void ts_24_501_9_11_3_9_no_more_than_sixteen_are_kept(void **state)
{
	static const uint8_t list[] = {0x3f, HERE, 0, 0, 0, 0x21, HERE, 0, 1, 0};

	(void)state; /* number 31: "all other values are unused and shall be interpreted as 16" */
	take(list, sizeof list);
	assert_int_equal(ue.n_area, 16);
	assert_int_equal(ue_area(&ue, 15), 15);
}

static void what_is_cut_short_or_of_type_3_ends_the_list_within_bounds(void **state)
{
	static const uint8_t cut[] = {0x00, HERE, 0, 0, 1, 0x41, HERE, 0, 0, 2};
	static const uint8_t whole_network[] = {0x60, HERE, 0, 0, 1};

	(void)state;
	take(cut, sizeof cut);
	expect(1, (const uint32_t[]){1});
	take(whole_network, sizeof whole_network);
	expect(0, NULL);
	for (uint16_t n = 0; n < sizeof cut; n++)
		take(cut, n);
	take(NULL, 0);
	expect(0, NULL);
}

/* As in the trace of a real registration: Registration Accept with 54 07 40 … */
static void a_ue_with_a_list_of_type_2_does_not_update_where_it_stands(void **state)
{
	static const uint8_t open5gs[] = {0x40, HERE, 0, 0, 1};
	struct core *core = mm_registered(&crypto_suite_cost);

	(void)state;
	ue_take_area(mm_ue(core), &(struct nas_octets){open5gs, sizeof open5gs});
	assert_true(ue_in_area(mm_ue(core)));
	mm_wait(core, 130 * MM_S);
	ue_place(core->ues, 0, 0, 1);
	mm_wait(core, 2 * MM_S);
	assert_int_equal(mm_count(core, NF_COUNT_UPDATES), 0);
	core_free(core);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ts_24_501_9_11_3_9_type_0_lists_tacs_of_one_network),
		cmocka_unit_test(ts_24_501_9_11_3_9_type_1_is_a_run_of_consecutive_tacs),
		cmocka_unit_test(ts_24_501_9_11_3_9_type_2_lists_whole_tais_as_open5gs_does),
		cmocka_unit_test(ts_24_501_9_11_3_9_partial_lists_follow_one_another),
		cmocka_unit_test(ts_24_501_9_11_3_9_no_more_than_sixteen_are_kept),
		cmocka_unit_test(what_is_cut_short_or_of_type_3_ends_the_list_within_bounds),
		cmocka_unit_test(a_ue_with_a_list_of_type_2_does_not_update_where_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
