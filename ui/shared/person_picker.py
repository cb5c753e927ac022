"""Finds one person while a name or NIP is typed; what is chosen is an id, never a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from ui.shared.bridge import Bridge
from ui.shared.filters import DEBOUNCE_MS
from ui.shared.tables.hit_delegate import SUBTITLE_ROLE, HitDelegate
from ui.shared.theme.icons import icon

_ID_ROLE = int(Qt.ItemDataRole.UserRole)
_SHOWN_AT_ONCE = 6
_ROW = 46


@dataclass(frozen=True)
class PersonHit:
    """A person found: the id, the name, and what tells them from others of that name."""

    id: Any
    title: str
    subtitle: str = ""


Done = Callable[[Sequence[PersonHit]], None]
Search = Callable[[str, Done], None]


def person_search(bridge: Bridge, owner: QObject, fn: Callable[[Any, str], Sequence[PersonHit]]) -> Search:
    """Return a search for the picker that runs `fn(session, text)` on a reading thread."""
    return lambda text, done: bridge.read(owner, lambda session: fn(session, text), done)


class PersonPicker(QLineEdit):
    """A line with a list of hits below it. Arrow keys choose, Enter takes, typing again lets the person go."""

    value_changed = Signal()

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._hit: PersonHit | None = None
        self._question = 0
        self.setPlaceholderText("Ketik nama atau NIP")
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._ask)
        self._list = self._build_list()
        self.textEdited.connect(self._on_edited)

    def value(self) -> Any | None:
        """Return the chosen person's id, or None."""
        return self._hit.id if self._hit is not None else None

    def hit(self) -> PersonHit | None:
        """Return the chosen person."""
        return self._hit

    def set_value(self, hit: PersonHit | None) -> None:
        """Show a person, or nobody."""
        self._hit = hit
        self.setText(hit.title if hit is not None else "")
        self.setToolTip(hit.subtitle if hit is not None else "")
        self._list.hide()
        self.value_changed.emit()

    def is_valid(self) -> bool:
        """Return whether the field is empty or a person was chosen."""
        return self._hit is not None or not self.text().strip()

    def _build_list(self) -> QListWidget:
        hits = QListWidget(self)
        hits.setWindowFlags(Qt.WindowType.ToolTip)
        hits.setProperty("popup", "true")
        hits.setFrameShape(QFrame.Shape.NoFrame)
        hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hits.setItemDelegate(HitDelegate(hits))
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hits.itemClicked.connect(self._take)
        hits.hide()
        return hits

    def _on_edited(self, text: str) -> None:
        if self._hit is not None:
            self._hit = None
            self.value_changed.emit()
        if text.strip():
            self._pause.start()
        else:
            self._list.hide()

    def _ask(self) -> None:
        self._question += 1
        question = self._question
        self._search(self.text().strip(), lambda hits: self._show(question, hits))

    def _show(self, question: int, hits: Sequence[PersonHit]) -> None:
        if question != self._question or self._hit is not None or not self.hasFocus():
            return
        self._list.clear()
        for hit in hits:
            self._add(hit)
        if not hits:
            nothing = QListWidgetItem("Tidak ditemukan. Periksa ejaan nama atau NIP.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)
        height = min(max(len(hits), 1), _SHOWN_AT_ONCE) * _ROW + 10
        self._list.resize(QSize(max(self.width(), 320), height))
        self._list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._list.show()

    def _add(self, hit: PersonHit) -> None:
        item = QListWidgetItem(hit.title)
        item.setData(_ID_ROLE, hit)
        item.setData(SUBTITLE_ROLE, hit.subtitle)
        item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{hit.title}, {hit.subtitle}")
        self._list.addItem(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_ID_ROLE) if item is not None else None
        if isinstance(hit, PersonHit):
            self.set_value(hit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._list.isVisible():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(max(0, min(self._list.currentRow() + step, self._list.count() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self._list.hide()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)
