"""All rows of the tables that an import writes, for tests that nothing is left behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.database.search import folded
from asn_desk.database.search_spelling import spelling_keys, words_of
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.metadata import METADATA
from asn_desk.office.model import Unit

NAMES = (
    "employees", "postings", "employee_search", "units", "import_runs", "import_steps", "import_marks",
    "employee_private", "post_references", "search_words",
)  # fmt: skip


def registry_tables(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return each table's rows, every column, in the order of the key."""

    def read(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        tables = [METADATA.tables[name] for name in NAMES]
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in tables
        }

    return desk.read(read)


def vocabulary(desk: Desk) -> list[tuple[str, str]]:
    """Return what `search_words` must hold: the words of everybody's name, post, unit and OPD, worked out from them anew."""

    def read(session: Session) -> list[tuple[str, str]]:
        names: dict[int | None, str] = {unit.id: unit.name for unit in session.scalars(select(Unit))}
        texts = [
            text
            for one in session.scalars(select(Employee))
            for text in (one.name, one.post_name, names.get(one.unit_id, ""), names.get(one.opd_id, ""))
        ]
        words = words_of(*map(folded, texts))
        return sorted((key, word) for word in words for key in spelling_keys(word))

    return desk.read(read)
