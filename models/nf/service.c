/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/service.h"

static const uint8_t phases[SVC_N_STEPS] = {
#define STEP(name, n, doc) n,
	SVC_STEPS(STEP)
#undef STEP
};

uint32_t svc_phases(enum svc_step step)
{
	return phases[step];
}

static const struct sim_param rows[] = {
#define STEP(name, n, text)                                                                        \
	{.key = #name, .type = SIM_PAR_DIST, .offset = offsetof(struct svc_config, step[SVC_##name]), \
	 .fallback = "0ms", .min = 0, .max = 3600, .source = "profile ideal: no time but cryptography", \
	 .doc = text},
	SVC_STEPS(STEP)
#undef STEP
	{.key = "wake_up", .type = SIM_PAR_NUMBER, .offset = offsetof(struct svc_config, wake_up),
	 .fallback = "0", .min = 0, .max = 1,
	 .source = "profile ideal: a message costs the same however busy its function is",
	 .doc = "share of a step, cryptography apart, that waking its event loop takes"},
	{.key = "correlation", .type = SIM_PAR_NUMBER,
	 .offset = offsetof(struct svc_config, correlation), .fallback = "0", .min = 0, .max = 1,
	 .source = "profile ideal: no chance",
	 .doc = "of the logarithms of one procedure's steps: slow ones are slow together"},
	{.key = "includes_cryptography", .type = SIM_PAR_BOOL,
	 .offset = offsetof(struct svc_config, includes_cryptography), .fallback = "false",
	 .source = "profile ideal: cryptography is charged by its own table",
	 .doc = "the times above already contain the cryptography (of UE and core functions)"},
};

const struct sim_section svc_section = {
	.prefix = "service", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct svc_config),
	.doc = "service times of the steps of each function: the calibration",
};
