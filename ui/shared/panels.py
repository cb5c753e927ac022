"""The cards and rows that a page is laid out with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from ui.shared.basics import button, clear_layout, icon_label, label
from ui.shared.flow_layout import FlowLayout
from ui.shared.tables.table_layout import window_settings
from ui.shared.theme.tokens import GRID

_BANNER_ICONS = {"near": "alert", "late": "alert", "done": "check-circle", "coming": "info"}


class Panel(QFrame):
    """A card. Put content into `body`; a title stands above it, with room for widgets at its right."""

    def __init__(self, title: str = "", padding: int = 2 * GRID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.title_row = QHBoxLayout()
        self.title_label = label(title, role="section")
        self._add_title_row(outer)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, padding if not title else GRID, padding, padding)
        self.body.setSpacing(GRID)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title_label.setText(title)
        self._title_holder.setVisible(bool(title))

    def add_title_widget(self, widget: QWidget) -> None:
        """Place a widget at the right of the title."""
        self.title_row.addWidget(widget)
        self._title_holder.show()

    def _add_title_row(self, outer: QVBoxLayout) -> None:
        self._title_holder = QWidget()
        self._title_holder.setLayout(self.title_row)
        self.title_row.setContentsMargins(2 * GRID, 14, 2 * GRID, 6)
        self.title_row.setSpacing(GRID)
        self.title_row.addWidget(self.title_label, 1)
        outer.addWidget(self._title_holder)
        self._title_holder.setVisible(bool(self.title_label.text()))


class ScrollBody(QScrollArea):
    """A vertical scroll area whose content is as wide as the area, so that texts wrap instead of being cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("scrollBody")
        outer = QVBoxLayout(self.content)
        outer.setContentsMargins(0, 0, 0, 0)
        self.layout_of_content = QVBoxLayout()
        outer.addLayout(self.layout_of_content)
        outer.addStretch(1)
        self.setWidget(self.content)
        self.viewport().setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        return self.content.sizeHint()


class ScrollPanel(Panel):
    """A card whose content scrolls. Fill `body`; `clear()` empties it."""

    def __init__(self, title: str = "", padding: int = 2 * GRID, parent: QWidget | None = None) -> None:
        super().__init__(title, 0, parent)
        self.area = ScrollBody()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.area)
        self.body = self.area.layout_of_content
        self.body.setContentsMargins(padding, padding if not title else GRID, padding, padding)
        self.body.setSpacing(GRID)

    def clear(self) -> None:
        """Remove the content and go back to the top."""
        clear_layout(self.body)
        self.area.verticalScrollBar().setValue(0)


class Toolbar(QFrame):
    """Search field and filters above a table; what finds no room goes into the next line."""

    def __init__(self, *widgets: QWidget, trailing: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        self.setSizePolicy(_as_high_as_needed())
        self.row = FlowLayout(self, GRID)
        self.row.setContentsMargins(14, 10, 14, 10)
        for widget in widgets:
            self.row.addWidget(widget)
        for widget in trailing:
            self.row.add_trailing(widget)


class ActionBar(QWidget):
    """The buttons of a card in a row; what finds no room goes into the next line."""

    def __init__(self, *buttons: QWidget, trailing: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(_as_high_as_needed())
        row = FlowLayout(self, GRID)
        row.setContentsMargins(0, 0, 0, 0)
        for one in buttons:
            row.addWidget(one)
        for one in trailing:
            row.add_trailing(one)


def _as_high_as_needed() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class Banner(QFrame):
    """A sentence across a page or dialog: an icon, the words, perhaps one button."""

    def __init__(
        self,
        text: str,
        kind: str = "near",
        action: str = "",
        on_action: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(icon_label(_BANNER_ICONS[kind], 18, kind), 0, Qt.AlignmentFlag.AlignTop)
        self.text_label = label(text, wrap=True)
        self.text_label.setProperty("kind", kind)
        row.addWidget(self.text_label, 1)
        if action and on_action is not None:
            row.addWidget(button(action, "link", on_click=on_action), 0, Qt.AlignmentFlag.AlignTop)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.text_label.setText(text)
        self.text_label.setAccessibleName(text)


class RememberedSplitter(QSplitter):
    """Two parts side by side whose widths are kept; below a narrow width they stand one above the other."""

    def __init__(self, name: str, settings_file: Path, narrow_below: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._name = name
        self._file = settings_file
        self._narrow_below = narrow_below
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2 * GRID)
        self.splitterMoved.connect(lambda *_: self._save())

    def restore(self) -> bool:
        """Put the parts as they were stored. False when nothing was."""
        stored = window_settings(self._file).value(f"splitters/{self._name}")
        return isinstance(stored, QByteArray) and self.restoreState(stored)

    def _save(self) -> None:
        if self.orientation() == Qt.Orientation.Horizontal:
            window_settings(self._file).setValue(f"splitters/{self._name}", self.saveState())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < self._narrow_below
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
        super().resizeEvent(event)


def edge_to_edge(holder: QWidget, *parts: QWidget) -> None:
    """Lay parts below each other without margins; the last one takes the room that is left."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, 1 if part is parts[-1] else 0)


def split(
    left: QWidget, right: QWidget, *, sizes: tuple[int, int], name: str, settings_file: Path, narrow_below: int = 0
) -> QSplitter:
    """Return two parts side by side with a movable, remembered border; `narrow_below` pixels they stack."""
    made = RememberedSplitter(name, settings_file, narrow_below)
    for widget, size in zip((left, right), sizes, strict=True):
        made.addWidget(widget)
        widget.setMinimumWidth(min(widget.minimumSizeHint().width(), 280))
        made.setStretchFactor(made.count() - 1, size)
    if not made.restore():
        made.setSizes(list(sizes))
    return made
