"""The rows of the detail: a duty, an event, a letter, a warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.candidacy.duties import Caution, DutyStatus, Obligation
from asn_desk.candidacy.rows import EventRow, LinkedLetter
from asn_desk.wording import long_date, short_date
from ui.candidacy.words import DOUBTFUL, basis_words, doubt_chip, duty_chip, owing_words
from ui.shared.widgets import Chip, StatusChip, button, icon_label, label

_SIDE = 142
_TOP = Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft


class ListRow(QFrame):
    """Words at the left, marks and actions at the right; a click or Enter tells `opened`."""

    opened = Signal()

    def __init__(self, *, can_open: bool = False, side_width: int = _SIDE) -> None:
        super().__init__()
        self.setProperty("row", "true")
        self._can_open = can_open
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 12, 10)
        row.setSpacing(12)
        self.words = QVBoxLayout()
        self.words.setSpacing(2)
        self.side = QVBoxLayout()
        self.side.setSpacing(4)
        row.addLayout(self.words, 1)
        holder = QWidget()
        holder.setFixedWidth(side_width)
        holder.setLayout(self.side)
        self.side.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder, 0, _TOP)
        if can_open:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def add_words(self, text: str, role: str = "") -> None:
        """Add a line that wraps; an empty one is left out."""
        if text:
            self.words.addWidget(label(text, role, wrap=True))

    def add_side(self, widget: QWidget) -> None:
        """Add a mark or an action at the right."""
        self.side.addWidget(widget, 0, _LEFT | _TOP)

    def end(self) -> ListRow:
        """Keep the parts at the top."""
        self.words.addStretch(1)
        self.side.addStretch(1)
        return self

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._can_open
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._can_open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class DutyRow(ListRow):
    """A duty: what, on which basis, who owes it to whom; its day and how it stands; a letter where one helps.

    The row is used again for other duties: filling it is far cheaper than building a new one.
    """

    explain_wanted = Signal(object)
    letter_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(can_open=True)
        self.duty: Obligation | None = None
        self._letter = ""
        self._title, self._owing, self._basis = label(wrap=True), label(role="secondary"), label(role="secondary")
        self._state, self._doubt = StatusChip(Chip("")), StatusChip(Chip(""))
        self._day = button("", "link", on_click=self._explain)
        self._make = button("Buat surat", "link", "document", lambda: self.letter_wanted.emit(self._letter))
        self._day.setToolTip("Lihat penjelasan tanggal ini")
        for line in (self._title, self._owing, self._basis):
            self.words.addWidget(line)
        self.words.addWidget(self._make, 0, _LEFT)
        for mark in (self._state, self._doubt, self._day):
            self.add_side(mark)
        self.opened.connect(self._explain)
        self.end()

    def show_duty(self, duty: Obligation, today: date, letter: str) -> None:
        """Show another duty; `letter`: the kind of letter that helps, or empty."""
        self.duty, self._letter = duty, letter
        state = duty_chip(duty, today)
        self.setAccessibleName(f"{duty.text}, {owing_words(duty)}, {state.text}")
        self._title.setText(duty.text)
        self._owing.setText(owing_words(duty))
        self._basis.setText(basis_words(duty))
        self._state.set_chip(state)
        doubt = None if duty.status in {DutyStatus.MET, DutyStatus.NOT_APPLICABLE} else doubt_chip(duty)
        self._doubt.setVisible(doubt is not None)
        if doubt is not None:
            self._doubt.set_chip(doubt)
        self._day.setText(short_date(duty.due) if duty.due else "tanpa tanggal")
        self._day.setAccessibleName(f"Penjelasan tenggat: {duty.text}")
        self._make.setVisible(bool(letter))
        self._make.setAccessibleName(f"Buat surat: {duty.text}")

    def _explain(self) -> None:
        self.explain_wanted.emit(self.duty)


def caution_row(caution: Caution, explain: Callable[[], None]) -> ListRow:
    """Return a warning with its basis."""
    row = ListRow(can_open=True)
    row.opened.connect(explain)
    row.setAccessibleName(caution.text)
    row.add_words(caution.text)
    more = f" · {len(caution.basis) - 1}\u00a0dasar\u00a0lain" if len(caution.basis) > 1 else ""
    row.add_words(caution.basis[0].short + more if caution.basis else "", "secondary")
    if caution.doubt:
        row.add_side(StatusChip(Chip(DOUBTFUL, "near", "scales")))
    link = button("Dasar hukum", "link", on_click=explain)
    link.setAccessibleName(f"Dasar hukum: {caution.text}")
    row.add_side(link)
    return row.end()


def event_row(event: EventRow, show: Callable[[], None], void: Callable[[], None] | None) -> ListRow:
    """Return an event; a voided one is struck out, with the reason."""
    row = ListRow()
    title = label(event.title, wrap=True)
    if event.voided:
        font = title.font()
        font.setStrikeOut(True)
        title.setFont(font)
        title.setAccessibleName(f"Dibatalkan: {event.title}")
    row.words.addWidget(title)
    row.add_words(_event_words(event), "secondary")
    row.add_words(f"Dibatalkan: {event.void_reason}" if event.voided else "", "secondary")
    row.add_side(label(short_date(event.happened_on), wrap=False))
    if event.voided:
        row.add_side(StatusChip(Chip("dibatalkan", "neutral", "close")))
    if event.file_sha256:
        row.add_side(_named(button("Lihat bukti", "link", "pdf", show), event.title))
    if void is not None and not event.voided:
        row.add_side(_named(button("Batalkan…", "link", on_click=void), event.title))
    return row.end()


def _named(made: QWidget, title: str) -> QWidget:
    made.setAccessibleName(f"{made.property('text')}: {title}")
    return made


def _event_words(event: EventRow) -> str:
    number = f"Nomor {event.document_number}" if event.document_number else ""
    dated = f"tanggal {long_date(event.document_date)}" if event.document_date else ""
    tmt = f"TMT {long_date(event.effective_on)}" if event.effective_on else ""
    received = f"diterima {event.received_by}" if event.received_by else ""
    parts = [" ".join(part for part in (number, dated) if part), tmt, received, event.note]
    return " · ".join([*(part for part in parts if part), f"dicatat {event.recorded_by}"])


def letter_row(letter: LinkedLetter, show: Callable[[], None] | None) -> ListRow:
    """Return a letter that was made for the file; without `show` it cannot be opened."""
    row = ListRow(can_open=show is not None)
    row.add_words(letter.title)
    row.add_words(f"Nomor {letter.number}" if letter.number else "Tanpa nomor agenda", "secondary")
    row.add_side(label(short_date(letter.dated), wrap=False))
    if show is not None:
        row.opened.connect(show)
        row.add_side(_named(button("Buka surat", "link", on_click=show), letter.title))
    return row.end()


def empty_row(text: str) -> QWidget:
    """Return a sentence in place of rows, with an icon."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(16, 6, 16, 12)
    row.setSpacing(8)
    row.addWidget(icon_label("info", 16, "ink3"), 0, _TOP)
    row.addWidget(label(text, role="secondary"), 1)
    return holder
