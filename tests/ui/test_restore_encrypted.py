"""Encrypted backups in the window: a new computer in three clicks, wrong keys in words, no plain office by surprise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts import recovery
from asn_desk.accounts.recovery_acts import encrypt
from asn_desk.database.backups import keeping
from asn_desk.desk import Desk, open_desk
from tests import encrypted_office
from tests.accounts_office import PASSWORD
from tests.encrypted_office import ADMINISTRATOR, CODE, OPERATOR, OTHER_PASSWORD, TYPED, forget, furnish, paper_of
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.main import Program
from ui.settings.backup import BackupSection
from ui.settings.backup_key import NOTHING
from ui.settings.backup_restore import RestoreDialog
from ui.settings.encryption import EncryptionSection
from ui.shared.bridge import Bridge
from ui.shared.dialogs import MessageDialog
from ui.shared.theme.theme import Theme
from ui.shared.window.recover_card import RecoverCard
from ui.shared.window.sign_in import SignInPage

WAIT = 15_000


@pytest.fixture(autouse=True)
def _own_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    encrypted_office.derive_cheaply(monkeypatch)
    yield
    forget()


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an encrypted office (data) and a plain and an encrypted backup of it; copied by the tests."""
    folder = tmp_path_factory.mktemp("encrypted")
    shutil.copytree(migrated_folder, folder / "data")
    furnish(folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        encrypted_office.derive_cheaply(patch)
        desk = encrypted_office.signed_in(folder / "data")
        desk.backup(folder / "polos.zip")
        encrypt(desk, PASSWORD, CODE, TYPED)
        desk.backup(folder / "terkunci.zip")
        desk.close()
    forget()
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(prepared, tmp_path / "kantor"))


@pytest.fixture
def office(folder: Path) -> Iterator[Desk]:
    """The encrypted office; its administrator is signed in."""
    desk = encrypted_office.signed_in(folder / "data")
    yield desk
    desk.close()


