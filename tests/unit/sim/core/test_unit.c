/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/rng.h"
#include "sim/core/unit.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>

static double parsed(enum sim_quantity quantity, const char *text)
{
	double value = -12345;
	const char *why = "";

	if (sim_unit_parse(quantity, text, &value, &why) != 0)
		fail_msg("\"%s\" %s", text, why);
	return value;
}

static const char *refusal(enum sim_quantity quantity, const char *text)
{
	double value = 42;
	const char *why = NULL;

	if (sim_unit_parse(quantity, text, &value, &why) == 0)
		fail_msg("\"%s\" was taken as %g", text, value);
	assert_true(value == 42);
	return why;
}

static void every_quantity_is_read_in_its_units(void **state)
{
	(void)state;
	assert_true(parsed(SIM_Q_DURATION, "15 s") == 15e9);
	assert_true(parsed(SIM_Q_DURATION, "15s") == 15e9);
	assert_true(parsed(SIM_Q_DURATION, "1d 10h 30min") == 124200e9);
	assert_true(parsed(SIM_Q_DURATION, "1 d 10 h 30 min") == 124200e9);
	assert_true(parsed(SIM_Q_DURATION, "1h30min") == 5400e9);
	assert_true(parsed(SIM_Q_DURATION, "0.1 us") == 100);
	assert_true(parsed(SIM_Q_DURATION, "1e-3 s") == 1e6);
	assert_true(parsed(SIM_Q_DURATION, "0 s") == 0);
	assert_true(parsed(SIM_Q_RATE, "80/s") == 80);
	assert_true(parsed(SIM_Q_RATE, "30 /min") == 0.5);
	assert_true(parsed(SIM_Q_LENGTH, "25 m") == 25);
	assert_true(parsed(SIM_Q_LENGTH, "1 mm") == 0.001);
	assert_true(parsed(SIM_Q_SPEED, "36 km/h") == 10);
	assert_true(parsed(SIM_Q_BITRATE, "1 Gbit/s") == 1e9);
	assert_true(parsed(SIM_Q_OCTETS, "2 KiB") == 2048);
	assert_true(parsed(SIM_Q_OCTETS, "2 kB") == 2000);
	assert_true(parsed(SIM_Q_FREQUENCY, "3.5 GHz") == 3.5e9);
	assert_true(parsed(SIM_Q_POWER, "-90 dBm") == -90);
	assert_true(parsed(SIM_Q_GAIN, "3 dB") == 3);
	assert_true(parsed(SIM_Q_NUMBER, "12 %") == 0.12);
	assert_true(parsed(SIM_Q_NUMBER, "-1.5e2") == -150);
	assert_true(parsed(SIM_Q_COUNT, "1000000") == 1e6);
}

static void a_duration_is_exact_to_the_nanosecond(void **state)
{
	(void)state;
	assert_true(parsed(SIM_Q_DURATION, "9007199.254740991 s") == 0x1p53 - 1);
	assert_true(parsed(SIM_Q_DURATION, "1.1 d") == 95040e9);
	assert_true(parsed(SIM_Q_DURATION, "104d 5h 59min 59.254740991s") == 9007199254740991.0);
}

static void a_number_without_a_unit_is_refused_and_the_units_are_named(void **state)
{
	(void)state;
	assert_string_equal(refusal(SIM_Q_DURATION, "15"), "has no unit; allowed: ns us ms s min h d");
	assert_string_equal(refusal(SIM_Q_DURATION, "1d 10"),
	                    "has no unit; allowed: ns us ms s min h d");
	assert_string_equal(refusal(SIM_Q_RATE, "80"), "has no unit; allowed: /s /min /h /d");
}

static void a_unit_of_another_quantity_is_refused(void **state)
{
	(void)state;
	assert_non_null(strstr(refusal(SIM_Q_DURATION, "5 m"), "allowed: ns us ms s min h d"));
	assert_non_null(strstr(refusal(SIM_Q_LENGTH, "5 s"), "allowed: mm m km"));
	refusal(SIM_Q_DURATION, "5 S");
	refusal(SIM_Q_POWER, "3 dB");
	refusal(SIM_Q_NUMBER, "3 s");
	refusal(SIM_Q_COUNT, "3 %");
}

