/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The codec of DT1 and DT2: random messages come back as they were, each is as long as the run says, and
 * every truncation and flipped bit ends in a message or a fault. Inputs lie in memory of their own exact
 * size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/coap.h"
#include "models/msg/dt.h"
#include "models/msg/dt_members.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const struct dt_realm realm = {.plmn = {999, 70, 2}, .routing_indicator = 12,
                                      .routing_digits = 4};
static uint64_t state = 0xd7;

static uint32_t draw(uint32_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * UINT64_C(2685821657736338717) >> 33) % below;
}

static void draw_octets(void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = (uint8_t)draw(256);
}

/* Every field, also those that the message does not carry. */
static struct msg draw_message(enum msg_type type)
{
	struct msg msg = {.type = (uint8_t)type};

	draw_octets(&msg.dt, sizeof msg.dt);
	draw_octets(&msg.assertion, sizeof msg.assertion);
	msg.assertion.sealed_n = DT_SEALED_OCTETS;
	msg.assertion.not_after_ns = (int64_t)draw(1u << 30) * 1000000;
	msg.asker = (struct sim_handle){draw(1u << 20), draw(1u << 30)};
	if (!dt_is_request(type) && draw(4) == 0)
		msg.cause = (uint8_t)(1 + draw(255));
	return msg;
}

static bool decode(const uint8_t *in, size_t n, enum msg_type type, struct msg *out,
                   struct msg_fault *fault)
{
	uint8_t *exact = malloc(n ? n : 1);
	bool good;

	memcpy(exact, in, n);
	memset(out, 0, sizeof *out);
	out->type = (uint8_t)type;
	*fault = (struct msg_fault){0, 0, NULL};
	good = dt_decode(&realm, exact, n, out, fault);
	free(exact);
	if (!good && (!fault->what || fault->offset > n || fault->cause < COAP_BAD_REQUEST))
		fail_msg("a fault that says nothing: %s at %u", fault->what ? fault->what : "(none)",
		         fault->offset);
	return good;
}

static void what_is_encoded_is_decoded_and_encodes_to_the_same_octets(void **unused)
{
	(void)unused;
	for (int round = 0; round < 2000; round++)
		for (int type = 1; type < MSG_N_TYPES; type++) {
			uint8_t first[DT_OCTETS_MAX], second[DT_OCTETS_MAX];
			struct msg sent, got;
			struct msg_fault fault;
			if (!dt_has((enum msg_type)type))
				continue;
			sent = draw_message((enum msg_type)type);
			const size_t n = dt_encode(&realm, &sent, first, sizeof first);
			assert_in_range(n, 1, sizeof first);
			assert_true(decode(first, n, (enum msg_type)type, &got, &fault));
			assert_int_equal(got.cause, sent.cause);
			assert_memory_equal(&got.asker, &sent.asker, sizeof got.asker);
			assert_int_equal(dt_encode(&realm, &got, second, sizeof second), n);
			assert_memory_equal(first, second, n);
		}
}

static void the_members_of_an_assertion_come_back(void **unused)
{
	struct msg sent = draw_message(MSG_HOSPITAL_ENTRY), got;
	struct msg_fault fault;
	uint8_t octets[DT_OCTETS_MAX];
	const struct msg_assertion *a = &sent.assertion, *b = &got.assertion;

	(void)unused;
	const size_t n = dt_encode(&realm, &sent, octets, sizeof octets);
	assert_true(decode(octets, n, MSG_NONE, &got, &fault));
	assert_int_equal(got.type, MSG_HOSPITAL_ENTRY); /* by its path */
	assert_memory_equal(dt_text_assertion(b).octets, dt_text_assertion(a).octets,
	                    dt_text_assertion(a).n);
	assert_memory_equal(b->signature, a->signature, sizeof a->signature);
	assert_memory_equal(got.dt.proof, sent.dt.proof, sizeof sent.dt.proof);
	assert_int_equal(got.dt.session, sent.dt.session);
}

static void a_message_is_as_long_as_the_run_says(void **unused)
{
	(void)unused;
	for (int round = 0; round < 200; round++)
		for (int type = 1; type < MSG_N_TYPES; type++) {
			uint8_t octets[DT_OCTETS_MAX];
			if (!dt_has((enum msg_type)type))
				continue;
			const struct msg msg = draw_message((enum msg_type)type);
			assert_int_equal(dt_octets(&msg),
			                 dt_encode(&realm, &msg, octets, sizeof octets) + DT_RECORD);
		}
}

