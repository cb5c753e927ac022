"""How the states of letters and numbers look."""

from __future__ import annotations

from typing import Any

from asn_desk.letters.rules import STATUS_WORDS
from asn_desk.letters.terms import LetterStatus, RegisterStatus
from ui.shared.widgets import Chip

_KINDS: dict[LetterStatus, Any] = {
    LetterStatus.ISSUED: "coming",
    LetterStatus.SIGNED: "done",
    LetterStatus.HANDED_OVER: "done",
    LetterStatus.VOID: "neutral",
}
_SIGNS = {LetterStatus.HANDED_OVER: "check-circle", LetterStatus.VOID: "close"}


def status_chip(status: LetterStatus) -> Chip:
    """Return the chip of a letter's state."""
    return Chip(STATUS_WORDS[status], _KINDS[status], _SIGNS.get(status))


def register_chip(status: RegisterStatus) -> Chip:
    """Return the chip of a number's state."""
    if status is RegisterStatus.RESERVED:
        return Chip("Dicadangkan", "coming")
    return Chip("Terpakai", "done") if status is RegisterStatus.USED else Chip("Batal", "neutral", "close")
