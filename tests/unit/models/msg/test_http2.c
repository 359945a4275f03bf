/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTTP/2 frames and header blocks: what a sender makes, and what a receiver takes and refuses. */
#include "models/msg/http2.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct http2_field fields[] = {
	{":path", "/a/0123456789", 5, 13, true},
	{":method", "POST", 7, 4, false},
	{":authority", "ausf1.5gc.mnc070.mcc999.3gppnetwork.org", 10, 39, false},
	{"x-varies", "1234567890", 8, 10, true},
};
enum { N_FIELDS = sizeof fields / sizeof *fields, FRAME = HTTP2_FRAME_HEADER, ROOM = 40000 };

static uint32_t send_one(struct http2_sender *sender, uint32_t n_body, uint8_t *out)
{
	static const uint8_t body[HTTP2_BODY_MAX + 1];

	return http2_send(sender, http2_next_stream(sender), fields, N_FIELDS, body, n_body, out, ROOM);
}

static void take(const uint8_t *octets, uint32_t n, uint32_t n_body)
{
	struct http2_receiver *receiver = http2_receiver_new(false);
	struct http2_message in;
	struct msg_fault fault = {0};

	assert_int_equal(http2_receive(receiver, octets, n, &in, &fault), n);
	assert_int_equal(in.stream, 1);
	assert_int_equal(in.n_body, n_body);
	assert_int_equal(in.n_fields, N_FIELDS);
	for (uint32_t i = 0; i < N_FIELDS; i++) {
		assert_memory_equal(in.field[i].name, fields[i].name, fields[i].n_name);
		assert_memory_equal(in.field[i].value, fields[i].value, fields[i].n_value);
		assert_int_equal(in.field[i].varies, fields[i].varies);
	}
	http2_receiver_free(receiver);
}

static void refuse(const uint8_t *octets, uint32_t n, enum http2_error error)
{
	struct http2_receiver *receiver = http2_receiver_new(false);
	struct http2_message in;
	struct msg_fault fault = {0};

	assert_int_equal(http2_receive(receiver, octets, n, &in, &fault), 0);
	assert_int_equal(fault.cause, error);
	assert_non_null(fault.what);
	assert_true(fault.offset <= n);
	assert_int_equal(http2_receive(receiver, octets, n, &in, &fault), 0); /* it stays broken */
	http2_receiver_free(receiver);
}

static void a_request_comes_back_field_by_field(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);
	uint8_t out[ROOM];
	uint32_t n = send_one(sender, 100, out);

	(void)state;
	take(out, n, 100);
	http2_sender_free(sender);
}

static void a_warm_request_costs_an_octet_for_each_constant_field(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);
	uint8_t out[ROOM];
	uint32_t cold = send_one(sender, 0, out), warm = send_one(sender, 0, out);

	(void)state;
	assert_true(cold > warm);
	/* :path by its number, x-varies by its name, lengths of one octet each */
	assert_int_equal(warm, FRAME + (1 + 1 + 13) + 1 + 1 + (1 + 1 + 8 + 1 + 10));
	assert_int_equal(send_one(sender, 0, out), warm);
	http2_sender_free(sender);
}

static void streams_of_a_client_are_odd_and_grow(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);

	(void)state;
	assert_int_equal(http2_next_stream(sender), 1);
	assert_int_equal(http2_next_stream(sender), 3);
	assert_int_equal(http2_next_stream(sender), 5);
	http2_sender_free(sender);
}

/* The header block of a request cut in two: HEADERS without END_HEADERS, then CONTINUATION. */
static uint32_t cut(const uint8_t *in, uint32_t n, uint32_t first, uint8_t *out)
{
	uint32_t block = (uint32_t)in[1] << 8 | in[2];

	memcpy(out, in, FRAME + first);
	out[2] = (uint8_t)first;
	out[4] &= (uint8_t)~4;
	memcpy(out + FRAME + first, in, FRAME);
	out[FRAME + first + 2] = (uint8_t)(block - first);
	out[FRAME + first + 3] = 9;
	out[FRAME + first + 4] = 4;
	memcpy(out + FRAME + first + FRAME, in + FRAME + first, n - FRAME - first);
	return n + FRAME;
}

static void a_continuation_is_taken_and_nothing_between(void **state)
{
	static const uint8_t ping[FRAME + 8] = {0, 0, 8, 6};
	struct http2_sender *sender = http2_sender_new(true);
	uint8_t out[ROOM], two[ROOM], between[ROOM];
	uint32_t n = send_one(sender, 10, out);

	(void)state;
	for (uint32_t first = 0; first < 40; first++) {
		uint32_t m = cut(out, n, first, two);

		take(two, m, 10);
		memcpy(between, two, FRAME + first);
		memcpy(between + FRAME + first, ping, sizeof ping);
		memcpy(between + FRAME + first + sizeof ping, two + FRAME + first, m - FRAME - first);
		refuse(between, m + sizeof ping, HTTP2_PROTOCOL_ERROR);
	}
	http2_sender_free(sender);
}

