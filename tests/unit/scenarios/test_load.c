/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of a good scenario: layers, --set, variants, twins, and the way back. */
#include "tests/unit/scenarios/loading.inc"

#include <math.h>

static void good(const struct loading *l)
{
	if (l->code != SIM_OK)
		fail_msg("%s", l->messages);
}

static void set_at(const struct loading *l, const char *variant, const char *key,
                   const char *value, const char *place)
{
	const struct scn_parameter *p = loading_parameter(l, variant, key);

	assert_string_equal(p->value, value);
	assert_string_equal(p->set_at, place);
}

/* ---- layers ---- */

static void a_stronger_layer_wins(void **state)
{
	struct loading *l = *state;
	const char *const set[] = {"amf.t3560=4s"};
	const struct scn_options options = {.set = set, .n_set = 1, .seed = -1, .replications = -1};

	loading_text(l, "base.yaml", SMALL "amf: {t3550: 1s, t3560: 1s, workers: 2}\n"
	             "service: {udm_uecm: 3 ms}\ncalibration: open5gs\n");
	loading_text(l, "top.yaml", "extends: base.yaml\namf: {t3550: 2s}\n"
	             "variants:\n  a: {amf: {workers: 3}}\n  b: {}\n");
	loading_load(l, "top.yaml", &options);
	good(l);
	set_at(l, "a", "amf.queue", "1024", "default");
	set_at(l, "a", "hosts.core_cores", "2", "profile open5gs:11:15");
	set_at(l, "a", "service.udm_uecm", "3 ms", "base.yaml:7:21");
	set_at(l, "a", "amf.t3550", "2 s", "top.yaml:2:14");
	set_at(l, "a", "amf.t3560", "4 s", "--set");
	set_at(l, "a", "amf.workers", "3", "top.yaml:4:22");
	set_at(l, "b", "amf.workers", "2", "base.yaml:6:38");
	assert_int_equal(loading_variant(l, "a")->config.nf.amf.station.workers, 3);
	assert_int_equal(loading_variant(l, "a")->config.nf.amf.t3560_ns, 4000000000);
}

static void extending_merges_lists_by_name(void **state)
{
	struct loading *l = *state;

	loading_text(l, "base.yaml", SMALL);
	loading_text(l, "top.yaml", "extends: base.yaml\n"
	             "hospitals: {Riks: {city: Bergen}, Third: {city: Oslo}, St. Olavs hospital: ~}\n");
	loading_load(l, "top.yaml", NULL);
	good(l);
	const struct scn_config *config = &scn_variant(l->scn, 0)->config;

	assert_int_equal(config->n_hospitals, 2);
	assert_string_equal(config->hospital[0].name, "Riks");
	assert_int_equal(config->hospital[0].city_index, 1);
	assert_string_equal(config->hospital[1].name, "Third");
	assert_int_equal(scn_n_texts(l->scn), 3); /* and the profile */
	assert_string_equal(scn_text(l->scn, 0)->name, "top.yaml");
	assert_string_equal(scn_text(l->scn, 1)->name, "base.yaml");
	assert_int_equal(scn_text(l->scn, 1)->length, strlen(SMALL));
}

static void a_distribution_replaces_another_as_a_whole(void **state)
{
	struct loading *l = *state;

	loading_small(l, "calibration: open5gs\nservice: {ue_auth: {distribution: exponential, mean: 2ms}}\n",
	              NULL);
	good(l);
	const struct sim_dist *dist = &scn_variant(l->scn, 0)->config.nf.service.step[SVC_ue_auth];

	assert_int_equal(dist->kind, SIM_DIST_EXPONENTIAL);
	assert_true(dist->mean_ns == 2e6 && dist->median_ns == 0);
}

static void part_of_a_distribution_changes_that_part(void **state)
{
	struct loading *l = *state;

	loading_small(l, "calibration: open5gs\n", "service.udm_generate_a.mean=0.9 ms");
	good(l);
	const struct sim_dist *dist =
		&scn_variant(l->scn, 0)->config.nf.service.step[SVC_udm_generate_a];

	assert_int_equal(dist->kind, SIM_DIST_LOGNORMAL);
	assert_true(dist->mean_ns == 0.9e6 && dist->median_ns == 0.777e6);
}

static void a_profile_s_value_has_its_comment_as_source(void **state)
{
	struct loading *l = *state;

	loading_small(l, "calibration: open5gs\n", NULL);
	good(l);
	const struct scn_parameter *p = loading_parameter(l, "base", "service.udm_generate_a");

	assert_string_equal(p->source, "Open5GS 2.7.7: UDM, generate-auth-data with profile A");
	assert_false(p->assumption);
	p = loading_parameter(l, "base", "service.dtf_enrol");
	assert_true(p->assumption);
	p = loading_parameter(l, "base", "service.includes_cryptography");
	assert_string_equal(p->source, "it is inside the steps that were measured");
}

