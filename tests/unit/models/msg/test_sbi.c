/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The SBI codec against itself, and against octets that are no message. */
#include "tests/unit/models/msg/sbi_fixture.h"

static struct id_plmn visited = {1, 1, 2}; /* an MNC of as many digits as at home */
static struct sim_arena *arena;
static const struct sbi_octets *lengths;

static int make(void **state)
{
	(void)state;
	sbi_init(&both, &network);
	arena = sim_arena_new();
	lengths = sbi_octets_new(arena, &both);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	sim_arena_free(arena);
	return 0;
}

/* ---- random messages: xorshift64, fixed seeds ---- */

static uint64_t draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void fill(uint64_t *seed, void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = (uint8_t)(draw(seed) >> 24);
}

static uint8_t digits = 10; /* of an MSIN: an IMSI has 15 */

static uint64_t msin(uint64_t *seed)
{
	return draw(seed) % (digits == 10 ? UINT64_C(10000000000) : UINT64_C(1000000000));
}

static void random_identity(uint64_t *seed, struct msg_identity *identity)
{
	static const uint8_t n[] = {0, 5, 45, 46};
	uint32_t kind = draw(seed) >> 20 & 3;

	if (kind == 0) {
		identity->tmsi_msin = msin(seed);
		return;
	}
	identity->suci.scheme = (uint8_t)(kind - 1);
	identity->suci.n = n[kind];
	identity->suci.key_id = kind == 1 ? 0 : (uint8_t)draw(seed);
	fill(seed, identity->suci.output, n[kind]);
	for (int i = 0; identity->suci.scheme == ID_SCHEME_NULL && i < 5; i++)
		identity->suci.output[i] = (uint8_t)(identity->suci.output[i] % 10 | (i * 2 % 10) << 4);
	if (identity->suci.scheme == ID_SCHEME_NULL && digits == 9)
		identity->suci.output[4] |= 0xf0;
}

static void random_packet(uint64_t *seed, struct msg_eap *eap, bool request)
{
	static const uint8_t codes[] = {1, 3, 4};

	eap->n = (uint16_t)(4 + draw(seed) % (MSG_EAP_MAX - 3));
	fill(seed, eap->octets, eap->n);
	eap->octets[0] = request ? 2 : codes[draw(seed) % 3];
}

/* The fields that a request of this type carries: nothing else is set. */
static void random_request(uint64_t *seed, struct msg *msg)
{
	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE:
	case MSG_UDM_GENERATE:
		random_identity(seed, &msg->identity);
		if (draw(seed) & 1) {
			msg->cause = MSG_CAUSE_SYNCH_FAILURE;
			fill(seed, msg->response.rand, 16);
			fill(seed, msg->response.auts, 14);
		}
		break;
	case MSG_AUSF_CONFIRM:
		msg->cause = draw(seed) % 4 ? MSG_CAUSE_NONE : MSG_CAUSE_ILLEGAL_UE;
		if (msg->cause == MSG_CAUSE_NONE)
			fill(seed, msg->response.res_star, 16);
		fill(seed, &msg->context, sizeof msg->context);
		break;
	case MSG_AUSF_EAP:
		random_packet(seed, &msg->eap, true);
		fill(seed, &msg->context, sizeof msg->context);
		break;
	case MSG_UDM_AUTH_REMOVE:
		fill(seed, &msg->context, sizeof msg->context);
		/* fall through */
	case MSG_UDM_AUTH_EVENT:
	case MSG_UDR_AUTH_STATUS:
		msg->method = draw(seed) & 1;
		msg->subscription.success = draw(seed) & 1;
		msg->subscription.msin = msin(seed);
		break;
	case MSG_UDM_DEREGISTER_NOTIFY:
		msg->subscription.reason = draw(seed) & 1;
		msg->subscription.msin = msin(seed);
		break;
	case MSG_UDR_SQN:
		fill(seed, msg->subscription.sqn, 6);
		msg->subscription.msin = msin(seed);
		break;
	case MSG_N32_CAPABILITY:
		msg->n32.prins = draw(seed) & 1;
		break;
	case MSG_N32_PARAMETERS:
	case MSG_N32_ERROR:
		fill(seed, msg->n32.context, 8);
		break;
	case MSG_UDM_UNSUBSCRIBE:
		msg->subscription.msin = msin(seed);
		/* fall through */
	case MSG_PCF_POLICY_DELETE:
	case MSG_AUSF_REMOVE:
		fill(seed, &msg->context, sizeof msg->context);
		break;
	case MSG_AANF_REGISTER:
		fill(seed, msg->key.key, 32);
		fill(seed, msg->key.a_tid, 32);
		/* fall through */
	case MSG_AANF_REMOVE:
		msg->key.msin = msin(seed);
		break;
	case MSG_AANF_KEY:
		msg->key.af = (uint16_t)draw(seed);
		fill(seed, msg->key.a_tid, 32);
		break;
	case MSG_UDM_TWIN:
	case MSG_UDR_TWIN:
		msg->dt.msin = msin(seed);
		fill(seed, msg->dt.nonce, 16);
		fill(seed, msg->dt.mac, 32);
		fill(seed, msg->dt.root, 32);
		/* fall through */
	case MSG_LEDGER_MINT:
		fill(seed, msg->dt.tid, 32);
		fill(seed, msg->dt.key, 32);
		if (msg->type == MSG_LEDGER_MINT)
			fill(seed, msg->dt.proof, 64);
		break;
	case MSG_UDM_UECM:
	case MSG_UDM_UECM_DEREGISTER:
	case MSG_UDR_UECM:
	case MSG_UDR_UECM_PATCH:
		msg->access = draw(seed) & 1 ? NGAP_N3IWF : 0;
		/* fall through */
	default:
		msg->subscription.msin = msin(seed);
	}
}

