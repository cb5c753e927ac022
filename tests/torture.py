"""Kill the program at random moments while it works, and look whether anything that it had confirmed is gone.

    python3 dev.py torture --kills 200 [--seed 7]

A worker process does office work on a data folder: imports, letters with numbers, batches and scans with their helping
processes, acknowledgements, backups, restores, first openings and migrations of older offices. It writes a line to a log
(synced) only after `Desk.write` returned. SIGKILL ends it at a random moment; then the folder is opened again and every
promise is checked. A kill is no power cut: what the system had taken stays.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.circulars import service as circulars
from asn_desk.circulars.model import Recipient
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.backups import backup as backups
from asn_desk.database.backups import keeping
from asn_desk.database.files import StoredFile
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.model import ImportRun
from asn_desk.errors import DeskError
from asn_desk.letters import service as letters
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR
from asn_desk.letters.model import Letter, NumberSeries, RegisterEntry
from asn_desk.letters.numbers import numbering
from asn_desk.paths import DataPaths
from asn_desk.sample.office import office_identity
from asn_desk.sample.people import generate
from asn_desk.sample.practice import PEOPLE, PRACTICE_DAY, set_up
from asn_desk.sample.workbook import write_workbook
from tests import torture_more

PER_FOLDER = 20
"""After so many kills the work begins again on a fresh folder, so that checking everything stays fast."""
LONGEST_LIFE = 0.9
LONG_LIFE = 4.0
"""One life in so many is longer, so that acts with helping processes are met in their middle and at their end."""
LONG_EVERY = 4
PATIENCE = 60.0
"""How long helping processes may live on after their program was killed, in seconds: one may be loading its modules."""
BOOKS = (("a.xlsx", 500, 1), ("b.xlsx", 500, 2), ("c.xlsx", 600, 1))
SUBJECT = "Netralitas Pegawai Aparatur Sipil Negara"


@dataclass(frozen=True)
class Ground:
    """The folders of one torture run: the untouched office to start from, and where the work happens."""

    root: Path

    @property
    def base(self) -> Path:
        """Return the office that every round starts from."""
        return self.root / "awal"

    @property
    def office(self) -> Path:
        """Return the office that is worked in."""
        return self.root / "kantor"

    @property
    def second(self) -> Path:
        """Return the office that backups are restored to."""
        return self.root / "pulih"

    @property
    def fresh(self) -> Path:
        """Return the folder of new offices, each opened for the first time by the worker."""
        return self.root / "baru"

    @property
    def scans(self) -> Path:
        """Return the folder of scanned slips."""
        return self.root / "pindaian"

    @property
    def old(self) -> Path:
        """Return the offices that older programs left."""
        return self.root / "lama"

    @property
    def prints(self) -> Path:
        """Return where batches put their copies."""
        return self.root / "cetak"

    @property
    def log(self) -> Path:
        """Return the log of what the worker began and what it confirmed."""
        return self.root / "pengesahan.txt"

    def book(self, name: str) -> Path:
        """Return one of the workbooks to import."""
        return self.root / name


@dataclass
class Tally:
    """What a run saw; `failures` must stay empty."""

    kills: int = 0
    confirmed: Counter[str] = field(default_factory=Counter)
    interrupted: Counter[str] = field(default_factory=Counter)
    temporary: int = 0
    set_aside: int = 0
    slowest_opening: float = 0.0
    failures: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Return the summary."""
        yield f"kills                 {self.kills}"
        yield f"confirmed acts        {self.confirmed.total()}  {dict(sorted(self.confirmed.items()))}"
        yield f"killed while at       {dict(sorted(self.interrupted.items()))}"
        yield f"left-overs cleared    {self.temporary} temporary, {self.set_aside} stored files without a record"
        yield f"slowest opening       {self.slowest_opening:.2f} s"
        yield f"failures              {len(self.failures)}"
        yield from (f"  {failure}" for failure in self.failures)


# --- the office that is tortured -----------------------------------------------------------------------------------


def prepare(ground: Ground) -> None:
    """Make the office every round starts from: identity, people, and a circular to acknowledge."""
    for name, count, seed in BOOKS:
        write_workbook(ground.book(name), count, seed=seed)
    desk = open_desk(ground.base, practice_day=PRACTICE_DAY)
    desk.write(lambda session: set_up(session, office_identity(list(generate(PEOPLE)))))
    import_book(desk, ground.book("a.xlsx"))
    letter = desk.write(lambda session: letters.issue(session, circular_letter())).value
    command = circulars.PublishCircular(SUBJECT, letter_id=letter.id)
    made = desk.write(lambda session: circulars.publish(session, command)).value
    torture_more.print_slips(desk, made.version_id, ground.scans)
    torture_more.unpack_old(ground.old)
    desk.close()


