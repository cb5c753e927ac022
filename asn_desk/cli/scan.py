"""The verb `scan`: read a folder of scanned slips and collective sheets; called again it goes on where it stood."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asn_desk.cli.arguments import day
from asn_desk.cli.circulars import circulars_desk, is_id
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.errors import DeskError
from asn_desk.wording import long_date, number

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from asn_desk.circulars.scanning.queries import PileTotals
    from asn_desk.circulars.scanning.run import Ran, Step


def scan(arguments: argparse.Namespace) -> Answer:
    """Take a folder of scans in; exit code 1 when a file could not be read at all."""
    from asn_desk.circulars.scanning import queries, run
    from asn_desk.circulars.scanning.intake import Pile

    with circulars_desk(arguments) as desk:
        desk.read(lambda session: _check_pile(session, arguments.circular, arguments.date))
        paths = run.scans_in(arguments.folder)
        pile = Pile(arguments.circular, arguments.date)
        ran = run.read_scans(desk, paths, pile, lambda step: _say(arguments, step), readers=arguments.helpers)
        found = desk.read(lambda session: queries.totals(session, ran.files))
    return _answer(ran, found)


def _check_pile(session: Session, circular_id: int | None, day: date | None) -> None:
    """Refuse a circular that is not there and a day to come before every page lands in the tray for it.

    Raises DeskError("circular_unknown" | "day").
    """
    from asn_desk.circulars.queries import circular_rows
    from asn_desk.database.work import today

    known = circular_id is None or (is_id(str(circular_id)) and circular_rows(session, [circular_id]))
    if not known:
        raise DeskError("circular_unknown", f"Tidak ada edaran nomor urut {circular_id}. Periksa nomornya.")
    if day is not None and day > today(session):
        raise DeskError("day", f"Tanggal {long_date(day)} belum tiba. Sebut tanggal tanda tangan pada lembarnya.")


def _say(arguments: argparse.Namespace, step: Step) -> None:
    if not arguments.json:
        print(f"{number(step.done)} dari {number(step.total)} halaman  {step.file}", file=sys.stderr)


def _answer(ran: Ran, found: PileTotals) -> Answer:
    tray = [{"file": row.file, "page": row.page, "reason": row.reason.value} for row in found.tray]
    data = {
        "pages": found.pages, "marked": found.marked, "already": found.already, "foreign": found.foreign,
        "unsure": found.unsure, "tray": tray, "new_pages": ran.new_pages,
        "refused": [{"file": one.file, "sentence": one.sentence} for one in ran.refused],
    }  # fmt: skip
    lines = [
        f"Halaman dibaca: {number(found.pages)} (baru: {number(ran.new_pages)})",
        f"Tanda terima dicatat: {number(found.marked)}; sudah tercatat sebelumnya: {number(found.already)}",
        f"Halaman dengan kode asing: {number(found.foreign)}",
        f"Kotak tanda tangan yang perlu dilihat: {number(found.unsure)}",
        f"Halaman di nampan: {number(len(found.tray))}",
        *(f"  {row.file} halaman {row.page}: {row.sentence}" for row in found.tray),
    ]
    complaints = tuple(one.sentence for one in ran.refused)
    return Answer(data, tuple(lines), exit_code=REFUSED if complaints else DONE, complaints=complaints)


def add_scan(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's arguments."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="folder pindaian (PDF, JPG, PNG, TIFF) atau satu berkas"
    )
    parser.add_argument("--circular", type=int, metavar="ID", help="hanya edaran ini; lembar edaran lain masuk nampan")
    parser.add_argument("--date", type=day, metavar="TTTT-BB-HH", help="tanggal tanda tangan (bawaan: hari ini)")
    parser.add_argument(
        "--helpers", type=int, choices=range(1, 9), metavar="JUMLAH", help="proses pembaca (bawaan: satu per inti)"
    )
