/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/radio/pathloss.h"
#include <cmocka.h>
#include <math.h>

static const enum radio_environment all[] = {RADIO_RMA, RADIO_UMA, RADIO_UMI, RADIO_INH};

static struct pathloss_link usual(enum radio_environment environment, double d_2d_m)
{
	static const double h_bs_m[] = {[RADIO_RMA] = 35, [RADIO_UMA] = 25, [RADIO_UMI] = 10,
	                                [RADIO_INH] = 3};
	return (struct pathloss_link){d_2d_m, h_bs_m[environment],
	                              environment == RADIO_INH ? 1 : 1.5, 3.5e9};
}

/* TR 38.901 table 7.4.1-1, evaluated by another program. */
static void path_loss_is_what_the_table_says(void **state)
{
	(void)state;
	static const struct {
		enum radio_environment environment;
		bool los;
		struct pathloss_link link;
		double db;
	} row[] = {
		{RADIO_RMA, true, {20, 35, 1.5, 0.7e9}, 61.282672},
		{RADIO_RMA, false, {20, 35, 1.5, 0.7e9}, 62.010439},
		{RADIO_RMA, true, {100, 35, 1.5, 0.7e9}, 70.219015},
		{RADIO_RMA, false, {100, 35, 1.5, 0.7e9}, 78.694397},
		{RADIO_RMA, true, {1000, 35, 1.5, 0.7e9}, 93.381607},
		{RADIO_RMA, false, {1000, 35, 1.5, 0.7e9}, 116.444906},
		{RADIO_RMA, true, {4000, 35, 1.5, 0.7e9}, 117.454874},
		{RADIO_RMA, false, {4000, 35, 1.5, 0.7e9}, 139.695703},
		{RADIO_UMA, true, {20, 25, 1.5, 3.5e9}, 71.647622},
		{RADIO_UMA, false, {20, 25, 1.5, 3.5e9}, 82.626155},
		{RADIO_UMA, true, {100, 25, 1.5, 3.5e9}, 83.138157},
		{RADIO_UMA, false, {100, 25, 1.5, 3.5e9}, 103.037524},
		{RADIO_UMA, true, {1000, 25, 1.5, 3.5e9}, 109.411895},
		{RADIO_UMA, false, {1000, 25, 1.5, 3.5e9}, 141.666046},
		{RADIO_UMA, true, {4000, 25, 1.5, 3.5e9}, 133.489799},
		{RADIO_UMA, false, {4000, 25, 1.5, 3.5e9}, 165.190158},
		{RADIO_UMI, true, {20, 10, 1.5, 3.5e9}, 71.360167},
		{RADIO_UMI, false, {20, 10, 1.5, 3.5e9}, 81.187785},
		{RADIO_UMI, true, {100, 10, 1.5, 3.5e9}, 85.314189},
		{RADIO_UMI, false, {100, 10, 1.5, 3.5e9}, 104.643832},
		{RADIO_UMI, true, {1000, 10, 1.5, 3.5e9}, 119.153068},
		{RADIO_UMI, false, {1000, 10, 1.5, 3.5e9}, 139.889203},
		{RADIO_UMI, true, {4000, 10, 1.5, 3.5e9}, 143.234879},
		{RADIO_UMI, false, {4000, 10, 1.5, 3.5e9}, 161.141402},
		{RADIO_INH, true, {5, 3, 1, 3.5e9}, 55.931104},
		{RADIO_INH, false, {5, 3, 1, 3.5e9}, 58.852216},
		{RADIO_INH, true, {60, 3, 1, 3.5e9}, 74.047549},
		{RADIO_INH, false, {60, 3, 1, 3.5e9}, 98.959723},
		{RADIO_INH, true, {140, 3, 1, 3.5e9}, 80.410142},
		{RADIO_INH, false, {140, 3, 1, 3.5e9}, 113.045695},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		double db = pathloss_db(row[i].environment, row[i].los, &row[i].link);
		assert_true(fabs(db - row[i].db) < 1e-6);
	}
}

