"""One scan with the USB scanner on the page Pindai: from the scanner's Enter until the answer is painted."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from asn_desk.desk import Desk
from ui.main import make_application
from ui.scan.page import ScanPage
from ui.shared.bridge import Bridge
from ui.shared.page import PageContext
from ui.shared.theme.theme import Theme

REST_MS = 60
READING_THREADS = 2
LONGEST_WAIT_MS = 10_000
SIZE = (1158, 740)


@dataclass(frozen=True)
class Painted:
    """The 95th percentiles in milliseconds: by the clock on the wall, and of the program's own CPU time until the paint."""

    wall: float
    cpu: float


def scan_painted(desk: Desk, codes: Sequence[str]) -> Painted:
    """Scan these codes one after the other, as far apart as a quick clerk does, with the real threads of the bridge."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else make_application(["ASN Desk"])
    bridge = Bridge(desk)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = ScanPage(page_context(bridge, Theme(app, "light"), Path(folder)), play=lambda _kind: None)
        bridge.changed.connect(lambda _topics: page.reload())
        page.resize(*SIZE)
        page.show()
        page.reload()
        _rest(LONGEST_WAIT_MS // 5)
        times = [_one(page, code) for code in codes]
        page.close()
    bridge.close()
    page.deleteLater()
    first_ones_left_out = times[3:]
    return Painted(*(_p95([pair[place] for pair in first_ones_left_out]) for place in (0, 1)))


def _one(page: ScanPage, code: str) -> tuple[float, float]:
    """Return the milliseconds from Enter to the painted card: wall and CPU."""
    view, loop, found = page.scanner, QEventLoop(), []
    wall, cpu = 0.0, 0.0

    def painted(_mark: object) -> None:
        view.card.repaint()
        found.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
        loop.quit()

    view.feeder.marked.connect(painted)
    view.field.setText(code)
    wall, cpu = time.perf_counter(), time.process_time()
    view.field.enter()
    if not found:
        QTimer.singleShot(LONGEST_WAIT_MS, loop.quit)
        loop.exec()
    view.feeder.marked.disconnect(painted)
    _quiet(page)
    if not found:
        raise RuntimeError("a scan got no answer")
    return found[0]


def _quiet(page: ScanPage) -> None:
    """Wait until the lists behind the last result have been read again: a clerk is slower than that."""
    for _ in range(READING_THREADS + 1):
        _answered(page)
    _rest(REST_MS)


def _answered(page: ScanPage) -> None:
    loop = QEventLoop()
    page.bridge.read(page, lambda _session: None, lambda _none: loop.quit())
    loop.exec()


def _rest(milliseconds: int) -> None:
    """Let the window do what it has to do."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def page_context(bridge: Bridge, theme: Theme, folder: Path, today: Callable[[], date] = date.today) -> PageContext:
    """Return what a page gets from the window, with a window that does nothing."""

    def nothing(*_values: Any) -> None:
        return None

    return PageContext(
        bridge=bridge, settings_file=folder / "jendela.ini", paths=None, today=today, navigate=nothing, toast=nothing,
        open_search=nothing, practice=False, enter_practice=nothing, leave_practice=nothing, theme=theme,
        desk_info=lambda: bridge.desk, user=lambda: "Ukur", work_as=nothing, everything_changed=nothing,
    )  # fmt: skip
