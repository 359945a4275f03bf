/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as text. A template is literal text with letters after a '$', each a value of the message:
 *
 *   $S $K $V $T  IMSI digits of subscription.msin, key.msin, vector.msin, dt.msin
 *   $I  supiOrSuci of identity           $C  context, in the shape of a UUID
 *   $x  n octets at offset, hexadecimal  $e  the EAP packet, base64
 *   $N  serving network as in its name   $P $c $k  its digits: MCC and MNC, MCC, MNC
 *   $W  its domain                       $D  the home network's domain
 *   $p  security capability of n32
 *   $m $v  authType, avType              $r  authResult     $R  deregReason
 *   $A  access, as resources are named after it
 *   $a  A-KID     $f  AF_ID              $i  routing indicator
 *   $X  vector.xres_star, xres_n octets  $B  dt.session, 16 hexadecimal digits
 *   $t  when it was sent, to the millisecond
 *   $E $O  key.expiry_ns, subscription.time_ns, to the nanosecond
 */
#include "models/msg/ngap.h"
#include "models/msg/sbi_value.h"
#include "models/msg/wire.h"
#include "sim/core/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One letter: the value's text from the message, and back. */
struct letter {
	char name;
	uint32_t (*write)(const struct sbi_place *at, const struct msg *msg, char *out);
	bool (*read)(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg);
};

bool sbi_equals(const char *text, uint32_t n, const char *expected)
{
	return n == strlen(expected) && memcmp(text, expected, n) == 0;
}

uint32_t sbi_put(char *out, const char *text)
{
	size_t n = strlen(text);

	memcpy(out, text, n);
	return (uint32_t)n;
}

/* ---- numbers and octets ---- */

void sbi_put_digits(char *out, uint64_t value, uint32_t n)
{
	for (; n > 0; value /= 10)
		out[--n] = (char)('0' + value % 10);
}

bool sbi_get_digits(const char *text, uint32_t n, uint64_t *value)
{
	*value = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (uint64_t)(text[i] - '0');
	}
	return n > 0;
}

uint32_t sbi_put_hex(char *out, const uint8_t *octets, uint32_t n)
{
	static const char digit[] = "0123456789abcdef";

	for (uint32_t i = 0; i < n; i++) {
		out[2 * i] = digit[octets[i] >> 4];
		out[2 * i + 1] = digit[octets[i] & 15];
	}
	return 2 * n;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sbi_get_hex(const char *text, uint32_t n_text, uint8_t *octets, uint32_t n)
{
	if (n_text != 2 * n)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		octets[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static uint32_t write_hex(const struct sbi_place *at, const struct msg *msg, char *out)
{
	return sbi_put_hex(out, (const uint8_t *)msg + at->member->offset, at->member->n);
}

static bool read_hex(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	return sbi_get_hex(text, n, (uint8_t *)msg + at->member->offset, at->member->n);
}

static uint32_t write_xres(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	SIM_ASSERT(msg->vector.xres_n <= sizeof msg->vector.xres_star);
	return sbi_put_hex(out, msg->vector.xres_star, msg->vector.xres_n);
}

static bool read_xres(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)at;
	msg->vector.xres_n = (uint8_t)(n / 2);
	return n >= 8 && n <= 2 * sizeof msg->vector.xres_star &&
	       sbi_get_hex(text, n, msg->vector.xres_star, n / 2);
}

static uint32_t write_number(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return (uint32_t)sprintf(out, "%016" PRIx64, msg->dt.session);
}

static bool read_number(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint8_t octets[8];

	(void)at;
	if (!sbi_get_hex(text, n, octets, sizeof octets))
		return false;
	for (int i = 0; i < 8; i++)
		msg->dt.session = msg->dt.session << 8 | octets[i];
	return true;
}

/* ---- EAP packets: RFC 4648 4 ---- */

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static uint32_t write_eap(const struct sbi_place *at, const struct msg *msg, char *out)
{
	const uint8_t *p = msg->eap.octets;
	uint32_t n = 0, left = msg->eap.n;

	(void)at;
	SIM_ASSERT(left <= MSG_EAP_MAX);
	for (; left > 0; p += 3) {
		uint32_t k = left < 3 ? left : 3;
		uint32_t bits = (uint32_t)p[0] << 16 | (k > 1 ? (uint32_t)p[1] << 8 : 0) |
		                (k > 2 ? p[2] : 0u);

		for (uint32_t i = 0; i < 4; i++)
			out[n++] = i <= k ? base64[bits >> (18 - 6 * i) & 63] : '=';
		left -= k;
	}
	return n;
}

/* Canonical only: no spaces, padding where it belongs, unused bits zero. */
static bool read_eap(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	struct msg_eap *eap = &msg->eap;
	char again[SBI_VALUE_MAX];

	if (n == 0 || n % 4 != 0 || n / 4 * 3 > MSG_EAP_MAX + 2u)
		return false;
	eap->n = (uint16_t)(n / 4 * 3 - (text[n - 1] == '=') - (text[n - 2] == '='));
	if (eap->n > MSG_EAP_MAX)
		return false;
	for (uint32_t i = 0, bits = 0; i < n; i++) {
		const char *digit = text[i] && text[i] != '=' ? strchr(base64, text[i]) : base64;

		if (!digit)
			return false;
		bits = bits << 6 | (uint32_t)(digit - base64);
		for (uint32_t k = 0; i % 4 == 3 && k < 3; k++)
			if (i / 4 * 3 + k < eap->n)
				eap->octets[i / 4 * 3 + k] = (uint8_t)(bits >> (16 - 8 * k));
	}
	return write_eap(at, msg, again) == n && memcmp(again, text, n) == 0;
}

/* ---- words ---- */

static const char *const methods[] = {"5G_AKA", "EAP_AKA_PRIME"};
static const char *const vectors[] = {"5G_HE_AKA", "EAP_AKA_PRIME"};
static const char *const reasons[] = {"UE_INITIAL_REGISTRATION", "SUBSCRIPTION_WITHDRAWN"};

static bool read_word(const char *const words[2], const char *text, uint32_t n, uint8_t *value)
{
	*value = sbi_equals(text, n, words[1]);
	return *value || sbi_equals(text, n, words[0]);
}

static uint32_t write_method(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, methods[msg->method == MSG_METHOD_EAP_AKA_PRIME]);
}

static bool read_method(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)at;
	return read_word(methods, text, n, &msg->method);
}

