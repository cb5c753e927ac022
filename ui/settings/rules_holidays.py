"""Hari libur: the days off of a year as the program counts them, and the office's corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import previews
from asn_desk.candidacy.previews import CalendarPreview
from asn_desk.regulations import service
from asn_desk.regulations.calendar import joint_leave_known, national_holidays
from asn_desk.regulations.packs import Library
from asn_desk.regulations.service import CorrectHoliday
from asn_desk.wording import long_date, weekday
from ui.settings.rules_preview import CalendarDialog
from ui.settings.rules_why import why_of
from ui.shared.chips import Chip
from ui.shared.filters import Choice, FilterChip
from ui.shared.forms import Field
from ui.shared.page import PageContext
from ui.shared.panels import Banner, Toolbar, edge_to_edge
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button

_YEARS_BACK, _YEARS_ON = 5, 2


@dataclass(frozen=True)
class HolidayRow:
    """One day off, or (`works`) a day off that is worked. `source` is empty for the national tables."""

    day: date
    title: str
    works: bool
    source: str


def holiday_rows(library: Library, year: int) -> list[HolidayRow]:
    """Return the days off of a year with the corrections of the packs and the office."""
    found = {day: HolidayRow(day, title, works=False, source="") for day, title in national_holidays(year).items()}
    for pack in library.packs:
        for row in pack.content.holidays:
            if row.day.year == year:
                found[row.day] = HolidayRow(row.day, row.title, row.works, library.source_words(row.sources))
    return [found[day] for day in sorted(found)]


def _chip(row: HolidayRow) -> Chip:
    if row.works:
        return Chip("tetap kerja", "near", "pencil")
    return Chip("koreksi", "coming", "pencil") if row.source else Chip("libur", "neutral")


COLUMNS = [
    Column("day", "Hari", text=lambda row: long_date(row.day), secondary=lambda row: weekday(row.day), width=200),
    Column(
        "title",
        "Nama",
        text=lambda row: row.title,
        secondary=lambda row: row.source or "kalender nasional",
        width=360,
    ),
    Column("mark", "Tanda", chip=_chip, width=150),
]


class HolidaysTab(QWidget):
    """The days off of one year."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self._library: Library | None = None
        this = context.today().year
        years = [Choice(year, str(year)) for year in range(this - _YEARS_BACK, this + _YEARS_ON + 1)]
        self.year = FilterChip("Tahun", years)
        self.year.set_value(this)
        self.add_button = button("&Koreksi hari libur…", "primary", "plus", self.correct)
        only_with(context.may, Action.CHANGE_RULES, self.add_button)
        self.unknown = Banner("", "near")
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_holidays", settings_file=context.settings_file)
        self.table.set_empty_state("calendar", "Belum ada hari libur", "Hari libur tahun ini belum diketahui.")
        edge_to_edge(self, Toolbar(self.year, trailing=[self.add_button]), self.unknown, self.table)
        self.year.chosen.connect(lambda _year: self._fill())

    def show_library(self, library: Library) -> None:
        """Show other rules."""
        self._library = library
        self._fill()

    def correct(self) -> None:
        """Ask for a day off, or for one that is worked."""
        row: HolidayRow | None = self.model.row_at(self._place())
        HolidayDialog(self._context, self, row, self._changed).start()

    def _place(self) -> int:
        place = self.table.current_id()
        return place if isinstance(place, int) else -1

    def _fill(self) -> None:
        if self._library is None:
            return
        year = int(self.year.value())
        self.unknown.set_text(
            f"Cuti bersama tahun {year} belum diketahui. Tenggat hari kerja tahun itu perlu diperiksa."
        )
        self.unknown.setVisible(not joint_leave_known(year))
        self.model.set_rows(holiday_rows(self._library, year))


class HolidayDialog(CalendarDialog):
    """Adds a day off, or says that one is worked, once its effect was seen; filled with the chosen row."""

    def __init__(self, context: PageContext, parent: QWidget, row: HolidayRow | None, done: Callable[[], None]) -> None:
        fields = [
            Field("day", "Hari", "date", required=True, width="half"),
            Field("title", "Nama hari libur, atau mengapa tetap kerja", required=True),
            Field("works", "Hari itu tetap kerja", "bool"),
        ]
        super().__init__(context, parent, "Koreksi hari libur", "Hari dan dasar", fields, _preview, _correct, done)
        if row is not None:
            self.form.set_values({"day": row.day, "title": row.title, "works": not row.works})


def _preview(session: Any, values: dict[str, Any]) -> CalendarPreview:
    return previews.preview_holiday(session, values["day"], values["title"], works=bool(values["works"]))


def _correct(session: Any, values: dict[str, Any]) -> object:
    command = CorrectHoliday(values["day"], values["title"], why_of(values), works=bool(values["works"]))
    return service.correct_holiday(session, command)
