"""Storing an import plan: all of it in the one transaction of the caller, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from asn_desk.database import audit
from asn_desk.database.search import folded
from asn_desk.database.search_loading import many_new_rows
from asn_desk.database.work import touched, work_of
from asn_desk.employees.model import Employee, EmployeeSearch, ImportRun, Posting
from asn_desk.employees.placement import folded_places, search_text
from asn_desk.employees.plans import Change, ImportPlan, KnownPerson, NewUnit, Person
from asn_desk.employees.postings import first_posting, next_posting
from asn_desk.employees.sheets import Cancelled, Progress, Ticker
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office import units
from asn_desk.office.model import Unit
from asn_desk.office.units import UnitValues
from asn_desk.topics import Topic

T = TypeVar("T")
_CHUNK = 500
_RECORDED = {"recorded": True}
_EMPLOYEES: Table = Employee.metadata.tables["employees"]
_POSTINGS: Table = Posting.metadata.tables["postings"]
_SEARCH: Table = EmployeeSearch.metadata.tables["employee_search"]
_STORED = tuple("unit_id" if name == "unit" else name for name in Person._fields)


@dataclass(frozen=True)
class ImportResult:
    """What was stored."""

    run_id: int | None
    added: int
    changed: int
    same: int
    gone: int
    refused: int
    units: int


def apply(
    session: Session, plan: ImportPlan, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportResult:
    """Store the plan and return what was done; a plan with nothing to do stores nothing, not even the run.

    Raises DeskError("plan_stale") when somebody changed the registry since the plan was made, and ImportCancelled;
    the caller's transaction is then rolled back and nothing has changed.
    """
    if plan.nothing_to_do:
        return ImportResult(None, 0, 0, plan.same, 0, len(plan.refused), 0)
    _check_fresh(session, plan)
    ticker = Ticker(len(plan.new) + len(plan.changed) + len(plan.missing), progress, cancelled)
    ticker.check()
    run = _record_run(session, plan)
    created = _create_units(session, plan)
    store = _Store(session, run.id, plan.today, created)
    with many_new_rows(session, EmployeeSearch.employee_id, EmployeeSearch.content):
        for additions in _chunks(plan.new):
            store.add([addition.person for addition in additions])
            ticker.step(len(additions))
    for changes in _chunks(plan.changed):
        store.change(changes)
        ticker.step(len(changes))
    for missing in _chunks(plan.missing):
        store.mark_gone(missing)
        ticker.step(len(missing))
    ticker.check()
    touched(session, Topic.EMPLOYEES, Topic.UNITS)
    return ImportResult(
        run.id, len(plan.new), len(plan.changed), plan.same, len(plan.missing), len(plan.refused), len(created)
    )


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _check_fresh(session: Session, plan: ImportPlan) -> None:
    """Raise when a person of the plan was changed, removed or added by somebody else since the plan was made."""
    seen = {one.known.id: one.known.version for one in plan.changed} | {one.id: one.version for one in plan.missing}
    new = {addition.person.key for addition in plan.new}
    now: dict[int, int] = {}
    for row in session.execute(select(Employee.id, Employee.version, Employee.nip, Employee.local_number)):
        if (row.nip or f"lokal:{row.local_number}") in new:
            raise _stale()
        now[row.id] = row.version
    if any(now.get(one) != version for one, version in seen.items()):
        raise _stale()


def _stale() -> DeskError:
    return DeskError(
        "plan_stale",
        "Data pegawai berubah sejak pratinjau dibuat. Tidak ada yang diimpor. Buat pratinjau lagi, periksa, lalu terapkan.",
    )


def _record_run(session: Session, plan: ImportPlan) -> ImportRun:
    hashes = [source.sha256 for source in plan.sources]
    work = work_of(session)
    run = ImportRun(
        file_name="; ".join(source.file for source in plan.sources)[:260],
        file_sha256=hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest(),
        applied_at=work.now,
        applied_by=work.actor,
        added=len(plan.new),
        changed=len(plan.changed) + len(plan.missing),
        unchanged=plan.same,
        refused=len(plan.refused),
    )
    session.add(run)
    session.flush()
    return run


def _create_units(session: Session, plan: ImportPlan) -> dict[NewUnit, int]:
    """Create the plan's units, each below its OPD when the file names one; an OPD nobody knows is created too."""
    wanted = [entry.unit for entry in plan.new_units]
    if not wanted:
        return {}
    known = {
        siasn_id.upper(): unit_id for siasn_id, unit_id in session.execute(select(Unit.siasn_id, Unit.id)) if siasn_id
    }
    created = {unit: known[unit.siasn_id.upper()] for unit in wanted if unit.siasn_id.upper() in known}
    fresh = [unit for unit in wanted if unit not in created]
    tops = [unit for unit in fresh if folded(unit.opd) == folded(unit.name)]
    rest = [unit for unit in fresh if unit not in set(tops)]
    created |= dict(zip(tops, units.create_units(session, [_opd(unit) for unit in tops]), strict=True))
    opds = _opds_by_name(session, rest)
    values = [UnitValues(unit.siasn_id, unit.name, opds.get(folded(unit.opd))) for unit in rest]
    created |= dict(zip(rest, units.create_units(session, values), strict=True))
    units.refresh_opds(session)
    return created


