/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures: blocks of pcapng, and the packets of TCP, SCTP and UDP with their sums. */
#include "results/packet.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 1 << 17, MOST = 64 };

/* A capture read back: the packets of its blocks. */
struct capture {
	uint8_t octets[ROOM];
	size_t n;
	uint32_t n_blocks, n_interfaces, n_names, n_packets;
	struct {
		uint32_t interface, n;
		int64_t t_ns;
		const uint8_t *at;
		const char *comment;
		uint32_t n_comment;
	} packet[MOST];
};

static char directory[] = "/tmp/test_capture_XXXXXX";
static char path[64];

static uint32_t little(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t big(const uint8_t *at, int n)
{
	uint32_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | at[i];
	return v;
}

static void take_packet(struct capture *c, const uint8_t *block, uint32_t length)
{
	const uint32_t k = c->n_packets++, n = little(block + 20), padded = (n + 3) & ~3u;
	const uint8_t *option = block + 28 + padded;

	assert_true(k < MOST);
	assert_int_equal(little(block + 20), little(block + 24));
	c->packet[k].interface = little(block + 8);
	c->packet[k].t_ns = (int64_t)((uint64_t)little(block + 12) << 32 | little(block + 16));
	c->packet[k].at = block + 28;
	c->packet[k].n = n;
	c->packet[k].comment = NULL;
	if (28 + padded + 4 < length) {
		assert_int_equal(option[0], 1);
		c->packet[k].n_comment = option[2];
		c->packet[k].comment = (const char *)option + 4;
	}
}

static void read_back(struct capture *c)
{
	FILE *file = fopen(path, "rb");

	memset(c, 0, sizeof *c);
	assert_non_null(file);
	c->n = fread(c->octets, 1, sizeof c->octets, file);
	fclose(file);
	for (size_t at = 0; at < c->n; c->n_blocks++) {
		const uint8_t *block = c->octets + at;
		const uint32_t length = little(block + 4), type = little(block);
		assert_true(length % 4 == 0 && length >= 12 && at + length <= c->n);
		assert_int_equal(little(block + length - 4), length);
		assert_true(at > 0 || (type == 0x0a0d0d0a && little(block + 8) == 0x1a2b3c4d));
		c->n_interfaces += type == 1;
		c->n_names += type == 4;
		if (type == 6)
			take_packet(c, block, length);
		at += length;
	}
}

static struct pcapng *open_capture(void)
{
	struct sim_err err;
	struct pcapng *p = pcapng_open(path, "a test", "a comment", &err);

	assert_non_null(p);
	assert_int_equal(pcapng_interface(p, PCAPNG_ETHERNET, "N2", "between"), 0);
	return p;
}

static void close_capture(struct pcapng *p, struct capture *c)
{
	struct sim_err err;

	assert_int_equal(access(path, F_OK), -1); /* nothing half under the final name */
	assert_int_equal(pcapng_close(p, &err), SIM_OK);
	read_back(c);
	unlink(path);
}

static const struct flow_end A = {{2, 0, 10, 0, 0, 1}, {10, 0, 0, 1}, 40000};
static const struct flow_end B = {{2, 0, 10, 0, 0, 2}, {10, 0, 0, 2}, 80};

/* ---- pcapng ---- */

static void blocks_have_their_lengths_twice_and_times_in_nanoseconds(void **state)
{
	static struct capture c;
	struct pcapng *p = open_capture();
	const int64_t t_ns = INT64_C(1795392000123456789);

	(void)state;
	pcapng_name(p, A.ipv4, "gnb");
	for (uint32_t n = 0; n < 9; n++)
		pcapng_packet(p, 0, t_ns + n, (const uint8_t *)"abcdefgh", n, n % 2 ? "why" : NULL);
	assert_int_equal(pcapng_packets(p), 9);
	close_capture(p, &c);
	assert_int_equal(c.n_blocks, 12);
	assert_int_equal(c.n_interfaces, 1);
	assert_int_equal(c.n_names, 1);
	for (uint32_t n = 0; n < 9; n++) {
		assert_int_equal(c.packet[n].n, n);
		assert_int_equal(c.packet[n].t_ns, t_ns + n);
		assert_memory_equal(c.packet[n].at, "abcdefgh", n);
		assert_true((c.packet[n].comment != NULL) == (n % 2 == 1));
	}
	assert_memory_equal(c.packet[1].comment, "why", 3);
}

static void an_abandoned_capture_leaves_nothing(void **state)
{
	char part[80];

	(void)state;
	snprintf(part, sizeof part, "%s.part", path);
	struct pcapng *p = open_capture();
	assert_int_equal(access(part, F_OK), 0);
	pcapng_abandon(p);
	pcapng_abandon(NULL);
	assert_int_equal(access(part, F_OK), -1);
	assert_int_equal(access(path, F_OK), -1);
}

static void a_capture_that_cannot_be_created_is_a_sentence(void **state)
{
	struct sim_err err;

	(void)state;
	assert_null(pcapng_open("/nonexistent/x", "a", "b", &err));
	assert_int_equal(err.code, SIM_E_IO);
	assert_non_null(strstr(err.text, "/nonexistent/x.part: cannot write the capture: "));
}

/* In a process of its own: the limit stays. */
static void a_full_disk_is_a_sentence_and_leaves_nothing(void **state)
{
	const struct rlimit limit = {4096, 4096};
	int status;

	(void)state;
	const pid_t child = fork();
	if (child == 0) {
		struct sim_err err;
		struct pcapng *p = open_capture();
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		for (int i = 0; i < 1000; i++)
			pcapng_packet(p, 0, i, (const uint8_t *)"0123456789012345", 16, NULL);
		const enum sim_code code = pcapng_close(p, &err);
		_exit(code == SIM_E_IO && strstr(err.text, "File too large; nothing is kept") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(access(path, F_OK), -1);
}

/* ---- sums ---- */

static void crc32c_of_the_known_text(void **state)
{
	(void)state; /* RFC 3720 B.4: 32 zeros; and the check value of the polynomial */
	assert_int_equal(packet_crc32c((const uint8_t *)"123456789", 9), 0xe3069283);
	assert_int_equal(packet_crc32c((const uint8_t[32]){0}, 32), 0x8a9136aa);
}

/* A receiver's check: the sum over everything, sums included, is zero. */
static void assert_good_ipv4(const uint8_t *frame, uint32_t n)
{
	uint32_t sum = 0;

	assert_int_equal(big(frame + 12, 2), 0x0800);
	assert_int_equal(big(frame + 16, 2), n - PACKET_ETHERNET);
	for (int i = 0; i < 20; i += 2)
		sum += big(frame + PACKET_ETHERNET + i, 2);
	assert_int_equal((sum & 0xffff) + (sum >> 16), 0xffff);
}

static void assert_good_transport(const uint8_t *frame, uint32_t n, enum packet_protocol protocol)
{
	assert_good_ipv4(frame, n);
	assert_int_equal(frame[23], protocol);
	const uint16_t sum = packet_sum(frame + 26, frame + 30, protocol, frame + PACKET_TRANSPORT,
	                                n - PACKET_TRANSPORT);
	assert_true(sum == 0 || (protocol == PACKET_UDP && sum == 0xffff));
}

/* ---- TCP ---- */

static void tcp_opens_counts_and_cuts_at_the_segment_size(void **state)
{
	static struct capture c;
	static uint8_t data[4000];
	struct flow_tcp flow = {.end = {A, B}};
	struct pcapng *p = open_capture();
	const struct flow_out out = {p, 0, 5, "the message"};
	uint32_t sequence, acknowledged;

	(void)state;
	flow_tcp(&flow, &out, 0, data, sizeof data);
	flow_tcp(&flow, &out, 1, data, 10);
	close_capture(p, &c);
	assert_int_equal(c.n_packets, 3 + 3 + 1);
	for (uint32_t i = 0; i < c.n_packets; i++)
		assert_good_transport(c.packet[i].at, c.packet[i].n, PACKET_TCP);
	static const uint8_t flags[] = {0x02, 0x12, 0x10, 0x10, 0x10, 0x18, 0x18};
	for (uint32_t i = 0; i < c.n_packets; i++)
		assert_int_equal(c.packet[i].at[47], flags[i]);
	sequence = big(c.packet[0].at + 38, 4) + 1;
	acknowledged = big(c.packet[1].at + 38, 4) + 1;
	for (uint32_t i = 3; i < 6; i++) {
		assert_int_equal(big(c.packet[i].at + 38, 4), sequence);
		assert_int_equal(big(c.packet[i].at + 42, 4), acknowledged);
		assert_true((c.packet[i].comment != NULL) == (i == 5));
		sequence += c.packet[i].n - 54;
	}
	assert_int_equal(big(c.packet[6].at + 42, 4), sequence); /* the answer acknowledges all */
	assert_int_equal(big(c.packet[6].at + 38, 4), acknowledged);
	assert_int_equal(c.packet[3].n, 54 + FLOW_TCP_SEGMENT);
}

/* ---- SCTP ---- */

static void assert_good_sctp(const uint8_t *frame, uint32_t n)
{
	uint8_t packet[FLOW_MTU];
	const uint32_t length = n - PACKET_TRANSPORT;

	assert_good_ipv4(frame, n);
	memcpy(packet, frame + PACKET_TRANSPORT, length);
	const uint32_t sum = little(packet + 8);
	memset(packet + 8, 0, 4);
	assert_int_equal(packet_crc32c(packet, length), sum);
}

/* The chunk of this type, NULL when the packet has none. */
static const uint8_t *chunk(const uint8_t *frame, uint32_t n, uint8_t type)
{
	for (uint32_t at = PACKET_TRANSPORT + 12; at + 4 <= n;
	     at += (big(frame + at + 2, 2) + 3) & ~3u)
		if (frame[at] == type)
			return frame + at;
	return NULL;
}

static void sctp_opens_acknowledges_and_fragments(void **state)
{
	static struct capture c;
	static uint8_t data[3001];
	struct flow_sctp flow = {.end = {A, B}};
	struct pcapng *p = open_capture();
	const struct flow_out out = {p, 0, 5, "the message"};
	static const uint8_t kind[] = {1, 2, 10, 11}; /* INIT, INIT ACK, COOKIE ECHO, COOKIE ACK */
	uint32_t octets = 0;

	(void)state;
	flow_sctp(&flow, &out, 0, 60, data, sizeof data);
	flow_sctp(&flow, &out, 1, 60, data, 7);
	close_capture(p, &c);
	assert_int_equal(c.n_packets, 4 + 3 + 1);
	for (uint32_t i = 0; i < c.n_packets; i++)
		assert_good_sctp(c.packet[i].at, c.packet[i].n);
	for (uint32_t i = 0; i < 4; i++)
		assert_non_null(chunk(c.packet[i].at, c.packet[i].n, kind[i]));
	const uint8_t *init = chunk(c.packet[0].at, c.packet[0].n, 1);
	assert_int_equal(big(c.packet[0].at + PACKET_TRANSPORT + 4, 4), 0); /* its tag: none yet */
	const uint32_t tag = big(init + 4, 4), tsn = big(init + 16, 4);
	for (uint32_t i = 0; i < 3; i++) {
		const uint8_t *part = chunk(c.packet[4 + i].at, c.packet[4 + i].n, 0);
		assert_int_equal(part[1], i == 0 ? 2 : i == 1 ? 0 : 1); /* first, middle, last */
		assert_int_equal(big(part + 4, 4), tsn + i);
		assert_int_equal(big(part + 12, 4), 60);
		octets += big(part + 2, 2) - 16;
	}
	assert_int_equal(octets, sizeof data);
	const uint8_t *sack = chunk(c.packet[7].at, c.packet[7].n, 3);
	assert_int_equal(big(sack + 4, 4), tsn + 2);
	assert_int_equal(big(c.packet[7].at + PACKET_TRANSPORT + 4, 4), tag);
}

/* ---- UDP ---- */

static void udp_is_cut_by_ipv4_where_it_is_long(void **state)
{
	static struct capture c;
	static uint8_t data[3001], whole[4000];
	struct flow_udp flow = {.end = {A, B}};
	struct pcapng *p = open_capture();
	const struct flow_out out = {p, 0, 5, "the message"};
	uint32_t total = 0;

	(void)state;
	memset(data, 7, sizeof data);
	flow_udp(&flow, &out, 1, data, 20);
	flow_udp(&flow, &out, 0, data, sizeof data);
	close_capture(p, &c);
	assert_int_equal(c.n_packets, 1 + 3);
	assert_good_transport(c.packet[0].at, c.packet[0].n, PACKET_UDP);
	for (uint32_t i = 1; i < 4; i++) {
		const uint32_t fragment = big(c.packet[i].at + 20, 2);
		assert_good_ipv4(c.packet[i].at, c.packet[i].n);
		assert_int_equal(fragment >> 13, i < 3);
		assert_int_equal((fragment & 0x1fff) * 8, total);
		memcpy(whole + total, c.packet[i].at + PACKET_TRANSPORT, c.packet[i].n - PACKET_TRANSPORT);
		total += c.packet[i].n - PACKET_TRANSPORT;
	}
	assert_int_equal(total, sizeof data + 8);
	assert_true(packet_sum(A.ipv4, B.ipv4, PACKET_UDP, whole, total) == 0xffff); /* 0, as UDP has it */
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof path, "%s/c.pcapng", directory);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return rmdir(directory); /* fails when a test has left something */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_have_their_lengths_twice_and_times_in_nanoseconds),
		cmocka_unit_test(an_abandoned_capture_leaves_nothing),
		cmocka_unit_test(a_capture_that_cannot_be_created_is_a_sentence),
		cmocka_unit_test(a_full_disk_is_a_sentence_and_leaves_nothing),
		cmocka_unit_test(crc32c_of_the_known_text),
		cmocka_unit_test(tcp_opens_counts_and_cuts_at_the_segment_size),
		cmocka_unit_test(sctp_opens_acknowledges_and_fragments),
		cmocka_unit_test(udp_is_cut_by_ipv4_where_it_is_long),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
