"""The versions of a template: who changed it, when and why, each with a way to see what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from asn_desk import wording
from asn_desk.letters.templates.template_store import VersionRow
from ui.shared.basics import clear_layout
from ui.shared.chips import Chip
from ui.shared.panels import ScrollBody
from ui.shared.widgets import ActionRow, EmptyState


class HistoryList(ScrollBody):
    """Newest first; `asked(version id)` when the clerk wants to see what a version changed."""

    asked = Signal(object)

    def show_rows(self, rows: Sequence[VersionRow]) -> None:
        """Show these versions."""
        clear_layout(self.layout_of_content)
        for row in rows:
            self.layout_of_content.addWidget(self._row(row))
        if not rows:
            text = "Templat bawaan dipakai apa adanya. Buka di Word untuk menyuntingnya."
            self.layout_of_content.addWidget(EmptyState("history", "Belum pernah diubah", text))

    def _row(self, row: VersionRow) -> ActionRow:
        what = "Templat bawaan dipulihkan" if row.shipped else "Versi kantor"
        when = f"{wording.long_date(row.made_at.astimezone())} pukul {wording.clock_time(row.made_at.astimezone())}"
        chip = Chip("dipakai", "done") if row.active else None
        return ActionRow(
            f"{what} · {when}",
            f"{row.made_by}: {row.note}",
            chip,
            action="Lihat perbedaan",
            on_action=partial(self.asked.emit, row.id),
            chip_last=True,
        )
