/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: a NAS message as lines of text, and as one.
 * Leaves out: deciphering: what is ciphered is hexadecimal.
 * Sources: the tables of fields (nas_layout.h).
 */
#include "models/msg/eap.h"
#include "models/msg/nas_layout.h"

enum { NESTING_MAX = 8 }; /* containers within containers are legal, towers are not worth it */

static struct nas_octets value_of(const struct nas_trail *trail, uint32_t i, const uint8_t *in,
                                  uint8_t *bits)
{
	const struct nas_field *f = trail->step[i].field;
	struct nas_octets v = {in + trail->step[i].value, trail->step[i].octets};

	if (!f || (f->kind != NAS_F_BITS && f->kind != NAS_F_ACCESS && f->format != NAS_TV_HALF))
		return v;
	*bits = f->format == NAS_TV_HALF ? v.at[0] & 15
	                                 : (uint8_t)(v.at[0] >> f->shift & ((1 << f->width) - 1));
	return (struct nas_octets){bits, 1};
}

static bool is_message(const struct nas_field *f, uint8_t found)
{
	return found == NAS_FOUND && (f->show == NAS_SHOW_NAS || f->show == NAS_SHOW_EAP);
}

/* A message within a message that is none is no fault of the outer one. */
static void print_inner(struct msg_printer *p, const struct nas_field *f, const uint8_t *in,
                        struct nas_octets v)
{
	const struct msg_nesting outer = msg_print_enter(p, (uint32_t)(v.at - in));
	struct msg_fault fault;
	bool good = false;

	if (p->indent > NESTING_MAX)
		fault = (struct msg_fault){0, 0, "nested too deep to print"};
	else if (f->show == NAS_SHOW_EAP)
		good = eap_print(p, v.at, v.n, &fault);
	else
		good = nas_print(p, v.at, v.n, &fault);
	if (!good) {
		msg_print_line(p, fault.offset, "not readable here: %s", fault.what);
		msg_print_octets(p, 0, "octets", v.at, v.n);
	}
	msg_print_leave(p, outer);
}

static void print_known(struct msg_printer *p, const struct nas_trail *trail, uint32_t i,
                        const uint8_t *in)
{
	static const char *const remark[] = {[NAS_FOUND] = "",
		[NAS_REPEATED] = " [repeated or out of sequence, ignored]",
		[NAS_INCORRECT] = " [syntactically incorrect, ignored]"};
	const struct nas_field *f = trail->step[i].field;
	uint8_t found = trail->step[i].found, bits;
	struct nas_octets v = value_of(trail, i, in, &bits);

	msg_print_offset(p, trail->step[i].at);
	msg_print(p, "%s (%s)%s:", f->name, f->clause, remark[found]);
	if (is_message(f, found)) {
		msg_print(p, " %u octets\n", v.n);
		print_inner(p, f, in, v);
		return;
	}
	msg_print(p, " ");
	if (found == NAS_FOUND)
		nas_show(p, f, v);
	else
		msg_print_hex(p, v.at, v.n);
	msg_print(p, "\n");
}

static void print_trail(struct msg_printer *p, const struct nas_trail *trail, const uint8_t *in)
{
	for (uint32_t i = 0; i < trail->n; i++) {
		if (trail->step[i].field) {
			print_known(p, trail, i, in);
			continue;
		}
		msg_print_offset(p, trail->step[i].at);
		msg_print(p, "unknown field 0x%02x [skipped]: ", trail->step[i].iei);
		msg_print_hex(p, in + trail->step[i].value, trail->step[i].octets);
		msg_print(p, "\n");
	}
}

static bool is_ciphered(uint8_t security)
{
	return security == NAS_CIPHERED || security == NAS_CIPHERED_NEW_CONTEXT;
}

static bool print_protected(struct msg_printer *p, const struct nas_protected *m,
                            struct msg_fault *fault)
{
	struct msg_nesting outer;
	bool good;

