/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run as a capture: an interface for each reference point, and one where NAS stands before it is
 * protected. Connections open with the first message that passes: a capture stands for itself, whatever
 * the simulated functions have said before it begins.
 */
#include "scenarios/trace_state.h"

#include "results/provenance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAS_INTERFACE = WIRE_N_POINTS, FIRST_PORT = 49152, PORTS = 65536 - FIRST_PORT,
       ASIDE_MAX = 1024 };
enum { NGAP_PAYLOAD = 60 }; /* payload protocol identifier of SCTP: TS 38.412 7 */

struct trace_capture {
	struct pcapng *file;
	uint32_t interface[WIRE_N_POINTS + 1];
	bool *named; /* UEs whose address has its name in the file */
	uint64_t left_out;
};

/* ---- parties and their addresses ---- */

/* 10.NETWORK by kind of party, and 16 bits that count from 1 within it. */
struct kind {
	uint8_t network;
	uint16_t first; /* number of a party */
};

static struct kind kind_of(const struct nf_nodes *node, uint32_t who)
{
	if (who >= node->n)
		return (struct kind){45, node->n}; /* UEs */
	if (node->vamf && who >= node->vamf && who < node->vgnb0 + node->n_gnbs)
		return (struct kind){50, node->vamf}; /* the visited network, and the SEPPs */
	if (node->n_aps && who >= node->n3iwf && who < node->ap0 + node->n_aps)
		return (struct kind){40, node->n3iwf}; /* N3IWF, access points */
	if (who >= node->hospital0)
		return (struct kind){30, node->hospital0};
	return who >= node->gnb0 ? (struct kind){20, node->gnb0} : (struct kind){10, 0};
}

/* The first octet goes on where 16 bits do not suffice. */
static void address(const struct nf_nodes *node, uint32_t who, uint8_t ipv4[4])
{
	const struct kind kind = kind_of(node, who);
	const uint32_t k = who - kind.first + 1;

	ipv4[0] = (uint8_t)(10 + (k >> 16));
	ipv4[1] = kind.network;
	ipv4[2] = (uint8_t)(k >> 8);
	ipv4[3] = (uint8_t)k;
}

static struct flow_end end_of(const struct nf_nodes *node, uint32_t who, uint16_t port)
{
	struct flow_end end = {.mac = {2}, .port = port}; /* 02: given by ourselves */

	address(node, who, end.ipv4);
	memcpy(end.mac + 2, end.ipv4, 4);
	return end;
}

/* Names of hosts have no blanks. */
static void put_name(struct trace_capture *capture, const struct trace *trace, uint32_t who,
                     const char *text)
{
	char name[TRACE_NAME];
	uint8_t ipv4[4];

	snprintf(name, sizeof name, "%s", text);
	for (char *c = name; *c; c++)
		*c = *c == ' ' ? '-' : *c;
	address(&trace->env->node, who, ipv4);
	pcapng_name(capture->file, ipv4, name);
}

static void name_ue(struct trace_capture *capture, const struct trace *trace, uint32_t ue)
{
	char name[TRACE_NAME];

	if (capture->named[ue])
		return;
	capture->named[ue] = true;
	trace_ue_name(&trace->variant->config, ue, name);
	put_name(capture, trace, trace->env->node.n + ue, name);
}

/* ---- beginning ---- */

struct trace_capture *trace_capture_open(const char *path, const struct scn_variant *variant,
                                         uint32_t replication, struct sim_err *err)
{
	const struct scn_run_config *run = &variant->config.run;
	struct trace_capture *capture = calloc(1, sizeof *capture);
	char application[64], comment[4 * SCN_NAME];

	SIM_ASSERT(capture != NULL);
	snprintf(application, sizeof application, "dtsim %s", res_version());
	snprintf(comment, sizeof comment,
	         "scenario %s, variant %s, replication %u, seed %lld; the simulated time begins at "
	         "2026-11-23 00:00 UTC, a Monday",
	         run->scenario, variant->name, replication, (long long)run->seed);
	capture->file = pcapng_open(path, application, comment, err);
	if (capture->file)
		return capture;
	free(capture);
	return NULL;
}

void trace_capture_begin(struct trace_capture *capture, const struct trace *trace)
{
	capture->named = calloc(trace->env->n_ues + trace->variant->config.n_attacks + 1,
	                        sizeof *capture->named);
	SIM_ASSERT(capture->named != NULL);
	for (int i = 0; i < WIRE_N_POINTS; i++)
		if (i != WIRE_POINT_N1 && i != WIRE_POINT_N32TLS) /* on N2; not shown */
			capture->interface[i] =
				pcapng_interface(capture->file, PCAPNG_ETHERNET,
			                     wire_point_name((enum wire_point)i),
			                     wire_point_doc((enum wire_point)i));
	capture->interface[WIRE_POINT_N1] = capture->interface[WIRE_POINT_N2];
	capture->interface[NAS_INTERFACE] =
		pcapng_interface(capture->file, PCAPNG_UPPER_PDU, "NAS",
	                     "UE and AMF: NAS (TS 24.501) before it is ciphered");
	for (uint16_t i = 0; i < trace->env->node.n; i++)
		if (i != trace->env->node.ue)
			put_name(capture, trace, i, trace->names.text[REC_NAME_node][i]);
}

/* ---- channels ---- */

