# SPDX-License-Identifier: GPL-2.0-or-later
# Benchmarks: one program per bench/NAME.c, bench/bench.c is what they share. They time the machine, so
# no test runs them. BENCH="NAME..." runs some of them, BENCH_ROUNDS=N changes how often they repeat.

BENCH         ?= $(patsubst bench/%.c,%,$(filter-out bench/bench.c,$(sort $(wildcard bench/*.c))))

$(BUILD)/bench/%: bench/%.c bench/bench.c bench/bench.h $(LIBFILES)
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)$(CC) $(CFLAGS) $(call PKG,--cflags) $< bench/bench.c $(LIBFILES) $(LDFLAGS) $(LIBS) -o $@

.PHONY: bench
bench: setup-bench ## measure, beside what it is held against; writes build/bench.json
	@$(MAKE) --no-print-directory $(JOBS) $(patsubst %,$(BUILD)/bench/%,$(BENCH))
	@bench/run.sh $(BUILD)/bench.json $(patsubst %,$(BUILD)/bench/%,$(BENCH))
