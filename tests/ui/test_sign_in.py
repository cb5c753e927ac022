"""Signing in at the window, the locked screen, handing over, and what each role is offered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts import service
from asn_desk.accounts.queries import user_named
from asn_desk.accounts.terms import Role
from asn_desk.desk import Desk, open_desk
from tests.accounts_office import NAMES, PASSWORD
from tests.ui.conftest import texts_of
from tests.ui.programs import furnish, waiting
from ui.main import Program
from ui.shared.bridge import Bridge
from ui.shared.dialogs import show_info
from ui.shared.theme.theme import Theme
from ui.shared.window.lock import IdleWatch
from ui.shared.window.password_dialog import PasswordDialog
from ui.shared.window.seat import Seat
from ui.shared.window.sign_in import SignInPage

ADMIN, AUDITOR, OPERATOR = NAMES[Role.ADMINISTRATOR], NAMES[Role.AUDITOR], NAMES[Role.OPERATOR]


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an office with accounts; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("sign-in") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    desk.write(furnish)
    desk.close()
    return root


@pytest.fixture
def root(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return folder


@pytest.fixture
def office(root: Path) -> Iterator[Desk]:
    """A desk of that office; nobody is signed in."""
    desk = open_desk(root)
    yield desk
    desk.close()


@pytest.fixture
def program(qapp: QApplication, theme: Theme, root: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program as it starts in that office; it waits for a name and a password."""
    yield from waiting(qapp, root, qtbot)


def page_of(program: Program) -> SignInPage:
    """Return the page that asks who is there."""
    assert program.window is not None
    return next(page for page in program.window.findChildren(SignInPage) if page.isVisible())


def enter(program: Program, name: str, qtbot: QtBot, password: str = PASSWORD) -> None:
    page = page_of(program)
    page.names.setCurrentText(name)
    page.password.setText(password)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)


def sign_in(program: Program, name: str, qtbot: QtBot) -> None:
    enter(program, name, qtbot)
    qtbot.waitUntil(lambda: program.seat is not None and not program.seat.waiting, timeout=15_000)
    qtbot.waitUntil(lambda: name in program.window.status._menu.text(), timeout=15_000)  # type: ignore[union-attr]


def offered(program: Program) -> set[str]:
    assert program.window is not None
    return {key for key, entry in program.window.sidebar._entries.items() if entry.isVisible()}


def test_nothing_but_the_question_is_shown_until_somebody_signs_in(program: Program, qtbot: QtBot) -> None:
    assert program.window is not None
    assert not program.window.sidebar.isVisible()
    assert program.window.current_page() is None
    qtbot.keyClick(program.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert program.window.current_page() is None
    assert "BKPSDM Kota Contoh" in texts_of(page_of(program))


def test_a_wrong_password_is_told_and_can_be_tried_again(program: Program, qtbot: QtBot) -> None:
    enter(program, ADMIN, qtbot, "salah sekali")
    page = page_of(program)
    qtbot.waitUntil(page.banner.isVisible, timeout=15_000)
    assert "tidak cocok" in page.banner.text_label.text()
    assert page.enter_button.isEnabled()
    sign_in(program, ADMIN, qtbot)
    assert program.window is not None
    assert program.window.current_page() is not None
    assert program.window.status._menu.text().strip() == f"{ADMIN}, administrator"


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.AUDITOR, {"home", "settings"}),
        (Role.PIMPINAN, {"home", "employees", "candidacy", "circulars", "settings"}),
        (Role.OPERATOR, {"home", "employees", "letters", "circulars", "scan", "settings"}),
    ],
)
def test_a_role_is_offered_its_pages_only(program: Program, qtbot: QtBot, role: Role, pages: set[str]) -> None:
    sign_in(program, NAMES[role], qtbot)
    assert offered(program) == pages
    assert program.window is not None
    for hidden in {"employees", "candidacy", "letters", "scan"} - pages:
        program.window.open_page(hidden)
        assert program.window._current != hidden


def test_the_locked_screen_hides_dialogs_and_gives_them_back(program: Program, qtbot: QtBot) -> None:
    sign_in(program, ADMIN, qtbot)
    window = program.window
    assert window is not None
    dialog = show_info(window, "Rahasia", "Nama seorang pegawai.")
    qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.seat is not None
    program.seat.lock()
    late = show_info(window, "Terlambat", "Hasil yang datang saat terkunci.")
    qtbot.waitUntil(lambda: not dialog.isVisible() and not late.isVisible())
    assert not window.sidebar.isVisible()
    sign_in(program, ADMIN, qtbot)
    assert dialog.isVisible()
    assert late.isVisible()
    assert window.sidebar.isVisible()
    for shown in (dialog, late):
        shown.accept()


