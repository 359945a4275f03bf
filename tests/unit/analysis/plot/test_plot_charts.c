/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <png.h>

#include "analysis/plot/files.h"
#include "tests/unit/analysis/plot/samples.h"

static char *svg_of(struct plot_canvas *canvas, bool inline_html)
{
	struct sim_err err;
	char *svg = NULL;
	assert_non_null(canvas);
	assert_int_equal(plot_svg_text(canvas, inline_html, &svg, &err), SIM_OK);
	return svg;
}

static void nothing_is_drawn_outside_of_the_picture(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		struct plot_canvas *canvas = SAMPLES[i]();
		assert_true(canvas->n > 20);
		for (size_t k = 0; k < canvas->n; k++) {
			double box[4];
			plot_item_bounds(canvas, &canvas->item[k], box);
			assert_true(box[0] >= 0 && box[1] >= 0);
			assert_true(box[2] <= canvas->width && box[3] <= canvas->height);
		}
		plot_canvas_free(canvas);
	}
}

/* The ladder writes its labels over life lines, on a white ground; no text may cross another one. */
static void no_text_covers_another_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		struct plot_canvas *canvas = SAMPLES[i]();
		for (size_t a = 0; a < canvas->n; a++)
			for (size_t b = a + 1; b < canvas->n; b++) {
				double p[4], q[4];
				if (canvas->item[a].shape != PLOT_TEXT || canvas->item[b].shape != PLOT_TEXT)
					continue;
				plot_item_bounds(canvas, &canvas->item[a], p);
				plot_item_bounds(canvas, &canvas->item[b], q);
				if (p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3])
					fail_msg("chart %zu: \"%s\" and \"%s\" overlap", i, canvas->item[a].text,
					         canvas->item[b].text);
			}
		plot_canvas_free(canvas);
	}
}

/* The edge of the window before which all was well is where the line falls. */
static void a_held_value_holds_up_to_the_next_one(void **state)
{
	(void)state;
	static const double x[] = { 0, 60, 120 }, y[] = { 1, 0, 1 };
	const struct plot_series series = { .name = "", .kind = PLOT_HOLDS, .n = 3, .x = x, .y = y };
	struct plot_canvas *canvas = plot_xy(&(struct plot_xy){
		.title = "t", .desc = "d", .x = { .label = "x", .clock = true, .lo = 0, .hi = 180 },
		.y = { .label = "y", .lo = 0, .hi = 1 }, .n_series = 1, .series = &series });
	const struct plot_item *line = NULL;
	for (size_t i = 0; i < canvas->n; i++)
		if (canvas->item[i].shape == PLOT_LINE && canvas->item[i].n == 6)
			line = &canvas->item[i];
	assert_non_null(line);
	const struct plot_point *p = line->point;
	assert_true(p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[4].x);
	assert_true(fabs((p[5].x - p[4].x) - (p[1].x - p[0].x)) < 1e-6);
	plot_canvas_free(canvas);
}

static void the_same_chart_gives_the_same_octets(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SAMPLES; i++) {
		struct plot_canvas *one = SAMPLES[i](), *two = SAMPLES[i]();
		char *a = svg_of(one, false), *b = svg_of(two, false), *again = svg_of(one, false);
		assert_string_equal(a, b);
		assert_string_equal(a, again);
		free(a);
		free(b);
		free(again);
		plot_canvas_free(one);
		plot_canvas_free(two);
	}
}

static void an_svg_scales_and_says_what_it_shows(void **state)
{
	(void)state;
	struct plot_canvas *canvas = sample_ladder();
	char *svg = svg_of(canvas, false);
	assert_ptr_equal(strstr(svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), svg);
	assert_non_null(strstr(svg, "viewBox=\"0 0 900 "));
	assert_non_null(strstr(svg, "<title>Registration and entry of the first surgeon</title>"));
	assert_non_null(strstr(svg, "<desc>Messages in order of sending.</desc>"));
	assert_non_null(strstr(svg, "&lt;SUCI &amp; /profile A&gt;"));
	assert_null(strstr(svg, "id=\"")); /* ids would clash when several stand in one page */
	assert_null(strstr(svg, "<!DOCTYPE"));
	free(svg);
	plot_canvas_free(canvas);
}

