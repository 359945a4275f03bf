/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: nodes, links, error models, IPv4, traces. */
#include "sim/ns3/ns3c_impl.h"

#include "ns3/csma-helper.h"
#include "ns3/data-rate.h"
#include "ns3/error-model.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/trace-helper.h"

#include <cerrno>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace ns3c {
namespace {

uint32_t mask_of(unsigned prefix)
{
	return prefix ? UINT32_MAX << (32 - prefix) : 0;
}

/* Streams for what ns-3 draws on its own account (convention 11). */
int64_t own_streams(int64_t count)
{
	int64_t first = state.next_own_stream;
	state.next_own_stream += count;
	return first;
}

int check_link(const ns3c_link *link)
{
	if (!link)
		return fail(NS3C_E_ARGUMENT, "link is NULL");
	if (!(link->rate_bps >= 1 && link->rate_bps <= NS3C_RATE_MAX_BPS))
		return fail(NS3C_E_ARGUMENT, "rate_bps is %g; allowed is 1 ... %g", link->rate_bps,
		            NS3C_RATE_MAX_BPS);
	if (link->delay_ns < 0 || link->delay_ns > NS3C_DELAY_MAX_NS)
		return fail(NS3C_E_ARGUMENT, "delay_ns is %" PRId64 "; allowed is 0 ... %" PRId64,
		            link->delay_ns, NS3C_DELAY_MAX_NS);
	if (link->queue_packets < 1)
		return fail(NS3C_E_ARGUMENT, "queue_packets is 0; allowed is 1 and more");
	return NS3C_OK;
}

ns3::DataRateValue rate_of(const ns3c_link &link)
{
	return ns3::DataRateValue(ns3::DataRate(uint64_t(std::llround(link.rate_bps))));
}

ns3::QueueSizeValue queue_of(const ns3c_link &link)
{
	return ns3::QueueSizeValue(ns3::QueueSize(ns3::QueueSizeUnit::PACKETS, link.queue_packets));
}

int collect_nodes(const ns3c_node *node, size_t n_nodes, ns3::NodeContainer *container)
{
	for (size_t i = 0; i < n_nodes; i++) {
		ns3::Ptr<ns3::Node> *found = tables.node.find(node[i].id);
		if (!found)
			return stale("node");
		if (container->Contains((*found)->GetId()))
			return fail(NS3C_E_ARGUMENT, "a node is named twice; allowed are different "
			                             "nodes");
		container->Add(*found);
	}
	return NS3C_OK;
}

int set_error_model(ns3c_device device, ns3::Ptr<ns3::ErrorModel> model)
{
	Device *found = tables.device.find(device.id);
	if (!found)
		return stale("device");
	found->device->SetAttribute("ReceiveErrorModel", ns3::PointerValue(model));
	return NS3C_OK;
}

int check_probability(const char *what, double value)
{
	if (!(value >= 0 && value <= 1))
		return fail(NS3C_E_ARGUMENT, "%s is %g; allowed is 0 ... 1", what, value);
	return NS3C_OK;
}

ns3::Ptr<ns3::UniformRandomVariable> uniform(double min, double max, int64_t stream)
{
	ns3::Ptr<ns3::UniformRandomVariable> variable =
	    ns3::CreateObject<ns3::UniformRandomVariable>();
	variable->SetAttribute("Min", ns3::DoubleValue(min));
	variable->SetAttribute("Max", ns3::DoubleValue(max));
	variable->SetStream(stream);
	return variable;
}

/* An address that a host can have within its network. */
int check_host(const char *text, uint32_t address, uint32_t mask)
{
	uint32_t first = address >> 24;
	if (first == 0 || first == 127 || first >= 224)
		return fail(NS3C_E_ARGUMENT,
		            "address is \"%s\"; allowed is a unicast address outside "
		            "0.0.0.0/8 and 127.0.0.0/8",
		            text);
	uint32_t host = address & ~mask;
	if (~mask > 1 && (host == 0 || host == ~mask))
		return fail(NS3C_E_ARGUMENT,
		            "address is \"%s\", which is the network or the broadcast "
		            "address of its prefix",
		            text);
	return NS3C_OK;
}

bool address_taken(ns3::Ptr<ns3::Node> node, uint32_t address)
{
	return node->GetObject<ns3::Ipv4>()->GetInterfaceForAddress(ns3::Ipv4Address(address)) >= 0;
}

void add_interface(Device *device, uint32_t address, uint32_t mask)
{
	ns3::Ptr<ns3::Ipv4> ipv4 = device->device->GetNode()->GetObject<ns3::Ipv4>();
	uint32_t interface = ipv4->AddInterface(device->device);
	ns3::Ipv4InterfaceAddress own{ns3::Ipv4Address(address), ns3::Ipv4Mask(mask)};
	ipv4->AddAddress(interface, own);
	ipv4->SetMetric(interface, 1);
	ipv4->SetUp(interface);
	device->address = address;
	device->mask = mask;
}

/* ns-3 ends the process when it cannot open a trace file: so try it first. */
int check_writable(const char *path)
{
	if (!path || !*path)
		return fail(NS3C_E_ARGUMENT, "path is %s", path ? "empty" : "NULL");
	std::FILE *file = std::fopen(path, "wb");
	if (!file)
		return fail(NS3C_E_IO, "\"%.300s\" cannot be written: %s", path,
		            std::strerror(errno));
	std::fclose(file);
	return NS3C_OK;
}

} // namespace
} // namespace ns3c

