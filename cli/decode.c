/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim decode nas|ngap|eap|ike HEX... */
#include "cli/cli.h"
#include "models/msg/eap.h"
#include "models/msg/ike.h"
#include "models/msg/nas.h"
#include "models/msg/ngap_print.h"
#include "scenarios/near.h"
#include "sim/core/status.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USAGE "usage: dtsim decode nas|ngap|eap|ike HEX...\n"
static const char HELP[] =
	USAGE
	"\n"
	"Prints the fields of a message, one per line: offset in hexadecimal, name, clause, value. Messages\n"
	"within it (NAS in NGAP, the NAS message container, EAP) are decoded too; what is ciphered is not.\n"
	"Blanks and colons between the digits are ignored.\n"
	"\n"
	"  nas           5GS mobility management, plain or with security header (TS 24.501)\n"
	"  ngap          N2, in aligned PER (TS 38.413)\n"
	"  eap           EAP-AKA' and EAP-AKA (RFC 9048, RFC 4187), EAP-5G (TS 24.502)\n"
	"  ike           IKEv2 (RFC 7296), without a non-ESP marker; an SK payload stays closed\n"
	"\n"
	"Octets that are no message: what could be read, then cause and offset; exit status 1.\n"
	"\n"
	"Examples:\n"
	"  dtsim decode nas 7e00572d10d543580c6014c593008268032e528d72\n"
	"  dtsim decode ngap \"$(tshark -r n2.pcap -Y frame.number==1 -T fields -e sctp.data)\"\n";

static const char *nas_why(uint8_t cause)
{
	return cause == NAS_IGNORE ? "to be ignored" : nas_cause_text(cause);
}

static const char *ngap_why(uint8_t cause)
{
	return ngap_cause_text((struct ngap_cause){NGAP_CAUSE_PROTOCOL, cause});
}

static const char *eap_why(uint8_t cause)
{
	return cause == EAP_DISCARD   ? "to be discarded"
	       : cause == EAP_NAK_DUE ? "a Nak is due"
	                              : "unable to process packet";
}

static const char *ike_why(uint8_t cause)
{
	return ike_notify_text(cause);
}

static const struct protocol {
	const char *name;
	bool (*print)(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault);
	const char *(*why)(uint8_t cause);
} protocols[] = {
	{"nas", nas_print, nas_why},
	{"ngap", ngap_print, ngap_why},
	{"eap", eap_print, eap_why},
	{"ike", ike_print, ike_why},
};
enum { N_PROTOCOLS = sizeof protocols / sizeof *protocols };

static const struct protocol *find(const char *name)
{
	struct scn_near near = {.wanted = name};

	for (size_t i = 0; i < N_PROTOCOLS; i++) {
		if (strcmp(protocols[i].name, name) == 0)
			return &protocols[i];
		scn_near_try(&near, protocols[i].name);
	}
	fprintf(stderr, "dtsim decode: unknown protocol `%s`; allowed: nas, ngap, eap, ike%s%s%s\n", name,
	        near.best ? "; nearest: `" : "", near.best ? near.best : "", near.best ? "`" : "");
	return NULL;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Reads one argument's digits behind the *n of earlier ones. false: what is wrong has been said. */
static bool read_hex(const char *text, uint8_t *octets, size_t *n)
{
	for (const char *c = text; *c; c++) {
		if (isspace((unsigned char)*c) || *c == ':')
			continue;
		int value = digit(*c);
		if (value < 0) {
			fprintf(stderr, "dtsim decode: character %zu of `%.40s` is no hexadecimal digit\n",
			        (size_t)(c - text) + 1, text);
			return false;
		}
		octets[*n / 2] = (uint8_t)(octets[*n / 2] << 4 | value);
		++*n;
	}
	return true;
}

static bool read_all(int argc, char **argv, uint8_t *octets, size_t *n)
{
	*n = 0;
	for (int i = 0; i < argc; i++)
		if (!read_hex(argv[i], octets, n))
			return false;
	if (*n == 0 || *n % 2) {
		fprintf(stderr, "dtsim decode: %zu hexadecimal digits are %s\n", *n,
		        *n ? "no whole number of octets" : "no message");
		return false;
	}
	*n /= 2;
	return true;
}

static int out_of_memory(void)
{
	fputs("dtsim decode: out of memory\n", stderr);
	return sim_exit_status(SIM_E_MEMORY);
}

/* Once to learn how long the text is, once to have it. */
static int print(const struct protocol *protocol, const uint8_t *octets, size_t n)
{
	struct msg_printer p = msg_printer(NULL, 0);
	struct msg_fault fault;
	char *text;
	bool good;

	protocol->print(&p, octets, n, &fault);
	text = malloc(p.n + 1);
	if (!text)
		return out_of_memory();
	p = msg_printer(text, p.n + 1);
	good = protocol->print(&p, octets, n, &fault);
	fputs(text, stdout);
	free(text);
	if (!good)
		printf("%04x  no message: cause %u (%s): %s\n", fault.offset, fault.cause,
		       protocol->why(fault.cause), fault.what);
	return sim_exit_status(good ? SIM_OK : SIM_E_VERDICT);
}

static int decode(const struct protocol *protocol, int argc, char **argv)
{
	size_t room = 1, n;
	uint8_t *octets;
	int status;

	for (int i = 0; i < argc; i++)
		room += strlen(argv[i]);
	octets = calloc(1, room);
	if (!octets)
		return out_of_memory();
	status = read_all(argc, argv, octets, &n) ? print(protocol, octets, n)
	                                          : sim_exit_status(SIM_E_USAGE);
	free(octets);
	return status;
}

int cli_decode(int argc, char **argv)
{
	const struct protocol *protocol;

	if (argc >= 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
		return fputs(HELP, stdout) < 0;
	if (argc < 3) {
		fputs(USAGE, stderr);
		return sim_exit_status(SIM_E_USAGE);
	}
	protocol = find(argv[1]);
	return protocol ? decode(protocol, argc - 2, argv + 2) : sim_exit_status(SIM_E_USAGE);
}
