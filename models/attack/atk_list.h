/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every attack and fault: one line here, one file atk_<name>.c. */
ATTACK(suci_flood)
ATTACK(crash)
