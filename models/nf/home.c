/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/home.h"

#include "models/crypto/ecies.h"

#include <stdlib.h>
#include <string.h>

void home_init(struct home *home, struct nf_env *env, const struct network_config *network)
{
	struct sim_stream stream = nf_stream(env, NF_DRAW_SUBSCRIPTION, 0, 0, 1);

	*home = (struct home){.key_id = (uint8_t)network->hn_key_id,
		.scheme = network->suci == NET_SUCI_A ? ID_SCHEME_A : ID_SCHEME_NULL,
		.routing_indicator = (uint16_t)atoi(network->routing_indicator),
		.routing_digits = (uint8_t)strlen(network->routing_indicator)};
	SIM_ASSERT(id_plmn_parse(network->mcc, network->mnc, &home->plmn));
	id_snn_text(home->plmn, home->snn);
	sim_stream_octets(&stream, home->suci_private, sizeof home->suci_private);
	for (int class = 0; class < REC_N_class; class++)
		crypto_ecies_public(env->crypto, env->suite_of_class[class], home->suci_private,
		                    home->suci_public[class]);
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

struct id_suci home_suci(const struct home *home, const struct msg_suci *suci)
{
	struct id_suci id = {.plmn = home->plmn, .routing_indicator = home->routing_indicator,
		.routing_digits = home->routing_digits, .scheme = suci->scheme,
		.key_id = suci->scheme == ID_SCHEME_NULL ? 0 : home->key_id, .n = suci->n};

	memcpy(id.output, suci->output, suci->n);
	return id;
}
