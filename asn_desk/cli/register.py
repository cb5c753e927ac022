"""The verb `register`: the agenda of outgoing letters and the numbers in it, by the same rules as the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk
from asn_desk.errors import DeskError

USUAL_SERIES = "umum"
LINES = """perintah:
  reserve   cadangkan nomor berikutnya: --count, --purpose
  insert    ambil nomor sisipan untuk tanggal yang sudah lewat: --date, --subject [--to]
  outside   catat surat yang ditulis di luar program: --number, --date, --subject [--to] [--allow-gap]
  later     isi nomor menyusul sebuah surat: --letter, --number [--to] [--allow-gap]
  void      batalkan nomor beserta suratnya: --number, --reason [--year]
  return    kembalikan nomor cadangan: --number (boleh berulang), --reason [--year]
  unused    nyatakan nomor yang terlewat tidak dipakai: --order (boleh berulang), --reason [--year]
  agenda    tampilkan agenda setahun; --out menyimpannya sebagai .pdf atau .xlsx [--year] [--series]

Nomor yang batal tetap tercatat dengan alasannya dan tidak dipakai lagi."""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "reserve": ("count", "purpose"),
    "insert": ("date", "subject"),
    "outside": ("number", "date", "subject"),
    "later": ("letter", "number"),
    "void": ("number", "reason"),
    "return": ("number", "reason"),
    "unused": ("order", "reason"),
    "agenda": (),
}
_ENDINGS = (".pdf", ".xlsx")


def add_register(parser: argparse.ArgumentParser) -> None:
    """Add the words of `register`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = LINES
    parser.add_argument("what", choices=tuple(_NEEDED), metavar="PERINTAH", help="lihat di bawah")
    parser.add_argument("--series", metavar="KODE", help=f"seri nomor (bawaan: {USUAL_SERIES})")
    parser.add_argument("--date", type=_day, metavar="TTTT-BB-HH", help="tanggal surat; menentukan tahun agendanya")
    parser.add_argument("--year", type=int, metavar="TAHUN", help="tahun agenda (bawaan: tahun ini)")
    parser.add_argument("--count", type=int, metavar="JUMLAH", help="berapa nomor")
    parser.add_argument("--purpose", metavar="TEKS", help="keperluan pencadangan")
    parser.add_argument("--number", action="append", metavar="NOMOR", help="nomor seperti tertulis pada surat")
    parser.add_argument("--order", action="append", type=int, metavar="URUT", help="nomor urut yang terlewat")
    parser.add_argument("--letter", type=int, metavar="ID", help="surat yang menunggu nomor")
    parser.add_argument("--subject", metavar="TEKS", help="perihal")
    parser.add_argument("--to", default="", metavar="TEKS", help="kepada")
    parser.add_argument("--reason", metavar="TEKS", help="alasan; tercantum dalam agenda")
    parser.add_argument("--allow-gap", action="store_true", help="nomor di antaranya memang dipakai di luar program")
    parser.add_argument("--out", type=Path, metavar="BERKAS", help="simpan agenda sebagai .pdf atau .xlsx")


def register(arguments: argparse.Namespace) -> Answer:
    """Do one thing with the agenda. Raises DeskError as the register does."""
    missing = [f"--{name}" for name in _NEEDED[arguments.what] if not getattr(arguments, name)]
    if missing:
        raise DeskError("option_missing", f"register {arguments.what} memerlukan {', '.join(missing)}.")
    with office_desk(arguments) as desk:
        return _VERBS[arguments.what](desk, arguments)


