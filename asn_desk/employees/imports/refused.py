"""The refused rows as a workbook: with the reason beside each, ready to be corrected and imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn_desk import saving
from asn_desk.employees.imports.plans import ImportPlan, Refused
from asn_desk.employees.reading.cells import Cell, shown
from asn_desk.employees.reading.columns import Field, PostField, UnitField
from asn_desk.wording import Secrecy, sheet_footer, sheet_properties

REASON_HEADERS = ("BERKAS", "SEL", "ALASAN DITOLAK")
_LONGEST_CELL = 32767
_WIDTHS: dict[str, int] = {
    Field.NIP: 24, Field.NAME: 32, Field.POST_NAME: 36, Field.UNIT_NAME: 36,
    UnitField.ID: 24, UnitField.NAME: 36, UnitField.PARENT: 24, PostField.NAME: 36, PostField.UNIT: 36,
}  # fmt: skip


@dataclass(frozen=True)
class RefusedSheet:
    """One sheet of the workbook: its headers, and each refused row with the cells that stand below them."""

    title: str
    headers: Sequence[str]
    rows: Sequence[tuple[Sequence[Cell], Refused]]


def refused_workbook(plan: ImportPlan, path: Path) -> int:
    """Write the refused people of a plan to an .xlsx file and return how many. Raises as `write_refused`."""
    return write_refused([people_sheet(plan.refused)], path)


def write_refused(sheets: Sequence[RefusedSheet], path: Path) -> int:
    """Write sheets of refused rows to an .xlsx file and return how many rows.

    Every cell is text: a NIP keeps its digits once corrected, and a cell that begins with = stays harmless. Only the
    columns that the program reads are written. Raises EnvironmentProblem when the file cannot be written.
    """
    buffer = io.BytesIO()
    _write(buffer, sheets)
    saving.write(path, buffer.getvalue())
    return sum(len(sheet.rows) for sheet in sheets)


def people_sheet(refused: Sequence[Refused]) -> RefusedSheet:
    """Return refused people with the columns that were read of any of them."""
    fields = _fields_of(refused)
    rows = [(dict(zip(one.fields, one.cells, strict=True)), one) for one in refused]
    return RefusedSheet("Ditolak", fields, [([cells.get(key, "") for key in fields], one) for cells, one in rows])


def units_sheet(refused: Sequence[Refused]) -> RefusedSheet:
    """Return refused rows of a unit hierarchy, with the headers by which it is recognised."""
    return RefusedSheet("Unit kerja ditolak", list(UnitField), [(one.cells, one) for one in refused])


def posts_sheet(refused: Sequence[Refused]) -> RefusedSheet:
    """Return refused rows of a list of posts, with the headers by which it is recognised."""
    return RefusedSheet("Jabatan ditolak", list(PostField), [(one.cells, one) for one in refused])


def _fields_of(refused: Iterable[Refused]) -> list[Field]:
    always = {Field.NIP, Field.NAME, Field.POST_NAME, Field.UNIT_NAME}
    used = {key for entry in refused for key in entry.fields} | always
    return [key for key in Field if key in used]


def _write(buffer: io.BytesIO, sheets: Sequence[RefusedSheet]) -> None:
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(sheet_properties(Secrecy.LIMITED))
        text = book.add_format({"num_format": "@", "valign": "top"})
        bold = book.add_format({"bold": True, "bg_color": "#e3e7ec"})
        for one in sheets:
            _write_sheet(book.add_worksheet(one.title), one, bold, text)


def _write_sheet(sheet: Any, content: RefusedSheet, bold: Any, text: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_footer(sheet_footer(Secrecy.LIMITED))
    _write_header(sheet, content.headers, bold, text)
    for number, (cells, entry) in enumerate(content.rows, 1):
        for column, value in enumerate([*map(shown, cells), entry.file, entry.cell, entry.reason]):
            sheet.write_string(number, column, value[:_LONGEST_CELL], text)


def _write_header(sheet: Any, headers: Sequence[str], bold: Any, text: Any) -> None:
    for column, key in enumerate(headers):
        sheet.set_column(column, column, _WIDTHS.get(key, 16), text)
        sheet.write_string(0, column, key, bold)
    for column, header in enumerate(REASON_HEADERS, len(headers)):
        sheet.set_column(column, column, 70 if header == REASON_HEADERS[-1] else 18, text)
        sheet.write_string(0, column, header, bold)
