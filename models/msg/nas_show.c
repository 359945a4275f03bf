/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: values of fields in words.
 * Leaves out: nothing that is decoded; what has no words is hexadecimal.
 * Sources: TS 24.501 9.11; TS 24.008 10.5.3.8, 10.5.3.9 (time), 10.5.7.4, 10.5.7.4a (timers).
 */
#include "models/id/supi.h"
#include "models/msg/nas_layout.h"

/* ---- identities ---- */

static void show_plmn(struct msg_printer *p, struct id_plmn plmn)
{
	msg_print(p, "%03u-%0*u", plmn.mcc, plmn.mnc_digits, plmn.mnc);
}

static void show_plmn_octets(struct msg_printer *p, const uint8_t octets[ID_PLMN_OCTETS])
{
	struct id_plmn plmn;

	if (id_plmn_decode(octets, &plmn))
		show_plmn(p, plmn);
	else
		msg_print_hex(p, octets, ID_PLMN_OCTETS);
}

static void show_suci(struct msg_printer *p, const struct id_suci *suci)
{
	static const char *const scheme[] = {"null scheme", "profile A", "profile B"};
	struct id_supi supi;

	show_plmn(p, suci->plmn);
	msg_print(p, ", routing indicator %0*u, %s", suci->routing_digits, suci->routing_indicator,
	          scheme[suci->scheme]);
	if (suci->scheme == ID_SCHEME_NULL && id_msin_decode(suci->output, suci->n, &supi)) {
		msg_print(p, ", MSIN %0*llu", supi.msin_digits, (unsigned long long)supi.msin);
		return;
	}
	msg_print(p, ", key %u, output ", suci->key_id);
	msg_print_hex(p, suci->output, suci->n);
}

static void show_guti(struct msg_printer *p, const struct nas_identity *identity)
{
	const struct id_guti *guti = &identity->guti;

	if (identity->kind == NAS_IDENTITY_GUTI) {
		show_plmn(p, guti->plmn);
		msg_print(p, ", AMF region %u, ", guti->amf_region);
	}
	msg_print(p, "AMF set %u, pointer %u, 5G-TMSI 0x%08x", guti->amf_set, guti->amf_pointer,
	          guti->tmsi);
}

/* What a peer wrote as text, with everything else than ASCII as a question mark. */
static void show_text(struct msg_printer *p, struct nas_octets text)
{
	for (uint16_t i = 0; i < text.n; i++)
		msg_print(p, "%c", text.at[i] >= ' ' && text.at[i] <= '~' ? text.at[i] : '?');
}

static void show_identity(struct msg_printer *p, struct nas_octets v)
{
	struct nas_identity identity;

	if (!nas_identity_decode(v.at, v.n, &identity)) {
		msg_print_hex(p, v.at, v.n);
		return;
	}
	msg_print(p, "%s", nas_identity_text(identity.kind));
	if (identity.kind == NAS_IDENTITY_NONE)
		return;
	msg_print(p, " ");
	switch ((enum nas_identity_kind)identity.kind) {
	case NAS_IDENTITY_SUCI:
		show_suci(p, &identity.suci);
		break;
	case NAS_IDENTITY_SUCI_NAI:
		show_text(p, identity.nai.text);
		break;
	case NAS_IDENTITY_GUTI:
	case NAS_IDENTITY_S_TMSI:
		show_guti(p, &identity);
		break;
	case NAS_IDENTITY_IMEI:
	case NAS_IDENTITY_IMEISV:
		msg_print(p, "%s", identity.digits);
		break;
	case NAS_IDENTITY_MAC:
		msg_print_hex(p, identity.eui.octets, 6);
		break;
	case NAS_IDENTITY_EUI64:
		msg_print_hex(p, identity.eui.octets, 8);
		break;
	case NAS_IDENTITY_NONE:
		break;
	}
}

/* ---- lists ---- */

static void show_bits(struct msg_printer *p, const char *family, uint8_t octet)
{
	msg_print(p, "%s", family);
	for (int i = 0; i < 8; i++)
		if (octet & 0x80 >> i)
			msg_print(p, " %d", i);
}

