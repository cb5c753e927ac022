"""Kotak ragu: one signature box after the other, large, with the person's name and two answers: T and K."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.circulars.scanning import queries as scans
from asn_desk.circulars.scanning import service as scanning
from asn_desk.circulars.scanning.queries import BoxRow
from asn_desk.circulars.scanning.terms import BoxVerdict
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.scan.day_button import DayButton
from ui.shared.documents.picture import PictureView
from ui.shared.page import PageContext
from ui.shared.widgets import Banner, EmptyState, Panel, button, label

_DPI = 150
_KEYS = {Qt.Key.Key_T: BoxVerdict.SIGNED, Qt.Key.Key_K: BoxVerdict.EMPTY}
_BUTTON_HEIGHT = 52


class BoxView(QWidget):
    """Shows the first box that waits; an answer is recorded and the next one stands there at once."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._waiting: list[BoxRow] = []
        self._answered: set[int] = set()
        self._page_id: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Kotak ragu: T untuk tanda tangan, K untuk kosong")
        self._build()
        self._show()

    @property
    def current(self) -> BoxRow | None:
        """Return the box shown."""
        return self._waiting[0] if self._waiting else None

    def reload(self) -> None:
        """Read the boxes that wait; those answered meanwhile do not come back."""
        self._context.bridge.read(self, scans.unsure_boxes, self._fill)

    def activated(self) -> None:
        """Take the keyboard, so that T and K answer."""
        self.setFocus()

    def answer(self, verdict: BoxVerdict) -> None:
        """Record the answer for the box shown and show the next."""
        box = self.current
        if box is None:
            return
        self._answered.add(box.id)
        self._waiting.pop(0)
        self.problem.hide()
        self._show()
        day = self.day.day()
        self._context.bridge.write(
            self, lambda session: scanning.decide_box(session, box.id, verdict, day), None,
            lambda error: self._refuse(box, error),
        )  # fmt: skip

    def _build(self) -> None:
        panel = Panel(padding=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.content = QWidget()
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(24, 18, 24, 18)
        inner.setSpacing(10)
        self.person = label("", role="big", wrap=True)
        self.where = label("", role="secondary")
        self.problem = Banner("", "late")
        self.problem.hide()
        self.picture = PictureView("Kotak tanda tangan", whole=True)
        for part in (self.person, self.where, self.problem):
            inner.addWidget(part)
        inner.addWidget(self.picture, 1)
        inner.addLayout(self._answers())
        self.empty = EmptyState(
            "check-circle",
            "Tidak ada kotak ragu",
            "Kotak tanda tangan yang tidak pasti muncul di sini setelah folder dibaca.",
        )
        panel.body.addWidget(self.content, 1)
        panel.body.addWidget(self.empty, 1)

    def _answers(self) -> QHBoxLayout:
        self.signed_button = button("Tanda tangan (T)", "primary", "check", lambda: self.answer(BoxVerdict.SIGNED))
        self.empty_button = button("Kosong (K)", "", "minus", lambda: self.answer(BoxVerdict.EMPTY))
        self.day = DayButton(self._context.today, self.setFocus)
        row = QHBoxLayout()
        row.setSpacing(12)
        for one in (self.signed_button, self.empty_button):
            one.setMinimumHeight(_BUTTON_HEIGHT)
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(one, 1)
        row.addWidget(self.day)
        return row

    def _fill(self, boxes: Sequence[BoxRow]) -> None:
        still = {box.id for box in boxes}
        self._answered &= still
        self._waiting = [box for box in boxes if box.id not in self._answered]
        self._show()

    def _show(self) -> None:
        box = self.current
        self.content.setVisible(box is not None)
        self.empty.setVisible(box is None)
        if box is None:
            self._page_id = None
            self.picture.clear()
            return
        self.person.setText(box.person)
        left = number(len(self._waiting))
        self.where.setText(
            f"Baris {box.row} · {box.file}, halaman {number(box.page)} · {left} kotak menunggu. Apakah kotak ini ditandatangani?"
        )
        if box.page_id == self._page_id:
            self.picture.focus_on(box.quad)
        else:
            self._page_id = box.page_id
            self.picture.clear()
            page_id = box.page_id
            self._context.bridge.read(
                self, lambda session: scans.page_picture(session, page_id, _DPI), lambda png: self._paint(page_id, png)
            )

    def _paint(self, page_id: int, png: bytes) -> None:
        box = self.current
        if box is not None and box.page_id == page_id == self._page_id:
            self.picture.show_picture(png)
            self.picture.focus_on(box.quad)

    def _refuse(self, box: BoxRow, error: DeskError) -> None:
        """Say why, and bring the box back."""
        self._answered.discard(box.id)
        self.problem.set_text(f"{box.person}: {error.sentence}")
        self.problem.show()
        self.reload()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        verdict = _KEYS.get(Qt.Key(event.key()))
        if verdict is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier and not event.isAutoRepeat():
            self.answer(verdict)
        else:
            super().keyPressEvent(event)
