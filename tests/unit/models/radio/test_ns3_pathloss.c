/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our path loss against ns-3's ThreeGpp…PropagationLossModel, on a grid over the models' ranges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/radio/pathloss.h"
#include "sim/ns3/ns3c.h"
#include <cmocka.h>
#include <math.h>

enum { HEIGHTS = 5, FREQUENCIES = 7, DISTANCES = 60 };
static const double tolerance_db = 1e-9;

static const enum ns3c_3gpp_model theirs[] = {[RADIO_RMA] = NS3C_RMA, [RADIO_UMA] = NS3C_UMA,
                                              [RADIO_UMI] = NS3C_UMI_STREET_CANYON,
                                              [RADIO_INH] = NS3C_INDOOR_OFFICE};

static void compare(enum radio_environment environment, bool los, const struct pathloss_link *link)
{
	const double terminal_m[3] = {link->d_2d_m, 0, link->h_ut_m};
	const double station_m[3] = {0, 0, link->h_bs_m};
	double ours = pathloss_db(environment, los, link), ns3 = 0;

	if (ns3c_path_loss_3gpp(theirs[environment], los, link->frequency_hz, terminal_m, station_m,
	                        &ns3) != NS3C_OK)
		fail_msg("%s", ns3c_error_text());
	if (!(fabs(ours - ns3) <= tolerance_db))
		fail_msg("environment %d, los %d, %g m, station %g m, terminal %g m, %g Hz: ours %.12f dB, "
		         "ns-3 %.12f dB", environment, los, link->d_2d_m, link->h_bs_m, link->h_ut_m,
		         link->frequency_hz, ours, ns3);
}

/* The i-th of n values from min to max, in equal steps or (log) equal ratios. */
static double grid(uint32_t i, uint32_t n, double min, double max, bool logarithmic)
{
	double x = (double)i / (n - 1);
	return logarithmic ? min * pow(max / min, x) : min + (max - min) * x;
}

/* Heights that are no limit of the table, or one single value. */
struct heights {
	double bs_min_m, bs_max_m, ut_min_m, ut_max_m;
};

static uint32_t compare_grid(enum radio_environment environment, bool los, struct heights h)
{
	const struct pathloss_range *r = pathloss_range(environment, los);
	uint32_t compared = 0;

	for (uint32_t i = 0; i < HEIGHTS * HEIGHTS * FREQUENCIES * DISTANCES; i++) {
		uint32_t f = i / DISTANCES % FREQUENCIES, ut = i / DISTANCES / FREQUENCIES % HEIGHTS;
		uint32_t bs = i / DISTANCES / FREQUENCIES / HEIGHTS;
		struct pathloss_link link = {
			grid(i % DISTANCES, DISTANCES, r->d_min_m, r->d_max_m, true),
			grid(bs, HEIGHTS, h.bs_min_m, h.bs_max_m, false),
			grid(ut, HEIGHTS, h.ut_min_m, h.ut_max_m, false),
			fmin(grid(f, FREQUENCIES, r->f_min_hz, r->f_max_hz, true), r->f_max_hz)};
		/* ns-3 takes the lower end for the terminal, in UMi the one that is not at 10 m */
		bool swapped = environment != RADIO_UMI && link.h_ut_m > link.h_bs_m;
		if (swapped || !pathloss_in_range(environment, los, &link))
			continue;
		compare(environment, los, &link);
		compared++;
	}
	return compared;
}

static void both_conditions(enum radio_environment environment, struct heights h)
{
	const uint32_t enough = HEIGHTS * HEIGHTS * FREQUENCIES * DISTANCES / 5; /* inside the range */
	assert_true(compare_grid(environment, true, h) > enough);
	assert_true(compare_grid(environment, false, h) > enough);
}

static void rma_is_that_of_ns3(void **state)
{
	(void)state;
	both_conditions(RADIO_RMA, (struct heights){10, 150, 1, 10});
}

static void uma_is_that_of_ns3_below_13_m(void **state)
{
	(void)state;
	both_conditions(RADIO_UMA, (struct heights){25, 25, 1.5, 12.9});
}

static void umi_is_that_of_ns3(void **state)
{
	(void)state;
	both_conditions(RADIO_UMI, (struct heights){10, 10, 1.5, 22.5});
}

static void inh_is_that_of_ns3(void **state)
{
	(void)state;
	both_conditions(RADIO_INH, (struct heights){2, 5, 0.5, 2});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rma_is_that_of_ns3),
		cmocka_unit_test(uma_is_that_of_ns3_below_13_m),
		cmocka_unit_test(umi_is_that_of_ns3),
		cmocka_unit_test(inh_is_that_of_ns3),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
