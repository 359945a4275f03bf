/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: the path-loss oracle gives what table 7.4.1-1 of TR 38.901 says, where it is one line. */
#include "tests/unit/sim/ns3/ns3_pair.h"

#include <math.h>

static double loss(int model, int los, double frequency_hz, double distance_m,
                   double terminal_height_m, double station_height_m)
{
	const double terminal_m[3] = {100 + distance_m, 50, terminal_height_m};
	const double station_m[3] = {100, 50, station_height_m};
	double loss_db = -1;

	must(ns3c_path_loss_3gpp(model, los, frequency_hz, terminal_m, station_m, &loss_db));
	return loss_db;
}

static double distance_3d(double distance_m, double terminal_height_m, double station_height_m)
{
	return hypot(distance_m, station_height_m - terminal_height_m);
}

static void same(double found, double expected)
{
	if (!(fabs(found - expected) < 1e-9))
		fail_msg("found %.12f dB, expected %.12f dB", found, expected);
}

static void line_of_sight_before_the_breakpoint_is_the_table_s(void **unused)
{
	const double d_m = 150, f_ghz = 3.5, f_db = 20 * log10(3.5);

	(void)unused;
	same(loss(NS3C_UMA, 1, f_ghz * 1e9, d_m, 1.5, 25),
	     28.0 + 22 * log10(distance_3d(d_m, 1.5, 25)) + f_db);
	same(loss(NS3C_UMI_STREET_CANYON, 1, f_ghz * 1e9, d_m, 1.5, 10),
	     32.4 + 21 * log10(distance_3d(d_m, 1.5, 10)) + f_db);
	same(loss(NS3C_INDOOR_OFFICE, 1, f_ghz * 1e9, d_m, 1.0, 3.0),
	     32.4 + 17.3 * log10(distance_3d(d_m, 1.0, 3.0)) + f_db);
}

static void a_terminal_above_the_umi_station_keeps_its_height(void **unused)
{
	(void)unused;
	same(loss(NS3C_UMI_STREET_CANYON, 1, 2e9, 30, 20, 10),
	     32.4 + 21 * log10(distance_3d(30, 20, 10)) + 20 * log10(2));
}

static void without_sight_the_loss_is_never_smaller(void **unused)
{
	static const double station_height_m[] = {35, 25, 10, 3};

	(void)unused;
	for (int m = NS3C_RMA; m <= NS3C_INDOOR_OFFICE; m++)
		for (double d_m = 20; d_m < 5000; d_m *= 2) {
			double h_m = station_height_m[m - NS3C_RMA];
			double with = loss(m, 1, 2e9, d_m, 1.5, h_m);
			double without = loss(m, 0, 2e9, d_m, 1.5, h_m);

			assert_true(with > 30 && without >= with);
		}
}

static void the_loss_is_the_same_with_and_without_a_simulator(void **unused)
{
	double without = loss(NS3C_RMA, 0, 7e8, 1000, 1.5, 35);

	(void)unused;
	must(ns3c_create(NS3C_SCHEDULER_MAP, 9, 9));
	same(loss(NS3C_RMA, 0, 7e8, 1000, 1.5, 35), without);
	must(ns3c_destroy());
}

static void positions_and_frequencies_outside_are_refused(void **unused)
{
	const double low[3] = {0, 0, 1.5}, high[3] = {100, 0, 25}, above[3] = {0, 0, 25};
	const double ten[3] = {0, 0, 10}, nan[3] = {0, 0, NAN}, ground[3] = {0, 0, 0};
	double db = -7;

	(void)unused;
	refused(ns3c_path_loss_3gpp(0, 1, 1e9, low, high, &db),
	        NS3C_E_ARGUMENT, "model is 0; allowed is 1 ... 4");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 2, 1e9, low, high, &db), NS3C_E_ARGUMENT, "los is 2");
	refused(ns3c_path_loss_3gpp(NS3C_RMA, 1, 31e9, low, high, &db), NS3C_E_ARGUMENT,
	        "allowed is 5e+08 ... 3e+10");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, NAN, low, high, &db), NS3C_E_ARGUMENT,
	        "frequency_hz is nan");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, 1e9, nan, high, &db), NS3C_E_ARGUMENT,
	        "terminal_m[2] is nan");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, 1e9, low, ground, &db), NS3C_E_ARGUMENT,
	        "station_m[2], the height, is 0");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, 1e9, low, above, &db), NS3C_E_ARGUMENT,
	        "stand above each other");
	refused(ns3c_path_loss_3gpp(NS3C_UMI_STREET_CANYON, 1, 1e9, ten, high, &db),
	        NS3C_E_ARGUMENT, "ns-3 would take the terminal for the station");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, 1e9, NULL, high, &db), NS3C_E_ARGUMENT,
	        "terminal_m is NULL");
	refused(ns3c_path_loss_3gpp(NS3C_UMA, 1, 1e9, low, high, NULL), NS3C_E_ARGUMENT,
	        "loss_db is NULL");
	assert_true(db == -7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_of_sight_before_the_breakpoint_is_the_table_s),
		cmocka_unit_test(a_terminal_above_the_umi_station_keeps_its_height),
		cmocka_unit_test(without_sight_the_loss_is_never_smaller),
		cmocka_unit_test(the_loss_is_the_same_with_and_without_a_simulator),
		cmocka_unit_test(positions_and_frequencies_outside_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
