"""Helping processes that make the letters of a batch on all cores, while the window's own process keeps its hands free.

Numbers, records and files stay with the program; a helper gets plain values and returns the two files. A helper that dies
costs the chunk at work, never a letter or a number: the chunk's transaction is undone and the batch can go on.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol, TypeVar

from asn_desk.errors import EnvironmentProblem
from asn_desk.letters import papers
from asn_desk.letters.bulk import worker
from asn_desk.letters.bulk.print_file import Printed, PrintJob, Progress, write_print_file
from asn_desk.letters.papers import PaperOrder, Papers

ALONE_UP_TO = 30
"""A batch of so few letters is done before helpers would be ready."""
MOST_HELPERS = 8
"""Each helper needs some 70 MB; beyond this the database and the disk are what takes the time."""
_GOODBYE_SECONDS = 5
_LOG = logging.getLogger(__name__)
T = TypeVar("T")
_LOST = (
    "Proses pembantu cetak massal berhenti tiba-tiba, mungkin karena memori komputer habis. Surat yang sudah terbit aman. "
    "Tutup program lain, lalu lanjutkan cetak massal ini."
)


class Maker(Protocol):
    """Whoever makes letters and print files."""

    def make(self, orders: Iterable[PaperOrder]) -> Iterator[Papers]:
        """Yield the papers in the order of the orders. Raises, in its turn, what `papers.make` raises for an order."""

    def print_file(self, job: PrintJob, progress: Progress) -> Printed:
        """Write a print file. Raises as `write_print_file`, and what `progress` raises."""

    def close(self) -> None:
        """Let go of everything."""


class Alone:
    """Makes everything in this process."""

    def make(self, orders: Iterable[PaperOrder]) -> Iterator[Papers]:
        """Yield the papers one after the other."""
        return map(papers.make, orders)

    def print_file(self, job: PrintJob, progress: Progress) -> Printed:
        """Write a print file."""
        return write_print_file(job, progress)

    def close(self) -> None:
        """Nothing is held."""


class Workshop:
    """Makes letters in helping processes, which are started when first needed.

    Where no process can be started, the letters are made in this one. Raises EnvironmentProblem("helper_lost") when a helper
    ends while it works; the next call starts another.
    """

    def __init__(self, helpers: int) -> None:
        self._pool = ThreadPoolExecutor(helpers, thread_name_prefix="helper")
        self._idle: list[_Helper] = []
        self._lock = threading.Lock()
        self._cannot_start = False

    def make(self, orders: Iterable[PaperOrder]) -> Iterator[Papers]:
        """Yield the papers in order, while the helpers are already at the ones behind."""
        return self._pool.map(self._one, orders)

    def print_file(self, job: PrintJob, progress: Progress) -> Printed:
        """Write a print file in one helper; what `progress` raises ends that helper."""
        with self._helper() as helper:
            return write_print_file(job, progress) if helper is None else helper.print_file(job, progress)

    def close(self) -> None:
        """Let the helpers end."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        while self._idle:
            self._idle.pop().end()

    def _one(self, order: PaperOrder) -> Papers:
        with self._helper() as helper:
            return papers.make(order) if helper is None else helper.letter(order)

    @contextmanager
    def _helper(self) -> Iterator[_Helper | None]:
        """Lend an idle helper, a new one, or None; one that did not give its answer does not come back."""
        helper = self._free_helper()
        try:
            yield helper
        finally:
            if helper is not None and helper.usable:
                self._idle.append(helper)
            elif helper is not None:
                helper.end()

    def _free_helper(self) -> _Helper | None:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        if self._cannot_start:
            return None
        try:
            return _Helper()
        except (OSError, EOFError) as error:
            _LOG.warning("no helping process: %s", type(error).__name__)
            self._cannot_start = True
            return None


class _Helper:
    """One helping process, as this side sees it. `usable` is False while an answer is due or after the process was lost."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=worker.serve, args=(theirs,), daemon=True, name="asn-desk-surat"
        )
        self._supplied: set[str] = set()
        self.usable = False
        try:
            self._process.start()
        finally:
            theirs.close()
        self._greeted()

    def letter(self, order: PaperOrder) -> Papers:
        """Return the papers of an order."""
        template = order.template
        pictures = {name: _key(data) if data is not None else None for name, data in order.pictures.items()}
        job = worker.LetterJob(template.sha256, order.data, pictures, order.meta)
        with self._talk() as connection:
            self._supply(connection, worker.Supply(template.sha256, template.data, template.label))
            for name, key in pictures.items():
                self._supply(connection, worker.Supply(key or "", order.pictures[name] or b""))
            connection.send(job)
            answer = connection.recv()
        return self._result(answer, Papers)

    def print_file(self, job: PrintJob, progress: Progress) -> Printed:
        """Return where each letter begins in the print file."""
        try:
            with self._talk() as connection:
                connection.send(job)
                while isinstance(answer := connection.recv(), worker.Step):
                    progress(answer.done, answer.total)
        except BaseException:
            self.end()
            job.target.unlink(missing_ok=True)
            raise
        return self._result(answer, Printed)

    def end(self) -> None:
        """End the process: an idle one by itself, one at work at once."""
        idle, self.usable = self.usable, False
        self._ours.close()
        if not idle:
            self._process.terminate()
        self._process.join(_GOODBYE_SECONDS)

    def _greeted(self) -> None:
        try:
            self._ours.recv()
        except (EOFError, OSError):
            self.end()
            raise
        self.usable = True

    @contextmanager
    def _talk(self) -> Iterator[Connection[Any, Any]]:
        self.usable = False
        try:
            yield self._ours
        except (EOFError, OSError) as error:
            raise EnvironmentProblem("helper_lost", _LOST) from error
        self.usable = True

    def _supply(self, connection: Connection[Any, Any], supply: worker.Supply) -> None:
        if supply.key and supply.key not in self._supplied:
            connection.send(supply)
            self._supplied.add(supply.key)

    def _result(self, answer: object, wanted: type[T]) -> T:
        if isinstance(answer, worker.Refused | worker.Failed):
            raise answer.error()
        assert isinstance(answer, wanted)
        return answer


def workshop_for(letters: int, helpers: int | None = None) -> Maker:
    """Return who makes a batch of so many letters: this process for a few, else one helper for each core (or `helpers`)."""
    if helpers == 0 or (helpers is None and letters <= ALONE_UP_TO):
        return Alone()
    return Workshop(min(helpers or cores(), MOST_HELPERS))


def cores() -> int:
    """Return the number of cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