static void random_answer(uint64_t *seed, struct msg *msg)
{
	if (draw(seed) % 8 == 0) {
		msg->cause = (uint8_t)(1 + draw(seed) % 255);
		if (!sbi_says_no_inside(msg))
			return;
	}
	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE_RSP:
		msg->method = draw(seed) & 1;
		fill(seed, &msg->context, sizeof msg->context);
		if (msg->method == MSG_METHOD_EAP_AKA_PRIME) {
			random_packet(seed, &msg->eap, false);
			return;
		}
		fill(seed, msg->vector.rand, 48); /* with AUTN and HXRES* */
		break;
	case MSG_AUSF_EAP_RSP:
		random_packet(seed, &msg->eap, false);
		if (msg->cause != MSG_CAUSE_NONE)
			msg->eap.octets[0] = 4;
		if (msg->eap.octets[0] != 3)
			return;
		/* fall through */
	case MSG_AUSF_CONFIRM_RSP:
		if (msg->cause != MSG_CAUSE_NONE)
			return;
		fill(seed, msg->key.key, 32);
		msg->key.msin = msin(seed);
		break;
	case MSG_UDM_GENERATE_RSP:
		msg->method = draw(seed) & 1;
		msg->vector.msin = msin(seed);
		msg->vector.akma = draw(seed) & 1;
		fill(seed, msg->vector.rand, 32); /* with AUTN */
		msg->vector.xres_n = msg->method ? (uint8_t)(4 + 4 * (draw(seed) % 4)) : 0;
		fill(seed, msg->vector.xres_star, msg->method ? msg->vector.xres_n : 16);
		fill(seed, msg->vector.kausf, 32);
		break;
	case MSG_UDM_AUTH_EVENT_RSP:
		msg->method = draw(seed) & 1;
		fill(seed, &msg->context, sizeof msg->context);
		msg->subscription.success = draw(seed) & 1;
		msg->subscription.msin = msin(seed);
		break;
	case MSG_UDR_AUTH_STATUS_GET_RSP:
		msg->method = draw(seed) & 1;
		msg->subscription.success = draw(seed) & 1;
		msg->subscription.time_ns = (int64_t)(draw(seed) % UINT64_C(1000000000000000000)) - 1;
		break;
	case MSG_UDM_SUBSCRIBE_RSP:
	case MSG_PCF_POLICY_RSP:
		fill(seed, &msg->context, sizeof msg->context);
		msg->subscription.msin = msin(seed);
		break;
	case MSG_UDM_UECM_RSP:
		msg->access = draw(seed) & 1 ? NGAP_N3IWF : 0;
		msg->subscription.msin = msin(seed);
		break;
	case MSG_UDR_AUTH_SUBSCRIPTION_RSP:
		msg->method = draw(seed) & 1;
		msg->subscription.msin = msin(seed);
		msg->subscription.akma = draw(seed) & 1;
		fill(seed, msg->subscription.k, 16);
		fill(seed, msg->subscription.opc, 16);
		fill(seed, msg->subscription.amf, 2);
		fill(seed, msg->subscription.sqn, 6);
		break;
	case MSG_AANF_REGISTER_RSP:
		fill(seed, msg->key.a_tid, 32);
		fill(seed, msg->key.key, 32);
		msg->key.msin = msin(seed);
		break;
	case MSG_N32_CAPABILITY_RSP:
		msg->n32.prins = draw(seed) & 1;
		break;
	case MSG_N32_PARAMETERS_RSP:
		fill(seed, msg->n32.context, 8);
		break;
	case MSG_AANF_KEY_RSP:
		fill(seed, msg->key.key, 32);
		msg->key.msin = msin(seed);
		msg->key.expiry_ns = (int64_t)(draw(seed) % UINT64_C(1000000000000000000));
		break;
	case MSG_LEDGER_FINAL:
		fill(seed, msg->dt.tid, 32);
		fill(seed, msg->dt.root, 32);
		fill(seed, msg->dt.proof, 64);
		msg->dt.session = draw(seed);
		break;
	default:
		break;
	}
}

