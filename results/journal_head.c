/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/journal_head.h"
#include "results/journal.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PIECE = 1 << 16, MAX_RECIPE = 1 << 24 };

static const char magic[16] = "dtsim journal 2";

struct header {
	char magic[16];
	uint8_t identity[RES_DIGEST_OCTETS];
	uint32_t n_variants, replications;
	uint32_t recipe_octets, crc;
};
enum { OWN = offsetof(struct header, recipe_octets) }; /* octets that are equal for equal runs */

/* --- octets ---------------------------------------------------------------------------------- */

int res_read_at(int fd, void *out, size_t n, uint64_t at)
{
	char *to = out;
	while (n > 0) {
		ssize_t done = pread(fd, to, n, (off_t)at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done < 0 ? errno : EIO;
			return -1;
		}
		to += done;
		at += (uint64_t)done;
		n -= (size_t)done;
	}
	return 0;
}

int res_write_at(int fd, const void *data, size_t n, uint64_t at)
{
	const char *from = data;
	while (n > 0) {
		ssize_t done = pwrite(fd, from, n, (off_t)at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		from += done;
		at += (uint64_t)done;
		n -= (size_t)done;
	}
	return 0;
}

uint32_t res_crc(uint32_t crc, const void *data, size_t n)
{
	return (uint32_t)crc32_z(crc, data, n);
}

int res_crc_at(int fd, uint64_t at, uint64_t n, uint32_t *crc)
{
	static unsigned char piece[PIECE];
	*crc = 0;
	while (n > 0) {
		size_t m = n < PIECE ? (size_t)n : PIECE;
		if (res_read_at(fd, piece, m, at))
			return -1;
		*crc = res_crc(*crc, piece, m);
		at += m;
		n -= m;
	}
	return 0;
}

/* --- writing it, or finding one's own -------------------------------------------------------- */

static void make(const struct res_run *run, struct header *header)
{
	memset(header, 0, sizeof *header);
	memcpy(header->magic, magic, sizeof magic);
	res_run_identity(run, header->identity);
	header->n_variants = run->n_variants;
	header->replications = run->replications;
	header->recipe_octets = (uint32_t)run->recipe_octets;
	header->crc = res_crc(0, header, offsetof(struct header, crc));
}

static uint64_t end_of(const struct header *header)
{
	return sizeof *header + header->recipe_octets + sizeof(uint32_t);
}

/* In one go: a kill leaves all of it or nothing. */
static int write_whole(int fd, const struct header *header, const struct res_run *run)
{
	size_t n = (size_t)end_of(header);
	uint32_t crc = res_crc(0, run->recipe, run->recipe_octets);
	char *octets = sim_memory_new("the beginning of a journal", 1, n);
	memcpy(octets, header, sizeof *header);
	if (run->recipe_octets)
		memcpy(octets + sizeof *header, run->recipe, run->recipe_octets);
	memcpy(octets + n - sizeof crc, &crc, sizeof crc);
	int result = res_write_at(fd, octets, n, 0);
	free(octets);
	return result;
}

static enum sim_code write_head(int fd, const char *path, const struct header *header,
                                const struct res_run *run, struct sim_err *err)
{
	if (write_whole(fd, header, run) == 0)
		return SIM_OK;
	int why = errno;
	unlink(path); /* nothing is in it */
	return sim_fail(err, SIM_E_IO, "cannot write %s: %s", path, strerror(why));
}

static bool is_sound(const struct header *header)
{
	return memcmp(header->magic, magic, sizeof magic) == 0 &&
	       header->crc == res_crc(0, header, offsetof(struct header, crc));
}

static enum sim_code not_ours(const char *path, const struct header *found, struct sim_err *err)
{
	if (memcmp(found->magic, magic, sizeof magic - 2) == 0 && !is_sound(found))
		return sim_fail(err, SIM_E_USAGE,
		                "%s is a journal of another version of dtsim, or its beginning is damaged; "
		                "remove it or choose another file with -o",
		                path);
	if (!is_sound(found))
		return sim_fail(err, SIM_E_USAGE,
		                "%s is in the way: it should be the journal of this run and is not a "
		                "journal at all; move it away or choose another file with -o",
		                path);
	return sim_fail(err, SIM_E_USAGE,
	                "%s is the journal of another run (another scenario, seed, engine, number of "
	                "replications or version); continue that one with dtsim run --resume, remove the "
	                "file, or choose another one with -o",
	                path);
}

/* A file of another run, or not a journal, is somebody's work: never overwritten. */
enum sim_code res_journal_head(int fd, const char *path, const struct res_run *run, uint64_t *at,
                               struct sim_err *err)
{
	struct header own, found;
	struct stat st;
	SIM_ASSERT(run->recipe_octets <= MAX_RECIPE);
	make(run, &own);
	memset(&found, 0, sizeof found);
	if (fstat(fd, &st))
		return sim_fail(err, SIM_E_IO, "cannot read %s: %s", path, strerror(errno));
	size_t n = (uint64_t)st.st_size < sizeof found ? (size_t)st.st_size : sizeof found;
	if (res_read_at(fd, &found, n, 0))
		return sim_fail(err, SIM_E_IO, "cannot read %s: %s", path, strerror(errno));
	if (memcmp(&found, &own, n < OWN ? n : OWN) != 0 || (n == sizeof found && !is_sound(&found)))
		return not_ours(path, &found, err);
	bool whole = n == sizeof found && (uint64_t)st.st_size >= end_of(&found);
	*at = end_of(whole ? &found : &own);
	if (whole)
		return SIM_OK;
	if (ftruncate(fd, 0))
		return sim_fail(err, SIM_E_IO, "cannot write %s: %s", path, strerror(errno));
	return write_head(fd, path, &own, run, err);
}

/* --- the recipe ------------------------------------------------------------------------------ */

static enum sim_code no_recipe(const char *path, const char *why, struct sim_err *err)
{
	return sim_fail(err, SIM_E_USAGE, "cannot resume %s: %s", path, why);
}

static enum sim_code read_recipe(int fd, const char *path, struct res_recipe *recipe,
                                 struct sim_err *err)
{
	struct header header;
	uint32_t crc;
	if (res_read_at(fd, &header, sizeof header, 0))
		return no_recipe(path, errno == EIO ? "it has no whole beginning, so no replication is in it: "
		                                      "remove it and start the run again"
		                                    : strerror(errno), err);
	if (memcmp(header.magic, magic, sizeof magic - 2) != 0)
		return no_recipe(path, "it is not a journal of dtsim", err);
	if (!is_sound(&header) || header.recipe_octets > MAX_RECIPE)
		return no_recipe(path, "it is of another version of dtsim, or its beginning is damaged", err);
	recipe->octets = malloc(header.recipe_octets + (size_t)1);
	if (!recipe->octets)
		return sim_fail(err, SIM_E_MEMORY, "%s: out of memory", path);
	recipe->n = header.recipe_octets;
	recipe->n_jobs = header.n_variants * header.replications;
	memcpy(recipe->identity, header.identity, sizeof recipe->identity);
	if (res_read_at(fd, recipe->octets, recipe->n, sizeof header) ||
	    res_read_at(fd, &crc, sizeof crc, sizeof header + recipe->n))
		return no_recipe(path, "it has no whole beginning, so no replication is in it: remove it and "
		                       "start the run again", err);
	if (crc != res_crc(0, recipe->octets, recipe->n))
		return no_recipe(path, "the scenario in it is damaged; the run's own command continues it", err);
	return SIM_OK;
}

enum sim_code res_journal_recipe(const char *path, struct res_recipe *recipe, struct sim_err *err)
{
	*recipe = (struct res_recipe){.octets = NULL};
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return no_recipe(path, strerror(errno), err);
	enum sim_code code = fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)
	                             ? no_recipe(path, "it is not an ordinary file", err)
	                             : read_recipe(fd, path, recipe, err);
	close(fd);
	if (code != SIM_OK)
		res_recipe_free(recipe);
	return code;
}

void res_recipe_free(struct res_recipe *recipe)
{
	free(recipe->octets);
	*recipe = (struct res_recipe){.octets = NULL};
}
