/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ns3c: UDP and TCP sockets. ns-3's callbacks carry our handle's number, never a pointer: one that
 * comes late finds nothing.
 */
#include "sim/ns3/ns3c_impl.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/packet.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cinttypes>

namespace ns3c {
namespace {

const char *errno_text(ns3::Socket::SocketErrno number)
{
	switch (number) {
	case ns3::Socket::ERROR_ADDRINUSE: return "the address and port are in use";
	case ns3::Socket::ERROR_ADDRNOTAVAIL: return "no free port";
	case ns3::Socket::ERROR_NOROUTETOHOST: return "no route to that address";
	case ns3::Socket::ERROR_NOTCONN: return "not connected";
	case ns3::Socket::ERROR_SHUTDOWN: return "already closed for sending";
	case ns3::Socket::ERROR_MSGSIZE: return "too long";
	case ns3::Socket::ERROR_ISCONN: return "already connected";
	case ns3::Socket::ERROR_AGAIN: return "try again";
	default: return "invalid";
	}
}

int refused(const ns3::Ptr<ns3::Socket> &socket)
{
	return fail(NS3C_E_REFUSED, "ns-3 refused: %s", errno_text(socket->GetErrno()));
}

ns3c_endpoint endpoint_of(const ns3::Address &address)
{
	ns3c_endpoint endpoint{};
	if (!ns3::InetSocketAddress::IsMatchingType(address))
		return endpoint;
	ns3::InetSocketAddress inet = ns3::InetSocketAddress::ConvertFrom(address);
	in_addr octets;
	octets.s_addr = htonl(inet.GetIpv4().Get());
	inet_ntop(AF_INET, &octets, endpoint.address, sizeof endpoint.address);
	endpoint.port = inet.GetPort();
	return endpoint;
}

int check_peer(const char *address, uint16_t port, uint32_t *value)
{
	int code = check_address("address", address, value);
	if (code != NS3C_OK)
		return code;
	if (*value == 0 || *value >> 24 >= 224)
		return fail(NS3C_E_ARGUMENT, "address is \"%s\"; allowed is a unicast address",
		            address);
	if (port == 0)
		return fail(NS3C_E_ARGUMENT, "port is 0; allowed is 1 ... 65535");
	return NS3C_OK;
}

/* --- What ns-3 calls -------------------------------------------------------------------------- */

void hear(const ns3::Ptr<ns3::Socket> &socket, uint64_t id);

void on_connected(uint64_t id, bool ok) noexcept
{
	Socket *found = tables.socket.find(id);
	if (!found)
		return;
	found->stage = ok ? Socket::CONNECTED : Socket::FAILED;
	ns3c_socket_calls calls = found->calls;
	if (calls.connected)
		calls.connected(calls.context, ns3c_socket{id}, ok);
}

void on_accepted(uint64_t id, ns3::Ptr<ns3::Socket> fresh, const ns3::Address &from) noexcept
{
	Socket *listener = tables.socket.find(id);
	if (!listener)
		return;
	ns3c_socket_calls calls = listener->calls;
	uint64_t accepted = tables.socket.add(Socket{fresh, true, Socket::CONNECTED, false, calls});
	hear(fresh, accepted);
	ns3c_endpoint peer = endpoint_of(from);
	if (calls.accepted)
		calls.accepted(calls.context, ns3c_socket{id}, ns3c_socket{accepted}, &peer);
}

void on_readable(uint64_t id) noexcept
{
	Socket *found = tables.socket.find(id);
	if (found && found->calls.readable)
		found->calls.readable(found->calls.context, ns3c_socket{id});
}

void on_writable(uint64_t id) noexcept
{
	Socket *found = tables.socket.find(id);
	if (!found || !found->wants_room)
		return;
	found->wants_room = false;
	if (found->calls.writable)
		found->calls.writable(found->calls.context, ns3c_socket{id});
}

void on_closed(uint64_t id, int broken) noexcept
{
	Socket *found = tables.socket.find(id);
	if (!found)
		return;
	if (found->stage == Socket::CONNECTING)
		return on_connected(id, false);
	if (broken)
		found->stage = Socket::FAILED;
	if (found->calls.closed)
		found->calls.closed(found->calls.context, ns3c_socket{id}, broken);
}

bool allow(ns3::Ptr<ns3::Socket>, const ns3::Address &)
{
	return true;
}

void hear(const ns3::Ptr<ns3::Socket> &socket, uint64_t id)
{
	using SocketPtr = ns3::Ptr<ns3::Socket>;
	socket->SetConnectCallback(
	    ns3::Callback<void, SocketPtr>([id](SocketPtr) { on_connected(id, true); }),
	    ns3::Callback<void, SocketPtr>([id](SocketPtr) { on_connected(id, false); }));
	socket->SetAcceptCallback(ns3::MakeCallback(&allow),
	                          ns3::Callback<void, SocketPtr, const ns3::Address &>(
	                              [id](SocketPtr fresh, const ns3::Address &from) {
		                              on_accepted(id, fresh, from);
	                              }));
	socket->SetCloseCallbacks(
	    ns3::Callback<void, SocketPtr>([id](SocketPtr) { on_closed(id, 0); }),
	    ns3::Callback<void, SocketPtr>([id](SocketPtr) { on_closed(id, 1); }));
	socket->SetRecvCallback(
	    ns3::Callback<void, SocketPtr>([id](SocketPtr) { on_readable(id); }));
	socket->SetSendCallback(ns3::Callback<void, SocketPtr, uint32_t>(
	    [id](SocketPtr, uint32_t) { on_writable(id); }));
}

/* --- TCP's parameters ------------------------------------------------------------------------- */

struct Range {
	const char *field;
	uint32_t ns3c_tcp::*value;
	const char *attribute;
	uint32_t min, max, standard;
};
const Range ranges[] = {
    {"segment_octets", &ns3c_tcp::segment_octets, "SegmentSize", 88, 1448, 536},
    {"initial_cwnd_segments", &ns3c_tcp::initial_cwnd_segments, "InitialCwnd", 1, 1000, 10},
    {"send_buffer_octets", &ns3c_tcp::send_buffer_octets, "SndBufSize", 4096, 1u << 30, 131072},
    {"receive_buffer_octets", &ns3c_tcp::receive_buffer_octets, "RcvBufSize", 4096, 1u << 30,
     131072},
    {"segments_per_ack", &ns3c_tcp::segments_per_ack, "DelAckCount", 1, 100, 2},
    {"connect_retries", &ns3c_tcp::connect_retries, "ConnCount", 1, 100, 6},
    {"data_retries", &ns3c_tcp::data_retries, "DataRetries", 1, 100, 6},
};

/* NULL if name is none. TypeId::IsChildOf will not do: ns-3 3.37 calls TcpCubic a socket. */
ns3::Ptr<ns3::TcpCongestionOps> make_congestion(const char *name)
{
	ns3::TypeId type;
	bool known = std::string(name).compare(0, 8, "ns3::Tcp") == 0 &&
	             ns3::TypeId::LookupByNameFailSafe(name, &type) && type.HasConstructor();
	if (!known)
		return nullptr;
	ns3::ObjectFactory factory;
	factory.SetTypeId(type);
	return ns3::DynamicCast<ns3::TcpCongestionOps>(factory.Create());
}

int check_tcp(const ns3c_tcp &tcp, ns3::Ptr<ns3::TcpCongestionOps> *congestion)
{
	for (const Range &range : ranges) {
		uint32_t value = tcp.*range.value;
		if (value != 0 && (value < range.min || value > range.max))
			return fail(NS3C_E_ARGUMENT,
			            "%s is %" PRIu32 "; allowed is %" PRIu32 " ... %" PRIu32
			            " (0: %" PRIu32 ")",
			            range.field, value, range.min, range.max, range.standard);
	}
	if (tcp.min_rto_ns != 0 && (tcp.min_rto_ns < 1000000 || tcp.min_rto_ns > 60000000000))
		return fail(NS3C_E_ARGUMENT, "min_rto_ns is %" PRId64 "; allowed is 1000000 ... "
		            "60000000000 (0: 1000000000)", tcp.min_rto_ns);
	const char *name = tcp.congestion ? tcp.congestion : "ns3::TcpNewReno";
	*congestion = make_congestion(name);
	if (!*congestion)
		return fail(NS3C_E_ARGUMENT,
		            "congestion is \"%.80s\"; allowed is a congestion control of "
		            "ns-3, as \"ns3::TcpNewReno\" or \"ns3::TcpCubic\"",
		            name);
	return NS3C_OK;
}

ns3::Ptr<ns3::Socket> make_tcp(const ns3::Ptr<ns3::Node> &node, const ns3c_tcp &tcp,
                               const ns3::Ptr<ns3::TcpCongestionOps> &congestion)
{
	ns3::Ptr<ns3::Socket> socket =
	    ns3::Socket::CreateSocket(node, ns3::TcpSocketFactory::GetTypeId());
	for (const Range &range : ranges) {
		uint32_t value = tcp.*range.value;
		socket->SetAttribute(range.attribute,
		                     ns3::UintegerValue(value ? value : range.standard));
	}
	int64_t min_rto_ns = tcp.min_rto_ns ? tcp.min_rto_ns : 1000000000;
	socket->SetAttribute("MinRto", ns3::TimeValue(ns3::NanoSeconds(min_rto_ns)));
	socket->SetAttribute("Timestamp", ns3::BooleanValue(!tcp.without_timestamps));
	ns3::DynamicCast<ns3::TcpSocketBase>(socket)->SetCongestionControlAlgorithm(congestion);
	return socket;
}

ns3::Ptr<ns3::Packet> packet_of(const void *data, uint32_t octets)
{
	return data ? ns3::Create<ns3::Packet>(static_cast<const uint8_t *>(data), octets)
	            : ns3::Create<ns3::Packet>(octets);
}

int check_datagram(uint32_t octets)
{
	if (octets > NS3C_UDP_OCTETS_MAX)
		return fail(NS3C_E_ARGUMENT, "octets is %" PRIu32 "; allowed is 0 ... %u for UDP",
		            octets, NS3C_UDP_OCTETS_MAX);
	return NS3C_OK;
}

int send_tcp(Socket *found, const void *data, uint32_t octets, uint32_t *taken)
{
	uint32_t part = std::min(octets, found->socket->GetTxAvailable());
	if (part > 0 && found->socket->Send(packet_of(data, part)) < 0)
		return refused(found->socket);
	found->wants_room = part < octets;
	*taken = part;
	return NS3C_OK;
}

void store(const ns3::Ptr<ns3::Packet> &packet, void *data, uint32_t size, uint32_t *octets)
{
	*octets = packet ? packet->GetSize() : 0;
	if (packet && data)
		packet->CopyData(static_cast<uint8_t *>(data), std::min(size, *octets));
}

} // namespace
} // namespace ns3c

