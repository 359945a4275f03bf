/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NAS messages against two sources: a table of lengths (data/message_sizes_octets.csv, made with an
 * independent codec) and a live registration between UERANSIM and Open5GS
 * (data/live_registration.json).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ecies.h"
#include "models/id/supi.h"
#include "models/msg/nas.h"
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define DATA "tests/unit/models/msg/data/"

static uint8_t out[NAS_OCTETS_MAX], inner[NAS_OCTETS_MAX];
static const uint8_t capability[4] = {0xf0, 0xf0, 0xf0, 0xf0};
static const uint8_t nssai_sst[2] = {1, 1}, nssai_sst_sd[5] = {4, 1, 0, 0, 1};

/* ---- messages with the fields of the table ---- */

static struct nas_identity suci(enum id_scheme scheme)
{
	static const uint8_t n[] = {5, 45, 46}; /* scheme outputs of a 10-digit MSIN */
	struct nas_identity id = {.kind = NAS_IDENTITY_SUCI,
	                          .suci = {.plmn = {999, 70, 2}, .routing_digits = 1,
	                                   .scheme = (uint8_t)scheme, .n = n[scheme]}};
	return id;
}

static struct nas_identity guti(void)
{
	return (struct nas_identity){.kind = NAS_IDENTITY_GUTI,
	                             .guti = {{999, 70, 2}, 2, 1, 0, 0xc000063c}};
}

static struct nas_registration_request request(struct nas_identity identity, bool all)
{
	struct nas_registration_request m = {
		.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL, .follow_on = true, .identity = identity,
		.security_capability = {capability, 4}};
	if (all) {
		m.capability_5gmm = (struct nas_octet){true, 0};
		m.requested_nssai = (struct nas_octets){nssai_sst_sd, 5};
		m.update_type = (struct nas_octet){true, 0};
	}
	return m;
}

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

static uint16_t authentication_request(uint16_t eap)
{
	struct nas_authentication_request m = {.eap = {inner, eap}};
	return nas_authentication_request(&m, out);
}

static uint16_t authentication_response(uint16_t eap)
{
	struct nas_authentication_response m = {.eap = {inner, eap}};
	return nas_authentication_response(&m, out);
}

static uint16_t authentication_failure(uint8_t cause, bool auts)
{
	struct nas_authentication_failure m = {.cause = cause, .has_auts = auts};
	return nas_authentication_failure(&m, out);
}

static uint16_t authentication_result(void)
{
	struct nas_authentication_result m = {.eap = {inner, 4}, .has_abba = true};
	return nas_authentication_result(&m, out);
}

static uint16_t security_mode_command(void)
{
	struct nas_security_mode_command m = {
		.ciphering = CRYPTO_NEA2, .integrity = CRYPTO_NIA2, .security_capability = {capability, 4},
		.imeisv_request = true, .additional = {true, 2}};
	return nas_security_mode_command(&m, out);
}

