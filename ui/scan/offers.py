"""The people who fit a typed name or NIP, offered below the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from asn_desk.circulars.queries import RecipientRow
from asn_desk.wording import grouped_nip
from ui.shared.marking import standing_words
from ui.shared.tables.hit_delegate import SUBTITLE_ROLE, HitDelegate

_ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_ROW = 46
_SHOWN_AT_ONCE = 4


class Offers(QListWidget):
    """A short list; the field keeps the keyboard and moves the choice. `taken(RecipientRow)` when one is chosen."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(HitDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Penerima yang cocok")
        self.itemClicked.connect(lambda _item: self.take())
        self.hide()

    def show_people(self, people: Sequence[RecipientRow]) -> None:
        """Offer these people, the first one chosen; nobody hides the list."""
        self.clear()
        for person in people:
            self._add(person)
        self.setCurrentRow(0)
        self.setFixedHeight(min(len(people), _SHOWN_AT_ONCE) * _ROW + 2)
        self.setVisible(bool(people))

    def step(self, by: int) -> None:
        """Move the choice."""
        if self.count():
            self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))

    def take(self) -> None:
        """Hand over the chosen person."""
        item = self.currentItem()
        if item is not None:
            self.taken.emit(item.data(_ROW_ROLE))

    def _add(self, person: RecipientRow) -> None:
        below = (
            f"{grouped_nip(person.number)} · {person.unit} · {standing_words(person.status, person.acknowledged_on)}"
        )
        item = QListWidgetItem(person.name)
        item.setData(_ROW_ROLE, person)
        item.setData(SUBTITLE_ROLE, below)
        item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{person.name}, {below}")
        self.addItem(item)
