/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program of ns3c.h without ns3c; nodes and links are configured as ns3c configures them. */
#include "bench/ns3c.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

using namespace ns3;

namespace {

struct Program {
	NodeContainer nodes;
	Ptr<Socket> client, server;
	uint32_t left;
	uint64_t octets;
	uint8_t data[BRIDGE_OCTETS];
};

void Send(Program *p)
{
	p->client->Send(p->data, BRIDGE_OCTETS, 0);
	if (--p->left > 0)
		Simulator::Schedule(NanoSeconds(BRIDGE_GAP_NS), &Send, p);
}

void Receive(Program *p, Ptr<Socket> socket)
{
	Address from;

	while (Ptr<Packet> packet = socket->RecvFrom(from)) {
		uint8_t data[BRIDGE_OCTETS];
		p->octets += packet->CopyData(data, sizeof data);
	}
}

void Connect(Program *p)
{
	p->client->Connect(InetSocketAddress("10.0.2.2", BRIDGE_PORT));
	Send(p);
}

void MakeNodes(Program *p)
{
	InternetStackHelper stack;

	p->nodes.Create(BRIDGE_NODES);
	stack.SetIpv6StackInstall(false);
	stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
	stack.Install(p->nodes);
}

void Link(Program *p, uint32_t i)
{
	PointToPointHelper helper;
	Ipv4AddressHelper addresses;
	std::string network = "10.0." + std::to_string(i) + ".0";

	helper.DisableFlowControl();
	helper.SetQueue("ns3::DropTailQueue", "MaxSize",
	                QueueSizeValue(QueueSize(QueueSizeUnit::PACKETS, BRIDGE_QUEUE)));
	helper.SetDeviceAttribute("DataRate", DataRateValue(uint64_t(BRIDGE_RATE_BPS)));
	helper.SetChannelAttribute("Delay", TimeValue(NanoSeconds(BRIDGE_DELAY_NS)));
	NetDeviceContainer ends = helper.Install(p->nodes.Get(i), p->nodes.Get(i + 1));
	for (uint32_t end = 0; end < 2; end++) {
		Ptr<Ipv4> ipv4 = ends.Get(end)->GetNode()->GetObject<Ipv4>();
		uint32_t interface = ipv4->AddInterface(ends.Get(end));
		Ipv4Address address(Ipv4Address(network.c_str()).Get() + 1 + end);
		ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, Ipv4Mask("/30")));
		ipv4->SetMetric(interface, 1);
		ipv4->SetUp(interface);
	}
}

/* Interface 0 is the loopback, and the link onwards the last one. */
void Route(Program *p, uint32_t i, const char *next)
{
	Ptr<Ipv4> ipv4 = p->nodes.Get(i)->GetObject<Ipv4>();

	Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->AddNetworkRouteTo(
	    Ipv4Address("10.0.2.0"), Ipv4Mask("/30"), Ipv4Address(next),
	    ipv4->GetNInterfaces() - 1);
}

Ptr<Socket> Udp(Ptr<Node> node)
{
	return Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
}

} // namespace

uint64_t bridge_direct(uint32_t messages)
{
	ObjectFactory factory;
	Program p{};

	factory.SetTypeId("ns3::PriorityQueueScheduler");
	Simulator::SetScheduler(factory);
	MakeNodes(&p);
	for (uint32_t i = 0; i + 1 < BRIDGE_NODES; i++)
		Link(&p, i);
	Route(&p, 0, "10.0.0.2");
	Route(&p, 1, "10.0.1.2");
	p.server = Udp(p.nodes.Get(BRIDGE_NODES - 1));
	p.server->Bind(InetSocketAddress(Ipv4Address::GetAny(), BRIDGE_PORT));
	p.server->SetRecvCallback(Callback<void, Ptr<Socket>>([&p](Ptr<Socket> s) { Receive(&p, s); }));
	p.client = Udp(p.nodes.Get(0));
	p.client->Bind();
	p.left = messages;
	Simulator::Schedule(NanoSeconds(0), &Connect, &p);
	Simulator::Run();
	Simulator::Destroy();
	return p.octets;
}
