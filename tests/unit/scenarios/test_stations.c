/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of stations alone: nested keys, sequences, references, and what is said of mistakes. */
#include "tests/unit/scenarios/loading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/unit/scenarios/loading.inc"

/* What a test is about stands in line 3 and below. */
#define HEAD "scenario: q\nduration: 100s\n"
#define STATION "stations: [{name: s, service: 10ms}]\n"
#define SOURCE "sources: [{name: a, to: s, arrivals: {rate: 8/s}}]\n"

static enum sim_code load(struct loading *l, const char *lines, const char *set)
{
	char text[4096];
	const struct scn_options options = {.set = &set, .n_set = set ? 1 : 0, .seed = -1,
	                                    .replications = -1};

	snprintf(text, sizeof text, "%s%s", HEAD, lines);
	loading_text(l, "q.yaml", text);
	return loading_load(l, "q.yaml", &options);
}

static const char *value_of(const struct loading *l, const char *key)
{
	return loading_parameter(l, "base", key)->value;
}

static void mappings_within_entries_reach_their_values(void **state)
{
	struct loading *l = *state;

	assert_int_equal(load(l, "stations:\n"
	                         "- name: s\n"
	                         "  service: {distribution: lognormal, mean: 2ms, scv: 3}\n"
	                         "  queue: {capacity: 5, discipline: preemptive_resume}\n"
	                         "  breakdowns: {time_to_failure: {distribution: erlang, mean: 1h, shape: 2},\n"
	                         "               repair: 1min, repairmen: 1}\n"
	                         "sources:\n"
	                         "- {name: a, to: s, arrivals: {process: mmpp, rates: [1/s, 9/s], sojourns: [1s, 2s]},\n"
	                         "   retry: {delay: 1s, attempts: unlimited}}\n", NULL), SIM_OK);
	const struct queue_config *queue = &loading_variant(l, "base")->config.queue;

	assert_int_equal(queue->n_stations, 1);
	assert_true(queue->station[0].service.median_ns == 1e6);
	assert_int_equal(queue->station[0].capacity, 5);
	assert_int_equal(queue->station[0].discipline, QUEUE_PREEMPTIVE);
	assert_true(queue->station[0].breakdowns.time_to_failure.mean_ns == 3600e9);
	assert_int_equal(queue->station[0].breakdowns.repairmen, 1);
	assert_int_equal(queue->source[0].arrivals.rates_hz.n, 2);
	assert_true(queue->source[0].arrivals.sojourns_ns.value[1] == 2e9);
	assert_int_equal(queue->source[0].attempts, -1);
	assert_string_equal(value_of(l, "sources.a.arrivals.rates"), "[1/s, 9/s]");
	assert_string_equal(loading_parameter(l, "base", "stations.s.queue.capacity")->set_at,
	                    "q.yaml:6:21");
}

static void set_reaches_values_at_any_depth(void **state)
{
	static const struct {
		const char *set, *key, *value;
	} sets[] = {
		{"stations.s.service={distribution: exponential, mean: 3ms}", "stations.s.service",
		 "{distribution: exponential, mean: 3 ms}"},
		{"stations.s.queue.capacity=7", "stations.s.queue.capacity", "7"},
		{"stations.s.queue={capacity: 7}", "stations.s.queue.capacity", "7"},
		{"sources.a.arrivals.rate=5/s", "sources.a.arrivals.rate", "5/s"},
		{"sources.a.arrivals={process: paced}", "sources.a.arrivals.process", "paced"},
		{"sources.a.retry.delay=2s", "sources.a.retry.delay", "2 s"},
	};
	struct loading *l = *state;

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		assert_int_equal(load(l, STATION SOURCE, sets[i].set), SIM_OK);
		assert_string_equal(value_of(l, sets[i].key), sets[i].value);
	}
	assert_int_equal(load(l, "stations: {s: {service: {distribution: exponential, mean: 1ms}}}\n",
	                      "stations.s.service.mean=20ms"), SIM_OK);
	assert_string_equal(value_of(l, "stations.s.service"), "{distribution: exponential, mean: 20 ms}");
}

static void variants_change_one_value_of_an_entry(void **state)
{
	struct loading *l = *state;

	assert_int_equal(load(l, STATION SOURCE
	                         "variants: {slow: {}, fast: {sources: {a: {arrivals: {rate: 9/s}}}}}\n",
	                      NULL), SIM_OK);
	assert_string_equal(loading_parameter(l, "slow", "sources.a.arrivals.rate")->value, "8/s");
	assert_string_equal(loading_parameter(l, "fast", "sources.a.arrivals.rate")->value, "9/s");
	assert_string_equal(loading_parameter(l, "fast", "sources.a.to")->value, "s");
}

