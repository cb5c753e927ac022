"""Agenda surat keluar: every number of a year, void ones visible, none missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.letters import queries
from asn_desk.letters.numbers.agenda import GAP_NOTE, MISSING, Gap, with_gaps
from asn_desk.letters.queries import LetterRow, RegisterRow, SeriesRow
from asn_desk.letters.terms import RegisterStatus
from asn_desk.wording import number, short_date
from ui.letters import agenda_dialogs
from ui.letters.words import register_chip
from ui.shared.dialogs import CommandDialog
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import DATE_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import ActionBar, Chip, Choice, FilterChip, Panel, SearchField, Toolbar, button, label

Line = RegisterRow | Gap
_EDGE = 12


def _number(row: Line) -> str:
    return "" if isinstance(row, Gap) else row.number


def _dated(row: Line) -> str:
    return "" if isinstance(row, Gap) else short_date(row.dated)


def _subject(row: Line) -> str:
    return GAP_NOTE if isinstance(row, Gap) else row.subject


def _below(row: Line) -> str:
    if isinstance(row, Gap):
        return ""
    return f"Batal: {row.void_reason}" if row.void_reason else row.addressee


def _chip(row: Line) -> Chip:
    return Chip(MISSING, "near") if isinstance(row, Gap) else register_chip(row.status)


COLUMNS = [
    Column("sequence", "No.", text=lambda row: row.order, width=70, align="right"),
    Column("number", "Nomor surat", text=_number, width=210),
    Column("dated", "Tanggal", text=_dated, width=110, least=DATE_ROOM),
    Column("subject", "Perihal", text=_subject, secondary=_below, width=430),
    Column("status", "Status", chip=_chip, width=140),
]


@dataclass(frozen=True)
class _Agenda:
    years: list[int]
    series: list[SeriesRow]
    rows: list[Line]
    waiting: list[LetterRow]
    year: int


class AgendaView(QWidget):
    """The register of one year, by series; Enter opens the letter of a number."""

    letter_chosen = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._agenda: _Agenda | None = None
        self._build()
        self._connect()

    def reload(self) -> None:
        """Read the agenda again."""
        year, series = self.year.value(), self.series.value()
        today = self._context.today()
        self._context.bridge.read(self, lambda session: _read(session, year, series, today), self._show)

    def _build(self) -> None:
        self.search = SearchField("Cari nomor, perihal, atau tujuan")
        self.year = FilterChip("Tahun", [Choice(None, str(self._context.today().year))])
        self.series = FilterChip("Seri", [Choice(None, "semua")])
        self.series.setMaximumWidth(240)
        self.count = label("", role="secondary", wrap=False)
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="agenda", settings_file=self._context.settings_file)
        self.table.set_empty_state(
            "book", "Belum ada nomor pada tahun ini", "Nomor tercatat di sini saat surat diterbitkan."
        )
        self._add_menu()
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(self._bar())
        panel.body.addWidget(Toolbar(self.search, self.year, self.series, trailing=[self.count]))
        panel.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    def _bar(self) -> ActionBar:
        self.fill_button = button("Isi nomor menyusul", "", "pencil", self._fill)
        self.return_button = button("Kembalikan cadangan", "", "undo", self._return)
        taking = (
            button("Cadangkan nomor", "", "list", lambda: self._ask(agenda_dialogs.ask_reserve)),
            button("Catat surat luar", "", "plus", lambda: self._ask(agenda_dialogs.ask_outside)),
            button("Nomor sisipan", "", "plus", lambda: self._ask(agenda_dialogs.ask_insert)),
            self.fill_button,
        )
        saving = (
            button("Cetak agenda", "", "printer", lambda: self._save(excel=False)),
            button("Agenda Excel", "", "excel", lambda: self._save(excel=True)),
        )
        only_with(self._context.may, Action.ISSUE_LETTERS, *taking)
        only_with(self._context.may, Action.VOID_LETTERS, self.return_button)
        only_with(self._context.may, Action.EXPORT, *saving)
        bar = ActionBar(*taking, self.return_button, *saving)
        bar.setContentsMargins(_EDGE, _EDGE, _EDGE, 0)
        return bar

    def _add_menu(self) -> None:
        self.table.add_action("Buka surat", self._open_current, "document")
        voiding = (
            self.table.add_action("Batalkan nomor…", self._void, "close"),
            self.table.add_action("Kembalikan nomor cadangan…", self._return, "undo"),
            self.table.add_action("Nyatakan tidak dipakai…", self._declare_unused, "close"),
        )
        only_with(self._context.may, Action.VOID_LETTERS, *voiding)

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._filter())
        for chip in (self.year, self.series):
            chip.chosen.connect(lambda _value: self.reload())
        self.table.row_activated.connect(lambda _id: self._open_current())

    def _show(self, agenda: _Agenda) -> None:
        years = sorted({*agenda.years, agenda.year}, reverse=True)
        self.year.set_choices([Choice(year, str(year)) for year in years])
        self.year.set_value(agenda.year)
        self.series.set_choices([Choice(None, "semua"), *(Choice(row.code, row.title) for row in agenda.series)])
        self._agenda = agenda
        self.fill_button.setVisible(bool(agenda.waiting))
        self.fill_button.setText(f"Isi nomor menyusul ({number(len(agenda.waiting))})")
        self.return_button.setVisible(bool(self._reserved()))
        self._filter()

    def _reserved(self) -> list[RegisterRow]:
        rows = self._agenda.rows if self._agenda else []
        return [row for row in rows if isinstance(row, RegisterRow) and row.status is RegisterStatus.RESERVED]

    def _filter(self) -> None:
        words = self.search.text().lower().split()
        rows = self._agenda.rows if self._agenda else []
        shown = [row for row in rows if all(word in _words(row) for word in words)]
        self.model.set_rows(shown)
        self.count.setText(_counted(shown))

    def _open_current(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if isinstance(row, RegisterRow) and row.letter_id is not None:
            self.letter_chosen.emit(row.letter_id)

    def _ask(self, ask: Callable[..., CommandDialog]) -> None:
        if self._agenda is not None:
            ask(self, self._context, self._agenda.series, self.series.value())

    def _fill(self) -> None:
        if self._agenda is not None and self._agenda.waiting:
            general = next((row.next_number for row in self._agenda.series if row.code == "umum"), "")
            agenda_dialogs.ask_fill(self, self._context, self._agenda.waiting, general)

    def _void(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if isinstance(row, RegisterRow) and row.letter_id is not None:
            self.letter_chosen.emit(row.letter_id)  # the number is voided together with its letter
        elif isinstance(row, RegisterRow):
            agenda_dialogs.ask_void(self, self._context, row)

    def _return(self) -> None:
        if reserved := self._reserved():
            agenda_dialogs.ask_return(self, self._context, reserved, self.table.selected_ids())

    def _declare_unused(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if isinstance(row, Gap):
            agenda_dialogs.ask_unused(self, self._context, row)

    def _save(self, *, excel: bool) -> None:
        if self._agenda is not None:
            agenda_dialogs.save_agenda(self, self._context, self._agenda.year, self.series.value(), excel=excel)


def _counted(shown: Sequence[Line]) -> str:
    counts = Counter(MISSING if isinstance(row, Gap) else row.status.value for row in shown)
    gaps = sum(row.last - row.first + 1 for row in shown if isinstance(row, Gap))
    parts = [f"{number(sum(counts.values()) - counts[MISSING])} nomor"]
    parts += [
        f"{number(counts[status.value])} {status.value}"
        for status in (RegisterStatus.RESERVED, RegisterStatus.VOID)
        if counts[status.value]
    ]
    parts += [f"{number(gaps)} tidak tercatat"] if gaps else []
    return ", ".join(parts)


def _words(row: Line) -> str:
    if isinstance(row, Gap):
        return f"{row.order} {MISSING}".lower()
    return f"{row.number} {row.subject} {row.addressee} {row.void_reason}".lower()


def _read(session: Any, year: object, series: object, today: date) -> _Agenda:
    years: Sequence[int] = queries.register_years(session)
    chosen = year if isinstance(year, int) else (years[0] if years else today.year)
    rows = queries.register_rows(session, chosen, series if isinstance(series, str) else None)
    choices = queries.series_rows(session, agenda_dialogs.day_in(chosen, today))
    return _Agenda(list(years), choices, with_gaps(rows), queries.letters_without_number(session), chosen)
