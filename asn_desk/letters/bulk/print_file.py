"""The print file of a batch: unit by unit with covers, streamed to disk, so that its size never has to fit into memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from asn_desk.database.file_store import FileStore, disk_problem
from asn_desk.letters.bulk.batch_cover import cover_docx
from asn_desk.letters.pdf.output.batch import BatchPdf
from asn_desk.letters.pdf.writer import PdfMeta
from asn_desk.wording import secrecy_words

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pile:
    """The letters of one unit: its bookmark, the lines of its cover, and the stored Word files in order."""

    bookmark: str
    cover: tuple[str, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True)
class PrintJob:
    """What goes into a print file, and where it is written; plain values, for any process.

    How secret it is stands in its properties and at the foot of the covers; the letters are printed as they were issued.
    """

    store: FileStore
    target: Path
    meta: PdfMeta
    piles: tuple[Pile, ...]


@dataclass(frozen=True)
class Printed:
    """The page (from 1) on which each letter begins, in order, and the number of pages."""

    firsts: tuple[int, ...]
    pages: int


def write_print_file(job: PrintJob, progress: Progress) -> Printed:
    """Write the file; on any trouble nothing is left. Raises DeskError("file_missing" | "file_changed"), EnvironmentProblem."""
    try:
        job.target.parent.mkdir(parents=True, exist_ok=True)
        with job.target.open("wb") as stream:
            pdf = BatchPdf(stream, job.meta)
            firsts = _add_piles(pdf, job, progress)
            pages = pdf.pages
            pdf.close()
    except OSError as error:
        job.target.unlink(missing_ok=True)
        raise disk_problem(error, job.target.parent) from error
    except BaseException:
        job.target.unlink(missing_ok=True)
        raise
    return Printed(tuple(firsts), pages)


def _add_piles(pdf: BatchPdf, job: PrintJob, progress: Progress) -> list[int]:
    stored, firsts = job.store, list[int]()
    foot = secrecy_words(job.meta.secrecy) if job.meta.secrecy else ""
    total = sum(len(pile.letters) for pile in job.piles)
    for pile in job.piles:
        pdf.add(cover_docx(pile.cover, foot), bookmark=pile.bookmark)
        for sha256 in pile.letters:
            firsts.append(pdf.add(stored.read(sha256)).first + 1)
            progress(len(firsts), total)
    return firsts
