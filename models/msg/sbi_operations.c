/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operations, one row each. Members stand in the order in which Open5GS 2.7.7 sends them where
 * it does; what decides about a member (authType, authResult, the EAP packet) stands before it.
 */
#include "models/msg/sbi_internal.h"

#define AT(field) offsetof(struct msg, field)
#define HEX(path, field, when)                                                                     \
	{path, "$x", SBI_TEXT, when, AT(field), sizeof((struct msg *)0)->field}
#define TEXT(path, text) {path, text, SBI_TEXT, SBI_ALWAYS, 0, 0}
#define TEXT_WHEN(path, text, when) {path, text, SBI_TEXT, when, 0, 0}
#define LITERAL(path, json) {path, json, SBI_LITERAL, SBI_ALWAYS, 0, 0}
#define LITERAL_WHEN(path, json, when) {path, json, SBI_LITERAL, when, 0, 0}
#define FLAG(path, field) {path, NULL, SBI_FLAG, SBI_ALWAYS, AT(field), 0}
#define END {NULL, NULL, 0, 0, 0, 0}

#define SNN TEXT("servingNetworkName", "5G:$N")
#define AUSF_ID "\"191f59ee-e759-41f1-8313-c343d996f8ac\""
#define AMF_ID "\"199bfe72-e759-41f1-8b44-eb73dd0bf217\""
#define GUAMI(at)                                                                                  \
	TEXT(at "guami/plmnId/mcc", "$c"), TEXT(at "guami/plmnId/mnc", "$k"),                         \
	    LITERAL(at "guami/amfId", "\"020040\"")
#define RESYNC                                                                                     \
	{"resynchronizationInfo", NULL, SBI_RESYNC, SBI_WHEN_RESYNC, 0, 0},                           \
	    HEX("resynchronizationInfo/rand", response.rand, SBI_WHEN_RESYNC),                        \
	    HEX("resynchronizationInfo/auts", response.auts, SBI_WHEN_RESYNC)

/* ---- TS 29.509 ---- */

static const struct sbi_member authentication_info[] = {
	TEXT("supiOrSuci", "$I"), SNN, RESYNC, END};
static const struct sbi_member authentication_context[] = {
	TEXT("authType", "$m"),
	HEX("5gAuthData/rand", vector.rand, SBI_WHEN_AKA),
	HEX("5gAuthData/hxresStar", vector.xres_star, SBI_WHEN_AKA),
	HEX("5gAuthData/autn", vector.autn, SBI_WHEN_AKA),
	TEXT_WHEN("5gAuthData", "$e", SBI_WHEN_EAP),
	TEXT_WHEN("_links/5g-aka/href",
	          "https://ausf1$D/nausf-auth/v1/ue-authentications/$C/5g-aka-confirmation",
	          SBI_WHEN_AKA),
	TEXT_WHEN("_links/eap-session/href",
	          "https://ausf1$D/nausf-auth/v1/ue-authentications/$C/eap-session", SBI_WHEN_EAP),
	END};
static const struct sbi_member confirmation[] = {
	{"resStar", NULL, SBI_NULL, SBI_WHEN_BAD, 0, 0},
	HEX("resStar", response.res_star, SBI_WHEN_GOOD), END};
static const struct sbi_member confirmed[] = {
	TEXT("authResult", "$r"),
	TEXT_WHEN("supi", "imsi-$K", SBI_WHEN_GOOD), HEX("kseaf", key.key, SBI_WHEN_GOOD), END};
static const struct sbi_member eap_session[] = {TEXT("eapPayload", "$e"), END};
static const struct sbi_member eap_session_answer[] = {
	TEXT_WHEN("eapPayload", "$e", SBI_WHEN_PACKET), TEXT("authResult", "$r"),
	HEX("kSeaf", key.key, SBI_WHEN_DONE), TEXT_WHEN("supi", "imsi-$K", SBI_WHEN_DONE), END};
static const struct sbi_member supi_only[] = {TEXT("supi", "imsi-$S"), END};

/* ---- TS 29.503 ---- */

static const struct sbi_member authentication_info_request[] = {
	SNN, LITERAL("ausfInstanceId", AUSF_ID), RESYNC, END};
