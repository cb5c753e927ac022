"""A line to tick whose words wrap: a click on them ticks too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.shared.widgets import label


class TickRow(QWidget):
    """`toggled` when the tick comes or goes; `words` is what a search looks at."""

    toggled = Signal()

    def __init__(self, words: str, below: str = "", *, on: bool = True) -> None:
        super().__init__()
        self.words = f"{words} {below}".lower()
        self.box = QCheckBox()
        self.box.setChecked(on)
        self.box.setAccessibleName(words)
        self.box.toggled.connect(lambda _on: self.toggled.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 6, 2)
        row.setSpacing(6)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(label(words, wrap=True))
        if below:
            lines.addWidget(label(below, role="hint"))
        row.addLayout(lines, 1)

    @property
    def on(self) -> bool:
        """Return whether the line is ticked."""
        return self.box.isChecked()

    def fits(self, search: str) -> bool:
        """Return whether all words searched for are in the line."""
        return all(word in self.words for word in search.lower().split())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.box.toggle()