static struct nas_registration_accept accept_live(void)
{
	static const uint8_t tai[7] = {0x40, 0x99, 0xf9, 0x07, 0, 0, 1}, features[2] = {1, 0};
	return (struct nas_registration_accept){
		.result = 1, .has_guti = true, .guti = guti().guti, .tai_list = {tai, 7},
		.allowed_nssai = {nssai_sst, 2}, .feature_support = {features, 2}, .t3512 = {true, 0x92}};
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
	ROW("Authentication Request 5G-AKA (RAND,AUTN,ABBA,ngKSI)", authentication_request(0));
	ROW("Authentication Request EAP-AKA' challenge", authentication_request(108));
	ROW("Authentication Response 5G-AKA (RES* 16)", authentication_response(0));
	ROW("Authentication Response EAP-AKA' (EAP 40)", authentication_response(40));
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

static void every_message_has_the_length_of_the_table(void **state)
{
	(void)state;
	struct row row[40];
	uint32_t n = all_messages(row), seen = 0;
	FILE *file = fopen(DATA "message_sizes_octets.csv", "r");
	char text[512];

	assert_non_null(file);
	while (fgets(text, sizeof text, file)) {
		char *line = text;
		if (strcmp(field(&line), "NAS TS 24.501") != 0)
			continue;
		const struct row *r = find(row, n, field(&line));
		uint16_t plain = (uint16_t)strtoul(field(&line), NULL, 10);
		uint16_t secured = (uint16_t)strtoul(field(&line), NULL, 10);
		if (r->plain != plain)
			fail_msg("%s: %u octets, the table says %u", r->message, r->plain, plain);
		assert_true(secured == plain || secured == plain + NAS_SECURITY_HEADER);
		seen++;
	}
	fclose(file);
	assert_int_equal(seen, n);
}

static void a_length_needs_no_buffer(void **state)
{
	(void)state;
	struct nas_registration_request m = request(suci(1), true);
	struct nas_registration_accept a = accept_live();
	assert_int_equal(nas_registration_request(&m, NULL), nas_registration_request(&m, out));
	assert_int_equal(nas_registration_accept(&a, NULL), nas_registration_accept(&a, out));
}

/* ---- the live registration ---- */

static json_t *live;

static const char *value(const char *name)
{
	const char *text = json_string_value(json_object_get(json_object_get(live, "values"), name));
	if (!text)
		fail_msg("live_registration.json has no value %s", name);
	return text;
}

static uint16_t hex(const char *text, uint8_t *octets)
{
	uint16_t n = (uint16_t)(strlen(text) / 2);
	for (uint16_t i = 0; i < n; i++) {
		unsigned v;
		assert_int_equal(sscanf(text + 2 * i, "%2x", &v), 1);
		octets[i] = (uint8_t)v;
	}
	return n;
}

/* NAS of the i-th message of the trace. */
static const char *on_air(size_t i)
{
	return json_string_value(
		json_object_get(json_array_get(json_object_get(live, "messages"), i), "nas_hex"));
}

static void assert_octets(uint16_t n, const char *expected)
{
	uint8_t octets[NAS_OCTETS_MAX];
	assert_int_equal(n, hex(expected, octets));
	assert_memory_equal(out, octets, n);
}

static struct nas_registration_request live_request(bool whole)
{
	struct nas_registration_request m = {
		.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL, .security_capability = {capability, 4}};
	m.identity = suci(ID_SCHEME_A);
	m.follow_on = true;
	m.identity.suci.key_id = 1;
	m.identity.suci.routing_digits = 4; /* UERANSIM writes "0000" */
	m.identity.suci.n = (uint8_t)hex(value("suci_scheme_output"), m.identity.suci.output);
	if (whole) {
		m.capability_5gmm = (struct nas_octet){true, 0};
		m.requested_nssai = (struct nas_octets){nssai_sst, 2};
		m.update_type = (struct nas_octet){true, 0};
	}
	return m;
}

static void a_registration_request_is_that_of_ueransim(void **state)
{
	(void)state;
	struct nas_registration_request m = live_request(false);
	assert_octets(nas_registration_request(&m, out), on_air(2));
}

static void authentication_is_that_of_open5gs_and_ueransim(void **state)
{
	(void)state;
	struct nas_authentication_request m = {.ngksi = 0};
	struct nas_authentication_response r = {.eap = {NULL, 0}};
	hex(value("rand"), m.rand);
	hex(value("autn"), m.autn);
	hex(value("res_star"), r.res_star);
	assert_octets(nas_authentication_request(&m, out), on_air(3));
	assert_octets(nas_authentication_response(&r, out), on_air(4));
}

static uint16_t live_smc_complete(void)
{
	struct nas_registration_request whole = live_request(true);
	struct nas_security_mode_complete m = {.imeisv = "4370816125816151"};
	m.container = (struct nas_octets){inner, nas_registration_request(&whole, inner)};
	return nas_security_mode_complete(&m, out);
}

static uint16_t live_configuration_update(void)
{
	struct nas_configuration_update m = {
		.full_name = "Open5GS", .short_name = "Next", .time_zone = {true, 0}, .has_time = true,
		.time = {0x62, 0x11, 0x32, 0x61, 0x51, 0x13, 0x00}, .daylight_saving = {true, 0}};
	return nas_configuration_update(&m, out);
}

static uint16_t live_accept(void)
{
	struct nas_registration_accept m = accept_live();
	return nas_registration_accept(&m, out);
}

/* The five protected messages of the trace, in order: plain form, and as sent. */
static const struct {
	const char *plain;
	uint16_t (*make)(void);
	enum nas_security_type type;
	enum crypto_direction direction;
	uint32_t count;
	size_t message;
} protected[] = {
	{"smc_plain", security_mode_command, NAS_INTEGRITY_NEW_CONTEXT, CRYPTO_DOWNLINK, 0, 5},
	{"smc_complete_plain", live_smc_complete, NAS_CIPHERED_NEW_CONTEXT, CRYPTO_UPLINK, 0, 6},
	{"reg_accept_plain", live_accept, NAS_CIPHERED, CRYPTO_DOWNLINK, 1, 7},
	{"reg_complete_plain", NULL, NAS_CIPHERED, CRYPTO_UPLINK, 1, 9},
	{"conf_update_plain", live_configuration_update, NAS_CIPHERED, CRYPTO_DOWNLINK, 2, 10},
};

static uint16_t make(size_t i)
{
	return protected[i].make ? protected[i].make() : nas_registration_complete(out);
}

static void plain_forms_are_those_of_the_trace(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_octets(make(i), value(protected[i].plain));
}

static void protected_messages_are_those_of_the_trace(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	uint8_t knas_int[16], knas_enc[16], plain[NAS_OCTETS_MAX];

	hex(value("knas_int_nia2"), knas_int);
	hex(value("knas_enc_nea2"), knas_enc);
	for (size_t i = 0; i < 5; i++) {
		struct nas_security security = {.knas_int = knas_int, .knas_enc = knas_enc,
			.count = protected[i].count, .direction = protected[i].direction};
		uint16_t n = make(i);
		memcpy(plain, out, n);
		n = nas_protect(c, &crypto_suite_real, &security, protected[i].type, plain, n, out);
		assert_octets(n, on_air(protected[i].message));
		assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out, n, inner),
		                 n - NAS_SECURITY_HEADER);
		assert_memory_equal(inner, plain, n - NAS_SECURITY_HEADER);
	}
	crypto_free(c);
}

