"""The code on a slip or a list: short, without personal data, safe against every misread character.

A code is `ADE1` (a person's slip) or `ADK1` (a collective list): program, kind of paper, version of this scheme; then ten
random characters and two check characters, in the 32 signs of an alphabet without I, L, O and U. The 16 signs fit the
smallest QR code (21 x 21, level Q, alphanumeric mode). The check is a Reed-Solomon code over 32 elements with distance 3:
any one or two wrong characters, and any two characters swapped, are noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from random import Random

from asn_desk.errors import DeskError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIP, SHEET = "ADE1", "ADK1"
PREFIXES = (SLIP, SHEET)
TOKEN_LENGTH = 10
LENGTH = len(SLIP) + TOKEN_LENGTH + 2

_FIVE_BITS = bytes(value & 31 for value in range(256))
_SIGNS = ALPHABET.encode().ljust(256, b"\0")
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(" \t\r\n-_.‐‑‒–—", "")})
_FIELD = 0b100101  # x^5 + x^2 + 1, the field of 32 elements; 2 generates it


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= _FIELD
        right >>= 1
    return product


_TIMES_2 = tuple(_times(value, 2) for value in range(32))
_TIMES_4 = tuple(_times(value, 4) for value in range(32))
_TIMES_6 = tuple(_times(value, 6) for value in range(32))
_TIMES_8 = tuple(_times(value, 8) for value in range(32))


def new_code(rng: Random, prefix: str = SLIP) -> str:
    """Return a fresh code; `rng` is `random.SystemRandom()` in earnest and a seeded one in tests."""
    return new_codes(rng, 1, prefix)[0]


def new_codes(rng: Random, count: int, prefix: str = SLIP) -> list[str]:
    """Return fresh codes, all signs of one place at a time: a province's slips in a few milliseconds."""
    columns = [bytes([_VALUES[sign]]) * count for sign in prefix]
    drawn = rng.randbytes(TOKEN_LENGTH * count).translate(_FIVE_BITS)
    columns += [drawn[place::TOKEN_LENGTH] for place in range(TOKEN_LENGTH)]
    text = bytearray(LENGTH * count)
    for place, column in enumerate(columns + _checks(columns, count)):
        text[place::LENGTH] = column.translate(_SIGNS)
    made = text.decode("ascii")
    return [made[start : start + LENGTH] for start in range(0, LENGTH * count, LENGTH)]


def _checks(columns: Sequence[bytes], count: int) -> list[bytes]:
    """Return both check columns: the code is linear, so each place adds its own share, and adding is exclusive or."""
    high = low = 0
    for column, (to_high, to_low) in zip(columns, _shares(), strict=True):
        high ^= int.from_bytes(column.translate(to_high), "little")
        low ^= int.from_bytes(column.translate(to_low), "little")
    return [high.to_bytes(count, "little"), low.to_bytes(count, "little")]


@lru_cache(maxsize=1)
def _shares() -> tuple[tuple[bytes, bytes], ...]:
    """Return for each place of a code the tables that say what a value there adds to the two check values."""
    zeros = range(LENGTH - 3, -1, -1)  # how many signs follow before the check
    found = [[_check(value, after) for value in range(32)] for after in zeros]
    return tuple((_table([high for high, _ in place]), _table([low for _, low in place])) for place in found)


def _table(values: Iterable[int]) -> bytes:
    return bytes(values).ljust(256, b"\0")


def _check(value: int, after: int) -> tuple[int, int]:
    # the remainder of that value, so many zeros behind it, times x^2 by (x - 2)(x - 4) = x^2 + 6x + 8
    high = low = 0
    for sign in (value, *[0] * after):
        lead = high ^ sign
        high, low = low ^ _TIMES_6[lead], _TIMES_8[lead]
    return high, low


def _is_whole(code: str) -> bool:
    values = [_VALUES[sign] for sign in code]
    at_2 = reduce(lambda total, value: _TIMES_2[total] ^ value, values, 0)
    at_4 = reduce(lambda total, value: _TIMES_4[total] ^ value, values, 0)
    return at_2 == at_4 == 0


def parse(text: str) -> str:
    """Return the stored form of a scanned or typed code.

    Small letters, blanks, hyphens and O/0, I/L/1 are forgiven. Raises DeskError("not_ours") for any other paper's code,
    DeskError("damaged") for one of ours that was misread, cut or mistyped.
    """
    code = text.upper().translate(_LOOK_ALIKES)
    if not code.startswith(PREFIXES):
        raise DeskError(
            "not_ours",
            "Kode ini bukan kode lembar tanda terima ASN Desk. Pindai kode pada lembar tanda terima surat edaran.",
        )
    if len(code) != LENGTH or not _VALUES.keys() >= set(code) or not _is_whole(code):
        raise DeskError(
            "damaged",
            "Kode lembar ini tidak terbaca utuh. Pindai sekali lagi, atau ketik kode yang tercetak di bawah gambar kode.",
        )
    return code


def is_sheet(code: str) -> bool:
    """Return whether a parsed code is that of a collective list, not of one person's slip."""
    return code.startswith(SHEET)


def looks_like_code(text: str) -> bool:
    """Return whether the text starts as our codes do, so that a name or NIP typed in the same field is told apart."""
    return text.upper().translate(_LOOK_ALIKES).startswith(PREFIXES)


def readable(code: str) -> str:
    """Return the code in groups of four, as printed for reading: `ADE1-7K3M-9QX2-WTAB`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
