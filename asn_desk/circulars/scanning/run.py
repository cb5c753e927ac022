"""Reading a folder of scans to its end: page by page on all cores, chunk by chunk into the database.

May be killed at any moment and run again: files are known by their bytes, pages by their number, and what is on record is
not read a second time.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars.scanning import intake, pixels
from asn_desk.circulars.scanning.intake import Pile, ReadPage
from asn_desk.circulars.scanning.readers import PageJob, Readers
from asn_desk.circulars.scanning.reading import PageReading
from asn_desk.database.file_store import disk_problem
from asn_desk.database.units import Units
from asn_desk.errors import DeskError, EnvironmentProblem

_LOG = logging.getLogger(__name__)
CHUNK = 24
_AHEAD = 40 * CHUNK  # pages handed to the readers at a time, so that a stopped run ends soon


@dataclass(frozen=True)
class Step:
    """How far a run is; `file` is the name of the file at work."""

    done: int
    total: int
    file: str


@dataclass(frozen=True)
class Refused:
    """A file that could not be taken in, and what to do."""

    file: str
    sentence: str


@dataclass(frozen=True)
class Ran:
    """What a run took in: the files' hashes (also of those on record), how many pages were new, and the refused files."""

    files: tuple[str, ...]
    new_pages: int
    refused: tuple[Refused, ...]


Report = Callable[[Step], None]


@dataclass(frozen=True)
class _Source:
    """A file that can be taken in: its bytes' hash, how many pages it has, which are on record, and its size and time."""

    path: Path
    sha256: str
    pages: int
    known: frozenset[int]
    stamp: tuple[int, int]


@dataclass(frozen=True)
class _Page:
    source: _Source
    page: int
    reading: PageReading


def scans_in(folder: Path) -> list[Path]:
    """Return the scanned files of a folder and its subfolders, by name. Raises DeskError("no_scans"), EnvironmentProblem."""
    if folder.is_file():
        return [folder]
    found = sorted(_scans_below(folder))
    if not found:
        raise DeskError("no_scans", f"Tidak ada berkas PDF, JPG, PNG, atau TIFF di folder {folder}. Pilih folder lain.")
    return found


def _scans_below(folder: Path) -> Iterator[Path]:
    """Yield the scans; a folder that cannot be looked into is told, for its pages would be missing."""
    for place, _, names in os.walk(folder, onerror=_refuse_folder):
        for name in names:
            file = Path(place, name)
            if file.suffix.lower() in pixels.SUFFIXES and not name.startswith("."):
                yield file


def _refuse_folder(error: OSError) -> None:
    raise _unreadable_folder(Path(error.filename)) from error


def _unreadable_folder(folder: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "folder_missing", f"Folder pindaian {folder} tidak dapat dibaca. Periksa foldernya, lalu ulangi."
    )


def read_scans(
    units: Units, paths: Sequence[Path], pile: Pile, report: Report | None = None, *, readers: int | None = None
) -> Ran:
    """Read all pages that are not on record yet, mark whom they show, and say what was taken in.

    `report(step)` hears of every chunk and may raise to stop between chunks; what was read stays. `readers` is the number
    of helping processes (None: one for each core). Raises DeskError("not_allowed" | "day"), EnvironmentProblem.
    """
    units.read(lambda session: require(session, Action.ACKNOWLEDGE))
    sources, refused = _looked_at(units, paths)
    jobs = [(source, page) for source in sources for page in range(1, source.pages + 1) if page not in source.known]
    total = sum(source.pages for source in sources)
    tell, new = report or _silent, 0
    tell(Step(total - len(jobs), total, ""))
    with closing(Readers(readers)) as crew:
        for chunk in _chunks(crew, jobs):
            new += units.write(partial(_take_in, chunk=chunk, pile=pile)).value
            tell(Step(total - len(jobs) + new, total, chunk[-1].source.path.name))
    return Ran(tuple(source.sha256 for source in sources), new, tuple(refused))


def _silent(_step: Step) -> None:
    return None


def _looked_at(units: Units, paths: Sequence[Path]) -> tuple[list[_Source], list[Refused]]:
    """Return the files that can be read, each content once, and those that cannot."""
    sources: dict[str, _Source] = {}
    refused: list[Refused] = []
    for path in paths:
        try:
            stamp = _stamp(path)
            pages = pixels.page_count(path)
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        except DeskError as error:
            refused.append(Refused(path.name, error.sentence))
        except OSError as error:
            _LOG.warning("a scanned file cannot be opened: %s", type(error).__name__)
            sentence = f"Berkas pindaian {path.name} tidak dapat dibuka. Periksa berkas itu, lalu ulangi."
            refused.append(Refused(path.name, sentence))
        else:
            sources.setdefault(sha256, _Source(path, sha256, pages, frozenset(), stamp))
    known = units.read(lambda session: intake.pages_on_record(session, list(sources)))
    return [replace(source, known=known.get(key, frozenset())) for key, source in sources.items()], refused


def _take_in(session: Session, chunk: Sequence[_Page], pile: Pile) -> int:
    """Record a chunk, file by file; each file is kept with its first page."""
    taken = 0
    for source, pages in groupby(chunk, lambda one: one.source):
        read = [ReadPage(one.page, one.reading) for one in pages]
        taken += intake.take_in(session, _file_id(session, source), read, pile)
    return taken


def _file_id(session: Session, source: _Source) -> int:
    known = intake.file_named(session, source.sha256)
    if known is not None:
        if source.path.exists() and _stamp(source.path) != source.stamp:  # its later pages would be another file's
            raise _changed(source)
        return known
    data = _unchanged(source)
    return intake.register(
        session, data, pixels.MEDIA_TYPES[source.path.suffix.lower()], source.path.name, source.pages
    )


def _unchanged(source: _Source) -> bytes:
    """Return the bytes as they were looked at: pages of a replaced file would be evidence of something else."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise disk_problem(error, source.path.parent) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise _changed(source)
    return data


def _changed(source: _Source) -> DeskError:
    return DeskError(
        "scan_changed", f"Berkas {source.path.name} berubah selagi dibaca. Tunggu pemindai selesai, lalu ulangi."
    )


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _chunks(crew: Readers, jobs: Sequence[tuple[_Source, int]]) -> Iterator[list[_Page]]:
    """Yield what was read, in order, in pieces that one transaction takes."""
    for start in range(0, len(jobs), _AHEAD):
        part = jobs[start : start + _AHEAD]
        readings = crew.read([PageJob(source.path, page) for source, page in part])
        read = (_Page(source, page, reading) for (source, page), reading in zip(part, readings, strict=True))
        while chunk := list(islice(read, CHUNK)):
            yield chunk