using namespace ns3c;

int ns3c_udp_new(struct ns3c_node node, struct ns3c_socket *socket)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		ns3::Ptr<ns3::Node> *found = tables.node.find(node.id);
		if (!found)
			return stale("node");
		if (!socket)
			return fail(NS3C_E_ARGUMENT, "socket is NULL");
		ns3::Ptr<ns3::Socket> fresh =
		    ns3::Socket::CreateSocket(*found, ns3::UdpSocketFactory::GetTypeId());
		socket->id = tables.socket.add(Socket{fresh, false, Socket::FRESH, false, {}});
		hear(fresh, socket->id);
		return int(NS3C_OK);
	});
}

int ns3c_tcp_new(struct ns3c_node node, const struct ns3c_tcp *tcp, struct ns3c_socket *socket)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		static const ns3c_tcp standard{};
		const ns3c_tcp &chosen = tcp ? *tcp : standard;
		ns3::Ptr<ns3::Node> *found = tables.node.find(node.id);
		ns3::Ptr<ns3::TcpCongestionOps> congestion;
		if (!found)
			return stale("node");
		if (!socket)
			return fail(NS3C_E_ARGUMENT, "socket is NULL");
		int code = check_tcp(chosen, &congestion);
		if (code != NS3C_OK)
			return code;
		ns3::Ptr<ns3::Socket> fresh = make_tcp(*found, chosen, congestion);
		socket->id = tables.socket.add(Socket{fresh, true, Socket::FRESH, false, {}});
		hear(fresh, socket->id);
		return int(NS3C_OK);
	});
}

