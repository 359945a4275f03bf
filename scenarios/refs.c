/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/refs.h"

#include "scenarios/near.h"
#include "scenarios/refs_queue.h"
#include "scenarios/sections.h"
#include "scenarios/world_state.h"
#include "models/radio/pathloss.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define DAY_NS (86400 * INT64_C(1000000000))

struct check {
	struct scn_context *context;
	const struct scn_node *tree;
	struct scn_config *config;
};

/* Where a value stands; of a default, the nearest thing around it that does stand somewhere. */
static struct scn_place place_of(const struct check *check, const char *a, const char *b,
                                 const char *c)
{
	const char *const path[] = {a, b, c};
	struct scn_place place = {check->tree->place.source, 0, 0};
	const struct scn_node *node = check->tree;

	for (int i = 0; i < 3 && path[i]; i++) {
		node = scn_node_child(node, path[i]);
		if (!node)
			break;
		place = node->kind == SCN_NODE_MAP ? node->key_place : node->place;
	}
	return place;
}

/* A duration, as people write it. */
static const char *duration(const struct check *check, int64_t ns)
{
	char text[96];

	sim_unit_format(SIM_Q_DURATION, (double)ns, text, sizeof text);
	return scn_copy(check->context, text, strlen(text));
}

static const char *near_text(const struct check *check, const struct scn_near *near)
{
	return near->best ? scn_format(check->context, "; nearest: `%s`", near->best) : "";
}

/* ---- the network ---- */

static bool is_digits(const char *text, size_t least, size_t most)
{
	size_t n = strspn(text, "0123456789");

	return !text[n] && n >= least && n <= most;
}

static void check_digits(const struct check *check, const char *key, const char *text,
                         size_t least, size_t most)
{
	const char *allowed = least == most ? scn_format(check->context, "%zu", least)
	                                    : scn_format(check->context, "%zu to %zu", least, most);

	if (!is_digits(text, least, most))
		scn_say(check->context, place_of(check, "network", key, NULL),
		        "network.%s: found `%s`; allowed: %s digits", key, text, allowed);
}

static void check_network(const struct check *check)
{
	const struct network_config *network = &check->config->nf.network;
	struct id_plmn partner[HOME_PARTNERS];
	uint8_t n;

	check_digits(check, "mcc", network->mcc, 3, 3);
	check_digits(check, "mnc", network->mnc, 2, 3);
	check_digits(check, "routing_indicator", network->routing_indicator, 1, 4);
	if (!network_partners(network, partner, HOME_PARTNERS, &n))
		scn_say(check->context, place_of(check, "network", "partners", NULL),
		        "network.partners: found `%s`; allowed: none, or at most %d networks as in "
		        "`001-01,262-03`", network->partners, HOME_PARTNERS);
	if (check->config->hosts.core_cores == 0)
		scn_say(check->context, place_of(check, "hosts", "core_cores", NULL),
		        "hosts.core_cores: found `0`; allowed: 1 to 4096, or infinite");
}

/* Lengths on the SBI are measured for the home network: an MNC of as many digits keeps them. */
static void check_roaming(const struct check *check)
{
	const struct network_config *network = &check->config->nf.network;
	const struct roaming_config *roaming = &check->config->nf.roaming;

	if (!roaming_is_used(roaming) || !is_digits(network->mnc, 2, 3))
		return;
	if (!is_digits(roaming->mcc, 3, 3))
		scn_say(check->context, place_of(check, "roaming", "mcc", NULL),
		        "roaming.mcc: found `%s`; allowed: 3 digits", roaming->mcc);
	if (!is_digits(roaming->mnc, 2, 3) || strlen(roaming->mnc) != strlen(network->mnc))
		scn_say(check->context, place_of(check, "roaming", "mnc", NULL),
		        "roaming.mnc: found `%s`; allowed: as many digits as network.mnc has", roaming->mnc);
	if (strcmp(roaming->mcc, network->mcc) == 0 && strcmp(roaming->mnc, network->mnc) == 0)
		scn_say(check->context, place_of(check, "roaming", "mnc", NULL),
		        "roaming.mnc: the visited network is the home network; allowed: another one");
	if (roaming->retry_ns <= 2 * check->config->links.n32_delay_ns)
		scn_say(check->context, place_of(check, "roaming", "retry", NULL),
		        "roaming.retry: found %s, but an answer takes longer at links.n32_delay %s; allowed: "
		        "more than %s", duration(check, roaming->retry_ns),
		        duration(check, check->config->links.n32_delay_ns),
		        duration(check, 2 * check->config->links.n32_delay_ns));
}

