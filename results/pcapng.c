/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/pcapng.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum block { SECTION = 0x0a0d0d0a, INTERFACE = 1, NAMES = 4, PACKET = 6 };
enum option { OPT_END = 0, OPT_COMMENT = 1, IF_NAME = 2, IF_DESCRIPTION = 3, SHB_USERAPPL = 4,
              IF_TSRESOL = 9 };
enum record { RECORD_END = 0, RECORD_IPV4 = 1 };
enum { BYTE_ORDER_MAGIC = 0x1a2b3c4d, NANOSECONDS = 9, SNAPLEN_NONE = 0 };

/* A block is put together here, since its length stands in front. */
struct pcapng {
	FILE *file;
	char *path, *part;
	int error; /* errno of the first failure */
	uint32_t n_interfaces;
	uint64_t n_packets;
	uint8_t *block;
	size_t n, room;
};

/* ---- octets of a block: little-endian, as the byte order magic will say ---- */

static void put(struct pcapng *p, const void *octets, size_t n)
{
	if (p->n + n > p->room) {
		p->room = 2 * (p->n + n) + 1024;
		p->block = realloc(p->block, p->room);
		SIM_ASSERT(p->block != NULL);
	}
	if (n)
		memcpy(p->block + p->n, octets, n);
	p->n += n;
}

static void put_u16(struct pcapng *p, uint32_t v)
{
	put(p, (const uint8_t[]){(uint8_t)v, (uint8_t)(v >> 8)}, 2);
}

static void put_u32(struct pcapng *p, uint32_t v)
{
	put_u16(p, v & 0xffff);
	put_u16(p, v >> 16);
}

static void put_padded(struct pcapng *p, const void *octets, size_t n)
{
	static const uint8_t zero[4];

	put(p, octets, n);
	put(p, zero, -n & 3);
}

static void put_option(struct pcapng *p, enum option code, const void *value, size_t n)
{
	if (n > UINT16_MAX)
		n = UINT16_MAX;
	put_u16(p, code);
	put_u16(p, (uint32_t)n);
	put_padded(p, value, n);
}

static void put_text(struct pcapng *p, enum option code, const char *text)
{
	if (text && *text)
		put_option(p, code, text, strlen(text));
}

static void begin(struct pcapng *p, enum block type)
{
	p->n = 0;
	put_u32(p, type);
	put_u32(p, 0); /* total length: known at the end */
}

static void end(struct pcapng *p)
{
	const uint32_t total = (uint32_t)p->n + 4;

	put_u32(p, total);
	for (int i = 0; i < 4; i++)
		p->block[4 + i] = (uint8_t)(total >> 8 * i);
	if (p->error == 0 && fwrite(p->block, 1, p->n, p->file) != p->n)
		p->error = errno ? errno : EIO;
}

/* ---- blocks ---- */

static void put_section(struct pcapng *p, const char *application, const char *comment)
{
	begin(p, SECTION);
	put_u32(p, BYTE_ORDER_MAGIC);
	put_u16(p, 1); /* version 1.0 */
	put_u16(p, 0);
	put_u32(p, UINT32_MAX); /* length of the section: not said */
	put_u32(p, UINT32_MAX);
	put_text(p, OPT_COMMENT, comment);
	put_text(p, SHB_USERAPPL, application);
	put_option(p, OPT_END, NULL, 0);
	end(p);
}

uint32_t pcapng_interface(struct pcapng *p, enum pcapng_link link, const char *name,
                          const char *description)
{
	const uint8_t resolution = NANOSECONDS;

	begin(p, INTERFACE);
	put_u16(p, link);
	put_u16(p, 0);
	put_u32(p, SNAPLEN_NONE);
	put_text(p, IF_NAME, name);
	put_text(p, IF_DESCRIPTION, description);
	put_option(p, IF_TSRESOL, &resolution, sizeof resolution);
	put_option(p, OPT_END, NULL, 0);
	end(p);
	return p->n_interfaces++;
}

void pcapng_name(struct pcapng *p, const uint8_t ipv4[4], const char *name)
{
	const size_t n = strlen(name) + 1;

	begin(p, NAMES);
	put_u16(p, RECORD_IPV4);
	put_u16(p, (uint32_t)(4 + n));
	put(p, ipv4, 4);
	put_padded(p, name, n); /* the address before it is a whole word */
	put_u16(p, RECORD_END);
	put_u16(p, 0);
	end(p);
}

void pcapng_packet(struct pcapng *p, uint32_t interface, int64_t t_ns, const uint8_t *octets,
                   uint32_t n, const char *comment)
{
	SIM_ASSERT(interface < p->n_interfaces && t_ns >= 0);
	begin(p, PACKET);
	put_u32(p, interface);
	put_u32(p, (uint32_t)((uint64_t)t_ns >> 32));
	put_u32(p, (uint32_t)t_ns);
	put_u32(p, n); /* captured, and as it was */
	put_u32(p, n);
	put_padded(p, octets, n);
	put_text(p, OPT_COMMENT, comment);
	if (comment && *comment)
		put_option(p, OPT_END, NULL, 0);
	end(p);
	p->n_packets++;
}

uint64_t pcapng_packets(const struct pcapng *p)
{
	return p->n_packets;
}

/* ---- the file ---- */

static void release(struct pcapng *p)
{
	free(p->path);
	free(p->part);
	free(p->block);
	free(p);
}

struct pcapng *pcapng_open(const char *path, const char *application, const char *comment,
                           struct sim_err *err)
{
	struct pcapng *p = calloc(1, sizeof *p);

	SIM_ASSERT(p != NULL);
	SIM_ASSERT((p->path = strdup(path)) != NULL && asprintf(&p->part, "%s.part", path) > 0);
	p->file = fopen(p->part, "wbe");
	if (!p->file) {
		sim_fail(err, SIM_E_IO, "%s: cannot write the capture: %s", p->part, strerror(errno));
		release(p);
		return NULL;
	}
	put_section(p, application, comment);
	return p;
}

enum sim_code pcapng_close(struct pcapng *p, struct sim_err *err)
{
	enum sim_code code = SIM_OK;

	errno = 0;
	if (fclose(p->file) != 0 && p->error == 0)
		p->error = errno ? errno : EIO;
	if (p->error == 0 && rename(p->part, p->path) != 0)
		p->error = errno;
	if (p->error != 0) {
		unlink(p->part);
		code = sim_fail(err, SIM_E_IO, "%s: cannot write the capture: %s; nothing is kept", p->path,
		                strerror(p->error));
	}
	release(p);
	return code;
}

void pcapng_abandon(struct pcapng *p)
{
	if (!p)
		return;
	fclose(p->file);
	unlink(p->part);
	release(p);
}