static void hosts_are_a_list_as_well_as_a_section(void **state)
{
	struct loading *l = *state;

	assert_int_equal(load(l, "hosts: [{name: h, cores: 2}]\n"
	                         "stations: [{name: s, service: 10ms, host: h}]\n",
	                      "hosts.h.cores=4"), SIM_OK);
	assert_int_equal(loading_variant(l, "base")->config.queue.host[0].cores, 4);
	assert_int_equal(loading_variant(l, "base")->config.queue.station[0].host_index, 0);
	assert_int_equal(loading_small(l, "hosts: {core_cores: 4}\n", NULL), SIM_OK);
	assert_int_equal(loading_variant(l, "base")->config.hosts.core_cores, 4);
}

static void routes_need_no_names(void **state)
{
	struct loading *l = *state;

	assert_int_equal(load(l, "stations: [{name: s, service: 1ms}, {name: t, service: 1ms}]\n" SOURCE
	                         "routes: [{from: s, to: t, probability: 0.3}, {from: t, to: s}]\n",
	                      "routes.1.probability=0.5"), SIM_OK);
	const struct queue_config *queue = &loading_variant(l, "base")->config.queue;

	assert_int_equal(queue->n_routes, 2);
	assert_true(queue->route[0].probability == 0.5 && queue->route[1].probability == 1);
	assert_int_equal(queue->route[1].from_index, 1);
}

static void mistakes_are_said_with_their_places(void **state)
{
	static const struct {
		const char *lines, *message;
	} wrong[] = {
		{"stations: [{name: s}]\n" SOURCE,
		 "q.yaml:3:19: stations.s lacks the key `service` (time of a worker that a customer takes)\n"},
		{"stations: [{name: s, service: 10ms, queue: {capcity: 3}}]\n",
		 "q.yaml:3:45: unknown key `capcity` in stations.s.queue; nearest known key: `capacity`\n"},
		{"stations: [{name: s, service: 10ms, queue: 5}]\n",
		 "q.yaml:3:44: stations.s.queue: found `5`; allowed: a mapping of keys\n"},
		{"stations: [{name: s, service: 10ms, queue.capacity: 5}]\n",
		 "q.yaml:3:37: unknown key `queue.capacity` in stations.s; known keys: host, workers, "
		 "service, queue, breakdowns\n"},
		{"stations: [{name: s, service: 10ms, host: h}]\n",
		 "q.yaml:3:43: stations.s.host: `h` is none of the hosts\n"},
		{"stations: [{name: s, service: {distribution: hyperexponential, mean: 1ms, scv: 0.5}}]\n",
		 "q.yaml:3:80: stations.s.service.scv: found `0.5`; allowed: 1 or more, of a "
		 "hyperexponential\n"},
		{"stations: [{name: s, service: {distribution: empirical, values: [1ms, 2ms], weights: [1]}}]\n",
		 "q.yaml:3:86: stations.s.service.weights: found 1, but there are 2 values; allowed: one for "
		 "each, or none\n"},
		{STATION "sources: [{name: a, to: x, arrivals: {rate: 8/s}}]\n",
		 "q.yaml:4:25: sources.a.to: `x` is none of the stations\n"},
		{STATION "sources: [{name: a, to: s}]\n",
		 "q.yaml:4:18: sources.a.arrivals.rate: this process needs a rate above 0/s, as in 80/s\n"},
		{STATION "sources: [{name: a, to: s, arrivals: {process: mmpp, rates: [1/s, 2], sojourns: [1s, 1s]}}]\n",
		 "q.yaml:4:67: sources.a.arrivals.rates[2]: `2` has no unit; allowed: /s /min /h /d; range: "
		 "0/s to 1000000000/s\n"},
		{STATION SOURCE "routes: [{from: s, to: s, probability: 0.7}, {from: s, to: s, probability: 0.4}]\n",
		 "q.yaml:5:76: routes.2.probability: all routes from `s` so far add up to 1.1; allowed: at "
		 "most 1\n"},
		{STATION SOURCE "amf: {}\n", "q.yaml:5:1: `amf` in a scenario of stations alone; allowed: "
		 "record, hosts, stations, sources, routes\n"},
		{STATION SOURCE "engine: ns3\n",
		 "q.yaml:5:9: engine: stations alone send no messages; allowed: native\n"},
		{STATION SOURCE "warmup: 100s\n",
		 "q.yaml:5:9: warmup: as long as the whole run; allowed: less than its duration\n"},
	};
	struct loading *l = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(load(l, wrong[i].lines, NULL), SIM_E_INPUT);
		assert_string_equal(l->messages, wrong[i].message);
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, loading_set_up, loading_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mappings_within_entries_reach_their_values),
		TEST(set_reaches_values_at_any_depth),
		TEST(variants_change_one_value_of_an_entry),
		TEST(hosts_are_a_list_as_well_as_a_section),
		TEST(routes_need_no_names),
		TEST(mistakes_are_said_with_their_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
