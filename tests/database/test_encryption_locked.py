"""Locked data: wrong passwords wait and come onto the trail later; no backup pretends; restores never lose the encryption unasked."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts import recovery, service
from asn_desk.accounts.approvals import NeedsSecondPerson, approve
from asn_desk.accounts.recovery_acts import encrypt, recover
from asn_desk.accounts.recovery_keys import OfficeKeys, open_backup
from asn_desk.accounts.recovery_tries import MOST, TRIES_NAME, Tries, load
from asn_desk.accounts.terms import Role
from asn_desk.cli.main import main as core
from asn_desk.database import upgrade
from asn_desk.database.backups import backup as backups
from asn_desk.database.backups import keeping
from asn_desk.database.sealing import cipher
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR
from tests.encrypted_office import (
    ADMINISTRATOR,
    CODE,
    OPERATOR,
    OTHER_PASSWORD,
    PAPER,
    TYPED,
    forget,
    paper_of,
    readable_below,
    reopened,
    row_of,
)
from tests.factories import add_employee

pytestmark = pytest.mark.usefixtures("own_process")
NIGHT = datetime(2026, 11, 20, 22, tzinfo=UTC)
WRONG = "bukan kata sandinya"


def refused(desk: Desk, name: str = ADMINISTRATOR, password: str = WRONG) -> str:
    """Return the code of the refusal of a sign-in."""
    with pytest.raises(DeskError) as caught:
        desk.sign_in(name, password)
    return caught.value.code


def at(desk: Desk, moment: datetime) -> Desk:
    """Set the clock that the waiting goes by."""
    desk.keys._now = lambda: moment
    return desk


def trail(desk: Desk, action: str) -> list[tuple[str, Any]]:
    def read(session: Any) -> list[tuple[str, Any]]:
        rows = session.query(AuditEntry).filter_by(action=action).order_by(AuditEntry.seq)
        return [(row.subject, json.loads(row.after)) for row in rows]

    return desk.maintain(read).value


def test_wrong_passwords_against_locked_data_wait_longer_and_longer(encrypted: Desk) -> None:
    desk = at(reopened(encrypted), NIGHT)
    assert [refused(desk) for _ in range(5)] == ["sign_in"] * 4 + ["locked_out"]
    assert refused(desk, password=PASSWORD) == "locked_out"
    desk = at(reopened(desk), NIGHT + timedelta(seconds=50))  # a restart ends no waiting
    assert refused(desk, password=PASSWORD) == "locked_out"
    at(desk, NIGHT + timedelta(seconds=61))
    assert refused(desk) == "locked_out"
    at(desk, NIGHT + timedelta(seconds=61 + 110))  # the second waiting takes twice as long
    assert refused(desk, password=PASSWORD) == "locked_out"
    at(desk, NIGHT + timedelta(seconds=61 + 121))
    assert desk.sign_in(ADMINISTRATOR, PASSWORD).name == ADMINISTRATOR
    desk.close()


def test_others_need_not_wait_for_one_who_has_to(encrypted: Desk) -> None:
    row = row_of(encrypted, OPERATOR)
    word = encrypted.write(lambda session: service.set_password(session, row.id, row.version)).value
    desk = at(reopened(encrypted), NIGHT)
    for _ in range(5):
        refused(desk, OPERATOR)
    assert refused(desk, OPERATOR, word) == "locked_out"
    assert desk.sign_in(ADMINISTRATOR, PASSWORD).name == ADMINISTRATOR
    desk.clock = FixedClock(NIGHT)
    assert refused(desk, OPERATOR, word) == "locked_out"  # the database has taken the waiting over
    desk.close()


class FixedClock:
    """Stands on one moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> Any:
        return self.moment.date()


