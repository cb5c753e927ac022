"""Cells corrected in the preview: the files stay as they are, the plan is made again with what the clerk typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from asn_desk.employees.reading.cells import Cell, cleaned, shown
from asn_desk.employees.reading.columns import UnitField
from asn_desk.employees.reading.picking import joined_places, split_number
from asn_desk.employees.reading.sheets import Correction, PostSheet, Row, Sheet, UnitRow, UnitSheet, Workbook
from asn_desk.errors import DeskError

_UNIT_PARTS = {UnitField.ID: "siasn_id", UnitField.NAME: "name", UnitField.PARENT: "parent_siasn_id"}


def corrected(workbooks: Sequence[Workbook], values: Mapping[tuple[str, str], str]) -> list[Workbook]:
    """Return the workbooks with these cells replaced; `values` is (file, cell as the plan names it) -> new text.

    People, units and posts alike. A correction is checked like any other cell when the plan is made from the result, and stands
    on the trail once the import is applied. Raises DeskError("cell_unknown") for a cell that is not among those read.
    """
    waiting = dict(values)
    books = [_Fixing(waiting).book(book) for book in workbooks]
    if waiting:
        file, cell = next(iter(waiting))
        raise DeskError("cell_unknown", f"Sel {cell} di {file} tidak termasuk yang dibaca. Perbaiki di berkasnya.")
    return books


class _Fixing:
    """Replaces the cells of one workbook, takes them off those waiting, and remembers what each was."""

    def __init__(self, waiting: dict[tuple[str, str], str]) -> None:
        self._waiting = waiting
        self._made: list[Correction] = []

    def book(self, book: Workbook) -> Workbook:
        sheets = tuple(self._people(sheet) if self._concerned(sheet.file) else sheet for sheet in book.sheets)
        units = tuple(self._units(sheet) if self._concerned(sheet.file) else sheet for sheet in book.units)
        posts = tuple(self._posts(sheet) if self._concerned(sheet.file) else sheet for sheet in book.posts)
        made = (*book.corrections, *self._made)
        return replace(book, sheets=sheets, units=units, posts=posts, corrections=made)

    def _concerned(self, file: str) -> bool:
        return any(of == file for of, _ in self._waiting)

    def _people(self, sheet: Sheet) -> Sheet:
        joined = joined_places(sheet.mapping) or ()

        def fixed(row: Row) -> Row:
            cells = tuple(
                self._cell(sheet.file, sheet.address(which, row.number), cell)
                for which, cell in zip(sheet.fields, row.cells, strict=True)
            )
            if cells == row.cells:
                return row
            typed = [str(cells[place]) for place in joined if cells[place] != row.cells[place]]
            return row._replace(cells=_with_joined(cells, joined, typed[0]) if typed else cells)

        return replace(sheet, rows=tuple(fixed(row) if self._waiting else row for row in sheet.rows))

    def _units(self, sheet: UnitSheet) -> UnitSheet:
        def fixed(row: UnitRow) -> UnitRow:
            texts = {
                name: self._text(sheet.file, sheet.address(which, row.number), getattr(row, name))
                for which, name in _UNIT_PARTS.items()
            }
            return UnitRow(row.number, **texts)

        return replace(sheet, rows=tuple(fixed(row) if self._waiting else row for row in sheet.rows))

    def _posts(self, sheet: PostSheet) -> PostSheet:
        rows = tuple(
            (number, {key: self._text(sheet.file, sheet.address(key, number), text) for key, text in cells.items()})
            for number, cells in sheet.rows
        )
        return replace(sheet, rows=rows)

    def _text(self, file: str, address: str, old: str) -> str:
        value = self._cell(file, address, old)
        return value if isinstance(value, str) else str(value)

    def _cell(self, file: str, address: str, old: Cell) -> Cell:
        text = self._waiting.pop((file, address), None)
        if text is None:
            return old
        new = cleaned(text)
        if new != old:
            self._made.append(Correction(address, shown(old), new))
        return new


def _with_joined(cells: tuple[Cell, ...], places: Sequence[int], typed: str) -> tuple[Cell, ...]:
    """Return cells with what was typed into a cell of name and NIP told apart."""
    told = list(cells)
    told[places[0]], told[places[1]] = split_number(typed)
    return tuple(told)
