/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ngap_ie.h"

/* ---- sequences: all of NGAP end in iE-Extensions OPTIONAL and an extension marker ---- */

/* The preamble: bit 0 iE-Extensions, then the optional fields from the last to the first, then the
 * extension bit. */
static unsigned begin(struct per *c, unsigned optional, unsigned n)
{
	unsigned extended = per_flag(c, false);
	return (unsigned)per_bits(c, (uint64_t)optional << 1, n + 1) | extended << (n + 1);
}

void ngap_skip_additions(struct per *c)
{
	size_t n = per_small_length(c, 0), present = 0;

	for (size_t i = 0; i < n && !c->what; i++)
		present += per_flag(c, false);
	for (size_t i = 0; i < present && !c->what; i++)
		per_open_skip(c);
}

/* ProtocolExtensionContainer (9.4.8): none of its elements is known here (10.3.4). */
static void skip_extensions(struct per *c)
{
	size_t n = per_size(c, 1, 1, 65535, false);

	for (size_t i = 0; i < n && !c->what; i++) {
		per_whole(c, 0, 0, 65535);
		if (per_whole(c, 0, 0, 2) == NGAP_REJECT)
			per_fail(c, NGAP_PROTOCOL_ABSTRACT_REJECT, "an extension that must not be ignored");
		per_open_skip(c);
	}
}

static void end(struct per *c, unsigned preamble, unsigned n)
{
	if (c->out)
		return;
	if (preamble & 1)
		skip_extensions(c);
	if (preamble >> (n + 1))
		ngap_skip_additions(c);
}

/* Items of a list as far as there is room for them. */
static unsigned count(struct per *c, unsigned n, unsigned most, unsigned kept)
{
	unsigned got = (unsigned)per_size(c, n, 1, most, false);

	if (got > kept)
		per_fail(c, NGAP_PROTOCOL_UNSPECIFIED, "a longer list than there is room for");
	return c->what ? 0 : got;
}

/* ---- small types ---- */

static void plmn(struct per *c, struct id_plmn *p)
{
	uint8_t octets[ID_PLMN_OCTETS] = {0};

	if (c->out)
		id_plmn_encode(*p, octets);
	per_fixed_octets(c, octets, sizeof octets);
	if (!c->out && !c->what && !id_plmn_decode(octets, p))
		per_fail(c, NGAP_PROTOCOL_SEMANTIC_ERROR, "a PLMN that is not digits");
}

/* An OCTET STRING of three octets that is a number. */
static uint32_t three_octets(struct per *c, uint32_t value)
{
	per_align(c);
	return (uint32_t)per_bits(c, value, 24);
}

static void tai(struct per *c, struct ngap_tai *t)
{
	unsigned preamble = begin(c, 0, 0);

	plmn(c, &t->plmn);
	t->tac = three_octets(c, t->tac);
	end(c, preamble, 0);
}

static void slice(struct per *c, struct ngap_slice *s)
{
	unsigned preamble = begin(c, s->has_sd, 1);

	s->has_sd = preamble >> 1 & 1;
	s->sst = (uint8_t)per_bits(c, s->sst, 8);
	if (s->has_sd)
		s->sd = three_octets(c, s->sd);
	end(c, preamble, 1);
}

/* AllowedNSSAI and SliceSupportList: items with an S-NSSAI each. */
static void slices(struct per *c, struct ngap_slices *list, unsigned most)
{
	list->n = (uint8_t)count(c, list->n, most, NGAP_SLICES);
	for (unsigned i = 0; i < list->n; i++) {
		unsigned preamble = begin(c, 0, 0);
		slice(c, &list->at[i]);
		end(c, preamble, 0);
	}
}

