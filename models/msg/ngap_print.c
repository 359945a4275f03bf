/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ngap_print.h"

#include "models/msg/nas.h"
#include "models/msg/ngap_walk.h"
#include <inttypes.h>

struct printing {
	struct msg_printer *p;
	const uint8_t *in;
	bool begun;
};

static void plmn(struct msg_printer *p, struct id_plmn plmn)
{
	msg_print(p, "%03u-%0*u", plmn.mcc, plmn.mnc_digits, plmn.mnc);
}

static void slices(struct msg_printer *p, const struct ngap_slices *s)
{
	for (unsigned i = 0; i < s->n; i++) {
		msg_print(p, "%sSST %u", i ? ", " : "", s->at[i].sst);
		if (s->at[i].has_sd)
			msg_print(p, " SD %06" PRIx32, s->at[i].sd);
	}
}

static void guami(struct msg_printer *p, const struct ngap_guami *g)
{
	plmn(p, g->plmn);
	msg_print(p, " AMF region %u set %u pointer %u", g->region, g->set, g->pointer);
}

static void tai(struct msg_printer *p, const struct ngap_tai *t)
{
	msg_print(p, "TAI ");
	plmn(p, t->plmn);
	msg_print(p, " TAC %" PRIu32, t->tac);
}

static void location(struct msg_printer *p, const struct ngap_location *l)
{
	if (l->access == NGAP_N3IWF) {
		msg_print(p, "N3IWF, ");
		for (unsigned i = 0; i < l->address_bits / 8u; i++)
			msg_print(p, l->address_bits == 32 ? "%s%u" : "%s%02x",
			          i && l->address_bits == 32 ? "." : "", l->address[i]);
		msg_print(p, " port %u", l->port);
		return;
	}
	msg_print(p, "NR cell ");
	plmn(p, l->cell_plmn);
	msg_print(p, " %09" PRIx64 ", ", l->cell);
	tai(p, &l->tai);
	if (l->has_time)
		msg_print(p, ", %" PRIu32 " s since 1900", l->time);
}

static void s_tmsi(struct msg_printer *p, const struct ngap_s_tmsi *s)
{
	msg_print(p, "AMF set %u pointer %u 5G-TMSI %08" PRIx32, s->set, s->pointer, s->tmsi);
}

static void diagnostics(struct msg_printer *p, const struct ngap_diagnostics *d)
{
	static const char *const criticality[] = {"reject", "ignore", "notify"};

	if (d->has_procedure)
		msg_print(p, "procedure code %u ", d->procedure);
	if (d->has_trigger)
		msg_print(p, "in message of kind %u ", d->trigger);
	if (d->has_criticality)
		msg_print(p, "%s ", criticality[d->criticality]);
	for (unsigned i = 0; i < d->n; i++)
		msg_print(p, "element %u %s (%s) ", d->at[i].id,
		          d->at[i].error ? "missing" : "not understood",
		          criticality[d->at[i].criticality]);
}

static void node(struct msg_printer *p, const struct ngap_node *n)
{
	msg_print(p, "%s ", n->access == NGAP_N3IWF ? "N3IWF" : "gNB");
	plmn(p, n->plmn);
	msg_print(p, " %" PRIu32 " (%u bits)", n->id, n->bits);
}

static void plmn_list(struct msg_printer *p, unsigned n, const struct ngap_plmn_support *at)
{
	for (unsigned i = 0; i < n; i++) {
		msg_print(p, "%s", i ? "; " : "");
		plmn(p, at[i].plmn);
		msg_print(p, " ");
		slices(p, &at[i].slices);
	}
}

static void areas(struct msg_printer *p, const struct ngap_message *m)
{
	for (unsigned i = 0; i < m->n_tas; i++) {
		msg_print(p, "%sTAC %" PRIu32 " in ", i ? "; " : "", m->tas[i].tac);
		plmn_list(p, m->tas[i].n, m->tas[i].at);
	}
}