static void what_only_strtod_would_take_is_refused(void **state)
{
	static const char *const texts[] = {"nan s", "NaN s", "inf s", "infinity s", "0x10 s", "010 s",
		"1e400 s", "1e s", ".5 s", "5. s", "+5 s", "--5 s", "- s", "", " ", "s", "1,5 s", "1_0 s",
		"1 s s", "15 seconds", "1e309 d"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		refusal(SIM_Q_DURATION, texts[i]);
}

static void a_negative_or_endless_duration_is_refused(void **state)
{
	(void)state;
	assert_string_equal(refusal(SIM_Q_DURATION, "-5 s"), "is negative");
	assert_string_equal(refusal(SIM_Q_DURATION, "1000000 d"), "is longer than 292 years");
	assert_string_equal(refusal(SIM_Q_DURATION, "1e400 s"), "is too large");
	assert_string_equal(refusal(SIM_Q_RATE, "-1/s"), "is negative");
}

static void a_count_is_a_whole_number(void **state)
{
	(void)state;
	assert_string_equal(refusal(SIM_Q_COUNT, "1.5"), "is not a whole number");
	assert_string_equal(refusal(SIM_Q_COUNT, "1e300"), "is too large");
}

static void only_durations_are_sums(void **state)
{
	(void)state;
	refusal(SIM_Q_LENGTH, "1 km 5 m");
	refusal(SIM_Q_NUMBER, "1 2");
}

static void minus_zero_is_zero(void **state)
{
	(void)state;
	assert_false(signbit(parsed(SIM_Q_NUMBER, "-0")));
	assert_false(signbit(parsed(SIM_Q_DURATION, "-0 s")));
}

static void assert_written(enum sim_quantity quantity, double value, const char *text)
{
	char buffer[64];
	assert_string_equal(sim_unit_format(quantity, value, buffer, sizeof buffer), text);
}

static void values_are_written_in_the_unit_that_people_would_choose(void **state)
{
	(void)state;
	assert_written(SIM_Q_DURATION, 15e9, "15 s");
	assert_written(SIM_Q_DURATION, 124200e9, "1d 10h 30min");
	assert_written(SIM_Q_DURATION, 90e9, "1min 30s");
	assert_written(SIM_Q_DURATION, 15600e3, "15.6 ms");
	assert_written(SIM_Q_DURATION, 0, "0 s");
	assert_written(SIM_Q_DURATION, 7, "7 ns");
	assert_written(SIM_Q_RATE, 80, "80/s");
	assert_written(SIM_Q_RATE, 0.5, "30/min");
	assert_written(SIM_Q_BITRATE, 1e9, "1 Gbit/s");
	assert_written(SIM_Q_LENGTH, 25, "25 m");
	assert_written(SIM_Q_LENGTH, 1500, "1.5 km");
	assert_written(SIM_Q_OCTETS, 1400, "1.4 kB");
	assert_written(SIM_Q_FREQUENCY, 3.5e9, "3.5 GHz");
	assert_written(SIM_Q_POWER, -90, "-90 dBm");
	assert_written(SIM_Q_GAIN, 0, "0 dB");
	assert_written(SIM_Q_NUMBER, 0.12, "0.12");
	assert_written(SIM_Q_COUNT, 12, "12");
}

/* A property: whatever is written reads back as the very same double. */
static void what_is_written_reads_back_as_the_same_value(void **state)
{
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	char buffer[64];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		enum sim_quantity quantity = (enum sim_quantity)sim_stream_below(&stream, SIM_Q_GAIN + 1);
		double value = exp(40 * sim_stream_u01(&stream) - 10);
		if (quantity == SIM_Q_DURATION || quantity == SIM_Q_COUNT || i % 3 == 0)
			value = floor(value);
		if (quantity == SIM_Q_DURATION && i % 2)
			value = floor(value / 1e9) * 1e9;
		sim_unit_format(quantity, value, buffer, sizeof buffer);
		if (parsed(quantity, buffer) != value)
			fail_msg("%s %.17g was written as \"%s\"", sim_unit_quantity_name(quantity), value,
			         buffer);
	}
}

static void every_quantity_has_a_name_and_names_its_units(void **state)
{
	(void)state;
	for (int i = 0; i <= SIM_Q_GAIN; i++) {
		assert_true(strlen(sim_unit_quantity_name((enum sim_quantity)i)) > 2);
		assert_true(strlen(sim_unit_allowed((enum sim_quantity)i)) > 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_quantity_is_read_in_its_units),
		cmocka_unit_test(a_duration_is_exact_to_the_nanosecond),
		cmocka_unit_test(a_number_without_a_unit_is_refused_and_the_units_are_named),
		cmocka_unit_test(a_unit_of_another_quantity_is_refused),
		cmocka_unit_test(what_only_strtod_would_take_is_refused),
		cmocka_unit_test(a_negative_or_endless_duration_is_refused),
		cmocka_unit_test(a_count_is_a_whole_number),
		cmocka_unit_test(only_durations_are_sums),
		cmocka_unit_test(minus_zero_is_zero),
		cmocka_unit_test(values_are_written_in_the_unit_that_people_would_choose),
		cmocka_unit_test(what_is_written_reads_back_as_the_same_value),
		cmocka_unit_test(every_quantity_has_a_name_and_names_its_units),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
