/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CBOR by libcbor's encoders and streaming decoder, which allocate nothing. */
#include "models/msg/dt_members.h"

#include "models/id/name.h"
#include "models/msg/coap.h"
#include "sim/core/time.h"

#include <cbor.h>
#include <string.h>

/* Nanoseconds since 1970 at simulated time 0: as in every other message that says a time. */
#define EPOCH_NS (INT64_C(1795392000) * SIM_NS_PER_S)

static const char CAUSE[] = "cause";

/* ---- writing ---- */

struct writer {
	const struct dt_realm *realm;
	const struct msg *msg;
	uint8_t *at;
	size_t n, room;
	bool full;
};

/* What an encoder of libcbor has written at the end; 0: no room. */
static void advance(struct writer *w, size_t written)
{
	w->full = w->full || written == 0;
	w->n += written;
}

#define PUT(w, encode, value) advance(w, (encode)(value, (w)->at + (w)->n, (w)->room - (w)->n))

static void put_octets(struct writer *w, const void *octets, size_t n)
{
	if (w->full || w->room - w->n < n) {
		w->full = true;
		return;
	}
	if (n)
		memcpy(w->at + w->n, octets, n);
	w->n += n;
}

static void put_text(struct writer *w, const char *text)
{
	PUT(w, cbor_encode_string_start, strlen(text));
	put_octets(w, text, strlen(text));
}

static void put_string(struct writer *w, const void *octets, size_t n)
{
	PUT(w, cbor_encode_bytestring_start, n);
	put_octets(w, octets, n);
}

static void put_session(struct writer *w, uint64_t v)
{
	uint8_t octets[8];

	for (int i = 0; i < 8; i++)
		octets[i] = (uint8_t)(v >> 8 * (7 - i));
	put_string(w, octets, sizeof octets);
}

static void put_akid(struct writer *w, const uint8_t a_tid[32])
{
	char text[ID_AKID_TEXT];

	id_akid_text(w->realm->plmn, w->realm->routing_indicator, w->realm->routing_digits, a_tid,
	             text);
	put_text(w, text);
}

static void put_members(struct writer *w, const struct dt_member *members);

static void put_value(struct writer *w, const struct dt_member *member)
{
	const uint8_t *field = (const uint8_t *)w->msg + member->offset;
	uint16_t u16;
	uint32_t u32;
	uint64_t u64;

	switch ((enum dt_kind)member->kind) {
	case DT_OCTETS:
		put_string(w, field, member->n);
		break;
	case DT_SEALED:
		put_string(w, field, w->msg->assertion.sealed_n);
		break;
	case DT_U16:
		memcpy(&u16, field, sizeof u16);
		PUT(w, cbor_encode_uint16, u16);
		break;
	case DT_U32:
		memcpy(&u32, field, sizeof u32);
		PUT(w, cbor_encode_uint32, u32);
		break;
	case DT_U64:
		memcpy(&u64, field, sizeof u64);
		put_session(w, u64);
		break;
	case DT_TIME:
		memcpy(&u64, field, sizeof u64);
		PUT(w, cbor_encode_uint64, u64 + (uint64_t)EPOCH_NS);
		break;
	case DT_AKID:
		put_akid(w, field);
		break;
	case DT_MAP:
		put_members(w, member->members);
		break;
	}
}

static size_t count(const struct dt_member *members)
{
	size_t n = 0;

	while (members[n].key)
		n++;
	return n;
}

static void put_members(struct writer *w, const struct dt_member *members)
{
	PUT(w, cbor_encode_map_start, count(members));
	for (; members->key && !w->full; members++) {
		put_text(w, members->key);
		put_value(w, members);
	}
}

static void put_refusal(struct writer *w, const struct dt_member *members)
{
	size_t n = 1;

	for (const struct dt_member *m = members; m->key; m++)
		n += m->in_refusals;
	PUT(w, cbor_encode_map_start, n);
	put_text(w, CAUSE);
	PUT(w, cbor_encode_uint16, (uint16_t)w->msg->cause); /* never in the short form */
	for (; members->key && !w->full; members++)
		if (members->in_refusals) {
			put_text(w, members->key);
			put_value(w, members);
		}
}

size_t dt_members_write(const struct dt_realm *realm, const struct dt_member *members,
                        const struct msg *msg, uint8_t *out, size_t room)
{
	struct writer w = {.realm = realm, .msg = msg, .at = out, .room = room};

	if (msg->assertion.sealed_n > MSG_SCHEME_MAX)
		return 0;
	if (msg->cause)
		put_refusal(&w, members);
	else
		put_members(&w, members);
	return w.full ? 0 : w.n;
}

/* ---- reading: one item at a time ---- */

