/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/n32.h"

#include "models/msg/sbi_internal.h"
#include "models/msg/sbi_value.h"
#include "sim/core/status.h"

#include <stdio.h>
#include <string.h>

#define PROCESS "/n32f-forward/v1/n32f-process"

void n32_init(struct n32_context *context, bool prins, const uint8_t id[8],
              const struct jose_keys *jose, const uint8_t master[64])
{
	*context = (struct n32_context){.prins = prins};
	context->id[sbi_put_hex(context->id, id, 8)] = '\0';
	if (!prins)
		return;
	context->jose = *jose;
	crypto_n32_keys(jose->crypto, jose->suite, master, context->id, &context->keys);
}

static enum crypto_n32_flow flow_of(bool reverse, bool request)
{
	if (reverse)
		return request ? CRYPTO_N32_REVERSE_REQUEST : CRYPTO_N32_REVERSE_RESPONSE;
	return request ? CRYPTO_N32_PARALLEL_REQUEST : CRYPTO_N32_PARALLEL_RESPONSE;
}

static struct http2_field constant(const char *name, const char *value)
{
	return (struct http2_field){name, value, (uint16_t)strlen(name), (uint16_t)strlen(value),
	                            false};
}

static bool is_named(const struct http2_field *field, const char *name)
{
	return sbi_equals(field->name, field->n_name, name);
}

/* ---- TLS: a field names the other network's function (TS 29.500 6.1.4.3.2) ---- */

static void name_target(struct sbi_head *head, char root[128])
{
	for (uint32_t i = 0; i < head->n; i++)
		if (is_named(&head->field[i], ":authority")) {
			snprintf(root, 128, "https://%.*s", head->field[i].n_value, head->field[i].value);
			head->field[head->n++] = constant("3gpp-sbi-target-apiroot", root);
			return;
		}
}

/* ---- PRINS: what is protected, and how ---- */

/* TS 33.501 13.2.3.2, 13.2.3.4: identities of subscribers, authentication vectors, keys. */
static bool is_secret(const char *name, const char *value, size_t n)
{
	static const char *const material[] = {"rand", "autn", "auts", "hxresStar", "xresStar",
		"resStar", "xres", "ckPrime", "ikPrime", "kausf", "kseaf", "kSeaf", "eapPayload",
		"5gAuthData"};

	for (size_t i = 0; i < sizeof material / sizeof *material; i++)
		if (strcmp(material[i], name) == 0)
			return true;
	return memmem(value, n, "imsi-", 5) || memmem(value, n, "suci-", 5);
}

/* Lengths of both blocks and of the reformatted message. */
struct sizes {
	uint32_t clear, secret, outer;
};
struct blocks {
	json_t *clear;  /* DataToIntegrityProtectBlock           */
	json_t *secret; /* array: dataToEncrypt                  */
};

static json_t *hide(struct blocks *b, json_t *value)
{
	json_t *index = json_object();

	json_object_set_new(index, "encBlockIndex",
	                    json_integer((json_int_t)json_array_size(b->secret)));
	json_array_append_new(b->secret, value);
	return index;
}

static json_t *text_of(const char *text, size_t n)
{
	return json_stringn_nocheck(text, n);
}

static void add_payload(struct blocks *b, const char *path, const char *where, json_t *value)
{
	json_t *list = json_object_get(b->clear, "payload"), *entry = json_object();

	json_object_set_new(entry, "iePath", json_string(path));
	json_object_set_new(entry, "ieValueLocation", json_string(where));
	json_object_set_new(entry, "value", value);
	json_array_append_new(list, entry);
}

/* The leaves of a body by their JSON pointers (RFC 6901). */
static void flatten(struct blocks *b, json_t *object, const char *path)
{
	const char *name;
	json_t *value;

	json_object_foreach(object, name, value) {
		char here[SBI_VALUE_MAX];

		snprintf(here, sizeof here, "%s/%s", path, name);
		if (json_is_object(value) && json_object_size(value) > 0)
			flatten(b, value, here);
		else if (json_is_string(value) &&
		         is_secret(name, json_string_value(value), json_string_length(value)))
			add_payload(b, here, "BODY", hide(b, json_incref(value)));
		else
			add_payload(b, here, "BODY", json_incref(value));
	}
}

static bool begins_identity(const char *text, size_t n)
{
	return n >= 5 && (memcmp(text, "imsi-", 5) == 0 || memcmp(text, "suci-", 5) == 0);
}

