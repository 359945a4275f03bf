/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An engine that needs other libraries (ns-3) is a shared object, so that dtsim itself does not. */
#include "revision.h"
#include "sim/native/native.h"
#include "sim/net/net.h"
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_PLACES = 4 };

struct places {
	int n;
	char directory[MAX_PLACES][PATH_MAX + 16];
};

static void add_place(struct places *places, const char *directory)
{
	snprintf(places->directory[places->n++], sizeof places->directory[0], "%s", directory);
}

static void find_places(struct places *places)
{
	const char *named = getenv("DTSIM_ENGINE_DIR");
	char program[PATH_MAX + 16];

	places->n = 0;
	if (named && named[0])
		add_place(places, named);
	ssize_t length = readlink("/proc/self/exe", program, PATH_MAX - 1);
	if (length > 0) {
		program[length] = '\0';
		char *slash = strrchr(program, '/');
		if (slash) {
			*slash = '\0';
			add_place(places, program[0] ? program : "/");
			strcat(program, "/../lib"); /* installed below any prefix */
			add_place(places, program);
		}
	}
	add_place(places, DTSIM_LIBDIR);
}

static enum sim_code not_installed(const char *name, const struct places *places,
                                   struct sim_err *err)
{
	char sought[600] = "";
	size_t used = 0;

	for (int i = 0; i < places->n && used < sizeof sought; i++)
		used += (size_t)snprintf(sought + used, sizeof sought - used, "%s%s", i ? ", " : "",
		                         places->directory[i]);
	return sim_fail(err, SIM_E_ENGINE,
	                "the %s engine is not installed: libdtsim-%s.so is in none of %s; build it "
	                "with WITH_NS3=1, name its directory in DTSIM_ENGINE_DIR, or use the native "
	                "engine",
	                name, name, sought);
}

static enum sim_code load_file(const char *name, const char *file,
                               const struct sim_engine_ops **ops, struct sim_err *err)
{
	/* Never closed: ns-3 has objects that live until the process ends. */
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return sim_fail(err, SIM_E_ENGINE, "the %s engine cannot be loaded: %s", name, dlerror());

	void *symbol = dlsym(library, SIM_ENGINE_SYMBOL);
	if (!symbol)
		return sim_fail(err, SIM_E_ENGINE, "%s is no engine: it has no function %s", file,
		                SIM_ENGINE_SYMBOL);
	sim_engine_entry *entry;
	memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from object to function */
	*ops = entry();
	if ((*ops)->abi != SIM_ENGINE_ABI)
		return sim_fail(err, SIM_E_ENGINE, "%s has interface version %d; %d is needed", file,
		                (*ops)->abi, SIM_ENGINE_ABI);
	return SIM_OK;
}

enum sim_code sim_engine_load(const char *name, const struct sim_engine_ops **ops,
                              struct sim_err *err)
{
	struct places places;
	char file[PATH_MAX + 128];

	if (strcmp(name, sim_native_ops.name) == 0) {
		*ops = &sim_native_ops;
		return SIM_OK;
	}
	if (strcmp(name, "ns3") != 0)
		return sim_fail(err, SIM_E_INPUT, "no engine is called \"%s\"; allowed: native ns3", name);
	find_places(&places);
	for (int i = 0; i < places.n; i++) {
		snprintf(file, sizeof file, "%s/libdtsim-%s.so", places.directory[i], name);
		if (access(file, R_OK) == 0)
			return load_file(name, file, ops, err);
	}
	return not_installed(name, &places, err);
}
