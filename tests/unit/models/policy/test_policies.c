/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every pseudonym policy of pol_list.h must keep to, and what the shipped ones go by. */
#include "models/policy/policy.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const uint32_t sessions[] = {0, 1, 2, 40, UINT32_MAX - 1, UINT32_MAX};
static const uint16_t hospitals[] = {0, 1, 2, 7, UINT16_MAX};
enum {
	N_SESSIONS = sizeof sessions / sizeof *sessions,
	N_HOSPITALS = sizeof hospitals / sizeof *hospitals,
	N_VIEWS = N_SESSIONS * N_HOSPITALS
};

static struct pol_view view_of(uint32_t i)
{
	return (struct pol_view){.session = sessions[i % N_SESSIONS],
	                         .hospital = hospitals[i / N_SESSIONS]};
}

static const struct pol_entry *find(const char *name)
{
	for (uint32_t p = 0; p < pol_n_entries; p++)
		if (strcmp(pol_entries[p]->name, name) == 0)
			return pol_entries[p];
	fail_msg("no policy `%s`", name);
	return NULL;
}

static void every_policy_is_called_as_its_file_and_its_line(void **state)
{
	static const char *const listed[] = {
#define POLICY(name) #name,
#include "models/policy/pol_list.h"
#undef POLICY
	};
	(void)state;
	assert_int_equal(pol_n_entries, sizeof listed / sizeof *listed);
	for (uint32_t p = 0; p < pol_n_entries; p++) {
		char path[128];
		assert_string_equal(pol_entries[p]->name, listed[p]);
		snprintf(path, sizeof path, "models/policy/pol_%s.c", pol_entries[p]->name);
		assert_int_equal(access(path, R_OK), 0); /* tests run in the project's root */
	}
}

static void every_policy_says_what_it_does_and_where_it_comes_from(void **state)
{
	(void)state;
	for (uint32_t p = 0; p < pol_n_entries; p++) {
		assert_true(pol_entries[p]->doc && strlen(pol_entries[p]->doc) > 0);
		assert_true(pol_entries[p]->source && strlen(pol_entries[p]->source) > 0);
	}
}

/* Asked forwards, then backwards with other questions in between. */
static void equal_views_have_equal_scopes_whatever_was_asked_before(void **state)
{
	(void)state;
	for (uint32_t p = 0; p < pol_n_entries; p++) {
		uint64_t first[N_VIEWS];
		for (uint32_t i = 0; i < N_VIEWS; i++) {
			struct pol_view view = view_of(i);
			first[i] = pol_entries[p]->scope(&view);
		}
		for (uint32_t i = N_VIEWS; i-- > 0;) {
			struct pol_view view = view_of(i), other = view_of(i * 7 % N_VIEWS);
			pol_entries[p]->scope(&other);
			assert_int_equal(pol_entries[p]->scope(&view), first[i]);
		}
	}
}

/* Two views share a pseudonym exactly when they agree in what the policy goes by. */
static void shares_by(const char *name, bool by_session, bool by_hospital)
{
	const struct pol_entry *policy = find(name);

	for (uint32_t i = 0; i < N_VIEWS; i++)
		for (uint32_t j = 0; j < N_VIEWS; j++) {
			struct pol_view a = view_of(i), b = view_of(j);
			bool same = (!by_session || a.session == b.session) &&
			            (!by_hospital || a.hospital == b.hospital);
			assert_int_equal(policy->scope(&a) == policy->scope(&b), same);
		}
}

static void static_has_one_scope_for_everything(void **state)
{
	(void)state;
	shares_by("static", false, false);
}

static void per_hospital_differs_by_the_hospital_and_nothing_else(void **state)
{
	(void)state;
	shares_by("per_hospital", false, true);
}

static void per_session_differs_by_the_session_and_nothing_else(void **state)
{
	(void)state;
	shares_by("per_session", true, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_policy_is_called_as_its_file_and_its_line),
		cmocka_unit_test(every_policy_says_what_it_does_and_where_it_comes_from),
		cmocka_unit_test(equal_views_have_equal_scopes_whatever_was_asked_before),
		cmocka_unit_test(static_has_one_scope_for_everything),
		cmocka_unit_test(per_hospital_differs_by_the_hospital_and_nothing_else),
		cmocka_unit_test(per_session_differs_by_the_session_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