/* An identity within the path stands for itself as a parameter of the URI. */
static json_t *path_of(struct blocks *b, const struct http2_field *field)
{
	const char *end = field->value + field->n_value, *at = field->value;
	char path[SBI_VALUE_MAX];

	while (at < end && !begins_identity(at, (size_t)(end - at)))
		at++;
	if (at == end)
		return text_of(field->value, field->n_value);
	const char *behind = memchr(at, '/', (size_t)(end - at));
	behind = behind ? behind : end;
	add_payload(b, "/{ueId}", "URI_PARAM", hide(b, text_of(at, (size_t)(behind - at))));
	int n = snprintf(path, sizeof path, "%.*s{ueId}%.*s", (int)(at - field->value), field->value,
	                 (int)(end - behind), behind);
	return text_of(path, (size_t)n);
}

static void add_field(struct blocks *b, json_t *line, const struct http2_field *field)
{
	char name[64];
	json_t *entry;

	snprintf(name, sizeof name, "%.*s", field->n_name, field->name);
	if (strcmp(name, ":path") == 0) {
		json_object_set_new(line, "path", path_of(b, field));
	} else if (name[0] == ':') {
		json_object_set_new(line, strcmp(name, ":status") == 0 ? "statusCode" : name + 1,
		                    text_of(field->value, field->n_value));
	} else {
		json_t *value = text_of(field->value, field->n_value);

		entry = json_object();
		json_object_set_new(entry, "header", json_string(name));
		json_object_set_new(entry, "value", is_secret(name, field->value, field->n_value)
		                                        ? hide(b, value)
		                                        : value);
		json_array_append_new(json_object_get(b->clear, "headers"), entry);
	}
}

static void add_meta(struct blocks *b, const struct n32_context *context, uint32_t stream)
{
	char id[17];
	json_t *meta = json_object();

	snprintf(id, sizeof id, "%016x", stream);
	json_object_set_new(meta, "n32fContextId", json_string(context->id));
	json_object_set_new(meta, "messageId", json_string(id));
	json_object_set_new(b->clear, "metaData", meta);
}

static void reformat(struct blocks *b, const struct n32_context *context, uint32_t stream,
                     bool request, const struct sbi_head *head)
{
	json_t *line = json_object(), *body;

	b->clear = json_object();
	b->secret = json_array();
	add_meta(b, context, stream);
	json_object_set_new(b->clear, request ? "requestLine" : "statusLine", line);
	json_object_set_new(b->clear, "headers", json_array());
	json_object_set_new(b->clear, "payload", json_array());
	for (uint32_t i = 0; i < head->n; i++)
		add_field(b, line, &head->field[i]);
	json_object_set_new(line, "protocolVersion", json_string("HTTP/2"));
	if (head->n_body == 0)
		return;
	body = json_loadb((const char *)head->body, head->n_body, 0, NULL);
	flatten(b, body, "");
	json_decref(body);
}

/* N32fReformattedReqMsg or N32fReformattedRspMsg: its length. */
static uint32_t protect(struct n32_context *context, uint32_t stream, enum crypto_n32_flow flow,
                        bool request, const struct sbi_head *head, uint8_t *out, uint32_t room,
                        struct sizes *sizes)
{
	char clear[JOSE_PLAIN_MAX], secret[JOSE_PLAIN_MAX];
	uint8_t nonce[12];
	struct blocks b;
	json_t *block = json_object(), *outer = json_object();
	size_t n_clear, n_secret, n;

	reformat(&b, context, stream, request, head);
	json_object_set_new(block, "dataToEncrypt", b.secret);
	n_clear = json_dumpb(b.clear, clear, sizeof clear, JSON_COMPACT);
	n_secret = json_dumpb(block, secret, sizeof secret, JSON_COMPACT);
	json_decref(b.clear);
	json_decref(block);
	if (n_clear > sizeof clear || n_secret > sizeof secret) {
		json_decref(outer);
		return 0;
	}
	crypto_n32_nonce(context->keys.iv_salt[flow], context->seq[flow]++, nonce);
	json_object_set_new(outer, "reformattedData",
	                    jose_jwe_seal(&context->jose, context->keys.key[flow], nonce, clear,
	                                  (uint32_t)n_clear, secret, (uint32_t)n_secret));
	n = json_dumpb(outer, (char *)out, room, JSON_COMPACT);
	json_decref(outer);
	*sizes = (struct sizes){(uint32_t)n_clear, (uint32_t)n_secret, (uint32_t)n};
	return n <= room ? (uint32_t)n : 0;
}

/* What carries a reformatted message: TS 29.573 6.2.4. */
static uint32_t carrying(bool request, uint32_t n_body, char digits[12],
                         struct http2_field out[HTTP2_FIELDS_MAX])
{
	static const char apart[] = "sepp1.5gc.3gppnetwork.org";
	uint32_t n = 0;

