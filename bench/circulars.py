"""Circulars: publishing to a province, progress over all marks, and a print run of slips, each beside its limit in the same run."""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from asn_desk.circulars import audience, codes, progress, queries, recipients, service
from asn_desk.circulars.model import Circular, CircularVersion
from asn_desk.circulars.papers import slip_page, slips
from asn_desk.circulars.recipients import RecipientFilter, RecipientRow
from asn_desk.circulars.rules import Audience
from asn_desk.circulars.terms import AckStatus
from asn_desk.database import files
from asn_desk.database.trail import audit
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.model import Employee
from asn_desk.letters.model import Letter
from asn_desk.office.model import Unit
from asn_desk.wording import grouped_nip
from bench._scan_paint import scan_painted

PUBLISH_MOST, PROGRESS_MOST_MS, SCAN_MOST_MS = 2.0, 50.0, 50.0
SLIPS_LEAST, SLIPS_MOST = 4.0, 2.0
FLAT_MB = 32
UNITS, OPDS = 1500, 40
ROUNDS, READS = 12, 60
PEERS = 800
SUBJECT = "Netralitas Pegawai Aparatur Sipil Negara dalam Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"


class TakenBack(Exception):
    """Ends a write that was only measured."""


def cpu(step: Callable[[], Any]) -> float:
    """Return the CPU seconds of a step."""
    began = time.process_time()
    step()
    return time.process_time() - began


def fill(session: Session, people: int) -> None:
    """Add units and people, as many as asked."""
    units = [{"id": key, "name": f"Unit {key:04d}", "opd_id": (key - 1) % OPDS + 1} for key in range(1, UNITS + 1)]
    rows = [
        {
            "nip": f"1980010120050{key:05d}", "name": f"SITI RAHMAWATI {key:05d}", "title_back": "S.Sos., M.Si.",
            "sort_name": f"siti rahmawati {key:05d}", "kind": "PNS", "unit_id": key % UNITS + 1,
            "opd_id": key % UNITS % OPDS + 1, "post_name": "Analis Kepegawaian Ahli Muda",
        }
        for key in range(people)
    ]  # fmt: skip
    session.connection().execute(insert(Unit.__table__), units)  # type: ignore[arg-type]
    session.connection().execute(insert(Employee.__table__), rows)  # type: ignore[arg-type]
    audit.record(session, "employees:filled", "employees:0", after={"count": people})


def letter(session: Session) -> int:
    """Add an issued surat edaran without a number."""
    content = files.store(session, b"surat", files.PDF)
    issued = Letter(
        kind="surat_edaran_netralitas", title=SUBJECT, dated=date(2024, 9, 2), data="{}", template_sha256=content,
        docx_sha256=content, pdf_sha256=content, pages=1, issued_at=datetime(2024, 9, 2, tzinfo=UTC), issued_by="Ukur",
    )  # fmt: skip
    session.add(issued)
    session.flush()
    return issued.id


def publish(session: Session) -> service.Published:
    """Publish to everybody."""
    return service.publish(session, service.PublishCircular(SUBJECT, letter_id=letter(session)))


def office(root: Path, people: int) -> Desk:
    desk = open_desk(root)
    desk.actor = "Ukur"
    desk.write(lambda session: fill(session, people))
    return desk


def taken_back(desk: Desk, work: Callable[[Session], float]) -> float:
    """Do a write, return what it measured, and roll it back."""
    found: list[float] = []

    def measured(session: Session) -> None:
        found.append(work(session))
        raise TakenBack

    try:
        desk.write(measured)
    except TakenBack:
        return found[0]
    raise AssertionError("a measured write is always taken back")


