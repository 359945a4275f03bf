/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: TR 38.901 table 7.4.1-1 (path loss, LOS and NLOS), table 7.4.2-1 (LOS probability), the
 * standard deviations of shadow fading. Frequencies in GHz and distances in m inside the formulas;
 * the speed of light in break-point distances is 3.0e8 m/s, as notes 1 and 5 of the table say.
 * Leaves out: the random effective height of UMa above 13 m (note 1), since UEs are below; the
 * optional NLOS formulas; outdoor-to-indoor loss; correlation of the fading.
 * Sources: TR 38.901 7.4.1, 7.4.2.
 */
#include "models/radio/pathloss.h"
#include "sim/core/status.h"
#include <math.h>

static const double c_mps = 3.0e8;
static const double rma_h_m = 5, rma_w_m = 20; /* average building height and street width */
static const double pi = 3.14159265358979323846;

double pathloss_3d_m(const struct pathloss_link *link)
{
	double dh = link->h_bs_m - link->h_ut_m;
	return sqrt(link->d_2d_m * link->d_2d_m + dh * dh);
}

static double f_ghz(const struct pathloss_link *link)
{
	return link->frequency_hz / 1e9;
}

/* ---- RMa ---- */

static double rma_breakpoint_m(const struct pathloss_link *link) /* note 5 */
{
	return 2 * pi * link->h_bs_m * link->h_ut_m * link->frequency_hz / c_mps;
}

static double rma_pl1(double d_m, double f)
{
	double h = pow(rma_h_m, 1.72);
	return 20 * log10(40 * pi * d_m * f / 3) + fmin(0.03 * h, 10) * log10(d_m) -
	       fmin(0.044 * h, 14.77) + 0.002 * log10(rma_h_m) * d_m;
}

static double rma_los(const struct pathloss_link *link)
{
	double d = pathloss_3d_m(link), bp = rma_breakpoint_m(link), f = f_ghz(link);
	if (link->d_2d_m <= bp)
		return rma_pl1(d, f);
	return rma_pl1(bp, f) + 40 * log10(d / bp);
}

static double rma_nlos(const struct pathloss_link *link)
{
	double h_bs = link->h_bs_m, h = rma_h_m / h_bs, ut = log10(11.75 * link->h_ut_m);
	return 161.04 - 7.1 * log10(rma_w_m) + 7.5 * log10(rma_h_m) -
	       (24.37 - 3.7 * h * h) * log10(h_bs) +
	       (43.42 - 3.1 * log10(h_bs)) * (log10(pathloss_3d_m(link)) - 3) +
	       20 * log10(f_ghz(link)) - (3.2 * ut * ut - 4.97);
}

/* ---- UMa, UMi-StreetCanyon ---- */

/* Note 1, with h_E = 1 m: always in UMi, below 13 m in UMa. */
static double urban_breakpoint_m(const struct pathloss_link *link)
{
	return 4 * (link->h_bs_m - 1) * (link->h_ut_m - 1) * link->frequency_hz / c_mps;
}

/* intercept + slope log d before the break point; 40 log d - far log(bp^2 + dh^2) behind it. */
static double urban_los(const struct pathloss_link *link, double intercept, double slope,
                        double far)
{
	double d = pathloss_3d_m(link), bp = urban_breakpoint_m(link);
	double dh = link->h_bs_m - link->h_ut_m, f = 20 * log10(f_ghz(link));
	if (link->d_2d_m <= bp)
		return intercept + slope * log10(d) + f;
	return intercept + 40 * log10(d) + f - far * log10(bp * bp + dh * dh);
}

static double uma_los(const struct pathloss_link *link)
{
	return urban_los(link, 28.0, 22, 9);
}

static double uma_nlos(const struct pathloss_link *link)
{
	return 13.54 + 39.08 * log10(pathloss_3d_m(link)) + 20 * log10(f_ghz(link)) -
	       0.6 * (link->h_ut_m - 1.5);
}

static double umi_los(const struct pathloss_link *link)
{
	return urban_los(link, 32.4, 21, 9.5);
}

static double umi_nlos(const struct pathloss_link *link)
{
	return 35.3 * log10(pathloss_3d_m(link)) + 22.4 + 21.3 * log10(f_ghz(link)) -
	       0.3 * (link->h_ut_m - 1.5);
}

