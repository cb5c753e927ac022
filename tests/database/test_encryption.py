"""Encryption at rest: switched on and off, unlocked by passwords and the recovery sheet, and nothing readable on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts import recovery, service
from asn_desk.accounts.queries import users
from asn_desk.accounts.recovery_acts import decrypt, encrypt, recover, renew_sheet
from asn_desk.accounts.recovery_sheet import sheet
from asn_desk.cli.main import main as core
from asn_desk.database.backups import backup as backups
from asn_desk.database.sealing import cipher, keys, keys_file, sealed
from asn_desk.database.sealing.sealed_switch import STAGING
from asn_desk.database.sealing.vault import Vault, keep
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, EnvironmentProblem
from tests.accounts_office import PASSWORD
from tests.encrypted_office import (
    ADMINISTRATOR,
    CODE,
    OPERATOR,
    OTHER_PASSWORD,
    PAPER,
    SECRET,
    TYPED,
    forget,
    paper_hash,
    paper_of,
    people,
    readable,
    readable_below,
    reopened,
    row_of,
)
from tests.factories import add_employee

pytestmark = pytest.mark.usefixtures("own_process")


@pytest.fixture
def office(plain_office: Desk) -> Desk:
    """A plain office of this test's own; an administrator is signed in."""
    return plain_office


def test_nothing_readable_lies_in_the_folder(encrypted: Desk) -> None:
    encrypted.maintain(lambda session: add_employee(session, name=f"{SECRET} Kedua", nip="199001012015011001"))
    encrypted.backup()
    found = readable_below(encrypted.paths.root)
    assert found == []


def test_plain_office_is_readable_so_that_the_search_proves_something(office: Desk) -> None:
    names = {file.name for file in office.paths.root.rglob("*") if file.is_file() and readable(file)}
    assert {"asn_desk.db-wal", paper_hash()} & names


def test_encrypted_office_works_as_before(encrypted: Desk) -> None:
    assert paper_of(encrypted) == PAPER
    assert encrypted.verify().findings == ()
    assert encrypted.encrypted