using namespace ns3c;

int ns3c_node_new(struct ns3c_node *node)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		if (!node)
			return fail(NS3C_E_ARGUMENT, "node is NULL");
		ns3::Ptr<ns3::Node> fresh = ns3::CreateObject<ns3::Node>();
		ns3::InternetStackHelper stack;
		stack.SetIpv6StackInstall(false);
		stack.SetRoutingHelper(ns3::Ipv4StaticRoutingHelper());
		stack.Install(fresh);
		stack.AssignStreams(ns3::NodeContainer(fresh), own_streams(8));
		node->id = tables.node.add(fresh);
		return int(NS3C_OK);
	});
}

int ns3c_point_to_point(struct ns3c_node a, struct ns3c_node b, const struct ns3c_link *link,
                        struct ns3c_device *device_a, struct ns3c_device *device_b)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		int code = check_link(link);
		if (code != NS3C_OK)
			return code;
		if (!device_a || !device_b)
			return fail(NS3C_E_ARGUMENT, "%s is NULL",
			            device_a ? "device_b" : "device_a");
		const ns3c_node both[] = {a, b};
		ns3::NodeContainer nodes;
		code = collect_nodes(both, 2, &nodes);
		if (code != NS3C_OK)
			return code;
		ns3::PointToPointHelper helper;
		helper.DisableFlowControl();
		helper.SetQueue("ns3::DropTailQueue", "MaxSize", queue_of(*link));
		helper.SetDeviceAttribute("DataRate", rate_of(*link));
		helper.SetChannelAttribute("Delay",
		                           ns3::TimeValue(ns3::NanoSeconds(link->delay_ns)));
		ns3::NetDeviceContainer devices = helper.Install(nodes);
		device_a->id = tables.device.add(Device{devices.Get(0), false, 0, 0});
		device_b->id = tables.device.add(Device{devices.Get(1), false, 0, 0});
		return int(NS3C_OK);
	});
}

