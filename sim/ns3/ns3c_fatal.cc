/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ns3c: the hook for fatal errors. ns-3 writes msg="…" to std::cerr and calls std::terminate; so
 * the hook listens to std::cerr through a stream buffer in between, and is the terminate handler.
 */
#include "sim/ns3/ns3c_impl.h"

#include <iostream>
#include <streambuf>

namespace ns3c {
namespace {

/* Passes everything on, and remembers the last octets. */
class Tee : public std::streambuf {
public:
	explicit Tee(std::streambuf *target) : target_(target) {}
	std::streambuf *target() const { return target_; }
	/* From the last msg=" on, without the line's end. */
	const char *message()
	{
		size_t begin = tail_.rfind("msg=\"");
		if (begin == std::string::npos)
			begin = tail_.rfind("file=");
		tail_.erase(0, begin == std::string::npos ? tail_.size() : begin);
		while (!tail_.empty() && tail_.back() == '\n')
			tail_.pop_back();
		return tail_.empty() ? "ended without a message" : tail_.c_str();
	}

protected:
	int_type overflow(int_type c) override
	{
		if (traits_type::eq_int_type(c, traits_type::eof()))
			return traits_type::not_eof(c);
		char octet = traits_type::to_char_type(c);
		remember(&octet, 1);
		return target_->sputc(octet);
	}
	std::streamsize xsputn(const char *text, std::streamsize n) override
	{
		remember(text, static_cast<size_t>(n));
		return target_->sputn(text, n);
	}
	int sync() override { return target_->pubsync(); }

private:
	static constexpr size_t KEPT = 4096;
	void remember(const char *text, size_t n)
	{
		tail_.append(text, n);
		if (tail_.size() > 2 * KEPT)
			tail_.erase(0, tail_.size() - KEPT);
	}
	std::streambuf *target_;
	std::string tail_;
};

Tee *tee; /* never deleted: std::cerr is flushed after static objects are gone */
std::terminate_handler terminate_before;
ns3c_fatal *fatal_hook;
void *fatal_context;

[[noreturn]] void on_terminate()
{
	ns3c_fatal *hook = fatal_hook;
	fatal_hook = nullptr; /* a hook that fails is not called again */
	if (hook)
		hook(fatal_context, tee->message());
	terminate_before();
	std::abort();
}

void listen_to_cerr()
{
	if (!tee)
		tee = new Tee(std::cerr.rdbuf());
	std::cerr.rdbuf(tee);
	terminate_before = std::set_terminate(on_terminate);
}

void leave_cerr()
{
	if (std::cerr.rdbuf() == tee)
		std::cerr.rdbuf(tee->target());
	std::set_terminate(terminate_before);
}

} // namespace
} // namespace ns3c

using namespace ns3c;

int ns3c_set_fatal_hook(ns3c_fatal *hook, void *context)
{
	return guarded(__func__, ANY_TIME, [=] {
		if (hook && !fatal_hook)
			listen_to_cerr();
		if (!hook && fatal_hook)
			leave_cerr();
		fatal_hook = hook;
		fatal_context = context;
		return int(NS3C_OK);
	});
}
