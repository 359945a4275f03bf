/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `dtsim trace` makes of the rows of a run: lines, a ladder, counts. */
#ifndef CLI_TRACE_SHOW_H
#define CLI_TRACE_SHOW_H

#include "cli/out_file.h"
#include "scenarios/trace.h"

/* ---- trace_text.c ---- */

/* "2d 13:00:00.000012345": long enough for every time there is. */
enum { TRACE_TIME = 40 };
const char *trace_time(int64_t t_ns, char out[TRACE_TIME]);
void trace_text_head(FILE *out);
void trace_text_row(FILE *out, const struct trace_row *row);

/* ---- trace_sequence.c: the rows are kept until the ladder is drawn ---- */

/* More rungs than these nobody reads, and Mermaid's usual limit of characters is near. */
enum { TRACE_LADDER_MAX = 1000 };
struct trace_ladder {
	const char *title;
	struct trace_rung *rung;
	size_t n, room;
};
/* NGAP that wraps NAS is left out: the NAS message has a rung of its own. */
void trace_ladder_add(struct trace_ladder *ladder, const struct trace_row *row);
/* By the ending of the path: .svg or .mmd. Checked before the run, too. */
enum sim_code trace_ladder_check(const char *path, struct sim_err *err);
enum sim_code trace_ladder_write(const struct trace_ladder *ladder, FILE *out, const char *path,
                                 struct sim_err *err);
void trace_ladder_free(struct trace_ladder *ladder);

/* ---- trace_counts.c ---- */

void trace_counts_print(const struct trace_counts *counts, FILE *out);
void trace_counts_json(const struct trace_counts *counts, const struct scn_variant *variant,
                       uint32_t replication, FILE *out);

#endif
