"""All rows of the tables that an import writes, for tests that nothing is left behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.metadata import METADATA

NAMES = (
    "employees", "postings", "employee_search", "units", "import_runs", "import_steps", "import_marks",
    "employee_private", "post_references",
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
