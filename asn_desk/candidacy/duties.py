"""The rows that the rules hand out: obligations and cautions, with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from asn_desk.regulations import due as due_dates
from asn_desk.regulations import schema
from asn_desk.regulations.packs import Library
from asn_desk.regulations.terms import OWES_CODES, OWES_WORDS, Owes

SOON = timedelta(days=7)


class DutyStatus(StrEnum):
    """How a duty stands on a given day."""

    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    COMING = "coming"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"


DUTY_WORDS = {
    DutyStatus.MET: "terpenuhi",
    DutyStatus.MET_LATE: "terpenuhi, terlambat",
    DutyStatus.LATE: "lewat tenggat",
    DutyStatus.DUE_TODAY: "hari ini",
    DutyStatus.DUE_SOON: "segera",
    DutyStatus.COMING: "belum waktunya",
    DutyStatus.WAITING: "menunggu tanggal",
    DutyStatus.NOT_APPLICABLE: "tidak berlaku",
}


@dataclass(frozen=True)
class Obligation:
    """One duty: who owes what to whom, by when, on which basis, how it stands. `letter`: code of the letter to make, or None.

    `due` does not depend on today; None while the trigger is unknown or the sources name no date (`by_when` says it in words).
    """

    id: str
    text: str
    debtor: Owes
    creditor: Owes
    by_when: str
    trigger: due_dates.Trigger | None
    due_date: due_dates.DueDate
    met_on: date | None
    status: DutyStatus
    basis: tuple[due_dates.Basis, ...]
    doubt: str
    letter: str | None
    rule: schema.Rule = field(repr=False, compare=False)
    library: Library = field(repr=False, compare=False)

    @cached_property
    def explanation(self) -> tuple[due_dates.ExplanationLine, ...]:
        """Return how the duty and its date came about; worked out when somebody asks."""
        return due_dates.explain(self.rule, self.basis, self.trigger, self.due_date, self.library)

    @property
    def owed_by(self) -> str:
        """Return who owes it, as the clerk reads it."""
        return OWES_WORDS[self.debtor]

    @property
    def owed_to(self) -> str:
        """Return to whom it is owed, as the clerk reads it."""
        return OWES_WORDS[self.creditor]

    @property
    def due(self) -> date | None:
        """Return the due date that drives the alarm: the strictest of all readings."""
        return self.due_date.due

    @property
    def other_readings(self) -> tuple[due_dates.Reading, ...]:
        """Return the due dates that other officials name."""
        return self.due_date.other_readings

    @property
    def doubtful(self) -> bool:
        """Return whether the mark `perlu diperiksa` must be shown."""
        return bool(self.doubt)

    def as_json(self) -> dict[str, Any]:
        """Return the duty as the command line prints it; dates in ISO form."""
        return {
            "id": self.id,
            "text": self.text,
            "owed_by": OWES_CODES[self.debtor],
            "owed_to": OWES_CODES[self.creditor],
            "trigger": self.trigger.code if self.trigger else None,
            "due": _iso(self.due),
            "status": self.status.value,
            "basis": [
                {"norm": row.norm, "article": row.article, "source": row.source, "confidence": row.confidence}
                for row in self.basis
            ],
            "other_readings": [{"due": _iso(row.due), "source": row.source} for row in self.other_readings],
        }


@dataclass(frozen=True)
class Caution:
    """Something the clerk must know, with its rule and basis."""

    id: str
    text: str
    basis: tuple[due_dates.Basis, ...]
    doubt: str


def status_on(due: date | None, met_on: date | None, today: date) -> DutyStatus:
    """Return how a duty stands on a day, from its due date and the day it was met."""
    if met_on is not None:
        return DutyStatus.MET if due is None or met_on <= due else DutyStatus.MET_LATE
    if due is None:
        return DutyStatus.WAITING
    if due < today:
        return DutyStatus.LATE
    if due == today:
        return DutyStatus.DUE_TODAY
    return DutyStatus.DUE_SOON if due <= today + SOON else DutyStatus.COMING


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
