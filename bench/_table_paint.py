"""Opening the list of employees as the clerk sees it: from a new table until its rows are painted, with the real threads."""

from __future__ import annotations

import os
import statistics
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from asn_desk.desk import Desk
from asn_desk.employees.queries import EmployeeFilter
from ui.employees.listing import COLUMNS, EmployeeSource
from ui.main import make_application
from ui.shared.bridge import Bridge
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.theme.theme import Theme

ROUNDS = 9
LONGEST_WAIT_MS = 20_000
SIZE = (1158, 690)
NOBODY = EmployeeFilter(unit_ids=(-1,))
EVERYBODY = EmployeeFilter()


@dataclass(frozen=True)
class Opening:
    """One opening in milliseconds: CPU and clock until the first paint of what was found, clock until all ids are there."""

    cpu: float
    wall: float
    whole: float


@dataclass(frozen=True)
class Seen:
    """Medians: rows painted to an empty table painted, the clock's milliseconds of each, memory, and steps of the wheel."""

    cpu_ratio: float
    wall_ratio: float
    full: float
    empty: float
    whole: float
    megabytes: float
    steps: list[float]


def measure(desk: Desk, folder: Path) -> Seen:
    """Open the table on nobody and on everybody by turns, and turn the wheel."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else make_application(["ASN Desk"])
    Theme(app, "light")
    bridge = Bridge(desk)
    for wanted in (NOBODY, EVERYBODY):
        _opened(bridge, folder, wanted)[0].close()
    pairs = [(_timed(bridge, folder, NOBODY), _timed(bridge, folder, EVERYBODY)) for _ in range(ROUNDS)]
    empty, full = ([pair[place] for pair in pairs] for place in (0, 1))
    megabytes, steps = _memory(bridge, folder), _wheel(desk, folder)
    bridge.close()
    return Seen(
        _median(full, "cpu") / _median(empty, "cpu"), _median(full, "wall") / _median(empty, "wall"),
        _median(full, "wall"), _median(empty, "wall"), _median(full, "whole"), megabytes, steps,
    )  # fmt: skip


def _timed(bridge: Bridge, folder: Path, wanted: EmployeeFilter) -> Opening:
    table, opening = _opened(bridge, folder, wanted)
    table.close()
    table.deleteLater()
    return opening


def _opened(bridge: Bridge, folder: Path, wanted: EmployeeFilter) -> tuple[RecordTable, Opening]:
    """Build the table, ask, and wait as the window does; the paint counts once the answer is in it."""
    loop = QEventLoop()
    cpu, wall = time.process_time(), time.perf_counter()
    model = PagedTableModel(bridge, EmployeeSource(wanted), COLUMNS)
    table = _Watched(model, folder, cpu, wall)
    model.setParent(table)
    table.set_empty_state(
        "people", "Belum ada pegawai", "Impor berkas data pegawai dari SIASN.", "Impor pegawai", loop.quit
    )
    table.resize(*SIZE)
    table.show()
    model.loaded.connect(lambda _count: loop.quit(), Qt.ConnectionType.QueuedConnection)
    model.refresh()
    QTimer.singleShot(LONGEST_WAIT_MS, loop, loop.quit)
    loop.exec()
    if table.painted is None:
        raise RuntimeError("the table was not painted")
    return table, Opening(*table.painted, _ms(time.perf_counter() - wall))


class _Watched(RecordTable):
    """The table of the window; `painted` says when (CPU and clock) it had painted what was found for the first time."""

    def __init__(self, model: PagedTableModel, folder: Path, cpu: float, wall: float) -> None:
        self.painted: tuple[float, float] | None = None
        self._answered, self._cpu, self._wall = False, cpu, wall
        super().__init__(model, name="bench", settings_file=folder / "bench.ini")
        model.modelReset.connect(self._answer)

    def _answer(self) -> None:
        self._answered = True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._answered and self.painted is None:
            self.painted = _ms(time.process_time() - self._cpu), _ms(time.perf_counter() - self._wall)


def _memory(bridge: Bridge, folder: Path) -> float:
    """Return the megabytes that the table on everybody keeps beyond one on nobody."""
    kept = []
    for wanted in (NOBODY, EVERYBODY):
        tracemalloc.start()
        table, _opening = _opened(bridge, folder, wanted)
        kept.append(tracemalloc.get_traced_memory()[0] / 1e6)
        tracemalloc.stop()
        table.close()
        table.deleteLater()
    return kept[1] - kept[0]


def _wheel(desk: Desk, folder: Path) -> list[float]:
    """Return the CPU milliseconds of steps down the list, each with its rows read and painted."""
    bridge = Bridge(desk, inline=True)
    model = PagedTableModel(bridge, EmployeeSource(EVERYBODY), COLUMNS)
    table = RecordTable(model, name="bench", settings_file=folder / "bench.ini")
    table.resize(*SIZE)
    table.show()
    model.refresh()

    def step(row: int) -> float:
        began = time.process_time()
        table.scrollTo(model.index(row, 0), table.ScrollHint.PositionAtTop)
        table.viewport().grab()
        return _ms(time.process_time() - began)

    steps = [step(row) for row in range(0, 3000, 15)]
    table.close()
    bridge.close()
    return steps


def _median(openings: list[Opening], figure: str) -> float:
    return float(statistics.median(getattr(one, figure) for one in openings))


def _ms(seconds: float) -> float:
    return seconds * 1000
