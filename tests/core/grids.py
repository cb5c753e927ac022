"""Sheets of any shape for tests of the import: cells given row by row, and the plan made of what was read. Invented people only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from asn_desk.employees import importing, workbook
from asn_desk.employees.reading.sheets import Sheet
from tests.core.employee_files import nip

TODAY = date(2024, 9, 9)
HEAD = ("NO", "NIP", "NAMA", "GOLONGAN", "JABATAN", "UNIT KERJA")
Grid = Sequence[Sequence[Any]]
Merges = Sequence[tuple[int, int, int, int]]


def line(number: int = 1, **cells: Any) -> list[Any]:
    """Return one person's cells below `HEAD`; `cells` override by header with _ for blanks."""
    row = {
        "NO": float(number), "NIP": nip(number), "NAMA": f"MELATI {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}", "GOLONGAN": "III/c",
        "JABATAN": "Arsiparis", "UNIT KERJA": "Dinas Contoh",
    }  # fmt: skip
    row |= {key.replace("_", " "): value for key, value in cells.items()}
    return [row[key] for key in HEAD]


def write_grid(path: Path, grid: Grid, *, merges: Merges = (), name: str = "Data", date_1904: bool = False) -> Path:
    """Write cells as they are given; `merges` are (first row, first column, last row, last column) from 0 on."""
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "date_1904": date_1904}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for first_row, first_column, last_row, last_column in merges:
            sheet.merge_range(first_row, first_column, last_row, last_column, "")
        for number, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return path


def plan_of(path: Path, **known: Any) -> importing.ImportPlan:
    """Return what importing a file into an office with these `importing.Known` values would do."""
    return importing.plan([workbook.read(path)], importing.Known(**known), TODAY)


def plan_grid(folder: Path, grid: Grid, **options: Any) -> importing.ImportPlan:
    """Return what importing a sheet of these cells would do."""
    return plan_of(write_grid(folder / "data.xlsx", grid, **options))


def refusals(plan: importing.ImportPlan) -> list[tuple[str, str]]:
    """Return the cell and the code of each refused row."""
    return [(one.cell, one.code) for one in plan.refused]


def codes(plan: importing.ImportPlan) -> list[str]:
    """Return the codes of all warnings, each once, without those of units and kinds that every short list has."""
    return sorted({one.code for one in plan.warnings} - {"unit_without_id", "kind_from_number"})


def only_sheet(path: Path) -> Sheet:
    """Return the only sheet of people in a file."""
    (sheet,) = workbook.read(path).sheets
    return sheet