static void an_assumption_that_is_overridden_is_none(void **state)
{
	struct loading *l = *state;

	loading_small(l, "", NULL);
	good(l);
	assert_true(loading_parameter(l, "base", "links.n2_delay")->assumption);
	loading_small(l, "links: {n2_delay: 2 ms}\n", NULL);
	good(l);
	assert_false(loading_parameter(l, "base", "links.n2_delay")->assumption);
}

/* ---- --set ---- */

static void set_reaches_every_variant_on_top(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {dt: {pseudonym: static}}, b: {}}\n", "dt.pseudonym=per_hospital");
	good(l);
	set_at(l, "a", "dt.pseudonym", "per_hospital", "--set");
	set_at(l, "b", "dt.pseudonym", "per_hospital", "--set");
}

#define FLOOD "{flood: {kind: suci_flood, start: 1h, duration: 1min, rate: 5/s}}"

static void set_reaches_only_variants_with_its_place(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {}, b: {attacks: " FLOOD "}}\n", "attacks.flood.rate=0/s");
	good(l);
	set_at(l, "b", "attacks.flood.rate", "0/s", "--set");
	assert_int_equal(loading_variant(l, "a")->config.n_attacks, 0);
}

static void set_finds_names_with_dots_and_blanks(void **state)
{
	struct loading *l = *state;

	loading_small(l, "", "hospitals.St. Olavs hospital.city=Oslo");
	good(l);
	assert_int_equal(scn_variant(l->scn, 0)->config.hospital[1].city_index, 0);
}

static void set_takes_a_mapping(void **state)
{
	struct loading *l = *state;

	loading_small(l, "", "service.ue_smc={distribution: uniform, mean: 2ms, half_width: 1ms}");
	good(l);
	set_at(l, "base", "service.ue_smc",
	       "{distribution: uniform, mean: 2 ms, half_width: 1 ms}", "--set");
}

static void set_of_nowhere_names_the_nearest(void **state)
{
	static const struct {
		const char *set, *message;
	} wrong[] = {
		{"amf.t3506=5s", "--set amf.t3506=5s: unknown key `amf.t3506`; nearest known key: `amf.t3560`\n"},
		{"hospitals.Rix.city=Oslo", "--set hospitals.Rix.city=Oslo: unknown key `hospitals.Rix.city`; "
		 "nearest known key: `hospitals.Riks.city`\n"},
		{"attacks.flood.rate=1/s", "--set attacks.flood.rate=1/s: unknown key `attacks.flood.rate`; "
		 "`dtsim list params` has all of them\n"},
		{"amf.t3560", "--set amf.t3560: no `KEY=`; allowed: KEY=VALUE, as in amf.t3560=5s\n"},
		{"amf.t3560=", "--set amf.t3560=: no value; allowed: KEY=VALUE, as in amf.t3560=5s\n"},
		{"amf.t3560=5", "--set amf.t3560=5: amf.t3560: `5` has no unit; allowed: ns us ms s min h d; "
		 "range: 100 ms to 10min\n"},
		{"seed=[1", "--set seed=[1: not YAML: flow sequence without a closing bracket\n"},
	};
	struct loading *l = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(loading_small(l, "", wrong[i].set), SIM_E_INPUT);
		assert_string_equal(l->messages, wrong[i].message);
	}
}

static void engine_seed_and_replications_have_options(void **state)
{
	struct loading *l = *state;
	const char *const set[] = {"seed=5"};
	const struct scn_options options = {
		.set = set, .n_set = 1, .seed = 7, .replications = 3, .engine = "ns3"};

	loading_text(l, "small.yaml", SMALL);
	loading_load(l, "small.yaml", &options);
	good(l);
	set_at(l, "base", "seed", "7", "--seed");
	set_at(l, "base", "replications", "3", "--replications");
	set_at(l, "base", "engine", "ns3", "--engine");
}

/* ---- variants and twins ---- */

static void without_variants_there_is_the_base(void **state)
{
	struct loading *l = *state;

	loading_small(l, "", NULL);
	good(l);
	assert_int_equal(scn_n_variants(l->scn), 1);
	assert_string_equal(scn_variant(l->scn, 0)->name, "base");
	assert_int_equal(scn_variant(l->scn, 0)->twin, -1);
}

