/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A capture file: pcapng 1.0 (draft-ietf-opsawg-pcapng) with nanoseconds. Written beside its final
 * name (FILE.part) and renamed when it is whole. Errors of writing are remembered, and said once by
 * pcapng_close(): packets can be added without asking each time.
 */
#ifndef RESULTS_PCAPNG_H
#define RESULTS_PCAPNG_H

#include "sim/core/status.h"
#include <stddef.h>
#include <stdint.h>

/* Link types (www.tcpdump.org/linktypes.html). */
enum pcapng_link { PCAPNG_ETHERNET = 1, PCAPNG_UPPER_PDU = 252 };


struct pcapng;

/* application and comment describe the file; NULL when it cannot be created, err says why. */
struct pcapng *pcapng_open(const char *path, const char *application, const char *comment,
                           struct sim_err *err);
/* Returns its number. Before the first packet on it. */
uint32_t pcapng_interface(struct pcapng *pcapng, enum pcapng_link link, const char *name,
                          const char *description);
/* A name for an IPv4 address (a Name Resolution Block of its own). */
void pcapng_name(struct pcapng *pcapng, const uint8_t ipv4[4], const char *name);
/* t_ns: since 1970-01-01 00:00 UTC. comment may be NULL. */
void pcapng_packet(struct pcapng *pcapng, uint32_t interface, int64_t t_ns, const uint8_t *octets,
                   uint32_t n, const char *comment);
uint64_t pcapng_packets(const struct pcapng *pcapng);

/* Gives the file its final name, or removes it and says why. Frees in any case. */
enum sim_code pcapng_close(struct pcapng *pcapng, struct sim_err *err);
/* Removes it. NULL is allowed. */
void pcapng_abandon(struct pcapng *pcapng);

#endif