static void guami(struct per *c, struct ngap_guami *g)
{
	unsigned preamble = begin(c, 0, 0);

	plmn(c, &g->plmn);
	g->region = (uint8_t)per_bits(c, g->region, 8);
	g->set = (uint16_t)per_bits(c, g->set, 10);
	g->pointer = (uint8_t)per_bits(c, g->pointer, 6);
	end(c, preamble, 0);
}

static void s_tmsi(struct per *c, struct ngap_s_tmsi *s)
{
	unsigned preamble = begin(c, 0, 0);

	s->set = (uint16_t)per_bits(c, s->set, 10);
	s->pointer = (uint8_t)per_bits(c, s->pointer, 6);
	per_align(c);
	s->tmsi = (uint32_t)per_bits(c, s->tmsi, 32);
	end(c, preamble, 0);
}

/* PrintableString (SIZE(1..150, ...)); what stands outside its alphabet is let through when
 * visible, as operators name nodes with underscores. */
static void name(struct per *c, struct ngap_octets *n)
{
	n->n = (uint16_t)per_size(c, n->n, 1, NGAP_NAME_MAX, true);
	if (n->n > NGAP_NAME_MAX)
		per_fail(c, NGAP_PROTOCOL_UNSPECIFIED, "a longer name than there is room for");
	per_borrowed(c, &n->at, n->n);
	for (unsigned i = 0; !c->out && !c->what && i < n->n; i++)
		if (n->at[i] < ' ' || n->at[i] > '~')
			per_fail(c, NGAP_PROTOCOL_TRANSFER_SYNTAX_ERROR, "a name that cannot be printed");
}

static uint64_t amf_ue_id(struct per *c, uint64_t id)
{
	return per_whole(c, id, 0, UINT64_C(0xffffffffff));
}

static uint32_t ran_ue_id(struct per *c, uint32_t id)
{
	return (uint32_t)per_whole(c, id, 0, UINT32_MAX);
}

/* ---- elements; each returns whether it is comprehended ---- */

static bool ue_ids(struct per *c, struct ngap_message *m)
{
	unsigned preamble;
	uint64_t pair = m->present & NGAP_BIT(RAN_UE_ID);
	uint64_t choice = per_bits(c, !pair, 2);

	if (choice > 1)
		return false;
	if (choice == 0) {
		preamble = begin(c, 0, 0);
		m->amf_ue_id = amf_ue_id(c, m->amf_ue_id);
		m->ran_ue_id = ran_ue_id(c, m->ran_ue_id);
		end(c, preamble, 0);
	} else {
		m->amf_ue_id = amf_ue_id(c, m->amf_ue_id);
	}
	m->present |= NGAP_BIT(AMF_UE_ID) | (choice == 0 ? NGAP_BIT(RAN_UE_ID) : 0);
	return true;
}

static void location_nr(struct per *c, struct ngap_location *l)
{
	unsigned preamble = begin(c, l->has_time, 1), cgi = begin(c, 0, 0);

	plmn(c, &l->cell_plmn);
	per_align(c);
	l->cell = per_bits(c, l->cell, 36);
	end(c, cgi, 0);
	tai(c, &l->tai);
	l->has_time = preamble >> 1 & 1;
	if (l->has_time) {
		per_align(c);
		l->time = (uint32_t)per_bits(c, l->time, 32);
	}
	end(c, preamble, 1);
}

static void location_n3iwf(struct per *c, struct ngap_location *l)
{
	unsigned preamble = begin(c, 0, 0);
	size_t bits = per_size(c, l->address_bits, 1, 160, true);

	if (bits != 32 && bits != 128 && bits != 160)
		per_fail(c, NGAP_PROTOCOL_SEMANTIC_ERROR, "an address that is no IP address");
	l->address_bits = c->what ? 0 : (uint8_t)bits;
	per_fixed_octets(c, l->address, c->what ? 0 : bits / 8);
	l->port = (uint16_t)per_bits(c, l->port, 16);
	end(c, preamble, 0);
}

