# SPDX-License-Identifier: GPL-2.0-or-later
# `make install`: dtsim, the ns-3 engine beside it, and ns3c (header, library, ns3c.pc) for anybody.

.PHONY: install
install: all ## install dtsim (and ns3c with WITH_NS3=1) below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/dtsim/scenarios/validation \
	  $(DESTDIR)$(PREFIX)/share/man/man1
	install $(BUILD)/dtsim $(DESTDIR)$(PREFIX)/bin/
	install -m 644 docs/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 scenarios/*.yaml $(DESTDIR)$(PREFIX)/share/dtsim/scenarios/
	install -m 644 scenarios/validation/*.yaml $(DESTDIR)$(PREFIX)/share/dtsim/scenarios/validation/
ifeq ($(WITH_NS3),1)
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install $(BUILD)/libdtsim-ns3.so $(BUILD)/libns3c.so $(DESTDIR)$(PREFIX)/lib/
	install -m 644 sim/ns3/ns3c.h $(DESTDIR)$(PREFIX)/include/
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' sim/ns3/ns3c.pc.in \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/ns3c.pc
endif
