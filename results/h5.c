/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/h5.h"
#include <stdio.h>
#include <string.h>

void res_h5_quiet(void)
{
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

/* HDF5 writes "…, errno = 28, error message = 'No space left on device', …" in its deepest record. */
static herr_t find_reason(unsigned n, const H5E_error2_t *record, void *out)
{
	(void)n;
	static const char key[] = "error message = '";
	const char *at = record->desc ? strstr(record->desc, key) : NULL;
	if (at) {
		at += sizeof key - 1;
		size_t length = strcspn(at, "'");
		snprintf(out, 128, "%.*s", (int)(length < 127 ? length : 127), at);
	}
	return 0;
}

void res_h5_reason(char *out, size_t size)
{
	char found[128] = "";
	H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, find_reason, found);
	snprintf(out, size, "%s", found[0] ? found : "the HDF5 library refused");
}

hid_t res_h5_access(void)
{
	hid_t access = H5Pcreate(H5P_FILE_ACCESS);
	H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
	H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
	return access;
}

hid_t res_h5_string(size_t size)
{
	hid_t type = H5Tcopy(H5T_C_S1);
	H5Tset_size(type, size ? size : 1);
	H5Tset_cset(type, H5T_CSET_UTF8);
	H5Tset_strpad(type, H5T_STR_NULLPAD);
	return type;
}

hid_t res_h5_file_type(enum rec_type type)
{
	switch (type) {
	case REC_u8: return H5T_STD_U8LE;
	case REC_u16: return H5T_STD_U16LE;
	case REC_u32: return H5T_STD_U32LE;
	case REC_u64: return H5T_STD_U64LE;
	case REC_i64: return H5T_STD_I64LE;
	}
	return H5I_INVALID_HID;
}

hid_t res_h5_memory_type(enum rec_type type)
{
	switch (type) {
	case REC_u8: return H5T_NATIVE_UINT8;
	case REC_u16: return H5T_NATIVE_UINT16;
	case REC_u32: return H5T_NATIVE_UINT32;
	case REC_u64: return H5T_NATIVE_UINT64;
	case REC_i64: return H5T_NATIVE_INT64;
	}
	return H5I_INVALID_HID;
}