static const struct sbi_member authentication_info_result[] = {
	TEXT("authType", "$m"),
	TEXT("authenticationVector/avType", "$v"),
	HEX("authenticationVector/rand", vector.rand, SBI_ALWAYS),
	HEX("authenticationVector/autn", vector.autn, SBI_ALWAYS),
	HEX("authenticationVector/xresStar", vector.xres_star, SBI_WHEN_AKA),
	HEX("authenticationVector/kausf", vector.kausf, SBI_WHEN_AKA),
	TEXT_WHEN("authenticationVector/xres", "$X", SBI_WHEN_EAP),
	HEX("authenticationVector/ckPrime", vector.ck_prime, SBI_WHEN_EAP),
	HEX("authenticationVector/ikPrime", vector.ik_prime, SBI_WHEN_EAP),
	TEXT("supi", "imsi-$V"),
	FLAG("akmaInd", vector.akma),
	TEXT_WHEN("routingId", "$i", SBI_WHEN_AKMA),
	END};
#define SUCCESS {"success", NULL, SBI_BOOL, SBI_ALWAYS, AT(subscription.success), 0}
static const struct sbi_member auth_event[] = {
	LITERAL("nfInstanceId", AUSF_ID), SUCCESS, TEXT("timeStamp", "$t"), TEXT("authType", "$m"),
	SNN, END};
static const struct sbi_member auth_removal[] = {
	LITERAL("nfInstanceId", AUSF_ID), SUCCESS, TEXT("timeStamp", "$t"), TEXT("authType", "$m"),
	SNN, LITERAL("authRemovalInd", "true"), END};
static const struct sbi_member auth_status[] = {
	LITERAL("nfInstanceId", AUSF_ID), SUCCESS, TEXT("timeStamp", "$O"), TEXT("authType", "$m"),
	SNN, END};
/* Amf3GppAccessRegistration, AmfNon3GppAccessRegistration; an N3IWF does not know the radio. */
static const struct sbi_member amf_registration[] = {
	LITERAL("amfInstanceId", AMF_ID), LITERAL("pei", "\"imeisv-4370816125816151\""),
	LITERAL_WHEN("imsVoPs", "\"HOMOGENEOUS_NON_SUPPORT\"", SBI_WHEN_NON_3GPP),
	TEXT("deregCallbackUri", "https://amf1$W/namf-callback/v1/imsi-$S/dereg-notify"),
	LITERAL_WHEN("initialRegistrationInd", "true", SBI_WHEN_3GPP), GUAMI(""),
	LITERAL_WHEN("ratType", "\"NR\"", SBI_WHEN_3GPP),
	LITERAL_WHEN("ratType", "\"VIRTUAL\"", SBI_WHEN_NON_3GPP), END};
static const struct sbi_member amf_deregistration[] = {
	GUAMI(""), LITERAL("purgeFlag", "true"), END};
static const struct sbi_member deregistration_data[] = {
	TEXT("deregReason", "$R"), LITERAL("accessType", "\"3GPP_ACCESS\""), END};
static const struct sbi_member am_data[] = {
	LITERAL("gpsis", "[\"msisdn-0000000000\"]"),
	LITERAL("subscribedUeAmbr", "{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"}"),
	LITERAL("nssai", "{\"defaultSingleNssais\":[{\"sst\":1}]}"), END};
static const struct sbi_member smf_selection[] = {
	LITERAL("subscribedSnssaiInfos/1/dnnInfos",
	        "[{\"dnn\":\"internet\",\"defaultDnnIndicator\":true}]"), END};
/* TS 29.518: a PDU session's N2 information, of no meaning to the model */
static const struct sbi_member transfer[] = {
	LITERAL("pduSessionId", "1"), LITERAL("n2InfoContainer",
	        "{\"n2InformationClass\":\"SM\",\"smInfo\":{\"pduSessionId\":1}}"), END};
static const struct sbi_member transfer_answer[] = {
	LITERAL("cause", "\"N1_N2_TRANSFER_INITIATED\""), END};
