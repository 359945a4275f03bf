#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The stand-in of models/crypto/suite_cost.c, written from its description: prints the hash of the
text that test_suites.c compares."""
M = (1 << 64) - 1
A, B, C = 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3


def fold(x, y):
    return x * y & M ^ x * y >> 64


def absorb(state, field):
    """Sixteen octets at a time; the last ones, 0 to 15, with the length in the octet above them."""
    rest = len(field) // 16 * 16
    blocks = [field[i:i + 16] for i in range(0, rest, 16)]
    blocks.append(field[rest:].ljust(15, b"\0") + bytes([len(field) & 255]))
    for block in blocks:
        low, high = (int.from_bytes(block[i:i + 8], "little") for i in (0, 8))
        state = fold(low ^ A, high ^ state)
    return state


def prf(domain, fields, n):
    state = B * (2 * domain + 1) & M
    for field in fields:
        state = absorb(state, field)
    out = b""
    while len(out) < n:
        state = state + C & M
        out += fold(state, state ^ B).to_bytes(8, "little")
    return out[:n]


print(prf(1, [b"two surgeons, two twins"], 32).hex())