static void show_capability(struct msg_printer *p, struct nas_octets v)
{
	static const char *const family[] = {"5G-EA", "; 5G-IA", "; EEA", "; EIA"};

	for (uint16_t i = 0; i < v.n && i < 4; i++)
		show_bits(p, family[i], v.at[i]);
}

/* Of lengths 1 (SST), 4 (SST, SD) and those with mapped values behind. */
static void show_nssai(struct msg_printer *p, struct nas_octets v)
{
	for (uint16_t i = 0; i < v.n; i = (uint16_t)(i + 1 + v.at[i])) {
		uint8_t n = v.at[i];

		if (n == 0 || n > v.n - i - 1) {
			msg_print(p, "; and ");
			msg_print_hex(p, v.at + i, (size_t)(v.n - i));
			return;
		}
		msg_print(p, "%sSST %u", i ? "; " : "", v.at[i + 1]);
		if (n >= 4) {
			msg_print(p, " SD ");
			msg_print_hex(p, v.at + i + 2, 3);
		}
	}
}

static void show_tai(struct msg_printer *p, const uint8_t *plmn, const uint8_t *tac)
{
	show_plmn_octets(p, plmn);
	msg_print(p, " TAC %u", tac[0] << 16 | tac[1] << 8 | tac[2]);
}

/* The first partial list; types 00 and 01 have one PLMN, 10 has one each (9.11.3.9). */
static void show_tai_list(struct msg_printer *p, struct nas_octets v)
{
	uint8_t type = v.at[0] >> 5 & 3, n = (uint8_t)((v.at[0] & 31) + 1);
	uint16_t step = type == 2 ? 6 : 3, first = type == 2 ? 1 : 4, end = 1;

	for (uint8_t i = 0; i < (type == 1 ? 1 : n); i++) {
		uint16_t at = (uint16_t)(first + i * step);

		end = (uint16_t)(at + step);
		if (type == 3 || end > v.n) {
			end = 0;
			break;
		}
		msg_print(p, "%s", i ? ", " : "");
		show_tai(p, type == 2 ? v.at + at : v.at + 1, v.at + at + (type == 2 ? 3 : 0));
	}
	if (type == 1)
		msg_print(p, " and the %u that follow", n - 1);
	if (end != v.n) {
		msg_print(p, " of ");
		msg_print_hex(p, v.at, v.n);
	}
}

/* ---- times ---- */

static void show_timer(struct msg_printer *p, uint8_t octet, const uint32_t unit_s[7])
{
	uint32_t unit = octet >> 5, value = octet & 31;

	if (unit == 7)
		msg_print(p, "deactivated");
	else
		msg_print(p, "%u s", value * unit_s[unit]);
}

/* Quarters of an hour, BCD with nibbles swapped; bit 4 is the sign. */
static void show_zone(struct msg_printer *p, uint8_t octet)
{
	int quarters = (octet & 7) * 10 + (octet >> 4);

	msg_print(p, "UTC%c%02d:%02d", octet & 8 ? '-' : '+', quarters / 4, quarters % 4 * 15);
}

static void show_time(struct msg_printer *p, const uint8_t v[7])
{
	uint8_t s[6];

	for (int i = 0; i < 6; i++)
		s[i] = (uint8_t)(v[i] << 4 | v[i] >> 4);
	msg_print(p, "20%02x-%02x-%02x %02x:%02x:%02x ", s[0], s[1], s[2], s[3], s[4], s[5]);
	show_zone(p, v[6]);
}

static void show_name(struct msg_printer *p, struct nas_octets v)
{
	msg_print(p, "\"");
	for (uint16_t i = 1; i + 1 < v.n; i = (uint16_t)(i + 2))
		show_text(p, (struct nas_octets){v.at + i + 1, 1});
	msg_print(p, "\"");
}

/* ---- any value ---- */

static void show_ngksi(struct msg_printer *p, uint8_t ngksi)
{
	if ((ngksi & 7) == NAS_NGKSI_NONE)
		msg_print(p, "no key is available");
	else
		msg_print(p, "%u%s", ngksi & 7, ngksi & 8 ? " (mapped security context)" : "");
}

