/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a trace: shared by trace.c (what is selected, when), trace_rows.c and trace_capture.c. */
#ifndef SCENARIOS_TRACE_STATE_H
#define SCENARIOS_TRACE_STATE_H

#include "models/msg/wire.h"
#include "models/nf/nf.h"
#include "results/flow.h"
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

/*
 * What two parties have said to one another at one point, and how it is carried. Parties are numbers:
 * nodes, and above them the UEs of subscribers.
 */
struct trace_channel {
	enum wire_point point;
	uint32_t party[2]; /* party 0 opened it */
	struct wire_link *link;
	uint32_t number;   /* in the order of opening */
	bool carried;      /* the capture has made its flow */
	union {
		struct flow_tcp tcp;
		struct flow_sctp sctp;
		struct flow_udp udp;
	};
};
struct trace_octets {
	struct trace_channel *channel;
	int end; /* that speaks */
	size_t n; /* 0: the point has no codec */
	uint8_t at[WIRE_OCTETS_MAX];
};

struct trace {
	const struct scn_variant *variant;
	const struct trace_plan *plan;
	struct trace_counts *counts;
	struct nf_env *env;
	struct nf_tap tap;
	struct rec_names names;
	struct trace_capture *capture; /* NULL: none asked for */
	struct wire *wire;
	struct trace_channel **channel;
	uint32_t n_channels, channels_room;
	struct trace_octets octets; /* of the message that is shown now */
	/* What leaves later than now, because its UE works on it first; by time. */
	struct trace_sent *held;
	size_t n_held, held_room;
};

/* trace_wire.c */
void trace_wire_begin(struct trace *trace, const struct home *home);
void trace_wire_end(struct trace *trace);
/* What SEPPs say for themselves belongs to no subscriber. */
bool trace_is_subscribers(const struct msg *msg);
/* Its name, or "-". */
void trace_whose(const struct trace *trace, const struct msg *msg, char name[TRACE_NAME]);
uint32_t trace_party(const struct trace *trace, const struct trace_sent *sent, bool from);
/* Fills trace->octets. */
void trace_encode(struct trace *trace, const struct trace_sent *sent);

/* trace_rows.c: tells the plan's row(). The octets are read, so after they have been captured. */
void trace_tell_row(struct trace *trace, const struct trace_sent *sent);

/* trace_capture.c. The capture's file is created at once; NULL when it cannot be. */
struct trace_capture *trace_capture_open(const char *path, const struct scn_variant *variant,
                                         uint32_t replication, struct sim_err *err);
/* The world stands: its interfaces and names. */
void trace_capture_begin(struct trace_capture *capture, const struct trace *trace);
/* A message: its octets are trace->octets. */
void trace_capture_add(struct trace_capture *capture, struct trace *trace,
                       const struct trace_sent *sent);
/* Renames the file, or says why not. Frees. */
enum sim_code trace_capture_close(struct trace_capture *capture, struct trace_counts *counts,
                                  struct sim_err *err);
void trace_capture_abandon(struct trace_capture *capture);

#endif
