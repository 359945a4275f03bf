/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/home.h"

#include <stdlib.h>
#include <string.h>

static void make_keys(struct home *home, struct nf_env *env, enum crypto_ecies_profile profile)
{
	struct sim_stream stream = nf_stream(env, NF_DRAW_SUBSCRIPTION, 0, 0, profile);

	sim_stream_octets(&stream, home->suci_private[profile], sizeof home->suci_private[profile]);
	for (int class = 0; class < REC_N_class; class++)
		crypto_ecies_public(env->crypto, env->suite_of_class[class], profile,
		                    home->suci_private[profile], home->suci_public[profile][class]);
}

struct sbi_network home_network(const struct network_config *network)
{
	struct sbi_network n = {.tuak = network->aka_algorithm == CRYPTO_TUAK,
		.routing_indicator = (uint16_t)atoi(network->routing_indicator),
		.routing_digits = (uint8_t)strlen(network->routing_indicator)};

	SIM_ASSERT(id_plmn_parse(network->mcc, network->mnc, &n.plmn));
	return n;
}

void home_init(struct home *home, struct nf_env *env, const struct network_config *network)
{
	const struct sbi_network sbi = home_network(network);

	env->cells_per_ta = network->cells_per_ta < 1 ? 0 : (uint32_t)network->cells_per_ta;
	env->method = network->authentication == NET_5G_AKA ? REC_METHOD_5G_AKA
	                                                    : REC_METHOD_EAP_AKA_PRIME;
	*home = (struct home){.scheme = network->suci,
		.key_id = {0, (uint8_t)network->hn_key_id, (uint8_t)network->hn_key_id_b},
		.routing_indicator = sbi.routing_indicator, .routing_digits = sbi.routing_digits,
		.aka = network->aka_algorithm, .method = network->authentication,
		.sqn = {.ind_bits = (uint8_t)network->sqn_ind_bits, .delta = (uint64_t)network->sqn_delta,
			.age_limit = network->sqn_age_limit < 0 ? 0 : (uint64_t)network->sqn_age_limit}};
	home->plmn = sbi.plmn;
	SIM_ASSERT(network_partners(network, home->partner, HOME_PARTNERS, &home->n_partners));
	id_snn_text(home->plmn, home->snn);
	nf_measure(env, &sbi);
	make_keys(home, env, CRYPTO_ECIES_A);
	make_keys(home, env, CRYPTO_ECIES_B);
}

void home_roam(struct home *home, struct id_plmn visited, bool entitled)
{
	home->visited = visited;
	id_snn_text(visited, home->visited_snn);
	if (entitled && !home_is_served_by(home, visited)) {
		SIM_ASSERT(home->n_partners < HOME_PARTNERS);
		home->partner[home->n_partners++] = visited;
	}
}

const char *home_snn_at(const struct home *home, const struct nf_env *env, uint32_t ue)
{
	return nf_roams(env, ue) ? home->visited_snn : home->snn;
}

struct home_card home_card(const struct nf_env *env, uint32_t ue)
{
	struct home_card card = {.msin = home_msin(ue)};
	struct sim_stream stream = nf_stream(env, NF_DRAW_SUBSCRIPTION, ue, 0, 0);

	sim_stream_octets(&stream, card.k, sizeof card.k);
	sim_stream_octets(&stream, card.opc, sizeof card.opc);
	return card;
}

struct id_supi home_supi(const struct home *home, uint64_t msin)
{
	return (struct id_supi){.plmn = home->plmn, .msin = msin,
		.msin_digits = home_msin_digits(home->plmn.mnc_digits)};
}

void home_supi_text(const struct home *home, uint64_t msin, char out[ID_SUPI_TEXT])
{
	id_supi_text(home_supi(home, msin), out);
}

struct crypto_subscription home_subscription(const struct home *home, const uint8_t *k,
                                             const uint8_t *opc)
{
	return (struct crypto_subscription){.set = (enum crypto_aka_set)home->aka, .k = k, .opc = opc};
}

int64_t home_aka_ns(const struct home *home, const struct nf_env *env)
{
	return env->cost->ns[home->aka == CRYPTO_TUAK ? CRYPTO_OP_TUAK : CRYPTO_OP_MILENAGE];
}

/* ---- SUCI ---- */

int64_t home_conceal(const struct home *home, struct nf_env *env, uint32_t ue, uint64_t msin,
                     const uint8_t seed[32], struct msg_suci *suci)
{
	uint8_t scheme = home->scheme, input[ID_MSIN_BCD_MAX];
	uint8_t n = id_msin_encode(home_supi(home, msin), input);

	*suci = (struct msg_suci){.scheme = scheme, .key_id = home->key_id[scheme], .n = n};
	if (scheme == ID_SCHEME_NULL) {
		memcpy(suci->output, input, n);
		return 0;
	}
	suci->n = (uint8_t)(n + crypto_ecies_extra(scheme));
	SIM_ASSERT(crypto_ecies_conceal(env->crypto, nf_suite(env, ue), scheme,
	                                home->suci_public[scheme][env->class_of_ue[ue]], seed, input, n,
	                                suci->output));
	return env->cost->ns[scheme == ID_SCHEME_A ? CRYPTO_OP_SUCI_CONCEAL
	                                           : CRYPTO_OP_SUCI_CONCEAL_B];
}

uint64_t home_reveal(const struct home *home, struct nf_env *env, uint32_t ue,
                     const struct msg_suci *suci)
{
	struct id_supi supi = {.msin = 0};
	uint8_t input[MSG_SCHEME_MAX], n = suci->n;

	if (n > MSG_SCHEME_MAX || suci->scheme > ID_SCHEME_B || suci->key_id != home->key_id[suci->scheme])
		return 0;
	if (suci->scheme == ID_SCHEME_NULL)
		memcpy(input, suci->output, n);
	else if (crypto_ecies_reveal(env->crypto, nf_suite(env, ue), suci->scheme,
	                             home->suci_private[suci->scheme], suci->output, n, input))
		n = (uint8_t)(n - crypto_ecies_extra(suci->scheme));
	else
		return 0;
	return id_msin_decode(input, n, &supi) ? supi.msin : 0;
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
