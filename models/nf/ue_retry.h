/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a device makes of the waits between registration attempts. The standard has T3511 between
 * attempts and T3502 after the last (TS 24.501 5.5.1.2.7); many devices have firmware of their own.
 * T3346 of a network that is congested is obeyed by all of them.
 */
#ifndef MODELS_NF_UE_RETRY_H
#define MODELS_NF_UE_RETRY_H

#include "sim/core/param.h"
#include <stdint.h>

enum { UE_RETRY_GROUPS = 24 };

enum ue_retry_policy {
	UE_RETRY_STANDARD,     /* T3511 and T3502                                             */
	UE_RETRY_IMMEDIATE,    /* `wait` after every attempt, the last included               */
	UE_RETRY_EXPONENTIAL,  /* wait · factor^(attempts - 1), at most `longest`, with jitter */
	UE_RETRY_RANDOM_WINDOW /* the standard's and a uniform part of `window` more          */
};

struct ue_retry {
	uint8_t policy; /* enum ue_retry_policy */
	int64_t wait_ns, longest_ns, window_ns;
	double factor;
	double jitter;  /* 0 … 1: a uniform share up to this is taken off each wait */
};

/* Rows of the keys `retry.…` of a configuration struct with a struct ue_retry `field`. */
#define UE_RETRY_ROW(config, field, name, type_, member, ...)                                      \
	{.key = "retry." name, .type = type_,                                                         \
	 .offset = offsetof(struct config, field) + offsetof(struct ue_retry, member), __VA_ARGS__}
#define UE_RETRY_ROWS(config, field)                                                               \
	UE_RETRY_ROW(config, field, "policy", SIM_PAR_ENUM, policy, .fallback = "standard",           \
	             .choices = "standard|immediate|exponential|random_window",                       \
	             .source = "TS 24.501 5.5.1.2.7",                                                 \
	             .doc = "waits after failed attempts: T3511 and T3502; or a device's own"),       \
	UE_RETRY_ROW(config, field, "wait", SIM_PAR_DURATION, wait_ns, .fallback = "1s",              \
	             .min = 1e-3, .max = 86400,                                                       \
	             .source = "assumption: an application that asks its modem again each second",    \
	             .doc = "of immediate, after each attempt; of exponential, after the first"),     \
	UE_RETRY_ROW(config, field, "factor", SIM_PAR_NUMBER, factor, .fallback = "2", .min = 1,      \
	             .max = 100, .source = "RFC 8085 3.1.1: binary exponential back-off",             \
	             .doc = "of exponential: each wait is so many times the last"),                   \
	UE_RETRY_ROW(config, field, "longest", SIM_PAR_DURATION, longest_ns, .fallback = "12min",     \
	             .min = 1e-3, .max = 86400, .source = "assumption: as long as T3502",             \
	             .doc = "of exponential: no wait is longer"),                                     \
	UE_RETRY_ROW(config, field, "jitter", SIM_PAR_NUMBER, jitter, .fallback = "0.5", .min = 0,    \
	             .max = 1, .source = "assumption: between none and the whole wait",               \
	             .doc = "of exponential: a uniform share up to this is taken off each wait"),     \
	UE_RETRY_ROW(config, field, "window", SIM_PAR_DURATION, window_ns, .fallback = "60s",         \
	             .min = 0, .max = 86400, .source = "assumption: several runs of T3510",           \
	             .doc = "of random_window: uniform up to this, added to T3511 and T3502")

#endif