/* ---- InH-Office ---- */

static double inh_los(const struct pathloss_link *link)
{
	return 32.4 + 17.3 * log10(pathloss_3d_m(link)) + 20 * log10(f_ghz(link));
}

static double inh_nlos(const struct pathloss_link *link)
{
	return 38.3 * log10(pathloss_3d_m(link)) + 17.30 + 24.9 * log10(f_ghz(link));
}

/* ---- all ---- */

static const struct {
	double (*los)(const struct pathloss_link *);
	double (*nlos)(const struct pathloss_link *);
	double los_sd_db, nlos_sd_db;
	struct pathloss_range los_range, nlos_range;
} model[] = {
	[RADIO_RMA] = {rma_los, rma_nlos, 4, 8, /* 6 dB behind the break point */
	               {10, 10000, 10, 150, 1, 10, 0.5e9, 30e9}, /* note 6 */
	               {10, 5000, 10, 150, 1, 10, 0.5e9, 30e9}},
	[RADIO_UMA] = {uma_los, uma_nlos, 4, 6,
	               {10, 5000, 25, 25, 1.5, 13, 0.5e9, 100e9},
	               {10, 5000, 25, 25, 1.5, 13, 0.5e9, 100e9}},
	[RADIO_UMI] = {umi_los, umi_nlos, 4, 7.82,
	               {10, 5000, 10, 10, 1.5, 22.5, 0.5e9, 100e9},
	               {10, 5000, 10, 10, 1.5, 22.5, 0.5e9, 100e9}},
	[RADIO_INH] = {inh_los, inh_nlos, 3, 8.03,
	               {1, 150, 0, 150, 0, 150, 0.5e9, 100e9}, /* the table limits no height */
	               {1, 150, 0, 150, 0, 150, 0.5e9, 100e9}},
};

double pathloss_db(enum radio_environment environment, bool los, const struct pathloss_link *link)
{
	double with = model[environment].los(link);
	return los ? with : fmax(with, model[environment].nlos(link));
}

/* In both urban models: 18 m certain, then falling with `reach`. */
static double urban_los_prob(double d, double reach)
{
	return d <= 18 ? 1 : 18 / d + exp(-d / reach) * (1 - 18 / d);
}

static double inh_los_prob(double d)
{
	if (d <= 1.2)
		return 1;
	return d < 6.5 ? exp(-(d - 1.2) / 4.7) : exp(-(d - 6.5) / 32.6) * 0.32;
}

double pathloss_los_prob(enum radio_environment environment, const struct pathloss_link *link)
{
	double d = link->d_2d_m;

	switch (environment) {
	case RADIO_RMA:
		return d <= 10 ? 1 : exp(-(d - 10) / 1000);
	case RADIO_UMA: /* C'(h_UT) = 0 up to 13 m */
		return urban_los_prob(d, 63);
	case RADIO_UMI:
		return urban_los_prob(d, 36);
	case RADIO_INH:
		return inh_los_prob(d);
	}
	SIM_ASSERT(!"environment");
	return 0;
}

double pathloss_shadowing_db(enum radio_environment environment, bool los,
                             const struct pathloss_link *link)
{
	if (environment == RADIO_RMA && los && link->d_2d_m > rma_breakpoint_m(link))
		return 6;
	return los ? model[environment].los_sd_db : model[environment].nlos_sd_db;
}

const struct pathloss_range *pathloss_range(enum radio_environment environment, bool los)
{
	return los ? &model[environment].los_range : &model[environment].nlos_range;
}

static bool inside(double v, double min, double max)
{
	return v >= min && v <= max;
}

bool pathloss_in_range(enum radio_environment environment, bool los,
                       const struct pathloss_link *link)
{
	const struct pathloss_range *r = pathloss_range(environment, los);
	double d = environment == RADIO_INH ? pathloss_3d_m(link) : link->d_2d_m;

	return inside(d, r->d_min_m, r->d_max_m) &&
	       inside(link->h_bs_m, r->h_bs_min_m, r->h_bs_max_m) &&
	       inside(link->h_ut_m, r->h_ut_min_m, r->h_ut_max_m) &&
	       inside(link->frequency_hz, r->f_min_hz, r->f_max_hz);
}
