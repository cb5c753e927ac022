"""The list of candidacy files: where its rows come from, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.candidacy import queries
from asn_desk.candidacy.rows import DeclarationFilter, DeclarationRow
from asn_desk.candidacy.terms import DeclarationOrder
from asn_desk.wording import short_date
from ui.candidacy.words import list_chip, list_note
from ui.shared.tables.columns import NIP_ROOM, Column


@dataclass(frozen=True)
class FileSource:
    """The files that the filter leaves, the most urgent first."""

    filter: DeclarationFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return their ids."""
        return queries.declaration_ids(session, self.filter)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[DeclarationRow]:
        """Return their rows."""
        return queries.declaration_rows(session, ids)


def columns(today: Callable[[], date]) -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(
            "name",
            "Pegawai",
            text=lambda row: row.name,
            secondary=lambda row: row.nip,
            width=198,
            least=NIP_ROOM,
            sort_key=DeclarationOrder.NAME,
        ),
        Column(
            "aim",
            "Jabatan dituju",
            text=lambda row: row.office_name,
            secondary=_election,
            width=150,
            sort_key=DeclarationOrder.OFFICE,
        ),
        Column(
            "due",
            "Tenggat terdekat",
            chip=lambda row: list_chip(row, today()),
            secondary=list_note,
            accessible=lambda row: f"{list_chip(row, today()).text}, {list_note(row)}",
            width=142,
            sort_key=DeclarationOrder.DUE,
        ),
        _plain("unit", "Unit kerja", lambda row: row.unit_name, DeclarationOrder.UNIT),
        _plain("kpu", "Tahap KPU", lambda row: row.kpu_words, DeclarationOrder.KPU_STATUS),
        _plain("staff", "Tahap kepegawaian", lambda row: row.staff_words, DeclarationOrder.STAFF_STATUS),
        _plain("declared", "Deklarasi", lambda row: short_date(row.declared_on), DeclarationOrder.DECLARED),
    ]


def _plain(key: str, title: str, text: Callable[[Any], str], order: DeclarationOrder) -> Column:
    return Column(key, title, text=text, width=150, sort_key=order, hidden=True)


def _election(row: DeclarationRow) -> str:
    region = "" if row.region in row.office_name else f"{row.region} · "
    return region + row.election_title
