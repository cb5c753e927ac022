"""The day that is recorded with each scan: today, unless the slips were signed on another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from asn_desk.errors import DeskError
from asn_desk.wording import long_date
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.widgets import Choice, FilterChip

_OTHER = "lain"


class DayButton(FilterChip):
    """`Tanggal lembar: hari ini`, yesterday, or any other day. `closed` is called when its dialog is gone."""

    def __init__(self, today: Callable[[], date], closed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__("Tanggal lembar", _choices(None), parent)
        self._today = today
        self._closed = closed
        self._day: date | None = None
        self.setToolTip("Tanggal tanda tangan yang dicatat untuk setiap lembar yang dipindai")
        self.chosen.connect(self._on_chosen)

    def day(self) -> date | None:
        """Return the day to record, None for today."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Record this day from now on."""
        self._day = day
        self.set_choices(_choices(day))
        self.set_value(day)

    def _on_chosen(self, value: object) -> None:
        if value == _OTHER:
            self.set_value(self._day)
            self._ask()
            return
        self.set_day(self._today() - timedelta(days=1) if value == "kemarin" else None)
        self._closed()

    def _ask(self) -> None:
        form = FormWidget([Field("day", "Tanggal pada lembar", "date", required=True)])
        form.set_values({"day": self._day or self._today()})

        def submit(values: dict[str, date]) -> None:
            if values["day"] > self._today():
                sentence = f"Tanggal tidak boleh sesudah hari ini ({long_date(self._today())})."
                raise DeskError("day", sentence, fields={"day": sentence})
            self.set_day(values["day"])
            dialog.succeed()

        intro = "Tanggal ini dicatat untuk setiap lembar yang dipindai sesudahnya, sampai Anda menggantinya."
        dialog = CommandDialog("Tanggal lembar", form, submit, self.window(), intro=intro, confirm="&Pakai tanggal ini")
        dialog.finished.connect(lambda _code: self._closed())
        dialog.open()


def _choices(day: date | None) -> list[Choice]:
    chosen = [Choice(day, long_date(day))] if day is not None else []
    return [Choice(None, "hari ini"), *chosen, Choice("kemarin", "kemarin"), Choice(_OTHER, "tanggal lain…")]