def test_tries_come_onto_the_trail_once_the_data_are_open(encrypted: Desk) -> None:
    row = row_of(encrypted, ADMINISTRATOR)
    desk = at(reopened(encrypted), NIGHT)
    refused(desk)
    refused(desk, "Orang Asing")
    with pytest.raises(DeskError, match="bukan milik data ini"):
        recover(desk, recovery.new_code(), ADMINISTRATOR, OTHER_PASSWORD)
    with pytest.raises(DeskError, match="40 huruf"):
        recover(desk, "AB12", ADMINISTRATOR, OTHER_PASSWORD)  # mistyped: no try at all
    noted = (desk.paths.root / TRIES_NAME).read_text(encoding="utf-8")
    assert not any(name in noted for name in (*NAMES.values(), "Orang Asing", WRONG))
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    when = {"happened_at": NIGHT.isoformat()}
    assert trail(desk, "users:sign_in_failed") == [(f"users:{row.id}", when), ("users:0", when)]
    assert trail(desk, "encryption:sheet_refused") == [("encryption:0", when)]
    assert not (desk.paths.root / TRIES_NAME).exists()
    last = reopened(desk)
    last.sign_in(ADMINISTRATOR, PASSWORD)
    assert len(trail(last, "users:sign_in_failed")) == 2  # told once
    last.close()


