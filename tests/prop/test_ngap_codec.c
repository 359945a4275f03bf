/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The NGAP codec: random messages of every type come back as they were, and no truncation and no
 * flipped bit of one does more than end in another message or a cause. Inputs lie in memory of
 * their own exact size, so a sanitizer sees any step outside.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/msg/ngap_print.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096, ROUNDS = 200, FLIP_ROUNDS = 6 };

static uint64_t state = 0x5eed;
static uint64_t draw(uint64_t below) /* xorshift64*; a modulus is good enough here */
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717) % below;
}

static uint8_t drawn_octets[600];

static struct ngap_octets some(unsigned most)
{
	for (size_t i = 0; i < sizeof drawn_octets; i++)
		drawn_octets[i] = (uint8_t)draw(256);
	return (struct ngap_octets){drawn_octets, (uint16_t)(1 + draw(most))};
}

static struct ngap_octets name(void)
{
	static const uint8_t letters[] =
		"open5gs-amf0 of the city, seen from its hospitals and everybody who works there; and a "
		"tail that makes a name of a hundred and fifty characters possible, if asked for.";
	return (struct ngap_octets){letters, (uint16_t)(1 + draw(NGAP_NAME_MAX))};
}

/* In place, field by field: messages are compared with their padding, which is zero. */
static void plmn(struct id_plmn *p)
{
	p->mnc_digits = draw(2) ? 3 : 2;
	p->mcc = (uint16_t)draw(1000);
	p->mnc = (uint16_t)draw(p->mnc_digits == 3 ? 1000 : 100);
}

static void slices(struct ngap_slices *s)
{
	s->n = (uint8_t)(1 + draw(NGAP_SLICES));
	for (unsigned i = 0; i < s->n; i++) {
		s->at[i].sst = (uint8_t)draw(256);
		s->at[i].has_sd = draw(2);
		s->at[i].sd = s->at[i].has_sd ? (uint32_t)draw(1 << 24) : 0;
	}
}

static void guami(struct ngap_guami *g)
{
	plmn(&g->plmn);
	g->region = (uint8_t)draw(256);
	g->set = (uint16_t)draw(1024);
	g->pointer = (uint8_t)draw(64);
}

static void tai(struct ngap_tai *t)
{
	plmn(&t->plmn);
	t->tac = (uint32_t)draw(1 << 24);
}

static void s_tmsi(struct ngap_s_tmsi *s)
{
	s->set = (uint16_t)draw(1024);
	s->pointer = (uint8_t)draw(64);
	s->tmsi = (uint32_t)draw(UINT32_MAX);
}

static void location(struct ngap_location *l)
{
	static const uint8_t bits[] = {32, 128, 160};

	l->access = draw(2) ? NGAP_NR : NGAP_N3IWF;
	if (l->access == NGAP_NR) {
		plmn(&l->cell_plmn);
		l->cell = draw(UINT64_C(1) << 36);
		tai(&l->tai);
		l->has_time = draw(2);
		l->time = l->has_time ? (uint32_t)draw(UINT32_MAX) : 0;
		return;
	}
	l->address_bits = bits[draw(3)];
	for (unsigned i = 0; i < l->address_bits / 8u; i++)
		l->address[i] = (uint8_t)draw(256);
	l->port = (uint16_t)draw(65536);
}

static void diagnostics(struct ngap_diagnostics *d)
{
	d->has_procedure = draw(2);
	d->procedure = d->has_procedure ? (uint8_t)draw(256) : 0;
	d->has_trigger = draw(2);
	d->trigger = d->has_trigger ? (uint8_t)draw(3) : 0;
	d->has_criticality = draw(2);
	d->criticality = d->has_criticality ? (uint8_t)draw(3) : 0;
	d->n = (uint8_t)draw(NGAP_DIAGNOSTICS + 1);
	for (unsigned i = 0; i < d->n; i++) {
		d->at[i].id = (uint16_t)draw(65536);
		d->at[i].criticality = (uint8_t)draw(3);
		d->at[i].error = (uint8_t)draw(2);
	}
}

static void plmns(uint8_t *n, struct ngap_plmn_support *at)
{
	*n = (uint8_t)(1 + draw(NGAP_PLMNS));
	for (unsigned i = 0; i < *n; i++) {
		plmn(&at[i].plmn);
		slices(&at[i].slices);
	}
}