static bool location(struct per *c, struct ngap_message *m)
{
	struct ngap_location *l = &m->location;

	l->access = (uint8_t)per_bits(c, l->access, 2);
	if (l->access == NGAP_NR)
		location_nr(c, l);
	else if (l->access == NGAP_N3IWF)
		location_n3iwf(c, l);
	else
		l->access = 0;
	return l->access;
}

/* 16 bits, more in later versions: they follow, and are none of ours. */
static uint16_t algorithms(struct per *c, uint16_t bits)
{
	uint16_t kept;
	size_t n;

	if (!per_flag(c, false))
		return (uint16_t)per_bits(c, bits, 16);
	n = per_length(c, 0);
	if (n < 16)
		per_fail(c, 0, "fewer algorithms than 16");
	kept = (uint16_t)per_bits(c, 0, 16);
	for (size_t i = 16; i < n && !c->what; i++)
		per_bits(c, 0, 1);
	return kept;
}

static void security_capabilities(struct per *c, struct ngap_security_capabilities *s)
{
	unsigned preamble = begin(c, 0, 0);

	s->nr_encryption = algorithms(c, s->nr_encryption);
	s->nr_integrity = algorithms(c, s->nr_integrity);
	s->eutra_encryption = algorithms(c, s->eutra_encryption);
	s->eutra_integrity = algorithms(c, s->eutra_integrity);
	end(c, preamble, 0);
}

static uint64_t one_bit_rate(struct per *c, uint64_t value)
{
	if (per_flag(c, false))
		per_fail(c, NGAP_PROTOCOL_UNSPECIFIED, "a bit rate above 4 Tbit/s");
	return per_whole(c, value, 0, UINT64_C(4000000000000));
}

static void bit_rate(struct per *c, struct ngap_message *m)
{
	unsigned preamble = begin(c, 0, 0);

	m->bit_rate_down = one_bit_rate(c, m->bit_rate_down);
	m->bit_rate_up = one_bit_rate(c, m->bit_rate_up);
	end(c, preamble, 0);
}

static bool cause(struct per *c, struct ngap_message *m)
{
	/* values of the first version: later ones stand behind the extension marker */
	static const uint8_t n_root[NGAP_CAUSE_GROUPS] = {45, 2, 4, 7, 6};
	uint64_t group = per_whole(c, m->cause.group, 0, NGAP_CAUSE_GROUPS);

	if (group == NGAP_CAUSE_GROUPS)
		return false;
	m->cause.group = (uint8_t)group;
	unsigned value = per_enumerated(c, m->cause.value, n_root[m->cause.group], true);
	if (value > UINT8_MAX)
		per_fail(c, NGAP_PROTOCOL_UNSPECIFIED, "a cause beyond 255");
	m->cause.value = (uint8_t)value;
	return true;
}

static void diagnostics(struct per *c, struct ngap_diagnostics *d)
{
	unsigned given = (unsigned)(d->has_procedure << 3 | d->has_trigger << 2 |
	                            d->has_criticality << 1 | (d->n > 0));
	unsigned preamble = begin(c, given, 4);

	d->has_procedure = preamble >> 4 & 1;
	d->has_trigger = preamble >> 3 & 1;
	d->has_criticality = preamble >> 2 & 1;
	if (d->has_procedure)
		d->procedure = (uint8_t)per_whole(c, d->procedure, 0, 255);
	if (d->has_trigger)
		d->trigger = (uint8_t)per_whole(c, d->trigger, 0, 2);
	if (d->has_criticality)
		d->criticality = (uint8_t)per_whole(c, d->criticality, 0, 2);
	d->n = preamble >> 1 & 1 ? (uint8_t)count(c, d->n, 256, NGAP_DIAGNOSTICS) : 0;
	for (unsigned i = 0; i < d->n; i++) {
		unsigned item = begin(c, 0, 0);
		d->at[i].criticality = (uint8_t)per_whole(c, d->at[i].criticality, 0, 2);
		d->at[i].id = (uint16_t)per_whole(c, d->at[i].id, 0, 65535);
		d->at[i].error = (uint8_t)per_enumerated(c, d->at[i].error, 2, true);
		end(c, item, 0);
	}
	end(c, preamble, 4);
}

