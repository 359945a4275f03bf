/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/mpi_port.h"
#include <stdlib.h>

#if WITH_MPI

#include <mpi.h>

bool mpi_port_built(void)
{
	return true;
}

void mpi_port_begin(int *rank, int *size)
{
	MPI_Init(NULL, NULL);
	MPI_Comm_rank(MPI_COMM_WORLD, rank);
	MPI_Comm_size(MPI_COMM_WORLD, size);
}

void mpi_port_end(void)
{
	MPI_Finalize();
}

void mpi_port_abort(int status)
{
	MPI_Abort(MPI_COMM_WORLD, status);
	_Exit(status);
}

void mpi_port_send(int to, int tag, const void *data, size_t n)
{
	MPI_Send(data, (int)n, MPI_BYTE, to, tag, MPI_COMM_WORLD);
}

bool mpi_port_probe(int *from, int *tag, size_t *n)
{
	MPI_Status status;
	int there = 0, octets = 0;
	MPI_Iprobe(*from == MPI_PORT_ANY ? MPI_ANY_SOURCE : *from, MPI_ANY_TAG, MPI_COMM_WORLD, &there,
	           &status);
	if (!there)
		return false;
	MPI_Get_count(&status, MPI_BYTE, &octets);
	*from = status.MPI_SOURCE;
	*tag = status.MPI_TAG;
	*n = (size_t)octets;
	return true;
}

void mpi_port_receive(int from, int tag, void *data, size_t n)
{
	MPI_Recv(data, (int)n, MPI_BYTE, from, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

void mpi_port_broadcast(void *data, size_t n)
{
	MPI_Bcast(data, (int)n, MPI_BYTE, 0, MPI_COMM_WORLD);
}

#else

bool mpi_port_built(void)
{
	return false;
}

void mpi_port_begin(int *rank, int *size)
{
	*rank = 0;
	*size = 1;
}

void mpi_port_end(void)
{
}

void mpi_port_abort(int status)
{
	exit(status);
}

void mpi_port_send(int to, int tag, const void *data, size_t n)
{
	(void)to, (void)tag, (void)data, (void)n;
}

bool mpi_port_probe(int *from, int *tag, size_t *n)
{
	(void)from, (void)tag, (void)n;
	return false;
}

void mpi_port_receive(int from, int tag, void *data, size_t n)
{
	(void)from, (void)tag, (void)data, (void)n;
}

void mpi_port_broadcast(void *data, size_t n)
{
	(void)data, (void)n;
}

#endif
