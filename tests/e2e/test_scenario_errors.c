/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every class of mistakes in a scenario: the place, what was found, what is allowed. */
#include "tests/unit/scenarios/loading.inc"

#include <fcntl.h>
#include <sys/stat.h>

/* Lines behind the five of SMALL, and messages that must be among those that come out, a line each. */
struct mistake {
	const char *lines;
	const char *messages;
};

static void expect(struct loading *l, const struct mistake *mistakes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(loading_small(l, mistakes[i].lines, NULL), SIM_E_INPUT);
		assert_null(l->scn);
		if (strcmp(l->messages, mistakes[i].messages) != 0)
			fail_msg("%s\ngave    %s\nand not %s", mistakes[i].lines, l->messages,
			         mistakes[i].messages);
	}
}
#define EXPECT(l, mistakes) expect(l, mistakes, sizeof(mistakes) / sizeof *(mistakes))

static void a_small_scenario_is_good(void **state)
{
	struct loading *l = *state;

	if (loading_small(l, "", NULL) != SIM_OK)
		fail_msg("%s", l->messages);
	assert_string_equal(l->messages, "");
}

static void an_unknown_key_names_its_nearest(void **state)
{
	static const struct mistake mistakes[] = {
		{"operatoins: {days: 1}\n",
		 "small.yaml:6:1: unknown key `operatoins`; nearest known key: `operations`\n"},
		{"operations: {dayz: 1}\n",
		 "small.yaml:6:14: unknown key `dayz` in operations; nearest known key: `days`\n"},
		{"t3560: 6s\n", "small.yaml:6:1: unknown key `t3560`; nearest known key: `amf.t3560`\n"},
		{"adversaries: {eve: {kind: radio, colude: 3}}\n",
		 "small.yaml:6:34: unknown key `colude` in adversaries.eve; nearest known key: `collude`\n"},
		{"variants: {a: {dt: {pseudonim: static}}}\n",
		 "small.yaml:6:21: unknown key `pseudonim` in dt; nearest known key: `pseudonym`\n"},
		{"hosts: {xyzzyxyzzy: 3}\n",
		 "small.yaml:6:9: unknown key `xyzzyxyzzy` in hosts; known keys: core_cores, "
		 "sharing, ues, housekeeping\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_wrong_type_says_what_is_allowed(void **state)
{
	static const struct mistake mistakes[] = {
		{"radio: {shadowing: maybe}\n",
		 "small.yaml:6:20: radio.shadowing: found `maybe`; allowed: true, false\n"},
		{"radio: {shadowing: yes}\n",
		 "small.yaml:6:20: radio.shadowing: found `yes`; allowed: true, false\n"},
		{"radio: {shadowing: \"true\"}\n",
		 "small.yaml:6:20: radio.shadowing: found `true`; allowed: true, false\n"},
		{"replications: 010\n",
		 "small.yaml:6:15: replications: `010` is not a decimal number; allowed: 1 to 1048575\n"},
		{"replications: 0x10\n",
		 "small.yaml:6:15: replications: `0x10` has a unit; a plain whole number is allowed; "
		 "range: 1 to 1048575\n"},
		{"replications: many\n",
		 "small.yaml:6:15: replications: `many` is not a decimal number; allowed: 1 to 1048575\n"},
		{"replications: 1.5\n",
		 "small.yaml:6:15: replications: `1.5` is not a whole number; allowed: 1 to 1048575\n"},
		{"operations: 5\n",
		 "small.yaml:6:13: operations: found `5`; allowed: a mapping of keys\n"},
		{"operations:\n",
		 "small.yaml:6:1: operations: no value; allowed: a mapping of keys, or {}\n"},
		{"seed: {a: 1}\n",
		 "small.yaml:6:7: seed: a mapping; allowed: a count, 0 to 9007199254740992\n"},
		{"engine: ns2\n", "small.yaml:6:9: engine: found `ns2`; allowed: native, ns3; nearest: `ns3`\n"},
		{"adversaries: {eve: {kind: radar}}\n",
		 "small.yaml:6:27: adversaries.eve.kind: found `radar`; allowed: radio, hospitals, blind; "
		 "nearest: `radio`\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_list_is_asked_to_be_a_mapping(void **state)
{
	static const struct mistake mistakes[] = {
		{"adversaries: [radio, blind]\n",
		 "small.yaml:6:14: adversaries: a list of texts; allowed: a mapping of keys, or a list of "
		 "mappings with names, as in `[{name: Alex}, {name: Bob}]`\n"},
		{"adversaries: [{kind: radio}]\n",
		 "small.yaml:6:15: adversaries.1 lacks the key `name`\n"},
		{"adversaries: [{name: eve, kind: radar}]\n",
		 "small.yaml:6:33: adversaries.eve.kind: found `radar`; allowed: radio, hospitals, blind; "
		 "nearest: `radio`\n"},
		{"adversaries:\n- name: eve\n  kind: radio\n- name: eve\n  kind: blind\n",
		 "small.yaml:9:9: duplicate key `eve`: it stands in line 7 already\n"},
		{"adversaries: [{name: eve, kind: radio}, mallory]\n",
		 "small.yaml:6:41: a list of both, or of neither; allowed: a list of mappings, or of texts or "
		 "numbers\n"},
		{"seed: [1, 2]\n", "small.yaml:6:7: seed: a list; allowed: a count, 0 to 9007199254740992\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_quantity_needs_its_unit(void **state)
{
	static const struct mistake mistakes[] = {
		{"deadlines: {entering: 10}\n",
		 "small.yaml:6:23: deadlines.entering: `10` has no unit; allowed: ns us ms s min h d; "
		 "range: 1 ms to 1d\n"},
		{"deadlines: {entering: 10 m}\n",
		 "small.yaml:6:23: deadlines.entering: `10 m` has a unit that is not allowed here; allowed: "
		 "ns us ms s min h d; range: 1 ms to 1d\n"},
		{"background: {registrations: 1/year}\n",
		 "small.yaml:6:29: background.registrations: `1/year` has a unit that is not allowed here; "
		 "allowed: /s /min /h /d; range: 0/s to 1000/s\n"},
	};

	EXPECT(*state, mistakes);
}

static void nothing_absurd_is_taken_for_a_number(void **state)
{
	static const struct mistake mistakes[] = {
		{"level: nan\n", "small.yaml:6:8: level: `nan` is not a decimal number; allowed: 0.5 to 0.9999\n"},
		{"level: .inf\n",
		 "small.yaml:6:8: level: `.inf` is not a decimal number; allowed: 0.5 to 0.9999\n"},
		{"level: 2\n", "small.yaml:6:8: level: `2` is out of range; allowed: 0.5 to 0.9999\n"},
		{"replications: -3\n",
		 "small.yaml:6:15: replications: `-3` is out of range; allowed: 1 to 1048575\n"},
		{"replications: 0\n",
		 "small.yaml:6:15: replications: `0` is out of range; allowed: 1 to 1048575\n"},
		{"background: {stay: -4h}\n",
		 "small.yaml:6:20: background.stay: `-4h` is negative; allowed: 1 s to 365d\n"},
		{"background: {count: 1e300}\n",
		 "small.yaml:6:21: background.count: `1e300` is too large; allowed: 0 to 10000000\n"},
		{"probes: {interval: -1s}\n",
		 "small.yaml:6:20: probes.interval: `-1s` is negative; allowed: 0 s to 1d, or never\n"},
		{"hosts: {core_cores: -1}\n",
		 "small.yaml:6:21: hosts.core_cores: `-1` is out of range; allowed: 0 to 4096, or infinite\n"},
		{"schema: 2\n", "small.yaml:6:9: schema: `2` is out of range; allowed: 1 to 1\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_duplicate_key_names_the_first(void **state)
{
	static const struct mistake mistakes[] = {
		{"duration: 3d\n", "small.yaml:6:1: duplicate key `duration`: it stands in line 5 already\n"},
		{"adversaries: {a: {kind: blind}, a: {kind: radio}}\n",
		 "small.yaml:6:33: duplicate key `a`: it stands in line 6 already\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_reference_names_something_that_exists(void **state)
{
	static const struct mistake mistakes[] = {
		{"calibration: open5g\n", "small.yaml:6:14: calibration: found `open5g`; allowed: ideal, open5gs; "
		 "nearest: `open5gs`\n"},
		{"dt: {pseudonym: per_sesion}\n",
		 "small.yaml:6:17: dt.pseudonym: found `per_sesion`; allowed: static, per_hospital, per_session; "
		 "nearest: `per_session`\n"},
		{"attacks: {c: {kind: crash, nf: auzf, start: 1h, duration: 1min}}\n",
		 "small.yaml:6:32: attacks.c.nf: found `auzf`; allowed: amf, ausf, udm, udr, pcf, aanf, dtf, "
		 "ledger, n3iwf (non-3GPP access), sepp, visited amf, visited pcf, visited sepp (roaming), "
		 "or a hospital; nearest: `ausf`\n"},
		{"attacks: {c: {kind: crash, nf: sepp, start: 1h, duration: 1min}}\n",
		 "small.yaml:6:32: attacks.c.nf: found `sepp`; allowed: amf, ausf, udm, udr, pcf, aanf, dtf, "
		 "ledger, n3iwf (non-3GPP access), sepp, visited amf, visited pcf, visited sepp (roaming), "
		 "or a hospital\n"},
		{"roaming: {surgeons: true}\naccess: {surgeons: non_3gpp}\n",
		 "small.yaml:7:20: access.surgeons: found `non_3gpp`, but roaming.surgeons has them in the "
		 "visited network, which has no N3IWF; allowed: 3gpp\n"},
		{"attacks: {c: {kind: crahs}}\n",
		 "small.yaml:6:21: attacks.c.kind: found `crahs`; allowed: suci_flood, crash; nearest: `crash`\n"},
		{"attacks: {c: {start: 1h}}\n",
		 "small.yaml:6:11: attacks.c lacks the key `kind`; allowed: suci_flood, crash\n"},
		{"attacks: {c: {kind: crash, nf: amf, start: 1h}}\n",
		 "small.yaml:6:11: attacks.c lacks the key `duration` (until it is up again)\n"},
		{"variants: {a: {}, b: {twin: aa}}\n",
		 "small.yaml:6:29: twin: `aa` is none of the variants; allowed: auto, or one of them; "
		 "nearest: `a`\n"},
		{"variants: {a: {twin: a}}\n", "small.yaml:6:22: twin: a variant cannot be its own twin\n"},
		{"variants: {a: ~}\n", "small.yaml:6:12: `a: ~` takes away an inherited entry, but none of that "
		 "name is inherited\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_hospital_stands_in_a_known_city(void **state)
{
	struct loading *l = *state;

	loading_text(l, "small.yaml", "scenario: small\nsurgeons: {Alex: {}, Bob: {}}\ncities: {Oslo: {}}\n"
	             "hospitals:\n  Riks: {city: Olso}\n");
	assert_int_equal(loading_load(l, "small.yaml", NULL), SIM_E_INPUT);
	assert_string_equal(l->messages,
	                    "small.yaml:5:16: hospitals.Riks.city: `Olso` is none of the cities; nearest: "
	                    "`Oslo`\n");
}

static void values_must_fit_one_another(void **state)
{
	static const struct mistake mistakes[] = {
		{"operations: {spacing: 90min}\n",
		 "small.yaml:6:23: operations.spacing: operations of 1h 30min that begin up to 10min late "
		 "overlap at a spacing of 1h 30min; allowed: 1h 40min or more\n"},
		{"operations: {days: 3}\n",
		 "small.yaml:5:11: duration: the run of 2d ends before the last operation, which ends at 2d "
		 "17h 10min at the latest\n"},
		{"operations: {enrol: 9h}\n",
		 "small.yaml:6:21: operations.enrol: twins are obtained at 9h, but the first operation is at "
		 "8h; allowed: before that\n"},
		{"network: {mnc: \"7\"}\n",
		 "small.yaml:6:16: network.mnc: found `7`; allowed: 2 to 3 digits\n"},
		{"network: {partners: 001}\n",
		 "small.yaml:6:21: network.partners: found `001`; allowed: none, or at most 8 networks as in "
		 "`001-01,262-03`\n"},
		{"network: {partners: \"001-01,9-9\"}\n",
		 "small.yaml:6:21: network.partners: found `001-01,9-9`; allowed: none, or at most 8 networks "
		 "as in `001-01,262-03`\n"},
		{"network: {mcc: 99x}\n", "small.yaml:6:16: network.mcc: found `99x`; allowed: 3 digits\n"},
		{"adversaries: {h: {kind: hospitals, collude: 3}}\n",
		 "small.yaml:6:45: adversaries.h.collude: found 3, but there are 2 hospitals; allowed: 1 to 2, "
		 "or all\n"},
		{"adversaries: {r: {kind: radio, disclosure: true}}\n",
		 "small.yaml:6:44: adversaries.r.disclosure: only an adversary of kind hospitals has this key\n"},
		{"attacks: {c: {kind: crash, nf: amf, start: 47h, duration: 2h}}\n",
		 "small.yaml:6:59: attacks.c: from 1d 23h to 2d 1h, but the run ends at 2d; allowed: within the "
		 "run\n"},
		{"attacks: {c: {kind: crash, nf: amf, start: 49h, duration: 2h}}\n",
		 "small.yaml:6:44: attacks.c: from 2d 1h to 2d 3h, but the run ends at 2d; allowed: within the "
		 "run\n"},
		{"deadlines: {survival: 1min}\n",
		 "small.yaml:6:23: deadlines.survival: 1min is longer than deadlines.lost, 30 s; allowed: at "
		 "most that\n"},
		{"hosts: {core_cores: 0}\n",
		 "small.yaml:6:21: hosts.core_cores: found `0`; allowed: 1 to 4096, or infinite\n"},
		{"variants: {a: {seed: 4}}\n",
		 "small.yaml:6:16: `seed` in a variant; it is common to all variants, which are compared in "
		 "pairs\n"},
	};

	EXPECT(*state, mistakes);
}

static void a_distribution_is_whole(void **state)
{
	static const struct mistake mistakes[] = {
		{"service: {ue_auth: {distribution: lognormal, p50: 3ms, mean: 2ms}}\n",
		 "small.yaml:6:51: service.ue_auth: p50 `3ms` does not fit; the median of a lognormal is above 0 "
		 "and at most its mean, `2ms`\n"},
		{"service: {ue_auth: {distribution: uniform, mean: 1ms, half_width: 2ms}}\n",
		 "small.yaml:6:67: service.ue_auth: half_width `2ms` is more than the mean; allowed: 0 to "
		 "`1ms`\n"},
		{"service: {ue_auth: {distribution: gamma, mean: 1ms}}\n",
		 "small.yaml:6:35: service.ue_auth.distribution: found `gamma`; allowed: deterministic, "
		 "exponential, erlang, lognormal, uniform, "
		 "hyperexponential, empirical\n"},
		{"service: {ue_auth: {distribution: erlang, mean: 1ms}}\n",
		 "small.yaml:6:20: service.ue_auth: the distribution lacks the key `shape`\n"},
		{"service: {ue_auth: {distribution: exponential, meen: 1ms}}\n",
		 "small.yaml:6:20: service.ue_auth: the distribution lacks the key `mean`\n"
		 "small.yaml:6:48: service.ue_auth: unknown key `meen`; this distribution has: distribution, "
		 "mean; nearest: `mean`\n"},
		{"service: {ue_auth: 2}\n",
		 "small.yaml:6:20: service.ue_auth: `2` has no unit; allowed: ns us ms s min h d; range: 0 s "
		 "to 1h\n"},
	};

	EXPECT(*state, mistakes);
}

static void nothing_of_yaml_is_needed_but_mappings(void **state)
{
	static const struct mistake mistakes[] = {
		{"seed: &a 1\n", "small.yaml:6:10: an anchor (&); a scenario has no anchors, aliases or tags\n"},
		{"seed: *a\n", "small.yaml:6:8: an alias (*); a scenario has no anchors, aliases or tags\n"},
		{"seed: !!int 1\n", "small.yaml:6:13: a tag (!); a scenario has no anchors, aliases or tags\n"},
		{"<<: {seed: 1}\n",
		 "small.yaml:6:1: a merge key (<<); allowed: `extends: FILE` and variants\n"},
		{"---\nseed: 1\n",
		 "small.yaml:6:1: a second document begins; a scenario is one YAML document\n"},
		{"? {a: b}\n: c\n", "small.yaml:6:3: a mapping as a key; a key is a name\n"},
		{"seed:\t1\n", "small.yaml:6:6: a tab; a scenario is indented and spaced with spaces\n"},
		{"\tseed: 1\n", "small.yaml:6:1: a tab; a scenario is indented and spaced with spaces\n"},
		{"title: \"a\\x07b\"\n", "small.yaml:6:8: a text with a control character (0x07) in it; allowed: "
		 "printable text on one line\n"},
		{"title: [a\n", "small.yaml:7:1: not YAML: flow sequence without a closing bracket\n"},
		{"seed: 1\n  title: x\n", "small.yaml:6:7: not YAML: invalid multiline plain key (is the next "
		 "line indented too far?)\n"},
		{"%YAML 3.0\n", "small.yaml:6:1: a YAML directive; a scenario has none\n"},
	};

	EXPECT(*state, mistakes);
}

static void names_are_short_and_printable(void **state)
{
	static const struct mistake mistakes[] = {
		{"adversaries: {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {}}\n",
		 "small.yaml:6:15: a key of 68 octets; a name is shorter than 64\n"},
		{"adversaries: {\"a\\u202eb\": {kind: blind}}\n",
		 "small.yaml:6:15: a text with a control character (0xe2) in it; allowed: printable text on "
		 "one line\n"},
		{"adversaries: {\"\": {kind: blind}}\n", "small.yaml:6:15: an empty key; a key is a name\n"},
	};

	EXPECT(*state, mistakes);
}

static void there_are_two_surgeons(void **state)
{
	struct loading *l = *state;

	loading_text(l, "small.yaml", "scenario: small\nsurgeons: {Alex: {}}\ncities: {Oslo: {}}\n"
	             "hospitals: {Riks: {city: Oslo}}\n");
	loading_load(l, "small.yaml", NULL);
	assert_string_equal(l->messages, "small.yaml:2:1: surgeons: found 1; allowed: exactly two, as in "
	                                 "`surgeons: {Alex: {}, Bob: {}}`\n");
	loading_text(l, "small.yaml", "scenario: small\nsurgeons: {A: {}, B: {}, C: {}}\n"
	             "cities: {Oslo: {}}\nhospitals: {Riks: {city: Oslo}}\n");
	loading_load(l, "small.yaml", NULL);
	assert_string_equal(l->messages, "small.yaml:2:26: surgeons: more than 2 entries\n");
}

static void all_mistakes_come_at_once_in_order(void **state)
{
	static const struct mistake mistakes[] = {
		{"variants: {a: {twin: x}, b: {dt: {pseudonym: no}}}\n"
		 "seed: x\n"
		 "operations: {days: 9, dais: 1}\n"
		 "adversaries: {h: {kind: hospitals, collude: 9}}\n",
		 "small.yaml:5:11: duration: the run of 2d ends before the last operation, which ends at 8d 17h "
		 "10min at the latest\n"
		 "small.yaml:6:22: twin: `x` is none of the variants; allowed: auto, or one of them\n"
		 "small.yaml:6:46: dt.pseudonym: found `no`; allowed: static, per_hospital, per_session\n"
		 "small.yaml:7:7: seed: `x` is not a decimal number; allowed: 0 to 9007199254740992\n"
		 "small.yaml:8:23: unknown key `dais` in operations; nearest known key: `days`\n"
		 "small.yaml:9:45: adversaries.h.collude: found 9, but there are 2 hospitals; allowed: 1 to 2, or "
		 "all\n"},
	};
	struct loading *l = *state;

	EXPECT(l, mistakes);
	assert_non_null(strstr(l->err.text, "small.yaml: 6 errors"));
}

/* ---- files ---- */

static void expect_file(struct loading *l, const char *name, const char *messages)
{
	assert_int_equal(loading_load(l, name, NULL), SIM_E_INPUT);
	assert_string_equal(l->messages, messages);
}

static void a_file_must_be_a_text(void **state)
{
	struct loading *l = *state;
	char path[128];

	loading_text(l, "empty.yaml", "");
	expect_file(l, "empty.yaml", "empty.yaml: is empty; a scenario has at least the keys scenario, cities, "
	            "hospitals, surgeons\n");
	loading_text(l, "comment.yaml", "# nothing\n\n");
	expect_file(l, "comment.yaml", "comment.yaml: has no keys, only blanks and comments\n");
	loading_text(l, "word.yaml", "hello\n");
	expect_file(l, "word.yaml",
	            "word.yaml:1:1: not a mapping of keys; a scenario begins as in `scenario: my-name`\n");
	loading_write(l, "binary.yaml", "ab\0cd", 5);
	expect_file(l, "binary.yaml",
	            "binary.yaml:1:3: a NUL octet: this is a binary file; a scenario is YAML text\n");
	loading_text(l, "latin1.yaml", "scenario: x\ntitle: bl\xe5\n");
	expect_file(l, "latin1.yaml",
	            "latin1.yaml:2:10: octet 0xe5 is not printable UTF-8; a scenario is text in UTF-8\n");
	expect_file(l, "none.yaml", "none.yaml: cannot be read: No such file or directory\n");
	expect_file(l, ".", ".: is a directory; a scenario is a regular file\n");
	snprintf(path, sizeof path, "%s/fifo.yaml", l->directory);
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_file(l, "fifo.yaml", "fifo.yaml: is not a regular file; a scenario is one\n");
}

static void an_unreadable_file_says_so(void **state)
{
	struct loading *l = *state;
	char path[128];

	loading_text(l, "secret.yaml", SMALL);
	snprintf(path, sizeof path, "%s/secret.yaml", l->directory);
	assert_int_equal(chmod(path, 0), 0);
	if (geteuid() == 0) /* nothing is unreadable to root */
		assert_int_equal(loading_load(l, "secret.yaml", NULL), SIM_OK);
	else
		expect_file(l, "secret.yaml", "secret.yaml: cannot be read: Permission denied\n");
}

static void a_million_lines_are_refused_unread(void **state)
{
	struct loading *l = *state;
	enum { LINES = 1000000 };
	char *text = malloc(2 * LINES + 1);

	for (size_t i = 0; i < LINES; i++)
		memcpy(text + 2 * i, "#\n", 2);
	loading_write(l, "long.yaml", text, 2 * LINES);
	free(text);
	expect_file(l, "long.yaml",
	            "long.yaml: is longer than 256 KiB; a scenario is shorter than that\n");
}

static void deep_nesting_is_refused(void **state)
{
	struct loading *l = *state;
	char text[256 + 3 * 60] = "scenario: x\nseed: ";

	for (int i = 0; i < 60; i++)
		strcat(text, "{a: ");
	loading_text(l, "deep.yaml", text);
	assert_int_equal(loading_load(l, "deep.yaml", NULL), SIM_E_INPUT);
	assert_non_null(strstr(l->messages, "deep.yaml:2:67: nested deeper than 16 mappings\n"));
	assert_non_null(strstr(l->messages, "not YAML"));
}

/* A hundred thousand brackets: no stack overflow, a message. */
static void a_pit_of_brackets_is_refused(void **state)
{
	struct loading *l = *state;
	enum { N = 100000 };
	char *text = malloc(N);

	memset(text, '[', N);
	loading_write(l, "pit.yaml", text, N);
	memset(text, '{', N);
	assert_int_equal(loading_load(l, "pit.yaml", NULL), SIM_E_INPUT);
	assert_non_null(strstr(l->messages, "pit.yaml:1:"));
	loading_write(l, "pit.yaml", text, N);
	free(text);
	assert_int_equal(loading_load(l, "pit.yaml", NULL), SIM_E_INPUT);
	assert_non_null(strstr(l->messages, "pit.yaml:1:"));
}

static void twenty_thousand_keys_are_too_many(void **state)
{
	struct loading *l = *state;
	char *text = malloc(SCN_NAME * 4096), *end = text;

	for (int i = 0; i < 20000; i++)
		end += sprintf(end, "k%05d: 1\n", i);
	loading_write(l, "wide.yaml", text, (size_t)(end - text));
	free(text);
	assert_int_equal(loading_load(l, "wide.yaml", NULL), SIM_E_INPUT);
	assert_non_null(strstr(l->messages, "wide.yaml:4097:1: more than 4096 keys in one mapping\n"));
}

static void a_cycle_of_extends_shows_its_path(void **state)
{
	struct loading *l = *state;

	loading_text(l, "a.yaml", "scenario: a\nextends: b.yaml\n");
	loading_text(l, "b.yaml", "extends: c.yaml\n");
	loading_text(l, "c.yaml", "seed: 1\nextends: b.yaml\n");
	expect_file(l, "a.yaml", "c.yaml:2:10: extends goes in a cycle: b.yaml -> c.yaml -> b.yaml\n");
	loading_text(l, "self.yaml", "extends: ./self.yaml\n");
	expect_file(l, "self.yaml", "self.yaml:1:10: extends goes in a cycle: self.yaml -> self.yaml\n");
}

static void a_base_that_cannot_be_read_is_told_where_it_is_asked_for(void **state)
{
	struct loading *l = *state;

	loading_text(l, "a.yaml", "scenario: a\nextends: nowhere.yaml\n");
	expect_file(l, "a.yaml", "a.yaml:2:10: extends nowhere.yaml, which cannot be read: No such file or "
	            "directory\n");
}

static void a_mistake_in_a_base_has_the_base_s_place(void **state)
{
	struct loading *l = *state;

	loading_text(l, "base.yaml", SMALL "replications: none\n");
	loading_text(l, "a.yaml", "extends: base.yaml\nseed: one\nreplications: 3\n");
	expect_file(l, "a.yaml",
	            "a.yaml:2:7: seed: `one` is not a decimal number; allowed: 0 to 9007199254740992\n"
	            "base.yaml:6:15: replications: `none` is not a decimal number; allowed: 1 to 1048575\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, loading_set_up, loading_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_small_scenario_is_good),
		TEST(an_unknown_key_names_its_nearest),
		TEST(a_wrong_type_says_what_is_allowed),
		TEST(a_list_is_asked_to_be_a_mapping),
		TEST(a_quantity_needs_its_unit),
		TEST(nothing_absurd_is_taken_for_a_number),
		TEST(a_duplicate_key_names_the_first),
		TEST(a_reference_names_something_that_exists),
		TEST(a_hospital_stands_in_a_known_city),
		TEST(values_must_fit_one_another),
		TEST(a_distribution_is_whole),
		TEST(nothing_of_yaml_is_needed_but_mappings),
		TEST(names_are_short_and_printable),
		TEST(there_are_two_surgeons),
		TEST(all_mistakes_come_at_once_in_order),
		TEST(a_file_must_be_a_text),
		TEST(an_unreadable_file_says_so),
		TEST(a_million_lines_are_refused_unread),
		TEST(deep_nesting_is_refused),
		TEST(a_pit_of_brackets_is_refused),
		TEST(twenty_thousand_keys_are_too_many),
		TEST(a_cycle_of_extends_shows_its_path),
		TEST(a_base_that_cannot_be_read_is_told_where_it_is_asked_for),
		TEST(a_mistake_in_a_base_has_the_base_s_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
