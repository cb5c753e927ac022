"""Undoing a whole import: every row as it was before, or a sentence that says what already builds on the import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.search_spelling import words_of
from asn_desk.database.trail import audit, written
from asn_desk.database.work import touched
from asn_desk.employees.imports.undo_steps import (
    EMPLOYEES,
    KEYED,
    MARKS,
    POSTINGS,
    POSTS,
    PRIVATE,
    SEARCH,
    UNITS,
    current,
    dependants,
    numbered,
    revived,
    steps_of,
)
from asn_desk.employees.model import Employee, ImportRun, ImportStep
from asn_desk.employees.placement import refresh_people
from asn_desk.employees.search_words import forget_words, note_words
from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from asn_desk.wording import number

_CHUNK = 500
_RECORDED = {"recorded": True}
_OWN = frozenset({*KEYED, "employees", "units"})
WORDS: dict[str, str] = {
    "postings": "riwayat jabatan", "letters": "surat", "letter_batch_items": "surat dalam antrean cetak",
    "declarations": "berkas pencalonan", "suspicions": "catatan dugaan pelanggaran", "recipients": "penerima edaran",
    "recipient_moves": "perpindahan penerima edaran", "circular_letters": "surat edaran per OPD",
    "circular_evidence": "bukti tanda terima", "collective_sheets": "lembar tanda terima kolektif",
    "non_asn_policies": "ketentuan non-ASN", "letter_drafts": "konsep surat",
    "return_files": "berkas kembalian tanda terima",
    "unit_heads": "kepala unit kerja", "unit_changes": "perubahan unit kerja",
}  # fmt: skip
"""What a table's rows are called where a clerk reads that they build on an import."""


@dataclass(frozen=True)
class ImportDone:
    """An applied import, for the list of imports."""

    id: int
    files: str
    applied_at: datetime
    applied_by: str
    added: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class Undone:
    """What undoing an import did: people taken out again and put back as they were, units likewise."""

    run_id: int
    removed: int
    restored: int
    units: int


def imports(session: Session) -> list[ImportDone]:
    """Return all applied imports, the newest first."""
    require(session, Action.SEE_EMPLOYEES)
    runs = session.scalars(select(ImportRun).order_by(ImportRun.id.desc()))
    return [
        ImportDone(
            run.id, run.file_name, run.applied_at, run.applied_by, run.added, run.changed, run.unchanged, run.refused
        )
        for run in runs
    ]


def undo_import(session: Session, run_id: int) -> Undone:
    """Put the registry and the units back to what they were before an import, and take the import out of the list.

    The trail keeps both. Raises DeskError: not_allowed, import_missing, import_too_old (made by a version that noted nothing),
    import_in_use (something later builds on it; the sentence says what).
    """
    require(session, Action.IMPORT_EMPLOYEES)
    run = session.get(ImportRun, run_id)
    if run is None:
        raise DeskError("import_missing", f"Impor nomor {run_id} tidak ditemukan; mungkin sudah dibatalkan.")
    steps = steps_of(session, run_id)
    if not steps:
        said = f"Impor nomor {run_id} dibuat oleh versi lama dan tidak dapat dibatalkan sekaligus."
        raise DeskError("import_too_old", f"{said} Perbaiki pegawainya satu per satu, atau pulihkan cadangan.")
    undoing = _Undoing(session, run, steps)
    undoing.check()
    result = undoing.undo()
    touched(session, Topic.EMPLOYEES, Topic.UNITS)
    return result