static uint32_t write_av(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, vectors[msg->method == MSG_METHOD_EAP_AKA_PRIME]);
}

static bool read_av(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint8_t method;

	(void)at;
	return read_word(vectors, text, n, &method) && method == msg->method;
}

static const char *const capabilities[] = {"TLS", "PRINS"};

static uint32_t write_capability(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, capabilities[msg->n32.prins]);
}

static bool read_capability(const struct sbi_place *at, const char *text, uint32_t n,
                            struct msg *msg)
{
	uint8_t value;

	(void)at;
	if (!read_word(capabilities, text, n, &value))
		return false;
	msg->n32.prins = value;
	return true;
}

static uint32_t write_reason(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, reasons[msg->subscription.reason == MSG_REASON_SUBSCRIPTION_WITHDRAWN]);
}

static bool read_reason(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)at;
	return read_word(reasons, text, n, &msg->subscription.reason);
}

static const char *const accesses[] = {"3gpp", "non-3gpp"};

static uint32_t write_access(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, accesses[msg->access == NGAP_N3IWF]);
}

static bool read_access(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	uint8_t value;

	(void)at;
	if (!read_word(accesses, text, n, &value))
		return false;
	msg->access = value ? NGAP_N3IWF : 0;
	return true;
}

/* TS 29.509 6.1.6.3.2. An eap-session goes on while the packet is a request (RFC 3748 4: 1). */
static bool goes_on(const struct msg *msg)
{
	return msg->type == MSG_AUSF_EAP_RSP && msg->eap.n > 0 && msg->eap.octets[0] == 1;
}

static uint32_t write_result(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return sbi_put(out, goes_on(msg)                       ? "AUTHENTICATION_ONGOING"
	                : msg->cause != MSG_CAUSE_NONE ? "AUTHENTICATION_FAILURE"
	                                               : "AUTHENTICATION_SUCCESS");
}

static bool read_result(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)at;
	if (sbi_equals(text, n, "AUTHENTICATION_FAILURE"))
		msg->cause = MSG_CAUSE_ILLEGAL_UE;
	return msg->cause != MSG_CAUSE_NONE || sbi_equals(text, n, "AUTHENTICATION_SUCCESS") ||
	       (sbi_equals(text, n, "AUTHENTICATION_ONGOING") && goes_on(msg));
}

/* ---- times: RFC 3339 ---- */

static uint32_t put_time(int64_t ns, uint32_t digits, char *out)
{
	int64_t fraction = ns % 1000000000;
	time_t s = (time_t)(WIRE_EPOCH_S + ns / 1000000000 - (fraction < 0));
	struct tm tm;
	uint32_t n;

	gmtime_r(&s, &tm);
	n = (uint32_t)sprintf(out, "%04u-%02u-%02uT%02u:%02u:%02u.", (unsigned)tm.tm_year + 1900u,
	                      (unsigned)tm.tm_mon + 1u, (unsigned)tm.tm_mday, (unsigned)tm.tm_hour,
	                      (unsigned)tm.tm_min, (unsigned)tm.tm_sec);
	fraction += fraction < 0 ? 1000000000 : 0;
	for (uint32_t i = digits; i < 9; i++)
		fraction /= 10;
	sbi_put_digits(out + n, (uint64_t)fraction, digits);
	out[n + digits] = 'Z';
	return n + digits + 1;
}

