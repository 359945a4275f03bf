/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/jose.h"

#include "models/crypto/prins.h"
#include <string.h>

enum { TAG = 16, IV = 12, SIGNATURE = 64, HEADER_MAX = 64 };
enum { TEXT_MAX = (JOSE_PLAIN_MAX + 2) / 3 * 4 };

static const char jwe_header[] = "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}";
static const char jws_header[] = "{\"alg\":\"ES256\"}";

/* ---- base64url ---- */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

uint32_t jose_base64_write(const uint8_t *in, uint32_t n, char *out)
{
	uint32_t written = 0, bits = 0, held = 0;

	for (uint32_t i = 0; i < n; i++) {
		held = held << 8 | in[i];
		for (bits += 8; bits >= 6; bits -= 6)
			out[written++] = digits[held >> (bits - 6) & 63];
	}
	if (bits > 0)
		out[written++] = digits[held << (6 - bits) & 63];
	return written;
}

static int digit(char c)
{
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

bool jose_base64_read(const char *in, uint32_t n_in, uint8_t *out, uint32_t room, uint32_t *n)
{
	uint32_t bits = 0, held = 0;

	*n = 0;
	if (n_in % 4 == 1 || n_in / 4 * 3 + 3 > room + 3)
		return false;
	for (uint32_t i = 0; i < n_in; i++) {
		int value = digit(in[i]);

		if (value < 0)
			return false;
		held = held << 6 | (uint32_t)value;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		if (*n == room)
			return false;
		out[(*n)++] = (uint8_t)(held >> bits);
	}
	return (held & ((1u << bits) - 1)) == 0; /* unused bits: RFC 4648 3.5 */
}

static json_t *coded(const void *in, uint32_t n)
{
	char text[TEXT_MAX];

	return json_stringn_nocheck(text, jose_base64_write(in, n, text));
}

/* A member of an object, decoded. */
static bool member(const json_t *object, const char *name, uint8_t *out, uint32_t room, uint32_t *n)
{
	const json_t *value = json_object_get(object, name);

	return json_is_string(value) &&
	       jose_base64_read(json_string_value(value), (uint32_t)json_string_length(value), out,
	                        room, n);
}

static bool has_header(const json_t *object, const char *header)
{
	uint8_t out[HEADER_MAX];
	uint32_t n;

	return member(object, "protected", out, sizeof out, &n) && n == strlen(header) &&
	       memcmp(out, header, n) == 0;
}

/* BASE64URL(protected) || '.' || BASE64URL(rest): RFC 7516 5.1 step 14, RFC 7515 5.1 step 5. */
static uint32_t joined(const char *header, const void *rest, uint32_t n_rest,
                       uint8_t out[HEADER_MAX * 2 + TEXT_MAX])
{
	uint32_t n = jose_base64_write((const uint8_t *)header, (uint32_t)strlen(header), (char *)out);

	out[n++] = '.';
	return n + jose_base64_write(rest, n_rest, (char *)out + n);
}

/* ---- JWE ---- */

json_t *jose_jwe_seal(const struct jose_keys *keys, const uint8_t key[16], const uint8_t iv[12],
                      const void *aad, uint32_t n_aad, const void *plain, uint32_t n_plain)
{
	uint8_t authenticated[HEADER_MAX * 2 + TEXT_MAX], data[JOSE_PLAIN_MAX], tag[TAG];
	json_t *jwe;

	if (n_aad > JOSE_PLAIN_MAX || n_plain > JOSE_PLAIN_MAX)
		return NULL;
	memcpy(data, plain, n_plain);
	crypto_gcm_seal(keys->crypto, keys->suite, key, iv, authenticated,
	                joined(jwe_header, aad, n_aad, authenticated), data, n_plain, tag);
	jwe = json_object();
	json_object_set_new(jwe, "protected", coded(jwe_header, sizeof jwe_header - 1));
	json_object_set_new(jwe, "aad", coded(aad, n_aad));
	json_object_set_new(jwe, "iv", coded(iv, IV));
	json_object_set_new(jwe, "ciphertext", coded(data, n_plain));
	json_object_set_new(jwe, "tag", coded(tag, TAG));
	return jwe;
}

const char *jose_jwe_open(const struct jose_keys *keys, const uint8_t key[16], const json_t *jwe,
                          struct jose_opened *opened)
{
	uint8_t authenticated[HEADER_MAX * 2 + TEXT_MAX], tag[TAG];
	uint32_t n_iv, n_tag;

	if (!has_header(jwe, jwe_header))
		return "JWE: not dir and A128GCM";
	if (!member(jwe, "aad", opened->aad, JOSE_PLAIN_MAX, &opened->n_aad))
		return "JWE: aad";
	if (!member(jwe, "iv", opened->iv, IV, &n_iv) || n_iv != IV)
		return "JWE: iv";
	if (!member(jwe, "ciphertext", opened->plain, JOSE_PLAIN_MAX, &opened->n_plain))
		return "JWE: ciphertext";
	if (!member(jwe, "tag", tag, TAG, &n_tag) || n_tag != TAG)
		return "JWE: tag";
	return crypto_gcm_open(keys->crypto, keys->suite, key, opened->iv, authenticated,
	                       joined(jwe_header, opened->aad, opened->n_aad, authenticated),
	                       opened->plain, opened->n_plain, tag)
	           ? NULL
	           : "JWE: the tag is wrong";
}

/* ---- JWS ---- */

json_t *jose_jws_sign(const struct jose_keys *keys, const uint8_t priv[32], const void *payload,
                      uint32_t n)
{
	uint8_t text[HEADER_MAX * 2 + TEXT_MAX], signature[SIGNATURE];
	json_t *jws;

	if (n > JOSE_PLAIN_MAX)
		return NULL;
	crypto_es256_sign(keys->crypto, keys->suite, priv, text, joined(jws_header, payload, n, text),
	                  signature);
	jws = json_object();
	json_object_set_new(jws, "payload", coded(payload, n));
	json_object_set_new(jws, "protected", coded(jws_header, sizeof jws_header - 1));
	json_object_set_new(jws, "signature", coded(signature, SIGNATURE));
	return jws;
}

const char *jose_jws_verify(const struct jose_keys *keys, const uint8_t pub[33], const json_t *jws,
                            uint8_t payload[JOSE_PLAIN_MAX], uint32_t *n)
{
	uint8_t text[HEADER_MAX * 2 + TEXT_MAX], signature[SIGNATURE];
	uint32_t n_signature;

	if (!has_header(jws, jws_header))
		return "JWS: not ES256";
	if (!member(jws, "payload", payload, JOSE_PLAIN_MAX, n))
		return "JWS: payload";
	if (!member(jws, "signature", signature, SIGNATURE, &n_signature) || n_signature != SIGNATURE)
		return "JWS: signature";
	return crypto_es256_verify(keys->crypto, keys->suite, pub, text,
	                           joined(jws_header, payload, *n, text), signature)
	           ? NULL
	           : "JWS: the signature is wrong";
}
