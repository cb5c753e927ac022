"""Dates in every shape an export writes them; a text that fits none is reported, never bent into one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from asn_desk.employees.reading.sheets import Cell
from asn_desk.wording import MONTHS

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ]+\d.*)?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_EMPTY = frozenset({"", "00-00-0000", "0000-00-00", "00/00/0000", "0000-00-00 00:00:00"})
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 73_050  # from 1 March 1900 (Excel's wrong leap day lies before) to 2099
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTH_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
    "agt": 8,
}


def date_of(cell: Cell, *, month_first: bool = False) -> date | None:
    """Return the day in a cell, None for an empty one. Raises ValueError when it holds something else.

    Understands date cells, Excel serial numbers, dd-mm-yyyy and yyyy-mm-dd with - / or ., ISO timestamps and
    `1 Januari 1980`. `month_first` reads mm/dd/yyyy, for columns that `is_month_first` has proved.
    """
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell)
    if not isinstance(cell, str):
        raise ValueError("no date")  # noqa: TRY004 - one error for all that is no date
    return None if cell in _EMPTY else _from_text(cell, month_first=month_first)


def is_month_first(cells: Iterable[Cell]) -> bool:
    """Return whether a whole column proves mm/dd/yyyy: some second part is beyond 12 and no first part is."""
    second_beyond = False
    for cell in set(cells):  # days repeat down a column
        parts = _YEAR_LAST.fullmatch(cell) if isinstance(cell, str) else None
        if parts is not None:
            if int(parts[1]) > 12:
                return False
            second_beyond = second_beyond or int(parts[2]) > 12
    return second_beyond


def _from_serial(number: float) -> date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise ValueError("no date serial")
    return _EXCEL_EPOCH + timedelta(days=int(number))


def _from_text(text: str, *, month_first: bool) -> date:
    if parts := _YEAR_LAST.fullmatch(text):
        day, month = (parts[2], parts[1]) if month_first else (parts[1], parts[2])
        return _plausible(date(int(parts[3]), int(month), int(day)))
    if parts := _YEAR_FIRST.fullmatch(text):
        return _plausible(date(int(parts[1]), int(parts[2]), int(parts[3])))
    if (parts := _NAMED.fullmatch(text)) and parts[2][:3].lower() in _MONTH_OF:
        return _plausible(date(int(parts[3]), _MONTH_OF[parts[2][:3].lower()], int(parts[1])))
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    raise ValueError("no date")


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("year out of range")
    return day
