"""Bringing a database to this program's version: a copy is made first, a newer database is refused in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from asn_desk.database import engine as engines
from asn_desk.database.engine import for_writing
from asn_desk.database.problems import explained
from asn_desk.database.sealing import cipher
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

HEAD = "0002"
MIGRATIONS = Path(__file__).parent / "migrations"


_UPGRADE_LOCK = 0x41534E44  # any number, as long as nobody else takes it
_REVISION = "SELECT version_num FROM alembic_version"


def revision_of(connection: Connection) -> str | None:
    """Return the schema revision that the database carries; None for an empty one. Raises DeskError("not_ours")."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text(_REVISION)).scalar_one_or_none()
    if tables:
        raise _not_ours()
    return None


def _not_ours() -> DeskError:
    return DeskError("not_ours", "Basis data ini bukan milik ASN Desk. Pilih folder data lain; isinya tidak diubah.")


def _revision_of_file(database: Path) -> str | None:
    """Return the same for a database file, opened for reading only: our own opening would switch a foreign file to WAL.

    A rollback journal beside it says that its program was killed at work (ours: while making it). Only who may write can read then.
    """
    if not database.exists() or database.stat().st_size == 0:
        return None
    mode = "rw" if database.with_name(f"{database.name}-journal").exists() else "ro"
    address, patience = f"{database.resolve().as_uri()}?mode={mode}", engines.BUSY_TIMEOUT_MS / 1000
    with cipher.plain_errors(), closing(cipher.connect(database, address, timeout=patience)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" in tables:
            row = connection.execute(_REVISION).fetchone()
            return None if row is None else str(row[0])
    if tables:
        raise _not_ours()
    return None


def upgrade(engine: Engine, paths: DataPaths) -> None:
    """Create the schema or migrate it to HEAD; nothing happens when it is current.

    Raises DeskError("database_newer") when a newer program made the database, DeskError("not_ours") for a foreign one,
    EnvironmentProblem when it is damaged or the PC refuses.
    """
    revision = _present_revision(engine, paths)
    if revision == HEAD:
        return
    if revision is not None:
        _refuse_newer(revision)
        _copy_first(engine, paths, revision)
    with explained(paths.root):
        _migrate(engine)


def _present_revision(engine: Engine, paths: DataPaths) -> str | None:
    with explained(paths.root):
        if engine.dialect.name != "sqlite":
            with engine.connect() as connection:
                return revision_of(connection)
        try:
            return _revision_of_file(Path(engine.url.database or paths.database))
        except sqlite3.DatabaseError as error:
            raise DatabaseError(None, None, error) from error


def refuse_unusable(database: Path) -> None:
    """Raise DeskError("database_newer" | "not_ours") when this program could not open the database file."""
    revision = _revision_of_file(database)
    if revision is not None:
        _refuse_newer(revision)


def can_open(database: Path) -> bool:
    """Return whether this is an office's database that this program can open, be it of an older schema."""
    try:
        refuse_unusable(database)
        return _revision_of_file(database) is not None
    except (sqlite3.DatabaseError, DeskError):
        return False


def _refuse_newer(revision: str) -> None:
    known = {file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("*.py*")}
    if revision not in known:
        raise DeskError(
            "database_newer",
            f"Data ini dibuat oleh ASN Desk versi yang lebih baru (skema {revision}). "
            "Pasang versi terbaru program ini, lalu buka kembali. Data tidak diubah.",
        )


def _copy_first(engine: Engine, paths: DataPaths, revision: str) -> None:
    if engine.dialect.name != "sqlite":  # a server's database is backed up by its administrator's own means
        return
    from asn_desk.database.copying import copy_database

    copy_database(paths.database, paths.backups / f"sebelum-pembaruan-{revision}.db")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    with for_writing(engine).connect() as connection, _tables_may_be_made_again(connection), connection.begin():
        if (
            connection.dialect.name == "postgresql"
        ):  # two PCs that open a new server database at once wait for each other
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if revision_of(connection) != HEAD:  # rolls everything back
            raise RuntimeError(f"the revisions in {MIGRATIONS} do not lead to {HEAD}")
        _refuse_lost_references(connection)


@contextmanager
def _tables_may_be_made_again(connection: Connection) -> Iterator[None]:
    """Let SQLite not enforce references while a revision runs: dropping the old form of a table would take its children.

    The switch works outside a transaction only, and on this one connection; `_refuse_lost_references` looks afterwards.
    """
    raw = connection.connection.dbapi_connection
    if raw is None or connection.dialect.name != "sqlite":
        yield
        return
    raw.execute("PRAGMA foreign_keys = OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON").close()


def _refuse_lost_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:  # rolls everything back
        raise RuntimeError(f"after the upgrade {len(broken)} rows refer to nothing, first in {broken[0][0]}")