/* Without a member: {}. */
static const struct sbi_member nothing[] = {END};
static const struct sbi_member sdm_subscription[] = {
	LITERAL("nfInstanceId", AMF_ID), LITERAL("implicitUnsubscribe", "true"),
	TEXT("callbackReference",
	     "https://amf1$W/namf-callback/v1/imsi-$S/sdmsubscription-notify"),
	TEXT("monitoredResourceUris/#", "imsi-$S/am-data"),
	LITERAL("supportedFeatures", "\"1000\""), LITERAL("uniqueSubscription", "true"), END};

/* ---- TS 29.505 ---- */

static const struct sbi_member authentication_subscription[] = {
	TEXT("authenticationMethod", "$m"),
	HEX("encPermanentKey", subscription.k, SBI_ALWAYS),
	HEX("sequenceNumber/sqn", subscription.sqn, SBI_ALWAYS),
	HEX("authenticationManagementField", subscription.amf, SBI_ALWAYS),
	{"encOpcKey", "$x", SBI_TEXT, SBI_WHEN_OPC, AT(subscription.opc), 16},
	HEX("encTopcKey", subscription.opc, SBI_WHEN_TOPC),
	TEXT("supi", "imsi-$S"), FLAG("akmaAllowed", subscription.akma), END};
static const struct sbi_member sqn_patch[] = {
	LITERAL("#/op", "\"replace\""), LITERAL("#/path", "\"/sequenceNumber/sqn\""),
	HEX("#/value", subscription.sqn, SBI_ALWAYS), END};
static const struct sbi_member twin_record[] = {
	LITERAL("state", "\"ACTIVE\""), HEX("token", dt.tid, SBI_ALWAYS),
	HEX("root", dt.root, SBI_ALWAYS), HEX("ownerKey", dt.key, SBI_ALWAYS),
	HEX("salt", dt.nonce, SBI_ALWAYS), HEX("seal", dt.mac, SBI_ALWAYS), END};

/* ---- TS 29.507 ---- */

