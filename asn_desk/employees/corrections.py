"""Cells corrected in the preview: the files stay as they are, the plan is made again with what the clerk typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from asn_desk.employees.sheets import Correction, Row, Sheet, Workbook, cleaned, shown
from asn_desk.errors import DeskError


def corrected(workbooks: Sequence[Workbook], values: Mapping[tuple[str, str], str]) -> list[Workbook]:
    """Return the workbooks with these cells replaced; `values` is (file, cell as the plan names it) -> new text.

    A correction is checked like any other cell when the plan is made from the result, and stands on the trail once the import
    is applied. Raises DeskError("cell_unknown") for a cell that is not among those read.
    """
    waiting = dict(values)
    books = [replace(book, sheets=tuple(_sheet(sheet, waiting) for sheet in book.sheets)) for book in workbooks]
    if waiting:
        file, cell = next(iter(waiting))
        raise DeskError("cell_unknown", f"Sel {cell} di {file} tidak termasuk yang dibaca. Perbaiki di berkasnya.")
    made = [_made(book, new) for book, new in zip(workbooks, books, strict=True)]
    return [
        replace(new, corrections=(*old.corrections, *done))
        for old, new, done in zip(workbooks, books, made, strict=True)
    ]


def _sheet(sheet: Sheet, waiting: dict[tuple[str, str], str]) -> Sheet:
    if not any(file == sheet.file for file, _ in waiting):
        return sheet
    rows = []
    for row in sheet.rows:
        cells = list(row.cells)
        for place, which in enumerate(sheet.fields):
            text = waiting.pop((sheet.file, sheet.address(which, row.number)), None) if waiting else None
            if text is not None:
                cells[place] = cleaned(text)
        rows.append(row._replace(cells=tuple(cells)) if tuple(cells) != row.cells else row)
    return replace(sheet, rows=tuple(rows))


def _made(old: Workbook, new: Workbook) -> list[Correction]:
    return [
        change
        for before, after in zip(old.sheets, new.sheets, strict=True)
        if before is not after
        for one, other in zip(before.rows, after.rows, strict=True)
        for change in _changes(before, one, other)
    ]


def _changes(sheet: Sheet, before: Row, after: Row) -> list[Correction]:
    return [
        Correction(sheet.address(which, before.number), shown(old), shown(new))
        for which, old, new in zip(sheet.fields, before.cells, after.cells, strict=True)
        if old is not new
    ]