/* ---- people and places ---- */

/* The N3IWF is the home network's: models/nf/n3iwf.c. */
static void check_access(const struct check *check)
{
	const struct scn_config *config = check->config;

	if (config->nf.roaming.surgeons && config->access.surgeons == SCN_ACCESS_NON_3GPP)
		scn_say(check->context, place_of(check, "access", "surgeons", NULL),
		        "access.surgeons: found `non_3gpp`, but roaming.surgeons has them in the visited "
		        "network, which has no N3IWF; allowed: 3gpp");
}

static void check_city(const struct check *check, struct scn_hospital *hospital)
{
	struct scn_near near = {.wanted = hospital->city};

	for (uint32_t i = 0; i < check->config->n_cities; i++) {
		scn_near_try(&near, check->config->city[i].name);
		if (strcmp(check->config->city[i].name, hospital->city) == 0) {
			hospital->city_index = (uint16_t)i;
			return;
		}
	}
	if (*hospital->city) /* a hospital without a city has been told so */
		scn_say(check->context, place_of(check, "hospitals", hospital->name, "city"),
		        "hospitals.%s.city: `%s` is none of the cities%s", hospital->name, hospital->city,
		        near_text(check, &near));
}

/* What `nf:` of a crash can name beside hospitals: nodes (world_names.c), some in some networks alone. */
enum part { ALWAYS, NON_3GPP, VISITED };
static const struct {
	const char *name;
	enum part of;
} functions[] = {{"amf", ALWAYS}, {"ausf", ALWAYS}, {"udm", ALWAYS}, {"udr", ALWAYS},
	{"pcf", ALWAYS}, {"aanf", ALWAYS}, {"dtf", ALWAYS}, {"ledger", ALWAYS}, {"n3iwf", NON_3GPP},
	{"sepp", VISITED}, {"visited amf", VISITED}, {"visited pcf", VISITED},
	{"visited sepp", VISITED}};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

static bool is_there(const struct scn_config *config, enum part part)
{
	return part == ALWAYS || (part == NON_3GPP ? scn_uses_non_3gpp(config)
	                                           : roaming_is_used(&config->nf.roaming));
}

static void check_hospital_name(const struct check *check, const char *name)
{
	for (size_t i = 0; i < N_FUNCTIONS; i++)
		if (strcmp(functions[i].name, name) == 0)
			scn_say(check->context, place_of(check, "hospitals", name, NULL),
			        "hospitals.%s: a network function has this name; allowed: any other", name);
}

static void check_places(const struct check *check)
{
	struct scn_config *config = check->config;

	if (config->n_surgeons != SCN_MAX_SURGEONS)
		scn_say(check->context, place_of(check, "surgeons", NULL, NULL),
		        "surgeons: found %" PRIu32 "; allowed: exactly two, as in "
		        "`surgeons: {Alex: {}, Bob: {}}`", config->n_surgeons);
	if (config->n_cities == 0)
		scn_say(check->context, place_of(check, "cities", NULL, NULL),
		        "cities: found none; allowed: 1 to %d, as in `cities: {Oslo: {cells: 3}}`",
		        SCN_MAX_CITIES);
	if (config->n_hospitals == 0)
		scn_say(check->context, place_of(check, "hospitals", NULL, NULL),
		        "hospitals: found none; allowed: 1 to %d, as in "
		        "`hospitals: {Rikshospitalet: {city: Oslo}}`", SCN_MAX_HOSPITALS);
	for (uint32_t i = 0; i < config->n_hospitals; i++)
		check_city(check, &config->hospital[i]);
	for (uint32_t i = 0; i < config->n_hospitals; i++)
		check_hospital_name(check, config->hospital[i].name);
}

/* ---- the working days ---- */

static void check_overlap(const struct check *check)
{
	const struct scn_operations_config *o = &check->config->operations;

	if (o->per_day > 1 && o->jitter_ns + o->length_ns > o->spacing_ns)
		scn_say(check->context, place_of(check, "operations", "spacing", NULL),
		        "operations.spacing: operations of %s that begin up to %s late overlap at a spacing "
		        "of %s; allowed: %s or more", duration(check, o->length_ns),
		        duration(check, o->jitter_ns), duration(check, o->spacing_ns),
		        duration(check, o->jitter_ns + o->length_ns));
	int64_t day = (o->per_day - 1) * o->spacing_ns + o->jitter_ns + o->length_ns;

	if (o->days > 1 && day > DAY_NS)
		scn_say(check->context, place_of(check, "operations", "per_day", NULL),
		        "operations.per_day: %" PRId64 " operations take up to %s; allowed: at most a day",
		        o->per_day, duration(check, day));
}