	if (request) {
		out[n++] = constant(":path", PROCESS);
		out[0].varies = true; /* as every path */
		out[n++] = constant(":method", "POST");
		out[n++] = constant(":scheme", "https");
		out[n++] = constant(":authority", apart);
	} else {
		out[n++] = constant(":status", "200");
	}
	out[n++] = constant("content-type", "application/json");
	snprintf(digits, 12, "%u", n_body);
	out[n] = constant("content-length", digits);
	out[n++].varies = true;
	return n;
}

uint32_t n32_encode(struct n32_context *context, const struct sbi *sbi, struct http2_sender *sender,
                    uint32_t stream, bool reverse, const struct msg *msg, uint8_t *out,
                    uint32_t room)
{
	bool request = sbi_is_request((enum msg_type)msg->type);
	uint8_t body[N32_OCTETS_MAX];
	char root[128], length[12];
	struct sbi_head head;
	struct http2_field field[HTTP2_FIELDS_MAX];
	struct sizes sizes;
	uint32_t n_body;

	sbi_compose(sbi, msg, &head);
	if (!context->prins) {
		name_target(&head, root);
		return http2_send(sender, stream, head.field, head.n, head.body, head.n_body, out, room);
	}
	n_body = protect(context, stream, flow_of(reverse, request), request, &head, body, sizeof body,
	                 &sizes);
	return n_body == 0 ? 0
	                   : http2_send(sender, stream, field, carrying(request, n_body, length, field),
	                                body, n_body, out, room);
}

/* ---- reading ---- */

/* A message rebuilt from its blocks. */
struct rebuilt {
	struct http2_message message;
	uint32_t n_text;
	char text[HTTP2_LIST_MAX];
	uint8_t body[HTTP2_BODY_MAX];
};

static bool add(struct rebuilt *r, const char *name, const char *value, size_t n)
{
	size_t n_name = strlen(name);
	struct http2_field *field = &r->message.field[r->message.n_fields];

	if (r->message.n_fields == HTTP2_FIELDS_MAX || n_name + n > sizeof r->text - r->n_text)
		return false;
	r->message.n_fields++;
	*field = (struct http2_field){r->text + r->n_text, r->text + r->n_text + n_name,
	                              (uint16_t)n_name, (uint16_t)n, true};
	memcpy(r->text + r->n_text, name, n_name);
	memcpy(r->text + r->n_text + n_name, value, n);
	r->n_text += (uint32_t)(n_name + n);
	return true;
}

/* The value itself, or what its index says. NULL: no such. */
static json_t *shown(json_t *value, const json_t *secret)
{
	const json_t *index = json_is_object(value) ? json_object_get(value, "encBlockIndex") : NULL;

	if (!index)
		return value;
	return json_is_integer(index) && json_integer_value(index) >= 0
	           ? json_array_get(secret, (size_t)json_integer_value(index))
	           : NULL;
}

/* Sets a leaf by its pointer; objects on the way are made. */
static bool put_leaf(json_t *root, const char *pointer, json_t *value)
{
	char name[128];
	uint32_t depth = 0;

	while (*pointer == '/' && depth++ < SBI_DEPTH_MAX) {
		size_t n = strcspn(pointer + 1, "/");
		json_t *next;

		if (n == 0 || n >= sizeof name)
			return false;
		memcpy(name, pointer + 1, n);
		name[n] = '\0';
		pointer += 1 + n;
		if (*pointer == '\0')
			return json_object_set(root, name, value) == 0;
		next = json_object_get(root, name);
		if (!next && json_object_set_new(root, name, next = json_object()) != 0)
			return false;
		if (!json_is_object(next))
			return false;
		root = next;
	}
	return false;
}

/* The body, and the identity that stood in the path. */
static bool rebuild_payload(struct rebuilt *r, const json_t *clear, const json_t *secret,
                            const json_t **identity)
{
	json_t *list = json_object_get(clear, "payload"), *body = json_object(), *entry;
	bool good = json_is_array(list);
	size_t i, n;

	json_array_foreach(list, i, entry) {
		const char *path = json_string_value(json_object_get(entry, "iePath"));
		const char *where = json_string_value(json_object_get(entry, "ieValueLocation"));
		json_t *value = shown(json_object_get(entry, "value"), secret);

		if (!path || !where || !value)
			good = false;
		else if (strcmp(where, "URI_PARAM") == 0)
			*identity = value;
		else
			good = good && put_leaf(body, path, value);
	}
	n = json_dumpb(body, (char *)r->body, sizeof r->body, JSON_COMPACT);
	json_decref(body);
	r->message.body = r->body;
	r->message.n_body = (uint32_t)n;
	return good && n <= sizeof r->body;
}

