/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report: DIR/index.html, one page without script that needs nothing else, and its charts as
 * single files in DIR/charts. The same result files give the same octets.
 */
#ifndef ANALYSIS_REPORT_REPORT_H
#define ANALYSIS_REPORT_REPORT_H

#include "results/reader.h"
#include "sim/core/status.h"
#include <stddef.h>

/* Makes dir when it is missing (its parent must exist); replaces an older report in it. */
enum sim_code report_write(struct res_file *const *files, size_t n, const char *dir,
                           struct sim_err *err);

#endif
