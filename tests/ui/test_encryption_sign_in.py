"""An encrypted office in the window: nothing is known of it until somebody signs in, and no name is remembered on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desk.accounts import recovery, recovery_acts
from asn_desk.accounts.terms import Role
from asn_desk.database.sealing import keys
from asn_desk.desk import open_desk
from tests.accounts_office import NAMES, PASSWORD
from tests.ui.conftest import texts_of
from tests.ui.programs import furnish, waiting
from ui.main import Program
from ui.shared.theme.theme import Theme
from ui.shared.window.sign_in import ENCRYPTED, SignInPage

ADMIN = NAMES[Role.ADMINISTRATOR]


@pytest.fixture
def root(migrated_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The data folder of an encrypted office; no key is held."""
    folder = tmp_path / "data"
    shutil.copytree(migrated_folder, folder)
    desk = open_desk(folder)
    desk.write(furnish)
    desk.sign_in(ADMIN, PASSWORD)
    code = recovery.new_code()
    recovery_acts.encrypt(desk, PASSWORD, code, dict(enumerate(recovery.groups(code))))
    held = desk.keys.key
    desk.close()
    assert held is not None
    keys.let_go(held)
    yield folder
    keys.let_go(held)


@pytest.fixture
def program(qapp: QApplication, theme: Theme, root: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program as it starts in that office; it waits for a name and a password."""
    yield from waiting(qapp, root, qtbot)


def test_window_unlocks_an_encrypted_office(program: Program, root: Path, qtbot: QtBot) -> None:
    assert program.window is not None
    page = next(page for page in program.window.findChildren(SignInPage) if page.isVisible())
    assert ENCRYPTED in texts_of(page)
    assert page.names.count() == 0
    page.names.setEditText(ADMIN)
    page.password.setText(PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    window = program.window
    qtbot.waitUntil(lambda: window.current_page() is not None, timeout=15_000)
    assert window.status._menu.text().strip() == f"{ADMIN}, administrator"
    state = root / "jendela.ini"
    assert not state.exists() or ADMIN not in state.read_text(encoding="utf-8")
