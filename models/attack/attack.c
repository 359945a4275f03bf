/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/attack/attack.h"

#define ATTACK(name) extern const struct atk_entry atk_##name;
#include "models/attack/atk_list.h"
#undef ATTACK

const struct atk_entry *const atk_entries[] = {
#define ATTACK(name) &atk_##name,
#include "models/attack/atk_list.h"
#undef ATTACK
};
const uint32_t atk_n_entries = sizeof atk_entries / sizeof *atk_entries;