static void an_automatic_twin_is_the_equal_variant(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {dt: {pseudonym: static}}, b: {}, c: {attacks: " FLOOD "}}\n", NULL);
	good(l);
	assert_int_equal(scn_n_variants(l->scn), 3);
	assert_int_equal(loading_variant(l, "c")->twin, 1);
	assert_int_equal(loading_variant(l, "b")->twin, -1);
}

static void a_twin_that_nobody_named_is_hidden(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {}, c: {twin: auto, amf: {workers: 2}, attacks: " FLOOD "},\n"
	              "           d: {amf: {workers: 2}, attacks: {x: {kind: crash, nf: amf, start: 1h, "
	              "duration: 1min}}}}\n", NULL);
	good(l);
	assert_int_equal(scn_n_variants(l->scn), 4);
	const struct scn_variant *twin = scn_variant(l->scn, 3);

	assert_true(twin->hidden);
	assert_string_equal(twin->name, "twin of c");
	assert_int_equal(twin->config.n_attacks, 0);
	assert_int_equal(twin->config.nf.amf.station.workers, 2);
	assert_int_equal(loading_variant(l, "c")->twin, 3);
	assert_int_equal(loading_variant(l, "d")->twin, 3);
}

static void a_named_twin_is_taken_by_its_word(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {}, b: {amf: {workers: 2}}, c: {twin: b, attacks: " FLOOD "}}\n",
	              NULL);
	good(l);
	assert_int_equal(loading_variant(l, "c")->twin, 1);
	loading_small(l, "variants: {a: {attacks: " FLOOD "}, c: {twin: a, attacks: " FLOOD "}}\n", NULL);
	assert_int_equal(l->code, SIM_E_INPUT);
	assert_non_null(strstr(l->messages, "twin: `a` has attacks itself"));
}

static void a_chosen_variant_brings_its_twin(void **state)
{
	struct loading *l = *state;
	const char *const variant[] = {"c"};
	const struct scn_options options = {.variant = variant, .n_variant = 1, .seed = -1,
	                                    .replications = -1};

	loading_text(l, "small.yaml", SMALL "variants: {a: {dt: {pseudonym: static}}, b: {}, c: {attacks: "
	             FLOOD "}}\n");
	loading_load(l, "small.yaml", &options);
	good(l);
	assert_int_equal(scn_n_variants(l->scn), 2);
	assert_string_equal(scn_variant(l->scn, 0)->name, "b");
	assert_true(scn_variant(l->scn, 0)->hidden);
	assert_int_equal(scn_variant(l->scn, 1)->twin, 0);
	assert_false(scn_variant(l->scn, 1)->hidden);
}

static void a_variant_that_is_not_there_names_the_nearest(void **state)
{
	struct loading *l = *state;
	const char *const variant[] = {"bb"};
	const struct scn_options options = {.variant = variant, .n_variant = 1, .seed = -1,
	                                    .replications = -1};

	loading_text(l, "small.yaml", SMALL "variants: {a: {}, b: {}}\n");
	assert_int_equal(loading_load(l, "small.yaml", &options), SIM_E_INPUT);
	assert_string_equal(l->messages,
	                    "--variant bb: no such variant; allowed: a, b; nearest: `b`\n");
}

/* ---- values ---- */

static void words_stand_for_no_limit(void **state)
{
	struct loading *l = *state;

	loading_small(l, "hosts: {core_cores: infinite}\nprobes: {interval: never}\n"
	              "adversaries: {a: {kind: hospitals, collude: all}}\nnetwork: {suci: null}\n", NULL);
	good(l);
	const struct scn_config *config = &scn_variant(l->scn, 0)->config;

	assert_int_equal(config->hosts.core_cores, -1);
	assert_int_equal(config->probes.interval_ns, -1);
	assert_int_equal(config->adversary[0].collude, -1);
	assert_int_equal(config->nf.network.suci, NET_SUCI_NULL);
}

static void parameters_are_numbers_too(void **state)
{
	struct loading *l = *state;

	loading_small(l, "variants: {a: {attacks: " FLOOD "}}\n", NULL);
	good(l);
	assert_true(loading_parameter(l, "a", "attacks.flood.start")->si == 3600e9);
	assert_true(loading_parameter(l, "a", "attacks.flood.rate")->si == 5);
	assert_true(isnan(loading_parameter(l, "a", "attacks.flood.kind")->si));
	assert_string_equal(loading_parameter(l, "a", "attacks.flood.kind")->value, "suci_flood");
	assert_string_equal(loading_parameter(l, "a", "attacks.flood.duration")->unit, "s");
}

/* ---- the shipped scenarios ---- */

