"""The scan pile: thousands of slips and lists, ill-treated, read by the program, compared with what was really signed.

python3 dev.py scans --pages 2000              the whole measure; a small pile is part of the tests
python3 dev.py scans --pages 400 --kills 10    killed at random while it reads: each page counts once
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.circulars import service
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.papers import sheet_layout, sheets, slips
from asn_desk.circulars.papers.lists import Sheet
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.rules import Audience
from asn_desk.circulars.scanning import queries, run
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.circulars.scanning.model import ScanBox, ScanFile, ScanPage
from asn_desk.circulars.scanning.terms import BoxVerdict, PageState
from asn_desk.circulars.terms import AckStatus
from asn_desk.desk import Desk, open_desk
from tests.core import scan_pile
from tests.core.circulars_office import a_letter
from tests.core.scan_pile import Treatment
from tests.factories import add_employee, add_unit

DAY = date(2024, 9, 9)
PAGES_A_FILE = 40
MOST_PEOPLE = 640
LEAST_READ = 0.99
KILLED_WITHIN = 2.0  # seconds: about a chunk of pages
KILLED_PEOPLE = 64


@dataclass(frozen=True)
class PageTruth:
    """One page of the pile: its code ("" for a page of somebody else's), whether that is whole, and who signed on the list."""

    page: Image.Image
    code: str = ""
    readable: bool = True
    signed: frozenset[int] = frozenset()


@dataclass
class Truth:
    """What the paper really says: codes of slips, recipient ids of signed list rows; of each page (file, number) its code and signers."""

    slips: set[str] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    pages: dict[tuple[str, int], tuple[str, bool]] = field(default_factory=dict)
    signed: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def put(self, file: str, page: int, shown: PageTruth) -> None:
        """Remember what a page of a file shows."""
        self.pages[file, page] = (shown.code, shown.readable)
        self.signed[file, page] = shown.signed


@dataclass(frozen=True)
class Score:
    """How the program read the pile."""

    pages: int
    readable: int
    read: int
    wrong_people: int
    wrong_pages: int
    boxes: int
    unsure_boxes: int
    false_signed: int
    missed_signed: int
    tray: int

    @property
    def share_read(self) -> float:
        """Return the share of readable pages that were read without a clerk."""
        return self.read / self.readable if self.readable else 1.0


def fill(session: Session, people: int) -> tuple[int, int]:
    """Enter an office and two circulars to all of it; return their version ids."""
    units = [add_unit(session, f"Dinas Contoh Nomor {place + 1}") for place in range((people + 39) // 40)]
    for number in range(people):
        add_employee(
            session, unit=units[number // 40], nip=f"19800101200501{number:04d}", name=f"Pegawai Contoh Ke-{number + 1}",
            post_name="Analis",
        )  # fmt: skip
    made = []
    for ordinal in (1, 2):
        command = service.PublishCircular(
            subject=f"Netralitas Pegawai ASN {ordinal}", election_id="pilkada-2024",
            letter_id=a_letter(session, f"800.1.6/{ordinal}/BKPSDM/2024"), due_on=date(2024, 9, 20), audience=Audience(),
        )  # fmt: skip
        made.append(service.publish(session, command, rng=Random(ordinal)).version_id)
    return made[0], made[1]


class Paper:
    """Clean prints of an office's slips (cut apart) and lists, with who is on them."""

    def __init__(self, desk: Desk, version_id: int) -> None:
        wanted = RecipientFilter(version_id)
        self._slips = [(code, _packed(slip)) for page in self._slip_pages(desk, wanted) for code, slip in _cut(page)]
        ids = desk.write(lambda session: sheets.prepare_sheets(session, wanted, rng=Random(3))).value
        self.lists = [desk.read(partial(sheets.sheet, sheet_id=key)) for key in ids]
        stream = io.BytesIO()
        desk.read(lambda session: sheets.sheets_pdf(session, ids, stream))
        self._list_pages = [_packed(page) for page in scan_pile.printed(stream.getvalue())]

    def slip(self, rng: Random) -> tuple[str, Image.Image]:
        """Return any slip's code and its clean print."""
        code, print_ = rng.choice(self._slips)
        return code, _unpacked(print_)

    def listed(self, rng: Random) -> tuple[Sheet, Image.Image]:
        """Return any list and its clean print."""
        number = rng.randrange(len(self.lists))
        return self.lists[number], _unpacked(self._list_pages[number])

    @staticmethod
    def _slip_pages(desk: Desk, wanted: RecipientFilter) -> list[Image.Image]:
        stream = io.BytesIO()
        desk.read(lambda session: slips.slips_pdf(session, wanted, stream, covers=False))
        return scan_pile.printed(stream.getvalue())


def _packed(page: Image.Image) -> bytes:
    """Return a print as small bytes: a thousand of them are kept."""
    stream = io.BytesIO()
    page.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _unpacked(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def _cut(page: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    import zxingcpp

    height = page.height // 4
    for place in range(4):
        slip = page.crop((0, place * height, page.width, (place + 1) * height))
        found = zxingcpp.read_barcodes(slip)
        if found:
            yield found[0].text, slip


def treatment(rng: Random) -> Treatment:
    """Return what one page goes through: most are merely crooked, some are in a bad way."""
    return Treatment(
        angle=rng.uniform(-10, 10) if rng.random() < 0.5 else rng.uniform(-2, 2),
        upside_down=rng.random() < 0.3,
        dpi=rng.choice((150, 200, 200, 300)),
        blur=rng.choice((0, 0, 0.6, 1.0)),
        noise=rng.choice((0, 6, 15)),
        quality=rng.choice((40, 60, 80)),
        stains=rng.choice((0, 0, 0, 1, 2)),
        torn=rng.random() < 0.08,
        faint=rng.choice((1.0, 1.0, 0.8)),
    )


def write_pile(folder: Path, paper: Paper, other: Paper, pages: int, rng: Random) -> Truth:
    """Write a folder of scanned PDFs and pictures and return what they show."""
    truth = Truth()
    batch: list[PageTruth] = []
    for number in range(pages):
        shown = _one_page(paper, other, rng, truth)
        if number % 15 == 14:
            name = f"lembar-{number:05d}.jpg"
            shown.page.save(folder / name, quality=70)
            truth.put(name, 1, shown)
            continue
        batch.append(shown)
        if len(batch) == PAGES_A_FILE:
            _write_file(folder / f"tumpukan-{number:05d}.pdf", batch, truth)
            batch = []
    if batch:
        _write_file(folder / "tumpukan-akhir.pdf", batch, truth)
    return truth


def _write_file(path: Path, batch: list[PageTruth], truth: Truth) -> None:
    path.write_bytes(scan_pile.feeder_pdf([shown.page for shown in batch]))
    for place, shown in enumerate(batch, 1):
        truth.put(path.name, place, shown)


def _one_page(paper: Paper, other: Paper, rng: Random, truth: Truth) -> PageTruth:
    kind, how = rng.random(), treatment(rng)
    if kind < 0.02:
        return _foreign(rng)
    if kind < 0.04:
        return _struck_out(paper, rng, truth)
    source = other if kind < 0.09 else paper
    return a_slip(source, rng, truth, how) if kind < 0.6 else a_list(source, rng, truth, how)


def a_slip(source: Paper, rng: Random, truth: Truth, how: Treatment) -> PageTruth:
    """Return a signed slip as it was scanned."""
    code, page = source.slip(rng)
    scan_pile.sign(page, (150, 48, 190, 62), rng)
    if rng.random() < 0.15:  # a pen slipped over the code
        scan_pile.scratch(page, (160, rng.uniform(8, 30)), (195, rng.uniform(8, 30)), 0.5, 40)
    truth.slips.add(code)
    seen, whole = scan_pile.scanned(page, rng, how)
    return PageTruth(seen, code, whole)


def a_list(source: Paper, rng: Random, truth: Truth, how: Treatment) -> PageTruth:
    """Return a list as it was scanned, most of its rows signed."""
    listed, page = source.listed(rng)
    signed = set()
    for line in listed.lines:
        if rng.random() < 0.7:
            scan_pile.sign(page, sheet_layout.signature_box(line.row), rng)
            signed.add(line.recipient_id)
        elif rng.random() < 0.1:
            left, top, right, bottom = sheet_layout.signature_box(line.row)
            scan_pile.scratch(page, (left - 4, top), (right + 3, rng.uniform(top, bottom)), 0.5, 60)
    truth.rows |= signed
    seen, whole = scan_pile.scanned(page, rng, how)
    return PageTruth(seen, listed.code, whole, frozenset(signed))


def _foreign(rng: Random) -> PageTruth:
    import zxingcpp

    page = Image.new("L", (1654, 2339), 250)
    text = rng.choice(("https://contoh.invalid/tagihan/77", "ADE1SALAH", "0002010102112656"))
    symbol: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
    pixels = memoryview(symbol)
    height, width = pixels.shape or (0, 0)
    page.paste(Image.frombytes("L", (width, height), pixels.tobytes()), (300, 400))
    return PageTruth(page, readable=False)


def _struck_out(paper: Paper, rng: Random, truth: Truth) -> PageTruth:
    """A slip whose code nobody can read any more; should the program read it, it is still that person's slip."""
    code, page = paper.slip(rng)
    for step in range(14):
        scan_pile.scratch(page, (160, 5 + 2.2 * step), (198, 5 + 2.2 * step), 1.6, 10)
    truth.slips.add(code)
    return PageTruth(page, code, readable=False)


def score(desk: Desk, ran: run.Ran, truth: Truth) -> Score:
    """Compare what the program recorded with the truth."""
    found = desk.read(lambda session: queries.totals(session, ran.files))
    return desk.read(lambda session: _score(session, found, truth))


def _score(session: Session, found: queries.PileTotals, truth: Truth) -> Score:
    signed = session.scalars(select(Recipient).where(Recipient.status == AckStatus.SIGNED)).all()
    boxes = session.execute(
        select(ScanBox.verdict, ScanBox.recipient_id, ScanFile.name, ScanPage.page)
        .join(ScanPage, ScanPage.id == ScanBox.page_id)
        .join(ScanFile, ScanFile.id == ScanPage.file_id)
    ).all()
    signed_there = [box.recipient_id in truth.signed[box.name, box.page] for box in boxes]
    rows = session.execute(select(ScanFile.name, ScanPage).join(ScanFile, ScanFile.id == ScanPage.file_id)).all()
    pages = [(truth.pages[name, page.page], page) for name, page in rows]
    readable = [page for (_, whole), page in pages if whole]
    return Score(
        pages=found.pages,
        readable=len(readable),
        read=sum(bool(page.codes) and page.state is not PageState.TRAY for page in readable),
        wrong_people=sum(one.code not in truth.slips and one.id not in truth.rows for one in signed),
        wrong_pages=sum(bool(set(page.codes.split()) - {code}) for (code, _), page in pages),
        boxes=len(boxes),
        unsure_boxes=sum(box.verdict is BoxVerdict.UNSURE for box in boxes),
        false_signed=sum(
            box.verdict is BoxVerdict.SIGNED and not there for box, there in zip(boxes, signed_there, strict=True)
        ),
        missed_signed=sum(
            box.verdict is BoxVerdict.EMPTY and there for box, there in zip(boxes, signed_there, strict=True)
        ),
        tray=len(found.tray),
    )


@contextmanager
def office(folder: Path, pages: int, seed: int, people: int) -> Iterator[tuple[Desk, Path, Truth]]:
    """Make an office, print, sign, ill-treat and scan `pages` pages; hand out its desk, the folder of scans and the truth."""
    rng = Random(seed)
    scans = folder / "pindaian"
    scans.mkdir(parents=True)
    with closing(open_desk(folder / "data", practice_day=DAY)) as desk:
        first, second = desk.write(lambda session: fill(session, people)).value
        truth = write_pile(scans, Paper(desk, first), Paper(desk, second), pages, rng)
        yield desk, scans, truth


def measure(folder: Path, pages: int, seed: int, *, people: int = MOST_PEOPLE, readers: int | None = None) -> Score:
    """Make a pile, read it, and score the reading."""
    with office(folder, pages, seed, people) as (desk, scans, truth):
        ran = run.read_scans(desk, run.scans_in(scans), Pile(), readers=readers)
        return score(desk, ran, truth)


def killed(folder: Path, pages: int, seed: int, kills: int, *, people: int = MOST_PEOPLE) -> list[str]:
    """Kill the program so often while it reads a pile, let it finish, and return what is wrong afterwards (nothing, it is hoped)."""
    rng = Random(seed)
    with office(folder, pages, seed, people) as (_, scans, truth):
        pass
    command = [sys.executable, "-m", "asn_desk", "scan", str(scans), "--data", str(folder / "data")]
    for _ in range(kills):
        _kill_once(command, rng.randint(1, 2), rng.uniform(0, KILLED_WITHIN))
    first = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    again = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    with closing(open_desk(folder / "data")) as desk:
        return [*_differences(first, again), *desk.read(lambda session: _miscounted(session, truth))]


def _kill_once(command: list[str], words: int, seconds: float) -> None:
    """Start a run and kill it so long after its first or second report: it reports when it begins and after each chunk."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for _ in range(words):
            process.stderr.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()


def _differences(first: dict[str, Any], again: dict[str, Any]) -> list[str]:
    wrong = [
        f"{key}: {first[key]}, then {again[key]}" for key in first if key != "new_pages" and first[key] != again[key]
    ]
    return [*wrong, f"{again['new_pages']} pages were read twice"] if again["new_pages"] else wrong


def _miscounted(session: Session, truth: Truth) -> list[str]:
    query = select(ScanFile.name, ScanPage.page).join(ScanFile, ScanFile.id == ScanPage.file_id)
    pages = Counter((name, page) for name, page in session.execute(query))
    marks = Counter(session.scalars(select(Acknowledgement.recipient_id)))
    signed = set(session.scalars(select(Recipient.id).where(Recipient.status == AckStatus.SIGNED)))
    counted = session.scalar(select(func.sum(ScanPage.marked)))
    wrong = [] if pages == Counter(dict.fromkeys(truth.pages, 1)) else ["not every page is on record exactly once"]
    if marks != Counter(dict.fromkeys(signed, 1)) or counted != len(signed):
        wrong.append(f"{len(signed)} people signed, {marks.total()} marks, {counted} counted on the pages")
    return wrong


def main(argv: list[str]) -> int:
    """Measure a large pile and print the score; exit code 1 when somebody was marked who did not sign, or too little was read."""
    parser = argparse.ArgumentParser(prog="dev.py scans")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0, help="kill the reading so often and count afterwards")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        if arguments.kills:
            wrong = killed(Path(folder), arguments.pages, arguments.seed, arguments.kills, people=KILLED_PEOPLE)
            print(
                "\n".join(wrong) or f"{arguments.kills} kills: each of {arguments.pages} pages is counted exactly once"
            )
            return int(bool(wrong))
        result = measure(Path(folder), arguments.pages, arguments.seed)
    for name, value in vars(result).items():
        print(f"{name:14} {value}")
    print(f"{'share_read':14} {result.share_read:.4f}")
    return int(bool(result.wrong_people or result.wrong_pages or result.false_signed or result.share_read < LEAST_READ))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
