/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_file.h"
#include "cli/output_path.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum sim_code out_file_check(const char *path, bool force, struct sim_err *err)
{
	struct stat st;
	if (strcmp(path, "-") == 0)
		return SIM_OK;
	enum sim_code code = output_directory_check(path, err);
	if (code != SIM_OK)
		return code;
	if (stat(path, &st))
		return errno == ENOENT ? SIM_OK
		                       : sim_fail(err, SIM_E_USAGE, "cannot write %s: %s", path,
		                                  strerror(errno));
	if (!S_ISREG(st.st_mode))
		return sim_fail(err, SIM_E_USAGE, "cannot write %s: it is not an ordinary file", path);
	if (force || st.st_size == 0)
		return SIM_OK;
	return sim_fail(err, SIM_E_USAGE,
	                "%s exists and is not overwritten: choose another file, or give --force", path);
}

enum sim_code out_file_open(struct out_file *out, const char *path, struct sim_err *err)
{
	*out = (struct out_file){.path = path, .file = stdout};
	if (strcmp(path, "-") == 0)
		return SIM_OK;
	SIM_ASSERT(asprintf(&out->part, "%s.part", path) > 0);
	out->file = fopen(out->part, "we");
	if (out->file)
		return SIM_OK;
	enum sim_code code = sim_fail(err, SIM_E_IO, "cannot write %s: %s", out->part, strerror(errno));
	free(out->part);
	out->part = NULL;
	return code;
}

void out_file_wrote(struct out_file *out)
{
	if (!out->error && ferror(out->file))
		out->error = errno;
}

enum sim_code out_file_close(struct out_file *out, struct sim_err *err)
{
	if (!out->part) { /* main() looks after standard output */
		out->file = NULL;
		return SIM_OK;
	}
	errno = out->error;
	bool bad = ferror(out->file) != 0;
	bad = fclose(out->file) != 0 || bad;
	out->file = NULL;
	if (!bad && rename(out->part, out->path) == 0) {
		free(out->part);
		out->part = NULL;
		return SIM_OK;
	}
	enum sim_code code = sim_fail(err, SIM_E_IO, "cannot write %s: %s; nothing is kept", out->path,
	                              strerror(errno ? errno : EIO));
	out_file_abandon(out);
	return code;
}

void out_file_abandon(struct out_file *out)
{
	if (out->file && out->part)
		fclose(out->file);
	if (out->part)
		unlink(out->part);
	free(out->part);
	*out = (struct out_file){.file = NULL};
}
