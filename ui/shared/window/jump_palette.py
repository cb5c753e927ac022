"""Ctrl+K: type a name, a letter number or a page, and go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from ui.shared.basics import label, rule
from ui.shared.bridge import Bridge
from ui.shared.filters import DEBOUNCE_MS
from ui.shared.page import JumpItem
from ui.shared.tables.hit_delegate import SUBTITLE_ROLE, HitDelegate
from ui.shared.theme.icons import icon

Finder = Callable[[Any, str], Sequence[JumpItem]]
_ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
_WIDTH = 560
_HEIGHT = 420
_SHORTEST = 2


class JumpPalette(QDialog):
    """A line and what it finds: pages at once, records from the finders when they answer."""

    jumped = Signal(object)

    def __init__(self, bridge: Bridge, pages: Sequence[JumpItem], finders: Sequence[Finder], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Cari")
        self.setModal(True)
        self._bridge = bridge
        self._pages = list(pages)
        self._finders = list(finders)
        self._question = 0
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._ask)
        self._build()
        self._show_pages()
        self._place(parent)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setProperty("panel", "true")
        outer.addWidget(card)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        self.line = QLineEdit()
        self.line.setProperty("bare", "true")
        self.line.setPlaceholderText("Cari pegawai, nomor surat, halaman…")
        self.line.setAccessibleName("Cari pegawai, nomor surat, atau halaman")
        self.line.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(lambda _text: self._on_typed())
        self.list = QListWidget()
        self.list.setAccessibleName("Hasil pencarian")
        self.list.setObjectName("jumpList")
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.note = label("", role="hint")
        layout.addWidget(self.line)
        layout.addWidget(rule())
        layout.addWidget(self.list, 1)
        layout.addWidget(self.note)

    def _place(self, parent: QWidget) -> None:
        self.resize(min(_WIDTH, parent.width() - 40), min(_HEIGHT, parent.height() - 120))
        corner = parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 72))
        self.move(corner)

    def _on_typed(self) -> None:
        self._question += 1
        self._show_pages()
        if len(self.line.text().strip()) >= _SHORTEST:
            self._pause.start()
        else:
            self._pause.stop()

    def _show_pages(self) -> None:
        wanted = self.line.text().strip().casefold()
        self.list.clear()
        for item in self._pages:
            if wanted in item.title.casefold():
                self._add(item)
        self._after_change()

    def _ask(self) -> None:
        question, text = self._question, self.line.text().strip()
        for finder in self._finders:
            self._bridge.read(self, partial(_run, finder, text), partial(self._take_items, question))

    def _take_items(self, question: int, items: Sequence[JumpItem]) -> None:
        if question == self._question:
            for item in items:
                self._add(item)
            self._after_change()

    def _add(self, item: JumpItem) -> None:
        entry = QListWidgetItem(icon(item.icon), item.title)
        entry.setData(_ITEM_ROLE, item)
        entry.setData(SUBTITLE_ROLE, item.subtitle)
        entry.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{item.title}, {item.subtitle}")
        self.list.addItem(entry)

    def _after_change(self) -> None:
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        empty = self.list.count() == 0
        self.note.setText("Tidak ada yang cocok." if empty else "Enter membuka · panah memilih · Esc menutup")

    def _take(self) -> None:
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem().data(_ITEM_ROLE)
        if isinstance(item, JumpItem):
            self.accept()
            self.jumped.emit(item)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
        else:
            super().keyPressEvent(event)


def _run(finder: Finder, text: str, session: Any) -> Sequence[JumpItem]:
    return finder(session, text)
