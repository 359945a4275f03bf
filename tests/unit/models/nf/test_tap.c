/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a tap hears of a registration, and that listening changes nothing. */
#include "tests/unit/models/nf/core_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct heard {
	const struct nf_env *env;
	uint64_t messages[MSG_N_TYPES], nas[MSG_N_TYPES];
	int clear, towards_amf, early;
};

static void on_message(void *context, const struct msg *msg)
{
	struct heard *heard = context;

	heard->messages[msg->type]++;
	heard->early += msg->sent_ns < heard->env->sim->now_ns;
}

static void on_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct heard *heard = context;

	heard->nas[msg->type]++;
	heard->clear += n >= 3 && plain[0] == 0x7e && plain[1] == 0;
	heard->towards_amf += msg->to == heard->env->node.amf;
	heard->early += msg->sent_ns < heard->env->sim->now_ns;
}

static struct core *register_one(const struct nf_tap *tap)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);

	core->env.tap = tap;
	if (tap)
		((struct heard *)tap->context)->env = &core->env;
	core_start(core);
	ue_register(core->ues, 0);
	core_run(core, 5 * SIM_NS_PER_S);
	assert_int_equal(core->registered[0], 1);
	return core;
}

static void a_tap_hears_every_message_that_is_counted_and_nas_in_clear(void **state)
{
	struct heard heard = {.clear = 0};
	const struct nf_tap tap = {&heard, on_message, on_nas};
	struct core *core = register_one(&tap);
	uint64_t nas = 0;

	(void)state;
	assert_memory_equal(heard.messages, core->env.sent, sizeof heard.messages);
	assert_memory_equal(heard.nas, core->env.sent_nas, sizeof heard.nas);
	for (int i = 0; i < MSG_N_TYPES; i++)
		nas += heard.nas[i];
	assert_int_equal(heard.nas[MSG_REGISTRATION_REQUEST], 1);
	assert_int_equal(heard.nas[MSG_REGISTRATION_ACCEPT], 1);
	assert_int_equal(heard.clear, nas);
	assert_in_range(heard.towards_amf, 1, (int)nas - 1);
	assert_int_equal(heard.early, 0);
	core_free(core);
}

static void a_run_with_a_tap_is_the_run_without_it(void **state)
{
	struct heard heard = {.clear = 0};
	const struct nf_tap tap = {&heard, on_message, on_nas};
	struct core *core[2] = {register_one(&tap), register_one(NULL)};
	uint8_t digest[2][SIM_DIGEST_OCTETS];

	(void)state;
	for (int i = 0; i < 2; i++) {
		sim_trace_digest(core[i]->env.sim, digest[i]);
		core_free(core[i]);
	}
	assert_memory_equal(digest[0], digest[1], sizeof digest[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tap_hears_every_message_that_is_counted_and_nas_in_clear),
		cmocka_unit_test(a_run_with_a_tap_is_the_run_without_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
