"""The list of people who have not signed yet, as a workbook or on paper, to send to the heads of their units."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries, recipients
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import RecipientFilter, RecipientOrder, RecipientRow
from asn_desk.circulars.rules import KIND_WORDS, OPEN, STATUS_WORDS
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.wording import Secrecy, long_date, number, sheet_footer, sheet_properties, short_date

MISSING = OPEN
HEADERS = ("No.", "OPD", "Unit kerja", "Nama", "NIP / NI PPPK / Nomor", "Jenis", "Jabatan", "Status")
_WIDTHS = (6, 38, 38, 36, 24, 18, 44, 18)
_SHARES = (4, 20, 22, 15, 9, 22, 12)
_HEADER_ROW = 4


def missing_xlsx(session: Session, wanted: RecipientFilter, target: Path) -> int:
    """Write the people who have not signed to a workbook, sorted by OPD and unit, and return how many they are.

    `wanted` narrows the list (units, statuses, search); without statuses all but the signed are listed. Numbers are
    text cells, and no cell is ever taken for a formula. The file is whole or absent.
    Raises DeskError("circular_unknown"), EnvironmentProblem.
    """
    require(session, Action.SEE_CIRCULARS)
    require(session, Action.EXPORT)
    circular = queries.version_detail(session, wanted.version_id)
    listed = replace(wanted, statuses=wanted.statuses or MISSING, order=RecipientOrder.UNIT, descending=False)
    content, count = _workbook(session, circular, listed)
    saving.write(target, content)
    return count


def missing_pdf(session: Session, wanted: RecipientFilter, target: Path) -> int:
    """Write the same list as `missing_xlsx` as a PDF, each OPD on its own pages, and return how many people it names.

    Raises DeskError("circular_unknown" | "nobody_missing"), EnvironmentProblem.
    """
    require(session, Action.SEE_CIRCULARS)
    require(session, Action.EXPORT)
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    circular = queries.version_detail(session, wanted.version_id)
    listed = replace(wanted, statuses=wanted.statuses or MISSING, order=RecipientOrder.UNIT, descending=False)
    parts, count = [], 0
    title, note = _heading(session, circular)
    for opd, people in groupby(recipients.stream(session, listed), key=lambda person: person.opd):
        rows = [(str(place), *_cells(person)[1:]) for place, person in enumerate(people, 1)]
        parts.append(Part(f"{title} – {opd}", note, rows, f"{number(len(rows))} orang."))
        count += len(rows)
    if not parts:
        raise DeskError("nobody_missing", "Tidak ada yang belum menandatangani dalam pilihan ini.")
    content = table_pdf(title, (HEADERS[0], *HEADERS[2:]), _SHARES, parts)
    saving.write(target, content)
    return count


def _workbook(session: Session, circular: CircularRow, listed: RecipientFilter) -> tuple[bytes, int]:
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties(
        {
            "title": f"Belum menandatangani: {circular.subject}",
            "created": work_of(session).now.astimezone(UTC),
            **sheet_properties(Secrecy.LIMITED),
        }
    )
    sheet = book.add_worksheet("Belum tanda terima")
    _lay_out(book, sheet)
    _write_title(session, book, sheet, circular)
    count = 0
    for person in recipients.stream(session, listed):
        count += 1
        _write_person(sheet, _HEADER_ROW + count, count, person)
    sheet.write_string(2, 0, f"{number(count)} orang dalam daftar ini.")
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + count, len(HEADERS) - 1)
    book.close()
    return content.getvalue(), count


def _lay_out(book: Any, sheet: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, wrapped)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E7EC", "text_wrap": True, "valign": "top"})
    for column, header in enumerate(HEADERS):
        sheet.write_string(_HEADER_ROW, column, header, bold)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer(sheet_footer(Secrecy.LIMITED))


def _heading(session: Session, circular: CircularRow) -> tuple[str, str]:
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    reference = f"Nomor {circular.number}, tanggal" if circular.number else "Tanggal"
    tally = circular.tally
    note = (
        f"{reference} {long_date(circular.dated)}. Keadaan {long_date(today(session))}: {number(tally.done)} dari "
        f"{number(tally.total - tally.left)} sudah menandatangani, {number(tally.missing)} belum{printed_mark(session)}."
    )
    return f"{practice}Belum menandatangani tanda terima: {circular.subject}", note


def _write_title(session: Session, book: Any, sheet: Any, circular: CircularRow) -> None:
    title, note = _heading(session, circular)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, note, book.add_format())


def _cells(person: RecipientRow) -> tuple[str, ...]:
    status = STATUS_WORDS[person.status]
    if person.until is not None:
        status = f"{status} sampai {short_date(person.until)}"
    return (
        person.opd, person.unit, person.name, person.number, KIND_WORDS[person.kind], person.post, status,
    )  # fmt: skip


def _write_person(sheet: Any, row: int, position: int, person: RecipientRow) -> None:
    sheet.write_number(row, 0, position)
    for column, text in enumerate(_cells(person), start=1):
        sheet.write_string(row, column, text)
