/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether AddressSanitizer is in: it has a malloc() of its own, and memory beside each object. */
#ifndef TESTS_UNIT_SCENARIOS_SANITIZED_H
#define TESTS_UNIT_SCENARIOS_SANITIZED_H

#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#endif