static void check_operations(const struct check *check)
{
	const struct scn_operations_config *o = &check->config->operations;
	int64_t end = (o->days - 1) * DAY_NS + o->first_ns + (o->per_day - 1) * o->spacing_ns +
	              o->jitter_ns + o->length_ns;

	if (o->days == 0 || o->per_day == 0)
		return;
	check_overlap(check);
	if (end > check->config->run.duration_ns)
		scn_say(check->context, place_of(check, "duration", NULL, NULL),
		        "duration: the run of %s ends before the last operation, which ends at %s at the "
		        "latest", duration(check, check->config->run.duration_ns), duration(check, end));
	if (o->enrol_ns >= o->first_ns)
		scn_say(check->context, place_of(check, "operations", "enrol", NULL),
		        "operations.enrol: twins are obtained at %s, but the first operation is at %s; "
		        "allowed: before that", duration(check, o->enrol_ns),
		        duration(check, o->first_ns));
}

static void check_deadlines(const struct check *check)
{
	const struct scn_deadline_config *d = &check->config->deadlines;

	if (d->survival_ns > d->lost_ns)
		scn_say(check->context, place_of(check, "deadlines", "survival", NULL),
		        "deadlines.survival: %s is longer than deadlines.lost, %s; allowed: at most that",
		        duration(check, d->survival_ns), duration(check, d->lost_ns));
}

/* Whether what its arrivals have goes together; a number of them is the population's. */
static void check_population(const struct check *check, const struct population_config *population)
{
	struct sim_arrival_config arrivals = population->arrivals;
	const char *key = "rate", *fault;

	if (!population_has_arrivals(population) && population->registrations_per_s > 0)
		return;
	if (arrivals.count < 0 && !population->repeat)
		arrivals.count = population->count;
	fault = sim_arrival_fault(&arrivals, &key);
	if (fault)
		scn_say(check->context, place_of(check, "populations", population->name, "arrivals"),
		        "populations.%s.arrivals.%s: %s", population->name, key, fault);
}

/* ---- adversaries and attacks ---- */

static void check_adversary(const struct check *check, const struct rec_adversary *adversary)
{
	const struct scn_node *entry =
		scn_node_child(scn_node_child(check->tree, "adversaries"), adversary->name);
	static const char *const of_hospitals[] = {"collude", "disclosure"};

	for (int i = 0; i < 2; i++)
		if (adversary->kind != REC_ADVERSARY_HOSPITALS && scn_node_child(entry, of_hospitals[i]))
			scn_say(check->context,
			        place_of(check, "adversaries", adversary->name, of_hospitals[i]),
			        "adversaries.%s.%s: only an adversary of kind hospitals has this key",
			        adversary->name, of_hospitals[i]);
	if (adversary->kind == REC_ADVERSARY_HOSPITALS && adversary->collude != -1 &&
	    (adversary->collude == 0 || adversary->collude > check->config->n_hospitals))
		scn_say(check->context, place_of(check, "adversaries", adversary->name, "collude"),
		        "adversaries.%s.collude: found %" PRId64 ", but there are %" PRIu32
		        " hospitals; allowed: 1 to %" PRIu32 ", or all", adversary->name,
		        adversary->collude, check->config->n_hospitals, check->config->n_hospitals);
}

static void check_time(const struct check *check, const struct scn_attack *attack)
{
	const struct atk_common *common = attack->config;
	int64_t end = common->start_ns + common->duration_ns;

	if (end > check->config->run.duration_ns)
		scn_say(check->context,
		        place_of(check, "attacks", attack->name,
		                 common->start_ns > check->config->run.duration_ns ? "start" : "duration"),
		        "attacks.%s: from %s to %s, but the run ends at %s; allowed: within the run",
		        attack->name, duration(check, common->start_ns), duration(check, end),
		        duration(check, check->config->run.duration_ns));
}

static void check_function(const struct check *check, const struct scn_attack *attack,
                           const char *name)
{
	struct scn_near near = {.wanted = name};

	for (size_t i = 0; i < N_FUNCTIONS; i++) {
		if (!is_there(check->config, functions[i].of))
			continue;
		if (strcmp(functions[i].name, name) == 0)
			return;
		scn_near_try(&near, functions[i].name);
	}
	for (uint32_t i = 0; i < check->config->n_hospitals; i++) {
		if (strcmp(check->config->hospital[i].name, name) == 0)
			return;
		scn_near_try(&near, check->config->hospital[i].name);
	}
	if (*name)
		scn_say(check->context, place_of(check, "attacks", attack->name, "nf"),
		        "attacks.%s.nf: found `%s`; allowed: amf, ausf, udm, udr, pcf, aanf, dtf, ledger, "
		        "n3iwf (non-3GPP access), sepp, visited amf, visited pcf, visited sepp (roaming), or "
		        "a hospital%s", attack->name, name, near_text(check, &near));
}

