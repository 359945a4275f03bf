/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      a network function that stops and starts again: its queue, jobs and volatile state are lost,
 *             and so is every message that reaches it while it is down.
 * Leaves out  slow starts, failover to a second instance; a connection reset or an NRF notice that would
 *             tell the askers at once: the function is silent, and its askers' timers find out.
 * Sources     renewal theory of availability: Barlow and Proschan, 1965.
 */
#include "models/attack/attack.h"

#include "sim/core/status.h"

struct crash_config {
	struct atk_common common;
	char nf[64];
};

enum { DOWN, UP };

static void start(const struct atk_port *port, const void *given)
{
	const struct crash_config *config = given;

	if (config->common.duration_ns == 0)
		return;
	sim_after(port->sim, config->common.start_ns, port->kind, DOWN, port->index, 0);
	sim_after(port->sim, config->common.start_ns + config->common.duration_ns, port->kind, UP,
	          port->index, 0);
}

static void wake(const struct atk_port *port, const void *given, const struct sim_event *event)
{
	const struct crash_config *config = given;
	int nf = port->nf_find(port->world, config->nf);

	SIM_ASSERT(nf >= 0); /* the loader has checked the name */
	(event->detail == DOWN ? port->nf_down : port->nf_up)(port->world, nf);
}

static const struct sim_param rows[] = {
	{.key = "start", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct crash_config, common.start_ns), .min = 0, .max = 31536000,
	 .source = "the scenario", .doc = "when it crashes"},
	{.key = "duration", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct crash_config, common.duration_ns), .min = 0, .max = 31536000,
	 .source = "the scenario", .doc = "until it is up again"},
	{.key = "nf", .type = SIM_PAR_TEXT, .offset = offsetof(struct crash_config, nf),
	 .source = "the scenario",
	 .doc = "amf, ausf, udm, udr, pcf, aanf, dtf, ledger, n3iwf, sepp, visited amf, visited pcf, "
	        "visited sepp, or a hospital's name"},
};
static const struct sim_section section = {
	.prefix = "attacks", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct crash_config), .doc = "crash and restart of one network function",
};

extern const struct atk_entry atk_crash;
const struct atk_entry atk_crash = {
	.name = "crash",
	.doc = "silent crash and restart of one network function: askers' timers find out",
	.source = "Barlow and Proschan, Mathematical Theory of Reliability, 1965",
	.oracle = "renewal formulas of availability",
	.section = &section,
	.start = start,
	.wake = wake,
};
