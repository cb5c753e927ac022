"""Who a circular is for, which mark may follow which, and how progress is counted. No database, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import KIND_WORDS
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

__all__ = [
    "ASN_KINDS",
    "KIND_WORDS",
    "METHOD_WORDS",
    "STATUS_WORDS",
    "AckMethod",
    "AckStatus",
    "Audience",
    "EmployeeKind",
    "EmploymentState",
    "Tally",
    "allowed",
    "audience_hash",
    "audience_text",
    "check_audience",
    "check_day",
    "check_mark",
    "standing",
]

ASN_KINDS = (EmployeeKind.PNS, EmployeeKind.CPNS, EmployeeKind.PPPK, EmployeeKind.PPPK_PW)

STATUS_WORDS = {
    AckStatus.WAITING: "Menunggu",
    AckStatus.SIGNED: "Ditandatangani",
    AckStatus.REFUSED: "Menolak",
    AckStatus.UNREACHABLE: "Tidak ditemui",
}
METHOD_WORDS = {AckMethod.CODE: "Kode lembar", AckMethod.BY_HAND: "Dicatat manual"}

_as_line = json.JSONEncoder(ensure_ascii=False).encode

# A signature is final until its mark is undone; whoever refused or was away may still sign.
_NEXT = {
    AckStatus.WAITING: frozenset({AckStatus.SIGNED, AckStatus.REFUSED, AckStatus.UNREACHABLE}),
    AckStatus.UNREACHABLE: frozenset({AckStatus.SIGNED, AckStatus.REFUSED}),
    AckStatus.REFUSED: frozenset({AckStatus.SIGNED}),
    AckStatus.SIGNED: frozenset[AckStatus](),
}


@dataclass(frozen=True)
class Audience:
    """Who a circular is for. `opd_ids` None means the whole office; people who left are never among them.

    Non-ASN staff take part only where the office says so (SE MenPANRB 1/2023), hence not by default.
    """

    opd_ids: tuple[int, ...] | None = None
    kinds: tuple[EmployeeKind, ...] = ASN_KINDS
    states: tuple[EmploymentState, ...] = (EmploymentState.ACTIVE,)


@dataclass(frozen=True)
class Tally:
    """Progress in numbers: how many people, and how many of them signed, refused or were not found."""

    total: int = 0
    signed: int = 0
    refused: int = 0
    unreachable: int = 0

    @property
    def waiting(self) -> int:
        """Return how many have no mark yet."""
        return self.total - self.signed - self.refused - self.unreachable

    @property
    def missing(self) -> int:
        """Return how many have not signed, for whatever reason."""
        return self.total - self.signed

    @property
    def percent(self) -> int:
        """Return the signed share in whole percent, rounded down: 100 means everybody."""
        return 100 if self.total == 0 else self.signed * 100 // self.total


def check_audience(audience: Audience) -> None:
    """Raise DeskError("audience_empty") when nothing is chosen for one of the parts."""
    if audience.opd_ids is not None and not audience.opd_ids:
        sentence = "Pilih paling sedikit satu OPD, atau pilih seluruh kantor."
        raise DeskError("audience_empty", sentence, fields={"opd_ids": sentence})
    if not audience.kinds or not audience.states:
        sentence = "Pilih paling sedikit satu jenis pegawai."
        raise DeskError("audience_empty", sentence, fields={"kinds": sentence})


def audience_text(audience: Audience, count: int, fingerprint: str) -> str:
    """Return the frozen audience as JSON for the version's row: the rule, how many people, and their hash."""
    rule = {
        "opd_ids": None if audience.opd_ids is None else sorted(audience.opd_ids),
        "kinds": [kind.value for kind in audience.kinds],
        "states": [state.value for state in audience.states],
    }
    return json.dumps({**rule, "count": count, "sha256": fingerprint}, sort_keys=True)


def audience_hash(rows: Iterable[tuple[int, int | None, int | None, str, str]]) -> str:
    """Return the SHA-256 (hex) of the frozen people: (employee, unit, OPD, post, code), in any order."""
    lines = sorted(map(_as_line, rows))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def allowed(status: AckStatus, *, closed: bool = False) -> frozenset[AckStatus]:
    """Return which marks may follow; none once the circular is closed."""
    return frozenset() if closed else _NEXT[status]


def check_mark(before: AckStatus, after: AckStatus, note: str) -> None:
    """Raise DeskError when this mark may not follow, or lacks the reason it needs."""
    if after not in _NEXT[before]:
        raise DeskError(
            "not_allowed",
            f"Status {STATUS_WORDS[before]} tidak dapat menjadi {STATUS_WORDS[after]}. "
            "Batalkan dulu catatan yang salah dengan alasan, lalu catat yang benar.",
        )
    if after is AckStatus.REFUSED and not note.strip():
        sentence = "Tulis alasan penolakan dan siapa saksinya."
        raise DeskError("note_missing", sentence, fields={"note": sentence})


def check_day(on: date, earliest: date, today: date) -> None:
    """Raise DeskError("day") for a mark in the future or from before the circular existed."""
    if on > today:
        sentence = f"Tanggal tidak boleh sesudah hari ini ({long_date(today)})."
    elif on < earliest:
        sentence = f"Tanggal tidak boleh sebelum surat edaran ada ({long_date(earliest)})."
    else:
        return
    raise DeskError("day", sentence, fields={"on": sentence})


def standing(marks: Iterable[tuple[AckStatus, date]]) -> tuple[AckStatus, date | None]:
    """Return the status and its date that follow from the marks still valid, oldest first."""
    status: AckStatus = AckStatus.WAITING
    day: date | None = None
    for status, on in marks:
        day = on if status is AckStatus.SIGNED else None
    return status, day
