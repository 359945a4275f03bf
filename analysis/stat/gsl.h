/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GSL's error handler aborts by default; switched off, functions give 0 or NaN silently. Ours
 * counts, keeps the first sentence, and lets the caller look: no abort, no silent NaN.
 */
#ifndef ANALYSIS_STAT_GSL_H
#define ANALYSIS_STAT_GSL_H

#include <stdint.h>

/* Harmless when called again; every function of analysis/stat that needs it calls it. */
void stat_gsl_install(void);
uint64_t stat_gsl_errors(void);
const char *stat_gsl_first_error(void); /* "": none so far */
void stat_gsl_reset(void);

#endif