static void carry(struct trace_channel *c, const struct flow_out *out, int from,
                  const uint8_t *octets, size_t n)
{
	switch (c->link->codec->transport) {
	case WIRE_ON_TCP:
		flow_tcp(&c->tcp, out, from, octets, (uint32_t)n);
		break;
	case WIRE_ON_SCTP:
		flow_sctp(&c->sctp, out, from, NGAP_PAYLOAD, octets, (uint32_t)n);
		break;
	default:
		flow_udp(&c->udp, out, from, octets, (uint32_t)n);
	}
}

static bool aside(struct trace_channel *channel, const struct flow_out *out, int end)
{
	uint8_t octets[ASIDE_MAX];
	const size_t n = wire_aside(channel->link, end, octets, sizeof octets);

	if (n)
		carry(channel, out, end, octets, n);
	return n > 0;
}

/* The first message: what both ends say before it. */
static void open(struct trace_channel *channel, const struct trace *trace,
                 const struct flow_out *out)
{
	const struct wire_codec *codec = channel->link->codec;
	const uint16_t port = (uint16_t)(FIRST_PORT + channel->number % PORTS);
	const struct nf_nodes *node = &trace->env->node;
	const struct flow_end end[2] = {
		end_of(node, channel->party[0], codec->transport == WIRE_ON_UDP ? codec->port : port),
		end_of(node, channel->party[1], codec->port)};

	channel->carried = true;
	memcpy(channel->tcp.end, end, sizeof end); /* the first member of each kind of flow */
	while (aside(channel, out, 0) + aside(channel, out, 1) > 0)
		;
}

/* ---- packets ---- */

static void comment_on(const struct trace *trace, const struct trace_sent *sent, char *comment,
                       size_t size)
{
	char name[TRACE_NAME];

	trace_whose(trace, &sent->msg, name);
	snprintf(comment, size, "%s: %s", name, msg_text((enum msg_type)sent->msg.type));
}

static void add_message(struct trace_capture *capture, struct trace *trace,
                        const struct trace_sent *sent, struct flow_out *out)
{
	const struct trace_octets *octets = &trace->octets;
	struct trace_channel *channel = octets->channel;
	const char *comment = out->comment;

	out->interface = capture->interface[wire_point_of(&sent->msg)];
	if (wire_carrier(wire_point_of(&sent->msg)) != WIRE_TLS) /* what TLS says of itself is not shown */
		capture->left_out += octets->n == 0;
	if (octets->n == 0)
		return;
	out->comment = NULL;
	if (!channel->carried)
		open(channel, trace, out);
	out->comment = comment;
	carry(channel, out, octets->end, octets->at, octets->n);
	out->comment = NULL;
	aside(channel, out, !octets->end);
}

/* Tags of Wireshark's exported PDUs (wsutil/wiretap exported_pdu_tlvs.h): who shall dissect it, between
 * whom it went. */
enum tag { TAG_END = 0, TAG_DISSECTOR = 12, TAG_IPV4_FROM = 20, TAG_IPV4_TO = 21 };

static uint32_t put_tag(uint8_t *at, enum tag tag, const void *value, uint32_t n)
{
	const uint32_t padded = (n + 3) & ~3u;

	at[0] = 0;
	at[1] = (uint8_t)tag;
	at[2] = 0;
	at[3] = (uint8_t)padded;
	memset(at + 4, 0, padded);
	if (n)
		memcpy(at + 4, value, n);
	return 4 + padded;
}

static void add_nas(struct trace_capture *capture, const struct trace *trace,
                    const struct trace_sent *sent, struct flow_out *out)
{
	uint8_t octets[64 + MSG_NAS_MAX], *at = octets, from[4], to[4];

	address(&trace->env->node, trace_party(trace, sent, true), from);
	address(&trace->env->node, trace_party(trace, sent, false), to);
	at += put_tag(at, TAG_DISSECTOR, "nas-5gs", 7);
	at += put_tag(at, TAG_IPV4_FROM, from, 4);
	at += put_tag(at, TAG_IPV4_TO, to, 4);
	at += put_tag(at, TAG_END, NULL, 0);
	memcpy(at, sent->plain, sent->plain_n);
	at += sent->plain_n;
	pcapng_packet(out->pcapng, capture->interface[NAS_INTERFACE], out->t_ns, octets,
	              (uint32_t)(at - octets), out->comment);
}

void trace_capture_add(struct trace_capture *capture, struct trace *trace,
                       const struct trace_sent *sent)
{
	char comment[2 * TRACE_NAME];
	struct flow_out out = {.pcapng = capture->file, .comment = comment,
		.t_ns = WIRE_EPOCH_S * SIM_NS_PER_S + sent->t_ns};

	comment_on(trace, sent, comment, sizeof comment);
	if (sent->parties.from_ue || sent->parties.to_ue)
		name_ue(capture, trace, sent->msg.ue);
	if (sent->plain_n)
		add_nas(capture, trace, sent, &out);
	else
		add_message(capture, trace, sent, &out);
}

/* ---- the end ---- */

static void release(struct trace_capture *capture)
{
	free(capture->named);
	free(capture);
}

enum sim_code trace_capture_close(struct trace_capture *capture, struct trace_counts *counts,
                                  struct sim_err *err)
{
	enum sim_code code;

	counts->packets = pcapng_packets(capture->file);
	counts->left_out = capture->left_out;
	code = pcapng_close(capture->file, err);
	release(capture);
	return code;
}

void trace_capture_abandon(struct trace_capture *capture)
{
	if (!capture)
		return;
	pcapng_abandon(capture->file);
	release(capture);
}