#define POLICY_REQUEST(at)                                                                         \
	TEXT(at "notificationUri", "https://amf1$W/namf-callback/v1/imsi-$S/am-policy-notify"),       \
	    TEXT(at "supi", "imsi-$S"), LITERAL(at "gpsi", "\"msisdn-0000000000\""),                  \
	    LITERAL(at "accessType", "\"3GPP_ACCESS\""),                                              \
	    LITERAL(at "pei", "\"imeisv-4370816125816151\""),                                         \
	    TEXT(at "userLoc/nrLocation/tai/plmnId/mcc", "$c"),                                       \
	    TEXT(at "userLoc/nrLocation/tai/plmnId/mnc", "$k"),                                       \
	    LITERAL(at "userLoc/nrLocation/tai/tac", "\"000001\""),                                   \
	    TEXT(at "userLoc/nrLocation/ncgi/plmnId/mcc", "$c"),                                      \
	    TEXT(at "userLoc/nrLocation/ncgi/plmnId/mnc", "$k"),                                      \
	    LITERAL(at "userLoc/nrLocation/ncgi/nrCellId", "\"000000010\""),                          \
	    TEXT(at "userLoc/nrLocation/ueLocationTimestamp", "$t"),                                  \
	    LITERAL(at "timeZone", "\"+00:00\""), TEXT(at "servingPlmn/mcc", "$c"),                   \
	    TEXT(at "servingPlmn/mnc", "$k"), LITERAL(at "ratType", "\"NR\""),                        \
	    LITERAL(at "ueAmbr",                                                                      \
	            "{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"}"),                   \
	    LITERAL(at "allowedSnssais", "[{\"sst\":1}]"), GUAMI(at),                                 \
	    LITERAL(at "serviceName", "\"namf-callback\""), LITERAL(at "suppFeat", "\"4\"")
static const struct sbi_member policy_request[] = {POLICY_REQUEST(""), END};
static const struct sbi_member policy_association[] = {
	POLICY_REQUEST("request/"),
	LITERAL("ueAmbr", "{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"}"),
	LITERAL("suppFeat", "\"4\""), END};

/* ---- TS 29.535 ---- */

static const struct sbi_member akma_key_info[] = {
	TEXT("supi", "imsi-$K"), TEXT("aKId", "$a"), HEX("kAkma", key.key, SBI_ALWAYS), END};
static const struct sbi_member akma_af_request[] = {TEXT("afId", "$f"), TEXT("aKId", "$a"), END};
static const struct sbi_member akma_af_key[] = {
	TEXT("expiry", "$E"), HEX("kaf", key.key, SBI_ALWAYS),
	TEXT_WHEN("supi", "imsi-$K", SBI_WHEN_KNOWN), END};
static const struct sbi_member akma_removal[] = {TEXT("supi", "imsi-$K"), END};

/* ---- DT3: docs/DT_INTERFACE.md ---- */

static const struct sbi_member mint[] = {
	HEX("token", dt.tid, SBI_ALWAYS), HEX("ownerKey", dt.key, SBI_ALWAYS),
	HEX("signature", dt.proof, SBI_ALWAYS), END};
static const struct sbi_member final[] = {
	HEX("token", dt.tid, SBI_ALWAYS), TEXT("block", "$B"),
	HEX("blockHash", dt.root, SBI_ALWAYS), HEX("signature", dt.proof, SBI_ALWAYS), END};

/* ---- TS 29.573: N32-c ---- */

#define SENDER TEXT("sender", "sepp1$W")
#define CONTEXT HEX("n32fContextId", n32.context, SBI_ALWAYS)
#define NETWORKS                                                                                   \
	TEXT("plmnIdList/#/mcc", "$c"), TEXT("plmnIdList/#/mnc", "$k"),                               \
	    LITERAL("3GppSbiTargetApiRootSupported", "true")
static const struct sbi_member capability[] = {
	SENDER, TEXT("supportedSecCapabilityList/#", "$p"), NETWORKS, END};
static const struct sbi_member selected_capability[] = {
	SENDER, TEXT("selectedSecCapability", "$p"), NETWORKS, END};
static const struct sbi_member parameters[] = {
	CONTEXT, LITERAL("jweCipherSuiteList", "[\"A128GCM\"]"),
	LITERAL("jwsCipherSuiteList", "[\"ES256\"]"),
	LITERAL("protectionPolicyInfo/dataTypeEncPolicy", "[\"UEID\",\"AUTH_VECTOR\"]"), SENDER, END};
static const struct sbi_member selected_parameters[] = {
	CONTEXT, LITERAL("selectedJweCipherSuite", "\"A128GCM\""),
	LITERAL("selectedJwsCipherSuite", "\"ES256\""),
	LITERAL("selProtectionPolicyInfo/dataTypeEncPolicy", "[\"UEID\",\"AUTH_VECTOR\"]"), SENDER,
	END};
static const struct sbi_member n32f_error[] = {
	LITERAL("n32fMessageId", "\"0000000000000000\""),
	LITERAL("n32fErrorType", "\"CONTEXT_NOT_FOUND\""), CONTEXT, END};

#define JSON_HAL "application/3gppHal+json"
#define JSON_PATCH "application/json-patch+json"
#define JSON_MERGE "application/merge-patch+json"
#define AUTH "/nausf-auth/v1/ue-authentications"
#define DATA "/nudr-dr/v1/subscription-data/imsi-"
#define CONTEXT_DATA DATA "$S/context-data/amf-$A-access"
#define UECM "/nudm-uecm/v1/imsi-$S/registrations/amf-$A-access"
#define PLMN_QUERY                                                                                 \
	"?plmn-id=%7B%22mcc%22%3A%22$c%22%2C%22mnc%22%3A%22$k%22%7D"

#define OPERATION(symbol) .request = MSG_##symbol, .answer = MSG_##symbol##_RSP
const struct sbi_operation sbi_operations[] = {
	{OPERATION(AUSF_AUTHENTICATE), 201, "POST", AUTH, "AMF", "ausf1", .answer_type = JSON_HAL,
	 .location = "https://ausf1$D" AUTH "/$C", .body = authentication_info,
	 .answer_body = authentication_context},
	{OPERATION(AUSF_CONFIRM), 200, "PUT", AUTH "/$C/5g-aka-confirmation", "AMF", "ausf1",
	 .body = confirmation, .answer_body = confirmed},
	{OPERATION(AUSF_REMOVE), 204, "DELETE", AUTH "/$C/5g-aka-confirmation", "AMF", "ausf1",
	 .location = NULL},
	{OPERATION(AUSF_EAP), 200, "POST", AUTH "/$C/eap-session", "AMF", "ausf1",
	 .answer_type = JSON_HAL, .body = eap_session, .answer_body = eap_session_answer},
	{OPERATION(AUSF_DEREGISTER), 204, "POST", AUTH "/deregister", "UDM", "ausf1",
	 .body = supi_only},
	{OPERATION(UDM_GENERATE), 200, "POST",
	 "/nudm-ueau/v1/$I/security-information/generate-auth-data", "AUSF", "udm1",
	 .body = authentication_info_request, .answer_body = authentication_info_result},
	{OPERATION(UDM_AUTH_EVENT), 201, "POST", "/nudm-ueau/v1/imsi-$S/auth-events", "AUSF", "udm1",
	 .location = "https://udm1$D/nudm-ueau/v1/imsi-$S/auth-events/$C", .body = auth_event,
	 .answer_body = auth_event},
	{OPERATION(UDM_AUTH_REMOVE), 204, "PUT", "/nudm-ueau/v1/imsi-$S/auth-events/$C", "AUSF",
	 "udm1", .body = auth_removal},
	{OPERATION(UDM_UECM), 201, "PUT", UECM, "AMF", "udm1", .location = "https://udm1$D" UECM,
	 .body = amf_registration, .answer_body = amf_registration},
	{OPERATION(UDM_UECM_DEREGISTER), 204, "PATCH", UECM, "AMF", "udm1", .type = JSON_MERGE,
	 .body = amf_deregistration},
	{OPERATION(UDM_DEREGISTER_NOTIFY), 204, "POST",
	 "/namf-callback/v1/imsi-$S/dereg-notify", "UDM", "amf1", .body = deregistration_data},
	{OPERATION(UDM_AUTH_TRIGGER), 204, "POST",
	 "/nudm-uecm/v1/imsi-$S/registrations/trigger-auth", "AUSF", "udm1", .body = supi_only},
	{OPERATION(UDM_REAUTH_NOTIFY), 204, "POST", "/namf-callback/v1/imsi-$S/reauth-notify", "UDM",
	 "amf1", .body = supi_only},
	{OPERATION(AMF_TRANSFER), 200, "POST", "/namf-comm/v1/ue-contexts/imsi-$S/n1-n2-messages",
	 "SMF", "amf1", .body = transfer, .answer_body = transfer_answer},
	{OPERATION(UDM_AM_DATA), 200, "GET", "/nudm-sdm/v2/imsi-$S/am-data" PLMN_QUERY, "AMF",
	 "udm1", .answer_body = am_data},
	{OPERATION(UDM_SMF_SELECT), 200, "GET", "/nudm-sdm/v2/imsi-$S/smf-select-data" PLMN_QUERY,
	 "AMF", "udm1", .answer_body = smf_selection},
	{OPERATION(UDM_UE_CONTEXT), 200, "GET",
	 "/nudm-sdm/v2/imsi-$S/ue-context-in-smf-data" PLMN_QUERY, "AMF", "udm1",
	 .answer_body = nothing},
	{OPERATION(UDM_SUBSCRIBE), 201, "POST", "/nudm-sdm/v2/imsi-$S/sdm-subscriptions", "AMF",
	 "udm1", .location = "https://udm1$D/nudm-sdm/v2/imsi-$S/sdm-subscriptions/$C",
	 .body = sdm_subscription, .answer_body = sdm_subscription},
	{OPERATION(UDM_UNSUBSCRIBE), 204, "DELETE",
	 "/nudm-sdm/v2/imsi-$S/sdm-subscriptions/$C", "AMF", "udm1", .location = NULL},
	{OPERATION(UDR_AUTH_SUBSCRIPTION), 200, "GET",
	 DATA "$S/authentication-data/authentication-subscription", "UDM", "udr1",
	 .answer_body = authentication_subscription},
	{OPERATION(UDR_SQN), 204, "PATCH",
	 DATA "$S/authentication-data/authentication-subscription", "UDM", "udr1",
	 .type = JSON_PATCH, .body = sqn_patch},
	{OPERATION(UDR_AUTH_STATUS), 204, "PUT", DATA "$S/authentication-data/authentication-status",
	 "UDM", "udr1", .body = auth_event},
	{OPERATION(UDR_AUTH_STATUS_GET), 200, "GET",
	 DATA "$S/authentication-data/authentication-status", "UDM", "udr1",
	 .answer_body = auth_status},
	{OPERATION(UDR_AUTH_STATUS_DELETE), 204, "DELETE",
	 DATA "$S/authentication-data/authentication-status", "UDM", "udr1", .location = NULL},
	{OPERATION(UDR_UECM_PATCH), 204, "PATCH", CONTEXT_DATA, "UDM", "udr1",
	 .type = JSON_MERGE, .body = amf_deregistration},
	{OPERATION(UDR_UECM), 204, "PUT", CONTEXT_DATA, "UDM", "udr1",
	 .body = amf_registration},
	{OPERATION(UDR_AM_DATA), 200, "GET", DATA "$S/$P/provisioned-data/am-data", "UDM", "udr1",
	 .answer_body = am_data},
	{OPERATION(UDR_SMF_SELECT), 200, "GET",
	 DATA "$S/$P/provisioned-data/smf-selection-subscription-data", "UDM", "udr1",
	 .answer_body = smf_selection},
	{OPERATION(UDR_POLICY), 200, "GET", "/nudr-dr/v1/policy-data/ues/imsi-$S/am-data", "PCF",
	 "udr1", .answer_body = nothing},
	{OPERATION(PCF_POLICY), 201, "POST", "/npcf-am-policy-control/v1/policies", "AMF", "pcf1",
	 .location = "https://pcf1$W/npcf-am-policy-control/v1/policies/$C", .body = policy_request,
	 .answer_body = policy_association},
	{OPERATION(PCF_POLICY_DELETE), 204, "DELETE", "/npcf-am-policy-control/v1/policies/$C", "AMF",
	 "pcf1", .location = NULL},
	{OPERATION(AANF_REGISTER), 200, "POST", "/naanf-akma/v1/register-anchorkey", "AUSF", "aanf1",
	 .body = akma_key_info, .answer_body = akma_key_info},
	{OPERATION(AANF_KEY), 200, "POST", "/naanf-akma/v1/retrieve-applicationkey", "DTF", "aanf1",
	 .body = akma_af_request, .answer_body = akma_af_key},
	{OPERATION(AANF_REMOVE), 204, "POST", "/naanf-akma/v1/remove-context", "AUSF", "aanf1",
	 .body = akma_removal},
	{OPERATION(UDM_TWIN), 204, "PUT", "/nudm-dt/v1/imsi-$T/twin", "DTF", "udm1",
	 .body = twin_record},
	{OPERATION(UDR_TWIN), 204, "PUT", DATA "$T/twin", "UDM", "udr1", .body = twin_record},
	{OPERATION(N32_CAPABILITY), 200, "POST", "/n32c-handshake/v1/exchange-capability", "SEPP",
	 "sepp1", .body = capability, .answer_body = selected_capability},
	{OPERATION(N32_PARAMETERS), 200, "POST", "/n32c-handshake/v1/exchange-params", "SEPP", "sepp1",
	 .body = parameters, .answer_body = selected_parameters},
	{OPERATION(N32_ERROR), 204, "POST", "/n32c-handshake/v1/n32f-error", "SEPP", "sepp1",
	 .body = n32f_error},
	{.request = MSG_LEDGER_MINT, .answer = MSG_LEDGER_FINAL, 201, "POST", "/dt-ledger/v1/tokens",
	 "DTF", "ledger1", .body = mint, .answer_body = final},
};
const uint32_t sbi_n_operations = sizeof sbi_operations / sizeof *sbi_operations;

const struct sbi_operation *sbi_operation_of(enum msg_type type)
{
	for (uint32_t i = 0; type != MSG_NONE && i < sbi_n_operations; i++)
		if (sbi_operations[i].request == type || sbi_operations[i].answer == type)
			return &sbi_operations[i];
	return NULL;
}
