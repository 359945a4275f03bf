/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How well adversaries tell the surgeons apart: every adversary of the scenario, against the
 * truth.
 */
#include "analysis/link/list.h"
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include "analysis/metric/game.h"
#include "models/record/truth.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GAME "Wagner, Eckhoff, ACM Computing Surveys 51, 2018"
#define CHALLENGE "sessions that it observed and was not handed over"
#define OVER "mean over replications of each one's; replications resampled where one is undefined"
#define LINK(name_, unit_, better_, definition_, source_)                                          \
	{.name = name_, .unit = unit_, .better = better_, .definition = definition_,  \
	 .source = source_, .scope = "variant, adversary", .estimator = OVER}

static const struct met_entry entries[GAME_MEASURES] = {
	[GAME_ADVANTAGE] = LINK("link.advantage", "1", MET_LOWER,
		"two-surgeon game: 2 (mean score - 1/2) over " CHALLENGE "; undecided scores 1/2; "
		"0 chance, 1 certainty", "cryptographic distinguishing advantage; " GAME),
	[GAME_COVERAGE] = LINK("link.coverage", "1", MET_LOWER,
		"share of the planned sessions that it observed at all, by one observation or more; every "
		"other link metric is over what it observed, so read them together", GAME),
	[GAME_TOP1] = LINK("link.top1", "1", MET_LOWER,
		"one-to-one assignment between the first and the last of each subject's " CHALLENGE
		": share right, expected over ties; chance 1/n", GAME),
	[GAME_PRECISION] = LINK("link.precision", "1", MET_LOWER,
		"pairs of observations of different sessions claimed to be one subject (probability "
		"over 1/2): share right; undefined without a claim. Chance is the share of such pairs "
		"that are one subject (about 1/n with n subjects who operate equally often), not 1/2", GAME),
	[GAME_RECALL] = LINK("link.recall", "1", MET_LOWER,
		"pairs of observations of different sessions that are one subject: share claimed. Pairs "
		"are of what it observed: sessions that it did not see stand in link.coverage alone", GAME),
	[GAME_ANONYMITY_SET] = LINK("link.anonymity_set", "1", MET_HIGHER,
		"2^H of the posterior, mean over " CHALLENGE, "Serjantov, Danezis, PET 2002"),
	[GAME_ENTROPY] = LINK("link.entropy_bit", "bit", MET_HIGHER,
		"Shannon entropy H of the posterior, mean over " CHALLENGE, "Serjantov, Danezis, PET 2002"),
	[GAME_IDENTIFIED] = LINK("link.identified_ratio", "1", MET_LOWER,
		CHALLENGE ": share in which it names the SUPI, read in clear or by the surgeon's name that "
		"stands for it, with posterior 0.95 or more, and is right", GAME),
};

/* The rows of a vantage in one replication: columns of the file, and the truth joined to them. */
struct rows {
	struct game_world world;
	uint32_t *session;
	uint16_t *who;
	uint64_t *msin;
};

static void rows_free(struct rows *rows)
{
	free(rows->session);
	free(rows->who);
	free(rows->msin);
}

static const uint64_t *column(const struct met_job *job, enum rec_table table, const char *name,
                              uint64_t first, bool *ok)
{
	const uint64_t *whole = res_u64(job->file, table, name);
	*ok = *ok && whole;
	return whole ? whole + first : NULL;
}

static bool hospital_columns(const struct met_job *job, uint64_t first, struct game_world *world)
{
	const enum rec_table table = REC_T_obs_hospital;
	const int64_t *t_ns = res_i64(job->file, table, "t_ns");
	const uint16_t *hospital = res_u16(job->file, table, "hospital");
	const uint32_t *disclosed = res_u32(job->file, table, "disclosed");
	bool ok = t_ns && hospital && disclosed;
	if (!ok)
		return false;
	world->t_ns = t_ns + first;
	world->place = hospital + first;
	world->disclosed = disclosed + first;
	world->pseudonym = column(job, table, "pseudonym", first, &ok);
	world->holder_key = column(job, table, "holder_key", first, &ok);
	world->commitment = column(job, table, "commitment", first, &ok);
	world->n_places = res_n_names(job->file, REC_NAME_hospital);
	return ok;
}

