# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzz targets: one per tests/fuzz/fuzz_NAME.c, seeds in tests/fuzz/corpus/NAME/, old crashes in
# tests/fuzz/crashes/NAME/. `make fuzz` runs them under libFuzzer; `make check` replays seeds and crashes.

FUZZ_SECONDS ?= 60
FUZZ_NAMES   := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_BINS    := $(patsubst %,$(BUILD)/fuzz_%,$(FUZZ_NAMES))
REPLAY_BINS  := $(patsubst %,$(BUILD)/tests/fuzz/test_%,$(FUZZ_NAMES))
TEST_BINS    += $(REPLAY_BINS)

.PHONY: fuzz fuzz-targets
fuzz: setup-test ## run each fuzz target for FUZZ_SECONDS (60), under ASan and UBSan
	@$(MAKE) --no-print-directory $(JOBS) BUILD=$(BUILD)-fuzz CC=clang OPT=-O1 WITH_NS3=0 \
	  SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzz-targets
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(patsubst %,$(BUILD)-fuzz/fuzz_%,$(FUZZ_NAMES))
fuzz-targets: $(FUZZ_BINS)

$(FUZZ_BINS): $(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(call lib,$(SEE_all))
	@echo "  FUZZ  $@"
	$(Q)$(CC) $(CFLAGS) $(call PKG,--cflags) -fsanitize=fuzzer $< $(call lib,$(SEE_all)) $(LDFLAGS) $(LIBS) -o $@

$(REPLAY_BINS): $(BUILD)/tests/fuzz/test_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h \
  $(call lib,$(SEE_all))
	@mkdir -p $(@D)
	@echo "  TEST  $@"
	$(Q)$(CC) $(CFLAGS) $(call PKG,--cflags) -DFUZZ_NAME='"$*"' $< tests/fuzz/replay.c \
	  $(call lib,$(SEE_all)) $(LDFLAGS) -lcmocka $(LIBS) -o $@
