/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every linking adversary: one line here, one file <name>.c with const struct adv_entry
 * adv_<name>.
 */
ADVERSARY(radio)
ADVERSARY(hospitals)
ADVERSARY(blind)
