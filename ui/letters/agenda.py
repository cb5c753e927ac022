"""Agenda surat keluar: every number of a year, void ones visible, none missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.letters import queries
from asn_desk.letters.queries import RegisterRow, SeriesRow
from asn_desk.letters.terms import RegisterStatus
from asn_desk.wording import number, short_date
from ui.letters.words import register_chip
from ui.shared.columns import Column
from ui.shared.page import PageContext
from ui.shared.rows_model import RowsModel
from ui.shared.table_view import RecordTable
from ui.shared.widgets import Choice, FilterChip, Panel, SearchField, Toolbar, label


def _reason(row: RegisterRow) -> str:
    return f"Batal: {row.void_reason}" if row.void_reason else row.addressee


COLUMNS = [
    Column("sequence", "No.", text=lambda row: str(row.sequence), width=64, align="right"),
    Column("number", "Nomor surat", text=lambda row: row.number, width=210),
    Column("dated", "Tanggal", text=lambda row: short_date(row.dated), width=110),
    Column("subject", "Perihal", text=lambda row: row.subject, secondary=_reason, width=430),
    Column("status", "Status", chip=lambda row: register_chip(row.status), width=120),
]


@dataclass(frozen=True)
class _Agenda:
    years: list[int]
    series: list[SeriesRow]
    rows: list[RegisterRow]
    year: int


class AgendaView(QWidget):
    """The register of one year, by series; Enter opens the letter of a number."""

    letter_chosen = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._rows: list[RegisterRow] = []
        self._build()
        self._connect()

    def reload(self) -> None:
        """Read the agenda again."""
        year, series = self.year.value(), self.series.value()
        this_year = self._context.today().year
        self._context.bridge.read(self, lambda session: _read(session, year, series, this_year), self._show)

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
        self.table.add_action("Buka surat", self._open_current, "document")
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(Toolbar(self.search, self.year, self.series, trailing=[self.count]))
        panel.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

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
        self._rows = agenda.rows
        self._filter()

    def _filter(self) -> None:
        words = self.search.text().lower().split()
        shown = [row for row in self._rows if all(word in _words(row) for word in words)]
        self.model.set_rows(shown)
        counts = Counter(row.status for row in shown)
        void = counts[RegisterStatus.VOID]
        self.count.setText(f"{number(len(shown))} nomor" + (f", {number(void)} batal" if void else ""))

    def _open_current(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if isinstance(row, RegisterRow) and row.letter_id is not None:
            self.letter_chosen.emit(row.letter_id)


def _words(row: RegisterRow) -> str:
    return f"{row.number} {row.subject} {row.addressee} {row.void_reason}".lower()


def _read(session: Any, year: object, series: object, this_year: int) -> _Agenda:
    years: Sequence[int] = queries.register_years(session)
    chosen = year if isinstance(year, int) else (years[0] if years else this_year)
    rows = queries.register_rows(session, chosen, series if isinstance(series, str) else None)
    return _Agenda(list(years), queries.series_rows(session, date(chosen, 12, 31)), rows, chosen)
