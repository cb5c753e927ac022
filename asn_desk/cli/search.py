"""The verb `search`: people by name, number, post or unit, the best hits first."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from asn_desk import wording
from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.employees import queries
from asn_desk.employees.queries import EmployeeRow
from asn_desk.employees.words import KIND_WORDS

MOST = 1000


def add_search(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `search`."""
    parser.add_argument(
        "text", metavar="KATA", help="nama, NIP (juga beberapa angka terakhir), jabatan, atau unit kerja"
    )
    parser.add_argument(
        "--limit", type=_limit, default=20, metavar="JUMLAH", help=f"paling banyak (1-{MOST}, bawaan 20)"
    )


def search(arguments: argparse.Namespace) -> Answer:
    """Answer with the best hits; a text that finds nobody is taken for mistyped."""
    with office_desk(arguments, exclusive=False) as desk:
        found = desk.read(lambda session: queries.search(session, arguments.text, arguments.limit))
    return Answer({"query": arguments.text, "hits": [_hit(row) for row in found]}, _lines(found, arguments.text))


def _hit(row: EmployeeRow) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name != "marked"}


def _lines(found: list[EmployeeRow], text: str) -> tuple[str, ...]:
    if not found:
        return (f"Tidak ada pegawai yang cocok dengan “{text}”.",)
    return tuple(
        " · ".join(
            part
            for part in (wording.grouped_nip(row.number), row.name, KIND_WORDS[row.kind], row.post, row.unit)
            if part
        )
        for row in found
    )


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"tulis bilangan antara 1 dan {MOST}, bukan {text}")
    return int(text)
