/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people read them: a unit that fits, as many digits as the interval supports. */
#ifndef ANALYSIS_REPORT_REP_FORMAT_H
#define ANALYSIS_REPORT_REP_FORMAT_H

#include <stddef.h>

enum { REP_TEXT = 96 };

/*
 * "12.3 ms [11.9, 12.7]"; NaN lo or hi: no interval; NaN value: "undefined"; infinite: "never".
 * Units "s" and "ns" become s, ms, µs by size; "" and "1" are written without one.
 */
void rep_format_interval(char out[REP_TEXT], const char *unit, double value, double lo, double hi);
void rep_format_value(char out[REP_TEXT], const char *unit, double value);
/* "[11.9, 12.7]" with the digits and the unit of the value, "" without an interval. */
void rep_format_bounds(char out[REP_TEXT], const char *unit, double value, double lo, double hi);

/* A length of time: "2 min", "90 s", "1 h". */
void rep_format_duration(char out[REP_TEXT], double seconds);

/* "amf" as the standards write it: "AMF", "gnb Oslo 1": "gNB Oslo 1"; other names as they are. */
const char *rep_node_name(char out[REP_TEXT], const char *node);

#endif
