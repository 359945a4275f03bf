/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/ledger.h"
#include "tests/unit/models/nf/twin_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { NETWORK = 100 }; /* number of the home network's secret */
static const struct ledger_config config = {.block_interval_ns = 2 * SIM_NS_PER_S, .finality = 2};
static struct ledger *ledger;

static struct bench *open_ledger(void)
{
	struct bench *bench = bench_new();

	bench->env.node.ledger = BENCH_SUBJECT;
	bench_public(bench, NETWORK, bench->anchors->network_key);
	ledger = ledger_new(&bench->env, &config, bench->anchors);
	bench_open(bench, &nf_ledger, ledger);
	return bench;
}

static struct msg *mint(struct bench *bench, uint8_t token, uint8_t owner, uint8_t signer)
{
	struct msg *msg = bench_message(bench, MSG_LEDGER_MINT, 0);

	bench_secret(token, msg->dt.tid);
	bench_secret(owner, msg->dt.key);
	struct dt_text text = dt_text_mint(msg->dt.tid, msg->dt.key);
	bench_sign(bench, signer, &text, msg->dt.proof);
	return msg;
}

/* How long a mint waits that is sent now, for the ledger's intervals. */
static int64_t wait_of_mint(struct bench *bench, uint8_t token)
{
	uint32_t before = bench->n_got;

	assert_null(bench_ask(bench, mint(bench, token, 2, NETWORK)));
	bench_run(bench, 9 * SIM_NS_PER_S);
	assert_int_equal(bench->n_got, before + 1);
	return bench->got[before].span.part_ns[SIM_PART_TIMER];
}

/* Finality 2: the rest of an interval and one more. */
static void a_mint_is_final_on_the_second_block_of_the_grid(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	int64_t first = wait_of_mint(bench, 1), began = bench->env.sim->now_ns;
	assert_in_range(first, 2 * SIM_NS_PER_S, 4 * SIM_NS_PER_S);
	int64_t second = wait_of_mint(bench, 2);
	/* asked 9.001 s apart: on a grid of 2 s the wait falls by 1.001 s, or grows by the rest */
	int64_t less = (first - second + 2 * SIM_NS_PER_S) % (2 * SIM_NS_PER_S);
	assert_int_equal(began, 9001 * SIM_NS_PER_MS);
	assert_int_equal(less, 1001 * SIM_NS_PER_MS);
	bench_free(bench);
}

static void the_confirmation_names_block_and_token_and_is_signed(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	bench_ask(bench, mint(bench, 1, 2, NETWORK));
	bench_run(bench, 9 * SIM_NS_PER_S);
	const struct msg *final = &bench->got[0];
	struct dt_text text = dt_text_final(final->dt.tid, final->dt.session, final->dt.root);
	assert_int_equal(final->cause, 0);
	assert_memory_equal(final->dt.root, ledger_block(ledger, 0)->hash, 32);
	assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real, bench->anchors->ledger_key,
	                          text.octets, text.n, final->dt.proof));
	bench_free(bench);
}

static void each_block_names_the_hash_of_the_one_before(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	for (uint8_t i = 0; i < 3; i++) {
		bench_ask(bench, mint(bench, i, i, NETWORK));
		bench_run(bench, 3 * SIM_NS_PER_S);
	}
	bench_run(bench, 9 * SIM_NS_PER_S);
	assert_true(ledger_n_blocks(ledger) >= 3);
	for (uint32_t i = 0; i < ledger_n_blocks(ledger); i++) {
		const struct ledger_block *b = ledger_block(ledger, i);
		struct dt_text text = dt_text_block(b->number, b->previous, b->entries);
		uint8_t hash[32];
		crypto_hash(bench->env.crypto, &crypto_suite_real, text.octets, text.n, hash);
		assert_memory_equal(hash, b->hash, 32);
		assert_true(crypto_verify(bench->env.crypto, &crypto_suite_real,
		                          bench->anchors->ledger_key, text.octets, text.n,
		                          b->signature));
		if (i > 0)
			assert_memory_equal(b->previous, ledger_block(ledger, i - 1)->hash, 32);
	}
	bench_free(bench);
}

static void an_idle_ledger_schedules_nothing(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	bench_ask(bench, mint(bench, 1, 2, NETWORK));
	bench_run(bench, 10 * SIM_NS_PER_S);
	assert_true(sim_next_ns(bench->env.sim) == SIM_TIME_MAX);
	bench_free(bench);
}

static void a_mint_that_the_home_network_did_not_sign_is_refused(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	const struct msg *answer = bench_ask(bench, mint(bench, 1, 2, 7));
	assert_int_equal(answer->cause, DT_CAUSE_SIGNATURE);
	bench_run(bench, 9 * SIM_NS_PER_S);
	assert_int_equal(ledger_n_blocks(ledger), 0);
	bench_free(bench);
}

static void a_token_is_never_minted_for_a_second_owner(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	bench_ask(bench, mint(bench, 1, 2, NETWORK));
	assert_int_equal(bench_ask(bench, mint(bench, 1, 3, NETWORK))->cause, DT_CAUSE_TOKEN_TAKEN);
	bench_free(bench);
}

static void the_same_mint_again_is_confirmed_again_without_a_second_entry(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	bench_ask(bench, mint(bench, 1, 2, NETWORK));
	bench_run(bench, 9 * SIM_NS_PER_S);
	uint32_t blocks = ledger_n_blocks(ledger);
	const struct msg *answer = bench_ask(bench, mint(bench, 1, 2, NETWORK));
	assert_int_equal(answer->cause, 0);
	assert_int_equal(ledger_n_blocks(ledger), blocks);
	bench_free(bench);
}

static void an_accepted_entry_survives_a_crash(void **state)
{
	(void)state;
	struct bench *bench = open_ledger();
	bench_ask(bench, mint(bench, 1, 2, NETWORK));
	nf_down(&bench->env, BENCH_SUBJECT);
	nf_up(&bench->env, BENCH_SUBJECT);
	bench_run(bench, 9 * SIM_NS_PER_S);
	assert_int_equal(bench->n_got, 0); /* who waited is forgotten */
	assert_int_equal(bench_ask(bench, mint(bench, 1, 3, NETWORK))->cause, DT_CAUSE_TOKEN_TAKEN);
	bench_free(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mint_is_final_on_the_second_block_of_the_grid),
		cmocka_unit_test(the_confirmation_names_block_and_token_and_is_signed),
		cmocka_unit_test(each_block_names_the_hash_of_the_one_before),
		cmocka_unit_test(an_idle_ledger_schedules_nothing),
		cmocka_unit_test(a_mint_that_the_home_network_did_not_sign_is_refused),
		cmocka_unit_test(a_token_is_never_minted_for_a_second_owner),
		cmocka_unit_test(the_same_mint_again_is_confirmed_again_without_a_second_entry),
		cmocka_unit_test(an_accepted_entry_survives_a_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
