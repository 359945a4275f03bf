/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: SUCI as NAI, null scheme and profiles A and B.
 * Leaves out: proprietary schemes ("out<hex>"), anonymous SUPIs, GCI and GLI.
 * Sources: TS 23.003 28.7.2 (realm), 28.7.3; sizes of the parts TS 33.501 C.3.4.
 */
#include "models/id/nai.h"
#include "models/id/supi.h"
#include "sim/core/status.h"
#include <stdio.h>
#include <string.h>

enum { KEY_A = 32, KEY_B = 33, TAG = 8 };

static uint8_t key_octets(uint8_t scheme)
{
	return scheme == ID_SCHEME_A ? KEY_A : KEY_B;
}

/* ---- writing ---- */

static size_t put_hex(char *out, const char *label, const uint8_t *octets, size_t n)
{
	size_t at = (size_t)sprintf(out, "%s", label);

	for (size_t i = 0; i < n; i++)
		at += (size_t)sprintf(out + at, "%02x", octets[i]);
	return at;
}

size_t id_nai_encode(const struct id_nai *nai, char out[ID_NAI_TEXT])
{
	uint8_t key = key_octets(nai->scheme);
	size_t at = (size_t)sprintf(out, "type%u.rid%0*u.schid%u", nai->type, nai->routing_digits,
	                            nai->routing_indicator, nai->scheme);

	SIM_ASSERT(nai->n <= ID_NAI_OUTPUT_MAX && nai->routing_digits <= 4);
	if (nai->scheme == ID_SCHEME_NULL) {
		at += (size_t)sprintf(out + at, ".userid%.*s", nai->n, (const char *)nai->output);
	} else {
		SIM_ASSERT(nai->n > key + TAG);
		at += (size_t)sprintf(out + at, ".hnkey%u", nai->key_id);
		at += put_hex(out + at, ".ecckey", nai->output, key);
		at += put_hex(out + at, ".cip", nai->output + key, (size_t)(nai->n - key - TAG));
		at += put_hex(out + at, ".mac", nai->output + nai->n - TAG, TAG);
	}
	return at + (size_t)sprintf(out + at, "@%s", nai->realm);
}

/* ---- reading ---- */

struct reader {
	const char *at, *end;
};

static bool skip(struct reader *r, const char *label)
{
	size_t n = strlen(label);

	if ((size_t)(r->end - r->at) < n || memcmp(r->at, label, n) != 0)
		return false;
	r->at += n;
	return true;
}

/* label and one to max digits; *digits (may be NULL) is their number. */
static bool number(struct reader *r, const char *label, uint8_t max, uint16_t *value,
                   uint8_t *digits)
{
	uint8_t n = 0;

	if (!skip(r, label))
		return false;
	for (*value = 0; r->at < r->end && *r->at >= '0' && *r->at <= '9' && n < max; r->at++, n++)
		*value = (uint16_t)(*value * 10 + *r->at - '0');
	if (digits)
		*digits = n;
	return n > 0;
}

static int digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	                              : -1;
}

/* label and octets behind those of the output; wanted = 0: at least one, as many as there are. */
static bool octets(struct reader *r, const char *label, uint8_t wanted, struct id_nai *nai)
{
	uint8_t first = nai->n;

	if (!skip(r, label))
		return false;
	while (r->end - r->at >= 2 && digit(r->at[0]) >= 0 && digit(r->at[1]) >= 0) {
		if (nai->n == ID_NAI_OUTPUT_MAX)
			return false;
		nai->output[nai->n++] = (uint8_t)(digit(r->at[0]) << 4 | digit(r->at[1]));
		r->at += 2;
	}
	return wanted ? nai->n - first == wanted : nai->n > first;
}

