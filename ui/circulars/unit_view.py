"""How far each OPD or unit is, the one furthest behind first; today, or as it was at the end of a day that has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, PlaceProgress, UnitProgress
from asn_desk.circulars.rules import Tally
from asn_desk.errors import DeskError
from asn_desk.wording import long_date, number
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.unit_progress import UnitProgressList
from ui.shared.widgets import Banner, Choice, FilterChip, Toolbar

_OTHER = "lain"


class UnitView(QWidget):
    """The bars with their two choices. `chosen(opd_id)` when an OPD is clicked."""

    chosen = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._circular: CircularRow | None = None
        self._today: Sequence[UnitProgress] = ()
        self._question = 0
        self._build()

    @property
    def units(self) -> list[UnitProgress]:
        """Return the OPDs as they are today, whatever is shown."""
        return list(self._today)

    @property
    def shown(self) -> list[UnitProgress]:
        """Return what is shown."""
        return self.bars.units

    def show_version(self, circular: CircularRow, units: Sequence[UnitProgress]) -> None:
        """Show a version's progress; another circular is shown as of today."""
        if self._circular is None or self._circular.version_id != circular.version_id:
            self._set_day(None)
        self._circular, self._today = circular, units
        self._refresh()

    def show_day(self, day: date | None) -> None:
        """Show the progress at the end of a day, None for now."""
        self._set_day(day)
        self._refresh()

    def _build(self) -> None:
        self.detail = FilterChip("Rinci per", [Choice("opd", "OPD"), Choice("unit", "unit kerja")])
        self.day = FilterChip("Keadaan per", [Choice(None, "hari ini"), Choice(_OTHER, "tanggal lain…")])
        self.detail.chosen.connect(lambda _value: self._refresh())
        self.day.chosen.connect(self._on_day)
        self.note = Banner("", "coming")
        self.note.hide()
        self.bars = UnitProgressList(choosable=True)
        self.bars.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Toolbar(self.detail, self.day))
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(16, 0, 16, 6)
        self._holder.addWidget(self.note)
        column.addLayout(self._holder)
        column.addWidget(self.bars, 1)

    def _set_day(self, day: date | None) -> None:
        past = [Choice(day, long_date(day))] if day is not None else []
        self.day.set_choices([Choice(None, "hari ini"), *past, Choice(_OTHER, "tanggal lain…")])
        self.day.set_value(day)
        self.detail.setEnabled(day is None)
        if day is not None:
            self.detail.set_value("opd")

    def _on_day(self, value: object) -> None:
        if value == _OTHER:
            self._set_day(None)
            self._ask()
        else:
            self.show_day(None)

    def _ask(self) -> None:
        circular = self._circular
        if circular is None:
            return
        form = FormWidget([Field("day", "Tanggal", "date", required=True)])

        def submit(values: dict[str, Any]) -> None:
            if not circular.published_on <= values["day"] <= self._context.today():
                sentence = f"Pilih tanggal antara {long_date(circular.published_on)} dan hari ini."
                raise DeskError("day", sentence, fields={"day": sentence})
            self.show_day(values["day"])
            dialog.succeed()

        intro = "Kemajuan pada akhir hari itu, dihitung dari tanggal tanda tangan dan dari tempat tugas waktu itu."
        dialog = CommandDialog("Keadaan per tanggal", form, submit, self.window(), intro=intro, confirm="&Tampilkan")
        dialog.open()

    def _refresh(self) -> None:
        self._question += 1
        circular, day, question = self._circular, self.day.value(), self._question
        if circular is None:
            return
        if isinstance(day, date):
            self._context.bridge.read(
                self,
                lambda session: (
                    queries.progress_on(session, circular.version_id, day),
                    queries.units_on(session, circular.version_id, day),
                ),
                partial(self._show_past, question, day),
            )
        elif self.detail.value() == "unit":
            self._context.bridge.read(
                self, lambda session: queries.progress_by_place(session, circular.version_id),
                partial(self._show_places, question),
            )  # fmt: skip
        else:
            self._show(self._today, "")

    def _show_past(self, question: int, day: date, found: tuple[Tally, list[UnitProgress]]) -> None:
        tally, units = found
        if question == self._question:
            told = f"{number(tally.done)} dari {number(tally.total - tally.left)} sudah menandatangani"
            self._show(units, f"Keadaan akhir {long_date(day)}: {told}, {number(tally.missing)} belum.")

    def _show_places(self, question: int, places: Sequence[PlaceProgress]) -> None:
        if question == self._question:
            self._show([UnitProgress(place.opd_id, _place_words(place), place.tally) for place in places], "")

    def _show(self, units: Sequence[UnitProgress], note: str) -> None:
        overdue = self._circular is not None and self._circular.overdue
        self.bars.set_units(units, overdue=overdue)
        self.note.set_text(note)
        self.note.setVisible(bool(note))
        self._holder.setContentsMargins(16, 8 if note else 0, 16, 6)


def _place_words(place: PlaceProgress) -> str:
    return place.unit if place.unit == place.opd else f"{place.unit} · {place.opd}"
