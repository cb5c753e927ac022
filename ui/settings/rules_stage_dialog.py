"""Ubah tanggal tahapan: new days with their document, then every person affected before and after, then the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import previews
from asn_desk.candidacy.previews import CalendarPreview
from asn_desk.regulations import service
from asn_desk.regulations.schema import CalendarEvent
from asn_desk.regulations.service import CorrectCalendarDate
from ui.settings.rules_preview import CalendarDialog
from ui.settings.rules_why import why_of
from ui.shared.forms import Field
from ui.shared.page import PageContext


class StageDialog(CalendarDialog):
    """Two steps: the new days with reason and document, and what they would do."""

    def __init__(
        self, context: PageContext, parent: QWidget, election: str, stage: CalendarEvent, done: Callable[[], None]
    ) -> None:
        fields = [
            Field("date_from", "Hari pertama", "date", required=True, width="half"),
            Field("date_to", "Hari terakhir", "date", required=True, width="half"),
        ]
        title = f"Ubah tanggal: {stage.title}"
        super().__init__(context, parent, title, "Tanggal dan dasar", fields, self._preview, self._correct, done)
        self._election, self._code = election, stage.code
        self._office = stage.offices[0] if stage.offices else ""
        self.form.set_values({"date_from": stage.date_from, "date_to": stage.date_to})

    def _preview(self, session: Any, values: dict[str, Any]) -> CalendarPreview:
        days = values["date_from"], values["date_to"]
        return previews.preview_calendar_change(session, self._election, self._code, *days, self._office)

    def _correct(self, session: Any, values: dict[str, Any]) -> object:
        days = values["date_from"], values["date_to"]
        command = CorrectCalendarDate(self._election, self._code, *days, why_of(values), office=self._office)
        return service.correct_calendar_date(session, command)
