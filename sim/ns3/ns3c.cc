/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: errors, the simulator and its events. */
#include "sim/ns3/ns3c_impl.h"

#include "ns3/object-factory.h"
#include "ns3/rng-seed-manager.h"

#include <arpa/inet.h>
#include <pthread.h>

#include <cinttypes>
#include <cstdarg>
#include <cstdio>

namespace ns3c {

State state;
Tables &tables = *new Tables;

namespace {

pthread_t owner;
thread_local const char *function_name = "ns3c";
thread_local char error_text[640];

/* The end of ns3c_run_until: see reach_end. */
ns3::EventId end_event;

} // namespace

int fail(int code, const char *format, ...)
{
	int used = std::snprintf(error_text, sizeof error_text, "%s: ", function_name);
	va_list arguments;
	va_start(arguments, format);
	std::vsnprintf(error_text + used, sizeof error_text - used, format, arguments);
	va_end(arguments);
	return code;
}

int enter(const char *function, Moment moment)
{
	function_name = function;
	if (moment == ANY_TIME && !state.open)
		return NS3C_OK;
	if (!state.open)
		return fail(NS3C_E_STATE, "there is no simulator; call ns3c_create first");
	if (!pthread_equal(pthread_self(), owner))
		return fail(NS3C_E_THREAD, "only the thread that called ns3c_create may call this");
	if (moment == IN_RUN && !state.running)
		return fail(NS3C_E_STATE, "allowed only in the run, that is from a callback; "
		                          "ns3c_schedule one with delay 0");
	if (moment == OUTSIDE_RUN && state.running)
		return fail(NS3C_E_STATE, "not allowed in the run, that is from a callback");
	return NS3C_OK;
}

void Tables::clear()
{
	event.clear();
	random.clear();
	socket.clear();
	device.clear();
	node.clear();
}

int check_stream(int64_t stream, int64_t more)
{
	if (stream < 0 || stream > NS3C_STREAM_MAX - more)
		return fail(NS3C_E_ARGUMENT, "stream is %" PRId64 "; allowed is 0 ... %" PRId64,
		            stream, NS3C_STREAM_MAX - more);
	return NS3C_OK;
}

int check_address(const char *what, const char *text, uint32_t *address)
{
	in_addr parsed;
	if (!text)
		return fail(NS3C_E_ARGUMENT, "%s is NULL; allowed is text like \"10.0.0.1\"", what);
	if (inet_pton(AF_INET, text, &parsed) != 1)
		return fail(NS3C_E_ARGUMENT, "%s is \"%.40s\"; allowed is an IPv4 address like "
		            "\"10.0.0.1\"", what, text);
	*address = ntohl(parsed.s_addr);
	return NS3C_OK;
}

int stale(const char *what)
{
	return fail(NS3C_E_STALE, "the %s is over or never was", what);
}

namespace {

const char *scheduler_class(int scheduler)
{
	switch (scheduler) {
	case NS3C_SCHEDULER_MAP: return "ns3::MapScheduler";
	case NS3C_SCHEDULER_HEAP: return "ns3::HeapScheduler";
	case NS3C_SCHEDULER_LIST: return "ns3::ListScheduler";
	case NS3C_SCHEDULER_CALENDAR: return "ns3::CalendarScheduler";
	case NS3C_SCHEDULER_PRIORITY_QUEUE: return "ns3::PriorityQueueScheduler";
	}
	return nullptr;
}

void fire(ns3c_callback *callback, void *context) noexcept
{
	callback(context);
}

void fire_handle(uint64_t id) noexcept
{
	Event *event = tables.event.find(id);
	ns3c_callback *callback = event->callback;
	void *context = event->context;
	tables.event.remove(id);
	callback(context);
}

/*
 * ns-3 orders events of one time by insertion, and has no way to look at the head of its list. This
 * event puts itself behind everything scheduled for its time until nothing else ran in between:
 * then no event of that time is left, and the run has included them all.
 */
void reach_end(uint64_t count_before)
{
	uint64_t count = ns3::Simulator::GetEventCount();
	if (count == count_before + 1)
		ns3::Simulator::Stop();
	else
		end_event = ns3::Simulator::ScheduleNow(&reach_end, count);
}

void run()
{
	struct Running {
		Running() { state.running = state.has_run = true; }
		~Running() { state.running = false; }
	} running;
	ns3::Simulator::Run();
}

} // namespace
} // namespace ns3c

using namespace ns3c;

const char *ns3c_error_text(void)
{
	return error_text;
}

