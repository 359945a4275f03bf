/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/nf.h"

#include "models/msg/dt_cbor.h"
#include "models/msg/msg_ngap.h"
#include "models/msg/wire.h"
#include "models/nf/events.h"
#include "models/nf/hop.h"
#include "models/nf/octets.h"
#include "models/nf/scp.h"
#include "models/record/waits.h"

#include <string.h>

/* ---- messages ---- */

struct msg *nf_message_for(struct nf_env *env, enum msg_type type, uint32_t ue, uint32_t procedure,
                           const struct sim_span *span)
{
	struct sim_handle handle;
	struct msg *msg = sim_pool_take_as_is(env->messages, &handle);

	msg_begin(msg, type);
	msg->self = handle;
	msg->ue = ue;
	msg->procedure = procedure;
	msg->span = *span;
	return msg;
}

struct msg *nf_copy(struct nf_env *env, const struct msg *msg)
{
	struct sim_handle handle;
	struct msg *copy = sim_pool_take_as_is(env->messages, &handle);

	msg_copy(copy, msg);
	copy->self = handle;
	return copy;
}

struct msg *nf_message(struct nf_env *env, enum msg_type type, const struct msg *cause_of)
{
	struct msg *msg = nf_message_for(env, type, cause_of->ue, cause_of->procedure,
	                                 &cause_of->span);

	msg->serving = cause_of->serving;
	return msg;
}

struct msg *nf_answer(struct nf_env *env, enum msg_type type, const struct msg *request)
{
	struct msg *answer = nf_message(env, type, request);
	answer->asker = request->asker;
	answer->ran = request->ran;
	answer->stream = request->stream;
	return answer;
}

void nf_release(struct nf_env *env, struct msg *msg)
{
	sim_pool_give(env->messages, msg->self);
}

/* As HTTP/2 numbers the streams of a client: odd and rising (RFC 9113 5.1.1); SEPPs keep the number. */
static void show(struct nf_env *env, struct msg *msg)
{
	if (wire_is_request((enum msg_type)msg->type) && msg->hop_from == msg->from) {
		env->stream += env->stream ? 2 : 1;
		msg->stream = env->stream;
	}
	if (env->tap)
		env->tap->message(env->tap->context, msg);
}

/* What no sender has given: of the SBI, by what it says and by what it travels in. */
static void measure(struct nf_env *env, struct msg *msg)
{
	enum wire_carrier carrier = wire_carrier_of((enum msg_type)msg->type);

	if (carrier == WIRE_N32 || msg->n32_leg)
		msg->octets = (uint16_t)n32_octets(env->lengths_n32, msg);
	else if (carrier == WIRE_SBI)
		msg->octets = (uint16_t)sbi_octets(env->lengths, msg);
	SIM_ASSERT(msg->octets > 0);
}

void nf_forward(struct nf_env *env, uint16_t at, struct msg *msg)
{
	msg->hop_from = at;
	msg->hop_to = hop_next(env, at, msg);
	msg->n32_leg = env->node.vsepp != 0 && at != msg->from && msg->hop_to != msg->to;
	measure(env, msg);
	msg->sent_ns = env->sim->now_ns;
	env->sent[msg->type]++;
	env->sent_n32[msg->type] += msg->n32_leg;
	if (env->tap || env->octets)
		show(env, msg);
	if (env->events)
		nf_events_sent(env, msg);
	if (!env->octets || !nf_octets_send(env, msg))
		sim_net_send(env->net, msg->hop_from, msg->hop_to, msg->octets,
		             sim_handle_pack(msg->self));
}

void nf_send(struct nf_env *env, uint16_t from, uint16_t to, struct msg *msg)
{
	msg->from = from;
	msg->to = to;
	nf_forward(env, from, msg);
}

void nf_note_nas(struct nf_env *env, uint16_t from, uint16_t to, int64_t delay_ns, struct msg *msg,
                 const uint8_t *plain, uint16_t n)
{
	msg->from = from;
	msg->to = to;
	msg->sent_ns = env->sim->now_ns + delay_ns;
	env->sent_nas[msg->type]++;
	if (env->tap)
		env->tap->nas(env->tap->context, msg, plain, n);
}

void nf_reply(struct nf_env *env, const struct msg *request, struct msg *answer)
{
	nf_send(env, request->to, request->from, answer);
}

/* ---- a message's way through a function ---- */

static void note_ladder(struct nf_env *env, const struct msg *msg)
{
	if (msg->ue != env->ladder_ue)
		return;
	rec_add_ladder(env->rec, &(struct rec_ladder){
		.sent_ns = msg->sent_ns, .arrived_ns = env->sim->now_ns, .from = msg->from,
		.to = msg->to, .message = msg->type, .octets = msg->octets});
}

