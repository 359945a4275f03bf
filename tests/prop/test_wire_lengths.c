/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole working days through the encoders: the length that the native engine sends is that of the octets
 * on a warm connection, for every message at every reference point; and what is decoded again is what
 * was encoded.
 */
#include "models/msg/dt_cbor.h"
#include "models/msg/n32.h"
#include "models/msg/wire.h"
#include "scenarios/load.h"
#include "scenarios/world.h"
#include "scenarios/world_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINKS = 4096 };

struct watcher {
	struct nf_env *env;
	struct nf_tap tap;
	struct rec_names names;
	const struct scn_config *config;
	struct wire *wire;
	struct {
		enum wire_point point;
		struct wire_link *link;
		bool warm[MSG_N_TYPES];
	} of[LINKS];
	uint32_t n_links;
	uint64_t compared, other[MSG_N_TYPES];
	int32_t difference[MSG_N_TYPES];
	uint64_t changed[MSG_N_TYPES];
};

static uint32_t link_of(struct watcher *w, const struct msg *msg, int end)
{
	const enum wire_point own = wire_point_of(msg);
	const enum wire_point point = own == WIRE_POINT_N1 ? WIRE_POINT_N2 : own;
	const uint16_t a = end == 0 ? msg->hop_from : msg->hop_to;
	const uint16_t b = end == 0 ? msg->hop_to : msg->hop_from;

	for (uint32_t i = 0; i < w->n_links; i++)
		if (w->of[i].point == point && w->of[i].link->node[0] == a && w->of[i].link->node[1] == b)
			return i;
	assert_true(w->n_links < LINKS);
	w->of[w->n_links].point = point;
	w->of[w->n_links].link = wire_link_new(w->wire, point, a, b);
	return w->n_links++;
}

/* Where a record of TLS is around the message, the run counts it. */
static uint32_t around(const struct msg *msg)
{
	if (wire_carrier(wire_point_of(msg)) == WIRE_N32)
		return N32_TLS_RECORD;
	return dt_has((enum msg_type)msg->type) ? DT_RECORD : 0;
}

static bool sealed(const struct watcher *w, const struct msg *msg)
{
	return msg->n32_leg && w->env->prins;
}

static void on_message(void *context, const struct msg *msg)
{
	uint8_t octets[WIRE_OCTETS_MAX], again[WIRE_OCTETS_MAX];
	struct watcher *w = context;
	if (!wire_codec(wire_point_of(msg)))
		return; /* handshakes of TLS: lengths are all that there is */
	const int end = wire_from_end(w->wire, msg);
	const uint32_t i = link_of(w, msg, end);
	struct msg back = *msg;
	struct msg_fault fault;
	const size_t n = wire_encode(w->of[i].link, end, msg, octets, sizeof octets);

	assert_in_range(n, 1, sizeof octets);
	if (!wire_rebuild(w->of[i].link, end, octets, n, &back, &fault))
		fail_msg("%s: %s at %u", msg_text((enum msg_type)msg->type), fault.what, fault.offset);
	back.sent_ns = msg->sent_ns;
	back.stream = msg->stream;
	if (back.serving.mnc_digits == 0) /* only the server's name says it, which is its own */
		back.serving = msg->serving;
	if (msg->type == MSG_IKE_AUTH) /* on the wire is a hash of the key, which both ends know */
		memcpy(back.ike.cert_key, msg->ike.cert_key, sizeof back.ike.cert_key);
	const size_t k = wire_encode(w->of[i].link, end, &back, again, sizeof again);
	wire_rebuild(w->of[i].link, end, again, k, &back, &fault); /* the receiver's table keeps up */
	if (w->of[i].warm[msg->type]) {
		w->compared++;
		w->difference[msg->type] = (int32_t)(n + around(msg)) - msg->octets;
		w->other[msg->type] += w->difference[msg->type] != 0;
		/* between SEPPs by PRINS each message is sealed under a nonce of its own */
		w->changed[msg->type] += k != n || (!sealed(w, msg) && memcmp(octets, again, n) != 0);
	}
	w->of[i].warm[msg->type] = true;
}

static void on_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	(void)context, (void)msg, (void)plain, (void)n;
}

static void begin(void *context, struct nf_env *env, const struct home *home)
{
	struct watcher *w = context;
	world_names(w->config, &w->names);
	const struct wire_config config = world_wire(env, home, &w->names);

	w->env = env;
	w->wire = wire_new(&config);
	w->tap = (struct nf_tap){w, on_message, on_nas};
	env->tap = &w->tap;
}

static void end_of_run(void *context, struct nf_env *env)
{
	(void)context, (void)env;
}

static void watch(const struct scn_variant *variant)
{
	struct watcher *w = calloc(1, sizeof *w);
	const struct world_watch watch = {w, begin, end_of_run};
	struct rec_summary summary = {0};
	struct sim_err err;
	struct rec rec;

	rec_init(&rec);
	w->config = &variant->config;
	assert_int_equal(world_run_watched(variant, 0, SIM_TIME_MAX, &watch, &rec, &summary, &err),
	                 SIM_OK);
	assert_in_range(w->compared, 1000, 100000000);
	for (int i = 0; i < MSG_N_TYPES; i++) {
		if (w->other[i])
			fail_msg("%s: %s: %d octets more than the run says, %llu times", variant->name,
			         msg_text((enum msg_type)i), w->difference[i],
			         (unsigned long long)w->other[i]);
		if (w->changed[i])
			fail_msg("%s: %s is another message after decoding", variant->name,
			         msg_text((enum msg_type)i));
	}
	for (uint32_t i = 0; i < w->n_links; i++)
		wire_link_free(w->of[i].link);
	wire_free(w->wire);
	rec_names_free(&w->names);
	rec_free(&rec);
	free(w);
}

static void every_length_of_a_working_day_is_its_encoders(void **state)
{
	const struct scn_options options = {.seed = -1, .replications = -1};
	struct scn *scn;
	struct sim_err err;

	(void)state;
	assert_int_equal(scn_load("scenarios/trace-day.yaml", &options, stderr, &scn, &err), SIM_OK);
	for (uint32_t i = 0; i < scn_n_variants(scn); i++)
		watch(scn_variant(scn, i));
	scn_free(scn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_of_a_working_day_is_its_encoders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
