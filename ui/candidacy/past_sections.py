"""The parts of a file about what was written and what happened: its letters, and its history."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.candidacy.suspicion import SuspicionRow
from asn_desk.wording import long_date, short_date
from ui.candidacy.duties_section import GAP, card
from ui.candidacy.file_view import FileView
from ui.candidacy.rows import ListRow, empty_row, event_row, letter_row
from ui.shared.widgets import Chip, StatusChip, button, clear_layout, label


class LettersSection(QWidget):
    """The letters made for a file, and all papers bound into one PDF."""

    letter_opened = Signal(int)
    binder_wanted = Signal()

    def __init__(self, *, may_export: bool, may_open: bool) -> None:
        super().__init__()
        self._may_open = may_open
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = card("Surat yang sudah dibuat")
        self.binder_button = button("Bundel berkas (PDF)", "link", "pdf", self.binder_wanted.emit)
        self.binder_button.setToolTip("Semua surat dan pindaian berkas ini dalam satu PDF dengan daftar isi")
        self.binder_button.setVisible(may_export)
        self._card.add_title_widget(self.binder_button)
        column.addWidget(self._card)

    def show_view(self, view: FileView, _today: date) -> None:
        """Show another state of a file."""
        clear_layout(self._card.body)
        for letter in view.file.letters:
            opened = partial(self.letter_opened.emit, letter.id) if self._may_open else None
            self._card.body.addWidget(letter_row(letter, opened))
        if not view.file.letters:
            self._card.body.addWidget(empty_row("Belum ada surat untuk berkas ini."))


class HistorySection(QWidget):
    """What happened, newest first, and the reports that somebody linked to the file."""

    void_wanted = Signal(object)
    evidence_wanted = Signal(object)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._events = card("Riwayat kejadian")
        self._reports = card("Dugaan yang dikaitkan")
        for one in (self._events, self._reports):
            column.addWidget(one)

    def show_view(self, view: FileView, _today: date) -> None:
        """Show another state of a file."""
        clear_layout(self._events.body)
        changeable = self._may_edit and view.is_open
        for event in reversed(view.file.events):
            void = partial(self.void_wanted.emit, event) if changeable else None
            self._events.body.addWidget(event_row(event, partial(self.evidence_wanted.emit, event), void))
        if not view.file.events:
            text = "Belum ada kejadian. Catat laporan atau surat yang sudah diterima."
            self._events.body.addWidget(empty_row(text))
        self._show_reports(view)

    def _show_reports(self, view: FileView) -> None:
        clear_layout(self._reports.body)
        for report in view.suspicions:
            self._reports.body.addWidget(_report_row(report))
        self._reports.setVisible(bool(view.suspicions))


def _report_row(report: SuspicionRow) -> ListRow:
    row = ListRow()
    row.add_words(report.title)
    row.add_words(f"Dilaporkan {report.source}: {report.account}", "secondary")
    decided = f" pada {long_date(report.decided_at.astimezone().date())}" if report.decided_at else ""
    row.add_words(f"Dikaitkan oleh {report.decided_by}{decided}: {report.reason}", "secondary")
    row.add_side(label(short_date(report.noticed_on), wrap=False))
    row.add_side(StatusChip(Chip("dikaitkan", "near", "shield")))
    return row.end()
