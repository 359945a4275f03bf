/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every NAS message with all the fields that it has here, and EAP packets, as an independent decoder
 * reads them: tshark, from a capture of exported PDUs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/eap.h"
#include "tests/unit/models/msg/nas_fixture.h"
#include <stdlib.h>
#include <unistd.h>

enum { LINKTYPE_WIRESHARK_UPPER_PDU = 252, TAG_PROTOCOL = 12, LINE = 2000 };

static char capture[] = "/tmp/test_nas_tshark.XXXXXX";

/* ---- a capture ---- */

static FILE *begin_capture(void)
{
	static const uint32_t header[6] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 65535,
	                                   LINKTYPE_WIRESHARK_UPPER_PDU};
	FILE *file = fopen(capture, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(header, sizeof header, 1, file), 1);
	return file;
}

static void put_pdu(FILE *file, const char *protocol, const uint8_t *octets, uint16_t n)
{
	const uint8_t tag[4] = {0, TAG_PROTOCOL, 0, 8}, end[4] = {0, 0, 0, 0};
	const uint32_t octets_in_all = 4u + 8 + 4 + n, record[4] = {0, 0, octets_in_all, octets_in_all};
	char name[8] = "";

	strcpy(name, protocol);
	fwrite(record, sizeof record, 1, file);
	fwrite(tag, sizeof tag, 1, file);
	fwrite(name, sizeof name, 1, file);
	fwrite(end, sizeof end, 1, file);
	assert_int_equal(fwrite(octets, 1, n, file), n);
}

/* What tshark says of each message: malformed, experts' severities, summary. */
static uint32_t read_capture(char line[][LINE], uint32_t room)
{
	char command[200];
	uint32_t n = 0;
	FILE *pipe;

	snprintf(command, sizeof command, "tshark -r %s -T fields -E separator='|' -e _ws.malformed "
	         "-e _ws.expert.severity -e _ws.col.Info 2>/dev/null", capture);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	while (n < room && fgets(line[n], LINE, pipe))
		n++;
	assert_int_equal(pclose(pipe), 0);
	return n;
}

static char line[64][LINE];

/* ---- messages ---- */

static const uint8_t tai_list[7] = {0x40, 0x99, 0xf9, 0x07, 0, 0, 1}, plmns[3] = {0x99, 0xf9, 0x07};
static const uint8_t status[2] = {0x20, 0}, rejected[2] = {0x10, 1};
static const uint8_t eap_success[4] = {3, 1, 0, 4}, payload[1] = {0};
static const struct nas_octets has_status = {status, 2}, has_rejected = {rejected, 2},
	has_nssai = {nssai_sst_sd, 5}, has_eap = {eap_success, 4};

static struct nas_message all_registration(uint8_t type)
{
	struct nas_message m = {.type = type};

	switch (type) {
	case NAS_REGISTRATION_REQUEST:
		m.registration_request = request(guti(), true);
		m.registration_request.noncurrent_ngksi = (struct nas_octet){true, 1};
		m.registration_request.has_last_tai = true;
		memcpy(m.registration_request.last_tai, tai_list + 1, 6);
		m.registration_request.uplink_data_status = has_status;
		m.registration_request.pdu_session_status = has_status;
		m.registration_request.mico = (struct nas_octet){true, 0};
		m.registration_request.ue_status = (struct nas_octet){true, 0};
		m.registration_request.has_additional_guti = true;
		m.registration_request.additional_guti = guti().guti;
		m.registration_request.allowed_pdu_session_status = has_status;
		m.registration_request.usage_setting = (struct nas_octet){true, 1};
		break;
	case NAS_REGISTRATION_ACCEPT:
		m.registration_accept = accept_live();
		m.registration_accept.equivalent_plmns = (struct nas_octets){plmns, 3};
		m.registration_accept.rejected_nssai = has_rejected;
		m.registration_accept.configured_nssai = has_nssai;
		m.registration_accept.pdu_session_status = has_status;
		m.registration_accept.pdu_session_reactivation = has_status;
		m.registration_accept.mico = m.registration_accept.slicing = (struct nas_octet){true, 0};
		m.registration_accept.non_3gpp_timer = (struct nas_octet){true, 0x29};
		m.registration_accept.t3502 = (struct nas_octet){true, 0x2c};
		m.registration_accept.eap = has_eap;
		break;
	case NAS_REGISTRATION_REJECT:
		m.registration_reject = (struct nas_registration_reject){22, {true, 0x21}, {true, 0x2c}, has_eap,
		                                                         has_rejected};
		break;
	default:
		break;
	}
	return m;
}

static struct nas_message all_service(uint8_t type)
{
	struct nas_message m = {.type = type};

