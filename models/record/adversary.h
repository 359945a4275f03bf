/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a linking adversary is given: vantage (what it observes) and knowledge. The linking methods
 * themselves are in analysis/link and work on recorded observations after the run; this declaration is
 * shared with the scenario loader, so that both read the same keys.
 */
#ifndef MODELS_RECORD_ADVERSARY_H
#define MODELS_RECORD_ADVERSARY_H

#include "models/record/enums.h"
#include "sim/core/param.h"
#include <stdbool.h>
#include <stdint.h>

enum { REC_MAX_ADVERSARIES = 16 };

enum rec_adversary_kind {
	REC_ADVERSARY_RADIO,     /* passive radio eavesdropper: SUCI, GUTI, cell, time                 */
	REC_ADVERSARY_HOSPITALS, /* c colluding hospitals: pseudonym, holder key, commitment, time     */
	REC_ADVERSARY_BLIND      /* ignores its input: must be at 0 exactly                            */
};

struct rec_adversary {
	char name[64];
	uint8_t kind;           /* enum rec_adversary_kind                          */
	int64_t collude;        /* hospitals: how many of them; -1 all              */
	bool disclosure;        /* hospitals: also what the care team learns        */
	int64_t known_sessions; /* of each surgeon, handed over with the names      */
};

/* Keys of an entry of `adversaries:`: name, kind (radio|hospitals|blind), collude, disclosure, known_sessions. */
extern const struct sim_section rec_adversary_section;

#endif
