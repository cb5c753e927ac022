"""Pengaturan, Keamanan: the administrator switches encryption on with a tested sheet, changes the sheet, switches off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from asn_desk.accounts import recovery
from asn_desk.accounts.terms import Role
from asn_desk.database.sealing import keys
from asn_desk.desk import Desk, open_desk
from tests.accounts_office import NAMES, PASSWORD, open_accounts
from tests.ui.conftest import Recorder, make_context
from ui.settings.encryption import EncryptionSection
from ui.settings.encryption_dialogs import PlainDialog, SheetDialog
from ui.shared.bridge import Bridge
from ui.shared.theme.theme import Theme


@pytest.fixture
def office(migrated_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office with accounts; the administrator is signed in."""
    shutil.copytree(migrated_folder, tmp_path / "data")
    desk = open_desk(tmp_path / "data")
    desk.write(open_accounts)
    desk.sign_in(NAMES[Role.ADMINISTRATOR], PASSWORD)
    yield desk
    held = desk.keys.key
    desk.close()
    if held is not None:
        keys.let_go(held)


@pytest.fixture
def section(office: Desk, theme: Theme, recorder: Recorder, tmp_path: Path) -> Iterator[EncryptionSection]:
    """The section as the administrator sees it."""
    context = replace(make_context(Bridge(office, inline=True), theme, recorder, tmp_path), may=lambda _action: True)
    made = EncryptionSection(context)
    made.reload()
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        QDialog.reject(dialog)
    context.bridge.close()
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sheet_dialog(section: EncryptionSection, sheet: Path) -> SheetDialog:
    section.offer(sheet)
    return next(dialog for dialog in section.findChildren(SheetDialog) if dialog.isVisible())


def fill(dialog: SheetDialog, password: str = PASSWORD) -> None:
    groups = recovery.groups(dialog._code)
    values = {f"group_{place}": groups[place].lower() for place in dialog.places}
    dialog.form.set_values({**values, "password": password})
    dialog.confirm_button.click()


def test_encryption_goes_on_with_a_tested_sheet_and_off_again(
    section: EncryptionSection, office: Desk, tmp_path: Path
) -> None:
    dialog = sheet_dialog(section, tmp_path / "lembar.pdf")
    assert (tmp_path / "lembar.pdf").read_bytes().startswith(b"%PDF")
    fill(dialog)
    assert office.encrypted
    assert section.off_button.isVisible()
    assert len(list(office.paths.backups.glob("cadangan-*.zip"))) == 1
    section.off_button.click()
    plain = next(dialog for dialog in section.findChildren(PlainDialog) if dialog.isVisible())
    plain.form.set_values({"password": PASSWORD})
    plain.confirm_button.click()
    assert not office.encrypted


def test_wrong_groups_are_told_at_their_fields(section: EncryptionSection, office: Desk, tmp_path: Path) -> None:
    dialog = sheet_dialog(section, tmp_path / "lembar.pdf")
    values = {f"group_{place}": "11111" for place in dialog.places}
    dialog.form.set_values({**values, "password": PASSWORD})
    dialog.confirm_button.click()
    assert not office.encrypted
    assert dialog.isVisible()
