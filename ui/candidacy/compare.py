"""Two states of a file side by side: statuses, the end of employment, and every duty; what differs stands first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from asn_desk.candidacy.duties import DUTY_WORDS, Obligation
from asn_desk.candidacy.rules import Assessment
from asn_desk.candidacy.states import STATUS_WORDS
from asn_desk.candidacy.whatif import Compared, SideBySide
from asn_desk.regulations.terms import FORM_WORDS
from asn_desk.wording import long_date, number, short_date
from ui.candidacy.words import DOUBTFUL
from ui.shared.basics import set_state
from ui.shared.chips import Chip
from ui.shared.tables.columns import Column, sided
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import clear_layout, label


def day_words(duty: Obligation | None) -> str:
    """Return a duty's day in a cell."""
    if duty is None:
        return "tidak timbul"
    return short_date(duty.due) if duty.due else "tanpa tanggal"


def state_words(duty: Obligation | None) -> str:
    """Return how a duty stands and whom it binds."""
    return f"{DUTY_WORDS[duty.status]} · {duty.owed_by}" if duty is not None else ""


def _doubt(row: Compared) -> str:
    return DOUBTFUL if any(side is not None and side.doubtful for side in (row.left, row.right)) else ""


def columns(left: str, right: str) -> list[Column]:
    """Return the columns of the comparison."""
    return [
        Column(
            "what", "Kewajiban", text=lambda row: row.text, secondary=lambda row: f"Aturan {row.rule_id}", width=230
        ),
        sided("left", left, day_words, state_words, 160),
        sided("right", right, day_words, state_words, 160),
        Column(
            "mark",
            "Tanda",
            chip=lambda row: Chip("berbeda", "coming") if row.changed else None,
            secondary=_doubt,
            accessible=lambda row: ", ".join(part for part in ("berbeda" if row.changed else "", _doubt(row)) if part),
            width=150,
        ),
    ]


class SideBySideView(QWidget):
    """Shows a SideBySide; `duty_chosen(Obligation)` when a row is opened."""

    duty_chosen = Signal(object)

    def __init__(self, left: str, right: str, name: str, settings_file: Path) -> None:
        super().__init__()
        self._titles = (left, right)
        self.model = RowsModel(columns(left, right))
        self.table = RecordTable(self.model, name=name, settings_file=settings_file)
        self.table.set_empty_state("list", "Tidak ada kewajiban", "Tidak ada kewajiban pada kedua keadaan.")
        self.table.row_activated.connect(self._choose)
        self.summary = label("", role="strong")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._grid)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def show_sides(self, sides: SideBySide) -> None:
        """Show two assessments."""
        self.table.show()
        self._show_facts(sides)
        changed = len(sides.changes)
        self.summary.setText(f"{number(changed)} kewajiban berbeda." if changed else "Kewajibannya sama.")
        self.model.set_rows(sides.rows)

    def clear(self, sentence: str) -> None:
        """Show a sentence instead of a comparison."""
        clear_layout(self._grid)
        self.summary.setText(sentence)
        self.model.set_rows([])
        self.table.hide()

    def _show_facts(self, sides: SideBySide) -> None:
        clear_layout(self._grid)
        rows = [("", *self._titles), *_facts(sides.left, sides.right)]
        for line, (caption, left, right) in enumerate(rows):
            self._grid.addWidget(label(caption, role="secondary"), line, 0)
            for place, words in enumerate((left, right), 1):
                shown = label(words or "–", role="" if line else "strong", wrap=True)
                if line and place > 1 and left != right:
                    set_state(shown, "kind", "near")
                    shown.setAccessibleName(f"{caption}, berbeda: {words}")
                self._grid.addWidget(shown, line, place)
        for place, share in enumerate((2, 5, 5)):
            self._grid.setColumnStretch(place, share)

    def _choose(self, place: Any) -> None:
        row: Compared | None = self.model.row_at(place)
        duty = (row.right or row.left) if row is not None else None
        if duty is not None:
            self.duty_chosen.emit(duty)


def _facts(left: Assessment, right: Assessment) -> list[tuple[str, str, str]]:
    asked: list[tuple[str, Callable[[Assessment], str]]] = [
        ("Tahap KPU", lambda one: STATUS_WORDS[one.state.kpu]),
        ("Tahap kepegawaian", lambda one: STATUS_WORDS[one.state.staff]),
        ("Bentuk", _form),
        ("Penanda tangan SK", lambda one: one.outcome.signer),
        ("TMT", lambda one: _day(one.outcome.tmt)),
        ("Tidak cocok", _refused),
    ]
    pairs = [(caption, tell(left), tell(right)) for caption, tell in asked]
    return [row for row in pairs if row[1] or row[2]]


def _form(one: Assessment) -> str:
    return FORM_WORDS[one.outcome.form] if one.outcome.form else "belum diketahui"


def _day(day: date | None) -> str:
    return long_date(day) if day else "belum diketahui"


def _refused(one: Assessment) -> str:
    return " ".join(row.sentence for row in one.refused)