static void check_attack(const struct check *check, const struct scn_attack *attack)
{
	if (!attack->entry)
		return;
	const struct sim_param *nf = scn_row(attack->entry->section, "nf");

	check_time(check, attack);
	if (nf && nf->type == SIM_PAR_TEXT)
		check_function(check, attack, (const char *)attack->config + nf->offset);
}

/* ---- the radio ---- */

static void check_range(const struct check *check, const char *key, enum sim_quantity quantity,
                        double value, double least, double most)
{
	static const char *const environment[] = {"rma", "uma", "umi", "inh"};
	char found[64], from[64], to[64];

	if (value >= least && value <= most)
		return;
	sim_unit_format(quantity, value, found, sizeof found);
	sim_unit_format(quantity, least, from, sizeof from);
	sim_unit_format(quantity, most, to, sizeof to);
	scn_say(check->context, place_of(check, "radio", key, NULL),
	        "radio.%s: found %s, but TR 38.901 has the environment %s for %s to %s", key, found,
	        environment[check->config->radio.environment], from, to);
}

/* Path loss is not extrapolated (TR 38.901 table 7.4.1-1; UMa: antenna below 13 m, h_E = 1 m). */
static void check_radio(const struct check *check)
{
	const struct radio_config *radio = &check->config->radio;
	const struct pathloss_range *range =
	    pathloss_range((enum radio_environment)radio->environment, false);

	check_range(check, "frequency", SIM_Q_FREQUENCY, radio->frequency_hz, range->f_min_hz,
	            range->f_max_hz);
	check_range(check, "h_bs", SIM_Q_LENGTH, radio->h_bs_m, range->h_bs_min_m,
	            range->h_bs_max_m);
	check_range(check, "h_ut", SIM_Q_LENGTH, radio->h_ut_m, range->h_ut_min_m,
	            range->h_ut_max_m);
	check_range(check, "cell_radius", SIM_Q_LENGTH,
	            radio->environment == RADIO_INH
	                ? hypot(radio->cell_radius_m, radio->h_bs_m - radio->h_ut_m)
	                : radio->cell_radius_m,
	            range->d_min_m, range->d_max_m);
}

/* ---- what one replication can hold ---- */

/* Routes are kept for every pair of nodes; subscribers have 24 bits in the names of random streams, and
 * 20 in the RAN UE NGAP ID of what travels as octets. */
static void check_size(const struct check *check)
{
	const struct scn_config *config = check->config;
	int64_t cells = 0, most_cells = 2000;
	int64_t most = config->run.engine == SCN_ENGINE_NS3 ? 1000000 : 10000000;
	int64_t subscribers =
		config->background.count + world_n_probes(config) + config->load.subscribers;

	for (uint32_t i = 0; i < config->n_cities; i++)
		cells += config->city[i].cells;
	for (uint32_t i = 0; i < config->n_populations; i++)
		subscribers += config->population[i].count;
	if (cells > most_cells)
		scn_say(check->context, place_of(check, "cities", NULL, NULL),
		        "found %" PRId64 " cells in all cities together; allowed: 1 to %" PRId64, cells,
		        most_cells);
	if (subscribers > most)
		scn_say(check->context, place_of(check, "background", "count", NULL),
		        "found %" PRId64 " subscribers beside the surgeons; allowed: 0 to %" PRId64,
		        subscribers, most);
}

void scn_refs_check(struct scn_context *context, const struct scn_node *tree,
                    struct scn_config *config)
{
	const struct check check = {context, tree, config};

	if (scn_is_queue(config)) {
		scn_queue_check(context, tree, config);
		return;
	}
	check_roaming(&check);
	check_access(&check);
	check_network(&check);
	check_places(&check);
	check_operations(&check);
	check_deadlines(&check);
	check_radio(&check);
	check_size(&check);
	for (uint32_t i = 0; i < config->n_populations; i++)
		check_population(&check, &config->population[i]);
	for (uint32_t i = 0; i < config->n_adversaries; i++)
		check_adversary(&check, &config->adversary[i]);
	for (uint32_t i = 0; i < config->n_attacks; i++)
		check_attack(&check, &config->attack[i]);
}