int ns3c_on(struct ns3c_socket socket, const struct ns3c_socket_calls *calls)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Socket *found = tables.socket.find(socket.id);
		if (!found)
			return stale("socket");
		if (!calls)
			return fail(NS3C_E_ARGUMENT, "calls is NULL");
		found->calls = *calls;
		return int(NS3C_OK);
	});
}

int ns3c_bind(struct ns3c_socket socket, const char *address, uint16_t port)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Socket *found = tables.socket.find(socket.id);
		uint32_t value = 0;
		if (!found)
			return stale("socket");
		if (found->stage != Socket::FRESH)
			return fail(NS3C_E_STATE, "the socket is bound already");
		int code = address ? check_address("address", address, &value) : int(NS3C_OK);
		if (code != NS3C_OK)
			return code;
		ns3::Ptr<ns3::Ipv4> ipv4 = found->socket->GetNode()->GetObject<ns3::Ipv4>();
		if (address && ipv4->GetInterfaceForAddress(ns3::Ipv4Address(value)) < 0)
			return fail(NS3C_E_ARGUMENT,
			            "address is \"%s\"; allowed is an address of the "
			            "socket's node, or NULL",
			            address);
		if (found->socket->Bind(ns3::InetSocketAddress(ns3::Ipv4Address(value), port)) != 0)
			return refused(found->socket);
		found->stage = Socket::BOUND;
		return int(NS3C_OK);
	});
}

int ns3c_listen(struct ns3c_socket socket)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Socket *found = tables.socket.find(socket.id);
		if (!found)
			return stale("socket");
		if (!found->is_tcp)
			return fail(NS3C_E_ARGUMENT, "the socket is of UDP; allowed is TCP");
		if (found->stage != Socket::BOUND)
			return fail(NS3C_E_STATE, "allowed only once, after ns3c_bind");
		if (found->socket->Listen() != 0)
			return refused(found->socket);
		found->stage = Socket::LISTENING;
		return int(NS3C_OK);
	});
}

