"""Passwords: what is asked of them, how they are kept (argon2id), and temporary ones that can be read aloud."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
_CONSONANTS, _VOWELS = "bdfghjklmnprstw", "aeiou"
_SYLLABLES = 9  # 75 ** 9: 56 bits
MIN_DISTINCT = 4


@cache
def _hasher() -> PasswordHasher:
    """Return argon2id with the second parameter set that RFC 9106 recommends (64 MiB, three passes): about 0.1 CPU s."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """Return the argon2id hash with a salt of its own."""
    return _hasher().hash(_normal(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Return whether the password belongs to the hash; without a hash the same work is done and the answer is no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    given = password if len(password) <= LONGEST else ""
    if password_hash is None:
        hashed(given)
        return False
    try:
        return _hasher().verify(password_hash, _normal(given))
    except (VerificationError, InvalidHashError):
        return False


def refreshed(password_hash: str, password: str) -> str:
    """Return the hash to keep from now on: the same, or a new one where it was made with weaker parameters."""
    return hashed(password) if _hasher().check_needs_rehash(password_hash) else password_hash


def check(password: str, name: str, key: str = "password") -> None:
    """Refuse a password that is easily guessed. Raises DeskError("password") with the field `key`."""
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST:
        problem = f"Kata sandi paling sedikit {SHORTEST} huruf atau angka. Beberapa kata bersambung mudah diingat."
    elif len(password) > LONGEST:
        problem = f"Kata sandi paling panjang {LONGEST} huruf."
    elif len(set(plain)) < MIN_DISTINCT:
        problem = "Kata sandi ini hanya mengulang huruf yang sama. Pilih yang lain."
    elif _letters(plain) in (_letters(name.casefold()), _letters(name.casefold())[::-1]):
        problem = "Kata sandi tidak boleh sama dengan nama pengguna."
    else:
        return
    raise DeskError("password", problem, fields={key: problem})


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def temporary() -> str:
    """Return a random password that can be read aloud: `kabutu-remiso-lagepo`."""
    drawn = [secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)]
    return "-".join("".join(drawn[start : start + 3]) for start in range(0, _SYLLABLES, 3))
