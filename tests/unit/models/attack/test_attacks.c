/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every attack of atk_list.h must keep to, and what the shipped ones do to a counting world. */
#include "models/attack/attack.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KIND_ATTACK = 9, PURPOSE = 5, N_CELLS = 7, NF_UDM = 3, MAX_STEPS = 4 };

struct step {
	int64_t t_ns;
	int nf, up;
};

/* A world without a network: it notes what the attack does. */
struct world {
	struct sim *sim;
	const struct atk_entry *entry;
	struct atk_port port;
	void *config;
	uint32_t n_suci, n_in_cell[N_CELLS];
	int64_t first_ns, last_ns;
	uint8_t output[2][64]; /* the last two */
	uint32_t n_octets;
	uint32_t n_steps;
	struct step step[MAX_STEPS];
};

static void inject_suci(void *context, uint32_t attack, uint32_t cell, uint32_t k,
                        const uint8_t *output, uint32_t n)
{
	struct world *w = context;

	assert_int_equal(attack, w->port.index);
	assert_int_equal(k, w->n_suci);
	assert_true(cell < N_CELLS && n <= sizeof w->output[0]);
	if (w->n_suci++ == 0)
		w->first_ns = w->sim->now_ns;
	w->last_ns = w->sim->now_ns;
	w->n_in_cell[cell]++;
	w->n_octets = n;
	memcpy(w->output[k % 2], output, n);
}

static uint32_t n_cells(void *context)
{
	(void)context;
	return N_CELLS;
}

static int nf_find(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "udm") == 0 ? NF_UDM : -1;
}

static void note(struct world *w, int nf, int up)
{
	assert_true(w->n_steps < MAX_STEPS);
	w->step[w->n_steps++] = (struct step){.t_ns = w->sim->now_ns, .nf = nf, .up = up};
}

static void nf_down(void *context, int nf)
{
	note(context, nf, 0);
}

static void nf_up(void *context, int nf)
{
	note(context, nf, 1);
}

static void wake(void *context, const struct sim_event *event)
{
	struct world *w = context;

	assert_int_equal(event->to, w->port.index);
	w->entry->wake(&w->port, w->config, event);
}

static const struct sim_param *row(const struct atk_entry *entry, const char *key)
{
	for (size_t i = 0; i < entry->section->n_rows; i++)
		if (strcmp(entry->section->rows[i].key, key) == 0)
			return &entry->section->rows[i];
	return NULL;
}

/* A configuration in which nothing is zero: start 1 h, duration 1000 s, rates 100/s, the UDM. */
static void *a_config(const struct atk_entry *entry)
{
	char *config = calloc(1, entry->section->size);

	assert_non_null(config);
	for (size_t i = 0; i < entry->section->n_rows; i++) {
		const struct sim_param *r = &entry->section->rows[i];
		if (r->type == SIM_PAR_QUANTITY && r->quantity == SIM_Q_RATE)
			*(double *)(config + r->offset) = 100;
		if (r->type == SIM_PAR_TEXT)
			strcpy(config + r->offset, "udm");
	}
	*(struct atk_common *)config = (struct atk_common){
		.start_ns = 3600 * SIM_NS_PER_S, .duration_ns = 1000 * SIM_NS_PER_S};
	return config;
}

static struct world *a_world(const struct atk_entry *entry)
{
	struct world *w = calloc(1, sizeof *w);

	assert_non_null(w);
	w->sim = sim_new(1, 0);
	w->entry = entry;
	w->config = a_config(entry);
	w->port = (struct atk_port){
		.sim = w->sim, .kind = KIND_ATTACK, .index = 2, .purpose = PURPOSE, .world = w,
		.inject_suci = inject_suci, .n_cells = n_cells, .nf_find = nf_find,
		.nf_down = nf_down, .nf_up = nf_up};
	sim_on(w->sim, KIND_ATTACK, wake, w);
	return w;
}

static void free_world(struct world *w)
{
	sim_free(w->sim);
	free(w->config);
	free(w);
}

static const struct atk_entry *find(const char *name)
{
	for (uint32_t a = 0; a < atk_n_entries; a++)
		if (strcmp(atk_entries[a]->name, name) == 0)
			return atk_entries[a];
	fail_msg("no attack `%s`", name);
	return NULL;
}

static void every_attack_is_called_as_its_file_and_its_line(void **state)
{
	static const char *const listed[] = {
#define ATTACK(name) #name,
#include "models/attack/atk_list.h"
#undef ATTACK
	};
	(void)state;
	assert_int_equal(atk_n_entries, sizeof listed / sizeof *listed);
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		char path[128];
		assert_string_equal(atk_entries[a]->name, listed[a]);
		snprintf(path, sizeof path, "models/attack/atk_%s.c", atk_entries[a]->name);
		assert_int_equal(access(path, R_OK), 0); /* tests run in the project's root */
	}
}

static void every_attack_has_doc_source_and_oracle(void **state)
{
	(void)state;
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		assert_true(atk_entries[a]->doc && strlen(atk_entries[a]->doc) > 0);
		assert_true(atk_entries[a]->source && strlen(atk_entries[a]->source) > 0);
		assert_true(atk_entries[a]->oracle && strlen(atk_entries[a]->oracle) > 0);
	}
}

