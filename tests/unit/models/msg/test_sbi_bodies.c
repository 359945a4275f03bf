/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bodies and paths of the SBI: what is read and refused, and sizes beside those of a real core. */
#include "tests/unit/models/msg/sbi_fixture.h"

static int make(void **state)
{
	(void)state;
	sbi_init(&both, &network);
	return 0;
}

/* ---- reading ---- */

static bool read_body(enum msg_type type, const char *body, struct msg *msg,
                      struct msg_fault *fault)
{
	const struct sbi_operation *operation = sbi_operation_of(type);

	memset(msg, 0, sizeof *msg);
	msg->type = (uint8_t)type;
	*fault = (struct msg_fault){0};
	return sbi_json_read(sbi,
	                     type == (enum msg_type)operation->request ? operation->body
	                                                               : operation->answer_body,
	                     (const uint8_t *)body, (uint32_t)strlen(body), msg, fault);
}

#define INFO(rest)                                                                                 \
	"{\"supiOrSuci\":\"imsi-999700000000001\","                                                   \
	"\"servingNetworkName\":\"5G:mnc070.mcc999.3gppnetwork.org\"" rest "}"

static void a_member_that_nobody_knows_is_ignored(void **state)
{
	struct msg msg;
	struct msg_fault fault;

	(void)state;
	assert_true(read_body(MSG_AUSF_AUTHENTICATE, INFO(",\"cellCagInfo\":[1]"), &msg, &fault));
	assert_int_equal(msg.identity.tmsi_msin, 1);
}

static void a_missing_mandatory_member_is_a_400_that_names_it(void **state)
{
	struct msg msg;
	struct msg_fault fault;

	(void)state;
	assert_false(read_body(MSG_AUSF_AUTHENTICATE,
	                       "{\"supiOrSuci\":\"imsi-999700000000001\"}", &msg, &fault));
	assert_int_equal(fault.cause, SBI_FAULT(400));
	assert_string_equal(fault.what, "servingNetworkName");
	assert_false(read_body(MSG_AUSF_AUTHENTICATE,
	                       INFO(",\"resynchronizationInfo\":{\"rand\":\"00\"}"), &msg, &fault));
	assert_string_equal(fault.what, "resynchronizationInfo/rand");
}

static void a_body_with_a_name_twice_or_too_deep_or_no_json_is_a_400(void **state)
{
	static const char *const bodies[] = {INFO(",\"supiOrSuci\":\"imsi-999700000000002\""),
		INFO(",\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"), "{\"supiOrSuci\":", "[]", "null", ""};
	struct msg msg;
	struct msg_fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		assert_false(read_body(MSG_AUSF_AUTHENTICATE, bodies[i], &msg, &fault));
		assert_int_equal(fault.cause, SBI_FAULT(400));
	}
}

static void every_cause_of_the_model_comes_back_from_its_problem_details(void **state)
{
	(void)state;
	for (uint32_t cause = 1; cause <= UINT8_MAX; cause++) {
		uint8_t body[128];
		uint32_t n = sbi_problem_write((uint8_t)cause, body, sizeof body);

		assert_true(n > 0);
		assert_int_equal(sbi_problem_read(sbi_problem_status((uint8_t)cause), body, n), cause);
	}
	assert_int_equal(sbi_problem_read(404, (const uint8_t *)"not json", 8),
	                 MSG_CAUSE_UE_IDENTITY_UNKNOWN);
}

static void a_resource_or_a_method_that_is_not_there_is_a_404_or_a_405(void **state)
{
	struct http2_message in = {.stream = 1, .n_fields = 2};
	struct msg msg = {0};
	struct msg_fault fault;

	(void)state;
	in.field[0] = (struct http2_field){":method", "PUT", 7, 3, false};
	in.field[1] = (struct http2_field){":path", "/nausf-auth/v1/ue-authentications", 5, 33, false};
	assert_false(sbi_decode(sbi, &in, MSG_NONE, &msg, &fault));
	assert_int_equal(fault.cause, SBI_FAULT(405));
	in.field[1].n_value = 32;
	assert_false(sbi_decode(sbi, &in, MSG_NONE, &msg, &fault));
	assert_int_equal(fault.cause, SBI_FAULT(404));
}

