/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/msg_ike.h"

#include "models/msg/eap.h"
#include <openssl/sha.h>
#include <string.h>

enum { NAS_PORT = 20000, HASH_IDENTITY = 5 /* RFC 8420 2 */ };

/* AlgorithmIdentifier of Ed25519 with its length before it (RFC 7427 3, RFC 8420 A). */
static const uint8_t ed25519[8] = {7, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};
static const uint8_t hashes[2] = {0, HASH_IDENTITY};
/* Where the N3IWF takes NAS over TCP: TS 24.502 9.3.1.2. Any address will do within the tunnel. */
static const uint8_t nas_address[4] = {10, 255, 0, 1};

bool msg_is_nwu(enum msg_type type)
{
	return type >= MSG_IKE_SA_INIT && type <= MSG_NWU_NAS;
}

bool msg_ike_is_response(enum msg_type type)
{
	return type == MSG_IKE_SA_INIT_RSP || type == MSG_IKE_AUTH_RSP ||
	       type == MSG_IKE_INFORMATIONAL_RSP;
}

static uint8_t exchange_of(enum msg_type type)
{
	if (type == MSG_IKE_SA_INIT || type == MSG_IKE_SA_INIT_RSP)
		return IKE_SA_INIT;
	return type == MSG_IKE_AUTH || type == MSG_IKE_AUTH_RSP ? IKE_AUTH : IKE_INFORMATIONAL;
}

/* ---- parts of a message ---- */

/* TS 33.210 5.4.2 */
static void propose_ike(struct ike_message *m)
{
	m->present |= IKE_BIT(SA);
	m->n_proposals = 1;
	m->proposal[0] = (struct ike_proposal){.number = 1, .protocol = IKE_PROTOCOL_IKE, .n = 3,
		.transform = {{IKE_ENCR, IKE_ENCR_AES_GCM_16, 128}, {IKE_PRF, IKE_PRF_HMAC_SHA2_256, 0},
		              {IKE_DH, IKE_DH_CURVE25519, 0}}};
}

static void propose_esp(struct ike_message *m, uint32_t spi)
{
	m->present |= IKE_BIT(SA);
	m->n_proposals = 1;
	m->proposal[0] = (struct ike_proposal){.number = 1, .protocol = IKE_PROTOCOL_ESP, .n_spi = 4,
		.spi = {(uint8_t)(spi >> 24), (uint8_t)(spi >> 16), (uint8_t)(spi >> 8), (uint8_t)spi},
		.n = 2,
		.transform = {{IKE_ENCR, IKE_ENCR_AES_GCM_16, 128}, {IKE_ESN, IKE_ESN_NONE, 0}}};
}

/* The whole address space, as a UE asks for; what it gets is narrowed (TS 24.502 7.3.2). */
static void select_all(struct ike_message *m)
{
	const struct ike_selector all = {.last_port = 65535, .last = {255, 255, 255, 255}};

	m->present |= IKE_BIT(TSI) | IKE_BIT(TSR);
	m->tsi = m->tsr = all;
}

static void select_nas(struct ike_message *m, const uint8_t address[4])
{
	select_all(m);
	memcpy(m->tsi.first, address, 4);
	memcpy(m->tsi.last, address, 4);
	memcpy(m->tsr.first, nas_address, 4);
	memcpy(m->tsr.last, nas_address, 4);
}

static void notify(struct ike_message *m, uint16_t type, const uint8_t *data, uint16_t n)
{
	m->present |= IKE_BIT(NOTIFY);
	m->notify[m->n_notifies++] = (struct ike_notify){.type = type, .data = {data, n}};
}

static void configure(struct ike_message *m, uint8_t type, const uint8_t *address)
{
	m->present |= IKE_BIT(CP);
	m->cp_type = type;
	m->n_attributes = 1;
	m->attribute[0].type = IKE_INTERNAL_IP4_ADDRESS;
	m->attribute[0].value = (struct ike_octets){address, address ? 4 : 0};
}

static void put_eap(const struct msg *msg, uint8_t code, uint8_t message, struct id_plmn plmn,
                    struct msg_ike_room *room, struct ike_message *m)
{
	enum { FIRST_NAS = 2, MO_SIGNALLING = 3 };
	struct eap_packet packet = {.code = code, .identifier = msg->ike.eap_identifier};

	if (message) {
		packet.type = EAP_EXPANDED;
		packet.five_g.message = message;
		packet.five_g.nas = (struct eap_octets){msg->nas, message == EAP_5G_NAS ? msg->nas_octets : 0};
	}
	if (code == EAP_RESPONSE && message == EAP_5G_NAS && msg->ike.id == FIRST_NAS) {
		packet.five_g.has_plmn = packet.five_g.has_cause = true;
		packet.five_g.plmn = plmn;
		packet.five_g.establishment_cause = MO_SIGNALLING;
	}
	m->present |= IKE_BIT(EAP);
	m->eap = (struct ike_octets){room->eap, eap_encode(&packet, room->eap)};
}