def _opd(unit: NewUnit) -> UnitValues:
    return UnitValues(unit.siasn_id, unit.name, is_opd=True)


def _opds_by_name(session: Session, below: Sequence[NewUnit]) -> dict[str, int]:
    """Return folded name -> id of the OPD that the units stand below, after creating those nobody knows."""
    found = {folded(name): unit_id for unit_id, name in units.opd_choices(session)}
    missing: dict[str, str] = {}
    for unit in below:
        key = folded(unit.opd)
        if key and key not in found:
            missing.setdefault(key, unit.opd)
    ids = units.create_units(session, [UnitValues("", name, is_opd=True) for name in missing.values()])
    return found | dict(zip(missing, ids, strict=True))


class _Store:
    """Writes people, their postings and their search text, with one entry of the trail per person."""

    def __init__(self, session: Session, run_id: int, today: date, created: dict[NewUnit, int]) -> None:
        self.session, self.run_id, self.today, self.created = session, run_id, today, created
        rows = session.execute(select(Unit.id, Unit.name, Unit.opd_id)).all()
        names = {row.id: row.name for row in rows}
        self._opd: dict[int, int | None] = {row.id: row.opd_id for row in rows}
        self._places = {row.id: folded_places(row.name, names.get(row.opd_id, "")) for row in rows}

    def add(self, people: list[Person]) -> None:
        rows = [self._row(person) | {"version": 1} for person in people]
        self.session.execute(insert(_EMPLOYEES), rows, execution_options=_RECORDED)
        ids = self._ids(people)
        postings, searches = [], []
        for person, row in zip(people, rows, strict=True):
            employee_id = ids[person.key]
            posting = first_posting(person, self.today) | self._posting_key(employee_id, row)
            postings.append(posting)
            searches.append({"employee_id": employee_id, "content": self._text(person, row)})
            after = row | {"import_run": self.run_id, "held_from": posting["held_from"], "source": posting["source"]}
            audit.record(self.session, "employees:imported", f"employees:{employee_id}", after=after)
        self.session.execute(insert(_POSTINGS), postings, execution_options=_RECORDED)
        self.session.execute(insert(_SEARCH), searches, execution_options=_RECORDED)

    def _ids(self, people: list[Person]) -> dict[str, int]:
        """Return the new people's ids by their key: on SQLite ten times cheaper than asking each INSERT for its id."""
        of_nip = Employee.nip.in_([person.nip for person in people if person.nip])
        of_local = Employee.local_number.in_([person.local_number for person in people if not person.nip])
        rows = self.session.execute(
            select(Employee.id, Employee.nip, Employee.local_number).where(or_(of_nip, of_local))
        )
        return {row.nip or f"lokal:{row.local_number}": row.id for row in rows}

    def change(self, changes: list[Change]) -> None:
        rows = []
        for change in changes:
            values = self._row(change.person)
            rows.append(
                values | {"of": change.known.id, "seen": change.known.version, "version": change.known.version + 1}
            )
        self._update(rows)
        self._move(changes, rows)
        searches = [
            {"of": row["of"], "content": self._text(change.person, row)}
            for change, row in zip(changes, rows, strict=True)
        ]
        statement = update(_SEARCH).where(_SEARCH.c.employee_id == bindparam("of"))
        self.session.execute(statement, searches, execution_options=_RECORDED)

    def mark_gone(self, missing: list[KnownPerson]) -> None:
        statement = update(_EMPLOYEES).where(_unchanged()).values(state=bindparam("to"), version=bindparam("next"))
        rows = [
            {"of": one.id, "seen": one.version, "next": one.version + 1, "to": EmploymentState.CHECK} for one in missing
        ]
        self._execute_exactly(statement, rows)
        for one in missing:
            audit.record(
                self.session, "employees:gone", f"employees:{one.id}",
                before={"state": one.person.state}, after={"state": EmploymentState.CHECK, "import_run": self.run_id},
            )  # fmt: skip

    def _update(self, rows: list[dict[str, Any]]) -> None:
        self._execute_exactly(update(_EMPLOYEES).where(_unchanged()), rows)

    def _execute_exactly(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        result = self.session.execute(statement, rows, execution_options=_RECORDED)
        assert isinstance(result, CursorResult)
        if result.rowcount not in (len(rows), -1):
            raise _stale()

    def _move(self, changes: list[Change], rows: list[dict[str, Any]]) -> None:
        """Close the posting of whoever moved and open the next one; record every change."""
        open_postings = self._open_postings([change.known.id for change in changes])
        closed, opened, corrected = [], [], []
        for change, row in zip(changes, rows, strict=True):
            current = open_postings.get(change.known.id)
            verb, posting = next_posting(change.known.person, change.person, current, self.today)
            if verb == "correct" and current is not None:
                corrected.append({"of": current.id, **posting})
            elif verb == "open":
                posting |= self._posting_key(change.known.id, row)
                opened.append(posting)
                if current is not None:
                    closed.append({"of": current.id, "until": posting["held_from"]})
            self._record_change(change, row, posting)
        self._write_postings(closed, opened, corrected)

    def _write_postings(
        self, closed: list[dict[str, Any]], opened: list[dict[str, Any]], corrected: list[dict[str, Any]]
    ) -> None:
        which = _POSTINGS.c.id == bindparam("of")
        if closed:
            self.session.execute(
                update(_POSTINGS).where(which).values(held_until=bindparam("until")),
                closed,
                execution_options=_RECORDED,
            )
        if opened:
            self.session.execute(insert(_POSTINGS), opened, execution_options=_RECORDED)
        if corrected:
            self.session.execute(update(_POSTINGS).where(which), corrected, execution_options=_RECORDED)

    def _open_postings(self, employee_ids: list[int]) -> dict[int, Any]:
        rows = self.session.execute(
            select(Posting.id, Posting.employee_id, Posting.held_from)
            .where(Posting.employee_id.in_(employee_ids), Posting.held_until.is_(None))
            .order_by(Posting.held_from)
        )
        return {row.employee_id: row for row in rows}

    def _record_change(self, change: Change, row: dict[str, Any], posting: dict[str, Any]) -> None:
        names = ["unit_id" if field.field == "unit" else field.field for field in change.fields]
        old = dict(zip(_STORED, change.known.person, strict=True))
        after = {name: row[name] for name in names} | {"import_run": self.run_id}
        if posting:
            after["posting"] = _spoken(posting)
        before = {name: old[name] for name in names}
        audit.record(self.session, "employees:changed", f"employees:{change.known.id}", before=before, after=after)

    def _row(self, person: Person) -> dict[str, Any]:
        row: dict[str, Any] = dict(zip(_STORED, person, strict=True))
        if isinstance(person.unit, NewUnit):
            row["unit_id"] = self.created[person.unit]
        row["opd_id"] = self._opd.get(row["unit_id"])
        row["sort_name"] = folded(person.name)
        return row

    def _text(self, person: Person, row: dict[str, Any]) -> str:
        number = person.nip or person.local_number or ""
        places = self._places.get(row["unit_id"], "")
        return search_text(person.name, person.title_front, person.title_back, number, person.post_name, places)

    def _posting_key(self, employee_id: int, row: dict[str, Any]) -> dict[str, Any]:
        return {"employee_id": employee_id, "unit_id": row["unit_id"], "held_until": None, "import_run_id": self.run_id}


def _unchanged() -> Any:
    return and_(_EMPLOYEES.c.id == bindparam("of"), _EMPLOYEES.c.version == bindparam("seen"))


def _spoken(posting: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in posting.items() if key not in ("employee_id", "import_run_id")}
