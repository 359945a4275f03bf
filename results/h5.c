/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/h5.h"
#include "sim/core/memory.h"
#include <stdio.h>
#include <string.h>

static char reason[128]; /* of the first failed call since res_h5_quiet() */

/* The deepest record says "…, errno = 28, error message = 'No space left on device', …". */
static herr_t find_reason(unsigned n, const H5E_error2_t *record, void *unused)
{
	static const char key[] = "error message = '";
	const char *at = record->desc ? strstr(record->desc, key) : NULL;
	(void)n, (void)unused;
	if (at) {
		at += sizeof key - 1;
		snprintf(reason, sizeof reason, "%.*s", (int)strcspn(at, "'"), at);
	}
	return 0;
}

/* Called at every failed call, before the next call empties the stack. */
static herr_t remember(hid_t stack, void *unused)
{
	(void)unused;
	if (!reason[0])
		H5Ewalk2(stack, H5E_WALK_UPWARD, find_reason, NULL);
	return 0;
}

void res_h5_quiet(void)
{
	/* After a failed write HDF5 1.10 crashes in its exit handler; files are closed without it. */
	(void)H5dont_atexit();
	reason[0] = '\0';
	H5Eset_auto2(H5E_DEFAULT, remember, NULL);
}

const char *res_h5_reason(void)
{
	if (reason[0])
		return reason;
	return sim_memory_is_short() ? "out of memory" : "the HDF5 library refused";
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
