"""What may happen to an issued letter next, and what its files say of themselves. No database, no clock."""

from __future__ import annotations

from asn_desk.letters.terms import LetterStatus
from asn_desk.wording import Secrecy

STATUS_WORDS = {
    LetterStatus.ISSUED: "Terbit",
    LetterStatus.SIGNED: "Ditandatangani",
    LetterStatus.HANDED_OVER: "Diserahkan",
    LetterStatus.VOID: "Batal",
}

# Paper may be handed over before anybody noted that it was signed; a void letter stays void.
_NEXT = {
    LetterStatus.ISSUED: frozenset({LetterStatus.SIGNED, LetterStatus.HANDED_OVER, LetterStatus.VOID}),
    LetterStatus.SIGNED: frozenset({LetterStatus.HANDED_OVER, LetterStatus.VOID}),
    LetterStatus.HANDED_OVER: frozenset({LetterStatus.VOID}),
    LetterStatus.VOID: frozenset[LetterStatus](),
}


def allowed(status: LetterStatus) -> frozenset[LetterStatus]:
    """Return the states that a letter may be given from this one."""
    return _NEXT[status]


def secrecy_of(*, confidential: bool) -> Secrecy:
    """Return the class of a letter's files. It stands in their properties alone: what leaves the office carries no footer of ours."""
    return Secrecy.CONFIDENTIAL if confidential else Secrecy.OPEN


def open_title(kind_title: str, number: str) -> str:
    """Return what a confidential letter is called where anybody may read it: its kind and number, and nobody's name."""
    return f"{kind_title} Nomor {number}" if number else kind_title
