/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a subscriber at rest keeps: what the rooms say, and what a process grows by. */
#include "models/nf/ue_state.h"
#include "scenarios/at_rest.h"
#include "scenarios/load.h"
#include "scenarios/world.h"
#include "tests/unit/scenarios/sanitized.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FEW = 2000, MANY = 42000 };

static void a_background_ue_at_rest_keeps_no_more_than_is_promised(void **state)
{
	struct scn_room room[SCN_ROOMS];

	(void)state;
	scn_at_rest(room);
	for (int i = 0; i < SCN_ROOMS; i++)
		print_message("%-6s %4u octets\n", room[i].name, room[i].octets);
	print_message("total  %4u octets of a registered subscriber at rest\n", scn_at_rest_total());
	assert_string_equal(room[0].name, "ue");
	assert_int_equal(room[0].octets, sizeof(struct ue));
	assert_in_range(room[0].octets, 1, SCN_UE_AT_REST_MAX);
	assert_in_range(scn_at_rest_total(), 1, SCN_AT_REST_MAX);
}

static const char text[] =
	"scenario: rest\nschema: 1\ntitle: t\nseed: 1\nreplications: 1\nduration: 40s\n"
	"calibration: ideal\nnetwork: {mcc: '999', mnc: '70', suci: a}\n"
	"load: {rate: 2000/s, process: paced, subscribers: %d}\ncrypto: {all: cost}\n"
	"record: {window: 1s, every: 1000000, ladder: false}\noperations: {days: 0}\n"
	"probes: {interval: never}\nsurgeons: {Alex: {}, Bob: {}}\ncities: {there: {cells: 50}}\n"
	"hospitals: {none: {city: there}}\nradio: {inactivity: 5s}\n";

static void nothing(void *context, struct nf_env *env, const struct home *home)
{
	(void)context;
	(void)env;
	(void)home;
}

/* How many have been accepted. */
static void count(void *context, struct nf_env *env)
{
	uint64_t *registered = context;

	*registered = env->counter[NF_COUNT_REG_ACCEPTS];
}

static int run_of(int subscribers)
{
	char path[] = "/tmp/at-rest-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct scn *scn;
	struct sim_err err;
	struct rec rec;
	struct rec_summary summary;
	uint64_t registered = 0;
	const struct world_watch watch = {&registered, nothing, count};

	fprintf(file, text, subscribers);
	fclose(file);
	if (scn_load(path, &(struct scn_options){.seed = -1, .replications = 1}, stderr, &scn, &err) !=
	    SIM_OK)
		return 1;
	unlink(path);
	rec_init(&rec);
	if (world_run_watched(scn_variant(scn, 0), 0, SIM_TIME_MAX, &watch, &rec, &summary, &err) !=
	    SIM_OK)
		return 2;
	rec_free(&rec);
	scn_free(scn);
	return registered >= (uint64_t)subscribers * 99 / 100 ? 0 : 3;
}

/* Octets that a process of its own has had at once. */
static long peak_of(int subscribers)
{
	struct rusage usage;
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(run_of(subscribers));
	assert_true(child > 0 && wait4(child, &status, 0, &usage) == child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return usage.ru_maxrss * 1024;
}

/* Beside what they keep there is what was in flight at the peak, and the tables' last doubling. */
static void a_process_grows_by_what_its_rooms_say_of_a_subscriber(void **state)
{
	(void)state;
	if (SANITIZED)
		skip();
	const long growth = (peak_of(MANY) - peak_of(FEW)) / (MANY - FEW);

	print_message("%ld octets of memory for each of %d subscribers more\n", growth, MANY - FEW);
	assert_in_range(growth, 1, 6 * scn_at_rest_total() / 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_background_ue_at_rest_keeps_no_more_than_is_promised),
		cmocka_unit_test(a_process_grows_by_what_its_rooms_say_of_a_subscriber),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
