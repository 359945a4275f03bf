/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ngap.h"

#include "models/msg/ngap_walk.h"
#include <string.h>

/* ---- which elements a message has, in order (9.2), with criticality and presence ---- */

struct row {
	uint8_t ie;
	uint8_t criticality; /* what its sender gives it */
	bool mandatory;
};
#define M(ie, criticality) {NGAP_IE_##ie, NGAP_##criticality, true}
#define O(ie, criticality) {NGAP_IE_##ie, NGAP_##criticality, false}
enum { ROWS_MAX = 12 };
static const struct row rows[NGAP_N_PROCEDURES][ROWS_MAX] = {
	[NGAP_SETUP_REQUEST] = {M(NODE, REJECT), O(NODE_NAME, IGNORE), M(TAS, REJECT),
	                        M(DEFAULT_DRX, IGNORE), O(RETENTION, IGNORE)},
	[NGAP_SETUP_RESPONSE] = {M(AMF_NAME, REJECT), M(GUAMIS, REJECT), M(CAPACITY, IGNORE),
	                         M(PLMNS, REJECT), O(DIAGNOSTICS, IGNORE), O(RETENTION, IGNORE)},
	[NGAP_SETUP_FAILURE] = {M(CAUSE, IGNORE), O(TIME_TO_WAIT, IGNORE), O(DIAGNOSTICS, IGNORE)},
	[NGAP_INITIAL_UE_MESSAGE] = {M(RAN_UE_ID, REJECT), M(NAS_PDU, REJECT), M(LOCATION, REJECT),
	                             M(ESTABLISHMENT_CAUSE, IGNORE), O(S_TMSI, REJECT),
	                             O(AMF_SET, IGNORE), O(CONTEXT_REQUEST, IGNORE),
	                             O(ALLOWED_NSSAI, REJECT)},
	[NGAP_DOWNLINK_NAS] = {M(AMF_UE_ID, REJECT), M(RAN_UE_ID, REJECT), O(OLD_AMF, REJECT),
	                       M(NAS_PDU, REJECT), O(BIT_RATE, IGNORE), O(ALLOWED_NSSAI, REJECT)},
	[NGAP_UPLINK_NAS] = {M(AMF_UE_ID, REJECT), M(RAN_UE_ID, REJECT), M(NAS_PDU, REJECT),
	                     M(LOCATION, IGNORE)},
	[NGAP_CONTEXT_SETUP_REQUEST] = {M(AMF_UE_ID, REJECT), M(RAN_UE_ID, REJECT),
	                                O(OLD_AMF, REJECT), O(BIT_RATE, REJECT), M(GUAMI, REJECT),
	                                M(ALLOWED_NSSAI, REJECT), M(SECURITY_CAPABILITIES, REJECT),
	                                M(SECURITY_KEY, REJECT), O(MASKED_IMEISV, IGNORE),
	                                O(NAS_PDU, IGNORE)},
	[NGAP_CONTEXT_SETUP_RESPONSE] = {M(AMF_UE_ID, IGNORE), M(RAN_UE_ID, IGNORE),
	                                 O(DIAGNOSTICS, IGNORE)},
	[NGAP_CONTEXT_SETUP_FAILURE] = {M(AMF_UE_ID, IGNORE), M(RAN_UE_ID, IGNORE),
	                                M(CAUSE, IGNORE), O(DIAGNOSTICS, IGNORE)},
	[NGAP_RELEASE_REQUEST] = {M(AMF_UE_ID, REJECT), M(RAN_UE_ID, REJECT), M(CAUSE, IGNORE)},
	[NGAP_RELEASE_COMMAND] = {M(UE_IDS, REJECT), M(CAUSE, IGNORE)},
	[NGAP_RELEASE_COMPLETE] = {M(AMF_UE_ID, IGNORE), M(RAN_UE_ID, IGNORE), O(LOCATION, IGNORE),
	                           O(DIAGNOSTICS, IGNORE)},
	[NGAP_PAGING] = {M(PAGING_IDENTITY, IGNORE), O(PAGING_DRX, IGNORE), M(PAGING_TAIS, IGNORE),
	                 O(PAGING_PRIORITY, IGNORE), O(PAGING_ORIGIN, IGNORE)},
	[NGAP_ERROR_INDICATION] = {O(AMF_UE_ID, IGNORE), O(RAN_UE_ID, IGNORE), O(CAUSE, IGNORE),
	                           O(DIAGNOSTICS, IGNORE)},
	[NGAP_NAS_NON_DELIVERY] = {M(AMF_UE_ID, REJECT), M(RAN_UE_ID, REJECT), M(NAS_PDU, IGNORE),
	                           M(CAUSE, IGNORE)},
	[NGAP_OVERLOAD_START] = {O(OVERLOAD_RESPONSE, REJECT), O(LOAD_REDUCTION, IGNORE)},
};
static const uint8_t n_rows[NGAP_N_PROCEDURES] = {
	[NGAP_SETUP_REQUEST] = 5, [NGAP_SETUP_RESPONSE] = 6, [NGAP_SETUP_FAILURE] = 3,
	[NGAP_INITIAL_UE_MESSAGE] = 8, [NGAP_DOWNLINK_NAS] = 6, [NGAP_UPLINK_NAS] = 4,
	[NGAP_CONTEXT_SETUP_REQUEST] = 10, [NGAP_CONTEXT_SETUP_RESPONSE] = 3,
	[NGAP_CONTEXT_SETUP_FAILURE] = 4, [NGAP_RELEASE_REQUEST] = 3, [NGAP_RELEASE_COMMAND] = 2,
	[NGAP_RELEASE_COMPLETE] = 4, [NGAP_PAGING] = 5, [NGAP_ERROR_INDICATION] = 4,
	[NGAP_NAS_NON_DELIVERY] = 4, [NGAP_OVERLOAD_START] = 2,
};
#undef M
#undef O

