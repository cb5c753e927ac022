"""One file: who and for what, the two swim lanes, what is owed, warnings, letters and what happened, and the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from asn_desk.candidacy import papers, queries
from asn_desk.candidacy.duties import DutyStatus, Obligation
from asn_desk.candidacy.papers import LetterOffer
from asn_desk.candidacy.rows import DeclarationDetail, EventRow
from ui.candidacy import explain
from ui.candidacy.explain import Explanation, ExplanationDialog
from ui.candidacy.head import HeadCard
from ui.candidacy.rows import caution_row, duty_row, empty_row, event_row, letter_row
from ui.candidacy.words import end_facts
from ui.shared.flow_layout import FlowLayout
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.paper import PaperDialog
from ui.shared.widgets import EmptyState, KeyValue, Panel, button, clear_layout, label

_GAP = 12


@dataclass(frozen=True)
class FileView:
    """A file as it stands on a day, with the letters that can be made about it and the word for the person's kind."""

    file: DeclarationDetail
    offers: tuple[LetterOffer, ...]
    kind_words: str
    day: date


def read_file(session: Any, declaration_id: int, day: date) -> FileView:
    """Return what the detail shows; runs on a reading thread."""
    from asn_desk.regulations.packs import shipped_library

    file = queries.declaration_detail(session, declaration_id)
    kind = shipped_library().kinds.get(file.kind)
    return FileView(file, papers.offered_letters(session, declaration_id), kind.title if kind else file.kind, day)


