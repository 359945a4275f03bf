/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole core with a UE on untrusted non-3GPP access beside one on NR: TS 33.501 7.2.1, TS 23.502
 * 4.12.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/ngap.h"
#include "models/nf/ap.h"
#include "models/nf/n3iwf.h"
#include "models/nf/nwu.h"
#include "models/nf/ue_ike.h"
#include "models/radio/wlan.h"
#include "tests/unit/models/nf/core_fixture.h"
#include <cmocka.h>

enum { UE = 0, NR_UE = 1, N3IWF = 7, AP = 8, SECOND = 1000000000 };

struct untrusted {
	struct core *core;
	struct wlan_config wlan_config;
	struct ue_ike_config ike_config;
	struct n3iwf_config n3iwf_config;
	struct wlan *wlan;
	struct ue_ikes *ikes;
	struct aps *aps;
	struct ue_access access;
	struct nf_tap tap;
	uint32_t round_trips_at_accept;
	uint8_t named[MSG_N_TYPES][2]; /* messages of UE and of NR_UE that name non-3GPP access */
};

static void connect(void *self, uint32_t ue, uint32_t procedure)
{
	ue_ike_connect(((struct untrusted *)self)->ikes, ue, procedure);
}
static void release(void *self, uint32_t ue)
{
	ue_ike_release(((struct untrusted *)self)->ikes, ue);
}
static void up(void *self, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	ue_ike_up(((struct untrusted *)self)->ikes, ue, msg, work_ns);
}
static void connected(void *self, uint32_t ue, bool ok, const struct sim_span *spent)
{
	ue_connected_after(((struct untrusted *)self)->core->ues, ue, ok, spent);
}
static void at_ue(void *self, uint32_t ue, struct msg *msg)
{
	struct untrusted *t = self;

	if (msg->type == MSG_REGISTRATION_ACCEPT)
		t->round_trips_at_accept = ue_ike_exchanges(t->ikes, ue);
	ue_receive(t->core->ues, ue, msg);
}
static bool key(void *self, uint32_t ue, uint8_t kn3iwf[32])
{
	return ue_n3iwf_key(((struct untrusted *)self)->core->ues, ue, kn3iwf);
}
static void associated(void *self, uint32_t ue)
{
	ue_ike_associated(((struct untrusted *)self)->ikes, ue);
}
static void at_ap(void *self, uint32_t ue, struct msg *msg)
{
	(void)ue;
	ap_from_air(((struct untrusted *)self)->aps, AP, msg);
}
static void on_air(void *self, uint32_t ue, struct msg *msg)
{
	ue_ike_receive(((struct untrusted *)self)->ikes, ue, msg);
}
static uint16_t ap_of(void *self, uint32_t ue)
{
	(void)self;
	(void)ue;
	return AP;
}

static void attach(struct untrusted *t)
{
	struct nf_env *env = &t->core->env;
	const struct wlan_user air = {t, associated, at_ap, on_air, ap_of};
	const struct ue_ike_user user = {t, connected, at_ue, key};
	const struct id_plmn plmn = t->core->home.plmn;
	uint8_t seed[32];

	core_defaults(&wlan_section, &t->wlan_config);
	core_defaults(&ue_ike_section, &t->ike_config);
	core_defaults(&n3iwf_section, &t->n3iwf_config);
	nwu_operator_seed(env, seed);
	t->wlan = wlan_new(env, &t->wlan_config, CORE_UES);
	t->ikes = ue_ikes_new(env, &t->ike_config, plmn, t->wlan, CORE_UES);
	t->aps = aps_new(env, t->wlan);
	wlan_set_user(t->wlan, &air);
	ue_ikes_set_user(t->ikes, &user);
	nf_attach(env, N3IWF, &nf_n3iwf, n3iwf_new(env, &t->n3iwf_config, plmn, seed),
	          core_station(t->core, "n3iwf"));
	nf_attach(env, AP, &nf_ap, ap_instance(t->aps, 0), NF_NO_STATION);
	t->access = (struct ue_access){t, true, connect, release, up};
	ue_set_access(t->core->ues, UE, &t->access);
}

static struct untrusted *start(const struct crypto_suite *suite)
{
	struct untrusted *t = calloc(1, sizeof *t);

	t->core = core_new(suite, NET_SUCI_A);
	core_start(t->core);
	attach(t);
	return t;
}

static void stop(struct untrusted *t)
{
	core_free(t->core);
	free(t);
}

static void a_ue_registers_over_untrusted_access_after_six_round_trips(void **state)
{
	static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct untrusted *t = start(suites[i]);
		ue_register(t->core->ues, UE);
		core_run(t->core, 3 * (int64_t)SECOND);
		assert_int_equal(t->core->registered[UE], 1);
		assert_int_equal(t->core->given_up[UE], 0);
		assert_int_equal(t->round_trips_at_accept, 6);
		assert_int_equal(t->core->env.counter[NF_COUNT_UNEXPECTED], 0);
		assert_int_equal(t->core->env.counter[NF_COUNT_NAS_DISCARDED], 0);
		assert_true(ue_is_connected(t->core->ues, UE));
		stop(t);
	}
}

/* 33.501 6.4.2.2, 6.4.3.1: the other access has bearer 1; a MAC for the one is none for
 * the other. */
static void its_nas_is_protected_as_that_of_the_other_connection(void **state)
{
	struct untrusted *t = start(&crypto_suite_real);

	(void)state;
	ue_register(t->core->ues, UE);
	ue_register(t->core->ues, NR_UE);
	core_run(t->core, 3 * (int64_t)SECOND);
	assert_int_equal(t->core->registered[NR_UE], 1);
	assert_true(t->core->ues->ue[UE].security.non_3gpp);
	assert_false(t->core->ues->ue[NR_UE].security.non_3gpp);
	t->core->ues->ue[UE].security.non_3gpp = false; /* now its NAS goes by the wrong connection */
	ue_deregister(t->core->ues, UE);
	core_run(t->core, 4 * (int64_t)SECOND);
	assert_true(t->core->env.counter[NF_COUNT_NAS_DISCARDED] > 0);
	stop(t);
}

