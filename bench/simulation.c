/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/simulation.h"
#include "results/reader.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARRIVALS_PER_S = 5000, UNTIL_THE_LAST_HAS_REGISTERED_S = 30 };

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void run(const char *command, struct bench_simulation *out)
{
	struct rusage usage;
	int status;
	pid_t child = fork();

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
		give_up(command);
	out->cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	out->peak_octets = (double)usage.ru_maxrss * 1024;
}

static uint64_t counted(struct res_file *file, const char *name)
{
	const uint16_t *counter = res_u16(file, REC_T_counter, "counter");
	const uint64_t *value = res_u64(file, REC_T_counter, "value");
	struct res_range rows = res_rows(file, REC_T_counter, 0, 0);

	for (uint64_t i = rows.first; counter && value && i < rows.end; i++)
		if (strcmp(res_name(file, REC_NAME_counter, counter[i]), name) == 0)
			return value[i];
	give_up(name);
}

static void read_result(const char *path, struct bench_simulation *out)
{
	struct sim_err err;
	struct res_file *file = res_open(path, &err);

	if (!file)
		give_up(err.text);
	out->registrations = counted(file, "initial Registration Accepts sent (RM.RegInitSucc)");
	out->events = counted(file, "events handled");
	res_close(file);
}

static double octets(const json_t *memory, const char *path)
{
	for (; memory && *path; path += strlen(path) + 1)
		memory = json_object_get(memory, path);
	if (!json_is_number(memory))
		give_up("the side file of the result has no octets per subscriber");
	return json_number_value(memory);
}

static void read_side_file(const char *path, struct bench_simulation *out)
{
	json_t *side = json_load_file(path, 0, NULL);

	out->octets_at_rest = octets(side, "memory\0octets_per_subscriber_at_rest\0total\0");
	out->octets_of_ue = octets(side, "memory\0octets_per_subscriber_at_rest\0of_these\0ue\0");
	json_decref(side);
}

struct bench_simulation bench_simulate(uint32_t ues, const char *options)
{
	char directory[] = "/tmp/dtsim-bench-XXXXXX", path[64], side[64], command[1024];
	struct bench_simulation out;

	if (!mkdtemp(directory))
		give_up(directory);
	snprintf(path, sizeof path, "%s/a.h5", directory);
	snprintf(side, sizeof side, "%s/a.meta.json", directory);
	snprintf(command, sizeof command,
	         "exec " BENCH_DTSIM " run scenarios/reregister-1m.yaml -j1 --quiet -o %s "
	         "--set populations.phones.count=%u --set populations.phones.arrivals.rate=%d/s "
	         "--set duration=%us %s", path, ues, ARRIVALS_PER_S,
	         ues / ARRIVALS_PER_S + UNTIL_THE_LAST_HAS_REGISTERED_S, options);
	run(command, &out);
	read_result(path, &out);
	if (ues > 1)
		read_side_file(side, &out);
	if (out.registrations != ues)
		give_up("not every UE has registered");
	unlink(path);
	unlink(side);
	rmdir(directory);
	return out;
}