/* Of a function that sleeps between messages, the time of a step contains waking it. */
static void submit(struct nf_env *env, uint32_t station, struct nf_demand demand, struct msg *msg)
{
	int64_t wake_ns = (int64_t)(env->service->wake_up * (double)demand.service_ns);
	uint8_t priority = env->class_of_ue[msg->ue] == REC_CLASS_SURGEON ? 0 : 1;

	msg->crypto_ns = demand.crypto_ns;
	sim_station_submit_waking(env->stations, station, priority,
	                          demand.service_ns - wake_ns + demand.crypto_ns, wake_ns,
	                          sim_handle_pack(msg->self));
}

void nf_serve(struct nf_env *env, uint16_t node, struct msg *msg)
{
	const struct nf_instance *instance = &env->instance[node];

	submit(env, instance->station, instance->entry->demand(instance->self, msg), msg);
}

static void deliver(struct nf_env *env, uint16_t node, struct msg *msg)
{
	const struct nf_instance *instance = &env->instance[node];

	if (instance->down) {
		nf_release(env, msg);
	} else if (hop_is_passed(env, msg)) {
		submit(env, instance->station, instance->entry->pass_demand(instance->self, msg), msg);
	} else if (instance->station == NF_NO_STATION) {
		instance->entry->handle(instance->self, msg);
		nf_release(env, msg);
	} else {
		nf_serve(env, node, msg);
	}
}

static void receive(void *context, uint32_t node, uint64_t payload)
{
	struct nf_env *env = context;
	struct msg *msg = sim_pool_get(env->messages, sim_handle_unpack(payload));
	SIM_ASSERT(msg != NULL);
	sim_span_mark(&msg->span, env->sim->now_ns, SIM_PART_TRANSPORT);
	note_ladder(env, msg);
	if (env->events)
		nf_events_arrived(env, msg);
	if (nf_scp_is_on_the_way(env, msg))
		submit(env, env->scp_station, nf_scp_demand(env, msg), msg);
	else
		deliver(env, (uint16_t)node, msg);
}

static void lost_on_the_way(void *context, uint32_t node, uint64_t payload)
{
	struct nf_env *env = context;
	struct msg *msg = sim_pool_get(env->messages, sim_handle_unpack(payload));
	(void)node;
	SIM_ASSERT(msg != NULL);
	if (env->events)
		nf_events_lost(env, msg);
	nf_release(env, msg);
}

/* Everything between arrival and end that was not the demand was queueing: exact by subtraction. */
static void mark_job(struct msg *msg, const struct sim_job *job)
{
	int64_t queueing = job->ended_ns - job->arrived_ns - job->demand_ns;

	SIM_ASSERT(queueing >= 0 && msg->span.since_ns == job->arrived_ns);
	msg->queueing_ns = queueing;
	msg->service_ns = job->demand_ns - msg->crypto_ns;
	msg->span.part_ns[SIM_PART_QUEUEING] += queueing;
	msg->span.part_ns[SIM_PART_SERVICE] += msg->service_ns;
	msg->span.part_ns[SIM_PART_CRYPTO] += msg->crypto_ns;
	msg->span.since_ns = job->ended_ns;
}

static void pass(struct nf_env *env, struct msg *msg)
{
	const struct nf_instance *sepp = &env->instance[msg->hop_to];

	sepp->entry->pass(sepp->self, msg);
}

static void served(struct nf_env *env, struct msg *msg)
{
	const struct nf_instance *instance = &env->instance[msg->to];

	if (msg->ue < env->n_ues) /* attackers' interleaving is no protocol of an entity */
		nf_trace_step(env, msg->to, msg->ue, NF_P_MESSAGE, msg->type, 0, msg->cause);
	instance->entry->handle(instance->self, msg);
	nf_release(env, msg);
}

static void job_ended(void *context, uint32_t station, enum sim_job_end end,
                      const struct sim_job *job)
{
	struct nf_env *env = context;
	struct msg *msg;

	if (job->arg == NF_NOBODY)
		return;
	msg = sim_pool_get(env->messages, sim_handle_unpack(job->arg));
	SIM_ASSERT(msg != NULL);
	if (end != SIM_JOB_DONE) {
		nf_release(env, msg);
		return;
	}
	mark_job(msg, job);
	if (env->has_scp && station == env->scp_station)
		deliver(env, msg->hop_to, msg);
	else if (hop_is_passed(env, msg))
		pass(env, msg);
	else
		served(env, msg);
}

static void timer(void *context, const struct sim_event *event)
{
	struct nf_env *env = context;
	const struct nf_instance *instance = &env->instance[event->to];

	if (!instance->down)
		instance->entry->timer(instance->self, event);
}