/* Whether the serving network stands in this message. */
static bool names_network(enum msg_type type)
{
	switch (type) {
	case MSG_AUSF_AUTHENTICATE:
	case MSG_UDM_GENERATE:
	case MSG_UDM_AUTH_EVENT:
	case MSG_UDM_AUTH_EVENT_RSP:
	case MSG_UDM_AUTH_REMOVE:
	case MSG_UDR_UECM_PATCH:
	case MSG_UDR_AUTH_STATUS:
	case MSG_UDR_AUTH_STATUS_GET_RSP:
	case MSG_UDM_UECM:
	case MSG_UDM_UECM_RSP:
	case MSG_UDR_UECM:
	case MSG_UDM_UECM_DEREGISTER:
	case MSG_UDM_AM_DATA:
	case MSG_UDM_SMF_SELECT:
	case MSG_UDM_UE_CONTEXT:
	case MSG_UDR_AM_DATA:
	case MSG_UDR_SMF_SELECT:
	case MSG_UDM_SUBSCRIBE:
	case MSG_UDM_SUBSCRIBE_RSP:
	case MSG_PCF_POLICY:
	case MSG_PCF_POLICY_RSP:
	case MSG_N32_CAPABILITY:
	case MSG_N32_CAPABILITY_RSP:
	case MSG_N32_PARAMETERS:
	case MSG_N32_PARAMETERS_RSP:
		return true;
	default:
		return false;
	}
}

static struct msg random_message(uint64_t *seed, enum msg_type type)
{
	struct msg msg;

	memset(&msg, 0, sizeof msg);
	msg.type = (uint8_t)type;
	msg.stream = (uint32_t)draw(seed) & 0x7fffffff;
	msg.stream |= 1;
	if (sbi_is_request(type))
		random_request(seed, &msg);
	else
		random_answer(seed, &msg);
	if (names_network(type) && draw(seed) & 1 && (sbi_is_request(type) || msg.cause == 0))
		msg.serving = visited;
	return msg;
}

/* ---- both ways ---- */

struct pair {
	struct http2_sender *sender;
	struct http2_receiver *receiver;
};

static struct pair connect_pair(bool request)
{
	struct pair pair = {http2_sender_new(request), http2_receiver_new(request)};
	uint8_t open[HTTP2_OPEN_MAX];
	struct http2_message in;
	struct msg_fault fault;
	uint32_t n = http2_open(pair.sender, open);

	assert_int_equal(http2_receive(pair.receiver, open, n, &in, &fault), n);
	assert_int_equal(in.stream, 0);
	return pair;
}

static void disconnect(struct pair *pair)
{
	http2_sender_free(pair->sender);
	http2_receiver_free(pair->receiver);
}

static enum msg_type asked(const struct msg *msg)
{
	enum msg_type type = (enum msg_type)msg->type;

	return sbi_is_request(type) ? MSG_NONE : sbi_request_of(type);
}

static bool decode(struct http2_receiver *receiver, const uint8_t *octets, uint32_t n,
                   enum msg_type request, struct msg *msg, struct msg_fault *fault)
{
	struct http2_message in;

	memset(msg, 0, sizeof *msg);
	return http2_receive(receiver, octets, n, &in, fault) > 0 && in.stream > 0 &&
	       sbi_decode(sbi, &in, request, msg, fault);
}

