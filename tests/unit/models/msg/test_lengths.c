/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lengths on the wire beside what Open5GS 2.7.7 and UERANSIM 3.3.0 sent: data/sbi_operations.csv
 * (means of 264 registrations: HPACK-coded headers and JSON bodies) and
 * data/n2_messages_suci_a.csv. */
#include "models/id/suci.h"
#include "models/msg/msg_ngap.h"
#include "models/msg/sbi.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DATA "tests/unit/models/msg/data/"
enum { FRAME = 9 }; /* RFC 9113 4.1: HEADERS, and DATA when there is a body */

/*
 * Our body less Open5GS's, request and answer. Hosts are names
 * (https://ausf1.5gc.mnc070.mcc999.3gppnetwork.org), theirs addresses with ports
 * (http://127.0.0.11:7777); resources have UUIDs, theirs small numbers; our timestamps have
 * milliseconds and a Z, theirs microseconds and +00:00.
 */
static const struct {
	enum msg_type request, answer;
	int longer[2];
	const char *reason;
} operations[] = {
	{MSG_AUSF_AUTHENTICATE, MSG_AUSF_AUTHENTICATE_RSP, {0, 58}, "href: name of the host, UUID"},
	{MSG_UDM_GENERATE, MSG_UDM_GENERATE_RSP, {0, 0}, ""},
	{MSG_UDR_AUTH_SUBSCRIPTION, MSG_UDR_AUTH_SUBSCRIPTION_RSP, {0, 30}, "supi: TS 29.505"},
	{MSG_AUSF_CONFIRM, MSG_AUSF_CONFIRM_RSP, {0, 0}, ""},
	{MSG_UDM_AUTH_EVENT, MSG_UDM_AUTH_EVENT_RSP, {-8, -8}, "timeStamp"},
	{MSG_UDR_AUTH_STATUS, MSG_UDR_AUTH_STATUS_RSP, {-8, 0}, "timeStamp"},
	{MSG_UDM_UECM, MSG_UDM_UECM_RSP, {25, 25}, "deregCallbackUri: name of the host"},
	{MSG_UDR_UECM, MSG_UDR_UECM_RSP, {25, 0}, "deregCallbackUri: name of the host"},
	{MSG_UDM_AM_DATA, MSG_UDM_AM_DATA_RSP, {0, 0}, ""},
	{MSG_UDR_AM_DATA, MSG_UDR_AM_DATA_RSP, {0, 0}, ""},
	{MSG_UDM_SMF_SELECT, MSG_UDM_SMF_SELECT_RSP, {0, 0}, ""},
	{MSG_UDR_SMF_SELECT, MSG_UDR_SMF_SELECT_RSP, {0, 0}, ""},
	{MSG_UDM_UE_CONTEXT, MSG_UDM_UE_CONTEXT_RSP, {0, 0}, ""},
	{MSG_UDM_SUBSCRIBE, MSG_UDM_SUBSCRIBE_RSP, {25, 25}, "callbackReference: name of the host"},
	{MSG_PCF_POLICY, MSG_PCF_POLICY_RSP, {22, 22}, "notificationUri, ueLocationTimestamp"},
	{MSG_UDR_POLICY, MSG_UDR_POLICY_RSP, {0, 0}, ""},
};
enum { N_OPERATIONS = sizeof operations / sizeof *operations };

static double field(const char *line, int k)
{
	for (; k > 0; k--)
		line = strchr(line, ',') + 1;
	return atof(line);
}

static struct msg message(enum msg_type type)
{
	struct msg msg;

	memset(&msg, 0, sizeof msg);
	msg.type = (uint8_t)type;
	if (type == MSG_AUSF_AUTHENTICATE || type == MSG_UDM_GENERATE)
		msg.identity.suci = (struct msg_suci){.scheme = ID_SCHEME_A, .key_id = 1, .n = 45};
	else if (type == MSG_UDM_AUTH_EVENT || type == MSG_UDM_AUTH_EVENT_RSP ||
	         type == MSG_UDR_AUTH_STATUS)
		msg.subscription.success = true;
	return msg;
}