void nf_measure(struct nf_env *env, const struct sbi_network *network)
{
	const struct jose_keys jose = {env->crypto, &crypto_suite_cost};
	struct sbi sbi;

	sbi_init(&sbi, network);
	if (!env->lengths)
		env->lengths = sbi_octets_new(env->sim->arena, &sbi);
	env->lengths_n32 = n32_octets_new(env->sim->arena, &sbi, env->lengths,
	                                  env->prins ? &jose : NULL);
}

void nf_init(struct nf_env *env)
{
	env->messages = sim_pool_new(env->sim->arena, sizeof(struct msg), 1024);
	env->stations = sim_stations_new(env->sim, job_ended, env);
	env->instance = sim_arena_alloc(env->sim->arena, (env->node.n + 1u) * sizeof *env->instance);
	sim_net_on_receive(env->net, receive, lost_on_the_way, env);
	sim_on(env->sim, NF_KIND_TIMER, timer, env);
}

void nf_attach(struct nf_env *env, uint16_t node, const struct nf_entry *entry, void *self,
               uint32_t station)
{
	SIM_ASSERT(entry->demand || station == NF_NO_STATION);
	env->instance[node] = (struct nf_instance){.entry = entry, .self = self, .station = station};
}

/* ---- crash and restart ---- */

void nf_down(struct nf_env *env, uint16_t node)
{
	struct nf_instance *instance = &env->instance[node];

	if (instance->down++ > 0)
		return;
	instance->down_ns = env->sim->now_ns;
	if (instance->station != NF_NO_STATION)
		sim_station_down(env->stations, instance->station);
	if (instance->entry->reset)
		instance->entry->reset(instance->self);
}

static void record_outage(struct nf_env *env, uint16_t node)
{
	rec_add_outage(env->rec, &(struct rec_outage){.nf = node,
		.down_ns = env->instance[node].down_ns, .up_ns = env->sim->now_ns});
}

void nf_up(struct nf_env *env, uint16_t node)
{
	struct nf_instance *instance = &env->instance[node];

	if (instance->down == 0 || --instance->down > 0)
		return;
	if (instance->station != NF_NO_STATION)
		sim_station_up(env->stations, instance->station);
	record_outage(env, node);
}

/* ---- draws and costs ---- */

struct sim_stream nf_stream(const struct nf_env *env, enum nf_purpose purpose, uint32_t ue,
                            uint32_t procedure, uint32_t step)
{
	const uint32_t high = procedure >> 28, low = procedure & 0xfffffff;

	SIM_ASSERT(ue < NF_UES_MAX && step < (1u << 12));
	return sim_stream_of(env->sim, high << 8 | (uint32_t)purpose,
	                     (uint64_t)ue << 40 | (uint64_t)low << 12 | step);
}

bool nf_roams(const struct nf_env *env, uint32_t ue)
{
	return env->roams && ue < env->n_ues && env->roams[ue];
}

uint16_t nf_amf_of(const struct nf_env *env, uint32_t ue)
{
	return nf_roams(env, ue) ? env->node.vamf : env->node.amf;
}

const struct crypto_suite *nf_suite(const struct nf_env *env, uint32_t ue)
{
	return env->suite_of_class[env->class_of_ue[ue]];
}

/* A procedure's steps are slow together. */
int64_t nf_draw_service(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                        enum nf_purpose purpose, uint32_t name)
{
	const struct sim_dist *dist = &env->service->step[step];
	double correlation = env->service->correlation, pace = 0;

	if (dist->mean_ns == 0)
		return 0;
	if (correlation > 0) {
		struct sim_stream common = nf_stream(env, NF_DRAW_PACE, msg->ue, msg->procedure, 0);
		pace = sim_stream_normal(&common);
	}
	struct sim_stream stream = nf_stream(env, purpose, msg->ue, msg->procedure, name);
	return sim_dist_draw_together(dist, &stream, pace, correlation);
}

/* One draw for all phases of a step, which sum to it. 12 bits: step < 64, attempt < 8 */
static int64_t draw_phase(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                          uint32_t phase)
{
	uint32_t name = (uint32_t)step << 6 | (msg->attempt & 7);
	int64_t whole_ns, phases;

	if (env->service->step[step].mean_ns == 0) /* two divisions less for each message */
		return 0;
	phases = svc_phases(step);
	whole_ns = nf_draw_service(env, msg, step, NF_DRAW_SERVICE, name);

	return whole_ns / phases + (phase < whole_ns % phases);
}

struct nf_demand nf_core_demand(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                                uint32_t phase, int64_t crypto_ns)
{
	struct nf_demand demand = {draw_phase(env, msg, step, phase), crypto_ns};

