# SPDX-License-Identifier: GPL-2.0-or-later
# Debian packages: `make setup` installs what is missing, and says so first; when nothing is, it is silent.

PACKAGES_BUILD := gcc libc6-dev pkg-config libgsl-dev libhdf5-dev libplot-dev libfyaml-dev \
                  librandom123-dev libssl-dev zlib1g-dev libjansson-dev libnghttp2-dev libcbor-dev \
                  libpng-dev libfreetype-dev fonts-urw-base35
PACKAGES_NS3   := g++ libns3-dev
PACKAGES_MPI   := mpi-default-dev mpi-default-bin
PACKAGES_TEST  := libcmocka-dev clang python3 python3-h5py python3-pandas chromium libosmocore-dev \
                  hdf5-tools libclang-rt-14-dev tshark valgrind \
                  $(PACKAGES_MPI)
PACKAGES_BENCH := openssl python3-simpy libsimgrid-dev valgrind
PACKAGES       := $(PACKAGES_BUILD) $(if $(filter 1,$(WITH_NS3)),$(PACKAGES_NS3)) \
                  $(if $(filter 1,$(WITH_MPI)),$(PACKAGES_MPI))

.PHONY: setup setup-test setup-bench
setup: ## install missing Debian packages for building
	@make/setup.sh $(BUILD) $(PACKAGES)
setup-test: ## install missing Debian packages for building and testing
	@make/setup.sh $(BUILD) $(PACKAGES) $(PACKAGES_TEST)
setup-bench: ## install missing Debian packages for building and for benchmarks
	@make/setup.sh $(BUILD) $(PACKAGES) $(PACKAGES_BENCH)
