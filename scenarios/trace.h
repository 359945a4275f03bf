/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One replication with somebody watching: every message as a row with its decoded fields, and as a
 * packet of a capture. docs/TRACE.md says what stands where.
 */
#ifndef SCENARIOS_TRACE_H
#define SCENARIOS_TRACE_H

#include "models/msg/msg.h"
#include "models/msg/ngap.h"
#include "scenarios/config.h"
#include "sim/core/status.h"

#define TRACE_EVERYBODY UINT32_MAX /* an enumerator is an int */
enum { TRACE_NAME = SCN_NAME + 48, TRACE_DETAIL = 400 };

/* A message as it leaves. Texts are lent for the call. */
struct trace_row {
	int64_t t_ns;
	const char *subscriber; /* whose procedure it belongs to          */
	const char *from, *to;  /* who speaks with whom                   */
	uint32_t from_place, to_place; /* from left to right: UEs, gNBs, the core, hospitals */
	const char *point;      /* "N1", "N12", "DT2"                     */
	const char *what;       /* the message's name                     */
	const char *detail;     /* its fields in one line, perhaps ""     */
	uint32_t octets;        /* N1: of NAS as on the air; else of the message between nodes */
	bool wraps; /* NGAP around a NAS message, which has a row of its own at N1 */
};

struct trace_plan {
	uint32_t ue;            /* number of a subscriber, or TRACE_EVERYBODY            */
	int64_t from_ns, to_ns; /* of the messages; the run ends at to_ns                */
	const char *pcap;       /* file of the capture, or NULL                          */
	void *context;          /* of row(), which may be NULL                           */
	void (*row)(void *context, const struct trace_row *row);
};

/* Where messages of a type are counted: at the point of the type, between SEPPs, or as NAS. */
enum trace_where { TRACE_BETWEEN_NODES, TRACE_N32, TRACE_NAS, TRACE_N_WHERES };
/* Messages by type: sent in the whole run; of these, selected. */
struct trace_counts {
	uint64_t sent[TRACE_N_WHERES][MSG_N_TYPES], shown[TRACE_N_WHERES][MSG_N_TYPES];
	uint64_t shown_ngap[NGAP_N_PROCEDURES]; /* those of N2 by the NGAP message that they are */
	uint64_t packets; /* of the capture */
	uint64_t left_out; /* messages of a reference point that no codec knows yet */
};

enum sim_code trace_run(const struct scn_variant *variant, uint32_t replication,
                        const struct trace_plan *plan, struct trace_counts *counts,
                        struct sim_err *err);

/* trace_names.c: "Alex", "probe3", "background17" (each numbered from 1), "attack flood". */
void trace_ue_name(const struct scn_config *config, uint32_t ue, char name[TRACE_NAME]);
/* By such a name, or the IMSI with or without "imsi-". SIM_E_USAGE says what is allowed. */
enum sim_code trace_ue_find(const struct scn_config *config, const char *text, uint32_t *ue,
                            struct sim_err *err);

#endif
