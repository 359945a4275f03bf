/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/n32_internal.h"
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

enum crypto_n32_flow n32_flow(bool reverse, bool request)
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
uint32_t n32_protect(struct n32_context *context, uint32_t stream, enum crypto_n32_flow flow,
                        bool request, const struct sbi_head *head, uint8_t *out, uint32_t room,
                        struct n32_sizes *sizes)
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
	*sizes = (struct n32_sizes){(uint32_t)n_clear, (uint32_t)n_secret, (uint32_t)n};
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
	struct n32_sizes sizes;
	uint32_t n_body;

	sbi_compose(sbi, msg, &head);
	if (!context->prins) {
		name_target(&head, root);
		return http2_send(sender, stream, head.field, head.n, head.body, head.n_body, out, room);
	}
	n_body = n32_protect(context, stream, n32_flow(reverse, request), request, &head, body,
	                     sizeof body, &sizes);
	return n_body == 0 ? 0
	                   : http2_send(sender, stream, field, carrying(request, n_body, length, field),
	                                body, n_body, out, room);
}
