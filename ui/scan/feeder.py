"""Takes scanned codes one after the other: each is its own transaction, so each can be undone by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from asn_desk.circulars import service
from asn_desk.errors import DeskError
from ui.shared.bridge import Bridge


class Feeder(QObject):
    """Tells `marked(Mark)` or `refused(DeskError)` per code, `advanced(done, total)` on the way, `emptied` at the end."""

    marked = Signal(object)
    refused = Signal(object)
    advanced = Signal(int, int)
    emptied = Signal()

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waiting: deque[tuple[str, date | None]] = deque()
        self._busy = False
        self._pumping = False
        self._done = 0
        bridge.crashed.connect(self._on_crashed)

    @property
    def busy(self) -> bool:
        """Return whether codes are waiting or being recorded."""
        return self._busy or bool(self._waiting)

    def feed(self, codes: Sequence[str], on: date | None = None) -> None:
        """Take these codes too; `on` is the day of the signatures, None for today."""
        self._waiting.extend((code, on) for code in codes)
        self._pump()

    def stop(self) -> None:
        """Forget the codes still waiting; what was recorded stays."""
        self._waiting.clear()
        if not self._busy:
            self._finish()

    def _pump(self) -> None:
        if self._pumping:
            return
        self._pumping = True
        while self._waiting and not self._busy:
            self._busy = True
            code, on = self._waiting.popleft()
            self._record(code, on)
        self._pumping = False
        if not self.busy and self._done:
            self._finish()

    def _record(self, code: str, on: date | None) -> None:
        def work(session: Any) -> service.Mark:
            return service.acknowledge_code(session, code, on)

        self._bridge.write(self, work, lambda outcome: self._settle(self.marked, outcome.value), self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self._settle(self.refused, error)

    def _settle(self, signal: Any, value: object) -> None:
        self._busy = False
        self._done += 1
        self.advanced.emit(self._done, self._done + len(self._waiting))
        signal.emit(value)
        self._pump()

    def _finish(self) -> None:
        self._done = 0
        self.emptied.emit()

    def _on_crashed(self, _error: object) -> None:
        """Stop rather than go on with the pile: the crash dialog tells what happened."""
        if self._busy:
            self._busy = False
            self.stop()
