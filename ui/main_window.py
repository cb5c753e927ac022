"""The main window: a sidebar and stacked pages made from a list of PageSpec, and nothing else.

Dialogs are imported when they are first opened: every Qt class touched before the first paint costs start-up time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from ui.shared.basics import button, icon_label, label
from ui.shared.bridge import Bridge
from ui.shared.page import JumpItem, Page, PageContext, PageSpec
from ui.shared.tables.table_layout import window_settings
from ui.shared.theme.theme import Theme
from ui.shared.toast import Toast
from ui.shared.window.sidebar import Brand, Sidebar
from ui.shared.window.status_bar import StatusBar, StatusInfo

SMALLEST = (1024, 640)
USUAL = (1366, 768)
COMPACT_BELOW = 1100


@dataclass(frozen=True)
class WindowParts:
    """What the window and its pages are built from."""

    bridge: Bridge
    settings_file: Path
    paths: Any
    today: Callable[[], date]
    theme: Theme
    practice_text: str = ""
    enter_practice: Callable[[], None] = lambda: None
    leave_practice: Callable[[], None] = lambda: None
    user: Callable[[], str] = lambda: ""
    work_as: Callable[[str], None] = lambda _name: None
    may: Callable[[str], bool] = lambda _action: True


class MainWindow(QWidget):
    """Swaps pages, tells them what changed, and owns the keys that work everywhere."""

    closed = Signal()
    first_painted = Signal()

    def __init__(self, parts: WindowParts, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._specs = {spec.key: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._current = ""
        self._painted = False
        self._toast = Toast(self)
        self.setObjectName("window")
        self.setWindowTitle("ASN Desk")
        self._build()
        self._connect()
        self._restore_geometry()

    def open_page(self, key: str, target: object | None = None) -> None:
        """Show a page (built on its first visit) and, with a target, what it should open. Without the right: nothing."""
        if not self._offered(self._specs[key]):
            return
        page = self._pages.get(key) or self._make_page(key)
        self._current = key
        self._stack.setCurrentWidget(page)
        self.sidebar.set_current(key)
        if key in self._stale:
            self._stale.discard(key)
            page.reload()
        if page.focusWidget() is None:
            page.setFocus()
        page.activated()
        if target is not None:
            page.open_target(target)

    def current_page(self) -> Page | None:
        """Return the visible page."""
        return self._pages.get(self._current)

    def set_brand(self, brand: Brand) -> None:
        """Show the office in the sidebar and in the title."""
        self.sidebar.set_brand(brand)
        self.setWindowTitle(f"ASN Desk · {brand.office}" if brand.office else "ASN Desk")

    def set_status(self, info: StatusInfo) -> None:
        """Show who works, the last backup, and the like."""
        self.status.set_info(info)

    def set_opening(self, text: str) -> None:
        """Say what is being done before the first page appears."""
        self._opening.setText(text)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something at the bottom of the window."""
        self._toast.show_text(text, undo)

    def read_counts(self) -> None:
        """Read the numbers beside the pages."""
        for spec in self._specs.values():
            if spec.count is not None and self._offered(spec):
                self._parts.bridge.read(
                    self, spec.count, partial(self.sidebar.set_count, spec.key), partial(self._on_no_count, spec.key)
                )

    def offer_pages(self) -> None:
        """Show in the sidebar the pages that the user has the right to see."""
        for spec in self._specs.values():
            self.sidebar.set_offered(spec.key, self._offered(spec))

    def start_over(self) -> None:
        """Forget every page with what it shows, because somebody else works from now on, and begin at the first one."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._toast.hide()
        self.offer_pages()
        first = next((spec.key for spec in self._specs.values() if spec.listed and self._offered(spec)), None)
        if first is not None:
            self.open_page(first)
            self.read_counts()

    def cover(self, curtain: QWidget) -> None:
        """Show this in place of everything else; no key of the window works meanwhile."""
        self._shell.hide()
        self._toast.hide()
        self._outer.addWidget(curtain)
        curtain.show()
        for key in self._keys:
            key.setEnabled(False)
        curtain.setFocus()

    def uncover(self) -> None:
        """Show the pages again."""
        for key in self._keys:
            key.setEnabled(True)
        self._shell.show()

    def _build(self) -> None:
        room = self.screen().availableSize()
        self.setMinimumSize(min(SMALLEST[0], room.width()), min(SMALLEST[1], room.height()))
        self.sidebar = Sidebar()
        listed = [spec for spec in self._specs.values() if spec.listed]
        self.sidebar.add_entries([(s.key, s.title, s.icon, f"{s.title} ({s.shortcut})", s.bottom) for s in listed])
        self._stack = QStackedWidget()
        self._opening = label("Membuka data…", role="secondary")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._opening)
        self.status = StatusBar()
        column = QVBoxLayout()
        column.setSpacing(0)
        if self._parts.practice_text:
            column.addWidget(_practice_band(self._parts))
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self._shell = QWidget()
        row = QHBoxLayout(self._shell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._shell)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.open_page)
        self._parts.bridge.changed.connect(self._on_changed)
        self._parts.bridge.refused.connect(self._on_refused)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.open_search,
            "Ctrl+F": lambda: self._with_page(lambda page: page.focus_search()),
            "Ctrl+N": lambda: self._with_page(lambda page: page.new_record()),
            "F5": lambda: self._with_page(lambda page: page.reload()),
            "F1": self.open_help,
            "Ctrl+Q": self.close,
        }
        keys |= {spec.shortcut: partial(self.open_page, spec.key) for spec in self._specs.values() if spec.shortcut}
        self._keys = [QShortcut(QKeySequence(key), self, fn) for key, fn in keys.items()]

    def open_search(self) -> None:
        """Open the jump palette."""
        from ui.shared.window.jump_palette import JumpPalette

        offered = [spec for spec in self._specs.values() if self._offered(spec)]
        listed = [spec for spec in offered if spec.listed]
        pages = [JumpItem(spec.title, f"Halaman · {spec.shortcut}", spec.icon, spec.key) for spec in listed]
        finders = [spec.find for spec in offered if spec.find is not None]
        palette = JumpPalette(self._parts.bridge, pages, finders, self)
        palette.jumped.connect(lambda item: self.open_page(item.page, item.target))
        palette.open()

    def open_help(self) -> None:
        """Open the list of keys."""
        from ui.shared.window.help_dialog import HelpDialog

        HelpDialog([(spec.shortcut, spec.title) for spec in self._specs.values() if spec.shortcut], self).open()

    def _with_page(self, fn: Callable[[Page], None]) -> None:
        page = self.current_page()
        if page is not None:
            fn(page)

    def _offered(self, spec: PageSpec) -> bool:
        return spec.action is None or self._parts.may(spec.action)

    def _on_no_count(self, key: str, error: DeskError) -> None:
        self.sidebar.set_count(key, 0)
        if error.code != "not_allowed":
            self._on_refused(error)

    def _make_page(self, key: str) -> Page:
        page = self._specs[key].factory(self._context())
        self._pages[key] = page
        self._stack.addWidget(page)
        self._stale.add(key)
        return page

    def _context(self) -> PageContext:
        parts = self._parts
        return PageContext(
            bridge=parts.bridge,
            settings_file=parts.settings_file,
            paths=parts.paths,
            today=parts.today,
            navigate=self.open_page,
            toast=self.toast,
            open_search=self.open_search,
            practice=bool(parts.practice_text),
            enter_practice=parts.enter_practice,
            leave_practice=parts.leave_practice,
            theme=parts.theme,
            desk_info=lambda: parts.bridge.desk,
            user=parts.user,
            work_as=parts.work_as,
            everything_changed=lambda: parts.bridge.changed.emit(frozenset(Topic)),
            may=parts.may,
        )

    def _on_changed(self, topics: frozenset[str]) -> None:
        self.status.set_saved("Tersimpan")
        for key, page in self._pages.items():
            if page.topics & topics:
                if key == self._current:
                    page.reload()
                else:
                    self._stale.add(key)
        self.read_counts()

    def _on_refused(self, error: DeskError) -> None:
        from ui.shared.dialogs import show_refusal

        show_refusal(self, error)

    def _restore_geometry(self) -> None:
        self.resize(*USUAL)
        stored = window_settings(self._parts.settings_file).value("window/geometry")
        if isinstance(stored, QByteArray):
            self.restoreGeometry(stored)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_compact(event.size().width() < COMPACT_BELOW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(page.may_leave() for page in self._pages.values()):
            event.ignore()
            return
        window_settings(self._parts.settings_file).setValue("window/geometry", self.saveGeometry())
        event.accept()
        self.closed.emit()


def _practice_band(parts: WindowParts) -> QFrame:
    band = QFrame()
    band.setObjectName("practiceBand")
    row = QHBoxLayout(band)
    row.setContentsMargins(24, 5, 16, 5)
    row.setSpacing(10)
    row.addWidget(icon_label("graduation", 18, "near"))
    row.addWidget(label(parts.practice_text, wrap=True), 1)
    row.addWidget(button("Kembali ke data kantor", "link", on_click=parts.leave_practice))
    return band
