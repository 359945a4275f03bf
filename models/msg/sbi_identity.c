/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as text that name something: networks, subscribers, resources, application functions. */
#include "models/id/suci.h"
#include "models/id/supi.h"
#include "models/msg/sbi_value.h"

#include <stdio.h>
#include <string.h>

/* ---- networks ---- */

static struct id_plmn serving(const struct sbi_place *at, const struct msg *msg)
{
	return msg->serving.mnc_digits > 0 ? msg->serving : at->sbi->network.plmn;
}

uint32_t sbi_write_mcc(const struct sbi_place *at, const struct msg *msg, char *out)
{
	sbi_put_digits(out, serving(at, msg).mcc, 3);
	return 3;
}

bool sbi_read_mcc(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint64_t value;

	(void)at;
	if (n != 3 || !sbi_get_digits(text, n, &value))
		return false;
	msg->serving.mcc = (uint16_t)value;
	return true;
}

uint32_t sbi_write_mnc(const struct sbi_place *at, const struct msg *msg, char *out)
{
	struct id_plmn plmn = serving(at, msg);

	sbi_put_digits(out, plmn.mnc, plmn.mnc_digits);
	return plmn.mnc_digits;
}

bool sbi_read_mnc(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint64_t value;

	(void)at;
	if (n < 2 || n > 3 || !sbi_get_digits(text, n, &value))
		return false;
	msg->serving.mnc = (uint16_t)value;
	msg->serving.mnc_digits = (uint8_t)n;
	return true;
}

uint32_t sbi_write_plmn(const struct sbi_place *at, const struct msg *msg, char *out)
{
	return 3 + sbi_write_mnc(at, msg, out + sbi_write_mcc(at, msg, out));
}

bool sbi_read_plmn(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	return n >= 5 && sbi_read_mcc(at, text, 3, msg) && sbi_read_mnc(at, text + 3, n - 3, msg);
}

/* TS 24.501 9.12.1: an MNC of two digits has a zero in front. The text does not tell it from one of three
 * that begins with a zero: a network's partners have as many digits as it has (scenarios/refs.c). */
#define NETWORK_FORMAT "mnc%03u.mcc%03u.3gppnetwork.org"

uint32_t sbi_write_network(const struct sbi_place *at, const struct msg *msg, char *out)
{
	struct id_plmn plmn = serving(at, msg);

	return (uint32_t)sprintf(out, NETWORK_FORMAT, plmn.mnc, plmn.mcc);
}

bool sbi_read_network(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	static const char shape[] = "mncNNN.mccNNN.3gppnetwork.org";
	bool zero = n > 3 && text[3] == '0' && at->sbi->network.plmn.mnc_digits == 2;

	if (n != sizeof shape - 1)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (shape[i] != 'N' && shape[i] != text[i])
			return false;
	return sbi_read_mcc(at, text + 10, 3, msg) &&
	       sbi_read_mnc(at, text + 3 + zero, 3u - zero, msg);
}

uint32_t sbi_write_domain(const struct sbi_place *at, const struct msg *msg, char *out)
{
	return sbi_put(out, ".5gc.") + sbi_write_network(at, msg, out + 5);
}

bool sbi_read_domain(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	return n > 5 && memcmp(text, ".5gc.", 5) == 0 && sbi_read_network(at, text + 5, n - 5, msg);
}

uint32_t sbi_write_home_domain(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)msg;
	return sbi_put(out, at->sbi->domain);
}

bool sbi_read_home_domain(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)msg;
	return sbi_equals(text, n, at->sbi->domain);
}

uint32_t sbi_write_routing(const struct sbi_place *at, const struct msg *msg, char *out)
{
	const struct sbi_network *network = &at->sbi->network;

	(void)msg;
	sbi_put_digits(out, network->routing_indicator, network->routing_digits);
	return network->routing_digits;
}

bool sbi_read_routing(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint64_t value;

	(void)msg;
	return n == at->sbi->network.routing_digits && sbi_get_digits(text, n, &value) &&
	       value == at->sbi->network.routing_indicator;
}

/* ---- subscribers: an IMSI has 15 digits ---- */