static void padding_and_priority_are_taken_off(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);
	uint8_t out[ROOM], padded[ROOM];
	uint32_t n = send_one(sender, 0, out), block = n - FRAME;

	(void)state;
	memcpy(padded, out, FRAME);
	padded[2] = (uint8_t)(block + 1 + 5 + 3);
	padded[4] |= 8 | 32;
	padded[FRAME] = 3;
	memset(padded + FRAME + 1, 0, 5);
	memcpy(padded + FRAME + 6, out + FRAME, block);
	memset(padded + FRAME + 6 + block, 0, 3);
	take(padded, n + 9, 0);
	padded[FRAME] = 255;
	refuse(padded, n + 9, HTTP2_PROTOCOL_ERROR);
	http2_sender_free(sender);
}

static void a_preface_settings_and_unknown_frames_come_before_a_message(void **state)
{
	static const uint8_t unknown[] = {0, 0, 2, 0xee, 0, 0, 0, 0, 0, 1, 2};
	struct http2_sender *sender = http2_sender_new(true);
	struct http2_receiver *receiver = http2_receiver_new(true);
	struct http2_message in;
	struct msg_fault fault;
	uint8_t out[ROOM];
	uint32_t n = http2_open(sender, out);

	(void)state;
	n += http2_acknowledge(out + n);
	memcpy(out + n, unknown, sizeof unknown);
	n += sizeof unknown;
	n += send_one(sender, 5, out + n);
	assert_int_equal(http2_receive(receiver, out, n, &in, &fault), n);
	assert_int_equal(in.stream, 1);
	http2_receiver_free(receiver);
	receiver = http2_receiver_new(true);
	assert_int_equal(http2_receive(receiver, out + 1, n - 1, &in, &fault), 0);
	assert_int_equal(fault.cause, HTTP2_PROTOCOL_ERROR);
	http2_receiver_free(receiver);
	http2_sender_free(sender);
}

static void more_than_a_receiver_takes_is_refused_calmly(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);
	struct http2_field many[HTTP2_FIELDS_MAX + 1];
	static char value[HTTP2_LIST_MAX];
	uint8_t out[ROOM];
	uint32_t n = send_one(sender, HTTP2_BODY_MAX, out);

	(void)state;
	take(out, n, HTTP2_BODY_MAX);
	http2_sender_free(sender);
	sender = http2_sender_new(true); /* a table that a new receiver shares */
	n = send_one(sender, HTTP2_BODY_MAX + 1, out);
	refuse(out, n, HTTP2_ENHANCE_YOUR_CALM);
	for (int i = 0; i <= HTTP2_FIELDS_MAX; i++)
		many[i] = fields[3];
	n = http2_send(sender, 5, many, HTTP2_FIELDS_MAX + 1, NULL, 0, out, ROOM);
	refuse(out, n, HTTP2_ENHANCE_YOUR_CALM);
	many[0].value = memset(value, 'a', sizeof value);
	many[0].n_value = sizeof value - 20;
	n = http2_send(sender, 7, many, 1, NULL, 0, out, ROOM);
	refuse(out, n, HTTP2_ENHANCE_YOUR_CALM);
	http2_sender_free(sender);
}

static void what_does_not_fit_is_not_sent(void **state)
{
	uint8_t out[ROOM], body[50] = {0};

	(void)state;
	for (uint32_t room = 0; room < 170; room++) {
		struct http2_sender *sender = http2_sender_new(true);
		uint32_t n;

		memset(out, 0xaa, sizeof out);
		n = http2_send(sender, 1, fields, N_FIELDS, body, sizeof body, out, room);
		assert_true(n <= room);
		assert_int_equal(out[room], 0xaa);
		if (n > 0)
			take(out, n, sizeof body);
		http2_sender_free(sender);
	}
}

static void credit_is_owed_before_a_sender_could_stall(void **state)
{
	struct http2_sender *sender = http2_sender_new(true);
	uint8_t out[ROOM], credit[HTTP2_CREDIT_OCTETS];
	uint64_t sent = 0;
	uint32_t owed;

	(void)state;
	do {
		send_one(sender, HTTP2_BODY_MAX, out);
		sent += HTTP2_BODY_MAX;
		owed = http2_owed(sender);
	} while (owed == 0);
	assert_int_equal(owed, sent);
	assert_true(sent < 0x7fffffff);
	assert_int_equal(http2_credit(owed, credit), HTTP2_CREDIT_OCTETS);
	assert_int_equal(credit[3], 8); /* WINDOW_UPDATE, RFC 9113 6.9 */
	assert_int_equal(http2_owed(sender), 0);
	http2_sender_free(sender);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_comes_back_field_by_field),
		cmocka_unit_test(a_warm_request_costs_an_octet_for_each_constant_field),
		cmocka_unit_test(streams_of_a_client_are_odd_and_grow),
		cmocka_unit_test(a_continuation_is_taken_and_nothing_between),
		cmocka_unit_test(padding_and_priority_are_taken_off),
		cmocka_unit_test(a_preface_settings_and_unknown_frames_come_before_a_message),
		cmocka_unit_test(more_than_a_receiver_takes_is_refused_calmly),
		cmocka_unit_test(what_does_not_fit_is_not_sent),
		cmocka_unit_test(credit_is_owed_before_a_sender_could_stall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