def test_waiting_binds_the_command_line_too(encrypted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    root = encrypted.paths.root
    encrypted.close()
    seat = ["--data", str(root), "--as", ADMINISTRATOR, "--json"]
    monkeypatch.setenv("ASN_DESK_SANDI", WRONG)
    for _ in range(5):
        forget()
        assert core(["verify", *seat]) == 1
    monkeypatch.setenv("ASN_DESK_SANDI", PASSWORD)
    assert core(["verify", *seat]) == 1
    assert load(root).counts[1].failed == 5


def test_endless_tries_fill_no_disk() -> None:
    tries = Tries()
    for _ in range(MOST + 7):
        tries = tries.failed_by(0, NIGHT)
    assert (len(tries.failed), tries.more, tries.counts) == (MOST, 7, {})


@pytest.mark.parametrize("left", [b"", b"{", b'{"counts": {"1": {"failed": -3}}}', b"[]"])
def test_damaged_note_keeps_nobody_out(encrypted: Desk, left: bytes) -> None:
    desk = reopened(encrypted)
    (desk.paths.root / TRIES_NAME).write_bytes(left)
    assert refused(desk) == "sign_in"
    assert desk.sign_in(ADMINISTRATOR, PASSWORD).name == ADMINISTRATOR
    desk.close()


def test_clock_set_back_keeps_nobody_out_for_days(encrypted: Desk) -> None:
    desk = at(reopened(encrypted), NIGHT + timedelta(days=30))
    for _ in range(5):
        refused(desk)
    at(desk, NIGHT)
    assert desk.sign_in(ADMINISTRATOR, PASSWORD).name == ADMINISTRATOR
    desk.close()


def test_new_password_from_an_administrator_unlocks_at_once(encrypted: Desk) -> None:
    made = encrypted.write(lambda session: service.add_user(session, "Wahyu Baru", Role.OPERATOR)).value
    word = encrypted.write(lambda session: service.set_password(session, made, 1)).value
    assert "Wahyu Baru" not in encrypted.read(encrypted.keys.unable)
    assert OPERATOR in encrypted.read(encrypted.keys.unable)
    desk = reopened(encrypted)
    assert desk.sign_in("Wahyu Baru", word).must_change
    desk.close()


def test_locked_data_are_not_backed_up_but_the_light_says_what_to_do(encrypted: Desk) -> None:
    encrypted.maintain(lambda session: add_employee(session, name="Orang Baru", nip="199001012015011001"))
    desk = reopened(encrypted)
    for backup in desk.paths.backups.glob("cadangan-*.zip"):
        backup.unlink()
    (place,) = desk.keep_backups(at_once=True)
    assert (place.problem, place.made) == (keeping.LOCKED, None)
    light = desk.backup_light()
    assert light.good_at is None
    assert light.warning == (
        "Belum ada cadangan yang baik. Data terkunci: masuklah dahulu, buka Pengaturan, Cadangan, lalu buat cadangan sekarang."
    )
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    (place,) = desk.keep_backups()
    assert place.made is not None
    assert desk.backup_light().warning == ""
    desk.close()


@pytest.fixture
def mixed(plain_office: Desk, tmp_path: Path) -> tuple[Desk, Path]:
    """An office that was encrypted and changed after a plain backup was made, and that backup."""
    plain = plain_office.backup(tmp_path / "polos.zip").path
    encrypt(plain_office, PASSWORD, CODE, TYPED)
    plain_office.maintain(lambda session: add_employee(session, name="Orang Baru", nip="199001012015011001"))
    return plain_office, plain


def agreed(desk: Desk, source: Path, **options: Any) -> Path | None:
    """Restore with a second administrator's consent."""
    with pytest.raises(NeedsSecondPerson) as caught:
        desk.restore(source, **options)
    assert ("boleh tanpa enkripsi" in caught.value.reason) == bool(options.get("plain"))
    desk.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    desk.write(lambda session: approve(session, caught.value.request_id or 0))
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    return desk.restore(source, **options)


def test_plain_backup_takes_the_encryption_away_only_when_that_is_agreed(mixed: tuple[Desk, Path]) -> None:
    desk, plain = mixed
    for restore in (desk.restore, lambda source: backups.restore(source, desk.paths, accept=upgrade.refuse_unusable)):
        with pytest.raises(DeskError) as caught:
            restore(plain)
        assert caught.value.code == "restore_plain"
    assert desk.encrypted
    assert desk.preview_restore(plain).turns_plain
    saved = agreed(desk, plain, plain=True)
    assert saved is not None
    assert not desk.encrypted
    assert not (desk.paths.root / "kunci.json").exists()
    assert cipher.mark_of(desk.paths.database) is None
    assert backups.key_file_of(saved) is not None  # the state before it stayed encrypted
    assert trail(desk, "encryption:turned_off")
    assert paper_of(desk) == PAPER


def test_backup_of_the_encrypted_office_stays_encrypted_without_a_question(mixed: tuple[Desk, Path]) -> None:
    desk, _plain = mixed
    made = desk.backup()
    assert not desk.preview_restore(made.path).turns_plain
    assert agreed(desk, made.path) is not None
    assert desk.encrypted


@pytest.mark.parametrize("damage", [lambda data: data[:4000], lambda _data: b"bukan zip"])
def test_harmed_plain_backup_is_called_harmed(mixed: tuple[Desk, Path], damage: Any) -> None:
    desk, plain = mixed
    plain.write_bytes(damage(plain.read_bytes()))
    with pytest.raises(DeskError) as caught:
        desk.restore(plain)
    assert caught.value.code == "backup_damaged"


@pytest.mark.parametrize("automatic", [False, True])
def test_new_computer_looks_into_an_encrypted_backup_before_restoring_it(
    encrypted: Desk, tmp_path: Path, *, automatic: bool
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    plan = keeping.Plan(second=str(stick))
    encrypted.set_backup_plan(plan)
    made = encrypted.keep_backups(at_once=True)[1].made if automatic else encrypted.backup(stick / "c.zip").path
    assert made is not None
    encrypted.close()
    forget()
    shutil.rmtree(encrypted.paths.root)
    fresh = open_desk(tmp_path / "pengguna lain" / "data")
    for look in (fresh.preview_restore, fresh.restore):
        with pytest.raises(DeskError) as caught:
            look(made)
        assert caught.value.code == "backup_locked"
    with pytest.raises(DeskError, match="bukan milik data ini"):
        open_backup(made, code=recovery.new_code())
    with pytest.raises(DeskError, match="tidak cocok dengan cadangan"):
        open_backup(made, name=ADMINISTRATOR, password=WRONG)
    assert caught.value.code == "backup_locked"
    open_backup(made, code=CODE.lower())
    found = fresh.preview_restore(made)
    assert {topic.topic: topic.there for topic in found.topics}["Pegawai"] == 1
    assert (found.encrypted, found.encrypted_here, found.turns_plain) == (True, False, False)
    fresh.restore(made)
    assert fresh.encrypted
    engine = fresh.engine
    recover(fresh, CODE, ADMINISTRATOR, OTHER_PASSWORD)
    assert fresh.engine is engine  # open already: whoever reads meanwhile is not disturbed
    assert fresh.sign_in(ADMINISTRATOR, OTHER_PASSWORD).name == ADMINISTRATOR
    assert paper_of(fresh) == PAPER
    fresh.close()


def test_user_of_that_time_opens_the_backup_too(encrypted: Desk, tmp_path: Path) -> None:
    made = encrypted.backup(tmp_path / "c.zip").path
    encrypted.change_password(PASSWORD, OTHER_PASSWORD)
    forget()
    open_backup(made, name=ADMINISTRATOR.upper(), password=PASSWORD)
    backups.refuse_locked(tmp_path / "tidak-ada.db", made)
    assert OfficeKeys(encrypted.paths).key is not None


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    """Run the command with --json and return exit code, answer and error channel."""
    forget()
    code = core([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_command_line_makes_the_automatic_backups_and_says_where(
    encrypted: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    encrypted.set_backup_plan(keeping.Plan(second=str(stick)))
    encrypted.close()
    monkeypatch.setenv("ASN_DESK_SANDI", PASSWORD)
    command = ("backup", "--automatic", "--data", encrypted.paths.root, "--as", ADMINISTRATOR)
    code, answer, _ = run(capsys, *command)
    assert code == 0
    assert [Path(place["made"]).suffix for place in answer["places"]] == [".asnd", ".asnd"]
    shutil.rmtree(stick)
    code, answer, err = run(capsys, *command)
    assert code == 1
    assert "Colokkan diska lepasnya" in err
    assert [bool(place["problem"]) for place in answer["places"]] == [False, True]
    keeping.save_plan(encrypted.paths, keeping.Plan(enabled=False))
    assert run(capsys, *command)[1]["error"]["code"] == "automatic_off"


def test_command_line_shows_what_a_restore_would_change(
    mixed: tuple[Desk, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    desk, plain = mixed
    sealed = desk.backup().path
    root, before = desk.paths.root, desk.trail_head()
    desk.close()
    monkeypatch.setenv("ASN_DESK_SANDI", PASSWORD)
    seat = ("--data", root, "--as", ADMINISTRATOR)
    code, answer, err = run(capsys, "restore", plain, "--dry-run", *seat)
    assert (code, answer["turns_plain"], answer["counts"]["Pegawai"]) == (0, True, {"backup": 1, "now": 2})
    assert "--plain" in err
    assert run(capsys, "restore", plain, *seat)[1]["error"]["code"] == "restore_plain"
    assert run(capsys, "restore", plain, "--plain", *seat)[1]["error"]["code"] == "needs_second_person"
    monkeypatch.setenv("ASN_DESK_PEMULIHAN", CODE)
    fresh = tmp_path / "komputer baru"
    code, answer, _ = run(capsys, "restore", sealed, "--dry-run", "--recovery", "--data", fresh)
    assert (code, answer["encrypted"], answer["counts"]["Pegawai"]["now"]) == (0, True, None)
    assert not fresh.exists()
    again = open_desk(root)
    assert before is not None
    assert again.encrypted
    again.close()


def test_encrypted_office_that_cannot_be_opened_turns_plain_only_when_that_is_agreed(
    mixed: tuple[Desk, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    desk, plain = mixed
    desk.close()
    forget()
    desk.paths.database.write_bytes(bytes(8192))
    command = ("restore", plain, "--data", desk.paths.root)
    assert run(capsys, *command)[1]["error"]["code"] == "restore_plain"
    assert run(capsys, *command, "--plain")[0] == 0
    with closing(sqlite3.connect(desk.paths.database)) as database:
        assert database.execute("SELECT count(*) FROM employees").fetchone() == (1,)
    assert "Orang Baru" not in readable_below(desk.paths.root, ["Orang Baru"])
