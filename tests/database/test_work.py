"""Units of work: nothing half-written, nobody's change lost, trouble with the disk told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from asn_desk.database import files
from asn_desk.database.file_store import write_durably
from asn_desk.database.files import StoredFile
from asn_desk.database.problems import explain_operational
from asn_desk.database.work import check_version
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, EnvironmentProblem, StaleRecord
from asn_desk.office.model import Unit
from tests.factories import add_unit


def stored_on_disk(desk: Desk) -> list[str]:
    return [file.name for file in desk.paths.files.rglob("*") if file.is_file()]


def test_a_stored_file_comes_back_and_equal_bytes_are_kept_once(desk: Desk) -> None:
    first = desk.write(lambda session: files.store(session, b"isi surat", files.PDF)).value
    again = desk.write(lambda session: files.store(session, b"isi surat", files.PDF)).value
    assert first == again
    assert desk.read(lambda session: files.fetch(session, first)) == b"isi surat"
    assert stored_on_disk(desk) == [first]
    assert desk.read(lambda session: session.scalars(select(StoredFile.size)).all()) == [9]


def test_a_failed_write_removes_the_files_it_made_and_no_others(desk: Desk) -> None:
    kept = desk.write(lambda session: files.store(session, b"lama", files.PDF)).value

    def fail(session: Session) -> None:
        files.store(session, b"lama", files.PDF)
        files.store(session, b"baru", files.PDF)
        add_unit(session, "Dinas Sosial")
        raise KeyError("x")

    with pytest.raises(KeyError):
        desk.write(fail)
    assert stored_on_disk(desk) == [kept]
    assert desk.read(lambda session: session.scalars(select(Unit.id)).all()) == []
    assert desk.read(lambda session: files.fetch(session, kept)) == b"lama"


def test_the_files_of_a_failed_write_are_gone_before_the_next_writer_can_adopt_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[list[str]] = []
    real = Session.rollback

    def watched(session: Session) -> None:
        left.append(stored_on_disk(desk))
        real(session)

    def fail(session: Session) -> None:
        files.store(session, b"baru", files.PDF)
        raise KeyError("x")

    monkeypatch.setattr(Session, "rollback", watched)
    with pytest.raises(KeyError):
        desk.write(fail)
    assert left == [[]]


def test_an_interrupt_in_the_middle_rolls_back_as_well(desk: Desk) -> None:
    def stop(session: Session) -> None:
        add_unit(session, "Dinas Sosial")
        files.store(session, b"baru", files.PDF)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.write(stop)
    assert stored_on_disk(desk) == []
    assert desk.write(lambda session: add_unit(session, "Dinas Kesehatan").name).value == "Dinas Kesehatan"


def test_a_read_cannot_store_a_file(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match=r"Desk\.write"):
        desk.read(lambda session: files.store(session, b"x", files.PDF))
    assert stored_on_disk(desk) == []


@pytest.mark.parametrize(
    ("harm", "code"), [(Path.unlink, "file_missing"), (lambda file: file.write_bytes(b"lain"), "file_changed")]
)
def test_a_stored_file_that_was_touched_outside_is_not_handed_out(desk: Desk, harm: object, code: str) -> None:
    sha256 = desk.write(lambda session: files.store(session, b"isi", files.PDF)).value
    harm(desk.store.path(sha256))  # type: ignore[operator]
    with pytest.raises(DeskError) as caught:
        desk.read(lambda session: files.fetch(session, sha256))
    assert caught.value.code == code


DISK_TROUBLE = [
    (errno.ENOSPC, "disk_full"),
    (errno.EDQUOT, "disk_full"),
    (errno.EROFS, "read_only"),
    (errno.EACCES, "no_permission"),
    (errno.EIO, "disk_error"),
]


@pytest.mark.parametrize(("number", "code"), DISK_TROUBLE)
def test_trouble_while_a_file_is_written_is_told_in_words_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    def work(session: Session) -> None:
        add_unit(session, "Dinas Sosial")
        files.store(session, b"isi surat", files.PDF)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentProblem) as caught:
        desk.write(work)
    monkeypatch.undo()
    assert caught.value.code == code
    assert stored_on_disk(desk) == []
    assert desk.read(lambda session: session.scalars(select(Unit.id)).all()) == []


def test_a_stored_file_that_the_disk_cannot_read_is_told_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    sha256 = desk.write(lambda session: files.store(session, b"isi", files.PDF)).value
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(EnvironmentProblem) as caught:
        desk.read(lambda session: files.fetch(session, sha256))
    assert caught.value.code == "file_unreadable"


def test_a_write_into_place_leaves_the_old_file_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "surat.pdf"
    write_durably(target, b"lama")

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="x"):
        write_durably(target, b"baru")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("surat.pdf", b"lama")]


def rename(session: Session, unit: int, seen: int, name: str) -> None:
    record = session.get_one(Unit, unit)
    check_version(record, seen, "Unit kerja ini")
    record.name = name


def test_the_second_of_two_windows_on_one_record_is_refused_and_the_first_change_stays(desk: Desk) -> None:
    unit = desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id).value
    other = open_desk(desk.paths.root, exclusive=False)
    seen = desk.read(lambda session: session.get_one(Unit, unit).version)
    assert other.read(lambda session: session.get_one(Unit, unit).version) == seen
    desk.write(lambda session: rename(session, unit, seen, "Dinas Sosial"))
    with pytest.raises(StaleRecord) as caught:
        other.write(lambda session: rename(session, unit, seen, "Dinas Pendidikan"))
    other.close()
    assert caught.value.sentence.startswith("Unit kerja ini sudah diubah")
    assert desk.read(lambda session: session.get_one(Unit, unit).name) == "Dinas Sosial"


def test_a_record_changed_between_reading_and_saving_in_one_write_is_refused(desk: Desk) -> None:
    unit = desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id).value

    def work(session: Session) -> None:
        record = session.get_one(Unit, unit)
        session.connection().execute(text("UPDATE units SET version = version + 1"))
        record.name = "Dinas Sosial"

    with pytest.raises(StaleRecord):
        desk.write(work)
    assert desk.read(lambda session: session.get_one(Unit, unit).name) == "Dinas Kesehatan"


def test_each_change_raises_the_version(desk: Desk) -> None:
    unit = desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id).value
    before = desk.read(lambda session: session.get_one(Unit, unit).version)
    desk.write(lambda session: rename(session, unit, before, "Dinas Sosial"))
    assert desk.read(lambda session: session.get_one(Unit, unit).version) == before + 1


def test_a_reader_sees_the_state_before_an_open_write(desk: Desk) -> None:
    def work(session: Session) -> list[str]:
        add_unit(session, "Dinas Sosial")
        return list(desk.read(lambda reader: reader.scalars(select(Unit.name)).all()))

    assert desk.write(work).value == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("database or disk is full", "disk_full"),
        ("attempt to write a readonly database", "read_only"),
        ("database is locked", "locked"),
        ("unable to open database file", "cannot_open"),
        ("disk I/O error", "disk_error"),
        ("database disk image is malformed", "database_damaged"),
        ("file is not a database", "database_damaged"),
    ],
)
def test_database_trouble_of_the_pc_is_told_in_words(desk: Desk, message: str, code: str) -> None:
    def fail(_session: Session) -> None:
        raise DatabaseError("INSERT", {}, Exception(message))

    for run in (desk.read, desk.write):
        with pytest.raises(EnvironmentProblem) as caught:
            run(fail)
        assert caught.value.code == code
        assert str(desk.paths.root) in caught.value.sentence


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('connection to server at "10.0.0.7", port 5432 failed: Connection refused', "server_unreachable"),
        ("server closed the connection unexpectedly", "server_unreachable"),
        ("terminating connection due to administrator command", "server_unreachable"),
        ('FATAL:  password authentication failed for user "kantor"', "server_refused"),
        ("could not extend file: No space left on device", "disk_full"),
        ("deadlock detected", "server_busy"),
    ],
)
def test_trouble_with_a_server_is_told_in_words(tmp_path: Path, message: str, code: str) -> None:
    told = explain_operational(OperationalError("SELECT", {}, Exception(message)), tmp_path)
    assert isinstance(told, EnvironmentProblem)
    assert told.code == code


def test_the_reason_behind_a_lost_savepoint_is_found(desk: Desk) -> None:
    def fail(_session: Session) -> None:
        try:
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        except OperationalError:
            raise OperationalError("ROLLBACK TO", {}, Exception("no such savepoint: sa_savepoint_1"))  # noqa: B904

    with pytest.raises(EnvironmentProblem) as caught:
        desk.write(fail)
    assert caught.value.code == "disk_full"


def test_unknown_database_trouble_stays_a_bug(tmp_path: Path) -> None:
    error = OperationalError("SELECT", {}, Exception("no such column: x"))
    assert explain_operational(error, tmp_path) is error


def test_a_moment_without_a_zone_is_refused_and_comes_back_with_one(desk: Desk) -> None:
    from asn_desk.database.base import UtcDateTime

    stored = desk.write(lambda session: files.store(session, b"x", files.PDF)).value
    moment = desk.read(lambda session: session.get_one(StoredFile, stored).stored_at)
    assert moment.utcoffset() is not None
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(moment.replace(tzinfo=None), desk.engine.dialect)
