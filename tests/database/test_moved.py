"""Files moved, replaced, deleted or made read-only under an open database: told in words, and nothing confirmed is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.database import engine, files
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import EnvironmentProblem
from asn_desk.office.model import Unit
from asn_desk.paths import DataPaths
from tests.factories import add_unit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows does not let anybody move files that are open")


def units(desk: Desk) -> list[str]:
    return list(desk.read(lambda session: session.scalars(select(Unit.name).order_by(Unit.id)).all()))


def add(desk: Desk, name: str) -> None:
    desk.write(lambda session: add_unit(session, name).id)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(EnvironmentProblem) as caught:
        act()
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def with_log(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@pytest.fixture
def working(desk: Desk) -> Desk:
    """A desk at work: one unit is stored, a connection is open."""
    add(desk, "Dinas Kesehatan")
    return desk


def move_folder(paths: DataPaths) -> None:
    paths.root.rename(paths.root.with_name("lain"))


def put_another_folder_in_place(paths: DataPaths) -> None:
    move_folder(paths)
    open_desk(paths.root).close()


def move_database(paths: DataPaths) -> None:
    paths.database.rename(paths.database.with_name("lain.db"))


def replace_database(paths: DataPaths) -> None:
    other = paths.root.with_name("lain.db")
    shutil.copyfile(paths.database, other)
    other.replace(paths.database)


def delete_log(paths: DataPaths) -> None:
    with_log(paths.database, "-wal").unlink()


def delete_index_of_log(paths: DataPaths) -> None:
    with_log(paths.database, "-shm").unlink()


HARM = [
    move_folder, put_another_folder_in_place, move_database, replace_database, delete_log, delete_index_of_log,
]  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_files_moved_under_an_open_desk_stop_every_unit_of_work_with_a_sentence(
    working: Desk, harm: Callable[[DataPaths], None]
) -> None:
    harm(working.paths)
    assert code_of(lambda: add(working, "Dinas Sosial")) == "data_moved"
    assert code_of(lambda: units(working)) == "data_moved"


@pytest.mark.parametrize("harm", HARM)
def test_files_moved_in_the_middle_of_a_write_stop_its_commit_and_leave_no_file_behind(
    working: Desk, harm: Callable[[DataPaths], None]
) -> None:
    def work(session: Session) -> None:
        add_unit(session, "Dinas Sosial")
        files.store(session, b"isi surat", files.PDF)
        harm(working.paths)

    assert code_of(lambda: working.write(work)) == "data_moved"


@pytest.mark.parametrize("harm", [move_database, move_folder])
def test_a_new_connection_to_a_database_that_is_gone_makes_no_empty_one(
    working: Desk, harm: Callable[[DataPaths], None]
) -> None:
    def work(_session: Session) -> str:
        harm(working.paths)
        return code_of(lambda: units(working))  # a second connection, as the first one is in use

    assert working.read(work) == "data_moved"
    assert not working.paths.database.exists()


@pytest.mark.parametrize("harm", [move_folder, delete_log, delete_index_of_log])
def test_after_closing_and_putting_things_back_everything_confirmed_is_there(
    working: Desk, harm: Callable[[DataPaths], None]
) -> None:
    harm(working.paths)
    code_of(lambda: add(working, "Dinas Sosial"))
    working.close()
    moved = working.paths.root.with_name("lain")
    if moved.exists():
        moved.rename(working.paths.root)
    again = open_desk(working.paths.root)
    add(again, "Dinas Pendidikan")
    assert units(again) == ["Dinas Kesehatan", "Dinas Pendidikan"]
    assert again.verify().findings == ()
    again.close()


def test_a_folder_moved_between_two_sessions_opens_in_its_new_place(working: Desk) -> None:
    working.close()
    there = working.paths.root.rename(working.paths.root.with_name("lain"))
    again = open_desk(there)
    assert units(again) == ["Dinas Kesehatan"]
    again.close()


def test_a_restore_by_the_program_itself_is_no_move(working: Desk, tmp_path: Path) -> None:
    made = working.backup(tmp_path / "cadangan.zip")
    add(working, "Dinas Sosial")
    working.restore(made.path)
    assert units(working) == ["Dinas Kesehatan"]
    add(working, "Dinas Pendidikan")
    assert units(working) == ["Dinas Kesehatan", "Dinas Pendidikan"]


@pytest.fixture
def crashed(working: Desk, tmp_path: Path) -> DataPaths:
    """A folder as a killed program leaves it: the last change stands only in the log."""
    root = tmp_path / "mati"
    shutil.copytree(working.paths.root, root)
    assert with_log(DataPaths(root).database, "-wal").stat().st_size
    return DataPaths(root)


def test_the_last_change_is_read_from_the_log_of_a_killed_program(crashed: DataPaths) -> None:
    again = open_desk(crashed.root)
    assert units(again) == ["Dinas Kesehatan"]
    again.close()


def test_a_log_without_its_index_is_enough(crashed: DataPaths) -> None:
    with_log(crashed.database, "-shm").unlink(missing_ok=True)
    again = open_desk(crashed.root)
    assert units(again) == ["Dinas Kesehatan"]
    again.close()


def test_a_deleted_log_of_a_killed_program_gives_the_state_before_it_whole(crashed: DataPaths) -> None:
    for suffix in ("-wal", "-shm"):
        with_log(crashed.database, suffix).unlink(missing_ok=True)
    again = open_desk(crashed.root)
    assert units(again) == []
    add(again, "Dinas Sosial")
    again.close()
    assert verify(crashed).findings == ()


@pytest.mark.parametrize("cut", [0, 10, 32, 3000])
def test_a_cut_log_gives_a_whole_state(crashed: DataPaths, cut: int) -> None:
    os.truncate(with_log(crashed.database, "-wal"), cut)
    again = open_desk(crashed.root)
    assert units(again) in ([], ["Dinas Kesehatan"])
    again.close()
    assert verify(crashed).findings == ()


# --- rights --------------------------------------------------------------------------------------------------------


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[int]:
    """Be a user for whom rights count; the administrator may write everywhere."""
    if os.geteuid() != 0:
        yield os.geteuid()
        return
    nobody = 65534
    common = Path(tempfile.gettempdir())
    for folder in (tmp_path, *tmp_path.parents):
        if folder.is_relative_to(common) and folder != common:
            folder.chmod(0o755)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    yield nobody
    os.seteuid(0)


def test_a_read_only_database_can_be_read_and_a_write_is_refused_in_words(
    data_folder: Path, ordinary_user: int
) -> None:
    paths = DataPaths(data_folder)
    paths.database.chmod(0o444)
    desk = open_desk(data_folder)
    assert units(desk) == []
    assert code_of(lambda: add(desk, "Dinas Sosial")) == "read_only"
    desk.close()


def test_a_read_only_folder_is_refused_in_words_and_untouched(data_folder: Path, ordinary_user: int) -> None:
    data_folder.chmod(0o555)
    before = sorted(path.name for path in data_folder.iterdir())
    assert code_of(lambda: open_desk(data_folder)) == "no_permission"
    assert sorted(path.name for path in data_folder.iterdir()) == before
    data_folder.chmod(0o755)


def test_a_lock_file_of_another_user_is_refused_in_words(data_folder: Path, ordinary_user: int) -> None:
    DataPaths(data_folder).lock.touch()
    DataPaths(data_folder).lock.chmod(0o444)
    assert code_of(lambda: open_desk(data_folder)) == "no_permission"


def test_stored_files_that_cannot_be_written_refuse_the_write_in_words(data_folder: Path, ordinary_user: int) -> None:
    desk = open_desk(data_folder)
    desk.paths.files.chmod(0o555)
    assert code_of(lambda: desk.write(lambda session: files.store(session, b"isi", files.PDF))) == "no_permission"
    desk.paths.files.chmod(0o755)
    desk.close()


# --- another program holds the database ----------------------------------------------------------------------------


@pytest.fixture
def hurried(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk that waits a moment only for other programs."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 30)
    desk = open_desk(data_folder)
    yield desk
    desk.close()


def test_a_write_lock_held_by_another_program_is_told_in_words_while_reading_goes_on(hurried: Desk) -> None:
    with closing(sqlite3.connect(hurried.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO units (name, version, active) VALUES ('x', 1, 1)")
        assert code_of(lambda: add(hurried, "Dinas Sosial")) == "locked"
        assert units(hurried) == []
        other.execute("ROLLBACK")
    add(hurried, "Dinas Sosial")
    assert units(hurried) == ["Dinas Sosial"]


def test_a_first_opening_while_another_program_holds_the_new_database_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 30)
    paths = DataPaths(tmp_path / "data")
    paths.root.mkdir()
    with closing(sqlite3.connect(paths.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert code_of(lambda: open_desk(paths.root)) == "locked"
    open_desk(paths.root).close()


def test_a_database_kept_for_itself_by_another_program_is_told_in_words(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 30)
    with closing(sqlite3.connect(DataPaths(data_folder).database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO units (name, version, active) VALUES ('x', 1, 1)")
        assert code_of(lambda: open_desk(data_folder)) == "locked"
        other.execute("ROLLBACK")