	switch (type) {
	case NAS_DEREGISTRATION_REQUEST:
		m.deregistration_request = (struct nas_deregistration_request){.identity = guti()};
		break;
	case NAS_DEREGISTRATION_COMMAND:
		m.deregistration_command = (struct nas_deregistration_command){.reregistration = true,
			.cause = {true, 11}, .t3346 = {true, 0x21}, .rejected_nssai = has_rejected};
		break;
	case NAS_SERVICE_REQUEST:
		m.service_request = (struct nas_service_request){.service_type = NAS_SERVICE_DATA,
			.guti = guti().guti, .uplink_data_status = has_status, .pdu_session_status = has_status,
			.allowed_pdu_session_status = has_status};
		break;
	case NAS_SERVICE_ACCEPT:
		m.service_accept = (struct nas_service_accept){has_status, has_status, has_eap, {true, 0x21}};
		break;
	case NAS_SERVICE_REJECT:
		m.service_reject = (struct nas_service_reject){22, has_status, {true, 0x21}, {true, 0x21},
		                                               has_eap};
		break;
	default:
		break;
	}
	return m;
}

static struct nas_message all_authentication(uint8_t type)
{
	struct nas_message m = {.type = type};

	switch (type) {
	case NAS_AUTHENTICATION_RESULT:
		m.authentication_result = (struct nas_authentication_result){.eap = has_eap, .has_abba = true};
		break;
	case NAS_AUTHENTICATION_FAILURE:
		m.authentication_failure = (struct nas_authentication_failure){.cause = 21, .has_auts = true};
		break;
	case NAS_AUTHENTICATION_REJECT:
		m.authentication_reject.eap = has_eap;
		break;
	case NAS_IDENTITY_REQUEST:
		m.identity_request.kind = NAS_IDENTITY_SUCI;
		break;
	case NAS_IDENTITY_RESPONSE:
		m.identity_response = suci(ID_SCHEME_B);
		break;
	case NAS_SECURITY_MODE_COMMAND:
		m.security_mode_command = (struct nas_security_mode_command){.ciphering = CRYPTO_NEA2,
			.integrity = CRYPTO_NIA2, .security_capability = {capability, 4}, .imeisv_request = true,
			.eps_algorithms = {true, 0x22}, .additional = {true, 2}, .eap = has_eap, .has_abba = true};
		break;
	case NAS_SECURITY_MODE_COMPLETE:
		strcpy(m.security_mode_complete.imeisv, "4370816125816151");
		m.security_mode_complete.container = (struct nas_octets){inner, nas_registration_complete(inner)};
		break;
	case NAS_SECURITY_MODE_REJECT:
	case NAS_STATUS:
		m.status = 24;
		break;
	default:
		break;
	}
	return m;
}

static struct nas_message all_configuration(uint8_t type)
{
	struct nas_message m = {.type = type};

	switch (type) {
	case NAS_CONFIGURATION_UPDATE_COMMAND:
		m.configuration_update = (struct nas_configuration_update){.acknowledge = true,
			.registration_requested = true, .has_guti = true, .guti = guti().guti,
			.tai_list = {tai_list, 7}, .allowed_nssai = has_nssai, .full_name = "Open5GS",
			.short_name = "Next", .time_zone = {true, 0}, .has_time = true,
			.time = {0x62, 0x11, 0x32, 0x61, 0x51, 0x13, 0x00}, .daylight_saving = {true, 0},
			.mico = {true, 0}, .slicing = {true, 0}, .configured_nssai = has_nssai,
			.rejected_nssai = has_rejected};
		break;
	case NAS_NOTIFICATION:
		m.notification.access = NAS_3GPP_ACCESS;
		break;
	case NAS_NOTIFICATION_RESPONSE:
		m.notification_response.pdu_session_status = has_status;
		break;
	case NAS_UL_TRANSPORT:
	case NAS_DL_TRANSPORT:
		m.transport = (struct nas_transport){.kind = 6, .payload = {payload, 1}};
		break;
	default:
		break;
	}
	return m;
}

static struct nas_message whole_message(uint8_t type)
{
	if (type <= NAS_REGISTRATION_REJECT)
		return all_registration(type);
	if (type <= NAS_SERVICE_ACCEPT)
		return all_service(type);
	if (type >= NAS_AUTHENTICATION_REQUEST && type <= NAS_STATUS)
		return all_authentication(type);
	return all_configuration(type);
}

/* ---- what tshark says ---- */

/* Names differ in letters' case and in "NAS" alone. */
static void assert_clean(const char *said, const char *name)
{
	static char expected[LINE];

	snprintf(expected, sizeof expected, "||%s", name);
	if (strncasecmp(said, expected, strlen(expected)) != 0)
		fail_msg("%s: tshark says %s", name, said);
}

