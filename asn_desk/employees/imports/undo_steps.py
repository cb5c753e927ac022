"""What an import notes while it runs so that the whole of it can be undone: rows as they were, ids added, where tables ended."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, Integer, Table, func, insert, select
from sqlalchemy.orm import Session

from asn_desk.employees.model import Employee, ImportStep

TABLES = Employee.metadata.tables
EMPLOYEES, POSTINGS, SEARCH = TABLES["employees"], TABLES["postings"], TABLES["employee_search"]
MARKS, PRIVATE, UNITS, POSTS, STEPS = (
    TABLES["import_marks"], TABLES["employee_private"], TABLES["units"], TABLES["post_references"], TABLES["import_steps"],
)  # fmt: skip
KEYED = {
    "employees": "id",
    "employee_search": "employee_id",
    "import_marks": "employee_id",
    "employee_private": "employee_id",
}
"""The tables with one row per person, and the column that names the person."""

_CHUNK = 500
_Row = dict[str, Any]


class UndoSteps:
    """Collects the steps of one import; made before its first change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._units, self._posts = _rows(session, UNITS), _rows(session, POSTS)
        self._steps: list[tuple[str, bytes]] = [("ends", _packed(ends(session)))]

    def added(self, employee_ids: list[int]) -> None:
        """Note people who were added."""
        self._steps.append(("added", _packed(employee_ids)))

    def before_people(self, employee_ids: list[int]) -> None:
        """Note people as they are, just before the import changes them."""
        images = {name: _rows(self._session, TABLES[name], key, employee_ids) for name, key in KEYED.items()}
        held = _rows(self._session, POSTINGS, "employee_id", employee_ids)
        images["postings"] = [row for row in held if row["held_until"] is None]
        self._steps.append(("people", _packed(images)))

    def keep(self, run_id: int) -> None:
        """Store the steps for the run, with the units that it added or changed."""
        before = {row["id"]: row for row in self._units}
        now = {row["id"]: row for row in _rows(self._session, UNITS)}
        changed = [[before[one], row] for one, row in now.items() if one in before and before[one] != row]
        created = [row for one, row in now.items() if one not in before]
        if self._posts != _rows(self._session, POSTS):
            self._steps.append(("posts", _packed(self._posts)))
        self._steps.append(("units", _packed({"created": created, "changed": changed})))
        self._session.execute(
            insert(STEPS), [{"run_id": run_id, "kind": kind, "body": body} for kind, body in self._steps],
            execution_options={"recorded": True},
        )  # fmt: skip


def steps_of(session: Session, run_id: int) -> dict[str, list[Any]]:
    """Return the steps of a run by kind, each kind in the order in which it was noted; empty when none were kept."""
    found: dict[str, list[Any]] = {}
    rows = session.execute(
        select(ImportStep.kind, ImportStep.body).where(ImportStep.run_id == run_id).order_by(ImportStep.id)
    )
    for kind, body in rows:
        found.setdefault(kind, []).append(json.loads(zlib.decompress(body)))
    return found


def revived(table: Table, row: _Row) -> _Row:
    """Return a noted row with its days as days again."""
    return {name: _value(table, name, value) for name, value in row.items()}


def current(session: Session, table: Table, key: str, ids: Sequence[int]) -> Iterator[_Row]:
    """Return the rows of these ids as they would be noted now."""
    return iter(_rows(session, table, key, ids))


def dependants(of: Table) -> list[tuple[Table, str]]:
    """Return (table, column) of every foreign key that points at a table."""
    return [
        (table, key.parent.name)
        for table in of.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table is of
    ]


def ends(session: Session) -> dict[str, int]:
    """Return the highest id of each table that refers to people or units: what comes later lies beyond it."""
    tables = {table.name: table for of in (EMPLOYEES, UNITS) for table, _ in dependants(of)}
    return {
        name: session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
        for name, table in tables.items()
        if numbered(table)
    }


def numbered(table: Table) -> bool:
    """Return whether a table's only key is a number that grows."""
    keys = list(table.primary_key.columns)
    return len(keys) == 1 and keys[0].name == "id" and isinstance(keys[0].type, Integer)


def _rows(session: Session, table: Table, key: str = "", ids: Sequence[int] | None = None) -> list[_Row]:
    if ids is None:
        return [_plain(row._mapping) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
    found: list[_Row] = []
    for start in range(0, len(ids), _CHUNK):
        wanted = select(table).where(table.c[key].in_(ids[start : start + _CHUNK])).order_by(*table.primary_key.columns)
        found.extend(_plain(row._mapping) for row in session.execute(wanted))
    return found


def _plain(row: Any) -> _Row:
    return {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _value(table: Table, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = table.c[name].type
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return bytes.fromhex(value) if kind.python_type is bytes else value


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
