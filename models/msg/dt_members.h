/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the twin's codec: members of a CBOR map and the fields of struct msg. */
#ifndef MODELS_MSG_DT_MEMBERS_H
#define MODELS_MSG_DT_MEMBERS_H

#include "models/msg/dt_cbor.h"

enum { DT_AKID_MAX = 128, DT_SEALED_OCTETS = 45 }; /* ECIES profile A around five octets of BCD */

enum dt_kind {
	DT_OCTETS, /* a byte string of n octets                                        */
	DT_U16,    /* a number, written with its whole width                           */
	DT_U32,
	DT_U64,    /* a byte string of 8 octets, since it is no number to its readers  */
	DT_TIME,   /* nanoseconds since 1970; int64_t of the simulated time            */
	DT_AKID,   /* a text, around the A-TID                                         */
	DT_SEALED, /* a byte string of sealed_n octets, at most n                      */
	DT_MAP     /* members of its own                                               */
};
struct dt_member {
	const char *key;
	uint8_t kind; /* enum dt_kind */
	uint16_t offset, n;
	const struct dt_member *members; /* of DT_MAP */
	bool in_refusals; /* an answer with a cause has "cause" and these members alone */
};

/* Lists end with key NULL. 0: no room. */
size_t dt_members_write(const struct dt_realm *realm, const struct dt_member *members,
                        const struct msg *msg, uint8_t *out, size_t room);
bool dt_members_read(const struct dt_realm *realm, const struct dt_member *members, bool refuses,
                     const uint8_t *in, size_t n, struct msg *msg, struct msg_fault *fault);

#endif