static bool get_time(const char *text, uint32_t n, uint32_t digits, int64_t *ns)
{
	static const char shape[] = "NNNN-NN-NNTNN:NN:NN.";
	uint64_t part[7];
	struct tm tm = {.tm_isdst = 0};

	if (n != 20 + digits + 1 || text[n - 1] != 'Z')
		return false;
	for (uint32_t i = 0; i < 20; i++)
		if (shape[i] != 'N' && shape[i] != text[i])
			return false;
	sbi_get_digits(text, 4, &part[0]);
	for (int i = 1; i < 6; i++)
		if (!sbi_get_digits(text + 2 + 3 * i, 2, &part[i]))
			return false;
	if (!sbi_get_digits(text, 4, &part[0]) || !sbi_get_digits(text + 20, digits, &part[6]) ||
	    part[0] < 2026 || part[0] > 2199 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
	    part[2] > 31 || part[3] > 23 || part[4] > 59 || part[5] > 60)
		return false;
	tm.tm_year = (int)part[0] - 1900;
	tm.tm_mon = (int)part[1] - 1;
	tm.tm_mday = (int)part[2];
	tm.tm_hour = (int)part[3];
	tm.tm_min = (int)part[4];
	tm.tm_sec = (int)part[5];
	for (uint32_t i = digits; i < 9; i++)
		part[6] *= 10;
	*ns = ((int64_t)timegm(&tm) - WIRE_EPOCH_S) * 1000000000 + (int64_t)part[6];
	return true;
}

static uint32_t write_sent(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return put_time(msg->sent_ns, 3, out);
}

static bool read_sent(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	int64_t ns;

	(void)at;
	(void)msg; /* bookkeeping of the run, and known better */
	return get_time(text, n, 3, &ns);
}

static uint32_t write_expiry(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return put_time(msg->key.expiry_ns, 9, out);
}

static bool read_expiry(const struct sbi_place *at, const char *text, uint32_t n, struct msg *msg)
{
	(void)at;
	return get_time(text, n, 9, &msg->key.expiry_ns);
}

static uint32_t write_status_time(const struct sbi_place *at, const struct msg *msg, char *out)
{
	(void)at;
	return put_time(msg->subscription.time_ns, 9, out);
}

static bool read_status_time(const struct sbi_place *at, const char *text, uint32_t n,
                             struct msg *msg)
{
	(void)at;
	return get_time(text, n, 9, &msg->subscription.time_ns);
}

/* ---- templates ---- */

static const struct letter letters[] = {
	{'S', sbi_write_subscription, sbi_read_subscription},
	{'K', sbi_write_key, sbi_read_key},
	{'V', sbi_write_vector, sbi_read_vector},
	{'T', sbi_write_twin, sbi_read_twin},
	{'I', sbi_write_identity, sbi_read_identity},
	{'C', sbi_write_context, sbi_read_context},
	{'x', write_hex, read_hex},
	{'X', write_xres, read_xres},
	{'B', write_number, read_number},
	{'e', write_eap, read_eap},
	{'N', sbi_write_network, sbi_read_network},
	{'P', sbi_write_plmn, sbi_read_plmn},
	{'c', sbi_write_mcc, sbi_read_mcc},
	{'k', sbi_write_mnc, sbi_read_mnc},
	{'W', sbi_write_domain, sbi_read_domain},
	{'D', sbi_write_home_domain, sbi_read_home_domain},
	{'m', write_method, read_method},
	{'v', write_av, read_av},
	{'r', write_result, read_result},
	{'R', write_reason, read_reason},
	{'A', write_access, read_access},
	{'p', write_capability, read_capability},
	{'a', sbi_write_a_kid, sbi_read_a_kid},
	{'f', sbi_write_af, sbi_read_af},
	{'i', sbi_write_routing, sbi_read_routing},
	{'t', write_sent, read_sent},
	{'E', write_expiry, read_expiry},
	{'O', write_status_time, read_status_time},
};

static const struct letter *letter_of(char name)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].name == name)
			return &letters[i];
	SIM_ASSERT(!"a letter of a template");
	return NULL;
}

uint32_t sbi_write(const struct sbi *sbi, const struct sbi_member *member, const struct msg *msg,
                   char out[SBI_VALUE_MAX])
{
	const struct sbi_place at = {.sbi = sbi, .member = member};
	uint32_t n = 0;

	for (const char *p = member->text; *p; p++) {
		if (*p == '$')
			n += letter_of(*++p)->write(&at, msg, out + n);
		else
			out[n++] = *p;
		SIM_ASSERT(n < SBI_VALUE_MAX);
	}
	return n;
}

/* A value ends where the literal text behind it begins. */
static uint32_t extent(const char *rest, const char *text, uint32_t n)
{
	size_t k = strcspn(rest, "$");
	const char *end = k == 0 ? NULL : memmem(text, n, rest, k);

	return end ? (uint32_t)(end - text) : n;
}

bool sbi_read(const struct sbi *sbi, const struct sbi_member *member, const char *text, uint32_t n,
              struct msg *msg)
{
	const struct sbi_place at = {.sbi = sbi, .member = member};
	uint32_t i = 0;

	for (const char *p = member->text; *p; p++) {
		if (*p != '$') {
			if (i == n || text[i++] != *p)
				return false;
			continue;
		}
		const struct letter *letter = letter_of(*++p);
		uint32_t k = extent(p + 1, text + i, n - i);

		if (msg && !letter->read(&at, text + i, k, msg))
			return false;
		i += k;
	}
	return i == n;
}
