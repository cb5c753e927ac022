"""The verbs `slips` and `progress`: the papers of a circular, and how far it has come."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn_desk.cli.folders import data_root, office_desk
from asn_desk.cli.output import Answer
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths
from asn_desk.wording import long_date, number

if TYPE_CHECKING:
    from asn_desk.desk import Desk

_LISTED = 5
_LONGEST_ID = 18


def add_slips(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `slips`."""
    _add_circular(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="HASIL.pdf")
    parser.add_argument("--unit", metavar="NAMA", help="hanya OPD atau unit ini")
    parser.add_argument("--single", action="store_true", help="satu lembar per halaman")
    parser.add_argument("--lists", action="store_true", help="daftar tanda tangan kolektif, bukan lembar per orang")
    parser.add_argument("--all", action="store_true", help="juga yang sudah menandatangani (cetak ulang)")


def add_progress(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `progress`."""
    _add_circular(parser)
    parser.add_argument("--on", type=_day, metavar="TTTT-BB-HH", help="keadaan pada akhir hari itu (bawaan: hari ini)")
    parser.add_argument(
        "--version", type=int, metavar="NOMOR", help="versi edaran (bawaan: yang berlaku pada hari itu)"
    )
    parser.add_argument(
        "--as-recorded",
        action="store_true",
        help="menurut yang sudah tercatat hari itu, bukan menurut tanggal kejadian",
    )


def _add_circular(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("circular", metavar="EDARAN", help="nomor urut edaran, nomor surat, atau kata dari perihalnya")


@contextmanager
def circulars_desk(arguments: argparse.Namespace, *, exclusive: bool = True) -> Iterator[Desk]:
    """Open the office's data as `office_desk` does, but never make an office where a mistyped folder has none.

    Raises DeskError("data_missing") and what `office_desk` raises.
    """
    paths = DataPaths(data_root(arguments))
    if not (paths.database.exists() or paths.settings.exists()):
        raise DeskError("data_missing", f"Tidak ada data kantor di {paths.root}. Periksa foldernya (--data).")
    with office_desk(arguments, exclusive=exclusive) as desk:
        yield desk


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"tulis tanggal seperti 2024-09-09, bukan {text}") from error


def slips(arguments: argparse.Namespace) -> Answer:
    """Print the slips (or the lists) of those who still owe a signature to one PDF, and say that they were printed."""
    from asn_desk.circulars import many
    from asn_desk.circulars.papers.slips import slips_pdf
    from asn_desk.circulars.places import Chosen, place_named
    from asn_desk.circulars.recipients import RecipientFilter
    from asn_desk.circulars.rules import OPEN

    with circulars_desk(arguments) as desk:
        circular = desk.read(lambda session: found(session, arguments.circular))
        chosen = Chosen()
        if arguments.unit is not None:
            chosen = desk.read(lambda session: place_named(session, circular.version_id, arguments.unit))
        statuses = () if arguments.all else OPEN
        wanted = RecipientFilter(circular.version_id, chosen.opd_ids, chosen.unit_ids, statuses)
        if arguments.lists:
            return _lists(desk, wanted, arguments.out)
        made = desk.read(lambda session: slips_pdf(session, wanted, arguments.out, single=arguments.single))
        if circular.closed_on is None:
            desk.write(lambda session: many.mark_printed(session, wanted))
    data = {"circular": circular.id, "out": arguments.out, "slips": made.slips, "pages": made.pages}
    line = f"{number(made.slips)} lembar tanda terima pada {number(made.pages)} halaman: {arguments.out}"
    return Answer(data, (line,))


def _lists(desk: Any, wanted: Any, out: Path) -> Answer:
    from asn_desk.circulars.papers import sheets

    desk.write(lambda session: sheets.prepare_sheets(session, wanted))
    made = desk.read(
        lambda session: sheets.sheets_pdf(
            session, sheets.sheet_ids(session, wanted.version_id, wanted.opd_ids, wanted.unit_ids), out
        )
    )
    data = {"out": out, "lists": made.pages, "people": made.people, "pages": made.pages}
    return Answer(data, (f"{number(made.pages)} daftar tanda tangan untuk {number(made.people)} orang: {out}",))


def progress(arguments: argparse.Namespace) -> Answer:
    """Tell how many of a circular's people stand where, in all and per OPD, today or at the end of a past day."""
    from asn_desk.circulars import progress as counted
    from asn_desk.database.work import today

    with circulars_desk(arguments) as desk:
        newest = desk.read(lambda session: found(session, arguments.circular))
        now = desk.read(today)
        day = arguments.on or now
        if day > now:
            raise DeskError("day", f"Tanggal {long_date(day)} belum tiba. Pilih hari ini atau sebelumnya.")
        circular = desk.read(lambda session: _text_on(session, newest.id, day, arguments.version))
        on = {"as_recorded": arguments.as_recorded}
        total = desk.read(lambda session: counted.progress_on(session, circular.version_id, day, **on))
        units = desk.read(lambda session: counted.units_on(session, circular.version_id, day, **on))
    data = {
        "circular": circular.id, "version": circular.ordinal, "subject": circular.subject, "number": circular.number,
        "on": day, "due_on": circular.due_on, "text_sha256": circular.text_sha256, **_numbers(total),
        "units": [{"opd_id": unit.opd_id, "name": unit.name, **_numbers(unit.tally)} for unit in units],
    }  # fmt: skip
    shown = _words(total) if total.total else "belum diedarkan"
    lines = [f"{circular.subject} (versi {circular.ordinal}), keadaan {long_date(day)}: {shown}"]
    lines += [f"{unit.name}: {_words(unit.tally)}" for unit in units]
    return Answer(data, tuple(lines))


def _text_on(session: Any, circular_id: int, day: date, ordinal: int | None) -> Any:
    """Return the circular as of the text in force that day, or of the version asked for. Raises DeskError("version_unknown")."""
    from asn_desk.circulars import queries

    if ordinal is None:
        return queries.version_on(session, circular_id, day)
    rows = queries.versions(session, circular_id)
    wanted = next((row for row in rows if row.ordinal == ordinal), None)
    if wanted is None:
        raise DeskError(
            "version_unknown", f"Edaran ini tidak memiliki versi {ordinal}; ada versi 1 sampai {len(rows)}."
        )
    return wanted


def _numbers(tally: Any) -> dict[str, int]:
    return {
        **asdict(tally), "waiting": tally.waiting, "done": tally.done, "missing": tally.missing, "percent": tally.percent,
    }  # fmt: skip


def _words(tally: Any) -> str:
    left = f", {number(tally.left)} keluar" if tally.left else ""
    return f"{number(tally.done)} dari {number(tally.total - tally.left)} ({tally.percent}%){left}"


def found(session: Any, text: str) -> Any:
    """Return the one circular meant by an id, a letter number or words of the subject. Raises DeskError("circular_...")."""
    from asn_desk.circulars import queries

    words = text.strip()
    if is_id(words) and (rows := queries.circular_rows(session, [int(words)])):
        return rows[0]
    ids = queries.circular_ids(session, queries.CircularFilter(text=words)) if words else []
    if not ids:
        raise DeskError(
            "circular_unknown", f"Tidak ada edaran “{text}”. Sebut nomor urut, nomor surat, atau perihalnya."
        )
    rows = queries.circular_rows(session, ids)
    exact = [row for row in rows if words.casefold() in (row.number.casefold(), row.subject.casefold())]
    if len(rows) > 1 and len(exact) != 1:
        several = "; ".join(f"{row.id}: {row.number or row.subject}" for row in rows[:_LISTED])
        raise DeskError("circular_unclear", f"Ada {len(rows)} edaran yang cocok ({several}). Sebut nomor urutnya.")
    return exact[0] if exact else rows[0]


def is_id(text: str) -> bool:
    """Return whether a text can be a record's id; a longer number would not fit the database."""
    return text.isdecimal() and len(text) <= _LONGEST_ID
