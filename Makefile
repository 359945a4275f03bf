# SPDX-License-Identifier: GPL-2.0-or-later
# Every entry point of dtsim; `make help` lists them.

BUILD    ?= build
# make predefines CC and CXX: only what the user says counts
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
OPT      ?= -O2
WITH_NS3 ?= 1
# 1: dtsim run may be started by mpirun or srun
WITH_MPI ?= 0
MPICC    ?= mpicc
PREFIX   ?= /usr/local
SANITIZE ?=
J        ?= $(shell nproc)
# as many jobs as cores, unless the caller has said -j
JOBS      = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(J))
# V=1 shows whole commands
Q         = $(if $(filter 1,$(V)),,@)

VERSION  := $(shell cat VERSION)
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            -Wpointer-arith -Wwrite-strings -Wundef -Werror
# -ffp-contract=off and no -ffast-math: the same octets from every compiler.
CFLAGS   += -std=c11 -D_GNU_SOURCE $(OPT) -g -ffp-contract=off -fno-strict-aliasing -I. $(WARN) $(SANITIZE)
LDFLAGS  += $(SANITIZE) -rdynamic

.DEFAULT_GOAL := all
include make/setup.mk
include make/build.mk
include make/test.mk
include make/bench.mk
include make/install.mk

.PHONY: all demo check clean help

all: $(BUILD)/dtsim $(if $(filter 1,$(WITH_NS3)),$(BUILD)/libdtsim-ns3.so) ## build everything

demo: setup ## install what is missing, build, run scenarios/two-surgeons.yaml, write the report
	@$(MAKE) --no-print-directory $(JOBS) all
	@before=$$(stat -c %Y $(BUILD)/demo/two-surgeons.h5 2>/dev/null); \
	$(MAKE) --no-print-directory $(BUILD)/demo/report/index.html || exit; \
	[ "$$before" != "$$(stat -c %Y $(BUILD)/demo/two-surgeons.h5)" ] || \
	  $(BUILD)/dtsim summary $(BUILD)/demo/two-surgeons.h5
	@echo "The report: $(BUILD)/demo/report/index.html"

$(BUILD)/demo/two-surgeons.h5: $(BUILD)/dtsim $(wildcard scenarios/*.yaml)
	@mkdir -p $(@D)
	@$(BUILD)/dtsim run scenarios/two-surgeons.yaml --force -o $@
$(BUILD)/demo/report/index.html: $(BUILD)/demo/two-surgeons.h5
	@$(BUILD)/dtsim report $< -o $(@D)

clean: ## remove the build directory
	rm -rf $(BUILD)

help: ## list the entry points
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sort | \
	  awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'
