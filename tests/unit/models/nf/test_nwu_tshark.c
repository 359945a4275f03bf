/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NWu as tshark reads it: a capture of a registration and a liveness check, deciphered with the keys of the
 * IKE SA. What another implementation makes of our SK payloads, certificate and EAP-5G.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/unit/models/nf/nwu_bench.h"
#include <cmocka.h>
#include <stdio.h>
#include <sys/stat.h>

static char dir[] = "/tmp/nwu-tshark-XXXXXX", out[1 << 16];
static struct nwu_bench *b;
static FILE *pcap;
static int n_packets;
static uint64_t spi_i, spi_r;
static uint8_t ei[20], er[20];

static void put(unsigned value, int n)
{
	for (int i = n - 1; i >= 0; i--)
		fputc((int)(value >> 8 * i & 255), pcap);
}

/* Link type 101: raw IPv4. */
static void put_packet(const uint8_t *octets, unsigned n, bool down)
{
	const uint32_t header[4] = {0, (uint32_t)n_packets, n + 28, n + 28};

	fwrite(header, sizeof header, 1, pcap);
	put(0x45000000 | (n + 28), 4);
	put(0, 4);
	put(0x40110000, 4);
	put(0x0a000001 + down, 4);
	put(0x0a000002 - down, 4);
	put(MSG_IKE_PORT << 16 | MSG_IKE_PORT, 4);
	put((n + 8) << 16, 4);
	fwrite(octets, 1, n, pcap);
	n_packets++;
}

static void heard(void *context, const struct msg *msg)
{
	static uint8_t octets[WIRE_OCTETS_MAX];
	bool down = msg->from == NWU_N3IWF;

	(void)context;
	if (!msg_is_nwu((enum msg_type)msg->type))
		return;
	put_packet(octets, (unsigned)wire_encode(b->link, down, msg, octets, sizeof octets), down);
	if (msg->ike.part == MSG_IKE_OPEN) {
		spi_i = msg->ike.spi_i;
		spi_r = msg->ike.spi_r;
		memcpy(down ? er : ei, msg->ike.keymat, 20);
	}
}

static void write_keys(void)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/wireshark", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/wireshark/ikev2_decryption_table", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%016llx,%016llx,", (unsigned long long)spi_i, (unsigned long long)spi_r);
	for (int i = 0; i < 20; i++)
		fprintf(file, "%02x", ei[i]);
	fprintf(file, ",");
	for (int i = 0; i < 20; i++)
		fprintf(file, "%02x", er[i]);
	fprintf(file, ",\"AES-GCM-128 with 16 octet ICV [RFC5282]\",,,\"NONE [RFC4306]\"\n");
	fclose(file);
}

static const char *tshark(const char *arguments)
{
	char command[512];
	FILE *pipe;
	size_t n;

	snprintf(command, sizeof command,
	         "XDG_CONFIG_HOME=%s HOME=%s tshark -r %s/nwu.pcap %s 2>/dev/null", dir, dir, dir,
	         arguments);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	n = fread(out, 1, sizeof out - 1, pipe);
	out[n] = 0;
	pclose(pipe);
	return out;
}

static int lines(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void nothing_is_malformed_and_nothing_warned_of(void **state)
{
	(void)state;
	assert_int_equal(lines(tshark("-Y 'isakmp or esp'")), n_packets);
	assert_int_equal(lines(tshark("-Y '_ws.malformed or _ws.expert'")), 0);
}

static void tshark_deciphers_what_the_sk_payloads_hold(void **state)
{
	(void)state;
	tshark("-V -Y isakmp");
	assert_non_null(strstr(out, "ID_FQDN: n3iwf.5gc.mnc070.mcc999.pub.3gppnetwork.org"));
	assert_non_null(strstr(out, "signedCertificate"));
	assert_non_null(strstr(out, "EAP-EXT Vendor Id: Unknown (0x28af)")); /* 10415: 3GPP */
	assert_non_null(strstr(out, "Payload: Authentication (39)"));
	assert_non_null(strstr(out, "Type: CFG_REPLY (2)"));
	assert_null(strstr(out, "bad"));
}

static int make(void **state)
{
	const uint32_t header[6] = {0xa1b2c3d4, 0x00040002, 0, 0, 65535, 101};
	char path[128];

	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof path, "%s/nwu.pcap", dir);
	pcap = fopen(path, "wb");
	fwrite(header, sizeof header, 1, pcap);
	b = nwu_new(&crypto_suite_real, NULL);
	b->tap.message = heard;
	ue_ike_connect(b->ikes, 0, 1);
	nwu_run(b, 65);
	ue_ike_release(b->ikes, 0);
	nwu_run(b, 66);
	fclose(pcap);
	write_keys();
	nwu_free(b);
	return 0;
}

static int unmake(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_malformed_and_nothing_warned_of),
		cmocka_unit_test(tshark_deciphers_what_the_sk_payloads_hold),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
