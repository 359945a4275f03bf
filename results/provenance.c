/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/provenance.h"
#include "revision.h"

const char *res_version(void)
{
	return DTSIM_VERSION;
}

const char *res_revision(void)
{
	return DTSIM_REVISION;
}

const char *res_compiler(void)
{
#ifdef __clang__
	return "clang " __clang_version__;
#else
	return "gcc " __VERSION__;
#endif
}

const char *res_flags(void)
{
	return DTSIM_CFLAGS;
}

