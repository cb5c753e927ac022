"""`verify` names what a tamperer did with the sqlite3 tool behind the program's back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from asn_desk.accounts import service as users
from asn_desk.database import files
from asn_desk.database.trail.head import DayHead, day_head, outside
from asn_desk.database.trail.verify import Verdict, verify
from asn_desk.desk import open_desk
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths
from tests.factories import add_unit

GUARDS = ("audit_entries_no_update", "audit_entries_no_delete")


@pytest.fixture
def office(data_folder: Path) -> DataPaths:
    """A closed data folder with six trail entries and two stored files."""
    desk = open_desk(data_folder)
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    desk.write(lambda session: add_unit(session, "Dinas Sosial").id)
    desk.write(lambda session: files.store(session, b"surat satu", files.PDF))
    desk.write(lambda session: files.store(session, b"surat dua", files.PDF))
    desk.close()
    return DataPaths(data_folder)


def tamper(paths: DataPaths, *statements: str) -> None:
    """Run statements as somebody would who first takes the guards off and puts them back after."""
    with closing(sqlite3.connect(paths.database, isolation_level=None)) as database:
        guards = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE name IN (?, ?)", GUARDS).fetchall())
        for name in guards:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for sql in guards.values():
            database.execute(sql)


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


def test_an_untouched_office_is_whole(office: DataPaths) -> None:
    assert verify(office) == Verdict(entries=6, files=2, findings=())


def test_a_fresh_office_without_entries_is_whole(data_folder: Path) -> None:
    assert verify(DataPaths(data_folder)).findings == ()


def test_looking_writes_nothing(office: DataPaths) -> None:
    before = {file: file.read_bytes() for file in office.root.rglob("*") if file.is_file()}
    verify(office)
    assert {file: file.read_bytes() for file in office.root.rglob("*") if file.is_file()} == before


CHANGED = "Jejak perubahan nomor {} telah diubah di luar program."
GONE = "Jejak perubahan nomor {} hilang."


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit_entries SET actor = 'orang lain' WHERE seq = 3", CHANGED.format(3)),
        ("UPDATE audit_entries SET after = '{}' WHERE seq = 1", CHANGED.format(1)),
        ("UPDATE audit_entries SET at = '2020-01-01' WHERE seq = 6", CHANGED.format(6)),
        ("UPDATE audit_entries SET hash = previous WHERE seq = 2", CHANGED.format(2)),
        ("DELETE FROM audit_entries WHERE seq = 1", GONE.format(1)),
        ("DELETE FROM audit_entries WHERE seq = 4", GONE.format(4)),
        ("DELETE FROM audit_entries WHERE seq = 6", GONE.format(6)),
        ("DELETE FROM audit_entries WHERE seq IN (2, 5)", GONE.format(2)),
        ("DELETE FROM audit_entries", GONE.format(1)),
        ("DELETE FROM audit_head", "Penanda akhir jejak perubahan hilang."),
        ("UPDATE audit_head SET seq = 5", "Penanda akhir jejak perubahan tidak cocok dengan jejak nomor 6."),
    ],
)
def test_a_changed_or_deleted_entry_is_found_and_the_first_is_named(
    office: DataPaths, statement: str, sentence: str
) -> None:
    tamper(office, statement)
    findings = verify(office).findings
    assert [finding.sentence for finding in findings if finding.code == "trail"] == [sentence]
    assert {finding.code for finding in findings} <= {"trail", "record"}, (
        "what a lost line said of a record is missed too"
    )


def test_a_forged_entry_in_the_middle_is_found_even_with_a_hash_of_its_own(office: DataPaths) -> None:
    from asn_desk.database.trail.audit import entry_hash

    with closing(sqlite3.connect(office.database)) as database:
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM audit_entries WHERE seq = 3").fetchone())
    forged = entry_hash({**row, "actor": "orang lain"})
    tamper(office, f"UPDATE audit_entries SET actor = 'orang lain', hash = '{forged}' WHERE seq = 3")
    assert [finding.sentence for finding in verify(office).findings] == [CHANGED.format(4)]


def test_guards_that_were_taken_off_are_named(office: DataPaths) -> None:
    with closing(sqlite3.connect(office.database)) as database:
        database.execute("DROP TRIGGER audit_entries_no_update")
    (finding,) = verify(office).findings
    assert finding.code == "guard"
    assert "audit_entries_no_update" in finding.sentence


def test_a_reference_to_nothing_is_found(office: DataPaths) -> None:
    tamper(office, "UPDATE units SET parent_id = 999 WHERE id = 2")
    broken, changed = verify(office).findings
    assert (broken.code, changed.code) == ("foreign_key", "record")
    assert "units" in broken.sentence
    assert "units:2" in changed.sentence


def change(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"!")


@pytest.mark.parametrize(("harm", "code"), [(change, "file_changed"), (Path.unlink, "file_missing")])
def test_a_changed_or_deleted_stored_file_is_named(office: DataPaths, harm: Callable[[Path], None], code: str) -> None:
    victim = min(file for file in office.files.rglob("*") if file.is_file())
    harm(victim)
    (finding,) = verify(office).findings
    assert finding.code == code
    assert victim.name in finding.sentence


def test_a_deleted_register_row_of_a_stored_file_breaks_no_check_but_its_entry_stays_on_the_trail(
    office: DataPaths,
) -> None:
    tamper(office, "DELETE FROM stored_files")
    with closing(sqlite3.connect(office.database)) as database:
        kept = database.execute("SELECT count(*) FROM audit_entries WHERE action = 'stored_files:created'").fetchone()
    assert kept == (2,)


@pytest.mark.parametrize("content", [b"ini bukan basis data sama sekali, hanya tulisan biasa" * 20, b""])
def test_a_file_that_is_no_database_is_one_finding_not_a_crash(office: DataPaths, content: bytes) -> None:
    office.database.write_bytes(content)
    assert codes(verify(office)) == ["database_damaged"]


def test_a_torn_page_is_found(office: DataPaths) -> None:
    data = bytearray(office.database.read_bytes())
    for page in range(4096 * 2, len(data) - 4096, 4096 * 3):
        data[page : page + 64] = bytes(64)
    office.database.write_bytes(data)
    assert verify(office).findings


def test_a_folder_without_data_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        verify(DataPaths(tmp_path))
    assert caught.value.code == "no_data"
    assert list(tmp_path.iterdir()) == []


def worked_in(paths: DataPaths) -> DayHead:
    """Let the office issue a user and change him, and return the trail's head afterwards."""
    desk = open_desk(paths.root)
    desk.write(lambda session: add_unit(session, "Dinas Kominfo").id)
    desk.write(lambda session: users.add_user(session, "Ratna Wulandari"))
    head = desk.read(day_head)
    desk.close()
    assert head is not None
    return head


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE users SET role = 'administrator'", "Catatan users:1 telah diubah di luar program: role"),
        ("UPDATE users SET active = 0", "Catatan users:1 telah diubah di luar program: active"),
        ("DELETE FROM users", "Catatan users:1 telah dihapus di luar program"),
        (
            "INSERT INTO users (name, active, version, role, grants) VALUES ('Tamu', 1, 1, 'operator', '')",
            "Catatan users:2 dibuat di luar program",
        ),
    ],
)
def test_a_record_changed_deleted_or_made_with_a_database_tool_is_named(
    office: DataPaths, statement: str, told: str
) -> None:
    worked_in(office)
    assert verify(office).findings == ()
    tamper(office, statement)
    (finding,) = verify(office).findings
    assert finding.code == "record"
    assert finding.sentence.startswith(told)


def test_a_database_rolled_back_to_an_older_copy_is_named_by_the_head_from_outside(
    office: DataPaths, tmp_path: Path
) -> None:
    yesterday = shutil.copyfile(office.database, tmp_path / "kemarin.db")
    head = worked_in(office)
    known = outside(head.short.upper(), head.day)
    assert verify(office, known).findings == ()
    shutil.copyfile(yesterday, office.database)
    assert verify(office).findings == ()
    (finding,) = verify(office, known).findings
    assert finding.code == "head"
    assert head.short in finding.sentence
    assert "salinan lama" in finding.sentence


def test_a_head_said_to_be_older_than_it_is_is_questioned(office: DataPaths) -> None:
    head = worked_in(office)
    (finding,) = verify(office, outside(head.hash, head.day - timedelta(days=1))).findings
    assert "sesudah" in finding.sentence


@pytest.mark.parametrize("text", ["", "abc", "z" * 16, "ab' OR 1=1 --", "a" * 65])
def test_what_cannot_be_a_head_is_refused(text: str) -> None:
    with pytest.raises(DeskError) as caught:
        outside(text)
    assert caught.value.code == "head"
