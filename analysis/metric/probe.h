/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Probes: registrations of their own class of subscribers, begun at Poisson times (PASTA). */
#ifndef ANALYSIS_METRIC_PROBE_H
#define ANALYSIS_METRIC_PROBE_H

#include "analysis/metric/metric.h"

struct met_probe {
	int64_t start_ns;
	bool met; /* within the scenario's deadline */
};
struct met_probes {
	uint32_t n;
	struct met_probe *probe; /* by time; those still open at the end of the run are left out */
};
/* Of one replication. False when a column could not be read. */
bool met_probes_read(const struct met_job *job, uint32_t replication, struct met_probes *out);
void met_probes_free(struct met_probes *probes);

#endif