static void paging_tais(struct per *c, struct ngap_message *m)
{
	m->n_paging_tais = (uint8_t)count(c, m->n_paging_tais, 16, NGAP_PAGING_TAIS);
	for (unsigned i = 0; i < m->n_paging_tais; i++) {
		unsigned preamble = begin(c, 0, 0);
		tai(c, &m->paging_tais[i]);
		end(c, preamble, 0);
	}
}

/* A CHOICE of what we know and choice-Extensions: one bit. */
static bool first_choice(struct per *c)
{
	return !per_flag(c, false);
}

static bool node(struct per *c, struct ngap_node *n)
{
	uint64_t which = per_bits(c, n->access == NGAP_N3IWF ? 2 : 0, 2);
	unsigned preamble;

	if (which != 0 && which != 2)
		return false;
	n->access = which ? NGAP_N3IWF : NGAP_NR;
	preamble = begin(c, 0, 0);
	plmn(c, &n->plmn);
	if (!first_choice(c)) {
		*n = (struct ngap_node){0};
		return false;
	}
	n->bits = which ? 16 : (uint8_t)per_size(c, n->bits, 22, 32, false);
	if (!which)
		per_align(c);
	n->id = (uint32_t)per_bits(c, n->id, n->bits);
	end(c, preamble, 0);
	return true;
}

static void plmn_support(struct per *c, struct ngap_plmn_support *p)
{
	unsigned preamble = begin(c, 0, 0);

	plmn(c, &p->plmn);
	slices(c, &p->slices, 1024);
	end(c, preamble, 0);
}

static void plmns(struct per *c, uint8_t *n, struct ngap_plmn_support *at)
{
	*n = (uint8_t)count(c, *n, 12, NGAP_PLMNS);
	for (unsigned i = 0; i < *n; i++)
		plmn_support(c, &at[i]);
}

static void tas(struct per *c, struct ngap_message *m)
{
	m->n_tas = (uint8_t)count(c, m->n_tas, 256, NGAP_TAS);
	for (unsigned i = 0; i < m->n_tas; i++) {
		unsigned preamble = begin(c, 0, 0);
		m->tas[i].tac = three_octets(c, m->tas[i].tac);
		plmns(c, &m->tas[i].n, m->tas[i].at);
		end(c, preamble, 0);
	}
}

static void guamis(struct per *c, struct ngap_message *m)
{
	m->n_guamis = (uint8_t)count(c, m->n_guamis, 256, NGAP_GUAMIS);
	for (unsigned i = 0; i < m->n_guamis; i++) {
		struct ngap_served_guami *g = &m->guamis[i];
		unsigned preamble = begin(c, g->backup.n > 0, 1);
		guami(c, &g->guami);
		if (preamble >> 1 & 1)
			name(c, &g->backup);
		end(c, preamble, 1);
	}
}

static void nas_pdu(struct per *c, struct ngap_octets *n)
{
	n->n = (uint16_t)per_length(c, n->n);
	per_borrowed(c, &n->at, n->n);
}

static uint8_t enumerated(struct per *c, uint8_t value, unsigned n_root)
{
	unsigned got = per_enumerated(c, value, n_root, true);

	if (got > UINT8_MAX)
		per_fail(c, NGAP_PROTOCOL_UNSPECIFIED, "an enumeration value beyond 255");
	return (uint8_t)got;
}

/* Elements with one value of their own that says nothing: "requested",
 * "non-3gpp", "ues-retained". */
static void only_value(struct per *c)
{
	enumerated(c, 0, 1);
}

