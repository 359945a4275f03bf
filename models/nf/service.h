/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Service times of the steps of the SBI ladder: the calibration. One row per step; a step that calls
 * others has several phases (before, between and after the calls), which share its time equally.
 * Profile `ideal` is all zero (the defaults); profile `open5gs` is scenarios/profiles/open5gs.yaml.
 *
 * Step times are those of a lightly loaded function, which sleeps between messages: each message
 * wakes its event loop (interrupt, context switch, return of epoll, cold caches). wake_up is the
 * share of a step, cryptography apart, that this takes; a message that the loop finds waiting is
 * spared it. So the processor time of a message falls as its function gets busier.
 */
#ifndef MODELS_NF_SERVICE_H
#define MODELS_NF_SERVICE_H

#include "sim/core/dist.h"
#include "sim/core/param.h"
#include <stdbool.h>
#include <stdint.h>

/* STEP(name, phases, "what it is") */
#define SVC_STEPS(STEP)                                                                            \
	STEP(amf_registration_request, 2, "AMF: Registration Request to Authentication Request")      \
	STEP(amf_auth_response, 2, "AMF: Authentication Response to Security Mode Command")           \
	STEP(amf_smc_complete, 7, "AMF: Security Mode Complete to Registration Accept, six calls")    \
	STEP(amf_registration_complete, 1, "AMF: Registration Complete to Configuration Update")      \
	STEP(amf_deregistration, 1, "AMF: Deregistration Request")                                    \
	STEP(ue_auth, 1, "UE and gNB: Authentication Request to Response")                            \
	STEP(ue_smc, 1, "UE and gNB: Security Mode Command to Complete")                              \
	STEP(ue_accept, 1, "UE and gNB: Registration Accept to Complete")                             \
	STEP(ausf_authenticate, 2, "AUSF: ue-authentications")                                        \
	STEP(ausf_confirm, 2, "AUSF: 5g-aka-confirmation")                                            \
	STEP(udm_generate_null, 2, "UDM: generate-auth-data, SUCI null scheme or SUPI")               \
	STEP(udm_generate_a, 2, "UDM: generate-auth-data, SUCI profile A")                            \
	STEP(udm_auth_event, 2, "UDM: auth-events")                                                   \
	STEP(udm_uecm, 2, "UDM: amf-3gpp-access")                                                     \
	STEP(udm_am_data, 2, "UDM: am-data")                                                          \
	STEP(udm_smf_select, 2, "UDM: smf-select-data")                                               \
	STEP(udm_ue_context, 1, "UDM: ue-context-in-smf-data")                                        \
	STEP(udm_subscribe, 1, "UDM: sdm-subscriptions")                                              \
	STEP(udm_twin, 2, "UDM: digital twin record")                                                 \
	STEP(pcf_policy, 2, "PCF: am-policy-control")                                                 \
	STEP(udr_auth_subscription, 1, "UDR: authentication-subscription")                            \
	STEP(udr_auth_status, 1, "UDR: authentication-status")                                        \
	STEP(udr_uecm, 1, "UDR: context-data amf-3gpp-access")                                        \
	STEP(udr_am_data, 1, "UDR: provisioned am-data")                                              \
	STEP(udr_smf_select, 1, "UDR: smf-selection-subscription-data")                               \
	STEP(udr_policy, 1, "UDR: policy-data am-data")                                               \
	STEP(udr_twin, 1, "UDR: digital twin record")                                                 \
	STEP(aanf_register, 1, "AAnF: anchor key registration")                                       \
	STEP(aanf_key, 1, "AAnF: application key")                                                    \
	STEP(dtf_session, 2, "DTF: authentication of a UE by KAF")                                    \
	STEP(dtf_enrol, 3, "DTF: enrolment: mint, store")                                             \
	STEP(dtf_assertion, 1, "DTF: issue of an assertion")                                          \
	STEP(dtf_leave, 2, "DTF: sealing and storing a twin")                                         \
	STEP(ledger_append, 1, "ledger: acceptance of an entry")                                      \
	STEP(hospital_hello, 1, "hospital: challenge")                                                \
	STEP(hospital_entry, 1, "hospital: check of an assertion")                                    \
	STEP(hospital_keep_alive, 1, "hospital: keep-alive")                                          \
	STEP(hospital_leave, 1, "hospital: end of a session")                                         \
	STEP(scp_forward, 1, "SCP: a request or an answer passed on")                                         \
	STEP(ausf_eap, 2, "AUSF: eap-session")                                                        \
	STEP(ausf_remove, 2, "AUSF: removal of a result, deregistration")                             \
	STEP(udm_generate_b, 2, "UDM: generate-auth-data, SUCI profile B")                            \
	STEP(udm_notify, 1, "UDM: notification of an AMF, and its answer")                            \
	STEP(n3iwf, 1, "N3IWF: one message of IKEv2, NAS or NGAP")                                    \
	STEP(sepp_handshake, 1, "SEPP: a message of the handshake of N32-c or N32-f")                  \
	STEP(sepp_forward, 1, "SEPP: a request or an answer passed on")                               \
	STEP(udr_sqn, 1, "UDR: authentication-subscription, SQN stored")

#define SVC_NUMBER(name, phases, doc) SVC_##name,
enum svc_step { SVC_STEPS(SVC_NUMBER) SVC_N_STEPS };
#undef SVC_NUMBER

struct svc_config {
	struct sim_dist step[SVC_N_STEPS];
	double wake_up;     /* share of a step: 0 … 1                            */
	double correlation; /* of the logarithms of one procedure's steps: 0 … 1 */
	bool includes_cryptography; /* of the UE and the core functions; the twin's side never does */
};
extern const struct sim_section svc_section;
uint32_t svc_phases(enum svc_step step);

#endif