static void put_signature(const struct msg *msg, struct msg_ike_room *room, struct ike_message *m)
{
	m->present |= IKE_BIT(AUTHENTICATION);
	m->auth_method = IKE_AUTH_DIGITAL_SIGNATURE;
	memcpy(room->auth, ed25519, sizeof ed25519);
	memcpy(room->auth + sizeof ed25519, msg->ike.auth, 64);
	m->auth = (struct ike_octets){room->auth, sizeof ed25519 + 64};
}

/* ---- the messages ---- */

static void compose_init(const struct msg *msg, struct ike_message *m)
{
	propose_ike(m);
	m->present |= IKE_BIT(KE) | IKE_BIT(NONCE);
	m->ke_group = IKE_DH_CURVE25519;
	m->ke = (struct ike_octets){msg->ike.ke, sizeof msg->ike.ke};
	m->nonce = (struct ike_octets){msg->ike.nonce, sizeof msg->ike.nonce};
	notify(m, IKE_SIGNATURE_HASH_ALGORITHMS, hashes, sizeof hashes);
}

static void compose_open(const struct msg *msg, struct id_plmn plmn, struct msg_ike_room *room,
                         struct ike_message *m)
{
	if (!m->response) { /* no AUTH: EAP (RFC 7296 2.16) */
		m->present |= IKE_BIT(IDI) | IKE_BIT(CERTREQ);
		m->idi = (struct ike_identity){IKE_ID_KEY_ID, {msg->ike.identity, 16}};
		m->certreq_encoding = IKE_CERT_X509;
		SHA1(msg->ike.cert_key, sizeof msg->ike.cert_key, room->hash); /* 3.7: of the anchor's key */
		m->certreq = (struct ike_octets){room->hash, sizeof room->hash};
		configure(m, IKE_CFG_REQUEST, NULL);
		propose_esp(m, msg->ike.esp_spi);
		select_all(m);
		return;
	}
	n3iwf_fqdn(plmn, room->fqdn);
	n3iwf_certificate(plmn, msg->ike.cert_key, msg->ike.cert_signature, room->certificate);
	m->present |= IKE_BIT(IDR) | IKE_BIT(CERT);
	m->idr = (struct ike_identity){IKE_ID_FQDN,
		{(const uint8_t *)room->fqdn, (uint16_t)strlen(room->fqdn)}};
	m->cert_encoding = IKE_CERT_X509;
	m->cert = (struct ike_octets){room->certificate, sizeof room->certificate};
	put_signature(msg, room, m);
	put_eap(msg, EAP_REQUEST, EAP_5G_START, plmn, room, m);
}

static void compose_final(const struct msg *msg, struct msg_ike_room *room, struct ike_message *m)
{
	m->present |= IKE_BIT(AUTHENTICATION);
	m->auth_method = IKE_AUTH_SHARED_KEY;
	m->auth = (struct ike_octets){msg->ike.auth, 32};
	if (!m->response)
		return;
	configure(m, IKE_CFG_REPLY, msg->ike.address);
	propose_esp(m, msg->ike.esp_spi);
	select_nas(m, msg->ike.address);
	room->port[0] = NAS_PORT >> 8;
	room->port[1] = NAS_PORT & 255;
	notify(m, IKE_NAS_IP4_ADDRESS, nas_address, sizeof nas_address);
	notify(m, IKE_NAS_TCP_PORT, room->port, sizeof room->port);
}

static void compose_delete(struct ike_message *m)
{
	m->present |= IKE_BIT(DELETE);
	m->delete_protocol = IKE_PROTOCOL_IKE;
}

void msg_ike_compose(const struct msg *msg, struct id_plmn plmn, struct msg_ike_room *room,
                     struct ike_message *m)
{
	enum msg_type type = (enum msg_type)msg->type;