static void every_configuration_begins_with_start_and_duration(void **state)
{
	(void)state;
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		const struct sim_param *start = row(atk_entries[a], "start");
		const struct sim_param *duration = row(atk_entries[a], "duration");
		assert_true(atk_entries[a]->section->size >= sizeof(struct atk_common));
		assert_true(start && start->type == SIM_PAR_DURATION);
		assert_true(duration && duration->type == SIM_PAR_DURATION);
		assert_int_equal(start->offset, offsetof(struct atk_common, start_ns));
		assert_int_equal(duration->offset, offsetof(struct atk_common, duration_ns));
	}
}

/* The proof that the tests below for nothing can fail. */
static void every_attack_schedules_something_from_its_start_on(void **state)
{
	(void)state;
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		struct world *w = a_world(atk_entries[a]);
		atk_entries[a]->start(&w->port, w->config);
		assert_true(sim_next_ns(w->sim) >= 3600 * SIM_NS_PER_S);
		assert_true(sim_next_ns(w->sim) < 4600 * SIM_NS_PER_S);
		free_world(w);
	}
}

static void an_attack_of_no_duration_schedules_nothing(void **state)
{
	(void)state;
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		struct world *w = a_world(atk_entries[a]);
		((struct atk_common *)w->config)->duration_ns = 0;
		atk_entries[a]->start(&w->port, w->config);
		assert_int_equal(sim_next_ns(w->sim), SIM_TIME_MAX);
		free_world(w);
	}
}

static void an_attack_of_rate_zero_schedules_nothing(void **state)
{
	uint32_t with_rate = 0;

	(void)state;
	for (uint32_t a = 0; a < atk_n_entries; a++) {
		const struct sim_param *rate = row(atk_entries[a], "rate");
		if (!rate)
			continue;
		with_rate++;
		assert_int_equal(rate->type, SIM_PAR_QUANTITY);
		struct world *w = a_world(atk_entries[a]);
		*(double *)((char *)w->config + rate->offset) = 0;
		atk_entries[a]->start(&w->port, w->config);
		assert_int_equal(sim_next_ns(w->sim), SIM_TIME_MAX);
		free_world(w);
	}
	assert_true(with_rate >= 1);
}

static void a_flood_has_its_mean_rate_within_its_duration(void **state)
{
	struct world *w = a_world(find("suci_flood"));
	const double expected = 100 * 1000; /* 100/s for 1000 s: Poisson, so the variance is the same */

	(void)state;
	w->entry->start(&w->port, w->config);
	sim_run_until(w->sim, 10000 * SIM_NS_PER_S);
	assert_true(fabs(w->n_suci - expected) < 4 * sqrt(expected));
	assert_true(w->first_ns >= 3600 * SIM_NS_PER_S && w->first_ns < 3601 * SIM_NS_PER_S);
	assert_true(w->last_ns >= 4599 * SIM_NS_PER_S && w->last_ns < 4600 * SIM_NS_PER_S);
	assert_int_equal(sim_next_ns(w->sim), SIM_TIME_MAX);
	assert_int_equal(w->n_steps, 0);
	free_world(w);
}

/* Scheme output of profile A: key of 32 octets, ten digits in 5, tag of 8 (TS 33.501 C.3.4.1). */
static void a_flood_spreads_fresh_scheme_outputs_evenly_over_the_cells(void **state)
{
	struct world *w = a_world(find("suci_flood"));

	(void)state;
	w->entry->start(&w->port, w->config);
	sim_run_until(w->sim, 10000 * SIM_NS_PER_S);
	assert_int_equal(w->n_octets, 32 + 5 + 8);
	assert_memory_not_equal(w->output[0], w->output[1], w->n_octets);
	for (uint32_t c = 0; c < N_CELLS; c++)
		assert_true(w->n_in_cell[c] == w->n_suci / N_CELLS ||
		            w->n_in_cell[c] == w->n_suci / N_CELLS + 1);
	free_world(w);
}

static void a_crash_takes_its_function_down_and_then_up(void **state)
{
	struct world *w = a_world(find("crash"));

	(void)state;
	w->entry->start(&w->port, w->config);
	sim_run_until(w->sim, 10000 * SIM_NS_PER_S);
	assert_int_equal(w->n_steps, 2);
	assert_int_equal(w->step[0].nf, NF_UDM);
	assert_int_equal(w->step[0].up, 0);
	assert_int_equal(w->step[0].t_ns, 3600 * SIM_NS_PER_S);
	assert_int_equal(w->step[1].nf, NF_UDM);
	assert_int_equal(w->step[1].up, 1);
	assert_int_equal(w->step[1].t_ns, 4600 * SIM_NS_PER_S);
	assert_int_equal(w->n_suci, 0);
	free_world(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_attack_is_called_as_its_file_and_its_line),
		cmocka_unit_test(every_attack_has_doc_source_and_oracle),
		cmocka_unit_test(every_configuration_begins_with_start_and_duration),
		cmocka_unit_test(every_attack_schedules_something_from_its_start_on),
		cmocka_unit_test(an_attack_of_no_duration_schedules_nothing),
		cmocka_unit_test(an_attack_of_rate_zero_schedules_nothing),
		cmocka_unit_test(a_flood_has_its_mean_rate_within_its_duration),
		cmocka_unit_test(a_flood_spreads_fresh_scheme_outputs_evenly_over_the_cells),
		cmocka_unit_test(a_crash_takes_its_function_down_and_then_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