static enum sim_code load_shipped(struct loading *l, const char *path,
                                  const struct scn_options *options)
{
	size_t size;

	scn_free(l->scn);
	free(l->messages);
	l->scn = NULL;
	FILE *out = open_memstream(&l->messages, &size);

	l->code = scn_load(path, options, out, &l->scn, &l->err);
	fclose(out);
	return l->code;
}

static void shipped_scenarios_are_good(void **state)
{
	static const char *const paths[] = {"scenarios/two-surgeons.yaml", "scenarios/equivalence.yaml"};
	struct loading *l = *state;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		load_shipped(l, paths[i], NULL);
		good(l);
	}
}

static void the_use_case_has_its_people_and_places(void **state)
{
	struct loading *l = *state;

	load_shipped(l, "scenarios/two-surgeons.yaml", NULL);
	good(l);
	const struct scn_config *config = &scn_variant(l->scn, 0)->config;

	assert_string_equal(config->surgeon[0].name, "Alex");
	assert_string_equal(config->surgeon[1].name, "Bob");
	assert_int_equal(config->n_hospitals, 20);
	assert_int_equal(config->operations.days * config->operations.per_day, 20);
	assert_true(config->run.replications >= 30);
	assert_string_equal(scn_variant(l->scn, 0)->name, "per_session");
	assert_string_equal(scn_variant(l->scn, 3)->name, "flood");
	assert_int_equal(scn_variant(l->scn, 3)->twin, 0);
	assert_int_equal(scn_variant(l->scn, 4)->twin, 0);
	assert_int_equal(scn_n_variants(l->scn), 5);
}

/* What explain prints, given back by --set, gives the same configuration. */
static void explained_values_read_back(void **state)
{
	struct loading *l = *state;
	size_t n, used = 0;

	load_shipped(l, "scenarios/two-surgeons.yaml", NULL);
	good(l);
	const struct scn_parameter *p = scn_parameters(l->scn, 0, &n);
	char **set = calloc(n, sizeof *set), **value = calloc(n, sizeof *value);

	for (size_t i = 0; i < n; i++) {
		bool common = strcmp(p[i].key, "adversaries.radio.collude") == 0 ||
		              strcmp(p[i].key, "adversaries.radio.disclosure") == 0 ||
		              strcmp(p[i].key, "adversaries.blind.collude") == 0 ||
		              strcmp(p[i].key, "adversaries.blind.disclosure") == 0;

		value[i] = strdup(p[i].value);
		if (!common) /* defaults of keys that these kinds may not be given */
			assert_true(asprintf(&set[used++], "%s=%s", p[i].key, p[i].value) > 0);
	}
	const struct scn_options options = {.set = (const char *const *)set, .n_set = used, .seed = -1,
	                                    .replications = -1};

	load_shipped(l, "scenarios/two-surgeons.yaml", &options);
	good(l);
	p = scn_parameters(l->scn, 0, &n);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(p[i].value, value[i]);
		free(value[i]);
		free(set[i]);
	}
	free(value);
	free(set);
}

static void sections_have_a_source_and_a_line_for_every_key(void **state)
{
	(void)state;
	size_t n = 0;

	for (const struct sim_section *const *section = scn_sections(); *section; section++)
		for (size_t i = 0; i < (*section)->n_rows; i++, n++) {
			assert_non_null((*section)->rows[i].source);
			assert_non_null((*section)->rows[i].doc);
			assert_non_null((*section)->rows[i].key);
		}
	assert_true(n > 150);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, loading_set_up, loading_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_stronger_layer_wins),
		TEST(extending_merges_lists_by_name),
		TEST(a_distribution_replaces_another_as_a_whole),
		TEST(part_of_a_distribution_changes_that_part),
		TEST(a_profile_s_value_has_its_comment_as_source),
		TEST(an_assumption_that_is_overridden_is_none),
		TEST(set_reaches_every_variant_on_top),
		TEST(set_reaches_only_variants_with_its_place),
		TEST(set_finds_names_with_dots_and_blanks),
		TEST(set_takes_a_mapping),
		TEST(set_of_nowhere_names_the_nearest),
		TEST(engine_seed_and_replications_have_options),
		TEST(without_variants_there_is_the_base),
		TEST(an_automatic_twin_is_the_equal_variant),
		TEST(a_twin_that_nobody_named_is_hidden),
		TEST(a_named_twin_is_taken_by_its_word),
		TEST(a_chosen_variant_brings_its_twin),
		TEST(a_variant_that_is_not_there_names_the_nearest),
		TEST(words_stand_for_no_limit),
		TEST(parameters_are_numbers_too),
		TEST(shipped_scenarios_are_good),
		TEST(the_use_case_has_its_people_and_places),
		TEST(explained_values_read_back),
		TEST(sections_have_a_source_and_a_line_for_every_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