/* In both modes: a turned bit anywhere, another count, another direction. */
static void a_spoiled_message_is_not_unprotected(void **state)
{
	(void)state;
	static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};
	struct crypto *c = crypto_new();
	uint8_t key[16] = {1}, plain[NAS_OCTETS_MAX];

	for (int s = 0; s < 2; s++) {
		struct nas_security security = {.knas_int = key, .knas_enc = key, .count = 7,
			.direction = CRYPTO_UPLINK};
		uint16_t n = live_accept();
		memcpy(plain, out, n);
		n = nas_protect(c, suites[s], &security, NAS_CIPHERED, plain, n, out);
		assert_int_not_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		for (uint16_t i = 2; i < n; i++) {
			out[i] ^= 4;
			assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
			out[i] ^= 4;
		}
		security.count += 256; /* same sequence number, next overflow */
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		security.count -= 256;
		security.direction = CRYPTO_DOWNLINK;
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, 7, inner), 0);
	}
	crypto_free(c);
}

/* ---- decoding ---- */

static void assert_survives(const uint8_t *in, uint16_t n)
{
	struct nas_message m;
	struct msg_fault fault = {0, 0, ""};

	if (!nas_decode(in, n, &m, &fault))
		fail_msg("cause %u at %u: %s", fault.cause, fault.offset, fault.what);
	assert_int_equal(nas_encode(&m, out), n);
	assert_memory_equal(out, in, n);
}

static void every_message_of_the_trace_decodes_and_encodes_to_the_same_octets(void **state)
{
	(void)state;
	static const char *const plain[] = {"smc_plain", "smc_complete_plain", "reg_accept_plain",
	                                    "reg_complete_plain", "conf_update_plain"};
	size_t n_messages = json_array_size(json_object_get(live, "messages")), seen = 0;
	uint8_t octets[NAS_OCTETS_MAX];

	for (size_t i = 0; i < n_messages; i++)
		if (on_air(i)) {
			assert_survives(octets, hex(on_air(i), octets));
			seen++;
		}
	assert_int_equal(seen, 8);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		assert_survives(octets, hex(value(plain[i]), octets));
}

