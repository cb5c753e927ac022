"""`verify` names the table, the row and the column that somebody changed with a database tool: generated over the schema."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from asn_desk.database.base import Base
from asn_desk.database.trail.replay import PASSED_COLUMNS, PASSED_TABLES, differences
from asn_desk.database.trail.verify import verify
from asn_desk.desk import open_desk
from asn_desk.paths import DataPaths
from tests import worked_office

AUDITED = sorted(mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.__audited__)  # type: ignore[attr-defined]
HIDDEN = {
    (mapper.class_.__tablename__, column) for mapper in Base.registry.mappers for column in mapper.class_.__audit_hidden__
}  # fmt: skip


@pytest.fixture(scope="module")
def worked_folder(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office in which every recorded table holds a row; copied or read, never changed."""
    folder = tmp_path_factory.mktemp("kantor")
    shutil.copytree(migrated_folder, folder / "data")
    with closing(open_desk(folder / "data", practice_day=worked_office.TODAY)) as desk:
        worked_office.work(desk, folder)
    return folder / "data"


@pytest.fixture
def tool(worked_folder: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The office's database in the hands of somebody with a database tool."""
    copy = shutil.copyfile(worked_folder / "asn_desk.db", tmp_path / "asn_desk.db")
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        yield database


def test_an_office_that_was_worked_in_is_whole(worked_folder: Path) -> None:
    verdict = verify(DataPaths(worked_folder))
    assert [finding.sentence for finding in verdict.findings if finding.code == "record"] == []
    assert verdict.notes == ()


def test_every_table_is_compared_or_passed_over_for_a_stated_reason() -> None:
    unaudited = {name for name in Base.metadata.tables if name not in AUDITED}
    assert set(PASSED_TABLES) == unaudited | {"alembic_version"}
    assert HIDDEN | {("*", "version")} == set(PASSED_COLUMNS), "what the trail does not hold cannot be compared"
    assert all(len(reason.split()) > 3 for reason in (*PASSED_TABLES.values(), *PASSED_COLUMNS.values()))


@pytest.mark.parametrize("table", AUDITED)
def test_a_change_of_any_column_is_named_by_table_row_and_column(tool: sqlite3.Connection, table: str) -> None:
    described = tool.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [name for _, name, *_, place in described if place]
    row = tool.execute(f'SELECT {", ".join(keys)} FROM "{table}" LIMIT 1').fetchone()
    assert row is not None, "the office has no row here to tamper with"
    record = f"{table}:{'/'.join(map(str, row))}"
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    for _, name, kind, *_ in described:
        tool.execute("BEGIN")
        tool.execute(f'UPDATE "{table}" SET "{name}" = {another(name, kind)} WHERE {where}', row)
        found = differences(tool)
        tool.execute("ROLLBACK")
        if name in keys:
            assert (record, "hilang") in found
        elif {(table, name), ("*", name)} & set(PASSED_COLUMNS):
            assert found == []
        else:
            assert found == [(record, name)]


def another(name: str, kind: str) -> str:
    """Return SQL for a value that the column does not hold."""
    if kind.startswith(("INTEGER", "BOOLEAN", "FLOAT")):
        return f'coalesce("{name}", 0) + 1000'
    return f"""CASE "{name}" WHEN '1999-12-31' THEN '1998-12-31' ELSE '1999-12-31' END"""


@pytest.mark.parametrize("table", AUDITED)
def test_a_deleted_row_and_one_put_in_are_named(tool: sqlite3.Connection, table: str) -> None:
    described = tool.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = ", ".join(f'"{name}"' for _, name, *_ in described)
    keys = [name for _, name, *_, place in described if place]
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    row = tool.execute(f'SELECT {", ".join(keys)} FROM "{table}" LIMIT 1').fetchone()
    key = "/".join(map(str, row))
    tool.execute("CREATE TEMP TABLE kept AS SELECT * FROM " + table + " WHERE " + where, row)
    tool.execute(f'DELETE FROM "{table}" WHERE {where}', row)
    assert differences(tool) == [(f"{table}:{key}", "hilang")]
    tool.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM kept')
    assert differences(tool) == [], "put back as it was"
    for name in keys:
        number = tool.execute(f'SELECT typeof("{name}") FROM kept').fetchone() == ("integer",)
        tool.execute(f'UPDATE kept SET "{name}" = {"777" if number else repr("palsu")}')
    for index in tool.execute(f'PRAGMA index_list("{table}")').fetchall():
        if index[2] and index[3] != "pk":  # a second row with the same words, were the table to allow it
            for column in tool.execute(f'PRAGMA index_info("{index[1]}")').fetchall():
                tool.execute(f'UPDATE kept SET "{column[2]}" = 777')
    tool.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM kept')
    (found,) = differences(tool)
    assert found[0].startswith(f"{table}:")
    assert found[1] == "tanpa jejak"


def test_verify_names_a_changed_status_in_words(worked_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(worked_folder, tmp_path / "data")
    paths = DataPaths(tmp_path / "data")
    with closing(sqlite3.connect(paths.database)) as database:
        database.execute("UPDATE recipients SET status = 'ditandatangani' WHERE id = 5")
        database.execute("UPDATE acknowledgements SET undone_at = '2024-09-09 03:00:00.000000' WHERE id = 2")
        database.execute("UPDATE postings SET held_until = '2024-01-01' WHERE id = 7")
        database.commit()
    told = [finding.sentence for finding in verify(paths).findings if finding.code == "record"]
    assert told == [
        f"Catatan {what} telah diubah di luar program: {column} tidak sama dengan jejak perubahan."
        for what, column in (
            ("acknowledgements:2", "undone_at"),
            ("postings:7", "held_until"),
            ("recipients:5", "status"),
        )
    ]


def test_several_tamperings_at_once_are_each_named(worked_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(worked_folder, tmp_path / "data")
    paths = DataPaths(tmp_path / "data")
    one, two = sorted(file for file in paths.files.rglob("*") if file.is_file())[:2]
    kept = one.read_bytes()
    for file, data in ((one, two.read_bytes()), (two, kept)):
        file.chmod(0o644)
        file.write_bytes(data)
    with closing(sqlite3.connect(paths.database)) as database:
        database.execute("UPDATE recipients SET status = 'menolak' WHERE id = 4")
        database.execute("DROP TRIGGER audit_entries_no_delete")
        database.execute("DELETE FROM audit_entries WHERE seq = 9")
        database.commit()
    told = " ".join(finding.sentence for finding in verify(paths).findings)
    for named in ("recipients:4", "Jejak perubahan nomor 9 hilang", one.name, two.name, "audit_entries_no_delete"):
        assert named in told
