/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The radio access of a UE: random access with contention (TS 38.321 5.1), RRC set-up (TS 38.331
 * 5.3.3), scheduling, HARQ and path loss (TR 38.901). Common to both engines.
 */
#ifndef MODELS_RADIO_RADIO_H
#define MODELS_RADIO_RADIO_H

#include "sim/core/param.h"
#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

enum radio_environment { RADIO_RMA, RADIO_UMA, RADIO_UMI, RADIO_INH };

struct radio_config {
	bool wired;                /* no air: a program that is UE and gNB in one         */
	uint8_t environment;       /* enum radio_environment                              */
	double frequency_hz, bandwidth_hz;
	double cell_radius_m;      /* UEs uniform on the disc                             */
	double h_bs_m, h_ut_m;
	double ue_power_dbm, gnb_power_dbm;
	double ue_noise_db, gnb_noise_db; /* noise figures                                 */
	bool shadowing;
	int64_t slot_ns;           /* TS 38.211 4.3.2                                     */
	int64_t scheduling_request_ns; /* period of opportunities to ask for an uplink grant */
	int64_t grant_ns;          /* request heard to grant usable                       */
	int64_t harq_rtt_ns;
	double bler_prob;          /* of each transmission, at the adapted rate           */
	int64_t harq_max;          /* transmissions                                       */
	/* random access */
	int64_t rao_period_ns;
	int64_t preambles;         /* for contention                                      */
	int64_t preamble_max;      /* transmissions                                       */
	int64_t rar_window_ns;
	int64_t backoff_ns;        /* uniform in [0, backoff]                             */
	int64_t contention_timer_ns;
	int64_t rar_grants;        /* answers per random access occasion                  */
	int64_t processing_ns;     /* UE and gNB, each RRC message                        */
	int64_t t300_ns;
	/* idle UEs */
	int64_t inactivity_ns;     /* of a connection, before it is released; -1 never     */
	int64_t paging_cycle;      /* T of TS 38.304 7.1, radio frames                     */
	int64_t paging_frames;     /* N: paging frames in T                                */
	int64_t paging_occasions;  /* Ns: occasions in a paging frame                      */
};
extern const struct sim_section radio_section;

struct radio;
struct nf_env;
struct msg;

/* Who is told. Called from NF_KIND_RADIO events, never from inside a radio_* call. */
struct radio_user {
	void *context;
	/* Random access and RRC set-up ended: connected, or given up (T300, preambles used up). */
	void (*connected)(void *context, uint32_t ue, bool ok);
	void (*at_gnb)(void *context, uint32_t ue, struct msg *msg); /* the message is the callee's */
	void (*at_ue)(void *context, uint32_t ue, struct msg *msg);
};

struct radio *radio_new(struct nf_env *env, const struct radio_config *config, uint32_t n_cells,
                        uint32_t n_ues);
void radio_set_user(struct radio *radio, const struct radio_user *user);
/* Places a UE uniformly in a cell by a named draw: its distance, line of sight, shadowing, SNR,
 * rates. */
void radio_place(struct radio *radio, uint32_t ue, uint32_t cell, uint32_t place);
uint32_t radio_cell(const struct radio *radio, uint32_t ue);

/* Starts random access on behalf of a procedure; user->connected() follows, unless released
 * before. */
void radio_connect(struct radio *radio, uint32_t ue, uint32_t procedure);
/* The present connection, as radio_is_current() knows it. */
struct sim_handle radio_connection(const struct radio *radio, uint32_t ue);
void radio_release(struct radio *radio, uint32_t ue);
/* Does a message belong to the UE's present connection (msg->ran, given by radio_up)? */
bool radio_is_current(const struct radio *radio, struct sim_handle ran);

/* Carries a message over the air, within the connection that it belongs to (one of an
 * earlier connection is lost); work_ns of the sender's own passes first. The message's span is
 * marked up to now + work_ns by the caller, and RADIO on arrival. Lost when HARQ gives up. */
void radio_up(struct radio *radio, uint32_t ue, struct msg *msg, int64_t work_ns);
void radio_down(struct radio *radio, uint32_t ue, struct msg *msg);
/* Pages: the message reaches the UE in its next occasion, if it then stands in the cell and is
 * idle. index: UE_ID of TS 38.304 7.1, 0 … 1023. */
void radio_page(struct radio *radio, uint32_t ue, uint32_t cell, uint16_t index, struct msg *msg);
const struct radio_config *radio_configuration(const struct radio *radio);

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t radio_octets_each(void);

#endif
