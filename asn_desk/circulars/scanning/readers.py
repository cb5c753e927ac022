"""Helping processes that look at scanned pages on all cores.

A file from outside may end or hang the code that draws it. So pages are drawn and read in processes of their own: one
that dies or does not answer costs its page a place in the tray, never the program.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from asn_desk.circulars.scanning import pixels
from asn_desk.circulars.scanning.reading import PageReading, read_page
from asn_desk.errors import DeskError

MOST_READERS = 8
PAGE_SECONDS = 90.0
"""No page of a feeder takes this long, even on a slow PC; a crafted one may."""
_START_SECONDS = 60.0
_GOODBYE_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageJob:
    """One page of one file, counted from 1."""

    path: Path
    page: int


def serve(connection: Connection[Any, Any]) -> None:
    """Read one page after the other until the other side is gone."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    pages: pixels.Pages | None = None
    try:
        connection.send(None)
        while True:
            job: PageJob = connection.recv()
            if pages is None or pages.source != job.path:
                if pages is not None:
                    pages.close()
                pages = pixels.Pages(job.path)
            connection.send(_read(pages, job.page))
    except (EOFError, OSError):  # the program that wanted the pages has ended
        return


def _read(pages: pixels.Pages, page: int) -> PageReading:
    try:
        return read_page(lambda dpi: pages.picture(page, dpi), pixels.DPI, pixels.CLOSE_DPI)
    except (DeskError, OSError, MemoryError):  # told for this page alone; the file itself was looked at before
        return PageReading(broken=True)


class Readers:
    """So many helping processes; `read` keeps the order of the jobs. Where none can be started, this process reads."""

    def __init__(self, count: int | None = None) -> None:
        self._count = min(count or _cores(), MOST_READERS)
        self._pool = ThreadPoolExecutor(self._count, thread_name_prefix="pages")
        self._free: SimpleQueue[_Reader | None] = SimpleQueue()
        for _ in range(self._count):
            self._free.put(None)

    def read(self, jobs: Sequence[PageJob]) -> Iterator[PageReading]:
        """Yield what stands on each page."""
        return self._pool.map(self._one, jobs)

    def close(self) -> None:
        """Let the processes end."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        while not self._free.empty():
            reader = self._free.get()
            if reader is not None:
                reader.end()

    def _one(self, job: PageJob) -> PageReading:
        reader = self._free.get() or _started()
        try:
            if reader is None:
                return _here(job)
            return reader.read(job)
        finally:
            self._free.put(reader if reader is not None and reader.usable else None)


def _here(job: PageJob) -> PageReading:
    pages = pixels.Pages(job.path)
    try:
        return _read(pages, job.page)
    finally:
        pages.close()


class _Reader:
    """One helping process, as this side sees it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True, name="asn-desk-pindai")
        try:
            self._process.start()
        finally:
            theirs.close()
        self.usable = self._ours.poll(_START_SECONDS)
        if not self.usable:
            self.end()
            raise OSError("a helping process did not start")
        self._ours.recv()

    def read(self, job: PageJob) -> PageReading:
        """Return what stands on the page; a page that kills or stops the process counts as broken."""
        try:
            self._ours.send(job)
            answer: PageReading | None = self._ours.recv() if self._ours.poll(PAGE_SECONDS) else None
        except (EOFError, OSError) as error:  # the process is gone: the page it was at is the reason
            _LOG.warning("a helping process ended: %s", type(error).__name__)
            answer = None
        return answer if answer is not None else self._given_up(job)

    def _given_up(self, job: PageJob) -> PageReading:
        _LOG.warning("a page stopped its helping process: page %d", job.page)
        self.usable = False
        self.end()
        return PageReading(broken=True)

    def end(self) -> None:
        """End the process: an idle one by itself, one at work at once."""
        self._ours.close()
        if not self.usable:
            self._process.kill()
        self._process.join(_GOODBYE_SECONDS)


def _started() -> _Reader | None:
    try:
        return _Reader()
    except (OSError, EOFError) as error:
        _LOG.warning("no helping process: %s", type(error).__name__)
        return None


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
