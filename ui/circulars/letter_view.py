"""Surat: the schedule of reminders, and the covering letters and reminders sent so far, each to open in Surat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars import chasing
from asn_desk.circulars.chasing import ReminderDay, SentRow
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.terms import Purpose
from asn_desk.wording import long_date, number, short_date
from ui.circulars.send import PURPOSE_WORDS
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import DATE_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import ActionBar, Chip, StatusChip, button, clear_layout, label


def _what(row: SentRow) -> str:
    words = PURPOSE_WORDS[row.purpose]
    return f"{words} ke-{row.ordinal}" if row.purpose is Purpose.REMINDER else words


COLUMNS = [
    Column("what", "Surat", text=_what, secondary=lambda row: row.opd, width=320),
    Column("day", "Tanggal", text=lambda row: short_date(row.sent_on), width=120, least=DATE_ROOM),
    Column("people", "Orang", text=lambda row: number(row.people), align="right", width=90),
]


class LetterView(QWidget):
    """Above the planned days, below the letters. `asked(Purpose)` when new ones are to be sent."""

    asked = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._build()

    def show_version(self, circular: CircularRow) -> None:
        """Read schedule and letters of this version."""
        running = circular.closed_on is None and circular.tally.missing > 0
        self.remind_button.setEnabled(running and circular.due_on is not None)
        self.cover_button.setEnabled(running)
        version_id = circular.version_id
        self._context.bridge.read(self, lambda session: _read(session, version_id), self._show)

    def _build(self) -> None:
        self.remind_button = button("Kirim nota &dinas…", "", "mail", lambda: self.asked.emit(Purpose.REMINDER))
        self.cover_button = button("Surat &pengantar…", "", "document", lambda: self.asked.emit(Purpose.COVERING))
        self.schedule = QWidget()
        self._days = QVBoxLayout(self.schedule)
        self._days.setContentsMargins(16, 0, 16, 8)
        self._days.setSpacing(4)
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="circular_letters", settings_file=self._context.settings_file)
        self.table.set_empty_state(
            "mail", "Belum ada surat", "Surat pengantar dan nota dinas pengingat tampil di sini."
        )
        only_with(self._context.may, Action.PUBLISH_CIRCULARS, self.remind_button, self.cover_button)
        open_letter = self.table.add_action("Buka suratnya", self._open, "document")
        if only_with(self._context.may, Action.SEE_LETTERS, open_letter):
            self.table.row_activated.connect(lambda _id: self._open())
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 10, 16, 8)
        bar.addWidget(ActionBar(self.remind_button, self.cover_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.schedule)
        column.addWidget(self.table, 1)

    def _show(self, found: tuple[list[ReminderDay], list[SentRow]]) -> None:
        days, sent = found
        self._show_schedule(days)
        self.model.set_rows(sent)

    def _show_schedule(self, days: Sequence[ReminderDay]) -> None:
        clear_layout(self._days)
        if not days:
            self._days.addWidget(
                label("Edaran ini tanpa batas pengembalian, jadi tanpa jadwal pengingat.", role="hint")
            )
            return
        self._days.addWidget(label("Jadwal pengingat", role="section"))
        holder = ActionBar(*(StatusChip(day_chip(day)) for day in days))
        self._days.addWidget(holder)

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex()) if self.table.currentIndex().isValid() else None
        if isinstance(row, SentRow):
            self._context.navigate("letters", {"letter_id": row.letter_id})


def day_chip(day: ReminderDay) -> Chip:
    """Return one planned day: sent, due, or still to come."""
    if day.sent:
        return Chip(f"{long_date(day.day)}: {number(day.sent)} nota dinas", "done")
    if day.passed:
        return Chip(f"{long_date(day.day)}: belum dikirim", "near")
    return Chip(long_date(day.day), "coming")


def _read(session: Any, version_id: int) -> tuple[list[ReminderDay], list[SentRow]]:
    return chasing.reminder_schedule(session, version_id), chasing.sent_letters(session, version_id)
