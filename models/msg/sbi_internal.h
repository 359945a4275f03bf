/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the SBI codec: sbi_operations.c (the rows), sbi_text.c (values as text), sbi_json.c
 * (bodies), sbi_problem.c (errors), sbi.c (header fields), sbi_octets.c (lengths).
 */
#ifndef MODELS_MSG_SBI_INTERNAL_H
#define MODELS_MSG_SBI_INTERNAL_H

#include "models/msg/sbi.h"
#include <jansson.h>
#include <stddef.h>

enum { SBI_VALUE_MAX = 512 };

/* A member of a body. Its place is a path of names; '#' is the first element of an array. */
enum sbi_kind {
	SBI_TEXT,    /* a string by a template: sbi_text.c                         */
	SBI_LITERAL, /* JSON as it stands here; of no meaning to the model         */
	SBI_FLAG,    /* true when the bool at `offset` is; absent: false           */
	SBI_BOOL,    /* true or false as the bool at `offset` is                   */
	SBI_RESYNC,  /* writes nothing; its presence says a synch failure          */
	SBI_NULL     /* null when there is a cause                                 */
};
enum sbi_when {
	SBI_ALWAYS,
	SBI_WHEN_RESYNC, /* a synch failure is told            */
	SBI_WHEN_AKA,    /* by method                          */
	SBI_WHEN_EAP,
	SBI_WHEN_GOOD,   /* no cause                           */
	SBI_WHEN_BAD,
	SBI_WHEN_AKMA,   /* vector.akma                        */
	SBI_WHEN_KNOWN,  /* key.msin                           */
	SBI_WHEN_OPC,    /* MILENAGE                           */
	SBI_WHEN_TOPC,   /* TUAK                               */
	SBI_WHEN_PACKET, /* an EAP packet is there             */
	SBI_WHEN_DONE,   /* … and it ends the session well     */
	SBI_WHEN_3GPP,   /* by access                          */
	SBI_WHEN_NON_3GPP
};
struct sbi_member {
	const char *path;
	const char *text; /* template or JSON                */
	uint8_t kind, when;
	uint16_t offset;  /* in struct msg: of $x, of a flag */
	uint16_t n;       /* octets of $x                    */
};

/* An operation: a request and its answer. */
struct sbi_operation {
	uint8_t request, answer; /* enum msg_type */
	uint16_t status;         /* of the good answer */
	const char *method, *path, *client, *server;
	const char *type, *answer_type; /* content types; NULL: application/json   */
	const char *location;           /* of what was created; NULL: none         */
	const struct sbi_member *body, *answer_body; /* end with .path NULL; NULL: no body */
};
extern const struct sbi_operation sbi_operations[];
extern const uint32_t sbi_n_operations;
/* NULL: not of the SBI. */
const struct sbi_operation *sbi_operation_of(enum msg_type type);

/* Header fields and body of a message before HTTP/2 codes them. */
enum { SBI_TEXTS_MAX = 2 * SBI_VALUE_MAX };
struct sbi_head {
	struct http2_field field[HTTP2_FIELDS_MAX];
	uint32_t n;
	uint32_t n_text;
	char text[SBI_TEXTS_MAX]; /* of the fields that vary */
	uint32_t n_body;
	uint8_t body[SBI_OCTETS_MAX];
};
void sbi_compose(const struct sbi *sbi, const struct msg *msg, struct sbi_head *head);

/* Templates: literal text and $-letters, listed in sbi_text.c. Writes without a final NUL. */
uint32_t sbi_write(const struct sbi *sbi, const struct sbi_member *member, const struct msg *msg,
                   char out[SBI_VALUE_MAX]);
/* msg NULL: only whether the literal parts match. */
bool sbi_read(const struct sbi *sbi, const struct sbi_member *member, const char *text, uint32_t n,
              struct msg *msg);

/* Whether a member stands in this message. */
bool sbi_holds(const struct sbi *sbi, enum sbi_when when, const struct msg *msg);
/* false: JSON nested deeper than SBI_DEPTH_MAX, at *at. jansson recurses: ask before it sees it. */
bool sbi_is_flat(const uint8_t *body, uint32_t n, uint32_t *at);
uint32_t sbi_json_write(const struct sbi *sbi, const struct sbi_member *members,
                        const struct msg *msg, uint8_t *out, uint32_t room);
bool sbi_json_read(const struct sbi *sbi, const struct sbi_member *members, const uint8_t *body,
                   uint32_t n, struct msg *msg, struct msg_fault *fault);

/* Lengths by slot: a number for each type with variant, and for each cause of an error. */
enum { SBI_VARIANTS = 16, SBI_SLOTS = MSG_N_TYPES * SBI_VARIANTS + UINT8_MAX + 1 };
uint32_t sbi_slot(const struct msg *msg);
/* A message for each slot, an EAP packet of 3 octets where it has one. */
void sbi_each_slot(void (*visit)(void *context, const struct msg *example), void *context);
bool sbi_carries_packet(const struct msg *msg);
uint32_t sbi_digits(uint32_t n); /* decimal digits; of 0 none: no content-length */
/* The body's length, and how much of it an EAP packet is. */
uint32_t sbi_body_octets(const struct sbi_octets *octets, const struct msg *msg);
uint32_t sbi_packet_octets(const struct msg *msg);
/* By which a SUCI is longer for its key identifier than the example's. */
uint32_t sbi_longer_key_id(const struct msg *msg);

/* RFC 9457: an answer with a cause. */
uint16_t sbi_problem_status(uint8_t cause);
uint32_t sbi_problem_write(uint8_t cause, uint8_t *out, uint32_t room);
uint8_t sbi_problem_read(uint16_t status, const uint8_t *body, uint32_t n);
/* An answer that says no in its own body, not by an error (TS 29.509 6.1.6.3.2: authResult). */
bool sbi_says_no_inside(const struct msg *msg);

#endif