static void show_algorithm(struct msg_printer *p, char letter, uint8_t algorithm)
{
	msg_print(p, "%sN%cA%u", algorithm ? "128-" : "", letter, algorithm);
}

static void show_two_flags(struct msg_printer *p, uint8_t value, const char *bit_1,
                           const char *bit_2)
{
	msg_print(p, "%s%s%s", value & 1 ? bit_1 : "", (value & 3) == 3 ? ", " : "",
	          value & 2 ? bit_2 : "");
	if (!(value & 3))
		msg_print(p, "nothing");
}

static void show_octet(struct msg_printer *p, const struct nas_field *f, uint8_t v)
{
	static const uint32_t timer2[7] = {2, 60, 360, 60, 60, 60, 60};
	static const uint32_t timer3[7] = {600, 3600, 36000, 2, 30, 60, 1152000};

	switch ((enum nas_show)f->show) {
	case NAS_SHOW_NUMBER:
		msg_print(p, "%u", v);
		break;
	case NAS_SHOW_YES:
		msg_print(p, "%s", v ? "yes" : "no");
		break;
	case NAS_SHOW_NGKSI:
		show_ngksi(p, v);
		break;
	case NAS_SHOW_REGISTRATION:
		msg_print(p, "%s", nas_registration_text(v));
		break;
	case NAS_SHOW_RESULT:
		msg_print(p, "%s", nas_access_text(v & 7));
		break;
	case NAS_SHOW_ACCESS:
		msg_print(p, "%s", nas_access_text(v));
		break;
	case NAS_SHOW_SERVICE:
		msg_print(p, "%s", nas_service_text(v));
		break;
	case NAS_SHOW_IDENTITY_TYPE:
		msg_print(p, "%s", nas_identity_text(v));
		break;
	case NAS_SHOW_PAYLOAD:
		msg_print(p, "%s", nas_payload_text(v));
		break;
	case NAS_SHOW_CAUSE:
		msg_print(p, "%u %s", v, nas_cause_text(v));
		break;
	case NAS_SHOW_CIPHERING:
	case NAS_SHOW_INTEGRITY:
		show_algorithm(p, f->show == NAS_SHOW_CIPHERING ? 'E' : 'I', v);
		break;
	case NAS_SHOW_ADDITIONAL:
		show_two_flags(p, v, "horizontal derivation of KAMF", "retransmit the initial NAS message");
		break;
	case NAS_SHOW_UPDATE:
		show_two_flags(p, v, "acknowledgement requested", "registration requested");
		break;
	case NAS_SHOW_TIMER2:
		show_timer(p, v, timer2);
		break;
	case NAS_SHOW_TIMER3:
		show_timer(p, v, timer3);
		break;
	case NAS_SHOW_ZONE:
		show_zone(p, v);
		break;
	default:
		msg_print(p, "%02x", v);
		break;
	}
}

/* A value that several octets make up. false: it has no words of its own. */
static bool show_octets(struct msg_printer *p, const struct nas_field *f, struct nas_octets v)
{
	if (f->kind == NAS_F_NAME)
		show_name(p, v);
	else if (f->kind == NAS_F_IDENTITY || f->kind == NAS_F_GUTI || f->kind == NAS_F_S_TMSI ||
	         f->kind == NAS_F_IMEISV)
		show_identity(p, v);
	else if (f->show == NAS_SHOW_CAPABILITY)
		show_capability(p, v);
	else if (f->show == NAS_SHOW_NSSAI)
		show_nssai(p, v);
	else if (f->show == NAS_SHOW_TAI_LIST)
		show_tai_list(p, v);
	else if (f->show == NAS_SHOW_TAI)
		show_tai(p, v.at, v.at + ID_PLMN_OCTETS);
	else if (f->show == NAS_SHOW_TIME)
		show_time(p, v.at);
	else
		return false;
	return true;
}

void nas_show(struct msg_printer *p, const struct nas_field *f, struct nas_octets v)
{
	if (show_octets(p, f, v))
		return;
	if (f->show == NAS_SHOW_HEX)
		msg_print_hex(p, v.at, v.n);
	else
		show_octet(p, f, v.at[0]);
}