/* Up to the last "@": a username may hold one, a realm not. */
static bool user(struct reader *r, struct id_nai *nai)
{
	const char *stop = memrchr(r->at, '@', (size_t)(r->end - r->at));
	size_t n = stop ? (size_t)(stop - r->at) : 0;

	if (n == 0 || n > ID_NAI_USER_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (nai->type == ID_SUPI_IMSI ? r->at[i] < '0' || r->at[i] > '9' : r->at[i] == 0)
			return false;
	memcpy(nai->output, r->at, n);
	nai->n = (uint8_t)n;
	r->at = stop;
	return true;
}

static bool concealed(struct reader *r, struct id_nai *nai)
{
	uint16_t key_id;

	if (!number(r, ".hnkey", 3, &key_id, NULL) || key_id > UINT8_MAX)
		return false;
	nai->key_id = (uint8_t)key_id;
	return octets(r, ".ecckey", key_octets(nai->scheme), nai) && octets(r, ".cip", 0, nai) &&
	       octets(r, ".mac", TAG, nai);
}

static bool realm(struct reader *r, struct id_nai *nai)
{
	size_t n;

	if (!skip(r, "@"))
		return false;
	n = (size_t)(r->end - r->at);
	if (n == 0 || n > ID_NAI_REALM_MAX || memchr(r->at, '@', n) || memchr(r->at, 0, n))
		return false;
	memcpy(nai->realm, r->at, n);
	return true;
}

bool id_nai_decode(const char *text, size_t n, struct id_nai *nai)
{
	struct reader r = {text, text + n};
	uint16_t type, scheme;

	memset(nai, 0, sizeof *nai);
	if (!number(&r, "type", 1, &type, NULL) || type > ID_SUPI_NSI ||
	    !number(&r, ".rid", 4, &nai->routing_indicator, &nai->routing_digits) ||
	    !number(&r, ".schid", 1, &scheme, NULL) || scheme > ID_SCHEME_B)
		return false;
	nai->type = (uint8_t)type;
	nai->scheme = (uint8_t)scheme;
	if (scheme == ID_SCHEME_NULL)
		return skip(&r, ".userid") && user(&r, nai) && realm(&r, nai);
	return concealed(&r, nai) && realm(&r, nai);
}

/* ---- SUPIs of type IMSI ---- */

static const char REALM[] = "nai.5gc.mnc%03u.mcc%03u.3gppnetwork.org";

void id_nai_of_suci(const struct id_suci *suci, struct id_nai *nai)
{
	struct id_supi supi;

	memset(nai, 0, sizeof *nai);
	nai->type = ID_SUPI_IMSI;
	nai->routing_indicator = suci->routing_indicator;
	nai->routing_digits = suci->routing_digits;
	nai->scheme = suci->scheme;
	nai->key_id = suci->key_id;
	nai->n = suci->n;
	memcpy(nai->output, suci->output, suci->n);
	if (suci->scheme == ID_SCHEME_NULL) {
		SIM_ASSERT(id_msin_decode(suci->output, suci->n, &supi));
		nai->n = (uint8_t)sprintf((char *)nai->output, "%0*llu", supi.msin_digits,
		                          (unsigned long long)supi.msin);
	}
	snprintf(nai->realm, sizeof nai->realm, REALM, suci->plmn.mnc, suci->plmn.mcc);
}

static bool msin_of(const struct id_nai *nai, struct id_suci *suci)
{
	struct id_supi supi = {.msin_digits = nai->n};

	if (nai->n > 2 * ID_MSIN_BCD_MAX)
		return false;
	for (uint8_t i = 0; i < nai->n; i++)
		supi.msin = supi.msin * 10 + (uint64_t)(nai->output[i] - '0');
	suci->n = id_msin_encode(supi, suci->output);
	return true;
}

static bool plmn_of(const struct id_nai *nai, uint8_t mnc_digits, struct id_plmn *plmn)
{
	unsigned mnc, mcc;
	char again[ID_NAI_REALM_MAX + 1];

	if (sscanf(nai->realm, "nai.5gc.mnc%3u.mcc%3u.", &mnc, &mcc) != 2)
		return false;
	*plmn = (struct id_plmn){(uint16_t)mcc, (uint16_t)mnc, mnc_digits};
	snprintf(again, sizeof again, REALM, mnc, mcc);
	return strcmp(again, nai->realm) == 0 && mnc < (mnc_digits == 2 ? 100u : 1000u);
}

bool id_nai_to_suci(const struct id_nai *nai, uint8_t mnc_digits, struct id_suci *suci)
{
	memset(suci, 0, sizeof *suci);
	if (nai->type != ID_SUPI_IMSI || !plmn_of(nai, mnc_digits, &suci->plmn))
		return false;
	suci->routing_indicator = nai->routing_indicator;
	suci->routing_digits = nai->routing_digits;
	suci->scheme = nai->scheme;
	suci->key_id = nai->key_id;
	if (nai->scheme == ID_SCHEME_NULL)
		return msin_of(nai, suci);
	if (nai->n > ID_SUCI_OUTPUT_MAX)
		return false;
	suci->n = nai->n;
	memcpy(suci->output, nai->output, nai->n);
	return true;
}
