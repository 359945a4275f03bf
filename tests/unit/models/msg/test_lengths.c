/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lengths on the wire against what Open5GS 2.7.7 and UERANSIM 3.3.0 sent: data/sbi_operations.csv (means of
 * 264 registrations: HPACK-coded headers and JSON bodies) and data/n2_messages_suci_a.csv. */
#include "models/msg/msg.h"

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

static const enum msg_type in_order[][2] = {
	{MSG_AUSF_AUTHENTICATE, MSG_AUSF_AUTHENTICATE_RSP},
	{MSG_UDM_GENERATE, MSG_UDM_GENERATE_RSP},
	{MSG_UDR_AUTH_SUBSCRIPTION, MSG_UDR_AUTH_SUBSCRIPTION_RSP},
	{MSG_AUSF_CONFIRM, MSG_AUSF_CONFIRM_RSP},
	{MSG_UDM_AUTH_EVENT, MSG_UDM_AUTH_EVENT_RSP},
	{MSG_UDR_AUTH_STATUS, MSG_UDR_AUTH_STATUS_RSP},
	{MSG_UDM_UECM, MSG_UDM_UECM_RSP},
	{MSG_UDR_UECM, MSG_UDR_UECM_RSP},
	{MSG_UDM_AM_DATA, MSG_UDM_AM_DATA_RSP},
	{MSG_UDR_AM_DATA, MSG_UDR_AM_DATA_RSP},
	{MSG_UDM_SMF_SELECT, MSG_UDM_SMF_SELECT_RSP},
	{MSG_UDR_SMF_SELECT, MSG_UDR_SMF_SELECT_RSP},
	{MSG_UDM_UE_CONTEXT, MSG_UDM_UE_CONTEXT_RSP},
	{MSG_UDM_SUBSCRIBE, MSG_UDM_SUBSCRIBE_RSP},
	{MSG_PCF_POLICY, MSG_PCF_POLICY_RSP},
	{MSG_UDR_POLICY, MSG_UDR_POLICY_RSP},
};
enum { N_OPERATIONS = sizeof in_order / sizeof *in_order };

static double field(const char *line, int k)
{
	for (; k > 0; k--)
		line = strchr(line, ',') + 1;
	return atof(line);
}

static uint32_t octets(double headers, double body)
{
	return (uint32_t)lround(headers + body) + FRAME + (body > 0 ? FRAME : 0);
}

static void every_sbi_message_is_as_long_as_the_measured_one(void **state)
{
	FILE *file = fopen(DATA "sbi_operations.csv", "r");
	char line[512];

	(void)state;
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	for (int i = 0; i < N_OPERATIONS; i++) {
		assert_non_null(fgets(line, sizeof line, file));
		assert_int_equal(msg_fixed_octets(in_order[i][0]), octets(field(line, 6), field(line, 7)));
		assert_int_equal(msg_fixed_octets(in_order[i][1]), octets(field(line, 8), field(line, 9)));
	}
	fclose(file);
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
		assert_int_equal(msg_ngap_octets(type[i], (uint32_t)field(line, 7)),
		                 (uint32_t)field(line, 5));
	}
	fclose(file);
}

static void every_message_has_a_text_and_fits_its_length_field(void **state)
{
	(void)state;
	for (int i = 1; i < MSG_N_TYPES; i++) {
		assert_true(strlen(msg_text((enum msg_type)i)) > 0);
		assert_true(strlen(msg_point((enum msg_type)i)) > 0);
		assert_true(msg_fixed_octets((enum msg_type)i) < UINT16_MAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sbi_message_is_as_long_as_the_measured_one),
		cmocka_unit_test(every_n2_message_is_as_long_as_the_measured_one),
		cmocka_unit_test(every_message_has_a_text_and_fits_its_length_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
