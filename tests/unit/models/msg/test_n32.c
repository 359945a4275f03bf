/* SPDX-License-Identifier: GPL-2.0-or-later */
/* N32-f by TLS and PRINS, and the JOSE objects below it (TS 33.501 13.2, TS 29.573, RFC 7515,
 * 7516). */
#include "models/id/suci.h"
#include "models/msg/n32.h"
#include "models/msg/ngap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct id_plmn home = {999, 70, 2}, visited = {1, 1, 2};
static const uint8_t id[8] = {1, 2, 3, 4, 5, 6, 7, 8};

struct pair {
	struct crypto *crypto;
	struct jose_keys jose;
	struct sbi sbi;
	struct n32_context begins, answers; /* the two SEPPs */
	struct http2_sender *sender[2];
	struct http2_receiver *receiver[2];
	struct sim_arena *arena;
};

static struct pair *connect_pair(bool prins)
{
	struct pair *p = calloc(1, sizeof *p);
	uint8_t master[64];

	memset(master, 7, sizeof master);
	p->crypto = crypto_new();
	p->jose = (struct jose_keys){p->crypto, &crypto_suite_real};
	p->arena = sim_arena_new();
	sbi_init(&p->sbi, &(struct sbi_network){.plmn = home, .routing_digits = 4});
	n32_init(&p->begins, prins, id, &p->jose, master);
	n32_init(&p->answers, prins, id, &p->jose, master);
	for (int end = 0; end < 2; end++) {
		p->sender[end] = http2_sender_new(end == 0);
		p->receiver[end] = http2_receiver_new(false);
	}
	return p;
}

static void disconnect(struct pair *p)
{
	for (int end = 0; end < 2; end++) {
		http2_sender_free(p->sender[end]);
		http2_receiver_free(p->receiver[end]);
	}
	sim_arena_free(p->arena);
	crypto_free(p->crypto);
	free(p);
}

static struct msg example(enum msg_type type, uint8_t seed)
{
	struct msg msg;

	memset(&msg, 0, sizeof msg);
	msg.type = (uint8_t)type;
	msg.stream = 1;
	if (type == MSG_AUSF_AUTHENTICATE || type == MSG_UDM_UECM)
		msg.serving = visited;
	if (type == MSG_AUSF_AUTHENTICATE) {
		msg.identity.suci = (struct msg_suci){.scheme = ID_SCHEME_A, .key_id = 1, .n = 45};
		memset(msg.identity.suci.output, seed, 45);
	} else if (type == MSG_AUSF_AUTHENTICATE_RSP && seed % 2) {
		msg.method = MSG_METHOD_EAP_AKA_PRIME;
		msg.eap.n = (uint16_t)(4 + seed % 150);
		memset(msg.eap.octets, seed, msg.eap.n);
	} else if (type == MSG_AUSF_AUTHENTICATE_RSP) {
		memset(msg.vector.rand, seed, 48);
		msg.context = (struct sim_handle){seed, 9};
	} else if (type == MSG_AUSF_CONFIRM_RSP) {
		memset(msg.key.key, seed, 32);
		msg.key.msin = seed;
	} else if (type != MSG_UDM_AM_DATA_RSP && type != MSG_UDM_UECM_DEREGISTER_RSP) {
		msg.subscription.msin = seed;
	}
	if (type == MSG_UDM_UECM || type == MSG_UDM_UECM_RSP)
		msg.access = seed % 2 ? NGAP_N3IWF : 0;
	return msg;
}

static const enum msg_type crossing[] = {MSG_AUSF_AUTHENTICATE, MSG_AUSF_AUTHENTICATE_RSP,
	MSG_AUSF_CONFIRM_RSP, MSG_UDM_UECM, MSG_UDM_UECM_RSP, MSG_UDM_AM_DATA, MSG_UDM_AM_DATA_RSP,
	MSG_UDM_SUBSCRIBE, MSG_UDM_UECM_DEREGISTER_RSP};