def circular_letter(series: str = "") -> letters.IssueLetter:
    """Return the command for a surat edaran, numbered in its own series or in another one."""
    due = PRACTICE_DAY + timedelta(days=14)
    data = {"edaran": {"pemilihan": "Pemilihan Wali Kota Contoh Tahun 2024", "batas_laporan": due}}
    return letters.IssueLetter(NEUTRALITY_CIRCULAR, PRACTICE_DAY, data=data, series=series)


def import_book(desk: Desk, path: Path) -> importing.ImportResult:
    """Import a workbook as the window does: read, plan, apply."""
    book = workbook.read(path)
    plan = importing.plan([book], desk.read(importing.load_known), date(2024, 9, 9))
    return desk.write(lambda session: importing.apply(session, plan)).value


# --- the worker ----------------------------------------------------------------------------------------------------


class Worker:
    """Does one office act after the other until it is killed, and confirms each on the log."""

    def __init__(self, ground: Ground, rng: random.Random) -> None:
        self.ground = ground
        self.rng = rng
        self.log = os.open(ground.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.desk = open_desk(ground.office)
        self.desk.actor = "Ratna Wulandari"

    def work(self) -> None:
        """Go on until killed."""
        acts: list[Callable[[], Iterator[str]]] = [
            *[self.letter] * 5, self.letters, *[self.acknowledge] * 3, self.take, *[self.import_people] * 2,
            self.back_up, *[self.keep] * 2, self.restore, self.open_new, self.open_again, *[self.batch] * 2, *[self.scan] * 2,
            *[self.migrate] * 2,
        ]  # fmt: skip
        while True:
            act = self.rng.choice(acts)
            os.write(self.log, f"begin {act.__name__}\n".encode())
            for line in act():
                os.write(self.log, f"{line}\n".encode())
                os.fsync(self.log)

    def letter(self) -> Iterator[str]:
        """Issue one numbered letter."""
        command = circular_letter(self.rng.choice(("", "umum")))
        issued = self.desk.write(lambda session: letters.issue(session, command)).value
        yield f"letter {issued.id} {issued.docx_sha256} {issued.pdf_sha256} {issued.number}"

    def letters(self) -> Iterator[str]:
        """Issue several letters in one unit of work."""
        many = self.desk.write(lambda session: [letters.issue(session, circular_letter()) for _ in range(4)]).value
        for issued in many:
            yield f"letter {issued.id} {issued.docx_sha256} {issued.pdf_sha256} {issued.number}"

    def take(self) -> Iterator[str]:
        """Take a number for a letter written elsewhere."""
        taken = self.desk.write(lambda session: numbering.take(session, "umum", PRACTICE_DAY, "Undangan")).value
        yield f"number {taken.entry_id} {taken.number}"

    def acknowledge(self) -> Iterator[str]:
        """Record one paper that came back, by its code."""
        waiting = select(Recipient.id, Recipient.code).where(Recipient.status != AckStatus.SIGNED).limit(1)
        found = self.desk.read(lambda session: session.execute(waiting).one_or_none())
        if found is not None:
            mark = self.desk.write(lambda session: circulars.acknowledge_code(session, found.code, PRACTICE_DAY)).value
            yield f"acknowledgement {found.id} {mark.acknowledgement_id}"

    def import_people(self) -> Iterator[str]:
        """Import another state of the registry."""
        result = import_book(self.desk, self.ground.book(self.rng.choice(BOOKS)[0]))
        yield f"import {result.run_id or 0}"

    def back_up(self) -> Iterator[str]:
        """Make a backup."""
        yield f"backup {self.desk.backup().path.name}"

    def keep(self) -> Iterator[str]:
        """Make an automatic backup; now and then old ones are thinned out."""
        at = datetime.now(UTC) + timedelta(days=self.rng.choice((0, 0, 20, 200)))
        for place in keeping.keep(self.desk.paths, keeping.Plan(), at, at_once=True):
            if place.made is not None:
                yield f"kept {place.made.name}"

    def restore(self) -> Iterator[str]:
        """Restore the newest backup in another office."""
        made = sorted(self.desk.paths.backups.glob("cadangan-*.zip"), key=lambda file: file.stat().st_mtime)
        if made:
            other = open_desk(self.ground.second)
            other.restore(made[-1])
            other.close()
            yield f"restore {made[-1].name}"

    def open_new(self) -> Iterator[str]:
        """Open an office for the first time: its database is made."""
        root = self.ground.fresh / f"{time.time_ns()}"
        open_desk(root).close()
        yield f"new {root.name}"

    def batch(self) -> Iterator[str]:
        """Issue letters to many, with helping processes, or go on with it."""
        yield from torture_more.batch(self.desk, self.ground.prints, self.rng)

    def scan(self) -> Iterator[str]:
        """Read scanned slips."""
        yield from torture_more.scan(self.desk, self.ground.scans, self.rng)

    def migrate(self) -> Iterator[str]:
        """Open an older office."""
        yield from torture_more.migrate(self.ground.old, self.ground.fresh, self.rng)

    def open_again(self) -> Iterator[str]:
        """Close the office and open it again."""
        self.desk.close()
        self.desk = open_desk(self.ground.office)
        self.desk.actor = "Ratna Wulandari"
        yield "reopened -"


def run_worker(ground: Ground, seed: int) -> int:
    """Start a worker in a process of its own and return its id.

    The process is a copy of this one, which has all modules loaded and no database open: it is at work at once.
    """
    child = os.fork()
    if child == 0:
        try:
            os.setsid()  # its helping processes can be told from others
            Worker(ground, random.Random(seed)).work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)  # a worker never ends by itself
    return child


