/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words for values of TS 24.501; each table names its clause. */
#include "models/msg/nas_layout.h"

struct text {
	uint8_t value;
	const char *text;
};

static const char *find(const struct text *texts, uint8_t value)
{
	for (; texts->text; texts++)
		if (texts->value == value)
			return texts->text;
	return "unknown";
}

const char *nas_cause_text(uint8_t cause) /* 9.11.3.2, A.1 to A.5 */
{
	static const struct text texts[] = {
		{3, "illegal UE"},
		{5, "PEI not accepted"},
		{6, "illegal ME"},
		{7, "5GS services not allowed"},
		{9, "UE identity cannot be derived by the network"},
		{10, "implicitly de-registered"},
		{11, "PLMN not allowed"},
		{12, "tracking area not allowed"},
		{13, "roaming not allowed in this tracking area"},
		{15, "no suitable cells in tracking area"},
		{20, "MAC failure"},
		{21, "synch failure"},
		{22, "congestion"},
		{23, "UE security capabilities mismatch"},
		{24, "security mode rejected, unspecified"},
		{26, "non-5G authentication unacceptable"},
		{27, "N1 mode not allowed"},
		{28, "restricted service area"},
		{31, "redirection to EPC required"},
		{43, "LADN not available"},
		{62, "no network slices available"},
		{65, "maximum number of PDU sessions reached"},
		{67, "insufficient resources for specific slice and DNN"},
		{69, "insufficient resources for specific slice"},
		{71, "ngKSI already in use"},
		{72, "non-3GPP access to 5GCN not allowed"},
		{73, "serving network not authorized"},
		{74, "temporarily not authorized for this SNPN"},
		{75, "permanently not authorized for this SNPN"},
		{76, "not authorized for this CAG or authorized for CAG cells only"},
		{90, "payload was not forwarded"},
		{91, "DNN not supported or not subscribed in the slice"},
		{92, "insufficient user-plane resources for the PDU session"},
		{95, "semantically incorrect message"},
		{96, "invalid mandatory information"},
		{97, "message type non-existent or not implemented"},
		{98, "message type not compatible with the protocol state"},
		{99, "information element non-existent or not implemented"},
		{100, "conditional IE error"},
		{101, "message not compatible with the protocol state"},
		{111, "protocol error, unspecified"},
		{0, NULL}};
	return find(texts, cause);
}

const char *nas_identity_text(uint8_t kind) /* 9.11.3.3 */
{
	static const struct text texts[] = {
		{NAS_IDENTITY_NONE, "no identity"}, {NAS_IDENTITY_SUCI, "SUCI"},
		{NAS_IDENTITY_GUTI, "5G-GUTI"},     {NAS_IDENTITY_IMEI, "IMEI"},
		{NAS_IDENTITY_S_TMSI, "5G-S-TMSI"}, {NAS_IDENTITY_IMEISV, "IMEISV"},
		{NAS_IDENTITY_MAC, "MAC address"},  {NAS_IDENTITY_EUI64, "EUI-64"},
		{NAS_IDENTITY_SUCI_NAI, "SUCI"},    {0, NULL}};
	return find(texts, kind);
}

const char *nas_registration_text(uint8_t type) /* 9.11.3.7 */
{
	static const struct text texts[] = {
		{NAS_INITIAL, "initial registration"},
		{NAS_MOBILITY_UPDATE, "mobility registration updating"},
		{NAS_PERIODIC_UPDATE, "periodic registration updating"},
		{NAS_EMERGENCY, "emergency registration"},
		{0, NULL}};
	return find(texts, type);
}

const char *nas_access_text(uint8_t access) /* 9.11.2.1A, 9.11.3.20 */
{
	static const struct text texts[] = {{NAS_3GPP_ACCESS, "3GPP access"},
	                                    {NAS_NON_3GPP_ACCESS, "non-3GPP access"},
	                                    {NAS_BOTH_ACCESSES, "3GPP access and non-3GPP access"},
	                                    {0, NULL}};
	return find(texts, access);
}

const char *nas_service_text(uint8_t type) /* 9.11.3.50 */
{
	static const struct text texts[] = {
		{NAS_SERVICE_SIGNALLING, "signalling"},
		{NAS_SERVICE_DATA, "data"},
		{NAS_SERVICE_MOBILE_TERMINATED, "mobile terminated services"},
		{3, "emergency services"},
		{4, "emergency services fallback"},
		{5, "high priority access"},
		{6, "elevated signalling"},
		{0, NULL}};
	return find(texts, type);
}

const char *nas_payload_text(uint8_t kind) /* 9.11.3.40 */
{
	static const struct text texts[] = {{1, "N1 SM information"},
	                                    {2, "SMS"},
	                                    {3, "LPP"},
	                                    {4, "SOR transparent container"},
	                                    {5, "UE policy container"},
	                                    {6, "UE parameters update"},
	                                    {15, "multiple payloads"},
	                                    {0, NULL}};
	return find(texts, kind);
}

const char *nas_security_text(uint8_t type) /* 9.3.1 */
{
	static const struct text texts[] = {
		{NAS_PLAIN, "plain"},
		{NAS_INTEGRITY, "integrity protected"},
		{NAS_CIPHERED, "integrity protected and ciphered"},
		{NAS_INTEGRITY_NEW_CONTEXT, "integrity protected with new security context"},
		{NAS_CIPHERED_NEW_CONTEXT, "integrity protected and ciphered with new security context"},
		{0, NULL}};
	return find(texts, type);
}
