"""One file: who and for what, the two swim lanes, and in tabs what is owed, its papers, its letters and its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries
from asn_desk.candidacy.duties import Obligation
from asn_desk.candidacy.rows import DeclarationDetail, EventRow
from ui.candidacy import explain
from ui.candidacy.detail_bar import DetailBar
from ui.candidacy.duties_section import GAP, DutiesSection
from ui.candidacy.explain import Explanation, ExplanationDialog
from ui.candidacy.file_view import FileView, read_file
from ui.candidacy.head import HeadCard
from ui.candidacy.papers_section import PapersSection
from ui.candidacy.past_sections import HistorySection, LettersSection
from ui.shared.documents.paper import PaperDialog
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.rights import only_with
from ui.shared.widgets import EmptyState, Panel

DUTIES, PAPERS, LETTERS, HISTORY = range(4)


class _Section(Protocol):
    """What a tab of the detail answers besides being a widget."""

    def show_view(self, view: FileView, today: date, /) -> None:
        """Show another state of a file."""


class FileDetail(QWidget):
    """The right side of the page Pencalonan. It asks the page for every change by a signal.

    Only the tab that is seen is filled; the others when they are opened.
    """

    letter_wanted = Signal(str)
    void_wanted = Signal(object)
    close_wanted = Signal()
    past_wanted = Signal()
    binder_wanted = Signal()
    paper_deed_wanted = Signal(str, object)
    reading_wanted = Signal(object)
    shown = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._declaration_id: int | None = None
        self.view: FileView | None = None
        self._filled: set[int] = set()
        self._build()
        self._connect()
        self._show_content(shown=False)

    @property
    def file(self) -> DeclarationDetail | None:
        """Return the file shown."""
        return self.view.file if self.view is not None else None

    def show_file(self, declaration_id: object) -> None:
        """Show another file, or nothing."""
        self._declaration_id = declaration_id if isinstance(declaration_id, int) else None
        self.duties.forget_choices()
        self.area.verticalScrollBar().setValue(0)
        self.reload()

    def reload(self) -> None:
        """Read what is shown again."""
        wanted, day = self._declaration_id, self._context.today()
        if wanted is None:
            self.view = None
            self._show_content(shown=False)
            return
        self._context.bridge.read(self, lambda session: read_file(session, wanted, day), self._take)

    def focus_lanes(self) -> None:
        """Bring the keyboard to the lanes."""
        for one in self.head.lanes.buttons[:1]:
            one.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP)
        self.area = ScrollBody()
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.head = HeadCard()
        only_with(self._context.may, Action.SEE_EMPLOYEES, self.head.open_person)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Bagian berkas")
        self.tabs.setExpanding(False)
        self._build_sections()
        cards = self.area.layout_of_content
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(GAP)
        for part in (self.head, self.tabs, *self._sections):
            cards.addWidget(part)
        self.bar = DetailBar(may_edit=self._may(Action.EDIT_CANDIDACY), may_issue=self._may(Action.ISSUE_LETTERS))
        self.empty = Panel(padding=0)
        self.empty.body.addWidget(
            EmptyState("flag", "Pilih berkas", "Tahapan, kewajiban, dan surat orangnya tampil di sini.")
        )
        below = QHBoxLayout()
        below.addWidget(self.bar)
        below.addSpacing(self.area.verticalScrollBar().sizeHint().width())
        outer.addWidget(self.area, 1)
        outer.addLayout(below)
        outer.addWidget(self.empty, 1)

    def _build_sections(self) -> None:
        edit = self._may(Action.EDIT_CANDIDACY)
        self.duties = DutiesSection(may_issue=edit and self._may(Action.ISSUE_LETTERS))
        self.papers = PapersSection(may_edit=edit, may_verify=self._may(Action.VERIFY_PAPERS))
        self.letters = LettersSection(may_export=self._may(Action.EXPORT), may_open=self._may(Action.SEE_LETTERS))
        self.history = HistorySection(may_edit=edit)
        self._sections: tuple[QWidget, ...] = (self.duties, self.papers, self.letters, self.history)
        for _section in self._sections:
            self.tabs.addTab("")

    def _may(self, action: Action) -> bool:
        return self._context.may(action)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.tabs.tabBarClicked.connect(lambda _place: QTimer.singleShot(0, self, self._bring_tabs_up))
        self.head.lanes.point_chosen.connect(lambda _lane, point: self._explain_point(point))
        self.head.person_wanted.connect(self._open_person)
        self.head.close_wanted.connect(self.close_wanted)
        self.head.past_wanted.connect(self.past_wanted)
        self.duties.explain_wanted.connect(self._explain)
        self.duties.letter_wanted.connect(self.letter_wanted)
        self.papers.explain_wanted.connect(self._explain)
        self.papers.deed_wanted.connect(self.paper_deed_wanted)
        self.letters.letter_opened.connect(self._open_letter)
        self.letters.binder_wanted.connect(self.binder_wanted)
        self.history.void_wanted.connect(self.void_wanted)
        self.history.evidence_wanted.connect(self._show_evidence)

    def _take(self, view: FileView) -> None:
        """Show what was read, unless another file was chosen meanwhile or nothing has changed."""
        if view.file.id == self._declaration_id and view != self.view:
            self._fill(view)
        if view.file.id == self._declaration_id:
            self.shown.emit()

    def _fill(self, view: FileView) -> None:
        place = self.area.verticalScrollBar().value()
        self.view = view
        self._filled = set()
        self.head.show_file(view.file, view.kind_words, self._context.today())
        counts = (
            "Kewajiban",
            f"Berkas syarat {sum(row.required and row.settled for row in view.papers.rows)}/{view.papers.required}",
            f"Surat {len(view.file.letters)}",
            f"Riwayat {len(view.file.events)}",
        )
        for tab, words in enumerate(counts):
            self.tabs.setTabText(tab, words)
        self._show_tab()
        self.bar.allow(view)
        for one in (self.head.close_button, self.head.amend_button):
            one.setVisible(self._may(Action.EDIT_CANDIDACY))
        self._show_content(shown=True)
        self.area.verticalScrollBar().setValue(place)

    def _show_tab(self) -> None:
        """Show the chosen tab; it is filled now if it was not since the file was read."""
        current = self.tabs.currentIndex()
        if self.view is not None and current not in self._filled:
            self._filled.add(current)
            cast("_Section", self._sections[current]).show_view(self.view, self._context.today())
        for place, section in enumerate(self._sections):
            section.setVisible(place == current)

    def _bring_tabs_up(self) -> None:
        """Give the chosen tab the whole height, once it has its place."""
        self.area.verticalScrollBar().setValue(self.tabs.y())

    def _show_content(self, *, shown: bool) -> None:
        self.area.setVisible(shown)
        self.bar.setVisible(shown)
        self.empty.setVisible(not shown)

    def _explain_point(self, point: Any) -> None:
        if self.view is not None:
            duty = next((row for row in self.view.file.obligations if row.id == point.duty_id), None)
            self._explain(explain.of_point(point, self.view.file, self._context.today()), duty)

    def _explain(self, explanation: Explanation, duty: Obligation | None) -> None:
        choose: Callable[[], None] | None = None
        if duty is not None and duty.other_readings and self._may(Action.CHANGE_RULES):
            choose = lambda: self.reading_wanted.emit(duty)  # noqa: E731 - kept beside its condition
        ExplanationDialog(explanation, self, choose).open()

    def _open_person(self) -> None:
        if self.view is not None:
            self._context.navigate("employees", self.view.file.employee_id)

    def _open_letter(self, letter_id: int) -> None:
        self._context.navigate("letters", {"letter_id": letter_id})

    def _show_evidence(self, event: EventRow) -> None:
        self._context.bridge.read(
            self,
            lambda session: queries.evidence(session, event.id),
            lambda pdf: PaperDialog(event.title, self._context.bridge, pdf, self).open(),
        )