static void the_container_of_the_complete_is_the_whole_request(void **state)
{
	(void)state;
	struct nas_message complete, request_m;
	struct msg_fault fault;
	uint8_t octets[NAS_OCTETS_MAX];

	assert_true(nas_decode(octets, hex(value("smc_complete_plain"), octets), &complete, &fault));
	assert_int_equal(complete.type, NAS_SECURITY_MODE_COMPLETE);
	assert_string_equal(complete.security_mode_complete.imeisv, "4370816125816151");
	const struct nas_octets container = complete.security_mode_complete.container;
	assert_survives(container.at, container.n);
	assert_true(nas_decode(container.at, container.n, &request_m, &fault));
	assert_int_equal(request_m.type, NAS_REGISTRATION_REQUEST);
	const struct nas_registration_request *r = &request_m.registration_request;
	assert_int_equal(r->ngksi, NAS_NGKSI_NONE);
	assert_int_equal(r->identity.kind, NAS_IDENTITY_SUCI);
	assert_int_equal(r->identity.suci.scheme, ID_SCHEME_A);
	assert_int_equal(r->identity.suci.key_id, 1);
	assert_int_equal(r->security_capability.n, 4);
	assert_int_equal(r->requested_nssai.n, 2);
}

/* One row per rule of clause 7 and 24.007 11.2: octets, and what comes of them. */
static const struct {
	const char *octets;
	bool message;
	uint8_t cause, offset;
} clause_7[] = {
	{"7e00", false, NAS_IGNORE, 2},             /* 7.2.1: too short for a message type */
	{"2e0041", false, NAS_IGNORE, 0},           /* 24.007 11.2.3.1.1A */
	{"7e0541", false, NAS_IGNORE, 1},           /* 9.3.1: reserved */
	{"7e010000000000", false, NAS_IGNORE, 7},   /* a header and nothing behind it */
	{"7e0040", false, NAS_TYPE_UNKNOWN, 2},     /* 7.4 */
	{"7e0044", false, NAS_INVALID_MANDATORY, 3},          /* 7.5.1: cause missing */
	{"7e004179000bf299f907020040c00000", false, NAS_INVALID_MANDATORY, 4}, /* short */
	{"7e004179000bf2a9f907020040c000063c", false, NAS_INVALID_MANDATORY, 4}, /* no digit */
	{"7e0044165f0121", true, 0, 0},
	{"7e0044165f01215f0122", true, 0, 0},       /* 7.6.3: repeated */
	{"7e0044167e0003000000160121", true, 0, 0}, /* unknown type 6: skipped */
	{"7e0044167002ffff", true, 0, 0},           /* type 6, two octets of length: cut short */
	{"7e0044163f02ffff5f0121", true, 0, 0},     /* unknown type 4: skipped */
	{"7e004416c15f0121", true, 0, 0},           /* unknown type 1 or 2: skipped */
	{"7e0044165f00160121", true, 0, 0},         /* 7.7.1: short optional */
	{"7e0044160f0121", false, NAS_INVALID_MANDATORY, 4},  /* demands comprehension */
	{"7e0056000200002d", false, NAS_CONDITIONAL_IE, 8},   /* 7.7.2: no RAND, no EAP */
};

static void clause_7_says_what_comes_of_a_wrong_message(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof clause_7 / sizeof *clause_7; i++) {
		uint8_t octets[NAS_OCTETS_MAX];
		struct msg_fault fault = {0, 0, ""};
		struct nas_message m;
		bool good = nas_decode(octets, hex(clause_7[i].octets, octets), &m, &fault);

		if (good != clause_7[i].message || (!good && (fault.cause != clause_7[i].cause ||
		                                              fault.offset != clause_7[i].offset)))
			fail_msg("%s: %d, cause %u at %u: %s", clause_7[i].octets, good, fault.cause,
			         fault.offset, fault.what);
	}
}

static struct nas_registration_reject reject_of(const char *text)
{
	static uint8_t octets[NAS_OCTETS_MAX];
	struct nas_message m;
	struct msg_fault fault;

	assert_true(nas_decode(octets, hex(text, octets), &m, &fault));
	assert_int_equal(m.registration_reject.cause, 22);
	return m.registration_reject;
}

