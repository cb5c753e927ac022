"""The small widgets of the pages, and the shelf from which pages import all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.wording import number
from ui.shared.basics import ElidedLabel, button, clear_layout, icon_label, label, role_font, rule, set_state
from ui.shared.chips import Chip, StatusChip
from ui.shared.empty_state import EmptyState
from ui.shared.filters import Choice, FilterChip, SearchField
from ui.shared.panels import ActionBar, Banner, Panel, ScrollPanel, Toolbar, split

__all__ = [
    "ActionBar",
    "ActionRow",
    "Banner",
    "Chip",
    "Choice",
    "ElidedLabel",
    "EmptyState",
    "FilterChip",
    "KeyValue",
    "Panel",
    "ProgressRow",
    "ScrollPanel",
    "SearchField",
    "SectionTitle",
    "StatCard",
    "StatusChip",
    "Toolbar",
    "button",
    "clear_layout",
    "icon_label",
    "label",
    "rule",
    "set_state",
    "split",
]


class StatCard(QFrame):
    """A figure with its caption and a note. Click or Enter tells `clicked` once `set_clickable` was called."""

    clicked = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 13, 12, 13)
        layout.setSpacing(2)
        self._title = caption
        self._value = label("–", role="big")
        self._caption, self._note = ElidedLabel(caption), ElidedLabel()
        for line in (self._caption, self._note):
            line.setProperty("role", "secondary")
            line.setFont(role_font("secondary"))
        for part in (self._caption, self._value, self._note):
            layout.addWidget(part)

    def set(self, value: str, note: str = "", kind: str = "") -> None:
        """Show a figure; `kind` late, near or done colours the note, which must say the same in words."""
        self._value.setText(value)
        self._note.set_text(note)
        set_state(self._note, "kind", kind)
        self.setAccessibleName(f"{self._title}: {value}. {note}")

    def set_clickable(self) -> None:
        """Make the card a button."""
        self.setProperty("clickable", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.property("clickable") and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.property("clickable") and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class ProgressRow(QWidget):
    """A name, `n / m` and a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        self._name = ElidedLabel()
        self._count = label("", role="secondary", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._count, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._bar, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def set(self, name: str, done: int, total: int, kind: str = "accent") -> None:
        """Show `done` of `total`; `kind` accent, late or done colours the bar."""
        self._name.set_text(name)
        self._count.setText(f"{number(done)} / {number(total)}")
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(min(done, max(total, 1)))
        set_state(self._bar, "kind", kind)
        self.setAccessibleName(f"{name}: {number(done)} dari {number(total)}")


class SectionTitle(QWidget):
    """A heading inside a card, with a hint after it."""

    def __init__(self, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 2)
        row.setSpacing(8)
        self.text_label = label(text, role="section")
        row.addWidget(self.text_label)
        row.addWidget(label(hint, role="hint"), 1)


class ActionRow(QFrame):
    """A row of a short list: perhaps a chip, two lines that wrap, who or when, and one action."""

    CHIP_WIDTH = 124
    ACTION_WIDTH = 96
    NARROW = 520

    def __init__(
        self,
        title: str,
        secondary: str = "",
        chip: Chip | None = None,
        trailing: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        chip_width: int = CHIP_WIDTH,
        trailing_width: int = 150,
        chip_last: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("row", "true")
        self.setAccessibleName(
            ", ".join(part for part in (chip.text if chip else "", title, secondary, trailing) if part)
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 9)
        self._row.setSpacing(10)
        self._secondary, self._trailing_text = secondary, trailing
        self._second_line = label(secondary, role="secondary")
        self._trailing = label(trailing, wrap=True)
        self._row.addLayout(self._lines(title), 1)
        self._trailing.setFixedWidth(trailing_width)
        self._trailing.setVisible(bool(trailing))
        self._row.addWidget(self._trailing)
        if chip is not None:
            holder = self._chip_holder(chip, chip_width)
            self._row.insertWidget(-1 if chip_last else 0, holder)
        if action and on_action is not None:
            self.button = button(action, "link", on_click=on_action)
            self.button.setAccessibleName(f"{action}: {title}")
            self._row.addWidget(self._action_holder(self.button))

    def _lines(self, title: str) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addStretch(1)
        lines.addWidget(label(title, wrap=True))
        lines.addWidget(self._second_line)
        self._second_line.setVisible(bool(self._secondary))
        lines.addStretch(1)
        return lines

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow list the trailing words go below, so that the title keeps its room."""
        super().resizeEvent(event)
        narrow = event.size().width() < self.NARROW
        parts = [self._secondary, self._trailing_text if narrow else ""]
        below = " · ".join(part for part in parts if part)
        if below != self._second_line.text():
            self._second_line.setText(below)
            self._second_line.setVisible(bool(below))
            self._trailing.setVisible(bool(self._trailing_text) and not narrow)

    def _action_holder(self, link: QWidget) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(self.ACTION_WIDTH)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(link)
        return holder

    def _chip_holder(self, chip: Chip, width: int) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(width)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(StatusChip(chip))
        layout.addStretch(1)
        return holder


class KeyValue(QWidget):
    """Facts in two columns: what, and the value, which can be selected and copied."""

    def __init__(
        self, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None, *, label_width: int = 130
    ) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.set(pairs)

    def set(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other facts; an empty value shows a dash."""
        clear_layout(self._grid)
        for line, (name, value) in enumerate(pairs):
            caption = label(name, role="secondary")
            caption.setFixedWidth(self._label_width)
            shown = label(value or "–", wrap=True, selectable=True)
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignTop)
