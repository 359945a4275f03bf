/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a UE and an N3IWF share of IKEv2 (TS 33.501 7.2.1): keys and AUTH of one IKE SA, and the
 * operator's certification key, which a UE was given with its subscription.
 */
#ifndef MODELS_NF_NWU_H
#define MODELS_NF_NWU_H

#include "models/msg/msg_ike.h"
#include "models/nf/nf.h"

/* One end of an IKE SA: what is needed until both have authenticated themselves. */
struct nwu_sa {
	struct crypto_ike_exchange x;
	struct crypto_ike_keys keys;
	uint8_t private_key[32];
	uint8_t init_i[MSG_IKE_INIT_MAX], init_r[MSG_IKE_INIT_MAX]; /* IKE_SA_INIT as it was */
	uint16_t n_init_i, n_init_r;
	uint8_t identity[16]; /* IDi */
	uint8_t esp_i[CRYPTO_IKE_KEYMAT], esp_r[CRYPTO_IKE_KEYMAT]; /* of the child SA */
	uint32_t esp_sequence; /* of the last packet sent from this end */
};

/* Ephemeral secrets of one end; role 0 the UE, 1 the N3IWF. Fills msg->ike.ke and nonce, and the
 * SPI. */
void nwu_draw(struct nf_env *env, uint32_t ue, uint32_t procedure, uint32_t role,
              struct nwu_sa *sa, struct msg_ike *init);
/* The other end's public key is known: the SA's keys. false: it is of small order. */
bool nwu_agree(struct nf_env *env, uint32_t ue, struct nwu_sa *sa, const uint8_t peer_public[32]);
/* Child SA keys, when both AUTHs were right. */
void nwu_child(struct nf_env *env, uint32_t ue, struct nwu_sa *sa);

/* AUTH by KN3IWF (7.2.1 step 11); of the initiator, or of the responder. */
void nwu_auth(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
              bool initiator, const uint8_t kn3iwf[32], uint8_t auth[32]);
/* The N3IWF's certificate and its AUTH in `open`, made from the operator's and its own seed. */
void nwu_certify(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
                 const uint8_t operator_seed[32], const uint8_t own_seed[32], struct msg_ike *open);
/* By the operator's key that the UE has: certificate, then AUTH. */
bool nwu_is_genuine(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
                    const struct msg_ike *open);

void nwu_operator_seed(const struct nf_env *env, uint8_t seed[32]);
void nwu_operator_key(struct nf_env *env, uint32_t ue, uint8_t key[32]);

#endif