static void an_inline_svg_has_no_declaration(void **state)
{
	(void)state;
	struct plot_canvas *canvas = sample_forest();
	char *svg = svg_of(canvas, true);
	assert_ptr_equal(strstr(svg, "<svg "), svg);
	free(svg);
	plot_canvas_free(canvas);
}

static void a_png_has_two_pixels_for_each_of_the_canvas(void **state)
{
	(void)state;
	char path[] = "/tmp/test_plot_XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	struct plot_canvas *canvas = sample_bars();
	struct sim_err err;
	assert_int_equal(plot_png_save(canvas, path, &err), SIM_OK);
	png_image image = { .version = PNG_IMAGE_VERSION };
	assert_true(png_image_begin_read_from_file(&image, path));
	assert_int_equal(image.width, 2 * canvas->width);
	assert_int_equal(image.height, 2 * canvas->height);
	image.format = PNG_FORMAT_GRAY;
	unsigned char *pixel = malloc(PNG_IMAGE_SIZE(image));
	assert_non_null(pixel);
	assert_true(png_image_finish_read(&image, NULL, pixel, 0, NULL));
	size_t dark = 0;
	for (size_t i = 0; i < PNG_IMAGE_SIZE(image); i++)
		dark += pixel[i] < 128;
	assert_int_equal(pixel[0], 255);
	assert_in_range(dark, 1000, PNG_IMAGE_SIZE(image) / 2);
	free(pixel);
	plot_canvas_free(canvas);
	unlink(path);
}

static void a_picture_that_cannot_be_written_is_a_sentence(void **state)
{
	(void)state;
	struct sim_err err = { 0 };
	struct plot_canvas *canvas = sample_forest();
	assert_int_equal(plot_svg_save(canvas, "/nonexistent/chart.svg", &err), SIM_E_IO);
	assert_non_null(strstr(err.text, "/nonexistent/chart.svg"));
	assert_int_equal(plot_png_save(canvas, "/nonexistent/chart.png", &err), SIM_E_IO);
	assert_non_null(strstr(err.text, "/nonexistent/chart.png"));
	plot_canvas_free(canvas);
}

/* AFM of Helvetica: "latency (ms)" is 5445 thousandths of the size wide. */
static void a_text_is_as_wide_as_helvetica(void **state)
{
	(void)state;
	struct plot_canvas *canvas = sample_forest();
	const struct plot_letter letter = { "#000000", 12, PLOT_REGULAR, PLOT_LEFT, false };
	assert_true(fabs(plot_text_width(canvas, &letter, "latency (ms)") - 65.34) < 0.01);
	plot_canvas_free(canvas);
}

static void what_latin_1_lacks_becomes_its_relative(void **state)
{
	(void)state;
	static const char *const PAIRS[][2] = {
		{ "5 \xc2\xb5s", "5 \xb5s" }, { "a \xe2\x80\x93 b\xe2\x80\xa6", "a - b..." },
		{ "\xe2\x89\xa5 1", ">= 1" }, { "\xe4\xb8\xad", "?" }, { "\xff\xc3", "??" },
		{ "a\tb\x01", "a b " }, { "\\sp", "/sp" }, { "", "" } };
	for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
		char *got = plot_latin1(PAIRS[i][0]);
		assert_string_equal(got, PAIRS[i][1]);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_drawn_outside_of_the_picture),
		cmocka_unit_test(no_text_covers_another_text),
		cmocka_unit_test(a_held_value_holds_up_to_the_next_one),
		cmocka_unit_test(the_same_chart_gives_the_same_octets),
		cmocka_unit_test(an_svg_scales_and_says_what_it_shows),
		cmocka_unit_test(an_inline_svg_has_no_declaration),
		cmocka_unit_test(a_png_has_two_pixels_for_each_of_the_canvas),
		cmocka_unit_test(a_picture_that_cannot_be_written_is_a_sentence),
		cmocka_unit_test(a_text_is_as_wide_as_helvetica),
		cmocka_unit_test(what_latin_1_lacks_becomes_its_relative),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