static uint8_t msin_digits(const struct sbi *sbi)
{
	return (uint8_t)(ID_SUPI_DIGITS_MAX - 3 - sbi->network.plmn.mnc_digits);
}

static uint32_t put_imsi(const struct sbi *sbi, uint64_t msin, char *out)
{
	char text[ID_SUPI_TEXT];
	uint8_t n = id_supi_text((struct id_supi){.plmn = sbi->network.plmn, .msin = msin,
	                                          .msin_digits = msin_digits(sbi)}, text);

	memcpy(out, text, n);
	return n;
}

static bool get_imsi(const struct sbi *sbi, const char *text, uint32_t n, uint64_t *msin)
{
	char head[ID_SUPI_TEXT];
	uint32_t n_head = ID_SUPI_DIGITS_MAX - msin_digits(sbi);

	put_imsi(sbi, 0, head);
	return n == ID_SUPI_DIGITS_MAX && memcmp(text, head, n_head) == 0 &&
	       sbi_get_digits(text + n_head, n - n_head, msin);
}

#define IMSI(name, field)                                                                          \
	uint32_t sbi_write_##name(const struct sbi_place *at, const struct msg *msg, char *out)        \
	{                                                                                             \
		return put_imsi(at->sbi, msg->field, out);                                               \
	}                                                                                             \
	bool sbi_read_##name(const struct sbi_place *at, const char *text, uint32_t n,                 \
	                        struct msg *msg)                                                      \
	{                                                                                             \
		return get_imsi(at->sbi, text, n, &msg->field);                                          \
	}
IMSI(subscription, subscription.msin)
IMSI(key, key.msin)
IMSI(vector, vector.msin)
IMSI(twin, dt.msin)
#undef IMSI

/* TS 29.571 5.3.2: "imsi-…" or "suci-0-<mcc>-<mnc>-<ri>-<scheme>-<key>-<output>". */
static uint32_t suci_head(const struct sbi *sbi, char *out)
{
	const struct sbi_network *network = &sbi->network;
	uint32_t n = sbi_put(out, "suci-0-");

	sbi_put_digits(out + n, network->plmn.mcc, 3);
	n += 3;
	out[n++] = '-';
	sbi_put_digits(out + n, network->plmn.mnc, network->plmn.mnc_digits);
	n += network->plmn.mnc_digits;
	out[n++] = '-';
	sbi_put_digits(out + n, network->routing_indicator, network->routing_digits);
	n += network->routing_digits;
	out[n++] = '-';
	return n;
}

uint32_t sbi_write_identity(const struct sbi_place *at, const struct msg *msg, char *out)
{
	const struct msg_suci *suci = &msg->identity.suci;
	struct id_supi supi = {.msin = 0};
	uint32_t n;

	if (suci->n == 0)
		return put_imsi(at->sbi, msg->identity.tmsi_msin, out + sbi_put(out, "imsi-")) + 5;
	n = suci_head(at->sbi, out);
	n += (uint32_t)sprintf(out + n, "%u-%u-", suci->scheme, suci->key_id);
	if (suci->scheme != ID_SCHEME_NULL)
		return n + sbi_put_hex(out + n, suci->output, suci->n);
	(void)id_msin_decode(suci->output, suci->n, &supi);
	sbi_put_digits(out + n, supi.msin, msin_digits(at->sbi));
	return n + msin_digits(at->sbi);
}

/* "<scheme>-<key>-" behind the head: how many octets, 0 when it is not that. */
static uint32_t read_scheme(const char *text, uint32_t n, struct msg_suci *suci)
{
	const char *dash = n > 2 ? memchr(text + 2, '-', n - 2) : NULL;
	uint64_t key;

	if (!dash || text[0] < '0' || text[0] > '0' + ID_SCHEME_B || text[1] != '-' ||
	    dash - text > 5 || !sbi_get_digits(text + 2, (uint32_t)(dash - text - 2), &key) ||
	    key > UINT8_MAX)
		return 0;
	suci->scheme = (uint8_t)(text[0] - '0');
	suci->key_id = (uint8_t)key;
	return (uint32_t)(dash - text) + 1;
}