static bool rebuild_path(struct rebuilt *r, const json_t *line, const json_t *identity)
{
	const char *path = json_string_value(json_object_get(line, "path"));
	const char *at = path ? strstr(path, "{ueId}") : NULL;
	char whole[SBI_VALUE_MAX];
	int n;

	if (!path || (at && !json_is_string(identity)))
		return false;
	n = at ? snprintf(whole, sizeof whole, "%.*s%s%s", (int)(at - path), path,
	                  json_string_value(identity), at + 6)
	       : snprintf(whole, sizeof whole, "%s", path);
	return n > 0 && (size_t)n < sizeof whole && add(r, ":path", whole, (size_t)n);
}

static bool rebuild_line(struct rebuilt *r, const json_t *clear, bool request,
                         const json_t *identity)
{
	const json_t *line = json_object_get(clear, request ? "requestLine" : "statusLine");
	const json_t *word = json_object_get(line, request ? "method" : "statusCode");

	return json_is_string(word) &&
	       add(r, request ? ":method" : ":status", json_string_value(word),
	           json_string_length(word)) &&
	       (!request || rebuild_path(r, line, identity));
}

static bool rebuild_headers(struct rebuilt *r, const json_t *clear, const json_t *secret)
{
	const json_t *list = json_object_get(clear, "headers");
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry) {
		const char *name = json_string_value(json_object_get(entry, "header"));
		const json_t *value = shown(json_object_get(entry, "value"), secret);

		if (!name || !json_is_string(value) ||
		    !add(r, name, json_string_value(value), json_string_length(value)))
			return false;
	}
	return true;
}

static bool rebuild(struct rebuilt *r, const struct n32_context *context, const json_t *clear,
                    const json_t *secret, bool request)
{
	const char *id = json_string_value(
		json_object_get(json_object_get(clear, "metaData"), "n32fContextId"));
	const json_t *identity = NULL;

	return id && strcmp(id, context->id) == 0 && rebuild_payload(r, clear, secret, &identity) &&
	       rebuild_line(r, clear, request, identity) && rebuild_headers(r, clear, secret);
}

/* TS 33.501 13.2.4.6: each modification is signed and bound to the message by its tag. */
static const char *check_modifications(const struct n32_context *context, const json_t *outer)
{
	const json_t *list = json_object_get(outer, "modificationsBlock");
	const char *tag = json_string_value(
		json_object_get(json_object_get(outer, "reformattedData"), "tag"));
	uint8_t payload[JOSE_PLAIN_MAX];
	json_t *jws;
	size_t i;

	json_array_foreach(list, i, jws) {
		uint32_t n;
		const char *wrong = "modifications by nobody who may";

		if (context->ipx_public)
			wrong = jose_jws_verify(&context->jose, context->ipx_public, jws, payload, &n);
		json_t *block = wrong ? NULL : json_loadb((const char *)payload, n, 0, NULL);
		const char *bound = json_string_value(json_object_get(block, "tag"));
		bool same = bound && tag && strcmp(bound, tag) == 0;

		json_decref(block);
		if (wrong || !same)
			return wrong ? wrong : "modifications of another message";
	}
	return NULL;
}

static const char *open_blocks(struct n32_context *context, const json_t *outer,
                               enum crypto_n32_flow flow, bool request, struct rebuilt *r)
{
	struct jose_opened opened;
	const char *wrong = jose_jwe_open(&context->jose, context->keys.key[flow],
	                                  json_object_get(outer, "reformattedData"), &opened);
	json_t *clear, *secret;
	bool good;

	if (!wrong && memcmp(opened.iv, context->keys.iv_salt[flow], 8) != 0)
		wrong = "JWE: an IV of another flow";
	if (!wrong)
		wrong = check_modifications(context, outer);
	if (wrong)
		return wrong;
	clear = json_loadb((const char *)opened.aad, opened.n_aad, JSON_REJECT_DUPLICATES, NULL);
	secret = json_loadb((const char *)opened.plain, opened.n_plain, JSON_REJECT_DUPLICATES, NULL);
	good = rebuild(r, context, clear, json_object_get(secret, "dataToEncrypt"), request);
	json_decref(clear);
	json_decref(secret);
	return good ? NULL : "blocks that are no message of the SBI";
}