	msg_print_line(p, 0, "Security protected 5GS NAS message (TS 24.501 8.2.28)");
	p->indent++;
	msg_print_line(p, 1, "security header type (9.3): %s", nas_security_text(m->header.security));
	msg_print_octets(p, 2, "message authentication code (9.8)", m->header.mac, 4);
	msg_print_line(p, 6, "sequence number (9.10): %u", m->header.sequence);
	p->indent--;
	outer = msg_print_enter(p, NAS_SECURITY_HEADER);
	good = true;
	if (is_ciphered(m->header.security))
		msg_print_octets(p, 0, "ciphered message", m->message.at, m->message.n);
	else if (outer.indent >= NESTING_MAX)
		msg_print_octets(p, 0, "message, nested too deep to print", m->message.at, m->message.n);
	else
		good = nas_print(p, m->message.at, m->message.n, fault);
	if (!good)
		fault->offset += NAS_SECURITY_HEADER;
	msg_print_leave(p, outer);
	return good;
}

bool nas_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault)
{
	struct nas_trail trail = {.n = 0};
	struct nas_message m;
	bool good = nas_decode_trail(in, n, &m, &trail, fault);
	const struct nas_layout *layout = nas_layout(m.type);

	if (good && m.type == NAS_PROTECTED)
		return print_protected(p, &m.protected, fault);
	if (!layout)
		return false;
	msg_print_line(p, 0, "%s (TS 24.501 %s)", layout->text, layout->clause);
	p->indent++;
	print_trail(p, &trail, in);
	p->indent--;
	return good;
}

/* ---- one line ---- */

static bool worth_a_line(const struct nas_field *f)
{
	switch (f->show) {
	case NAS_SHOW_REGISTRATION:
	case NAS_SHOW_SERVICE:
	case NAS_SHOW_CAUSE:
	case NAS_SHOW_IDENTITY_TYPE:
	case NAS_SHOW_CIPHERING:
	case NAS_SHOW_INTEGRITY:
	case NAS_SHOW_UPDATE:
	case NAS_SHOW_EAP:
		return true;
	default:
		return f->kind == NAS_F_IDENTITY || f->kind == NAS_F_GUTI || f->kind == NAS_F_S_TMSI;
	}
}

static void line_of_fields(struct msg_printer *p, const struct nas_trail *trail, const uint8_t *in)
{
	const char *before = ": ";

	for (uint32_t i = 0; i < trail->n; i++) {
		const struct nas_field *f = trail->step[i].field;
		uint8_t bits;
		struct nas_octets v = value_of(trail, i, in, &bits);

		if (!f || trail->step[i].found != NAS_FOUND || !worth_a_line(f))
			continue;
		msg_print(p, "%s", before);
		before = ", ";
		if (f->show == NAS_SHOW_EAP)
			eap_line(p, v.at, v.n);
		else
			nas_show(p, f, v);
	}
}

void nas_line(struct msg_printer *p, const uint8_t *in, size_t n)
{
	struct nas_trail trail = {.n = 0};
	struct nas_message m;
	struct msg_fault fault;

	if (!nas_decode_trail(in, n, &m, &trail, &fault)) {
		msg_print(p, "%s: cause %u (%s) at %u: %s", nas_text(m.type) ? nas_text(m.type) : "NAS",
		          fault.cause, fault.cause ? nas_cause_text(fault.cause) : "ignored", fault.offset,
		          fault.what);
		return;
	}
	if (m.type != NAS_PROTECTED) {
		msg_print(p, "%s", nas_text(m.type));
		line_of_fields(p, &trail, in);
		return;
	}
	msg_print(p, "%s, sequence number %u", nas_security_text(m.protected.header.security),
	          m.protected.header.sequence);
	if (!is_ciphered(m.protected.header.security) && m.protected.message.n > 1 &&
	    m.protected.message.at[1] == NAS_PLAIN) {
		msg_print(p, ": ");
		nas_line(p, m.protected.message.at, m.protected.message.n);
	}
}
