/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the 5GS mobile identity: SUCI in both forms, 5G-GUTI, 5G-S-TMSI, IMEI, IMEISV, MAC
 * address, EUI-64.
 * Leaves out: nothing of the clause; the contents of an NAI are not looked into here
 * (models/id/nai.h).
 * Sources: TS 24.501 9.11.3.4.
 */
#include "models/msg/nas_layout.h"
#include "sim/core/status.h"
#include <string.h>

enum { TYPE_BITS = 7, ODD = 8, MAURI = 8, IMEI_DIGITS = 15, FORMATS_AS_NAI = 3 };

/* The first digit shares its octet with the type, an even number of them ends with 0xf. */
static void put_digits(struct nas_writer *w, uint8_t type, const char *digits)
{
	uint8_t n = (uint8_t)strlen(digits), odd = n % 2 ? ODD : 0;

	SIM_ASSERT(n >= IMEI_DIGITS && n <= NAS_IMEISV_DIGITS);
	nas_v(w, (uint8_t)((digits[0] - '0') << 4 | odd | type));
	for (int i = 1; i < n; i += 2) {
		int high = i + 1 < n ? digits[i + 1] - '0' : 0xf;
		nas_v(w, (uint8_t)(high << 4 | (digits[i] - '0')));
	}
}

static bool get_digits(const uint8_t *in, uint16_t n, uint8_t wanted, char *digits)
{
	if (n < 1 + wanted / 2)
		return false;
	for (uint8_t i = 0; i < wanted; i++) {
		uint8_t octet = in[(i + 1) / 2], digit = i % 2 ? octet & 15 : octet >> 4;

		if (digit > 9) {
			digits[0] = 0; /* what is incorrect is absent */
			return false;
		}
		digits[i] = (char)('0' + digit);
	}
	digits[wanted] = 0;
	return true;
}

void nas_imeisv(struct nas_writer *w, const char *digits)
{
	SIM_ASSERT(strlen(digits) == NAS_IMEISV_DIGITS);
	put_digits(w, NAS_IDENTITY_IMEISV, digits);
}

bool nas_imeisv_decode(const uint8_t *in, uint16_t n, char digits[NAS_IMEISV_DIGITS + 1])
{
	return n > 0 && (in[0] & TYPE_BITS) == NAS_IDENTITY_IMEISV &&
	       get_digits(in, n, NAS_IMEISV_DIGITS, digits);
}

static void put_temporary(struct nas_writer *w, const struct nas_identity *identity)
{
	uint8_t octets[ID_GUTI_OCTETS];

	if (identity->kind == NAS_IDENTITY_GUTI) {
		id_guti_encode(identity->guti, octets);
		nas_put(w, octets, ID_GUTI_OCTETS);
	} else {
		id_s_tmsi_encode(identity->guti, octets);
		nas_put(w, octets, ID_S_TMSI_OCTETS);
	}
}

static void put_suci(struct nas_writer *w, const struct nas_identity *identity)
{
	uint8_t octets[ID_SUCI_OCTETS_MAX];

	if (identity->kind == NAS_IDENTITY_SUCI) {
		nas_put(w, octets, id_suci_encode(&identity->suci, octets));
	} else {
		nas_v(w, (uint8_t)(identity->nai.format << 4 | NAS_IDENTITY_SUCI));
		nas_put(w, identity->nai.text.at, identity->nai.text.n);
	}
}

void nas_identity(struct nas_writer *w, const struct nas_identity *identity)
{
	switch ((enum nas_identity_kind)identity->kind) {
	case NAS_IDENTITY_NONE:
		nas_v(w, NAS_IDENTITY_NONE);
		break;
	case NAS_IDENTITY_SUCI:
	case NAS_IDENTITY_SUCI_NAI:
		put_suci(w, identity);
		break;
	case NAS_IDENTITY_GUTI:
	case NAS_IDENTITY_S_TMSI:
		put_temporary(w, identity);
		break;
	case NAS_IDENTITY_IMEI:
	case NAS_IDENTITY_IMEISV:
		put_digits(w, identity->kind, identity->digits);
		break;
	case NAS_IDENTITY_MAC:
	case NAS_IDENTITY_EUI64:
		nas_v(w, (uint8_t)((identity->eui.unusable ? MAURI : 0) | identity->kind));
		nas_put(w, identity->eui.octets, identity->kind == NAS_IDENTITY_MAC ? 6 : 8);
		break;
	}
}

/* Another format than the three that are NAIs is to be read as IMSI (table 9.11.3.4.1). */
static bool get_suci(const uint8_t *in, uint16_t n, struct nas_identity *identity)
{
	uint8_t format = in[0] >> 4 & 7;

	if (format == 0 || format > FORMATS_AS_NAI)
		return id_suci_decode(in, n, &identity->suci);
	identity->kind = NAS_IDENTITY_SUCI_NAI;
	identity->nai.format = format;
	identity->nai.text = (struct nas_octets){in + 1, (uint16_t)(n - 1)};
	return n > 1;
}

static bool get_eui(const uint8_t *in, uint16_t n, struct nas_identity *identity)
{
	uint16_t wanted = identity->kind == NAS_IDENTITY_MAC ? 6 : 8;

	if (n < 1 + wanted)
		return false;
	identity->eui.unusable = identity->kind == NAS_IDENTITY_MAC && (in[0] & MAURI);
	memcpy(identity->eui.octets, in + 1, wanted);
	return true;
}

bool nas_identity_decode(const uint8_t *in, uint16_t n, struct nas_identity *identity)
{
	if (n == 0)
		return false;
	identity->kind = in[0] & TYPE_BITS;
	switch ((enum nas_identity_kind)identity->kind) {
	case NAS_IDENTITY_SUCI:
		return get_suci(in, n, identity);
	case NAS_IDENTITY_GUTI:
		return n >= ID_GUTI_OCTETS && id_guti_decode(in, &identity->guti);
	case NAS_IDENTITY_S_TMSI:
		return n >= ID_S_TMSI_OCTETS && id_s_tmsi_decode(in, &identity->guti);
	case NAS_IDENTITY_IMEI:
		return get_digits(in, n, IMEI_DIGITS, identity->digits);
	case NAS_IDENTITY_IMEISV:
		return get_digits(in, n, NAS_IMEISV_DIGITS, identity->digits);
	case NAS_IDENTITY_MAC:
	case NAS_IDENTITY_EUI64:
		return get_eui(in, n, identity);
	case NAS_IDENTITY_NONE:
	case NAS_IDENTITY_SUCI_NAI: /* no value of three bits */
		break;
	}
	return true;
}