@pytest.fixture
def fresh(migrated_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """The empty office of a new computer."""
    shutil.copytree(migrated_folder, tmp_path / "komputer baru" / "data")
    desk = open_desk(tmp_path / "komputer baru" / "data")
    yield desk
    desk.close()


def shown(desk: Desk, kind: type[QWidget], theme: Theme, folder: Path) -> Any:
    context = make_context(Bridge(desk, inline=True), theme, Recorder(), folder)
    made: Any = kind(replace(context, may=lambda _action: True))  # type: ignore[call-arg]
    made.reload()
    made.show()
    return made


def put_away(section: Any) -> None:
    for dialog in section.findChildren(QDialog):
        QDialog.reject(dialog)
    section.context.bridge.close()
    section.close()
    section.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def section(fresh: Desk, theme: Theme, tmp_path: Path) -> Iterator[BackupSection]:
    """Pengaturan, Cadangan on the new computer."""
    made = shown(fresh, BackupSection, theme, tmp_path)
    yield made
    put_away(made)


@pytest.fixture
def guarded(office: Desk, theme: Theme, tmp_path: Path) -> Iterator[BackupSection]:
    """Pengaturan, Cadangan of the encrypted office."""
    made = shown(office, BackupSection, theme, tmp_path)
    yield made
    put_away(made)


def press(inside: QWidget, text: str) -> None:
    found = inside.findChildren(QAbstractButton)
    next(one for one in found if one.text().replace("&", "") == text and one.isVisible()).click()


def dialog_of(section: QWidget) -> RestoreDialog:
    return next(one for one in section.findChildren(RestoreDialog) if one.isVisible())


def look_at(section: QWidget, source: Path) -> RestoreDialog:
    press(section, "Pulihkan dari cadangan…")
    dialog = dialog_of(section)
    dialog._on_file(str(source))
    return dialog


def error_at(dialog: RestoreDialog, key: str) -> str:
    return str(dialog.key.form._boxes[key]._error.text())  # what the clerk reads there


def test_an_encrypted_backup_asks_for_the_sheet_and_then_shows_what_is_in_it(
    section: BackupSection, folder: Path, fresh: Desk, qtbot: QtBot
) -> None:
    dialog = look_at(section, folder / "terkunci.zip")
    assert dialog.key.isVisible()
    assert not dialog.go.isEnabled()
    dialog.key.form.put("code", CODE.lower().replace("-", " "))
    qtbot.keyClick(dialog.key.form.field("code"), Qt.Key.Key_Return)
    assert not dialog.key.isVisible()
    assert dialog.go.isEnabled()
    assert "Cadangan ini terenkripsi" in dialog.told.text()
    assert "1 di cadangan; 0 sekarang" in texts_of(dialog.facts)
    press(dialog, "Pulihkan")
    assert fresh.encrypted
    assert fresh.sign_in(ADMINISTRATOR, PASSWORD).name == ADMINISTRATOR
    assert "Data telah dipulihkan" in texts_of(next(one for one in section.findChildren(MessageDialog)))


@pytest.mark.parametrize(
    ("typed", "at", "sentence"),
    [
        ({}, "code", NOTHING),
        ({"name": ADMINISTRATOR}, "code", NOTHING),
        ({"code": "AB12"}, "code", "40 huruf dan angka"),
        ({"code": CODE.replace("AB12", "BA12", 1)}, "code", "Kelompok ke-1"),
        ({"code": "another"}, "code", "bukan milik data ini"),
        ({"name": ADMINISTRATOR, "password": "salah sekali"}, "password", "tidak cocok dengan cadangan ini"),
        ({"name": OPERATOR, "password": PASSWORD}, "password", "tidak cocok dengan cadangan ini"),
    ],
)
def test_what_does_not_open_the_backup_is_told_at_its_field(
    section: BackupSection, folder: Path, typed: dict[str, str], at: str, sentence: str
) -> None:
    dialog = look_at(section, folder / "terkunci.zip")
    if typed.get("code") == "another":
        typed = {"code": recovery.new_code()}
    dialog.key.form.set_values({"code": "", "name": "", "password": "", **typed})
    dialog.key.open_button.click()
    assert sentence in error_at(dialog, at)
    assert dialog.key.open_button.isEnabled()
    assert not dialog.go.isEnabled()


def test_a_password_of_that_time_opens_the_backup_too(section: BackupSection, folder: Path) -> None:
    dialog = look_at(section, folder / "terkunci.zip")
    dialog.key.form.set_values({"code": "", "name": ADMINISTRATOR.lower(), "password": PASSWORD})
    dialog.key.open_button.click()
    assert dialog.go.isEnabled()


def test_another_backup_is_looked_into_without_the_key(section: BackupSection, folder: Path) -> None:
    dialog = look_at(section, folder / "terkunci.zip")
    dialog._on_file(str(folder / "polos.zip"))
    assert not dialog.key.isVisible()
    assert dialog.go.isEnabled()


def test_a_plain_backup_over_an_encrypted_office_must_be_agreed_to(
    guarded: BackupSection, folder: Path, office: Desk
) -> None:
    dialog = look_at(guarded, folder / "polos.zip")
    assert dialog.plain.isVisible()
    assert not dialog.go.isEnabled()
    dialog.agree.setChecked(True)
    assert dialog.go.isEnabled()
    dialog._on_file(str(folder / "terkunci.zip"))
    assert not dialog.plain.isVisible()
    dialog._on_file(str(folder / "polos.zip"))
    assert not dialog.agree.isChecked()  # what was agreed for one backup holds for no other
    dialog.agree.setChecked(True)
    press(dialog, "Pulihkan")
    told = next(one for one in guarded.findChildren(MessageDialog))
    assert "memerlukan persetujuan orang kedua" in told.text_label.text()
    assert office.encrypted


def test_who_cannot_unlock_the_data_yet_is_named(office: Desk, theme: Theme, tmp_path: Path) -> None:
    made = shown(office, EncryptionSection, theme, tmp_path)
    assert OPERATOR in " ".join(texts_of(made.facts))
    office.sign_in(OPERATOR, PASSWORD)
    office.sign_in(ADMINISTRATOR, PASSWORD)
    made.reload()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert OPERATOR not in " ".join(texts_of(made.facts))
    put_away(made)


@pytest.fixture
def start(qapp: QApplication, theme: Theme, qtbot: QtBot) -> Iterator[Any]:
    """Start the program in a folder; closed at the end."""
    made: list[Program] = []

    def begin(root: Path) -> Program:
        program = Program(qapp, root)
        made.append(program)
        program.open(practice=False)
        qtbot.waitUntil(lambda: program.ready, timeout=WAIT)
        return program

    yield begin
    for program in made:
        if program.window is not None:
            program.window.close()
        program.shut_down()
        for part in (program.theme, program):
            part.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sign_in_page(program: Program) -> SignInPage:
    assert program.window is not None
    return next(page for page in program.window.findChildren(SignInPage) if page.isVisible())


def test_a_new_computer_takes_three_clicks(
    start: Any, folder: Path, tmp_path: Path, migrated_folder: Path, qtbot: QtBot
) -> None:
    root = tmp_path / "pengguna lain" / "data"
    shutil.copytree(migrated_folder, root)
    program = start(root)
    window = program.window
    qtbot.waitUntil(lambda: window.current_page() is not None, timeout=WAIT)
    press(window.current_page(), "Pulihkan dari cadangan…")  # the first click; the file is asked for at once
    dialog = dialog_of(window)
    (picker,) = [one for one in dialog.findChildren(QFileDialog) if one.isVisible()]
    picker.fileSelected.emit(str(folder / "terkunci.zip"))  # the second
    picker.reject()
    qtbot.waitUntil(dialog.key.isVisible, timeout=WAIT)
    dialog.key.form.put("code", CODE)
    qtbot.keyClick(dialog.key.form.field("code"), Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    press(dialog, "Pulihkan")  # the third
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(MessageDialog)), timeout=WAIT)
    next(one for one in window.findChildren(MessageDialog) if one.isVisible()).accept()
    qtbot.waitUntil(lambda: program.seat.waiting, timeout=WAIT)
    page = sign_in_page(program)
    assert page.names.findText(ADMINISTRATOR) >= 0
    page.names.setCurrentText(ADMINISTRATOR)
    page.password.setText(PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.seat.waiting, timeout=WAIT)
    assert paper_of(program.bridge.desk) == encrypted_office.PAPER


