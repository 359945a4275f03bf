/* SPDX-License-Identifier: GPL-2.0-or-later */
/* N32-f read: blocks verified, opened and put together to a message of the SBI again. */
#include "models/msg/n32_internal.h"
#include "models/msg/sbi_value.h"

#include <stdio.h>
#include <string.h>

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
	wrong = open_blocks(context, outer, n32_flow(reverse, is_request), is_request, &r);
	json_decref(outer);
	if (wrong)
		return msg_refuse(fault, SBI_FAULT(403), 0, wrong);
	return sbi_decode(sbi, &r.message, request, msg, fault);
}
