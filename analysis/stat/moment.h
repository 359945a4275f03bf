/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mean, standard deviation, entropy. Undefined is NaN; infinite samples make an infinite mean. */
#ifndef ANALYSIS_STAT_MOMENT_H
#define ANALYSIS_STAT_MOMENT_H

#include <stddef.h>

double stat_mean(const double *x, size_t n); /* NaN when n = 0                            */
double stat_sd(const double *x, size_t n);   /* n - 1 below; NaN when n < 2 or not finite */

/* Of a distribution p that sums to 1. */
double stat_entropy_bit(const double *p, size_t n); /* Shannon; 0 log 0 = 0 */
double stat_min_entropy_bit(const double *p, size_t n);
double stat_anonymity_set(const double *p, size_t n);    /* 2^H (Serjantov, Danezis)            */
double stat_anonymity_degree(const double *p, size_t n); /* H / log2 n (Diaz et al.); NaN: n < 2 */

#endif
