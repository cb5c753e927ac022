"""A helping process: makes letters and print files for the program that started it, and ends when that program does."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters import papers
from asn_desk.letters.bulk.print_file import PrintJob, write_print_file
from asn_desk.letters.papers import PaperOrder
from asn_desk.letters.pdf.writer import PdfMeta
from asn_desk.letters.templates.template import CompiledTemplate, compile_template

_NICER = 5
_BELOW_NORMAL = 0x4000


@dataclass(frozen=True)
class Supply:
    """Bytes that several letters share, sent once: a picture, or with `label` a template."""

    key: str
    data: bytes
    label: str = ""


@dataclass(frozen=True)
class LetterJob:
    """One letter; template and pictures by the keys under which they were supplied."""

    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str | None]
    meta: PdfMeta


@dataclass(frozen=True)
class Ready:
    """The helper works."""


@dataclass(frozen=True)
class Refused:
    """What the clerk can act on, raised in the helper."""

    code: str
    sentence: str
    fields: Mapping[str, str]
    environment: bool

    def error(self) -> DeskError:
        """Return the error as it was raised."""
        if self.environment:
            return EnvironmentProblem(self.code, self.sentence)
        return DeskError(self.code, self.sentence, fields=dict(self.fields))


@dataclass(frozen=True)
class Failed:
    """A bug met in the helper, with its trace."""

    trace: str

    def error(self) -> RuntimeError:
        """Return it as an error of the program that asked."""
        return RuntimeError(f"a helping process failed: {self.trace}")


@dataclass(frozen=True)
class Step:
    """How far a print file is."""

    done: int
    total: int


@dataclass
class _Shelf:
    """What was supplied so far."""

    templates: dict[str, CompiledTemplate] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def keep(self, supply: Supply) -> None:
        if supply.label:
            self.templates[supply.key] = compile_template(supply.data, supply.label)
        else:
            self.pictures[supply.key] = supply.data


def serve(connection: Connection) -> None:
    """Answer one job after the other until the other side is gone."""
    _step_back()
    shelf = _Shelf()
    try:
        connection.send(Ready())
        while True:
            job = connection.recv()
            if isinstance(job, Supply):
                shelf.keep(job)
            else:
                connection.send(_answer(connection, shelf, job))
    except (EOFError, OSError):  # the program that wanted the letters has ended
        return


def _answer(connection: Connection, shelf: _Shelf, job: LetterJob | PrintJob) -> object:
    try:
        if isinstance(job, PrintJob):
            return write_print_file(job, lambda done, total: _report(connection, done, total))
        pictures = {name: shelf.pictures[key] if key else None for name, key in job.pictures.items()}
        return papers.make(PaperOrder(shelf.templates[job.template], job.data, pictures, job.meta))
    except DeskError as error:
        environment = isinstance(error, EnvironmentProblem)
        return Refused(error.code, error.sentence, dict(error.fields), environment)
    except (EOFError, BrokenPipeError, ConnectionError):
        raise
    except Exception:  # noqa: BLE001 - a bug: it is raised again in the program that asked
        return Failed(traceback.format_exc())


def _report(connection: Connection, done: int, total: int) -> None:
    connection.send(Step(done, total))


def _step_back() -> None:
    """Leave the keyboard's interrupt to the program itself, and let its window go first where there are few cores."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICER)
