/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmocka compares floats, not doubles. */
#ifndef TESTS_UNIT_ANALYSIS_NEAR_H
#define TESTS_UNIT_ANALYSIS_NEAR_H

#include <math.h>

#define assert_near(a, b, tolerance)                                                               \
	do {                                                                                          \
		double a_ = (a), b_ = (b);                                                                \
		if (!(fabs(a_ - b_) <= (tolerance)))                                                      \
			fail_msg("%s is %.17g, not %.17g", #a, a_, b_);                                       \
	} while (0)

#endif
