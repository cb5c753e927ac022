"""Why a date is what it is: rule, trigger, counting, articles, sources, doubts and other readings, set as a short text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.candidacy.duties import Caution, Obligation
from asn_desk.candidacy.lanes import LanePoint
from asn_desk.candidacy.rows import DeclarationDetail, EventRow
from asn_desk.regulations.due import Basis, ExplanationLine, Reading
from asn_desk.regulations.terms import CONFIDENCE_WORDS, Confidence
from asn_desk.wording import long_date, weekday
from ui.candidacy.words import distance, duty_chip, owing_words
from ui.shared.chips import Chip
from ui.shared.dialogs import BaseDialog
from ui.shared.panels import Banner, ScrollBody
from ui.shared.widgets import KeyValue, SectionTitle, StatusChip, button, label

_WIDTH = 640
_HEIGHT_SHARE = 0.86
_SHOWN_APART = {"Aturan", "Dasar", "Bacaan lain", "Perlu diperiksa"}


@dataclass(frozen=True)
class Explanation:
    """What the dialog shows. `day`: the date in question; `note` stands below it; `facts`: label and sentence."""

    title: str
    day: date | None = None
    note: str = ""
    chip: Chip | None = None
    facts: tuple[tuple[str, str], ...] = ()
    basis: tuple[Basis, ...] = ()
    readings: tuple[Reading, ...] = ()
    doubts: tuple[str, ...] = ()


def of_duty(duty: Obligation, today: date) -> Explanation:
    """Explain a duty's due date."""
    facts = [("Kewajiban", owing_words(duty)), *_facts(duty.explanation)]
    if duty.met_on is not None:
        facts.append(("Terpenuhi", _full(duty.met_on)))
    if not duty.explanation or duty.by_when:
        facts.append(("Menurut aturan", duty.by_when))
    return Explanation(
        title=duty.text,
        day=duty.due,
        note=f"Aturan {duty.id}",
        chip=duty_chip(duty, today),
        facts=tuple(pair for pair in facts if pair[1]),
        basis=duty.basis,
        readings=duty.other_readings,
        doubts=_doubts(duty.explanation),
    )


def of_caution(caution: Caution) -> Explanation:
    """Explain a warning."""
    doubts = (caution.doubt,) if caution.doubt else ()
    return Explanation(caution.text, note=f"Aturan {caution.id}", basis=caution.basis, doubts=doubts)


def of_point(point: LanePoint, file: DeclarationDetail, today: date) -> Explanation:
    """Explain a point of the lanes: its duty, its event, the stage of the calendar, or the TMT."""
    duty = next((row for row in file.obligations if row.id == point.duty_id), None)
    if duty is not None:
        return of_duty(duty, today)
    if point.code in {"TMT", "PENSIUN"} and not point.done:
        return of_end(file)
    event = next((row for row in reversed(file.events) if row.code == point.code and not row.voided), None)
    facts = [*(_event_facts(event) if event is not None else ()), ("Asal tanggal", point.origin)]
    hanging = [row for row in file.obligations if row.trigger is not None and row.trigger.code == point.code]
    set_by_it = [f"{row.text} ({long_date(row.due)})" for row in hanging if row.due is not None]
    facts += [("Memicu" if place == 0 else "", words) for place, words in enumerate(set_by_it)]
    return Explanation(
        title=event.title if event is not None else point.title,
        day=point.day,
        note="" if point.day else "Tanggalnya belum diketahui.",
        chip=_point_chip(point, today),
        facts=tuple(pair for pair in facts if pair[1]),
    )


def of_end(file: DeclarationDetail) -> Explanation:
    """Explain the day on which the employment ends."""
    lines = file.outcome.tmt_explanation
    return Explanation(
        title="TMT pemberhentian",
        day=file.outcome.tmt,
        note=file.outcome.tmt_text,
        facts=_facts(lines),
        basis=file.outcome.tmt_basis or file.outcome.basis,
        readings=file.outcome.tmt_readings,
        doubts=tuple(dict.fromkeys((*_doubts(lines), *file.outcome.doubts))),
    )


def _facts(lines: Sequence[ExplanationLine]) -> tuple[tuple[str, str], ...]:
    return tuple((line.label, line.text) for line in lines if line.label not in _SHOWN_APART)


def _doubts(lines: Sequence[ExplanationLine]) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.label == "Perlu diperiksa")


def _event_facts(event: EventRow) -> list[tuple[str, str]]:
    number = " ".join(
        part for part in (event.document_number, long_date(event.document_date) if event.document_date else "") if part
    )
    return [
        ("Surat", number),
        ("TMT", long_date(event.effective_on) if event.effective_on else ""),
        ("Diterima oleh", event.received_by),
        ("Catatan", event.note),
    ]