/*
 * Header fields are not compared: HPACK codes what has stood in the table before to an octet, so
 * theirs depend on when a timestamp last changed. Ours never index a field that varies: longer, and
 * always the same.
 */
static void compare(const struct sbi *sbi, const struct sbi_octets *lengths, enum msg_type type,
                    double heads, double octets, int longer)
{
	static uint8_t body[SBI_OCTETS_MAX];
	struct msg msg = message(type);
	int ours = (int)sbi_body(sbi, &msg, body, sizeof body);
	int frames = FRAME + (ours > 0 ? FRAME : 0);

	printf("%-46s %5d %5.0f %6d %6.1f\n", msg_text(type), ours, octets,
	       (int)sbi_octets(lengths, &msg) - ours - frames, heads);
	assert_true(fabs(ours - longer - octets) < 1); /* theirs are means: numbers of 1 to 3 digits */
}

static void every_sbi_body_is_as_long_as_the_measured_one_but_for_its_reason(void **state)
{
	const struct sbi_network network = {.plmn = {999, 70, 2}, .routing_digits = 4};
	struct sim_arena *arena = sim_arena_new();
	const struct sbi_octets *lengths;
	FILE *file = fopen(DATA "sbi_operations.csv", "r");
	struct sbi sbi;
	char line[512];

	(void)state;
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	sbi_init(&sbi, &network);
	lengths = sbi_octets_new(arena, &sbi);
	printf("%-46s %5s %5s %6s %6s\n%-46s %5s %5s %6s %6s\n", "", "body", "", "fields", "",
	       "SBI, octets", "ours", "their", "ours", "theirs");
	for (int i = 0; i < N_OPERATIONS; i++) {
		assert_non_null(fgets(line, sizeof line, file));
		if (operations[i].reason[0])
			printf("longer by %d and %d: %s\n", operations[i].longer[0],
			       operations[i].longer[1], operations[i].reason);
		compare(&sbi, lengths, operations[i].request, field(line, 6), field(line, 7),
		        operations[i].longer[0]);
		compare(&sbi, lengths, operations[i].answer, field(line, 8), field(line, 9),
		        operations[i].longer[1]);
	}
	sim_arena_free(arena);
	fclose(file);
}

static uint32_t n2_octets(enum msg_type type, uint16_t nas_octets)
{
	const struct msg msg = {.type = (uint8_t)type, .nas_octets = nas_octets};
	return msg_n2_octets(&msg);
}

static void every_n2_message_is_as_long_as_the_measured_one(void **state)
{
	static const enum msg_type type[] = {MSG_REGISTRATION_REQUEST, MSG_AUTHENTICATION_REQUEST,
		MSG_AUTHENTICATION_RESPONSE, MSG_SECURITY_MODE_COMMAND, MSG_SECURITY_MODE_COMPLETE,
		MSG_REGISTRATION_ACCEPT, MSG_CONTEXT_SETUP_RESPONSE, MSG_REGISTRATION_COMPLETE,
		MSG_CONFIGURATION_UPDATE};
	FILE *file = fopen(DATA "n2_messages_suci_a.csv", "r");
	char line[512];

	(void)state;
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	for (size_t i = 0; i < sizeof type / sizeof *type; i++) {
		assert_non_null(fgets(line, sizeof line, file));
		assert_int_equal(n2_octets(type[i], (uint16_t)field(line, 7)),
		                 (uint32_t)field(line, 5));
	}
	fclose(file);
}

static void every_message_has_a_text_and_a_form_within_the_struct(void **state)
{
	(void)state;
	for (int i = 1; i < MSG_N_TYPES; i++) {
		assert_true(strlen(msg_text((enum msg_type)i)) > 0);
		assert_true(strlen(msg_point((enum msg_type)i)) > 0);
		assert_in_range(msg_forms[i].used, offsetof(struct msg, identity), offsetof(struct msg, nas));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sbi_body_is_as_long_as_the_measured_one_but_for_its_reason),
		cmocka_unit_test(every_n2_message_is_as_long_as_the_measured_one),
		cmocka_unit_test(every_message_has_a_text_and_a_form_within_the_struct),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
