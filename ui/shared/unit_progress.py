"""The progress of a circular by OPD as bars, the one furthest behind first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.circulars.queries import UnitProgress
from ui.shared.panels import ScrollBody
from ui.shared.widgets import ProgressRow


class UnitRow(ProgressRow):
    """One OPD's bar; a click, Enter or the space bar chooses it when the list is choosable."""

    chosen = Signal()

    def __init__(self, *, choosable: bool) -> None:
        super().__init__()
        self._choosable = choosable
        if choosable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setToolTip("Tampilkan penerima OPD ini")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._choosable and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._choosable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class UnitProgressList(QWidget):
    """The bars, reusing their rows from one reading to the next so that nothing jumps."""

    chosen = Signal(object)

    def __init__(self, *, choosable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosable = choosable
        self._rows: list[UnitRow] = []
        self._units: list[UnitProgress] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollBody()
        self._list = self.area.layout_of_content
        self._list.setContentsMargins(16, 4, 16, 12)
        self._list.setSpacing(4)
        outer.addWidget(self.area)

    @property
    def units(self) -> list[UnitProgress]:
        """Return what is shown."""
        return list(self._units)

    def set_units(self, units: Sequence[UnitProgress], *, overdue: bool = False) -> None:
        """Show the OPDs in the order given; with `overdue` those not complete are marked late."""
        self._units = list(units)
        while len(self._rows) < len(units):
            self._add_row()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(units))
            if place < len(units):
                _show(row, units[place], overdue=overdue)

    def _add_row(self) -> None:
        row = UnitRow(choosable=self._choosable)
        row.chosen.connect(partial(self._on_chosen, len(self._rows)))
        self._rows.append(row)
        self._list.addWidget(row)

    def _on_chosen(self, place: int) -> None:
        self.chosen.emit(self._units[place].opd_id)


def _show(row: ProgressRow, unit: UnitProgress, *, overdue: bool) -> None:
    row.set(unit.name, unit.tally.done, unit.tally.total - unit.tally.left, tally_kind(unit.tally, overdue=overdue))


def tally_kind(tally: Any, *, overdue: bool) -> str:
    """Return the colour of a bar: done when everybody signed, late when the day has passed, else plain."""
    if tally.missing == 0:
        return "done"
    return "late" if overdue else "accent"