class FileDetail(QWidget):
    """The right side of the page Pencalonan. It asks the page for every change by a signal."""

    letter_wanted = Signal(str)
    event_wanted = Signal()
    void_wanted = Signal(object)
    amend_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._declaration_id: int | None = None
        self.view: FileView | None = None
        self._show_idle_duties = False
        self._build()
        self._show_content(shown=False)

    @property
    def file(self) -> DeclarationDetail | None:
        """Return the file shown."""
        return self.view.file if self.view is not None else None

    def show_file(self, declaration_id: object) -> None:
        """Show another file, or nothing."""
        self._declaration_id = declaration_id if isinstance(declaration_id, int) else None
        self._show_idle_duties = False
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
        outer.setSpacing(_GAP)
        self.area = ScrollBody()
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        cards = self.area.layout_of_content
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(_GAP)
        self.head = HeadCard()
        self.head.lanes.point_chosen.connect(lambda _lane, point: self._explain_point(point))
        self.head.person_wanted.connect(self._open_person)
        self.head.close_wanted.connect(self.close_wanted)
        cards.addWidget(self.head)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(_GAP)
        cards.addLayout(self._cards)
        self.action_bar = self._action_bar()
        self.empty = Panel(padding=0)
        self.empty.body.addWidget(
            EmptyState("flag", "Pilih berkas", "Tahapan, kewajiban, dan surat orangnya tampil di sini.")
        )
        below = QHBoxLayout()
        below.addWidget(self.action_bar)
        below.addSpacing(self.area.verticalScrollBar().sizeHint().width())
        outer.addWidget(self.area, 1)
        outer.addLayout(below)
        outer.addWidget(self.empty, 1)

    def _action_bar(self) -> Panel:
        bar = Panel(padding=10)
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row = FlowLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.letter_button = button("&Buat surat", "primary", "document", lambda: self.letter_wanted.emit(""))
        self.event_button = button("&Catat kejadian", "", "calendar", self.event_wanted.emit)
        self.amend_button = button("&Ubah", "", "pencil", self.amend_wanted.emit)
        for one in (self.letter_button, self.event_button, self.amend_button):
            row.addWidget(one)
        bar.body.addWidget(holder)
        return bar

    def _take(self, view: FileView) -> None:
        """Show what was read, unless another file was chosen meanwhile or nothing has changed."""
        if view.file.id == self._declaration_id and view != self.view:
            self._fill(view)

    def _fill(self, view: FileView) -> None:
        place = self.area.verticalScrollBar().value()
        self.view = view
        self.head.show_file(view.file, view.kind_words, self._context.today())
        clear_layout(self._cards)
        for card in (
            self._duties(view),
            self._cautions(view),
            self._letters(view),
            self._history(view),
            self._end(view),
        ):
            if card is not None:
                self._cards.addWidget(card)
        self._allow(view)
        self._show_content(shown=True)
        self.area.verticalScrollBar().setValue(place)

    def _show_content(self, *, shown: bool) -> None:
        self.area.setVisible(shown)
        self.action_bar.setVisible(shown)
        self.empty.setVisible(not shown)

    def _allow(self, view: FileView) -> None:
        """Enable what the core allows; a button that is off says why."""
        closed = "Berkas ini sudah ditutup." if view.file.closed_on is not None else ""
        none_allowed = (
            "" if any(action.allowed for action in view.file.actions) else "Tidak ada kejadian yang dapat dicatat."
        )
        no_letters = "" if view.offers else "Tidak ada surat untuk jabatan yang dituju."
        for one, refusal in (
            (self.letter_button, closed or no_letters),
            (self.event_button, closed or none_allowed),
            (self.amend_button, closed),
            (self.head.close_button, closed or view.file.closing_refusal),
        ):
            one.setEnabled(not refusal)
            one.setToolTip(refusal)
            one.setAccessibleDescription(refusal)

    def _duties(self, view: FileView) -> Panel:
        idle = [duty for duty in view.file.obligations if duty.status is DutyStatus.NOT_APPLICABLE]
        rows = [
            duty
            for duty in view.file.obligations
            if self._show_idle_duties or duty.status is not DutyStatus.NOT_APPLICABLE
        ]
        card = _card("Kewajiban", "klik tanggal untuk penjelasan")
        for duty in rows:
            make = self._letter_for(view, duty)
            card.body.addWidget(duty_row(duty, self._context.today(), partial(self._explain_duty, duty), make))
        if not rows:
            card.body.addWidget(empty_row("Tidak ada kewajiban untuk berkas ini."))
        if idle:
            words = "Sembunyikan" if self._show_idle_duties else "Tampilkan"
            card.add_title_widget(button(f"{words} {len(idle)} yang tidak berlaku", "link", on_click=self._toggle_idle))
        return card

    def _letter_for(self, view: FileView, duty: Obligation) -> Callable[[], None] | None:
        offer = next((row for row in view.offers if row.code == duty.letter), None)
        is_open = duty.met_on is None and duty.status is not DutyStatus.NOT_APPLICABLE
        if offer is None or not is_open or view.file.closed_on is not None:
            return None
        return partial(self.letter_wanted.emit, offer.kind)

    def _cautions(self, view: FileView) -> Panel | None:
        if not view.file.warnings:
            return None
        card = _card("Perhatikan")
        for caution in view.file.warnings:
            card.body.addWidget(caution_row(caution, partial(self._explain, explain.of_caution(caution))))
        return card

    def _letters(self, view: FileView) -> Panel:
        card = _card("Surat yang sudah dibuat")
        for letter in view.file.letters:
            card.body.addWidget(letter_row(letter, partial(self._open_letter, letter.id)))
        if not view.file.letters:
            card.body.addWidget(empty_row("Belum ada surat untuk berkas ini."))
        return card

    def _history(self, view: FileView) -> Panel:
        card = _card("Riwayat kejadian")
        is_open = view.file.closed_on is None
        for event in reversed(view.file.events):
            void = partial(self.void_wanted.emit, event) if is_open else None
            card.body.addWidget(event_row(event, partial(self._show_evidence, event), void))
        if not view.file.events:
            card.body.addWidget(empty_row("Belum ada kejadian. Catat laporan atau surat yang sudah diterima."))
        return card

    def _end(self, view: FileView) -> Panel:
        card = Panel("Perkiraan akhir status")
        card.body.addWidget(KeyValue(end_facts(view.file.outcome)))
        if view.file.outcome.tmt is not None:
            card.add_title_widget(
                button("Penjelasan TMT", "link", on_click=lambda: self._explain(explain.of_end(view.file)))
            )
        return card

    def _toggle_idle(self) -> None:
        self._show_idle_duties = not self._show_idle_duties
        if self.view is not None:
            self._fill(self.view)

    def _explain_duty(self, duty: Obligation) -> None:
        self._explain(explain.of_duty(duty, self._context.today()))

    def _explain_point(self, point: Any) -> None:
        if self.view is not None:
            self._explain(explain.of_point(point, self.view.file, self._context.today()))

    def _explain(self, explanation: Explanation) -> None:
        ExplanationDialog(explanation, self).open()

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


def _card(title: str, hint: str = "") -> Panel:
    """Return a card whose rows go from edge to edge."""
    card = Panel(title, padding=0)
    card.body.setContentsMargins(0, 0, 0, 4)
    card.body.setSpacing(0)
    if hint:
        card.title_row.setStretch(0, 0)
        card.title_row.addWidget(label(hint, role="hint"), 1)
    return card
