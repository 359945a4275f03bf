/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On ns-3's quickest scheduler, with the random numbers of C++: ns-3's own take longer. */
#include "bench/mm1.h"
#include "ns3/core-module.h"
#include <deque>
#include <random>

using namespace ns3;

namespace {

struct Queue {
	uint32_t left;
	std::mt19937_64 random{1};
	std::exponential_distribution<double> gap{0.8}, service{1.0};
	std::deque<int64_t> arrived; /* of the customers that are here, the one in service first */
	double total;
};

Time Draw(Queue *queue, std::exponential_distribution<double> &distribution)
{
	return NanoSeconds(static_cast<int64_t>(1e9 * distribution(queue->random)));
}

void Depart(Queue *queue)
{
	queue->total += static_cast<double>(Simulator::Now().GetNanoSeconds() - queue->arrived.front());
	queue->arrived.pop_front();
	if (!queue->arrived.empty())
		Simulator::Schedule(Draw(queue, queue->service), &Depart, queue);
}

void Arrive(Queue *queue)
{
	queue->arrived.push_back(Simulator::Now().GetNanoSeconds());
	if (queue->arrived.size() == 1)
		Simulator::Schedule(Draw(queue, queue->service), &Depart, queue);
	if (--queue->left > 0)
		Simulator::Schedule(Draw(queue, queue->gap), &Arrive, queue);
}

} // namespace

double mm1_ns3(uint32_t customers)
{
	ObjectFactory factory;
	Queue queue{};

	factory.SetTypeId("ns3::PriorityQueueScheduler");
	Simulator::SetScheduler(factory);
	queue.left = customers;
	Simulator::Schedule(Draw(&queue, queue.gap), &Arrive, &queue);
	Simulator::Run();
	Simulator::Destroy();
	return queue.total / customers / 1e9;
}