static void fill_of_ue(struct ngap_message *m, enum ngap_ie ie)
{
	switch (ie) {
	case NGAP_IE_AMF_UE_ID: m->amf_ue_id = draw(UINT64_C(1) << draw(41)); break;
	case NGAP_IE_RAN_UE_ID: m->ran_ue_id = (uint32_t)draw(UINT64_C(1) << draw(33)); break;
	case NGAP_IE_UE_IDS:
		m->present |= NGAP_BIT(AMF_UE_ID) | (draw(2) ? NGAP_BIT(RAN_UE_ID) : 0);
		fill_of_ue(m, NGAP_IE_AMF_UE_ID);
		if (ngap_has(m, NGAP_IE_RAN_UE_ID))
			fill_of_ue(m, NGAP_IE_RAN_UE_ID);
		break;
	case NGAP_IE_NAS_PDU: m->nas = some(sizeof drawn_octets); break;
	case NGAP_IE_LOCATION: location(&m->location); break;
	case NGAP_IE_ESTABLISHMENT_CAUSE: m->establishment_cause = (uint8_t)draw(11); break;
	case NGAP_IE_PAGING_IDENTITY:
	case NGAP_IE_S_TMSI:
		s_tmsi(&m->s_tmsi);
		break;
	case NGAP_IE_AMF_SET: m->amf_set = (uint16_t)draw(1024); break;
	case NGAP_IE_ALLOWED_NSSAI: slices(&m->allowed_nssai); break;
	case NGAP_IE_OLD_AMF: m->old_amf = name(); break;
	case NGAP_IE_BIT_RATE:
		m->bit_rate_down = draw(UINT64_C(4000000000001));
		m->bit_rate_up = draw(1000);
		break;
	case NGAP_IE_GUAMI: guami(&m->guami); break;
	case NGAP_IE_SECURITY_CAPABILITIES:
		m->security = (struct ngap_security_capabilities){(uint16_t)draw(65536),
			(uint16_t)draw(65536), (uint16_t)draw(65536), (uint16_t)draw(65536)};
		break;
	case NGAP_IE_SECURITY_KEY: memcpy(m->security_key, some(1).at, 32); break;
	case NGAP_IE_MASKED_IMEISV: memcpy(m->masked_imeisv, some(1).at, 8); break;
	default: break;
	}
}

static void fill_of_network(struct ngap_message *m, enum ngap_ie ie)
{
	static const uint8_t values[NGAP_CAUSE_GROUPS] = {70, 2, 4, 7, 6}; /* radio: beyond the root */

	switch (ie) {
	case NGAP_IE_CAUSE:
		m->cause.group = (uint8_t)draw(NGAP_CAUSE_GROUPS);
		m->cause.value = (uint8_t)draw(values[m->cause.group]);
		break;
	case NGAP_IE_DIAGNOSTICS: diagnostics(&m->diagnostics); break;
	case NGAP_IE_PAGING_DRX:
	case NGAP_IE_DEFAULT_DRX: m->paging_drx = (uint8_t)draw(4); break;
	case NGAP_IE_PAGING_TAIS:
		m->n_paging_tais = (uint8_t)(1 + draw(NGAP_PAGING_TAIS));
		for (unsigned i = 0; i < m->n_paging_tais; i++)
			tai(&m->paging_tais[i]);
		break;
	case NGAP_IE_PAGING_PRIORITY: m->paging_priority = (uint8_t)draw(8); break;
	case NGAP_IE_NODE:
		m->node.access = draw(2) ? NGAP_NR : NGAP_N3IWF;
		plmn(&m->node.plmn);
		m->node.bits = m->node.access == NGAP_NR ? (uint8_t)(22 + draw(11)) : 16;
		m->node.id = (uint32_t)draw(UINT64_C(1) << m->node.bits);
		break;
	case NGAP_IE_NODE_NAME: m->node_name = name(); break;
	case NGAP_IE_TAS:
		m->n_tas = (uint8_t)(1 + draw(NGAP_TAS));
		for (unsigned i = 0; i < m->n_tas; i++) {
			m->tas[i].tac = (uint32_t)draw(1 << 24);
			plmns(&m->tas[i].n, m->tas[i].at);
		}
		break;
	case NGAP_IE_AMF_NAME: m->amf_name = name(); break;
	case NGAP_IE_GUAMIS:
		m->n_guamis = (uint8_t)(1 + draw(NGAP_GUAMIS));
		for (unsigned i = 0; i < m->n_guamis; i++) {
			guami(&m->guamis[i].guami);
			if (draw(2))
				m->guamis[i].backup = name();
		}
		break;
	case NGAP_IE_CAPACITY: m->amf_capacity = (uint8_t)draw(256); break;
	case NGAP_IE_PLMNS: plmns(&m->n_plmns, m->plmns); break;
	case NGAP_IE_TIME_TO_WAIT: m->time_to_wait = (uint8_t)draw(6); break;
	case NGAP_IE_OVERLOAD_RESPONSE: m->overload_action = (uint8_t)draw(4); break;
	case NGAP_IE_LOAD_REDUCTION: m->load_reduction = (uint8_t)(1 + draw(99)); break;
	default: break;
	}
}

/* With each optional element or without it; mandatory ones always. */
static struct ngap_message random_message(enum ngap_procedure procedure)
{
	struct ngap_message m;

	memset(&m, 0, sizeof m);
	m.procedure = procedure;
	for (unsigned ie = 0; ie < NGAP_N_IES; ie++) {
		enum ngap_presence presence = ngap_presence(procedure, (enum ngap_ie)ie);
		if (presence == NGAP_ABSENT || (presence == NGAP_OPTIONAL && draw(2)))
			continue;
		m.present |= UINT64_C(1) << ie;
		fill_of_ue(&m, (enum ngap_ie)ie);
		fill_of_network(&m, (enum ngap_ie)ie);
	}
	return m;
}