static void it_leaves_and_comes_again(void **state)
{
	struct untrusted *t = start(&crypto_suite_real);

	(void)state;
	for (int k = 1; k <= 3; k++) {
		ue_register(t->core->ues, UE);
		core_run(t->core, (10 * k + 4) * (int64_t)SECOND);
		assert_int_equal(t->core->registered[UE], k);
		ue_deregister(t->core->ues, UE);
		core_run(t->core, (10 * k + 8) * (int64_t)SECOND);
		assert_int_equal(t->core->left[UE], k);
		assert_false(ue_is_connected(t->core->ues, UE));
	}
	assert_int_equal(t->core->env.counter[NF_COUNT_UNEXPECTED], 0);
	assert_int_equal(t->core->env.counter[NF_COUNT_IKE_FAILURES], 0);
	stop(t);
}

static void note_access(void *context, const struct msg *msg)
{
	struct untrusted *t = context;

	if (msg->ue <= NR_UE)
		t->named[msg->type][msg->ue] += msg->access == NGAP_N3IWF;
}
static void note_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	(void)context, (void)msg, (void)plain, (void)n;
}

/* 29.503 5.3.2.2.3, 5.3.2.4.3: the AMF tells the UDM, which tells the UDR and answers. */
static void it_is_registered_and_deregistered_with_the_udm_by_its_access(void **state)
{
	static const enum msg_type types[] = {MSG_UDM_UECM, MSG_UDR_UECM, MSG_UDM_UECM_RSP,
		MSG_UDM_UECM_DEREGISTER, MSG_UDR_UECM_PATCH};
	struct untrusted *t = start(&crypto_suite_cost);

	(void)state;
	t->tap = (struct nf_tap){t, note_access, note_nas};
	t->core->env.tap = &t->tap;
	for (uint32_t ue = UE; ue <= NR_UE; ue++) {
		ue_register(t->core->ues, ue);
		core_run(t->core, (10 * ue + 4) * (int64_t)SECOND);
		ue_deregister(t->core->ues, ue);
		core_run(t->core, (10 * ue + 8) * (int64_t)SECOND);
		assert_int_equal(t->core->left[ue], 1);
	}
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		assert_int_equal(t->core->env.sent[types[i]], 2);
		assert_int_equal(t->named[types[i]][UE], 1);
		assert_int_equal(t->named[types[i]][NR_UE], 0);
	}
	stop(t);
}

/* 24.501 5.4.1.3.7 f: a synch failure within EAP-5G takes a round trip more, nothing else. */
static void a_synch_failure_is_resynchronised_within_eap(void **state)
{
	struct untrusted *t = calloc(1, sizeof *t);

	(void)state;
	t->core = core_new(&crypto_suite_real, NET_SUCI_A);
	t->core->nf.ue.sqn_ahead = 100;
	core_start(t->core);
	attach(t);
	ue_register(t->core->ues, UE);
	core_run(t->core, 3 * (int64_t)SECOND);
	assert_int_equal(t->core->registered[UE], 1);
	assert_int_equal(t->round_trips_at_accept, 7);
	stop(t);
}

static void losses_on_the_wlan_delay_a_registration_and_do_not_end_it(void **state)
{
	struct untrusted *t = start(&crypto_suite_cost);

	(void)state;
	t->wlan_config.loss_prob = 0.1;
	for (uint32_t ue = 0; ue < CORE_UES; ue++) {
		ue_set_access(t->core->ues, ue, &t->access);
		ue_register(t->core->ues, ue);
	}
	core_run(t->core, 600 * (int64_t)SECOND);
	for (uint32_t ue = 0; ue < CORE_UES; ue++)
		assert_int_equal(t->core->registered[ue], 1);
	assert_true(t->core->env.counter[NF_COUNT_WLAN_LOSSES] > 0);
	assert_true(t->core->env.counter[NF_COUNT_IKE_RETRANSMISSIONS] > 0);
	stop(t);
}

static void the_parts_of_its_latency_are_the_whole(void **state)
{
	struct untrusted *t = start(&crypto_suite_real);
	const struct sim_span *span = &t->core->span[UE];

	(void)state;
	ue_register(t->core->ues, UE);
	core_run(t->core, 3 * (int64_t)SECOND);
	assert_int_equal(sim_span_total(span), span->since_ns);
	assert_int_equal(span->part_ns[SIM_PART_TIMER], 0);
	assert_true(span->part_ns[SIM_PART_CRYPTO] > 0);
	assert_true(span->part_ns[SIM_PART_TRANSPORT] > 0);
	/* association, and 14 messages on the WLAN */
	assert_in_range(span->part_ns[SIM_PART_RADIO], 50000000 + 14 * 2000000,
	                150000000 + 14 * 5000000);
	stop(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ue_registers_over_untrusted_access_after_six_round_trips),
		cmocka_unit_test(its_nas_is_protected_as_that_of_the_other_connection),
		cmocka_unit_test(it_leaves_and_comes_again),
		cmocka_unit_test(it_is_registered_and_deregistered_with_the_udm_by_its_access),
		cmocka_unit_test(a_synch_failure_is_resynchronised_within_eap),
		cmocka_unit_test(losses_on_the_wlan_delay_a_registration_and_do_not_end_it),
		cmocka_unit_test(the_parts_of_its_latency_are_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
