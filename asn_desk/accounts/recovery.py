"""The code of the recovery sheet: drawn, written in groups, checked group by group when it is typed back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from asn_desk.errors import DeskError

SIGNS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""31 signs (a prime number) that are not mistaken for each other on paper: no 0, O, I, L or U."""
GROUPS, DRAWN = 8, 4
"""Eight groups of four random signs and one that checks them: 158 bits."""
ASKED = 2
_LOOKALIKES = str.maketrans("IL", "11")


def new_code() -> str:
    """Return a fresh code in its normal form, groups joined by `-`."""
    drawn = ("".join(secrets.choice(SIGNS) for _ in range(DRAWN)) for _ in range(GROUPS))
    return "-".join(signs + _check_sign(place, signs) for place, signs in enumerate(drawn))


def groups(code: str) -> list[str]:
    """Return the groups of a code in its normal form."""
    return code.split("-")


def normal(typed: str) -> str:
    """Return a typed code in its normal form; spaces, dashes and small letters do not matter.

    Raises DeskError("recovery_code") that says which group is mistyped, or how many signs are missing.
    """
    signs = _signs(typed)
    wanted = GROUPS * (DRAWN + 1)
    if len(signs) != wanted:
        raise _refused(f"Kode pemulihan terdiri atas {wanted} huruf dan angka; yang diketik {len(signs)}.")
    parts = [signs[start : start + DRAWN + 1] for start in range(0, wanted, DRAWN + 1)]
    for place, part in enumerate(parts):
        if not is_right(place, part):
            raise _refused(f"Kelompok ke-{place + 1} ({part}) salah ketik. Cocokkan dengan lembar pemulihan.")
    return "-".join(parts)


def is_right(place: int, group: str) -> bool:
    """Return whether a group's check sign fits, at its place (from 0): mistyped and swapped signs and groups are found."""
    return len(group) == DRAWN + 1 and set(group) <= set(SIGNS) and group[-1] == _check_sign(place, group[:-1])


def asked_places() -> tuple[int, ...]:
    """Return which groups (from 0) the office is to type back from the printed sheet."""
    return tuple(sorted(secrets.SystemRandom().sample(range(GROUPS), ASKED)))


def confirm(code: str, typed: Mapping[int, str]) -> None:
    """Refuse unless at least two groups were typed back as they are on the sheet. Raises DeskError("recovery_code")."""
    parts = groups(code)
    wrong = [place for place, group in typed.items() if not 0 <= place < GROUPS or _signs(group) != parts[place]]
    if wrong:
        fields = {f"group_{place}": "Tidak sama dengan lembar pemulihan." for place in wrong}
        places = ", ".join(str(place + 1) for place in wrong)
        raise _refused(f"Kelompok ke-{places} tidak sama dengan lembar pemulihan. Baca lagi dari kertasnya.", fields)
    if len(typed) < ASKED:
        raise _refused(f"Ketik kembali {ASKED} kelompok dari lembar pemulihan yang sudah dicetak.")


def _signs(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if not sign.isspace() and sign != "-").translate(_LOOKALIKES)


def _check_sign(place: int, signs: str) -> str:
    weighed = sum((weight + 2) * SIGNS.index(sign) for weight, sign in enumerate(signs))
    return SIGNS[(weighed + 7 * place) % len(SIGNS)]


def _refused(sentence: str, fields: Mapping[str, str] | None = None) -> DeskError:
    return DeskError("recovery_code", sentence, fields=fields or {"code": sentence})
