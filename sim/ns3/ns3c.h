/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ns3c: a C interface to the network simulator ns-3 (3.37, Debian's libns3-dev). This header needs
 * nothing but C11, and the library nothing but ns-3; compile and link with `pkg-config ns3c`.
 *
 * Conventions
 *
 *  1. Results. Every function that can be refused returns 0 (NS3C_OK) or a code of enum
 *     ns3c_code. ns3c_error_text() then is a sentence that names the function, what was found and
 *     what is allowed. A refused call has changed nothing unless its comment says so, and has
 *     written no output argument.
 *  2. Checks. ns-3 trusts its callers: Debian's build has its assertions compiled out. Therefore
 *     every argument is checked here before ns-3 sees it. An argument that takes a value of an
 *     enum is declared int, so that a wrong one can be told.
 *  3. Handles are small values that are copied freely; there is nothing to free. Each kind has
 *     its own type. A handle is stale once its thing has ended (an event that ran, a socket that
 *     was closed) and when the simulator is destroyed; a stale handle is refused with
 *     NS3C_E_STALE, it never reaches something newer. {0} is never valid.
 *  4. Units are in the names: _ns nanoseconds, _bps bit/s, _hz, _m, _db. Octets are 8 bits. Times
 *     lie in 0 … NS3C_TIME_MAX. Addresses are text, "10.0.0.1"; ports are in host byte order.
 *  5. Ownership. Text and data passed in are copied before the call returns. A pointer passed to
 *     a callback is valid until the callback returns. `context` pointers are yours and never
 *     followed.
 *  6. One simulator per process: ns3c_create, ns3c_destroy, and again as often as wanted.
 *  7. One thread: that of ns3c_create makes all calls until ns3c_destroy (ns-3 crashes
 *     otherwise); others are refused with NS3C_E_THREAD. ns3c_error_text() speaks of the calling
 *     thread.
 *  8. Callbacks come only from inside ns3c_run and ns3c_run_until, one at a time. They may call
 *     everything except ns3c_run, ns3c_run_until and ns3c_destroy. They must return: no longjmp,
 *     no C++ exception. None comes after ns3c_destroy, nor for a socket after its ns3c_close.
 *  9. Before, within and after the run: a connection is opened, and data are sent, from callbacks
 *     only (ns-3 crashes otherwise): schedule a callback at delay 0 to begin. Functions say so
 *     with "only in the run" and refuse with NS3C_E_STATE.
 * 10. Order: events at one time run in the order in which they were scheduled.
 * 11. Randomness: everything random has a stream number, given by the caller (0 …
 *     NS3C_STREAM_MAX) or, for ARP jitter and CSMA back-off, by order of creation above
 *     NS3C_STREAM_MAX. The same seed, run and calls give the same simulation. Equal stream
 *     numbers draw equal numbers: after fork() too.
 * 12. C++ exceptions do not leave the library; they become NS3C_E_MEMORY or NS3C_E_INTERNAL.
 * 13. Fatal errors of ns-3 itself (NS_FATAL_ERROR, NS_ABORT) end the process with SIGABRT,
 *     whatever surrounds the call. ns-3 writes its message to standard error beforehand; run what
 *     must not die in a child process and read the message there, or have it handed to
 *     ns3c_set_fatal_hook().
 * 14. ns-3 registers itself with the process: the library stays loaded after dlclose().
 */
#ifndef NS3C_H
#define NS3C_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NS3C_ABI 1
#define NS3C_TIME_MAX ((INT64_C(1) << 62) - 1)   /* 146 years                                  */
#define NS3C_STREAM_MAX ((INT64_C(1) << 62) - 1)
#define NS3C_DELAY_MAX_NS INT64_C(3600000000000) /* longest delay of a link: an hour            */
#define NS3C_RATE_MAX_BPS 1000000000000000.0     /* fastest link: 1 Pbit/s                      */
#define NS3C_UDP_OCTETS_MAX 65507u               /* RFC 768: 65535 less the IP and UDP headers  */

enum ns3c_code {
	NS3C_OK = 0,
	NS3C_E_ARGUMENT, /* an argument is out of range, not a number, or of the wrong kind */
	NS3C_E_STALE,    /* the handle's thing is over, or never was                        */
	NS3C_E_STATE,    /* not now: see conventions 6, 8 and 9                             */
	NS3C_E_THREAD,   /* not from this thread                                            */
	NS3C_E_IO,       /* a trace file cannot be written                                  */
	NS3C_E_REFUSED,  /* ns-3 said no: port in use, no route                             */
	NS3C_E_MEMORY,
	NS3C_E_INTERNAL  /* an exception inside ns-3                                        */
};

/* The sentence of this thread's last refused call, valid until the next one; "" for none. */
const char *ns3c_error_text(void);
const char *ns3c_code_name(int code);

/*
 * Called with ns-3's message before a fatal error of ns-3 ends the process: to pass it on with
 * write(), and to _exit() if wished; returning goes on to abort(). Not to call ns3c. NULL removes
 * it. While a hook is set, std::cerr passes through this library (to see the message), and the
 * process's std::terminate handler is replaced.
 */
typedef void ns3c_fatal(void *context, const char *message);
int ns3c_set_fatal_hook(ns3c_fatal *hook, void *context);

/* --- Simulator ------------------------------------------------------------------------------- */

/* PRIORITY_QUEUE is the quickest; CALENDAR collapses at a million events, LIST at a thousand. */
enum ns3c_scheduler {
	NS3C_SCHEDULER_MAP = 1, /* ns-3's own default */
	NS3C_SCHEDULER_HEAP,
	NS3C_SCHEDULER_LIST,
	NS3C_SCHEDULER_CALENDAR,
	NS3C_SCHEDULER_PRIORITY_QUEUE
};

#define NS3C_SEED_MAX UINT32_C(4294944442) /* MRG32k3a: below its smaller modulus */
#define NS3C_RUN_MAX ((UINT64_C(1) << 51) - 1)

/* seed 1 … NS3C_SEED_MAX; run 0 … NS3C_RUN_MAX: the independent replication of a seed. */
int ns3c_create(int scheduler, uint32_t seed, uint64_t run);
/* Ends everything; trace files are complete afterwards. */
int ns3c_destroy(void);

int64_t ns3c_now_ns(void); /* -1 without a simulator */
int ns3c_in_run(void);     /* 1 inside a callback    */

struct ns3c_event { uint64_t id; };
typedef void ns3c_callback(void *context);

/* event may be NULL. delay_ns >= 0, and now + delay_ns <= NS3C_TIME_MAX. */
int ns3c_schedule(int64_t delay_ns, ns3c_callback *callback, void *context,
                  struct ns3c_event *event);
/* NS3C_E_STALE if it ran or was cancelled: harmless. */
int ns3c_cancel(struct ns3c_event event);
int ns3c_is_pending(struct ns3c_event event); /* 1 or 0 */

/* Until no event is left, or ns3c_stop. The clock passes the times of cancelled events too. */
int ns3c_run(void);
/* Runs every event up to and including until_ns; the clock ends at until_ns (unless stopped). */
int ns3c_run_until(int64_t until_ns);
/* Ends the run after the present callback; only in the run. The next ns3c_run goes on. */
int ns3c_stop(void);

/* --- Random numbers -------------------------------------------------------------------------- */

enum ns3c_distribution {         /* parameters, in this order; a bound of 0 is none            */
	NS3C_CONSTANT = 1,       /* value                                                     */
	NS3C_UNIFORM,            /* min, max (excluded)                                       */
	NS3C_EXPONENTIAL,        /* mean > 0, upper bound (0, or >= mean / 1000)              */
	NS3C_PARETO,             /* scale > 0, shape > 0                                      */
	NS3C_WEIBULL,            /* scale > 0, shape > 0                                      */
	NS3C_NORMAL,             /* mean, variance > 0, bound of |x - mean| (0, or >= sd/1000) */
	NS3C_LOGNORMAL,          /* mu, sigma > 0, of the logarithm                           */
	NS3C_GAMMA,              /* alpha > 0 (shape), beta > 0 (scale)                       */
	NS3C_ERLANG,             /* k = 1 … 1000 (shape), lambda > 0 (scale, as ns-3 has it)  */
	NS3C_TRIANGULAR,         /* mean, min, max; the mode, 3 mean - min - max, in between  */
	NS3C_ZIPF,               /* n = 1 … 1000000, alpha >= 0                               */
	NS3C_ZETA                /* alpha > 1                                                 */
};

struct ns3c_random { uint64_t id; };
int ns3c_random_new(int distribution, const double *parameter, size_t n_parameters,
                    int64_t stream, struct ns3c_random *random);
int ns3c_random_next(struct ns3c_random random, double *value);

/* --- Nodes and links ------------------------------------------------------------------------- */

struct ns3c_node { uint64_t id; };
struct ns3c_device { uint64_t id; };

/* A host with IPv4, UDP and TCP, that forwards; no IPv6, no queue discipline above its devices. */
int ns3c_node_new(struct ns3c_node *node);

struct ns3c_link {
	double rate_bps;        /* 1 … NS3C_RATE_MAX_BPS, rounded to whole bit/s        */
	int64_t delay_ns;       /* 0 … NS3C_DELAY_MAX_NS                                */
	uint32_t queue_packets; /* 1 … : a drop-tail queue in front of each transmitter */
};

/* A full-duplex link between two different nodes (MTU 1500). */
int ns3c_point_to_point(struct ns3c_node a, struct ns3c_node b, const struct ns3c_link *link,
                        struct ns3c_device *device_a, struct ns3c_device *device_b);
/* A shared Ethernet of 2 … 1024 different nodes; device[i] belongs to node[i]. */
int ns3c_csma(const struct ns3c_node *node, size_t n_nodes, const struct ns3c_link *link,
              struct ns3c_device *device);

enum ns3c_error_unit { NS3C_ERROR_PER_PACKET = 1, NS3C_ERROR_PER_OCTET, NS3C_ERROR_PER_BIT };

/* What a device receives is lost: at a rate; in bursts of min … max packets; never (default). */
int ns3c_error_rate(struct ns3c_device device, int unit, double rate, int64_t stream);
/* Uses the streams `stream` and `stream` + 1. */
int ns3c_error_burst(struct ns3c_device device, double burst_prob, uint32_t min_packets,
                     uint32_t max_packets, int64_t stream);
int ns3c_error_none(struct ns3c_device device);

/* --- IPv4 ------------------------------------------------------------------------------------ */

/*
 * One address per device; its network becomes reachable through the device. prefix 8 … 31, for a
 * point-to-point device also 32: then only routes lead across the link.
 */
int ns3c_ipv4_address(struct ns3c_device device, const char *address, unsigned prefix);
/*
 * network/prefix (0 … 32; "0.0.0.0"/0: all the rest; the longest prefix wins) goes through `device`
 * of `node` to next_hop, an address in the device's network. On a point-to-point link next_hop may
 * be NULL: there is only one other end.
 */
int ns3c_ipv4_route(struct ns3c_node node, const char *network, unsigned prefix,
                    const char *next_hop, struct ns3c_device device);

/* --- Sockets --------------------------------------------------------------------------------- */

struct ns3c_socket { uint64_t id; };
struct ns3c_endpoint { char address[16]; uint16_t port; };

/* Any of them may be NULL. */
struct ns3c_socket_calls {
	void *context;
	/* TCP: ns3c_connect has ended; ok 0: nobody accepted within the retries (ns-3 3.37
	 * ignores the reset that answers a SYN). Close the socket then. */
	void (*connected)(void *context, struct ns3c_socket socket, int ok);
	/* TCP: a listener has a new connection; its callbacks are the listener's until changed. */
	void (*accepted)(void *context, struct ns3c_socket listener, struct ns3c_socket socket,
	                 const struct ns3c_endpoint *peer);
	/* There is something to receive: take all of it, with ns3c_recv until it gives 0 octets. */
	void (*readable)(void *context, struct ns3c_socket socket);
	/* TCP: after ns3c_send took less than offered: there is room again. Once each time. */
	void (*writable)(void *context, struct ns3c_socket socket);
	/* TCP: broken 0: the peer sends no more; 1: reset, or given up after the retries. */
	void (*closed)(void *context, struct ns3c_socket socket, int broken);
};

/* 0 stands for the value in brackets. */
struct ns3c_tcp {
	uint32_t segment_octets;        /* 88 … 1448 [536, ns-3's own]                          */
	uint32_t initial_cwnd_segments; /* 1 … 1000 [10, RFC 6928]                              */
	uint32_t send_buffer_octets;    /* 4096 … 2^30 [131072]                                 */
	uint32_t receive_buffer_octets; /* 4096 … 2^30 [131072]                                 */
	uint32_t segments_per_ack;      /* 1 … 100 [2]; with 2 and more the ACK waits <= 200 ms */
	int64_t min_rto_ns;             /* 1 ms … 60 s [1 s, RFC 6298]                          */
	uint32_t connect_retries;       /* 1 … 100 [6], SYN, every 3 s and doubling             */
	uint32_t data_retries;          /* 1 … 100 [6], then the connection is broken           */
	int without_timestamps;         /* 1: no RFC 7323 timestamps; 12 octets less a segment  */
	const char *congestion;         /* an ns-3 class, "ns3::TcpCubic" … ["ns3::TcpNewReno"] */
};

int ns3c_udp_new(struct ns3c_node node, struct ns3c_socket *socket);
int ns3c_tcp_new(struct ns3c_node node, const struct ns3c_tcp *tcp, struct ns3c_socket *socket);
int ns3c_on(struct ns3c_socket socket, const struct ns3c_socket_calls *calls);

/* address NULL: every address of the node; else one of the node's. port 0: any free one. */
int ns3c_bind(struct ns3c_socket socket, const char *address, uint16_t port);
int ns3c_listen(struct ns3c_socket socket); /* TCP, bound */
/* Only in the run. TCP: `connected` tells the end; close the socket after NS3C_E_REFUSED. UDP:
 * fixes the peer; there is no callback. */
int ns3c_connect(struct ns3c_socket socket, const char *address, uint16_t port);
/*
 * Only in the run. data NULL sends octets of zero without their memory. TCP takes what fits into
 * the send buffer (*taken, perhaps 0); UDP takes all of 0 … NS3C_UDP_OCTETS_MAX as one datagram.
 */
int ns3c_send(struct ns3c_socket socket, const void *data, uint32_t octets, uint32_t *taken);
/* UDP, only in the run. */
int ns3c_send_to(struct ns3c_socket socket, const char *address, uint16_t port, const void *data,
                 uint32_t octets);
/*
 * Takes up to `size` octets (data NULL: drops them); *octets 0: nothing there. UDP gives one whole
 * datagram with its sender: *octets is its length, of which `size` have been stored, and *from.port
 * tells an empty datagram (not 0) from none (0). from may be NULL.
 */
int ns3c_recv(struct ns3c_socket socket, void *data, uint32_t size, uint32_t *octets,
              struct ns3c_endpoint *from);
/* TCP sends what is in its buffer, then FIN. The handle is stale at once. */
int ns3c_close(struct ns3c_socket socket);

/* --- Traces ---------------------------------------------------------------------------------- */

/* Everything that the device sends and receives, for wireshark and tcpdump. */
int ns3c_pcap(struct ns3c_device device, const char *path);
/* ns-3's text: queued (+), dequeued (-), dropped (d), received (r). Before the first run only:
 * packets carry their description from birth. Slows every later simulator of the process. */
int ns3c_ascii(const struct ns3c_device *device, size_t n_devices, const char *path);

/* --- Path loss of 3GPP TR 38.901 (needs no simulator) ---------------------------------------- */

enum ns3c_3gpp_model { NS3C_RMA = 1, NS3C_UMA, NS3C_UMI_STREET_CANYON, NS3C_INDOOR_OFFICE };

/*
 * Path loss without shadowing, table 7.4.1-1, as ns-3's ThreeGpp…PropagationLossModel has it; los
 * 0 or 1; positions are x, y, z in metres (z: antenna height). frequency_hz 0.5e9 … 100e9 (RMa:
 * 30e9). RMa with ns-3's 5 m buildings and 20 m streets. Outside the table's distances and
 * heights ns-3 goes on with the same formulas. It takes the lower end for the terminal (UMi: the
 * end that is not at 10 m; a terminal at 10 m under a station elsewhere is refused). UMa draws
 * h_E at random for a terminal above 13 m: here from stream 0 of the last simulator's seed and
 * run, anew in every call.
 */
int ns3c_path_loss_3gpp(int model, int los, double frequency_hz, const double terminal_m[3],
                        const double station_m[3], double *loss_db);

#ifdef __cplusplus
}
#endif

#endif