# --- the checks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lines:
    """The log, read after a kill."""

    confirmed: list[list[str]]
    interrupted: str

    @classmethod
    def read(cls, log: Path) -> Lines:
        """Read the log; a last line without its end was not confirmed."""
        whole = log.read_text(encoding="utf-8").rpartition("\n")[0].splitlines() if log.exists() else []
        last = whole[-1].split() if whole else []
        confirmed = [line.split(" ", 4) for line in whole if not line.startswith("begin ")]
        return cls(confirmed, last[1] if last[:1] == ["begin"] else "between")

    def of(self, kind: str) -> list[list[str]]:
        """Return the words of all confirmed acts of one kind."""
        return [words[1:] for words in self.confirmed if words[0] == kind]


def look(ground: Ground, lines: Lines, checked: set[str]) -> Iterator[str]:
    """Open the office after a kill and yield a sentence for everything that is not as promised."""
    desk = open_desk(ground.office)
    try:
        yield from (f"verify: {finding.sentence}" for finding in desk.verify().findings)
        yield from desk.read(lambda session: list(missing(session, lines)))
        yield from desk.read(lambda session: list(numbers_broken(session)))
        yield from desk.read(lambda session: list(not_cleaned(session, desk.paths)))
        yield from desk.read(lambda session: list(long_acts_broken(session, lines)))
        yield from bad_backups(desk.paths, lines, checked)
    finally:
        desk.close()
    yield from others_broken(ground, checked)


def missing(session: Session, lines: Lines) -> Iterator[str]:
    """Yield what was confirmed and is not there."""
    query = select(Letter.id, Letter.docx_sha256, Letter.pdf_sha256, RegisterEntry.number).join(RegisterEntry)
    there = {"letter": {" ".join(map(str, row)) for row in session.execute(query)}}
    numbers = session.execute(select(RegisterEntry.id, RegisterEntry.number))
    there["number"] = {" ".join(map(str, row)) for row in numbers}
    there["import"] = {"0", *map(str, session.scalars(select(ImportRun.id)))}
    signed = session.scalars(select(Recipient.id).where(Recipient.status == AckStatus.SIGNED))
    there["acknowledgement"] = set(map(str, signed))
    for kind, present in there.items():
        for words in lines.of(kind):
            wanted = words[0] if kind == "acknowledgement" else " ".join(words)
            if wanted not in present:
                yield f"confirmed but gone: {kind} {wanted}"


def long_acts_broken(session: Session, lines: Lines) -> Iterator[str]:
    """Yield what batches and scans had confirmed and is not there."""
    yield from torture_more.batches_broken(session, lines.of("batch"))
    yield from torture_more.copies_missing(session, lines.of("finished"))
    yield from torture_more.pages_missing(session, lines.of("scan"))


def numbers_broken(session: Session) -> Iterator[str]:
    """Yield gaps and repeats in the agenda; a killed letter must leave neither."""
    query = select(NumberSeries.code, RegisterEntry.sequence, RegisterEntry.number).join_from(
        RegisterEntry, NumberSeries
    )
    taken = session.execute(query.order_by(NumberSeries.code, RegisterEntry.sequence)).all()
    for code in {row.code for row in taken}:
        sequences = [row.sequence for row in taken if row.code == code]
        if sequences != list(range(1, len(sequences) + 1)):
            yield f"numbers of {code} have a gap or a repeat: {sequences}"
    if len({row.number for row in taken}) != len(taken):
        yield "a printed number occurs twice"


def not_cleaned(session: Session, paths: DataPaths) -> Iterator[str]:
    """Yield files that belong to nothing and are still in the way."""
    known = set(session.scalars(select(StoredFile.sha256)))
    for file in paths.files.rglob("*"):
        if file.is_file() and file.name not in known:
            yield f"stored file without a record: {file.name}"
    hidden = (path for path in (*paths.root.iterdir(), *paths.backups.rglob("*")) if path.name.startswith("."))
    yield from (f"left over: {path.name}" for path in hidden)


