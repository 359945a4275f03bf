/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/output_path.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum sim_code check_directory(const char *path, struct sim_err *err)
{
	struct stat st;
	enum sim_code code = SIM_OK;
	const char *slash = strrchr(path, '/');
	char *directory = !slash ? strdup(".") : slash == path ? strdup("/")
	                                                       : strndup(path, (size_t)(slash - path));
	SIM_ASSERT(directory != NULL);
	if (stat(directory, &st))
		code = sim_fail(err, SIM_E_USAGE, "cannot write %s: directory %s: %s", path, directory,
		                strerror(errno));
	else if (!S_ISDIR(st.st_mode))
		code = sim_fail(err, SIM_E_USAGE, "cannot write %s: %s is not a directory", path, directory);
	else if (access(directory, W_OK | X_OK))
		code = sim_fail(err, SIM_E_USAGE, "cannot write %s: directory %s is not writable: %s", path,
		                directory, strerror(errno));
	free(directory);
	return code;
}

/* An empty file holds nothing that could be lost. */
static enum sim_code check_present(const char *path, const struct stat *st, struct sim_err *err)
{
	static const char signature[8] = "\211HDF\r\n\032\n";
	char found[8];
	if (S_ISDIR(st->st_mode))
		return sim_fail(err, SIM_E_USAGE, "cannot write %s: it is a directory; a file is allowed",
		                path);
	if (!S_ISREG(st->st_mode))
		return sim_fail(err, SIM_E_USAGE, "cannot write %s: it is not an ordinary file", path);
	if (st->st_size == 0)
		return SIM_OK;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, found, sizeof found);
	if (fd >= 0)
		close(fd);
	if (n != sizeof found || memcmp(found, signature, sizeof found) != 0)
		return sim_fail(err, SIM_E_USAGE,
		                "%s exists and is not a result file: it is not overwritten; choose another "
		                "file with -o",
		                path);
	return SIM_OK;
}

enum sim_code output_directory_check(const char *path, struct sim_err *err)
{
	size_t n = strlen(path);
	if (n == 0 || path[n - 1] == '/')
		return sim_fail(err, SIM_E_USAGE, "cannot write \"%s\": it names a directory, not a file",
		                path);
	return check_directory(path, err);
}

enum sim_code output_path_check(const char *path, struct sim_err *err)
{
	struct stat st;
	enum sim_code code = output_directory_check(path, err);
	if (code != SIM_OK)
		return code;
	if (stat(path, &st) == 0)
		return check_present(path, &st, err);
	if (errno == ENOENT)
		return SIM_OK;
	return sim_fail(err, SIM_E_USAGE, "cannot write %s: %s", path, strerror(errno));
}