static bool radio_columns(const struct met_job *job, uint64_t first, struct game_world *world)
{
	const enum rec_table table = REC_T_obs_radio;
	const int64_t *t_ns = res_i64(job->file, table, "t_ns");
	const uint16_t *cell = res_u16(job->file, table, "cell");
	bool ok = t_ns && cell;
	if (!ok)
		return false;
	world->t_ns = t_ns + first;
	world->place = cell + first;
	world->identity = column(job, table, "identity", first, &ok);
	world->clear_msin = column(job, table, "clear_msin", first, &ok);
	world->n_places = res_n_names(job->file, REC_NAME_cell);
	return ok;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* The session numbers of the plan, ascending. NULL when they could not be read. */
static uint32_t *read_plan(const struct met_job *job, uint32_t r, uint32_t *n)
{
	const uint32_t *session = res_u32(job->file, REC_T_session, "session");
	struct res_range rows = res_rows(job->file, REC_T_session, job->variant, r);
	*n = (uint32_t)(rows.end - rows.first);
	if (!session)
		return NULL;
	uint32_t *plan = met_alloc(*n, sizeof *plan);
	memcpy(plan, session + rows.first, *n * sizeof *plan);
	qsort(plan, *n, sizeof *plan, by_number);
	return plan;
}

static void join(const struct rec_truth *truth, const uint32_t *obs, const uint32_t *plan,
                 struct rows *rows)
{
	/* Observations are numbered in the order of their rows. */
	const uint32_t *row = bsearch(&truth->obs, obs, rows->world.n_obs, sizeof *obs, by_number);
	if (!row || truth->subject >= rows->world.n_subjects)
		return;
	size_t i = (size_t)(row - obs);
	rows->who[i] = truth->subject;
	rows->msin[i] = truth->msin;
	if (bsearch(&truth->session, plan, rows->world.n_sessions, sizeof *plan, by_number))
		rows->session[i] = truth->session;
}

static bool fill_truth(const struct met_job *job, uint32_t r, enum rec_vantage vantage,
                       const uint32_t *obs, struct rows *rows)
{
	struct res_range range = res_rows(job->file, REC_T_truth, job->variant, r);
	size_t n = (size_t)(range.end - range.first);
	struct rec_truth *truth = met_alloc(n, sizeof *truth);
	uint32_t *plan = read_plan(job, r, &rows->world.n_sessions);
	bool ok = plan && res_gather(job->file, REC_T_truth, range, truth) == 0;
	rows->session = met_alloc(rows->world.n_obs, sizeof *rows->session);
	rows->who = met_alloc(rows->world.n_obs, sizeof *rows->who);
	rows->msin = met_alloc(rows->world.n_obs, sizeof *rows->msin);
	for (uint32_t i = 0; i < rows->world.n_obs; i++)
		rows->session[i] = GAME_NO_SESSION;
	for (size_t k = 0; k < n && ok; k++)
		if (truth[k].vantage == vantage)
			join(&truth[k], obs, plan, rows);
	rows->world.session = rows->session;
	rows->world.who = rows->who;
	rows->world.msin = rows->msin;
	free(truth);
	free(plan);
	return ok;
}

static bool rows_read(const struct met_job *job, uint32_t r, enum rec_vantage vantage,
                      const char *const *subject, uint32_t n_subjects, struct rows *rows)
{
	bool air = vantage == REC_VANTAGE_RADIO;
	enum rec_table table = air ? REC_T_obs_radio : REC_T_obs_hospital;
	struct res_range range = res_rows(job->file, table, job->variant, r);
	const uint32_t *obs = res_u32(job->file, table, "obs");
	*rows = (struct rows){.world = {.n_obs = (uint32_t)(range.end - range.first),
	                                .subject = subject, .n_subjects = n_subjects}};
	bool ok = obs && (air ? radio_columns(job, range.first, &rows->world)
	                      : hospital_columns(job, range.first, &rows->world));
	return ok && fill_truth(job, r, vantage, obs + range.first, rows);
}

/* Entry and knowledge of the adversary `name`; NULL when its kind is unknown. */
static const struct adv_entry *read_adversary(const struct met_job *job, const char *name,
                                              struct rec_adversary *out)
{
	char key[192];
	*out = (struct rec_adversary){0};
	snprintf(key, sizeof key, "adversaries.%s.kind", name);
	const struct adv_entry *entry = adv_find(res_parameter_text(job->file, job->variant, key));
	for (uint32_t i = 0; entry && i < adv_n_entries; i++)
		if (adv_entries[i] == entry)
			out->kind = (uint8_t)i;
	out->collude = (int64_t)met_named_si(job, "adversaries", name, "collude", SIM_Q_COUNT, -1);
	out->disclosure = met_named_si(job, "adversaries", name, "disclosure", SIM_Q_NUMBER, 0) > 0;
	out->known_sessions =
		(int64_t)met_named_si(job, "adversaries", name, "known_sessions", SIM_Q_COUNT, 1);
	return entry;
}

static struct stat_interval value_of(const struct met_job *job, int m, const struct met_sums *sums,
                                     uint32_t n_subjects, double trials)
{
	if (m == GAME_ANONYMITY_SET)
		return stat_clip(met_mean(job, sums), 1, n_subjects);
	if (m == GAME_ENTROPY)
		return stat_clip(met_mean(job, sums), 0, log2(n_subjects));
	return met_share(job, sums, m == GAME_ADVANTAGE ? -1 : 0, 1, trials);
}

static void put(const struct met_job *job, const char *name, struct met_sums *sums,
                uint32_t n_subjects, double challenges)
{
	struct met_scope scope = {.adversary = name};
	for (int m = 0; m < GAME_MEASURES; m++) {
		bool scale = m == GAME_ANONYMITY_SET || m == GAME_ENTROPY;
		double n = met_total(sums[m].den, job->n);
		/* Pairs hang together: it is the sessions behind them that count as trials. An assignment
		 * is made once for all sessions of a replication. */
		double trials = m == GAME_COVERAGE || m == GAME_TOP1 ? n : challenges;
		struct stat_interval value = value_of(job, m, &sums[m], n_subjects, trials);
		met_add(job, entries[m].name, entries[m].unit, scope,
		        scale || m == GAME_ADVANTAGE ? "mean" : "ratio", value, (uint64_t)n, 0);
	}
}

static uint64_t counted(const struct met_job *job, uint32_t r, const char *name, bool *ok)
{
	const uint16_t *counter = res_u16(job->file, REC_T_counter, "counter");
	const uint64_t *value = res_u64(job->file, REC_T_counter, "value");
	struct res_range rows = res_rows(job->file, REC_T_counter, job->variant, r);
	*ok = *ok && counter && value;
	for (uint64_t i = rows.first; *ok && i < rows.end; i++)
		if (strcmp(res_name(job->file, REC_NAME_counter, counter[i]), name) == 0)
			return value[i];
	return 0;
}

/*
 * In mode pooled ephemeral keys repeat when all of the pool have been used. SUCIs then link where
 * those of a real UE would not: no score of a radio eavesdropper is defined in such a replication.
 */
static bool is_spoiled(const struct met_job *job, uint32_t r, const struct adv_entry *entry,
                       bool *ok)
{
	const char *mode = res_parameter_text(job->file, job->variant, "crypto.all");
	if (mode && strcmp(mode, "as_given") == 0)
		mode = res_parameter_text(job->file, job->variant, "crypto.surgeons");
	return entry->vantage == REC_VANTAGE_RADIO && mode && strcmp(mode, "pooled") == 0 &&
	       counted(job, r, REC_COUNTER_POOL_REPEATS, ok) > 0;
}

static bool one_adversary(const struct met_job *job, const char *name, const char *const *subject,
                          uint32_t n_subjects)
{
	struct rec_adversary adversary;
	struct met_sums sums[GAME_MEASURES];
	double challenges = 0;
	bool ok = true;
	const struct adv_entry *entry = read_adversary(job, name, &adversary);
	if (!entry)
		return true;
	for (int m = 0; m < GAME_MEASURES; m++)
		sums[m] = met_sums_new(job->n);
	for (uint32_t i = 0; i < job->n && ok; i++) {
		struct rows rows;
		struct game_score score = {0};
		uint32_t r = job->replication[i];
		ok = rows_read(job, r, entry->vantage, subject, n_subjects, &rows);
		if (ok && !is_spoiled(job, r, entry, &ok))
			game_play(&rows.world, &(struct game_rules){entry, &adversary, job->run->seed, r},
			          &score);
		for (int m = 0; ok && m < GAME_MEASURES; m++) {
			sums[m].num[i] = score.num[m];
			sums[m].den[i] = score.den[m];
		}
		challenges += ok ? score.challenges : 0;
		rows_free(&rows);
	}
	if (ok)
		put(job, name, sums, n_subjects, challenges);
	for (int m = 0; m < GAME_MEASURES; m++)
		met_sums_free(&sums[m]);
	return ok;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	const char *subject[ADV_MAX_SUBJECTS], *name;
	uint32_t n = res_n_names(job->file, REC_NAME_subject);
	if (n < 2)
		return SIM_OK; /* nobody to be told apart from */
	if (n > ADV_MAX_SUBJECTS)
		return sim_fail(err, SIM_E_INPUT, "%s: %u subjects, linking knows up to %d",
		                res_path(job->file), n, ADV_MAX_SUBJECTS);
	for (uint32_t s = 0; s < n; s++)
		subject[s] = res_name(job->file, REC_NAME_subject, s);
	for (uint32_t i = 0; (name = met_named(job, "adversaries", "kind", i)) != NULL; i++)
		if (!one_adversary(job, name, subject, n))
			return met_read_failed(job, err);
	return SIM_OK;
}

const struct met_family met_link = {
	.name = "link",
	.needs = REC_LEVEL_SAMPLES,
	.n_entries = GAME_MEASURES,
	.entries = entries,
	.compute = compute,
};