class _Undoing:
    def __init__(self, session: Session, run: ImportRun, steps: dict[str, list[Any]]) -> None:
        self.session, self.run = session, run
        self.ends: dict[str, int] = steps["ends"][0]
        self.added: list[int] = [one for part in steps.get("added", []) for one in part]
        self.images: dict[str, list[dict[str, Any]]] = {}
        for part in steps.get("people", []):
            for table, rows in part.items():
                self.images.setdefault(table, []).extend(rows)
        self.people = self.images.get("employees", [])
        self.created: list[dict[str, Any]] = steps["units"][0]["created"]
        self.posts: list[list[dict[str, Any]]] = steps.get("posts", [])
        self.moved: list[list[dict[str, Any]]] = steps["units"][0]["changed"]

    def check(self) -> None:
        """Raise DeskError("import_in_use") when something later builds on the import."""
        found = [*self._edited(), *self._referring(), *self._edited_units()]
        if found:
            raise _in_use(self.run.id, found)

    def undo(self) -> Undone:
        words = self._words([*self.added, *(row["id"] for row in self.people)])
        self._take_out()
        self._put_back()
        self._restore_units()
        self._restore_posts()
        self._restore_words(words)
        values = {"file_name": self.run.file_name, "added": len(self.added), "changed": len(self.people)}
        audit.record(self.session, "import_runs:undone", f"import_runs:{self.run.id}", before=values)
        self._execute(delete(ImportStep).where(ImportStep.run_id == self.run.id))
        self.session.delete(self.run)
        self.session.flush()
        self.session.expire_all()
        return Undone(self.run.id, len(self.added), len(self.people), len(self.created) + len(self.moved))

    def _edited(self) -> Iterator[str]:
        """Say who was changed later, by hand or by another import."""
        expected = {row["id"]: row["version"] + 1 for row in self.people} | dict.fromkeys(self.added, 1)
        names = []
        for part in _chunks(list(expected)):
            rows = self.session.execute(
                select(Employee.id, Employee.version, Employee.name).where(Employee.id.in_(part))
            )
            versions = {row.id: row for row in rows}
            for one in part:
                if one not in versions:
                    names.append(f"nomor {one}")
                elif versions[one].version != expected[one]:
                    names.append(versions[one].name)
        if names:
            yield f"{number(len(names))} pegawai diubah sesudahnya ({_some(names)})"

    def _referring(self) -> Iterator[str]:
        """Say which later records name people or units of the import."""
        people = [*self.added, *(row["id"] for row in self.people)]
        seen = dict.fromkeys(table for table, _ in dependants(EMPLOYEES) if table.name not in _OWN)
        for table in seen:
            columns = [column for one, column in dependants(EMPLOYEES) if one is table]
            count = sum(self._count(table, columns, part) for part in _chunks(people))
            if count:
                yield f"{number(count)} {WORDS.get(table.name, table.name)}"
        yield from self._naming_units()

    def _naming_units(self) -> Iterator[str]:
        units = [row["id"] for row in self.created]
        for table in dict.fromkeys(table for table, _ in dependants(UNITS)):
            if table.name in ("employees", "units", "postings"):
                continue
            columns = [column for one, column in dependants(UNITS) if one is table]
            count = sum(self._count(table, columns, part) for part in _chunks(units))
            if count:
                yield f"{number(count)} {WORDS.get(table.name, table.name)} pada unit kerja baru"

    def _count(self, table: Table, columns: list[str], ids: list[int]) -> int:
        """Count rows that name one of the ids and came after the import began."""
        condition: ColumnElement[bool] = or_(*(table.c[column].in_(ids) for column in columns))
        if numbered(table):
            condition = and_(condition, table.c.id > self.ends.get(table.name, 0))
        if "import_run_id" in table.c:
            condition = and_(condition, func.coalesce(table.c.import_run_id, 0) != self.run.id)
        return self.session.scalar(select(func.count()).select_from(table).where(condition)) or 0

    def _edited_units(self) -> Iterator[str]:
        after = {row["id"]: row for row in self.created} | {now["id"]: now for _, now in self.moved}
        rows = {row["id"]: row for row in current(self.session, UNITS, "id", list(after))}
        names = [row["name"] for one, row in after.items() if rows.get(one) != row]
        if names:
            yield f"{number(len(names))} unit kerja diubah sesudahnya ({_some(names)})"
        created = [row["id"] for row in self.created]
        later = select(func.count()).select_from(UNITS)
        below = sum(
            self.session.scalar(later.where(UNITS.c.parent_id.in_(part), UNITS.c.id > max(created))) or 0
            for part in _chunks(created)
        )
        if below:
            yield f"{number(below)} unit kerja baru di bawah unit dari impor ini"

    def _take_out(self) -> None:
        for part in _chunks(self.added):
            for table in (SEARCH, MARKS, PRIVATE):
                self._execute(delete(table).where(table.c.employee_id.in_(part)))
        held = self.session.scalars(select(POSTINGS.c.id).where(POSTINGS.c.import_run_id == self.run.id))
        gone = [written.gone("postings", held)]
        audit.record(self.session, "postings:import_undone", f"import_runs:{self.run.id}", before={written.GONE: gone})
        self._execute(delete(POSTINGS).where(POSTINGS.c.import_run_id == self.run.id))
        for part in _chunks(self.added):
            self._execute(delete(EMPLOYEES).where(EMPLOYEES.c.id.in_(part)))
            audit.record(
                self.session, "employees:import_undone", f"import_runs:{self.run.id}",
                before={written.GONE: [written.gone("employees", part)]},
            )  # fmt: skip

    def _put_back(self) -> None:
        ids = [row["id"] for row in self.people]
        for part in _chunks(ids):
            for table in (MARKS, PRIVATE):
                self._execute(delete(table).where(table.c.employee_id.in_(part)))
        for table in (EMPLOYEES, SEARCH, POSTINGS):
            self._update(table, [revived(table, row) for row in self.images.get(table.name, [])])
        for table in (MARKS, PRIVATE):
            self._insert(table, [revived(table, row) for row in self.images.get(table.name, [])])
        for row in self.people:
            audit.record(self.session, "employees:import_undone", f"employees:{row['id']}", after=row)
        held = self.images.get("postings", [])
        if held:
            after = {written.SET: [written.from_dicts("postings", "id", held)]}
            audit.record(self.session, "postings:import_undone", f"import_runs:{self.run.id}", after=after)

    def _restore_units(self) -> None:
        if not (self.created or self.moved):
            return
        self._update(UNITS, [revived(UNITS, before) for before, _ in self.moved])
        created = [row["id"] for row in self.created]
        for part in _chunks(created):
            self._execute(update(UNITS).where(UNITS.c.id.in_(part)).values(parent_id=None, opd_id=None))
        self.session.expire_all()
        refresh_people(self.session)
        self._check_empty(created)
        for part in _chunks(created):
            self._execute(delete(UNITS).where(UNITS.c.id.in_(part)))
        audit.record(
            self.session, "units:import_undone", f"import_runs:{self.run.id}",
            before={"removed": self.created, written.GONE: [written.gone("units", created)]},
            after={written.SET: [written.from_dicts("units", "id", [before]) for before, _ in self.moved]},
        )  # fmt: skip

    def _restore_posts(self) -> None:
        for before in self.posts:
            self._execute(delete(POSTS))
            self._insert(POSTS, [revived(POSTS, row) for row in before])
            audit.record(
                self.session, "post_references:import_undone", f"import_runs:{self.run.id}", after={"rows": len(before)}
            )

    def _words(self, employee_ids: list[int]) -> set[str]:
        """Return the words of what search finds these people by now."""
        found: set[str] = set()
        for part in _chunks(employee_ids):
            wanted = select(SEARCH.c.content).where(SEARCH.c.employee_id.in_(part))
            said = (text.rpartition(" ")[0] for text in self.session.scalars(wanted))  # less the name in one piece
            found |= words_of(*said)
        return found

    def _restore_words(self, words: set[str]) -> None:
        """Keep the words of those who were put back again, and no others that came with the import."""
        places = {row[column] for row in self.people for column in ("unit_id", "opd_id")} - {None}
        names = [
            name
            for part in _chunks(sorted(places))
            for name in self.session.scalars(select(UNITS.c.name).where(UNITS.c.id.in_(part)))
        ]
        texts = {row[column] for row in self.people for column in ("name", "post_name")}
        note_words(self.session, (*names, *sorted(texts)))
        forget_words(self.session, words)

    def _check_empty(self, created: list[int]) -> None:
        """Refuse when people who were not of this import stand in its new units."""
        people = sum(
            self.session.scalar(select(func.count()).where(Employee.unit_id.in_(part))) or 0
            for part in _chunks(created)
        )
        if people:
            raise _in_use(self.run.id, [f"{number(people)} pegawai lain berada di unit kerja yang dibuat impor ini"])

    def _update(self, table: Table, rows: list[dict[str, Any]]) -> None:
        key = next(iter(table.primary_key.columns))
        if rows:
            statement = update(table).where(key == bindparam("of"))
            self._execute(statement, [{**row, "of": row[key.name]} for row in rows])

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._execute(insert(table), rows)

    def _execute(self, statement: Any, rows: list[dict[str, Any]] | None = None) -> None:
        self.session.execute(statement, rows, execution_options=_RECORDED)


def _in_use(run_id: int, found: Sequence[str]) -> DeskError:
    return DeskError(
        "import_in_use",
        f"Impor nomor {run_id} tidak dapat dibatalkan, karena sudah dipakai: {'; '.join(found)}. "
        "Tidak ada yang diubah. Batalkan dulu yang datang sesudahnya, atau perbaiki satu per satu.",
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", dan lainnya" if len(names) > 3 else "")


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield list(ids[start : start + _CHUNK])