int ns3c_csma(const struct ns3c_node *node, size_t n_nodes, const struct ns3c_link *link,
              struct ns3c_device *device)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		int code = check_link(link);
		if (code != NS3C_OK)
			return code;
		if (!node || !device)
			return fail(NS3C_E_ARGUMENT, "%s is NULL", node ? "device" : "node");
		if (n_nodes < 2 || n_nodes > 1024)
			return fail(NS3C_E_ARGUMENT, "n_nodes is %zu; allowed is 2 ... 1024",
			            n_nodes);
		ns3::NodeContainer nodes;
		code = collect_nodes(node, n_nodes, &nodes);
		if (code != NS3C_OK)
			return code;
		ns3::CsmaHelper helper;
		helper.DisableFlowControl();
		helper.SetQueue("ns3::DropTailQueue", "MaxSize", queue_of(*link));
		helper.SetChannelAttribute("DataRate", rate_of(*link));
		helper.SetChannelAttribute("Delay",
		                           ns3::TimeValue(ns3::NanoSeconds(link->delay_ns)));
		ns3::NetDeviceContainer devices = helper.Install(nodes);
		helper.AssignStreams(devices, own_streams(int64_t(n_nodes)));
		for (size_t i = 0; i < n_nodes; i++)
			device[i].id =
			    tables.device.add(Device{devices.Get(uint32_t(i)), true, 0, 0});
		return int(NS3C_OK);
	});
}

int ns3c_error_rate(struct ns3c_device device, int unit, double rate, int64_t stream)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		static const ns3::RateErrorModel::ErrorUnit units[] = {
		    ns3::RateErrorModel::ERROR_UNIT_PACKET, ns3::RateErrorModel::ERROR_UNIT_BYTE,
		    ns3::RateErrorModel::ERROR_UNIT_BIT};
		if (unit < NS3C_ERROR_PER_PACKET || unit > NS3C_ERROR_PER_BIT)
			return fail(NS3C_E_ARGUMENT, "unit is %d; allowed is %d ... %d", unit,
			            NS3C_ERROR_PER_PACKET, NS3C_ERROR_PER_BIT);
		int code = check_probability("rate", rate);
		if (code == NS3C_OK)
			code = check_stream(stream, 0);
		if (code != NS3C_OK)
			return code;
		ns3::Ptr<ns3::RateErrorModel> model = ns3::CreateObject<ns3::RateErrorModel>();
		model->SetUnit(units[unit - NS3C_ERROR_PER_PACKET]);
		model->SetRate(rate);
		model->SetRandomVariable(uniform(0, 1, stream));
		return set_error_model(device, model);
	});
}

int ns3c_error_burst(struct ns3c_device device, double burst_prob, uint32_t min_packets,
                     uint32_t max_packets, int64_t stream)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		int code = check_probability("burst_prob", burst_prob);
		if (code == NS3C_OK)
			code = check_stream(stream, 1);
		if (code != NS3C_OK)
			return code;
		if (min_packets < 1 || max_packets < min_packets || max_packets > 1000000)
			return fail(NS3C_E_ARGUMENT,
			            "bursts are of %" PRIu32 " ... %" PRIu32 " packets; "
			            "allowed is 1 <= min <= max <= 1000000",
			            min_packets, max_packets);
		ns3::Ptr<ns3::BurstErrorModel> model = ns3::CreateObject<ns3::BurstErrorModel>();
		model->SetBurstRate(burst_prob);
		model->SetRandomVariable(uniform(0, 1, stream));
		model->SetRandomBurstSize(uniform(min_packets, max_packets, stream + 1));
		return set_error_model(device, model);
	});
}

int ns3c_error_none(struct ns3c_device device)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		/* ns-3 ends the process over an empty pointer: so a model that does nothing. */
		ns3::Ptr<ns3::RateErrorModel> model = ns3::CreateObject<ns3::RateErrorModel>();
		model->Disable();
		return set_error_model(device, model);
	});
}

int ns3c_ipv4_address(struct ns3c_device device, const char *address, unsigned prefix)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Device *found = tables.device.find(device.id);
		uint32_t value = 0;
		if (!found)
			return stale("device");
		if (found->address)
			return fail(NS3C_E_STATE, "the device has an address already");
		unsigned longest = found->is_csma ? 31 : 32;
		if (prefix < 8 || prefix > longest)
			return fail(NS3C_E_ARGUMENT, "prefix is %u; allowed is 8 ... %u", prefix,
			            longest);
		int code = check_address("address", address, &value);
		if (code == NS3C_OK)
			code = check_host(address, value, mask_of(prefix));
		if (code != NS3C_OK)
			return code;
		if (address_taken(found->device->GetNode(), value))
			return fail(NS3C_E_ARGUMENT, "the node has the address \"%s\" already",
			            address);
		add_interface(found, value, mask_of(prefix));
		return int(NS3C_OK);
	});
}

