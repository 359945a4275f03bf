/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The codec of N1 and N2: NGAP. A link has no state: each message stands for itself. */
#include "models/msg/wire_codecs.h"

#include "models/msg/msg_ngap.h"
#include "models/msg/ngap_print.h"
#include "sim/core/time.h"

#include <string.h>

enum { NGAP_PORT = 38412 }; /* TS 38.412 7 */
#define S_1900_TO_1970 INT64_C(2208988800)

static int from_end(const struct wire_config *config, const struct msg *msg)
{
	return msg->from == config->amf || (config->vamf != 0 && msg->from == config->vamf);
}

/* Algorithms 1 to 3 of each kind: bits 15 to 13 (9.3.1.86). */
static const struct ngap_security_capabilities capabilities = {0xe000, 0xe000, 0xe000, 0xe000};

static struct ngap_octets text(const char *name)
{
	return (struct ngap_octets){(const uint8_t *)name, (uint16_t)strlen(name)};
}

/* As the functions number their tracking areas: from 1. */
static uint32_t tac_of(const struct wire_config *config, uint32_t cell)
{
	return 1 + (config->cells_per_ta ? cell / config->cells_per_ta : 0);
}

/* The gNB at end 0; 9.3.1.54: the serial number's last digits are masked. */
static struct ngap_site site_of(const struct wire_link *link, const struct msg *msg)
{
	const struct wire_config *config = wire_config(link->wire);
	const bool visited = config->vamf != 0 && link->node[1] == config->vamf;
	const struct id_plmn plmn = visited ? config->visited : config->plmn;
	const uint32_t gnb = link->node[0] - (visited ? config->vgnb0 : config->gnb0) + 1u;
	const bool n3iwf = config->n_aps > 0 && link->node[0] == config->n3iwf;
	const struct ngap_node node = {.access = n3iwf ? NGAP_N3IWF : NGAP_NR, .plmn = plmn,
		.bits = n3iwf ? 16 : 32, .id = n3iwf ? 1 : gnb};

	return (struct ngap_site){.plmn = plmn, .tac = tac_of(config, gnb - 1), .cell = (uint64_t)gnb << 4,
		.time = (uint32_t)(S_1900_TO_1970 + WIRE_EPOCH_S + msg->sent_ns / SIM_NS_PER_S),
		.node = node,
		.node_name = text(config->node_name[link->node[0]]),
		.amf_name = text(config->node_name[link->node[1]]),
		.guami = {.plmn = plmn, .region = 2, .set = 1}, .slice = {.sst = 1},
		.security = capabilities,
		.masked_imeisv = {0x43, 0x70, 0x81, 0x61, 0x25, 0xff, 0xff, 0x51}};
}

static size_t encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                     size_t room)
{
	const struct ngap_site site = site_of(link, msg);
	const struct ngap_association association = msg_association(msg);
	struct ngap_message m;

	(void)end;
	ngap_compose(&m, msg_ngap_procedure(msg), &site, &association);
	return ngap_encode(&m, out, room);
}

static void take_nas(struct msg *msg, const struct ngap_octets *nas)
{
	memcpy(msg->nas, nas->at, nas->n);
	msg->nas_octets = nas->n;
	msg->secured = nas->n > 1 && nas->at[1] != 0; /* TS 24.501 9.3: security header type */
}

static bool decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                   struct msg_fault *fault)
{
	struct ngap_message m;

	(void)link;
	if (!ngap_decode(in, n, &m, fault))
		return false;
	if (ngap_has(&m, NGAP_IE_NAS_PDU) && m.nas.n > MSG_NAS_MAX)
		return msg_refuse(fault, NGAP_PROTOCOL_SEMANTIC_ERROR, 0, "NAS-PDU: longer than any message here");
	msg->ngap = (uint8_t)m.procedure;
	if (ngap_has(&m, NGAP_IE_NAS_PDU))
		take_nas(msg, &m.nas);
	if (ngap_has(&m, NGAP_IE_SECURITY_KEY))
		memcpy(msg->key.key, m.security_key, sizeof msg->key.key);
	if (ngap_has(&m, NGAP_IE_RAN_UE_ID))
		msg->ran = msg_handle_of_id(m.ran_ue_id);
	if (ngap_has(&m, NGAP_IE_AMF_UE_ID))
		*(end == 0 ? &msg->context : &msg->asker) = msg_handle_of_id(m.amf_ue_id);
	if (ngap_has(&m, NGAP_IE_PAGING_IDENTITY)) { /* TS 38.304 7.1: the occasions follow from it */
		msg->paging.tmsi = m.s_tmsi.tmsi;
		msg->paging.index = (uint16_t)(m.s_tmsi.tmsi % 1024);
	}
	if (ngap_has(&m, NGAP_IE_PAGING_TAIS) && m.n_paging_tais > 0)
		msg->paging.tac = m.paging_tais[0].tac;
	if (ngap_has(&m, NGAP_IE_CAUSE))
		msg->ngap_cause = m.cause;
	if (ngap_has(&m, NGAP_IE_LOCATION))
		msg->access = m.location.access == NGAP_N3IWF ? NGAP_N3IWF : 0;
	return true;
}

static void line(struct wire_link *link, int end, const uint8_t *in, size_t n,
                 struct msg_printer *p)
{
	(void)link, (void)end;
	ngap_line(p, in, n);
}

const struct wire_codec wire_ngap = {
	.transport = WIRE_ON_SCTP, .whole = true, .port = NGAP_PORT, .from_end = from_end, .encode = encode,
	.decode = decode, .line = line,
};
