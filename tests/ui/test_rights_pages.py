"""Each role opens every page and section that it is offered: what they read is what the role may read, nothing is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.circulars.service import PublishCircular, publish
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.letters.service import IssueLetter, issue
from tests.conftest import PRACTICE_DAY
from tests.core.candidacy_office import open_file
from tests.core.circulars_office import SUBJECT, a_letter
from tests.letters.letter_facts import FIELDS
from tests.letters.letter_office import settle
from tests.ui.conftest import Recorder, make_context
from tests.ui.pressing import Presser, take_back_every_write
from ui.main import PAGES
from ui.settings.page import RIGHTS as SECTION_RIGHTS
from ui.settings.page import SECTIONS, SettingsPage
from ui.shared.bridge import Bridge
from ui.shared.page import JumpItem, Page, PageContext
from ui.shared.rights import only_with
from ui.shared.theme.theme import Theme

CONTROLS = (QAbstractButton, QLineEdit, QAbstractItemView, QTabBar, QComboBox, QPlainTextEdit)
READER = frozenset(action for action in Action if action.name.startswith("SEE_"))
NOT_ALLOWED = "Anda tidak berhak"
KIND = "pernyataan_bukan_anggota_parpol"


@dataclass(frozen=True)
class Filled:
    """An office in a folder, and one record for each page to show."""

    root: Path
    targets: dict[str, int]


@pytest.fixture(scope="module")
def filled(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """An office with officials, people, a candidacy, a letter and a running circular; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("rights-pages") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root, practice_day=PRACTICE_DAY)
    person = desk.write(settle).value.person
    command = IssueLetter(KIND, PRACTICE_DAY, person, FIELDS[KIND])
    targets = {"employees": person, "candidacy": open_file(desk)}
    targets["letters"] = desk.write(lambda session: issue(session, command)).value.id
    circular = PublishCircular(SUBJECT, "pilkada-2024", desk.write(a_letter).value)
    targets["circulars"] = desk.write(lambda session: publish(session, circular)).value.circular_id
    desk.close()
    return Filled(root, targets)


@pytest.fixture
def office(filled: Filled, tmp_path: Path) -> Iterator[Desk]:
    """A desk of that office."""
    shutil.copytree(filled.root, tmp_path / "data")
    desk = open_desk(tmp_path / "data")
    yield desk
    desk.close()


def listen(desk: Desk) -> tuple[list[str], list[str]]:
    """Note each reading and writing from now on, and each that is refused, wherever its refusal is shown."""
    readings: list[str] = []
    refusals: list[str] = []

    def listening(work: Callable[[Any], Any], fn: Callable[[Any], Any]) -> Any:
        readings.append(getattr(fn, "__qualname__", str(fn)))
        try:
            return work(fn)
        except DeskError as error:
            refusals.append(f"{readings[-1]}: {error.sentence}")
            raise

    desk.read, desk.write = partial(listening, desk.read), partial(listening, desk.write)  # type: ignore[method-assign]
    return readings, refusals


def walk(context: PageContext, filled: Filled) -> Iterator[Page]:
    """Open every page that is offered, with a record and each section, as a clerk would; the page is yielded while it shows."""
    for spec in PAGES:
        if not spec.listed or not (spec.action is None or context.may(spec.action)):
            continue
        page = spec.factory(context)
        page.resize(1100, 700)
        page.show()
        page.reload()
        page.activated()
        if spec.key in filled.targets:
            page.open_target(filled.targets[spec.key])
        for key in [key for key, *_rest in SECTIONS] if isinstance(page, SettingsPage) else []:
            page.open_target(key)
        if spec.count is not None:
            context.bridge.read(page, spec.count, lambda _count: None)
        if spec.find is not None:
            context.bridge.read(page, partial(_found, spec.find), lambda _found: None)
        QApplication.processEvents()
        yield page
        close_dialogs()
        page.close()
        page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def parts_of(page: Page, may: Callable[[str], bool]) -> Iterator[QWidget]:
    """Return what is looked at one after the other: the page, or each section that it offers."""
    if not isinstance(page, SettingsPage):
        yield page
        return
    for key, *_rest in SECTIONS:
        if key not in SECTION_RIGHTS or may(SECTION_RIGHTS[key]):
            page.open_target(key)
            section = page._stack.currentWidget()
            assert section is not None
            yield section


def _found(find: Callable[[Any, str], list[JumpItem]], session: Any) -> list[JumpItem]:
    return find(session, "siti")


def close_dialogs() -> None:
    """Put away every dialog that a button opened."""
    for dialog in [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]:
        QDialog.reject(dialog)


