"""The list of employees as a workbook: exactly the columns and people that the clerk sees, in the order shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.work import today, work_of
from asn_desk.employees.queries import EmployeeFilter, EmployeeRow, employee_ids, employee_rows
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.wording import long_date, number

Progress = Callable[[int, int], None]
Part = tuple[str, int, Callable[[EmployeeRow], str]]

PARTS: dict[str, tuple[Part, ...]] = {
    "name": (
        ("Nama", 36, lambda row: row.name),
        ("NIP / NI PPPK / Nomor", 24, lambda row: row.number),
    ),
    "post": (("Jabatan", 44, lambda row: row.post), ("Unit kerja", 38, lambda row: row.unit)),
    "opd": (("OPD", 38, lambda row: row.opd),),
    "kind": (("Jenis", 18, lambda row: KIND_WORDS[row.kind]),),
    "grade": (("Golongan", 12, lambda row: row.grade),),
    "state": (("Status", 14, lambda row: STATE_WORDS[row.state]),),
}
"""What each column of the list becomes in the workbook: header, width, and the text of a row."""

_HEADER_ROW = 3
_AT_ONCE = 500
_LONGEST_CELL = 32767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def employees_xlsx(
    session: Session,
    wanted: EmployeeFilter,
    columns: Sequence[str],
    target: Path,
    *,
    shown_as: str = "",
    progress: Progress | None = None,
) -> int:
    """Write the people of a filter, in its order, to an .xlsx file and return how many.

    `columns`: keys of PARTS in the order shown. `shown_as` says the filter in words above the list. Every cell is text: a
    number keeps its 18 digits, and a cell that begins with = is no formula. The file is whole or absent; what `progress`
    raises stops the work. Raises EnvironmentProblem when the file cannot be written.
    """
    ids = employee_ids(session, wanted)
    content = _workbook(session, ids, [part for key in columns for part in PARTS[key]], shown_as, progress)
    try:
        write_durably(target, content)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    return len(ids)


def _workbook(
    session: Session, ids: Sequence[int], parts: Sequence[Part], shown_as: str, progress: Progress | None
) -> bytes:
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": "Daftar pegawai", "created": work_of(session).now.astimezone(UTC)})
        sheet = book.add_worksheet("Pegawai")
        _lay_out(book, sheet, parts)
        _write_title(session, book, sheet, len(ids), shown_as)
        for start in range(0, len(ids), _AT_ONCE):
            if progress is not None:
                progress(start, len(ids))
            rows = employee_rows(session, ids[start : start + _AT_ONCE])
            for line, row in enumerate(rows, _HEADER_ROW + 1 + start):
                for column, (_header, _width, text) in enumerate(parts):
                    sheet.write_string(line, column, text(row)[:_LONGEST_CELL])
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(ids), len(parts) - 1)
    return content.getvalue()


def _lay_out(book: Any, sheet: Any, parts: Sequence[Part]) -> None:
    text = book.add_format({"num_format": "@", "valign": "top"})
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E7EC", "valign": "top"})
    for column, (header, width, _text) in enumerate(parts):
        sheet.set_column(column, column, width, text)
        sheet.write_string(_HEADER_ROW, column, header, bold)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&CHalaman &P dari &N")


def _write_title(session: Session, book: Any, sheet: Any, people: int, shown_as: str) -> None:
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    plain = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, f"{practice}Daftar pegawai", book.add_format({"bold": True, "font_size": 13}))
    filtered = f" Saringan: {shown_as}." if shown_as else ""
    sheet.write_string(1, 0, f"Keadaan {long_date(today(session))}: {number(people)} pegawai.{filtered}", plain)