static bool read_suci(const struct sbi *sbi, const char *text, uint32_t n, struct msg_suci *suci)
{
	char head[64];
	uint32_t at = suci_head(sbi, head), k;
	struct id_supi supi = {.msin_digits = msin_digits(sbi)};

	if (n <= at || memcmp(text, head, at) != 0)
		return false;
	k = read_scheme(text + at, n - at, suci);
	text += at + k;
	n -= at + k;
	if (k == 0 || n == 0)
		return false;
	if (suci->scheme == ID_SCHEME_NULL) {
		if (n != supi.msin_digits || !sbi_get_digits(text, n, &supi.msin))
			return false;
		suci->n = id_msin_encode(supi, suci->output);
		return true;
	}
	suci->n = (uint8_t)(n / 2);
	return n % 2 == 0 && n / 2 <= MSG_SCHEME_MAX && sbi_get_hex(text, n, suci->output, n / 2);
}

bool sbi_read_identity(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	if (n > 5 && memcmp(text, "imsi-", 5) == 0)
		return get_imsi(at->sbi, text + 5, n - 5, &msg->identity.tmsi_msin);
	return read_suci(at->sbi, text, n, &msg->identity.suci);
}

/* ---- resources ---- */

/* RFC 9562 5.8: a UUID of version 8, whose meaning is the sender's own. */
uint32_t sbi_write_context(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return (uint32_t)sprintf(out, "%08x-0000-8000-8000-0000%08x", msg->context.generation,
	                         msg->context.index);
}

bool sbi_read_context(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	static const char middle[] = "-0000-8000-8000-0000";
	uint8_t half[2][4];

	(void)at;
	if (n != 36 || memcmp(text + 8, middle, sizeof middle - 1) != 0 ||
	    !sbi_get_hex(text, 8, half[0], 4) || !sbi_get_hex(text + 28, 8, half[1], 4))
		return false;
	for (int i = 0; i < 4; i++) {
		msg->context.generation = msg->context.generation << 8 | half[0][i];
		msg->context.index = msg->context.index << 8 | half[1][i];
	}
	return true;
}

/* TS 33.535 6.1: RID || A-TID @ realm. */
uint32_t sbi_write_a_kid(const struct sbi_place *at, const struct msg *msg, char *out)
{
	uint32_t n = sbi_write_routing(at, msg, out);

	n += sbi_put_hex(out + n, msg->key.a_tid, sizeof msg->key.a_tid);
	out[n++] = '@';
	return n + sbi_put(out + n, at->sbi->domain + 1);
}

bool sbi_read_a_kid(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint32_t rid = at->sbi->network.routing_digits, hex = 2 * sizeof msg->key.a_tid;

	return n > rid + hex + 1 && sbi_read_routing(at, text, rid, msg) &&
	       sbi_get_hex(text + rid, hex, msg->key.a_tid, hex / 2) && text[rid + hex] == '@' &&
	       sbi_equals(text + rid + hex + 1, n - rid - hex - 1, at->sbi->domain + 1);
}

/* TS 33.535 A.4: FQDN and Ua* protocol identifier; AF 0 is the DTF, the others are hospitals. */
#define PROTOCOL "/0100011301"

static uint32_t put_af_name(uint16_t af, char *out)
{
	return af == 0 ? sbi_put(out, "dtf") : (uint32_t)sprintf(out, "hospital%05u", af);
}

uint32_t sbi_write_af(const struct sbi_place *at, const struct msg *msg, char *out)
{
	uint32_t n = put_af_name(msg->key.af, out);

	n += sbi_put(out + n, at->sbi->domain);
	return n + sbi_put(out + n, PROTOCOL);
}

bool sbi_read_af(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	char again[SBI_VALUE_MAX];
	uint64_t value = 0;

	if (n > 13 && memcmp(text, "hospital", 8) == 0 &&
	    (!sbi_get_digits(text + 8, 5, &value) || value > UINT16_MAX))
		return false;
	msg->key.af = (uint16_t)value;
	return sbi_write_af(at, msg, again) == n && memcmp(again, text, n) == 0;
}
