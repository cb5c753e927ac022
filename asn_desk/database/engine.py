"""Opening the database: SQLite with the safe settings, or PostgreSQL by URL. One engine, two ways to begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from asn_desk.database import opened
from asn_desk.database.sealing import cipher

BUSY_TIMEOUT_MS = 10_000


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of an embedded database file."""
    return f"sqlite:///{path.as_posix()}"


def open_engine(url: str) -> Engine:
    """Return an engine; no connection is made yet. SQLite connections get WAL, foreign keys and full syncing.

    A unit of work on SQLite raises EnvironmentProblem("data_moved") when its files were moved or replaced meanwhile.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    options = {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}
    encrypted = bool(address.database) and cipher.is_encrypted(Path(address.database or ""))
    engine = create_engine(url, connect_args=options, module=cipher.library() if encrypted else None)
    event.listen(engine, "connect", _prepare_sqlite if not encrypted else _prepare_encrypted)
    event.listen(engine, "begin", _begin_sqlite)
    if address.database:
        opened.guard(engine, Path(address.database))
        _note_use(engine, Path(address.database))
    if encrypted:  # after the guard, which must see each connection before it is made

        @event.listens_for(engine, "do_connect")
        def _connect(_dialect: Dialect, _record: ConnectionPoolEntry, args: list[Any], more: dict[str, Any]) -> Any:
            return cipher.connect(Path(args[0]), **more)

    return engine


def for_writing(engine: Engine) -> Engine:
    """Return the same engine for a unit of work that will write: SQLite then takes its one write lock at the start."""
    return engine.execution_options(asn_write=True)


def _note_use(engine: Engine, database: Path) -> None:
    use = cipher.Use(database)
    event.listen(engine, "connect", use.begin)
    event.listen(engine, "engine_disposed", use.end)


def _prepare_encrypted(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    _prepare_sqlite(connection, entry)
    connection.execute(f"PRAGMA cache_size = -{cipher.CACHE_KB}").close()  # each page read anew must be deciphered


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -32000",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("asn_write") else "BEGIN")
