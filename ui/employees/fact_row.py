"""A row of the detail panel's short lists: what, when and where below it, its status, and a link that opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.shared.widgets import Chip, StatusChip, button, label


class FactRow(QFrame):
    """Made for a narrow panel: title and text wrap over its whole width, the chip has a line of its own."""

    def __init__(
        self, title: str, secondary: str = "", chip: Chip | None = None, on_open: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setProperty("row", "true")
        self.setAccessibleName(", ".join(part for part in (title, secondary, chip.text if chip else "") if part))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 9)
        row.setSpacing(10)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(title, wrap=True))
        if secondary:
            lines.addWidget(label(secondary, role="secondary"))
        if chip is not None:
            lines.addSpacing(3)
            lines.addWidget(StatusChip(chip), 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(lines, 1)
        if on_open is not None:
            link = button("Buka", "link", on_click=on_open)
            link.setAccessibleName(f"Buka: {title}")
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