static void an_obstacle_never_helps(void **state)
{
	(void)state;
	for (int e = 0; e < 4; e++)
		for (double d = 1; d < 5000; d *= 1.1) {
			struct pathloss_link link = usual(all[e], d);
			assert_true(pathloss_db(all[e], false, &link) >= pathloss_db(all[e], true, &link));
		}
}

static void loss_grows_with_distance_through_the_break_point(void **state)
{
	(void)state;
	for (int e = 0; e < 4; e++)
		for (int los = 0; los < 2; los++) {
			double before = -1e9;
			for (double d = 10; d < 5000; d += 0.5) {
				struct pathloss_link link = usual(all[e], d);
				double now = pathloss_db(all[e], los, &link);
				assert_true(now > before);
				assert_true(before < 0 || now - before < 1); /* no jump at the break point */
				before = now;
			}
		}
}

static double los_prob(enum radio_environment environment, double d)
{
	struct pathloss_link link = usual(environment, d);
	return pathloss_los_prob(environment, &link);
}

/* Where an exponential of table 7.4.2-1 is 1/e. */
static void line_of_sight_is_as_likely_as_the_table_says(void **state)
{
	(void)state;
	const double e = exp(-1);
	assert_true(los_prob(RADIO_RMA, 10) == 1 && los_prob(RADIO_UMA, 18) == 1);
	assert_true(los_prob(RADIO_UMI, 18) == 1 && los_prob(RADIO_INH, 1.2) == 1);
	assert_true(fabs(los_prob(RADIO_RMA, 1010) - e) < 1e-12);
	assert_true(fabs(los_prob(RADIO_UMA, 63) - (18 / 63.0 + e * (1 - 18 / 63.0))) < 1e-12);
	assert_true(fabs(los_prob(RADIO_UMI, 36) - (0.5 + e * 0.5)) < 1e-12);
	assert_true(fabs(los_prob(RADIO_INH, 5.9) - e) < 1e-12);
	assert_true(fabs(los_prob(RADIO_INH, 39.1) - 0.32 * e) < 1e-12);
}

static void shadowing_in_rma_widens_behind_the_break_point(void **state)
{
	(void)state;
	struct pathloss_link near = {700, 35, 1.5, 0.7e9}, far = {800, 35, 1.5, 0.7e9}; /* at 769.7 m */
	assert_true(pathloss_shadowing_db(RADIO_RMA, true, &near) == 4);
	assert_true(pathloss_shadowing_db(RADIO_RMA, true, &far) == 6);
	assert_true(pathloss_shadowing_db(RADIO_RMA, false, &far) == 8);
	assert_true(pathloss_shadowing_db(RADIO_UMA, false, &far) == 6);
	assert_true(pathloss_shadowing_db(RADIO_UMI, false, &far) == 7.82);
	assert_true(pathloss_shadowing_db(RADIO_INH, false, &far) == 8.03);
}

static void a_link_outside_the_table_is_out_of_range(void **state)
{
	(void)state;
	struct pathloss_link link = usual(RADIO_UMA, 500);
	assert_true(pathloss_in_range(RADIO_UMA, true, &link));
	link.h_ut_m = 14;
	assert_false(pathloss_in_range(RADIO_UMA, true, &link));
	link = usual(RADIO_UMA, 9);
	assert_false(pathloss_in_range(RADIO_UMA, true, &link));
	link = usual(RADIO_RMA, 6000);
	assert_true(pathloss_in_range(RADIO_RMA, true, &link));
	assert_false(pathloss_in_range(RADIO_RMA, false, &link));
	link.frequency_hz = 31e9;
	assert_false(pathloss_in_range(RADIO_RMA, true, &link));
	link = usual(RADIO_INH, 151);
	assert_false(pathloss_in_range(RADIO_INH, true, &link));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(path_loss_is_what_the_table_says),
		cmocka_unit_test(an_obstacle_never_helps),
		cmocka_unit_test(loss_grows_with_distance_through_the_break_point),
		cmocka_unit_test(line_of_sight_is_as_likely_as_the_table_says),
		cmocka_unit_test(shadowing_in_rma_widens_behind_the_break_point),
		cmocka_unit_test(a_link_outside_the_table_is_out_of_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
