/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parameters as data. A module declares its rows beside its configuration struct; from the rows alone
 * come the scenario keys with units and ranges, defaults, `dtsim explain`, `dtsim list params` and the
 * manual's table. A default that neither a standard nor a measurement gives has the word "assumption"
 * in its source.
 */
#ifndef SIM_CORE_PARAM_H
#define SIM_CORE_PARAM_H

#include "sim/core/unit.h"
#include <stddef.h>

enum sim_param_type {
	SIM_PAR_BOOL,      /* bool     true | false                                              */
	SIM_PAR_COUNT,     /* int64_t  whole number; "infinite" = -1 when min < 0                */
	SIM_PAR_NUMBER,    /* double   SIM_Q_NUMBER                                              */
	SIM_PAR_DURATION,  /* int64_t  nanoseconds; "never" = -1 when min < 0                    */
	SIM_PAR_QUANTITY,  /* double   SI, of .quantity                                          */
	SIM_PAR_ENUM,      /* uint8_t  index into .choices ("null|a")                            */
	SIM_PAR_TEXT,      /* char[64] printable UTF-8, NUL-terminated                           */
	SIM_PAR_DIST,      /* struct sim_dist: a duration, or {distribution:, mean:, p50:, …};
	                      "never" = a mean of -1 when min < 0                                */
	SIM_PAR_LIST       /* struct sim_values of .quantity: [1/s, 2/s], "none" = of length 0   */
};

struct sim_param {
	const char *key;          /* within its section: "t3510"; "queue.capacity": of a mapping
	                             in it, `queue: {capacity: 5}`                            */
	enum sim_param_type type;
	enum sim_quantity quantity; /* for SIM_PAR_QUANTITY, SIM_PAR_LIST                       */
	size_t offset;            /* in the module's configuration struct                     */
	const char *fallback;     /* default as scenario text; NULL: must be given            */
	double min, max;          /* inclusive, SI (seconds for durations)                    */
	const char *choices;      /* for SIM_PAR_ENUM                                         */
	const char *source;       /* clause, paper, measurement, or "assumption: …"           */
	const char *doc;          /* one line                                                 */
};

/* A section of the scenario: `prefix: {key: value, …}`. */
struct sim_section {
	const char *prefix;
	const struct sim_param *rows;
	size_t n_rows;
	size_t size; /* of the configuration struct */
	const char *doc;
};

#endif
