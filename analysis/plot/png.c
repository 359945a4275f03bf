/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libplot's own PNG has no anti-aliasing: its PNM, larger than wanted, is averaged down here. */
#include "analysis/plot/files.h"
#include "analysis/plot/pen.h"
#include <errno.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

struct bitmap {
	size_t width, height;
	size_t oversample; /* rendered so many times larger each way */
	unsigned char *rgb;
};

/* The raster behind the head "P6 # comment width height 255"; NULL when it is something else. */
static const unsigned char *raster_of(const char *pnm, size_t size, size_t width, size_t height)
{
	const size_t octets = 3 * width * height;
	if (size < octets + 2 || memcmp(pnm, "P6", 2) != 0)
		return NULL;
	return (const unsigned char *)pnm + (size - octets);
}

/* A tall ladder at four times its size would need more than a gigabyte while it is drawn. */
static size_t oversample_for(size_t width, size_t height)
{
	const size_t most_pixels = 40000000;
	size_t n = PLOT_PNG_OVERSAMPLE;
	while (n > 1 && n * n * width * height > most_pixels)
		n--;
	return n;
}

static enum sim_code render(const struct plot_canvas *canvas, size_t oversample, char **pnm,
                            size_t *size)
{
	FILE *stream = open_memstream(pnm, size);
	if (!stream)
		return SIM_E_MEMORY;
	void *plotter = plot_pen_open("pnm", stream, canvas->width, canvas->height,
	                              PLOT_PNG_DENSITY * (int)oversample);
	for (size_t i = 0; plotter && i < canvas->n; i++)
		plot_pen_draw(plotter, canvas, &canvas->item[i], true);
	if (plotter)
		plot_pen_close(plotter);
	return fclose(stream) == 0 && plotter ? SIM_OK : SIM_E_MEMORY;
}

static unsigned char mean_of_block(const unsigned char *raster, size_t n, size_t stride, size_t x,
                                   size_t y, size_t channel)
{
	size_t sum = n * n / 2;
	for (size_t j = 0; j < n; j++)
		for (size_t i = 0; i < n; i++)
			sum += raster[(n * y + j) * stride + 3 * (n * x + i) + channel];
	return (unsigned char)(sum / (n * n));
}

static void reduce(const unsigned char *raster, struct bitmap *out)
{
	const size_t n = out->oversample, stride = 3 * n * out->width;
	for (size_t y = 0; y < out->height; y++)
		for (size_t x = 0; x < out->width; x++)
			for (size_t c = 0; c < 3; c++)
				out->rgb[3 * (y * out->width + x) + c] = mean_of_block(raster, n, stride, x, y, c);
}

static enum sim_code draw(const struct plot_canvas *canvas, struct bitmap *out)
{
	out->width = (size_t)canvas->width * PLOT_PNG_DENSITY;
	out->height = (size_t)canvas->height * PLOT_PNG_DENSITY;
	out->oversample = oversample_for(out->width, out->height);
	out->rgb = malloc(3 * out->width * out->height);
	char *pnm = NULL;
	size_t size = 0;
	enum sim_code code = SIM_E_MEMORY;
	if (out->rgb && !canvas->failed)
		code = render(canvas, out->oversample, &pnm, &size);
	if (!code) {
		const unsigned char *raster = raster_of(pnm, size, out->width * out->oversample,
		                                        out->height * out->oversample);
		if (raster)
			reduce(raster, out);
		else
			code = SIM_E_MEMORY;
	}
	free(pnm);
	return code;
}

enum sim_code plot_png_save(const struct plot_canvas *canvas, const char *path, struct sim_err *err)
{
	struct bitmap bitmap = { 0 };
	if (draw(canvas, &bitmap)) {
		free(bitmap.rgb);
		return sim_fail(err, SIM_E_MEMORY, "out of memory while drawing %s", path);
	}
	png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32)bitmap.width,
	                    .height = (png_uint_32)bitmap.height, .format = PNG_FORMAT_RGB };
	const int written = png_image_write_to_file(&image, path, 0, bitmap.rgb, 0, NULL);
	free(bitmap.rgb);
	if (!written)
		return sim_fail(err, SIM_E_IO, "%s: cannot write the picture: %s (%s)", path, image.message,
		                strerror(errno));
	return SIM_OK;
}
