/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every family of metrics: one line here, one file <name>.c with const struct met_family
 * met_<name>.
 */
METRIC(latency)
METRIC(success_ratio)
METRIC(availability)
METRIC(outage)
METRIC(surgery)
METRIC(recovery)
METRIC(link)
METRIC(load)
METRIC(goodput)
METRIC(queue)
