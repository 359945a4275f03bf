/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/home.h"

#include "models/crypto/ecies.h"

#include <stdlib.h>
#include <string.h>

void home_init(struct home *home, struct nf_env *env, const struct network_config *network)
{
	struct sim_stream stream = nf_stream(env, NF_DRAW_SUBSCRIPTION, 0, 0, 1);

	env->method = network->authentication == NET_5G_AKA ? REC_METHOD_5G_AKA
	                                                    : REC_METHOD_EAP_AKA_PRIME;
	*home = (struct home){
		.key_id = network->suci == NET_SUCI_NULL ? 0 : (uint8_t)network->hn_key_id,
		.scheme = network->suci == NET_SUCI_A ? ID_SCHEME_A : ID_SCHEME_NULL,
		.routing_indicator = (uint16_t)atoi(network->routing_indicator),
		.routing_digits = (uint8_t)strlen(network->routing_indicator),
		.method = network->authentication,
		.sqn = {.ind_bits = (uint8_t)network->sqn_ind_bits, .delta = (uint64_t)network->sqn_delta,
			.age_limit = network->sqn_age_limit < 0 ? 0 : (uint64_t)network->sqn_age_limit}};
	SIM_ASSERT(id_plmn_parse(network->mcc, network->mnc, &home->plmn));
	SIM_ASSERT(network_partners(network, home->partner, HOME_PARTNERS, &home->n_partners));
	id_snn_text(home->plmn, home->snn);
	sim_stream_octets(&stream, home->suci_private, sizeof home->suci_private);
	for (int class = 0; class < REC_N_class; class++)
		crypto_ecies_public(env->crypto, env->suite_of_class[class], CRYPTO_ECIES_A,
		                    home->suci_private, home->suci_public[class]);
}

struct home_card home_card(const struct nf_env *env, uint32_t ue)
{
	struct home_card card = {.msin = HOME_MSIN_FIRST + ue};
	struct sim_stream stream = nf_stream(env, NF_DRAW_SUBSCRIPTION, ue, 0, 0);

	sim_stream_octets(&stream, card.k, sizeof card.k);
	sim_stream_octets(&stream, card.opc, sizeof card.opc);
	return card;
}

struct id_supi home_supi(const struct home *home, uint64_t msin)
{
	return (struct id_supi){.plmn = home->plmn, .msin = msin, .msin_digits = HOME_MSIN_DIGITS};
}

void home_supi_text(const struct home *home, uint64_t msin, char out[ID_SUPI_TEXT])
{
	id_supi_text(home_supi(home, msin), out);
}

struct id_plmn home_serving(const struct home *home, struct id_plmn named)
{
	return named.mnc_digits == 0 ? home->plmn : named;
}

bool home_is_served_by(const struct home *home, struct id_plmn serving)
{
	bool entitled = id_plmn_equal(home->plmn, serving);

	for (uint8_t i = 0; i < home->n_partners; i++)
		entitled = entitled || id_plmn_equal(home->partner[i], serving);
	return entitled;
}

struct id_suci home_suci(const struct home *home, const struct msg_suci *suci)
{
	struct id_suci id = {.plmn = home->plmn, .routing_indicator = home->routing_indicator,
		.routing_digits = home->routing_digits, .scheme = suci->scheme,
		.key_id = suci->key_id, .n = suci->n};

	memcpy(id.output, suci->output, suci->n);
	return id;
}
