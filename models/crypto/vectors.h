/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Known answers: files {"source": …, "note": …, "cases": [{"name": …, "in": {name: value}, "out":
 * {name: value}}]} in JSON. Octet strings are hexadecimal; snn, supi (IMSI digits), msin, af_fqdn,
 * identity, network_name, alg and scheme are text; numbers are numbers or hexadecimal text.
 *
 * Every name under "out" is computed by the real suite from "in" alone and compared. Of "out" only
 * lengths are used: TUAK has several. The names are listed in tests/vector/data/README.md.
 */
#ifndef MODELS_CRYPTO_VECTORS_H
#define MODELS_CRYPTO_VECTORS_H

#include "sim/core/status.h"
#include <stdbool.h>
#include <stddef.h>

/* What became of a case. Texts live until the report returns. */
struct crypto_vector_case {
	const char *name;
	uint32_t outputs; /* how many the case has; 0 makes it fail               */
	bool passed;      /* every output is known and equal, and both ends agree */
	const char *why;  /* "" when passed, else what is wrong with each output  */
};
struct crypto_vector_report {
	void (*done)(void *to, const struct crypto_vector_case *one);
	void *to;
};

/*
 * Reports each case in turn. SIM_E_INPUT, with the file and the place in err: unreadable, no JSON,
 * or a value that is not of its form (an odd number of digits, a key of the wrong length).
 */
enum sim_code crypto_vectors_run(const char *path, const struct crypto_vector_report *report,
                                 struct sim_err *err);

#endif
