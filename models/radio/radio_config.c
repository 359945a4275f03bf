/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parameters of the radio access: the defaults are a 3.5 GHz urban macro cell of 20 MHz. */
#include "models/radio/radio.h"

#define DURATION(name, field, def, lo, hi, src, text)                                              \
	{.key = name, .type = SIM_PAR_DURATION, .offset = offsetof(struct radio_config, field),       \
	 .fallback = def, .min = lo, .max = hi, .source = src, .doc = text}
#define QUANTITY(name, q, field, def, lo, hi, src, text)                                           \
	{.key = name, .type = SIM_PAR_QUANTITY, .quantity = q,                                        \
	 .offset = offsetof(struct radio_config, field), .fallback = def, .min = lo, .max = hi,       \
	 .source = src, .doc = text}
#define COUNT(name, field, def, lo, hi, src, text)                                                 \
	{.key = name, .type = SIM_PAR_COUNT, .offset = offsetof(struct radio_config, field),          \
	 .fallback = def, .min = lo, .max = hi, .source = src, .doc = text}

static const struct sim_param rows[] = {
	{.key = "wired", .type = SIM_PAR_BOOL, .offset = offsetof(struct radio_config, wired),
	 .fallback = "false", .source = "UEs are on the air",
	 .doc = "UE and gNB are one program, as in a load generator: nothing is between them"},
	{.key = "environment", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct radio_config, environment), .fallback = "uma",
	 .choices = "rma|uma|umi|inh", .source = "TR 38.901 table 7.4.1-1",
	 .doc = "propagation environment: rural, urban macro, street canyon, indoor"},
	QUANTITY("frequency", SIM_Q_FREQUENCY, frequency_hz, "3.5 GHz", 0.5e9, 100e9,
	         "assumption: band n78", "carrier frequency"),
	QUANTITY("bandwidth", SIM_Q_FREQUENCY, bandwidth_hz, "20 MHz", 1e6, 400e6,
	         "assumption: a share of a 100 MHz carrier", "bandwidth given to one UE at a time"),
	QUANTITY("cell_radius", SIM_Q_LENGTH, cell_radius_m, "250 m", 20, 5000,
	         "TR 38.901 table 7.2-1: inter-site distance 500 m", "UEs are uniform on this disc"),
	QUANTITY("h_bs", SIM_Q_LENGTH, h_bs_m, "25 m", 1, 150, "TR 38.901 table 7.2-1",
	         "height of the base station's antenna"),
	QUANTITY("h_ut", SIM_Q_LENGTH, h_ut_m, "1.5 m", 1, 22.5, "TR 38.901 table 7.2-1",
	         "height of the headset"),
	QUANTITY("ue_power", SIM_Q_POWER, ue_power_dbm, "23 dBm", -40, 33,
	         "TS 38.101-1: power class 3", "transmit power of the UE"),
	QUANTITY("gnb_power", SIM_Q_POWER, gnb_power_dbm, "43 dBm", -10, 60,
	         "assumption: 20 W macro", "transmit power of the gNB"),
	QUANTITY("ue_noise", SIM_Q_GAIN, ue_noise_db, "9 dB", 0, 20, "TR 38.802 table A.2.1-1",
	         "noise figure of the UE"),
	QUANTITY("gnb_noise", SIM_Q_GAIN, gnb_noise_db, "5 dB", 0, 20, "TR 38.802 table A.2.1-1",
	         "noise figure of the gNB"),
	{.key = "shadowing", .type = SIM_PAR_BOOL, .offset = offsetof(struct radio_config, shadowing),
	 .fallback = "true", .source = "TR 38.901 table 7.4.1-1", .doc = "log-normal shadow fading"},
	DURATION("slot", slot_ns, "0.5 ms", 1e-5, 0.01, "TS 38.211 4.3.2: 30 kHz", "length of a slot"),
	DURATION("scheduling_request", scheduling_request_ns, "5 ms", 0, 1,
	         "assumption: within TS 38.331's range", "period of scheduling requests"),
	DURATION("grant", grant_ns, "2 ms", 0, 1, "assumption: four slots of 30 kHz",
	         "scheduling request heard to grant usable"),
	DURATION("harq_rtt", harq_rtt_ns, "4 ms", 0, 1, "assumption: eight slots of 30 kHz",
	         "one HARQ retransmission"),
	{.key = "bler", .type = SIM_PAR_NUMBER, .offset = offsetof(struct radio_config, bler_prob),
	 .fallback = "10 %", .min = 0, .max = 0.99,
	 .source = "TS 38.214 5.2.2.1: CQI is reported for 10 % error",
	 .doc = "block error ratio of each transmission"},
	COUNT("harq_max", harq_max, "5", 1, 32, "assumption: common configuration",
	      "HARQ transmissions before a message is lost"),
	DURATION("rao_period", rao_period_ns, "10 ms", 1e-4, 1,
	         "TS 38.211 table 6.3.3.2-3: one occasion a frame", "period of random access occasions"),
	COUNT("preambles", preambles, "54", 1, 64, "TR 37.868 table 6.2.2.1.1",
	      "preambles for contention"),
	COUNT("preamble_max", preamble_max, "10", 1, 100, "TR 37.868 table 6.2.2.1.1",
	      "preamble transmissions before random access fails"),
	DURATION("rar_window", rar_window_ns, "10 ms", 1e-4, 1, "assumption: TS 38.331 ra-ResponseWindow",
	         "wait for an answer to a preamble"),
	DURATION("backoff", backoff_ns, "20 ms", 0, 10, "TR 37.868 table 6.2.2.1.1",
	         "uniform wait before the next preamble"),
	DURATION("contention_timer", contention_timer_ns, "48 ms", 1e-3, 1,
	         "TR 37.868 table 6.2.2.1.1", "ra-ContentionResolutionTimer"),
	COUNT("rar_grants", rar_grants, "15", 1, 1000, "TR 37.868 table 6.2.2.1.1: 3 in each of 5 ms",
	      "answers that fit in one response window"),
	DURATION("processing", processing_ns, "1 ms", 0, 1, "assumption: UE and gNB, each RRC message",
	         "processing of an RRC message"),
	DURATION("t300", t300_ns, "1 s", 0.1, 2, "UERANSIM 3.3.0; TS 38.331 allows 100 to 2000 ms",
	         "RRC set-up is given up after this"),
	{.key = "inactivity", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct radio_config, inactivity_ns), .fallback = "120s", .min = -1,
	 .max = 86400, .source = "srsRAN Project 24.04: inactivity_timer of the CU-CP",
	 .doc = "a connection without a message for so long is released; never: it stays"},
	{.key = "paging_cycle", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct radio_config, paging_cycle), .fallback = "128", .min = 32,
	 .max = 256, .source = "srsRAN Project 24.04: default_paging_cycle 128 (T of TS 38.304 7.1)",
	 .doc = "radio frames between two paging frames of a UE: 32, 64, 128 or 256"},
	{.key = "paging_frames", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct radio_config, paging_frames), .fallback = "128", .min = 8,
	 .max = 256, .source = "srsRAN Project 24.04: nof_pf_per_paging_cycle oneT (N of TS 38.304 7.1)",
	 .doc = "paging frames in the paging cycle; divides it"},
	{.key = "paging_occasions", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct radio_config, paging_occasions), .fallback = "1", .min = 1,
	 .max = 4, .source = "srsRAN Project 24.04: nof_po_per_pf 1 (Ns of TS 38.304 7.1)",
	 .doc = "paging occasions in a paging frame"},
};
const struct sim_section radio_section = {
	.prefix = "radio", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct radio_config), .doc = "the radio access of the cells",
};
