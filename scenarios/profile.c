/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/profile.h"

#include "scenarios/schema.h"
#include "scenarios/text.h"
#include "scenarios/yaml.h"
#include <string.h>

/* Every profile: one line here, one file. */
#define PROFILES(PROFILE)                                                                          \
	PROFILE(ideal)                                                                                \
	PROFILE(open5gs)

/* C11 has no other way to embed a file. The path is that of the build, which runs at the root. */
#define EMBED(name)                                                                                \
	__asm__(".section .rodata\n"                                                                  \
	        ".global scn_profile_" #name "\n.global scn_profile_" #name "_end\n"                  \
	        "scn_profile_" #name ":\n.incbin \"scenarios/profiles/" #name ".yaml\"\n"             \
	        "scn_profile_" #name "_end:\n.byte 0\n.previous\n");                                  \
	extern const char scn_profile_##name[], scn_profile_##name##_end[];
PROFILES(EMBED)

struct embedded {
	const char *text, *end;
};
#define RANGE(name) {scn_profile_##name, scn_profile_##name##_end},
static const struct embedded embedded[] = {PROFILES(RANGE)};

#define NAME(name) #name,
const char *const scn_profile_names[] = {PROFILES(NAME)};
const uint32_t scn_n_profiles = sizeof embedded / sizeof *embedded;

struct scn_node *scn_profile_read(struct scn_context *context, uint32_t profile)
{
	const char *name = scn_format(context, "profile %s", scn_profile_names[profile]);
	const struct scn_source source = {
		.kind = SCN_SOURCE_PROFILE, .shown = name, .name = name, .text = embedded[profile].text,
		.length = (size_t)(embedded[profile].end - embedded[profile].text)};
	uint32_t number = scn_source_add(context, &source);
	struct scn_config *scratch = scn_alloc(context, sizeof *scratch);

	if (scn_text_check(context, number) != 0)
		return NULL;
	struct scn_node *root = scn_yaml_parse(context, number);

	if (!root)
		return NULL;
	scn_schema_read(context, root, SCN_ROLE_PROFILE, scratch);
	const struct scn_node *origin = scn_node_child(root, "source");

	context->sources[number].origin = origin && origin->text ? origin->text : name;
	return root;
}