static void every_message_with_all_its_fields_is_read_by_tshark(void **state)
{
	(void)state;
	uint8_t types[32];
	uint32_t n = 0;
	FILE *file = begin_capture();

	for (unsigned type = NAS_REGISTRATION_REQUEST; type <= NAS_DL_TRANSPORT; type++) {
		struct nas_message m;

		if (!nas_text((uint8_t)type))
			continue;
		m = whole_message((uint8_t)type);
		put_pdu(file, "nas-5gs", out, nas_encode(&m, out));
		types[n++] = (uint8_t)type;
	}
	fclose(file);
	assert_int_equal(n, 28);
	assert_int_equal(read_capture(line, 64), n);
	for (uint32_t i = 0; i < n; i++)
		assert_clean(line[i], types[i] == NAS_DEREGISTRATION_REQUEST  ? "Deregistration request (UE orig"
		                      : types[i] == NAS_DEREGISTRATION_ACCEPT ? "Deregistration accept (UE orig"
		                                                              : nas_text(types[i]));
}

static const enum nas_identity_kind kinds[] = {NAS_IDENTITY_SUCI, NAS_IDENTITY_GUTI,
	NAS_IDENTITY_IMEI, NAS_IDENTITY_S_TMSI, NAS_IDENTITY_IMEISV};

static void every_identity_is_read_by_tshark(void **state)
{
	(void)state;
	FILE *file = begin_capture();
	const uint32_t n = sizeof kinds / sizeof *kinds;

	for (uint32_t i = 0; i < n; i++) {
		struct nas_identity identity = kinds[i] == NAS_IDENTITY_SUCI ? suci(ID_SCHEME_A) : guti();

		identity.kind = (uint8_t)kinds[i];
		if (kinds[i] == NAS_IDENTITY_IMEI)
			strcpy(identity.digits, "490154203237518");
		if (kinds[i] == NAS_IDENTITY_IMEISV)
			strcpy(identity.digits, "4370816125816151");
		put_pdu(file, "nas-5gs", out, nas_identity_response(&identity, out));
	}
	fclose(file);
	assert_int_equal(read_capture(line, 64), n);
	for (uint32_t i = 0; i < n; i++)
		assert_clean(line[i], "Identity response");
}

static struct eap_packet packet(uint8_t code, uint8_t subtype)
{
	static const char snn[] = "5G:mnc070.mcc999.3gppnetwork.org";
	struct eap_packet m = {.code = code, .type = EAP_AKA_PRIME};

	m.aka.subtype = subtype;
	m.aka.has_mac = subtype == EAP_AKA_CHALLENGE;
	m.aka.has_rand = m.aka.has_autn = m.aka.has_mac && code == EAP_REQUEST;
	m.aka.n_res = m.aka.has_mac && code == EAP_RESPONSE ? 8 : 0;
	m.aka.n_kdf = m.aka.has_rand;
	m.aka.kdf[0] = EAP_KDF_AKA_PRIME;
	if (m.aka.has_rand)
		m.aka.kdf_input = (struct eap_octets){(const uint8_t *)snn, sizeof snn - 1};
	m.aka.has_auts = subtype == EAP_AKA_SYNCHRONIZATION_FAILURE;
	m.aka.has_client_error = subtype == EAP_AKA_CLIENT_ERROR;
	return m;
}

static void every_eap_packet_is_read_by_tshark(void **state)
{
	(void)state;
	static const struct {
		uint8_t code, subtype;
	} cases[] = {{EAP_REQUEST, EAP_AKA_CHALLENGE}, {EAP_RESPONSE, EAP_AKA_CHALLENGE},
		{EAP_RESPONSE, EAP_AKA_AUTHENTICATION_REJECT},
		{EAP_RESPONSE, EAP_AKA_SYNCHRONIZATION_FAILURE}, {EAP_RESPONSE, EAP_AKA_CLIENT_ERROR}};
	static const char *const expected[] = {"Request, ", "Response, ", "Response, ", "Response, ",
	                                       "Response, "};
	const uint32_t n = sizeof cases / sizeof *cases;
	FILE *file = begin_capture();

	for (uint32_t i = 0; i < n; i++) {
		struct eap_packet m = packet(cases[i].code, cases[i].subtype);

		m.identifier = (uint8_t)i; /* the same again would be noted as a retransmission */
		put_pdu(file, "eap", out, eap_encode(&m, out));
	}
	fclose(file);
	assert_int_equal(read_capture(line, 64), n);
	for (uint32_t i = 0; i < n; i++)
		assert_clean(line[i], expected[i]);
}

static int make_file(void **state)
{
	int file = mkstemp(capture);

	(void)state;
	return file < 0 || close(file) ? -1 : 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(capture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_with_all_its_fields_is_read_by_tshark),
		cmocka_unit_test(every_identity_is_read_by_tshark),
		cmocka_unit_test(every_eap_packet_is_read_by_tshark),
	};
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
