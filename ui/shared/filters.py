"""What stands above a table: the search field and the filter chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ui.shared.basics import role_font, set_state
from ui.shared.theme.icons import icon

DEBOUNCE_MS = 150


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value, its word, perhaps a note in a second line."""

    value: Any
    label: str
    note: str = ""


class SearchField(QLineEdit):
    """A line that tells what was typed once the typing pauses. Esc clears it."""

    search_changed = Signal(str)

    def __init__(self, placeholder: str = "Cari", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(140)
        self.setMaximumWidth(320)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._tell)
        self._told = ""
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._tell)

    def _tell(self) -> None:
        self._pause.stop()
        if self.text().strip() != self._told:
            self._told = self.text().strip()
            self.search_changed.emit(self._told)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)


class FilterChip(QPushButton):
    """A small menu button: `Tahap: semua`. The first choice means no filter; any other is shown marked."""

    chosen = Signal(object)

    def __init__(self, caption: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self._choices = list(choices)
        self._value: Any = self._choices[0].value if self._choices else None
        self.setProperty("kind", "chip")
        self.setFont(role_font("secondary"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIconSize(QSize(11, 11))
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self._show()

    def words(self) -> str:
        """Return what the chip says."""
        return self.text().replace("&&", "&")

    def value(self) -> Any:
        """Return the chosen value."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone."""
        self._value = value
        self._show()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; a value that is no longer among them falls back to the first."""
        self._choices = list(choices)
        if all(choice.value != self._value for choice in self._choices):
            self._value = self._choices[0].value if self._choices else None
        self._show()

    def _fill(self) -> None:
        self._menu.clear()
        for choice in self._choices:
            action = self._menu.addAction(_literal(choice.label))
            action.setCheckable(True)
            action.setChecked(choice.value == self._value)
            action.triggered.connect(lambda _checked=False, choice=choice: self._choose(choice.value))

    def _choose(self, value: Any) -> None:
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)

    def _show(self) -> None:
        current = next((choice for choice in self._choices if choice.value == self._value), None)
        is_set = current is not None and current is not self._choices[0]
        self.setText(_literal(f"{self._caption}: {current.label}" if current is not None else self._caption))
        self.setIcon(icon("chevron-down", "coming" if is_set else "ink2"))
        set_state(self, "set", "true" if is_set else "false")

    def _room(self) -> int:
        """Return how wide the text may be now."""
        return self.width() - (self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.words()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; a text that has no room is shortened at its end, not cut off at both."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, room = self.words(), self._room()
        fits = self.fontMetrics().horizontalAdvance(words) <= room
        option.text = _literal(
            words if fits else self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        )
        self.setToolTip("" if fits else words)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


def _literal(text: str) -> str:
    """Return a text whose `&` is shown as such; Qt would take it for the mark of a key."""
    return text.replace("&", "&&")
