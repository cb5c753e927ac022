"""Inserting rows that may be there already, as each kind of database does it: somebody else may add one this very moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def add_missing(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows; one whose key exists stays as it is. For derived tables only: the trail hears nothing of it."""
    if rows:
        on_sqlite = session.get_bind().dialect.name == "sqlite"
        adding = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
        session.execute(adding.on_conflict_do_nothing(), rows, execution_options={"recorded": True})
