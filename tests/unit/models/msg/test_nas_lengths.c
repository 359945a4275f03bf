/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lengths of NAS messages, printed beside those of a table made with an independent codec
 * (data/message_sizes_octets.csv) and those that Open5GS 2.7.7 and UERANSIM 3.3.0 sent
 * (data/n2_messages_suci_*.csv). There is no difference.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/eap.h"
#include "tests/unit/models/msg/nas_fixture.h"
#include <stdlib.h>

/* ---- one message per row ---- */

static uint16_t registration(struct nas_identity identity, bool all)
{
	struct nas_registration_request m = request(identity, all);
	return nas_registration_request(&m, out);
}

static uint16_t registration_with_container(struct nas_identity identity)
{
	struct nas_registration_request whole = request(identity, true), m = request(identity, false);
	m.container = (struct nas_octets){inner, nas_registration_request(&whole, inner)};
	return nas_registration_request(&m, out);
}

static uint16_t security_mode_complete(enum id_scheme scheme)
{
	struct nas_registration_request whole = request(suci(scheme), true);
	struct nas_security_mode_complete m = {.imeisv = "4370816125816151"};
	m.container = (struct nas_octets){inner, nas_registration_request(&whole, inner)};
	return nas_security_mode_complete(&m, out);
}

static uint16_t identity_response(enum id_scheme scheme)
{
	struct nas_identity m = suci(scheme);
	return nas_identity_response(&m, out);
}

static uint16_t authentication_request(void)
{
	struct nas_authentication_request m = {.ngksi = 0};
	return nas_authentication_request(&m, out);
}

static uint16_t authentication_response(void)
{
	struct nas_authentication_response m = {.eap = {NULL, 0}};
	return nas_authentication_response(&m, out);
}

/* Into inner: RAND, AUTN, one AT_KDF, network name, MAC; or RES of 8 octets and MAC; or Success. */
static struct nas_octets eap(uint8_t code)
{
	static const char snn[] = "5G:mnc070.mcc999.3gppnetwork.org";
	struct eap_packet m = {.code = code, .type = code <= EAP_RESPONSE ? EAP_AKA_PRIME : EAP_NONE};

	m.aka.subtype = EAP_AKA_CHALLENGE;
	m.aka.has_mac = true;
	m.aka.has_rand = m.aka.has_autn = code == EAP_REQUEST;
	m.aka.n_kdf = code == EAP_REQUEST;
	m.aka.n_res = code == EAP_RESPONSE ? 8 : 0;
	if (code == EAP_REQUEST)
		m.aka.kdf_input = (struct eap_octets){(const uint8_t *)snn, sizeof snn - 1};
	return (struct nas_octets){inner, eap_encode(&m, inner)};
}

static uint16_t eap_request(void)
{
	struct nas_authentication_request m = {.eap = eap(EAP_REQUEST)};
	return nas_authentication_request(&m, out);
}

static uint16_t eap_response(void)
{
	struct nas_authentication_response m = {.eap = eap(EAP_RESPONSE)};
	return nas_authentication_response(&m, out);
}

static uint16_t authentication_failure(uint8_t cause, bool auts)
{
	struct nas_authentication_failure m = {.cause = cause, .has_auts = auts};
	return nas_authentication_failure(&m, out);
}

static uint16_t authentication_result(void)
{
	struct nas_authentication_result m = {.eap = eap(EAP_SUCCESS), .has_abba = true};
	return nas_authentication_result(&m, out);
}

static uint16_t registration_accept(void)
{
	struct nas_registration_accept m = accept_live();
	m.t3502 = (struct nas_octet){true, 0x2c};
	return nas_registration_accept(&m, out);
}

static uint16_t configuration_update(void)
{
	struct nas_configuration_update m = {.acknowledge = true, .has_guti = true,
	                                     .guti = guti().guti};
	return nas_configuration_update(&m, out);
}

static uint16_t service_request(void)
{
	struct nas_service_request m = {.service_type = 1, .guti = guti().guti};
	return nas_service_request(&m, out);
}

static uint16_t deregistration_request(void)
{
	struct nas_deregistration_request m = {.identity = guti()};
	return nas_deregistration_request(&m, out);
}

/* ---- the table ---- */

struct row {
	const char *message;
	uint16_t plain;
};

