"""What changed about a person and when: posts, ranks and units from their postings, kind and status from the trail."""

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
from asn_desk.database.audit import AuditEntry
from asn_desk.database.work import work_of
from asn_desk.employees.model import Employee, ImportRun, Posting
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit

_SOURCES = {
    "impor": "impor",
    "impor: tmt kerja": "impor, sejak TMT CPNS/PPPK karena TMT jabatan tidak ada",
    "impor: hari impor": "impor, sejak hari impor karena TMT tidak ada",
    "isian": "diisi tangan",
    "gabungan unit": "penggabungan unit kerja",
}


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
    """Kind and status of a person as the registry had them at the end of a day."""

    kind: EmployeeKind
    state: EmploymentState


def history(session: Session, employee_id: int) -> list[HistoryRow]:
    """Return all changes of a person, the newest first. Raises DeskError("not_allowed" | "employee_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    _loaded(session, employee_id)
    rows = [*_of_postings(session, employee_id), *_of_trail(session, employee_id)]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def standing_on(session: Session, employee_id: int, day: date) -> StandingOn:
    """Return kind and status on a day, by taking later changes back. Raises DeskError("not_allowed" | "employee_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    person = _loaded(session, employee_id)
    values: dict[str, Any] = {"kind": person.kind, "state": person.state}
    for on, before, _after, _source, _at in reversed(list(_recorded(session, employee_id))):
        if on > day:
            values |= {name: before[name] for name in values if before.get(name) is not None}
    return StandingOn(EmployeeKind(values["kind"]), EmploymentState(values["state"]))


def _of_postings(session: Session, employee_id: int) -> Iterator[HistoryRow]:
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
        words = _SOURCES.get(posting.source, posting.source)
        source = f"{words} ({file})" if file else words
        for what, old, new in zip((What.POST, What.UNIT, What.GRADE), before, now, strict=True):
            if old != new:
                yield HistoryRow(posting.held_from, what, old, new, source, at)
        before = now


def _of_trail(session: Session, employee_id: int) -> Iterator[HistoryRow]:
    for on, before, after, source, at in _recorded(session, employee_id):
        if after.get("kind") and before.get("kind"):
            old, new = EmployeeKind(before["kind"]), EmployeeKind(after["kind"])
            yield HistoryRow(on, What.KIND, KIND_WORDS[old], KIND_WORDS[new], source, at)
        if after.get("state") and before.get("state"):
            state, next_state = EmploymentState(before["state"]), EmploymentState(after["state"])
            yield HistoryRow(on, What.STATE, STATE_WORDS[state], STATE_WORDS[next_state], source, at)


def _recorded(
    session: Session, employee_id: int
) -> Iterator[tuple[date, dict[str, Any], dict[str, Any], str, datetime]]:
    """Yield the trail's changes of this person: local day, before, after, source, moment."""
    entries = session.execute(
        select(AuditEntry.at, AuditEntry.before, AuditEntry.after, AuditEntry.actor)
        .where(AuditEntry.subject == f"employees:{employee_id}")
        .order_by(AuditEntry.seq)
    )
    zone = work_of(session).now.tzinfo
    for said, before, after, actor in entries:
        at = datetime.fromisoformat(said)
        old, new = json.loads(before), json.loads(after)
        source = f"impor nomor {new['import_run']}" if "import_run" in new else f"diisi {actor}"
        yield at.astimezone(zone).date(), old, new, source, at


def _loaded(session: Session, employee_id: int) -> Employee:
    person = session.get(Employee, employee_id)
    if person is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    return person
