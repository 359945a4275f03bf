/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loaded before libc: a disk that is full after FULL_AFTER octets have been written to files, or on
 * which the FULL_SYNC-th fsync() or fdatasync() fails. Pipes, terminals and files without a name are no disk.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long number(const char *name)
{
	const char *text = getenv(name);
	return text ? strtol(text, NULL, 10) : -1;
}

static bool is_on_disk(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink > 0;
}

/* How many of n octets there is room for; -1 and ENOSPC when for none. */
static ssize_t room_for(int fd, size_t n)
{
	static long written;
	long limit = number("FULL_AFTER");
	if (limit < 0 || n == 0 || !is_on_disk(fd))
		return (ssize_t)n;
	if (written >= limit) {
		errno = ENOSPC;
		return -1;
	}
	size_t room = (size_t)(limit - written);
	n = n < room ? n : room;
	written += (long)n;
	return (ssize_t)n;
}

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

ssize_t write(int fd, const void *data, size_t n)
{
	ssize_t (*real)(int, const void *, size_t);
	*(void **)&real = next("write");
	ssize_t room = room_for(fd, n);
	return room < 0 ? -1 : real(fd, data, (size_t)room);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t);
	*(void **)&real = next("pwrite");
	ssize_t room = room_for(fd, n);
	return room < 0 ? -1 : real(fd, data, (size_t)room, at);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off_t at)
{
	return pwrite(fd, data, n, at);
}

static int sync_or_not(const char *name, int fd)
{
	static long synced;
	int (*real)(int);
	*(void **)&real = next(name);
	if (++synced != number("FULL_SYNC"))
		return real(fd);
	errno = ENOSPC;
	return -1;
}

int fsync(int fd)
{
	return sync_or_not("fsync", fd);
}

int fdatasync(int fd)
{
	return sync_or_not("fdatasync", fd);
}
