"""What may happen to an issued letter next. No database, no clock."""

from __future__ import annotations

from asn_desk.letters.terms import LetterStatus

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
