"""An encrypted office at work: no name, password, code or key in its folder, its backups, the temp folder, logs or crash reports.

Files that are deleted on the way stay readable on the disk, so none is deleted here: what would be is set aside and looked at.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from asn_desk import logs
from asn_desk.accounts import recovery, recovery_acts, trail
from asn_desk.accounts.recovery_sheet import save_sheet
from asn_desk.accounts.terms import Role
from asn_desk.cli.main import main as core
from asn_desk.database import files
from asn_desk.database.backups import keeping
from asn_desk.database.sealing import sealed
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.export import PARTS, employees_xlsx
from asn_desk.employees.queries import EmployeeFilter, employee_ids, employee_rows
from asn_desk.errors import DeskError
from asn_desk.letters.numbers.numbering import ensure_default_series
from asn_desk.letters.service import issue
from asn_desk.office.service import SetUpOffice, save_official, set_up_office
from tests import encrypted_office as offices
from tests.accounts_office import PASSWORD, SECOND_ADMINISTRATOR
from tests.encrypted_office import ADMINISTRATOR, CODE, OTHER_PASSWORD, SECRET, UNIT, WORDS, readable_below
from tests.factories import add_employee
from tests.letters.batch_office import COMMAND, DAY
from tests.letters.letter_office import AGENCY_HEAD, IDENTITY
from ui.shared.crash import describe, write_report

NIP = "199001012015011001"
SECOND = f"{SECRET} Kedua"
EVERYTHING = (*WORDS, SECOND, NIP)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temp folder of this test, in which nothing is ever deleted."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(tempfile.TemporaryDirectory, "_rmtree", lambda *_args, **_options: None)
    return folder


@pytest.fixture
def grave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files come to lie that the program deletes."""
    folder = tmp_path / "terhapus"
    folder.mkdir()

    def bury(self: Path, missing_ok: bool = False) -> None:
        if self.exists() or not missing_ok:
            shutil.move(self, folder / f"{len(list(folder.iterdir()))}-{self.name}")

    monkeypatch.setattr(Path, "unlink", bury)
    return folder


@pytest.fixture
def office(migrated_folder: Path, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An encrypted office that can issue letters, with its log in its folder; an administrator is signed in."""
    offices.derive_cheaply(monkeypatch)
    root = tmp_path / "data"
    shutil.copytree(migrated_folder, root)
    offices.furnish(root)
    with_letters = offices.signed_in(root)
    with_letters.maintain(able_to_issue)
    with_letters.close()
    shutil.rmtree(root / "cadangan")
    offices.shut(root)
    desk = offices.signed_in(root)
    logs.start(desk.paths.logs, level=logging.DEBUG)
    yield desk
    logs.to_stderr()
    desk.close()
    offices.forget()


def able_to_issue(session: Session) -> None:
    """Enter what letters need: the office, its number series and the head who signs."""
    set_up_office(session, SetUpOffice(IDENTITY, "Siti Rahma"))
    ensure_default_series(session, IDENTITY.agency_short)
    save_official(session, AGENCY_HEAD)


def work(desk: Desk, out: Path) -> None:
    """Do what a day brings: enter, search, issue, export, try in vain, back up, look into backups, bring one back."""
    person = desk.maintain(lambda session: add_employee(session, name=SECOND, nip=NIP).id).value
    desk.read(lambda session: employee_rows(session, employee_ids(session, EmployeeFilter(text=SECRET))))
    desk.write(lambda session: issue(session, replace(COMMAND, employee_id=person)))
    desk.write(lambda session: files.store(session, f"pindaian {SECOND}".encode() * 99, files.PDF))
    export(desk, out)
    desk.change_password(PASSWORD, OTHER_PASSWORD)
    with pytest.raises(DeskError):
        desk.sign_in(ADMINISTRATOR, PASSWORD)
    plan = keeping.Plan(second=str(out.parent / "stik"))
    desk.set_backup_plan(plan)
    assert all(place.made for place in desk.keep_backups(at_once=True))
    made = desk.backup()
    assert desk.preview_restore(made.path).encrypted
    desk.verify()


def export(desk: Desk, out: Path) -> None:
    """Save the lists that a clerk saves: they are meant to be read, but hold no password, code or key."""
    desk.write(lambda session: trail.trail_xlsx(session, trail.TrailFilter(), out / "jejak.xlsx"))
    desk.read(lambda session: employees_xlsx(session, EmployeeFilter(), tuple(PARTS), out / "pegawai.xlsx"))
    save_sheet(out / "lembar.pdf", recovery.new_code(), DAY)


def crash(desk: Desk) -> None:
    """Meet an error whose message names somebody, and keep the report and the log as the program does."""
    with pytest.raises(RuntimeError) as met:
        raise RuntimeError(f"{SECOND} {NIP} {PASSWORD}")
    assert write_report(desk.paths.logs, describe(met.value)) is not None


def test_nothing_readable_is_left_anywhere(office: Desk, tmp_path: Path, temporary: Path, grave: Path) -> None:
    out, stick = tmp_path / "hasil", tmp_path / "stik"
    for folder in (out, stick):
        folder.mkdir()
    work(office, out)
    crash(office)
    key = office.keys.key
    assert key is not None
    secrets = (key.secret.hex(), key.database.hex(), key.files.hex())
    root = office.paths.root
    for place in (root, stick, temporary, grave):
        assert readable_below(place, (*EVERYTHING, *secrets)) == [], place
        assert not any(key.secret in file.read_bytes() for file in place.rglob("*") if file.is_file())
    assert any(temporary.iterdir())  # the restore's preview went through it
    assert any(grave.iterdir())
    assert list(root.joinpath("catatan").glob("kesalahan-*.txt"))
    assert all(sealed.is_sealed(file) for file in office.paths.files.glob("??/*"))
    assert readable_below(out, (PASSWORD, OTHER_PASSWORD, CODE, *secrets)) == []
    assert set(readable_below(out, (SECOND,))) == {"jejak.xlsx", "pegawai.xlsx"}  # the search finds what is there


def test_nothing_readable_is_left_by_a_restore_on_a_new_computer(
    office: Desk, tmp_path: Path, temporary: Path, grave: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = office.backup(tmp_path / "cadangan.zip").path
    office.close()
    offices.forget()
    monkeypatch.setenv("ASN_DESK_PEMULIHAN", CODE)
    fresh = tmp_path / "komputer baru"
    assert core(["restore", str(made), "--data", str(fresh), "--recovery", "--dry-run"]) == 0
    assert core(["restore", str(made), "--data", str(fresh), "--recovery"]) == 0
    offices.forget()
    desk = open_desk(fresh)
    recovery_acts.recover(desk, CODE, SECOND_ADMINISTRATOR, OTHER_PASSWORD)
    assert desk.sign_in(SECOND_ADMINISTRATOR, OTHER_PASSWORD).role is Role.ADMINISTRATOR
    desk.backup()
    desk.close()
    for place in (fresh, temporary, grave):
        assert readable_below(place, (*EVERYTHING, UNIT)) == [], place
