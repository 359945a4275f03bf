/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns-3's schedulers by themselves, and its event loop with its quickest scheduler. */
#include "bench/hold.h"
#include "ns3/core-module.h"
#include <algorithm>
#include <vector>

using namespace ns3;

namespace {

struct Bare {
	Ptr<Scheduler> scheduler;
	hold_delays delays;
	uint32_t uid;
};

Ptr<Scheduler> Create(const char *name)
{
	ObjectFactory factory;

	factory.SetTypeId(name);
	return factory.Create<Scheduler>();
}

/*
 * The latest first: the calendar chooses the width of its days while it grows, and keeps it. Filled
 * in the order of the draws it takes 48 s for 10^6 events, and a hundred times as long per hold.
 */
void *Make(const hold_kind *kind, uint32_t n)
{
	Bare *bare = new Bare{Create(kind->name), {}, 0};
	std::vector<int64_t> delays(n);
	Scheduler::Event event{};

	hold_delays_init(&bare->delays);
	for (int64_t &delay : delays)
		delay = hold_delay(&bare->delays);
	std::sort(delays.rbegin(), delays.rend());
	for (int64_t delay : delays) {
		event.key.m_ts = static_cast<uint64_t>(delay);
		event.key.m_uid = bare->uid++;
		bare->scheduler->Insert(event);
	}
	return bare;
}

uint64_t Run(void *list, uint32_t holds)
{
	Bare *bare = static_cast<Bare *>(list);

	for (uint32_t i = 0; i < holds; i++) {
		Scheduler::Event event = bare->scheduler->RemoveNext();
		event.key.m_ts += static_cast<uint64_t>(hold_delay(&bare->delays));
		event.key.m_uid = bare->uid++;
		bare->scheduler->Insert(event);
	}
	return holds;
}

void Free(void *list)
{
	delete static_cast<Bare *>(list);
}

struct Loop {
	hold_delays delays;
	uint32_t left;
};

void Again(Loop *loop)
{
	Simulator::Schedule(NanoSeconds(hold_delay(&loop->delays)), &Again, loop);
	if (--loop->left == 0)
		Simulator::Stop();
}

void *MakeLoop(const hold_kind *, uint32_t n)
{
	ObjectFactory factory;
	Loop *loop = new Loop{};

	factory.SetTypeId("ns3::PriorityQueueScheduler");
	Simulator::SetScheduler(factory);
	hold_delays_init(&loop->delays);
	for (uint32_t i = 0; i < n; i++)
		Simulator::Schedule(NanoSeconds(hold_delay(&loop->delays)), &Again, loop);
	return loop;
}

uint64_t RunLoop(void *list, uint32_t holds)
{
	static_cast<Loop *>(list)->left = holds;
	Simulator::Run();
	return holds;
}

void FreeLoop(void *list)
{
	Simulator::Destroy();
	delete static_cast<Loop *>(list);
}

} // namespace

extern "C" {
const hold_kind hold_ns3_schedulers[HOLD_SCHEDULERS] = {
	{"ns3::MapScheduler", Make, Run, Free},
	{"ns3::HeapScheduler", Make, Run, Free},
	{"ns3::PriorityQueueScheduler", Make, Run, Free},
	{"ns3::CalendarScheduler", Make, Run, Free},
};
const hold_kind hold_ns3_loop = {"ns-3's event loop (PriorityQueueScheduler)", MakeLoop, RunLoop,
                                 FreeLoop};
}