enum item_kind { ITEM_OTHER, ITEM_NUMBER, ITEM_STRING, ITEM_TEXT, ITEM_MAP, ITEM_ARRAY, ITEM_TAG,
                 ITEM_ENDLESS };
struct item {
	enum item_kind kind;
	uint64_t v; /* a number; members of a map, elements of an array */
	const uint8_t *at;
	size_t n;
};

static void on_u8(void *item, uint8_t v)
{
	*(struct item *)item = (struct item){.kind = ITEM_NUMBER, .v = v};
}
static void on_u16(void *item, uint16_t v)
{
	*(struct item *)item = (struct item){.kind = ITEM_NUMBER, .v = v};
}
static void on_u32(void *item, uint32_t v)
{
	*(struct item *)item = (struct item){.kind = ITEM_NUMBER, .v = v};
}
static void on_u64(void *item, uint64_t v)
{
	*(struct item *)item = (struct item){.kind = ITEM_NUMBER, .v = v};
}
static void on_string(void *item, cbor_data at, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_STRING, .at = at, .n = n};
}
static void on_text(void *item, cbor_data at, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_TEXT, .at = at, .n = n};
}
static void on_map(void *item, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_MAP, .v = n};
}
static void on_array(void *item, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_ARRAY, .v = n};
}
static void on_tag(void *item, uint64_t v)
{
	*(struct item *)item = (struct item){.kind = ITEM_TAG, .v = v};
}
static void on_endless(void *item)
{
	*(struct item *)item = (struct item){.kind = ITEM_ENDLESS};
}

static struct cbor_callbacks callbacks(void)
{
	struct cbor_callbacks c = cbor_empty_callbacks;

	c.uint8 = on_u8;
	c.uint16 = on_u16;
	c.uint32 = on_u32;
	c.uint64 = on_u64;
	c.byte_string = on_string;
	c.string = on_text;
	c.map_start = on_map;
	c.array_start = on_array;
	c.tag = on_tag;
	c.byte_string_start = c.string_start = c.indef_map_start = c.indef_array_start =
		c.indef_break = on_endless;
	return c;
}

struct reader {
	const struct dt_realm *realm;
	const uint8_t *in;
	size_t n, at;
	struct cbor_callbacks callbacks;
	struct msg *msg;
	struct msg_fault *fault;
};

static bool refuse(struct reader *r, const char *what)
{
	return msg_refuse(r->fault, COAP_BAD_REQUEST, (uint32_t)r->at, what);
}

static bool next(struct reader *r, struct item *item)
{
	struct cbor_decoder_result result;

	*item = (struct item){.kind = ITEM_OTHER};
	result = cbor_stream_decode(r->in + r->at, r->n - r->at, &r->callbacks, item);
	if (result.status != CBOR_DECODER_FINISHED)
		return refuse(r, "CBOR: cut short, or no item");
	if (item->kind == ITEM_ENDLESS)
		return refuse(r, "CBOR: an item of indefinite length");
	if ((item->kind == ITEM_MAP || item->kind == ITEM_ARRAY) && item->v > r->n - r->at)
		return refuse(r, "CBOR: more elements than octets");
	r->at += result.read;
	return true;
}

/* An item that nobody here knows, with all that it holds: each takes an octet at least. */
static bool skip(struct reader *r)
{
	struct item item;

	for (uint64_t left = 1; left > 0; left--) {
		if (!next(r, &item))
			return false;
		if (item.kind == ITEM_MAP)
			left += 2 * item.v;
		else if (item.kind == ITEM_ARRAY)
			left += item.v;
		else if (item.kind == ITEM_TAG)
			left++;
	}
	return true;
}

/* ---- reading: values ---- */

static bool take_number(struct reader *r, const struct dt_member *member, const struct item *item)
{
	uint8_t *field = (uint8_t *)r->msg + member->offset;
	const uint64_t high = member->kind == DT_U16 ? UINT16_MAX : UINT32_MAX;
	const uint16_t u16 = (uint16_t)item->v;
	const uint32_t u32 = (uint32_t)item->v;
	const int64_t time = (int64_t)(item->v - (uint64_t)EPOCH_NS);

	if (item->kind != ITEM_NUMBER)
		return refuse(r, "a member that is no number");
	if (member->kind == DT_TIME)
		memcpy(field, &time, sizeof time);
	else if (item->v > high)
		return refuse(r, "a number that is too large");
	else if (member->kind == DT_U16)
		memcpy(field, &u16, sizeof u16);
	else
		memcpy(field, &u32, sizeof u32);
	return true;
}

