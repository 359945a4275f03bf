#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# mm1_simpy.py CUSTOMERS: M/M/1 with the processes and the resource of SimPy 2 (Debian's). Prints CPU
# ns per customer and the mean sojourn in service times.
import random
import sys
import time

from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

CUSTOMERS = int(sys.argv[1])
LOAD = 0.8


class Customer(Process):
    def live(self, server, total):
        arrived = self.sim.now()
        yield request, self, server
        yield hold, self, random.expovariate(1.0)
        yield release, self, server
        total[0] += self.sim.now() - arrived


class Source(Process):
    def live(self, server, total):
        for _ in range(CUSTOMERS):
            yield hold, self, random.expovariate(LOAD)
            customer = Customer(sim=self.sim)
            self.sim.activate(customer, customer.live(server, total))


random.seed(1)
sim = Simulation()
sim.initialize()
total = [0.0]
source = Source(sim=sim)
sim.activate(source, source.live(Resource(capacity=1, sim=sim), total))
began = time.process_time_ns()
sim.simulate(until=float("inf"))
print((time.process_time_ns() - began) / CUSTOMERS, total[0] / CUSTOMERS)
