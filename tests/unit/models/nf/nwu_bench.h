/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A UE's IKEv2, an access point and an N3IWF between a UE and an AMF that say their lines: NAS here
 * is a line of a script, so that only what carries it is tested. Nodes: amf 0, n3iwf 1, ap 2.
 */
#ifndef TESTS_UNIT_MODELS_NF_NWU_BENCH_H
#define TESTS_UNIT_MODELS_NF_NWU_BENCH_H

#include "models/msg/msg_ngap.h"
#include "models/msg/wire.h"
#include "models/nf/ap.h"
#include "models/nf/n3iwf.h"
#include "models/nf/nwu.h"
#include "models/nf/ue_ike.h"
#include "models/radio/wlan.h"
#include "tests/unit/models/nf/stale.h"
#include <stdlib.h>
#include <string.h>

enum { NWU_AMF, NWU_N3IWF, NWU_AP, NWU_NODES, NWU_UES = 3, NWU_LOG = 200 };

struct nwu_bench {
	struct nf_env env;
	struct crypto_costs costs;
	struct svc_config service;
	struct wlan_config wlan_config;
	struct ue_ike_config ike_config;
	struct n3iwf_config n3iwf_config;
	struct id_plmn plmn;
	struct wlan *wlan;
	struct ue_ikes *ikes;
	struct n3iwf *n3iwf;
	struct aps *aps;
	struct nf_tap tap;
	struct rec rec;
	uint8_t class[NWU_UES];
	uint8_t kn3iwf[32];        /* of the AMF */
	bool ue_has_other_key;
	struct sim_handle amf_context;
	/* what was heard */
	int connected[NWU_UES], unconnected[NWU_UES], released[NWU_UES], accepted[NWU_UES];
	int round_trips_at_accept;
	int at_amf[MSG_N_TYPES];
	struct ngap_cause cause_at_amf;
	uint8_t ngap_at_amf;
	int drop[MSG_N_TYPES];     /* so many messages of the type are lost on N2 or NWu, still */
	int sent[MSG_N_TYPES];
	uint16_t octets[NWU_LOG];
	uint8_t type[NWU_LOG], part[NWU_LOG];
	int n_log;
	struct wire *wire; /* what is sent is encoded and decoded again */
	struct wire_link *link;
	int wrong_octets, wrong_spans;
	bool strange;        /* messages are not what composing gives */
	struct msg_ike seen; /* the latest one on NWu                 */
};

static void nwu_default(const struct sim_param *row, char *base)
{
	const char *why;
	double value = 0;
	void *at = base + row->offset;

	if (row->type == SIM_PAR_COUNT || row->type == SIM_PAR_DURATION) {
		enum sim_quantity q = row->type == SIM_PAR_COUNT ? SIM_Q_COUNT : SIM_Q_DURATION;
		if (strcmp(row->fallback, "never") == 0)
			value = -1;
		else if (sim_unit_parse(q, row->fallback, &value, &why) != 0)
			abort();
		*(int64_t *)at = (int64_t)value;
	} else if (row->type == SIM_PAR_NUMBER) {
		if (sim_unit_parse(SIM_Q_NUMBER, row->fallback, &value, &why) != 0)
			abort();
		*(double *)at = value;
	}
}

static void nwu_defaults(const struct sim_section *section, void *config)
{
	memset(config, 0, section->size);
	for (size_t i = 0; i < section->n_rows; i++)
		nwu_default(&section->rows[i], config);
}

/* ---- the AMF of the script ---- */

static void nwu_line(struct msg *msg)
{
	static const uint8_t header[3] = {0x7e, 0, 0};

	memset(msg->nas, msg->type, 42);
	memcpy(msg->nas, header, sizeof header);
	msg->nas_octets = 42;
}