static void of_repeated_fields_the_first_counts_and_an_incorrect_one_is_absent(void **state)
{
	(void)state;
	assert_int_equal(reject_of("7e0044165f01215f0122").t3346.value, 0x21);
	assert_false(reject_of("7e0044165f00160121").t3346.present);
	assert_int_equal(reject_of("7e0044165f00160121").t3502.value, 0x21);
	assert_int_equal(reject_of("7e0044165f022199160121").t3346.value, 0x21); /* longer: the rest is spare */
	/* 7.6.2: T3346 stands before T3502 */
	assert_true(reject_of("7e0044161601215f0122").t3502.present);
	assert_false(reject_of("7e0044161601215f0122").t3346.present);
}

static void a_count_is_estimated_from_the_sequence_number(void **state)
{
	(void)state;
	assert_int_equal(nas_estimate_count(0, 0), 0);
	assert_int_equal(nas_estimate_count(5, 5), 5);
	assert_int_equal(nas_estimate_count(5, 9), 9);
	assert_int_equal(nas_estimate_count(0x1fe, 0x02), 0x202); /* the sequence number went round */
	assert_int_equal(nas_estimate_count(5, 4), 0x104); /* a replay: its MAC will not match */
	assert_int_equal(nas_estimate_count(0xffffff, 0), 0);
}

static void null_algorithms_protect_nothing_and_need_no_key(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	struct nas_security security = {.null_integrity = true, .null_ciphering = true, .count = 3};
	uint8_t plain[NAS_OCTETS_MAX];
	uint16_t n = live_accept();

	memcpy(plain, out, n);
	assert_int_equal(nas_protect(c, &crypto_suite_real, &security, NAS_CIPHERED, plain, n, out),
	                 n + NAS_SECURITY_HEADER);
	assert_memory_equal(out + 2, "\0\0\0\0\3", 5);
	assert_memory_equal(out + NAS_SECURITY_HEADER, plain, n);
	assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out,
	                               (uint16_t)(n + NAS_SECURITY_HEADER), inner), n);
	out[2] = 1;
	assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out,
	                               (uint16_t)(n + NAS_SECURITY_HEADER), inner), 0);
	crypto_free(c);
}

static void the_home_network_of_the_trace_reveals_its_subscriber(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	struct nas_registration_request m = live_request(false);
	struct id_supi supi = {.plmn = {999, 70, 2}};
	uint8_t priv[32], msin[8];
	char text[ID_SUPI_TEXT];

	hex(json_string_value(json_object_get(live, "hn_private_key")), priv);
	assert_true(crypto_ecies_reveal(c, &crypto_suite_real, CRYPTO_ECIES_A, priv,
	                                m.identity.suci.output, m.identity.suci.n, msin));
	assert_true(id_msin_decode(msin, (uint8_t)(m.identity.suci.n - CRYPTO_ECIES_EXTRA), &supi));
	id_supi_text(supi, text);
	assert_string_equal(text, json_string_value(json_object_get(live, "supi")) + strlen("imsi-"));
	crypto_free(c);
}

static int load(void **state)
{
	(void)state;
	live = json_load_file(DATA "live_registration.json", 0, NULL);
	return live ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	json_decref(live);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_has_the_length_of_the_table),
		cmocka_unit_test(a_length_needs_no_buffer),
		cmocka_unit_test(a_registration_request_is_that_of_ueransim),
		cmocka_unit_test(authentication_is_that_of_open5gs_and_ueransim),
		cmocka_unit_test(plain_forms_are_those_of_the_trace),
		cmocka_unit_test(protected_messages_are_those_of_the_trace),
		cmocka_unit_test(a_spoiled_message_is_not_unprotected),
		cmocka_unit_test(every_message_of_the_trace_decodes_and_encodes_to_the_same_octets),
		cmocka_unit_test(the_container_of_the_complete_is_the_whole_request),
		cmocka_unit_test(clause_7_says_what_comes_of_a_wrong_message),
		cmocka_unit_test(of_repeated_fields_the_first_counts_and_an_incorrect_one_is_absent),
		cmocka_unit_test(a_count_is_estimated_from_the_sequence_number),
		cmocka_unit_test(null_algorithms_protect_nothing_and_need_no_key),
		cmocka_unit_test(the_home_network_of_the_trace_reveals_its_subscriber),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
