/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim trace: one replication, its messages as a capture, a ladder, lines and counts. */
#include "cli/trace.h"
#include "cli/trace_options.h"
#include "cli/trace_show.h"
#include <string.h>

struct tracing {
	struct trace_options options;
	struct scn *scn;
	const struct scn_variant *variant;
	struct trace_plan plan;
	struct trace_counts counts;
	struct out_file text;
	uint64_t rows;
	struct trace_ladder ladder;
	char title[4 * SCN_NAME];
};

static void row(void *context, const struct trace_row *row)
{
	struct tracing *t = context;
	if (t->text.file && t->rows++ == 0)
		trace_text_head(t->text.file);
	if (t->text.file) {
		trace_text_row(t->text.file, row);
		out_file_wrote(&t->text);
	}
	if (t->options.sequence)
		trace_ladder_add(&t->ladder, row);
}

/* ---- before the run ---- */

static enum sim_code check_files(const struct trace_options *o, struct sim_err *err)
{
	const char *const path[] = {o->pcap, o->sequence, o->text, o->counts};
	enum sim_code code = o->sequence ? trace_ladder_check(o->sequence, err) : SIM_OK;
	for (size_t i = 0; code == SIM_OK && i < sizeof path / sizeof *path; i++) {
		if (!path[i])
			continue;
		code = out_file_check(path[i], o->force, err);
		for (size_t k = 0; code == SIM_OK && k < i; k++)
			if (path[k] && strcmp(path[i], path[k]) == 0)
				code = sim_fail(err, SIM_E_USAGE, "%s is asked for twice; each output has its own file",
				                path[i]);
	}
	return code;
}

static enum sim_code choose(struct tracing *t, struct sim_err *err)
{
	const struct trace_options *o = &t->options;
	const struct scn_run_config *run;
	char end[TRACE_TIME];
	for (uint32_t i = 0; i < scn_n_variants(t->scn); i++)
		if (!o->variant || strcmp(scn_variant(t->scn, i)->name, o->variant) == 0) {
			t->variant = scn_variant(t->scn, i);
			break;
		}
	SIM_ASSERT(t->variant != NULL); /* scn_load() refuses a name that is none */
	run = &t->variant->config.run;
	if (o->replication >= run->replications)
		return sim_fail(err, SIM_E_USAGE, "--replication %lld: the scenario has replications 0 to %lld",
		                (long long)o->replication, (long long)run->replications - 1);
	if (o->from_ns > run->duration_ns)
		return sim_fail(err, SIM_E_USAGE, "--from %s: the scenario ends before, at %s", o->from,
		                trace_time(run->duration_ns, end));
	t->plan.ue = TRACE_EVERYBODY;
	return o->ue ? trace_ue_find(&t->variant->config, o->ue, &t->plan.ue, err) : SIM_OK;
}

static enum sim_code prepare(struct tracing *t, struct sim_err *err)
{
	const struct trace_options *o = &t->options;
	enum sim_code code = check_files(o, err);
	if (code == SIM_OK)
		code = scn_load(o->scenario, &o->load, stderr, &t->scn, err);
	if (code == SIM_OK)
		code = choose(t, err);
	if (code != SIM_OK)
		return code;
	t->plan.from_ns = o->from_ns;
	t->plan.to_ns = o->to_ns;
	t->plan.pcap = o->pcap;
	t->plan.context = t;
	t->plan.row = o->text || o->sequence ? row : NULL;
	if (!o->text)
		return SIM_OK;
	return out_file_open(&t->text, o->text, err);
}

/* ---- behind it ---- */

static enum sim_code write_sequence(struct tracing *t, struct sim_err *err)
{
	struct out_file out;
	enum sim_code code = out_file_open(&out, t->options.sequence, err);
	if (code != SIM_OK)
		return code;
	snprintf(t->title, sizeof t->title, "%s: %s, replication %lld",
	         t->variant->config.run.scenario, t->variant->name, (long long)t->options.replication);
	t->ladder.title = t->title;
	code = trace_ladder_write(&t->ladder, out.file, t->options.sequence, err);
	out_file_wrote(&out);
	if (code == SIM_OK)
		return out_file_close(&out, err);
	out_file_abandon(&out);
	return code;
}

static enum sim_code write_counts(struct tracing *t, struct sim_err *err)
{
	struct out_file out;
	enum sim_code code = out_file_open(&out, t->options.counts, err);
	if (code != SIM_OK)
		return code;
	trace_counts_json(&t->counts, t->variant, (uint32_t)t->options.replication, out.file);
	return out_file_close(&out, err);
}

/* What is printed here is either the lines or the table: a reader of the lines wants them alone. */
static enum sim_code finish(struct tracing *t, struct sim_err *err)
{
	const struct trace_options *o = &t->options;
	const bool lines_here = t->text.file && !t->text.part;
	enum sim_code code = t->text.file ? out_file_close(&t->text, err) : SIM_OK;
	if (code == SIM_OK && o->sequence)
		code = write_sequence(t, err);
	if (code == SIM_OK && o->counts)
		code = write_counts(t, err);
	if (code != SIM_OK)
		return code;
	if (lines_here)
		putchar('\n');
	trace_counts_print(&t->counts, stdout);
	if (o->pcap)
		printf("\n%llu packets are in %s\n", (unsigned long long)t->counts.packets, o->pcap);
	if (t->counts.left_out)
		printf("%llu messages are not in the capture: the run knows their lengths, not their octets\n",
		       (unsigned long long)t->counts.left_out);
	return SIM_OK;
}

static enum sim_code trace_all(struct tracing *t, struct sim_err *err)
{
	enum sim_code code = prepare(t, err);
	if (code == SIM_OK)
		code = trace_run(t->variant, (uint32_t)t->options.replication, &t->plan, &t->counts, err);
	if (code == SIM_OK)
		code = finish(t, err);
	return code;
}

int cli_trace(int argc, char **argv)
{
	struct tracing t = {.plan = {.ue = TRACE_EVERYBODY}};
	struct sim_err err = {.code = SIM_OK};
	enum sim_code code = trace_options_parse(argc, argv, &t.options, &err);
	if (code == SIM_OK && t.options.help)
		trace_options_help(stdout);
	else if (code == SIM_OK)
		code = trace_all(&t, &err);
	if (code != SIM_OK)
		fprintf(stderr, "dtsim trace: %s\n", err.text);
	out_file_abandon(&t.text);
	trace_ladder_free(&t.ladder);
	scn_free(t.scn);
	trace_options_free(&t.options);
	return sim_exit_status(code);
}