static void names(struct msg_printer *p, struct ngap_octets name)
{
	msg_print(p, "%.*s", (int)name.n, (const char *)name.at);
}

static void ue_value(struct msg_printer *p, enum ngap_ie ie, const struct ngap_message *m)
{
	switch (ie) {
	case NGAP_IE_AMF_UE_ID: msg_print(p, "%" PRIu64, m->amf_ue_id); break;
	case NGAP_IE_RAN_UE_ID: msg_print(p, "%" PRIu32, m->ran_ue_id); break;
	case NGAP_IE_UE_IDS:
		msg_print(p, "AMF %" PRIu64, m->amf_ue_id);
		if (ngap_has(m, NGAP_IE_RAN_UE_ID))
			msg_print(p, ", RAN %" PRIu32, m->ran_ue_id);
		break;
	case NGAP_IE_NAS_PDU: msg_print(p, "%u octets", m->nas.n); break;
	case NGAP_IE_LOCATION: location(p, &m->location); break;
	case NGAP_IE_ESTABLISHMENT_CAUSE:
		msg_print(p, "%s", ngap_establishment_text(m->establishment_cause));
		break;
	case NGAP_IE_S_TMSI: s_tmsi(p, &m->s_tmsi); break;
	case NGAP_IE_AMF_SET: msg_print(p, "%u", m->amf_set); break;
	case NGAP_IE_ALLOWED_NSSAI: slices(p, &m->allowed_nssai); break;
	case NGAP_IE_OLD_AMF: names(p, m->old_amf); break;
	case NGAP_IE_BIT_RATE:
		msg_print(p, "%" PRIu64 " bit/s down, %" PRIu64 " bit/s up", m->bit_rate_down,
		          m->bit_rate_up);
		break;
	case NGAP_IE_GUAMI: guami(p, &m->guami); break;
	case NGAP_IE_SECURITY_CAPABILITIES:
		msg_print(p, "NEA %04x NIA %04x EEA %04x EIA %04x", m->security.nr_encryption,
		          m->security.nr_integrity, m->security.eutra_encryption,
		          m->security.eutra_integrity);
		break;
	case NGAP_IE_SECURITY_KEY: msg_print_hex(p, m->security_key, 32); break;
	case NGAP_IE_MASKED_IMEISV: msg_print_hex(p, m->masked_imeisv, 8); break;
	default: msg_print(p, "present");
	}
}

static void network_value(struct msg_printer *p, enum ngap_ie ie, const struct ngap_message *m)
{
	static const uint8_t wait[] = {1, 2, 5, 10, 20, 60};

	switch (ie) {
	case NGAP_IE_CAUSE:
		msg_print(p, "%s: %s (%u)", ngap_cause_group_text(m->cause.group),
		          ngap_cause_text(m->cause), m->cause.value);
		break;
	case NGAP_IE_DIAGNOSTICS: diagnostics(p, &m->diagnostics); break;
	case NGAP_IE_PAGING_IDENTITY: s_tmsi(p, &m->s_tmsi); break;
	case NGAP_IE_PAGING_DRX:
	case NGAP_IE_DEFAULT_DRX: msg_print(p, "v%u", 32u << (m->paging_drx & 7)); break;
	case NGAP_IE_PAGING_TAIS:
		for (unsigned i = 0; i < m->n_paging_tais; i++) {
			msg_print(p, "%s", i ? ", " : "");
			tai(p, &m->paging_tais[i]);
		}
		break;
	case NGAP_IE_PAGING_PRIORITY: msg_print(p, "level %u", m->paging_priority + 1u); break;
	case NGAP_IE_NODE: node(p, &m->node); break;
	case NGAP_IE_NODE_NAME: names(p, m->node_name); break;
	case NGAP_IE_TAS: areas(p, m); break;
	case NGAP_IE_AMF_NAME: names(p, m->amf_name); break;
	case NGAP_IE_GUAMIS:
		for (unsigned i = 0; i < m->n_guamis; i++) {
			msg_print(p, "%s", i ? "; " : "");
			guami(p, &m->guamis[i].guami);
		}
		break;
	case NGAP_IE_CAPACITY: msg_print(p, "%u", m->amf_capacity); break;
	case NGAP_IE_PLMNS: plmn_list(p, m->n_plmns, m->plmns); break;
	case NGAP_IE_TIME_TO_WAIT:
		msg_print(p, "%u s", m->time_to_wait < 6 ? wait[m->time_to_wait] : 0u);
		break;
	case NGAP_IE_OVERLOAD_RESPONSE: msg_print(p, "action %u", m->overload_action); break;
	case NGAP_IE_LOAD_REDUCTION: msg_print(p, "%u %%", m->load_reduction); break;
	default: msg_print(p, "present");
	}
}