static void what_was_sent_is_received(void **state)
{
	uint64_t seed = 20261123;

	(void)state;
	for (int type = 1; type < MSG_N_TYPES; type++) {
		if (!sbi_has((enum msg_type)type))
			continue;
		struct pair pair = connect_pair(sbi_is_request((enum msg_type)type));
		for (int i = 0; i < 60; i++) {
			struct msg msg = random_message(&seed, (enum msg_type)type), back;
			uint8_t octets[SBI_OCTETS_MAX];
			struct msg_fault fault = {0};
			uint32_t n = sbi_encode(sbi, pair.sender, msg.stream, &msg, octets,
			                        sizeof octets);

			assert_true(n > 0);
			if (!decode(pair.receiver, octets, n, asked(&msg), &back, &fault))
				fail_msg("%s: %s at %u", msg_text((enum msg_type)type), fault.what,
				         fault.offset);
			if (memcmp(&msg, &back, sizeof msg) != 0)
				fail_msg("%s: not the same", msg_text((enum msg_type)type));
		}
		disconnect(&pair);
	}
}

static void on_a_warm_connection_the_length_is_the_one_that_is_looked_up(void **state)
{
	struct http2_sender *sender[2] = {http2_sender_new(false), http2_sender_new(true)};
	uint64_t seed = 7;
	uint8_t octets[SBI_OCTETS_MAX];

	(void)state;
	for (int round = 0; round < 60; round++)
		for (int type = 1; type < MSG_N_TYPES; type++) {
			if (!sbi_has((enum msg_type)type))
				continue;
			struct msg msg = random_message(&seed, (enum msg_type)type);
			struct http2_sender *to = sender[sbi_is_request((enum msg_type)type)];

			msg.serving = (struct id_plmn){0};
			msg.sent_ns = (int64_t)(draw(&seed) % UINT64_C(1000000000000000000));
			sbi_encode(sbi, to, 1, &msg, octets, sizeof octets);
			assert_int_equal(sbi_encode(sbi, to, 1, &msg, octets, sizeof octets),
			                 sbi_octets(lengths, &msg));
		}
	http2_sender_free(sender[0]);
	http2_sender_free(sender[1]);
}

static void every_truncation_and_every_flipped_bit_is_a_message_or_a_fault(void **state)
{
	uint64_t seed = 99;

	(void)state;
	for (int type = 1; type < MSG_N_TYPES; type++) {
		if (!sbi_has((enum msg_type)type))
			continue;
		struct msg msg = random_message(&seed, (enum msg_type)type), back;
		bool request = sbi_is_request((enum msg_type)type);
		struct http2_sender *sender = http2_sender_new(request);
		uint8_t octets[SBI_OCTETS_MAX];
		struct msg_fault fault;
		uint32_t n = sbi_encode(sbi, sender, 1, &msg, octets, sizeof octets);

		for (uint32_t k = 0; k < n; k++) {
			struct http2_receiver *receiver = http2_receiver_new(false);

			assert_false(decode(receiver, octets, k, asked(&msg), &back, &fault));
			assert_true(fault.offset <= k && fault.what != NULL && fault.cause > 0);
			http2_receiver_free(receiver);
		}
		for (uint32_t bit = 0; bit < 8 * n; bit++) {
			struct http2_receiver *receiver = http2_receiver_new(false);

			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
			fault = (struct msg_fault){0};
			if (!decode(receiver, octets, n, asked(&msg), &back, &fault))
				assert_true(fault.what != NULL || back.type == 0);
			octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
			http2_receiver_free(receiver);
		}
		http2_sender_free(sender);
	}
}

/* An MNC of three digits, of which the first may be 0, so an MSIN of nine; TUAK; a routing indicator of
 * four. */
static void another_network_s_messages_come_back_and_have_their_lengths_too(void **state)
{
	const struct id_plmn plmn[] = {{310, 260, 3}, {310, 26, 3}};
	const struct sbi_octets *own = lengths;

	digits = 9;
	visited.mnc_digits = 3;
	for (size_t i = 0; i < sizeof plmn / sizeof *plmn; i++) {
		const struct sbi_network other = {.plmn = plmn[i], .routing_indicator = 42,
			.routing_digits = 4, .tuak = true};
		sbi_init(&both, &other);
		lengths = sbi_octets_new(arena, &both);
		what_was_sent_is_received(state);
		on_a_warm_connection_the_length_is_the_one_that_is_looked_up(state);
	}
	digits = 10;
	visited.mnc_digits = 2;
	sbi_init(&both, &network);
	lengths = own;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sent_is_received),
		cmocka_unit_test(on_a_warm_connection_the_length_is_the_one_that_is_looked_up),
		cmocka_unit_test(every_truncation_and_every_flipped_bit_is_a_message_or_a_fault),
		cmocka_unit_test(another_network_s_messages_come_back_and_have_their_lengths_too),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
