"""Writing the people of an import: registry row, posting, search text and trail, in bulk."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from asn_desk.database.bulk import BulkInsert
from asn_desk.database.search import folded
from asn_desk.database.search_spelling import words_of
from asn_desk.database.trail import audit, written
from asn_desk.employees.imports.newcomers import Newcomers
from asn_desk.employees.imports.plans import PRIVATE, Addition, Change, KnownPerson, Marked, NewUnit, Person
from asn_desk.employees.model import Employee, EmployeeSearch, ImportMark, Posting, PrivateData
from asn_desk.employees.placement import folded_places, search_text
from asn_desk.employees.postings import held_until, next_posting
from asn_desk.employees.search_words import forget_words, note_words
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
_KEYED = ("employee_id", "unit_id", "held_until", "import_run_id")


def stale() -> DeskError:
    """Return the refusal of a plan that was made on other data."""
    return DeskError(
        "plan_stale",
        "Data pegawai berubah sejak pratinjau dibuat. Tidak ada yang diimpor. Buat pratinjau lagi, periksa, lalu terapkan.",
    )


class Store:
    """Writes people, their postings and their search text. New people are on the trail by chunks, changed ones singly."""

    tables = (_EMPLOYEES, _POSTINGS)

    def __init__(
        self, session: Session, run_id: int, today: date, created: dict[NewUnit, int], context: bytes = b""
    ) -> None:
        self.session, self.run_id, self.today, self.created, self._context = session, run_id, today, created, context
        rows = session.execute(select(Unit.id, Unit.name, Unit.opd_id)).all()
        names = {row.id: row.name for row in rows}
        self._opd: dict[int | None, int | None] = {row.id: row.opd_id for row in rows}
        self._places = {row.id: folded_places(row.name, names.get(row.opd_id, "")) for row in rows}
        self._newcomers = Newcomers(session, run_id, today, created, self._opd, self._places, context)
        self._marks = BulkInsert(session, _MARKS, ("employee_id", "version", "context", "digest"))
        self._private = BulkInsert(session, _PRIVATE, ("employee_id", "content"))
        self._noted: set[str] = set()
        self._noted_units: set[int | None] = set()
        self._lost: set[str] = set()

    def add(self, additions: list[Addition]) -> list[int]:
        """Store new people and return their ids."""
        return self._newcomers.add(additions)

    def change(self, changes: list[Change]) -> None:
        """Store changed people; the old posting is closed when they moved."""
        rows = []
        for change in changes:
            values = dict(zip(_ROW, self._values(change.person, change.known.version + 1), strict=True))
            rows.append(values | {"of": change.known.id, "seen": change.known.version})
        self._execute_exactly(update(_EMPLOYEES).where(_unchanged()), rows)
        self._move(changes, rows)
        self._note([change.person for change in changes], {row["unit_id"] for row in rows})
        self._lost.update(text for change, row in zip(changes, rows, strict=True) for text in self._left(change, row))
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

    def finish(self) -> None:
        """Let go of the words that only the former names, posts and units of changed people had; the last thing done."""
        forget_words(self.session, words_of(*self._lost))

    def _note(self, people: list[Person], unit_ids: set[int | None]) -> None:
        fresh = unit_ids - self._noted_units
        self._noted_units |= fresh
        texts = {person.post_name for person in people}
        places = [self._places.get(unit, "") for unit in fresh]
        note_words(self.session, (*texts, *places, *(person.name for person in people)), seen=self._noted)

    def _left(self, change: Change, row: dict[str, Any]) -> tuple[str, ...]:
        """Return what a changed person's search text no longer says, folded."""
        old = change.known.person
        before = (folded(old.name), folded(old.post_name), self._places.get(cast("int | None", old.unit), ""))
        now = (folded(change.person.name), folded(change.person.post_name), self._places.get(row["unit_id"], ""))
        return tuple(text for text, other in zip(before, now, strict=True) if text != other)

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
            if verb == "open":
                until = held_until(change.person, posting["held_from"], self.today)
                posting |= dict(zip(_KEYED, (change.known.id, row["unit_id"], until, self.run_id), strict=True))
                opened.append(posting)
                if current is not None:
                    closed.append({"of": current.id, "until": posting["held_from"]})
            elif current is not None and change.person.state is EmploymentState.ENDED:
                closed.append({"of": current.id, "until": held_until(change.person, current.held_from, self.today)})
            self._record_change(change, row, posting)
        self._write_postings(closed, opened, corrected)
        self._record_rows(rows, closed, opened, corrected)

    def _write_postings(
        self, closed: list[dict[str, Any]], opened: list[dict[str, Any]], corrected: list[dict[str, Any]]
    ) -> None:
        which = _POSTINGS.c.id == bindparam("of")
        if closed:
            statement = update(_POSTINGS).where(which).values(held_until=bindparam("until"))
            self.session.execute(statement, closed, execution_options=_RECORDED)
        if opened:
            inserting = insert(_POSTINGS).returning(_POSTINGS.c.id, sort_by_parameter_order=True)
            ids = self.session.scalars(inserting, opened, execution_options=_RECORDED)
            for one, row in zip(ids, opened, strict=True):
                row["id"] = one
        if corrected:
            self.session.execute(update(_POSTINGS).where(which), corrected, execution_options=_RECORDED)

    def _record_rows(
        self,
        people: list[dict[str, Any]],
        closed: list[dict[str, Any]],
        opened: list[dict[str, Any]],
        corrected: list[dict[str, Any]],
    ) -> None:
        """Put the changed rows themselves on the trail, derived columns too, so that they can be compared with it."""
        changed = [
            written.from_dicts(_EMPLOYEES.name, "of", people, _ROW),
            written.from_dicts(_POSTINGS.name, "of", [{"of": row["of"], "held_until": row["until"]} for row in closed]),
            *(written.from_dicts(_POSTINGS.name, "of", [row]) for row in corrected),
        ]
        made = [written.from_dicts(_POSTINGS.name, "id", opened)]
        after = {written.SET: [one for one in changed if one["ids"]], written.MADE: [one for one in made if one["ids"]]}
        audit.record(self.session, "import_runs:stored", f"import_runs:{self.run_id}", after=after)

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


def _unchanged() -> Any:
    return and_(_EMPLOYEES.c.id == bindparam("of"), _EMPLOYEES.c.version == bindparam("seen"))
