/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/id/suci.h"
#include "sim/core/status.h"
#include <string.h>

enum { TYPE_SUCI = 1, TYPE_BITS = 7, SCHEME_BITS = 15 }; /* SUPI format IMSI in bits 5 to 7: 0 */

/* Routing indicator: 1 to 4 digits, low nibble first, filled with 0xf. */
static void put_routing(const struct id_suci *suci, uint8_t out[2])
{
	uint8_t digit[4] = {0xf, 0xf, 0xf, 0xf};
	uint32_t v = suci->routing_indicator;

	for (uint32_t i = suci->routing_digits; i-- > 0; v /= 10)
		digit[i] = (uint8_t)(v % 10);
	out[0] = (uint8_t)(digit[1] << 4 | digit[0]);
	out[1] = (uint8_t)(digit[3] << 4 | digit[2]);
}

static bool get_routing(const uint8_t in[2], struct id_suci *suci)
{
	uint8_t digit[4] = {in[0] & 15, in[0] >> 4, in[1] & 15, in[1] >> 4};
	uint32_t n = 0;

	suci->routing_indicator = 0;
	for (; n < 4 && digit[n] <= 9; n++)
		suci->routing_indicator = (uint16_t)(suci->routing_indicator * 10 + digit[n]);
	suci->routing_digits = (uint8_t)n;
	for (uint32_t i = n; i < 4; i++)
		if (digit[i] != 0xf)
			return false;
	return n > 0;
}

uint8_t id_suci_encode(const struct id_suci *suci, uint8_t out[ID_SUCI_OCTETS_MAX])
{
	SIM_ASSERT(suci->routing_digits >= 1 && suci->routing_digits <= 4);
	SIM_ASSERT(suci->n <= ID_SUCI_OUTPUT_MAX);
	out[0] = TYPE_SUCI;
	id_plmn_encode(suci->plmn, out + 1);
	put_routing(suci, out + 4);
	out[6] = suci->scheme;
	out[7] = suci->key_id;
	memcpy(out + ID_SUCI_HEAD, suci->output, suci->n);
	return (uint8_t)(ID_SUCI_HEAD + suci->n);
}

bool id_suci_decode(const uint8_t *in, uint32_t n, struct id_suci *suci)
{
	if (n <= ID_SUCI_HEAD || n > ID_SUCI_OCTETS_MAX || (in[0] & TYPE_BITS) != TYPE_SUCI ||
	    (in[6] & SCHEME_BITS) > ID_SCHEME_B || !id_plmn_decode(in + 1, &suci->plmn) ||
	    !get_routing(in + 4, suci))
		return false;
	suci->scheme = in[6] & SCHEME_BITS;
	suci->key_id = in[7];
	suci->n = (uint8_t)(n - ID_SUCI_HEAD);
	memcpy(suci->output, in + ID_SUCI_HEAD, suci->n);
	return true;
}