def without_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """No dialog or program of the computer is opened."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_arguments, **_options: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments, **_options: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)


@pytest.mark.parametrize("role", list(Role))
def test_pages_read_only_what_their_role_may_read(
    role: Role, office: Desk, filled: Filled, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> None:
    office.rights, (readings, refusals) = RIGHTS[role], listen(office)
    bridge = Bridge(office, inline=True)
    context = replace(make_context(bridge, theme, recorder, tmp_path), may=lambda action: action in RIGHTS[role])
    pages = [type(page).__name__ for page in walk(context, filled)]
    bridge.close()
    assert pages
    assert len(readings) > len(pages)
    assert refusals == []


@pytest.mark.parametrize("who", [*Role, "reader"])
def test_whatever_a_role_can_press_and_fill_in_is_never_refused_for_want_of_a_right(
    who: Role | str, office: Desk, filled: Filled, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Every button, menu line and filled dialog of every page; a reader may see everything and change nothing."""
    without_the_system(monkeypatch)
    office.rights = rights = RIGHTS[who] if isinstance(who, Role) else READER
    take_back_every_write(office)
    refusals, crashes = listen(office)[1], list[object]()
    bridge = Bridge(office, inline=True)
    bridge.crashed.connect(crashes.append)
    context = replace(make_context(bridge, theme, recorder, tmp_path), may=lambda action: action in rights)
    presser = Presser(filled.targets["employees"], tmp_path / "contoh.xlsx")
    for page in walk(context, filled):
        for part in parts_of(page, context.may):
            presser.press_all(part)
    bridge.close()
    offered = {spec.key for spec in PAGES if spec.action is None or spec.action in rights}
    assert len(presser.pressed) > 10
    assert [refusal for refusal in refusals if NOT_ALLOWED in refusal] == []
    assert crashes == []
    assert {key for key, _target in recorder.navigated} <= offered


def test_every_control_of_every_page_has_a_name_and_is_reached_by_tab(
    office: Desk, filled: Filled, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> None:
    bridge = Bridge(office, inline=True)
    context, missed = make_context(bridge, theme, recorder, tmp_path), set[str]()
    for page in walk(context, filled):
        for part in parts_of(page, context.may):
            for where in tabs_of(part):
                wanted = [one for one in part.findChildren(QWidget) if is_control(one)]
                missed |= {f"{where}: {type(one).__name__} has no name" for one in wanted if not spoken_name(one)}
                missed |= {f"{where}: {spoken_name(one)} is not reached" for one in set(wanted) - reached(page)}
    bridge.close()
    assert not missed, "\n".join(sorted(missed))


def is_control(one: QWidget) -> bool:
    """Return whether a clerk works with it: shown, enabled, and stopped at by Tab."""
    stops = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return isinstance(one, CONTROLS) and stops and one.isVisible() and one.isEnabled()


def spoken_name(one: QWidget) -> str:
    text = getattr(one, "text", None)
    return one.accessibleName() or (text() if callable(text) else "")


def tabs_of(part: QWidget) -> Iterator[str]:
    """Show one tab after the other, if there are any; its name is returned."""
    bar = next((one for one in part.findChildren(QTabBar) if one.isVisible()), None)
    for place in range(bar.count() if bar is not None else 1):
        if bar is not None:
            bar.setCurrentIndex(place)
        QApplication.processEvents()
        yield f"{type(part).__name__} {bar.tabText(place) if bar is not None else ''}"


def reached(page: QWidget) -> set[QWidget]:
    """Return where Tab stops on the way round the window."""
    page.activateWindow()
    QApplication.processEvents()
    page.setFocus()
    assert page.hasFocus()
    found: set[QWidget] = set()
    while (at := QApplication.focusWidget()) is not None and at not in found:
        found.add(at)
        at.window().focusNextPrevChild(True)
    return found


def test_what_is_hidden_for_want_of_a_right_stays_hidden(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    mine, other = QPushButton("Milik", holder), QPushButton("Bukan", holder)
    assert only_with(lambda _action: True, Action.EXPORT, mine)
    assert only_with(lambda action: action == Action.BACK_UP, (Action.EXPORT, Action.BACK_UP), mine)
    assert not only_with(lambda _action: False, (Action.EXPORT, Action.BACK_UP), other)
    holder.show()
    for one in (mine, other):
        one.setVisible(True)
    assert mine.isVisible()
    assert not other.isVisible()


def test_what_is_shown_without_the_right_says_so_and_nothing_breaks(
    office: Desk, filled: Filled, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The rights were taken away while the window still shows everything: every button is pressed."""
    without_the_system(monkeypatch)
    office.rights = frozenset()
    bridge, told = Bridge(office, inline=True), list[str]()
    bridge.refused.connect(lambda error: told.append(error.code))
    context = replace(make_context(bridge, theme, recorder, tmp_path), may=lambda _action: True)
    pressed = 0
    for page in walk(context, filled):
        for button in page.findChildren(QAbstractButton):
            if shiboken6.isValid(button) and button.isVisible() and button.isEnabled():
                button.click()
                pressed += 1
                QApplication.processEvents()
                close_dialogs()
    bridge.close()
    assert pressed > 40
    assert set(told) == {"not_allowed"}