def publishing(desk: Desk) -> tuple[float, float]:
    """Return the CPU seconds of publishing, and of a bare executemany of the same rows; the best of some rounds each."""

    def ours(session: Session) -> float:
        issued = letter(session)
        command = service.PublishCircular(SUBJECT, letter_id=issued)
        return cpu(lambda: service.publish(session, command))

    def raw(session: Session) -> float:
        circular = Circular(subject=SUBJECT, due_on=None, closed_on=None, due_days=None)
        session.add(circular)
        session.flush()
        version = CircularVersion(
            circular_id=circular.id, ordinal=1, letter_id=letter(session), published_on=date(2024, 9, 2),
            published_at=datetime(2024, 9, 2, tzinfo=UTC), published_by="Ukur", audience="{}",
        )  # fmt: skip
        session.add(version)
        session.flush()
        drawn = audience.draw(session, Audience(), SystemRandom())
        rows = [(*row, version.id, row[1], row[2], "menunggu", 1, None, "") for row in drawn.rows]
        names = (
            *audience.IDENTITY,
            "version_id",
            "at_unit_id",
            "at_opd_id",
            "status",
            "version",
            "added_on",
            "added_reason",
        )
        marks = ", ".join("?" * len(names))
        connection: Any = session.connection().connection.driver_connection
        statement = f"INSERT INTO recipients ({', '.join(names)}) VALUES ({marks})"
        return cpu(lambda: connection.executemany(statement, rows))

    pairs = [(taken_back(desk, ours), taken_back(desk, raw)) for _ in range(ROUNDS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def read_progress(desk: Desk, version_id: int) -> tuple[float, float]:
    """Return the 95th percentile, in CPU milliseconds, of the progress per OPD and per unit."""

    def percentile(read: Callable[[Session, int], Any]) -> float:
        times = [cpu(lambda: desk.read(lambda session: read(session, version_id))) * 1000 for _ in range(READS)]
        return statistics.quantiles(times, n=20)[-1]

    return percentile(progress.progress_by_unit), percentile(progress.progress_by_place)


def print_slips(desk: Desk, version_id: int, target: Path, opds: tuple[int, ...] = ()) -> slips.SlipsMade:
    return desk.read(lambda session: slips.slips_pdf(session, RecipientFilter(version_id, opd_ids=opds), target))


def _matrix(code: str) -> Iterable[Iterable[int]]:
    import segno

    return segno.make_qr(code, error="q", mode="alphanumeric", boost_error=False).matrix


def peer_code(canvas: Any, code: str, left: float, bottom: float) -> None:
    """Draw a code as most programs do: segno, one rectangle per dark module."""
    rows = list(_matrix(code))
    side = slip_page.CODE_SIZE / len(rows)
    for down, row in enumerate(rows, 1):
        for across, dark in enumerate(row):
            if dark:
                canvas.rect(
                    left + across * side, bottom + slip_page.CODE_SIZE - down * side, side, side, stroke=0, fill=1
                )


def floor_code(canvas: Any, code: str, left: float, bottom: float) -> None:
    """Draw a code the fastest way known: zxing-cpp, an inline picture of one bit."""
    size = slip_page.CODE_SIZE
    canvas.addLiteral(f"q {size:.3f} 0 0 {size:.3f} {left:.3f} {bottom:.3f} cm {slip_page.qr_image(code)} Q")


def plain_slips(people: list[RecipientRow], draw: Callable[[Any, str, float, float], None]) -> None:
    """Write the same slips, four to a page, without sorting, covers or wrapping: only their words and codes."""
    from asn_desk.letters.pdf.output.fonts import face

    canvas = slips.slip_canvas(BytesIO(), SUBJECT)
    regular, mono = face("sans").name, face("mono").name
    for place, person in enumerate(people):
        bottom = slip_page.SLIP_HEIGHT * (3 - place % 4)
        words = ("LEMBAR TANDA TERIMA SURAT EDARAN", SUBJECT, person.name, grouped_nip(person.number), person.post,
                 f"{person.unit}, {person.opd}", "Tanggal", "Tanda tangan")  # fmt: skip
        canvas.setFont(regular, 9)
        for line, text in enumerate(words):
            canvas.drawString(42, bottom + 190 - line * 14, text)
        draw(canvas, person.code, 440, bottom + 110)
        canvas.setFont(mono, 7)
        canvas.drawString(440, bottom + 100, codes.readable(person.code))
        if place % 4 == 3:
            canvas.showPage()
    canvas.save()


def printing(desk: Desk, version_id: int, target: Path) -> tuple[float, float, float, int]:
    """Return CPU seconds per 1,000 slips: ours, segno with rectangles, the floor; and how much memory the run took (MB)."""
    print_slips(desk, version_id, target, (1,))  # fonts and tables are loaded once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made: list[slips.SlipsMade] = []
    ours = cpu(lambda: made.append(print_slips(desk, version_id, target)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    wanted = RecipientFilter(version_id)
    ids = desk.read(lambda session: queries.recipient_ids(session, wanted))
    people = desk.read(lambda session: recipients.recipient_rows(session, ids[:PEERS]))
    peer = cpu(lambda: plain_slips(people, peer_code))
    everyone = desk.read(lambda session: list(recipients.stream(session, wanted)))
    floor = cpu(lambda: plain_slips(everyone, floor_code))
    return ours / made[0].slips * 1000, peer / len(people) * 1000, floor / len(everyone) * 1000, grown


def sign_some(desk: Desk, version_id: int) -> float:
    """Mark four in five as signed in one transaction; return the CPU seconds per 1,000."""
    ids = desk.read(lambda session: queries.recipient_ids(session, RecipientFilter(version_id)))
    chosen = [key for key in ids if Random(key).random() < 0.8][:6500]
    signed = [service.Signed(key) for key in chosen]
    return cpu(lambda: desk.write(lambda session: service.sign_many(session, signed))) / len(chosen) * 1000


def unsigned_codes(desk: Desk, version_id: int, count: int) -> list[str]:
    """Return the codes of people who have not signed yet."""
    wanted = RecipientFilter(version_id, statuses=(AckStatus.WAITING,))
    ids = desk.read(lambda session: queries.recipient_ids(session, wanted))[:count]
    return [row.code for row in desk.read(lambda session: queries.recipient_rows(session, ids))]


def verdict(name: str, value: float, limit: str, *, met: bool) -> bool:
    print(f"{name:<58}{value:9.2f}   {limit:<12}{'met' if met else 'MISSED'}")
    return met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--published", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--slips", type=int, default=6_500)
    parser.add_argument("--scans", type=int, default=60)
    sizes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        desk = office(root / "publish", sizes.published)
        ours, raw = publishing(desk)
        desk.close()
        desk = office(root / "progress", sizes.rows)
        version = desk.write(publish).value.version_id
        marking = sign_some(desk, version)
        per_opd, per_unit = read_progress(desk, version)
        scan = scan_painted(desk, unsigned_codes(desk, version, sizes.scans))
        desk.close()
        desk = office(root / "slips", sizes.slips)
        version = desk.write(publish).value.version_id
        slip, peer, floor, grown = printing(desk, version, root / "lembar.pdf")
        desk.close()
    print(f"publish to {sizes.published}: {ours:.3f} CPU s; raw insert of the same rows {raw:.3f} CPU s")
    print(f"marking 6,500 people signed at once: {marking:.3f} CPU s per 1,000")
    print(f"one scan to painted result: p95 {scan.wall:.1f} ms by the clock, {scan.cpu:.1f} ms of CPU")
    print(f"CPU s per 1,000 slips: ours {slip:.3f}, segno and rectangles {peer:.3f}, floor {floor:.3f}")
    met = (
        verdict("publish / raw insert", ours / raw, f"<= {PUBLISH_MOST}", met=ours <= PUBLISH_MOST * raw),
        verdict("progress per OPD, p95 CPU ms", per_opd, f"< {PROGRESS_MOST_MS}", met=per_opd < PROGRESS_MOST_MS),
        verdict("progress per unit, p95 CPU ms", per_unit, f"< {PROGRESS_MOST_MS}", met=per_unit < PROGRESS_MOST_MS),
        verdict(
            f"one scan to painted result at {sizes.rows}, p95 CPU ms",
            scan.cpu,
            f"< {SCAN_MOST_MS}",
            met=scan.cpu < SCAN_MOST_MS,
        ),
        verdict("slips: segno and rectangles / ours", peer / slip, f">= {SLIPS_LEAST}", met=peer >= SLIPS_LEAST * slip),
        verdict("slips: ours / floor", slip / floor, f"<= {SLIPS_MOST}", met=slip <= SLIPS_MOST * floor),
        verdict("slips: memory grown over the run, MB", grown, f"< {FLAT_MB}", met=grown < FLAT_MB),
    )
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
