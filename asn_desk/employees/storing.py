"""Writing the people of an import: registry row, posting, search text and trail, in bulk."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from asn_desk.database import audit
from asn_desk.database.bulk import BulkInsert
from asn_desk.database.search import folded
from asn_desk.employees.model import Employee, EmployeeSearch, ImportMark, Posting, PrivateData
from asn_desk.employees.placement import folded_places, search_text
from asn_desk.employees.plans import PRIVATE, Addition, Change, KnownPerson, Marked, NewUnit, Person
from asn_desk.employees.postings import first_posting, next_posting
from asn_desk.employees.search_words import note_words
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit

_RECORDED = {"recorded": True}
_EMPLOYEES: Table = Employee.metadata.tables["employees"]
_POSTINGS: Table = Posting.metadata.tables["postings"]
_SEARCH: Table = EmployeeSearch.metadata.tables["employee_search"]
_MARKS: Table = ImportMark.metadata.tables["import_marks"]
_PRIVATE: Table = PrivateData.metadata.tables["employee_private"]
_STORED = tuple("unit_id" if name == "unit" else name for name in Person._fields)
_ROW = (*_STORED, "opd_id", "sort_name", "version")
_POSTING = ("post_name", "post_class", "grade", "held_from", "source")
_UNIT, _KEYED = Person._fields.index("unit"), ("employee_id", "unit_id", "held_until", "import_run_id")


def stale() -> DeskError:
    """Return the refusal of a plan that was made on other data."""
    return DeskError(
        "plan_stale",
        "Data pegawai berubah sejak pratinjau dibuat. Tidak ada yang diimpor. Buat pratinjau lagi, periksa, lalu terapkan.",
    )


class Store:
    """Writes people, their postings and their search text. New people are on the trail by chunks, changed ones singly."""

    def __init__(
        self, session: Session, run_id: int, today: date, created: dict[NewUnit, int], context: bytes = b""
    ) -> None:
        self.session, self.run_id, self.today, self.created, self._context = session, run_id, today, created, context
        rows = session.execute(select(Unit.id, Unit.name, Unit.opd_id)).all()
        names = {row.id: row.name for row in rows}
        self._opd: dict[int | None, int | None] = {row.id: row.opd_id for row in rows}
        self._places = {row.id: folded_places(row.name, names.get(row.opd_id, "")) for row in rows}
        self._people = BulkInsert(session, _EMPLOYEES, _ROW)
        self._held = BulkInsert(session, _POSTINGS, (*_POSTING, *_KEYED))
        self._texts = BulkInsert(session, _SEARCH, ("employee_id", "content"))
        self._marks = BulkInsert(session, _MARKS, ("employee_id", "version", "context", "digest"))
        self._private = BulkInsert(session, _PRIVATE, ("employee_id", "content"))
        self._noted: set[str] = set()
        note_words(session, names.values(), seen=self._noted)

    def add(self, additions: list[Addition]) -> list[int]:
        """Store new people and return their ids."""
        people = [addition.person for addition in additions]
        rows = [self._values(person, 1) for person in people]
        stored = self._people.stored(rows)
        ids = self._inserted(people, stored)
        self._note(people)
        postings = [
            (*first_posting(person, self.today).values(), one, row[_UNIT], None, self.run_id)
            for one, person, row in zip(ids, people, rows, strict=True)
        ]
        held = self._held.stored(postings)
        self._held.insert(held)
        self._texts.insert(
            [(one, self._text(person, row[_UNIT])) for one, person, row in zip(ids, people, rows, strict=True)]
        )
        self._mark([Marked(one, 1, entry.digest) for one, entry in zip(ids, additions, strict=True) if entry.digest])
        self._private.insert([(one, entry.private) for one, entry in zip(ids, additions, strict=True) if entry.private])
        after = {
            "import_run": self.run_id, "ids": ids, "columns": self._people.keys, "rows": stored,
            "posting_columns": self._held.keys, "postings": held,
        }  # fmt: skip
        audit.record(self.session, "employees:imported", f"import_runs:{self.run_id}", after=after)
        return ids

    def _inserted(self, people: list[Person], stored: list[tuple[Any, ...]]) -> list[int]:
        """Insert people and return their ids: asking once afterwards is ten times cheaper than asking each INSERT."""
        before = self.session.scalar(select(func.coalesce(func.max(Employee.id), 0)))
        self._people.insert(stored)
        rows = self.session.execute(
            select(Employee.id, Employee.nip, Employee.local_number).where(Employee.id > before)
        )
        ids = {nip or f"lokal:{local}": one for one, nip, local in rows}
        return [ids[person.key] for person in people]

    def change(self, changes: list[Change]) -> None:
        """Store changed people; the old posting is closed when they moved."""
        rows = []
        for change in changes:
            values = dict(zip(_ROW, self._values(change.person, change.known.version + 1), strict=True))
            rows.append(values | {"of": change.known.id, "seen": change.known.version})
        self._execute_exactly(update(_EMPLOYEES).where(_unchanged()), rows)
        self._move(changes, rows)
        self._note([change.person for change in changes])
        searches = [
            {"of": row["of"], "content": self._text(change.person, row["unit_id"])}
            for change, row in zip(changes, rows, strict=True)
        ]
        statement = update(_SEARCH).where(_SEARCH.c.employee_id == bindparam("of"))
        self.session.execute(statement, searches, execution_options=_RECORDED)
        self.mark(
            [Marked(one.known.id, one.known.version + 1, one.digest) for one in changes],
        )
        self._store_private([(one.known.id, one.private) for one in changes if one.private])

    def mark_gone(self, missing: list[KnownPerson]) -> None:
        """Mark people whom a full file no longer names as to be checked."""
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

    def mark(self, marked: list[Marked]) -> None:
        """Note which rows these people were read from, in place of what was noted before."""
        old = delete(_MARKS).where(_MARKS.c.employee_id == bindparam("of"))
        if marked:
            self.session.execute(old, [{"of": one.employee_id} for one in marked], execution_options=_RECORDED)
        self._mark([one for one in marked if one.digest])

    def _note(self, people: list[Person]) -> None:
        texts = {person.post_name for person in people}
        note_words(self.session, (*texts, *(person.name for person in people)), seen=self._noted)

    def _mark(self, marked: list[Marked]) -> None:
        self._marks.insert([(one.employee_id, one.version, self._context, one.digest) for one in marked])

    def _store_private(self, found: list[tuple[int, str]]) -> None:
        if found:
            old = delete(_PRIVATE).where(_PRIVATE.c.employee_id == bindparam("of"))
            self.session.execute(old, [{"of": one} for one, _ in found], execution_options=_RECORDED)
            self._private.insert(found)

    def _execute_exactly(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        result = self.session.execute(statement, rows, execution_options=_RECORDED)
        assert isinstance(result, CursorResult)
        if result.rowcount not in (len(rows), -1):
            raise stale()

    def _move(self, changes: list[Change], rows: list[dict[str, Any]]) -> None:
        """Close the posting of whoever moved and open the next one; record every change."""
        open_postings = self._open_postings([change.known.id for change in changes])
        closed, opened, corrected = [], [], []
        for change, row in zip(changes, rows, strict=True):
            current = open_postings.get(change.known.id)
            verb, posting = next_posting(change.known.person, change.person, current, self.today)
            if verb == "correct" and current is not None:
                corrected.append({"of": current.id, **posting})
            elif verb == "keep" and current is not None and _ends(change):
                closed.append({"of": current.id, "until": max(self.today, current.held_from)})
            elif verb == "open":
                posting |= dict(zip(_KEYED, (change.known.id, row["unit_id"], None, self.run_id), strict=True))
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
            statement = update(_POSTINGS).where(which).values(held_until=bindparam("until"))
            self.session.execute(statement, closed, execution_options=_RECORDED)
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
        names = [
            "unit_id" if field.field == "unit" else field.field for field in change.fields if field.field != PRIVATE
        ]
        old = dict(zip(_STORED, change.known.person, strict=True))
        after = {name: row[name] for name in names} | {"import_run": self.run_id}
        if posting:
            after["posting"] = {
                key: value for key, value in posting.items() if key not in ("employee_id", "import_run_id")
            }
        before = {name: old[name] for name in names}
        audit.record(self.session, "employees:changed", f"employees:{change.known.id}", before=before, after=after)

    def _values(self, person: Person, version: int) -> tuple[Any, ...]:
        unit = person.unit
        if isinstance(unit, NewUnit):
            unit = self.created[unit]
            person = person._replace(unit=unit)
        return (*person, self._opd.get(unit), folded(person.name), version)

    def _text(self, person: Person, unit: int | None) -> str:
        number = person.nip or person.local_number or ""
        places = self._places.get(unit, "")
        return search_text(person.name, person.title_front, person.title_back, number, person.post_name, places)


def _ends(change: Change) -> bool:
    """Whether somebody no longer serves by this change: then the post is no longer held."""
    ended = EmploymentState.ENDED
    return change.person.state is ended and change.known.person.state is not ended


def _unchanged() -> Any:
    return and_(_EMPLOYEES.c.id == bindparam("of"), _EMPLOYEES.c.version == bindparam("seen"))