	memset(m, 0, sizeof *m);
	m->spi_i = msg->ike.spi_i;
	m->spi_r = msg->ike.spi_r;
	m->exchange = exchange_of(type);
	m->response = msg_ike_is_response(type);
	m->from_initiator = msg->uplink;
	m->id = msg->ike.id;
	m->encrypted = m->exchange != IKE_SA_INIT;
	switch (msg->ike.part) {
	case MSG_IKE_INIT: compose_init(msg, m); break;
	case MSG_IKE_OPEN: compose_open(msg, plmn, room, m); break;
	case MSG_IKE_NAS:
		put_eap(msg, m->response ? EAP_REQUEST : EAP_RESPONSE, EAP_5G_NAS, plmn, room, m);
		break;
	case MSG_IKE_SUCCESS: put_eap(msg, EAP_SUCCESS, 0, plmn, room, m); break;
	case MSG_IKE_STOP:
		put_eap(msg, m->response ? EAP_FAILURE : EAP_RESPONSE, m->response ? 0 : EAP_5G_STOP, plmn,
		        room, m);
		break;
	case MSG_IKE_FINAL: compose_final(msg, room, m); break;
	case MSG_IKE_DELETE: compose_delete(m); break;
	case MSG_IKE_ERROR: notify(m, msg->ike.notify, NULL, 0); break;
	default: break; /* MSG_IKE_ALIVE */
	}
}

size_t msg_ike_init_octets(const struct msg *msg, struct id_plmn plmn, uint8_t *out)
{
	struct msg_ike_room room;
	struct ike_message m;

	msg_ike_compose(msg, plmn, &room, &m);
	return ike_encode(&m, NULL, out, MSG_IKE_INIT_MAX);
}

size_t msg_ike_initiator_body(const struct msg_ike *open, uint8_t *out)
{
	const struct ike_identity identity = {IKE_ID_KEY_ID, {open->identity, 16}};
	return ike_identity_body(&identity, out);
}

size_t msg_ike_responder_body(struct id_plmn plmn, uint8_t *out)
{
	char fqdn[N3IWF_FQDN_TEXT];
	struct ike_identity identity = {.type = IKE_ID_FQDN};

	n3iwf_fqdn(plmn, fqdn);
	identity.data = (struct ike_octets){(const uint8_t *)fqdn, (uint16_t)strlen(fqdn)};
	return ike_identity_body(&identity, out);
}

uint32_t msg_nwu_octets(const struct msg *msg, struct id_plmn plmn)
{
	struct msg_ike_room room;
	struct ike_message m;

	if (msg->type == MSG_NWU_NAS)
		return ike_esp_octets(msg->nas_octets);
	msg_ike_compose(msg, plmn, &room, &m);
	return MSG_IKE_MARKER + (uint32_t)ike_length(&m);
}

/* ---- back ---- */

static bool copy(struct ike_octets from, uint8_t *to, size_t n)
{
	if (from.n != n)
		return false;
	memcpy(to, from.at, n);
	return true;
}

static bool refuse(struct msg_fault *fault, uint8_t cause, const char *what)
{
	return msg_refuse(fault, cause, IKE_HEADER, what);
}

/* The one suite, wherever it stands among the transforms. */
static bool has_transforms(const struct ike_message *m, uint8_t protocol)
{
	const struct ike_proposal *p = &m->proposal[0];
	unsigned found = 0;

	if (m->n_proposals == 0 || p->protocol != protocol)
		return false;
	for (unsigned i = 0; i < p->n; i++)
		found |= (p->transform[i].type == IKE_ENCR &&
		          p->transform[i].id == IKE_ENCR_AES_GCM_16 && p->transform[i].key_bits == 128) |
		         (p->transform[i].type == IKE_PRF &&
		          p->transform[i].id == IKE_PRF_HMAC_SHA2_256) << 1 |
		         (p->transform[i].type == IKE_DH && p->transform[i].id == IKE_DH_CURVE25519) << 2;
	return (found & 1) && (protocol == IKE_PROTOCOL_ESP || found == 7);
}

static bool take_init(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	if (!has_transforms(m, IKE_PROTOCOL_IKE))
		return refuse(fault, IKE_NO_PROPOSAL_CHOSEN, "no proposal that is ours");
	if (m->ke_group != IKE_DH_CURVE25519 || !copy(m->ke, msg->ike.ke, 32))
		return refuse(fault, IKE_INVALID_KE_PAYLOAD, "a key of another group");
	if (!copy(m->nonce, msg->ike.nonce, CRYPTO_IKE_NONCE))
		return refuse(fault, IKE_INVALID_SYNTAX, "a nonce that is not 32 octets");
	msg->ike.part = MSG_IKE_INIT;
	return true;
}

static uint32_t spi_of(const struct ike_message *m)
{
	const uint8_t *spi = m->proposal[0].spi;
	return (uint32_t)spi[0] << 24 | (uint32_t)spi[1] << 16 | (uint32_t)spi[2] << 8 | spi[3];
}

static bool take_esp(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	if (!has_transforms(m, IKE_PROTOCOL_ESP) || m->proposal[0].n_spi != 4)
		return refuse(fault, IKE_NO_PROPOSAL_CHOSEN, "no proposal that is ours");
	msg->ike.esp_spi = spi_of(m);
	return true;
}

