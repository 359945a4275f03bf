/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quantities as people write them ("15 s", "1d 10h 30min", "80/s", "1 Gbit/s", "25 m") to SI and back.
 * A number of a physical quantity without a unit is refused, so is a unit of another quantity.
 */
#ifndef SIM_CORE_UNIT_H
#define SIM_CORE_UNIT_H

#include <stddef.h>
#include <stdint.h>

enum sim_quantity {
	SIM_Q_NUMBER,    /* dimensionless; also accepts "12 %"                                      */
	SIM_Q_COUNT,     /* a whole number                                                          */
	SIM_Q_DURATION,  /* ns us ms s min h d, summable: "1d 2h"; kept as int64 nanoseconds        */
	SIM_Q_RATE,      /* /s /min /h /d; kept per second                                          */
	SIM_Q_LENGTH,    /* mm m km; kept in metres                                                 */
	SIM_Q_SPEED,     /* m/s km/h; kept in m/s                                                   */
	SIM_Q_BITRATE,   /* bit/s kbit/s Mbit/s Gbit/s; kept in bit/s                               */
	SIM_Q_OCTETS,    /* B kB MB GB (powers of ten) KiB MiB; kept in octets                      */
	SIM_Q_FREQUENCY, /* Hz kHz MHz GHz; kept in Hz                                              */
	SIM_Q_POWER,     /* dBm                                                                     */
	SIM_Q_GAIN       /* dB                                                                      */
};

/*
 * Parses text wholly. On success returns 0 and *value (SI; nanoseconds for durations, exactly up to
 * 2^53). On failure returns -1 and *why points to a static sentence fragment ("has no unit; allowed:
 * ns us ms s min h d"). Refuses NaN, infinity, hexadecimal, octal-looking and empty numbers.
 */
int sim_unit_parse(enum sim_quantity quantity, const char *text, double *value, const char **why);

/* Writes value with a well-chosen unit, so that parsing it gives the same value. Returns buffer. */
char *sim_unit_format(enum sim_quantity quantity, double value, char *buffer, size_t size);

/* "duration", "rate", …: for messages; and the units allowed: "ns us ms s min h d". */
const char *sim_unit_quantity_name(enum sim_quantity quantity);
const char *sim_unit_allowed(enum sim_quantity quantity);

#endif
