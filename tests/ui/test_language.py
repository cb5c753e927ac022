"""Every page of the practice office and its dialogs: nothing in English, and everything that can be used has a name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.desk import Desk
from asn_desk.sample.practice import open_practice
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.main import PAGES
from ui.shared.bridge import Bridge
from ui.shared.filters import FilterChip
from ui.shared.page import Page, PageContext
from ui.shared.theme.theme import Theme
from ui.shared.window.help_dialog import HelpDialog
from ui.shared.window.jump_palette import JumpPalette

ENGLISH = re.compile(
    r"\b(the|and|or|of|for|with|from|to|by|search|save|cancel|open|close|delete|remove|edit|add|new|date|name|title|type|file|files|"
    r"select|choose|all|none|yes|next|back|previous|first|last|page|pages|print|preview|view|show|hide|details|help|settings|home|"
    r"letter|letters|scan|user|users|backup|restore|apply|loading|error|warning|unknown|employee|office|press|click|here|"
    r"up|down|sort|copy|paste|undo|redo|clear|today|now|please|not|found)\b",
    re.IGNORECASE,
)
KEYS = re.compile(r"Page Up|Page Down|Enter|Home|End|Esc|Ctrl|Shift|/\S+")
"""Names of keys as they stand on the keyboard, and the data folder's path."""
USABLE = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabBar)
SECTIONS = ("identity", "officials", "series", "templates", "rules", "users", "backup", "appearance")


@pytest.fixture(scope="module")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice office, filled once; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("latihan") / "data"
    open_practice(root).close()
    return root


@pytest.fixture
def practice(practice_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "data"
    shutil.copytree(practice_folder, root)
    desk = open_practice(root)
    desk.actor = "Ratna Wulandari"
    yield desk
    desk.close()


@pytest.fixture
def context(practice: Desk, theme: Theme, recorder: Recorder, tmp_path: Path) -> Iterator[PageContext]:
    bridge = Bridge(practice, inline=True)
    yield make_context(bridge, theme, recorder, tmp_path)
    bridge.close()


@pytest.fixture
def show(context: PageContext, qtbot: QtBot) -> Iterator[Callable[..., Page]]:
    """Shows a page at the usual size, filled; its dialogs are closed at the end."""
    shown: list[Page] = []

    def make(key: str) -> Page:
        page = next(spec for spec in PAGES if spec.key == key).factory(context)
        qtbot.addWidget(page)
        page.resize(1158, 740)
        page.reload()
        page.show()
        page.activated()
        qtbot.waitExposed(page)
        shown.append(page)
        return page

    yield make
    for page in shown:
        for dialog in page.findChildren(QDialog):
            QDialog.reject(dialog)
        page.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def all_widgets(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def words_of(widget: QWidget) -> set[str]:
    """Return every text of a widget and what lies in it, shown or read aloud."""
    found = set(texts_of(widget))
    for one in all_widgets(widget):
        found |= {one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.statusTip(), one.whatsThis()}
        found |= {action.text() for action in one.actions()}
        found |= set(_items(one))
    found |= {action.text() for action in widget.findChildren(QAction)}
    return {text.replace("&", "") for text in found if text.strip()}


def _items(widget: QWidget) -> Iterator[str]:
    """Yield what a widget keeps in a list: headers, tabs, choices, menu entries."""
    if isinstance(widget, QTableView):
        model = widget.model()
        for place in range(model.columnCount()):
            yield str(model.headerData(place, Qt.Orientation.Horizontal) or "")
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, FilterChip):
        menu = widget.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        yield from (action.text() for action in menu.actions())


def english(widget: QWidget) -> dict[str, str]:
    """Return the texts with an English word, and the word."""
    return {text: match.group() for text in sorted(words_of(widget)) if (match := ENGLISH.search(KEYS.sub("", text)))}


def nameless(widget: QWidget) -> list[str]:
    """Return the usable widgets in sight that a screen reader could not name."""
    return [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}: {one.toolTip()}"
        for one in all_widgets(widget)
        if _is_usable(one) and not _spoken_name(one)
    ]


def _is_usable(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.objectName().startswith("qt_"):
        return False
    parent = widget.parentWidget()
    inside = isinstance(parent, (QComboBox, QTabBar, QLineEdit, QTableView)) or isinstance(widget, QHeaderView)
    focused = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(
        widget, (Page, QAbstractScrollArea)
    )
    return not inside and (isinstance(widget, USABLE) or focused)


def _spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else widget.accessibleName()


def dialog_of(page: Page) -> QDialog:
    return next(one for one in page.findChildren(QDialog) if one.isVisible())


@pytest.mark.parametrize("key", [spec.key for spec in PAGES if spec.key != "first_start"])
def test_pages_speak_indonesian_and_name_what_can_be_used(show: Callable[..., Page], key: str) -> None:
    page = show(key)
    assert (english(page), nameless(page)) == ({}, [])


@pytest.mark.parametrize("section", SECTIONS)
def test_settings_speak_indonesian_and_name_what_can_be_used(show: Callable[..., Page], section: str) -> None:
    page = show("settings")
    page.open_target(section)
    assert (english(page), nameless(page)) == ({}, [])


@pytest.mark.parametrize("key", ["employees", "candidacy", "letters", "circulars"])
def test_the_dialog_of_the_main_action_speaks_indonesian(show: Callable[..., Page], key: str) -> None:
    page = show(key)
    page.new_record()
    dialog = dialog_of(page)
    assert (english(dialog), nameless(dialog)) == ({}, [])


@pytest.mark.parametrize("section", ["officials", "series", "users"])
def test_the_forms_of_the_settings_speak_indonesian(show: Callable[..., Page], section: str) -> None:
    page = show("settings")
    page.open_target(section)
    adding = [one for one in page.findChildren(QAbstractButton) if one.text().replace("&", "").startswith("Tambah")]
    next(one for one in adding if one.isVisible()).click()
    dialog = dialog_of(page)
    assert (english(dialog), nameless(dialog)) == ({}, [])


@pytest.mark.parametrize("action", ["record", "make_letter"])
def test_the_dialogs_of_a_candidacy_file_speak_indonesian(
    show: Callable[..., Page], practice: Desk, action: str
) -> None:
    page = show("candidacy")
    page.open_target(practice.read(lambda session: candidacy.declaration_ids(session, DeclarationFilter()))[0])
    getattr(page, action)()
    dialog = dialog_of(page)
    assert (english(dialog), nameless(dialog)) == ({}, [])


def test_the_first_start_speaks_indonesian(page_context: PageContext, qtbot: QtBot) -> None:
    page = next(spec for spec in PAGES if spec.key == "first_start").factory(page_context)
    qtbot.addWidget(page)
    page.resize(1158, 740)
    page.show()
    assert (english(page), nameless(page)) == ({}, [])


def test_the_help_and_the_palette_speak_indonesian(context: PageContext, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    finders = [spec.find for spec in PAGES if spec.find is not None]
    for dialog in (HelpDialog([(spec.shortcut, spec.title) for spec in PAGES], holder),
                   JumpPalette(context.bridge, [], finders, holder)):  # fmt: skip
        dialog.show()
        assert (english(dialog), nameless(dialog)) == ({}, [])
        QDialog.reject(dialog)