static uint32_t all_messages(struct row *row)
{
	uint32_t n = 0;
#define ROW(name, length) row[n++] = (struct row){name, length}
	ROW("Registration Request initial, cleartext IEs, suci_null", registration(suci(0), false));
	ROW("Registration Request initial, all IEs (in SMC), suci_null", registration(suci(0), true));
	ROW("Registration Request initial, cleartext IEs, suci_profileA", registration(suci(1), false));
	ROW("Registration Request initial, all IEs (in SMC), suci_profileA",
	    registration(suci(1), true));
	ROW("Registration Request initial, cleartext IEs, suci_profileB", registration(suci(2), false));
	ROW("Registration Request initial, all IEs (in SMC), suci_profileB",
	    registration(suci(2), true));
	ROW("Registration Request, 5G-GUTI, integrity protected", registration(guti(), false));
	ROW("Registration Request, 5G-GUTI + NAS container, integ",
	    registration_with_container(guti()));
	ROW("Identity Request (SUCI)", nas_identity_request(out));
	ROW("Identity Response, suci_null", identity_response(0));
	ROW("Identity Response, suci_profileA", identity_response(1));
	ROW("Identity Response, suci_profileB", identity_response(2));
	ROW("Authentication Request 5G-AKA (RAND,AUTN,ABBA,ngKSI)", authentication_request());
	ROW("Authentication Request EAP-AKA' challenge", eap_request());
	ROW("Authentication Response 5G-AKA (RES* 16)", authentication_response());
	ROW("Authentication Response EAP-AKA' (EAP 40)", eap_response());
	ROW("Authentication Failure synch failure (AUTS 14)", authentication_failure(21, true));
	ROW("Authentication Failure MAC failure", authentication_failure(20, false));
	ROW("Authentication Reject", nas_authentication_reject(out));
	ROW("Authentication Result (EAP-Success 4, ABBA)", authentication_result());
	ROW("Security Mode Command (alg,ngKSI,4B cap,IMEISV req,add info)", security_mode_command());
	ROW("Security Mode Complete (IMEISV + NAS container, SUCI A)", security_mode_complete(1));
	ROW("Security Mode Complete (IMEISV + NAS container, null)", security_mode_complete(0));
	ROW("Security Mode Reject", nas_security_mode_reject(24, out));
	ROW("Registration Accept (GUTI, TAI list 1, NSSAI, feat, T3512, T3502)", registration_accept());
	ROW("Registration Complete", nas_registration_complete(out));
	ROW("Registration Reject (cause)", nas_registration_reject(22, out));
	ROW("Configuration Update Command (ack, new 5G-GUTI)", configuration_update());
	ROW("Configuration Update Complete", nas_configuration_update_complete(out));
	ROW("Service Request (S-TMSI)", service_request());
	ROW("Deregistration Request UE orig (GUTI)", deregistration_request());
#undef ROW
	return n;
}

/* Cuts the next field off a line of CSV in place. */
static char *field(char **line)
{
	char *start = *line, *end;
	if (*start == '"') {
		end = strchr(++start, '"');
		*line = end + (end[1] == ',' ? 2 : 1);
	} else {
		end = start + strcspn(start, ",\n");
		*line = *end ? end + 1 : end;
	}
	*end = 0;
	return start;
}

static const struct row *find(const struct row *row, uint32_t n, const char *message)
{
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(row[i].message, message) == 0)
			return &row[i];
	fail_msg("the table has a message that this test does not make: %s", message);
	return NULL;
}

/* The table gives the protected length as 7 octets more, or the same where nothing is protected. */
static void every_message_has_the_length_of_the_table(void **state)
{
	(void)state;
	struct row row[40];
	uint32_t n = all_messages(row), seen = 0, wrong = 0;
	FILE *file = fopen(DATA "message_sizes_octets.csv", "r");
	char text[512];

	assert_non_null(file);
	printf("%-68s %6s %6s\n", "octets of a plain NAS message", "here", "table");
	while (fgets(text, sizeof text, file)) {
		char *line = text;
		if (strcmp(field(&line), "NAS TS 24.501") != 0)
			continue;
		const struct row *r = find(row, n, field(&line));
		uint16_t plain = (uint16_t)strtoul(field(&line), NULL, 10);
		uint16_t secured = (uint16_t)strtoul(field(&line), NULL, 10);
		printf("%-68s %6u %6u\n", r->message, r->plain, plain);
		wrong += r->plain != plain;
		assert_true(secured == plain || secured == plain + NAS_SECURITY_HEADER);
		seen++;
	}
	fclose(file);
	assert_int_equal(seen, n);
	assert_int_equal(wrong, 0);
}

/* ---- what Open5GS and UERANSIM sent: 9 messages, the seventh without NAS ---- */

/* UERANSIM: routing indicator of four digits (two octets whatever their number), one S-NSSAI of one
 * octet; Open5GS: the fields of the live registration. */
static uint16_t measured_complete(enum id_scheme scheme)
{
	struct nas_registration_request whole = request(suci(scheme), true);
	struct nas_security_mode_complete m = {.imeisv = "4370816125816151"};

	whole.requested_nssai = (struct nas_octets){nssai_sst, sizeof nssai_sst};
	m.container = (struct nas_octets){inner, nas_registration_request(&whole, inner)};
	return nas_security_mode_complete(&m, out);
}

static void compare_measured(const char *path, enum id_scheme scheme)
{
	const uint16_t header = NAS_SECURITY_HEADER;
	const uint16_t here[] = {
		registration(suci(scheme), false), authentication_request(), authentication_response(),
		(uint16_t)(security_mode_command() + header), (uint16_t)(measured_complete(scheme) + header),
		(uint16_t)(live_accept() + header), 0, (uint16_t)(nas_registration_complete(out) + header),
		(uint16_t)(live_configuration_update() + header)};
	FILE *file = fopen(path, "r");
	char text[512], procedure[40];
	size_t i = 0;

	assert_non_null(file);
	assert_non_null(fgets(text, sizeof text, file));
	printf("%-68s %6s %6s\n", path, "here", "sent");
	for (; fgets(text, sizeof text, file); i++) {
		unsigned nas;

		assert_int_equal(sscanf(text, "%*[^,],%*[^,],%39[^,],%*[^,],%*[^,],%*[^,],%*[^,],%u",
		                        procedure, &nas), 2);
		assert_true(i < sizeof here / sizeof *here);
		printf("%-68s %6u %6u\n", procedure, here[i], nas);
		assert_int_equal(here[i], nas);
	}
	fclose(file);
	assert_int_equal(i, sizeof here / sizeof *here);
}

static void every_nas_message_is_as_long_as_the_measured_one(void **state)
{
	(void)state;
	compare_measured(DATA "n2_messages_suci_a.csv", ID_SCHEME_A);
	compare_measured(DATA "n2_messages_suci_null.csv", ID_SCHEME_NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_has_the_length_of_the_table),
		cmocka_unit_test(every_nas_message_is_as_long_as_the_measured_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
