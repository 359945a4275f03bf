/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NGAP against a live registration between UERANSIM and Open5GS (data/live_registration.json), and
 * what clause 10.3 of TS 38.413 says about messages that are wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/ngap.h"
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define DATA "tests/unit/models/msg/data/"
enum { ROOM = 1024 };

static size_t octets(const char *hex, uint8_t *out)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		unsigned octet;
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &octet), 1);
		out[i] = (uint8_t)octet;
	}
	return n;
}

static struct ngap_message good(const char *hex, uint8_t *in)
{
	struct ngap_message m;
	struct msg_fault fault;
	size_t n = octets(hex, in);

	if (!ngap_decode(in, n, &m, &fault))
		fail_msg("%s: octet %u: %s", hex, fault.offset, fault.what);
	return m;
}

static struct msg_fault bad(const char *hex)
{
	uint8_t in[ROOM];
	struct ngap_message m;
	struct msg_fault fault = {0};

	assert_false(ngap_decode(in, octets(hex, in), &m, &fault));
	assert_non_null(fault.what);
	return fault;
}

/* ---- the live registration ---- */

static void every_live_message_is_decoded_and_encoded_to_the_same_octets(void **state)
{
	json_t *live = json_load_file(DATA "live_registration.json", 0, NULL), *message;
	size_t i, n = 0;

	(void)state;
	assert_non_null(live);
	json_array_foreach(json_object_get(live, "messages"), i, message) {
		uint8_t in[ROOM], out[ROOM], nas[ROOM];
		const char *hex = json_string_value(json_object_get(message, "ngap_hex"));
		const char *nas_hex = json_string_value(json_object_get(message, "nas_hex"));
		struct ngap_message m = good(hex, in);

		assert_string_equal(ngap_text(m.procedure),
		                    json_string_value(json_object_get(message, "ngap")));
		assert_int_equal(ngap_encode(&m, out, sizeof out), strlen(hex) / 2);
		assert_memory_equal(in, out, strlen(hex) / 2);
		if (nas_hex) {
			assert_int_equal(m.nas.n, octets(nas_hex, nas));
			assert_memory_equal(m.nas.at, nas, m.nas.n);
		}
		n++;
	}
	assert_int_equal(n, 14);
	json_decref(live);
}

static const char *live(json_t *root, size_t i)
{
	return json_string_value(
		json_object_get(json_array_get(json_object_get(root, "messages"), i), "ngap_hex"));
}

static void the_fields_of_the_live_messages_are_what_was_configured(void **state)
{
	json_t *root = json_load_file(DATA "live_registration.json", 0, NULL);
	uint8_t in[ROOM];
	struct ngap_message m;

	(void)state;
	m = good(live(root, 0), in);
	assert_int_equal(m.node.access, NGAP_NR);
	assert_int_equal(m.node.plmn.mcc, 999);
	assert_int_equal(m.node.bits, 32);
	assert_int_equal(m.node.id, 1);
	assert_memory_equal(m.node_name.at, "UERANSIM-gnb-999-70-1", 21);
	assert_int_equal(m.tas[0].tac, 1);
	assert_int_equal(m.tas[0].at[0].slices.at[0].sst, 1);
	assert_int_equal(m.paging_drx, 2); /* v128 */
	m = good(live(root, 1), in);
	assert_memory_equal(m.amf_name.at, "open5gs-amf0", 12);
	assert_int_equal(m.guamis[0].guami.region, 2);
	assert_int_equal(m.guamis[0].guami.set, 1);
	assert_int_equal(m.amf_capacity, 255);
	m = good(live(root, 2), in);
	assert_int_equal(m.ran_ue_id, 1);
	assert_int_equal(m.location.cell, 0x10);
	assert_int_equal(m.location.tai.tac, 1);
	assert_int_equal(m.establishment_cause, NGAP_MO_SIGNALLING);
	assert_true(m.location.has_time && ngap_has(&m, NGAP_IE_CONTEXT_REQUEST));
	m = good(live(root, 7), in);
	assert_int_equal(m.security.nr_encryption, 0xe000);
	assert_int_equal(m.security.eutra_integrity, 0xe000);
	assert_int_equal(m.security_key[0], 0x07);
	assert_int_equal(m.masked_imeisv[0], 0x43);
	m = good(live(root, 11), in);
	assert_int_equal(m.cause.group, NGAP_CAUSE_RADIO);
	assert_int_equal(m.cause.value, NGAP_RADIO_RADIO_CONNECTION_WITH_UE_LOST);
	m = good(live(root, 12), in);
	assert_true(ngap_has(&m, NGAP_IE_RAN_UE_ID));
	assert_int_equal(m.amf_ue_id, 1);
	json_decref(root);
}

/* ---- clause 10.3 ---- */

/* A DownlinkNASTransport with elements as given: 00 04 40, length, 00, their number. */
#define AMF_ID "000a00020001"
#define RAN_ID "005500020001"
#define NAS "002600040374aabb" /* hardly NAS, but three octets */

static void an_unknown_element_to_be_ignored_is_skipped(void **state)
{
	uint8_t in[ROOM];
	struct ngap_message m =
		good("0004401f000004" AMF_ID RAN_ID NAS "03e7400401020304", in);

	(void)state;
	assert_int_equal(m.nas.n, 3);
}

