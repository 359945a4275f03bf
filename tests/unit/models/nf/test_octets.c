/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registrations whose messages are rebuilt from octets at each receiver. */
#include "tests/unit/models/nf/core_fixture.h"
#include "tests/unit/models/nf/octet_engine.h"

#include "models/nf/octets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const names[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "gnb"};

struct outcome {
	uint8_t digest[REC_DIGEST_OCTETS];
	uint64_t unreadable, stale;
	int64_t carried;
	int registered;
};

/* octets false: the same engine, but lengths alone travel. */
static struct outcome registrations(bool octets, int64_t change, int64_t octet)
{
	struct core *core = core_new(&crypto_suite_real, NET_SUCI_A);
	const struct nf_nodes *node = &core->env.node;
	struct outcome outcome;

	octet_engine.change = change;
	octet_engine.change_octet = octet;
	core->ops = &octet_ops;
	core_start(core);
	if (octets)
		nf_octets_start(&core->env, &(struct wire_config){.plmn = core->home.plmn,
			.routing_indicator = core->home.routing_indicator,
			.routing_digits = core->home.routing_digits, .key_id = 1, .n_nodes = 7,
			.node_name = names, .amf = node->amf, .gnb0 = node->gnb0});
	for (uint32_t i = 0; i < CORE_UES; i++)
		ue_register(core->ues, i);
	core_run(core, 3 * SIM_NS_PER_S);
	outcome = (struct outcome){.unreadable = core->env.counter[NF_COUNT_UNREADABLE],
		.stale = core->env.counter[NF_COUNT_STALE], .carried = octet_engine.carried};
	for (uint32_t i = 0; i < CORE_UES; i++)
		outcome.registered += core->registered[i];
	nf_trace_digest(core->env.trace, outcome.digest);
	nf_octets_end(&core->env);
	core_free(core);
	return outcome;
}

static void messages_rebuilt_from_octets_lead_to_the_same_protocol(void **state)
{
	const struct outcome lengths = registrations(false, OCTET_NOBODY, 0);
	const struct outcome octets = registrations(true, OCTET_NOBODY, 0);

	(void)state;
	assert_int_equal(lengths.carried, 0);
	assert_in_range(octets.carried, CORE_UES * 9, 100000);
	assert_int_equal(octets.unreadable, 0);
	assert_int_equal(octets.registered, CORE_UES);
	assert_memory_equal(octets.digest, lengths.digest, sizeof octets.digest);
}

/* The second octet of NGAP is the procedure. */
static void an_octet_changed_on_the_way_is_noticed(void **state)
{
	const struct outcome good = registrations(true, OCTET_NOBODY, 0);
	int unreadable = 0;

	(void)state;
	for (int64_t message = 0; message < 12; message++) {
		const struct outcome bad = registrations(true, message, 1);
		if (bad.unreadable == 0 && bad.stale == good.stale &&
		    memcmp(bad.digest, good.digest, sizeof good.digest) == 0)
			fail_msg("octet 1 of message %d", (int)message);
		unreadable += bad.unreadable > 0;
	}
	assert_in_range(unreadable, 1, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_rebuilt_from_octets_lead_to_the_same_protocol),
		cmocka_unit_test(an_octet_changed_on_the_way_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
