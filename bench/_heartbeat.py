"""A beat in Qt's event loop: how long the window could not answer; run alone it is an idle window to compare with."""

from __future__ import annotations

import json
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

EVERY_MS, STALL = 5, 0.050


class Heartbeat(QObject):
    """Beats every 5 ms and keeps the gaps between beats, in seconds, that are longer than a frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def restart(self) -> None:
        """Forget what was so far."""
        self.gaps.clear()
        self._last = time.perf_counter()

    def stalls(self) -> list[float]:
        """Return the gaps over 50 ms, in seconds."""
        return sorted(gap for gap in self.gaps if gap > STALL)

    def _beat(self) -> None:
        now = time.perf_counter()
        if now - self._last > 2 * EVERY_MS / 1000:
            self.gaps.append(now - self._last)
        self._last = now


def main() -> None:
    """Beat until standard input ends, then print the gaps as JSON."""
    application = QCoreApplication(sys.argv)
    heart = Heartbeat(application)
    over = threading.Event()
    threading.Thread(target=_wait_for_end, args=(over,), daemon=True).start()
    look = QTimer(application, interval=20)
    look.timeout.connect(lambda: application.quit() if over.is_set() else None)
    look.start()
    application.exec()
    print(json.dumps(heart.gaps))


def _wait_for_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


if __name__ == "__main__":
    main()
