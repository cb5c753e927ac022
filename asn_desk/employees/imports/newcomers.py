"""Writing the new people of an import column by column: in a long list, what is done for each single cell is the cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from asn_desk.database.bulk import BulkInsert, highest_id, new_ids
from asn_desk.database.search_loading import folded_all
from asn_desk.database.search_spelling import in_one_piece
from asn_desk.database.trail import audit, written
from asn_desk.employees.imports.plans import Addition, NewUnit, Person
from asn_desk.employees.model import Employee, EmployeeSearch, ImportMark, Posting, PrivateData
from asn_desk.employees.postings import first_held, held_until
from asn_desk.employees.search_words import note_words
from asn_desk.wording import titled_name

_EMPLOYEES: Table = Employee.metadata.tables["employees"]
_POSTINGS: Table = Posting.metadata.tables["postings"]
_SEARCH: Table = EmployeeSearch.metadata.tables["employee_search"]
_MARKS: Table = ImportMark.metadata.tables["import_marks"]
_PRIVATE: Table = PrivateData.metadata.tables["employee_private"]
_PERSON = tuple("unit_id" if name == "unit" else name for name in Person._fields)
_POSTING = (
    "post_name", "post_class", "grade", "held_from", "source", "employee_id", "unit_id", "held_until", "import_run_id",
)  # fmt: skip
_LINED_FROM = 8  # a few rows stay readable on the trail
_Columns = dict[str, Sequence[Any]]


class Newcomers:
    """Stores new people with their first posting, search text, words and marks; each call is one entry on the trail."""

    def __init__(
        self,
        session: Session,
        run_id: int,
        today: date,
        created: Mapping[NewUnit, int],
        opds: Mapping[int | None, int | None],
        places: Mapping[int | None, str],
        context: bytes,
    ) -> None:
        self._session, self._run_id, self._today, self._created = session, run_id, today, created
        self._opds, self._places, self._context = opds, places, context
        self._people = BulkInsert(session, _EMPLOYEES, (*_PERSON, "opd_id", "sort_name", "version"))
        self._held = BulkInsert(session, _POSTINGS, _POSTING)
        self._texts = BulkInsert(session, _SEARCH, ("employee_id", "content"))
        self._marks = BulkInsert(session, _MARKS, ("employee_id", "version", "context", "digest"))
        self._private = BulkInsert(session, _PRIVATE, ("employee_id", "content"))
        self._noted: set[str] = set()
        self._heard: set[str] = set()
        self._noted_units: set[int | None] = set()

    def add(self, additions: Sequence[Addition]) -> list[int]:
        """Store new people and return their ids in the same order."""
        columns: _Columns = dict(zip(_PERSON, zip(*(one.person for one in additions), strict=True), strict=True))
        units = [self._created[unit] if isinstance(unit, NewUnit) else unit for unit in columns["unit_id"]]
        names = folded_all(columns["name"])
        columns |= {"unit_id": units, "sort_name": names}
        people = self._people.by_columns(
            columns | {"opd_id": [*map(self._opds.get, units)], "version": [1] * len(units)}
        )
        ids = self._insert_people(additions, people)
        held = self._held.by_columns(self._postings(additions, columns, ids))
        posted = self._insert_postings(held, ids)
        self._texts.insert(list(zip(ids, self._search_texts(columns, names), strict=True)))
        self._note(columns["post_name"], names, units)
        self._insert_marks(additions, ids)
        made = [_part(_EMPLOYEES, self._people, ids, people), _part(_POSTINGS, self._held, posted, held)]
        after = {"import_run": self._run_id, "count": len(ids), written.MADE: made}
        audit.record(self._session, "employees:imported", f"import_runs:{self._run_id}", after=after)
        return list(ids)

    def _insert_people(self, additions: Sequence[Addition], stored: list[tuple[Any, ...]]) -> Sequence[int]:
        before = highest_id(self._session, _EMPLOYEES)
        self._people.insert(stored)
        ids = new_ids(self._session, _EMPLOYEES, before, len(stored))
        if ids is not None:
            return ids
        rows = self._session.execute(
            select(Employee.id, Employee.nip, Employee.local_number).where(Employee.id > before)
        )
        found = {nip or f"lokal:{local}": one for one, nip, local in rows}
        return [found[addition.person.key] for addition in additions]

    def _postings(self, additions: Sequence[Addition], columns: _Columns, ids: Sequence[int]) -> _Columns:
        """Return the columns of everybody's first posting."""
        held = [*map(first_held, columns["post_from"], columns["service_from"], repeat(self._today))]
        begins = [begin for begin, _ in held]
        ends = [
            held_until(addition.person, begin, self._today) for addition, begin in zip(additions, begins, strict=True)
        ]
        taken = {name: columns[name] for name in ("post_name", "post_class", "grade", "unit_id")}
        runs = [self._run_id] * len(ids)
        sources = [source for _, source in held]
        return taken | {
            "held_from": begins, "source": sources, "employee_id": ids, "held_until": ends, "import_run_id": runs,
        }  # fmt: skip

    def _insert_postings(self, stored: list[tuple[Any, ...]], ids: Sequence[int]) -> Sequence[int]:
        before = highest_id(self._session, _POSTINGS)
        self._held.insert(stored)
        posted = new_ids(self._session, _POSTINGS, before, len(stored))
        if posted is not None:
            return posted
        rows = self._session.execute(
            select(Posting.employee_id, Posting.id).where(
                Posting.import_run_id == self._run_id, Posting.employee_id.in_(ids)
            )
        )
        found = {row.employee_id: row.id for row in rows}
        return [found[one] for one in ids]

    def _search_texts(self, columns: _Columns, names: Sequence[str]) -> list[str]:
        """Return what `placement.search_text` returns for each of them."""
        person = zip(
            columns["name"], columns["title_front"], columns["title_back"], columns["nip"], columns["local_number"],
            columns["post_name"], strict=True,
        )  # fmt: skip
        said = folded_all(
            [
                f"{titled_name(name, front, back) if front or back else name} {nip or local or ''} {post}"
                for name, front, back, nip, local, post in person
            ]
        )
        places = [self._places.get(unit, "") for unit in columns["unit_id"]]
        return [
            f" {plain} {place} {in_one_piece(name)}" if place else f" {plain} {in_one_piece(name)}"
            for plain, place, name in zip(said, places, names, strict=True)
        ]

    def _note(self, posts: Sequence[str], names: Sequence[str], units: Sequence[int | None]) -> None:
        """Keep the words of names, posts, units and OPDs for searches; each word is looked at once in an import."""
        fresh = set(units) - self._noted_units
        self._noted_units |= fresh
        texts = (*names, *folded_all([*set(posts)]), *(self._places.get(unit, "") for unit in fresh))
        words = set(" ".join(texts).split()) - self._heard
        self._heard |= words
        note_words(self._session, words, seen=self._noted)

    def _insert_marks(self, additions: Sequence[Addition], ids: Sequence[int]) -> None:
        pairs = [*zip(ids, additions, strict=True)]
        self._marks.insert([(one, 1, self._context, entry.digest) for one, entry in pairs if entry.digest])
        self._private.insert([(one, entry.private) for one, entry in pairs if entry.private])


def _part(table: Table, inserting: BulkInsert, ids: Sequence[int], stored: list[tuple[Any, ...]]) -> written.Part:
    text = ""
    if len(stored) >= _LINED_FROM:
        line = written.PARTED.join(["%s"] * len(inserting.keys))
        text = "\n".join(map(line.__mod__, stored))
    return written.rows(table.name, inserting.keys, ids, stored, text=text)
