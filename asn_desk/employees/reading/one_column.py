"""Lists whose whole rows stand in one column, `NIP,NAMA,JABATAN`: a CSV opened with another delimiter than its own and saved."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from asn_desk.employees.reading.cells import Cell
from asn_desk.employees.reading.columns import is_header
from asn_desk.employees.reading.picking import BrokenRow, Rows

_DELIMITERS = ";,\t|"


def delimiter_of(cells: Sequence[Cell]) -> str:
    """Return the delimiter by which the only text of a row is a header, or an empty text."""
    filled = [cell for cell in cells if cell != ""]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    return next((one for one in _DELIMITERS if one in filled[0] and is_header(_parts(filled[0], one))), "")


def split_header(cells: Sequence[Cell], delimiter: str) -> list[str]:
    """Return the names in a header that stands in one cell."""
    return next(_parts(cell, delimiter) for cell in cells if isinstance(cell, str) and cell)


def split_rows(rows: Rows, delimiter: str) -> Rows:
    """Yield rows with their one cell taken apart; a row with more cells was torn by a delimiter of the other kind."""
    for number, cells in rows:
        filled = [cell for cell in cells if cell != ""]
        if len(filled) == 1 and isinstance(filled[0], str):
            yield number, _parts(filled[0], delimiter)
        elif filled:
            yield number, BrokenRow(_parts(delimiter.join(map(str, filled)), delimiter))


def _parts(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return BrokenRow(text.split(delimiter))