static bool code_of_ue(struct per *c, enum ngap_ie ie, struct ngap_message *m)
{
	switch (ie) {
	case NGAP_IE_AMF_UE_ID: m->amf_ue_id = amf_ue_id(c, m->amf_ue_id); break;
	case NGAP_IE_RAN_UE_ID: m->ran_ue_id = ran_ue_id(c, m->ran_ue_id); break;
	case NGAP_IE_UE_IDS: return ue_ids(c, m);
	case NGAP_IE_NAS_PDU: nas_pdu(c, &m->nas); break;
	case NGAP_IE_LOCATION: return location(c, m);
	case NGAP_IE_ESTABLISHMENT_CAUSE:
		m->establishment_cause = enumerated(c, m->establishment_cause, 10);
		break;
	case NGAP_IE_S_TMSI: s_tmsi(c, &m->s_tmsi); break;
	case NGAP_IE_AMF_SET: m->amf_set = (uint16_t)per_bits(c, m->amf_set, 10); break;
	case NGAP_IE_ALLOWED_NSSAI: slices(c, &m->allowed_nssai, 8); break;
	case NGAP_IE_OLD_AMF: name(c, &m->old_amf); break;
	case NGAP_IE_BIT_RATE: bit_rate(c, m); break;
	case NGAP_IE_GUAMI: guami(c, &m->guami); break;
	case NGAP_IE_SECURITY_CAPABILITIES: security_capabilities(c, &m->security); break;
	case NGAP_IE_SECURITY_KEY: per_fixed_octets(c, m->security_key, 32); break;
	case NGAP_IE_MASKED_IMEISV: per_fixed_octets(c, m->masked_imeisv, 8); break;
	default: only_value(c);
	}
	return true;
}

static bool code_of_network(struct per *c, enum ngap_ie ie, struct ngap_message *m)
{
	switch (ie) {
	case NGAP_IE_CAUSE: return cause(c, m);
	case NGAP_IE_DIAGNOSTICS: diagnostics(c, &m->diagnostics); break;
	case NGAP_IE_PAGING_IDENTITY:
		if (!first_choice(c))
			return false;
		s_tmsi(c, &m->s_tmsi);
		break;
	case NGAP_IE_PAGING_DRX:
	case NGAP_IE_DEFAULT_DRX: m->paging_drx = enumerated(c, m->paging_drx, 4); break;
	case NGAP_IE_PAGING_TAIS: paging_tais(c, m); break;
	case NGAP_IE_PAGING_PRIORITY: m->paging_priority = enumerated(c, m->paging_priority, 8); break;
	case NGAP_IE_NODE: return node(c, &m->node);
	case NGAP_IE_NODE_NAME: name(c, &m->node_name); break;
	case NGAP_IE_TAS: tas(c, m); break;
	case NGAP_IE_AMF_NAME: name(c, &m->amf_name); break;
	case NGAP_IE_GUAMIS: guamis(c, m); break;
	case NGAP_IE_CAPACITY: m->amf_capacity = (uint8_t)per_whole(c, m->amf_capacity, 0, 255); break;
	case NGAP_IE_PLMNS: plmns(c, &m->n_plmns, m->plmns); break;
	case NGAP_IE_TIME_TO_WAIT: m->time_to_wait = enumerated(c, m->time_to_wait, 6); break;
	case NGAP_IE_OVERLOAD_RESPONSE:
		if (!first_choice(c))
			return false;
		m->overload_action = enumerated(c, m->overload_action, 4);
		break;
	case NGAP_IE_LOAD_REDUCTION:
		m->load_reduction = (uint8_t)per_whole(c, m->load_reduction, 1, 99);
		break;
	default: only_value(c);
	}
	return true;
}

bool ngap_ie_code(struct per *c, enum ngap_ie ie, struct ngap_message *m)
{
	return ie < NGAP_IE_CAUSE ? code_of_ue(c, ie, m) : code_of_network(c, ie, m);
}
