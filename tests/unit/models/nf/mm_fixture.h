/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small core as the tests of mobility management need it: looking into UE and AMF, a hand on
 * the air, messages that nobody of the model has sent. */
#ifndef TESTS_UNIT_MODELS_NF_MM_FIXTURE_H
#define TESTS_UNIT_MODELS_NF_MM_FIXTURE_H

#include "models/crypto/aka.h"
#include "models/nf/amf_state.h"
#include "tests/unit/models/nf/core_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MM_S SIM_NS_PER_S

static inline struct ue *mm_ue(struct core *core)
{
	return &core->ues->ue[0];
}

static inline struct amf *mm_amf(struct core *core)
{
	return core->env.instance[core->env.node.amf].self;
}

/* T3510, T3517, T3521 or T3540. */
static inline bool mm_guard_runs(struct core *core)
{
	const struct ue_run *run = mm_ue(core)->run;

	return run && sim_timer_running(core->env.sim, &run->guard);
}

static inline bool mm_t3520_runs(struct core *core)
{
	const struct ue_run *run = mm_ue(core)->run;

	return run && sim_timer_running(core->env.sim, &run->t3520);
}

static inline struct nas_identity mm_suci(struct core *core)
{
	const bool outermost = ue_wake(mm_ue(core));
	const struct nas_identity suci = ue_suci(mm_ue(core));

	ue_rest(mm_ue(core), outermost);
	return suci;
}

/* The AMF's context of UE 0: registered, else NULL. */
static inline struct amf_ue *mm_context(struct core *core)
{
	return amf_of_msin(mm_amf(core), HOME_MSIN_FIRST);
}

static inline uint64_t mm_count(const struct core *core, enum nf_counter counter)
{
	return core->env.counter[counter];
}

static inline void mm_wait(struct core *core, int64_t for_ns)
{
	core_run(core, core->env.sim->now_ns + for_ns);
}

/* Until so many messages of the type have been sent between nodes; a second at the most. */
static inline void mm_until_sent(struct core *core, enum msg_type type, uint64_t n)
{
	for (int i = 0; i < 10000 && core->env.sent[type] < n; i++)
		mm_wait(core, SIM_NS_PER_MS / 10);
	assert_true(core->env.sent[type] >= n);
}

static inline struct core *mm_started(const struct crypto_suite *suite)
{
	struct core *core = core_new(suite, NET_SUCI_A);

	core_start(core);
	return core;
}

/* UE 0 registered, two seconds after it wanted to be. */
static inline void mm_register(struct core *core)
{
	int before = core->registered[0];

	assert_true(ue_register(core->ues, 0));
	mm_wait(core, 2 * MM_S);
	assert_int_equal(core->registered[0], before + 1);
}

static inline struct core *mm_registered(const struct crypto_suite *suite)
{
	struct core *core = mm_started(suite);

	mm_register(core);
	return core;
}

/* Somebody sends UE 0 these octets over its connection. */
static inline void mm_to_ue(struct core *core, enum msg_type type, const uint8_t *octets,
                            uint16_t n)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct msg *msg = nf_message_for(&core->env, type, 0, mm_ue(core)->procedure, &span);

	memcpy(msg->nas, octets, n);
	msg->nas_octets = n;
	msg->octets = n;
	ue_receive(core->ues, 0, msg);
}

/* The gNB carries these octets to the AMF, within an association (context) or as the first of
 * one. */
static inline void mm_to_amf(struct core *core, enum msg_type type, struct sim_handle context,
                             const uint8_t *octets, uint16_t n)
{
	const struct sim_span span = sim_span_start(core->env.sim->now_ns);
	struct msg *msg = nf_message_for(&core->env, type, 0, 0xfff00 | core->met++, &span);

	memcpy(msg->nas, octets, n);
	msg->nas_octets = n;
	msg->octets = (uint16_t)(n + 50);
	msg->context = context;
	msg->ran = (struct sim_handle){0, 1u << 20};
	nf_send(&core->env, core->env.node.gnb0, core->env.node.amf, msg);
}

/* What UE and AMF have said, deciphered: of each type how often, and the last one. */
struct mm_said {
	uint32_t n[256]; /* by enum nas_type */
	struct nas_message last[256];
	uint8_t octets[256][MSG_NAS_MAX];
};

static inline void mm_note(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct mm_said *said = context;
	uint8_t type = n > 2 ? plain[2] : 0;
	struct msg_fault fault;

	(void)msg;
	memcpy(said->octets[type], plain, n);
	if (nas_decode(said->octets[type], n, &said->last[type], &fault))
		said->n[type]++;
}

static inline void mm_ignore(void *context, const struct msg *msg)
{
	(void)context;
	(void)msg;
}

/* From now on; *said and *tap must live as long as the core. */
static inline void mm_listen(struct core *core, struct nf_tap *tap, struct mm_said *said)
{
	memset(said, 0, sizeof *said);
	*tap = (struct nf_tap){said, mm_ignore, mm_note};
	core->env.tap = tap;
}

/* An Authentication Request for UE 0's card, AMF field and SQN as told; flaw: a bit of AUTN's
 * MAC. */
static inline uint16_t mm_challenge(struct core *core, uint8_t ngksi, uint8_t seed, uint64_t seq,
                                    uint8_t amf_field, uint8_t flaw, uint8_t *plain)
{
	struct nas_authentication_request request = {.ngksi = ngksi};
	const struct home_card card = home_card(&core->env, 0);
	const struct crypto_subscription who = home_subscription(&core->home, card.k, card.opc);
	const uint8_t amf[2] = {amf_field, 0};
	struct crypto_av av;
	uint8_t sqn[6];

	memset(request.rand, seed, sizeof request.rand);
	crypto_sqn_octets(seq << 5, sqn);
	crypto_av_generate(core->env.crypto, nf_suite(&core->env, 0), &who, sqn, amf, request.rand,
	                   core->home.snn, &av);
	memcpy(request.autn, av.autn, sizeof request.autn);
	request.autn[15] ^= flaw;
	return nas_authentication_request(&request, plain);
}

#endif