enum { N_CROSSING = sizeof crossing / sizeof *crossing };

static uint32_t send_one(struct pair *p, const struct msg *msg, uint8_t out[N32_OCTETS_MAX])
{
	bool request = sbi_is_request((enum msg_type)msg->type);
	uint32_t n = n32_encode(request ? &p->begins : &p->answers, &p->sbi, p->sender[!request], 1,
	                        false, msg, out, N32_OCTETS_MAX);

	assert_true(n > 0);
	return n;
}

static bool receive_one(struct pair *p, const struct msg *sent, const uint8_t *octets, uint32_t n,
                        bool reverse, struct msg *back, struct msg_fault *fault)
{
	enum msg_type type = (enum msg_type)sent->type;
	bool request = sbi_is_request(type);
	struct http2_message in;

	memset(back, 0, sizeof *back);
	return http2_receive(p->receiver[request], octets, n, &in, fault) > 0 &&
	       n32_decode(request ? &p->answers : &p->begins, &p->sbi, &in, reverse,
	                  request ? MSG_NONE : sbi_request_of(type), back, fault);
}

static void what_one_sepp_sends_the_other_has(void **state)
{
	(void)state;
	for (int prins = 0; prins < 2; prins++) {
		struct pair *p = connect_pair(prins);

		for (uint8_t seed = 1; seed < 9; seed++)
			for (int i = 0; i < N_CROSSING; i++) {
				struct msg msg = example(crossing[i], seed), back;
				uint8_t octets[N32_OCTETS_MAX];
				struct msg_fault fault = {0};
				uint32_t n = send_one(p, &msg, octets);

				if (!receive_one(p, &msg, octets, n, false, &back, &fault))
					fail_msg("%s: %s", msg_text(crossing[i]), fault.what);
				if (memcmp(&msg, &back, sizeof msg) != 0)
					fail_msg("%s, %d: not the same", msg_text(crossing[i]), prins);
			}
		disconnect(p);
	}
}

static void the_length_on_a_warm_connection_is_the_one_that_is_looked_up(void **state)
{
	uint8_t octets[N32_OCTETS_MAX];

	(void)state;
	for (int prins = 0; prins < 2; prins++) {
		struct pair *p = connect_pair(prins);
		const struct n32_octets *lengths =
			n32_octets_new(p->arena, &p->sbi, sbi_octets_new(p->arena, &p->sbi),
			               prins ? &p->jose : NULL);

		for (uint8_t seed = 0; seed < 160; seed++)
			for (int i = 0; i < N_CROSSING; i++) {
				struct msg msg = example(crossing[i], seed);

				send_one(p, &msg, octets);
				assert_int_equal(send_one(p, &msg, octets) + N32_TLS_RECORD,
				                 n32_octets(lengths, &msg));
			}
		disconnect(p);
	}
}

/* TS 33.501 13.2.3.2: an intermediary reads neither identities nor authentication material. */
static void prins_shows_no_identity_and_no_vector(void **state)
{
	struct pair *p = connect_pair(true);
	struct msg uecm = example(MSG_UDM_UECM, 5), confirmed = example(MSG_AUSF_CONFIRM_RSP, 5);
	uint8_t octets[N32_OCTETS_MAX];
	struct http2_message in;
	struct msg_fault fault;
	uint8_t clear[JOSE_PLAIN_MAX];

	(void)state;
	for (int i = 0; i < 2; i++) {
		uint32_t n = send_one(p, i ? &confirmed : &uecm, octets), n_clear;

		assert_true(http2_receive(p->receiver[!i], octets, n, &in, &fault) > 0);
		json_t *outer = json_loadb((const char *)in.body, in.n_body, 0, NULL);
		const char *aad = json_string_value(
			json_object_get(json_object_get(outer, "reformattedData"), "aad"));
		assert_true(jose_base64_read(aad, (uint32_t)strlen(aad), clear, sizeof clear, &n_clear));
		assert_null(memmem(clear, n_clear, "imsi-", 5));
		assert_null(memmem(clear, n_clear, "0505", 4));
		assert_non_null(memmem(clear, n_clear, "encBlockIndex", 13));
		json_decref(outer);
	}
	disconnect(p);
}

