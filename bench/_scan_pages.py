"""Scans: feeder pages beside bare rasterising and decoding, on one core and two; and one scan by hand at 100,000 rows."""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from asn_desk.circulars import queries, service
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.scanning import pixels, run
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.desk import Desk, open_desk
from bench.circulars import office, publish, verdict
from tests import scans
from tests.core import scan_pile

SCANNED_MOST, CORES_LEAST, BY_HAND_MOST_MS = 1.5, 1.5, 50.0
HALF, MARKED = 0.5, 60
PEOPLE, PAGES_A_FILE = 160, 30


def write_scans(desk: Desk, folder: Path, pages: int) -> None:
    """Write so many pages as a feeder does, half slips and half lists, a little crooked, signed."""
    version, _ = desk.write(lambda session: scans.fill(session, PEOPLE)).value
    paper, rng, truth = scans.Paper(desk, version), Random(1), scans.Truth()
    folder.mkdir()
    made = []
    for place in range(pages):
        how = scan_pile.Treatment(angle=rng.uniform(-2, 2), noise=6, quality=70)
        show = scans.a_slip if rng.random() < HALF else scans.a_list
        made.append(show(paper, rng, truth, how).page)
        if len(made) == PAGES_A_FILE or place == pages - 1:
            (folder / f"tumpukan-{place:04d}.pdf").write_bytes(scan_pile.feeder_pdf(made))
            made = []


def bare(folder: Path) -> float:
    """Return the CPU seconds of rasterising and decoding every page, nothing else."""
    import pypdfium2
    import zxingcpp

    began = time.process_time()
    for path in sorted(folder.glob("*.pdf")):
        with closing(pypdfium2.PdfDocument(path)) as document:
            for page in document:
                picture = page.render(scale=pixels.DPI / 72, grayscale=True).to_pil()
                zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return time.process_time() - began


def ours(root: Path, folder: Path, readers: int) -> tuple[float, float]:
    """Return the CPU seconds (helping processes counted) and the wall seconds of reading the folder to its end."""
    with closing(_copy(root, folder.parent / f"data-{readers}")) as desk:
        cpu, wall = _cpu(), time.perf_counter()
        run.read_scans(desk, run.scans_in(folder), Pile(), readers=readers)
        return _cpu() - cpu, time.perf_counter() - wall


def _copy(root: Path, target: Path) -> Desk:
    import shutil

    shutil.copytree(root, target)
    return open_desk(target, practice_day=scans.DAY)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def by_hand(root: Path, rows: int) -> float:
    """Return the p95 in milliseconds of one scanned code until it is stored, with so many people on record."""
    with closing(office(root, rows)) as desk:
        version = desk.write(publish).value.version_id
        ids = desk.read(lambda session: queries.recipient_ids(session, RecipientFilter(version)))
        chosen = Random(4).sample(ids, MARKED)
        codes = [row.code for row in desk.read(lambda session: queries.recipient_rows(session, chosen))]
        took = [_timed(desk, partial(service.acknowledge_code, text=code)) for code in codes]
    return statistics.quantiles(took, n=20)[-1] * 1000


def _timed(desk: Desk, work: Callable[[Session], object]) -> float:
    began = time.perf_counter()
    desk.write(work)
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=180)
    parser.add_argument("--rows", type=int, default=100_000)
    sizes, _ = parser.parse_known_args()  # those of bench.circulars come along
    with tempfile.TemporaryDirectory() as where:
        root, folder = Path(where), Path(where, "pindaian")
        with closing(open_desk(root / "data", practice_day=scans.DAY)) as desk:
            write_scans(desk, folder, sizes.pages)
        floor = bare(folder)
        cpu, alone = ours(root / "data", folder, 1)
        used, together = ours(root / "data", folder, 2)
        scanned = by_hand(root / "rows", sizes.rows)
    print(f"CPU ms a page: ours {cpu / sizes.pages * 1000:.0f}, rasterise and decode {floor / sizes.pages * 1000:.0f}")
    print(f"wall s for {sizes.pages} pages: one helping process {alone:.1f}, two {together:.1f}")
    print(f"CPU s in these: one {cpu:.1f}, two {used:.1f}")
    met = (
        verdict("scanned pages: ours / rasterise and decode", cpu / floor, f"<= {SCANNED_MOST}", met=cpu <= SCANNED_MOST * floor),
        verdict(
            "scanned pages: cores at work, two processes", used / together, f">= {CORES_LEAST}",
            met=used >= CORES_LEAST * together,
        ),
        verdict("one code by hand, p95 ms until stored", scanned, f"< {BY_HAND_MOST_MS}", met=scanned < BY_HAND_MOST_MS),
    )  # fmt: skip
    return int(not all(met))
