/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The enumerations of a result's columns: E(value, "text in files and reports"), and the C types made
 * of them. Apart from the tables, so that linking adversaries can name their vantage without them.
 */
#ifndef MODELS_RECORD_ENUMS_H
#define MODELS_RECORD_ENUMS_H

/* The counter of models/nf by which analysis knows that SUCIs shared ephemeral keys. */
#define REC_COUNTER_POOL_REPEATS "ephemeral key pairs used again (mode pooled)"

#define REC_ENUM_latency_metric(E)                                                                 \
	E(REC_M_REGISTRATION, "registration.latency")                                                 \
	E(REC_M_REGISTRATION_AMF, "registration.time_amf")                                            \
	E(REC_M_AUTH, "auth.latency")                                                                 \
	E(REC_M_DT_ENROL, "dt.enrol_latency")                                                         \
	E(REC_M_DT_AUTH, "dt.auth_latency")                                                           \
	E(REC_M_SURGERY_READY, "surgery.ready_latency")
#define REC_ENUM_class(E)                                                                          \
	E(REC_CLASS_SURGEON, "surgeon")                                                               \
	E(REC_CLASS_PROBE, "probe")                                                                   \
	E(REC_CLASS_BACKGROUND, "background")
#define REC_ENUM_method(E)                                                                         \
	E(REC_METHOD_NONE, "none")                                                                    \
	E(REC_METHOD_5G_AKA, "5g-aka")                                                                \
	E(REC_METHOD_EAP_AKA_PRIME, "eap-aka-prime")
#define REC_ENUM_access(E)                                                                         \
	E(REC_ACCESS_3GPP, "3gpp")                                                                    \
	E(REC_ACCESS_NON_3GPP, "non-3gpp")
#define REC_ENUM_roaming(E)                                                                        \
	E(REC_AT_HOME, "home")                                                                        \
	E(REC_VISITED, "visited")
#define REC_ENUM_outcome(E)                                                                        \
	E(REC_OUTCOME_OK, "ok")                                                                       \
	E(REC_OUTCOME_FAILED, "failed")                                                               \
	E(REC_OUTCOME_CENSORED, "censored")
/* What a run writes down (record.level); each level has what those before it have. */
#define REC_ENUM_level(E)                                                                          \
	E(REC_LEVEL_NONE, "none")                                                                     \
	E(REC_LEVEL_METRICS, "metrics")                                                               \
	E(REC_LEVEL_SAMPLES, "samples")                                                               \
	E(REC_LEVEL_EVENTS, "events")
#define REC_ENUM_fate(E)                                                                           \
	E(REC_FATE_DELIVERED, "delivered")                                                            \
	E(REC_FATE_LOST, "lost")                                                                      \
	E(REC_FATE_IN_FLIGHT, "in flight")
#define REC_ENUM_identity(E)                                                                       \
	E(REC_ID_SUCI_NULL, "SUCI null scheme")                                                       \
	E(REC_ID_SUCI_A, "SUCI profile A")                                                            \
	E(REC_ID_GUTI, "5G-GUTI")                                                                     \
	E(REC_ID_SUCI_B, "SUCI profile B")
#define REC_ENUM_vantage(E)                                                                        \
	E(REC_VANTAGE_HOSPITAL, "obs_hospital")                                                       \
	E(REC_VANTAGE_RADIO, "obs_radio")
#define REC_ENUMS(X)                                                                               \
	X(latency_metric) X(class) X(method) X(access) X(roaming) X(outcome) X(level) X(fate) X(identity) \
	X(vantage)

#define REC_ENTRY(value, text) value,
#define REC_DECLARE(name) enum rec_##name { REC_ENUM_##name(REC_ENTRY) REC_N_##name };
REC_ENUMS(REC_DECLARE)
#undef REC_DECLARE
#undef REC_ENTRY

#endif
