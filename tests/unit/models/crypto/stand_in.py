#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The stand-in of models/crypto/suite_cost.c, written from its description: prints the hash of the
text that test_suites.c compares."""
M = (1 << 64) - 1


def rotl(x, n):
    return (x << n | x >> (64 - n)) & M


def sip_round(v):
    v[0] = v[0] + v[1] & M; v[2] = v[2] + v[3] & M
    v[1] = rotl(v[1], 13) ^ v[0]; v[3] = rotl(v[3], 16) ^ v[2]
    v[0] = rotl(v[0], 32)
    v[2] = v[2] + v[1] & M; v[0] = v[0] + v[3] & M
    v[1] = rotl(v[1], 17) ^ v[2]; v[3] = rotl(v[3], 21) ^ v[0]
    v[2] = rotl(v[2], 32)


def absorb_word(v, w):
    v[3] ^= w
    sip_round(v)
    v[0] ^= w


def absorb(v, field):
    whole = len(field) // 8 * 8
    for i in range(0, whole, 8):
        absorb_word(v, int.from_bytes(field[i:i + 8], "little"))
    absorb_word(v, int.from_bytes(field[whole:], "little") | (len(field) & 255) << 56)


def prf(domain, fields, n):
    secret = b"somepseudorandomlygeneratedbytes"
    v = [int.from_bytes(secret[i:i + 8], "big") for i in range(0, 32, 8)]
    absorb_word(v, domain)
    for field in fields:
        absorb(v, field)
    v[2] ^= 0xEE
    for _ in range(3):
        sip_round(v)
    out = b""
    while len(out) < n:
        out += (v[0] ^ v[1] ^ v[2] ^ v[3]).to_bytes(8, "little")
        v[1] ^= 0xDD
        sip_round(v)
        sip_round(v)
    return out[:n]


print(prf(1, [b"two surgeons, two twins"], 32).hex())