const char *ns3c_code_name(int code)
{
	static const char *const name[] = {"ok", "argument", "stale", "state", "thread",
	                                   "io", "refused", "memory", "internal"};
	bool known = code >= 0 && code < int(sizeof name / sizeof *name);
	return known ? name[code] : "unknown";
}

int ns3c_create(int scheduler, uint32_t seed, uint64_t run)
{
	return guarded(__func__, ANY_TIME, [=] {
		if (state.open)
			return fail(NS3C_E_STATE, "there is a simulator already; ns3c_destroy it "
			                          "first");
		const char *name = scheduler_class(scheduler);
		if (!name)
			return fail(NS3C_E_ARGUMENT, "scheduler is %d; allowed is %d ... %d",
			            scheduler, NS3C_SCHEDULER_MAP,
			            NS3C_SCHEDULER_PRIORITY_QUEUE);
		if (seed < 1 || seed > NS3C_SEED_MAX)
			return fail(NS3C_E_ARGUMENT,
			            "seed is %" PRIu32 "; allowed is 1 ... %" PRIu32, seed,
			            NS3C_SEED_MAX);
		if (run > NS3C_RUN_MAX)
			return fail(NS3C_E_ARGUMENT,
			            "run is %" PRIu64 "; allowed is 0 ... %" PRIu64, run,
			            NS3C_RUN_MAX);
		ns3::ObjectFactory factory;
		factory.SetTypeId(name);
		ns3::RngSeedManager::SetSeed(seed);
		ns3::RngSeedManager::SetRun(run);
		ns3::Simulator::SetScheduler(factory);
		owner = pthread_self();
		state = State{true, false, false, NS3C_STREAM_MAX + 1};
		return int(NS3C_OK);
	});
}

int ns3c_destroy(void)
{
	return guarded(__func__, OUTSIDE_RUN, [] {
		tables.clear();
		ns3::Simulator::Destroy();
		state = State{};
		return int(NS3C_OK);
	});
}

int64_t ns3c_now_ns(void)
{
	return state.open ? ns3::Simulator::Now().GetNanoSeconds() : -1;
}

int ns3c_in_run(void)
{
	return state.running;
}

int ns3c_schedule(int64_t delay_ns, ns3c_callback *callback, void *context,
                  struct ns3c_event *event)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		if (!callback)
			return fail(NS3C_E_ARGUMENT, "callback is NULL");
		int64_t longest = NS3C_TIME_MAX - ns3c_now_ns();
		if (delay_ns < 0 || delay_ns > longest)
			return fail(NS3C_E_ARGUMENT,
			            "delay_ns is %" PRId64 "; allowed is 0 ... %" PRId64, delay_ns,
			            longest);
		ns3::Time delay = ns3::NanoSeconds(delay_ns);
		if (!event) {
			ns3::Simulator::Schedule(delay, &fire, callback, context);
			return int(NS3C_OK);
		}
		uint64_t id = tables.event.add(Event{ns3::EventId(), callback, context});
		tables.event.find(id)->event = ns3::Simulator::Schedule(delay, &fire_handle, id);
		event->id = id;
		return int(NS3C_OK);
	});
}

int ns3c_cancel(struct ns3c_event event)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Event *found = tables.event.find(event.id);
		if (!found)
			return stale("event");
		ns3::Simulator::Cancel(found->event);
		tables.event.remove(event.id);
		return int(NS3C_OK);
	});
}

int ns3c_is_pending(struct ns3c_event event)
{
	return tables.event.find(event.id) != nullptr;
}

int ns3c_run(void)
{
	return guarded(__func__, OUTSIDE_RUN, [] {
		ns3c::run();
		return int(NS3C_OK);
	});
}

int ns3c_run_until(int64_t until_ns)
{
	return guarded(__func__, OUTSIDE_RUN, [=] {
		int64_t now_ns = ns3c_now_ns();
		if (until_ns < now_ns || until_ns > NS3C_TIME_MAX)
			return fail(NS3C_E_ARGUMENT, "until_ns is %" PRId64 "; allowed is %" PRId64
			            " (now) ... %" PRId64, until_ns, now_ns, NS3C_TIME_MAX);
		end_event = ns3::Simulator::Schedule(ns3::NanoSeconds(until_ns - now_ns),
		                                     &reach_end, UINT64_MAX - 1);
		ns3c::run();
		/* After ns3c_stop it is still there; only cancelled, it would pull the clock on. */
		ns3::Simulator::Remove(end_event);
		end_event = ns3::EventId();
		return int(NS3C_OK);
	});
}

int ns3c_stop(void)
{
	return guarded(__func__, IN_RUN, [] {
		ns3::Simulator::Stop();
		return int(NS3C_OK);
	});
}
