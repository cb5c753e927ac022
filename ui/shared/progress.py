"""How long work reports: the worker's side (Progress), what the main thread hears (ProgressState), and the handle (Task)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

REPORTS_PER_SECOND = 20
MINIMUM_FOR_ESTIMATE = 0.02


class Cancelled(Exception):
    """The clerk cancelled; whatever was begun is rolled back by the transaction it happens in."""


@dataclass(frozen=True)
class ProgressState:
    """A moment of a running task: `total` 0 means unknown, `seconds_left` None means not yet guessable."""

    done: int
    total: int
    text: str
    seconds_left: float | None


class Progress:
    """Given to the work itself. Safe to call often: reports leave at most 20 times a second."""

    def __init__(self, report: Callable[[ProgressState], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._report = report
        self._clock = clock
        self._started = clock()
        self._last = -1.0
        self._cancel = Event()

    @property
    def cancelled(self) -> bool:
        """Return whether the clerk asked to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report or check."""
        self._cancel.set()

    def check(self) -> None:
        """Raise Cancelled when the clerk asked to stop."""
        if self.cancelled:
            raise Cancelled

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Report `done` of `total` steps. Raises Cancelled when the clerk asked to stop."""
        self.check()
        now = self._clock()
        if done < total and now - self._last < 1 / REPORTS_PER_SECOND:
            return
        self._last = now
        self._report(ProgressState(done, total, text, self._seconds_left(done, total, now)))

    def _seconds_left(self, done: int, total: int, now: float) -> float | None:
        if total <= 0 or done / total < MINIMUM_FOR_ESTIMATE:
            return None
        return (now - self._started) * (total - done) / done


class Task:
    """The handle of a running task."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.finished = False
        self._listeners: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` of the call is told when it has."""
        self._progress.cancel()

    def when_over(self, fn: Callable[[], None]) -> None:
        """Call `fn` on the main thread when the task ends in whatever way, before its own callbacks; at once if it has."""
        if self.finished:
            fn()
        else:
            self._listeners.append(fn)

    def over(self) -> None:
        """Mark the end; the bridge calls this."""
        self.finished = True
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener()