static void compare(struct ngap_octets *a, struct ngap_octets *b)
{
	assert_int_equal(a->n, b->n);
	if (a->n)
		assert_memory_equal(a->at, b->at, a->n);
	a->at = b->at = NULL;
}

static void assert_same(struct ngap_message a, struct ngap_message b)
{
	compare(&a.nas, &b.nas);
	compare(&a.old_amf, &b.old_amf);
	compare(&a.node_name, &b.node_name);
	compare(&a.amf_name, &b.amf_name);
	for (unsigned i = 0; i < NGAP_GUAMIS; i++)
		compare(&a.guamis[i].backup, &b.guamis[i].backup);
	assert_memory_equal(&a, &b, sizeof a);
}

/* On the heap, in memory of its exact size. The caller frees *in. */
static bool decode(const uint8_t *octets, size_t n, uint8_t **in, struct ngap_message *m)
{
	struct msg_fault fault = {0};
	char text[256];
	struct msg_printer p = msg_printer(text, sizeof text);
	bool good;

	*in = malloc(n + !n);
	assert_non_null(*in);
	memcpy(*in, octets, n);
	good = ngap_decode(*in, n, m, &fault);
	if (!good) {
		assert_non_null(fault.what);
		assert_true(fault.offset <= n);
	}
	assert_int_equal(ngap_print(&p, *in, n, &fault), good);
	return good;
}

static void a_message_comes_back_as_it_was(void **unused)
{
	(void)unused;
	for (int procedure = 1; procedure < NGAP_N_PROCEDURES; procedure++)
		for (int round = 0; round < ROUNDS; round++) {
			struct ngap_message m = random_message((enum ngap_procedure)procedure), back;
			uint8_t out[ROOM], *in;
			size_t n = ngap_encode(&m, out, sizeof out);
			assert_true(n > 0);
			assert_true(decode(out, n, &in, &back));
			assert_same(m, back);
			free(in);
		}
}

static void every_truncation_of_a_message_ends_in_a_cause(void **unused)
{
	(void)unused;
	for (int procedure = 1; procedure < NGAP_N_PROCEDURES; procedure++)
		for (int round = 0; round < FLIP_ROUNDS; round++) {
			struct ngap_message m = random_message((enum ngap_procedure)procedure), back;
			uint8_t out[ROOM], *in;
			size_t n = ngap_encode(&m, out, sizeof out);
			for (size_t k = 0; k < n; k++) {
				assert_false(decode(out, k, &in, &back));
				free(in);
			}
		}
}

/* What is decoded after all can be encoded, and then comes back. */
static void check_flipped(const uint8_t *octets, size_t n)
{
	struct ngap_message m, back;
	uint8_t out[ROOM], *in, *again;

	if (decode(octets, n, &in, &m)) {
		size_t k = ngap_encode(&m, out, sizeof out);
		assert_true(k > 0);
		assert_true(decode(out, k, &again, &back));
		assert_same(m, back);
		free(again);
	}
	free(in);
}

static void every_flipped_bit_ends_in_a_message_or_a_cause(void **unused)
{
	(void)unused;
	for (int procedure = 1; procedure < NGAP_N_PROCEDURES; procedure++)
		for (int round = 0; round < FLIP_ROUNDS; round++) {
			struct ngap_message m = random_message((enum ngap_procedure)procedure);
			uint8_t out[ROOM];
			size_t n = ngap_encode(&m, out, sizeof out);
			for (size_t bit = 0; bit < 8 * n; bit++) {
				out[bit / 8] ^= (uint8_t)(1 << bit % 8);
				check_flipped(out, n);
				out[bit / 8] ^= (uint8_t)(1 << bit % 8);
			}
		}
}

static void random_octets_end_in_a_message_or_a_cause(void **unused)
{
	(void)unused;
	for (int round = 0; round < 20000; round++) {
		struct ngap_octets octets = some(80);
		if (round & 1) { /* with a beginning that is understood */
			drawn_octets[0] = (uint8_t)(draw(3) << 5);
			drawn_octets[1] = (uint8_t)(draw(2) ? 14 : draw(47));
			drawn_octets[2] = 0;
			drawn_octets[3] = (uint8_t)(octets.n > 4 ? octets.n - 4 : 0);
			drawn_octets[4] = drawn_octets[5] = 0;
			drawn_octets[6] = 2;
			drawn_octets[7] = 0;
		}
		check_flipped(drawn_octets, octets.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_comes_back_as_it_was),
		cmocka_unit_test(every_truncation_of_a_message_ends_in_a_cause),
		cmocka_unit_test(every_flipped_bit_ends_in_a_message_or_a_cause),
		cmocka_unit_test(random_octets_end_in_a_message_or_a_cause),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