def test_plain_office_never_loads_the_encryption(data_folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from asn_desk.desk import open_desk\n"
        "desk = open_desk(Path(sys.argv[1])); desk.accounts_on(); desk.close()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('sqlcipher3', 'cryptography', 'argon2')])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(data_folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_program_starts_locked_and_signing_in_unlocks(encrypted: Desk) -> None:
    root = encrypted.paths.root
    encrypted.close()
    forget()
    again = open_desk(root)
    try:
        assert again.locked
        assert again.accounts_on()
        with pytest.raises(DeskError, match="terkunci"):
            people(again)
        with pytest.raises(DeskError) as refused:
            again.sign_in(ADMINISTRATOR, "bukan kata sandinya")
        assert refused.value.code == "sign_in"
        assert again.sign_in(ADMINISTRATOR.lower(), PASSWORD).name == ADMINISTRATOR
        assert again.encrypted
        assert paper_of(again) == PAPER
    finally:
        again.close()


def test_other_users_can_unlock_after_one_sign_in(encrypted: Desk) -> None:
    encrypted.sign_in(OPERATOR, PASSWORD)
    again = reopened(encrypted)
    assert again.sign_in(OPERATOR, PASSWORD).name == OPERATOR
    again.close()


def test_user_who_never_signed_in_since_is_refused_while_locked(encrypted: Desk) -> None:
    again = reopened(encrypted)
    with pytest.raises(DeskError) as refused:
        again.sign_in(OPERATOR, PASSWORD)
    again.close()
    assert refused.value.code == "sign_in"


def test_changing_a_password_rewraps_and_touches_no_data(encrypted: Desk) -> None:
    paper = sealed_paper(encrypted).read_bytes()
    encrypted.change_password(PASSWORD, OTHER_PASSWORD)
    assert sealed_paper(encrypted).read_bytes() == paper
    again = reopened(encrypted)
    with pytest.raises(DeskError):
        again.sign_in(ADMINISTRATOR, PASSWORD)
    again.sign_in(ADMINISTRATOR, OTHER_PASSWORD)
    again.close()


def sealed_paper(desk: Desk) -> Path:
    return desk.store.path(paper_hash())


def test_stored_file_tells_neither_content_nor_hash(encrypted: Desk) -> None:
    assert sealed_paper(encrypted).name != paper_hash()
    assert sealed.is_sealed(sealed_paper(encrypted))


def test_temporary_password_unlocks(encrypted: Desk) -> None:
    row = row_of(encrypted, OPERATOR)
    word = encrypted.write(lambda session: service.set_password(session, row.id, row.version)).value
    again = reopened(encrypted)
    assert again.sign_in(OPERATOR, word).must_change
    again.close()


def test_renamed_user_signs_in_by_the_new_name(encrypted: Desk) -> None:
    row = row_of(encrypted, ADMINISTRATOR)
    encrypted.write(lambda session: service.rename_user(session, row.id, "Nama Lain", row.version))
    again = reopened(encrypted)
    assert again.sign_in("nama lain", PASSWORD).name == "Nama Lain"
    again.close()


def test_entry_of_a_user_who_was_shut_out_is_gone(encrypted: Desk) -> None:
    encrypted.sign_in(OPERATOR, PASSWORD)
    encrypted.sign_in(ADMINISTRATOR, PASSWORD)
    row = row_of(encrypted, OPERATOR)
    assert slots(encrypted) == {row.id, row_of(encrypted, ADMINISTRATOR).id}
    encrypted.maintain(lambda session: service.set_active(session, row.id, active=False, version=row.version))
    assert row.id not in slots(encrypted)


def slots(desk: Desk) -> set[int]:
    file = keys_file.load(desk.paths.root)
    assert file is not None
    return {slot.user_id for slot in file.users}


def test_failed_commit_leaves_the_old_password_in_force(encrypted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(type(encrypted), "_commit", refuse)
        with pytest.raises(EnvironmentProblem):
            encrypted.change_password(PASSWORD, OTHER_PASSWORD)
    again = reopened(encrypted)
    again.sign_in(ADMINISTRATOR, PASSWORD)
    assert paper_of(again) == PAPER
    file = keys_file.load(again.paths.root)
    assert file is not None
    assert (
        file.opened_by(ADMINISTRATOR, OTHER_PASSWORD) is None
    )  # the sign-in cleared the entry that never came into force
    again.close()


def refuse(_desk: Desk, _session: Any) -> None:
    raise EnvironmentProblem("disk_full", "penuh")


def test_recovery_sheet_opens_and_gives_a_new_password(encrypted: Desk) -> None:
    again = reopened(encrypted)
    recover(again, CODE.lower().replace("-", " "), ADMINISTRATOR, OTHER_PASSWORD)
    assert again.sign_in(ADMINISTRATOR, OTHER_PASSWORD).name == ADMINISTRATOR
    assert paper_of(again) == PAPER
    last = reopened(again)
    last.sign_in(ADMINISTRATOR, OTHER_PASSWORD)
    last.close()


def test_other_sheet_opens_nothing(encrypted: Desk) -> None:
    again = reopened(encrypted)
    with pytest.raises(DeskError) as refused:
        recover(again, recovery.new_code(), ADMINISTRATOR, OTHER_PASSWORD)
    assert refused.value.code == "recovery_code"
    assert again.locked
    again.close()


def test_renewed_sheet_replaces_the_old_one(encrypted: Desk) -> None:
    fresh = recovery.new_code()
    renew_sheet(encrypted, PASSWORD, fresh, dict(enumerate(recovery.groups(fresh))))
    file = keys_file.load(encrypted.paths.root)
    assert file is not None
    assert file.opened_by_code(CODE) is None
    assert file.opened_by_code(fresh) is not None


@pytest.mark.parametrize("typed", [{}, {1: "AB123"}, {1: recovery.groups(CODE)[1]}])
def test_sheet_must_be_typed_back_first(office: Desk, typed: dict[int, str]) -> None:
    with pytest.raises(DeskError) as refused:
        encrypt(office, PASSWORD, CODE, typed)
    assert refused.value.code == "recovery_code"
    assert not office.encrypted


def test_encryption_needs_an_administrator_and_the_right_password(office: Desk) -> None:
    with pytest.raises(DeskError) as refused:
        encrypt(office, "salah sama sekali", CODE, TYPED)
    assert refused.value.code == "password"
    office.sign_in(OPERATOR, PASSWORD)
    with pytest.raises(DeskError) as refused:
        encrypt(office, PASSWORD, CODE, TYPED)
    assert refused.value.code == "not_allowed"


def test_off_again_leaves_the_office_as_it_was(encrypted: Desk) -> None:
    before = encrypted.paths.backups / "sebelum-enkripsi"
    assert [file.suffix for file in before.rglob("*.segel")]
    decrypt(encrypted, PASSWORD)
    assert not encrypted.encrypted
    assert paper_of(encrypted) == PAPER
    assert encrypted.verify().findings == ()
    assert not (encrypted.paths.root / "kunci.json").exists()
    assert not before.exists()
    assert cipher.mark_of(encrypted.paths.database) is None


def test_archived_backup_is_there_again_after_switching_off(office: Desk) -> None:
    old = {file.name: file.read_bytes() for file in office.paths.backups.glob("*.zip")}
    encrypt(office, PASSWORD, CODE, TYPED)
    decrypt(office, PASSWORD)
    assert {file.name: file.read_bytes() for file in office.paths.backups.glob("*.zip")} == old


class Killed(BaseException):
    """The process ends here."""


STAGES = ("database", "files", "backups", "check", "move_database", "move_files", "move_backups", "moved")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("way", ["on", "off"])
def test_killed_switch_leaves_one_whole_state(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, stage: str, way: str
) -> None:
    office: Desk = request.getfixturevalue("office" if way == "on" else "encrypted")

    def kill(reached: str) -> None:
        if reached == stage:
            raise Killed

    staging = office.paths.root / STAGING
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_a, **_k: None)  # a killed process clears nothing away
        with pytest.raises(Killed):
            encrypt(office, PASSWORD, CODE, TYPED, kill) if way == "on" else decrypt(office, PASSWORD, kill)
    assert staging.exists()
    again = reopened(office)
    again.sign_in(ADMINISTRATOR, PASSWORD)
    moved = STAGES.index(stage) >= STAGES.index("move_database")
    assert again.encrypted == (moved if way == "on" else not moved)
    assert paper_of(again) == PAPER
    assert again.verify().findings == ()
    assert not staging.exists()
    assert again.read(lambda session: len(users(session))) == 6
    again.close()
    if again.encrypted:
        assert [file.name for file in again.paths.root.rglob("*") if file.is_file() and readable(file)] == []


def test_full_disk_leaves_the_plain_office(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(sealed, "seal_file", full)
        with pytest.raises(EnvironmentProblem) as refused:
            encrypt(office, PASSWORD, CODE, TYPED)
    assert refused.value.code == "disk_full"
    assert not office.encrypted
    assert paper_of(office) == PAPER


def damage_cut(data: bytes) -> bytes:
    return data[:-1]


def damage_flip(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


@pytest.mark.parametrize("damage", [damage_cut, damage_flip, lambda _data: b"", lambda _data: sealed.MAGIC])
def test_damaged_sealed_file_is_told(encrypted: Desk, damage: Callable[[bytes], bytes]) -> None:
    file = sealed_paper(encrypted)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(DeskError) as refused:
        paper_of(encrypted)
    assert refused.value.code == "file_changed"
    assert [finding.code for finding in encrypted.verify().findings] == ["file_changed"]


def test_lost_key_file_comes_from_its_copy(encrypted: Desk) -> None:
    (encrypted.paths.root / "kunci.json").unlink()
    again = reopened(encrypted)
    again.sign_in(ADMINISTRATOR, PASSWORD)
    again.close()


@pytest.mark.parametrize("left", [None, b"{}"])
def test_lost_or_damaged_key_files_get_a_sentence(encrypted: Desk, left: bytes | None) -> None:
    root = encrypted.paths.root
    kept = (root / "kunci.json").read_bytes()
    encrypted.close()
    forget()
    for name in ("kunci.json", "kunci-salinan.json"):
        (root / name).unlink() if left is None else (root / name).write_bytes(left)
    with pytest.raises(DeskError, match=r"kunci\.json"):
        open_desk(root)
    (root / "kunci.json").write_bytes(kept)
    again = open_desk(root)
    again.sign_in(ADMINISTRATOR, PASSWORD)
    assert paper_of(again) == PAPER
    again.close()


def test_keys_cost_what_the_standard_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert (keys_file._PASSES, keys_file._MEMORY_KB, keys_file._LANES) == (3, 65_536, 4)


@pytest.mark.parametrize("automatic", [False, True])
def test_restore_on_a_new_computer_with_the_recovery_sheet(
    encrypted: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, automatic: bool
) -> None:
    stick = tmp_path / "stik"
    made = backup_on(encrypted, stick, automatic=automatic)
    encrypted.close()
    shutil.rmtree(encrypted.paths.root)
    forget()
    fresh = tmp_path / "komputer baru" / "data"
    command = ["restore", str(made), "--data", str(fresh), "--json"]
    assert core(command) == 1  # nobody said who asks
    monkeypatch.setenv("ASN_DESK_PEMULIHAN", recovery.new_code())
    assert core([*command, "--recovery"]) == 1
    assert not (fresh / "asn_desk.db").exists()
    monkeypatch.setenv("ASN_DESK_PEMULIHAN", CODE.lower())
    assert core([*command, "--recovery"]) == 0
    forget()
    again = open_desk(fresh)
    assert again.locked
    recover(again, CODE, ADMINISTRATOR, OTHER_PASSWORD)
    again.sign_in(ADMINISTRATOR, OTHER_PASSWORD)
    assert paper_of(again) == PAPER
    assert again.verify().findings == ()
    again.close()
    assert readable_below(tmp_path) == []


def backup_on(desk: Desk, stick: Path, *, automatic: bool) -> Path:
    stick.mkdir()
    if not automatic:
        return desk.backup(stick / "cadangan.zip").path
    return keep(desk.paths, Vault(stick), desk.clock.now()).path


@pytest.mark.parametrize("automatic", [False, True])
def test_flipped_bit_in_a_sealed_file_keeps_it_out_of_the_backup(
    encrypted: Desk, tmp_path: Path, *, automatic: bool
) -> None:
    file = sealed_paper(encrypted)
    file.write_bytes(damage_flip(file.read_bytes()))
    target = backup_on(encrypted, tmp_path / "stik", automatic=automatic)
    assert list(backups.check(target)["harmed"]) == [file.name]


def test_backup_is_refused_while_locked(encrypted: Desk) -> None:
    again = reopened(encrypted)
    with pytest.raises(DeskError) as refused:
        again.backup(automatic=True)
    assert refused.value.code == "data_locked"
    again.close()


def test_command_line_switches_and_reads(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    root = office.paths.root
    office.close()
    monkeypatch.setenv("ASN_DESK_SANDI", PASSWORD)
    monkeypatch.setenv("ASN_DESK_PEMULIHAN", CODE)
    seat = ["--data", str(root), "--as", ADMINISTRATOR, "--json"]
    for command in (["encryption", "on"], ["encryption", "status"], ["verify"], ["backup"], ["users", "list"]):
        forget()
        assert core([*command, *seat]) == 0, command
    assert readable_below(root) == []
    forget()
    assert core(["verify", "--data", str(root), "--json"]) == 1
    assert core(["encryption", "off", *seat]) == 0
    assert core(["verify", "--data", str(root), "--json"]) == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("AB12", "40 huruf"),
        (CODE.replace("AB12", "AB13", 1), "Kelompok ke-1"),
        ("-".join(reversed(recovery.groups(CODE))), "Kelompok ke-1"),
        (CODE.replace("AB12", "BA12", 1), "Kelompok ke-1"),
    ],
)
def test_mistyped_code_says_where(typed: str, message: str) -> None:
    with pytest.raises(DeskError, match=message):
        recovery.normal(typed)


def test_sheet_carries_the_code() -> None:
    import pypdfium2

    page = pypdfium2.PdfDocument(sheet(CODE, date(2024, 9, 9), "Pemerintah Kota Contoh"))[0]
    text = page.get_textpage().get_text_bounded()
    assert all(group in text for group in recovery.groups(CODE))
    assert "9 September 2024" in text


@pytest.mark.parametrize("size", [0, 1, sealed.CHUNK - 1, sealed.CHUNK, sealed.CHUNK + 1, 2 * sealed.CHUNK])
def test_any_size_can_be_sealed(size: int) -> None:
    key, data = keys.new_key(), os.urandom(size)
    shut = sealed.seal(data, key)
    assert sealed.unseal(shut, key) == data
    with pytest.raises(sealed.BrokenSeal):
        sealed.unseal(shut, keys.new_key())


def test_chunks_cannot_be_dropped_or_swapped() -> None:
    key = keys.new_key()
    shut = sealed.seal(os.urandom(3 * sealed.CHUNK), key)
    head, size = len(sealed.MAGIC) + 16, sealed.CHUNK + 16
    first, second, third = (shut[head + number * size : head + (number + 1) * size] for number in range(3))
    for chunks in (first + second, first + third, second + first + third, first + second + third + third):
        with pytest.raises(sealed.BrokenSeal):
            sealed.unseal(shut[:head] + chunks, key)


def test_other_programs_wait_outside_while_the_encryption_changes(office: Desk) -> None:
    (office.paths.root / STAGING).mkdir()
    with pytest.raises(EnvironmentProblem) as refused:
        open_desk(office.paths.root, exclusive=False)
    assert refused.value.code == "switch_unfinished"


def test_what_another_program_is_writing_stops_the_switch(office: Desk) -> None:
    program = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('BEGIN IMMEDIATE'); print('at it', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(office.paths.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline()
    with pytest.raises(EnvironmentProblem) as refused:
        encrypt(office, PASSWORD, CODE, TYPED)
    other.communicate("", timeout=30)
    assert refused.value.code == "locked"
    assert not (office.paths.root / STAGING).exists()
    assert paper_of(office) == PAPER


def test_damaged_database_is_called_damaged(encrypted: Desk) -> None:
    root = encrypted.paths.root
    encrypted.close()
    data = encrypted.paths.database.read_bytes()
    encrypted.paths.database.write_bytes(bytes(16) + data[16:])
    with pytest.raises(EnvironmentProblem) as refused:
        open_desk(root)
    assert refused.value.code == "database_damaged"
    encrypted.paths.database.write_bytes(data[:9000] + bytes(20) + data[9020:])
    again = open_desk(root)
    assert verify(again.paths).findings
    again.close()


def test_file_in_use_is_not_opened_besides(encrypted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted.accounts_on()
    opened = list[Path]()
    plain_open = Path.open

    def watch(self: Path, *args: Any, **options: Any) -> Any:
        opened.append(self)
        return plain_open(self, *args, **options)

    monkeypatch.setattr(Path, "open", watch)
    encrypted.backup()
    encrypted.verify()
    encrypted.change_password(PASSWORD, OTHER_PASSWORD)
    assert encrypted.paths.database not in opened  # closing it would take SQLite's locks away