/* TS 29.503 6.2.3.1, TS 29.505 5.2.1; table 6.2.6.2.3-1: imsVoPs and ratType are mandatory. */
static void s29503_5_3_2_2_3_an_amf_registers_at_the_resource_of_its_access(void **state)
{
#define IMSI "imsi-999700000000001"
	static const struct {
		enum msg_type type;
		uint8_t access;
		const char *path, *with, *without; /* in the body */
	} row[] = {
		{MSG_UDM_UECM, 0, "/nudm-uecm/v1/" IMSI "/registrations/amf-3gpp-access",
		 "\"ratType\":\"NR\"", "imsVoPs"},
		{MSG_UDM_UECM, NGAP_N3IWF, "/nudm-uecm/v1/" IMSI "/registrations/amf-non-3gpp-access",
		 "\"imsVoPs\":\"HOMOGENEOUS_NON_SUPPORT\"", "initialRegistrationInd"},
		{MSG_UDM_UECM_DEREGISTER, NGAP_N3IWF,
		 "/nudm-uecm/v1/" IMSI "/registrations/amf-non-3gpp-access", "purgeFlag", "ratType"},
		{MSG_UDR_UECM, NGAP_N3IWF,
		 "/nudr-dr/v1/subscription-data/" IMSI "/context-data/amf-non-3gpp-access",
		 "\"ratType\":\"VIRTUAL\"", "\"NR\""},
		{MSG_UDR_UECM_PATCH, NGAP_N3IWF,
		 "/nudr-dr/v1/subscription-data/" IMSI "/context-data/amf-non-3gpp-access", "purgeFlag",
		 "ratType"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct msg msg = {.type = (uint8_t)row[i].type, .access = row[i].access};
		struct sbi_head head;

		msg.subscription.msin = 1;
		sbi_compose(sbi, &msg, &head);
		assert_string_equal(head.field[0].name, ":path");
		assert_int_equal(head.field[0].n_value, strlen(row[i].path));
		assert_memory_equal(head.field[0].value, row[i].path, strlen(row[i].path));
		assert_non_null(memmem(head.body, head.n_body, row[i].with, strlen(row[i].with)));
		assert_null(memmem(head.body, head.n_body, row[i].without, strlen(row[i].without)));
	}
}

/* ---- sizes of a real core and of the OpenAPI's shapes ---- */

struct row {
	const char *text; /* as in data/message_sizes_octets.csv */
	enum msg_type type;
	uint8_t method, cause, scheme_n, scheme;
	uint16_t packet;
	int difference; /* ours less the table's */
	const char *reason;
};
static const struct row rows[] = {
	{.text = "Nausf_UEAuthentication_Authenticate req (POST /ue-authentications) SUCI A",
	 .type = MSG_AUSF_AUTHENTICATE, .scheme = ID_SCHEME_A, .scheme_n = 45},
	{.text = "Nausf_UEAuthentication_Authenticate req, SUCI null",
	 .type = MSG_AUSF_AUTHENTICATE,
	 .scheme_n = 5},
	{.text = "Nausf_UEAuthentication_Authenticate req with resynchronizationInfo",
	 .type = MSG_AUSF_AUTHENTICATE, .scheme = ID_SCHEME_A, .scheme_n = 45,
	 .cause = MSG_CAUSE_SYNCH_FAILURE},
	{.text = "Nausf_UEAuthentication_Authenticate rsp 201 (UEAuthenticationCtx, 5G-AKA)",
	 .type = MSG_AUSF_AUTHENTICATE_RSP},
	{.text = "Nausf 5g-aka-confirmation req (PUT, ConfirmationData)",
	 .type = MSG_AUSF_CONFIRM},
	{.text = "Nausf 5g-aka-confirmation rsp 200 (result, supi, kseaf)",
	 .type = MSG_AUSF_CONFIRM_RSP},
	{.text = "Nausf EAP-AKA' challenge rsp 201 (EapPayload 108 octets)",
	 .type = MSG_AUSF_AUTHENTICATE_RSP,
	 .method = MSG_METHOD_EAP_AKA_PRIME, .packet = 108},
	{.text = "Nausf eap-session req (EAP 40 octets)",
	 .type = MSG_AUSF_EAP, .packet = 40},
	{.text = "Nausf eap-session rsp (EAP-Success, kSeaf, supi)",
	 .type = MSG_AUSF_EAP_RSP, .packet = 4},
	{.text = "Nudm_UEAuthentication_Get req (POST .../security-information/generate-auth-data)",
	 .type = MSG_UDM_GENERATE},
	{.text = "Nudm_UEAuthentication_Get rsp (5G HE AKA AV + supi)",
	 .type = MSG_UDM_GENERATE_RSP},
	{.text = "Nudm_UEAuthentication_Get rsp (EAP_AKA_PRIME AV + supi)",
	 .type = MSG_UDM_GENERATE_RSP,
	 .method = MSG_METHOD_EAP_AKA_PRIME},
	{.text = "Nudm_UEAuthentication_ResultConfirmation req (AuthEvent)",
	 .type = MSG_UDM_AUTH_EVENT},
	{.text = "Nudm_UECM_Registration req (Amf3GppAccessRegistration)",
	 .type = MSG_UDM_UECM, .difference = 1,
	 .reason = "deregCallbackUri begins with amf1, one letter longer"},
	{.text = "Nudm_SDM_Get rsp am-data (typical)",
	 .type = MSG_UDM_AM_DATA_RSP, .difference = -22,
	 .reason = "the members that Open5GS 2.7.7 sends (data/sbi_operations.csv: 146)"},
};

static struct msg message_of(const struct row *row)
{
	struct msg msg;

	memset(&msg, 0, sizeof msg);
	msg.type = (uint8_t)row->type;
	msg.method = row->method;
	msg.cause = row->cause;
	msg.identity.suci.n = row->scheme_n;
	msg.identity.suci.scheme = row->scheme;
	msg.identity.suci.key_id = row->scheme != ID_SCHEME_NULL;
	if (row->type == MSG_UDM_GENERATE_RSP && row->method == MSG_METHOD_EAP_AKA_PRIME)
		msg.vector.xres_n = 8;
	if (row->type == MSG_UDM_AUTH_EVENT)
		msg.subscription.success = true;
	if (row->packet > 0) {
		msg.eap.n = row->packet;
		msg.eap.octets[0] = row->type == MSG_AUSF_EAP_RSP ? 3 : 1;
	}
	return msg;
}

/* The number behind the text, which may itself stand in quotes and hold commas. */
static int in_table(const char *text)
{
	FILE *file = fopen("tests/unit/models/msg/data/message_sizes_octets.csv", "r");
	char line[512];
	int octets = -1;

	assert_non_null(file);
	while (octets < 0 && fgets(line, sizeof line, file)) {
		char *at = strstr(line, text);

		if (at && (at[strlen(text)] == ',' || at[strlen(text)] == '"'))
			octets = atoi(strchr(at + strlen(text), ',') + 1);
	}
	fclose(file);
	return octets;
}

static void every_body_is_as_long_as_in_the_table_of_sizes(void **state)
{
	uint8_t body[SBI_OCTETS_MAX];

	(void)state;
	printf("%-82s %6s %6s\n", "SBI body, octets", "ours", "table");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct msg msg = message_of(&rows[i]);
		int ours = (int)sbi_body(sbi, &msg, body, sizeof body), table = in_table(rows[i].text);

		printf("%-82s %6d %6d  %s\n", rows[i].text, ours, table,
		       rows[i].reason ? rows[i].reason : "");
		assert_int_equal(ours, table + rows[i].difference);
		assert_true((rows[i].reason != NULL) == (rows[i].difference != 0));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_that_nobody_knows_is_ignored),
		cmocka_unit_test(a_missing_mandatory_member_is_a_400_that_names_it),
		cmocka_unit_test(a_body_with_a_name_twice_or_too_deep_or_no_json_is_a_400),
		cmocka_unit_test(every_cause_of_the_model_comes_back_from_its_problem_details),
		cmocka_unit_test(a_resource_or_a_method_that_is_not_there_is_a_404_or_a_405),
		cmocka_unit_test(s29503_5_3_2_2_3_an_amf_registers_at_the_resource_of_its_access),
		cmocka_unit_test(every_body_is_as_long_as_in_the_table_of_sizes),
	};
	return cmocka_run_group_tests(tests, make, NULL);
}
