"""Schema revisions: head equals the models, old data upgrade after a copy, newer and foreign databases stay untouched."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DefaultClause

from asn_desk.database import upgrade
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.metadata import METADATA
from asn_desk.paths import DataPaths
from tests.factories import add_unit

OLD_BACKUPS = Path(__file__).resolve().parents[1] / "data" / "lama"
UNRECORDED = OLD_BACKUPS / "cadangan-skema-0001.zip"
"""Of the schema before every value went to the trail: the upgrade puts its rows on record as it finds them."""

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("later_things", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("units") as table:
        table.add_column(sa.Column("later", sa.String(10), server_default="baru", nullable=False))
"""
FAILING = NEXT + '    raise RuntimeError("stopped half-way")\n'


def run(database: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


def bytes_of(root: Path) -> dict[str, bytes]:
    """Return the database files of a folder as they are on disk."""
    return {file.name: file.read_bytes() for file in root.glob("asn_desk.db*")}


@pytest.fixture
def office(data_folder: Path) -> Path:
    """A closed folder of revision 0002 with one unit in it."""
    desk = open_desk(data_folder)
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    desk.close()
    return data_folder


@pytest.fixture
def next_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as it will be one revision later: its folder of revisions, with 0003 to be written by the test."""
    later = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, later, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "MIGRATIONS", later)
    monkeypatch.setattr(upgrade, "HEAD", "0003")
    return later / "versions" / "0003_later.py"


def test_the_newest_revision_makes_exactly_the_tables_of_the_models(desk: Desk) -> None:
    def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and name is not None and "_fts" in name)

    def other_default(*found: Any) -> bool | None:
        _context, _inspected, column, inspected, _default, _rendered = found
        empty = isinstance(column.server_default, DefaultClause) and column.server_default.arg == ""
        return inspected not in ("''", "('')") if empty else None  # Alembic takes an empty text for no default

    options = {"include_object": ours, "compare_type": True, "compare_server_default": other_default}
    with desk.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_head_is_the_newest_revision_on_disk() -> None:
    config = Config()
    config.set_main_option("script_location", upgrade.MIGRATIONS.as_posix())
    assert ScriptDirectory.from_config(config).get_heads() == [upgrade.HEAD]


def test_a_new_folder_gets_the_newest_revision_and_opens_again_without_a_copy(tmp_path: Path) -> None:
    for _ in range(2):
        open_desk(tmp_path / "data").close()
    paths = DataPaths(tmp_path / "data")
    assert run(paths.database, "SELECT version_num FROM alembic_version") == [(upgrade.HEAD,)]
    assert list(paths.backups.iterdir()) == []


def test_a_database_killed_while_it_was_made_opens_and_is_made_anew(tmp_path: Path) -> None:
    made, killed = tmp_path / "dibuat.db", tmp_path / "data" / "asn-desk.db"
    killed.parent.mkdir()
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE orang (nama TEXT)")
        connection.executemany("INSERT INTO orang VALUES (?)", [("x" * 900,)] * 100)
        shutil.copy(made, killed)
        shutil.copy(f"{made}-journal", f"{killed}-journal")
        connection.execute("ROLLBACK")
    with pytest.raises(sqlite3.OperationalError, match="readonly"), closing(only_reading(killed)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master")
    desk = open_desk(killed.parent)
    assert desk.verify().findings == ()
    desk.close()


def only_reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)


def test_an_older_database_is_copied_first_and_keeps_its_data(office: Path, next_program: Path) -> None:
    next_program.write_text(NEXT, encoding="utf-8")
    desk = open_desk(office)
    desk.close()
    paths = DataPaths(office)
    assert run(paths.database, "SELECT name, later FROM units") == [("Dinas Kesehatan", "baru")]
    assert run(paths.database, "SELECT version_num FROM alembic_version") == [("0003",)]
    copy = paths.backups / "sebelum-pembaruan-0002.db"
    assert run(copy, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert run(copy, "SELECT name FROM units") == [("Dinas Kesehatan",)]


def test_an_upgrade_that_fails_half_way_leaves_the_old_database(office: Path, next_program: Path) -> None:
    next_program.write_text(FAILING, encoding="utf-8")
    with pytest.raises(RuntimeError, match="half-way"):
        open_desk(office)
    database = DataPaths(office).database
    assert run(database, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert run(database, "SELECT name FROM sqlite_master WHERE name = 'later_things'") == []
    assert run(database, "SELECT name FROM units") == [("Dinas Kesehatan",)]


def test_an_installation_whose_revisions_are_missing_leaves_no_half_made_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = DataPaths(tmp_path / "data")
    with monkeypatch.context() as patched:
        patched.setattr(upgrade, "HEAD", "0003")
        with pytest.raises(RuntimeError, match="do not lead to 0003"):
            open_desk(paths.root)
    assert run(paths.database, "SELECT name FROM sqlite_master") == []
    open_desk(paths.root).close()


def test_a_killed_copy_before_an_upgrade_does_not_look_like_one(
    office: Path, next_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_source: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    next_program.write_text(NEXT, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("asn_desk.database.copying.move_durably", killed)
        with pytest.raises(KeyboardInterrupt):
            open_desk(office)
    assert list(DataPaths(office).backups.iterdir()) == []
    open_desk(office).close()
    assert [file.name for file in DataPaths(office).backups.iterdir()] == ["sebelum-pembaruan-0002.db"]


def test_a_newer_database_is_refused_in_plain_words_and_untouched(office: Path) -> None:
    run(DataPaths(office).database, "UPDATE alembic_version SET version_num = '0099'")
    before = bytes_of(office)
    with pytest.raises(DeskError) as caught:
        open_desk(office)
    assert caught.value.code == "database_newer"
    assert "0099" in caught.value.sentence
    assert "versi yang lebih baru" in caught.value.sentence
    assert bytes_of(office)["asn_desk.db"] == before["asn_desk.db"]
    run(DataPaths(office).database, "UPDATE alembic_version SET version_num = '0002'")
    open_desk(office).close()


def test_a_foreign_database_is_refused_and_its_content_stays(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.root.mkdir()
    run(paths.database, "CREATE TABLE penjualan (id INTEGER)")
    before = bytes_of(paths.root)["asn_desk.db"]
    with pytest.raises(DeskError) as caught:
        open_desk(paths.root)
    assert caught.value.code == "not_ours"
    assert run(paths.database, "SELECT name FROM sqlite_master") == [("penjualan",)]
    assert bytes_of(paths.root)["asn_desk.db"] == before


@pytest.mark.parametrize("content", [b"bukan basis data" * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_in_words_and_untouched(tmp_path: Path, content: bytes) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.root.mkdir()
    paths.database.write_bytes(content)
    with pytest.raises(DeskError) as caught:
        open_desk(paths.root)
    assert caught.value.code == "database_damaged"
    assert paths.database.read_bytes() == content


def test_a_refused_folder_can_be_opened_by_the_next_program_at_once(office: Path) -> None:
    run(DataPaths(office).database, "UPDATE alembic_version SET version_num = '0099'")
    for _ in range(2):
        with pytest.raises(DeskError) as caught:
            open_desk(office)
        assert caught.value.code == "database_newer"


@pytest.mark.parametrize("backup", sorted(OLD_BACKUPS.glob("*.zip")), ids=lambda file: file.stem)
def test_a_backup_of_every_released_schema_restores_with_all_its_records(backup: Path, data_folder: Path) -> None:
    desk = open_desk(data_folder, practice_day=date(2024, 9, 9))
    try:
        desk.restore(backup)
        verdict = desk.verify()
        people = run(DataPaths(data_folder).database, "SELECT count(*) FROM employees")
    finally:
        desk.close()
    assert not verdict.findings
    assert [("ditulis versi lama" in note, "1.095 recipients" in note) for note in verdict.notes] == (
        [(True, True)] if backup == UNRECORDED else []
    )
    assert people == [(1100,)]
    assert run(DataPaths(data_folder).database, "SELECT version_num FROM alembic_version") == [(upgrade.HEAD,)]


@pytest.mark.parametrize(
    ("statement", "record"),
    [
        ("UPDATE recipients SET status = 'menolak' WHERE id = 940", "recipients:940"),
        ("UPDATE recipients SET person_name = 'Orang Lain' WHERE id = 940", "recipients:940"),
        ("UPDATE postings SET held_from = '1999-01-01' WHERE id = 7", "postings:7"),
        ("UPDATE acknowledgements SET note = 'palsu' WHERE id = 104", "acknowledgements:104"),
        ("DELETE FROM acknowledgements WHERE id = 104", "acknowledgements:104"),
    ],
)
def test_what_an_old_program_wrote_is_compared_from_the_upgrade_on(
    data_folder: Path, statement: str, record: str
) -> None:
    desk = open_desk(data_folder, practice_day=date(2024, 9, 9))
    desk.restore(UNRECORDED)
    desk.close()
    paths = DataPaths(data_folder)
    with closing(sqlite3.connect(paths.database)) as database:
        database.execute(statement)
        database.commit()
    (finding,) = verify(paths).findings
    assert f"Catatan {record} " in finding.sentence