static bool take_string(struct reader *r, const struct dt_member *member, const struct item *item)
{
	uint8_t *field = (uint8_t *)r->msg + member->offset;
	uint64_t u64 = 0;

	if (item->kind != ITEM_STRING)
		return refuse(r, "a member that is no byte string");
	if (member->kind == DT_SEALED ? item->n > member->n : item->n != member->n)
		return refuse(r, "a byte string of another length");
	if (member->kind == DT_U64) {
		for (size_t i = 0; i < 8; i++)
			u64 = u64 << 8 | item->at[i];
		memcpy(field, &u64, sizeof u64);
		return true;
	}
	if (item->n)
		memcpy(field, item->at, item->n);
	if (member->kind == DT_SEALED)
		r->msg->assertion.sealed_n = (uint8_t)item->n;
	return true;
}

static int hex(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The A-TID within must be what makes exactly this text again. */
static bool take_akid(struct reader *r, const struct dt_member *member, const struct item *item)
{
	const size_t digits = r->realm->routing_digits;
	char text[ID_AKID_TEXT];
	uint8_t a_tid[32];

	if (item->kind != ITEM_TEXT || item->n < digits + 64)
		return refuse(r, "akid: no A-KID");
	for (size_t i = 0; i < sizeof a_tid; i++) {
		const int high = hex(item->at[digits + 2 * i]), low = hex(item->at[digits + 2 * i + 1]);
		if (high < 0 || low < 0)
			return refuse(r, "akid: an A-TID that is no hexadecimal number");
		a_tid[i] = (uint8_t)(high << 4 | low);
	}
	id_akid_text(r->realm->plmn, r->realm->routing_indicator, r->realm->routing_digits, a_tid,
	             text);
	if (item->n != strlen(text) || memcmp(item->at, text, item->n) != 0)
		return refuse(r, "akid: of another home network");
	memcpy((uint8_t *)r->msg + member->offset, a_tid, sizeof a_tid);
	return true;
}

static bool read_map(struct reader *r, const struct dt_member *members, bool refuses);

static bool take(struct reader *r, const struct dt_member *member)
{
	struct item item;

	if (member->kind == DT_MAP)
		return read_map(r, member->members, false);
	if (!next(r, &item))
		return false;
	switch ((enum dt_kind)member->kind) {
	case DT_U16:
	case DT_U32:
	case DT_TIME:
		return take_number(r, member, &item);
	case DT_AKID:
		return take_akid(r, member, &item);
	default:
		return take_string(r, member, &item);
	}
}

static bool take_cause(struct reader *r)
{
	struct item item;

	if (!next(r, &item))
		return false;
	if (item.kind != ITEM_NUMBER || item.v == 0 || item.v > UINT8_MAX)
		return refuse(r, "cause: no cause");
	r->msg->cause = (uint8_t)item.v;
	return true;
}

static bool is(const struct item *item, const char *text)
{
	return item->n == strlen(text) && memcmp(item->at, text, item->n) == 0;
}

/* One member; marks it among those that have come. */
static bool read_member(struct reader *r, const struct dt_member *members, bool refuses,
                        uint32_t *come, bool *cause)
{
	struct item key;

	if (!next(r, &key))
		return false;
	if (key.kind != ITEM_TEXT)
		return refuse(r, "CBOR: a key that is no text");
	if (refuses && is(&key, CAUSE)) {
		*cause = true;
		return take_cause(r);
	}
	for (uint32_t i = 0; members[i].key; i++)
		if (is(&key, members[i].key)) {
			if (*come >> i & 1)
				return refuse(r, "CBOR: a key that comes twice");
			*come |= 1u << i;
			return take(r, &members[i]);
		}
	return skip(r);
}

static bool read_map(struct reader *r, const struct dt_member *members, bool refuses)
{
	struct item map;
	uint32_t come = 0;
	bool cause = false;

	if (!next(r, &map))
		return false;
	if (map.kind != ITEM_MAP)
		return refuse(r, "CBOR: no map");
	for (uint64_t i = 0; i < map.v; i++)
		if (!read_member(r, members, refuses, &come, &cause))
			return false;
	for (uint32_t i = 0; members[i].key; i++)
		if (!(come >> i & 1) && (!refuses || members[i].in_refusals))
			return refuse(r, members[i].key);
	return !refuses || cause || refuse(r, CAUSE);
}

bool dt_members_read(const struct dt_realm *realm, const struct dt_member *members, bool refuses,
                     const uint8_t *in, size_t n, struct msg *msg, struct msg_fault *fault)
{
	struct reader r = {.realm = realm, .in = in, .n = n, .callbacks = callbacks(), .msg = msg,
		.fault = fault};

	if (n == 0) /* and in may be NULL */
		return refuse(&r, "CBOR: nothing");
	if (!read_map(&r, members, refuses))
		return false;
	return r.at == n || refuse(&r, "CBOR: more than one item");
}
