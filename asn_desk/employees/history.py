"""What changed about a person and when: posts, ranks and units from their postings, kind and status from the trail.

Nothing is kept twice: the trail already holds every change of kind and status with its day and source, and cannot be altered.
What an import changed and was taken back with it never held, as with the postings, which go with the import.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.employees.model import Employee, ImportRun, Posting
from asn_desk.employees.postings import FROM_POST, source_words
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit

_CREATED, _TAKEN_BACK = "employees:created", "employees:import_undone"


class What(StrEnum):
    """What changed."""

    POST = "jabatan"
    UNIT = "unit kerja"
    GRADE = "golongan"
    KIND = "jenis pegawai"
    STATE = "status"


@dataclass(frozen=True)
class HistoryRow:
    """One change: from which day, what, the old value (empty at first) and the new one, where it came from, when it was recorded."""

    on: date
    what: What
    old: str
    new: str
    source: str
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class StandingOn:
    """Kind and status of a person as the registry had them at the end of a day; not `certain` before the first record."""

    kind: EmployeeKind
    state: EmploymentState
    certain: bool = True


@dataclass(frozen=True)
class _Standing:
    """Kind and status from a day on, as one entry of the trail left them."""

    on: date
    kind: EmployeeKind
    state: EmploymentState
    source: str
    at: datetime | None


@dataclass(frozen=True)
class _Entry:
    """One entry of the trail about the person; `run` is the import that made it, 0 for a change by hand."""

    on: date
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    actor: str
    action: str

    @property
    def run(self) -> int:
        found = self.after.get("import_run", 0)
        return found if isinstance(found, int) else 0


def history(session: Session, employee_id: int) -> list[HistoryRow]:
    """Return all changes of a person, the newest first. Raises DeskError("not_allowed" | "employee_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    person = _loaded(session, employee_id)
    steps = [*_of_postings(session, employee_id), *_of_standings(_standings(session, person))]
    oldest_first = sorted((step for step in steps if step), key=lambda step: step[0].on)
    return [row for step in reversed(oldest_first) for row in step]


def standing_on(session: Session, employee_id: int, day: date) -> StandingOn:
    """Return kind and status on a day; before the first record the first known ones stand in.

    Raises DeskError("not_allowed" | "employee_missing").
    """
    require(session, Action.SEE_EMPLOYEES)
    person = _loaded(session, employee_id)
    entries = _entries(session, employee_id)
    values = _values_before(person, [one for one in entries if one.on > day])
    first = _first(session, employee_id, entries)
    certain = first is not None and _day(first[0]) <= day
    return StandingOn(EmployeeKind(values["kind"]), EmploymentState(values["state"]), certain)


def kind_on(session: Session, person: Employee, day: date) -> EmployeeKind:
    """Return what somebody was on a day, for letters of that day; whoever calls has asked for the right."""
    later = [one for one in _entries(session, person.id) if one.on > day]
    return EmployeeKind(_values_before(person, later)["kind"])


def _of_postings(session: Session, employee_id: int) -> Iterator[list[HistoryRow]]:
    """Yield what changed with each posting, oldest first."""
    rows = session.execute(
        select(Posting, Unit.name, ImportRun.file_name, ImportRun.applied_at)
        .outerjoin(Unit, Unit.id == Posting.unit_id)
        .outerjoin(ImportRun, ImportRun.id == Posting.import_run_id)
        .where(Posting.employee_id == employee_id)
        .order_by(Posting.held_from, Posting.id)
    )
    before = ("", "", "")
    for posting, unit, file, at in rows:
        now = (posting.post_name, unit or "", posting.grade)
        source = source_words(posting.source, file or "")
        yield [
            HistoryRow(posting.held_from, what, old, new, source, at)
            for what, old, new in zip((What.POST, What.UNIT, What.GRADE), before, now, strict=True)
            if old != new
        ]
        before = now


def _of_standings(standings: list[_Standing]) -> Iterator[list[HistoryRow]]:
    before = ("", "")
    for one in standings:
        now = (KIND_WORDS[one.kind], STATE_WORDS[one.state])
        yield [
            HistoryRow(one.on, what, old, new, one.source, one.at)
            for what, old, new in zip((What.KIND, What.STATE), before, now, strict=True)
            if old != new
        ]
        before = now


def _standings(session: Session, person: Employee) -> list[_Standing]:
    """Return kind and status over time, oldest first: the first record, then every change of the trail."""
    entries = _entries(session, person.id)
    files = _file_names(session, {one.run for one in entries} - {0})
    values = _values_before(person, entries)
    found = []
    if first := _first(session, person.id, entries):
        at, source = first
        found.append(_standing(_day(at), values, source, at))
    for entry in entries:
        after = {name: entry.after[name] for name in values if entry.after.get(name) is not None}
        if after and entry.action != _CREATED:
            values |= after
            source = source_words(FROM_POST, files.get(entry.run, "")) if entry.run else _by_hand(entry.actor)
            found.append(_standing(entry.on, values, source, entry.at))
    return found


def _values_before(person: Employee, entries: list[_Entry]) -> dict[str, Any]:
    """Return kind and status as they were before these entries, by taking them back from the newest on."""
    values: dict[str, Any] = {"kind": person.kind, "state": person.state}
    for entry in reversed(entries):
        values |= {name: entry.before[name] for name in values if entry.before.get(name) is not None}
    return values


def _standing(on: date, values: dict[str, Any], source: str, at: datetime) -> _Standing:
    return _Standing(on, EmployeeKind(values["kind"]), EmploymentState(values["state"]), source, at)


def _day(at: datetime) -> date:
    """Return the day of a moment as the office's calendar has it; moments are kept in UTC."""
    return at.astimezone().date()


def _first(session: Session, employee_id: int, entries: list[_Entry]) -> tuple[datetime, str] | None:
    """Return when and from where the person came into the registry: by hand, or with the import of the first posting."""
    by_hand = next((one for one in entries if one.action == _CREATED), None)
    if by_hand is not None:
        return by_hand.at, _by_hand(by_hand.actor)
    row = session.execute(
        select(ImportRun.applied_at, ImportRun.file_name)
        .join(Posting, Posting.import_run_id == ImportRun.id)
        .where(Posting.employee_id == employee_id)
        .order_by(Posting.id)
        .limit(1)
    ).first()
    return (row.applied_at, source_words(FROM_POST, row.file_name)) if row else None


def _entries(session: Session, employee_id: int) -> list[_Entry]:
    """Return the trail's entries about the person in order, without what an import changed and was taken back with it.

    An import is taken back only while it is the last to have changed the person, so its entry is the last of an import.
    """
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.before, AuditEntry.after, AuditEntry.actor, AuditEntry.action)
        .where(AuditEntry.subject == f"employees:{employee_id}")
        .order_by(AuditEntry.seq)
    )
    kept: list[_Entry] = []
    for said, before, after, actor, action in rows:
        at = datetime.fromisoformat(said)
        entry = _Entry(_day(at), at, json.loads(before), json.loads(after), actor, action)
        if action != _TAKEN_BACK:
            kept.append(entry)
        elif undone := next((one for one in reversed(kept) if one.run), None):
            kept.remove(undone)
    return kept


def _file_names(session: Session, runs: set[int]) -> dict[int, str]:
    if not runs:
        return {}
    rows = session.execute(select(ImportRun.id, ImportRun.file_name).where(ImportRun.id.in_(runs)))
    return {row.id: row.file_name for row in rows}


def _by_hand(actor: str) -> str:
    return f"diisi tangan oleh {actor}"


def _loaded(session: Session, employee_id: int) -> Employee:
    person = session.get(Employee, employee_id)
    if person is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    return person
