"""The right column: which circular is being collected, how far it is, and how far each OPD is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.wording import long_date, number
from ui.shared.bridge import Bridge
from ui.shared.unit_progress import UnitProgressList, tally_kind
from ui.shared.widgets import Choice, EmptyState, FilterChip, Panel, ProgressRow, label, rule


class ProgressPanel(Panel):
    """Shows the chosen circular; with several running ones a chip chooses, and a scan for another one switches to it."""

    chosen = Signal(object)

    def __init__(self, bridge: Bridge, open_circulars: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__("Kemajuan edaran", padding=0, parent=parent)
        self._bridge = bridge
        self._running: list[CircularRow] = []
        self._version_id: int | None = None
        self._build(open_circulars)

    @property
    def current(self) -> CircularRow | None:
        """Return the circular shown, None while none is running."""
        return next((row for row in self._running if row.version_id == self._version_id), None)

    def reload(self) -> None:
        """Read the running circulars and the progress of the one shown."""
        wanted = self._version_id
        self._bridge.read(self, lambda session: _read(session, wanted), self._show)

    def switch_to(self, version_id: int) -> None:
        """Show another circular."""
        if version_id != self._version_id:
            self._version_id = version_id
            self.reload()

    def _build(self, open_circulars: Callable[[], None]) -> None:
        self.chip = FilterChip("Nomor", [Choice(None, "–")])
        self.chip.setAccessibleName("Edaran yang ditampilkan")
        self.chip.chosen.connect(self.switch_to)
        self._facts = QWidget()
        facts = QVBoxLayout(self._facts)
        facts.setContentsMargins(16, 0, 16, 10)
        facts.setSpacing(4)
        self.subject = label("", wrap=True)
        self.due = label("", role="secondary")
        self.total = ProgressRow()
        facts.addWidget(self.subject)
        facts.addWidget(self.due)
        facts.addWidget(self.total)
        self.units = UnitProgressList()
        self.empty = EmptyState(
            "megaphone", "Belum ada edaran berjalan", "Terbitkan edaran lebih dulu, lalu lembarnya dapat dipindai di sini.",
            "Buka Edaran", open_circulars,
        )  # fmt: skip
        self._rule = rule()
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 0, 16, 8)
        chips.addWidget(self.chip)
        chips.addStretch(1)
        self.body.addLayout(chips)
        for part in (self._facts, self._rule, self.units, self.empty):
            self.body.addWidget(part)
        self.body.setSpacing(0)
        self._show_nothing(nothing=True)

    def _show(self, found: tuple[list[CircularRow], int | None, list[UnitProgress]]) -> None:
        self._running, self._version_id, units = found
        current = self.current
        self._show_nothing(nothing=current is None)
        if current is not None:
            self._fill(current, units)
        self.chip.set_choices(
            [Choice(row.version_id, row.number or row.subject) for row in self._running] or [Choice(None, "–")]
        )
        self.chip.set_value(self._version_id)
        self.chip.setVisible(len(self._running) > 1)
        self.chosen.emit(current)

    def _fill(self, current: CircularRow, units: Sequence[UnitProgress]) -> None:
        tally = current.tally
        self.subject.setText(current.subject)
        self.due.setText(" · ".join(_facts(current)))
        self.total.set(
            f"Semua OPD, {tally.percent} %",
            tally.done,
            tally.total - tally.left,
            tally_kind(tally, overdue=current.overdue),
        )
        self.units.set_units(units, overdue=current.overdue)

    def _show_nothing(self, *, nothing: bool) -> None:
        self.empty.setVisible(nothing)
        for part in (self._facts, self._rule, self.units):
            part.setVisible(not nothing)
        if nothing:
            self.chip.hide()


def _facts(row: CircularRow) -> list[str]:
    due = [f"{'lewat batas' if row.overdue else 'kembali paling lambat'} {long_date(row.due_on)}"] if row.due_on else []
    return [f"Nomor {row.number}", *due, f"{number(row.tally.missing)} belum"]


def _read(session: Any, wanted: int | None) -> tuple[list[CircularRow], int | None, list[UnitProgress]]:
    running = queries.running(session)
    known = [row.version_id for row in running]
    version_id = wanted if wanted in known else next(iter(known), None)
    units = queries.progress_by_unit(session, version_id) if version_id is not None else []
    return running, version_id, units
