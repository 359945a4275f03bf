/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the C++ files of ns3c share: errors, the simulator's state, the things behind handles. */
#ifndef NS3C_IMPL_H
#define NS3C_IMPL_H

#include "sim/ns3/ns3c.h"

#include "ns3/event-id.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <cstdint>
#include <deque>
#include <exception>
#include <new>
#include <string>
#include <vector>

namespace ns3c {

/* Writes the sentence "FUNCTION: …" for ns3c_error_text() and returns code. */
int fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Where the simulator stands. */
struct State {
	bool open;     /* between ns3c_create and ns3c_destroy            */
	bool running;  /* inside ns3c_run or ns3c_run_until               */
	bool has_run;  /* packets may exist: too late for ASCII traces    */
	int64_t next_own_stream;
};
extern State state;

/* What a function asks of the moment it is called in. */
enum Moment { ANY_TIME, WITH_SIMULATOR, IN_RUN, OUTSIDE_RUN };

/* Remembers the function's name for fail() and checks thread and moment. */
int enter(const char *function, Moment moment);

/* Runs body, which returns a code; no exception leaves. */
template <class Body>
int guarded(const char *function, Moment moment, Body body) noexcept
{
	try {
		int code = enter(function, moment);
		return code == NS3C_OK ? body() : code;
	} catch (const std::bad_alloc &) {
		return fail(NS3C_E_MEMORY, "out of memory");
	} catch (const std::exception &e) {
		return fail(NS3C_E_INTERNAL, "an exception inside ns-3: %s", e.what());
	} catch (...) {
		return fail(NS3C_E_INTERNAL, "an unknown exception inside ns-3");
	}
}

/*
 * Things behind handles: kind (4 bits), generation (32), index (28). An index is used again with
 * the next generation, so that a stale handle finds nothing; generations survive ns3c_destroy.
 */
template <class Thing, unsigned KIND>
class Table {
public:
	uint64_t add(Thing thing)
	{
		uint32_t index;
		if (free_.empty()) {
			if (slots_.size() >= (1u << 28))
				throw std::bad_alloc();
			index = static_cast<uint32_t>(slots_.size());
			slots_.emplace_back();
			free_.reserve(slots_.size()); /* so that remove() cannot fail */
		} else {
			index = free_.back();
			free_.pop_back();
		}
		Slot &slot = slots_[index];
		slot.used = true;
		slot.thing = std::move(thing);
		return uint64_t(KIND) << 60 | uint64_t(slot.generation) << 28 | index;
	}
	/* NULL for a stale handle. The pointer stays valid until the thing is removed. */
	Thing *find(uint64_t id)
	{
		uint64_t index = id & ((1u << 28) - 1);
		if (id >> 60 != KIND || index >= slots_.size())
			return nullptr;
		Slot &slot = slots_[index];
		bool same = slot.used && slot.generation == uint32_t(id >> 28);
		return same ? &slot.thing : nullptr;
	}
	void remove(uint64_t id)
	{
		if (find(id))
			release(static_cast<uint32_t>(id & ((1u << 28) - 1)));
	}
	void clear()
	{
		for (uint32_t i = 0; i < slots_.size(); i++)
			if (slots_[i].used)
				release(i);
	}

private:
	struct Slot {
		uint32_t generation = 1;
		bool used = false;
		Thing thing{};
	};
	void release(uint32_t index)
	{
		Slot &slot = slots_[index];
		slot.used = false;
		slot.generation++;
		slot.thing = Thing{};
		free_.push_back(index);
	}
	std::deque<Slot> slots_; /* a deque: adding moves nothing */
	std::vector<uint32_t> free_;
};

struct Event {
	ns3::EventId event;
	ns3c_callback *callback = nullptr;
	void *context = nullptr;
};
struct Device {
	ns3::Ptr<ns3::NetDevice> device;
	bool is_csma = false;
	uint32_t address = 0; /* 0: none yet */
	uint32_t mask = 0;
};
struct Socket {
	enum Stage { FRESH, BOUND, LISTENING, CONNECTING, CONNECTED, FAILED };
	ns3::Ptr<ns3::Socket> socket;
	bool is_tcp = false;
	Stage stage = FRESH;
	bool wants_room = false; /* the last send took less than offered */
	ns3c_socket_calls calls{};
};

struct Tables {
	Table<Event, 1> event;
	Table<ns3::Ptr<ns3::Node>, 2> node;
	Table<Device, 3> device;
	Table<Socket, 4> socket;
	Table<ns3::Ptr<ns3::RandomVariableStream>, 5> random;
	void clear();
};
/* Never destroyed: ns-3's own static objects may be gone before ours would be. */
extern Tables &tables;

/* Shared checks; each fails with its sentence. */
int check_stream(int64_t stream, int64_t more);
int check_address(const char *what, const char *text, uint32_t *address);
int stale(const char *what);

} // namespace ns3c

#endif
