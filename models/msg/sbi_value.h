/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by sbi_text.c and sbi_identity.c: values as text, one pair of functions each. */
#ifndef MODELS_MSG_SBI_VALUE_H
#define MODELS_MSG_SBI_VALUE_H

#include "models/msg/sbi_internal.h"

/* Where a value stands: whose network, in which member. */
struct sbi_place {
	const struct sbi *sbi;
	const struct sbi_member *member;
};

bool sbi_equals(const char *text, uint32_t n, const char *expected);
/* Without a final NUL; return what was written. */
uint32_t sbi_put(char *out, const char *text);
uint32_t sbi_put_hex(char *out, const uint8_t *octets, uint32_t n);
void sbi_put_digits(char *out, uint64_t value, uint32_t n);
bool sbi_get_hex(const char *text, uint32_t n_text, uint8_t *octets, uint32_t n);
bool sbi_get_digits(const char *text, uint32_t n, uint64_t *value); /* n at most 19 */

#define SBI_VALUES(VALUE)                                                                          \
	VALUE(subscription)                                                                           \
	VALUE(key)                                                                                    \
	VALUE(vector)                                                                                 \
	VALUE(twin)                                                                                   \
	VALUE(identity)                                                                               \
	VALUE(context)                                                                                \
	VALUE(a_kid)                                                                                  \
	VALUE(af)                                                                                     \
	VALUE(network)                                                                                \
	VALUE(plmn)                                                                                   \
	VALUE(mcc)                                                                                    \
	VALUE(mnc)                                                                                    \
	VALUE(domain)                                                                                 \
	VALUE(home_domain)                                                                            \
	VALUE(routing)
#define SBI_DECLARE(name)                                                                          \
	uint32_t sbi_write_##name(const struct sbi_place *at, const struct msg *msg, char *out);      \
	bool sbi_read_##name(const struct sbi_place *at, const char *text, uint32_t n,                \
	                     struct msg *msg);
SBI_VALUES(SBI_DECLARE)
#undef SBI_DECLARE

#endif
