"""Bringing a database to this program's version: a copy is made first, a newer database is refused in plain words."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from asn_desk.database.engine import for_writing
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """Return the schema revision that the database carries; None for an empty one. Raises DeskError("not_ours")."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if tables:
        raise DeskError("not_ours", "Basis data ini bukan milik ASN Desk. Pilih folder data lain; isinya tidak diubah.")
    return None


def upgrade(engine: Engine, paths: DataPaths) -> None:
    """Create the schema or migrate it to HEAD; nothing happens when it is current.

    Raises DeskError("database_newer") when a newer program made the database.
    """
    with engine.connect() as connection:
        revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is not None:
        _refuse_newer(revision)
        _copy_first(engine, paths, revision)
    _migrate(engine)


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
    from asn_desk.database.backup import copy_database

    copy_database(paths.database, paths.backups / f"sebelum-pembaruan-{revision}.db")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    with for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