static void print_header(struct printing *printing, const struct ngap_message *m)
{
	if (!printing->begun && m->procedure != NGAP_NONE)
		msg_print_line(printing->p, 0, "NGAP %s", ngap_text(m->procedure));
	printing->begun = true;
}

/* A NAS message that is none is no fault of NGAP's. */
static void print_nas(struct msg_printer *p, uint32_t offset, struct ngap_octets nas)
{
	const struct msg_nesting outer = msg_print_enter(p, offset);
	struct msg_fault fault;

	if (!nas_print(p, nas.at, nas.n, &fault)) {
		msg_print_line(p, fault.offset, "not readable: %s", fault.what);
		msg_print_octets(p, 0, "octets", nas.at, nas.n);
	}
	msg_print_leave(p, outer);
}

static void print_element(void *context, enum ngap_ie ie, size_t offset,
                          const struct ngap_message *m)
{
	struct printing *printing = context;
	struct msg_printer *p = printing->p;
	struct msg_nesting outer;

	print_header(printing, m);
	outer = msg_print_enter(p, 0);
	msg_print_offset(p, (uint32_t)offset);
	msg_print(p, "%s: ", ngap_ie_text(ie));
	(ie < NGAP_IE_CAUSE ? ue_value : network_value)(p, ie, m);
	msg_print(p, "\n");
	if (ie == NGAP_IE_NAS_PDU)
		print_nas(p, (uint32_t)(m->nas.at - printing->in), m->nas);
	msg_print_leave(p, outer);
}

bool ngap_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault)
{
	struct printing printing = {.p = p, .in = in};
	struct ngap_message m;
	bool good = ngap_walk(in, n, &m, fault, print_element, &printing);

	print_header(&printing, &m);
	return good;
}

void ngap_line(struct msg_printer *p, const uint8_t *in, size_t n)
{
	struct ngap_message m;
	struct msg_fault fault;
	const char *before = " (";

	if (!ngap_decode(in, n, &m, &fault)) {
		msg_print(p, "no NGAP message: %s", fault.what);
		return;
	}
	msg_print(p, "%s", ngap_text(m.procedure));
	for (unsigned ie = 0; ie < NGAP_N_IES; ie++) {
		if (!(m.present >> ie & 1) || ie == NGAP_IE_UE_IDS)
			continue;
		if (ie == NGAP_IE_AMF_UE_ID)
			msg_print(p, "%sAMF UE %" PRIu64, before, m.amf_ue_id);
		else if (ie == NGAP_IE_RAN_UE_ID)
			msg_print(p, "%sRAN UE %" PRIu32, before, m.ran_ue_id);
		else if (ie == NGAP_IE_NAS_PDU)
			msg_print(p, "%sNAS of %u octets", before, m.nas.n);
		else if (ie == NGAP_IE_CAUSE)
			msg_print(p, "%s%s", before, ngap_cause_text(m.cause));
		else
			continue;
		before = ", ";
	}
	msg_print(p, "%s", *before == ',' ? ")" : "");
}