	if (env->service->includes_cryptography) /* the measured time is a whole: crypto is a part of it */
		demand.service_ns -= demand.service_ns < crypto_ns ? demand.service_ns : crypto_ns;
	return demand;
}

struct nf_demand nf_twin_demand(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                                uint32_t phase, int64_t crypto_ns)
{
	return (struct nf_demand){draw_phase(env, msg, step, phase), crypto_ns};
}

/* ---- measuring ---- */

struct sim_span nf_span_at_arrival(const struct msg *msg)
{
	struct sim_span span = msg->span;

	span.part_ns[SIM_PART_QUEUEING] -= msg->queueing_ns;
	span.part_ns[SIM_PART_SERVICE] -= msg->service_ns;
	span.part_ns[SIM_PART_CRYPTO] -= msg->crypto_ns;
	span.since_ns -= msg->queueing_ns + msg->service_ns + msg->crypto_ns;
	return span;
}

void nf_record_latency(struct nf_env *env, enum rec_latency_metric metric, uint32_t ue,
                       int64_t start_ns, const struct sim_span *total, uint8_t outcome, bool met,
                       uint8_t cause, uint8_t attempts)
{
	bool done = outcome == REC_OUTCOME_OK;
	struct rec_latency row = {.metric = (uint8_t)metric, .class = env->class_of_ue[ue],
		.outcome = outcome, .met = met, .cause = cause, .attempts = attempts, .entity = ue,
		.access = env->non_3gpp && ue < env->n_ues && env->non_3gpp[ue] ? REC_ACCESS_NON_3GPP
		                                                                : REC_ACCESS_3GPP,
		.roaming = nf_roams(env, ue) ? REC_VISITED : REC_AT_HOME,
		.method = metric == REC_M_AUTH ? env->method : REC_METHOD_NONE,
		.start_ns = start_ns, .total_ns = -1};

	if (ue >= env->n_ues) /* an attacker's registration is nobody's wait */
		return;
	if (!rec_wants(env->rec, REC_LEVEL_METRICS))
		return;
	if (row.class == REC_CLASS_BACKGROUND && ue % env->record_every != 0 &&
	    rec_wants(env->rec, REC_LEVEL_SAMPLES))
		return; /* a sketch has everybody */
	if (done) {
		row.total_ns = sim_span_total(total);
		row.radio_ns = total->part_ns[SIM_PART_RADIO];
		row.transport_ns = total->part_ns[SIM_PART_TRANSPORT];
		row.queueing_ns = total->part_ns[SIM_PART_QUEUEING];
		row.service_ns = total->part_ns[SIM_PART_SERVICE];
		row.crypto_ns = total->part_ns[SIM_PART_CRYPTO];
		row.timer_ns = total->part_ns[SIM_PART_TIMER];
		SIM_ASSERT(total->since_ns - start_ns == row.total_ns);
	}
	if (rec_wants(env->rec, REC_LEVEL_SAMPLES))
		rec_add_latency(env->rec, &row);
	else
		rec_waits_add(env->rec, &row);
}

/* ---- the end of a run ---- */

static void record_station(struct nf_env *env, uint32_t station)
{
	struct sim_station_stats s = sim_station_stats(env->stations, station);

	rec_add_station(env->rec, &(struct rec_station){.station = (uint16_t)station,
		.arrivals = s.arrivals, .served = s.served, .blocked = s.blocked,
		.timed_out = s.timed_out, .lost = s.lost, .wait_ns = s.wait_ns, .busy_ns = s.busy_ns,
		.cpu_ns = s.cpu_ns, .longest = s.longest});
}

void nf_finish(struct nf_env *env)
{
	struct sim_net_count counts = sim_net_counts(env->net);

	env->counter[NF_COUNT_MESSAGES_SENT] = counts.sent;
	env->counter[NF_COUNT_MESSAGES_DELIVERED] = counts.delivered;
	env->counter[NF_COUNT_MESSAGES_DROPPED] = counts.dropped;
	env->counter[NF_COUNT_MESSAGES_IN_FLIGHT] = sim_net_in_flight(env->net);
	env->counter[NF_COUNT_OCTETS_SENT] = counts.octets;
	env->counter[NF_COUNT_POOL_REPEATS] = crypto_pool_repeats(env->crypto);
	env->counter[NF_COUNT_EVENTS] = env->sim->handled;
	for (uint16_t i = 0; i < env->node.n; i++)
		if (env->instance[i].down)
			record_outage(env, i);
	for (uint32_t i = 0; i < sim_stations_count(env->stations); i++)
		record_station(env, i);
	for (uint16_t i = 0; i < NF_N_COUNTERS; i++)
		rec_add_counter(env->rec, &(struct rec_counter){.counter = i,
			.value = env->counter[i]});
	rec_waits_write(env->rec);
}
