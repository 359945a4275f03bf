/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      initial Registration Requests with random profile A scheme outputs, Poisson, spread evenly
 *             over the cells: each costs the AMF, the AUSF and an ECIES operation of the SIDF.
 * Leaves out  the air: the flood comes from many compromised devices whose random access is not the
 *             bottleneck, so it enters at N2.
 * Sources     TS 33.501 5.2.5 (SUCI), Won et al., Appl. Sci. 16(1):508, 2026.
 */
#include "models/attack/attack.h"

struct flood_config {
	struct atk_common common;
	double rate_per_s;
};

enum { SCHEME_OUTPUT = 32 + 5 + 8 }; /* profile A around a ten-digit MSIN */

static int64_t gap_ns(const struct atk_port *port, const struct flood_config *config, uint64_t k)
{
	struct sim_stream stream = sim_stream_of(port->sim, port->purpose,
	                                         (uint64_t)port->index << 56 | k << 1);

	return sim_stream_gap_ns(&stream, (double)SIM_NS_PER_S / config->rate_per_s);
}

static void plan(const struct atk_port *port, const struct flood_config *config, int64_t from_ns,
                 uint64_t k)
{
	int64_t t_ns = from_ns + gap_ns(port, config, k);

	if (t_ns < config->common.start_ns + config->common.duration_ns)
		sim_after(port->sim, t_ns - port->sim->now_ns, port->kind, 0, port->index, k);
}

static void start(const struct atk_port *port, const void *given)
{
	const struct flood_config *config = given;

	if (config->rate_per_s > 0)
		plan(port, config, config->common.start_ns, 0);
}

static void wake(const struct atk_port *port, const void *given, const struct sim_event *event)
{
	uint64_t k = event->arg;
	uint8_t output[SCHEME_OUTPUT];
	struct sim_stream stream = sim_stream_of(port->sim, port->purpose,
	                                         (uint64_t)port->index << 56 | k << 1 | 1);

	sim_stream_octets(&stream, output, sizeof output);
	port->inject_suci(port->world, port->index, (uint32_t)(k % port->n_cells(port->world)),
	                  (uint32_t)k, output, sizeof output);
	plan(port, given, port->sim->now_ns, k + 1);
}

static const struct sim_param rows[] = {
	{.key = "start", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct flood_config, common.start_ns), .min = 0, .max = 31536000,
	 .source = "the scenario", .doc = "when it begins"},
	{.key = "duration", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct flood_config, common.duration_ns), .min = 0, .max = 31536000,
	 .source = "the scenario", .doc = "how long it lasts"},
	{.key = "rate", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct flood_config, rate_per_s), .min = 0, .max = 1e6,
	 .source = "the scenario", .doc = "Registration Requests of all attackers together"},
};
static const struct sim_section section = {
	.prefix = "attacks", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct flood_config), .doc = "flood of random SUCIs",
};

extern const struct atk_entry atk_suci_flood;
const struct atk_entry atk_suci_flood = {
	.name = "suci_flood",
	.doc = "registration flood with random SUCIs, each an ECIES operation for the home network",
	.source = "TS 33.501 5.2.5; Won et al., Appl. Sci. 16(1):508, 2026",
	.oracle = "with one bottleneck, exponential service and no retries: loss by M/M/c/K",
	.section = &section,
	.start = start,
	.wake = wake,
};
