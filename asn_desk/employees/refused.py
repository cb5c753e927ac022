"""The refused rows as a workbook: with the reason beside each, ready to be corrected and imported again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.employees.columns import Field
from asn_desk.employees.plans import ImportPlan, Refused
from asn_desk.employees.sheets import shown
from asn_desk.wording import Secrecy, sheet_footer, sheet_properties

REASON_HEADERS = ("BERKAS", "SEL", "ALASAN DITOLAK")
_WIDTHS = {Field.NIP: 24, Field.NAME: 32, Field.POST_NAME: 36, Field.UNIT_NAME: 36}


def refused_workbook(plan: ImportPlan, path: Path) -> int:
    """Write the refused rows of a plan to an .xlsx file and return how many.

    Every cell is text: a NIP keeps its digits once corrected, and a cell that begins with = stays harmless. Only the
    columns that the program reads are written. Raises EnvironmentProblem when the file cannot be written.
    """
    fields = _fields_of(plan.refused)
    buffer = io.BytesIO()
    _write(buffer, fields, plan.refused)
    try:
        write_durably(path, buffer.getvalue())
    except OSError as error:
        raise disk_problem(error, path.parent) from error
    return len(plan.refused)


def _fields_of(refused: Iterable[Refused]) -> list[Field]:
    used = {key for entry in refused for key in entry.fields} | {
        Field.NIP,
        Field.NAME,
        Field.POST_NAME,
        Field.UNIT_NAME,
    }
    return [key for key in Field if key in used]


def _write(buffer: io.BytesIO, fields: list[Field], refused: Iterable[Refused]) -> None:
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        sheet = book.add_worksheet("Ditolak")
        sheet.freeze_panes(1, 0)
        sheet.set_footer(sheet_footer(Secrecy.LIMITED))
        book.set_properties(sheet_properties(Secrecy.LIMITED))
        _write_header(sheet, fields, book.add_format({"bold": True, "bg_color": "#e3e7ec"}), text)
        for number, entry in enumerate(refused, 1):
            cells = dict(zip(entry.fields, entry.cells, strict=True))
            values = [shown(cells.get(key, "")) for key in fields]
            for column, value in enumerate([*values, entry.file, entry.cell, entry.reason]):
                sheet.write_string(number, column, value[:32767], text)


def _write_header(sheet: Any, fields: list[Field], bold: Any, text: Any) -> None:
    for column, key in enumerate(fields):
        sheet.set_column(column, column, _WIDTHS.get(key, 16), text)
        sheet.write_string(0, column, key, bold)
    for column, header in enumerate(REASON_HEADERS, len(fields)):
        sheet.set_column(column, column, 70 if header == REASON_HEADERS[-1] else 18, text)
        sheet.write_string(0, column, header, bold)
