"""A cell as it was read: the values it can have, its text cleaned, how Excel would show it, and where it stands."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from asn_desk.employees.reading.columns import column_letters

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

NO_RESULT = "#RUMUS"
"""What stands for a formula that was stored without its result."""
BROKEN_CELL = "Sel ini berisi galat Excel atau rumus tanpa hasil. Betulkan isinya di Excel, simpan, lalu impor lagi."
_ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#ERROR!", NO_RESULT,
})  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NOTHING = frozenset({"-", "--", "\u2013", "\u2014", ".", "null", "none", "n/a", "nan"})
_CLEAN = re.compile(r"(?!#)[!-~]+(?: [!-~]+)*")  # as most cells are
_LONGEST_NOTHING = max(map(len, _NOTHING))


class ErrorText(str):
    """The text of a cell that holds one of Excel's error words, or a formula without its result."""

    __slots__ = ()


def cell_address(sheet: str, column: int | None, number: int) -> str:
    """Return `Sheet1!B17`, or `B17` for a file without sheets (CSV)."""
    place = f"{column_letters(column)}{number}" if column is not None else f"baris {number}"
    return f"{sheet}!{place}" if sheet else place


def cleaned(text: str) -> str:
    """Return a cell's text without control characters, NBSP and doubled blanks; `null` and `-` mean empty."""
    if len(text) > _LONGEST_NOTHING and _CLEAN.fullmatch(text):
        return text
    text = " ".join((text if text.isprintable() else _CONTROL.sub("", text)).split())
    if text[:1] == "#" and text.upper() in _ERRORS:
        return ErrorText(text)
    return "" if text.lower() in _NOTHING else text


def shown(value: Cell) -> str:
    """Return a cell's value as Excel would show it, for lists of refused cells."""
    if isinstance(value, bool):
        return "BENAR" if value else "SALAH"
    if isinstance(value, float):
        return f"{value:.5E}" if abs(value) >= 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def plain_text(cell: Cell) -> str:
    """Return a cell as clean text; a whole number without its decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cleaned(cell if isinstance(cell, str) else shown(cell))