def test_the_sheet_lets_an_administrator_in_who_forgot_the_password(start: Any, folder: Path, qtbot: QtBot) -> None:
    program = start(folder / "data")
    page = sign_in_page(program)
    press(page, "Lupa kata sandi? Gunakan lembar pemulihan")
    card = page.findChild(RecoverCard)
    values = {"code": recovery.new_code(), "name": ADMINISTRATOR, "new": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    card.form.set_values(values)
    card.save_button.click()
    qtbot.waitUntil(lambda: "bukan milik" in str(card.form._boxes["code"]._error.text()), timeout=WAIT)
    card.form.put("code", CODE)
    qtbot.waitUntil(card.save_button.isEnabled, timeout=WAIT)
    card.save_button.click()
    qtbot.waitUntil(lambda: not program.seat.waiting, timeout=WAIT)
    assert program.bridge.desk.viewer.name == ADMINISTRATOR
    qtbot.waitUntil(lambda: "Tanda jejak" in program.window.status._notes.text(), timeout=WAIT)


def test_the_sign_in_page_tells_of_missing_backups_while_the_data_are_locked(
    start: Any, folder: Path, qtbot: QtBot
) -> None:
    for backup in (folder / "data" / "cadangan").glob("cadangan-*.zip"):
        backup.unlink()
    program = start(folder / "data")
    page = sign_in_page(program)
    qtbot.waitUntil(page.warning.isVisible, timeout=WAIT)
    assert page.warning.text_label.text().startswith("Belum ada cadangan yang baik. Data terkunci: masuklah dahulu")
    program._watch.keep()
    assert keeping.LOCKED not in page.warning.text_label.text()


def test_a_plain_office_offers_no_sheet(start: Any, tmp_path: Path, migrated_folder: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(migrated_folder, root)
    furnish(root)
    page = sign_in_page(start(root))
    assert not page.sheet_link.isVisible()
