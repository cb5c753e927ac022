"""What a page is given, what it must answer, and how the window knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.shared.bridge import Bridge
from ui.shared.filters import SearchField
from ui.shared.header import PageHeader
from ui.shared.theme.theme import Theme

Undo = Callable[[], None] | None
SMALLEST_BODY = (720, 400)


@dataclass(frozen=True)
class PageContext:
    """Everything a page may use. Nothing else is global, and no page ever sees the main window."""

    bridge: Bridge
    settings_file: Path
    paths: Any
    today: Callable[[], date]
    navigate: Callable[[str, object | None], None]
    toast: Callable[[str, Undo], None]
    open_search: Callable[[], None]
    practice: bool
    enter_practice: Callable[[], None]
    leave_practice: Callable[[], None]
    theme: Theme
    desk_info: Callable[[], Any]
    user: Callable[[], str]
    work_as: Callable[[str], None]
    everything_changed: Callable[[], None]
    may: Callable[[str], bool] = lambda _action: True


@dataclass(frozen=True)
class JumpItem:
    """One line of the jump palette; choosing it navigates to `page` with `target`."""

    title: str
    subtitle: str
    icon: str
    page: str
    target: object = None


@dataclass(frozen=True)
class PageSpec:
    """One entry of the sidebar. `factory` imports and builds the page on the first visit.

    `count` reads the number shown beside the entry, `find` the jump palette's lines; both run on a reading thread.
    A page that is not `listed` is reached by navigation only; one with an `action` only by users who have that right.
    """

    key: str
    title: str
    icon: str
    shortcut: str
    factory: Callable[[PageContext], Page]
    count: Callable[[Any], int] | None = None
    find: Callable[[Any, str], list[JumpItem]] | None = None
    bottom: bool = False
    listed: bool = True
    action: str | None = None


class Page(QWidget):
    """A page: head above, content below in `body`. Subclasses set `title` and `topics` and fill `body`."""

    title: str = ""
    topics: frozenset[str] = frozenset()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.bridge = context.bridge
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.title)
        self.header = PageHeader(self.title, context.open_search)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(16)
        outer.addWidget(_scrolling(self.body), 1)

    def reload(self) -> None:
        """Read again what is shown; called before the page is first seen and when one of its topics changed."""

    def activated(self) -> None:
        """Become visible; called every time."""

    def open_target(self, target: object) -> None:
        """Show what another page or the jump palette asked for."""

    def focus_search(self) -> None:
        """Bring the keyboard to the page's search field (Ctrl+F)."""
        field = self.findChild(SearchField)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def new_record(self) -> None:
        """Do the page's main action (Ctrl+N)."""
        primary = self.header.primary
        if primary is not None and primary.isEnabled() and not primary.isHidden():
            primary.click()

    def may_leave(self) -> bool:
        """Return whether the window may close; False keeps it open, the page then says why."""
        return True


def _scrolling(body: QVBoxLayout) -> QScrollArea:
    """Return the page's content in an area that scrolls once the window is too small for it."""
    holder = QWidget()
    holder.setObjectName("pageBody")
    holder.setLayout(body)
    holder.setMinimumSize(*SMALLEST_BODY)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area