int ns3c_ipv4_route(struct ns3c_node node, const char *network, unsigned prefix,
                    const char *next_hop, struct ns3c_device device)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		ns3::Ptr<ns3::Node> *owner = tables.node.find(node.id);
		Device *out = tables.device.find(device.id);
		uint32_t destination = 0, gateway = 0;
		if (!owner || !out)
			return stale(owner ? "device" : "node");
		if (out->device->GetNode() != *owner)
			return fail(NS3C_E_ARGUMENT, "the device is another node's");
		if (!out->address)
			return fail(NS3C_E_STATE, "the device has no address yet");
		if (prefix > 32)
			return fail(NS3C_E_ARGUMENT, "prefix is %u; allowed is 0 ... 32", prefix);
		int code = check_address("network", network, &destination);
		if (code == NS3C_OK && (next_hop || out->is_csma))
			code = check_address("next_hop", next_hop, &gateway);
		if (code != NS3C_OK)
			return code;
		if (destination & ~mask_of(prefix))
			return fail(NS3C_E_ARGUMENT,
			            "network is \"%s\", which has bits set beyond its "
			            "prefix of %u",
			            network, prefix);
		bool beside = (gateway & out->mask) == (out->address & out->mask) &&
		              gateway != out->address;
		if (next_hop && !beside)
			return fail(NS3C_E_ARGUMENT,
			            "next_hop is \"%s\"; allowed is another address of the "
			            "device's network",
			            next_hop);
		ns3::Ptr<ns3::Ipv4> ipv4 = (*owner)->GetObject<ns3::Ipv4>();
		ns3::Ptr<ns3::Ipv4StaticRouting> routing =
		    ns3::Ipv4StaticRoutingHelper().GetStaticRouting(ipv4);
		uint32_t interface = uint32_t(ipv4->GetInterfaceForDevice(out->device));
		ns3::Ipv4Mask mask(mask_of(prefix));
		if (next_hop)
			routing->AddNetworkRouteTo(ns3::Ipv4Address(destination), mask,
			                           ns3::Ipv4Address(gateway), interface);
		else
			routing->AddNetworkRouteTo(ns3::Ipv4Address(destination), mask, interface);
		return int(NS3C_OK);
	});
}

int ns3c_pcap(struct ns3c_device device, const char *path)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Device *found = tables.device.find(device.id);
		if (!found)
			return stale("device");
		int code = check_writable(path);
		if (code != NS3C_OK)
			return code;
		if (found->is_csma)
			ns3::CsmaHelper().EnablePcap(path, found->device, true, true);
		else
			ns3::PointToPointHelper().EnablePcap(path, found->device, true, true);
		return int(NS3C_OK);
	});
}

int ns3c_ascii(const struct ns3c_device *device, size_t n_devices, const char *path)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		if (state.has_run)
			return fail(NS3C_E_STATE, "allowed only before the first run of the "
			                          "simulator");
		if (!device || n_devices < 1)
			return fail(NS3C_E_ARGUMENT, "no device is given; allowed is one and more");
		for (size_t i = 0; i < n_devices; i++)
			if (!tables.device.find(device[i].id))
				return stale("device");
		int code = check_writable(path);
		if (code != NS3C_OK)
			return code;
		ns3::Ptr<ns3::OutputStreamWrapper> stream =
		    ns3::AsciiTraceHelper().CreateFileStream(path);
		stream->GetStream()->precision(15); /* nanoseconds, also after days */
		for (size_t i = 0; i < n_devices; i++) {
			Device *found = tables.device.find(device[i].id);
			if (found->is_csma)
				ns3::CsmaHelper().EnableAscii(stream, found->device);
			else
				ns3::PointToPointHelper().EnableAscii(stream, found->device);
		}
		return int(NS3C_OK);
	});
}
