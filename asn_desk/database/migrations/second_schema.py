"""What schema 0002 needs besides tables and columns: data carried over, triggers and indexes of each database."""

from __future__ import annotations

from sqlalchemy import Connection

_BOTH: tuple[str, ...] = ()
_SQLITE: tuple[str, ...] = ()
_POSTGRESQL: tuple[str, ...] = ()


def apply(connection: Connection) -> None:
    """Run the statements after the tables of 0002 exist."""
    own = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in (*_BOTH, *own):
        connection.exec_driver_sql(statement)
