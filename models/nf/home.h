/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the home network and its USIMs share when a card is made: the PLMN, the home network's key pair for
 * SUCIs, and per subscriber MSIN, K and OPc. Drawn from named streams: a run needs no OS entropy.
 */
#ifndef MODELS_NF_HOME_H
#define MODELS_NF_HOME_H

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/sqn.h"
#include "models/id/name.h"
#include "models/id/suci.h"
#include "models/id/supi.h"
#include "models/nf/network.h"
#include "models/nf/nf.h"

enum { HOME_MSIN_FIRST = 1, HOME_PARTNERS = 8 };
/* An IMSI has 15 digits, an MNC 2 or 3 of them (TS 23.003 2.2). */
static inline uint8_t home_msin_digits(size_t mnc_digits)
{
	return (uint8_t)(ID_SUPI_DIGITS_MAX - 3 - mnc_digits);
}


struct home {
	struct id_plmn plmn;
	uint16_t routing_indicator;
	uint8_t routing_digits;
	uint8_t scheme;            /* enum id_scheme: of new SUCIs      */
	uint8_t key_id[3];         /* by scheme; of the null scheme 0   */
	uint8_t aka;               /* enum crypto_aka_set               */
	uint8_t method;            /* enum msg_method                   */
	uint8_t n_partners;
	struct id_plmn partner[HOME_PARTNERS]; /* who may serve its subscribers, besides itself */
	struct id_plmn visited;    /* who serves those who roam; no digits: nobody does */
	struct sqn_rule sqn;       /* of all its cards                  */
	char snn[ID_SNN_TEXT];     /* serving network name, at home      */
	char visited_snn[ID_SNN_TEXT];
	uint8_t suci_private[3][32]; /* by scheme; of the null scheme none */
	/* by scheme and by class of subscriber, because the suites differ */
	uint8_t suci_public[3][REC_N_class][CRYPTO_ECIES_PUBLIC_MAX];
};

struct home_card {
	uint64_t msin;
	uint8_t k[16], opc[32]; /* OPc is the first half, TOPc the whole */
};

/* What the lengths of its messages depend on. */
struct sbi_network home_network(const struct network_config *network);
void home_init(struct home *home, struct nf_env *env, const struct network_config *network);
/* Who serves those who roam; entitled: the home network has agreed to it. */
void home_roam(struct home *home, struct id_plmn visited, bool entitled);
/* The name of the network that serves a subscriber. */
const char *home_snn_at(const struct home *home, const struct nf_env *env, uint32_t ue);
static inline uint64_t home_msin(uint32_t ue)
{
	return HOME_MSIN_FIRST + (uint64_t)ue;
}
/* The card of subscriber `ue`: drawn, so nobody need keep it. */
struct home_card home_card(const struct nf_env *env, uint32_t ue);
struct id_supi home_supi(const struct home *home, uint64_t msin);
/* The IMSI's digits of a subscriber. */
void home_supi_text(const struct home *home, uint64_t msin, char out[ID_SUPI_TEXT]);
/* What the two ends of an AKA run share: borrows the octets. */
struct crypto_subscription home_subscription(const struct home *home, const uint8_t *k,
                                             const uint8_t *opc);
/* The cost of f1 to f5 of a vector, or of their check. */
int64_t home_aka_ns(const struct home *home, const struct nf_env *env);
/* A fresh SUCI of subscriber `ue` by the home network's scheme; returns what it costs, in ns. */
int64_t home_conceal(const struct home *home, struct nf_env *env, uint32_t ue, uint64_t msin,
                     const uint8_t seed[32], struct msg_suci *suci);
/* The MSIN behind a SUCI, by the private key that it names; 0: none. */
uint64_t home_reveal(const struct home *home, struct nf_env *env, uint32_t ue,
                     const struct msg_suci *suci);
/* A serving network as it stands in a message: the home network when none is named. */
struct id_plmn home_serving(const struct home *home, struct id_plmn named);
/* Whether the network of `serving` is entitled to serve subscribers (TS 33.501 6.1.2). */
bool home_is_served_by(const struct home *home, struct id_plmn serving);
/* A SUCI as it stands in NAS, around a scheme output. */
struct id_suci home_suci(const struct home *home, const struct msg_suci *suci);

#endif