static void nwu_amf_says(struct nwu_bench *b, enum msg_type type, const struct msg *to)
{
	struct msg *msg = nf_message(&b->env, type, to);

	msg->asker = b->amf_context;
	msg->ran = to->ran;
	if (type == MSG_REGISTRATION_ACCEPT)
		memcpy(msg->key.key, b->kn3iwf, sizeof b->kn3iwf);
	if (type != MSG_CONTEXT_RELEASE_COMMAND)
		nwu_line(msg);
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(&b->env, NWU_AMF, NWU_N3IWF, msg);
}

static void nwu_amf_handle(void *self, const struct msg *msg)
{
	struct nwu_bench *b = self;

	b->at_amf[msg->type]++;
	b->ngap_at_amf = msg->ngap;
	b->cause_at_amf = msg->ngap_cause;
	switch (msg->type) {
	case MSG_REGISTRATION_REQUEST: nwu_amf_says(b, MSG_AUTHENTICATION_REQUEST, msg); break;
	case MSG_AUTHENTICATION_RESPONSE: nwu_amf_says(b, MSG_SECURITY_MODE_COMMAND, msg); break;
	case MSG_SECURITY_MODE_COMPLETE: nwu_amf_says(b, MSG_REGISTRATION_ACCEPT, msg); break;
	case MSG_DEREGISTRATION_REQUEST:
		nwu_amf_says(b, MSG_DEREGISTRATION_ACCEPT, msg);
		nwu_amf_says(b, MSG_CONTEXT_RELEASE_COMMAND, msg);
		break;
	case MSG_AUTHENTICATION_FAILURE: nwu_amf_says(b, MSG_CONTEXT_RELEASE_COMMAND, msg); break;
	case MSG_CONTEXT_RELEASE_REQUEST: nwu_amf_says(b, MSG_CONTEXT_RELEASE_COMMAND, msg); break;
	default: break;
	}
}

static const struct nf_entry nwu_amf = {
	.name = "amf", .doc = "a script", .source = "tests", .handle = nwu_amf_handle};

/* ---- the UE of the script ---- */

static void nwu_ue_says(struct nwu_bench *b, uint32_t ue, enum msg_type type,
                        const struct sim_span *span)
{
	struct msg *msg = nf_message_for(&b->env, type, ue, 1, span);

	nwu_line(msg);
	ue_ike_up(b->ikes, ue, msg, 0);
}

static void nwu_connected(void *context, uint32_t ue, bool ok, const struct sim_span *spent)
{
	struct nwu_bench *b = context;

	b->wrong_spans += spent->since_ns != b->env.sim->now_ns;
	const struct sim_span span = sim_span_start(b->env.sim->now_ns);

	(ok ? b->connected : b->unconnected)[ue]++;
	if (ok)
		nwu_ue_says(b, ue, MSG_REGISTRATION_REQUEST, &span);
}

static void nwu_at_ue(void *context, uint32_t ue, struct msg *msg)
{
	struct nwu_bench *b = context;

	switch (msg->type) {
	case MSG_AUTHENTICATION_REQUEST:
		nwu_ue_says(b, ue, MSG_AUTHENTICATION_RESPONSE, &msg->span);
		break;
	case MSG_SECURITY_MODE_COMMAND:
		nwu_ue_says(b, ue, MSG_SECURITY_MODE_COMPLETE, &msg->span);
		break;
	case MSG_REGISTRATION_ACCEPT:
		b->accepted[ue]++;
		b->round_trips_at_accept = (int)ue_ike_exchanges(b->ikes, ue);
		nwu_ue_says(b, ue, MSG_REGISTRATION_COMPLETE, &msg->span);
		break;
	case MSG_CONTEXT_RELEASE_COMMAND:
		b->released[ue]++;
		break;
	default: break;
	}
	nf_release(&b->env, msg);
}

static bool nwu_key(void *context, uint32_t ue, uint8_t key[32])
{
	const struct nwu_bench *b = context;

	(void)ue;
	memcpy(key, b->kn3iwf, 32);
	key[0] ^= b->ue_has_other_key;
	return true;
}

/* ---- wires ---- */