static bool take_eap(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	struct eap_packet packet;

	if (!eap_decode(m->eap.at, m->eap.n, &packet, fault))
		return refuse(fault, IKE_INVALID_SYNTAX, "an EAP packet that is none");
	msg->ike.eap_identifier = packet.identifier;
	if (packet.code == EAP_SUCCESS || packet.code == EAP_FAILURE) {
		msg->ike.part = packet.code == EAP_SUCCESS ? MSG_IKE_SUCCESS : MSG_IKE_STOP;
		return true;
	}
	if (packet.type != EAP_EXPANDED || packet.five_g.nas.n > MSG_NAS_MAX)
		return refuse(fault, IKE_INVALID_SYNTAX, "an EAP method other than EAP-5G");
	msg->ike.part = packet.five_g.message == EAP_5G_NAS ? MSG_IKE_NAS : MSG_IKE_STOP;
	msg->nas_octets = packet.five_g.nas.n;
	if (packet.five_g.nas.n)
		memcpy(msg->nas, packet.five_g.nas.at, packet.five_g.nas.n);
	return true;
}

static bool take_open(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	msg->ike.part = MSG_IKE_OPEN;
	if (!m->response) {
		if (!(m->present & IKE_BIT(IDI)) || !copy(m->idi.data, msg->ike.identity, 16))
			return refuse(fault, IKE_INVALID_SYNTAX, "no identity of 16 octets");
		return take_esp(m, msg, fault);
	}
	if (!n3iwf_certificate_read(m->cert.at, m->cert.n, msg->ike.cert_key, msg->ike.cert_signature))
		return refuse(fault, IKE_AUTHENTICATION_FAILED, "a certificate of somebody else's making");
	if (m->auth_method != IKE_AUTH_DIGITAL_SIGNATURE || m->auth.n != sizeof ed25519 + 64 ||
	    memcmp(m->auth.at, ed25519, sizeof ed25519) != 0)
		return refuse(fault, IKE_AUTHENTICATION_FAILED, "no Ed25519 signature");
	memcpy(msg->ike.auth, m->auth.at + sizeof ed25519, 64);
	if (!(m->present & IKE_BIT(EAP)) || !take_eap(m, msg, fault))
		return refuse(fault, IKE_INVALID_SYNTAX, "no EAP-5G Start");
	msg->ike.part = MSG_IKE_OPEN;
	return true;
}

static bool take_final(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	if (m->auth_method != IKE_AUTH_SHARED_KEY || !copy(m->auth, msg->ike.auth, 32))
		return refuse(fault, IKE_AUTHENTICATION_FAILED, "no AUTH by a shared key");
	msg->ike.part = MSG_IKE_FINAL;
	if (!m->response)
		return true;
	if (m->n_attributes == 0 || !copy(m->attribute[0].value, msg->ike.address, 4))
		return refuse(fault, IKE_INVALID_SYNTAX, "no address for the UE");
	return take_esp(m, msg, fault);
}

/* What an IKE_AUTH is follows from what stands in it. */
static bool take_auth(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	if (m->present & (IKE_BIT(IDI) | IKE_BIT(CERT)))
		return take_open(m, msg, fault);
	if (m->present & IKE_BIT(AUTHENTICATION))
		return take_final(m, msg, fault);
	if (m->present & IKE_BIT(EAP))
		return take_eap(m, msg, fault);
	return refuse(fault, IKE_INVALID_SYNTAX, "an IKE_AUTH without identity, EAP and AUTH");
}

bool msg_ike_take(const struct ike_message *m, struct msg *msg, struct msg_fault *fault)
{
	msg->ike.spi_i = m->spi_i;
	msg->ike.spi_r = m->spi_r;
	msg->ike.id = m->id;
	msg->uplink = m->from_initiator;
	if (m->n_notifies > 0 && m->notify[0].type < IKE_NAT_DETECTION_SOURCE &&
	    m->present == IKE_BIT(NOTIFY)) {
		msg->ike.part = MSG_IKE_ERROR;
		msg->ike.notify = m->notify[0].type;
		return true;
	}
	if (m->exchange != exchange_of((enum msg_type)msg->type))
		return refuse(fault, IKE_INVALID_SYNTAX, "another exchange");
	if (m->exchange == IKE_SA_INIT)
		return take_init(m, msg, fault);
	if (m->exchange == IKE_AUTH)
		return take_auth(m, msg, fault);
	msg->ike.part = m->present & IKE_BIT(DELETE) ? MSG_IKE_DELETE : MSG_IKE_ALIVE;
	return true;
}
