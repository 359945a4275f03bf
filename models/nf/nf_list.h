/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every network function and entity: one line here, one file <name>.c with its nf_<name>. */
NF(ue)
NF(gnb)
NF(amf)
NF(ausf)
NF(udm)
NF(udr)
NF(pcf)
NF(aanf)
NF(dtf)
NF(ledger)
NF(hospital)
