/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A SUPI of type IMSI: PLMN and MSIN, 15 digits at most (TS 23.003 2.2, TS 33.501 6.12.1). */
#ifndef MODELS_ID_SUPI_H
#define MODELS_ID_SUPI_H

#include "models/id/plmn.h"

enum {
	ID_SUPI_DIGITS_MAX = 15,
	ID_SUPI_TEXT = ID_SUPI_DIGITS_MAX + 1, /* with the final NUL   */
	ID_MSIN_BCD_MAX = 5                    /* octets of 10 digits  */
};

struct id_supi {
	struct id_plmn plmn;
	uint64_t msin;
	uint8_t msin_digits; /* 1 … 10: leading zeros count */
};

/* From 6 to 15 digits, of which mnc_digits (2 or 3) belong to the MNC. */
bool id_supi_parse(const char *digits, uint8_t mnc_digits, struct id_supi *supi);

/* The IMSI's digits, as key derivations want them (TS 33.501 A.7.0). Returns their number. */
uint8_t id_supi_text(struct id_supi supi, char out[ID_SUPI_TEXT]);

/* The MSIN as BCD, low nibble first, 0xf fills an odd end: the scheme input (TS 33.501 C.3.2). */
uint8_t id_msin_encode(struct id_supi supi, uint8_t out[ID_MSIN_BCD_MAX]);
/* false: a nibble that is no digit, or n not in 1 … 5. Sets msin and msin_digits only. */
bool id_msin_decode(const uint8_t *in, uint8_t n, struct id_supi *supi);

#endif
