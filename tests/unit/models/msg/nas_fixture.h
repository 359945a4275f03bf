/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NAS messages as the table of lengths and the live registration have them. */
#ifndef TESTS_UNIT_MODELS_MSG_NAS_FIXTURE_H
#define TESTS_UNIT_MODELS_MSG_NAS_FIXTURE_H

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

static inline struct nas_identity suci(enum id_scheme scheme)
{
	static const uint8_t n[] = {5, 45, 46}; /* scheme outputs of a 10-digit MSIN */
	struct nas_identity id = {.kind = NAS_IDENTITY_SUCI,
	                          .suci = {.plmn = {999, 70, 2}, .routing_digits = 1,
	                                   .scheme = (uint8_t)scheme, .n = n[scheme]}};
	return id;
}

static inline struct nas_identity guti(void)
{
	return (struct nas_identity){.kind = NAS_IDENTITY_GUTI,
	                             .guti = {{999, 70, 2}, 2, 1, 0, 0xc000063c}};
}

static inline struct nas_registration_request request(struct nas_identity identity, bool all)
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

static inline struct nas_registration_accept accept_live(void)
{
	static const uint8_t tai[7] = {0x40, 0x99, 0xf9, 0x07, 0, 0, 1}, features[2] = {1, 0};
	return (struct nas_registration_accept){
		.result = 1, .has_guti = true, .guti = guti().guti, .tai_list = {tai, 7},
		.allowed_nssai = {nssai_sst, 2}, .feature_support = {features, 2}, .t3512 = {true, 0x92}};
}

static inline uint16_t security_mode_command(void)
{
	struct nas_security_mode_command m = {
		.ciphering = CRYPTO_NEA2, .integrity = CRYPTO_NIA2, .security_capability = {capability, 4},
		.imeisv_request = true, .additional = {true, 2}};
	return nas_security_mode_command(&m, out);
}

/* ---- the live registration ---- */

static json_t *live;

static inline const char *value(const char *name)
{
	const char *text = json_string_value(json_object_get(json_object_get(live, "values"), name));
	if (!text)
		fail_msg("live_registration.json has no value %s", name);
	return text;
}

static inline uint16_t hex(const char *text, uint8_t *octets)
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
static inline const char *on_air(size_t i)
{
	return json_string_value(
		json_object_get(json_array_get(json_object_get(live, "messages"), i), "nas_hex"));
}

static inline void assert_octets(uint16_t n, const char *expected)
{
	uint8_t octets[NAS_OCTETS_MAX];
	assert_int_equal(n, hex(expected, octets));
	assert_memory_equal(out, octets, n);
}

static inline struct nas_registration_request live_request(bool whole)
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

static inline uint16_t live_smc_complete(void)
{
	struct nas_registration_request whole = live_request(true);
	struct nas_security_mode_complete m = {.imeisv = "4370816125816151"};
	m.container = (struct nas_octets){inner, nas_registration_request(&whole, inner)};
	return nas_security_mode_complete(&m, out);
}

static inline uint16_t live_configuration_update(void)
{
	struct nas_configuration_update m = {
		.full_name = "Open5GS", .short_name = "Next", .time_zone = {true, 0}, .has_time = true,
		.time = {0x62, 0x11, 0x32, 0x61, 0x51, 0x13, 0x00}, .daylight_saving = {true, 0}};
	return nas_configuration_update(&m, out);
}

static inline uint16_t live_accept(void)
{
	struct nas_registration_accept m = accept_live();
	return nas_registration_accept(&m, out);
}

static inline int load_live(void **state)
{
	(void)state;
	live = json_load_file(DATA "live_registration.json", 0, NULL);
	return live ? 0 : -1;
}

static inline int unload_live(void **state)
{
	(void)state;
	json_decref(live);
	return 0;
}

#endif