def _point_chip(point: LanePoint, today: date) -> Chip | None:
    if point.done:
        return Chip("sudah", "done")
    if point.late and point.day is not None:
        return Chip(distance(point.day, today), "late")
    return Chip("belum", "neutral")


def _full(day: date) -> str:
    return f"{weekday(day)}, {long_date(day)}"


class ExplanationDialog(BaseDialog):
    """Shows an Explanation as a page of text; everything in it can be selected and copied.

    `choose` lets the clerk record which of several readings the office follows.
    """

    def __init__(
        self, explanation: Explanation, parent: QWidget | None, choose: Callable[[], None] | None = None
    ) -> None:
        super().__init__("Penjelasan tanggal" if explanation.day else "Penjelasan", parent, _WIDTH)
        self._add_head(explanation)
        area = ScrollBody()
        self._text = area.layout_of_content
        self._text.setContentsMargins(0, 0, 8, 0)
        self._text.setSpacing(10)
        self._add_doubts(explanation)
        self._add_readings(explanation)
        self._add_facts(explanation)
        self._add_basis(explanation)
        self.outer.addWidget(area, 1)
        if choose is not None:
            self.buttons.insertWidget(0, button("&Pilih bacaan…", "", "scales", lambda: self._leave_for(choose)))
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()
        self._take_off(area)

    def _leave_for(self, choose: Callable[[], None]) -> None:
        self.accept()
        choose()

    def _take_off(self, area: ScrollBody) -> None:
        """Take the height that the text, wrapped at this width, needs; the sum of its parts asks for more."""
        margins = self.outer.contentsMargins()
        inner = self.width() - margins.left() - margins.right()
        spare = area.sizeHint().height() - area.content.heightForWidth(inner)
        if spare > 0:
            room = round(self.screen().availableGeometry().height() * _HEIGHT_SHARE)
            self.resize(self.width(), min(self.sizeHint().height() - spare, room))

    def _add_head(self, shown: Explanation) -> None:
        self.outer.addWidget(label(shown.title, role="name", selectable=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        if shown.day is not None:
            row.addWidget(label(_full(shown.day), role="strong", wrap=False))
        if shown.chip is not None:
            row.addWidget(StatusChip(shown.chip))
        row.addWidget(label(shown.note, role="secondary"), 1)
        self.outer.addLayout(row)

    def _add_doubts(self, shown: Explanation) -> None:
        for doubt in shown.doubts:
            self._text.addWidget(Banner(f"Perlu diperiksa: {doubt}", "near"))

    def _add_facts(self, shown: Explanation) -> None:
        if shown.facts:
            self._text.addWidget(KeyValue(shown.facts, label_width=112))

    def _add_basis(self, shown: Explanation) -> None:
        if shown.basis:
            self._text.addWidget(SectionTitle("Dasar dan sumber"))
        for basis in shown.basis:
            self._text.addWidget(_citation(basis.short, basis.gist, _source(basis), basis.doubt))

    def _add_readings(self, shown: Explanation) -> None:
        if shown.readings:
            self._text.addWidget(SectionTitle("Bacaan lain", "sumber lain menyebut tanggal yang berbeda"))
        for reading in shown.readings:
            title = long_date(reading.due) if reading.due is not None else "Tanpa tanggal"
            doubt = "Bacaan ini belum pasti." if reading.doubtful else ""
            self._text.addWidget(_citation(title, reading.text, f"Sumber: {reading.source}", doubt))


def _source(basis: Basis) -> str:
    words = CONFIDENCE_WORDS[Confidence(basis.confidence)]
    return f"Sumber: {basis.source} ({words})" if basis.source else f"Keyakinan: {words}"


def _citation(head: str, text: str, source: str, doubt: str) -> QWidget:
    """Return a cited line: what is cited, what it says, where it was read, and why to look at it again."""
    holder = QFrame()
    holder.setProperty("row", "true")
    holder.setAccessibleName(f"{head}. {text}. {source}. {doubt}")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 2, 0, 8)
    column.setSpacing(2)
    parts = [label(head, role="strong", wrap=True, selectable=True), label(text, selectable=True)]
    if source:
        parts.append(label(source, role="secondary", selectable=True))
    if doubt:
        marked = label(f"Perlu diperiksa: {doubt}", role="secondary", selectable=True)
        marked.setProperty("kind", "near")
        parts.append(marked)
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    return holder
