"""The verbs `slips` and `progress`: the papers of a circular, and how far it has come."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.errors import DeskError
from asn_desk.wording import long_date, number

_LISTED = 5


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
        "--as-recorded",
        action="store_true",
        help="menurut yang sudah tercatat hari itu, bukan menurut tanggal kejadian",
    )


def _add_circular(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("circular", metavar="EDARAN", help="nomor urut edaran, nomor surat, atau kata dari perihalnya")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"tulis tanggal seperti 2024-09-09, bukan {text}") from error


def slips(arguments: argparse.Namespace) -> Answer:
    """Print the slips (or the lists) of those who still owe a signature to one PDF, and say that they were printed."""
    from asn_desk.circulars import many
    from asn_desk.circulars.papers.slips import slips_pdf
    from asn_desk.circulars.recipients import RecipientFilter
    from asn_desk.circulars.rules import OPEN

    with office_desk(arguments) as desk:
        circular = desk.read(lambda session: found(session, arguments.circular))
        opds, units = desk.read(lambda session: _places(session, circular.version_id, arguments.unit))
        wanted = RecipientFilter(
            circular.version_id, opd_ids=opds, unit_ids=units, statuses=() if arguments.all else OPEN
        )
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

    with office_desk(arguments) as desk:
        circular = desk.read(lambda session: found(session, arguments.circular))
        now = desk.read(today)
        day = arguments.on or now
        if day > now:
            raise DeskError("day", f"Tanggal {long_date(day)} belum tiba. Pilih hari ini atau sebelumnya.")
        on = {"as_recorded": arguments.as_recorded}
        total = desk.read(lambda session: counted.progress_on(session, circular.version_id, day, **on))
        units = desk.read(lambda session: counted.units_on(session, circular.version_id, day, **on))
    data = {
        "circular": circular.id, "version": circular.ordinal, "subject": circular.subject, "number": circular.number,
        "on": day, "due_on": circular.due_on, "text_sha256": circular.text_sha256, **_numbers(total),
        "units": [{"opd_id": unit.opd_id, "name": unit.name, **_numbers(unit.tally)} for unit in units],
    }  # fmt: skip
    lines = [f"{circular.subject}, keadaan {long_date(day)}: {_words(total)}"]
    lines += [f"{unit.name}: {_words(unit.tally)}" for unit in units]
    return Answer(data, tuple(lines))


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

    if text.isdecimal() and (rows := queries.circular_rows(session, [int(text)])):
        return rows[0]
    ids = queries.circular_ids(session, queries.CircularFilter(text=text))
    if not ids:
        raise DeskError(
            "circular_unknown", f"Tidak ada edaran “{text}”. Sebut nomor urut, nomor surat, atau perihalnya."
        )
    if len(ids) > 1:
        rows = queries.circular_rows(session, ids[:_LISTED])
        several = "; ".join(f"{row.id}: {row.number or row.subject}" for row in rows)
        raise DeskError("circular_unclear", f"Ada {len(ids)} edaran yang cocok ({several}). Sebut nomor urutnya.")
    return queries.circular_detail(session, ids[0])


def _places(session: Any, version_id: int, name: str | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return which OPDs, or which units, a name means among those that have recipients; none for the whole office."""
    from asn_desk.circulars.progress import progress_by_place

    if name is None:
        return (), ()
    rows = progress_by_place(session, version_id)
    folded = name.strip().casefold()
    opds = {row.opd_id for row in rows if row.opd_id is not None and row.opd.casefold() == folded}
    units = {row.unit_id for row in rows if row.unit_id is not None and row.unit.casefold() == folded}
    if opds:
        return tuple(sorted(opds)), ()
    return (), _only(units, name, _near(rows, folded))


def _near(rows: Sequence[Any], folded: str) -> list[str]:
    return sorted({word for row in rows for word in (row.opd, row.unit) if folded in word.casefold()})


def _only(units: set[int], name: str, near: list[str]) -> tuple[int, ...]:
    if units:
        return tuple(sorted(units))
    hint = f" Mungkin maksudnya {'; '.join(near[:_LISTED])}." if near else ""
    raise DeskError("unit_unknown", f"Tidak ada penerima edaran ini di unit “{name}”.{hint}")
