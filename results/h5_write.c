/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/h5.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

static int attr_write(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                      hid_t space, const void *values)
{
	hid_t attr = H5Acreate2(where, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT);
	int failed = attr < 0;
	if (!failed)
		failed = H5Awrite(attr, memory_type, values) < 0 || H5Aclose(attr) < 0;
	H5Sclose(space);
	return failed ? -1 : 0;
}

int res_h5_attr_numbers(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                        const void *values, hsize_t n)
{
	return attr_write(where, name, file_type, memory_type, H5Screate_simple(1, &n, NULL), values);
}

int res_h5_attr_number(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                       const void *value)
{
	return attr_write(where, name, file_type, memory_type, H5Screate(H5S_SCALAR), value);
}

int res_h5_attr_text(hid_t where, const char *name, const char *text)
{
	hid_t type = res_h5_string(strlen(text));
	int result = res_h5_attr_number(where, name, type, type, text);
	H5Tclose(type);
	return result;
}

/* Texts side by side in cells of one width, padded with NUL. */
static char *cells_of(const char *const *texts, hsize_t n, size_t *width)
{
	*width = 1;
	for (hsize_t i = 0; i < n; i++) {
		size_t length = strlen(texts[i]);
		*width = length > *width ? length : *width;
	}
	char *cells = calloc(n ? n : 1, *width);
	SIM_ASSERT(cells != NULL);
	for (hsize_t i = 0; i < n; i++)
		memcpy(cells + i * *width, texts[i], strlen(texts[i]));
	return cells;
}

int res_h5_attr_texts(hid_t where, const char *name, const char *const *texts, hsize_t n)
{
	size_t width;
	char *cells = cells_of(texts, n, &width);
	hid_t type = res_h5_string(width);
	int result = res_h5_attr_numbers(where, name, type, type, cells, n);
	H5Tclose(type);
	free(cells);
	return result;
}

hid_t res_h5_group(hid_t where, const char *name, const char *definition)
{
	hid_t plist = H5Pcreate(H5P_GROUP_CREATE);
	H5Pset_obj_track_times(plist, 0);
	hid_t group = H5Gcreate2(where, name, H5P_DEFAULT, plist, H5P_DEFAULT);
	H5Pclose(plist);
	if (group >= 0 && res_h5_attr_text(group, "definition", definition)) {
		H5Gclose(group);
		return H5I_INVALID_HID;
	}
	return group;
}

static hid_t column_properties(hsize_t n)
{
	hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
	H5Pset_obj_track_times(plist, 0);
	hsize_t chunk = n < RES_CHUNK_ROWS ? n : RES_CHUNK_ROWS;
	if (n > 0) { /* a chunk may not be larger than the data set, nor empty */
		H5Pset_chunk(plist, 1, &chunk);
		H5Pset_shuffle(plist);
		H5Pset_deflate(plist, RES_DEFLATE_LEVEL);
	}
	return plist;
}

hid_t res_h5_column(hid_t where, const char *name, hid_t file_type, hsize_t n, const char *unit,
                    const char *definition)
{
	hid_t plist = column_properties(n);
	hid_t space = H5Screate_simple(1, &n, NULL);
	hid_t column = H5Dcreate2(where, name, file_type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
	H5Sclose(space);
	H5Pclose(plist);
	if (column >= 0 && (res_h5_attr_text(column, "unit", unit) ||
	                    res_h5_attr_text(column, "definition", definition))) {
		H5Dclose(column);
		return H5I_INVALID_HID;
	}
	return column;
}

int res_h5_write_rows(hid_t column, hid_t memory_type, hsize_t first, hsize_t n, const void *rows)
{
	if (n == 0)
		return 0;
	hid_t in_file = H5Dget_space(column);
	hid_t in_memory = H5Screate_simple(1, &n, NULL);
	H5Sselect_hyperslab(in_file, H5S_SELECT_SET, &first, NULL, &n, NULL);
	herr_t result = H5Dwrite(column, memory_type, in_memory, in_file, H5P_DEFAULT, rows);
	H5Sclose(in_memory);
	H5Sclose(in_file);
	return result < 0 ? -1 : 0;
}

static int whole_column(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                        const void *values, hsize_t n, const char *unit, const char *definition)
{
	hid_t column = res_h5_column(where, name, file_type, n, unit, definition);
	if (column < 0)
		return -1;
	int result = res_h5_write_rows(column, memory_type, 0, n, values);
	return H5Dclose(column) < 0 ? -1 : result;
}

int res_h5_numbers(hid_t where, const char *name, enum rec_type type, const void *values, hsize_t n,
                   const char *unit, const char *definition)
{
	return whole_column(where, name, res_h5_file_type(type), res_h5_memory_type(type), values, n,
	                    unit, definition);
}

int res_h5_texts(hid_t where, const char *name, const char *const *texts, hsize_t n,
                 const char *definition)
{
	size_t width;
	char *cells = cells_of(texts, n, &width);
	hid_t type = res_h5_string(width);
	int result = whole_column(where, name, type, type, cells, n, "", definition);
	H5Tclose(type);
	free(cells);
	return result;
}

int res_h5_long_text(hid_t where, const char *name, const char *text, size_t length,
                     const char *attr_name)
{
	hid_t plist = column_properties(0);
	hid_t type = res_h5_string(length);
	hid_t space = H5Screate(H5S_SCALAR);
	hid_t data = H5Dcreate2(where, name, type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
	int result = -1;
	if (data >= 0) {
		herr_t wrote = H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, length ? text : "");
		result = wrote < 0 || res_h5_attr_text(data, "name", attr_name) ? -1 : 0;
		result = H5Dclose(data) < 0 ? -1 : result;
	}
	H5Sclose(space);
	H5Tclose(type);
	H5Pclose(plist);
	return result;
}
