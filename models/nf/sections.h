/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration of every network function; for the scenario, not for the functions. */
#ifndef MODELS_NF_SECTIONS_H
#define MODELS_NF_SECTIONS_H

#include "models/nf/aanf.h"
#include "models/nf/amf.h"
#include "models/nf/ausf.h"
#include "models/nf/dtf.h"
#include "models/nf/hospital.h"
#include "models/nf/ledger.h"
#include "models/nf/n3iwf.h"
#include "models/nf/network.h"
#include "models/nf/pcf.h"
#include "models/nf/roaming.h"
#include "models/nf/service.h"
#include "models/nf/udm.h"
#include "models/nf/udr.h"
#include "models/nf/ue.h"
#include "models/nf/ue_ike.h"
#include "models/radio/wlan.h"

struct nf_config {
	struct network_config network;
	struct ue_config ue;
	struct amf_config amf;
	struct ausf_config ausf;
	struct udm_config udm;
	struct udr_config udr;
	struct pcf_config pcf;
	struct aanf_config aanf;
	struct dtf_config dtf;
	struct ledger_config ledger;
	struct hospital_config hospital;
	struct svc_config service;
	struct wlan_config wlan;
	struct ue_ike_config ue_ike;
	struct n3iwf_config n3iwf;
	struct roaming_config roaming;
};

#endif
