"""The list of people who have not signed yet, as a workbook to send to the heads of their units."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.circulars import queries, recipients
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import RecipientFilter, RecipientOrder, RecipientRow
from asn_desk.circulars.rules import KIND_WORDS, STATUS_WORDS
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.work import today, work_of
from asn_desk.wording import long_date, number

MISSING = (AckStatus.WAITING, AckStatus.REFUSED, AckStatus.UNREACHABLE)
HEADERS = ("No.", "OPD", "Unit kerja", "Nama", "NIP / NI PPPK / Nomor", "Jenis", "Jabatan", "Status")
_WIDTHS = (6, 38, 38, 36, 24, 18, 44, 18)
_HEADER_ROW = 4


def missing_xlsx(session: Session, wanted: RecipientFilter, target: Path) -> int:
    """Write the people who have not signed to a workbook, sorted by OPD and unit, and return how many they are.

    `wanted` narrows the list (units, statuses, search); without statuses all but the signed are listed. Numbers are
    text cells, and no cell is ever taken for a formula. The file is whole or absent.
    Raises DeskError("circular_unknown"), EnvironmentProblem.
    """
    circular = queries.version_detail(session, wanted.version_id)
    listed = replace(wanted, statuses=wanted.statuses or MISSING, order=RecipientOrder.UNIT, descending=False)
    content, count = _workbook(session, circular, listed)
    try:
        write_durably(target, content)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    return count


def _workbook(session: Session, circular: CircularRow, listed: RecipientFilter) -> tuple[bytes, int]:
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties(
        {"title": f"Belum menandatangani: {circular.subject}", "created": work_of(session).now.astimezone(UTC)}
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
    sheet.set_footer("&CHalaman &P dari &N")


def _write_title(session: Session, book: Any, sheet: Any, circular: CircularRow) -> None:
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    reference = f"Nomor {circular.number}, tanggal" if circular.number else "Tanggal"
    tally = circular.tally
    bold, plain = book.add_format({"bold": True, "font_size": 13}), book.add_format()
    sheet.write_string(0, 0, f"{practice}Belum menandatangani tanda terima: {circular.subject}", bold)
    sheet.write_string(
        1,
        0,
        f"{reference} {long_date(circular.dated)}. Keadaan {long_date(today(session))}: {number(tally.signed)} dari "
        f"{number(tally.total)} sudah menandatangani, {number(tally.missing)} belum.",
        plain,
    )


def _write_person(sheet: Any, row: int, position: int, person: RecipientRow) -> None:
    texts = (
        person.opd,
        person.unit,
        person.name,
        person.number,
        KIND_WORDS[person.kind],
        person.post,
        STATUS_WORDS[person.status],
    )
    sheet.write_number(row, 0, position)
    for column, text in enumerate(texts, start=1):
        sheet.write_string(row, column, text)
