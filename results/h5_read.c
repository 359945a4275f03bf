/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/h5.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

/* Number of values of a space with one dimension at most; -1 for others. */
static hssize_t length_of(hid_t space)
{
	return H5Sget_simple_extent_ndims(space) <= 1 ? H5Sget_simple_extent_npoints(space) : -1;
}

static bool is_fixed_text(hid_t type)
{
	return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0;
}

/* Pointers and NUL-terminated texts in one block, made of cells of one width. */
static char **texts_of(const char *cells, size_t width, hsize_t n)
{
	char **text = malloc((n + 1) * sizeof *text + n * (width + 1));
	SIM_ASSERT(text != NULL);
	char *to = (char *)(text + n + 1);
	for (hsize_t i = 0; i < n; i++, to += width + 1) {
		memcpy(to, cells + i * width, width);
		to[width] = '\0';
		text[i] = to;
	}
	text[n] = NULL;
	return text;
}

typedef herr_t read_cells(hid_t object, hid_t type, void *cells);

static herr_t read_attr(hid_t object, hid_t type, void *cells)
{
	return H5Aread(object, type, cells);
}

static herr_t read_dataset(hid_t object, hid_t type, void *cells)
{
	return H5Dread(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells);
}

static char **read_texts(hid_t object, hid_t type, hid_t space, read_cells *from, hsize_t *n)
{
	hssize_t count = length_of(space);
	if (count < 0 || !is_fixed_text(type))
		return NULL;
	size_t width = H5Tget_size(type);
	hid_t memory = res_h5_string(width);
	char *cells = calloc((size_t)count + 1, width);
	SIM_ASSERT(cells != NULL);
	char **texts = NULL;
	if (count == 0 || from(object, memory, cells) >= 0)
		texts = texts_of(cells, width, (hsize_t)count);
	H5Tclose(memory);
	free(cells);
	*n = (hsize_t)count;
	return texts;
}

char **res_h5_read_attr_texts(hid_t where, const char *name, hsize_t *n)
{
	hid_t attr = H5Aexists(where, name) > 0 ? H5Aopen(where, name, H5P_DEFAULT) : -1;
	if (attr < 0)
		return NULL;
	hid_t type = H5Aget_type(attr), space = H5Aget_space(attr);
	char **texts = read_texts(attr, type, space, read_attr, n);
	H5Sclose(space);
	H5Tclose(type);
	H5Aclose(attr);
	return texts;
}

static hid_t open_dataset(hid_t where, const char *name)
{
	return H5Lexists(where, name, H5P_DEFAULT) > 0 ? H5Dopen2(where, name, H5P_DEFAULT) : -1;
}

char **res_h5_read_texts(hid_t where, const char *name, hsize_t *n)
{
	hid_t data = open_dataset(where, name);
	if (data < 0)
		return NULL;
	hid_t type = H5Dget_type(data), space = H5Dget_space(data);
	char **texts = read_texts(data, type, space, read_dataset, n);
	H5Sclose(space);
	H5Tclose(type);
	H5Dclose(data);
	return texts;
}

static char *only_one(char **texts, hsize_t n)
{
	char *text = texts && n == 1 ? strdup(texts[0]) : NULL;
	free(texts);
	return text;
}

char *res_h5_read_attr_text(hid_t where, const char *name)
{
	hsize_t n = 0;
	char **texts = res_h5_read_attr_texts(where, name, &n);
	return only_one(texts, n);
}

char *res_h5_read_long_text(hid_t where, const char *name, size_t *length)
{
	hsize_t n = 0;
	char **texts = res_h5_read_texts(where, name, &n);
	char *text = only_one(texts, n);
	*length = text ? strlen(text) : 0;
	return text;
}

int res_h5_read_attr_numbers(hid_t where, const char *name, hid_t memory_type, void *out, hsize_t n)
{
	hid_t attr = H5Aexists(where, name) > 0 ? H5Aopen(where, name, H5P_DEFAULT) : -1;
	if (attr < 0)
		return -1;
	hid_t type = H5Aget_type(attr), space = H5Aget_space(attr);
	bool right = length_of(space) == (hssize_t)n && H5Tget_class(type) == H5Tget_class(memory_type);
	int result = right && H5Aread(attr, memory_type, out) >= 0 ? 0 : -1;
	H5Sclose(space);
	H5Tclose(type);
	H5Aclose(attr);
	return result;
}

int res_h5_check_column(hid_t where, const char *name, enum rec_type expected, hsize_t *n)
{
	hid_t data = open_dataset(where, name);
	if (data < 0)
		return -1;
	hid_t type = H5Dget_type(data), space = H5Dget_space(data);
	hssize_t count = length_of(space);
	bool right = count >= 0 && H5Tequal(type, res_h5_file_type(expected)) > 0;
	H5Sclose(space);
	H5Tclose(type);
	H5Dclose(data);
	*n = right ? (hsize_t)count : 0;
	return right ? 0 : -1;
}

int res_h5_read_column(hid_t where, const char *name, enum rec_type type, void *out, hsize_t n)
{
	hsize_t found;
	if (res_h5_check_column(where, name, type, &found) || found != n)
		return -1;
	hid_t data = open_dataset(where, name);
	if (data < 0)
		return -1;
	herr_t result = n == 0 ? 0 : H5Dread(data, res_h5_memory_type(type), H5S_ALL, H5S_ALL,
	                                     H5P_DEFAULT, out);
	H5Dclose(data);
	return result < 0 ? -1 : 0;
}
