/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/meta.h"
#include "results/provenance.h"
#include <errno.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <jansson.h>
#include <libfyaml.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <zlib.h>

char *res_meta_path(const char *result_path)
{
	char *path = NULL;
	size_t n = strlen(result_path);
	if (n > 3 && strcmp(result_path + n - 3, ".h5") == 0)
		n -= 3;
	SIM_ASSERT(asprintf(&path, "%.*s.meta.json", (int)n, result_path) > 0);
	return path;
}

/* File and host names need not be UTF-8, JSON must be. */
static json_t *any_text(const char *text)
{
	json_t *string = json_string(text);
	return string ? string : json_string("(not UTF-8)");
}

static json_t *build(void)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "version", res_version(), "revision", res_revision(),
	                 "compiler", res_compiler(), "flags", res_flags());
}

static json_t *libraries(void)
{
	unsigned major, minor, release;
	char hdf5[48];
	H5get_libversion(&major, &minor, &release);
	snprintf(hdf5, sizeof hdf5, "%u.%u.%u", major, minor, release);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "hdf5", hdf5, "gsl", gsl_version, "openssl",
	                 OpenSSL_version(OPENSSL_VERSION_STRING), "libfyaml", fy_library_version(),
	                 "zlib", zlibVersion(), "jansson", jansson_version_str());
}

/* Whether a flag stands as a word of its own in a line of /proc/cpuinfo. */
static int has_word(const char *line, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = strstr(line, word); at; at = strstr(at + n, word))
		if (at[-1] == ' ' && (at[n] == ' ' || at[n] == '\n' || at[n] == '\0'))
			return 1;
	return 0;
}

/* glibc's log, exp and pow differ in the last bit with and without FMA; SHA-NI only saves time. */
static void add_features(json_t *processor, const char *flags)
{
	static const char *const features[] = {"fma", "sha_ni", "avx2"};
	for (size_t i = 0; i < sizeof features / sizeof *features; i++)
		json_object_set_new(processor, features[i], json_boolean(has_word(flags, features[i])));
}

static json_t *processor(void)
{
	char *line = NULL;
	size_t size = 0;
	json_t *object = json_object();
	FILE *f = fopen("/proc/cpuinfo", "r");
	while (f && getline(&line, &size, f) > 0) {
		char *value = strchr(line, ':');
		if (!value || strlen(value) < 3)
			continue;
		if (strncmp(line, "model name", 10) == 0 && !json_object_get(object, "model"))
			json_object_set_new(object, "model", json_stringn(value + 2, strcspn(value + 2, "\n")));
		if (strncmp(line, "flags", 5) == 0 && !json_object_get(object, "fma"))
			add_features(object, value);
	}
	if (f)
		fclose(f);
	free(line);
	json_object_set_new(object, "online", json_integer(sysconf(_SC_NPROCESSORS_ONLN)));
	return object;
}

static json_t *host(void)
{
	struct utsname name;
	if (uname(&name))
		return json_object();
	return json_pack("{s:o, s:s, s:s, s:s}", "name", any_text(name.nodename), "system", name.sysname,
	                 "release", name.release, "machine", name.machine);
}

static json_t *utc(time_t t)
{
	char text[32];
	struct tm tm;
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
	return json_string(text);
}

static json_t *course(const struct res_meta *meta)
{
	double share = meta->cpu_s > 0 ? meta->crypto_cpu_s / meta->cpu_s : 0;
	return json_pack("{s:o, s:o, s:f, s:i, s:i, s:i, s:i, s:f, s:f, s:f, s:f, s:I}", "begun",
	                 utc(meta->begun), "ended", utc(meta->ended), "wall_s", meta->wall_s, "workers",
	                 (int)meta->workers, "replications", (int)meta->replications, "continued",
	                 (int)meta->continued, "failed", (int)meta->failed, "core_s",
	                 meta->core_s, "cpu_s", meta->cpu_s,
	                 "crypto_cpu_s", meta->crypto_cpu_s, "crypto_cpu_share", share,
	                 "worker_peak_octets", (json_int_t)meta->peak_octets);
}

static json_t *memory(const struct res_meta *meta)
{
	json_t *rooms = json_object();
	json_int_t total = 0;
	for (uint32_t i = 0; i < meta->n_rooms; i++) {
		json_object_set_new(rooms, meta->room[i].name, json_integer(meta->room[i].octets));
		total += meta->room[i].octets;
	}
	return json_pack("{s:{s:I, s:o}}", "octets_per_subscriber_at_rest", "total", total, "of_these",
	                 rooms);
}

static enum sim_code write_json(const char *path, const json_t *object, struct sim_err *err)
{
	char *temporary = NULL;
	SIM_ASSERT(asprintf(&temporary, "%s.tmp", path) > 0);
	enum sim_code code = SIM_OK;
	FILE *f = fopen(temporary, "w");
	int failed = !f || json_dumpf(object, f, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) ||
	             fputc('\n', f) == EOF;
	if (f && fclose(f))
		failed = 1;
	if (failed || rename(temporary, path)) {
		code = sim_fail(err, SIM_E_IO, "cannot write %s: %s", path, strerror(errno));
		unlink(temporary);
	}
	free(temporary);
	return code;
}

enum sim_code res_meta_write(const char *result_path, const struct res_run *run,
                             const struct res_meta *meta, struct sim_err *err)
{
	const char *slash = strrchr(result_path, '/');
	json_t *object = json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "result",
	                           any_text(slash ? slash + 1 : result_path), "scenario",
	                           any_text(run->scenario), "engine",
	                           run->engine, "build", build(), "libraries", libraries(), "processor",
	                           processor(), "host", host(), "course", course(meta), "memory",
	                           memory(meta));
	SIM_ASSERT(object != NULL);
	char *path = res_meta_path(result_path);
	enum sim_code code = write_json(path, object, err);
	free(path);
	json_decref(object);
	return code;
}