def _reserve(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import Reserve, reserve

    command = Reserve(_series(arguments), _dated(desk, arguments), arguments.count, arguments.purpose)
    taken = desk.write(lambda session: reserve(session, command)).value
    return Answer({"reserved": [asdict(one) for one in taken]}, tuple(f"Dicadangkan: {one.number}" for one in taken))


def _insert(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import NumberRequest, insert

    request = NumberRequest(_series(arguments), arguments.date, arguments.subject, arguments.to)
    return _taken("Nomor sisipan", desk.write(lambda session: insert(session, request)).value)


def _outside(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import RecordOutside, record_outside

    command = RecordOutside(
        _series(arguments), _one_number(arguments), arguments.date, arguments.subject, arguments.to,
        allow_gap=arguments.allow_gap,
    )  # fmt: skip
    return _taken("Surat luar tercatat", desk.write(lambda session: record_outside(session, command)).value)


def _later(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import FillNumber, fill_number
    from asn_desk.letters.queries import letter_detail

    def fill(session: Any) -> Any:
        letter = letter_detail(session, arguments.letter)
        command = FillNumber(
            letter.id, _one_number(arguments), letter.version, arguments.series or "", arguments.to,
            allow_gap=arguments.allow_gap,
        )  # fmt: skip
        return fill_number(session, command)

    return _taken(f"Surat {arguments.letter} bernomor", desk.write(fill).value)


def _void(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters import queries, service
    from asn_desk.letters.numbers import numbering

    def void(session: Any) -> int | None:
        (row,) = _rows(session, [_one_number(arguments)], _year(desk, arguments))
        letter_id: int | None = row.letter_id
        if letter_id is None:
            numbering.void(session, row.id, arguments.reason, row.version)
        else:
            version = queries.letter_detail(session, letter_id).version
            service.void(session, letter_id, arguments.reason, version)
        return letter_id

    letter_id, number = desk.write(void).value, _one_number(arguments)
    with_letter = "" if letter_id is None else " beserta suratnya"
    return Answer({"number": number, "letter_id": letter_id}, (f"Nomor {number} dibatalkan{with_letter}.",))


def _return(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import return_reserved

    def give_back(session: Any) -> int:
        rows = _rows(session, arguments.number, _year(desk, arguments))
        return return_reserved(session, [row.id for row in rows], arguments.reason)

    count = desk.write(give_back).value
    return Answer({"returned": count}, (f"{count} nomor cadangan dikembalikan dan tercatat batal.",))


def _unused(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers.register import void_unused

    year, series = _year(desk, arguments), _series(arguments)
    count = desk.write(lambda session: void_unused(session, series, year, arguments.order, arguments.reason)).value
    return Answer({"unused": count}, (f"{count} nomor dinyatakan tidak dipakai.",))


def _agenda(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.letters.numbers import agenda

    year, target = _year(desk, arguments), arguments.out
    if target is not None and target.suffix.lower() not in _ENDINGS:
        raise DeskError("file_kind", f"Agenda disimpan sebagai .pdf atau .xlsx, bukan {target.name}.")
    made = desk.read(lambda session: agenda.agenda(session, year, arguments.series))
    if target is not None:
        save = agenda.save_pdf if target.suffix.lower() == ".pdf" else agenda.save_xlsx
        desk.read(lambda session: save(session, year, arguments.series, target))
    lines: list[str] = []
    for series in made.series:
        lines += [f"{made.heading}: {series.title}", *("  ".join(line.cells) for line in series.lines), series.total]
    data = {"year": year, "file": target, "series": [asdict(series) for series in made.series]}
    return Answer(data, tuple(lines) if target is None else (f"Agenda {year} tersimpan: {target}",))


_VERBS: Mapping[str, Callable[[Desk, argparse.Namespace], Answer]] = {
    "reserve": _reserve,
    "insert": _insert,
    "outside": _outside,
    "later": _later,
    "void": _void,
    "return": _return,
    "unused": _unused,
    "agenda": _agenda,
}


def _taken(words: str, taken: Any) -> Answer:
    return Answer({"entry_id": taken.entry_id, "number": taken.number}, (f"{words}: {taken.number}",))


def _rows(session: Any, numbers: list[str], year: int) -> list[Any]:
    """Return the agenda lines with these numbers. Raises DeskError("entry_missing")."""
    from asn_desk.letters.queries import register_rows

    known = {row.number: row for row in register_rows(session, year)}
    clean = [" ".join(number.split()) for number in numbers]
    missing = [number for number in clean if number not in known]
    if missing:
        raise DeskError("entry_missing", f"Nomor {missing[0]} tidak ada dalam agenda tahun {year}. Periksa --year.")
    return [known[number] for number in clean]


def _one_number(arguments: argparse.Namespace) -> str:
    if len(arguments.number) != 1:
        raise DeskError("option_missing", f"register {arguments.what} memerlukan tepat satu --number.")
    return str(arguments.number[0])


def _series(arguments: argparse.Namespace) -> str:
    return arguments.series or USUAL_SERIES


def _dated(desk: Desk, arguments: argparse.Namespace) -> date:
    return arguments.date or desk.clock.today()


def _year(desk: Desk, arguments: argparse.Namespace) -> int:
    return arguments.year or _dated(desk, arguments).year


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"tulis tanggal seperti 2024-09-09, bukan {text}") from error