static void nwu_at_ap(void *context, uint32_t ue, struct msg *msg)
{
	struct nwu_bench *b = context;

	(void)ue;
	if (b->drop[msg->type] > 0) {
		b->drop[msg->type]--;
		nf_release(&b->env, msg);
		return;
	}
	ap_from_air(b->aps, NWU_AP, msg);
}

static void nwu_on_air(void *context, uint32_t ue, struct msg *msg)
{
	struct nwu_bench *b = context;

	if (b->drop[msg->type] > 0) {
		b->drop[msg->type]--;
		nf_release(&b->env, msg);
		return;
	}
	ue_ike_receive(b->ikes, ue, msg);
}

static void nwu_associated(void *context, uint32_t ue)
{
	ue_ike_associated(((struct nwu_bench *)context)->ikes, ue);
}

static uint16_t nwu_ap_of(void *context, uint32_t ue)
{
	(void)context;
	(void)ue;
	return NWU_AP;
}

/* The octets have the length that was sent, and say again all that the message says. */
static bool nwu_travels(struct nwu_bench *b, const struct msg *msg)
{
	static uint8_t octets[WIRE_OCTETS_MAX];
	int end = msg->from == NWU_N3IWF;
	size_t n = wire_encode(b->link, end, msg, octets, sizeof octets);
	struct msg back = *msg;
	struct msg_fault fault;

	back.nas_octets = 0;
	memset(back.nas, 0, sizeof back.nas);
	if (msg->type != MSG_NWU_NAS) {
		memset(&back.ike, 0xee, sizeof back.ike);
		back.ike.id = msg->ike.id; /* the IV */
		back.ike.inner = msg->ike.inner;
		memcpy(back.ike.keymat, msg->ike.keymat, sizeof back.ike.keymat);
	}
	return n == msg->octets && wire_decode(b->link, end, octets, n, &back, &fault) &&
	       back.nas_octets == msg->nas_octets &&
	       memcmp(back.nas, msg->nas, msg->nas_octets) == 0 &&
	       back.ike.part == msg->ike.part && back.ike.id == msg->ike.id &&
	       back.ike.spi_i == msg->ike.spi_i && back.ike.spi_r == msg->ike.spi_r &&
	       memcmp(back.ike.nonce, msg->ike.nonce, sizeof back.ike.nonce) == 0 &&
	       memcmp(back.ike.ke, msg->ike.ke, sizeof back.ike.ke) == 0 &&
	       memcmp(back.ike.auth, msg->ike.auth, sizeof back.ike.auth) == 0 &&
	       memcmp(back.ike.identity, msg->ike.identity, sizeof back.ike.identity) == 0 &&
	       memcmp(back.ike.cert_signature, msg->ike.cert_signature, 64) == 0 &&
	       back.ike.esp_spi == msg->ike.esp_spi && back.ike.notify == msg->ike.notify;
}

static void nwu_heard(void *context, const struct msg *msg)
{
	struct nwu_bench *b = context;

	b->sent[msg->type]++;
	if (msg_is_nwu((enum msg_type)msg->type)) {
		b->wrong_octets += !b->strange && !nwu_travels(b, msg);
		b->seen = msg->ike;
	}
	if (b->n_log < NWU_LOG && msg_is_nwu((enum msg_type)msg->type)) {
		b->octets[b->n_log] = msg->octets;
		b->part[b->n_log] = msg->ike.part;
		b->type[b->n_log++] = msg->type;
	}
}

static void nwu_heard_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	(void)context;
	(void)msg;
	(void)plain;
	(void)n;
}

