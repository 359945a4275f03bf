/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loaded scenario as what the result file says of its run. */
#ifndef CLI_RUN_DESCRIBE_H
#define CLI_RUN_DESCRIBE_H

#include "results/run_info.h"
#include "scenarios/load.h"

/* Memory behind a struct res_run; texts are borrowed from the scenario. */
struct run_description {
	struct res_run run;
	struct rec_names names;
	struct res_variant *variants;
	struct res_text *texts;
	struct res_parameter *parameters;
	char *crypto_mode;
};

enum sim_code run_describe(const struct scn *scn, struct run_description *d, struct sim_err *err);
void run_description_free(struct run_description *d);

#endif
