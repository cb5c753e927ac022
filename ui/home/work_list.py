"""The list "Siapa harus melakukan apa": each line says who is blocking it and carries one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from asn_desk import wording
from asn_desk.candidacy.rows import DueRow
from ui.shared.basics import label
from ui.shared.chips import Chip
from ui.shared.panels import ScrollPanel
from ui.shared.widgets import ActionRow

CALM = "Tidak ada kewajiban yang lewat, jatuh hari ini, atau jatuh tempo minggu ini."


def due_chip(due: date, today: date) -> Chip:
    """Return how near a due date is, in a word."""
    days = (due - today).days
    if days < 0:
        return Chip(f"Lewat {-days} hari", "late")
    if days <= 1:
        return Chip("Besok" if days else "Hari ini", "near")
    return Chip(f"{due.day} {wording.MONTHS[due.month - 1]}", "coming")


def short_action(row: DueRow) -> str:
    """Return the one thing that helps, in a word or two; the file itself says the rest."""
    if row.letter_template:
        return "Buat surat"
    return "Catat" if row.event_code else "Lihat"


class WorkList(ScrollPanel):
    """The most urgent duties over all open files."""

    def __init__(self, open_file: Callable[[int], object]) -> None:
        super().__init__("Siapa harus melakukan apa", padding=0)
        self._open = open_file
        self.rows: list[ActionRow] = []

    def show_rows(self, due: tuple[DueRow, ...], today: date) -> None:
        """Show these lines, the most urgent first."""
        self.clear()
        self.rows = [self._row(row, today) for row in due]
        for made in self.rows:
            self.body.addWidget(made)
        if not due:
            calm = label(CALM, role="secondary")
            calm.setContentsMargins(16, 12, 16, 12)
            self.body.addWidget(calm)

    def _row(self, row: DueRow, today: date) -> ActionRow:
        doubt = " · perlu diperiksa" if row.doubtful else ""
        return ActionRow(
            row.text,
            f"{row.name} · {row.office_name}{doubt}",
            chip=due_chip(row.due, today),
            trailing=row.owed_by,
            action=short_action(row),
            on_action=partial(self._open, row.declaration_id),
        )
