# SPDX-License-Identifier: GPL-2.0-or-later
# Each layer is its own static library, linked in the order of the layers: a call against the
# direction of dependency does not link.

DIRS_sim-core    := sim/core
DIRS_sim-net     := sim/net sim/native
DIRS_models-pure := models/id models/crypto models/msg models/record
DIRS_models      := models/queue models/radio models/nf models/policy models/attack
DIRS_results     := results
DIRS_scenarios   := scenarios
DIRS_analysis    := analysis/stat analysis/metric analysis/link analysis/plot analysis/report
DIRS_cli         := cli

LAYERS := sim-core sim-net models-pure models results scenarios analysis
sources = $(sort $(foreach d,$(DIRS_$(1)),$(wildcard $(d)/*.c)))
objects = $(patsubst %.c,$(BUILD)/o/%.o,$(call sources,$(1)))

# Resolved when a recipe runs: the packages may have been installed by the same make.
PKG      = $(shell pkg-config $(1) hdf5 gsl libfyaml jansson libnghttp2 libcbor libcrypto libpng freetype2)
LIBS     = $(call PKG,--libs) -lplot -lm -lz -ldl -lpthread

REVISION := $(shell git describe --always --dirty --exclude '*' 2>/dev/null || echo unknown)

$(BUILD)/o/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(Q)$(CC) $(CFLAGS) $(call PKG,--cflags) -MMD -MP -c $< -o $@

define layer
$(BUILD)/lib$(1).a: $(call objects,$(1))
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

# For tests of single files of the command line.
$(BUILD)/libcli.a: $(filter-out %/main.o,$(call objects,cli))
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# The version and revision are compiled into one file, remade when either changes.
$(BUILD)/revision.h: FORCE
	@mkdir -p $(@D)
	@printf '#define DTSIM_VERSION "%s"\n#define DTSIM_REVISION "%s"\n#define DTSIM_CFLAGS "%s"\n#define DTSIM_LIBDIR "%s"\n' \
	  '$(VERSION)' '$(REVISION)' '$(subst ",,$(OPT) -ffp-contract=off $(SANITIZE))' '$(PREFIX)/lib' > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
FORCE:
$(BUILD)/o/results/provenance.o: $(BUILD)/revision.h
$(BUILD)/o/results/provenance.o: CFLAGS += -I$(BUILD)
$(BUILD)/o/sim/net/load.o: $(BUILD)/revision.h
$(BUILD)/o/sim/net/load.o: CFLAGS += -I$(BUILD)
$(BUILD)/o/scenarios/profile.o: $(wildcard scenarios/profiles/*.yaml)

LIBFILES = $(patsubst %,$(BUILD)/lib%.a,analysis scenarios results models models-pure sim-net sim-core)

# cli/mpi_port.c is compiled twice: without MPI, and by the compiler of MPI for those who want it.
MPI_OBJECT   := $(BUILD)/o/cli/mpi_port-mpi.o
CLI_0         = $(call objects,cli)
CLI_1         = $(filter-out %/mpi_port.o,$(CLI_0)) $(MPI_OBJECT)
MPI_THERE     = command -v $(MPICC) >/dev/null || \
                { echo "there is no $(MPICC): make setup WITH_MPI=1 installs one, MPICC=… names another"; exit 1; }
MPI_COMPILER := env OMPI_CC='$(CC)' MPICH_CC='$(CC)' I_MPI_CC='$(CC)' $(MPICC)

$(BUILD)/o/cli/mpi_port.o: CFLAGS += -DWITH_MPI=0
$(MPI_OBJECT): cli/mpi_port.c cli/mpi_port.h
	@mkdir -p $(@D)
	@$(MPI_THERE)
	@echo "  MPICC $@"
	$(Q)$(MPI_COMPILER) $(CFLAGS) -DWITH_MPI=1 -c $< -o $@

# Remade when another kind of program is asked for.
$(BUILD)/with_mpi: FORCE
	@mkdir -p $(@D)
	@echo '$(WITH_MPI)' | cmp -s - $@ || echo '$(WITH_MPI)' > $@

$(BUILD)/dtsim: $(CLI_$(WITH_MPI)) $(LIBFILES) $(BUILD)/with_mpi
	@echo "  LINK  $@"
	$(Q)$(if $(filter 1,$(WITH_MPI)),$(MPI_COMPILER),$(CC)) $(LDFLAGS) $(filter-out %/with_mpi,$^) $(LIBS) -o $@

# The same program with MPI, whatever WITH_MPI says: for tests.
$(BUILD)/mpi/dtsim: $(CLI_1) $(LIBFILES)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(MPI_COMPILER) $(LDFLAGS) $^ $(LIBS) -o $@

-include $(shell find $(BUILD)/o -name '*.d' 2>/dev/null)

# ns-3 is met by the C++ files of sim/ns3 and nothing else; they stand behind ns3c.h.
NS3_MODULES := ns3-core ns3-network ns3-internet ns3-point-to-point ns3-csma ns3-propagation ns3-mobility
NS3_CFLAGS   = $(shell pkg-config --cflags $(NS3_MODULES) | sed 's/-I[^ ]*;//g')
NS3_LIBS     = $(shell pkg-config --libs $(NS3_MODULES))
NS3C_OBJECTS = $(patsubst %.cc,$(BUILD)/o/%.o,$(sort $(wildcard sim/ns3/*.cc)))
NS3_ENGINE_OBJECTS = $(patsubst %.c,$(BUILD)/o/%.o,$(sort $(wildcard sim/ns3/engine_*.c)))

$(BUILD)/o/sim/ns3/%.o: sim/ns3/%.cc
	@mkdir -p $(@D)
	@echo "  CXX   $@"
	$(Q)$(CXX) -std=c++17 $(OPT) -g -fPIC -Wall -Wextra -Werror -I. $(NS3_CFLAGS) -MMD -MP $(SANITIZE) -c $< -o $@
$(BUILD)/o/sim/ns3/%.o: CFLAGS += -fPIC

# nodelete: ns-3 registers types and callbacks with the process, so it must not be unloaded.
$(BUILD)/libns3c.so: $(NS3C_OBJECTS)
	@echo "  LINK  $@"
	$(Q)$(CXX) $(SANITIZE) -shared -Wl,-soname,libns3c.so -Wl,-z,nodelete $^ $(NS3_LIBS) -o $@
$(BUILD)/libdtsim-ns3.so: $(NS3_ENGINE_OBJECTS) $(BUILD)/libns3c.so
	@echo "  LINK  $@"
	$(Q)$(CC) $(SANITIZE) -shared -Wl,-rpath,'$$ORIGIN' $(NS3_ENGINE_OBJECTS) -L$(BUILD) -lns3c -o $@

.PHONY: ns3c-example
ns3c-example: $(BUILD)/ns3c-example ## build and run the example of the C interface to ns-3
	$(BUILD)/ns3c-example $(BUILD)/ns3c-example.pcap
$(BUILD)/ns3c-example: $(BUILD)/o/sim/ns3/example.o $(BUILD)/libns3c.so
	@echo "  LINK  $@"
	$(Q)$(CC) $(LDFLAGS) -Wl,-rpath,'$$ORIGIN' $< -L$(BUILD) -lns3c -o $@