static void nwu_build(struct nwu_bench *b, const struct crypto_suite *suite,
                      const uint8_t *operator_seed)
{
	struct nf_env *env = &b->env;
	const struct sim_link link = {.delay_ns = 10000000, .rate_bps = 1e9, .queue_packets = 1000};
	const struct sim_station_config station = {.name = "n3iwf", .host = SIM_HOST_UNLIMITED,
		.workers = 1, .queue_capacity = -1, .timeout_ns = -1};
	uint8_t seed[32];

	for (int i = 0; i < REC_N_class; i++)
		env->suite_of_class[i] = suite;
	sim_net_node(env->net, "amf");
	sim_net_node(env->net, "n3iwf");
	sim_net_node(env->net, "ap");
	sim_net_link(env->net, NWU_AMF, NWU_N3IWF, &link);
	sim_net_link(env->net, NWU_N3IWF, NWU_AP, &link);
	nwu_operator_seed(env, seed);
	b->wlan = wlan_new(env, &b->wlan_config, NWU_UES);
	b->ikes = ue_ikes_new(env, &b->ike_config, b->plmn, b->wlan, NWU_UES);
	b->aps = aps_new(env, b->wlan);
	b->n3iwf = n3iwf_new(env, &b->n3iwf_config, b->plmn, operator_seed ? operator_seed : seed);
	nf_attach(env, NWU_AMF, &nwu_amf, b, NF_NO_STATION);
	nf_attach(env, NWU_N3IWF, &nf_n3iwf, b->n3iwf, sim_station(env->stations, &station));
	nf_attach(env, NWU_AP, &nf_ap, ap_instance(b->aps, 0), NF_NO_STATION);
}

static struct nwu_bench *nwu_new(const struct crypto_suite *suite, const uint8_t *operator_seed)
{
	struct nwu_bench *b = calloc(1, sizeof *b);
	struct nf_env *env = &b->env;
	struct sim_err err;

	nwu_defaults(&crypto_cost_section, &b->costs);
	nwu_defaults(&wlan_section, &b->wlan_config);
	nwu_defaults(&ue_ike_section, &b->ike_config);
	nwu_defaults(&n3iwf_section, &b->n3iwf_config);
	b->plmn = (struct id_plmn){999, 70, 2};
	b->amf_context = (struct sim_handle){5, 1};
	memset(b->kn3iwf, 0x3a, sizeof b->kn3iwf);
	memset(b->class, REC_CLASS_BACKGROUND, sizeof b->class);
	env->sim = sim_new(7, 0);
	env->net = sim_net_new(env->sim);
	env->crypto = crypto_new();
	env->trace = nf_trace_new();
	rec_init(&b->rec);
	env->rec = &b->rec;
	env->node = (struct nf_nodes){.amf = NWU_AMF, .n3iwf = NWU_N3IWF, .ap0 = NWU_AP, .n_aps = 1,
		.n = NWU_NODES, .ue = NWU_NODES};
	env->n_ues = NWU_UES;
	env->class_of_ue = b->class;
	env->service = &b->service;
	env->cost = &b->costs;
	env->record_every = 1;
	env->ladder_ue = UINT32_MAX;
	b->tap = (struct nf_tap){b, nwu_heard, nwu_heard_nas};
	env->tap = &b->tap;
	nf_init(env);
	stale_messages(env);
	nwu_build(b, suite, operator_seed);
	b->wire = wire_new(&(struct wire_config){.plmn = b->plmn, .amf = NWU_AMF, .n3iwf = NWU_N3IWF,
		.ap0 = NWU_AP, .n_aps = 1});
	b->link = wire_link_new(b->wire, WIRE_POINT_NWU, NWU_AP, NWU_N3IWF);
	const struct wlan_user air = {b, nwu_associated, nwu_at_ap, nwu_on_air, nwu_ap_of};
	const struct ue_ike_user user = {b, nwu_connected, nwu_at_ue, nwu_key};
	wlan_set_user(b->wlan, &air);
	ue_ikes_set_user(b->ikes, &user);
	if (sim_net_open(env->net, NULL, &err) != SIM_OK)
		abort();
	return b;
}

static void nwu_run(struct nwu_bench *b, double until_s)
{
	sim_run_until(b->env.sim, (int64_t)(until_s * 1e9));
}

static void nwu_free(struct nwu_bench *b)
{
	wire_link_free(b->link);
	wire_free(b->wire);
	sim_net_close(b->env.net);
	nf_trace_free(b->env.trace);
	crypto_free(b->env.crypto);
	sim_free(b->env.sim);
	rec_free(&b->rec);
	free(b);
}

#endif
