"""The bridge between the window and the core: work runs off the UI thread, results come back as calls on it.

One thread writes, two read, two do long work without writing. Callbacks and their owners never leave the main thread:
a worker knows a call only by its ticket, so no widget can be released on a foreign thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from asn_desk.errors import DeskError
from ui.shared.progress import Cancelled, Progress, ProgressState, Task

T = TypeVar("T")
Callback = Callable[[Any], None]
Failed = Callable[[DeskError], None]
_THREADS = {"read": 2, "write": 1, "task": 2}


class DeskLike(Protocol):
    """What the bridge needs of a desk."""

    def read(self, fn: Callable[[Any], T], /) -> T:
        """Run `fn` in a unit of work that stores nothing."""

    def write(self, fn: Callable[[Any], T], /) -> Any:
        """Run `fn` in one transaction and return its value with the topics touched."""


@dataclass
class _Call:
    owner: QObject
    lane: str
    run: Callable[[DeskLike | None], object] | None
    done: Callback | None
    failed: Failed | None
    needs_desk: bool = True
    task: Task | None = None
    progress: Callable[[ProgressState], None] | None = None
    cancelled: Callable[[], None] | None = None


class Bridge(QObject):
    """Hands work to the desk. Without a desk, calls wait until `attach`."""

    changed = Signal(object)
    refused = Signal(object)
    crashed = Signal(object)
    _arrived = Signal()

    def __init__(self, desk: DeskLike | None = None, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inline = inline
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._calls: dict[int, _Call] = {}
        self._waiting: list[int] = []
        self._results: deque[Callable[[], None]] = deque()
        self._next_ticket = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def desk(self) -> Any:
        """Return the attached desk, or None before it is open."""
        return self._desk

    def attach(self, desk: DeskLike) -> None:
        """Give the bridge its desk and start what waited for it."""
        self._desk = desk
        waiting, self._waiting = self._waiting, []
        for ticket in waiting:
            self._start(ticket)

    def read(
        self, owner: QObject, fn: Callable[[Any], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Run `fn(session)` on a reading thread, then `done(value)` on the main thread unless `owner` was deleted."""
        self._submit(_Call(owner, "read", lambda desk: _open(desk).read(fn), done, failed))

    def write(
        self, owner: QObject, fn: Callable[[Any], object], done: Callback | None = None, failed: Failed | None = None
    ) -> None:
        """Run `fn(session)` in one transaction, then `done(outcome)`; pages hear `changed(topics)` in any case."""
        self._submit(_Call(owner, "write", lambda desk: _open(desk).write(fn), done, failed))

    def task(
        self,
        owner: QObject,
        fn: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        progress: Callable[[ProgressState], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run long work that needs no database; `progress` hears at most 20 states a second."""
        call = _Call(owner, "task", None, done, failed, needs_desk=False, progress=progress, cancelled=cancelled)
        return self._submit_task(call, lambda _desk, report: fn(report))

    def read_task(
        self,
        owner: QObject,
        fn: Callable[[Any, Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        progress: Callable[[ProgressState], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run long reading, `fn(session, progress)`."""
        call = _Call(owner, "task", None, done, failed, progress=progress, cancelled=cancelled)
        return self._submit_task(call, lambda desk, report: _open(desk).read(lambda session: fn(session, report)))

    def write_task(
        self,
        owner: QObject,
        fn: Callable[[Any, Progress], object],
        done: Callback | None,
        failed: Failed | None = None,
        progress: Callable[[ProgressState], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run a long write in one transaction, `fn(session, progress)`; a cancel rolls all of it back."""
        call = _Call(owner, "write", None, done, failed, progress=progress, cancelled=cancelled)
        return self._submit_task(call, lambda desk, report: _open(desk).write(lambda session: fn(session, report)))

    def soon(self, owner: QObject, fn: Callable[[], None]) -> None:
        """Run `fn` on the main thread after what is due there now, painting above all, unless `owner` was deleted."""
        if self._inline:
            fn()
        else:
            QTimer.singleShot(0, owner, fn)

    def cancel_tasks(self) -> None:
        """Ask all long work to stop: somebody else works from now on."""
        for call in self._calls.values():
            if call.task is not None:
                call.task.cancel()

    def close(self) -> None:
        """Finish the writes that were begun, drop waiting reads, and let the threads end. Results are not delivered any more."""
        self._closed = True
        self.cancel_tasks()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane != "write")
        self._pools.clear()
        self._calls.clear()
        self._results.clear()

    def _submit_task(self, call: _Call, run: Callable[[DeskLike | None, Progress], object]) -> Task:
        ticket = self._next_ticket
        progress = Progress(lambda state: self._hand_over(lambda: self._report(ticket, state)))
        call.task = Task(progress)
        call.run = lambda desk: run(desk, progress)
        self._submit(call)
        return call.task

    def _submit(self, call: _Call) -> None:
        if self._closed:
            return
        ticket = self._next_ticket
        self._next_ticket += 1
        self._calls[ticket] = call
        if call.needs_desk and self._desk is None:
            self._waiting.append(ticket)
        else:
            self._start(ticket)

    def _start(self, ticket: int) -> None:
        if self._inline:
            self._work(ticket)
            return
        lane = self._calls[ticket].lane
        if lane not in self._pools:
            self._pools[lane] = ThreadPoolExecutor(_THREADS[lane], thread_name_prefix=f"desk-{lane}")
        self._pools[lane].submit(self._work, ticket)

    def _work(self, ticket: int) -> None:
        """Run one call; on a worker thread. Everything it hands over is released here before the main thread is woken."""
        run = self._calls[ticket].run
        value: object = None
        failure: BaseException | None = None
        try:
            value = run(self._desk) if run is not None else None
        except BaseException as error:  # noqa: BLE001 - delivered to the main thread, which tells refusals from bugs
            failure = error
        del run
        self._hand_over(_Result(self, ticket, value, failure))

    def _hand_over(self, result: Callable[[], None]) -> None:
        self._results.append(result)
        del result
        if self._inline:
            self._deliver()
        elif not self._closed:
            self._arrived.emit()

    def _deliver(self) -> None:
        while self._results:
            self._results.popleft()()

    def _report(self, ticket: int, state: ProgressState) -> None:
        call = self._calls.get(ticket)
        if call is not None and call.progress is not None and isValid(call.owner):
            call.progress(state)

    def settle(self, ticket: int, value: object, failure: BaseException | None) -> None:
        """Bring one call to its end on the main thread."""
        call = self._calls.pop(ticket, None)
        if call is None:
            return
        if call.task is not None:
            call.task.over()
        alive = isValid(call.owner)
        if failure is not None:
            self._fail(call, failure, alive=alive)
            return
        if alive and call.done is not None:
            call.done(value)
        if call.lane == "write":
            self.changed.emit(getattr(value, "topics", frozenset()))

    def _fail(self, call: _Call, failure: BaseException, *, alive: bool) -> None:
        if isinstance(failure, Cancelled):
            if alive and call.cancelled is not None:
                call.cancelled()
        elif not isinstance(failure, DeskError):
            self.crashed.emit(failure)
        elif alive and call.failed is not None:
            call.failed(failure)
        elif alive or call.lane == "write":
            self.refused.emit(failure)


class _Result:
    """One finished call on its way to the main thread."""

    def __init__(self, bridge: Bridge, ticket: int, value: object, failure: BaseException | None) -> None:
        self._parts = (bridge, ticket, value, failure)

    def __call__(self) -> None:
        bridge, ticket, value, failure = self._parts
        bridge.settle(ticket, value, failure)


def _open(desk: DeskLike | None) -> DeskLike:
    assert desk is not None, "calls that need a desk wait for attach()"
    return desk
