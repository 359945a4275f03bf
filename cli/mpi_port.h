/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As much of MPI as dtsim needs: octets from one rank to another. mpi_port.c is the only file that
 * meets MPI, and with WITH_MPI=0 it meets none: then there is one rank and nobody to talk to.
 * An error of MPI itself ends the whole run, as MPI does by default.
 */
#ifndef CLI_MPI_PORT_H
#define CLI_MPI_PORT_H

#include <stdbool.h>
#include <stddef.h>

bool mpi_port_built(void); /* whether WITH_MPI=1 */
void mpi_port_begin(int *rank, int *size);
void mpi_port_end(void);
_Noreturn void mpi_port_abort(int status); /* of all ranks */

void mpi_port_send(int to, int tag, const void *data, size_t n);
/* Whether a message is there, and of whom; *from is a rank or MPI_PORT_ANY before. */
enum { MPI_PORT_ANY = -1 };
bool mpi_port_probe(int *from, int *tag, size_t *n);
void mpi_port_receive(int from, int tag, void *data, size_t n);
/* From rank 0 to all. */
void mpi_port_broadcast(void *data, size_t n);

#endif