static const struct {
	const char *text;
	uint8_t code, kind, criticality;
} messages[NGAP_N_PROCEDURES] = {
	[NGAP_NONE] = {"none", 255, 255, 0},
#define NGAP_MESSAGE(symbol, text, code, kind, criticality) \
	[NGAP_##symbol] = {text, code, kind, criticality},
#include "models/msg/ngap_list.h"
#undef NGAP_MESSAGE
};
static const struct {
	const char *text;
	uint16_t id;
} elements[NGAP_N_IES] = {
#define NGAP_ELEMENT(symbol, text, id) [NGAP_IE_##symbol] = {text, id},
#include "models/msg/ngap_list.h"
#undef NGAP_ELEMENT
};

const char *ngap_text(enum ngap_procedure procedure)
{
	return messages[procedure].text;
}

const char *ngap_ie_text(enum ngap_ie ie)
{
	return elements[ie].text;
}

enum ngap_presence ngap_presence(enum ngap_procedure procedure, enum ngap_ie ie)
{
	for (unsigned i = 0; i < n_rows[procedure]; i++)
		if (rows[procedure][i].ie == ie)
			return rows[procedure][i].mandatory ? NGAP_MANDATORY : NGAP_OPTIONAL;
	return NGAP_ABSENT;
}

/* ---- encoding ---- */

static void put_element(struct per *c, struct row row, struct ngap_message *m)
{
	struct per_open open;

	per_whole(c, elements[row.ie].id, 0, 65535);
	per_whole(c, row.criticality, 0, 2);
	open = per_open_begin(c);
	ngap_ie_code(c, (enum ngap_ie)row.ie, m);
	per_open_end(c, open);
}

size_t ngap_encode(const struct ngap_message *m, uint8_t *out, size_t room)
{
	struct ngap_message copy = *m; /* the coder is one for both directions, and may write */
	struct per c = per_encoder(out, room);
	struct per_open open;
	unsigned n = 0;

	per_flag(&c, false);
	per_whole(&c, messages[m->procedure].kind, 0, 2);
	per_whole(&c, messages[m->procedure].code, 0, 255);
	per_whole(&c, messages[m->procedure].criticality, 0, 2);
	open = per_open_begin(&c);
	for (unsigned i = 0; i < n_rows[m->procedure]; i++)
		n += ngap_has(m, (enum ngap_ie)rows[m->procedure][i].ie);
	per_flag(&c, false);
	per_size(&c, n, 0, 65535, false);
	for (unsigned i = 0; i < n_rows[m->procedure]; i++)
		if (ngap_has(m, (enum ngap_ie)rows[m->procedure][i].ie))
			put_element(&c, rows[m->procedure][i], &copy);
	per_open_end(&c, open);
	return c.what ? 0 : per_octets_used(&c);
}

/* ---- decoding ---- */

static enum ngap_procedure find_message(uint64_t kind, uint64_t code)
{
	for (int i = NGAP_NONE + 1; i < NGAP_N_PROCEDURES; i++)
		if (messages[i].kind == kind && messages[i].code == code)
			return (enum ngap_procedure)i;
	return NGAP_NONE;
}

/* The row of the element in this message, n_rows when it has no such one. */
static unsigned find_row(enum ngap_procedure procedure, uint64_t id)
{
	unsigned i = 0;

	while (i < n_rows[procedure] && elements[rows[procedure][i].ie].id != id)
		i++;
	return i;
}

struct reader {
	struct per c;
	struct ngap_message *m;
	unsigned next; /* the first row that may still come */
	ngap_visit *visit;
	void *context;
};

/* 10.3.6: an element twice, or before one that has been. */
static bool in_order(struct reader *r, unsigned row)
{
	if (row >= r->next) {
		r->next = row + 1;
		return true;
	}
	per_fail(&r->c, NGAP_PROTOCOL_ABSTRACT_FALSELY_CONSTRUCTED,
	         "an element twice or in the wrong order");
	return false;
}

/* 10.3.4: ignored, or the message is refused, as its sender asked. */
static void not_comprehended(struct per *c, uint64_t criticality)
{
	if (criticality == NGAP_REJECT)
		per_fail(c, NGAP_PROTOCOL_ABSTRACT_REJECT, "an element that is not comprehended");
}

static void get_element(struct reader *r)
{
	struct per *c = &r->c;
	uint64_t id = per_whole(c, 0, 0, 65535), criticality = per_whole(c, 0, 0, 2);
	unsigned row = find_row(r->m->procedure, id);
	struct per_open open;
	enum ngap_ie ie;

	if (c->what || row == n_rows[r->m->procedure]) {
		not_comprehended(c, criticality);
		per_open_skip(c);
		return;
	}
	if (!in_order(r, row))
		return;
	ie = (enum ngap_ie)rows[r->m->procedure][row].ie;
	open = per_open_begin(c);
	if (!ngap_ie_code(c, ie, r->m)) {
		not_comprehended(c, criticality);
		c->bit = c->what ? c->bit : open.next;
	} else {
		r->m->present |= UINT64_C(1) << ie;
	}
	if (!c->what && r->visit && ngap_has(r->m, ie))
		r->visit(r->context, ie, open.start / 8, r->m);
	per_open_end(c, open);
}

/* 10.3.5: an element that is missing counts by the criticality that it should have had. */
static void check_presence(struct per *c, const struct ngap_message *m)
{
	for (unsigned i = 0; i < n_rows[m->procedure]; i++) {
		struct row row = rows[m->procedure][i];
		if (row.mandatory && row.criticality == NGAP_REJECT &&
		    !ngap_has(m, (enum ngap_ie)row.ie))
			per_fail(c, NGAP_PROTOCOL_ABSTRACT_REJECT, "a mandatory element is missing");
	}
}

static void get_header(struct reader *r)
{
	struct per *c = &r->c;
	bool extended = per_flag(c, false);
	uint64_t kind = per_whole(c, 0, 0, 2);
	uint64_t code = per_whole(c, 0, 0, 255);

	per_whole(c, 0, 0, 2);
	r->m->procedure = c->what || extended ? NGAP_NONE : find_message(kind, code);
	if (r->m->procedure == NGAP_NONE)
		per_fail(c, NGAP_PROTOCOL_ABSTRACT_REJECT, "a message that is not comprehended");
}

static void get_elements(struct reader *r)
{
	struct per *c = &r->c;
	struct per_open open = per_open_begin(c);
	bool extended = per_flag(c, false);
	size_t n = per_size(c, 0, 0, 65535, false);

	for (size_t i = 0; i < n && !c->what; i++)
		get_element(r);
	if (extended)
		ngap_skip_additions(c);
	check_presence(c, r->m);
	per_open_end(c, open);
	if (!c->what && c->bit != c->end)
		per_fail(c, NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR, "octets left over");
}

bool ngap_walk(const uint8_t *in, size_t n, struct ngap_message *m, struct msg_fault *fault,
               ngap_visit *visit, void *context)
{
	struct reader r = {.c = per_decoder(in, n), .m = m, .visit = visit, .context = context};

	memset(m, 0, sizeof *m);
	get_header(&r);
	if (!r.c.what)
		get_elements(&r);
	return !r.c.what || msg_refuse(fault, r.c.cause, (uint32_t)(r.c.at / 8), r.c.what);
}

bool ngap_decode(const uint8_t *in, size_t n, struct ngap_message *m, struct msg_fault *fault)
{
	return ngap_walk(in, n, m, fault, NULL, NULL);
}