int ns3c_connect(struct ns3c_socket socket, const char *address, uint16_t port)
{
	return guarded(__func__, IN_RUN, [=] {
		Socket *found = tables.socket.find(socket.id);
		uint32_t value = 0;
		if (!found)
			return stale("socket");
		int code = check_peer(address, port, &value);
		if (code != NS3C_OK)
			return code;
		if (found->stage != Socket::FRESH && found->stage != Socket::BOUND)
			return fail(NS3C_E_STATE, "the socket is listening or has been connected "
			                          "already");
		ns3::Ptr<ns3::Socket> kept = found->socket;
		Socket::Stage before = found->stage;
		found->stage = found->is_tcp ? Socket::CONNECTING : Socket::CONNECTED;
		if (kept->Connect(ns3::InetSocketAddress(ns3::Ipv4Address(value), port)) != 0) {
			found->stage =
			    before == Socket::FRESH && found->is_tcp ? Socket::FAILED : before;
			return refused(kept);
		}
		return int(NS3C_OK);
	});
}

int ns3c_send(struct ns3c_socket socket, const void *data, uint32_t octets, uint32_t *taken)
{
	return guarded(__func__, IN_RUN, [=] {
		Socket *found = tables.socket.find(socket.id);
		if (!found)
			return stale("socket");
		if (!taken)
			return fail(NS3C_E_ARGUMENT, "taken is NULL");
		if (found->stage != Socket::CONNECTED)
			return fail(NS3C_E_STATE, "the socket is not connected");
		if (found->is_tcp)
			return send_tcp(found, data, octets, taken);
		int code = check_datagram(octets);
		if (code != NS3C_OK)
			return code;
		if (found->socket->Send(packet_of(data, octets)) < 0)
			return refused(found->socket);
		*taken = octets;
		return int(NS3C_OK);
	});
}

int ns3c_send_to(struct ns3c_socket socket, const char *address, uint16_t port, const void *data,
                 uint32_t octets)
{
	return guarded(__func__, IN_RUN, [=] {
		Socket *found = tables.socket.find(socket.id);
		uint32_t value = 0;
		if (!found)
			return stale("socket");
		if (found->is_tcp)
			return fail(NS3C_E_ARGUMENT, "the socket is of TCP; allowed is UDP");
		if (found->stage == Socket::CONNECTED)
			return fail(NS3C_E_STATE, "the socket's peer is fixed; use ns3c_send");
		int code = check_peer(address, port, &value);
		if (code == NS3C_OK)
			code = check_datagram(octets);
		if (code != NS3C_OK)
			return code;
		ns3::InetSocketAddress to(ns3::Ipv4Address(value), port);
		if (found->socket->SendTo(packet_of(data, octets), 0, to) < 0)
			return refused(found->socket);
		if (found->stage == Socket::FRESH)
			found->stage = Socket::BOUND; /* ns-3 has given it a port */
		return int(NS3C_OK);
	});
}

int ns3c_recv(struct ns3c_socket socket, void *data, uint32_t size, uint32_t *octets,
              struct ns3c_endpoint *from)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Socket *found = tables.socket.find(socket.id);
		ns3::Address sender;
		if (!found)
			return stale("socket");
		if (!octets)
			return fail(NS3C_E_ARGUMENT, "octets is NULL");
		if (found->is_tcp && size == 0)
			return fail(NS3C_E_ARGUMENT, "size is 0; allowed is 1 and more for TCP");
		if (found->stage == Socket::LISTENING)
			return fail(NS3C_E_STATE, "the socket is listening; receive from accepted "
			                          "ones");
		store(found->socket->RecvFrom(found->is_tcp ? size : UINT32_MAX, 0, sender), data,
		      size, octets);
		if (from)
			*from = endpoint_of(sender);
		return int(NS3C_OK);
	});
}

int ns3c_close(struct ns3c_socket socket)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		Socket *found = tables.socket.find(socket.id);
		if (!found)
			return stale("socket");
		bool talks = found->is_tcp && (found->stage == Socket::CONNECTING ||
		                               found->stage == Socket::CONNECTED);
		if (talks && !state.running)
			return fail(NS3C_E_STATE,
			            "a connection is closed only in the run, that is from a "
			            "callback; ns3c_destroy ends all that are left");
		ns3::Ptr<ns3::Socket> kept = found->socket;
		bool failed = found->stage == Socket::FAILED;
		tables.socket.remove(socket.id);
		if (!failed)
			kept->Close();
		return int(NS3C_OK);
	});
}
