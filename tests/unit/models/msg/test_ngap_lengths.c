/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lengths of NGAP messages, printed beside those of two sources and compared row by row:
 *
 *   data/message_sizes_octets.csv  pycrate's APER of 38413-h40: a location without its time stamp,
 *   no
 *                                  masked IMEISV, an allowed NSSAI with SD;
 *   data/n2_messages_suci_*.csv    Open5GS 2.7.7 and UERANSIM 3.3.0: with time stamp (4 octets) and
 *                                  masked IMEISV (12), without SD (3). What this simulator sends.
 *
 * Identities of one octet; the measured maxima are those of two-octet identities.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/msg_ngap.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA "tests/unit/models/msg/data/"
static uint8_t nas[512], out[1024];

static const struct ngap_site site = {
	.plmn = {999, 70, 2}, .tac = 1, .cell = 0x10, .time = 0xeeaee523,
	.guami = {{999, 70, 2}, 2, 1, 0}, .slice = {.sst = 1},
	.security = {0xe000, 0xe000, 0xe000, 0xe000}};

static uint32_t octets(enum ngap_procedure procedure, uint32_t n, bool table, uint32_t id)
{
	const struct ngap_association a = {.access = NGAP_NR, .amf_ue_id = id, .ran_ue_id = id,
		.nas = {nas, (uint16_t)n}, .establishment_cause = NGAP_MO_SIGNALLING};
	struct ngap_message m;

	ngap_compose(&m, procedure, &site, &a);
	if (table) {
		m.location.has_time = false;
		m.present &= ~NGAP_BIT(MASKED_IMEISV);
		m.allowed_nssai.at[0].has_sd = true;
	}
	return (uint32_t)ngap_encode(&m, out, sizeof out);
}

static enum ngap_procedure procedure_of(const char *text)
{
	for (int i = 1; i < NGAP_N_PROCEDURES; i++)
		if (strncmp(text, ngap_text((enum ngap_procedure)i),
		            strlen(ngap_text((enum ngap_procedure)i))) == 0)
			return (enum ngap_procedure)i;
	return NGAP_NONE;
}

/* "NGAP TS 38.413 APER,InitialUEMessage + RegReq SUCI A (65),112,,…" */
static bool compare_row(const char *line)
{
	const char *message = strchr(line, ',') + 1, *nas_length = strchr(message, '(');
	const char *end = strchr(message, ',');
	uint32_t n = nas_length && nas_length < end ? (uint32_t)atoi(nas_length + 1) : 0;
	uint32_t ours = octets(procedure_of(message), n, true, 1), theirs = (uint32_t)atoi(end + 1);

	printf("%-60.*s %7u %7u\n", (int)(end - message), message, ours, theirs);
	return ours == theirs;
}

static void every_message_of_the_table_has_its_length(void **state)
{
	FILE *file = fopen(DATA "message_sizes_octets.csv", "r");
	char line[512];
	unsigned rows = 0, equal = 0;

	(void)state;
	assert_non_null(file);
	printf("%-60s %7s %7s\n", "message_sizes_octets.csv", "encoder", "table");
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, "NGAP", 4) != 0)
			continue;
		rows++;
		equal += compare_row(line);
	}
	fclose(file);
	assert_int_equal(rows, 17);
	assert_int_equal(equal, rows);
}

/* In the order of a registration: identities are given by the AMF after the first message. */
static const enum ngap_procedure in_order[] = {
	NGAP_INITIAL_UE_MESSAGE, NGAP_DOWNLINK_NAS, NGAP_UPLINK_NAS, NGAP_DOWNLINK_NAS,
	NGAP_UPLINK_NAS, NGAP_CONTEXT_SETUP_REQUEST, NGAP_CONTEXT_SETUP_RESPONSE, NGAP_UPLINK_NAS,
	NGAP_DOWNLINK_NAS};
enum { N_ORDER = sizeof in_order / sizeof *in_order };

static double field(const char *line, int k)
{
	for (; k > 0; k--)
		line = strchr(line, ',') + 1;
	return atof(line);
}

static void compare_measured(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[512];
	unsigned equal = 0;

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	printf("%-60s %7s %7s %7s %7s\n", path, "encoder", "min", "two-oct", "max");
	for (int i = 0; i < N_ORDER; i++) {
		assert_non_null(fgets(line, sizeof line, file));
		uint32_t n = (uint32_t)field(line, 7);
		uint32_t one = octets(in_order[i], n, false, 1), two = octets(in_order[i], n, false, 256);
		printf("%-60s %7u %7.0f %7u %7.0f\n", ngap_text(in_order[i]), one, field(line, 5), two,
		       field(line, 6));
		equal += one == (uint32_t)field(line, 5) && two == (uint32_t)field(line, 6);
	}
	fclose(file);
	assert_int_equal(equal, N_ORDER);
}