bool n32_decode(struct n32_context *context, const struct sbi *sbi, const struct http2_message *in,
                bool reverse, enum msg_type request, struct msg *msg, struct msg_fault *fault)
{
	bool is_request = request == MSG_NONE;
	struct rebuilt r = {.message = {.stream = in->stream}};
	const char *wrong;
	json_t *outer;

	if (!context->prins)
		return sbi_decode(sbi, in, request, msg, fault);
	if (!sbi_is_flat(in->body, in->n_body, &fault->offset))
		return msg_refuse(fault, SBI_FAULT(400), fault->offset, "JSON nested too deeply");
	outer = json_loadb((const char *)in->body, in->n_body, JSON_REJECT_DUPLICATES, NULL);
	if (!outer)
		return msg_refuse(fault, SBI_FAULT(400), 0, "a body that is no JSON");
	wrong = open_blocks(context, outer, flow_of(reverse, is_request), is_request, &r);
	json_decref(outer);
	if (wrong)
		return msg_refuse(fault, SBI_FAULT(403), 0, wrong);
	return sbi_decode(sbi, &r.message, request, msg, fault);
}

/* ---- lengths ---- */

/* Of a slot: all but what an EAP packet and the digits of content-length add. */
struct length {
	uint16_t clear, secret, outer, head;
};
struct n32_octets {
	const struct sbi_octets *plain;
	bool prins;
	struct length slot[SBI_SLOTS];
};

static uint32_t base64(uint32_t n)
{
	return (4 * n + 2) / 3;
}

struct measuring {
	struct n32_octets *octets;
	const struct sbi *sbi;
	struct n32_context context;
	struct http2_sender *sender[2];
};

static void measure(void *context, const struct msg *msg)
{
	struct measuring *m = context;
	bool request = sbi_is_request((enum msg_type)msg->type);
	uint8_t body[N32_OCTETS_MAX], out[N32_OCTETS_MAX + 512];
	uint32_t inner, total = 0;
	struct sbi_head head;
	struct sizes sizes;

	sbi_compose(m->sbi, msg, &head);
	inner = head.n_body;
	SIM_ASSERT(protect(&m->context, 1, flow_of(false, request), request, &head, body, sizeof body,
	                   &sizes) > 0);
	for (int i = 0; i < 2; i++) /* the second finds all constants known */
		total = n32_encode(&m->context, m->sbi, m->sender[request], 1, false, msg, out, sizeof out);
	SIM_ASSERT(total > sizes.outer);
	m->octets->slot[sbi_slot(msg)] = (struct length){
		.clear = (uint16_t)(sizes.clear - sbi_digits(inner)),
		.secret = (uint16_t)(sizes.secret - sbi_packet_octets(msg)),
		.outer = (uint16_t)(sizes.outer - base64(sizes.clear) - base64(sizes.secret)),
		.head = (uint16_t)(total - sizes.outer - sbi_digits(sizes.outer))};
}

struct n32_octets *n32_octets_new(struct sim_arena *arena, const struct sbi *sbi,
                                  const struct sbi_octets *plain, const struct jose_keys *jose)
{
	struct n32_octets *octets = sim_arena_alloc(arena, sizeof *octets);
	struct measuring m = {.octets = octets, .sbi = sbi,
		.sender = {http2_sender_new(false), http2_sender_new(true)}};
	const uint8_t zero[64] = {0};

	octets->plain = plain;
	octets->prins = jose != NULL;
	n32_init(&m.context, octets->prins, zero, jose, zero);
	if (octets->prins)
		sbi_each_slot(measure, &m);
	http2_sender_free(m.sender[0]);
	http2_sender_free(m.sender[1]);
	return octets;
}

/* N32-c is no N32-f: between SEPPs, but not reformatted. */
static bool is_handshake(enum msg_type type)
{
	return type >= MSG_N32_CAPABILITY && type <= MSG_N32_ERROR_RSP;
}

uint32_t n32_octets(const struct n32_octets *octets, const struct msg *msg)
{
	const struct length *length = &octets->slot[sbi_slot(msg)];
	enum msg_type type = (enum msg_type)msg->type;
	uint32_t clear, secret, outer;

	if (is_handshake(type))
		return sbi_octets(octets->plain, msg) + N32_TLS_RECORD;
	if (!octets->prins) /* one octet names the field 3gpp-Sbi-Target-apiRoot on a warm connection */
		return sbi_octets(octets->plain, msg) + sbi_is_request(type) + N32_TLS_RECORD;
	clear = length->clear + sbi_digits(sbi_body_octets(octets->plain, msg));
	secret = length->secret + sbi_packet_octets(msg) + sbi_longer_key_id(msg);
	outer = length->outer + base64(clear) + base64(secret);
	return length->head + sbi_digits(outer) + outer + N32_TLS_RECORD;
}
