/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bodies: the members of an operation's row, written to and read from JSON by jansson. */
#include "models/msg/ngap.h"
#include "models/msg/sbi_internal.h"

#include "sim/core/status.h"
#include <string.h>

bool sbi_holds(const struct sbi *sbi, enum sbi_when when, const struct msg *msg)
{
	switch (when) {
	case SBI_WHEN_RESYNC:
		return msg->cause == MSG_CAUSE_SYNCH_FAILURE;
	case SBI_WHEN_AKA:
		return msg->method == MSG_METHOD_5G_AKA;
	case SBI_WHEN_EAP:
		return msg->method == MSG_METHOD_EAP_AKA_PRIME;
	case SBI_WHEN_GOOD:
		return msg->cause == MSG_CAUSE_NONE;
	case SBI_WHEN_BAD:
		return msg->cause != MSG_CAUSE_NONE;
	case SBI_WHEN_KNOWN:
		return msg->key.msin != 0;
	case SBI_WHEN_AKMA:
		return msg->vector.akma;
	case SBI_WHEN_OPC:
		return !sbi->network.tuak;
	case SBI_WHEN_TOPC:
		return sbi->network.tuak;
	case SBI_WHEN_PACKET:
		return msg->eap.n > 0;
	case SBI_WHEN_DONE:
		return msg->cause == MSG_CAUSE_NONE && msg->eap.n > 0 && msg->eap.octets[0] == 3;
	case SBI_WHEN_3GPP:
		return msg->access != NGAP_N3IWF;
	case SBI_WHEN_NON_3GPP:
		return msg->access == NGAP_N3IWF;
	default:
		return true;
	}
}

/* ---- places: names with '/' between them ---- */

static const char *step(const char *path, char name[64])
{
	size_t n = strcspn(path, "/");

	SIM_ASSERT(n < 64);
	memcpy(name, path, n);
	name[n] = 0;
	return path[n] ? path + n + 1 : NULL;
}

static json_t *container(const char *path)
{
	return path && path[0] == '#' ? json_array() : json_object();
}

static json_t *child(const json_t *parent, const char *name)
{
	return name[0] == '#' ? json_array_get(parent, 0) : json_object_get(parent, name);
}

static void attach(json_t *parent, const char *name, json_t *value)
{
	SIM_ASSERT((name[0] == '#' ? json_array_append_new(parent, value)
	                           : json_object_set_new_nocheck(parent, name, value)) == 0);
}

static void set(json_t *root, const char *path, json_t *value)
{
	char name[64];
	const char *rest = step(path, name);

	while (rest) {
		json_t *next = child(root, name);

		if (!next) {
			next = container(rest);
			attach(root, name, next);
		}
		root = next;
		rest = step(rest, name);
	}
	attach(root, name, value);
}

static const json_t *get(const json_t *root, const char *path)
{
	char name[64];

	for (const char *rest = path; rest && root;) {
		rest = step(rest, name);
		root = child(root, name);
	}
	return root;
}

/* ---- writing ---- */

static json_t *value_of(const struct sbi *sbi, const struct sbi_member *member,
                        const struct msg *msg)
{
	char text[SBI_VALUE_MAX];

	switch (member->kind) {
	case SBI_TEXT:
		return json_stringn_nocheck(text, sbi_write(sbi, member, msg, text));
	case SBI_LITERAL:
		return json_loads(member->text, JSON_DECODE_ANY, NULL);
	case SBI_FLAG:
		return *((const bool *)msg + member->offset) ? json_true() : NULL;
	case SBI_BOOL:
		return json_boolean(*((const bool *)msg + member->offset));
	case SBI_NULL:
		return json_null();
	default:
		return NULL;
	}
}

uint32_t sbi_json_write(const struct sbi *sbi, const struct sbi_member *members,
                        const struct msg *msg, uint8_t *out, uint32_t room)
{
	json_t *root = container(members->path);
	size_t n;

	for (const struct sbi_member *m = members; m->path; m++) {
		json_t *value = sbi_holds(sbi, (enum sbi_when)m->when, msg) ? value_of(sbi, m, msg) : NULL;

		if (value)
			set(root, m->path, value);
	}
	n = json_dumpb(root, (char *)out, room, JSON_COMPACT);
	json_decref(root);
	return n <= room ? (uint32_t)n : 0;
}

/* ---- reading ---- */

static bool read_value(const struct sbi *sbi, const struct sbi_member *member, const json_t *value,
                       struct msg *msg)
{
	switch (member->kind) {
	case SBI_TEXT:
		return json_is_string(value) &&
		       sbi_read(sbi, member, json_string_value(value),
		                (uint32_t)json_string_length(value), msg);
	case SBI_FLAG:
	case SBI_BOOL:
		*((bool *)msg + member->offset) = json_is_true(value);
		return json_is_boolean(value);
	case SBI_RESYNC:
		msg->cause = MSG_CAUSE_SYNCH_FAILURE;
		return json_is_object(value);
	case SBI_NULL:
		if (json_is_null(value))
			msg->cause = MSG_CAUSE_ILLEGAL_UE;
		return true; /* else it is read by the member behind */
	default:
		return true; /* a literal says nothing */
	}
}

/* Members that say by being there, or by their value, what else is there: read in any case. */
static bool is_optional(const struct sbi_member *member)
{
	return member->kind == SBI_FLAG || member->kind == SBI_RESYNC || member->kind == SBI_NULL ||
	       member->kind == SBI_LITERAL || member->when == SBI_WHEN_PACKET ||
	       member->when == SBI_WHEN_AKMA || member->when == SBI_WHEN_KNOWN;
}

static bool read_members(const struct sbi *sbi, const struct sbi_member *members,
                         const json_t *root, struct msg *msg, struct msg_fault *fault)
{
	for (const struct sbi_member *m = members; m->path; m++) {
		const json_t *value = get(root, m->path);
		bool optional = is_optional(m);

		if (optional ? !value : !sbi_holds(sbi, (enum sbi_when)m->when, msg))
			continue;
		if (!value || !read_value(sbi, m, value, msg))
			return msg_refuse(fault, SBI_FAULT(400), fault->offset, m->path);
	}
	return true;
}

/* jansson recurses: refuse deep nesting before it sees it. */
bool sbi_is_flat(const uint8_t *body, uint32_t n, uint32_t *at)
{
	uint32_t depth = 0;
	bool in_text = false;

	for (*at = 0; *at < n; ++*at) {
		uint8_t c = body[*at];

		if (in_text && c == '\\')
			++*at;
		else if (c == '"')
			in_text = !in_text;
		else if (!in_text && (c == '{' || c == '[') && ++depth > SBI_DEPTH_MAX)
			return false;
		else if (!in_text && (c == '}' || c == ']') && depth > 0)
			depth--;
	}
	return true;
}

bool sbi_json_read(const struct sbi *sbi, const struct sbi_member *members, const uint8_t *body,
                   uint32_t n, struct msg *msg, struct msg_fault *fault)
{
	json_error_t error;
	uint32_t at;
	json_t *root;
	bool good;

	if (!sbi_is_flat(body, n, &at))
		return msg_refuse(fault, SBI_FAULT(400), fault->offset + at, "JSON nested too deeply");
	root = json_loadb((const char *)body, n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		return msg_refuse(fault, SBI_FAULT(400), fault->offset + (uint32_t)error.position,
		                  "a body that is no JSON");
	good = read_members(sbi, members, root, msg, fault);
	json_decref(root);
	return good;
}
