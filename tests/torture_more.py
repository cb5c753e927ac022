"""The torture's longer acts, with helping processes, and what must stand after each: batches, scans, migrations."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.circulars.papers import slips
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.scanning import intake, run
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.model import Employee
from asn_desk.letters.bulk import batch_run, batches
from asn_desk.letters.bulk.batch_files import LIST_FILE, PRINT_FILE
from asn_desk.letters.terms import BatchState
from asn_desk.sample.practice import PRACTICE_DAY
from tests.core.scan_pile import feeder_pdf, printed
from tests.letters.batch_office import COMMAND

ROOT = Path(__file__).resolve().parents[1]
OLD_BACKUPS = sorted((ROOT / "tests" / "data" / "lama").glob("*.zip"))
BATCH_PEOPLE, BATCH_CHUNK = 12, 4
SLIP_PAGES, PAGES_A_FILE = 12, 3


def print_slips(desk: Desk, version_id: int, folder: Path) -> None:
    """Print slips of a circular, four to a page, and put them through the scanner: a few files of some pages."""
    stream = io.BytesIO()
    desk.read(lambda session: slips.slips_pdf(session, RecipientFilter(version_id), stream, covers=False))
    pages = [
        page.crop((0, row * page.height // 4, page.width, (row + 1) * page.height // 4))
        for page in printed(stream.getvalue())[: SLIP_PAGES // 4]
        for row in range(4)
    ]
    folder.mkdir()
    for start in range(0, len(pages), PAGES_A_FILE):
        (folder / f"pindai-{start:02d}.pdf").write_bytes(feeder_pdf(pages[start : start + PAGES_A_FILE]))


def unpack_old(folder: Path) -> None:
    """Lay the data folder of every released schema out as its program had left it."""
    for backup in OLD_BACKUPS:
        with zipfile.ZipFile(backup) as archive:
            archive.extractall(folder / backup.stem)


# --- acts ----------------------------------------------------------------------------------------------------------


def batch(desk: Desk, folder: Path, rng: Random) -> Iterator[str]:
    """Go on with the batch that an earlier life left, or begin one; a line for each chunk that was stored."""
    known = desk.read(batches.open_batch)
    if known is None:
        people = desk.read(lambda session: list(session.scalars(select(Employee.id).limit(200))))
        chosen = tuple(rng.sample(people, BATCH_PEOPLE))
        wanted = batches.StartBatch(COMMAND, chosen, folder / f"{time.time_ns()}")
        known = desk.write(lambda session: batches.start(session, wanted)).value
        yield f"batch {known} 0"
    batch_id: int = known
    desk.write(lambda session: batches.resume(session, batch_id))
    rows: list[batches.BatchRow] = []
    ran = batch_run.run(desk, batch_id, rows.append, chunk=BATCH_CHUNK, helpers=rng.choice((0, 2)))
    yield f"batch {batch_id} {ran.batch.issued + ran.batch.refused}"
    yield f"finished {batch_id} {ran.batch.folder}"


def scan(desk: Desk, folder: Path, rng: Random) -> Iterator[str]:
    """Read one file of scanned slips."""
    chosen = rng.choice(sorted(folder.iterdir()))
    ran = run.read_scans(desk, [chosen], intake.Pile(on=PRACTICE_DAY), readers=1)
    known = desk.read(lambda session: intake.pages_on_record(session, ran.files))
    for sha256 in ran.files:
        yield f"scan {sha256} {len(known[sha256])}"


def migrate(old: Path, fresh: Path, rng: Random) -> Iterator[str]:
    """Open an office of an older schema: its database is brought to this program's."""
    source = rng.choice(sorted(old.iterdir()))
    copy = fresh / f"{time.time_ns()}"
    unfinished = copy.with_name(f".{copy.name}")
    shutil.copytree(source, unfinished)
    unfinished.rename(copy)
    open_desk(copy, practice_day=PRACTICE_DAY).close()
    yield f"migrated {copy.name}"


# --- checks --------------------------------------------------------------------------------------------------------


def batches_broken(session: Session, confirmed: list[list[str]]) -> Iterator[str]:
    """Yield batches that stand before what was confirmed of them, and counts that their letters do not bear out."""
    rows = {row.id: row for row in batches.batch_rows(session)}
    for batch_id, done in ((int(words[0]), int(words[1])) for words in confirmed):
        row = rows.get(batch_id)
        if row is None or row.issued + row.refused < done:
            yield f"confirmed but gone: batch {batch_id} at {done}"


def copies_missing(session: Session, confirmed: list[list[str]]) -> Iterator[str]:
    """Yield what a finished batch's folder lacks: a copy for each letter, the print file and the list."""
    rows = {row.id: row for row in batches.batch_rows(session)}
    for words in confirmed:
        row = rows.get(int(words[0]))
        if row is None or row.state is not BatchState.DONE:
            yield f"confirmed but gone: finished batch {words[0]}"
            continue
        there = {file.name for file in row.folder.iterdir()}
        copies = len(list((row.folder / "surat").iterdir()))
        if not {PRINT_FILE, LIST_FILE} <= there or copies != row.issued:
            yield f"batch {row.id}: {copies} copies of {row.issued} letters, {sorted(there)}"


def pages_missing(session: Session, confirmed: list[list[str]]) -> Iterator[str]:
    """Yield scanned files of which fewer pages are on record than were confirmed."""
    known = intake.pages_on_record(session, [words[0] for words in confirmed])
    for sha256, pages in confirmed:
        if len(known.get(sha256, ())) < int(pages):
            yield f"confirmed but gone: scan {sha256} of {pages} pages"
