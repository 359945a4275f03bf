# SPDX-License-Identifier: GPL-2.0-or-later
# Benchmarks: one program per bench/NAME.c; bench.c and simulation.c are what they share. They time the
# machine, so no test runs them. BENCH="NAME..." runs some of them, BENCH_ROUNDS=N changes how often they
# repeat, BENCH_UES=1000000 has as many UEs register as the figures promised are for.

BENCH_SHARED  := bench/bench.c bench/simulation.c
BENCH         ?= $(patsubst bench/%.c,%,$(filter-out $(BENCH_SHARED),$(sort $(wildcard bench/*.c))))

BENCH_FLAGS    = -DBENCH_OTHERS='"$(BUILD)/bench/others"' -DBENCH_DTSIM='"$(BUILD)/dtsim"'

# Programs of other simulators; a benchmark says a word where one is missing.
BENCH_OTHERS  := $(patsubst %.cc,$(BUILD)/%,$(wildcard bench/others/*.cc))

$(BUILD)/bench/others/%_simgrid: bench/others/%_simgrid.cc
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)test ! -e /usr/include/simgrid/engine.h || \
	  $(CXX) -std=c++17 $(OPT) -Wall -Wextra $< -lsimgrid -o $@

# What ns-3's side of a benchmark needs is in bench/NAME_ns3.cc.
BENCH_NS3     := $(if $(filter 1,$(WITH_NS3)),$(patsubst bench/%_ns3.cc,%,$(wildcard bench/*_ns3.cc)))

$(BUILD)/bench/%_ns3.o: bench/%_ns3.cc $(wildcard bench/*.h)
	@mkdir -p $(@D)
	@echo "  CXX   $@"
	$(Q)$(CXX) -std=c++17 $(OPT) -g -Wall -Wextra -Werror -I. $(NS3_CFLAGS) -c $< -o $@

$(patsubst %,$(BUILD)/bench/%,$(BENCH_NS3)): $(BUILD)/bench/%: bench/%.c $(BENCH_SHARED) \
  $(wildcard bench/*.h) $(LIBFILES) $(BUILD)/bench/%_ns3.o $(BUILD)/libns3c.so
	@echo "  BENCH $@"
	$(Q)$(CC) $(CFLAGS) -DWITH_NS3=1 $(BENCH_FLAGS) $(call PKG,--cflags) $< $(BENCH_SHARED) $(LIBFILES) \
	  $(BUILD)/bench/$*_ns3.o $(LDFLAGS) $(LIBS) -L$(BUILD) -lns3c -Wl,-rpath,'$$ORIGIN/..' \
	  $(NS3_LIBS) -lstdc++ -o $@

$(BUILD)/bench/%: bench/%.c $(BENCH_SHARED) $(wildcard bench/*.h) $(LIBFILES)
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)$(CC) $(CFLAGS) -DWITH_NS3=0 $(BENCH_FLAGS) $(call PKG,--cflags) $< $(BENCH_SHARED) $(LIBFILES) $(LDFLAGS) \
	  $(LIBS) -o $@

.PHONY: bench
bench: setup-bench ## measure, beside what it is held against; writes build/bench.json
	@$(MAKE) --no-print-directory $(JOBS) $(patsubst %,$(BUILD)/bench/%,$(BENCH)) $(BENCH_OTHERS) \
	  $(BUILD)/dtsim
	@bench/run.sh $(BUILD)/bench.json $(patsubst %,$(BUILD)/bench/%,$(BENCH))

$(BUILD)/bench/count/%: bench/count/%.c $(wildcard bench/*.h) $(LIBFILES)
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$(Q)$(CC) $(CFLAGS) $(call PKG,--cflags) $< $(LIBFILES) $(LDFLAGS) $(LIBS) -o $@

.PHONY: bench-check bench-reference
bench-check: setup-bench ## fail when an event or a registration takes 3 % more instructions than in bench/reference.json
	@$(MAKE) --no-print-directory $(JOBS) $(BUILD)/bench/count/event_loop $(BUILD)/dtsim
	@bench/check.sh $(BUILD)
bench-reference: setup-bench ## write bench/reference.json anew
	@$(MAKE) --no-print-directory $(JOBS) $(BUILD)/bench/count/event_loop $(BUILD)/dtsim
	@bench/check.sh $(BUILD) --update