/* 13.2.4.8: whatever an intermediary changes without leave is found. */
static void a_message_that_was_tampered_with_is_refused(void **state)
{
	struct msg msg = example(MSG_AUSF_AUTHENTICATE, 3), back;
	uint8_t octets[N32_OCTETS_MAX];
	uint32_t refused = 0, n;

	(void)state;
	{
		struct pair *p = connect_pair(true);
		n = send_one(p, &msg, octets);
		disconnect(p);
	}
	for (uint32_t bit = 0; bit < 8 * n; bit++) {
		struct pair *p = connect_pair(true);
		struct msg_fault fault = {0};

		octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (receive_one(p, &msg, octets, n, false, &back, &fault))
			assert_memory_equal(&msg, &back, offsetof(struct msg, stream));
		else
			refused++;
		octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		disconnect(p);
	}
	assert_true(refused > 8 * n * 9 / 10);
}

static void a_message_of_another_flow_or_context_is_refused(void **state)
{
	struct pair *p = connect_pair(true);
	struct msg msg = example(MSG_AUSF_AUTHENTICATE, 3), back;
	uint8_t octets[N32_OCTETS_MAX];
	struct msg_fault fault = {0};
	uint32_t n = send_one(p, &msg, octets);

	(void)state;
	assert_false(receive_one(p, &msg, octets, n, true, &back, &fault));
	assert_int_equal(fault.cause, SBI_FAULT(403));
	p->answers.id[0] ^= 1; /* keys are the same, the context is not */
	n = send_one(p, &msg, octets);
	assert_false(receive_one(p, &msg, octets, n, false, &back, &fault));
	disconnect(p);
}

static void every_truncation_is_a_fault(void **state)
{
	struct msg msg = example(MSG_AUSF_AUTHENTICATE, 3), back;
	uint8_t octets[N32_OCTETS_MAX];

	(void)state;
	for (uint32_t k = 0, n = 1; k < n; k++) {
		struct pair *p = connect_pair(true);
		struct msg_fault fault = {0};

		n = send_one(p, &msg, octets);
		assert_false(receive_one(p, &msg, octets, k, false, &back, &fault));
		assert_non_null(fault.what);
		disconnect(p);
	}
}