static void an_unknown_element_to_be_rejected_refuses_the_message(void **state)
{
	struct msg_fault fault = bad("0004401f000004" AMF_ID RAN_ID NAS "03e7000401020304");

	(void)state;
	assert_int_equal(fault.cause, NGAP_PROTOCOL_ABSTRACT_REJECT);
	assert_int_equal(fault.offset, 29); /* behind its identity and criticality */
}

static void an_element_twice_is_a_falsely_constructed_message(void **state)
{
	(void)state;
	assert_int_equal(bad("0004401d000004" AMF_ID RAN_ID RAN_ID NAS).cause,
	                 NGAP_PROTOCOL_ABSTRACT_FALSELY_CONSTRUCTED);
}

static void elements_in_the_wrong_order_are_a_falsely_constructed_message(void **state)
{
	(void)state;
	assert_int_equal(bad("00044017000003" RAN_ID AMF_ID NAS).cause,
	                 NGAP_PROTOCOL_ABSTRACT_FALSELY_CONSTRUCTED);
}

static void a_mandatory_element_to_be_rejected_must_be_there(void **state)
{
	(void)state;
	assert_int_equal(bad("0004400f000002" AMF_ID RAN_ID).cause, NGAP_PROTOCOL_ABSTRACT_REJECT);
}

static void a_mandatory_element_to_be_ignored_may_be_missing(void **state)
{
	uint8_t in[ROOM];
	struct ngap_message m = good("002e4017000003" AMF_ID RAN_ID NAS, in);

	(void)state;
	assert_false(ngap_has(&m, NGAP_IE_LOCATION));
}

static void an_unknown_procedure_is_refused_at_its_code(void **state)
{
	struct msg_fault fault = bad("00634000");

	(void)state;
	assert_int_equal(fault.cause, NGAP_PROTOCOL_ABSTRACT_REJECT);
	assert_int_equal(fault.offset, 2);
}

static void octets_that_end_too_early_are_a_transfer_syntax_error(void **state)
{
	(void)state;
	assert_int_equal(bad("00044017000003" AMF_ID RAN_ID "0026000403").cause,
	                 NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR);
	assert_int_equal(bad("").cause, NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR);
}

static void octets_behind_the_message_are_a_transfer_syntax_error(void **state)
{
	(void)state;
	assert_int_equal(bad("00044017000003" AMF_ID RAN_ID NAS "00").cause,
	                 NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR);
}

static void a_fragmented_length_is_refused(void **state)
{
	(void)state;
	assert_int_equal(bad("00044017000003" AMF_ID RAN_ID "002600c4").cause,
	                 NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR);
}

static void a_location_of_another_access_is_ignored_in_an_uplink_transport(void **state)
{
	uint8_t in[ROOM];
	struct ngap_message m =
		good("002e402c000004" AMF_ID RAN_ID NAS "007940111099f9070000001099f907000001aabbcc", in);

	(void)state; /* UserLocationInformationEUTRA: not comprehended here, criticality ignore */
	assert_false(ngap_has(&m, NGAP_IE_LOCATION));
}

/* ---- what does not fit ---- */

static void a_value_out_of_its_range_is_not_encoded(void **state)
{
	struct ngap_message m = {.procedure = NGAP_ERROR_INDICATION,
	                         .present = NGAP_BIT(AMF_UE_ID),
	                         .amf_ue_id = UINT64_C(1) << 40};
	uint8_t out[ROOM];

	(void)state;
	assert_int_equal(ngap_encode(&m, out, sizeof out), 0);
	m.amf_ue_id--;
	assert_int_equal(ngap_encode(&m, out, sizeof out), 17);
}

static void a_message_that_does_not_fit_is_not_encoded(void **state)
{
	static const uint8_t nas[300] = {0x7e};
	struct ngap_message m = {.procedure = NGAP_DOWNLINK_NAS,
	                         .present = NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) |
	                                    NGAP_BIT(NAS_PDU),
	                         .nas = {nas, sizeof nas}};
	uint8_t out[ROOM];
	size_t n = ngap_encode(&m, out, sizeof out);

	(void)state;
	assert_true(n > 300);
	for (size_t room = 0; room < n; room++)
		assert_int_equal(ngap_encode(&m, out, room), 0);
	assert_int_equal(ngap_encode(&m, out, n), n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_live_message_is_decoded_and_encoded_to_the_same_octets),
		cmocka_unit_test(the_fields_of_the_live_messages_are_what_was_configured),
		cmocka_unit_test(an_unknown_element_to_be_ignored_is_skipped),
		cmocka_unit_test(an_unknown_element_to_be_rejected_refuses_the_message),
		cmocka_unit_test(an_element_twice_is_a_falsely_constructed_message),
		cmocka_unit_test(elements_in_the_wrong_order_are_a_falsely_constructed_message),
		cmocka_unit_test(a_mandatory_element_to_be_rejected_must_be_there),
		cmocka_unit_test(a_mandatory_element_to_be_ignored_may_be_missing),
		cmocka_unit_test(an_unknown_procedure_is_refused_at_its_code),
		cmocka_unit_test(octets_that_end_too_early_are_a_transfer_syntax_error),
		cmocka_unit_test(octets_behind_the_message_are_a_transfer_syntax_error),
		cmocka_unit_test(a_fragmented_length_is_refused),
		cmocka_unit_test(a_location_of_another_access_is_ignored_in_an_uplink_transport),
		cmocka_unit_test(a_value_out_of_its_range_is_not_encoded),
		cmocka_unit_test(a_message_that_does_not_fit_is_not_encoded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
