"""The part of a file about duties: what is owed, what to beware of, and how the employment is expected to end."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.candidacy.duties import DutyStatus, Obligation
from ui.candidacy import explain
from ui.candidacy.file_view import FileView
from ui.candidacy.rows import DutyRow, caution_row, empty_row
from ui.candidacy.words import end_facts
from ui.shared.widgets import KeyValue, Panel, button, clear_layout, label

GAP = 12


class DutiesSection(QWidget):
    """Duties, warnings and the expected end. `explain_wanted(Explanation, Obligation | None)`, `letter_wanted(kind)`."""

    explain_wanted = Signal(object, object)
    letter_wanted = Signal(str)

    def __init__(self, *, may_issue: bool) -> None:
        super().__init__()
        self._may_issue = may_issue
        self._view: FileView | None = None
        self._today = date.min
        self._idle_shown = False
        self._rows: list[DutyRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._build_duties(column)
        self._cautions = card("Perhatikan")
        self._end = Panel("Perkiraan akhir status")
        self._facts = KeyValue()
        self._end.body.addWidget(self._facts)
        self._end_link = button("Penjelasan TMT", "link", on_click=self._explain_end)
        self._end.add_title_widget(self._end_link)
        column.addWidget(self._cautions)
        column.addWidget(self._end)

    def forget_choices(self) -> None:
        """Hide again what does not apply, for another file."""
        self._idle_shown = False

    def show_view(self, view: FileView, today: date) -> None:
        """Show another state of a file."""
        before = self._view
        self._view, self._today = view, today
        self._show_duties(view)
        if before is None or before.file.warnings != view.file.warnings:
            self._show_cautions(view)
        if before is None or end_facts(before.file.outcome) != end_facts(view.file.outcome):
            self._facts.set(end_facts(view.file.outcome))
        self._end_link.setVisible(view.file.outcome.tmt is not None)

    def _build_duties(self, column: QVBoxLayout) -> None:
        self._duties = card("Kewajiban", "klik tanggal untuk penjelasan")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._duties.body.addLayout(self._list)
        self._none = empty_row("Tidak ada kewajiban untuk berkas ini.")
        self._duties.body.addWidget(self._none)
        self._idle_link = button("", "link", on_click=self._toggle_idle)
        self._duties.add_title_widget(self._idle_link)
        column.addWidget(self._duties)

    def _show_duties(self, view: FileView) -> None:
        every = view.file.obligations
        shown = [row for row in every if self._idle_shown or row.status is not DutyStatus.NOT_APPLICABLE]
        while len(self._rows) < len(shown):
            self._rows.append(self._new_row())
        for row, duty in zip(self._rows, shown, strict=False):
            row.show_duty(duty, self._today, self._letter_for(view, duty))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
        self._none.setVisible(not shown)
        idle = sum(row.status is DutyStatus.NOT_APPLICABLE for row in every)
        words = "Sembunyikan" if self._idle_shown else "Tampilkan"
        self._idle_link.setText(f"{words} {idle} yang tidak berlaku")
        self._idle_link.setVisible(bool(idle))

    def _new_row(self) -> DutyRow:
        row = DutyRow()
        row.explain_wanted.connect(self.explain)
        row.letter_wanted.connect(self.letter_wanted)
        self._list.addWidget(row)
        return row

    def _letter_for(self, view: FileView, duty: Obligation) -> str:
        is_open = duty.met_on is None and duty.status is not DutyStatus.NOT_APPLICABLE and view.is_open
        return next((row.kind for row in view.offers if self._may_issue and is_open and row.code == duty.letter), "")

    def _show_cautions(self, view: FileView) -> None:
        clear_layout(self._cautions.body)
        for caution in view.file.warnings:
            told = partial(self.explain_wanted.emit, explain.of_caution(caution), None)
            self._cautions.body.addWidget(caution_row(caution, told))
        self._cautions.setVisible(bool(view.file.warnings))

    def _toggle_idle(self) -> None:
        self._idle_shown = not self._idle_shown
        if self._view is not None:
            self._show_duties(self._view)

    def explain(self, duty: Obligation) -> None:
        """Ask for the explanation of a duty."""
        self.explain_wanted.emit(explain.of_duty(duty, self._today), duty)

    def _explain_end(self) -> None:
        if self._view is not None:
            self.explain_wanted.emit(explain.of_end(self._view.file), None)


def card(title: str, hint: str = "") -> Panel:
    """Return a card whose rows go from edge to edge."""
    made = Panel(title, padding=0)
    made.body.setContentsMargins(0, 0, 0, 4)
    made.body.setSpacing(0)
    if hint:
        made.title_row.setStretch(0, 0)
        made.title_row.addWidget(label(hint, role="hint"), 1)
    return made
