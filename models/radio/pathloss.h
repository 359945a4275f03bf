/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Path loss, line-of-sight probability and shadow fading of TR 38.901 (tables 7.4.1-1 and 7.4.2-1):
 * RMa, UMa, UMi-StreetCanyon, InH-Office (mixed). Pure functions of doubles.
 */
#ifndef MODELS_RADIO_PATHLOSS_H
#define MODELS_RADIO_PATHLOSS_H

#include "models/radio/radio.h"

struct pathloss_link {
	double d_2d_m; /* on the ground */
	double h_bs_m, h_ut_m;
	double frequency_hz;
};

double pathloss_3d_m(const struct pathloss_link *link);

/* Mean path loss in dB, with or without line of sight. RMa: h = 5 m, W = 20 m. UMa: h_E = 1 m, so
 * h_ut_m below 13 m. Outside the model's range the formula is continued. */
double pathloss_db(enum radio_environment environment, bool los, const struct pathloss_link *link);

/* Probability of line of sight, the UE outdoors (InH: indoors, mixed office). */
double pathloss_los_prob(enum radio_environment environment, const struct pathloss_link *link);

/* Standard deviation of the lognormal shadow fading, dB. */
double pathloss_shadowing_db(enum radio_environment environment, bool los,
                             const struct pathloss_link *link);

/* Where table 7.4.1-1 applies. */
struct pathloss_range {
	double d_min_m, d_max_m; /* 2D outdoors, 3D in InH */
	double h_bs_min_m, h_bs_max_m, h_ut_min_m, h_ut_max_m;
	double f_min_hz, f_max_hz;
};
const struct pathloss_range *pathloss_range(enum radio_environment environment, bool los);
bool pathloss_in_range(enum radio_environment environment, bool los,
                       const struct pathloss_link *link);

#endif