def bad_backups(paths: DataPaths, lines: Lines, checked: set[str]) -> Iterator[str]:
    """Yield backups that look like one and are none, and confirmed ones that are not there."""
    present = {file.name for file in paths.backups.iterdir()}
    yield from (f"confirmed but gone: backup {words[0]}" for words in lines.of("backup") if words[0] not in present)
    automatic = paths.backups / keeping.FOLDER
    stored = {f"{keeping.FOLDER}/{file.name}" for file in automatic.glob("*.asnd")}
    whole = {name for name in present if name.endswith(".zip")} | stored
    for name in sorted(whole - checked):
        checked.add(name)
        try:
            backups.check(paths.backups / name)
        except DeskError as error:
            yield f"backup {name}: {error.sentence}"


def others_broken(ground: Ground, checked: set[str]) -> Iterator[str]:
    """Yield what is wrong with the offices that were opened for the first time or restored to."""
    fresh = [root for root in ground.fresh.glob("[0-9]*") if root.name not in checked]
    checked.update(root.name for root in fresh)
    for root in (*fresh, ground.second):
        desk = open_desk(root)
        yield from (f"{root.name}: {finding.sentence}" for finding in desk.verify().findings)
        yield from (f"{root.name}: {found}" for found in desk.read(partial(_others_files, desk.paths)))
        desk.close()


def _others_files(paths: DataPaths, session: Session) -> list[str]:
    return list(not_cleaned(session, paths))


# --- the run -------------------------------------------------------------------------------------------------------


def torture(ground: Ground, kills: int, seed: int) -> Tally:
    """Kill a worker so many times and return what was seen."""
    tally = Tally()
    rng = random.Random(seed)
    checked: set[str] = set()
    while tally.kills < kills:
        if tally.kills % PER_FOLDER == 0:
            start_over(ground)
            checked.clear()
        kill_one(ground, rng, tally)
        lines = Lines.read(ground.log)
        tally.interrupted[lines.interrupted] += 1
        count_left_overs(ground, tally)
        began = time.perf_counter()
        open_desk(ground.office).close()
        tally.slowest_opening = max(tally.slowest_opening, time.perf_counter() - began)
        tally.failures += [f"kill {tally.kills} ({lines.interrupted}): {text}" for text in look(ground, lines, checked)]
        if tally.kills % PER_FOLDER == 0 or tally.kills == kills:
            tally.confirmed.update(words[0] for words in lines.confirmed)
            aside = DataPaths(ground.office).set_aside
            tally.set_aside += len(list(aside.iterdir())) if aside.exists() else 0
    return tally


def start_over(ground: Ground) -> None:
    """Put the untouched office in place again."""
    for root in (ground.office, ground.second, ground.fresh, ground.prints):
        shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ground.base, ground.office)
    shutil.copytree(ground.base, ground.second)
    ground.fresh.mkdir()
    ground.prints.mkdir()
    ground.log.unlink(missing_ok=True)


def kill_one(ground: Ground, rng: random.Random, tally: Tally) -> None:
    """Let a worker live for a random time and kill it; one that ended by itself is a failure."""
    worker = run_worker(ground, rng.getrandbits(32))
    time.sleep(rng.uniform(0.01, LONG_LIFE if rng.randrange(LONG_EVERY) == 0 else LONGEST_LIFE))
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    tally.kills += 1
    if not _all_gone(worker):
        tally.failures.append(f"kill {tally.kills}: helping processes lived on")
    if not os.WIFSIGNALED(status):
        tally.failures.append(f"kill {tally.kills}: the worker had stopped by itself (see above)")


def _all_gone(group: int) -> bool:
    """Wait until the helping processes of a killed program have ended by themselves; end them when they do not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return False


def count_left_overs(ground: Ground, tally: Tally) -> None:
    """Count the temporary files that the kill left."""
    folders = (ground.office, ground.second)
    tally.temporary += sum(1 for root in folders for file in root.rglob(".*") if file.name != ground.log.name)


def main() -> int:
    """Run from the command line; exit code 1 when anything was lost."""
    parser = argparse.ArgumentParser(description="Kill the program at random moments and check what it had confirmed.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None, help="the same moments and acts again, as far as time allows")
    chosen = parser.parse_args()
    if not hasattr(os, "fork"):
        sys.exit("The torture needs a system with fork (Linux, macOS).")
    seed = random.randrange(1 << 30) if chosen.seed is None else chosen.seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="asn-desk-torture-") as folder:
        ground = Ground(Path(folder))
        prepare(ground)
        began = time.perf_counter()
        tally = torture(ground, chosen.kills, seed)
    print("\n".join(tally.lines()))
    print(f"time                  {time.perf_counter() - began:.0f} s")
    return int(bool(tally.failures))


if __name__ == "__main__":
    sys.exit(main())