def test_somebody_else_gets_nothing_of_what_was_open(program: Program, qtbot: QtBot) -> None:
    sign_in(program, ADMIN, qtbot)
    window = program.window
    assert window is not None
    window.open_page("employees")
    show_info(window, "Rahasia", "Nama seorang pegawai.")
    assert program.seat is not None
    program.seat.lock()
    page = page_of(program)
    page.names.setCurrentText(AUDITOR)
    assert page.other.isVisible()
    sign_in(program, AUDITOR, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(QDialog) == []
    assert set(window._pages) == {"home"}
    assert program._may("lihat_jejak")
    assert not program._may("lihat_pegawai")


def test_leaving_asks_again(program: Program, qtbot: QtBot) -> None:
    sign_in(program, OPERATOR, qtbot)
    assert program.seat is not None
    program.seat.leave()
    qtbot.waitUntil(lambda: program.seat is not None and program.seat.waiting, timeout=15_000)
    assert program.bridge.desk.viewer is None
    sign_in(program, AUDITOR, qtbot)


def test_ctrl_l_locks(program: Program, qtbot: QtBot) -> None:
    sign_in(program, OPERATOR, qtbot)
    assert program.window is not None
    program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "Layar terkunci" in texts_of(page_of(program))


def test_a_temporary_password_is_replaced_before_anything_opens(office: Desk, theme: Theme, qtbot: QtBot) -> None:
    row = office.maintain(lambda s: user_named(s, OPERATOR)).value
    assert row is not None
    word = office.maintain(lambda s: service.set_password(s, row.id, row.version)).value
    bridge = Bridge(office, inline=True)
    page = SignInPage(bridge, (OPERATOR,))
    qtbot.addWidget(page)
    page.show()
    passed: list[object] = []
    page.passed.connect(passed.append)
    page.password.setText(word)
    page.enter_button.click()
    assert passed == []
    page.own.form.put("new", "sawah hijau")
    page.own.form.put("again", "lain sekali")
    page.own.save_button.click()
    assert passed == []
    page.own.form.put("again", "sawah hijau")
    page.own.save_button.click()
    assert len(passed) == 1
    bridge.close()


@pytest.mark.parametrize(
    ("key", "shift", "told"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)],
)
def test_caps_lock_is_told(
    inline_bridge: Bridge, theme: Theme, qtbot: QtBot, key: str, shift: bool, told: bool
) -> None:
    from PySide6.QtGui import QKeyEvent

    page = SignInPage(inline_bridge, (ADMIN,))
    qtbot.addWidget(page)
    page.show()
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    page.password.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, key))
    assert page.caps.isVisible() is told


def test_the_own_password_is_changed_with_the_old_one(office: Desk, theme: Theme, qtbot: QtBot) -> None:
    office.sign_in(OPERATOR, PASSWORD)
    bridge = Bridge(office, inline=True)
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = PasswordDialog(bridge, holder)
    dialog.open()
    for key, value in (("old", "salah sekali"), ("new", "sawah hijau"), ("again", "sawah hijau")):
        dialog.form.put(key, value)
    dialog.confirm_button.click()
    assert "Kata sandi lama tidak cocok." in texts_of(dialog)
    dialog.form.put("old", PASSWORD)
    dialog.confirm_button.click()
    assert office.sign_in(OPERATOR, "sawah hijau").name == OPERATOR
    bridge.close()


def test_without_input_the_screen_locks_itself(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    from PySide6.QtCore import QObject

    holder = QObject()
    watch = IdleWatch(holder)
    watch.start(10)
    assert watch._timer.interval() == 600_000
    with qtbot.waitSignal(watch.idle):
        watch._timer.start(1)
    watch.start(10)
    watch.stop()
    assert not watch._timer.isActive()
    holder.deleteLater()


def test_an_office_without_accounts_is_never_asked_or_locked(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    from asn_desk.accounts.queries import accounts_view
    from ui.main_window import MainWindow, WindowParts
    from ui.shared.window.seat import Welcome

    bridge = Bridge(desk, inline=True)
    window = MainWindow(WindowParts(bridge, desk.paths.window_state, None, desk.clock.today, theme), [])
    qtbot.addWidget(window)
    seat = Seat(window, bridge, lambda: Welcome("", ""))
    seat.look(desk.read(accounts_view))
    seat.lock()
    assert not seat.waiting
    assert seat.actions() == []
    bridge.close()