/* RFC 4648 10. */
static void base64url_is_that_of_the_rfc_and_canonical(void **state)
{
	static const char *const text[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"};
	char out[16];
	uint8_t back[16];
	uint32_t n;

	(void)state;
	for (uint32_t k = 0; k < 7; k++) {
		assert_int_equal(jose_base64_write((const uint8_t *)"foobar", k, out), strlen(text[k]));
		assert_memory_equal(out, text[k], strlen(text[k]));
		assert_true(jose_base64_read(text[k], (uint32_t)strlen(text[k]), back, sizeof back, &n));
		assert_int_equal(n, k);
		assert_memory_equal(back, "foobar", k);
	}
	assert_false(jose_base64_read("Zh", 2, back, sizeof back, &n)); /* unused bits */
	assert_false(jose_base64_read("Z", 1, back, sizeof back, &n));
	assert_false(jose_base64_read("Zm9+", 4, back, sizeof back, &n));
	assert_false(jose_base64_read("Zm9vYmFy", 8, back, 5, &n));
}

/* RFC 7515 A.3: key, payload and signature of an ES256 example. */
static void the_jws_of_rfc_7515_verifies_and_a_changed_one_does_not(void **state)
{
	static const char x[] = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
	static const char y[] = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
	struct crypto *crypto = crypto_new();
	const struct jose_keys keys = {crypto, &crypto_suite_real};
	json_t *jws = json_pack(
		"{ssssss}", "payload",
		"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
		"cnVlfQ",
		"protected", "eyJhbGciOiJFUzI1NiJ9", "signature",
		"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
	uint8_t pub[33], odd[32], payload[JOSE_PLAIN_MAX];
	uint32_t n;

	(void)state;
	assert_true(jose_base64_read(x, sizeof x - 1, pub + 1, 32, &n));
	assert_true(jose_base64_read(y, sizeof y - 1, odd, 32, &n));
	pub[0] = (uint8_t)(2 + odd[31] % 2);
	assert_null(jose_jws_verify(&keys, pub, jws, payload, &n));
	assert_int_equal(n, 70);
	json_object_set_new(jws, "payload", json_string("eyJpc3MiOiJqb2UifQ"));
	assert_string_equal(jose_jws_verify(&keys, pub, jws, payload, &n),
	                    "JWS: the signature is wrong");
	json_decref(jws);
	crypto_free(crypto);
}

/* 13.2.4.6: a modification counts only when whoever may make it has signed it for this message. */
static void modifications_are_taken_from_the_ipx_that_signed_them_for_this_message(void **state)
{
	struct pair *p = connect_pair(true);
	struct msg msg = example(MSG_AUSF_AUTHENTICATE, 3), back;
	uint8_t octets[N32_OCTETS_MAX], priv[32], pub[33];
	struct http2_message in;
	struct msg_fault fault = {0};

	(void)state;
	memset(priv, 9, sizeof priv);
	crypto_es256_public(p->crypto, &crypto_suite_real, priv, pub);
	assert_true(http2_receive(p->receiver[1], octets, send_one(p, &msg, octets), &in, &fault) > 0);
	for (int right = 0; right < 3; right++) {
		json_t *outer = json_loadb((const char *)in.body, in.n_body, 0, NULL);
		const char *tag = json_string_value(
			json_object_get(json_object_get(outer, "reformattedData"), "tag"));
		json_t *block = json_pack("{s{sss[]}ss}", "modifications", "identity", "ipx.example",
		                          "operations", "tag", right == 1 ? "another" : tag);
		char *text = json_dumps(block, JSON_COMPACT);
		json_object_set_new(outer, "modificationsBlock", json_array());
		json_array_append_new(json_object_get(outer, "modificationsBlock"),
		                      jose_jws_sign(&p->jose, priv, text, (uint32_t)strlen(text)));
		char *whole = json_dumps(outer, JSON_COMPACT);
		struct http2_message changed = {.stream = 1, .body = (const uint8_t *)whole,
			.n_body = (uint32_t)strlen(whole)};

		p->answers.ipx_public = right == 0 ? NULL : pub;
		memset(&back, 0, sizeof back);
		assert_int_equal(n32_decode(&p->answers, &p->sbi, &changed, false, MSG_NONE, &back, &fault),
		                 right == 2);
		free(whole);
		free(text);
		json_decref(block);
		json_decref(outer);
	}
	disconnect(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_one_sepp_sends_the_other_has),
		cmocka_unit_test(the_length_on_a_warm_connection_is_the_one_that_is_looked_up),
		cmocka_unit_test(prins_shows_no_identity_and_no_vector),
		cmocka_unit_test(a_message_that_was_tampered_with_is_refused),
		cmocka_unit_test(a_message_of_another_flow_or_context_is_refused),
		cmocka_unit_test(every_truncation_is_a_fault),
		cmocka_unit_test(base64url_is_that_of_the_rfc_and_canonical),
		cmocka_unit_test(the_jws_of_rfc_7515_verifies_and_a_changed_one_does_not),
		cmocka_unit_test(modifications_are_taken_from_the_ipx_that_signed_them_for_this_message),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
