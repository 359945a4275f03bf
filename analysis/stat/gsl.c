/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/stat/gsl.h"
#include <gsl/gsl_errno.h>
#include <stdbool.h>
#include <stdio.h>

static bool installed;
static uint64_t errors;
static char first[256];

static void count_error(const char *reason, const char *file, int line, int code)
{
	if (errors++ == 0)
		snprintf(first, sizeof first, "%s:%d: %s (%s)", file, line, reason, gsl_strerror(code));
}

void stat_gsl_install(void)
{
	if (installed)
		return;
	gsl_set_error_handler(count_error);
	installed = true;
}

uint64_t stat_gsl_errors(void)
{
	return errors;
}

const char *stat_gsl_first_error(void)
{
	return first;
}

void stat_gsl_reset(void)
{
	errors = 0;
	first[0] = '\0';
}
