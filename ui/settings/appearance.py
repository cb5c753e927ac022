"""Pengaturan, Tampilan: light, dark, or as the PC says."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.shared.basics import label
from ui.shared.filters import Choice, FilterChip
from ui.shared.page import PageContext
from ui.shared.panels import ScrollPanel

MODES = (Choice("system", "mengikuti komputer"), Choice("light", "terang"), Choice("dark", "gelap"))


class AppearanceSection(ScrollPanel):
    """Chooses the theme; the program remembers it for this data folder."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Tampilan")
        self.context = context
        self.mode = FilterChip("Warna", MODES)
        self.mode.set_value(context.theme.mode)
        self.mode.chosen.connect(self._choose)
        self.body.addWidget(label("Warna jendela", role="strong"))
        self.body.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(label("Ukuran huruf mengikuti pengaturan skala layar komputer.", role="hint"))

    def reload(self) -> None:
        """Nothing of this section lies in the database."""

    def _choose(self, mode: object) -> None:
        self.context.theme.set_mode(str(mode))
