/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AMF with SEAF: registration, authentication, NAS security, GUTI allocation (TS 23.502, 33.501, 24.501). */
#ifndef MODELS_NF_AMF_H
#define MODELS_NF_AMF_H

#include "models/nf/home.h"
#include "models/nf/station_config.h"


struct amf_config {
	struct nf_station_config station;
	int64_t t3550_ns, t3560_ns, t3570_ns; /* TS 24.501 table 10.2.2 */
	int64_t retransmissions;    /* of each, before the procedure is aborted */
	int64_t sbi_timeout_ns;     /* no answer from another function          */
};
extern const struct sim_section amf_section;

struct amf;
struct amf *amf_new(struct nf_env *env, const struct amf_config *config, const struct home *home);
extern const struct nf_entry nf_amf;

#endif
