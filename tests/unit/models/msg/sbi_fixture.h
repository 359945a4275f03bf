/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The SBI codec of one network, for a group of tests. */
#ifndef TESTS_UNIT_MODELS_MSG_SBI_FIXTURE_H
#define TESTS_UNIT_MODELS_MSG_SBI_FIXTURE_H

#include "models/id/suci.h"
#include "models/msg/ngap.h"
#include "models/msg/sbi.h"
#include "models/msg/sbi_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct sbi_network network = {.plmn = {999, 70, 2}, .routing_indicator = 0,
	.routing_digits = 1};
static struct sbi both, *const sbi = &both;

#endif
