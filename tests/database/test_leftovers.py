"""What a killed program leaves is cleared away at the next opening, and nothing that somebody may still need."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from asn_desk.database import engine, files, leftovers
from asn_desk.database.backups.backup import backup, check, restore
from asn_desk.database.copying import copy_database
from asn_desk.database.lock import FolderLock
from asn_desk.database.trail.verify import verify
from asn_desk.database.upgrade import refuse_unusable
from asn_desk.desk import Desk, open_desk
from asn_desk.paths import DataPaths

MONTH = 31 * 86_400


def killed(paths: DataPaths) -> None:
    """Leave the lock's note as a killed program does."""
    paths.lock.write_text('{"pengguna": "ratna"}', encoding="utf-8")


def opened_and_closed(paths: DataPaths) -> None:
    open_desk(paths.root).close()


def all_files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def paths(desk: Desk) -> DataPaths:
    """A closed folder with one stored file."""
    desk.write(lambda session: files.store(session, b"isi surat", files.PDF))
    desk.close()
    return desk.paths


def put(path: Path, data: bytes = b"setengah", *, age: float = 0) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


TEMPORARY = (
    "berkas/ab/.tulis-x1y2", "cadangan/.cadangan-1.zip.db", "cadangan/.cadangan-1.zip.tulis",
    "cadangan/.cadangan-1.zip.db.tulis", "cadangan/.cadangan-1.zip.db.tulis-journal",
    "cadangan/.cadangan-1.zip.db.tulis-wal", "cadangan/.sebelum-pemulihan-1.zip.db-journal",
    ".tulis-pengaturan.toml", ".pemulihan/asn_desk.db", "cadangan/.sebelum-pembaruan-0001.db.tulis",
)  # fmt: skip


def test_temporary_files_of_a_killed_program_are_gone_after_the_next_opening(paths: DataPaths) -> None:
    before = all_files(paths.root)
    for name in TEMPORARY:
        put(paths.root / name)
    killed(paths)
    opened_and_closed(paths)
    assert all_files(paths.root) == before


def test_a_stored_file_without_a_record_is_set_aside_and_deleted_after_a_month(paths: DataPaths) -> None:
    orphan = put(paths.files / "ab" / ("ab" * 32), age=MONTH)
    before = all_files(paths.files)
    killed(paths)
    opened_and_closed(paths)
    aside = paths.set_aside / orphan.name
    assert aside.read_bytes() == b"setengah"
    assert all_files(paths.files) == before - {f"ab/{orphan.name}"}
    killed(paths)
    opened_and_closed(paths)
    assert aside.exists(), "the month began when it was set aside"
    os.utime(aside, (time.time() - MONTH, time.time() - MONTH))
    killed(paths)
    opened_and_closed(paths)
    assert not aside.exists()


def test_nothing_is_looked_for_after_a_proper_end(paths: DataPaths) -> None:
    orphan = put(paths.files / "ab" / ("ab" * 32))
    opened_and_closed(paths)
    assert orphan.exists()


def test_a_letter_whose_record_an_older_database_lacks_is_not_destroyed(desk: Desk, tmp_path: Path) -> None:
    copy_database(desk.paths.database, tmp_path / "kemarin.db")
    sha256 = desk.write(lambda session: files.store(session, b"surat hari ini", files.PDF)).value
    desk.close()
    shutil.copyfile(tmp_path / "kemarin.db", desk.paths.database)
    killed(desk.paths)
    opened_and_closed(desk.paths)
    assert (desk.paths.set_aside / sha256).read_bytes() == b"surat hari ini"


def test_left_overs_that_cannot_be_cleared_keep_nobody_out_and_are_tried_again(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    orphan = put(paths.files / "ab" / ("ab" * 32))
    killed(paths)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "x")

    with monkeypatch.context() as patched:
        patched.setattr(leftovers, "_set_aside", refuse)
        opened_and_closed(paths)
    assert orphan.exists()
    opened_and_closed(paths)
    assert not orphan.exists()


def test_a_commit_of_unknown_outcome_keeps_its_files_until_the_next_opening_has_looked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_session: Session) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            desk.write(lambda session: files.store(session, b"isi", files.PDF))
    assert len(all_files(desk.paths.files)) == 1
    desk.close()
    opened_and_closed(desk.paths)
    assert all_files(desk.paths.files) == set()
    assert verify(desk.paths).findings == ()


def test_clearing_waits_for_a_running_write_whose_files_have_no_record_yet(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)

    def work(session: Session) -> str:
        sha256 = files.store(session, b"isi", files.PDF)
        with (
            closing(open_desk(desk.paths.root, exclusive=False)) as other,
            pytest.raises(OperationalError, match="locked"),
        ):
            leftovers.clear(other.engine, other.paths)
        return sha256

    sha256 = desk.write(work).value
    assert desk.read(lambda session: files.fetch(session, sha256)) == b"isi"


def test_a_proper_end_empties_the_note_of_the_lock_and_a_kill_leaves_it(tmp_path: Path) -> None:
    first = FolderLock(tmp_path / "kunci.lock")
    first.acquire()
    assert not first.untidy
    first.release(tidy=False)
    second = FolderLock(first.path)
    second.acquire()
    assert second.untidy
    second.release()
    assert first.path.read_bytes() == b""


# --- backups -------------------------------------------------------------------------------------------------------


def test_old_left_overs_on_a_stick_go_with_the_next_backup_and_young_or_foreign_ones_stay(
    paths: DataPaths, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    old = [put(stick / name, age=2 * 86_400) for name in (".cadangan-1.zip.tulis", ".cadangan-1.zip.db.tulis-journal")]
    kept = [put(stick / ".cadangan-2.zip.tulis"), put(stick / ".catatan.tulis", age=MONTH), put(stick / "foto.db")]
    backup(paths, stick / "cadangan.zip")
    assert not any(file.exists() for file in old)
    assert all(file.exists() for file in kept)


def test_a_backup_of_the_same_second_gets_a_name_of_its_own(practice_desk: Desk) -> None:
    made = {practice_desk.backup().path for _ in range(3)}
    assert len(made) == 3
    for file in made:
        check(file)


@pytest.mark.parametrize("harm", [lambda data: b"bukan basis data" * 100, lambda data: data[:4096] + b"\xff" * 4096])
def test_a_damaged_database_is_replaced_by_a_backup_and_kept_as_it_was(
    paths: DataPaths, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    made = backup(paths, tmp_path / "cadangan.zip")
    damaged = harm(paths.database.read_bytes())
    paths.database.write_bytes(damaged)
    kept = restore(made.path, paths, accept=refuse_unusable)
    assert kept is not None
    assert kept.name.startswith("rusak-")
    assert kept.read_bytes() == damaged
    opened_and_closed(paths)
    assert verify(paths).findings == ()
