/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Damaged scenarios: whatever the octets, loading says yes or says what is wrong; with a sanitizer,
 * that it does so inside its memory. The damage is systematic, so a failure can be repeated.
 */
#include "tests/unit/scenarios/loading.inc"

struct text {
	char octet[65536];
	size_t n;
};

static void read_shipped(struct text *text)
{
	FILE *file = fopen("scenarios/two-surgeons.yaml", "r");

	assert_non_null(file);
	text->n = fread(text->octet, 1, sizeof text->octet, file);
	fclose(file);
	assert_in_range(text->n, 1000, sizeof text->octet - 1);
}

/* A yes has a scenario, a no has messages with the file's name. */
static void either_good_or_told(struct loading *l, const struct text *text)
{
	loading_write(l, "m.yaml", text->octet, text->n);
	loading_load(l, "m.yaml", NULL);
	if (l->code == SIM_OK) {
		assert_non_null(l->scn);
		assert_string_equal(l->messages, "");
		return;
	}
	assert_int_equal(l->code, SIM_E_INPUT);
	assert_null(l->scn);
	assert_int_equal(strncmp(l->messages, "m.yaml:", 7), 0);
	assert_int_equal(l->messages[strlen(l->messages) - 1], '\n');
}

static void a_truncated_scenario_is_good_or_told(void **state)
{
	struct loading *l = *state;
	struct text text;

	read_shipped(&text);
	for (size_t n = text.n; n-- > 0;) {
		text.n = n;
		if (n % 7 == 0 || n < 100) /* a step prime to the columns meets every kind of place */
			either_good_or_told(l, &text);
	}
}

static void a_scenario_with_one_octet_changed_is_good_or_told(void **state)
{
	static const char octets[] = "\0\n\t :{}[]#&*!|>'\"%@`,-?~0\x80\xff";
	struct loading *l = *state;
	struct text text;

	read_shipped(&text);
	for (size_t i = 0, k = 0; i < text.n; i += 5, k++) {
		char was = text.octet[i];

		text.octet[i] = octets[k % (sizeof octets - 1)];
		either_good_or_told(l, &text);
		text.octet[i] = was;
	}
}

static void a_scenario_without_one_line_is_good_or_told(void **state)
{
	struct loading *l = *state;
	struct text whole, text;

	read_shipped(&whole);
	for (size_t begin = 0, end; begin < whole.n; begin = end) {
		const char *newline = memchr(whole.octet + begin, '\n', whole.n - begin);

		end = newline ? (size_t)(newline - whole.octet) + 1 : whole.n;
		memcpy(text.octet, whole.octet, begin);
		memcpy(text.octet + begin, whole.octet + end, whole.n - end);
		text.n = whole.n - (end - begin);
		either_good_or_told(l, &text);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, loading_set_up, loading_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_truncated_scenario_is_good_or_told),
		TEST(a_scenario_with_one_octet_changed_is_good_or_told),
		TEST(a_scenario_without_one_line_is_good_or_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