static void every_truncation_and_flipped_bit_ends_in_a_message_or_a_fault(void **unused)
{
	(void)unused;
	for (int type = 1; type < MSG_N_TYPES; type++) {
		uint8_t octets[DT_OCTETS_MAX];
		struct msg got;
		struct msg_fault fault;
		if (!dt_has((enum msg_type)type))
			continue;
		const struct msg msg = draw_message((enum msg_type)type);
		const size_t n = dt_encode(&realm, &msg, octets, sizeof octets);
		for (size_t cut = 0; cut < n; cut++)
			assert_false(decode(octets, cut, (enum msg_type)type, &got, &fault));
		for (size_t bit = 0; bit < 8 * n; bit++) {
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
			decode(octets, n, (enum msg_type)type, &got, &fault);
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

static void no_room_is_no_message(void **unused)
{
	struct msg msg = draw_message(MSG_DTF_ENROL);
	uint8_t octets[DT_OCTETS_MAX];

	(void)unused;
	const size_t n = dt_encode(&realm, &msg, octets, sizeof octets);
	for (size_t room = 0; room < n; room++) {
		uint8_t *exact = malloc(room ? room : 1);
		assert_int_equal(dt_encode(&realm, &msg, exact, room), 0);
		free(exact);
	}
	msg.type = MSG_REGISTRATION_REQUEST;
	assert_int_equal(dt_encode(&realm, &msg, octets, sizeof octets), 0);
}

/* POST twin/alive with this payload; the fault's text, NULL when it is a message. */
static const char *alive(const char *payload, uint32_t n)
{
	const struct coap_message m = {.code = COAP_POST, .n_token = 8, .path = "twin/alive",
		.payload = (const uint8_t *)payload, .n_payload = n};
	uint8_t octets[DT_OCTETS_MAX];
	struct msg got;
	struct msg_fault fault;
	const size_t length = coap_encode(&m, octets, sizeof octets);

	return decode(octets, length, MSG_NONE, &got, &fault) ? NULL : fault.what;
}
#define ALIVE(payload) alive(payload, sizeof(payload) - 1)
#define SESSION "\x67session\x48" "12345678"
#define COUNT "\x65" "count\x1a\0\0\0\7"

static void members_that_are_not_known_are_ignored_and_those_that_are_needed_are_not(void **unused)
{
	(void)unused;
	assert_null(ALIVE("\xa2" SESSION COUNT));
	assert_null(ALIVE("\xa2" COUNT SESSION));
	assert_null(ALIVE("\xa2" SESSION "\x65" "count\7")); /* the shortest form of a number, too */
	assert_null(ALIVE("\xa3" SESSION COUNT "\x61x\x82\x01\xa1\x61y\xc1\0"));
	assert_string_equal(ALIVE("\xa1" SESSION), "count");
	assert_string_equal(ALIVE("\xa1" COUNT), "session");
	assert_string_equal(ALIVE("\xa3" SESSION COUNT COUNT), "CBOR: a key that comes twice");
	assert_string_equal(ALIVE("\xa2" SESSION "\x65" "count\x41\7"), "a member that is no number");
	assert_string_equal(ALIVE("\xa2" SESSION "\x65" "count\x1b\0\0\0\1\0\0\0\0"),
	                    "a number that is too large");
	assert_string_equal(ALIVE("\xa2\x67session\x47" "1234567" COUNT),
	                    "a byte string of another length");
	assert_string_equal(ALIVE("\xbf" SESSION COUNT "\xff"), "CBOR: an item of indefinite length");
	assert_string_equal(ALIVE("\xbb\xff\xff\xff\xff\xff\xff\xff\xff"),
	                    "CBOR: more elements than octets");
	assert_string_equal(ALIVE("\xa2" SESSION COUNT "\0"), "CBOR: more than one item");
	assert_string_equal(ALIVE("\x82" SESSION COUNT), "CBOR: no map");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_is_decoded_and_encodes_to_the_same_octets),
		cmocka_unit_test(the_members_of_an_assertion_come_back),
		cmocka_unit_test(a_message_is_as_long_as_the_run_says),
		cmocka_unit_test(every_truncation_and_flipped_bit_ends_in_a_message_or_a_fault),
		cmocka_unit_test(no_room_is_no_message),
		cmocka_unit_test(members_that_are_not_known_are_ignored_and_those_that_are_needed_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
