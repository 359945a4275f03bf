# SPDX-License-Identifier: GPL-2.0-or-later
# Tests: one cmocka program per tests/**/test_*.c, one script per tests/e2e/test_*.sh or .py.
# A unit test links only the layers that its subject may see.

TESTS_C   := $(sort $(shell find tests -name 'test_*.c' 2>/dev/null))
TESTS_C   := $(if $(filter 1,$(WITH_NS3)),$(TESTS_C),$(foreach t,$(TESTS_C),$(if $(findstring /test_ns3,$(t)),,$(t))))
TEST_BINS := $(patsubst %.c,$(BUILD)/%,$(TESTS_C))
TESTS_SH  := $(sort $(wildcard tests/e2e/test_*.sh) $(wildcard tests/e2e/test_*.py))

lib = $(patsubst %,$(BUILD)/lib%.a,$(1))
SEE_sim       := sim-net sim-core
SEE_models    := models models-pure sim-net sim-core
SEE_results   := results models-pure sim-core
SEE_scenarios := scenarios results models models-pure sim-net sim-core
SEE_analysis  := analysis results models-pure sim-core
SEE_cli       := cli analysis scenarios results models models-pure sim-net sim-core
SEE_all       := analysis scenarios results models models-pure sim-net sim-core
see = $(call lib,$(SEE_$(or $(filter sim models results scenarios analysis cli,$(word 2,$(subst /, ,$(patsubst tests/%,%,$(1))))),all)))

define test_program
$(BUILD)/$(1:.c=): $(1) $(call see,$(1)) $(if $(findstring test_ns3,$(1)),$(BUILD)/libns3c.so $(BUILD)/libdtsim-ns3.so)
	@mkdir -p $$(@D)
	@echo "  TEST  $$@"
	$$(Q)$$(CC) $$(CFLAGS) $$(call PKG,--cflags) -MMD -MP $$< $$(call see,$(1)) \
	  $(if $(findstring test_ns3,$(1)),-L$(BUILD) -ldtsim-ns3 -lns3c -Wl$(comma)-rpath$(comma)$(abspath $(BUILD))) \
	  $(if $(findstring test_osmocore,$(1)),$$$$(pkg-config --libs libosmogsm)) \
	  $$(LDFLAGS) -lcmocka $$(LIBS) -o $$@
endef
comma := ,
$(foreach t,$(TESTS_C),$(eval $(call test_program,$(t))))
-include $(shell find $(BUILD)/tests -name '*.d' 2>/dev/null)

include make/fuzz.mk

.PHONY: tests check check-layers
tests: $(TEST_BINS)

check: setup-test ## install what is missing, build and run all tests
	@$(MAKE) --no-print-directory $(JOBS) all tests
	@$(MAKE) --no-print-directory check-layers
	@BUILD=$(BUILD) WITH_NS3=$(WITH_NS3) CC=$(CC) tests/run.sh $(TEST_BINS) $(TESTS_SH)

# What make check does with some moments and places, with many: minutes.
.PHONY: test-kill
test-kill: setup-test ## kill runs at 40 random moments, fill the disk and bound the memory at many points
	@$(MAKE) --no-print-directory $(JOBS) all
	@BUILD=$(BUILD) CC=$(CC) MOMENTS=40 DENSE=1 tests/run.sh tests/e2e/test_kill.py tests/e2e/test_limits.py

check-layers: ## refuse an include or a list entry against the plan of the house
	@tests/check-layers.sh .

# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer, in a build of their own. (The
# sanitizers' instrumentation makes gcc see truncations that cannot happen.)
.PHONY: check-sanitize
check-sanitize: setup-test ## run the unit tests and the commands under ASan and UBSan
	@$(MAKE) --no-print-directory $(JOBS) BUILD=$(BUILD)-sanitize OPT=-O1 \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-truncation' all sanitized-tests

.PHONY: sanitized-tests
sanitized-tests: tests
	@BUILD=$(BUILD) WITH_NS3=$(WITH_NS3) CC=$(CC) tests/run.sh $(TEST_BINS) tests/e2e/test_cli.sh

# Stations alone against queueing theory, at full length; `make check` has a short form of the same comparison.
.PHONY: test-stat
test-stat: setup-test ## compare scenarios/validation with closed forms: a quarter of an hour on two cores
	@$(MAKE) --no-print-directory $(JOBS) all
	@BUILD=$(BUILD) tests/stat/validate.py
