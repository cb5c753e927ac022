"""Cetak massal in the real window: does it stay usable (no stall over 50 ms), and how many letters a second are made?

The practice office is opened as a clerk opens it; a batch of letters runs in the dialog "Cetak massal" while a timer beats in
the window's event loop. An idle window in a process of its own beats at the same time: its stalls are those of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench._heartbeat import STALL, Heartbeat

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.main import Program

FIELDS = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
    "diterima.tanggal_surat": "2024-09-06",
}


@dataclass(frozen=True)
class Run:
    """One batch in the window: seconds of issuing and of the print file, and the window's and an idle window's long gaps."""

    helpers: int | None
    issuing: float
    completing: float
    cpu: float
    gaps: list[float]
    idle_gaps: list[float]


class Watched:
    """Runs one batch in an open program and measures it."""

    def __init__(self, program: Program, application: QObject, letters: int, folder: Path) -> None:
        self._program, self._application = program, application
        self._letters, self._folder = letters, folder

    def run(self, helpers: int | None) -> Run:
        """Make the letters with that many helping processes (None: one for each core)."""
        from asn_desk.letters.bulk import workshop
        from ui.letters import batch_run

        made = workshop.workshop_for
        setattr(batch_run, "workshop_for", lambda count: made(count, helpers))  # noqa: B010 - the window itself has no such choice
        folder = self._folder / f"{helpers}"
        batch_id = self._started(folder)
        idle = subprocess.Popen(
            [sys.executable, "-m", "bench._heartbeat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            times, gaps, cpu = self._watch(batch_id)
        finally:
            idle_gaps = json.loads(idle.communicate("", timeout=30)[0])
        assert len(list((folder / "surat").iterdir())) == self._letters
        return Run(helpers, *times, cpu, gaps, idle_gaps)

    def _started(self, folder: Path) -> int:
        from asn_desk.employees.queries import EmployeeFilter, employee_ids
        from asn_desk.letters.bulk import batches
        from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
        from asn_desk.letters.service import IssueLetter

        desk = self._program.bridge.desk
        people = desk.read(lambda session: employee_ids(session, EmployeeFilter()))[: self._letters]
        command = IssueLetter(RESIGNATION_RECEIPT, desk.clock.today(), data=FIELDS)
        wanted = batches.StartBatch(replace(command), tuple(people), folder)
        number: int = desk.write(lambda session: batches.start(session, wanted)).value
        return number

    def _watch(self, batch_id: int) -> tuple[tuple[float, float], list[float], float]:
        from asn_desk.letters.terms import BatchState

        window = self._program.window
        assert window is not None
        window.open_page("letters")
        wait(0.5)
        heart = Heartbeat(self._application)
        began, cpu = time.perf_counter(), time.process_time()
        page: Any = window.current_page()
        page._run_batch(batch_id)
        dialog = page._run
        wait_until(lambda: _unrefused(dialog) and dialog._row is not None and not dialog._row.waiting)
        issued = time.perf_counter()
        wait_until(lambda: _unrefused(dialog) and dialog._row.state is BatchState.DONE and not dialog.running)
        wait(0.3)
        done, used, gaps = time.perf_counter() - 0.3, time.process_time() - cpu, list(heart.gaps)
        heart.deleteLater()
        dialog.accept()
        return (issued - began, done - issued), gaps, used


def _unrefused(dialog: Any) -> bool:
    if not dialog.problem.isHidden():
        sys.exit(f"The batch was refused: {dialog.problem.text_label.text()}")
    return True


def wait(seconds: float) -> None:
    """Let the event loop run for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def wait_until(true: Any) -> None:
    """Let the event loop run until something is true."""
    while not true():
        wait(0.05)


def show(runs: Sequence[Run], letters: int) -> None:
    """Print the table."""
    print(
        f"{letters} letters in the window   letters/s  print file s  main CPU s   stalls > 50 ms   longest ms   idle window"
    )
    for run in runs:
        stalls = [gap for gap in run.gaps if gap > STALL]
        idle = [gap for gap in run.idle_gaps if gap > STALL]
        longest = max(run.gaps, default=0.0) * 1000
        idle_longest = max(run.idle_gaps, default=0.0) * 1000
        name = "one for each core" if run.helpers is None else f"{run.helpers}"
        print(
            f"helpers: {name:<18} {letters / run.issuing:9.1f} {run.completing:13.1f} {run.cpu:11.1f} "
            f"{len(stalls):16d} {longest:12.0f}   {len(idle)} ({idle_longest:.0f} ms)"
        )


def main() -> int:
    """Measure and print; 1 when the window stalled although an idle window did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--helpers", default="cores", help="comma-separated: 0, 1, 2, ..., cores")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    runs = [None if word == "cores" else int(word) for word in chosen.helpers.split(",")]
    found = measured(chosen.letters, runs)
    show(found, chosen.letters)
    last = found[-1]
    return int(max(last.gaps, default=0.0) > max(STALL, *last.idle_gaps, 0.0))


def measured(letters: int, helpers: Sequence[int | None]) -> list[Run]:
    """Open the practice office and run a batch for each number of helpers."""
    from asn_desk.paths import APP_NAME
    from ui.main import Program, make_application

    application = make_application([APP_NAME])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        program = Program(application, Path(name) / "data")
        program.open(practice=True)
        wait_until(lambda: program.ready)
        wait(1.0)
        watched = Watched(program, application, letters, Path(name) / "hasil")
        try:
            return [watched.run(count) for count in helpers]
        finally:
            program.shut_down()


if __name__ == "__main__":
    sys.exit(main())
