/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mm1_simgrid CUSTOMERS: M/M/1 of two actors and a semaphore, the least that SimGrid can do with.
 * Prints CPU ns per customer and the mean sojourn in service times.
 */
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <simgrid/s4u.hpp>
#include <vector>

namespace s4u = simgrid::s4u;

namespace {

long customers;
std::vector<double> arrived;
double total;
std::mt19937_64 source_random{1}, server_random{2};
std::exponential_distribution<double> gap{0.8}, service{1.0};

void Source(const s4u::SemaphorePtr &waiting)
{
	for (long i = 0; i < customers; i++) {
		s4u::this_actor::sleep_for(gap(source_random));
		arrived.push_back(s4u::Engine::get_clock());
		waiting->release();
	}
}

void Server(const s4u::SemaphorePtr &waiting)
{
	for (long i = 0; i < customers; i++) {
		waiting->acquire();
		s4u::this_actor::sleep_for(service(server_random));
		total += s4u::Engine::get_clock() - arrived[static_cast<size_t>(i)];
	}
}

double CpuNs()
{
	timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

} // namespace

int main(int argc, char **argv)
{
	s4u::Engine engine(&argc, argv);
	s4u::NetZone *zone = s4u::create_full_zone("zone");
	s4u::Host *host = zone->create_host("host", 1e9);

	zone->seal();
	customers = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 0;
	if (customers < 1)
		return 2;
	s4u::SemaphorePtr waiting = s4u::Semaphore::create(0);
	s4u::Actor::create("source", host, [waiting] { Source(waiting); });
	s4u::Actor::create("server", host, [waiting] { Server(waiting); });
	double began = CpuNs();
	engine.run();
	std::printf("%f %f\n", (CpuNs() - began) / static_cast<double>(customers),
	            total / static_cast<double>(customers));
	return 0;
}
