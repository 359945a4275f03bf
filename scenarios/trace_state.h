/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a trace: shared by trace.c (what is selected, when), trace_rows.c and trace_capture.c. */
#ifndef SCENARIOS_TRACE_STATE_H
#define SCENARIOS_TRACE_STATE_H

#include "models/msg/wire.h"
#include "models/nf/nf.h"
#include "scenarios/trace.h"

/* Who speaks or listens: a node, or the UE of a subscriber (its numbers are above those of nodes). */
struct trace_parties {
	uint16_t from, to;   /* nodes                                              */
	bool from_ue, to_ue; /* the UE behind them: NAS, and messages on N3 and N6 */
};

/* A message as it leaves. plain_n > 0: NAS, before it was protected. */
struct trace_sent {
	int64_t t_ns;
	struct trace_parties parties;
	struct msg msg;
	uint16_t plain_n;
	uint8_t plain[MSG_NAS_MAX];
};

struct trace_capture;

struct trace {
	const struct scn_variant *variant;
	const struct trace_plan *plan;
	struct trace_counts *counts;
	struct nf_env *env;
	struct nf_tap tap;
	struct rec_names names;
	struct trace_capture *capture; /* NULL: none asked for */
	/* What leaves later than now, because its UE works on it first; by time. */
	struct trace_sent *held;
	size_t n_held, held_room;
};

/* trace_rows.c: tells the plan's row(). */
void trace_tell_row(const struct trace *trace, const struct trace_sent *sent);

/* trace_capture.c. The capture's file is created at once; NULL when it cannot be. */
struct trace_capture *trace_capture_open(const char *path, const struct scn_variant *variant,
                                         uint32_t replication, struct sim_err *err);
/* The world stands: its interfaces and names. */
void trace_capture_begin(struct trace_capture *capture, const struct trace *trace,
                         const struct home *home);
void trace_capture_add(struct trace_capture *capture, const struct trace *trace,
                       const struct trace_sent *sent);
/* Renames the file, or says why not. Frees. */
enum sim_code trace_capture_close(struct trace_capture *capture, struct trace_counts *counts,
                                  struct sim_err *err);
void trace_capture_abandon(struct trace_capture *capture);

#endif
