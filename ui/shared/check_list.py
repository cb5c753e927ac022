"""A list of OPDs or people to tick, with all and none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shared.panels import ScrollBody
from ui.shared.tick_row import TickRow
from ui.shared.widgets import SearchField, button

_FEW = 8


@dataclass(frozen=True)
class Tick:
    """One line: its id, its words, a second line, and whether it is ticked at first."""

    id: int
    words: str
    below: str = ""
    on: bool = True


class CheckList(QWidget):
    """The lines in the order given; `changed` when a tick comes or goes."""

    changed = Signal()

    def __init__(self, ticks: Sequence[Tick], name: str, search: str = "Cari", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, TickRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._tools(search))
        self.area = ScrollBody()
        self.area.layout_of_content.setSpacing(4)
        self.area.setAccessibleName(name)
        for tick in ticks:
            self._add(tick)
        self.area.layout_of_content.addStretch(1)
        column.addWidget(self.area, 1)
        self.search.setVisible(len(ticks) > _FEW)

    def chosen(self) -> list[int]:
        """Return the ids ticked, in the list's order."""
        return [key for key, row in self._rows.items() if row.on]

    def tick(self, key: int, *, on: bool) -> None:
        """Tick a line, or take the tick away."""
        self._rows[key].box.setChecked(on)

    def _tools(self, search: str) -> QVBoxLayout:
        self.search = SearchField(search)
        self.search.search_changed.connect(lambda _text: self._filter())
        links = QHBoxLayout()
        links.addWidget(button("Pilih semua", "link", on_click=lambda: self._all(on=True)))
        links.addWidget(button("Kosongkan", "link", on_click=lambda: self._all(on=False)))
        links.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addLayout(links)
        return column

    def _add(self, tick: Tick) -> None:
        row = TickRow(tick.words, tick.below, on=tick.on)
        row.toggled.connect(self.changed)
        self._rows[tick.id] = row
        self.area.layout_of_content.addWidget(row)

    def _all(self, *, on: bool) -> None:
        for row in self._rows.values():
            if row.fits(self.search.text()):
                row.box.setChecked(on)

    def _filter(self) -> None:
        for row in self._rows.values():
            row.setVisible(row.fits(self.search.text()))