static void every_message_is_as_long_as_the_measured_one_with_suci_a(void **state)
{
	(void)state;
	compare_measured(DATA "n2_messages_suci_a.csv");
}

static void every_message_is_as_long_as_the_measured_one_with_the_null_scheme(void **state)
{
	(void)state;
	compare_measured(DATA "n2_messages_suci_null.csv");
}

/* ---- the length that is computed is the encoder's ---- */

static const uint64_t ids[] = {0, 1, 255, 256, 65536, 1 << 24, UINT64_C(1) << 32};
enum { N_IDS = sizeof ids / sizeof *ids };

static void check_lengths(enum ngap_procedure procedure, struct ngap_association a)
{
	struct ngap_message m;

	for (uint32_t n = 3; n <= 400; n++) {
		a.nas = (struct ngap_octets){nas, (uint16_t)n};
		ngap_compose(&m, procedure, &site, &a);
		assert_int_equal(ngap_composed_octets(procedure, &a), ngap_encode(&m, out, sizeof out));
	}
}

static void the_computed_length_is_the_encoders_for_all_lengths_of_nas(void **state)
{
	(void)state;
	for (int procedure = NGAP_INITIAL_UE_MESSAGE; procedure < NGAP_OVERLOAD_START; procedure++)
		for (unsigned access = NGAP_NR; access <= NGAP_N3IWF; access++)
			for (unsigned i = 0; i < N_IDS; i++)
				for (uint8_t group = 0; group < NGAP_CAUSE_GROUPS; group++)
					check_lengths((enum ngap_procedure)procedure,
					              (struct ngap_association){.access = (uint8_t)access,
						.amf_ue_id = ids[i], .ran_ue_id = (uint32_t)ids[N_IDS - 1 - i],
						.has_s_tmsi = i & 1, .cause = {group, 0}});
}

/* ---- identities and the S-TMSI of an initial message ---- */

static void a_handle_comes_back_from_its_identity(void **state)
{
	const struct sim_handle amf = {999999, 1 << 19}, ran = {999999, 4096};

	(void)state;
	assert_int_equal(msg_amf_ue_id((struct sim_handle){7, 1}), 7);
	assert_int_equal(msg_handle_of_id(msg_amf_ue_id(amf)).index, amf.index);
	assert_int_equal(msg_handle_of_id(msg_amf_ue_id(amf)).generation, amf.generation);
	assert_int_equal(msg_handle_of_id(msg_ran_ue_id(ran)).index, ran.index);
	assert_int_equal(msg_handle_of_id(msg_ran_ue_id(ran)).generation, ran.generation);
	assert_true(msg_amf_ue_id((struct sim_handle){UINT32_MAX, UINT32_MAX}) < UINT64_C(1) << 40);
}

static void the_s_tmsi_of_an_initial_message_is_that_of_its_guti(void **state)
{
	static const uint8_t request[] = {0x7e, 0, 0x41, 0x79, 0, 11, 0xf2, 0x99, 0xf9, 0x07, 2, 0, 0x45,
	                                  0xc0, 0, 6, 0x3c, 0x2e, 2, 0xf0, 0xf0};
	static const uint8_t service[] = {0x7e, 1, 1, 2, 3, 4, 5, 0x7e, 0, 0x4c, 0x10, 0, 7, 0xf4, 0,
	                                  0x45, 0xc0, 0, 6, 0x3c};
	static const uint8_t suci[] = {0x7e, 0, 0x41, 0x79, 0, 13, 1, 0x99, 0xf9, 0x07, 0, 0, 0, 0, 0,
	                               0, 0, 0, 0x10};
	struct ngap_s_tmsi s = {0};

	(void)state;
	assert_true(ngap_initial_s_tmsi(request, sizeof request, &s));
	assert_int_equal(s.set, 1);
	assert_int_equal(s.pointer, 5);
	assert_int_equal(s.tmsi, 0xc000063c);
	s = (struct ngap_s_tmsi){0};
	assert_true(ngap_initial_s_tmsi(service, sizeof service, &s));
	assert_int_equal(s.tmsi, 0xc000063c);
	assert_false(ngap_initial_s_tmsi(suci, sizeof suci, &s));
	for (size_t n = 0; n < 17; n++)
		assert_false(ngap_initial_s_tmsi(request, n, &s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_of_the_table_has_its_length),
		cmocka_unit_test(every_message_is_as_long_as_the_measured_one_with_suci_a),
		cmocka_unit_test(every_message_is_as_long_as_the_measured_one_with_the_null_scheme),
		cmocka_unit_test(the_computed_length_is_the_encoders_for_all_lengths_of_nas),
		cmocka_unit_test(a_handle_comes_back_from_its_identity),
		cmocka_unit_test(the_s_tmsi_of_an_initial_message_is_that_of_its_guti),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
