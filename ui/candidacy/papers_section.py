"""The papers of a file: which its track needs, which are there, who checked them, and what the office does without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from asn_desk.candidacy.checklist import PaperRow
from asn_desk.candidacy.terms import PaperState
from asn_desk.wording import long_date
from ui.candidacy.duties_section import card
from ui.candidacy.explain import Explanation
from ui.candidacy.file_view import FileView
from ui.candidacy.rows import ListRow, empty_row
from ui.candidacy.words import DOUBTFUL
from ui.shared.chips import Kind
from ui.shared.panels import ActionBar
from ui.shared.widgets import Chip, StatusChip, button, clear_layout

_KINDS: dict[PaperState, Kind] = {
    PaperState.ATTACHED: "near",
    PaperState.VERIFIED: "done",
    PaperState.WAIVED: "neutral",
}
_SIDE = 170
Deed = tuple[str, str]


class PapersSection(QWidget):
    """The checklist. `deed_wanted(deed, PaperRow)`, deed: attach, verify, unverify, waive, ask_again, scan."""

    deed_wanted = Signal(str, object)
    explain_wanted = Signal(object, object)

    def __init__(self, *, may_edit: bool, may_verify: bool) -> None:
        super().__init__()
        self._may_edit, self._may_verify = may_edit, may_verify
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = card("Berkas persyaratan")
        self._whole = StatusChip(Chip(""))
        self._card.add_title_widget(self._whole)
        column.addWidget(self._card)

    def show_view(self, view: FileView, _today: date) -> None:
        """Show another state of a file."""
        clear_layout(self._card.body)
        self._card.set_title(view.papers.words.replace(", lengkap", ""))
        whole = Chip("lengkap", "done") if view.papers.complete else Chip(f"kurang {_open(view)}", "near")
        self._whole.set_chip(whole)
        for paper in view.papers.rows:
            self._card.body.addWidget(self._row(paper, is_open=view.is_open))
        if not view.papers.rows:
            self._card.body.addWidget(empty_row("Jalur ini tidak meminta berkas persyaratan."))

    def _row(self, paper: PaperRow, *, is_open: bool) -> ListRow:
        row = ListRow(can_open=True, side_width=_SIDE)
        row.setAccessibleName(f"{paper.title}, {paper.need_words}, {paper.state_words}")
        row.opened.connect(lambda: self.explain_wanted.emit(explanation_of(paper), None))
        row.add_words(paper.title)
        row.add_words(paper.need_words, "secondary")
        row.add_words(" · ".join(_story(paper)), "secondary")
        missing: Kind = "late" if paper.required else "neutral"
        row.add_side(StatusChip(Chip(paper.state_words, _KINDS.get(paper.state, missing))))
        if paper.doubt:
            row.add_side(StatusChip(Chip(DOUBTFUL, "near", "scales")))
        links = [self._link(deed, words, paper) for deed, words in self._deeds(paper, is_open=is_open)]
        if links:
            row.words.addWidget(ActionBar(*links))
        return row.end()

    def _link(self, deed: str, words: str, paper: PaperRow) -> QPushButton:
        link = button(words, "link", on_click=partial(self.deed_wanted.emit, deed, paper))
        link.setAccessibleName(f"{words} {paper.title}")
        return link

    def _deeds(self, paper: PaperRow, *, is_open: bool) -> Iterator[Deed]:
        if paper.has_scan:
            yield "scan", "Lihat pindaian"
        if not is_open:
            return
        state = paper.state
        if self._may_verify and state in {PaperState.ATTACHED, PaperState.VERIFIED}:
            yield ("verify", "Sudah diperiksa") if state is PaperState.ATTACHED else ("unverify", "Batal periksa")
        if self._may_edit and state is not PaperState.VERIFIED:
            yield "attach", "Terima berkas…" if state in {PaperState.MISSING, PaperState.WAIVED} else "Ganti…"
        if self._may_verify and state is PaperState.MISSING:
            yield "waive", "Tidak diperlukan…"
        if self._may_verify and state is PaperState.WAIVED:
            yield "ask_again", "Minta lagi"


def explanation_of(paper: PaperRow) -> Explanation:
    """Explain why a paper is asked for: by which entry, how well founded."""
    facts = (("Kebutuhan", paper.need_words), ("Keadaan", paper.state_words), *(("", part) for part in _story(paper)))
    return Explanation(
        paper.title,
        facts=(*facts, ("Sumber", paper.basis)) if paper.basis else facts,
        doubts=(paper.doubt,) if paper.doubt else (),
    )


def _open(view: FileView) -> int:
    return sum(row.required and not row.settled for row in view.papers.rows)


def _story(paper: PaperRow) -> list[str]:
    number = f"Nomor {paper.document_number}" if paper.document_number else ""
    dated = f"tanggal {long_date(paper.document_date)}" if paper.document_date else ""
    received = f"diterima {long_date(paper.received_on)}" if paper.received_on else ""
    by = f"oleh {paper.received_by or paper.attached_by}" if received else ""
    checked = f"diperiksa {paper.verified_by}, {long_date(paper.verified_on)}" if paper.verified_on else ""
    waived = f"tidak diperlukan menurut {paper.waived_by}: {paper.waive_reason}" if paper.waived_on else ""
    parts = [" ".join(part for part in pair if part) for pair in ((number, dated), (received, by))]
    return [part for part in (*parts, checked, waived) if part]
