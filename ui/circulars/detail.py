"""One circular: its head, and its views: per OPD, the people, the marks, the versions, the letters, the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.circulars.rules import Tally
from asn_desk.circulars.terms import Purpose
from asn_desk.wording import number
from ui.circulars.detail_head import DetailHead
from ui.circulars.evidence_view import EvidenceView
from ui.circulars.history import HistoryView
from ui.circulars.letter_view import LetterView
from ui.circulars.missing import export_missing
from ui.circulars.more_menu import CircularActions
from ui.circulars.people import PeopleView
from ui.circulars.slips import SlipsDialog
from ui.circulars.unit_view import UnitView
from ui.circulars.version_view import VersionView
from ui.shared.page import PageContext
from ui.shared.widgets import EmptyState, Panel

UNITS, PEOPLE, HISTORY, VERSIONS, LETTERS, EVIDENCE = range(6)
_TABS = ("Per OPD", "Penerima", "Catatan", "Versi", "Surat", "Bukti")


@dataclass(frozen=True)
class Found:
    """What one reading brings: the text shown, all texts, today's progress per OPD and per stage."""

    circular: CircularRow
    versions: list[CircularRow]
    units: list[UnitProgress]
    stages: Mapping[int, Tally]


class CircularDetail(Panel):
    """The right side of the page Edaran."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=0)
        self._context = context
        self._circular_id: int | None = None
        self._text_id: int | None = None
        self.circular: CircularRow | None = None
        self.actions_of = CircularActions(context, self)
        self._build()
        self._connect()
        self._show_content(shown=False)

    def show_circular(self, circular_id: object) -> None:
        """Show another circular, or nothing."""
        if circular_id != self._circular_id:
            self._circular_id = circular_id if isinstance(circular_id, int) else None
            self._text_id = None
        self.reload()

    def reload(self) -> None:
        """Read what is shown again; a version chosen by hand stays chosen."""
        if self._circular_id is None:
            self.circular = None
            self._show_content(shown=False)
            return
        wanted, text_id = self._circular_id, self._text_id
        self._context.bridge.read(self, lambda session: _read(session, wanted, text_id), self._fill)

    def show_recipient(self, circular: CircularRow, recipient_id: int) -> None:
        """Show a circular as of this text, with one of its people chosen."""
        self._circular_id, self._text_id = circular.id, circular.text_id
        self.people.choose(recipient_id)
        self.reload()
        self.focus_people()

    def focus_people(self) -> None:
        """Bring the keyboard to the people."""
        self.tabs.setCurrentIndex(PEOPLE)
        self.people.table.setFocus()

    def _build(self) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = DetailHead(self._context.may)
        column.addWidget(self.head)
        column.addLayout(self._tab_row())
        self.units = UnitView(self._context)
        self.people = PeopleView(self._context)
        self.history = HistoryView(self._context)
        self.versions = VersionView(self._context)
        self.letters = LetterView(self._context)
        self.evidence = EvidenceView(self._context)
        self.stack = QStackedWidget()
        for view in (self.units, self.people, self.history, self.versions, self.letters, self.evidence):
            self.stack.addWidget(view)
        column.addWidget(self.stack, 1)
        self.empty = EmptyState("megaphone", "Pilih edaran", "Kemajuan dan penerimanya tampil di sini.")
        self.body.addWidget(self.content)
        self.body.addWidget(self.empty)

    def _tab_row(self) -> QHBoxLayout:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Bagian edaran")
        for name in _TABS:
            self.tabs.addTab(name)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.tabs, 1)
        return row

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.units.chosen.connect(self._on_unit_chosen)
        self.people.history_asked.connect(self._on_history_asked)
        self.letters.asked.connect(self.actions_of.send)
        self.head.version_chosen.connect(self._on_version_chosen)
        self.head.slips_asked.connect(self._print_slips)
        self.head.missing_asked.connect(self._export_missing)
        self.head.remind_asked.connect(lambda: self.actions_of.send(Purpose.REMINDER))
        self.head.scan_asked.connect(self._scan)
        self.head.more_asked.connect(lambda: self.actions_of.open_menu(self.head.more_button))

    def _fill(self, found: Found) -> None:
        circular, units = found.circular, found.units
        if circular.id != self._circular_id:
            return
        self.circular = circular
        self.actions_of.set_circular(circular, units)
        self._show_content(shown=True)
        self.head.fill(circular, found.versions, found.stages)
        self.units.show_version(circular, units)
        self.people.offer_stages(several=len(found.stages) > 1)
        self.people.show_version(circular, units)
        self.history.show_version(circular)
        self.versions.show_versions(found.versions)
        self.letters.show_version(circular)
        self.evidence.show_version(circular, units)
        self.tabs.setTabText(UNITS, f"Per OPD ({number(len(units))})")
        self.tabs.setTabText(PEOPLE, f"Penerima ({number(circular.tally.total)})")
        self.tabs.setTabText(VERSIONS, f"Versi ({number(len(found.versions))})")

    def _show_content(self, *, shown: bool) -> None:
        self.content.setVisible(shown)
        self.empty.setVisible(not shown)

    def _on_unit_chosen(self, opd_id: object) -> None:
        self.people.filter_by_opd(opd_id if isinstance(opd_id, int) else None)
        self.focus_people()

    def _on_history_asked(self, recipient_id: int) -> None:
        self.history.show_person(recipient_id)
        self.tabs.setCurrentIndex(HISTORY)

    def _on_version_chosen(self, text_id: object) -> None:
        self._text_id = text_id if isinstance(text_id, int) else None
        self.reload()

    def _print_slips(self) -> None:
        if self.circular is not None:
            SlipsDialog(self._context, self.circular, self.units.units, self).open()

    def _export_missing(self) -> None:
        if self.circular is not None:
            export_missing(self, self._context, self.circular, self.people.opd_filter())

    def _scan(self) -> None:
        if self.circular is not None:
            self._context.navigate("scan", self.circular.version_id)


def _read(session: Any, circular_id: int, text_id: int | None) -> Found:
    versions = queries.versions(session, circular_id) or [queries.circular_detail(session, circular_id)]
    chosen = next((row for row in versions if row.text_id == text_id), versions[0])
    units = queries.progress_by_unit(session, chosen.version_id)
    return Found(chosen, versions, units, queries.progress_by_stage(session, chosen.version_id))
