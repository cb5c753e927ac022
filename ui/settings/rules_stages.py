"""Tahapan: the calendar of an election with sources and doubts, and moving one of its stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk import wording
from asn_desk.accounts.terms import Action
from asn_desk.regulations.packs import Library
from asn_desk.regulations.schema import Calendar, CalendarEvent
from asn_desk.regulations.terms import CONFIDENCE_WORDS
from ui.settings.rules_stage_dialog import StageDialog
from ui.shared.chips import Chip
from ui.shared.filters import Choice, FilterChip
from ui.shared.page import PageContext
from ui.shared.panels import Toolbar, edge_to_edge
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button, label


@dataclass(frozen=True)
class StageRow:
    """One stage of the chosen election."""

    stage: CalendarEvent
    source: str
    offices: str

    @property
    def days(self) -> str:
        """Return the first and last day in words."""
        return span_words(self.stage.date_from, self.stage.date_to)

    @property
    def before(self) -> str:
        """Return what the days were before the office moved them."""
        return f"semula {span_words(*self.stage.published)}" if self.stage.earlier else ""


def span_words(first: date, last: date) -> str:
    """Return one day, or the first and last of a period, as short as it can be said."""
    if first == last:
        return wording.long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{wording.long_date(last)}"
    return f"{wording.short_date(first)} – {wording.short_date(last)}"


def stage_rows(library: Library, election: str) -> list[StageRow]:
    """Return the stages of an election in order of time."""
    calendar = library.calendars.get(election)
    events = sorted(calendar.events, key=lambda row: row.date_from) if calendar else []
    titles = library.offices
    return [
        StageRow(
            row,
            library.source_words(row.sources) or CONFIDENCE_WORDS[row.confidence],
            ", ".join(titles[code].title if code in titles else code for code in row.offices),
        )
        for row in events
    ]


def _chip(row: StageRow) -> Chip | None:
    if row.stage.doubtful:
        return Chip("perlu diperiksa", "near", "scales")
    return Chip("diubah kantor", "coming", "pencil") if row.stage.earlier else None


COLUMNS = [
    Column("stage", "Tahapan", text=lambda row: row.stage.title, secondary=lambda row: row.offices, width=220),
    Column("days", "Tanggal", text=lambda row: row.days, secondary=lambda row: row.before, width=212, least=208),
    Column("source", "Sumber", text=lambda row: row.source, width=200),
    Column("mark", "Tanda", chip=_chip, width=150),
]


class StagesTab(QWidget):
    """The stages of one election as a table."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self._library: Library | None = None
        self.election = FilterChip("Pemilihan", [Choice("", "–")])
        self.change_button = button("&Ubah tanggal…", "primary", "calendar", self.change)
        only_with(context.may, Action.CHANGE_RULES, self.change_button)
        self.note = label("", role="secondary")
        self.note.setContentsMargins(14, 0, 14, 8)
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_stages", settings_file=context.settings_file)
        self.table.set_empty_state("calendar", "Belum ada tahapan", "Kalender pemilihan ini belum berisi tanggal.")
        edge_to_edge(self, Toolbar(self.election, trailing=[self.change_button]), self.note, self.table)
        self.election.chosen.connect(lambda _election: self._fill())
        self.table.row_activated.connect(lambda _place: self.change())
        self.table.current_changed.connect(lambda _place: self._offer())

    def show_library(self, library: Library) -> None:
        """Show other rules; the chosen election stays."""
        chosen = self.election.value()
        self._library = library
        choices = [Choice(row.id, row.title) for row in library.calendars.values() if row.events]
        self.election.set_choices(choices)
        known = [row.value for row in choices]
        usual = _usual(list(library.calendars.values()), self._context.today())
        self.election.set_value(chosen if chosen in known else usual if usual in known else known[0])
        self._fill()

    def today(self) -> date:
        """Return the office's day."""
        return self._context.today()

    def change(self) -> None:
        """Ask for other days of the chosen stage."""
        row: StageRow | None = self.model.row_at(self._place())
        if row is not None and self._context.may(Action.CHANGE_RULES):
            StageDialog(self._context, self, str(self.election.value()), row.stage, self._changed).start()

    def _place(self) -> int:
        place = self.table.current_id()
        return place if isinstance(place, int) else -1

    def _fill(self) -> None:
        if self._library is None:
            return
        election = str(self.election.value())
        calendar = self._library.calendars[election]
        expected = "Perkiraan, belum ditetapkan. " if calendar.expected else ""
        self.note.setText(expected + calendar.note)
        self.note.setVisible(bool(expected + calendar.note))
        self.model.set_rows(stage_rows(self._library, election))
        self.table.select_first()
        self._offer()

    def _offer(self) -> None:
        self.change_button.setEnabled(self._place() >= 0)


def _usual(calendars: list[Calendar], today: date) -> str:
    """Return the settled election whose stages are not over, else the last settled one."""
    settled: list[Any] = [row for row in calendars if row.events and not row.expected]
    going_on = [row for row in settled if max(stage.date_to for stage in row.events) >= today]
    return str((going_on or settled)[0 if going_on else -1].id) if settled else ""
